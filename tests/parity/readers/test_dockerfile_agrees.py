"""BuildKit's own conversion and the reader make the same image of the same Dockerfile, or both refuse it."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parity.contract.dockerfile import CommandLine, Dockerfile, Healthcheck, Stage, remote
from parity.readers.dockerfile import read
from parity.readers.unreadable import Unreadable
from tests.parity.readers.moby import Moby, running

ROOT = Path(__file__).parents[3]
# What BuildKit gives an image that has none.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

Image = dict[str, Any]

CORPUS = {
    "this repository's": (ROOT / "Dockerfile").read_text(),
    "MinIO's of this repository": (ROOT / "docker/minio/Dockerfile").read_text(),
    "ARG before FROM, with defaults and a given one": (
        "ARG PY=3.12\nARG V=${PY}-slim\nARG X\nFROM python:$V AS base\nARG PY\nARG X=own\nENV P=$PY X=$X\nFROM base\nENV Q=$P\n"
    ),
    "ENV and ARG take each other's place": "FROM a\nARG A=1\nENV A=2 B=$A\nARG A=3\nRUN x\nENV C=$A\n",
    "values of one ENV see what was before it": "FROM a\nENV A=1\nENV A=2 B=$A C=${B:-none}\n",
    "forms of a variable": (
        "FROM a\nENV A=abc.tar.gz E=\nENV B=${A#*.} C=${A##*.} D=${A%.*} F=${A%%.*} G=${A/tar/zip}\n"
        "ENV H=${E:-e} I=${E-e} J=${E:+f}\n"
        "ENV K=${N+g} L=\\$A M='$A' O=\"$A\" Q=${A//a/b} R=$$ S=a\\ b T=${N:-${A}}\n"
    ),
    "a variable without its end": "FROM a\nENV A=${B\n",
    "a variable that must be set": "FROM a\nENV A=${B:?no}\n",
    "the old form of ENV": "FROM a\nENV A b  c\nLABEL x y z\n",
    "continuation, comments and empty lines within": "FROM a\nRUN a \\\n  # comment\n\n  b \\ \n  c\\\\\nUSER u\n",
    "the escape directive": (
        "# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN a `\n  b\nENV A=C:\\d B=`$A\nWORKDIR C:\\\\x\n"
    ),
    "a directive behind a comment is none": "# a\n# escape=`\nFROM a\nRUN a \\\n b\n",
    "a directive twice": "# escape=`\n# escape=`\nFROM a\n",
    "here-documents": (
        "FROM a\nENV V=1\nRUN <<EOF\necho $V\nEOF\nRUN python3 <<'A' && cat <<B\nprint(1)\nA\nx\nB\n"
        'COPY <<one <<"two" /to/\n$V\none\n$V\ntwo\nRUN [ -f a ] << EOF\nx\nEOF\n'
    ),
    "a here-document without its end": "FROM a\nRUN <<EOF\nx\n",
    "JSON and what only looks so": (
        'FROM a\nENTRYPOINT ["a", "b c", "\\u00e9"]\nCMD [\'a\']\nRUN ["x"]\nVOLUME ["/a", "/b c"]\n'
        'SHELL ["/bin/bash", "-c"]\nRUN x\n'
    ),
    "JSON with something other than strings": "FROM a\nCMD [1]\n",
    "SHELL in text": "FROM a\nSHELL bash -c\n",
    "ENTRYPOINT takes an inherited CMD away": 'FROM a AS b\nCMD x\nFROM b\nENTRYPOINT ["y"]\n',
    "ENTRYPOINT leaves the stage's own CMD": 'FROM a\nCMD x\nENTRYPOINT ["y"]\n',
    "WORKDIR by steps, and what is copied below it": (
        "FROM a\nWORKDIR app\nWORKDIR ../b/./c\nCOPY x .\nCOPY x y z/\nADD x ../d\n"
        "WORKDIR /e/\nCOPY --chown=1:2 --chmod=755 x ./\n"
    ),
    "ONBUILD is for the stage that builds on it": (
        "FROM a AS b\nONBUILD ENV A=1\nONBUILD COPY x /y\nONBUILD RUN z\nFROM b\nRUN w\n"
    ),
    "ONBUILD twice": "FROM a\nONBUILD ONBUILD RUN x\n",
    "EXPOSE in all forms": "FROM a\nARG P=1-3\nEXPOSE $P 80/udp 127.0.0.1:1:2 [::1]:8:9 ${Q} ${Q:-7} 53/TCP\n",
    "EXPOSE of no port": "FROM a\nEXPOSE web\n",
    "HEALTHCHECK": (
        "FROM a\nHEALTHCHECK --interval=1m30s --timeout=5s --start-period=1.5s --retries=3 CMD curl -f x || exit 1\n"
    ),
    "HEALTHCHECK NONE": 'FROM a AS b\nHEALTHCHECK CMD ["x"]\nFROM b\nHEALTHCHECK NONE\n',
    "HEALTHCHECK of a time without unit": "FROM a\nHEALTHCHECK --interval=30 CMD x\n",
    "COPY from a later stage": "FROM a AS b\nCOPY --from=c x y\nFROM a AS c\n",
    "COPY from itself": "FROM a AS b\nCOPY --from=b x y\n",
    "COPY from an image, a number, a name in capitals": (
        "FROM a AS b\nRUN x\nFROM c\nCOPY --from=B x y\nCOPY --from=0 x y\nCOPY --from=d:1 x z\n"
    ),
    "COPY from a number that isn't there": "FROM a\nCOPY --from=3 x y\n",
    "COPY --from takes no variables": "FROM a\nARG B=b\nCOPY --from=$B x y\n",
    "COPY of an address": "FROM a\nCOPY https://x.y/z /z\n",
    "quotes in COPY are kept by its splitting": 'FROM a\nCOPY "a b" /c\n',
    "two stages with one name": "FROM a AS x\nENV A=1\nFROM b AS x\nENV A=2\nFROM x\n",
    "a stage's name is in lower case": "FROM a AS Base\nENV A=1\nFROM base\n",
    "FROM doesn't look for capitals": "FROM a AS Base\nFROM Base\n",
    "FROM of nothing": "ARG A\nFROM $A\n",
    "FROM with words too many": "FROM a b\n",
    "instructions before FROM": "RUN x\nFROM a\n",
    "no FROM": "ARG a\n",
    "nothing": "# a\n\n",
    "an unknown instruction": "FROM a\nRNU x\n",
    "an unknown flag": "FROM a\nRUN --mont=x y\n",
    "a flag twice": "FROM a\nCOPY --from=b --from=c x y\n",
    "mounts": (
        "FROM a AS b\nFROM a\nWORKDIR /w\nRUN --mount=type=cache,target=/c,sharing=locked --mount=from=b,target=d,rw "
        "--mount=type=secret,id=s --mount=type=ssh --mount=type=tmpfs,target=/t,size=1m --network=none x\n"
    ),
    "a mount at /": "FROM a\nRUN --mount=target=/ x\n",
    "a mount of an unknown type": "FROM a\nRUN --mount=type=volume,target=/x y\n",
    "platforms": "FROM --platform=$BUILDPLATFORM a\nARG TARGETARCH\nENV A=$TARGETARCH B=$TARGETOS\n",
    "a platform that isn't one": "FROM --platform=nowhere a\n",
    "blanks of Unicode": "FROM a\nENV A=b\u00a0C=d\nRUN \u2003x\u2003\n",
    "a byte order mark and Windows' line ends": "\ufeffFROM a\r\nRUN x \\\r\n  y\r\nCMD z\r\n",
    "STOPSIGNAL": "FROM a\nSTOPSIGNAL SIGRTMIN+3\n",
    "STOPSIGNAL of none": "FROM a\nSTOPSIGNAL SIGNONE\n",
    "keywords in small letters": "from a as b\nrun x\ncmd y\n",
    "the buffer of words that BuildKit loses": "FROM a\nEXPOSE 80${X:-81}\n",
}

# Where the reader knowingly differs: the text, and why.
DISAGREE = {
    "FROM a\nRUN cat <<-A\n\tb\n\tA\n": (False, "BuildKit leaves it to the shell to take the tabs off behind <<-"),
    "FROM a\nONBUILD RNU x\nFROM b\n": (
        True,
        "BuildKit looks at what ONBUILD holds back where a stage builds on it; so does the reader, and agrees",
    ),
    "FROM a\nEXPOSE 1-1000\n": (False, "a thousand ports are one entry, so that a line can't become 65,536 of them"),
    "FROM a\nARG A=" + "aab" * 2000 + "\nENV B=${A//a*a*b/c}\n": (
        False,
        "a pattern with two stars is left alone: Python's engine could take the cube of the text's length",
    ),
    "FROM a\nENV A=" + "x" * 60000 + "\nENV A=$A$A\nENV A=$A$A\n": (
        False,
        "Linux starts no program with a variable of over 128 KiB, so it is refused here, and a bomb with it",
    ),
    "# check=error=true\nFROM a as B\n": (
        False,
        "BuildKit's lint is another tool; nobody's build stops for it unless told to",
    ),
    "FROM a\nCOPY --chown=\u00e0 x y\n": (False, "BuildKit cuts a flag between the bytes of a letter"),
}


@pytest.fixture(scope="module")
def moby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moby]:
    with running(tmp_path_factory.mktemp("moby")) as program:
        yield program


def clean(path: str) -> str:
    return "/" + posixpath.normpath(f"/{path}").lstrip("/")


def theirs(moby: Moby, text: str, args: Mapping[str, str], target: str | None = None) -> Image | None:
    """None when BuildKit refuses the file."""
    answer = moby.ask(Dockerfile=text, Args=args, Target=target or "")
    if answer["Error"]:
        return None
    config = answer["Config"]
    health = config.get("Healthcheck")
    return {
        "env": sorted(config.get("Env") or []),
        "cmd": config.get("Cmd") or [],
        "entrypoint": config.get("Entrypoint") or [],
        "user": config.get("User", ""),
        "workdir": clean(config.get("WorkingDir") or ""),
        "exposed": sorted(config.get("ExposedPorts") or {}),
        "volumes": sorted(config.get("Volumes") or {}),
        "stopsignal": config.get("StopSignal", ""),
        "labels": config.get("Labels") or {},
        "shell": config.get("Shell") or [],
        "health": health and [health["Test"], *(health.get(key, 0) / 1e9 for key in TIMES), health.get("Retries", 0)],
        "onbuild": len(config.get("OnBuild") or []),
        "instructions": answer["Instructions"],
        "runs": sorted(
            {
                str([run["Args"], without_agent(run["Env"]), clean(run["Cwd"]), run["User"]])
                for run in answer["Runs"] or []
            }
        ),
        "copies": sorted({copy_of(**copy) for copy in answer["Copies"] or []}),
    }


def without_agent(env: list[str]) -> list[str]:
    """A mount of ssh sets a variable, which no file says."""
    return [one for one in env if not one.startswith("SSH_AUTH_SOCK=")]


TIMES = ("Interval", "Timeout", "StartPeriod")


def copy_of(Source: str, Destination: str, Owner: str, Mode: str) -> tuple[str, str, str, str]:  # noqa: N803
    return clean(Source), clean(Destination), Owner, Mode


def ours(text: str, args: Mapping[str, str], target: str | None = None) -> Image | None:
    try:
        whole = read(text, "Dockerfile", args)
    except Unreadable:
        return None
    if any(finding.rule == "dockerfile-refused" for finding in whole.findings):
        return None
    stage = whole.stage(target)
    assert stage
    image = stage.effective
    return {
        "env": environment({name: one.value for name, one in image.env.items()}),
        "cmd": argv(image.cmd),
        "entrypoint": argv(image.entrypoint),
        "user": image.user.value if image.user else "",
        "workdir": image.workdir.value if image.workdir else "/",
        "exposed": sorted(one.value for one in image.exposed),
        "volumes": sorted(one.value for one in image.volumes),
        "stopsignal": image.stopsignal.value if image.stopsignal else "",
        "labels": {name: one.value for name, one in image.labels.items()},
        "shell": [] if image.shell == ("/bin/sh", "-c") else list(image.shell),
        "health": checked(image.healthcheck),
        "onbuild": len(image.onbuild),
        "instructions": [f"{one.keyword} {one.place.line} {one.last}" for one in whole.instructions],
        "runs": sorted(set(runs(whole, stage))),
        "copies": sorted(set(copies(whole, stage))),
    }


def environment(values: Mapping[str, str]) -> list[str]:
    return sorted(f"{name}={value}" for name, value in {"PATH": PATH, **values}.items())


def argv(command: CommandLine | None) -> list[str]:
    return list(command.argv) if command else []


def checked(one: Healthcheck | None) -> list[Any] | None:
    if one is None:
        return None
    kind = {None: "NONE", "exec": "CMD", "shell": "CMD-SHELL"}[one.command.form if one.command else None]
    return [
        [kind, *(one.command.words if one.command else ())],
        one.interval,
        one.timeout,
        one.start_period,
        one.retries,
    ]


def runs(whole: Dockerfile, stage: Stage) -> Iterator[str]:
    for one in whole.needed(stage):
        for run in one.effective.runs:
            env = environment({name: setting.value for name, setting in run.environment.items()})
            yield str([list(run.command.argv), env, run.workdir, run.user])


def copies(whole: Dockerfile, stage: Stage) -> Iterator[tuple[str, str, str, str]]:
    for one in whole.needed(stage):
        for copy in one.effective.copies:
            owner = copy.chown and ":".join([*copy.chown.split(":"), ""][:2])
            mode = f"{int(copy.chmod, 8):o}" if copy.chmod.isdigit() else copy.chmod
            for source in (*copy.sources, *(heredoc.name for heredoc in copy.heredocs)):
                yield clean(source), clean(copy.destination), owner, mode


def agrees(moby: Moby, text: str, args: Mapping[str, str], target: str | None = None) -> None:
    mine, real = ours(text, args, target), theirs(moby, text, args, target)
    if mine and real and unlike(text):
        del mine["copies"], real["copies"]
    assert mine == real


def unlike(text: str) -> bool:
    """BuildKit names what it fetches, and what it copies with its folders, otherwise."""
    return "--parents" in text or any(remote(word) or ".git" in word for word in re.split(r"[\s\"']+", text))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CORPUS.items()])
def test_the_same_image(moby: Moby, text: str) -> None:
    agrees(moby, text, {})
    agrees(moby, text, {"X": "given", "V": "2", "PATH": "/p"})


def test_a_target(moby: Moby) -> None:
    text = "FROM a AS One\nENV A=1\nFROM one AS two\nCMD x\nFROM b\nCOPY --from=two c d\n"
    for target in ("one", "ONE", "two", None):
        agrees(moby, text, {}, target)


def test_what_each_stage_makes_of_buildkits_own_examples(moby: Moby) -> None:
    """Each stage of this repository's, as a home could build it."""
    for name in ("interpreter", "packages", "static"):
        agrees(moby, CORPUS["this repository's"], {}, name)


