"""Reads a Makefile, as far as that goes without running make. https://www.gnu.org/software/make/manual/make.html"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.makefile import Include, Line, Makefile, Target, Variable
from parity.contract.place import Place
from parity.readers.makeexpansion import Expander, Known, Stored, closing

# Recipes of patterns and of targets by the thousand are nobody's commands.
MOST_LINES = 20_000


def read(text: str, file: str) -> Makefile:
    """No text is refused: what make would stop at is a finding."""
    reader = Reader(file)
    reader.run(logical(text, reader))
    return reader.makefile()


@dataclass
class Rule:
    """A rule before its recipe is expanded."""

    target: str
    line: int
    stem: str = ""
    prerequisites: list[str] = field(default_factory=list)
    # Of the line that was read last.
    latest: list[str] = field(default_factory=list)
    order_only: list[str] = field(default_factory=list)
    recipe: list[tuple[int, str]] = field(default_factory=list)
    variables: dict[str, Stored] = field(default_factory=dict)


@dataclass
class Branch:
    """A side of an ifeq or the like: whether one of its sides was taken, and whether make reads this one.

    None where that can't be known.
    """

    done: bool | None
    reached: bool | None


def logical(text: str, reader: Reader) -> Iterator[tuple[int, str, str | None]]:
    """(line, what a recipe would have of it, else what it says); a line that ends with a backslash goes on with the next.

    The last is None where the line is a recipe's.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        start = at
        while at + 1 < len(lines) and odd_backslashes(lines[at]):
            at += 1
        at += 1
        parts, prefix = lines[start:at], reader.prefix
        # What begins the lines that follow is taken off too, if it is the recipe's sign.
        recipe = "\n".join(part.removeprefix(prefix) for part in parts)
        if reader.defining is not None:
            yield start + 1, recipe, "\n".join(parts)
        else:
            yield start + 1, recipe, None if parts[0].startswith(prefix) and reader.current else joined(parts)


def odd_backslashes(line: str) -> bool:
    return line.endswith("\\") and (len(line) - len(line.rstrip("\\"))) % 2 == 1


def joined(parts: list[str]) -> str:
    """A blank stands for a backslash at the end of a line and the blanks around it."""
    if len(parts) == 1:
        return parts[0]
    first, *others = (part.removesuffix("\\") if number < len(parts) - 1 else part for number, part in enumerate(parts))
    return " ".join([first.rstrip(" \t"), *(part.strip(" \t") for part in others[:-1]), others[-1].lstrip(" \t")])


DIRECTIVE = re.compile(r"\s*(ifdef|ifndef|ifeq|ifneq|else|endif)(?![\w.-])\s*(.*)", re.DOTALL)
INCLUDE = re.compile(r"\s*(-include|sinclude|include)\s+(.+)", re.DOTALL)
DEFINE = re.compile(r"\s*(?:(?:export|override|unexport|private)\s+)*define\s+(\S+)\s*(\+=|\?=|!=|:{0,3}=)?\s*$")
ENDEF = re.compile(r"\s*endef\s*(#.*)?$")
MODIFIERS = re.compile(r"\s*((?:(?:export|override|private)\s+)*)")
EXPORT = re.compile(r"\s*(export|unexport)(?:\s+([^=:#]*))?$")
OTHER = re.compile(r"\s*(undefine|vpath|load|-load)(\s|$)")


class Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.variables: dict[str, Stored] = {}
        self.expander = Expander(self.variables)
        self.rules: dict[str, Rule] = {}
        self.current: list[Rule] = []
        self.phony: set[str] = set()
        self.includes: list[Include] = []
        self.exported: set[str] = set()
        self.exports_all = self.one_shell = False
        self.prefix = "\t"
        self.branches: list[Branch] = []
        self.defining: tuple[str, str, int, list[str], int] | None = None
        self.findings: list[Finding] = []
        self.goal: str | None = None
        self.lines = 0

    def run(self, lines: Iterator[tuple[int, str, str | None]]) -> None:
        for number, recipe, line in lines:
            if line is None:
                self.add_recipe(number, recipe)
            elif self.defining is not None:
                self.define(line)
            elif not self.directive(line) and self.reached is not False:
                self.statement(number, line, recipe)

    @property
    def reached(self) -> bool | None:
        """Whether make reads what comes now; None: by something that can't be known."""
        return self.branches[-1].reached if self.branches else True

    def enter(self, taken: bool | None, done: bool | None) -> None:
        states = (taken, self.reached)
        self.branches.append(Branch(done, False if False in states else None if None in states else True))

    def statement(self, number: int, line: str, recipe: str) -> None:
        begins = DEFINE.match(line)
        include = INCLUDE.match(line)
        export = EXPORT.match(line)
        if begins:
            self.defining = (begins[1], begins[2] or "=", number, [], 1)
        elif include and not re.match(r"\s*:?=", line[include.end(1) :]):
            self.include(number, include[1], uncommented(include[2]))
        elif export:
            self.export(export[1] == "export", export[2] or "")
        elif not OTHER.match(line):
            self.assignment_or_rule(number, uncommented(line), recipe)
            return
        self.current = []

    def add_recipe(self, number: int, line: str) -> None:
        self.lines += len(self.current)
        if self.reached is not False and self.lines <= MOST_LINES:
            for rule in self.current:
                if not rule.recipe and rule.latest:
                    # What the rule with the recipe names comes before what other rules do.
                    rule.prerequisites = [*rule.latest, *rule.prerequisites[: -len(rule.latest)]]
                    rule.latest = []
                rule.recipe.append((number, line))

    def directive(self, line: str) -> bool:
        match = DIRECTIVE.match(line) if line.lstrip()[:1] in ("i", "e") else None
        if not match:
            return False
        word, rest = match[1], uncommented(match[2]).strip()
        if word == "endif":
            if self.branches:
                self.branches.pop()
        elif word == "else":
            self.otherwise(rest)
        else:
            holds = self.condition(word, rest) if self.reached is not False else False
            self.enter(holds, holds)
        return True

    def otherwise(self, rest: str) -> None:
        if not self.branches:
            return
        last = self.branches.pop()
        word, _, condition = rest.partition(" ")
        holds = self.condition(word, condition.strip()) if word.startswith("if") and self.reached is not False else True
        if last.done:
            self.enter(False, True)
        elif last.done is None:
            self.enter(None if holds is not False else False, None)
        else:
            self.enter(holds, holds)

    def condition(self, word: str, text: str) -> bool | None:
        if word in ("ifdef", "ifndef"):
            name = self.expander.expand(text)
            stored = self.variables.get(name.text.strip())
            # One of nowhere may come from the environment.
            defined = None if stored is None or not name.known or stored.unsure else bool(stored.text)
            return defined if word == "ifdef" or defined is None else not defined
        sides = compared(text)
        if sides is None:
            return None
        left, right = (self.expander.expand(side) for side in sides)
        if not (left.known and right.known):
            return None
        return (left.text == right.text) == (word == "ifeq")

    def define(self, line: str) -> None:
        assert self.defining is not None
        name, sign, number, lines, depth = self.defining
        depth += bool(DEFINE.match(line)) - bool(ENDEF.match(line))
        if depth:
            self.defining = (name, sign, number, [*lines, line] if len(lines) < 1000 else lines, depth)
            return
        self.defining = None
        self.assign(self.variables, name, sign, "\n".join(lines), number)

    def include(self, number: int, word: str, rest: str) -> None:
        for path in self.expander.expand(rest).text.split():
            self.includes.append(Include(path, Place(self.file, number), word != "include" or self.reached is None))

    def export(self, exported: bool, names: str) -> None:
        words = self.expander.expand(uncommented(names)).text.split()
        if not words:
            self.exports_all = exported
        self.exported = self.exported | set(words) if exported else self.exported - set(words)

    def assignment_or_rule(self, number: int, line: str, recipe: str) -> None:
        modifiers = MODIFIERS.match(line)
        begin = modifiers.end() if modifiers else 0
        at, sign = separator(line, begin)
        if sign == "":
            self.nothing(number, line)
        elif sign != ":":
            self.current = []
            name = self.expander.expand(line[begin:at].strip()).text
            if not name or re.search(r"\s", name):
                return
            self.assign(self.variables, name, sign, line[at + len(sign) :].lstrip(" \t"), number)
            if "export" in line[:begin]:
                self.exported.add(name)
        else:
            self.rule(number, line, at, recipe)

    def nothing(self, number: int, line: str) -> None:
        """A line that is neither: a finding where make would stop at it."""
        bare = line.strip()
        if not bare or "$" in bare or self.reached is None:
            return
        hint = (
            "begin the line with a tab" if line.startswith(" ") and self.current else "write NAME = value, or TARGET:"
        )
        message = f"make stops at `{bare[:60]}`: it is no rule, no assignment, and no line of a recipe"
        self.findings.append(Finding("file-not-parsed", Place(self.file, number), message, hint))

    def assign(self, variables: dict[str, Stored], name: str, sign: str, text: str, number: int) -> None:
        old = variables.get(name, self.variables.get(name))
        unsure = self.reached is None
        if sign == "?=" and old and not old.unsure:
            return
        if sign == "!=":
            new = Stored(text, number, known=False)
        elif sign in (":=", "::=", ":::=") or (sign == "+=" and old and old.simple):
            value = self.expander.expand(text)
            new = Stored(value.text, number, simple=True, known=value.known)
        else:
            new = Stored(text, number)
        if sign == "+=" and old:
            new.text = f"{old.text} {new.text}" if old.text else new.text
            new.known, new.simple = new.known and old.known, old.simple
        new.unsure = unsure or (sign == "+=" and old is not None and old.unsure)
        variables[name] = new
        if variables is self.variables and name == ".RECIPEPREFIX":
            self.prefix = new.text[:1] or "\t"

    def rule(self, number: int, line: str, at: int, recipe: str) -> None:
        colons = re.match(r"::?", line[at:])
        assert colons
        head, rest = line[:at].removesuffix("&"), line[at + colons.end() :]
        names = without_references(self.expander.expand(head)).split()
        body, semicolon, _ = split_recipe(rest)
        inner, sign = separator(body, 0)
        if sign not in ("", ":"):
            self.target_variable(names, body, inner, sign, number)
            return
        pattern = None
        if sign == ":" and "%" in body[:inner]:
            pattern, body = body[:inner].strip(), body[inner + 1 :]
        normal, _, order_only = without_references(self.expander.expand(body)).partition("|")
        self.special(names, normal.split())
        self.current = []
        for name in names:
            if name.startswith(".") and name.isupper() and name in SPECIAL:
                continue
            self.current.append(self.add(name, number, pattern, normal.split(), order_only.split(), colons[0]))
        if not self.current:
            # The recipe of a special target, if there is one, is nobody's.
            self.current = [Rule("", number)]
        if semicolon:
            self.add_recipe(number, split_recipe(recipe[at:])[2].lstrip(" \t"))

    def add(
        self, name: str, number: int, pattern: str | None, normal: list[str], order_only: list[str], colons: str
    ) -> Rule:
        rule = self.rules.setdefault(name, Rule(name, number))
        if pattern:
            start, _, end = pattern.partition("%")
            if name.startswith(start) and name.endswith(end):
                rule.stem = name[len(start) : len(name) - len(end)]
                normal = [word.replace("%", rule.stem, 1) for word in normal]
        rule.latest = normal[:1000]
        rule.prerequisites += rule.latest
        rule.order_only += order_only[:1000]
        # A second recipe takes the first one's place, but not behind two colons; prerequisites come together.
        if rule.recipe and colons == ":":
            rule.recipe, rule.line = Replacing(rule.recipe), number
        if self.goal is None and "%" not in name and (not name.startswith(".") or "/" in name):
            self.goal = name
        return rule

    def target_variable(self, names: list[str], body: str, at: int, sign: str, number: int) -> None:
        modifiers = MODIFIERS.match(body)
        name = self.expander.expand(body[modifiers.end() if modifiers else 0 : at].strip()).text
        self.current = []
        if re.search(r"\s", name):
            return
        for target in names:
            rule = self.rules.setdefault(target, Rule(target, number))
            self.assign(rule.variables, name, sign, body[at + len(sign) :].lstrip(" \t"), number)

    def special(self, names: list[str], prerequisites: list[str]) -> None:
        if ".PHONY" in names:
            self.phony.update(prerequisites)
        if ".EXPORT_ALL_VARIABLES" in names:
            self.exports_all = True
        if ".ONESHELL" in names:
            self.one_shell = True

    def makefile(self) -> Makefile:
        goal = self.variables.get(".DEFAULT_GOAL")
        default = self.expander.expand(goal.text).text.strip() if goal and goal.text else self.goal
        targets = {
            name: self.target(rule)
            for name, rule in self.rules.items()
            if "%" not in name and (rule.recipe or rule.prerequisites or not rule.variables)
        }
        return Makefile(
            file=self.file,
            targets=targets,
            variables={name: self.variable(name, stored) for name, stored in self.variables.items()},
            includes=tuple(self.includes),
            default=default,
            exports_all=self.exports_all,
            findings=tuple(self.findings),
        )

    def variable(self, name: str, stored: Stored) -> Variable:
        value = Known(stored.text, stored.known) if stored.simple else self.expander.expand(stored.text)
        known = value.known and stored.known and not stored.unsure
        exported = name in self.exported or (self.exports_all and re.fullmatch(r"[A-Za-z_]\w*", name) is not None)
        return Variable(name, value.text if known else None, Place(self.file, stored.line), exported)

    def target(self, rule: Rule) -> Target:
        automatic = {
            "@": rule.target,
            "<": rule.prerequisites[0] if rule.prerequisites else "",
            "^": " ".join(dict.fromkeys(rule.prerequisites)),
            "+": " ".join(rule.prerequisites),
            "*": rule.stem,
            "|": " ".join(rule.order_only),
        }
        within = self.expander.within({name: Stored(text, 0, simple=True) for name, text in automatic.items()})
        within = within.within(rule.variables)
        lines = rule.recipe
        if self.one_shell and lines:
            lines = [(lines[0][0], "\n".join(line for _, line in lines))]
        return Target(
            name=rule.target,
            place=Place(self.file, rule.line),
            prerequisites=tuple(dict.fromkeys(rule.prerequisites)),
            order_only=tuple(dict.fromkeys(rule.order_only)),
            recipe=tuple(found for number, line in lines for found in self.expanded(number, line, within)),
            phony=rule.target in self.phony,
        )

    def expanded(self, number: int, line: str, within: Expander) -> Iterator[Line]:
        value = within.expand(line)
        # A variable of several lines makes several; those of the recipe's own end with a backslash.
        parts = [value.text] if self.one_shell else re.split(r"(?<!\\)\n", value.text)
        for part in parts:
            signs = re.match(r"[ \t@+-]*", part)
            assert signs
            text = part[signs.end() :].rstrip("\n")
            if text.strip():
                yield Line(
                    text=text,
                    place=Place(self.file, number),
                    silent="@" in signs[0],
                    ignore_errors="-" in signs[0],
                    always="+" in signs[0] or re.search(r"\$[({]MAKE[)}]", line) is not None,
                    expanded=value.known,
                )


