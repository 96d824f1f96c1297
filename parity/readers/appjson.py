"""Reads an app.json: https://devcenter.heroku.com/articles/app-json-schema"""

from __future__ import annotations

from parity.contract.addon import Addon
from parity.contract.appjson import AppJson, Buildpack, Formation, Script, Var
from parity.contract.dataclass import replace
from parity.contract.place import Place
from parity.readers import tree
from parity.readers.manifest import Manifest, shown
from parity.readers.tree import Node

KEYS = (
    "addons",
    "buildpacks",
    "description",
    "env",
    "environments",
    "formation",
    "image",
    "keywords",
    "logo",
    "name",
    "repository",
    "scripts",
    "stack",
    "success_url",
    "website",
)
TEXTS = ("description", "image", "logo", "name", "repository", "stack", "success_url", "website")

# The address of a schema, for editors; and what Dokku reads: https://dokku.com/docs/appendices/file-formats/app-json/
OTHERS = ("$schema", "healthchecks", "cron")
DOKKU = "dokku"

ENVIRONMENTS = ("test", "review")

SCRIPTS = ("postdeploy", "pr-predestroy")
# Of Heroku CI: https://devcenter.heroku.com/articles/heroku-ci#test-environment-configuration
TEST_SCRIPTS = ("test-setup", "test")

ELSEWHERE = {
    "postdeploy": "under `scripts`",
    "pr-predestroy": "under `scripts`",
    "review": "under `environments`",
    "test": "under `environments`",
    "config": "to `env`",
    "config_vars": "to `env`",
    "build": "to heroku.yml",
    "run": "to heroku.yml",
    "release": "to heroku.yml or the Procfile",
}


def read(text: str, file: str) -> AppJson:
    """Raises Unreadable for what is no JSON: Heroku takes no comments and no comma before an end."""
    reader = Reader(file)
    return reader.whole(tree.json(text.removeprefix("\ufeff")))


class Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.manifest = Manifest(file, "app-json-refused", "unknown-key")

    def whole(self, root: Node) -> AppJson:
        entries = dict(self.manifest.mapping(root, "the manifest", '{"name": "…"}'))
        if "expo" in entries:
            # React Native's file of the same name.
            return AppJson(self.file)
        self.manifest.known(root, KEYS, "app.json", ELSEWHERE, OTHERS)
        environments = self.environments(entries.get("environments"))
        return self.keys(entries, "", SCRIPTS, environments)

    def keys(
        self,
        entries: dict[str, Node],
        where: str,
        scripts: tuple[str, ...],
        environments: tuple[tuple[str, AppJson], ...],
    ) -> AppJson:
        texts = {key: self.manifest.text(entries.get(key), f"`{where}{key}`", '"…"') for key in TEXTS}
        self.manifest.texts(entries.get("keywords"), f"`{where}keywords`", '["…"]')
        found = AppJson(
            file=self.file,
            name=texts["name"],
            env=self.env(entries.get("env"), f"{where}env"),
            formation=self.formation(entries.get("formation"), f"{where}formation"),
            addons=tuple(self.addons(entries.get("addons"), f"{where}addons")),
            scripts=tuple(self.scripts(entries.get("scripts"), f"{where}scripts", scripts)),
            buildpacks=tuple(self.buildpacks(entries.get("buildpacks"), f"{where}buildpacks")),
            stack=texts["stack"],
            image=texts["image"],
            environments=environments,
            sections=tuple((key, self.manifest.place(node)) for key, node in entries.items() if key in KEYS),
        )
        if where:
            return found
        return replace(found, findings=tuple(sorted(self.manifest.findings, key=lambda finding: finding.place.line)))

    def environments(self, node: Node | None) -> tuple[tuple[str, AppJson], ...]:
        self.manifest.known(node, ENVIRONMENTS, "`environments`")
        return tuple(
            (name, self.environment(name, value))
            for name, value in self.manifest.mapping(node, "`environments`", '{"review": {…}}')
            if name in ENVIRONMENTS
        )

    def environment(self, name: str, node: Node) -> AppJson:
        where = f"environments.{name}"
        entries = dict(self.manifest.mapping(node, f"`{where}`", '{"env": {…}}'))
        self.manifest.known(node, [key for key in KEYS if key != "environments"], f"`{where}`", ELSEWHERE)
        scripts = (*SCRIPTS, *TEST_SCRIPTS) if name == "test" else SCRIPTS
        return self.keys(entries, f"{where}.", scripts, ())

    def env(self, node: Node | None, where: str) -> tuple[Var, ...]:
        entries = self.manifest.mapping(node, f"`{where}`", '{"NAME": {"description": "…"}}')
        return tuple(self.var(name, value, f"{where}.{shown(name)}") for name, value in entries)

    def var(self, name: str, node: Node, where: str) -> Var:
        place = self.manifest.place(node)
        if not isinstance(node.value, dict):
            return Var(name, place, self.quoted(node, where))
        self.manifest.known(node, ("description", "value", "required", "generator"), f"`{where}`")
        value = node.get("value")
        return Var(
            name,
            place,
            None if value is None or value.value is None else self.quoted(value, f"{where}.value"),
            self.truth(node.get("required"), f"{where}.required"),
            self.generator(node.get("generator"), where),
            self.manifest.text(node.get("description"), f"`{where}.description`", '"…"'),
        )

    def quoted(self, node: Node, where: str) -> str:
        """Heroku wants a string for every value; what a person meant by another type is its text."""
        text = node.string() or ""
        self.manifest.is_a(node, isinstance(node.value, str), f"`{where}`", "a string", f'"{shown(text)}"')
        return text

    def truth(self, node: Node | None, where: str) -> bool:
        if node is None:
            return True
        self.manifest.is_a(
            node, isinstance(node.value, bool), f"`{where}`", "true or false", "true or false, without quotes"
        )
        return node.value is not False and node.string() != "false"

    def generator(self, node: Node | None, where: str) -> str:
        name = self.manifest.text(node, f"`{where}.generator`", '"secret"')
        if node is not None and name and name != "secret":
            message = f"`{where}.generator` is `{shown(name)}`, and Heroku knows `secret` only"
            self.manifest.find("app-json-refused", node, message, 'write "secret"')
        return name

    def formation(self, node: Node | None, where: str) -> tuple[Formation, ...]:
        entries = self.manifest.mapping(node, f"`{where}`", '{"web": {"quantity": 1}}')
        return tuple(self.dynos(process, value, f"{where}.{shown(process)}") for process, value in entries)

    def dynos(self, process: str, node: Node, where: str) -> Formation:
        self.manifest.mapping(node, f"`{where}`", '{"quantity": 1}')
        self.manifest.known(node, ("quantity", "size"), f"`{where}`")
        quantity, size = node.get("quantity"), node.get("size")
        number = quantity.value if quantity else None
        counted = isinstance(number, int) and not isinstance(number, bool)
        if quantity:
            self.manifest.is_a(quantity, counted, f"`{where}.quantity`", "a number", "1, without quotes")
        text = self.manifest.text(size, f"`{where}.size`", '"basic"')
        return Formation(
            process, self.manifest.place(node), number if isinstance(number, int) and counted else None, text
        )

    def addons(self, node: Node | None, where: str) -> list[Addon]:
        found = [self.addon(item, where) for item in self.manifest.items(node, f"`{where}`", '["heroku-postgresql"]')]
        return [one for one in found if one]

    def addon(self, item: Node, where: str) -> Addon | None:
        place, example = self.manifest.place(item), '{"plan": "heroku-postgresql"}'
        if isinstance(item.value, str):
            return Addon(item.value, place)
        self.manifest.mapping(item, f"an item of `{where}`", example)
        self.manifest.known(item, ("plan", "as", "options"), f"an add-on of `{where}`")
        plan = item.get("plan")
        if plan is None:
            if isinstance(item.value, dict):
                self.manifest.find(
                    "app-json-refused", item, f"an add-on of `{where}` has no `plan`", f"write {example}"
                )
            return None
        name = self.manifest.text(plan, f"the `plan` of an add-on of `{where}`", '"heroku-postgresql"')
        attachment = self.manifest.text(item.get("as"), f"the `as` of an add-on of `{where}`", '"DATABASE"')
        return Addon(name, self.manifest.place(plan), attachment, self.options(item.get("options"), where))

    def options(self, node: Node | None, where: str) -> tuple[tuple[str, str], ...]:
        entries = self.manifest.mapping(node, f"the `options` of an add-on of `{where}`", '{"version": "17"}')
        return tuple((key, self.manifest.text(value, f"the option `{shown(key)}`", '"…"')) for key, value in entries)

    def scripts(self, node: Node | None, where: str, known: tuple[str, ...]) -> list[Script]:
        self.manifest.known(node, known, f"`{where}`", self.of_ci(known), (DOKKU,))
        entries = self.manifest.mapping(node, f"`{where}`", '{"postdeploy": "COMMAND"}')
        return [self.script(name, value, f"{where}.{shown(name)}") for name, value in entries if name != DOKKU]

    def of_ci(self, known: tuple[str, ...]) -> dict[str, str]:
        return {name: "under `environments.test.scripts`" for name in TEST_SCRIPTS if name not in known}

    def script(self, name: str, node: Node, where: str) -> Script:
        place = self.manifest.place(node)
        if not isinstance(node.value, dict):
            return Script(name, self.manifest.text(node, f"`{where}`", '"COMMAND"'), place)
        self.manifest.known(node, ("command", "size"), f"`{where}`")
        command = node.get("command")
        if command is None:
            self.manifest.find("app-json-refused", node, f"`{where}` has no `command`", 'write {"command": "COMMAND"}')
        text = self.manifest.text(command, f"`{where}.command`", '"COMMAND"')
        return Script(name, text, place, self.manifest.text(node.get("size"), f"`{where}.size`", '"basic"'))

    def buildpacks(self, node: Node | None, where: str) -> list[Buildpack]:
        found = []
        for item in self.manifest.items(node, f"`{where}`", '[{"url": "heroku/python"}]'):
            example = '{"url": "heroku/python"}'
            if not isinstance(item.value, dict):
                self.manifest.is_a(item, False, f"an item of `{where}`", "a mapping", example)
            self.manifest.known(item, ("url",), f"a buildpack of `{where}`")
            url = item.get("url") or (item if item.string() else None)
            if url is not None:
                place: Place = self.manifest.place(item)
                found.append(
                    Buildpack(
                        self.manifest.text(url, f"the `url` of a buildpack of `{where}`", '"heroku/python"'), place
                    )
                )
            elif isinstance(item.value, dict):
                self.manifest.find(
                    "app-json-refused", item, f"a buildpack of `{where}` has no `url`", f"write {example}"
                )
        return found
