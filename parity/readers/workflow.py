"""Reads a workflow of GitHub Actions.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from parity.contract.dataclass import replace
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value
from parity.contract.workflow import Container, Job, Step, Workflow
from parity.readers import tree
from parity.readers.expression import UNKNOWN, Result, Unknown, evaluated, pieces, spelled
from parity.readers.matrix import Combination, combinations
from parity.readers.scalar import from_root, misspelt, words
from parity.readers.tree import Node
from parity.readers.unreadable import Unreadable
from parity.readers.workflowsteps import builds, deploys, exported, setups

TOP = ("name", "run-name", "description", "on", "permissions", "env", "defaults", "concurrency", "jobs")
JOB = (
    *(
        "name",
        "permissions",
        "needs",
        "if",
        "runs-on",
        "environment",
        "concurrency",
        "outputs",
        "env",
        "defaults",
        "steps",
    ),
    *(
        "timeout-minutes",
        "strategy",
        "continue-on-error",
        "container",
        "services",
        "uses",
        "with",
        "secrets",
        "snapshot",
    ),
)
STEP = (
    *("id", "if", "name", "uses", "run", "working-directory", "shell", "with", "env", "continue-on-error"),
    *("timeout-minutes", "background"),
)
# Steps that run nothing themselves.
WAITING = ("wait", "wait-all", "cancel", "parallel")
CONTAINER = ("image", "credentials", "env", "ports", "volumes", "options", "command", "entrypoint")

# How often expressions are evaluated for one file; hundreds of them under a matrix of hundreds stay below.
MOST_EVALUATIONS = 20_000
MOST_LEVELS = 5
MOST_KEYS = 100


def read(text: str, file: str) -> Workflow:
    """Raises Unreadable for what is no YAML, and for what is no mapping."""
    root = tree.yaml(text)
    if not isinstance(root.value, dict):
        raise Unreadable(root.line, "a workflow is a mapping with `on` and `jobs`", "write on: and jobs:")
    return Reader(text, file, root).workflow()


# As the runner reads plain scalars, which is YAML 1.2's core schema: https://github.com/actions/runner
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
CODED = re.compile(r"0x[0-9a-fA-F]{1,8}|0o[0-7]{1,11}")


def typed(node: Node) -> Result:
    """A scalar as an expression sees it; UNKNOWN for a mapping and a list."""
    if isinstance(node.value, dict | list):
        return UNKNOWN
    if node.quoted or (isinstance(node.value, str) and FLOAT.fullmatch(node.value)):
        return node.text
    if node.value is None or isinstance(node.value, bool):
        return node.value
    if FLOAT.fullmatch(node.text):
        return float(node.text)
    if CODED.fullmatch(node.text):
        return float(int(node.text, 0))
    # Infinities; what go-yaml takes for a number and the runner doesn't, such as 1_000, is a text.
    return node.value if isinstance(node.value, float) and "_" not in node.text else node.text


class Scope:
    """What expressions are made of at one place: the matrix, and the env of the levels above, as far as they see it."""

    def __init__(self, matrix: list[Combination] | None, env: Node | None = None, above: Scope | None = None) -> None:
        self.matrix, self.above = matrix, above
        self.env = {name.lower(): node for name, node in entries(env)}
        self.projections: dict[frozenset[str], list[Combination]] = above.projections if above else {}

    def within(self, env: Node | None) -> Scope:
        return Scope(self.matrix, env, self)

    def variable(self, name: str) -> Node | None:
        scope: Scope | None = self
        while scope and name not in scope.env:
            scope = scope.above
        return scope.env[name] if scope else None

    def projected(self, text: str) -> list[Combination]:
        """The combinations that differ in what a text names; all when it may name others by way of env."""
        names = set()
        for match in REFERENCE.finditer(text):
            name = match[2] or match[3]
            if match[1].lower() == "env" or not name:
                return self.matrix or []
            names.add(name.lower())
        key = frozenset(names)
        if key not in self.projections:
            self.projections[key] = projected(self.matrix or [], key)
        return self.projections[key]


class Reader:
    def __init__(self, text: str, file: str, root: Node) -> None:
        self.lines, self.file, self.root = text.split("\n"), file, root
        self.findings: list[Finding] = []
        self.left = MOST_EVALUATIONS
        self.top: dict[str, Value] = {}

    def workflow(self) -> Workflow:
        self.misspelt(self.root, TOP, "a workflow")
        jobs = self.root.get("jobs")
        if jobs is None or not jobs.entries():
            self.refuse(self.root, "the workflow has no jobs", "write jobs: with a job below it")
        above = Scope([{}])
        self.top = self.mapping(self.root.get("env"), above)
        return Workflow(
            file=self.file,
            name=text_of(self.root.get("name")),
            events=events(self.root.get("on")),
            env=self.top,
            jobs=tuple(self.job(name, node) for name, node in (jobs.entries() if jobs else [])),
            secrets=self.named("secrets"),
            variables=self.named("vars"),
            findings=tuple(dict.fromkeys(self.findings)),
        )

    def job(self, name: str, node: Node) -> Job:
        self.misspelt(node, JOB, f"the job {name}")
        if not node.get("steps") and not node.get("uses"):
            self.refuse(node, f"the job {name} has neither steps nor uses", "write steps: with a step below it")
        matrix = combinations(node.get("strategy", "matrix"))
        scope = Scope(matrix, self.root.get("env"))
        given = {**self.top, **self.mapping(node.get("env"), scope)}
        inner = scope.within(node.get("env"))
        steps = tuple(self.step(step, node, inner) for step in flattened(node.get("steps")))
        return Job(
            id=name,
            place=self.place(node),
            name=self.optional(node.get("name"), scope),
            runs_on=self.listed(node.get("runs-on", "labels") or node.get("runs-on"), scope),
            needs=words(node.get("needs")),
            env=self.mapping(node.get("env"), scope),
            services=tuple(self.container(key, service, scope) for key, service in entries(node.get("services"))),
            container=self.container("", node.get("container"), scope) if node.get("container") else None,
            steps=steps,
            matrix=None if matrix is None else tuple(self.flat(one) for one in matrix),
            uses=self.optional(node.get("uses"), scope),
            condition=text_of(node.get("if")),
            setups=tuple(found for step in steps for found in setups(step)),
            builds=tuple(found for step in steps for found in builds(step)),
            deploys=tuple(found for step in steps for found in deploys(step)),
            given=given,
        )

    def container(self, name: str, node: Node | None, scope: Scope) -> Container:
        """A service or the job's own container, for which the image alone may stand."""
        node = node or Node(None, 1)
        image = node.get("image") if isinstance(node.value, dict) else node
        self.misspelt(node, CONTAINER, f"the service {name}" if name else "a container")
        if image is None:
            self.refuse(node, f"the service {name} has no image", "write image:")
        options = self.optional(node.get("options"), scope)
        written = f"{options.text} {options.written}" if options else ""
        return Container(
            name=name,
            place=self.place(node),
            image=self.value(image or Node(None, node.line), scope),
            env=self.mapping(node.get("env"), scope),
            ports=self.listed(node.get("ports"), scope),
            volumes=self.listed(node.get("volumes"), scope),
            options=options,
            command=self.optional(node.get("command"), scope),
            healthcheck="--health-cmd" in written,
        )

    def step(self, node: Node, job: Node, above: Scope) -> Step:
        self.misspelt(node, STEP, "a step")
        run, uses = node.get("run"), node.get("uses")
        if (run is None) == (uses is None) and not any(node.get(key) for key in WAITING):
            kinds = "neither run nor uses" if run is None else "both run and uses"
            self.refuse(node, f"a step has {kinds}", "give it one of them")
        scope = above.within(node.get("env"))
        script = self.script(run, scope)
        inputs = self.mapping(node.get("with"), scope)
        found = Step(
            place=self.place(node),
            name=text_of(node.get("name")),
            run=script,
            shell=text_of(node.get("shell") or default(job, "shell") or default(self.root, "shell")),
            working_directory=self.folder(node, job, scope) if run else None,
            env=self.mapping(node.get("env"), scope),
            uses=self.optional(uses, scope),
            inputs=inputs,
            condition=text_of(node.get("if")),
        )
        exports, more = exported(script) if script else ({}, False)
        self.numbers(found)
        return replace(found, exports=exports, exports_more=more)

    def folder(self, step: Node, job: Node, scope: Scope) -> Value | None:
        nodes = (step.get("working-directory"), *(default(level, "working-directory") for level in (job, self.root)))
        folder = self.optional(next(filter(None, nodes), None), scope)
        return replace(folder, text=from_root("", folder.text)) if folder and folder.text is not None else folder

    def script(self, node: Node | None, scope: Scope) -> Value | None:
        """A script, expressions of one known value put in. Below `run: |` it begins on the next line."""
        if node is None or node.string() is None:
            return None
        found = self.value(node, scope)
        line = self.lines[node.line - 1] if node.line <= len(self.lines) else ""
        begins = node.line + 1 if re.search(r"[|>][-+0-9]{0,2}\s*(?: #.*)?$", line) else node.line
        text = found.text if found.text is not None else self.partly(node.text, scope)
        return Value(text, Place(self.file, begins), node.text, node.quoted)

    def partly(self, text: str, scope: Scope) -> str:
        """A text with the expressions that are known and the same for the whole matrix put in, the others as written."""
        found = []
        for is_expression, piece in pieces(text) or [(False, text)]:
            values = self.texts(f"${{{{{piece}}}}}", scope) if is_expression else [(piece, None)]
            one = values[0][0] if len(values) == 1 else None
            found.append(one if one is not None else f"${{{{ {piece} }}}}")
        return "".join(found)

    def numbers(self, step: Step) -> None:
        """Findings for versions that lose their last digit because they aren't quoted."""
        for name, given in step.inputs.items():
            for one in given.each if name.endswith("-version") else ():
                if not one.quoted and one.text and re.fullmatch(r"\d+\.\d+", one.written) and one.text != one.written:
                    message = f"{name} {one.written} without quotes is the number {one.text}"
                    self.findings.append(
                        Finding("workflow-version-unquoted", one.place, message, f'write "{one.written}"', step.place)
                    )

    def value(self, node: Node, scope: Scope) -> Value:
        """A scalar with its expressions evaluated, for every combination of the matrix."""
        place = self.place(node)
        kind = typed(node)
        if isinstance(kind, Unknown):
            return Value(None, place)
        if "${{" not in node.text:
            return Value(spelled(kind), place, node.text, node.quoted)
        found = [
            Value(text, self.place(source or node), (source or node).text, (source or node).quoted)
            for text, source in self.texts(node.text, scope)
        ]
        if len(found) == 1:
            return found[0]
        return Value(None, place, node.text, node.quoted, tuple(found))

    def texts(self, text: str, scope: Scope) -> list[tuple[str | None, Node | None]]:
        """What a text can be, without repetition, each with the matrix's value that it is when it is nothing else."""
        parts = pieces(text) if self.left > 0 else None
        if parts is None or scope.matrix is None:
            return [(None if parts is None else self.put(parts, {}, scope, 0), None)]
        found: dict[tuple[str | None, int], tuple[str | None, Node | None]] = {}
        for combination in scope.projected(text):
            result = self.put(parts, combination, scope, 0)
            source = source_of(parts, combination)
            found.setdefault((result, source.line if source else 0), (result, source))
        return list(found.values())

    def put(self, parts: list[tuple[bool, str]], combination: Combination, scope: Scope, level: int) -> str | None:
        found = []
        for is_expression, piece in parts:
            result = self.evaluate(piece, combination, scope, level) if is_expression else piece
            if isinstance(result, Unknown):
                return None
            found.append(spelled(result))
        return "".join(found)

    def evaluate(self, piece: str, combination: Combination, scope: Scope, level: int) -> Result:
        self.left -= 1
        if self.left <= 0 or level > MOST_LEVELS:
            return UNKNOWN

        def lookup(path: tuple[str, ...]) -> Result:
            if path[0] == "matrix" and scope.matrix is not None:
                return walked(combination, path[1:])
            if path[0] == "env" and len(path) == 2:
                node = scope.variable(path[1])
                return UNKNOWN if node is None else self.of_env(node, combination, scope, level + 1)
            return UNKNOWN

        return evaluated(piece, lookup)

    def of_env(self, node: Node, combination: Combination, scope: Scope, level: int) -> Result:
        kind = typed(node)
        if isinstance(kind, Unknown) or "${{" not in node.text:
            return kind if isinstance(kind, Unknown) else spelled(kind)
        parts = pieces(node.text)
        text = None if parts is None else self.put(parts, combination, scope, level)
        return UNKNOWN if text is None else text

    def flat(self, combination: Combination) -> dict[str, Value]:
        """A combination with the values of its mappings by NAME.KEY."""
        found: dict[str, Value] = {}
        waiting = deque(combination.items())
        while waiting and self.left > 0:
            key, node = waiting.popleft()
            self.left -= 1
            if isinstance(node.value, dict):
                waiting.extend((f"{key}.{inner}", below) for inner, below in node.entries()[:MOST_KEYS])
            else:
                found[key] = self.value(node, Scope([{}]))
        return found

    def optional(self, node: Node | None, scope: Scope) -> Value | None:
        return None if node is None or node.string() is None else self.value(node, scope)

    def listed(self, node: Node | None, scope: Scope) -> tuple[Value, ...]:
        nodes = node.items() if node and isinstance(node.value, list) else [node] if node else []
        return tuple(self.value(item, scope) for item in nodes if item.string() is not None)

    def mapping(self, node: Node | None, scope: Scope) -> dict[str, Value]:
        return {key: self.value(item, scope) for key, item in entries(node)}

    def named(self, context: str) -> dict[str, Place]:
        """The names behind secrets. or vars., each with the place where it first stands."""
        found: dict[str, Place] = {}
        pattern = re.compile(rf"\b{context}\s*(?:\.\s*|\[\s*')([A-Za-z_][A-Za-z0-9_]*)", re.IGNORECASE)
        for node in scalars(self.root):
            if context in node.text:
                for match in pattern.finditer(node.text):
                    found.setdefault(match[1], self.place(node))
        return found

    def place(self, node: Node) -> Place:
        return Place(self.file, node.line)

    def refuse(self, node: Node, message: str, hint: str) -> None:
        self.findings.append(Finding("workflow-refused", self.place(node), message, hint))

    def misspelt(self, node: Node, known: tuple[str, ...], where: str) -> None:
        self.findings += misspelt(node, known, self.file, "unknown-key", where)


