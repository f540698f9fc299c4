"""`make bench`: one table about the real server, a bare one beside it, a real browser and growing numbers of people.

`--quick` takes seconds instead of minutes and proves only that everything still runs. Answers are also saved
on PostgreSQL where TEST_DATABASE_URL names a server on which databases may be created.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import cost, database, journey, saving, wire
from tests.bench.floor import bare, bare_targets
from tests.bench.visitor import Visitor
from tests.support import browser as browsing
from tests.support.cast import COURSE, PASSWORD, read
from tests.support.live import Live, started, with_cast
from training.core.ids import new_id
from training.devtools.province import PASSWORD as DEMO_PASSWORD

Row = tuple[str, str, str]
SCALES = (1_000, 10_000, 100_000)
REPORT = "/reports/completion"


def main() -> int:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--quick", action="store_true", help="only prove that everything runs")
    is_quick = parser.parse_args().quick
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        (data_dir / "live").mkdir()
        with with_cast(data_dir / "live") as live, bare(data_dir) as floor:
            rows += server_rows(live, floor, is_quick)
            rows += browser_rows(live, is_quick)
        rows += saving.rows(data_dir, is_quick)
        rows += start_rows(data_dir / "live", 1 if is_quick else 5)
        rows += scale_rows(data_dir, SCALES[:1] if is_quick else SCALES)
    show(rows)
    return 0


def port_of(live: Live) -> int:
    """Return the port of the real server."""
    return int(live.address.rsplit(":", 1)[1])


def server_rows(live: Live, floor: "tuple[int, subprocess.Popen[bytes]]", is_quick: bool) -> list[Row]:
    """Measure our pages and the floor in turns; then statements and memory."""
    with live.app.app_context():
        people = read()
    learner = live.learner(people.na_sang)
    visitor = Visitor(port_of(live)).sign_in(learner.phone)
    staff = Visitor(port_of(live)).sign_in_staff("xuanvan", PASSWORD)
    targets = [*bare_targets(*floor), *our_targets(live, visitor, staff)]
    cost.measure(targets, *((1, 0.5) if is_quick else (5, 2.0)))
    yardstick = next(t for t in targets if t.name == "bare signed-in page").cpu_ms
    rows = [
        (
            t.name,
            f"{t.cpu_ms:.2f} ms CPU",
            f"{t.cpu_ms / yardstick:.2f} × bare signed-in · {t.rate:,.0f} requests/s · one at a time {t.wait_ms:.2f} ms",
        )
        for t in targets
    ]
    for target in targets[2:]:
        if target.job["method"] == "GET":
            count = database.statements_of(live.app, target.job["headers"], target.job["path"])
            rows.append((f"SQL statements: {target.name}", str(count), ""))
    pss, rss = cost.memory_mb(live.process.pid)
    rows.append(("memory after load", f"{pss:.0f} MB PSS", f"{rss:.0f} MB RSS"))
    return rows


def our_targets(live: Live, visitor: Visitor, staff: Visitor) -> list[cost.Target]:
    """Return our pages: the learner has begun a quiz."""
    question = visitor.post(f"/courses/{COURSE}/quizzes/final/attempts", entry_id=str(new_id()))
    pages = {
        "home": "/",
        "lesson": wire.LESSON,
        "question": question,
        "all questions": question.rsplit("/", 1)[0],
    }
    pid, port = live.process.pid, visitor.port
    get = {"port": port, "method": "GET"}
    return [
        *(cost.Target(n, pid, get | {"path": p, "headers": visitor.headers}) for n, p in pages.items()),
        cost.Target("commune report", pid, get | {"path": REPORT, "headers": staff.headers}),
    ]


def browser_rows(live: Live, is_quick: bool) -> list[Row]:
    """Count bytes in a real browser and wait as a phone on 2G does."""
    program = browsing.find_program()
    if program is None:
        return [("bytes and 2G", "not measured", "install Chromium: sudo apt install chromium")]
    with live.app.app_context():
        people = read()
    learner = live.learner(people.na_sang)
    visitor = Visitor(port_of(live)).sign_in(learner.phone)
    with browsing.opened(program) as browser:
        rows = [
            (what, f"{kilobytes:.1f} KB", f"{requests} requests")
            for what, requests, kilobytes in wire.first_and_next(browser, live.address, visitor.cookies)
        ]
        if not is_quick:
            waits = wire.on_2g(browser, live.address, live.learner(people.na_sang).phone)
            rows += [(f"2G, slow phone: {what}", f"{seconds:.1f} s", "") for what, seconds in waits]
            way = journey.walk(browser, live.address, live.app, live.learner(people.na_sang))
            rows += journey.rows_of(way)
    return rows


def start_rows(data_dir: Path, repeats: int) -> list[Row]:
    """Start the server on a database that is there; the median counts."""
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        with started(data_dir):
            taken.append(time.perf_counter() - began)
    return [
        (
            "start until /healthz answers",
            f"{sorted(taken)[len(taken) // 2]:.2f} s",
            "database there, files cached",
        )
    ]


def scale_rows(data_dir: Path, scales: tuple[int, ...]) -> list[Row]:
    """Measure province totals and report pages as the number of learners grows."""
    rows = []
    for count in scales:
        place = data_dir / str(count)
        app = database.province_of(count, place)
        enrolments, taken = database.totals_ms(app)
        rows.append(
            (f"province totals, {count:,} learners", f"{taken:.1f} ms", f"{enrolments:,} course places")
        )
        with started(place) as (address, _process):
            staff = Visitor(int(address.rsplit(":", 1)[1])).sign_in_staff("ban.tinh", DEMO_PASSWORD)
            rows.append((f"province report page, {count:,} learners", f"{page_ms(staff, REPORT):.0f} ms", ""))
            people = f"{REPORT}/people"
            rows.append((f"province people page, {count:,} learners", f"{page_ms(staff, people):.0f} ms", ""))
    return rows


def page_ms(visitor: Visitor, path: str) -> float:
    """Return the median wait for a page over HTTP."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        visitor.get(path)
        taken.append(1000 * (time.perf_counter() - began))
    return sorted(taken)[2]


def show(rows: list[Row]) -> None:
    """Print the table."""
    wide = [max(len(row[place]) for row in rows) for place in (0, 1)]
    for name, figure, more in rows:
        print(f"{name:<{wide[0]}}  {figure:>{wide[1]}}  {more}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
