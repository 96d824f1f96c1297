"""What a heroku.yml declares."""

from __future__ import annotations

from parity.contract.addon import Addon
from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Assignment:
    """An entry of a `config`: the value as text, as Heroku's own would be after YAML has read it."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Build:
    """An entry of `build.docker`: the image of a process type. The build context is the Dockerfile's own folder."""

    process: str
    # As written, relative to the root.
    dockerfile: str
    place: Place
    # The stage of a Dockerfile with several, "" for its last.
    target: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """The release phase. `commands` has one entry for an item of the list, none when there is no `command`."""

    place: Place
    commands: tuple[str, ...] = ()
    # The process type whose image runs it, "" when none is named.
    image: str = ""
    # Of `command`, and of `image`; the section's own when there is none.
    command_place: Place | None = None
    image_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """An entry of `run`. `commands` has one entry for a string, and one for an item of a list."""

    process: str
    place: Place
    commands: tuple[str, ...] = ()
    image: str = ""
    command_place: Place | None = None
    image_place: Place | None = None


@dataclass(frozen=True, slots=True)
class HerokuYml:
    """The four sections, each of which may be missing."""

    file: str
    # setup
    addons: tuple[Addon, ...] = ()
    config: tuple[Assignment, ...] = ()
    # build
    builds: tuple[Build, ...] = ()
    build_config: tuple[Assignment, ...] = ()
    languages: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    # release, run
    release: Release | None = None
    runs: tuple[Run, ...] = ()
    # Where each section that is there begins: ("run", Place).
    sections: tuple[tuple[str, Place], ...] = ()
    findings: tuple[Finding, ...] = ()

    def section(self, name: str) -> Place | None:
        return next((place for section, place in self.sections if section == name), None)

    def build(self, process: str) -> Build | None:
        return next((one for one in self.builds if one.process == process), None)

    def run(self, process: str) -> Run | None:
        return next((one for one in self.runs if one.process == process), None)
