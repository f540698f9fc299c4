"""Many learners who answer: a cheap generator of answers over kept connections, in a process of its own.

Reads one job as JSON from its standard input:

- `port`, `connections`;
- `learners`: [{"path", "cookie", "token"}], `answers`: for each question the fields of its answer, [[name, value], …];
- `seconds`: send as fast as replies come, for so long; or `rate` and `count`: so many answers a second, each at its
  moment whether the server keeps up or not (rate 0: all at the same moment).

Writes {"requests", "seconds", "p50_ms", "p99_ms", "worst_ms", "bad", "cpu", "receipts": [[entry id, learner, question, sequence]]}.
With a rate, time is counted from the moment an answer was due, so that a server that stalls cannot hide it.
"""

import asyncio
import json
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

PATIENCE = 60.0  # seconds
# Sequences must grow from run to run of the generator, too: they start from the time, in steps no run outpaces.
STEPS_PER_SECOND = 2_000
SEQUENCES = 10**9


@dataclass(frozen=True, slots=True)
class Shot:
    """One answer: when it is due (None: at once), whose, to which question, and its id and sequence."""

    due: float | None
    learner: int
    number: int
    entry_id: str
    sequence: int


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect, unless it is connected."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and return status and body of the reply."""
        await self.open()
        assert self.reader and self.writer
        self.writer.write(request)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), body

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


class Crowd:
    """Sends the answers of one job."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.times: list[float] = []
        self.receipts: list[tuple[str, int, int, int]] = []
        self.bad = 0

    async def run(self) -> dict[str, Any]:
        """Return the figures."""
        lines = [Line(self.job["port"]) for _ in range(self.job["connections"])]
        await asyncio.gather(*(line.open() for line in lines))
        began = time.perf_counter()
        shots = self._shots(began)
        await asyncio.gather(*(self._work(line, shots) for line in lines))
        seconds = time.perf_counter() - began
        ordered = sorted(self.times) or [0.0]
        return {
            "requests": len(self.times),
            "seconds": seconds,
            "p50_ms": 1000 * statistics.median(ordered),
            "p99_ms": 1000 * ordered[int(0.99 * (len(ordered) - 1))],
            "worst_ms": 1000 * ordered[-1],
            "bad": self.bad,
            "cpu": time.process_time() / seconds,
            "receipts": self.receipts,
        }

    def _shots(self, began: float) -> Iterator[Shot]:
        first = int(time.time() * STEPS_PER_SECOND) % SEQUENCES
        learners, questions = len(self.job["learners"]), len(self.job["answers"])
        rate, end = self.job.get("rate"), began + self.job.get("seconds", 0)
        place = 0
        while place < self.job["count"] if rate is not None else time.perf_counter() < end:
            due = None if rate is None else began + (place / rate if rate else 0)
            # Each round of the crowd turns to the next question.
            number = place // learners % questions + 1
            yield Shot(due, place % learners, number, str(uuid.uuid4()), first + place)
            place += 1

    async def _work(self, line: Line, shots: Iterator[Shot]) -> None:
        for shot in shots:
            began = time.perf_counter()
            if shot.due is not None:
                await asyncio.sleep(max(0.0, shot.due - began))
                began = shot.due
            try:
                status, body = await asyncio.wait_for(line.ask(self._request(shot)), PATIENCE)
            except (OSError, EOFError, TimeoutError):
                line.close()
                self.bad += 1
                continue
            self.times.append(time.perf_counter() - began)
            self._note(shot, status, body)

    def _note(self, shot: Shot, status: int, body: bytes) -> None:
        if status != 200 or len(json.loads(body)["receipts"]) != 1:
            self.bad += 1
        else:
            self.receipts.append((shot.entry_id, shot.learner, shot.number, shot.sequence))

    def _request(self, shot: Shot) -> bytes:
        learner = self.job["learners"][shot.learner]
        fields = [
            ("csrf_token", learner["token"]),
            (f"entry_id.{shot.number}", shot.entry_id),
            (f"sequence.{shot.number}", shot.sequence),
            *self.job["answers"][shot.number - 1],
        ]
        body = urlencode(fields).encode()
        head = (
            f"POST {learner['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {learner['cookie']}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


if __name__ == "__main__":
    json.dump(asyncio.run(Crowd(json.load(sys.stdin)).run()), sys.stdout)
