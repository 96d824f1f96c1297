from typing import Any

import pytest

from parity.contract.dockerfile import (
    Arg,
    CommandLine,
    Copy,
    Dockerfile,
    Folder,
    Healthcheck,
    Heredoc,
    Mention,
    Mount,
    Reference,
    Run,
    Setting,
)
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers.dockerfile import read
from parity.readers.dockerfile.reference import reference
from parity.readers.unreadable import Unreadable


def at(line: int) -> Place:
    return Place("Dockerfile", line)


def whole(text: str, **args: str) -> Dockerfile:
    return read(text, "Dockerfile", args)


def last(text: str, **args: str) -> Any:
    stage = whole(text, **args).stage()
    assert stage
    return stage.effective


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("python", Reference("python"), id="a name alone"),
        pytest.param("python:3.13-slim", Reference("python", "3.13-slim"), id="a tag"),
        pytest.param("library/python:3", Reference("python", "3"), id="Docker's own library"),
        pytest.param("docker.io/bitnami/redis", Reference("bitnami/redis"), id="Docker Hub by its name"),
        pytest.param("ghcr.io/a/b:1", Reference("ghcr.io/a/b", "1", "", "ghcr.io"), id="another registry"),
        pytest.param("localhost/a", Reference("localhost/a", "", "", "localhost"), id="a registry without a dot"),
        pytest.param("a:5000/b", Reference("a:5000/b", "", "", "a:5000"), id="a registry with a port"),
        pytest.param(
            f"a:1@sha256:{'0' * 64}",
            Reference("a", "1", f"sha256:{'0' * 64}"),
            id="a digest, and a tag that is for people",
        ),
        pytest.param("Python", None, id="capitals"),
        pytest.param("a b", None, id="a blank"),
        pytest.param("a@sha256:00", None, id="a digest that is too short"),
        pytest.param("0" * 64, None, id="what could be an image's number"),
    ],
)
def test_names_of_images(text: str, wanted: Reference | None) -> None:
    assert reference(text) == wanted


def test_the_bottom_of_a_chain_is_what_an_image_is_made_from() -> None:
    file = whole(
        "ARG V=3.12\nFROM python:$V AS base\nENV A=1\nFROM base AS next\nENV A=2\nFROM next\nCMD x\n", V="3.13"
    )
    stage = file.stage()
    assert stage
    assert (stage.number, stage.name, stage.base, stage.parent, stage.reference) == (2, "", "next", 1, None)
    assert (stage.effective.base, stage.effective.base_text, stage.effective.base_place, stage.effective.chain) == (
        Reference("python", "3.13"),
        "python:3.13",
        at(2),
        (0, 1, 2),
    )
    assert stage.effective.env == {"A": Setting("2", at(5))}
    assert file.stages[0].written == "python:$V"
    assert file.args == (Arg("V", "3.12", at(1)),)


def test_everything_that_an_image_says() -> None:
    text = (
        "FROM a\nWORKDIR /app\nUSER 1\nENV P=8000 Q='b c'\nLABEL l=m\nEXPOSE $P 53/udp\nVOLUME /d\nSTOPSIGNAL SIGINT\n"
        'SHELL ["bash", "-c"]\nHEALTHCHECK --interval=5s --retries=2 CMD curl x\nENTRYPOINT ["e", "$P"]\nCMD c \\\n  d\n'
    )
    image = last(text)
    assert image.workdir == Setting("/app", at(2))
    assert image.user == Setting("1", at(3))
    assert image.env == {"P": Setting("8000", at(4)), "Q": Setting("b c", at(4))}
    assert image.labels == {"l": Setting("m", at(5))}
    assert image.exposed == (Setting("8000/tcp", at(6)), Setting("53/udp", at(6)))
    assert image.volumes == (Setting("/d", at(7)),)
    assert image.stopsignal == Setting("SIGINT", at(8))
    assert image.shell == ("bash", "-c")
    check = CommandLine("shell", ("curl x",), at(10), ("bash", "-c"), ((0, 10),))
    assert image.healthcheck == Healthcheck(check, at(10), 5.0, 0, 0, 2)
    assert image.entrypoint == CommandLine("exec", ("e", "$P"), at(11))
    assert image.cmd == CommandLine("shell", ("c   d",), at(12), ("bash", "-c"), ((0, 12), (2, 13)))
    assert image.cmd.argv == ("bash", "-c", "c   d")


def test_steps_in_their_order_with_what_is_around_them() -> None:
    text = (
        "FROM a AS one\nRUN x\nFROM b\nARG V=1\nWORKDIR /w\nCOPY --from=one --chown=u /o .\nUSER u\n"
        "RUN --mount=type=cache,target=/c y $V\nADD https://x/y z /d/\nCOPY <<f /e\nv $V\nf\n"
    )
    env = {"V": Setting("1", at(4))}
    assert last(text).steps == (
        Folder("/w", at(5)),
        Copy(("/o",), "/w/", at(6), origin="one", stage=0, chown="u"),
        Run(
            CommandLine("shell", ("y $V",), at(8), joints=((0, 8),)),
            at(8),
            "/w",
            "u",
            env,
            (Mount("cache", "/c", read_only=False),),
        ),
        Copy(("https://x/y", "z"), "/d/", at(9), add=True, user="u"),
        Copy((), "/e", at(10), heredocs=(Heredoc("f", "v 1\n", at(11)),), user="u"),
    )
    assert last(text).copies[1].local == ("z",)
    assert last(text).copies[0].local == ()


