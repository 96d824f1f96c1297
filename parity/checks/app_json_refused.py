"""What doesn't fit app.json: https://devcenter.heroku.com/articles/app-json-schema"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "app-json-refused",
    "Reading",
    "error",
    "Heroku makes no app from it: not by the button, and no review app.",
)

check = by_reader(RULE)
