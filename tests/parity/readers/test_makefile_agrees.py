"""make itself is asked for the recipes and prerequisites of the same text."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parity.contract.makefile import Makefile
from parity.readers.makefile import read

# Variables of nowhere: make is given these, and our `${NAME}` stands for them.
OUTSIDE = {"PORT": "of-port", "T": "of-t", "HOST": "of-host"}

BY_HAND = [
    ("a:\n\techo one\n\techo two\n", "a recipe"),
    ("a: ; echo one\n\techo two\n", "behind a semicolon"),
    ("a:\n\t@echo one\n\t-@ echo two\n\t - echo three\n", "prefixes"),
    ("a:\n\techo $$HOME $$(date) $${A}\n", "dollars"),
    ("a:\n\techo one \\\n\t  two \\\n  three\n\techo four\n", "lines that go on"),
    ("X = one\na:\n\techo $(X) ${X} $X\n", "three ways to name a variable"),
    ("X = $(Y)\nY = two\na:\n\techo $(X)\n", "expanded when it is used"),
    ("Y = one\nX := $(Y)\nY = two\na:\n\techo $(X)\n", "expanded at once"),
    ("Y = one\nX ::= $(Y)\nY = two\na:\n\techo $(X)\n", "POSIX's way to say it"),
    ("X = one\nX ?= two\nZ ?= three\na:\n\techo $(X) $(Z)\n", "only if it isn't set"),
    ("X = one\nX += two\nZ += three\na:\n\techo $(X) $(Z)\n", "appended"),
    ("Y = 1\nX := $(Y)\nX += $(Y)\nY = 2\na:\n\techo $(X)\n", "appended at once"),
    ("a:\n\techo $(PORT) ${T}\n", "of the environment"),
    ("X = one # why\na: # ## help\n\techo $(X)| # stays\n", "comments"),
    ("X = a\\#b\na:\n\techo '$(X)'\n", "an escaped #"),
    ("X = a \\\n    b \\\n  c\na:\n\techo '$(X)'\n", "a value that goes on"),
    ("X =   spaces  \na:\n\techo '$(X)'\n", "blanks around a value"),
    ("a b: \n\techo $@\n", "two targets"),
    ("a: b c\n\techo $@ $< $^\nb c:\n\techo $@\n", "automatic variables"),
    ("a: | b\n\techo $<$|\nb: ;\n", "order only"),
    ("x/a.o: x/%.o: x/%.c\n\techo $* $<\nx/a.c: ;\n", "a pattern of its own targets"),
    ("a:\n\techo one\n\na:\n\techo two\n", "the last recipe counts"),
    ("a::\n\techo one\na::\n\techo two\n", "with two colons all count"),
    ("a: b\na: c\n\techo $^\nb c: ;\n", "prerequisites come together"),
    ("ifdef PORT\nX = 1\nendif\nY = 2\nifdef Y\nZ = 3\nelse\nZ = 4\nendif\na:\n\techo $(Z)\n", "ifdef"),
    ("Y = 2\nifeq ($(Y),2)\nX = two\nelse ifeq ($(Y),3)\nX = three\nelse\nX = other\nendif\na:\n\techo $(X)\n", "ifeq"),
    (
        "Y = 3\nifeq ($(Y),2)\nX = two\nelse ifeq ($(Y),3)\nX = three\nelse\nX = other\nendif\na:\n\techo $(X)\n",
        "else ifeq",
    ),
    ("Y = 4\nifneq \"$(Y)\" '4'\nX = two\nelse\nX = other\nendif\na:\n\techo $(X)\n", "ifneq with quotes"),
    ("Y = 1\na:\nifeq ($(Y),1)\n\techo one\nelse\n\techo two\nendif\n\techo three\n", "within a recipe"),
    ("ifeq (1,2)\nifeq (1,1)\nX = 1\nelse\nX = 2\nendif\nelse\nX = 3\nendif\na:\n\techo $(X)\n", "one in another"),
    ("define X\necho one\necho two\nendef\na:\n\t$(X)\n", "of several lines"),
    ("define X =\necho one\n\techo two\nendef\na:\n\t@$(X)\n\techo three\n", "of several lines, with a sign"),
    ("a: X = of-a\na:\n\techo $(X)\nX = of-all\nb:\n\techo $(X)\n", "a target's own variable"),
    ("X = one\na: X += more\na:\n\techo $(X)\n", "a target's own, appended"),
    ("X = a.c b.c\na:\n\techo $(X:.c=.o) $(X:%.c=%.h)\n", "substitution"),
    ("X = a b\na:\n\techo $(addprefix -,$(X)) $(firstword $(X)) $(subst a,c,$(X))\n", "functions of texts"),
    ("a:\n\techo $(if $(X),yes,no) $(if 1,yes,no) $(or ,x) $(and 1,) $(strip   a   b )\n", "functions of conditions"),
    ("X = a/b.c d.e\na:\n\techo $(notdir $(X)) $(dir $(X)) $(words $(X)) $(lastword $(X)) $(sort b a b)\n", "of names"),
    (
        "X = a b ab\na:\n\techo $(filter a%,$(X)) $(filter-out a,$(X)) $(findstring b,$(X)) $(patsubst a%,x%,$(X))\n",
        "of lists",
    ),
    ("NAME = X\nX = deep\na:\n\techo $($(NAME)) $(${NAME})\n", "a name that is computed"),
    ("Q = @\na:\n\t$(Q)echo one\n\t$(Q)-echo two\n", "prefixes in a variable"),
    ("a:\n\n\techo one\n\n# comment\n\techo two\n\t# for the shell\n", "blank lines and comments between"),
    (".RECIPEPREFIX = >\na:\n>echo one\n", "another sign for recipes"),
    ("export X = one\nexport Y\noverride Z = two\na:\n\techo $(X) $(Z)\n", "modifiers"),
    ("unexport X\n.PHONY: a b\na:\n\techo one\n", "what is no file"),
    (".DEFAULT_GOAL := b\na:\n\techo a\nb:\n\techo b\n", "what make makes by itself"),
    ("X = 1\nifdef X # why\nY = 2\nendif # X\na:\n\techo $(Y)\n", "comments behind conditions"),
    ("X=a=b:c\na:\n\techo $(X)\n", "signs in a value"),
    ("URL = http://localhost:8000\na:\n\tcurl $(URL)\n", "a colon in a value"),
    ("a:\n\tdocker run -e X='$(HOST)' i\n", "as people write it"),
    ("$(X)a:\n\techo one\nX = \n", "an empty variable in a name"),
    ("a: $(DEPS)\n\techo one\n", "prerequisites of nowhere"),
    ("a:\r\n\techo one\r\n", "Windows' ends of lines are part of what the shell gets"),
    ("\ufeffa:\n\techo one\n", "a byte order mark"),
    ("a: b ; echo one \\\n two\nb:\n", "a semicolon and a line that goes on"),
    ("undefine X\nvpath %.c src\na:\n\techo one\n", "other directives"),
]

# (text, why): make and the reader differ, and are meant to.
DIFFER = [
    ("a:\n\techo $(shell echo hi)\n", "nothing is run to read a Makefile"),
    ("a:\n\techo $(wildcard /etc/host*)\n", "nothing outside of the text is looked at"),
    ("X != echo hi\na:\n\techo $(X)\n", "nothing is run to read a Makefile"),
    ("a:\n\techo $(foreach x,1 2,$(x))\n", "functions that make text in loops are left as written"),
    ("f = <$(1)>\na:\n\techo $(call f,1)\n", "so are a Makefile's own"),
    ("define R\na:\n\techo one\nendef\n$(eval $(R))\n", "what is made while it is read isn't seen"),
    (".SECONDEXPANSION:\nX = b\na: $$(X)\n\techo $^\nb: ;\n", "prerequisites are expanded once"),
    ("a: X = 1\na: b\nb:\n\techo $(X)\n", "a target's variables don't go down to its prerequisites"),
    ("a:\n\techo $(CC) $(MAKE_VERSION)\n", "what make brings itself, but for MAKE, RM and SHELL, is left"),
]


def asked(tmp: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    (tmp / "Makefile").write_bytes(text.encode())
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", **OUTSIDE}
    argv = ["make", "--no-builtin-rules", "--no-print-directory", "-B", "-n", *words]
    return subprocess.run(argv, cwd=tmp, env=env, capture_output=True, encoding="utf-8", check=False, timeout=20)


def from_outside(text: str) -> str:
    return re.sub(r"\$\{(\w+)\}", lambda match: OUTSIDE.get(match[1], match[0]), text)


def recipes(makefile: Makefile, target: str, seen: set[str]) -> list[str]:
    """What `make -n TARGET` prints: the prerequisites' recipes first, each once."""
    if target in seen or target not in makefile.targets:
        return []
    seen.add(target)
    found = makefile.targets[target]
    before = [line for name in (*found.prerequisites, *found.order_only) for line in recipes(makefile, name, seen)]
    return [*before, *(from_outside(line.text) for line in found.recipe)]


