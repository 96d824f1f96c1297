"""Development containers as homes. https://containers.dev/implementors/json_reference/"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.check.assembly.commands import Commands
from parity.check.assembly.images import Images
from parity.check.assembly.values import of_values
from parity.check.walk import Tree
from parity.contract.devcontainer import Devcontainer
from parity.contract.homes import Home, Image, Process


def files(tree: Tree) -> list[str]:
    named = [path for path in (".devcontainer/devcontainer.json", ".devcontainer.json") if tree.exists(path)]
    others = [path for path in tree.matching("devcontainer.json") if path.startswith(".devcontainer/")]
    return list(dict.fromkeys((*named, *others)))


def homes(containers: Sequence[Devcontainer], commands: Commands, images: Images) -> Iterator[Home]:
    for number, one in enumerate(containers):
        name = "devcontainer" if not number else f"devcontainer:{one.file}"
        yield home(name, one, commands, images)


def home(name: str, one: Devcontainer, commands: Commands, images: Images) -> Home:
    variables = {**of_values(one.container_env, "devcontainer"), **of_values(one.remote_env, "devcontainer")}
    built(name, one, images)
    processes = tuple(
        Process(
            command.event + (f" {command.name}" if command.name else ""),
            command.place,
            "other",
            commands.argv(command.words, command.place, "devcontainer", None)
            if command.words
            else commands.shell(command.text, command.place, "devcontainer"),
            variables=variables,
        )
        for command in one.commands
        if command.words or command.text
    )
    # What it has from its compose files, that home tells.
    return Home(name, "devcontainer", one.place, processes, variables=variables)


def built(name: str, one: Devcontainer, images: Images) -> Image | None:
    if one.dockerfile is None or not one.dockerfile.text:
        return None
    context = (one.context.text if one.context else None) or one.dockerfile.text.rpartition("/")[0]
    args = {key: value.text or "" for key, value in one.args.items()}
    target = one.target.text if one.target else None
    return images.built(one.dockerfile.text, context, target, args, name, one.dockerfile.place)
