"""Reads a heroku.yml: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml

Heroku refuses the whole manifest for a key or a type that its schema doesn't have, and says so on a push only.
"""

from __future__ import annotations

from parity.contract.addon import Addon
from parity.contract.herokuyml import Assignment, Build, HerokuYml, Release, Run
from parity.contract.place import Place
from parity.readers import tree
from parity.readers.manifest import Manifest, shown
from parity.readers.tree import Node

SECTIONS = ("setup", "build", "release", "run")

# Keys that are right somewhere else in the file, or in another one.
ELSEWHERE = {
    "addons": "under `setup`",
    "config": "under `setup`, or under `build` for the arguments of a build",
    "docker": "under `build`",
    "languages": "under `build`",
    "packages": "under `build`",
    "command": "under `release`, or under the process type in `run`",
    "image": "under `release`, or under the process type in `run`",
    "env": "to `config` under `setup`",
    "formation": "to app.json",
    "scripts": "to app.json",
    "web": "under `run`",
    "worker": "under `run`",
}


EXAMPLE = "`build:`, below it `docker:`, and below that `web: Dockerfile`"


def read(text: str, file: str) -> HerokuYml:
    """Raises Unreadable for what is no YAML."""
    root = tree.yaml(text)
    reader = Reader(file)
    entries = reader.manifest.mapping(root, "the manifest", EXAMPLE)
    reader.manifest.known(root, SECTIONS, "heroku.yml", ELSEWHERE)
    places = tuple((key, reader.manifest.place(node)) for key, node in entries if key in SECTIONS)
    return reader.whole(dict(entries), places)


class Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.manifest = Manifest(file, "heroku-yml-refused", "heroku-yml-refused")

    def whole(self, sections: dict[str, Node], places: tuple[tuple[str, Place], ...]) -> HerokuYml:
        setup = self.section(sections, "setup", ("addons", "config"), "`addons:` and `config:` below it")
        build = self.section(sections, "build", ("docker", "config", "languages", "packages"), EXAMPLE)
        release = self.section(sections, "release", ("command", "image"), "`command:` below it, with a list")
        run = self.section(sections, "run", None, "`web: COMMAND` below it")
        builds = tuple(self.build(process, node) for process, node in self.entries(build, "docker", "build.docker"))
        there = "release" in sections and isinstance(sections["release"].value, dict)
        return HerokuYml(
            file=self.file,
            addons=tuple(self.addons(setup)),
            config=self.config(setup, "setup.config"),
            builds=builds,
            build_config=self.config(build, "build.config"),
            languages=self.manifest.texts(build.get("languages"), "build.languages", "a list of languages"),
            packages=self.manifest.texts(build.get("packages"), "build.packages", "a list of packages"),
            release=self.release(sections["release"], release, builds) if there else None,
            runs=tuple(self.run(process, node, builds) for process, node in run.items()),
            sections=places,
            findings=tuple(sorted(self.manifest.findings, key=lambda finding: finding.place.line)),
        )

    def section(
        self, sections: dict[str, Node], name: str, keys: tuple[str, ...] | None, example: str
    ) -> dict[str, Node]:
        node = sections.get(name)
        found = dict(self.manifest.mapping(node, f"`{name}`", example))
        if keys:
            self.manifest.known(node, keys, f"`{name}`")
        return found

    def entries(self, section: dict[str, Node], key: str, where: str) -> list[tuple[str, Node]]:
        return self.manifest.mapping(section.get(key), f"`{where}`", "`NAME: VALUE` below it")

    def config(self, section: dict[str, Node], where: str) -> tuple[Assignment, ...]:
        entries = self.entries(section, "config", where)
        return tuple(
            Assignment(name, self.manifest.text(node, f"{where}.{shown(name)}", "a text"), self.manifest.place(node))
            for name, node in entries
        )

    def addons(self, setup: dict[str, Node]) -> list[Addon]:
        example = "`- plan: heroku-postgresql`"
        return [
            addon
            for item in self.manifest.items(setup.get("addons"), "`setup.addons`", example)
            for addon in self.addon(item, example)
        ]

    def addon(self, item: Node, example: str) -> list[Addon]:
        place = self.manifest.place(item)
        if not isinstance(item.value, dict):
            self.manifest.is_a(item, False, "an item of `setup.addons`", "a mapping", example)
            return [Addon(item.string() or "", place)] if item.string() else []
        self.manifest.known(item, ("plan", "as"), "an add-on of `setup`")
        plan = item.get("plan")
        if plan is None:
            self.manifest.find("heroku-yml-refused", item, "an add-on of `setup` has no `plan`", f"write {example}")
            return []
        name = self.manifest.text(plan, "an add-on's `plan`", example)
        attachment = self.manifest.text(item.get("as"), "an add-on's `as`", "a name such as DATABASE")
        return [Addon(name, self.manifest.place(plan), attachment)]

    def build(self, process: str, node: Node) -> Build:
        where = f"`build.docker.{shown(process)}`"
        place = self.manifest.place(node)
        if isinstance(node.value, dict):
            self.manifest.known(node, ("dockerfile", "target"), where)
            dockerfile = node.get("dockerfile")
            if dockerfile is None:
                self.manifest.find(
                    "heroku-yml-refused",
                    node,
                    f"{where} has no `dockerfile`",
                    "write `dockerfile: Dockerfile` below it",
                )
            path = self.manifest.text(dockerfile, f"{where}'s `dockerfile`", "the path of a Dockerfile")
            return Build(
                process, path, place, self.manifest.text(node.get("target"), f"{where}'s `target`", "a stage's name")
            )
        return Build(process, self.manifest.text(node, where, "the path of a Dockerfile"), place)

    def release(self, node: Node, section: dict[str, Node], builds: tuple[Build, ...]) -> Release:
        command, image = section.get("command"), section.get("image")
        if command is None:
            message = "`release` has no `command`: nothing says what the release phase runs"
            self.manifest.find("release-without-command", node, message, "write `command:` below it, with a list")
        commands = self.manifest.texts(command, "`release.command`", "`- COMMAND` in a line below it")
        return Release(
            self.manifest.place(node),
            commands,
            self.image(image, "`release.image`", builds),
            self.manifest.place(command) if command else None,
            self.manifest.place(image) if image else None,
        )

    def run(self, process: str, node: Node, builds: tuple[Build, ...]) -> Run:
        where = f"`run.{shown(process)}`"
        place = self.manifest.place(node)
        if not isinstance(node.value, dict):
            example = "a command, or `command:` and `image:` below it"
            command = self.manifest.text(node, where, example)
            return Run(process, place, (command,) if command else (), command_place=place)
        self.manifest.known(node, ("command", "image"), where)
        commands, image = node.get("command"), node.get("image")
        return Run(
            process,
            place,
            self.commands(commands, where),
            self.image(image, f"{where}'s `image`", builds),
            self.manifest.place(commands) if commands else None,
            self.manifest.place(image) if image else None,
        )

    def commands(self, node: Node | None, where: str) -> tuple[str, ...]:
        """A list by the documentation; a text works as well."""
        if node is not None and isinstance(node.value, str):
            return (node.value,)
        return self.manifest.texts(node, f"{where}'s `command`", "`- COMMAND` in a line below it")

    def image(self, node: Node | None, where: str, builds: tuple[Build, ...]) -> str:
        name = self.manifest.text(node, where, "the name of a process type in `build.docker`")
        if node is not None and name and not any(one.process == name for one in builds):
            known = ", ".join(one.process for one in builds)
            message = f"{where} names `{shown(name)}`, whose image nobody builds"
            hint = f"name one of those: {shown(known)}" if known else "add it to `build.docker`, with its Dockerfile"
            self.manifest.find("heroku-yml-refused", node, message, hint)
        return name
