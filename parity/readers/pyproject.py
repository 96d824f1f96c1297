"""Reads pyproject.toml: https://packaging.python.org/en/latest/specifications/pyproject-toml/

Poetry's part: https://python-poetry.org/docs/pyproject/
uv's: https://docs.astral.sh/uv/reference/settings/
Groups: https://packaging.python.org/en/latest/specifications/dependency-groups/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from parity.contract.dataclass import dataclass, field, replace
from parity.contract.finding import Finding
from parity.contract.packages import MAIN, Included, Packages, Requirement, Script, Setting, normalised, reached
from parity.contract.place import Place
from parity.contract.version import Stated, parse, pinned
from parity.readers import tree
from parity.readers.requirement import Refused, extras, requirement, shown
from parity.readers.requirement import parts as parts_of
from parity.readers.tree import Node
from parity.readers.unreadable import Unreadable

EMPTY = Node({}, 1)
MOST_GROUPS = 500

# Where a tool's own section holds what says how the program runs.
SETTINGS = (
    ("pytest", ("tool", "pytest", "ini_options"), "DJANGO_SETTINGS_MODULE"),
    ("pytest", ("tool", "pytest"), "DJANGO_SETTINGS_MODULE"),
    ("django-stubs", ("tool", "django-stubs"), "django_settings_module"),
    ("poetry", ("tool", "poetry"), "package-mode"),
    ("uv", ("tool", "uv"), "package"),
)


def read(text: str, file: str) -> Packages:
    """Raises Unreadable for what isn't TOML."""
    reading = Reading(file, tree.toml(text))
    reading.project()
    reading.dependency_groups()
    reading.poetry()
    reading.uv()
    reading.pdm()
    return Packages(
        file=file,
        format="pyproject.toml",
        requirements=tuple(reading.requirements),
        stated=tuple(reading.stated),
        included=tuple(reading.included),
        scripts=tuple(reading.scripts),
        settings=tuple(reading.settings()),
        findings=tuple(reading.findings),
        name=normalised(reading.text("project", "name") or reading.text("tool", "poetry", "name")),
        groups=tuple(reading.groups),
    )


@dataclass
class Reading:
    file: str
    root: Node
    requirements: list[Requirement] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    included: list[Included] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    groups: dict[str, None] = field(default_factory=dict)

    def at(self, *keys: str) -> Node:
        return self.root.get(*keys) or EMPTY

    def text(self, *keys: str) -> str:
        return self.at(*keys).string() or ""

    def place(self, node: Node) -> Place:
        return Place(self.file, node.line)

    def project(self) -> None:
        if self.root.get("project"):
            self.groups[MAIN] = None
        self.python(self.root.get("project", "requires-python"))
        self.ask(self.at("project", "dependencies"), (MAIN,))
        for name, entries in self.at("project", "optional-dependencies").entries():
            self.ask(entries, (f"extra:{normalised(name)}",))
        for section in ("scripts", "gui-scripts"):
            self.programs(self.at("project", section))
        for key in ("dependencies", "optional-dependencies"):
            self.dynamic(self.at("tool", "setuptools", "dynamic", key))

    def python(self, node: Node | None) -> None:
        if node and node.string():
            self.stated.append(Stated("python", str(node.string()), self.place(node), "pep440"))

    def ask(self, entries: Node, groups: tuple[str, ...]) -> None:
        self.groups.update(dict.fromkeys(groups))
        for entry in entries.items():
            if isinstance(entry.value, str):
                self.dependency(entry, groups)

    def dependency(self, entry: Node, groups: tuple[str, ...], *, constraint: bool = False) -> None:
        text = entry.string() or ""
        try:
            found = requirement(parts_of(text), self.place(entry), groups)
        except Refused as refused:
            self.refuse(text, entry, str(refused))
        else:
            self.requirements.append(replace(found, constraint=constraint))

    def refuse(self, text: str, node: Node, reason: str) -> None:
        message = f"installers refuse `{shown(text)}`: {reason}"
        self.findings.append(
            Finding("requirement-refused", self.place(node), message, "write it as name[extra]>=1.2,<2")
        )

    def programs(self, scripts: Node) -> None:
        for name, node in scripts.entries():
            # Poetry takes { reference = "…" } too.
            target = node.string() or (node.get("reference") or node.get("callable") or EMPTY).string() or ""
            self.scripts.append(Script(name, target, self.place(node)))

    def dynamic(self, node: Node) -> None:
        """setuptools reads the list from files of requirements."""
        tables = [node] if node.get("file") else [table for _, table in node.entries()]
        for table in tables:
            named = table.get("file")
            for entry in (named.items() or [named]) if named else []:
                if isinstance(entry.value, str):
                    # A setuptools that is given a folder above the project refuses it.
                    file = posixpath.normpath(posixpath.join(posixpath.dirname(self.file), entry.value))
                    self.included.append(Included(file, self.place(entry)))

    def dependency_groups(self) -> None:
        named = {normalised(name): node for name, node in self.at("dependency-groups").entries()}
        having = groups_having({name: list(included_groups(node)) for name, node in named.items()})
        self.groups.update(dict.fromkeys(named))
        for name, node in named.items():
            for entry in node.items():
                if isinstance(entry.value, str):
                    self.dependency(entry, having[name])
                elif other := (entry.get("include-group") or EMPTY).string():
                    self.check_include(name, normalised(other), self.place(entry), named, having)

    def check_include(
        self, name: str, other: str, place: Place, named: dict[str, Node], having: dict[str, tuple[str, ...]]
    ) -> None:
        if other not in named:
            message = f"the group {name} includes {other}, which is not there"
            self.findings.append(Finding("include-missing", place, message, f"add a group {other}"))
        elif other in having[name]:
            message = f"the group {name} includes {other}, which leads back to it"
            hint = "remove the entry that leads back"
            self.findings.append(Finding("include-cycle", place, message, hint, self.place(named[other])))

    def poetry(self) -> None:
        poetry = self.root.get("tool", "poetry")
        if poetry is None:
            return
        self.groups[MAIN] = None
        wanted = self.poetry_extras()
        known = {one.name for one in self.requirements if one.main}
        for name, node in self.at("tool", "poetry", "dependencies").entries():
            if name == "python":
                self.poetry_python(node)
            elif normalised(name) not in known:
                self.poetry_dependency(name, node, (MAIN,), wanted)
        for name, node in self.at("tool", "poetry", "dev-dependencies").entries():
            self.poetry_dependency(name, node, ("dev",), {})
        tables = {normalised(name): node for name, node in self.at("tool", "poetry", "group").entries()}
        having = groups_having({name: names_in(node.get("include-groups")) for name, node in tables.items()})
        for group, table in tables.items():
            for name, node in (table.get("dependencies") or EMPTY).entries():
                self.poetry_dependency(name, node, having[group], {})
        self.programs(self.at("tool", "poetry", "scripts"))

    def poetry_extras(self) -> dict[str, tuple[str, ...]]:
        """The extras that ask for each optional dependency."""
        wanted: dict[str, tuple[str, ...]] = {}
        for extra, names in self.at("tool", "poetry", "extras").entries():
            for name in names.items():
                key = normalised(name.string() or "")
                wanted[key] = (*wanted.get(key, ()), f"extra:{normalised(extra)}")
        return wanted

    def poetry_python(self, node: Node) -> None:
        spec = node.string() or (node.get("version") or EMPTY).string()
        if spec:
            self.stated.append(Stated("python", spec, self.place(node), "poetry"))

    def poetry_dependency(
        self, name: str, node: Node, groups: tuple[str, ...], wanted: dict[str, tuple[str, ...]]
    ) -> None:
        """`name = "^1"`, `name = { version = "^1", extras = [...] }`, or a list of such tables for several Pythons."""
        self.groups.update(dict.fromkeys(groups))
        for one in node.items() or [node]:
            optional = (one.get("optional") or EMPTY).value is True
            having = wanted.get(normalised(name), ("extra:",)) if optional else groups
            self.requirements.append(replace(table_requirement(name, one, self.place(node)), groups=having))

    def uv(self) -> None:
        # What uv had before there were dependency groups.
        if old := self.root.get("tool", "uv", "dev-dependencies"):
            self.ask(old, ("dev",))
        for entry in self.at("tool", "uv", "constraint-dependencies").items():
            self.dependency(entry, (MAIN,), constraint=True)

    def pdm(self) -> None:
        for name, entries in self.at("tool", "pdm", "dev-dependencies").entries():
            self.ask(entries, (normalised(name),))

    def settings(self) -> Iterator[Setting]:
        for tool, keys, name in SETTINGS:
            node = self.root.get(*keys, name)
            if node and node.string():
                yield Setting(tool, name, str(node.string()), self.place(node))
        default = self.root.get("tool", "uv", "default-groups")
        if default:
            names = ",".join(entry.string() or "" for entry in default.items()) or default.string() or ""
            yield Setting("uv", "default-groups", names, self.place(default))


