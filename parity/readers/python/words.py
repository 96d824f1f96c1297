"""What a text that this Python can't parse asks for, by its words alone: it may be a template, or for a newer Python.

That a variable is read can be told, and hardly more.
"""

from __future__ import annotations

import re

from parity.contract.place import Place
from parity.contract.python import Nothing, Read, Unknown
from parity.readers.python.names import is_test

NAME = r"""[ \t\n]*["']([A-Za-z_][A-Za-z0-9_]*)["']"""

FORMS = (
    (re.compile(r"environ\[" + NAME + r"\]"), "os.environ[]"),
    (re.compile(r"environ\.get\(" + NAME), "os.environ.get"),
    (re.compile(r"getenv\(" + NAME), "os.getenv"),
    (re.compile(r"\benv(?:\.\w+)?\(" + NAME), "environ.Env"),
)

DECOUPLE = (re.compile(r"\bconfig\(" + NAME), "decouple.config")


def reads(text: str, file: str) -> list[Read]:
    found = []
    for pattern, via in (*FORMS, *((DECOUPLE,) if "decouple" in text else ())):
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start(1)) + 1
            if text[text.rfind("\n", 0, match.start()) + 1 : match.start()].lstrip().startswith("#"):
                continue
            default = Nothing() if via == "os.environ[]" else Unknown()
            found.append(Read(match[1], Place(file, line), via, None, default, test=is_test(file)))
    return sorted(found, key=lambda read: (read.place, read.name))