def differences(tmp: Path, text: str) -> list[tuple[str, str, str]]:
    makefile = read(text, "Makefile")
    found = []
    for name in [*makefile.targets, None]:
        target = name or makefile.default
        done = asked(tmp, text, *([name] if name else []))
        if done.returncode == 0 and target:
            ours = "".join(f"{line}\n" for line in recipes(makefile, target, set()))
            theirs = re.sub(r"make: (Nothing to be done|'.*' is up to date).*\n", "", done.stdout)
            if tidy(ours) != tidy(theirs):
                found.append((target, ours, theirs))
    return found


def tidy(printed: str) -> list[str]:
    """make prints blanks at the end of a line that an empty variable leaves; lines of nothing aren't printed by us."""
    return [line.rstrip() for line in printed.split("\n") if line.strip()]


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in BY_HAND])
def test_recipes_are_what_make_would_run(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, text).returncode == 0
    assert read(text, "Makefile").targets
    assert differences(tmp_path, text) == []
    assert read(text, "Makefile").findings == ()


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in DIFFER])
def test_where_make_and_the_reader_differ(tmp_path: Path, text: str) -> None:
    makefile = read(text, "Makefile")
    assert asked(tmp_path, text).returncode == 0
    assert not makefile.targets or differences(tmp_path, text) != []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a:\n    echo one\n", id="blanks for a tab"),
        pytest.param("a:\n\techo one\nnonsense\n", id="a word"),
    ],
)
def test_what_make_stops_at_is_found(tmp_path: Path, text: str) -> None:
    assert "missing separator" in asked(tmp_path, text).stderr
    (finding,) = read(text, "Makefile").findings
    assert finding.rule == "file-not-parsed"
    assert f"Makefile:{finding.place.line}:" in asked(tmp_path, text).stderr


