"""Splits a command as compose does, which knows quotes but no shell.

https://docs.docker.com/reference/compose-file/services/#command
After https://github.com/mattn/go-shellwords/blob/master/shellwords.go
"""

from __future__ import annotations


class Unsplit(Exception):
    """What compose refuses to split."""


def words(text: str) -> tuple[tuple[str, ...], str]:
    """The words, and what compose drops without a word: all from the first of ; & | < > that isn't quoted.

    Raises Unsplit for a quote that isn't closed, and for a parenthesis without its $.
    """
    found: list[str] = []
    word: list[str] = []
    begun = escaped = False
    # What is open: ' " ` or $(
    quotes = {"'": False, '"': False, "`": False, "$": False}
    for position, char in enumerate(text):
        if escaped:
            word.append(char)
            escaped, begun = False, True
        elif char == "\\":
            if quotes["'"]:
                word.append(char)
            else:
                escaped = True
        elif char in " \t\r\n":
            if any(quotes.values()):
                word.append(char)
            elif begun:
                found.append("".join(word))
                word, begun = [], False
        elif char in "'\"" and toggled(char, quotes):
            begun = begun or not quotes[char]
        elif char in ";&|<>" and not any(quotes.values()):
            # Of `2>log` the 2 goes too: it is no argument but a descriptor.
            if char == ">" and word and "0" <= word[0][0] <= "9":
                begun = False
            return (*found, *(["".join(word)] if begun else [])), text[position:]
        else:
            substitution(char, word, quotes)
            word.append(char)
            begun = True
    if escaped or any(quotes.values()):
        raise Unsplit("a quote, a parenthesis or a \\ that is never closed")
    return (*found, *(["".join(word)] if begun else [])), ""


def toggled(quote: str, quotes: dict[str, bool]) -> bool:
    """Opens or closes a quote, unless another one is open."""
    other = "'" if quote == '"' else '"'
    if quotes[other] or quotes["$"]:
        return False
    quotes[quote] = not quotes[quote]
    return True


def substitution(char: str, word: list[str], quotes: dict[str, bool]) -> None:
    """Keeps count of `…` and $(…), which stay in the word as they are."""
    quoted = quotes["'"] or quotes['"']
    if char == "`" and not quoted and not quotes["$"]:
        quotes["`"] = not quotes["`"]
    elif char == ")" and not quoted and not quotes["`"]:
        quotes["$"] = not quotes["$"]
    elif char == "(" and not quoted and not quotes["`"]:
        if quotes["$"] or not word or word[-1] != "$":
            raise Unsplit("a ( without its $ before it")
        quotes["$"] = True
