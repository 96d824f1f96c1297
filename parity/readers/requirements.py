"""Reads requirements files, with those that they include: https://pip.pypa.io/en/stable/reference/requirements-file-format/"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from parity.contract.dataclass import dataclass, field, replace
from parity.contract.finding import Finding
from parity.contract.packages import MAIN, Included, Packages, Requirement, Setting, normalised
from parity.contract.place import Place
from parity.contract.version import parse
from parity.readers.requirement import Parts, Refused, extras, marker, parts, requirement, shown
from parity.readers.unreadable import Unreadable

Look = Callable[[str], str | None]

COMMENT = re.compile(r"(?:^|\s)#")
VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
WORD = re.compile(r"""(?:[^\s"'\\]|'[^']*'|"(?:[^"\\]|\\.)*"|\\.)+""", re.DOTALL)
QUOTED = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
ADDRESS = re.compile(r"(?:https?|file|ftp|(?:git|hg|svn|bzr)(?:\+[a-z]+)?):", re.IGNORECASE)
ARCHIVES = (
    ".whl",
    ".zip",
    ".tar.gz",
    ".tgz",
    ".tar",
    ".tbz",
    ".tar.bz2",
    ".tar.xz",
    ".txz",
    ".tlz",
    ".tar.lz",
    ".tar.lzma",
)
# Nobody writes a longer line, or as many.
LONGEST = 20_000
MOST = 20_000

FLAGS = {"--no-index", "--prefer-binary", "--require-hashes", "--pre"}
VALUED = {
    "--index-url",
    "--pypi-url",
    "--extra-index-url",
    "--constraint",
    "--requirement",
    "--editable",
    "--find-links",
    "--no-binary",
    "--only-binary",
    "--trusted-host",
    "--use-feature",
    "--hash",
    "--global-option",
    "--config-settings",
    "--config-setting",
}
# Of older and newer releases of pip than most.
OTHERS = {
    "--process-dependency-links": FLAGS,
    "--always-unzip": FLAGS,
    "--install-option": VALUED,
    "--all-releases": VALUED,
    "--only-final": VALUED,
}
SHORT = {
    "-i": "--index-url",
    "-c": "--constraint",
    "-r": "--requirement",
    "-e": "--editable",
    "-f": "--find-links",
    "-C": "--config-settings",
    "-Z": "--always-unzip",
}


def read(text: str, file: str, look: Look) -> Packages:
    """What the file and the ones it leads to ask for, in pip's order; each is read once. Raises Unreadable for a bomb."""
    reading = Reading(look)
    reading.follow(text, file)
    return Packages(
        file=file,
        format="requirements",
        requirements=tuple(reading.requirements),
        included=tuple(reading.included),
        settings=tuple(reading.settings),
        findings=tuple(reading.findings),
        groups=(MAIN,),
    )


@dataclass
class Open:
    """A file that is being read: its lines that are still to come."""

    file: str
    constraint: bool
    lines: Iterator[tuple[int, str]]


@dataclass
class Reading:
    """What was read so far, and the files that are open: an included one is read where it is named."""

    look: Look
    requirements: list[Requirement] = field(default_factory=list)
    included: list[Included] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    opened: list[Open] = field(default_factory=list)
    opened_names: set[tuple[str, bool]] = field(default_factory=set)
    seen: set[tuple[str, bool]] = field(default_factory=set)

    def follow(self, text: str, file: str) -> None:
        self.open(text, file, constraint=False)
        while self.opened:
            current = self.opened[-1]
            for number, line in current.lines:
                self.take(line, Place(current.file, number), current.constraint)
                if self.opened[-1] is not current:
                    break
            else:
                self.opened.pop()
                self.opened_names.remove((current.file, current.constraint))

    def open(self, text: str, file: str, *, constraint: bool) -> None:
        self.seen.add((file, constraint))
        self.opened_names.add((file, constraint))
        self.opened.append(Open(file, constraint, logical_lines(text)))

    def take(self, line: str, place: Place, constraint: bool) -> None:
        asked, rest = parted(line)
        hashes = rest.count("--hash")
        # A lock file's thousands of hashes are counted, and not read.
        options = [] if hashes and rest.count("-") and only_hashes(rest) else read_options(rest)
        try:
            if isinstance(options, str):
                raise Refused(options)
            if asked:
                found = replace(asked_for(asked, place), hashes=hashes, constraint=constraint)
                self.requirements.append(found)
                if len(self.requirements) > MOST:
                    raise Unreadable(place.line, f"more than {MOST} requirements", "let the file ask for fewer")
            else:
                self.obey(options, place, constraint)
        except Refused as refused:
            # What an environment variable holds can't be told, nor what a template will say.
            if not VARIABLE.search(line) and "{%" not in line and "{{" not in line:
                self.refuse(line, place, str(refused))

    def obey(self, options: list[tuple[str, str]], place: Place, constraint: bool) -> None:
        """An option's line: of several files that one line names, pip takes the first, and -e before them all."""
        named = dict(reversed(options))
        if "--editable" in named:
            self.requirements.append(replace(editable(named["--editable"], place), constraint=constraint))
        elif "--requirement" in named:
            self.include(named["--requirement"], place, constraint=False)
        elif "--constraint" in named:
            self.include(named["--constraint"], place, constraint=True)
        else:
            self.settings.extend(Setting("pip", name.removeprefix("--"), value, place) for name, value in options)

    def include(self, target: str, place: Place, *, constraint: bool) -> None:
        if ADDRESS.match(target):
            self.included.append(Included(target, place, constraint, found=False))
            return
        file = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), target))
        if (file, constraint) in self.opened_names:
            self.included.append(Included(file, place, constraint))
            self.findings.append(cycle(file, place))
        elif (file, constraint) in self.seen:
            self.included.append(Included(file, place, constraint))
        else:
            text = None if VARIABLE.search(target) or file.startswith(("../", "/")) else self.look(file)
            self.included.append(Included(file, place, constraint, found=text is not None))
            if text is not None:
                self.open(text, file, constraint=constraint)
            elif not VARIABLE.search(target):
                self.findings.append(missing(target, file, place))

    def refuse(self, line: str, place: Place, reason: str) -> None:
        message = f"pip refuses `{shown(line)}`: {reason}"
        self.findings.append(Finding("requirement-refused", place, message, "write it as pip does: name[extra]==1.2.3"))


