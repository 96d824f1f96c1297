"""Data classes like the standard library's, defined twenty times faster.

`parity check` defines some 200 of them at each start. dataclasses writes and compiles six functions for each, which took 0.1 s of
CPU, twice what all of YAML takes; here the one function that must be written, `__init__`, is compiled when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform, overload

T = TypeVar("T")


class Missing:
    """No default."""


MISSING = Missing()


class Field:
    """What a class says of a field besides its type."""

    __slots__ = ("default", "factory")

    def __init__(self, default: Any, factory: Callable[[], Any] | None) -> None:
        self.default, self.factory = default, factory


def field(*, default: Any = MISSING, default_factory: Callable[[], Any] | None = None) -> Any:
    """A field whose default is made anew for each value."""
    return Field(default, default_factory)


@overload
def dataclass(cls: type[T], /) -> type[T]: ...


@overload
def dataclass(
    *, frozen: bool = False, slots: bool = True, order: bool = False, eq: bool = True
) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    cls: type[T] | None = None, /, *, frozen: bool = False, slots: bool = True, order: bool = False, eq: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """As dataclasses.dataclass, of whose arguments these are the ones in use; every class has slots."""

    def made(cls: type[T]) -> type[T]:
        return defined(cls, frozen=frozen, order=order, eq=eq)

    return made if cls is None else made(cls)


def defined(cls: type[T], *, frozen: bool, order: bool, eq: bool) -> type[T]:
    """The class anew, since slots must be there from the start."""
    body = dict(cls.__dict__)
    own = body.get("__annotations__", {})
    fields: dict[str, Field] = dict(getattr(cls, "_fields", {}))
    for name in own:
        default = body.pop(name, MISSING)
        fields[name] = default if isinstance(default, Field) else Field(default, None)
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    names = tuple(fields)
    body.update(
        __slots__=tuple(name for name in own if name not in getattr(cls, "_names", ())),
        _fields=fields,
        _names=names,
        _values=staticmethod(together(names)),
        __match_args__=names,
        __init__=first,
        __repr__=body.get("__repr__", shown),
        __getstate__=state,
        __setstate__=restored,
    )
    if eq:
        body.update(__eq__=same, __hash__=hashed if frozen else None)
    if frozen:
        body.update(__setattr__=refused, __delattr__=refused)
    if order:
        body.update(__lt__=less, __le__=less_or_same, __gt__=greater, __ge__=greater_or_same)
    made: Any = type(cls).__call__(type(cls), cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return cast(type[T], made)


def together(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Every field of a value at once; of none, what all such values share."""
    return attrgetter(*names) if names else lambda value: ()


def first(self: Any, *arguments: Any, **named: Any) -> None:
    """Compiles the class's own `__init__`, and calls it."""
    cls = type(self)
    parameters, lines, given = [], [], {"_set": object.__setattr__, "_missing": MISSING}
    for name, one in cls._fields.items():
        default = ""
        if one.factory is not None:
            given[f"_make_{name}"] = one.factory
            default = "=_missing"
            lines.append(f"  {name} = _make_{name}() if {name} is _missing else {name}")
        elif one.default is not MISSING:
            given[f"_default_{name}"] = one.default
            default = f"=_default_{name}"
        parameters.append(name + default)
        lines.append(f"  _set(self, {name!r}, {name})")
    text = f"def __init__({', '.join(['self', *parameters])}):\n" + "\n".join(lines or ["  pass"])
    exec(text, given)
    cls.__init__ = given["__init__"]
    cls.__init__(self, *arguments, **named)


def same(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self._values(self) == other._values(other)  # type: ignore[attr-defined]


def hashed(self: Any) -> int:
    return hash((type(self), self._values(self)))


def less(self: Any, other: Any) -> Any:
    return self._values(self) < other._values(other) if type(other) is type(self) else NotImplemented


def less_or_same(self: Any, other: Any) -> Any:
    return self._values(self) <= other._values(other) if type(other) is type(self) else NotImplemented


def greater(self: Any, other: Any) -> Any:
    return self._values(self) > other._values(other) if type(other) is type(self) else NotImplemented


def greater_or_same(self: Any, other: Any) -> Any:
    return self._values(self) >= other._values(other) if type(other) is type(self) else NotImplemented


def shown(self: Any) -> str:
    inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
    return f"{type(self).__qualname__}({inner})"


def refused(self: Any, name: str, value: object = None) -> None:
    raise AttributeError(f"{type(self).__qualname__} is frozen: {name} can't be changed")


def state(self: Any) -> dict[str, Any]:
    return {name: getattr(self, name) for name in self._names}


def restored(self: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        object.__setattr__(self, name, value)


def replace(value: T, /, **changes: Any) -> T:
    """A value with some fields changed, of either kind of data class."""
    if not hasattr(value, "_names"):
        from dataclasses import replace as theirs

        return theirs(value, **changes)  # type: ignore[type-var]
    return type(value)(**{name: getattr(value, name) for name in value._names} | changes)
