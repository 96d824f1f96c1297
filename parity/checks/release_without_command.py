"""A release phase without a command.

https://devcenter.heroku.com/articles/build-docker-images-heroku-yml#release-configuring-release-phase
"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "release-without-command",
    "Reading",
    "note",
    "No file says what the release phase runs, so the migrations that somebody expects of it may never happen.",
)

check = by_reader(RULE)