WORD = st.sampled_from(
    [
        *("app", "/app", "./x", "x/", "..", ".", "*.py", "a=b", "80", "8000/tcp", "#", "é", "--", "-x", "{", "}", "=x"),
        *(
            "$X",
            "${X}",
            "${X:-d}",
            "${X-d}",
            "${X:+a}",
            "${Y:?bad}",
            "${X#a}",
            "${X%%*p}",
            "${X/p/q}",
            "${X//p/}",
            "$$",
            "$",
            "${",
        ),
        *(
            "'a b'",
            '"a b"',
            '"$X"',
            "'$X'",
            "a\\ b",
            "\\$X",
            '"',
            "'",
            "\\",
            "`",
            "X=$X:1",
            "Y='c d'",
            'Z="${X}e"',
            "PATH=/v:$PATH",
        ),
        *('["a","b"]', '["a", 1]', "['a']", "<<EOF", "<<-'E'", "https://x.y/z", "git@h:a/b.git"),
    ]
)
FLAG = st.sampled_from(
    [
        *(
            "--from=a",
            "--from=0",
            "--from=1",
            "--from=img:1",
            "--from=$X",
            "--from=",
            "--chown=1:2",
            "--chown=u",
            "--chmod=755",
        ),
        *(
            "--chmod=9",
            "--chmod=u+x",
            '--chmod="7 5"',
            "--link",
            "--link=false",
            "--link=",
            "--exclude=*.md",
            "--unpack",
            "--nope",
        ),
        *(
            "--mount=type=cache,target=/c",
            "--mount=type=bind,from=a,target=x",
            "--mount=type=secret,id=k",
            "--mount=target=/",
        ),
        *("--mount=from=b,target=/q,ro", "--mount=type=tmpfs,target=/t,size=3m", "--network=none", "--network=zz"),
        *("--platform=linux/arm64", "--interval=30s", "--interval=1x", "--retries=3", "--checksum=sha256:aa"),
    ]
)
KEYWORD = st.sampled_from(
    [
        *("RUN", "COPY", "ADD", "ENV", "ENV", "ARG", "ARG", "CMD", "ENTRYPOINT", "EXPOSE", "USER", "WORKDIR", "VOLUME"),
        *(
            "LABEL",
            "HEALTHCHECK CMD",
            "HEALTHCHECK",
            "STOPSIGNAL",
            "SHELL",
            "ONBUILD RUN",
            "ONBUILD ENV",
            "MAINTAINER",
            "run",
            "NOPE",
            "#",
        ),
    ]
)
JOIN = st.sampled_from([" ", " ", " ", " ", "  ", " \\\n", "\\\n  ", " \\\n\n", " \\\n# c\n", "\t"])
ASSIGNED = st.tuples(st.sampled_from(["X", "Y", "P"]), WORD).map("=".join)