LINES = st.sampled_from(
    [
        *(
            "X = one",
            "X := $(Y)",
            "Y = two $(Z)",
            "Z ?= three",
            "X += four",
            "Y += $(PORT)",
            "Q = @",
            "E =",
            "Z := $(X:o=0)",
        ),
        *(
            "ifdef X",
            "ifeq ($(X),one)",
            "ifneq ($(E),)",
            "else",
            "endif",
            "# comment",
            "",
            "export X",
            "define D",
            "endef",
        ),
        *(
            "a:",
            "b: a",
            "c d: a b",
            "a: X = own",
            "e: | a",
            ".PHONY: a b",
            "a: ; echo semicolon",
            "f:: # double",
            "b: Y += own",
        ),
        *(
            "\techo $(X) $(Y)",
            "\t@echo $(Z)",
            "\t-$(Q)echo $@ $^",
            "\techo $$X \\",
            "\techo $(if $(E),1,2) $(T)",
            "\t$(D)",
        ),
        *(
            "\t# comment",
            "\techo $(strip $(X) ) $(words $(Y))",
            "X = a \\",
            "  b",
            "\t  echo ${X}",
            "\techo $(or $(E),$(Z))",
        ),
    ]
)


@given(lines=st.lists(LINES, min_size=3, max_size=16))
@settings(max_examples=250, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_lines_in_any_order(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    # What isn't set could come from the environment, so that the reader would not decide what make does.
    text = "\n".join(["X = 0", "Y = 0", "Z = 0", "E =", "Q =", "D =", *lines]) + "\n"
    folder = tmp_path_factory.getbasetemp()
    if asked(folder, text).returncode == 0:
        inherited = any("X = own" in line or "Y += own" in line for line in lines)
        assert inherited or differences(folder, text) == []
