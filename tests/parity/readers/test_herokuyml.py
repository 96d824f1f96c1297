import pytest

from parity.contract.addon import Addon
from parity.contract.finding import Finding
from parity.contract.herokuyml import Assignment, Build, HerokuYml, Release, Run
from parity.contract.place import Place
from parity.readers.herokuyml import read
from parity.readers.unreadable import Unreadable

DOCUMENTED = """\
setup:
  addons:
    - plan: heroku-postgresql:essential-0
      as: DATABASE
    - plan: heroku-redis
  config:
    S3_BUCKET: my-example-bucket
    WORKERS: 2
    ON: yes
build:
  docker:
    web: Dockerfile
    worker: worker/Dockerfile
    builder:
      dockerfile: Dockerfile
      target: build
  config:
    RAILS_ENV: development
release:
  command:
    - ./deployment-tasks.sh
  image: worker
run:
  web: bundle exec puma -C config/puma.rb
  asset-syncer:
    command:
      - python asset-syncer.py
    image: worker
"""


def at(line: int) -> Place:
    return Place("heroku.yml", line)


def test_every_documented_key() -> None:
    assert read(DOCUMENTED, "heroku.yml") == HerokuYml(
        file="heroku.yml",
        addons=(Addon("heroku-postgresql:essential-0", at(3), "DATABASE"), Addon("heroku-redis", at(5))),
        config=(
            Assignment("S3_BUCKET", "my-example-bucket", at(7)),
            Assignment("WORKERS", "2", at(8)),
            Assignment("ON", "yes", at(9)),
        ),
        builds=(
            Build("web", "Dockerfile", at(12)),
            Build("worker", "worker/Dockerfile", at(13)),
            Build("builder", "Dockerfile", at(14), "build"),
        ),
        build_config=(Assignment("RAILS_ENV", "development", at(18)),),
        release=Release(at(19), ("./deployment-tasks.sh",), "worker", at(20), at(22)),
        runs=(
            Run("web", at(24), ("bundle exec puma -C config/puma.rb",), "", at(24)),
            Run("asset-syncer", at(25), ("python asset-syncer.py",), "worker", at(26), at(28)),
        ),
        sections=(("setup", at(1)), ("build", at(10)), ("release", at(19)), ("run", at(23))),
    )


def test_an_entry_is_found_by_its_name() -> None:
    manifest = read(DOCUMENTED, "heroku.yml")
    assert manifest.section("run") == at(23)
    assert manifest.section("formation") is None
    assert manifest.build("worker") == Build("worker", "worker/Dockerfile", at(13))
    assert manifest.run("clock") is None
    assert [(addon.service, addon.tier) for addon in manifest.addons] == [
        ("heroku-postgresql", "essential-0"),
        ("heroku-redis", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("build:\n  docker:\n    web: Dockerfile\n", id="no run: the image's CMD"),
        pytest.param("build:\n  docker: {web: Dockerfile}\nrun:\n  web:\n    command: a\n", id="a command as a text"),
        pytest.param("build:\n  languages: [ruby]\n  packages: [imagemagick]\n", id="buildpacks"),
        pytest.param("setup:\n  config: &c {A: b}\nbuild: {docker: {web: D}, config: *c}\n", id="an anchor"),
        pytest.param("run:\n  web: a\n", id="run alone"),
    ],
)
def test_what_is_right_has_no_finding(text: str) -> None:
    assert read(text, "heroku.yml").findings == ()


BUILD = "build: {docker: {web: Dockerfile, worker: w/Dockerfile}}\n"


