"""Saving answers: what one costs, how many a second, at a fixed rate, and when everybody answers at once.

On SQLite and on PostgreSQL (TEST_DATABASE_URL), each beside a bare endpoint that does one durable write.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import cost, database, people
from tests.bench.floor import bare, bare_targets
from tests.bench.visitor import FORM
from tests.support import databases
from tests.support.cast import read
from tests.support.live import Live, with_cast
from training.core.ids import new_id

Row = tuple[str, str, str]
KINDS = ("sqlite", "postgresql")
RATE = 200  # answers a second
LINES = 200  # connections at most


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds and seconds of load, learners and seconds at the fixed rate, people at once."""

    rounds: int
    seconds: float
    steady: int
    steady_seconds: int
    at_once: int


QUICK, WHOLE = Size(1, 0.5, 10, 1, 20), Size(5, 2.0, 60, 20, 2_000)


def rows(data_dir: Path, is_quick: bool) -> list[Row]:
    """Measure on both databases; one without PostgreSQL says so."""
    found: list[Row] = []
    for kind in KINDS:
        if kind == "postgresql" and not os.environ.get("TEST_DATABASE_URL"):
            found.append((f"answers on {kind}", "not measured", databases.REMEDY))
            continue
        place = data_dir / f"answers-{kind}"
        place.mkdir()
        with (
            databases.fresh(kind, place, _missing) as ours,
            databases.fresh(kind, place / "bare", _missing) as theirs,
        ):
            # SQLite's own file names keep the two apart.
            addresses = ("", "") if kind == "sqlite" else (ours, theirs)
            found += _rows_on(kind, place, addresses, QUICK if is_quick else WHOLE)
    return found


def _missing(what: str, remedy: str) -> None:
    raise AssertionError(f"{what}: {remedy}")


def _rows_on(kind: str, place: Path, addresses: tuple[str, str], size: Size) -> list[Row]:
    with with_cast(place, addresses[0]) as live, bare(place, addresses[1]) as floor:
        with live.app.app_context():
            na_sang = read().na_sang
        room = people.seat(live, live.learner(na_sang), size.at_once)
        port = int(live.address.rsplit(":", 1)[1])
        found = _costs(live, floor, room.job(port, size.steady), size)
        steady = {"rate": RATE, "count": RATE * size.steady_seconds, "connections": min(LINES, size.steady)}
        what = f"{RATE} answers/s for {size.steady_seconds} s, {size.steady} learners"
        found.append(_crowd(what, live, room, room.job(port, size.steady) | steady))
        once = {"rate": 0, "count": size.at_once, "connections": min(LINES, size.at_once)}
        found.append(_crowd(f"{size.at_once:,} learners answer at once", live, room, room.job(port) | once))
    return [(f"{kind}: {name}", figure, more) for name, figure, more in found]


def _costs(
    live: Live, floor: "tuple[int, subprocess.Popen[bytes]]", job: dict[str, Any], size: Size
) -> list[Row]:
    """Measure a saved answer, a bare durable write and a bare page in turns."""
    port, process = floor
    write = {"port": port, "method": "POST", "path": "/saves", "fields": {"answer": "a"}}
    page = next(t for t in bare_targets(port, process) if t.name == "bare signed-in page")
    bare_write = cost.Target("bare durable write", process.pid, write | {"headers": FORM})
    save = cost.Target("save an answer", live.process.pid, job)
    # Before the load: afterwards its sequences would be the newer ones, which costs a look at them.
    statements = _statements(live, job)
    cost.measure([page, bare_write, save], size.rounds, size.seconds)
    found = [
        (
            target.name,
            f"{target.cpu_ms:.2f} ms CPU",
            f"{target.cpu_ms / page.cpu_ms:.2f} × bare signed-in · {target.cpu_ms / bare_write.cpu_ms:.2f} × bare write"
            f" · {target.rate:,.0f}/s at saturation · one at a time {target.wait_ms:.2f} ms",
        )
        for target in (page, bare_write, save)
    ]
    return [
        *found,
        ("SQL statements: save an answer", str(statements), "BEGIN and COMMIT not counted"),
    ]


def _statements(live: Live, job: dict[str, Any]) -> int:
    """Return how many SQL statements one saved answer takes once the program is warm."""
    learner, client = job["learners"][0], live.app.test_client(use_cookies=False)
    for sequence in ("1", "2"):
        ids = {"csrf_token": learner["token"], "entry_id.1": str(new_id()), "sequence.1": sequence}
        fields = ids | dict(job["answers"][0])
        with database.counted(live.app) as statements:
            reply = client.post(learner["path"], data=fields, headers={"Cookie": learner["cookie"]})
        assert reply.status_code == 200, f"{learner['path']} answers {reply.status_code}"
    return sum(not statement.startswith("BEGIN") for statement in statements)


def _crowd(what: str, live: Live, room: people.Room, job: dict[str, Any]) -> Row:
    """Let the crowd answer, then look into the database for every receipt."""
    before = cost.cpu_seconds(live.process.pid)
    result = cost.send(job)
    busy = (cost.cpu_seconds(live.process.pid) - before) / result["seconds"]
    lost, doubled = people.lost_and_doubled(live.app, room, result["receipts"])
    done = len(result["receipts"])
    more = (
        f"p99 {result['p99_ms']:,.0f} · worst {result['worst_ms']:,.0f} ms · {done:,} receipts in {result['seconds']:.1f} s"
        f" · errors {result['bad']}, lost {lost}, doubled {doubled} · server used {busy:.2f} cores, generator {result['cpu']:.2f}"
    )
    return what, f"p50 {result['p50_ms']:,.1f} ms", more
