"""Reads setup.cfg, and the ini files of pytest and tox: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html"""

from __future__ import annotations

import re

from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.packages import MAIN, Packages, Requirement, Script, Setting, normalised
from parity.contract.place import Place
from parity.contract.version import Stated
from parity.readers import requirement
from parity.readers.requirement import Refused, shown

SECTION = re.compile(r"\[(?P<name>[^\]]+)\]")
OPTION = re.compile(r"(?P<name>[^=:\s][^=:]*?)\s*[=:]\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Option:
    """An option's lines, each with its number, without those that are blank."""

    section: str
    name: str
    lines: tuple[tuple[int, str], ...]
    line: int

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.lines)


def read(text: str, file: str) -> Packages:
    found: list[Requirement] = []
    findings: list[Finding] = []
    stated: list[Stated] = []
    scripts: list[Script] = []
    settings: list[Setting] = []
    groups: dict[str, None] = {}
    name = ""
    for option in options(text):
        place = Place(file, option.lines[0][0] if option.lines else option.line)
        if option.section == "options" and option.name == "python_requires":
            stated.append(Stated("python", option.text, place, "pep440"))
        elif (option.section, option.name) == ("options", "install_requires"):
            groups[MAIN] = None
            ask(option, file, MAIN, found, findings)
        elif option.section == "options.extras_require":
            groups[group := f"extra:{normalised(option.name)}"] = None
            ask(option, file, group, found, findings)
        elif option.section == "options.entry_points" and option.name in ("console_scripts", "gui_scripts"):
            scripts += programs(option, file)
        elif option.section in ("tool:pytest", "pytest") and option.name == "django_settings_module":
            settings.append(Setting("pytest", "DJANGO_SETTINGS_MODULE", option.text, place))
        elif option.section == "metadata" and option.name == "name":
            name = normalised(option.text)
    return Packages(
        file=file,
        format="setup.cfg" if file.rpartition("/")[2] == "setup.cfg" else "pytest.ini",
        requirements=tuple(found),
        stated=tuple(stated),
        scripts=tuple(scripts),
        settings=tuple(settings),
        findings=tuple(findings),
        name=name,
        groups=tuple(groups),
    )


def options(text: str) -> list[Option]:
    """As configparser takes them: https://docs.python.org/3/library/configparser.html#supported-ini-file-structure"""
    found: list[Option] = []
    section, name, start, depth = "", "", 0, 0
    lines: list[tuple[int, str]] = []

    def close() -> None:
        if name:
            found.append(Option(section, name, tuple(lines), start))

    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith(("#", ";")):
            continue
        indent = len(line) - len(line.lstrip())
        if name and indent > depth:
            lines.append((number, bare))
            continue
        close()
        name, lines, depth = "", [], indent
        if header := SECTION.match(bare):
            section = header["name"]
        elif option := OPTION.fullmatch(bare):
            name, start = option["name"].lower(), number
            lines = [(number, option["value"])] if option["value"] else []
    close()
    return found


def ask(option: Option, file: str, group: str, found: list[Requirement], findings: list[Finding]) -> None:
    # setuptools parts a list of one line at its semicolons, and one of several lines at their ends.
    several = len(option.lines) > 1 or (option.lines and option.lines[0][0] != option.line)
    for number, line in option.lines:
        if line.startswith("file:"):
            continue
        for text in [line] if several else line.split(";"):
            text = text.partition(" #")[0].strip()
            try:
                if text:
                    found.append(requirement.read(text, Place(file, number), (group,)))
            except Refused as refused:
                message = f"setuptools refuses `{shown(text)}`: {refused}"
                hint = "write it as name[extra]>=1.2,<2"
                findings.append(Finding("requirement-refused", Place(file, number), message, hint))


def programs(option: Option, file: str) -> list[Script]:
    pairs = [(number, *line.partition("=")) for number, line in option.lines if "=" in line]
    return [Script(name.strip(), target.strip(), Place(file, number)) for number, name, _, target in pairs]
