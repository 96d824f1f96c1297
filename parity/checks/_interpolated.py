"""Variables that a compose file asks the shell for, and that no file sets."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._reading import homes
from parity.contract.compose import Mention
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

# What every shell has.
SHELL = {"HOME", "USER", "PWD", "PATH", "SHELL", "LOGNAME", "HOSTNAME", "TERM", "LANG", "TMPDIR", "SSH_AUTH_SOCK"}


def unset(rule: Rule, contract: Contract, what: str, hint: str) -> Iterator[Finding]:
    """One finding for a project: whatever sets one of them sets them all. `hint` has {} for the first one's name."""
    reported = {(one.place, one.message.partition(" ")[0]) for one in contract.findings if one.rule == rule.id}
    for compose in contract.composes:
        found = [one for one in compose.mentions if (one.place, one.name) in reported and one.name not in SHELL]
        if found:
            yield told(rule, found, contract, what, hint)


def told(rule: Rule, found: list[Mention], contract: Contract, what: str, hint: str) -> Finding:
    names = list(dict.fromkeys(one.name for one in found))
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    place = found[0].place
    return Finding(
        rule.id,
        place,
        f"no file sets {shown}, and {what}",
        hint.format(names[0]),
        homes=homes(place, contract) or ("compose",),
    )