@st.composite
def line(draw: st.DrawFn) -> str:
    kind = draw(st.integers(0, 9))
    if kind == 0:
        base = draw(
            st.sampled_from(["a", "b", "python:3.12", "scratch", "$BASE", "${BASE:-x}", "A", "ghcr.io/a/b:1", "x y"])
        )
        return f"FROM {base}{draw(st.sampled_from([' AS a', ' as b', ' AS c', '', '', ' AS 0x']))}"
    if kind < 4:
        return f"{draw(st.sampled_from(['ENV', 'ARG']))} {' '.join(draw(st.lists(ASSIGNED, min_size=1, max_size=3)))}"
    parts = [draw(KEYWORD), *draw(st.lists(FLAG, max_size=1)), *draw(st.lists(WORD, max_size=4))]
    text = "".join(part + draw(JOIN) for part in parts[:-1]) + parts[-1]
    return text + "\nbody $X \\$X 'q\nEOF" if "<<EOF" in text else text


DOCKERFILE = st.tuples(
    st.sampled_from(["", "", "# escape=`\n", "# syntax=a/b:1\n", "ARG BASE=python:3\n", "ARG BASE=a\nARG X=x\n"]),
    st.sampled_from(["FROM python:3\n", "FROM python:3 AS a\n", "FROM scratch AS b\n", ""]),
    st.lists(line(), max_size=6).map("\n".join),
    st.sampled_from(["", "\n", "\r\n"]),
).map("".join)


@given(text=DOCKERFILE, args=st.sampled_from([{}, {}, {"X": "given"}]))
@settings(max_examples=2000, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_the_same_image_of_what_nobody_would_write(moby: Moby, text: str, args: dict[str, str]) -> None:
    agrees(moby, text, args)


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, (same, why) in DISAGREE.items() if not same])
def test_where_the_reader_knowingly_disagrees(moby: Moby, text: str) -> None:
    assert ours(text, {}) != theirs(moby, text, {})


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, (same, why) in DISAGREE.items() if same])
def test_what_is_refused_later_than_one_thinks(moby: Moby, text: str) -> None:
    assert ours(text, {}) == theirs(moby, text, {})
