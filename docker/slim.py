"""Takes out of the image's packages what no process type reads. Usage: slim.py VENV"""

import shutil
import sys
from pathlib import Path


def main(venv: Path) -> None:
    packages = next(venv.glob("lib/python3*/site-packages"))
    services = packages / "botocore" / "data"
    for service in services.iterdir():
        if service.is_dir() and service.name != "s3":
            shutil.rmtree(service)
    for service in (packages / "boto3" / "data").iterdir():
        if service.is_dir() and service.name != "s3":
            shutil.rmtree(service)
    for source in packages.rglob("*.po"):
        if source.with_suffix(".mo").exists():
            source.unlink()


main(Path(sys.argv[1]))
