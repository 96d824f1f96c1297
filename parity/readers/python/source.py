"""A Python text as a syntax tree: https://docs.python.org/3/library/ast.html"""

from __future__ import annotations

import ast
import re
import sys
import warnings

from parity.contract.finding import Finding
from parity.contract.place import Place

# A template of a project (cookiecutter, copier) is no Python yet.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")

PYTHON_2 = re.compile(r"^\s*print\s+[\"'\w]|^\s*except\s+[\w.]+\s*,\s*\w+\s*:", re.MULTILINE)

# A value that is shown to a person; what is longer is cut.
MOST_SHOWN = 200


class Source:
    """The text of a file, its tree, and what stands where in it."""

    __slots__ = ("file", "lines", "text", "tree")

    def __init__(self, file: str, text: str, tree: ast.Module) -> None:
        self.file, self.text, self.tree = file, text, tree
        self.lines = text.split("\n")

    def place(self, node: ast.AST) -> Place:
        return Place(self.file, getattr(node, "lineno", 1))

    def segment(self, node: ast.AST) -> str:
        """How an expression is written, on one line."""
        first, last = getattr(node, "lineno", 1) - 1, getattr(node, "end_lineno", 1) - 1
        start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
        lines = self.lines[first : min(last + 1, first + 12)]
        if not lines:
            return ""
        # Columns count bytes.
        if last - first < len(lines):
            lines[-1] = lines[-1].encode("utf-8", "replace")[:end].decode("utf-8", "replace")
        lines[0] = lines[0].encode("utf-8", "replace")[start:].decode("utf-8", "replace")
        shown = lines[0] if len(lines) == 1 else " ".join(" ".join(lines).split())
        return shown if len(shown) <= MOST_SHOWN else shown[: MOST_SHOWN - 1] + "…"


def plain(text: str) -> str:
    """The text with Unix's ends of lines, and without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, file: str, part: str | None = None) -> Source | Finding:
    """The tree of a text, or of a part of it with the same lines; or what keeps Python from making one."""
    try:
        with warnings.catch_warnings():
            # Python would say on stderr what it thinks of "\d".
            warnings.simplefilter("ignore")
            return Source(file, text, ast.parse(text if part is None else part))
    except SyntaxError as error:
        return unreadable(file, text, error.lineno or 1, error.msg or "invalid syntax")
    except (ValueError, OverflowError) as error:
        return unreadable(file, text, 1, str(error).splitlines()[0] if str(error) else "not text")
    except (RecursionError, MemoryError):
        return unreadable(file, text, 1, "nested too deeply")


def unreadable(file: str, text: str, line: int, problem: str) -> Finding:
    newer = (
        f"if it is for a newer Python than {sys.version_info.major}.{sys.version_info.minor}, run parity with that one"
    )
    hint = f"mend it: `python3 -m py_compile {file}` shows the place; {newer}"
    if PLACEHOLDER.search(text):
        hint = "it looks like a template: check the project that is made from it"
    elif PYTHON_2.search(text):
        hint = "it looks like Python 2: port it, or run parity on the branch that was ported"
    return Finding("python-unreadable", Place(file, max(line, 1)), f"Python can't read this file: {problem}", hint)