def cycle(file: str, place: Place) -> Finding:
    message = f"{place.file} includes {file}, which leads back to it"
    return Finding("include-cycle", place, message, "remove the line that leads back", Place(file, 1))


def missing(target: str, file: str, place: Place) -> Finding:
    why = "leads out of the repository" if file.startswith(("../", "/")) else "is not there"
    message = f"{place.file} includes {shown(target)}, which {why}"
    return Finding("include-missing", place, message, f"add {shown(file)}, or remove the line")


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments and blanks, those that end in a backslash joined to the next, with the first's number."""
    waiting: list[str] = []
    start = 0
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        comment = "#" in line and line.lstrip().startswith("#")
        if line.endswith("\\") and not comment:
            start = start if waiting else number
            waiting.append(line.strip("\\"))
            continue
        if waiting:
            waiting.append(f" {line}" if comment else line)
            number, line = start, "".join(waiting)
            waiting = []
        if line := uncommented(line):
            yield number, line
    if waiting and (line := uncommented("".join(waiting))):
        yield start, line


def uncommented(line: str) -> str:
    if "#" in line and (match := COMMENT.search(line)):
        line = line[: match.start()]
    return line.strip()


def parted(line: str) -> tuple[str, str]:
    """What is asked for, and the options behind it, which begin at the first dash behind a blank."""
    if line.startswith("-"):
        return "", line
    asked, dash, rest = line.partition(" -")
    return asked.strip(), dash.strip() + rest


def only_hashes(options: str) -> bool:
    return all(word.startswith("--hash=") for word in options.split()) and not any(sign in options for sign in "\"'\\")


