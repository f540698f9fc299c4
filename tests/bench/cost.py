"""Requests per second and CPU per request, our pages and the floor in turns."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import config

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Target:
    """One page of one server, and what was measured of it round by round."""

    name: str
    pid: int
    job: dict[str, Any]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """Median CPU of the server process per request."""
        return statistics.median(self.costs)

    @property
    def rate(self) -> float:
        """Median requests per second."""
        return statistics.median(self.rates)

    @property
    def wait_ms(self) -> float:
        """Median of the rounds' median waits over one connection."""
        return statistics.median(self.waits)


def cpu_seconds(pid: int) -> float:
    """Return the CPU a process has used so far (user and system, all threads)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid: int) -> tuple[float, float]:
    """Return (proportional, resident) memory of a process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:] if "kB" in line}
    return found["Pss"], found["Rss"]


def send(job: dict[str, Any]) -> dict[str, Any]:
    """Run the load generator once: `tests.bench.load`, or the one that the job names as its program."""
    done = subprocess.run(
        [sys.executable, "-m", job.get("program", "tests.bench.load")],
        input=json.dumps(job), capture_output=True, text=True, check=True, cwd=config.ROOT,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout)
    if result["bad"]:
        print(
            f"!! {job.get('path', 'answers')}: {result['bad']:.0f} of {result['requests']:.0f} answers were not 200",
            file=sys.stderr,
        )
    return result


def measure(targets: Sequence[Target], rounds: int, seconds: float) -> None:
    """Measure all targets in turns, so that a noisy moment hits all of them."""
    for target in targets:
        send(target.job | {"connections": 4, "seconds": min(1.0, seconds)})
    for _ in range(rounds):
        for target in targets:
            before = cpu_seconds(target.pid)
            many = send(target.job | {"connections": 16, "seconds": seconds})
            target.costs.append(1000 * (cpu_seconds(target.pid) - before) / max(1, many["requests"]))
            target.rates.append(many["requests"] / many["seconds"])
            target.waits.append(send(target.job | {"connections": 1, "seconds": seconds / 3})["p50_ms"])
