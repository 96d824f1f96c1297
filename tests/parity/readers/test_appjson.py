import pytest

from parity.contract.addon import Addon
from parity.contract.appjson import AppJson, Buildpack, Formation, Script, Var
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers.appjson import read
from parity.readers.unreadable import Unreadable

DOCUMENTED = """\
{
  "name": "Small Sharp Tool",
  "description": "This app does one little thing, and does it well.",
  "keywords": ["productivity"],
  "website": "https://small-sharp-tool.com/",
  "repository": "https://github.com/jane-doe/small-sharp-tool",
  "logo": "https://small-sharp-tool.com/logo.svg",
  "success_url": "/welcome",
  "stack": "container",
  "image": "heroku/ruby",
  "scripts": {
    "postdeploy": "rake bootstrap",
    "pr-predestroy": {"command": "rake cleanup", "size": "basic"}
  },
  "env": {
    "SECRET_TOKEN": {"description": "Signs cookies.", "generator": "secret"},
    "WEB_CONCURRENCY": {"value": "5"},
    "PLAIN": "text",
    "OPTIONAL": {"required": false},
    "ASKED": {}
  },
  "formation": {
    "web": {"quantity": 1, "size": "standard-1x"}
  },
  "addons": [
    "openredis",
    {
      "plan": "heroku-postgresql:essential-0",
      "as": "DB",
      "options": {"version": "17", "pooled": true}
    }
  ],
  "buildpacks": [{"url": "heroku/python"}],
  "environments": {
    "test": {
      "env": {"SECRET_TOKEN": "test-secret"},
      "scripts": {"test-setup": "a", "test": "b"}
    },
    "review": {
      "addons": []
    }
  }
}
"""


def at(line: int) -> Place:
    return Place("app.json", line)


WHOLE = read(DOCUMENTED, "app.json")


def test_every_documented_key() -> None:
    assert WHOLE.findings == ()
    assert (WHOLE.name, WHOLE.stack, WHOLE.image) == ("Small Sharp Tool", "container", "heroku/ruby")
    assert WHOLE.scripts == (
        Script("postdeploy", "rake bootstrap", at(12)),
        Script("pr-predestroy", "rake cleanup", at(13), "basic"),
    )
    assert WHOLE.env == (
        Var("SECRET_TOKEN", at(16), None, True, "secret", "Signs cookies."),
        Var("WEB_CONCURRENCY", at(17), "5"),
        Var("PLAIN", at(18), "text"),
        Var("OPTIONAL", at(19), None, False),
        Var("ASKED", at(20), None, True),
    )
    assert WHOLE.formation == (Formation("web", at(23), 1, "standard-1x"),)
    assert WHOLE.addons == (
        Addon("openredis", at(26)),
        Addon("heroku-postgresql:essential-0", at(28), "DB", (("version", "17"), ("pooled", "true"))),
    )
    assert WHOLE.buildpacks == (Buildpack("heroku/python", at(33)),)


def test_an_entry_is_found_by_its_name() -> None:
    assert WHOLE.section("env") == at(15)
    assert WHOLE.section("fomation") is None
    assert WHOLE.var("PLAIN") == Var("PLAIN", at(18), "text")
    assert WHOLE.script("test") is None
    assert WHOLE.addons[1].option("version") == "17"
    assert WHOLE.addons[1].option("fork") is None


def test_what_an_environment_says_replaces_the_whole_key_and_leaves_the_others() -> None:
    test, review = WHOLE.environment("test"), WHOLE.environment("review")
    assert test.env == (Var("SECRET_TOKEN", at(36), "test-secret"),)
    assert test.scripts == (Script("test-setup", "a", at(37)), Script("test", "b", at(37)))
    assert test.addons == WHOLE.addons
    assert (review.addons, review.env, review.stack) == ((), WHOLE.env, "container")
    assert WHOLE.environment("nobody").env == WHOLE.env


