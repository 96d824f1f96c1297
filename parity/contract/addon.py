"""An add-on, as heroku.yml and app.json ask for it."""

from __future__ import annotations

from parity.contract.dataclass import dataclass
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Addon:
    """`plan` as written: `heroku-postgresql:essential-0`, or `heroku-postgresql` alone for the provider's default plan."""

    plan: str
    place: Place
    # The attachment's name, `as`: DATABASE makes DATABASE_URL. "" means the provider's own.
    attachment: str = ""
    # app.json only, `{"version": "17"}`; an option without a value has `true`.
    options: tuple[tuple[str, str], ...] = ()

    @property
    def service(self) -> str:
        """`heroku-postgresql` of `heroku-postgresql:essential-0`."""
        return self.plan.partition(":")[0].strip()

    @property
    def tier(self) -> str:
        """`essential-0` of `heroku-postgresql:essential-0`, "" for the default plan."""
        return self.plan.partition(":")[2].strip()

    def option(self, name: str) -> str | None:
        return next((value for key, value in self.options if key == name), None)
