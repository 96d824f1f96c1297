"""What a name can stand for while a module is read, besides the values of the contract."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from parity.contract.dataclass import dataclass, field
from parity.contract.place import Place
from parity.contract.python import Nothing, Value

if TYPE_CHECKING:
    from parity.readers.python.module import Module


class Word(str):
    """A literal that was handed to a function or a constructor, which may make the name of a variable of it.

    A variable is asked for where its name stands, and not in the helper that all names go through.
    """

    __slots__ = ("place", "row")
    place: Place
    row: Instance | None


def word(text: str, place: Place, row: Instance | None = None) -> Word:
    made = Word(text)
    made.place, made.row = place, row
    return made


@dataclass(frozen=True, slots=True)
class External:
    """Something from outside of the repository, by its dotted name; builtins begin with `builtins.`"""

    name: str

    @property
    def last(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Package:
    """A module or a folder of the repository, as `import a.b` binds it. It is read when an attribute is asked for."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Environment:
    """os.environ, or a copy of it, in which an assignment reaches nobody else."""

    copied: bool = False


@dataclass(frozen=True, slots=True)
class EnvironmentName:
    """The name in `for name, value in os.environ.items()`."""


@dataclass(frozen=True, slots=True)
class Globals:
    """What globals(), and locals() at a module's top level, give."""


@dataclass(eq=False, slots=True)
class Sentinel:
    """object(): equal to itself alone."""


@dataclass(eq=False, slots=True)
class Function:
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    module: Module
    name: str
    # The names of the functions around it.
    closure: Any = None
    defaults: dict[str, Any] = field(default_factory=dict)
    is_property: bool = False
    is_static: bool = False
    is_class: bool = False
    # The class that it is a method of.
    owner: Class | None = None
    # How often its body was walked through in all.
    walked: int = 0
    # Whether it touches the environment, or calls by name what does, as far as was known when it was asked.
    reaches: bool | None = None


@dataclass(eq=False, slots=True)
class Field:
    """An annotated name in the body of a class."""

    name: str
    annotation: ast.expr
    default: Any
    node: ast.AnnAssign
    # How the default is written.
    value: ast.expr | None


@dataclass(eq=False, slots=True)
class Class:
    name: str
    module: Module
    bases: tuple[Any, ...]
    attributes: dict[str, Any]
    fields: list[Field]
    node: ast.ClassDef
    # Its constructor takes the fields: a dataclass, a NamedTuple, attrs.
    record: bool = False

    def lineage(self) -> list[Class]:
        """It and its bases of this repository, nearest first."""
        found: list[Class] = []
        waiting: list[Any] = [self]
        while waiting and len(found) < 50:
            one = waiting.pop(0)
            if isinstance(one, Class) and one not in found:
                found.append(one)
                waiting.extend(one.bases)
        return found

    def roots(self) -> list[str]:
        """The dotted names of its bases outside of the repository."""
        return [base.name for one in self.lineage() for base in one.bases if isinstance(base, External)]

    def attribute(self, name: str) -> Any:
        for one in self.lineage():
            if name in one.attributes:
                return one.attributes[name]
        return Nothing()


@dataclass(eq=False, slots=True)
class Instance:
    type: Class
    attributes: dict[str, Any]
    place: Place
    # What its properties gave.
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bound:
    """A method with its object, or a function with its first arguments."""

    function: Any
    first: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """The method of a value, of a Reader, or of os.environ."""

    owner: Any
    name: str


@dataclass(eq=False, slots=True)
class Reader:
    """An object that is asked for variables: environ.Env(), decouple.AutoConfig(), starlette's Config(), ..."""

    # The dotted name of its class.
    library: str
    # What it is declared with: casts and defaults by name.
    scheme: dict[str, Any] = field(default_factory=dict)
    prefix: Value = ""
    # It looks for NAME_FILE first.
    file_aware: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its arguments evaluated; `starred` when there may be more of them."""

    node: ast.Call
    positional: tuple[Any, ...]
    keywords: dict[str, Any]
    starred: bool

    def get(self, position: int | None, *keywords: str) -> Any:
        """An argument by its position, or by its keyword; Nothing without it."""
        if position is not None and position < len(self.positional):
            return self.positional[position]
        for keyword in keywords:
            if keyword in self.keywords:
                return self.keywords[keyword]
        return Nothing()

    def written(self, position: int | None, *keywords: str) -> ast.expr | None:
        """The expression of that argument."""
        if position is not None and position < min(len(self.positional), len(self.node.args)):
            return self.node.args[position]
        return next((keyword.value for keyword in self.node.keywords if keyword.arg in keywords), None)


Handler = Callable[..., Any]


class NotSet(Exception):
    """The program fails here, for the variable that is looked at isn't set."""