def entries(node: Node | None) -> list[tuple[str, Node]]:
    return node.entries() if node else []


def items(node: Node | None) -> list[Node]:
    return node.items() if node else []


def flattened(node: Node | None) -> Iterator[Node]:
    """Steps, with those of a group that runs in parallel in its place."""
    for step in items(node):
        yield from items(step.get("parallel")) or [step]


def text_of(node: Node | None) -> str:
    return (node.string() or "") if node else ""


def default(node: Node, key: str) -> Node | None:
    return node.get("defaults", "run", key)


def events(node: Node | None) -> tuple[str, ...]:
    """What starts the workflow: a name, a list, or a mapping."""
    return tuple(key for key, _ in node.entries()) if node and node.entries() else words(node)


REFERENCE = re.compile(r"(matrix|env)\s*(?:\.\s*([A-Za-z_][\w-]*)|\[\s*'([^']*)')?", re.IGNORECASE)


def projected(matrix: list[Combination], names: frozenset[str]) -> list[Combination]:
    found: dict[tuple[int, ...], Combination] = {}
    for combination in matrix:
        key = tuple(id(node) for name, node in combination.items() if name.lower() in names)
        found.setdefault(key, combination)
    return list(found.values())


WHOLE = re.compile(r"matrix\s*((?:\.\s*[A-Za-z_][\w-]*\s*|\[\s*'[^']*'\s*\]\s*)+)", re.IGNORECASE)
KEY = re.compile(r"[A-Za-z_][\w-]*|'[^']*'")


def source_of(parts: list[tuple[bool, str]], combination: Combination) -> Node | None:
    """The value of the matrix that a text is, when it is nothing but the reference to it."""
    match = WHOLE.fullmatch(parts[0][1]) if len(parts) == 1 and parts[0][0] else None
    node = found(combination, tuple(key.strip("'").lower() for key in KEY.findall(match[1]))) if match else None
    return node if node and not isinstance(node.value, dict | list) and "${{" not in node.text else None


def walked(combination: Combination, path: tuple[str, ...]) -> Result:
    """What `matrix.a.b` is; of a name that the combination doesn't have, null."""
    if not path or "*" in path:
        return UNKNOWN
    node = found(combination, path)
    if node is None:
        return None
    return UNKNOWN if "${{" in node.text else typed(node)


def found(combination: Combination, path: tuple[str, ...]) -> Node | None:
    node: Node | None = Node(dict(combination), 1)
    for key in path:
        node = next((below for name, below in node.entries() if name.lower() == key), None) if node else None
    return node


def scalars(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, dict):
            waiting.extend(reversed(node.value.values()))
        elif isinstance(node.value, list):
            waiting.extend(reversed(node.value))
        else:
            yield node
