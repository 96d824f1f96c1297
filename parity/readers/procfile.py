"""Reads a Procfile: https://devcenter.heroku.com/articles/procfile#procfile-format"""

import re

PROCESS_TYPE = re.compile(r"(?P<name>[A-Za-z0-9_-]+):\s*(?P<command>.+)")


def process_types(text: str) -> dict[str, str]:
    """The command of each process type, in the order of the file."""
    matches = (PROCESS_TYPE.fullmatch(line.strip()) for line in text.splitlines())
    return {match["name"]: match["command"] for match in matches if match}
