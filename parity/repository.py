"""The files of the repository that homes are built from, and the one that is written: .env."""

import os
import secrets
import string
from pathlib import Path

from parity.errors import UserError
from parity.readers import dotenv

COMPOSE_FILES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")

# Secrets of these variables have the length that AWS's have, and a password one that can be typed.
LENGTHS = {"SECRET_ACCESS_KEY": 40, "ACCESS_KEY_ID": 20, "PASSWORD": 16}
LENGTH = 64


class Repository:
    """A folder with a Procfile and a .env.example."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, name: str, hint: str) -> str:
        """The text of a file. Raises UserError when it is missing."""
        try:
            return (self.root / name).read_text()
        except FileNotFoundError:
            raise UserError(f"{name} is missing in {self.root}", hint, "file-missing") from None

    def has_compose_file(self) -> bool:
        return any((self.root / name).exists() for name in COMPOSE_FILES)

    def procfile(self) -> str:
        return self.text("Procfile", "go to the root of a repository that has one, then start again")

    def parity_toml(self) -> str:
        path = self.root / "parity.toml"
        return path.read_text() if path.exists() else ""

    def dotenv(self) -> str:
        return self.text(".env", "write it from .env.example")

    def write_dotenv(self) -> bool:
        """Writes .env from .env.example, mode 600, and says whether it did; one that is there is left alone."""
        path = self.root / ".env"
        if path.exists():
            return False
        example = self.text(".env.example", "write one: NAME=value lines, and NAME= for each secret to generate")
        write_once(path, dotenv.filled(example, secret))
        return True


def write_once(path: Path, text: str) -> None:
    """A file that only we may read, from its first moment. Raises FileExistsError, and leaves nothing half-written."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "w") as file:
            file.write(text)
    except BaseException:
        path.unlink()
        raise


def secret(name: str) -> str:
    """Letters and digits only, which every reader of .env takes as they are."""
    length = next((number for ending, number in LENGTHS.items() if name.endswith(ending)), LENGTH)
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))
