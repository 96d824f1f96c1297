"""What an app.json declares. Heroku reads it when an app is made (a button, a review app, CI), and never on a later push."""

from __future__ import annotations

from parity.contract.addon import Addon
from parity.contract.dataclass import dataclass, replace
from parity.contract.finding import Finding
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Var:
    """A config var. With neither value nor generator, a person is asked for it when it is required."""

    name: str
    place: Place
    value: str | None = None
    required: bool = True
    # `secret` is the only one.
    generator: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Formation:
    """The dynos of a process type."""

    process: str
    place: Place
    quantity: int | None = None
    # As written: `basic`, `standard-1x`; "" for the default.
    size: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """`postdeploy`, `pr-predestroy`; in the environment `test` also `test` and `test-setup`."""

    name: str
    command: str
    place: Place
    size: str = ""


@dataclass(frozen=True, slots=True)
class Buildpack:
    url: str
    place: Place


@dataclass(frozen=True, slots=True)
class AppJson:
    """The manifest, or what one of its `environments` overrides: `sections` says which keys were there."""

    file: str
    name: str = ""
    env: tuple[Var, ...] = ()
    formation: tuple[Formation, ...] = ()
    addons: tuple[Addon, ...] = ()
    scripts: tuple[Script, ...] = ()
    buildpacks: tuple[Buildpack, ...] = ()
    # `container`, `heroku-24`; "" for the default.
    stack: str = ""
    # Deprecated.
    image: str = ""
    # `test` and `review`.
    environments: tuple[tuple[str, AppJson], ...] = ()
    sections: tuple[tuple[str, Place], ...] = ()
    findings: tuple[Finding, ...] = ()

    def section(self, name: str) -> Place | None:
        return next((place for section, place in self.sections if section == name), None)

    def var(self, name: str) -> Var | None:
        return next((one for one in self.env if one.name == name), None)

    def script(self, name: str) -> Script | None:
        return next((one for one in self.scripts if one.name == name), None)

    def environment(self, name: str) -> AppJson:
        """What an app of that environment is made from: each key that the environment has replaces the manifest's whole."""
        own = dict(self.environments).get(name)
        if own is None:
            return replace(self, environments=())
        return AppJson(
            file=self.file,
            name=(own if own.section("name") else self).name,
            env=(own if own.section("env") else self).env,
            formation=(own if own.section("formation") else self).formation,
            addons=(own if own.section("addons") else self).addons,
            scripts=(own if own.section("scripts") else self).scripts,
            buildpacks=(own if own.section("buildpacks") else self).buildpacks,
            stack=(own if own.section("stack") else self).stack,
            image=(own if own.section("image") else self).image,
            sections=tuple({**dict(self.sections), **dict(own.sections)}.items()),
        )