class Replacing(list[tuple[int, str]]):
    """A recipe that stands until the first line of the one that takes its place."""

    def __init__(self, old: list[tuple[int, str]]) -> None:
        super().__init__(old)
        self.fresh = False

    def append(self, line: tuple[int, str]) -> None:
        if not self.fresh:
            self.clear()
            self.fresh = True
        super().append(line)


SPECIAL = {
    *(".PHONY", ".SUFFIXES", ".DEFAULT", ".PRECIOUS", ".INTERMEDIATE", ".NOTINTERMEDIATE", ".SECONDARY", ".ONESHELL"),
    *(".SECONDEXPANSION", ".DELETE_ON_ERROR", ".IGNORE", ".LOW_RESOLUTION_TIME", ".SILENT", ".NOTPARALLEL", ".POSIX"),
    *(".EXPORT_ALL_VARIABLES", ".WAIT"),
}


def uncommented(line: str) -> str:
    """Up to a # that no backslash stands before, and no reference to a variable is around."""
    at = line.find("#")
    if at < 0:
        return line
    found = []
    start = 0
    while at >= 0:
        bare = line[start:at].rstrip("\\")
        escapes = at - start - len(bare)
        found.append(bare + "\\" * (escapes // 2))
        if escapes % 2 == 0:
            return "".join(found)
        found.append("#")
        start = at + 1
        at = line.find("#", start)
    return "".join(found) + line[start:]


SEPARATOR = re.compile(r"[$=:]|[?+!]=")


def separator(line: str, begin: int) -> tuple[int, str]:
    """Where the first sign of an assignment or a rule stands outside of references, and which it is; "" is none."""
    at = begin
    while match := SEPARATOR.search(line, at):
        at = match.start()
        if match[0] == "$":
            at = closing(line, at + 1) + 1 if line[at + 1 : at + 2] in ("(", "{") else at + 2
            if at == 0:
                break
            continue
        colons = re.compile(r":{1,3}=").match(line, at)
        if colons:
            return at, colons[0]
        # Of Windows' C:\ and the like nothing is known here.
        return at, match[0]
    return len(line), ""


def without_references(value: Known) -> str:
    """A list of names without those that only make can tell."""
    text, found, at = value.text, [], 0
    while not value.known and (start := text.find("$", at)) >= 0:
        end = closing(text, start + 1) if text[start + 1 : start + 2] in ("(", "{") else start + 1
        found.append(text[at:start])
        at = end + 1 if end > 0 else len(text)
    return "".join(found) + text[at:]


def split_recipe(rest: str) -> tuple[str, bool, str]:
    """Prerequisites, and the command behind a semicolon."""
    at = 0
    while match := re.compile(r"[$;]").search(rest, at):
        at = match.start()
        if match[0] == ";":
            return rest[:at], True, rest[at + 1 :]
        at = closing(rest, at + 1) + 1 if rest[at + 1 : at + 2] in ("(", "{") else at + 2
        if at == 0:
            break
    return rest, False, ""


def compared(text: str) -> tuple[str, str] | None:
    """The sides of (a,b), "a" "b" and 'a' 'b'."""
    if text.startswith("("):
        end, comma, at, depth = len(text), -1, 1, 1
        while at < end and depth:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            comma = at if text[at] == "," and depth == 1 and comma < 0 else comma
            at += 1
        return None if depth or comma < 0 else (text[1:comma].rstrip(), text[comma + 1 : at - 1].lstrip())
    match = re.fullmatch(r"""(?:"([^"]*)"|'([^']*)')\s*(?:"([^"]*)"|'([^']*)')""", text)
    return (match[1] or match[2] or "", match[3] or match[4] or "") if match else None
