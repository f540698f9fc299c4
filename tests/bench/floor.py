"""Running the floor beside the real server."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import config
from tests.bench import cost
from tests.bench.visitor import Visitor
from tests.support.live import free_port, wait_until_ready


@contextmanager
def bare(data_dir: Path, database: str = "") -> Iterator["tuple[int, subprocess.Popen[bytes]]"]:
    """Run the floor, on SQLite unless `database` is an address; give its port and process."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare", str(data_dir), str(port), database]
    process = subprocess.Popen(command, cwd=config.ROOT)
    try:
        wait_until_ready(port, process)
        yield port, process
    finally:
        process.kill()
        process.wait()


def bare_targets(port: int, process: "subprocess.Popen[bytes]") -> list[cost.Target]:
    """Return the two pages of the floor."""
    visitor = Visitor(port)
    visitor.get("/sign-in")
    job = {"port": port, "method": "GET", "headers": visitor.headers}
    return [
        cost.Target("bare page", process.pid, job | {"path": "/page"}),
        cost.Target("bare signed-in page", process.pid, job | {"path": "/signed-in"}),
    ]
