"""Files in another encoding: https://docs.python.org/3/howto/unicode.html"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "file-not-utf8",
    "Reading",
    "warning",
    "One tool reads another text in it than the next one, and most stop at the first byte that they don't know.",
)

check = by_reader(RULE)
