"""Makefiles; tests/parity/readers/test_makefile_agrees.py asks make for the same recipes."""

import pytest

from parity.contract.finding import Finding
from parity.contract.makefile import Include, Line, Target, Variable
from parity.contract.place import Place
from parity.readers.makefile import read


def at(line: int) -> Place:
    return Place("Makefile", line)


def test_a_target_has_its_recipe_with_lines_and_prefixes() -> None:
    makefile = read(
        "PYTHON ?= python3\n.PHONY: run\n\nrun: install | db ## start it\n\t@$(PYTHON) manage.py runserver 0.0.0.0:$(PORT)\n"
        "\t-docker compose up \\\n\t  web\n\t+make $$X\n",
        "Makefile",
    )
    assert makefile.targets == {
        "run": Target(
            name="run",
            place=at(4),
            prerequisites=("install",),
            order_only=("db",),
            recipe=(
                Line("python3 manage.py runserver 0.0.0.0:${PORT}", at(5), silent=True, expanded=False),
                Line("docker compose up \\\n  web", at(6), ignore_errors=True),
                Line("make $X", at(8), always=True),
            ),
            phony=True,
        )
    }
    assert makefile.default == "run"
    assert makefile.variables == {"PYTHON": Variable("PYTHON", "python3", at(1))}


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("X = a\n", "a", "recursive"),
        ("X := $(Y)b\n", None, "a part of nowhere"),
        ("X = $(shell pwd)\n", None, "a shell would have to run"),
        ("X != pwd\n", None, "the same, shorter"),
        ("X = $(X)\n", None, "itself, where make stops"),
        ("Y = $(X)\nX = $(Y)\n", None, "by way of another"),
        ("define X\na\nb\nendef\n", "a\nb", "lines"),
        ("ifdef NOWHERE\nX = a\nendif\n", None, "it may not be set at all"),
        ("ifdef NOWHERE\nX = a\nelse\nX = b\nendif\n", None, "one of two"),
        ("X = $(if $(DEBUG),a,b)\n", None, "the environment may have it"),
        ("X = $(", None, "a reference that stays open"),
    ],
)
def test_the_value_of_a_variable(text: str, value: str | None, why: str) -> None:
    assert read(text, "Makefile").variables["X"].value == value, why


@pytest.mark.parametrize(
    ("line", "text", "why"),
    [
        ("$(T)", "${T}", "a variable of the environment is one of the shell's too"),
        ("$(if $(YES),--yes)-x", "-x", "what isn't set by itself isn't set"),
        ("$(or $(T),all)", "all", "what stands in for it"),
        ("$(shell date)", "$(shell date)", "as written"),
        ("$(wildcard *.py)", "$(wildcard *.py)", "as written"),
        ("$(MAKE) -C app", "make -C app", "make itself"),
    ],
)
def test_what_cannot_be_expanded_is_said_to_be_so(line: str, text: str, why: str) -> None:
    (found,) = read(f"a:\n\tx {line}\n", "Makefile").targets["a"].recipe
    assert (found.text, found.expanded) == (f"x {text}", "MAKE" in line), why


def test_both_sides_of_what_cannot_be_known_are_read() -> None:
    makefile = read("ifeq ($(shell uname),Linux)\na:\n\tone\nelse\nb:\n\ttwo\nendif\n", "Makefile")
    assert {name: target.recipe[0].text for name, target in makefile.targets.items()} == {"a": "one", "b": "two"}


def test_includes_are_named_and_not_followed() -> None:
    text = "include .env\n-include local.mk more.mk\nsinclude $(X).mk\nifneq (,$(wildcard .env))\ninclude .env.local\nendif\n"
    assert read(text, "Makefile").includes == (
        Include(".env", at(1)),
        Include("local.mk", at(2), optional=True),
        Include("more.mk", at(2), optional=True),
        Include("${X}.mk", at(3), optional=True),
        Include(".env.local", at(5), optional=True),
    )


def test_what_recipes_get_in_their_environment() -> None:
    makefile = read("export A = 1\nB = 2\nC = 3\nexport B\n", "Makefile")
    assert {name: variable.exported for name, variable in makefile.variables.items()} == {
        "A": True,
        "B": True,
        "C": False,
    }
    assert all(variable.exported for variable in read("A = 1\nexport\n", "Makefile").variables.values())


def test_one_shell_gets_the_recipe_as_one() -> None:
    makefile = read(".ONESHELL:\na:\n\t@cd app\n\tpython manage.py test\n", "Makefile")
    assert makefile.targets["a"].recipe == (Line("cd app\npython manage.py test", at(3), silent=True),)


def test_patterns_and_special_targets_are_left_out() -> None:
    assert list(read("%.o: %.c\n\tcc\n.SUFFIXES:\n.env: .env.example\n\tcp $< $@\n", "Makefile").targets) == [".env"]


def test_blanks_where_a_tab_belongs_are_a_finding() -> None:
    assert read("a:\n    echo one\n", "Makefile").findings == (
        Finding(
            "file-not-parsed",
            at(2),
            "make stops at `echo one`: it is no rule, no assignment, and no line of a recipe",
            "begin the line with a tab",
        ),
    )


def test_lines_that_would_make_each_other_without_end() -> None:
    text = "".join(f"X{number} = $(X{number + 1}) $(X{number + 1})\n" for number in range(60)) + "X60 = x\n"
    assert read(text, "Makefile").variables["X0"].value is None
