"""`parity check`, `parity explain` and `parity contract`: drift between homes, read from files alone."""

import datetime
import gc
import sys
from argparse import Namespace
from pathlib import Path

from parity.check import assembly, overview
from parity.check.formats import FORMATS
from parity.check.judging import LEDGER, Judged, Wanted, judge
from parity.checks import Check, all_checks
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.errors import FINE, USERS_ERROR, UserError
from parity.readers import paritytoml
from parity.report import Report

PAGES = Path(__file__).resolve().parents[1] / "pages"


def run(arguments: Namespace, report: Report) -> int:
    # A quarter of the time would go into looking for garbage, of which a process this short makes too little to matter.
    gc.disable()
    root = folder(arguments.path)
    checks = all_checks()
    rules = known(checks)
    refuse_unknown([*arguments.only, *arguments.accept], rules)
    contract = assembly.assemble(root)
    refuse_absent(arguments.home, contract)
    judged = judge(contract, checks, datetime.date.today())
    if arguments.accept:
        return accept(root, arguments, judged, report)
    wanted = Wanted(frozenset(arguments.only), frozenset(arguments.home), arguments.severity)
    shown = [item for item in judged if wanted.shows(item)]
    print(FORMATS[arguments.format](shown, rules), end="", flush=True)
    return USERS_ERROR if any(item.fails for item in shown) else FINE


def folder(path: str) -> Path:
    root = Path(path)
    if not root.is_dir():
        raise UserError(
            f"{path} is no folder", "name the root of a repository: parity check PATH", "no-folder", usage=True
        )
    return root


def known(checks: list[Check]) -> dict[str, Rule]:
    return {**{check.rule.id: check.rule for check in checks}, **LEDGER}


def refuse_unknown(ids: list[str], rules: dict[str, Rule]) -> None:
    for id in ids:
        if id not in rules:
            raise UserError(f"parity has no rule {id}", nearest(id, rules), "unknown-rule", usage=True)


def nearest(id: str, rules: dict[str, Rule]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(id, rules, 1)
    return f"did you mean {close[0]}? `parity explain` lists them all" if close else "`parity explain` lists them all"


def refuse_absent(names: list[str], contract: Contract) -> None:
    there = sorted({name for home in contract.homes for name in (home.kind, home.name)})
    for name in names:
        if name not in there:
            hint = (
                f"the homes here are {', '.join(there)}"
                if there
                else "no home was found here; `parity contract` shows what was read"
            )
            raise UserError(f"there is no home {name} here", hint, "unknown-home", usage=True)


def accept(root: Path, arguments: Namespace, judged: list[Judged], report: Report) -> int:
    """Adds an entry to parity.toml for each file that has an open finding of the rules named, with one reason for all."""
    found = [item.finding for item in judged if item.rule.id in arguments.accept and not item.accepted]
    if not found:
        ids = ", ".join(arguments.accept)
        raise UserError(
            f"nothing is found of {ids}, so there is nothing to accept",
            "`parity check` shows what is",
            "nothing-to-accept",
        )
    for item in judged:
        if item.finding in found:
            report.say(f"{item.finding.place}: {item.finding.message} [{item.rule.id}]")
    reason = arguments.reason or asked()
    entries = sorted({(finding.rule, finding.place.file) for finding in found})
    path = root / paritytoml.FILE
    before = path.read_text() if path.exists() else ""
    text = before + "".join(paritytoml.written(rule, file, reason) for rule, file in entries)
    paritytoml.ledger(text)
    path.write_text(text)
    report.say(f"{paritytoml.FILE}: {len(entries)} intended difference{'' if len(entries) == 1 else 's'} added")
    return FINE


def asked() -> str:
    """The reason, from whoever sits at the terminal. Raises UserError without one."""
    answer = input("why is this intended? ").strip() if sys.stdin.isatty() else ""
    if not answer:
        raise UserError("an intended difference needs a reason", 'give it: --reason "…"', "no-reason")
    return answer


def explain(arguments: Namespace, report: Report) -> int:
    rules = known(all_checks())
    if arguments.id is None:
        for family in sorted({rule.family for rule in rules.values()}):
            print(
                f"{family}\n"
                + "".join(
                    f"  {rule.id:<34} {rule.severity:<8} {rule.why}\n"
                    for rule in rules.values()
                    if rule.family == family
                )
            )
        return FINE
    refuse_unknown([arguments.id], rules)
    print((PAGES / f"{arguments.id}.md").read_text(), end="")
    return FINE


def contract(arguments: Namespace, report: Report) -> int:
    print(overview.table(assembly.assemble(folder(arguments.path))), end="")
    return FINE