def included_groups(group: Node) -> Iterator[str]:
    for entry in group.items():
        if name := (entry.get("include-group") or EMPTY).string():
            yield normalised(name)


def names_in(groups: Node | None) -> list[str]:
    return [normalised(entry.string() or "") for entry in groups.items()] if groups else []


def groups_having(members: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """For each group itself and those that include it, through others too. Raises Unreadable for a bomb of groups."""
    if len(members) > MOST_GROUPS:
        raise Unreadable(1, f"more than {MOST_GROUPS} dependency groups", "let it have fewer")
    having = {name: {name: None} for name in members}
    for name in members:
        for other in reached(members[name], members):
            if other in having:
                having[other][name] = None
    return {name: tuple(groups) for name, groups in having.items()}


def limits(node: Node) -> Iterator[str]:
    """Poetry's own short forms of markers, of which one that is no single comparison stays as it is written."""
    for key, name in (("python", "python_version"), ("platform", "sys_platform")):
        text = (node.get(key) or EMPTY).string()
        if text:
            match = re.fullmatch(r"(===|==|!=|~=|<=|>=|<|>)?\s*([A-Za-z0-9.]+)", text)
            yield f"{name} {match[1] or '=='} '{match[2]}'" if match else f"{key} {text}"


def table_requirement(name: str, node: Node, place: Place) -> Requirement:
    """A dependency as Poetry and pipenv write it: a range, or a table that holds one."""

    def value(*keys: str) -> str:
        return next((text for key in keys if (text := (node.get(key) or EMPTY).string())), "")

    specifier = " ".join((node.string() or value("version")).split())
    try:
        names = extras(",".join(entry.string() or "" for entry in (node.get("extras") or EMPTY).items()))
    except Refused:
        names = ()
    only = pinned(specifier) or parse(specifier)
    return Requirement(
        name=normalised(name),
        place=place,
        extras=names,
        specifier=specifier,
        dialect="poetry",
        pinned=only.text if only else None,
        marker=value("markers") or " and ".join(limits(node)),
        url=value("git", "url", "path", "file"),
        editable=(node.get("develop") or node.get("editable") or EMPTY).value is True,
        written=name,
    )
