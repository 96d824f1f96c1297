"""What doesn't fit heroku.yml: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "heroku-yml-refused",
    "Reading",
    "error",
    "Heroku refuses the whole manifest, and says so on a push only.",
)

check = by_reader(RULE)