def test_a_script_in_a_here_document_knows_its_lines_and_its_shell() -> None:
    first, second, third = last(
        "FROM a\nRUN <<E\nx\nE\nRUN <<E\n#!/usr/bin/env python3\nprint(1)\nE\nRUN a <<E\nb\nE\n"
    ).runs
    assert first.command == CommandLine("shell", ("x\n",), at(3), joints=((0, 3),))
    assert second.command.shell == ("/usr/bin/env", "python3", "-c")
    assert third.command == CommandLine("shell", ("a <<E\nb\nE",), at(9), joints=((0, 9), (6, 10)))


def test_the_stage_that_a_target_means() -> None:
    file = whole("FROM a AS Base\nFROM b\nFROM c AS base\nFROM d\n")
    assert [file.stage(target) and file.stage(target).number for target in (None, "", "BASE", "none", "1")] == [  # type: ignore[union-attr]
        3,
        3,
        2,
        None,
        None,
    ]


def test_the_stages_that_a_stage_needs() -> None:
    file = whole(
        "FROM a AS x\nFROM b AS unused\nFROM c AS y\nRUN --mount=from=x,target=/m z\nFROM d AS w\nFROM w\nCOPY --from=y q r\n"
    )
    last = file.stage()
    assert last
    assert [stage.label for stage in file.needed(last)] == ["x", "y", "w", "4"]


def test_variables_that_only_the_base_image_could_set() -> None:
    stage = whole("FROM a\nARG A\nENV B=1\nCOPY $A $B ${C} ${D:-d} /x\nRUN $E\n").stage()
    assert stage
    assert stage.undeclared == (Mention("A", at(4)), Mention("C", at(4)))


def refused(line: int, message: str, hint: str) -> Finding:
    return Finding("dockerfile-refused", at(line), message, hint)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("FROM a\nRNU x\n", refused(2, "`RNU` is no instruction", "write RUN"), id="a slip"),
        pytest.param(
            "FROM a\nRUN x \\\n\ny\n",
            Finding(
                "dockerfile-continuation",
                at(2),
                "an empty line stands within this RUN, which goes on behind it all the same",
                "remove the empty line, or the \\ before it",
            ),
            id="an empty line within an instruction",
        ),
        pytest.param(
            "FROM a\nCMD ['gunicorn', 'a']\n",
            Finding(
                "dockerfile-json",
                at(2),
                "this is meant as the exec form, but its strings have single quotes, so a shell gets it as text",
                'write it as a JSON array of strings: ["program", "argument"]',
            ),
            id="single quotes are no JSON",
        ),
        pytest.param(
            'FROM a\nCMD ["a",]\n',
            Finding(
                "dockerfile-json",
                at(2),
                "this is meant as the exec form, but it is no valid JSON, so a shell gets it as text",
                'write it as a JSON array of strings: ["program", "argument"]',
            ),
            id="a comma too many",
        ),
        pytest.param(
            "FROM a\nCOPY --form=b x y\n",
            refused(
                2,
                "COPY knows no --form",
                "remove it, or take one of --chown, --from, --chmod, --link, --exclude, --parents",
            ),
            id="an unknown flag",
        ),
        pytest.param(
            "FROM a\nRUN <<E\nx\n",
            refused(2, "the here-document E never ends", "write a line that is `E` and nothing else behind it"),
            id="a here-document without its end",
        ),
        pytest.param(
            "ARG A\nFROM $A\n",
            refused(2, "`$A` is nothing once variables are put in", "give the ARG a default before the first FROM"),
            id="a base that nobody names",
        ),
        pytest.param(
            "FROM a\nCOPY --from=b x y\nFROM c AS b\n",
            refused(2, "this stage takes something from b, which comes later", "move that stage above this one"),
            id="a stage that isn't there yet",
        ),
        pytest.param(
            "FROM a\nENV A=b c\n",
            refused(
                2, "`c` has no =, and stands in a ENV of the form NAME=VALUE", 'put quotes round the value: ENV A="..."'
            ),
            id="a blank in a value",
        ),
    ],
)
def test_what_is_wrong_in_itself(text: str, wanted: Finding) -> None:
    assert whole(text).findings == (wanted,)


def test_a_test_of_a_shell_is_no_exec_form() -> None:
    assert whole("FROM a\nRUN [ -f x ] && y\nRUN [[ a ]]\n").findings == ()


def test_what_is_refused_in_one_line_leaves_the_others() -> None:
    assert last("FROM a\nRNU x\nENV A=1\nFROM b c\nENV A=2\n").env == {"A": Setting("2", at(5))}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("", 1, "no instruction stands in it", id="nothing"),
        pytest.param("# a\n\n", 1, "no instruction stands in it", id="comments alone"),
        pytest.param("\nRUN x\n", 2, "no FROM stands in it", id="no FROM"),
        pytest.param(
            "FROM a\n" + "RUN x\n" * 5000, 5001, "more than 5000 instructions stand in it", id="a bomb of lines"
        ),
        pytest.param(
            "FROM a AS b\n" + "ONBUILD RUN x\n" * 999 + "FROM b AS c\n" * 999,
            2,
            "the stages hand on more than this reader takes",
            id="a bomb of stages",
        ),
    ],
)
def test_what_can_not_be_read(text: str, line: int, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        whole(text)
    assert (caught.value.line, caught.value.message) == (line, message)
