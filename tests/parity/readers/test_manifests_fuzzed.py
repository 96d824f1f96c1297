"""Ten thousand broken texts for each of these readers: a value or Unreadable, soon, and nothing else."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from parity.readers import appjson, dotenv, herokuyml, procfile, secrets
from parity.readers.unreadable import Unreadable
from tests.parity.readers import test_appjson, test_dotenv_agrees, test_herokuyml, test_procfile_agrees

COUNT = 10_000

# What a reader could stumble over, put anywhere.
BITS = [
    "\n",
    "\r",
    "\t",
    " ",
    ":",
    "=",
    "#",
    "'",
    '"',
    "\\",
    "$",
    "${",
    "}",
    "{",
    "[",
    "]",
    ",",
    "-",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "|\n",
]
BITS += [
    "!!str ",
    "!x ",
    "? ",
    "null",
    "true",
    "1e999",
    "\x00",
    "\x0c",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
    "é",
    "日",
    "😀",
    "%",
    "@",
]
BITS += [
    "export ",
    "${A:-",
    "A=",
    "web: ",
    "release:\n",
    "A" * 300,
    "0" * 50,
    '"a": ',
    "-----BEGIN PRIVATE KEY-----",
    "://a:b@c.d",
]

READERS: dict[str, tuple[Callable[[str], Any], list[str]]] = {
    "procfile": (lambda text: procfile.read(text, "f"), test_procfile_agrees.CORPUS),
    "herokuyml": (lambda text: herokuyml.read(text, "f"), [test_herokuyml.DOCUMENTED]),
    "appjson": (lambda text: appjson.read(text, "f"), [test_appjson.DOCUMENTED]),
    "dotenv": (lambda text: dotenv.read(text, "f"), test_dotenv_agrees.CORPUS),
    "secrets": (lambda text: secrets.suspicious("SECRET_KEY", text), test_dotenv_agrees.CORPUS),
}


def mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        place = dice.randrange(len(text) + 1)
        end = min(len(text), place + dice.randrange(12))
        kind = dice.randrange(4)
        if kind == 0:
            text = text[:place] + dice.choice(BITS) + text[place:]
        elif kind == 1:
            text = text[:place] + text[end:]
        elif kind == 2:
            text = text[:end] + text[place:]
        else:
            text = text[:place] + dice.choice(BITS) + text[end:]
    return text


@pytest.mark.parametrize("name", READERS)
def test_a_broken_text_is_read_or_refused(name: str) -> None:
    read, corpus = READERS[name]
    dice = random.Random(name)
    for _ in range(COUNT):
        text = mutated(dice.choice(corpus), dice)
        with suppress(Unreadable):
            read(text)


LONG = 100_000
REPEATED = [
    "A=",
    'A="',
    "A='\n",
    'A="b\\"\n',
    "${A:-",
    "${A:-}",
    "$A",
    "A=${",
    "A: ",
    "A\n",
    "export ",
    "#\n",
    " ",
    "\n",
    "\\",
    "a: b\n",
]
REPEATED += [
    "'a' ",
    '"a"',
    "A=b # c\n",
    "[",
    "{",
    '{"a":',
    "- ",
    "a:\n ",
    "web: a\\\n",
    ":",
    "web ",
    "a://b:c@",
    "AKIA",
    "x_",
    "{}",
]


def test_a_long_chain_of_variables_takes_no_longer_than_its_length_asks_for() -> None:
    begin = time.process_time()
    dotenv.read("".join(f"A{number}=$A{number + 1}\n" for number in range(10_000)), "f")
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("bit", REPEATED)
@pytest.mark.parametrize("name", READERS)
def test_a_long_text_takes_no_longer_than_its_length_asks_for(name: str, bit: str) -> None:
    read, _ = READERS[name]
    text = bit * (LONG // len(bit))
    begin = time.process_time()
    with suppress(Unreadable):
        read(text)
    assert time.process_time() - begin < 5, "a hundred times more than it should take"
