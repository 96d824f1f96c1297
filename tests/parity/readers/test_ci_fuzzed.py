"""Ten thousand broken texts for each of the readers of CI, platforms, make and servers."""

import contextlib
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parity.readers import circleci, makefile, workflow
from parity.readers.unreadable import Unreadable
from tests.parity.readers import test_makefile_agrees

COUNT = 10_000

# What a reader could stumble over, put anywhere.
BITS = [
    *(
        "\n",
        "\r\n",
        "\t",
        " ",
        ":",
        "=",
        "#",
        "'",
        '"',
        "\\",
        "\\\n",
        "$",
        "$$",
        "$(",
        "${",
        "${{ ",
        " }}",
        "}",
        "{",
        "[",
        "]",
    ),
    *(
        ",",
        "- ",
        "&a ",
        "*a",
        "<<: *a\n",
        "|\n",
        ">-\n",
        "!!str ",
        "!x ",
        "? ",
        "null",
        "true",
        "1e999",
        "\x00",
        "\x0c",
        "\x85",
    ),
    *(
        "\u2028",
        "\ufeff",
        "\ud800",
        "é",
        "日",
        "😀",
        "%",
        "@",
        "%(",
        "A" * 300,
        "0" * 50,
        '"a": ',
        "/*",
        "//",
        "*/",
        "..",
        "../",
    ),
    *(
        "matrix",
        "<< ",
        " >>",
        "parameters.",
        "define x\n",
        "endef",
        "ifdef A\n",
        "endif\n",
        "include ",
        "[a]\n",
        "[[a]]\n",
        "::",
    ),
]

CORPUS = Path(__file__).parent / "corpus"


def corpus(folder: str, pattern: str = "*") -> list[str]:
    return [path.read_text() for path in sorted((CORPUS / folder).glob(pattern))]


def mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randrange(1, 5)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.randrange(12))
        kind = dice.randrange(4)
        middle = dice.choice(BITS) if kind < 2 else text[start:end] * 2 if kind == 2 else ""
        text = text[:start] + middle + text[start if kind == 0 else end :]
    return text


READERS: dict[str, tuple[Callable[[str, str], Any], list[str]]] = {
    "workflow": (workflow.read, corpus("workflow", "[dmr]*.yml")),
    "circleci": (circleci.read, corpus("circleci")),
    "makefile": (makefile.read, [text for text, _ in test_makefile_agrees.BY_HAND]),
}

# How a text begins, and what is repeated behind it: {n} counts.
REPEATED: dict[str, list[tuple[str, str]]] = {
    "workflow": [
        ("jobs:\n  a:\n    env:\n", "      A{n}: ${{{{ env.A }}}}${{{{ matrix.x }}}}\n"),
        ("jobs:\n  a:\n    strategy:\n      matrix:\n", "        a{n}: [1, 2]\n"),
        ("jobs:\n  a:\n    strategy:\n      matrix:\n        x: [1,2,3]\n        include:\n", "          - y{n}: 1\n"),
        ("jobs:\n", "  a{n}: {{steps: [{{run: '${{{{ {n} }}}}'}}]}}\n"),
        ("jobs:\n  a:\n    steps:\n", "      - run: ${{{{ a\n"),
        ("jobs:\n  a:\n    steps:\n    - run: |\n", "        echo A=1 >> $GITHUB_ENV '\n"),
        ("jobs:\n  a:\n    name: ${{ ", "("),
        ("jobs:\n  a:\n    name: ${{ matrix", "[1]"),
        ("jobs:\n  a:\n    name: ${{ ", "!"),
        ("jobs:\n  a:\n    name: ", "${{{{ ' "),
        ("", "A{n}: 1\n"),
    ],
    "circleci": [
        ("jobs:\n", "  a{n}: {{docker: [{{image: 'a:<< parameters.b >>'}}]}}\n"),
        ("jobs: {a: {parameters: {p: {default: b}}}}\nworkflows:\n  w:\n    jobs:\n", "    - a: {{p: c{n}}}\n"),
        ("commands:\n  a: {steps: [b, b]}\n  b: {steps: [a, a]}\njobs:\n  j:\n    steps:\n", "    - a\n"),
        ("jobs:\n  j:\n    steps:\n    - run: ", "<< parameters."),
        ("jobs:\n  j:\n    parameters: {a: {default: x}}\n    steps:\n    - run: ", "<<parameters.a>>"),
        ("jobs:\n  j:\n    steps:\n    - run: |\n", "        << a < "),
    ],
    "makefile": [
        ("", "$("),
        ("a:\n\t", "$(X"),
        ("a:\n\t", "$(if a,"),
        ("X = 1\n", "X += $(X)\n"),
        ("", "X{n} := $(X) $(X)\n"),
        ("X = $(Y) $(Y)\nY = $(Z) $(Z)\nZ = aaaaaaaaaaaaaaaaaaaaaaaaa\na:\n", "\t$(X) $(X)\n"),
        ("", "ifdef X\n"),
        ("", "a{n} b{n}: c d | e\n\techo $@ $^\n"),
        ("a: b\n", "a: c{n}\n"),
        ("", "a{n} "),
        ("a:\n", "\techo \\\n"),
        ("", "define x\n"),
        ("define x\n", "y\n"),
        ("", "\\"),
        ("", "a \\\n"),
        ("X = ", "\\#"),
        ("", "a:"),
        ("", "export "),
        ("ifeq (", "("),
        ("a b c d e f g h:\n", "\techo\n"),
        ("X = $(sort ", "a b "),
    ],
}
LONG = 300_000


@pytest.mark.parametrize("name", READERS)
def test_a_broken_text_is_read_or_refused(name: str) -> None:
    read, texts = READERS[name]
    dice = random.Random(name)
    slowest = 0.0
    refused = []
    for _ in range(COUNT):
        text = mutated(dice.choice(texts), dice)
        begin = time.process_time()
        try:
            read(text, "file")
        except Unreadable as error:
            refused.append(error.line)
        slowest = max(slowest, time.process_time() - begin)
    assert slowest < 1
    assert all(line >= 1 for line in refused)
    assert len(refused) < COUNT * 0.9, "most of it is never read"


@pytest.mark.parametrize(("name", "head", "bit"), [(name, *pair) for name, pairs in REPEATED.items() for pair in pairs])
def test_a_long_text_takes_no_longer_than_its_length_asks_for(name: str, head: str, bit: str) -> None:
    read, _ = READERS[name]
    text = head + "".join(bit.format(n=number) for number in range(LONG // len(bit)))
    begin = time.process_time()
    with contextlib.suppress(Unreadable):
        read(text, "file")
    assert time.process_time() - begin < 5, "a hundred times more than it should take"
