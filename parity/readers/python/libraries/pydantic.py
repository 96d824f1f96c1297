"""pydantic-settings, and goodconf, which builds on it.

https://docs.pydantic.dev/latest/concepts/pydantic_settings/ https://github.com/lincolnloop/goodconf
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Many, Nothing, Path, Table
from parity.readers.python import expressions, notes
from parity.readers.python.objects import Call, Class, Field, Instance
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

SIMPLE = {
    "str": "str",
    "SecretStr": "str",
    "int": "int",
    "PositiveInt": "int",
    "float": "float",
    "bool": "bool",
    "Path": "path",
    "DirectoryPath": "path",
    "FilePath": "path",
    "AnyUrl": "url",
    "HttpUrl": "url",
    "AnyHttpUrl": "url",
    "PostgresDsn": "url",
    "RedisDsn": "url",
    "list": "json",
    "List": "json",
    "dict": "json",
    "Dict": "json",
    "set": "json",
    "Set": "json",
    "tuple": "json",
    "Tuple": "json",
}

GOODCONF = ("goodconf.GoodConf", "goodconf.base.GoodConf")


class Configuration:
    """What model_config, or a `class Config`, says."""

    def __init__(self, machine: Machine, type_: Class) -> None:
        self.entries: dict[str, Any] = {}
        for one in reversed(type_.lineage()):
            inner = one.attributes.get("Config")
            if isinstance(inner, Class):
                self.entries.update(inner.attributes)
            model = one.attributes.get("model_config")
            if isinstance(model, Table):
                self.entries.update({key: value for key, value in model.entries if isinstance(key, str)})
            for keyword in one.node.keywords:
                if keyword.arg and isinstance(keyword.value, ast.Constant):
                    self.entries[keyword.arg] = keyword.value.value

    def text(self, key: str) -> str:
        value = self.entries.get(key)
        return str(value) if isinstance(value, str) else ""

    @property
    def case_sensitive(self) -> bool:
        return self.entries.get("case_sensitive") is True


def define(machine: Machine, frame: Frame, type_: Class) -> Class:
    """Its fields are asked for when it is made; they are noted here, where they stand."""
    configuration = Configuration(machine, type_)
    fields = fields_of(type_)
    type_.attributes["__values__"] = {
        field.name: ask(machine, frame, type_, field, configuration) for field in fields.values() if is_field(field)
    }
    env_file = configuration.entries.get("env_file")
    for path in env_file.items if isinstance(env_file, Many) else (env_file,):
        if isinstance(path, (str, Path, FromEnv)):
            notes.env_file(machine, frame, path, type_.node, "pydantic_settings.BaseSettings")
    if any(root in GOODCONF for root in type_.roots()):
        chosen = configuration.entries.get("file_env_var")
        if isinstance(chosen, str) and "model_config" in type_.attributes:
            notes.read(machine, frame, chosen, type_.node, "goodconf", False)
    return type_


def fields_of(type_: Class) -> dict[str, Field]:
    """An abstract base that others derive from asks by itself too: its fields are noted where they are declared."""
    own = {field.name: field for field in type_.fields}
    prefixed = "model_config" in type_.attributes or "Config" in type_.attributes
    if not prefixed:
        return own
    return {field.name: field for one in reversed(type_.lineage()) for field in one.fields}


def is_field(field: Field) -> bool:
    text = ast.dump(field.annotation) if isinstance(field.annotation, (ast.Subscript, ast.Attribute, ast.Name)) else ""
    return field.name != "model_config" and not field.name.startswith("_") and "'ClassVar'" not in text


def ask(machine: Machine, frame: Frame, type_: Class, field: Field, configuration: Configuration) -> Any:
    default, written, names = declared(machine, frame, field)
    goodconf = any(root in GOODCONF for root in type_.roots())
    via = "goodconf" if goodconf else "pydantic-settings"
    if not names and type_.attributes.get("Config") is not None:
        names = older_names(configuration, field.name)
    if not names:
        names = [configuration.text("env_prefix") + field.name]
    if not configuration.case_sensitive:
        names = [name.upper() for name in names]
    cast = annotation_name(field.annotation)
    whole: Any = Nothing()
    for position, name in enumerate(names):
        # Of several names one will do.
        required = isinstance(default, Nothing) if len(names) == 1 or not isinstance(default, Nothing) else None
        value = notes.read(machine, frame, name, field.node, via, required, default, written, cast)
        whole = value if position == 0 else whole
    delimiter = configuration.text("env_nested_delimiter")
    if delimiter and cast not in SIMPLE.values():
        pattern = machine.made.text((names[0] + delimiter, UNKNOWN))
        notes.read(machine, frame, pattern, field.node, via, False)
        draft = frame.root.latest.get(names[0])
        if draft is not None and draft.required:
            draft.required = None
    return whole


def declared(machine: Machine, frame: Frame, field: Field) -> tuple[Any, ast.expr | None, list[str]]:
    """The default of a field, and the names that it gives itself."""
    names: list[str] = []
    for call in annotated_fields(field.annotation):
        names += aliases(machine, frame, call)
    node = field.value
    if not isinstance(node, ast.Call) or not called_field(node):
        default = field.default
        return ellipsis(node, default), node, names
    names = aliases(machine, frame, node) or names
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    written = node.args[0] if node.args else keywords.get("default")
    if written is not None:
        return ellipsis(written, expressions.evaluate(machine, frame, written)), written, names
    if "default_factory" in keywords:
        factory = keywords["default_factory"]
        kinds: dict[str, Any] = {
            "list": Many(()),
            "dict": Table(()),
            "set": Many((), "set"),
            "tuple": Many((), "tuple"),
            "str": "",
        }
        default = kinds.get(factory.id, UNKNOWN) if isinstance(factory, ast.Name) else UNKNOWN
        return default, factory, names
    return Nothing(), None, names


def called_field(node: ast.Call) -> bool:
    name = (
        node.func.attr
        if isinstance(node.func, ast.Attribute)
        else node.func.id
        if isinstance(node.func, ast.Name)
        else ""
    )
    return name in ("Field", "Value")


def annotated_fields(annotation: ast.expr) -> list[ast.Call]:
    """The Field(...) of Annotated[str, Field(...)]."""
    if (
        isinstance(annotation, ast.Subscript)
        and isinstance(annotation.slice, ast.Tuple)
        and last_name(annotation.value) == "Annotated"
    ):
        return [one for one in annotation.slice.elts if isinstance(one, ast.Call) and called_field(one)]
    return []


def ellipsis(node: ast.expr | None, default: Any) -> Any:
    return Nothing() if isinstance(node, ast.Constant) and node.value is ... else default


def aliases(machine: Machine, frame: Frame, node: ast.Call) -> list[str]:
    for keyword in node.keywords:
        if keyword.arg in ("validation_alias", "env", "alias"):
            value = keyword.value
            parts = value.args if isinstance(value, ast.Call) and last_name(value.func) == "AliasChoices" else [value]
            found = [expressions.evaluate(machine, frame, part) for part in parts]
            flat = [one for many in found for one in (many.items if isinstance(many, Many) else (many,))]
            names = [str(one) for one in flat if isinstance(one, str)]
            if names:
                return names
    return []


def older_names(configuration: Configuration, field: str) -> list[str]:
    """pydantic 1: class Config: fields = {"field": {"env": "NAME"}}"""
    fields = configuration.entries.get("fields")
    name = fields.get(field, "env") if isinstance(fields, Table) else Nothing()
    items = name.items if isinstance(name, Many) else (name,)
    return [str(one) for one in items if isinstance(one, str)]


def last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def annotation_name(node: ast.expr) -> str | None:
    """bool of bool, Optional[bool], bool | None, Annotated[bool, ...]"""
    for _ in range(20):
        if isinstance(node, ast.Subscript):
            name = last_name(node.value)
            if name not in ("Optional", "Annotated", "Final"):
                return SIMPLE.get(name, "str" if name == "Literal" else name)
            node = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
        elif isinstance(node, ast.BinOp):
            none = isinstance(node.left, ast.Constant) and node.left.value is None
            node = node.right if none else node.left
        else:
            break
    name = last_name(node)
    return SIMPLE.get(name, name) or None


def construct(machine: Machine, frame: Frame, type_: Class, call: Call) -> Instance:
    place = frame.module.source.place(call.node)
    env_file = call.get(None, "_env_file")
    if isinstance(env_file, (str, Path, FromEnv)):
        notes.env_file(machine, frame, env_file, call.node, "pydantic_settings.BaseSettings")
    # goodconf of old says these where the object is made.
    chosen = call.get(None, "file_env_var")
    if isinstance(chosen, str):
        notes.read(machine, frame, chosen, call.node, "goodconf", False)
    values: dict[str, Any] = {}
    for one in reversed(type_.lineage()):
        values.update(one.attributes.get("__values__", {}))
    return Instance(type_, values, place)


def method(machine: Machine, frame: Frame, owner: Instance, name: str, call: Call) -> Any:
    if name == "load" and any(root in GOODCONF for root in owner.type.roots()):
        return None
    return UNKNOWN


THIS = sys.modules[__name__]

BASES = dict.fromkeys(
    ("pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.env_settings.BaseSettings", *GOODCONF), THIS
)


def dictionary(machine: Machine, frame: Frame, call: Call) -> Any:
    """SettingsConfigDict(env_prefix=...)"""
    return machine.made.table(call.keywords.items())


FUNCTIONS = dict.fromkeys(
    (
        "pydantic_settings.SettingsConfigDict",
        "pydantic.ConfigDict",
        "goodconf.GoodConfConfigDict",
        "goodconf.base.GoodConfConfigDict",
    ),
    dictionary,
)