def read_options(text: str) -> list[tuple[str, str]] | str:
    """Each option's long name and its value; why pip refuses them, when it does."""
    waiting = words(text)
    if waiting is None:
        return "a quote is not closed"
    found = []
    waiting.reverse()
    while waiting:
        word = waiting.pop()
        if word == "--":
            break
        if not word.startswith("-") or word == "-":
            # pip passes over what no option takes.
            continue
        name, value = split_option(word)
        known = long_name(name)
        if known is None:
            return f"there is no option {shown(name)} in a requirements file"
        if known in FLAGS or OTHERS.get(known) is FLAGS:
            value = ""
        elif value is None:
            if not waiting:
                return f"{known} needs a value"
            value = waiting.pop()
        found.append((known, value or ""))
    return found


def split_option(word: str) -> tuple[str, str | None]:
    if not word.startswith("--"):
        return word[:2], word[2:] or None
    name, sign, value = word.partition("=")
    return name, value if sign else None


def long_name(name: str) -> str | None:
    """pip takes any beginning that only one option has."""
    if name in SHORT:
        return SHORT[name]
    if name in FLAGS or name in VALUED or name in OTHERS:
        return name
    found = [option for option in (*FLAGS, *VALUED) if option.startswith(name)] if len(name) > 2 else []
    return found[0] if len(found) == 1 else None


def words(text: str) -> list[str] | None:
    """As a shell takes them; None when a quote is not closed."""
    if not any(sign in text for sign in "\"'\\"):
        return text.split()
    found, end = [], 0
    for match in WORD.finditer(text):
        if text[end : match.start()].strip():
            return None
        found.append(QUOTED.sub(unquoted, match[0]))
        end = match.end()
    return None if text[end:].strip() else found


def unquoted(match: re.Match[str]) -> str:
    if match[2] is not None:
        return re.sub(r'\\(["\\])', r"\1", match[2])
    return match[1] or match[3] or ""


def asked_for(text: str, place: Place) -> Requirement:
    """Raises Refused."""
    if len(text) > LONGEST:
        raise Refused("it is too long for a dependency")
    at_address = bool(ADDRESS.match(text))
    text, semicolon, condition = text.partition("; " if at_address else ";")
    text, condition = text.strip(), marker(semicolon + condition) if condition.strip() else ""
    if at_address:
        return replace(located(text, place), marker=condition)
    if path := as_path(text):
        name, names = strip_extras(path)
        return replace(located(name, place), extras=names, marker=condition)
    return replace(requirement(parts(text), place, (MAIN,)), marker=condition)


def as_path(text: str) -> str:
    """The text when it names a folder or an archive of this machine, else nothing."""
    front = text.partition("@")[0]
    if text.startswith(".") or ("/" in front and "://" not in front and " " not in front.partition("/")[0]):
        return text
    return text if text.lower().endswith(ARCHIVES) and "@" not in text and " " not in text else ""


def strip_extras(text: str) -> tuple[str, tuple[str, ...]]:
    path, bracket, names = text.partition("[")
    if bracket and names.endswith("]") and path:
        return path, extras(names[:-1])
    return text, ()


def editable(text: str, place: Place) -> Requirement:
    """Raises Refused."""
    if " @ " in text:
        return replace(requirement(parts(text), place, (MAIN,)), editable=True)
    if ADDRESS.match(text):
        return replace(located(text, place), editable=True)
    path, names = strip_extras(text)
    return Requirement("", place, extras=names, url=path, editable=True)


def located(url: str, place: Place) -> Requirement:
    """What an address or a path gives: its name, as far as a wheel's name or `#egg=` says it."""
    front, _, fragment = url.partition("#")
    found = next((part[4:] for part in fragment.split("&") if part.startswith("egg=")), "")
    file = front.rpartition("/")[2]
    if file.endswith(".whl"):
        return wheel(file, url, place)
    named = parts(found.replace("%20", " ")) if found else Parts("", (), "", "", "")
    return replace(requirement(named, place, (MAIN,)), url=url)


def wheel(file: str, url: str, place: Place) -> Requirement:
    name, _, rest = file.partition("-")
    version = parse(rest.partition("-")[0].replace("_", "-"))
    if not name or version is None or rest.count("-") not in (3, 4):
        raise Refused(f"{shown(file)} is no name of a wheel")
    specifier = f"=={version.text}"
    return Requirement(normalised(name), place, specifier=specifier, pinned=version.text, url=url, written=name)
