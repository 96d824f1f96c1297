"""Reads gunicorn's configuration as syntax. https://docs.gunicorn.org/en/stable/settings.html"""

from __future__ import annotations

import ast
import warnings

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.servers import GunicornConf, Setting

# Functions of a configuration that gunicorn calls. https://docs.gunicorn.org/en/stable/settings.html#server-hooks
HOOKS = frozenset(
    (
        "on_starting",
        "on_reload",
        "when_ready",
        "pre_fork",
        "post_fork",
        "post_worker_init",
        "worker_int",
        "worker_abort",
        "pre_exec",
    )
) | {"pre_request", "post_request", "child_exit", "worker_exit", "nworkers_changed", "on_exit", "ssl_context"}


def read(text: str, file: str) -> GunicornConf:
    """What it assigns at its top level. A text that isn't Python has a finding, and nothing else."""
    try:
        with warnings.catch_warnings():
            # What Python would warn the file's owner of is no word of ours.
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        finding = Finding("file-not-parsed", Place(file, line), "not Python: gunicorn can't read it", "mend that line")
        return GunicornConf(file, findings=(finding,))
    settings: dict[str, Setting] = {}
    hooks: list[str] = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    settings[target.id] = setting(target.id, statement.value, Place(file, statement.lineno))
        elif isinstance(statement, ast.FunctionDef) and statement.name in HOOKS:
            hooks.append(statement.name)
    return GunicornConf(file, settings, variables(tree, file), tuple(hooks))


def setting(name: str, value: ast.expr, place: Place) -> Setting:
    used = tuple(dict.fromkeys(asked for node in ast.walk(value) if (asked := variable(node))))
    try:
        return Setting(name, ast.literal_eval(value), True, written(value), place, used)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return Setting(name, None, False, written(value), place, used)


def written(value: ast.expr) -> str:
    try:
        return ast.unparse(value)
    except (RecursionError, ValueError):
        return ""


def variables(tree: ast.Module, file: str) -> dict[str, Place]:
    """The names that it asks the environment for, anywhere."""
    found: dict[str, Place] = {}
    for node in ast.walk(tree):
        name = variable(node)
        if name:
            found.setdefault(name, Place(file, getattr(node, "lineno", 1)))
    return found


def variable(node: ast.AST) -> str | None:
    """NAME of os.environ["NAME"], os.environ.get("NAME", …), os.getenv("NAME", …)."""
    if isinstance(node, ast.Subscript) and named(node.value) == "environ":
        return text(node.slice)
    if isinstance(node, ast.Call) and node.args:
        function = node.func
        if named(function) == "getenv":
            return text(node.args[0])
        if (
            isinstance(function, ast.Attribute)
            and function.attr in ("get", "pop", "setdefault")
            and named(function.value) == "environ"
        ):
            return text(node.args[0])
    return None


def named(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