@pytest.mark.parametrize(
    ("text", "rule", "line", "message", "hint"),
    [
        pytest.param(
            f"{BUILD}releas:\n  command: [a]\n",
            "heroku-yml-refused",
            2,
            "heroku.yml has no key `releas`",
            "write `release`",
            id="a letter is missing",
        ),
        pytest.param(
            f"{BUILD}addons:\n  - plan: a\n",
            "heroku-yml-refused",
            2,
            "heroku.yml has no key `addons`",
            "move it under `setup`",
            id="a key of another level",
        ),
        pytest.param(
            f"{BUILD}addon:\n  - plan: a\n",
            "heroku-yml-refused",
            2,
            "heroku.yml has no key `addon`",
            "write `addons`, and move it under `setup`",
            id="nearly a key of another level",
        ),
        pytest.param(
            f"{BUILD}formation:\n  web: {{}}\n",
            "heroku-yml-refused",
            2,
            "heroku.yml has no key `formation`",
            "move it to app.json",
            id="a key of another file",
        ),
        pytest.param(
            f"{BUILD}version: 3\n",
            "heroku-yml-refused",
            2,
            "heroku.yml has no key `version`",
            "remove it: the keys are setup, build, release, run",
            id="a key of nothing at all",
        ),
        pytest.param(
            "setup:\n  configs: {}\n",
            "heroku-yml-refused",
            2,
            "`setup` has no key `configs`",
            "write `config`",
            id="in setup",
        ),
        pytest.param(
            "build:\n  dokcer: {}\n",
            "heroku-yml-refused",
            2,
            "`build` has no key `dokcer`",
            "write `docker`",
            id="in build",
        ),
        pytest.param(
            "build:\n  docker:\n    web:\n      dockerfile: D\n      stage: x\n",
            "heroku-yml-refused",
            5,
            "`build.docker.web` has no key `stage`",
            "write `target`",
            id="in an image",
        ),
        pytest.param(
            f"{BUILD}release:\n  command: [a]\n  img: web\n",
            "heroku-yml-refused",
            4,
            "`release` has no key `img`",
            "write `image`",
            id="in release",
        ),
        pytest.param(
            "run:\n  web:\n    commands: [a]\n",
            "heroku-yml-refused",
            3,
            "`run.web` has no key `commands`",
            "write `command`",
            id="in a process type",
        ),
        pytest.param(
            "setup:\n  addons:\n    - plan: a\n      name: b\n",
            "heroku-yml-refused",
            4,
            "an add-on of `setup` has no key `name`",
            "remove it: the keys are plan, as",
            id="in an add-on",
        ),
        pytest.param(
            "setup:\n  addons:\n    - heroku-redis\n",
            "heroku-yml-refused",
            3,
            "an item of `setup.addons` is a text, and a mapping is wanted",
            "write `- plan: heroku-postgresql`",
            id="an add-on as app.json writes it",
        ),
        pytest.param(
            "setup:\n  addons:\n    - as: DATABASE\n",
            "heroku-yml-refused",
            3,
            "an add-on of `setup` has no `plan`",
            "write `- plan: heroku-postgresql`",
            id="an add-on without a plan",
        ),
        pytest.param(
            f"{BUILD}release:\n  command: a\n",
            "heroku-yml-refused",
            3,
            "`release.command` is a text, and a list is wanted",
            "write `- COMMAND` in a line below it",
            id="the release phase's command as a text",
        ),
        pytest.param(
            "run:\n",
            "heroku-yml-refused",
            1,
            "`run` is empty, and a mapping is wanted",
            "write `web: COMMAND` below it",
            id="an empty section",
        ),
        pytest.param(
            "run:\n  web: [a, b]\n",
            "heroku-yml-refused",
            2,
            "`run.web` is a list, and a text is wanted",
            "write a command, or `command:` and `image:` below it",
            id="a command as a list",
        ),
        pytest.param(
            "build:\n  docker:\n    web:\n      target: x\n",
            "heroku-yml-refused",
            3,
            "`build.docker.web` has no `dockerfile`",
            "write `dockerfile: Dockerfile` below it",
            id="a stage without its Dockerfile",
        ),
        pytest.param(
            f"{BUILD}release:\n  image: web\n",
            "release-without-command",
            2,
            "`release` has no `command`: nothing says what the release phase runs",
            "write `command:` below it, with a list",
            id="release without a command",
        ),
        pytest.param(
            f"{BUILD}release:\n  command: [a]\n  image: app\n",
            "heroku-yml-refused",
            4,
            "`release.image` names `app`, whose image nobody builds",
            "name one of those: web, worker",
            id="an image that nobody builds, in release",
        ),
        pytest.param(
            "run:\n  web:\n    image: app\n",
            "heroku-yml-refused",
            3,
            "`run.web`'s `image` names `app`, whose image nobody builds",
            "add it to `build.docker`, with its Dockerfile",
            id="an image that nobody builds, in run",
        ),
    ],
)
def test_a_finding(text: str, rule: str, line: int, message: str, hint: str) -> None:
    assert read(text, "heroku.yml").findings == (Finding(rule, at(line), message, hint),)


def test_an_add_on_and_a_command_of_the_wrong_type_are_understood_all_the_same() -> None:
    manifest = read("setup:\n  addons: [heroku-redis]\nrelease:\n  command: a\n", "heroku.yml")
    assert manifest.addons == (Addon("heroku-redis", at(2)),)
    assert manifest.release == Release(at(3), ("a",), "", at(4))


@pytest.mark.parametrize("text", ["", "[]", "web: Dockerfile", "null", "- a\n- b\n"])
def test_what_is_no_manifest_at_all_has_a_finding(text: str) -> None:
    assert [finding.place for finding in read(text, "heroku.yml").findings] == [at(1)]


def test_what_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as caught:
        read("build:\n  docker:\n   web: [\n", "heroku.yml")
    assert caught.value.line >= 3
