"""Rules whose findings readers make, while they read a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parity.contract.dataclass import replace
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

# What fills in a template of projects: {{ name }}, {% if %}, and not GitHub's ${{ … }}.
PLACEHOLDER = r"(?<!\$)\{\{-?\s*[A-Za-z_][\w.| ]*-?\}\}|\{%-?\s"


def by_reader(rule: Rule, *, templates: bool = True) -> Callable[[Contract], Iterator[Finding]]:
    """Yields what readers found by a rule; without `templates`, nothing of a file that is none until it is filled in."""

    def check(contract: Contract) -> Iterator[Finding]:
        for finding in found(rule, contract):
            if templates or not is_template(finding.place.file, contract):
                yield finding

    return check


def found(rule: Rule, contract: Contract) -> Iterator[Finding]:
    for finding in contract.findings:
        if finding.rule == rule.id:
            yield finding if finding.homes else replace(finding, homes=homes(finding.place, contract))


def homes(place: Place, contract: Contract) -> tuple[str, ...]:
    """The homes whose file a place is in."""
    own = [home.name for home in contract.homes if home.place.file == place.file]
    building = [home for image in contract.images.values() if image.file == place.file for home in image.homes]
    return tuple(dict.fromkeys((*own, *building)))


def is_template(file: str, contract: Contract) -> bool:
    return bool(re.search(PLACEHOLDER, contract.look(file) or ""))
