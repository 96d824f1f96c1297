"""Reads .tool-versions: https://asdf-vm.com/manage/configuration.html#tool-versions"""

from __future__ import annotations

from parity.contract.packages import Language
from parity.contract.place import Place
from parity.contract.version import Stated, parse

NAMES = {"nodejs": "node", "postgresql": "postgres", "golang": "go"}


def read(text: str, file: str) -> Language:
    """The versions of each tool, of which asdf takes the first that is installed; `latest` and `ref:` name none."""
    stated = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        stated += [
            Stated(NAMES.get(words[0], words[0]), word, Place(file, number))
            for word in words[1:]
            if parse(word) is not None
        ]
    return Language(file, ".tool-versions", tuple(stated))
