"""Chooses the home, and says why in one line."""

from parity import processes
from parity.contract import AUTO
from parity.contract.order import Choice, Engine
from parity.errors import UserError
from parity.rehearsal import compose
from parity.report import typed


def choose(asked: str, engine: Engine, has_compose_file: bool) -> Choice:
    """`engine` is what `probe` found. Raises UserError when `asked` names a home that this machine can't be."""
    problem = engine.problem if has_compose_file else "the repository has no compose file"
    if asked == AUTO:
        return preferred(engine, problem)
    if asked != "embedded" and problem:
        hint = f"start Docker, or `{typed('up', in_='embedded')}`, which needs none"
        raise UserError(f"the {asked} home needs containers, and {problem}", hint, "no-engine")
    return Choice(asked, "as asked", forced=True)


def preferred(engine: Engine, problem: str | None) -> Choice:
    if problem:
        return Choice("embedded", f"because {problem}", forced=False)
    return Choice("compose", f"because a Docker engine answers ({engine.version})", forced=False)


def probe() -> Engine:
    """Asks for the engine and for compose. Takes up to 20 s, when an engine hangs."""
    info = processes.captured(compose.engine(), seconds=20)
    version = info.output.strip().splitlines()
    if info.code or not version:
        return Engine(problem=engine_problem(info))
    if processes.captured(compose.version(), seconds=20).code:
        return Engine(problem="this docker has no `docker compose`")
    return Engine(version=version[-1])


def engine_problem(info: processes.Finished) -> str:
    if info.code == 127:
        return "docker is not installed"
    if info.code == 124:
        return "the Docker engine hangs"
    if "permission denied" in info.output:
        return "this user may not talk to the Docker engine"
    return "no Docker engine answers"
