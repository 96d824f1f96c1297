"""Heroku as a home: the container stack by heroku.yml, or buildpacks by the Procfile.

https://devcenter.heroku.com/articles/build-docker-images-heroku-yml
https://devcenter.heroku.com/articles/app-json-schema
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.check.assembly.commands import Commands, role
from parity.check.assembly.images import Images
from parity.check.assembly.services import addon, variables_of
from parity.check.assembly.values import by_name, platform
from parity.contract.addon import Addon
from parity.contract.appjson import AppJson
from parity.contract.dataclass import dataclass, replace
from parity.contract.herokuyml import HerokuYml, Release, Run
from parity.contract.homes import Home, Image, Process, Service, Variable
from parity.contract.place import Place
from parity.contract.procfile import Procfile

# https://devcenter.heroku.com/articles/dynos#local-environment-variables
DYNO = {"PORT": None, "DYNO": None, "HOME": None, "PATH": None}
# With runtime-dyno-metadata, a lab feature that an app may have turned on.
# https://github.com/heroku/heroku-buildpack-python, https://devcenter.heroku.com/articles/python-concurrency
BUILDPACK = {
    "WEB_CONCURRENCY": None,
    "GUNICORN_CMD_ARGS": None,
    "PYTHONUNBUFFERED": "true",
    "PYTHONHOME": None,
    "LANG": "en_US.UTF-8",
}
# SIGTERM, and SIGKILL 30 s later. https://devcenter.heroku.com/articles/dyno-shutdown-behavior
GRACE = 30.0


@dataclass(frozen=True)
class Heroku:
    """What the files of Heroku say."""

    herokuyml: HerokuYml | None
    procfile: Procfile | None
    appjson: AppJson | None
    commands: Commands
    images: Images

    def home(self) -> Home | None:
        # heroku.yml counts on the container stack alone, and app.json may choose another.
        buildpacks = self.appjson is not None and self.appjson.stack.startswith("heroku-")
        if self.herokuyml and not (buildpacks and self.procfile and self.procfile.process_types):
            return self.container(self.herokuyml)
        if self.procfile and self.procfile.process_types:
            return self.buildpack(self.procfile)
        return None

    def container(self, manifest: HerokuYml) -> Home:
        place = Place(manifest.file, 1)
        variables = self.variables(place, {})
        processes = [
            *(self.run(manifest, run, variables) for run in manifest.runs),
            # Without a `run` the image's own CMD is the process.
            *(self.built(build.process, build.place, variables) for build in manifest.builds if not manifest.runs),
            *([self.release(manifest, manifest.release, variables)] if manifest.release else []),
        ]
        return self.made(place, processes, variables, "container")

    def buildpack(self, procfile: Procfile) -> Home:
        place = Place(procfile.file, 1)
        variables = self.variables(place, BUILDPACK)
        processes = [
            Process(one.name, one.place, role(one.name, command), command, None, variables, grace=GRACE)
            for one in procfile.seen_by("heroku")
            for command in [self.commands.shell(one.command, one.place, "procfile")]
        ]
        return self.made(place, processes, variables, "buildpack")

    def made(self, place: Place, processes: list[Process], variables: Mapping[str, Variable], stack: str) -> Home:
        return Home(
            name="heroku",
            kind="heroku",
            place=place,
            processes=tuple(processes),
            services=tuple(self.services()),
            variables=variables,
            closed=bool(self.appjson and self.appjson.env) or bool(self.herokuyml and self.herokuyml.config),
            stack=stack,
        )

    def run(self, manifest: HerokuYml, run: Run, given: Mapping[str, Variable]) -> Process:
        image = self.image(manifest, run.image or run.process)
        place = run.command_place or run.place
        command = self.images.command(image) if image else None
        if run.commands:
            command = self.commands.within(" && ".join(run.commands), place, "heroku.yml", image)
        return self.process(run.process, run.place, role(run.process, command), command, image, given)

    def release(self, manifest: HerokuYml, release: Release, given: Mapping[str, Variable]) -> Process:
        image = self.image(manifest, release.image or (manifest.builds[0].process if manifest.builds else ""))
        place = release.command_place or release.place
        text = " && ".join(release.commands)
        command = self.commands.within(text, place, "heroku.yml", image) if text else None
        return self.process("release", release.place, "release", command, image, given)

    def built(self, name: str, place: Place, given: Mapping[str, Variable]) -> Process:
        assert self.herokuyml
        image = self.image(self.herokuyml, name)
        command = self.images.command(image) if image else None
        return self.process(name, place, role(name, command), command, image, given)

    def process(self, name, place, kind, command, image, given) -> Process:  # type: ignore[no-untyped-def]
        variables = {**(self.images.environment(image) if image else {}), **given}
        return Process(name, place, kind, command, image.key if image else None, variables, grace=GRACE)

    def image(self, manifest: HerokuYml, process: str) -> Image | None:
        build = manifest.build(process) or (manifest.builds[0] if len(manifest.builds) == 1 else None)
        if build is None:
            return None
        args = {one.name: one.value for one in manifest.build_config}
        # The build context is the folder of the Dockerfile, and can't be another.
        context = build.dockerfile.rpartition("/")[0]
        return self.images.built(build.dockerfile, context, build.target or None, args, "heroku", build.place)

    def variables(self, place: Place, more: Mapping[str, str | None]) -> dict[str, Variable]:
        return {**platform({**DYNO, **more}, place), **by_name(self.declared())}

    def declared(self) -> Iterator[Variable]:
        for one in self.addons():
            for name in variables_of(one):
                yield Variable(name, None, one.place, "add-on")
        for var in self.appjson.env if self.appjson else ():
            yield Variable(var.name, var.value, var.place, "app.json", var.required)
        for entry in self.herokuyml.config if self.herokuyml else ():
            yield Variable(entry.name, entry.value, entry.place, "setup.config")

    def services(self) -> Iterator[Service]:
        return (addon(one) for one in self.addons())

    def addons(self) -> Iterator[Addon]:
        """Of both manifests; one that both ask for once, with app.json's options, for which heroku.yml has no place."""
        found: dict[tuple[str, str], Addon] = {}
        for one in (*(self.herokuyml.addons if self.herokuyml else ()), *(self.appjson.addons if self.appjson else ())):
            first = found.setdefault((one.service, one.attachment), one)
            if one.options and not first.options:
                found[one.service, one.attachment] = replace(first, options=one.options)
        yield from found.values()
