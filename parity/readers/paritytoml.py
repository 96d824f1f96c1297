"""Reads parity.toml, whose `[up]` table says what a person is shown once the app answers. https://toml.io/en/v1.0.0"""

import tomllib
from dataclasses import fields

from parity.contract.order import Front
from parity.errors import UserError


def front(text: str) -> Front:
    """The `[up]` table; what it leaves out has Front's defaults. Raises UserError for a key or value that has no meaning."""
    try:
        table = tomllib.loads(text).get("up", {})
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"parity.toml: {error}", "mend that line", "parity-toml") from None
    known = [field.name for field in fields(Front)]
    if unknown := sorted(set(table) - set(known)):
        message = f"parity.toml: [up] has no {', '.join(unknown)}"
        raise UserError(message, f"the keys are {', '.join(known)}", "parity-toml")
    for key in sorted(set(table) - {"next"}):
        if not isinstance(table[key], str):
            raise UserError(f"parity.toml: [up] {key} is not a text", f'write {key} = "…"', "parity-toml")
    return Front(**{**table, "next": tuple(table.get("next", ()))})
