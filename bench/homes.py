"""What the homes take on this machine, each beside its budget: `.venv/bin/python bench/homes.py [--rounds 5]`.

Everything runs in a clone, under names and on ports of its own, and is removed afterwards. Times are medians, and
mean something only on a machine that has nothing else to do.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))

import httpx

from tests import homes, machine
from tests.compose import ComposeHome, compose_home
from tests.services import until

MB, MIB = 1_000_000, 1024 * 1024

REQUESTS = 2000
READERS = 8

TEMPLATE = "app/wiki/templates/wiki/login.html"
CODE = "app/wiki/views/health.py"
STYLES = "app/wiki/static/wiki/wiki.css"


@dataclass(frozen=True)
class Figure:
    """What was measured, once a round; a budget of None is one that nobody has set."""

    what: str
    rounds: list[float]
    unit: str
    budget: float | None

    def line(self) -> str:
        spread = f"{min(self.rounds):.3g} to {max(self.rounds):.3g}" if len(self.rounds) > 1 else ""
        budget = f"{self.budget:g} {self.unit}" if self.budget is not None else ""
        over = "OVER" if self.budget is not None and median(self.rounds) > self.budget else ""
        return f"{self.what:<52}{median(self.rounds):>8.3g} {self.unit:<4}{budget:>9}  {spread:<15}{over}".rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(description="What the homes take on this machine, each beside its budget.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each time is taken (5)")
    rounds = parser.parse_args().rounds
    if not machine.docker_answers():
        docker = machine.PARTS["docker"]
        sys.exit(f"bench: {docker.missing}\nhint: {docker.enable}")
    print(surroundings(), flush=True)
    homes.build()
    with compose_home() as home:
        for figure in figures(home, rounds):
            print(figure.line(), flush=True)
    print(f"load average at the end: {load()}")


def surroundings() -> str:
    engine = homes.engine().version()["Version"]
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Docker {engine}, load average {load()}\n\n"
        f"{'':<52}{'here':>8} {'':<4}{'budget':>9}  rounds"
    )


def load() -> str:
    return ", ".join(f"{average:.1f}" for average in os.getloadavg())


def figures(home: ComposeHome, rounds: int) -> Iterator[Figure]:
    """In an order in which one leaves the home as the next needs it."""
    yield Figure("image above its base", [homes.size_above_base() / MB], "MB", 120)
    yield Figure("rebuild, a line of a template (classic builder)", rebuilds(home, TEMPLATE, rounds), "s", 1.7)
    yield Figure("rebuild, a line of Python (classic builder)", rebuilds(home, CODE, rounds), "s", 1.7)
    starts = [start(home) for _ in range(rounds)]
    yield Figure("docker compose up --wait, empty volumes", [started for started, _ in starts], "s", 8)
    yield Figure("the first page after it", [page * 1000 for _, page in starts], "ms", None)
    web = home.container("web")
    yield Figure("memory of web at rest", [homes.memory_in_use(web) / MIB], "MiB", 150)
    visit(home)
    yield Figure(f"memory of web after {REQUESTS:,} requests", [homes.memory_in_use(web) / MIB], "MiB", None)
    yield Figure("docker stop of web, exit 0", [stop(home) for _ in range(rounds)], "s", 1)
    home.up()
    with watching(home):
        yield Figure("watch, a line of a template to the page", brought(home, template, rounds), "s", 3)
        yield Figure("watch, a line of Python to the page", brought(home, code, rounds), "s", 3)
        yield Figure("watch, a line of CSS to the page (a rebuild)", brought(home, styles, rounds), "s", 3)


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def rebuilds(home: ComposeHome, file: str, rounds: int) -> list[float]:
    tags = [f"{home.project}:rebuilt-{number}" for number in range(rounds + 1)]
    # The first finds all layers but the clone's own there, and is not counted.
    times = [rebuild(home.folder, file, tag) for tag in tags]
    for tag in tags:
        homes.engine().images.remove(tag)
    return times[1:]


def rebuild(folder: Path, file: str, tag: str) -> float:
    add_line(folder / file)
    return seconds(lambda: homes.build(tag=tag, context=folder))


def add_line(file: Path) -> str:
    """Adds one that means nothing, and is unlike any before."""
    mark = f"edited-{time.time_ns()}"
    around = {".html": "{mark}", ".py": "# {mark}", ".css": ".{mark} {{ color: red }}"}[file.suffix]
    file.write_text(f"{file.read_text()}{around.format(mark=mark)}\n")
    return mark


def start(home: ComposeHome) -> tuple[float, float]:
    """Seconds until `up --wait` returns, and then until the page is there."""
    home.compose("down", "--volumes", "--timeout", "5")
    began = time.perf_counter()
    done = home.compose("up", "--detach", "--wait")
    started = time.perf_counter() - began
    assert done.returncode == 0, done.stderr
    with httpx.Client() as reader:
        return started, seconds(lambda: reader.get(home.url).raise_for_status())


def visit(home: ComposeHome) -> None:
    """Readers who look at pages, a photo's address and a stylesheet, and sometimes for what isn't there."""
    paths = ["/", "/wiki/welcome", "/history/welcome", "/login", stylesheet(home), "/wiki/not-there", "/readyz"]

    def read(reader: int) -> None:
        with httpx.Client(base_url=home.url, timeout=60) as client:
            for number in range(REQUESTS // READERS):
                assert client.get(paths[(reader + number) % len(paths)]).status_code in (200, 404)

    with ThreadPoolExecutor(READERS) as people:
        list(people.map(read, range(READERS)))


def stylesheet(home: ComposeHome) -> str:
    page = home.page()
    start = page.find("/static/wiki/wiki.")
    return page[start : page.find('"', start)]


def stop(home: ComposeHome) -> float:
    home.up()
    web = home.container("web")
    took = seconds(lambda: subprocess.run(["docker", "stop", web.id], stdout=subprocess.DEVNULL, check=True))
    web.reload()
    assert web.attrs["State"]["ExitCode"] == 0
    return took


@contextmanager
def watching(home: ComposeHome) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with home.watching(log):
            until(lambda: "Watch enabled" in log.read_text(), 30, "watch is at work")
            yield


# An edit, and whether the page that it changes shows it.
Edit = Callable[[ComposeHome], Callable[[], bool]]


def brought(home: ComposeHome, edit: Edit, rounds: int) -> list[float]:
    return [bring(home, edit) for _ in range(rounds)]


def bring(home: ComposeHome, edit: Edit) -> float:
    # Compose gathers the changes of half a second, and one round's are not the next one's.
    time.sleep(1)
    shows = edit(home)
    return seconds(lambda: until(shows, 120, "the edit shows"))


def template(home: ComposeHome) -> Callable[[], bool]:
    file = home.folder / TEMPLATE
    mark = f"Log in at {time.time_ns()}"
    file.write_text(file.read_text().replace("</form>", f"<p>{mark}</p></form>", 1))
    return lambda: mark in home.page("/login")


def code(home: ComposeHome) -> Callable[[], bool]:
    file = home.folder / CODE
    mark = f"ok at {time.time_ns()}"
    file.write_text(file.read_text().replace('HttpResponse("ok', f'HttpResponse("{mark}, ok', 1))
    return lambda: mark in home.page("/healthz")


def styles(home: ComposeHome) -> Callable[[], bool]:
    mark = add_line(home.folder / STYLES)
    return lambda: mark in home.page(stylesheet(home))


if __name__ == "__main__":
    main()