@pytest.mark.parametrize(
    ("text", "rule", "line", "message", "hint"),
    [
        pytest.param(
            '{\n"stak": "x"}', "unknown-key", 2, "app.json has no key `stak`", "write `stack`", id="a letter is missing"
        ),
        pytest.param(
            '{\n"postdeploy": "x"}',
            "unknown-key",
            2,
            "app.json has no key `postdeploy`",
            "move it under `scripts`",
            id="a key of another level",
        ),
        pytest.param(
            '{"env": {"A":\n{"default": "x"}}}',
            "unknown-key",
            2,
            "`env.A` has no key `default`",
            "remove it: the keys are description, value, required, generator",
            id="in a config var",
        ),
        pytest.param(
            '{"scripts": {\n"test": "x"}}',
            "unknown-key",
            2,
            "`scripts` has no key `test`",
            "move it under `environments.test.scripts`",
            id="a script of Heroku CI",
        ),
        pytest.param(
            '{"environments": {\n"production": {}}}',
            "unknown-key",
            2,
            "`environments` has no key `production`",
            "remove it: the keys are test, review",
            id="an environment that Heroku doesn't know",
        ),
        pytest.param(
            '{"environments": {"review": {\n"formaton": {}}}}',
            "unknown-key",
            2,
            "`environments.review` has no key `formaton`",
            "write `formation`",
            id="in an environment",
        ),
        pytest.param(
            '{"formation": {"web": {\n"quantiy": 1}}}',
            "unknown-key",
            2,
            "`formation.web` has no key `quantiy`",
            "write `quantity`",
            id="in the formation",
        ),
        pytest.param(
            '{"env": {"A": {\n"value": 5}}}',
            "app-json-refused",
            2,
            "`env.A.value` is `5`, and a string is wanted",
            'write "5"',
            id="a number for a config var",
        ),
        pytest.param(
            '{"env": {\n"A": true}}',
            "app-json-refused",
            2,
            "`env.A` is `true`, and a string is wanted",
            'write "true"',
            id="a boolean",
        ),
        pytest.param(
            '{"env": {"A": {\n"required": "false"}}}',
            "app-json-refused",
            2,
            "`env.A.required` is a text, and true or false is wanted",
            "write true or false, without quotes",
            id="required in quotes",
        ),
        pytest.param(
            '{"env": {"A": {\n"generator": "random"}}}',
            "app-json-refused",
            2,
            "`env.A.generator` is `random`, and Heroku knows `secret` only",
            'write "secret"',
            id="a generator that Heroku doesn't know",
        ),
        pytest.param(
            '{"formation": {"web": {\n"quantity": "1"}}}',
            "app-json-refused",
            2,
            "`formation.web.quantity` is a text, and a number is wanted",
            "write 1, without quotes",
            id="a quantity in quotes",
        ),
        pytest.param(
            '{\n"formation": [{"process": "web"}]}',
            "app-json-refused",
            2,
            "`formation` is a list, and a mapping is wanted",
            'write {"web": {"quantity": 1}}',
            id="the formation as Heroku's API has it",
        ),
        pytest.param(
            '{"addons": [\n{"as": "x"}]}',
            "app-json-refused",
            2,
            "an add-on of `addons` has no `plan`",
            'write {"plan": "heroku-postgresql"}',
            id="an add-on without a plan",
        ),
        pytest.param(
            '{\n"addons": {"a": "b"}}',
            "app-json-refused",
            2,
            "`addons` is a mapping, and a list is wanted",
            'write ["heroku-postgresql"]',
            id="add-ons as a mapping",
        ),
        pytest.param(
            '{"buildpacks": [\n"heroku/python"]}',
            "app-json-refused",
            2,
            "an item of `buildpacks` is a text, and a mapping is wanted",
            'write {"url": "heroku/python"}',
            id="a buildpack as a text",
        ),
        pytest.param(
            '{"buildpacks": [\n{}]}',
            "app-json-refused",
            2,
            "a buildpack of `buildpacks` has no `url`",
            'write {"url": "heroku/python"}',
            id="a buildpack without its address",
        ),
        pytest.param(
            '{"scripts": {\n"postdeploy": {"size": "basic"}}}',
            "app-json-refused",
            2,
            "`scripts.postdeploy` has no `command`",
            'write {"command": "COMMAND"}',
            id="a script without its command",
        ),
        pytest.param(
            '{\n"stack": ["container"]}',
            "app-json-refused",
            2,
            "`stack` is a list, and a text is wanted",
            'write "…"',
            id="the stack as a list",
        ),
        pytest.param(
            "[]",
            "app-json-refused",
            1,
            "the manifest is a list, and a mapping is wanted",
            'write {"name": "…"}',
            id="a list",
        ),
    ],
)
def test_a_finding(text: str, rule: str, line: int, message: str, hint: str) -> None:
    assert read(text, "app.json").findings == (Finding(rule, at(line), message, hint),)


def test_a_value_of_the_wrong_type_is_understood_as_its_text() -> None:
    found = read(
        '{"env": {"A": true, "B": {"value": 5, "required": "false"}}, "buildpacks": ["heroku/python"]}', "app.json"
    )
    assert [(var.name, var.value, var.required) for var in found.env] == [("A", "true", True), ("B", "5", False)]
    assert found.buildpacks == (Buildpack("heroku/python", at(1)),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"$schema": "https://example.com/app.json"}', id="editors ask for the address of a schema"),
        pytest.param('{"expo": {"name": "x"}, "displayName": "y"}', id="React Native has a file of the same name"),
        pytest.param('{"scripts": {"dokku": {"predeploy": "x"}}, "healthchecks": {}, "cron": []}', id="Dokku's keys"),
        pytest.param('\ufeff{"name": "x"}', id="a byte order mark"),
        pytest.param('{"env": {"A": {"value": null}}}', id="no value"),
        pytest.param("{}", id="nothing at all"),
    ],
)
def test_what_is_no_finding(text: str) -> None:
    assert read(text, "app.json").findings == ()


def test_an_expo_app_declares_nothing() -> None:
    assert read('{"expo": {}, "name": "x"}', "app.json") == AppJson("app.json")


@pytest.mark.parametrize("text", ['{"name": "x",}', "// a\n{}", "", "{'a': 1}"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text, "app.json")
