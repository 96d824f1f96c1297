"""Lines of a Procfile that not everybody reads as one: https://devcenter.heroku.com/articles/procfile#procfile-format"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "procfile-line",
    "Reading",
    "warning",
    "Heroku, honcho and foreman each take the line in their own way and say nothing, so a process is missing in one home.",
)

check = by_reader(RULE)
