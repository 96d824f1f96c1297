"""The files of a project, laid over one another.

https://docs.docker.com/reference/compose-file/include/
https://docs.docker.com/reference/compose-file/services/#extends
"""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.compose import Include, Text
from parity.contract.place import Place
from parity.readers.compose.branch import Branch, Source, grown
from parity.readers.compose.environment import dotenv_values, missing
from parity.readers.compose.expected import known, refuse, string, strings, unknown
from parity.readers.compose.keys import TOP
from parity.readers.compose.merge import merged
from parity.readers.compose.paths import folder, remote, within
from parity.readers.compose.record import Record
from parity.readers.unreadable import Unreadable

# Longer chains are no accident of a project that grew.
LONGEST = 100

PARTS = ("services", "volumes", "networks", "secrets", "configs")

Services = dict[str, Branch]


class Files:
    """Loads files, and remembers those that services of several others extend."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.includes: list[Include] = []
        # By file and environment, the services of files that are extended.
        self.bases: dict[tuple[str, int], Services] = {}
        # By the mapping of services that it stands in, and its name.
        self.done: dict[tuple[int, str], Branch] = {}
        # Keeps what `bases` and `done` know by its id.
        self.kept: list[object] = []

    def loaded(
        self,
        files: list[str],
        base: str | None,
        env: Mapping[str, str],
        trail: tuple[str, ...] = (),
        main: bool = False,
        place: Place | None = None,
    ) -> Branch:
        """The files as one; `base` is the folder that their paths start from, `trail` the files that include them."""
        self.kept.append(env)
        whole: Branch | None = None
        for number, file in enumerate(files):
            branch = self.file(file, Source(file, base, env), place or Place(files[0], 1), main and number == 0)
            if branch is None:
                continue
            self.check_top(branch)
            branch = self.included(self.extended(branch), base, env, (*trail, files[0]))
            whole = branch if whole is None else merged(whole, branch, (), self.record)
        return whole if whole is not None else Branch({}, Source(files[0], base, env), 1)

    def file(self, file: str, source: Source, place: Place, main: bool) -> Branch | None:
        node = self.record.node(file, place)
        if main and node is None:
            # Its finding says it for a file that others name; here nothing is left to read.
            found = next(iter(self.record.findings))
            raise Unreadable(found.place.line, found.message, found.hint)
        if node is None:
            if self.record.look(file) is None:
                message = f"{file} isn't there, or can't be read"
                self.record.find("include-missing", place, message, f"add {file}, or remove what names it")
            return None
        branch = grown(node, source, self.record)
        if isinstance(branch.value, dict):
            return branch
        if main:
            raise Unreadable(1, f"{file} is no mapping", "write services: and the services below it")
        refuse(branch, file, "must be a mapping", "write services: and the services below it", self.record)
        return None

    def check_top(self, branch: Branch) -> None:
        for key, value in branch.entries():
            if key not in TOP and not key.startswith("x-"):
                unknown(value, key, "the top level", self.record)

    def extended(self, branch: Branch) -> Branch:
        """With every service on top of the one that it extends."""
        services = branch.get("services")
        if services is None or not isinstance(services.value, dict):
            return branch
        self.kept.append(services.value)
        found = {name: self.service(name, services.value, ()) for name in services.value}
        return branch.with_value({**dict(branch.entries()), "services": services.with_value(found)})

    def service(self, name: str, services: Services, trail: tuple[tuple[str, str], ...]) -> Branch:
        known_one = self.done.get((id(services), name))
        if known_one is None:
            known_one = self.done[(id(services), name)] = self.over_base(name, services, trail)
        return known_one

    def over_base(self, name: str, services: Services, trail: tuple[tuple[str, str], ...]) -> Branch:
        service = services[name]
        extends = service.get("extends")
        here = (service.source.file, name)
        if extends is None or extends.value is None:
            return service
        if here in trail or len(trail) > LONGEST:
            chain = " -> ".join(f"{file}:{other}" for file, other in [*trail[-4:], here])
            hint = "let one of them extend no other"
            self.record.find("include-cycle", extends.place, f"services extend one another: {chain}", hint)
            return service
        found = self.base(name, extends, services)
        if found is None:
            return service
        other, others = found
        base = self.service(other, others, (*trail, here))
        if not isinstance(base.value, dict) or not isinstance(service.value, dict):
            return service
        inherited = base.with_value({key: value for key, value in base.entries() if key != "extends"})
        own = merged(inherited, service, ("services", name), self.record)
        # It is where it says it is, whatever it starts from.
        return Branch(own.value, service.source, service.line, tag=service.tag)

    def base(self, name: str, extends: Branch, services: Services) -> tuple[str, Services] | None:
        """The name of the service that is extended, and the services that it stands among."""
        label = f"services.{name}.extends"
        if isinstance(extends.value, dict):
            known(dict(extends.entries()), "extends", label, self.record)
        other = string(extends.get("service") or extends, label, self.record)
        file = string(extends.get("file"), f"{label}.file", self.record)
        if other is None:
            return None
        if file is not None:
            found = self.base_file(file, extends.source)
            if found is None:
                return None
            services = found
        if other.text not in services:
            where = file.text if file else extends.source.file
            message = f"services.{name} extends {other.text}, which {where} doesn't have"
            hint = f"name a service of {where}"
            self.record.find("include-missing", extends.place, message, hint)
            return None
        return other.text, services

    def base_file(self, file: Text, source: Source) -> Services | None:
        """The services of a file that is extended, whose paths start from its own folder."""
        path = None if remote(file.text) else within(source.folder, file.text)
        if path is None:
            self.outside(file)
            return None
        key = (path, id(source.environment))
        if key not in self.bases:
            node = self.record.node(path, file.place)
            if node is None:
                if self.record.look(path) is None:
                    message = f"{path}, which holds a service to extend, isn't there"
                    self.record.find("include-missing", file.place, message, f"add {path}, or remove extends")
                return None
            branch = grown(node, Source(path, folder(path), source.environment), self.record)
            services = branch.get("services")
            self.bases[key] = dict(services.entries()) if services else {}
        return self.bases[key]

    def outside(self, text: Text) -> None:
        if remote(text.text):
            message, hint = f"{text.text} is fetched over the network, so it isn't read", "keep it in the repository"
            self.record.find("include-elsewhere", text.place, message, hint)
        else:
            message = f"{text.text} leads out of the repository"
            self.record.find("include-elsewhere", text.place, message, "keep it in the repository")

    def included(self, branch: Branch, base: str | None, env: Mapping[str, str], trail: tuple[str, ...]) -> Branch:
        """With what it includes."""
        include = branch.get("include")
        if include is None or include.value is None:
            return branch
        if not isinstance(include.value, list):
            refuse(include, "include", "must be a list", "write each file behind a -", self.record)
            return branch
        for item in include.value:
            other = self.include(item, base, env, trail)
            if other is not None:
                branch = self.imported(branch, other, item)
        return branch

    def include(self, item: Branch, base: str | None, env: Mapping[str, str], trail: tuple[str, ...]) -> Branch | None:
        if isinstance(item.value, dict):
            known(dict(item.entries()), "include", "include", self.record)
        texts = strings(item.get("path") or item, "include.path", self.record, alone=True)
        paths = tuple(None if remote(text.text) else within(base, text.text) for text in texts)
        self.includes.append(Include(paths, item.place))
        for text, path in zip(texts, paths, strict=True):
            if path is None:
                self.outside(text)
        there = [path for path in paths if path is not None]
        if not there or paths[0] is None:
            return None
        if there[0] in trail or len(trail) > LONGEST:
            chain = " -> ".join([*trail[-4:], there[0]])
            self.record.find("include-cycle", item.place, f"files include one another: {chain}", "remove one include")
            return None
        within_folder = self.project_folder(item, base, there[0])
        return self.loaded(
            there, within_folder, self.variables(item, base, within_folder, env), trail, place=item.place
        )

    def project_folder(self, item: Branch, base: str | None, file: str) -> str | None:
        said = string(item.get("project_directory"), "include.project_directory", self.record)
        return within(base, said.text) if said and said.text else folder(file)

    def variables(self, item: Branch, base: str | None, own: str | None, env: Mapping[str, str]) -> Mapping[str, str]:
        """What the project has, and below it what the .env of the included one says."""
        branch = item.get("env_file")
        texts = strings(branch, "include.env_file", self.record, alone=True) if branch else ()
        paths: list[tuple[Text | None, str | None]] = [(text, within(base, text.text)) for text in texts]
        found: dict[str, str] = {}
        for text, path in paths or [(None, within(own, ".env"))]:
            content = self.record.look(path) if path is not None else None
            if content is not None:
                found.update(dotenv_values(content, {**found, **env}))
            elif text is not None:
                missing(text, path, self.record)
        self.record.spend(5 * len(found))
        return {**found, **env}

    def imported(self, branch: Branch, other: Branch, item: Branch) -> Branch:
        """With the services and the rest of an included project, unless they are there already."""
        whole = dict(branch.entries())
        for part in PARTS:
            theirs, ours = other.get(part), whole.get(part)
            entries = dict(ours.entries()) if ours else {}
            self.record.spend(len(entries))
            for name, entry in theirs.entries() if theirs else []:
                mine = entries.setdefault(name, entry)
                if mine is not entry and not same(mine, entry):
                    message = f"{part}.{name} is also in {entry.source.file}, which is included"
                    hint = "give one of them another name"
                    self.record.find("compose-refused", mine.place, message, hint, entry.place)
            if theirs is not None:
                whole[part] = (ours or item).with_value(entries)
        return branch.with_value(whole)


def same(one: Branch, other: Branch) -> bool:
    """Whether two say the same, places aside."""
    waiting = [(one, other)]
    while waiting:
        one, other = waiting.pop()
        if isinstance(one.value, dict) and isinstance(other.value, dict):
            if one.value.keys() != other.value.keys():
                return False
            waiting.extend((value, other.value[key]) for key, value in one.value.items())
        elif isinstance(one.value, list) and isinstance(other.value, list):
            if len(one.value) != len(other.value):
                return False
            waiting.extend(zip(one.value, other.value, strict=True))
        elif one.value != other.value:
            return False
    return True
