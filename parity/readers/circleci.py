"""Reads the configuration of CircleCI. https://circleci.com/docs/configuration-reference/"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice, product

from parity.contract.circleci import CircleCI, Container, Job, Orb, Step
from parity.contract.dataclass import dataclass, field, replace
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value
from parity.readers import tree
from parity.readers.scalar import misspelt, words
from parity.readers.tree import Node
from parity.readers.unreadable import Unreadable

JOB = (
    *(
        "docker",
        "machine",
        "macos",
        "executor",
        "environment",
        "steps",
        "working_directory",
        "shell",
        "parameters",
        "type",
    ),
    *(
        "parallelism",
        "resource_class",
        "branches",
        "description",
        "circleci_ip_ranges",
        "retention",
        "plan_name",
        "windows",
    ),
)
CONTAINER = ("image", "name", "entrypoint", "command", "user", "environment", "auth", "aws_auth")
RUN = (
    *(
        "command",
        "name",
        "shell",
        "environment",
        "background",
        "working_directory",
        "no_output_timeout",
        "when",
        "max_auto_reruns",
    ),
    "auto_rerun_delay",
)
# Executors of CircleCI's own orbs, by the orb's source and the executor's name: https://circleci.com/developer/orbs
OF_ORBS = {("circleci/python", "default"): "cimg/python", ("circleci/node", "default"): "cimg/node"}

PARAMETER = re.compile(r"(?<!\\)<<\s*(parameters|matrix|pipeline\.parameters)\.([\w-]+)\s*>>")
EXPRESSION = re.compile(r"(?<!\\)<<[^<>]*>>")

MOST_VALUES = 64
MOST_STEPS = 2_000
MOST_LEVELS = 10


def read(text: str, file: str) -> CircleCI:
    """Raises Unreadable for what is no YAML, and for what is no mapping."""
    root = tree.yaml(text)
    if not isinstance(root.value, dict):
        raise Unreadable(root.line, "CircleCI's configuration is a mapping with `version` and `jobs`", "write jobs:")
    return Reader(text, file, root).config()


@dataclass(frozen=True, slots=True)
class Scope:
    """What << parameters.x >> stands for: each value that callers give, and lists of steps with their own scope."""

    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    steps: dict[str, tuple[Node, Scope]] = field(default_factory=dict)


class Reader:
    def __init__(self, text: str, file: str, root: Node) -> None:
        self.lines, self.file, self.root = text.split("\n"), file, root
        self.findings: list[Finding] = []
        self.steps = 0
        self.top = Scope()
        self.uses: dict[str, list[Node]] = {}
        for name, given in uses(root):
            self.uses.setdefault(name, []).append(given)
        self.orbs = tuple(
            Orb(name, node.string() or "", Place(file, node.line)) for name, node in entries(root.get("orbs"))
        )

    def config(self) -> CircleCI:
        self.top = self.defaults(self.root.get("parameters"), Node({}, 1), Scope())
        contexts = (name for calls in self.uses.values() for call in calls for name in words(call.get("context")))
        return CircleCI(
            file=self.file,
            jobs=tuple(self.job(name, node) for name, node in entries(self.root.get("jobs"))),
            orbs=self.orbs,
            contexts=tuple(dict.fromkeys(contexts)),
            dynamic=(setup := self.root.get("setup")) is not None and setup.value is True,
            findings=tuple(dict.fromkeys(self.findings)),
        )

    def job(self, name: str, node: Node) -> Job:
        self.findings += misspelt(node, JOB, self.file, "unknown-key", f"the job {name}")
        calls = self.uses.get(name, [])
        scope = self.called(node.get("parameters"), calls)
        kind, executor, inner = self.executor(node, scope)
        containers = [self.container(item, inner) for item in items(executor.get("docker"))]
        if not containers and kind != "docker" and (image := self.of_orb(node.get("executor"), kind, scope)):
            containers = [image]
        return Job(
            name=name,
            place=self.place(node),
            executor=containers[0] if containers else None,
            services=tuple(containers[1:]),
            env={**self.environment(executor, inner), **self.environment(node, scope)},
            steps=tuple(self.listed(node.get("steps"), scope, 0)),
            working_directory=self.optional(node.get("working_directory") or executor.get("working_directory"), scope),
            kind=kind,
            used=bool(calls) or (name == "build" and not self.uses),
        )

    def executor(self, node: Node, scope: Scope) -> tuple[str, Node, Scope]:
        """What a job runs in: its kind, the mapping that says it, and what the parameters stand for there."""
        named = node.get("executor")
        if named is not None:
            written = named.get("name") or named
            value = self.value(written, scope)
            name = value.texts[0] if value.texts else ""
            found = self.root.get("executors", name)
            if found is None:
                return name, Node({}, node.line), scope
            inner = self.defaults(found.get("parameters"), named, scope)
            return next((kind for kind in KINDS if found.get(kind)), ""), found, inner
        return next((kind for kind in KINDS if node.get(kind)), "docker"), node, scope

    def of_orb(self, named: Node | None, name: str, scope: Scope) -> Container | None:
        orb, _, executor = name.partition("/")
        source = next((found.source.partition("@")[0] for found in self.orbs if found.name == orb), "")
        image, tag = OF_ORBS.get((source, executor)), named.get("tag") if named else None
        if image is None or named is None or tag is None:
            return None
        value = self.value(tag, scope)
        tagged = tuple(replace(one, text=f"{image}:{one.text}") for one in value.each if one.text is not None)
        place = self.place(named)
        return Container(place, tagged[0] if len(tagged) == 1 else Value(None, place, tag.text, among=tagged))

    def container(self, node: Node, scope: Scope) -> Container:
        self.findings += misspelt(node, CONTAINER, self.file, "unknown-key", "an image of `docker`")
        return Container(
            place=self.place(node),
            image=self.value(node.get("image") or Node(None, node.line), scope),
            name=text_of(node.get("name")),
            env=self.environment(node, scope),
            command=self.optional(node.get("command"), scope),
        )

    def environment(self, node: Node, scope: Scope) -> dict[str, Value]:
        """A mapping, or a list of mappings or of NAME=value."""
        given = node.get("environment")
        found = {name: self.value(item, scope) for name, item in entries(given)}
        for item in items(given):
            found.update((name, self.value(below, scope)) for name, below in entries(item))
            name, sign, value = (item.string() or "").partition("=")
            if sign:
                found[name] = self.value(replace(item, value=value, text=value), scope)
        return found

    def listed(self, node: Node | None, scope: Scope, level: int) -> Iterator[Step]:
        whole = PARAMETER.fullmatch(text_of(node).strip()) if node else None
        if whole and whole[2] in scope.steps and level < MOST_LEVELS:
            given, outer = scope.steps[whole[2]]
            yield from self.listed(given, outer, level + 1)
            return
        for item in items(node):
            if self.steps > MOST_STEPS:
                return
            yield from self.step(item, scope, level)

    def step(self, node: Node, scope: Scope, level: int) -> Iterator[Step]:
        """A step, those of a command of this file in its place, and those behind a condition as if it held."""
        self.steps += 1
        ((kind, given),) = entries(node)[:1] or [(node.string() or "", Node({}, node.line))]
        command = self.root.get("commands", kind)
        if kind in ("when", "unless"):
            yield from self.listed(given.get("steps"), scope, level + 1) if level < MOST_LEVELS else ()
        elif kind == "steps":
            yield from self.listed(given, scope, level + 1) if level < MOST_LEVELS else ()
        elif kind == "run":
            yield self.run(node, given, scope)
        elif command is not None and level < MOST_LEVELS:
            inner = self.defaults(command.get("parameters"), given, scope)
            yield from self.listed(command.get("steps"), inner, level + 1)
        else:
            inputs = {name: self.value(item, scope) for name, item in entries(given)}
            yield Step(place=self.place(node), kind=kind, name=text_of(given.get("name")), inputs=inputs)

    def run(self, node: Node, given: Node, scope: Scope) -> Step:
        if not isinstance(given.value, dict):
            return Step(place=self.place(node), kind="run", run=self.script(given, scope))
        self.findings += misspelt(given, RUN, self.file, "unknown-key", "a run step")
        background = given.get("background")
        return Step(
            place=self.place(node),
            kind="run",
            name=text_of(given.get("name")),
            run=self.script(given.get("command"), scope),
            working_directory=self.optional(given.get("working_directory"), scope),
            env=self.environment(given, scope),
            background=background is not None and background.value is True,
        )

    def script(self, node: Node | None, scope: Scope) -> Value | None:
        """A script, parameters of one value put in. Below `command: |` it begins on the next line."""
        if node is None or node.string() is None:
            return None
        value = self.value(node, scope)
        line = self.lines[node.line - 1] if node.line <= len(self.lines) else ""
        begins = node.line + bool(re.search(r"[|>][-+0-9]{0,2}\s*(?: #.*)?$", line))
        text = value.text if value.text is not None else self.partly(node.text, scope)
        return Value(text, Place(self.file, begins), node.text, node.quoted)

    def partly(self, text: str, scope: Scope) -> str:
        def put(match: re.Match[str]) -> str:
            values = self.parameter(match, scope)
            return (values[0].text or "") if len(values) == 1 and values[0].text is not None else match[0]

        return PARAMETER.sub(put, text)

    def called(self, parameters: Node | None, calls: list[Node]) -> Scope:
        """What a job's parameters are, over every workflow that runs it."""
        if not calls:
            return self.defaults(parameters, Node({}, 1), Scope())
        scopes = [self.defaults(parameters, call, Scope()) for call in calls[:MOST_VALUES]]
        found: dict[str, dict[Value, None]] = {}
        for scope in scopes:
            for name, values in scope.values.items():
                found.setdefault(name, {}).update(dict.fromkeys(values))
        steps = {name: given for scope in reversed(scopes) for name, given in scope.steps.items()}
        return Scope({name: tuple(values)[:MOST_VALUES] for name, values in found.items()}, steps)

    def defaults(self, parameters: Node | None, given: Node, scope: Scope) -> Scope:
        """Parameters as they are given in `scope`, by a matrix too, else by default."""
        found, steps = Scope(), {}
        for name, node in entries(parameters):
            own = given.get(name)
            several = items(given.get("matrix", "parameters", name))
            if own is None and several:
                values = tuple(one for item in several for one in self.value(item, scope).each)
            elif (node.get("type") or node).text == "steps":
                steps[name] = (own, scope) if own is not None else (node.get("default") or Node([], 1), Scope())
                continue
            else:
                chosen = own if own is not None else node.get("default")
                values = self.value(chosen, scope).each if chosen is not None else (Value(None, self.place(node)),)
            found.values[name] = values[:MOST_VALUES]
        found.steps.update(steps)
        return found

    def parameter(self, match: re.Match[str], scope: Scope) -> tuple[Value, ...]:
        return (self.top if match[1].startswith("pipeline") else scope).values.get(match[2], ())

    def value(self, node: Node, scope: Scope) -> Value:
        """A scalar with parameters put in, every value of them where callers give several."""
        place = self.place(node)
        text = node.string()
        if text is None or "<<" not in text:
            return Value(text, place, node.text, node.quoted)
        whole = PARAMETER.fullmatch(text.strip())
        if whole:
            values = self.parameter(whole, scope)
        else:
            values = tuple(Value(one, place, node.text, node.quoted) for one in dict.fromkeys(self.texts(text, scope)))
        if len(values) == 1:
            return values[0]
        return Value(None, place, node.text, node.quoted, values)

    def texts(self, text: str, scope: Scope) -> Iterator[str | None]:
        matches = list(PARAMETER.finditer(text))[:MOST_VALUES]
        names = list(dict.fromkeys((match[1], match[2]) for match in matches))
        given = [
            next(self.parameter(match, scope) for match in matches if (match[1], match[2]) == name) for name in names
        ]
        for combination in islice(product(*given), MOST_VALUES):
            known = dict(zip(names, combination, strict=True))
            if any(value.text is None for value in known.values()):
                yield None
                continue
            put = PARAMETER.sub(partial(filled, known), text)
            yield None if EXPRESSION.search(put) else put.replace("\\<<", "<<")

    def optional(self, node: Node | None, scope: Scope) -> Value | None:
        return None if node is None or node.string() is None else self.value(node, scope)

    def place(self, node: Node) -> Place:
        return Place(self.file, node.line)


KINDS = ("docker", "machine", "macos", "windows")


def filled(known: dict[tuple[str, str], Value], match: re.Match[str]) -> str:
    value = known.get((match[1], match[2]))
    return match[0] if value is None else value.text or ""


def uses(root: Node) -> Iterator[tuple[str, Node]]:
    """The jobs that workflows run, each with what it is given."""
    for _, workflow in entries(root.get("workflows")):
        for item in items(workflow.get("jobs")):
            yield from entries(item) or [(item.string() or "", Node({}, item.line))]


def entries(node: Node | None) -> list[tuple[str, Node]]:
    return node.entries() if node else []


def items(node: Node | None) -> list[Node]:
    return node.items() if node else []


def text_of(node: Node | None) -> str:
    return (node.string() or "") if node else ""
