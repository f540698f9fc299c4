"""The load generator: keep-alive connections in threads, in a process of its own.

Reads one job as JSON from its standard input and writes the result: {"requests", "seconds", "p50_ms", "p99_ms", "bad"}.
"""

import json
import statistics
import sys
import threading
import time
import uuid
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode


class Runner:
    """Sends one kind of request over several connections until the time is over."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.times: list[float] = []
        self.bad = 0
        self.lock = threading.Lock()

    def run(self) -> dict[str, float]:
        """Return the figures of one round."""
        began = time.perf_counter()
        end = began + self.job["seconds"]
        threads = [
            threading.Thread(target=self._connect, args=(end,)) for _ in range(self.job["connections"])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        ordered = sorted(self.times) or [0.0]
        return {
            "requests": len(self.times),
            "seconds": seconds,
            "p50_ms": 1000 * statistics.median(ordered),
            "p99_ms": 1000 * ordered[int(0.99 * (len(ordered) - 1))],
            "bad": self.bad,
        }

    def _connect(self, end: float) -> None:
        connection = HTTPConnection("127.0.0.1", self.job["port"], timeout=30)
        times: list[float] = []
        bad = 0
        while (began := time.perf_counter()) < end:
            try:
                connection.request(self.job["method"], self.job["path"], self._body(), self.job["headers"])
                reply = connection.getresponse()
                reply.read()
            except (OSError, HTTPException):
                connection.close()
                bad += 1
                time.sleep(0.05)
                continue
            times.append(time.perf_counter() - began)
            bad += reply.status != 200
        with self.lock:
            self.times += times
            self.bad += bad

    def _body(self) -> str | None:
        if self.job["method"] == "GET":
            return None
        return urlencode(self.job["fields"] | {"entry_id": str(uuid.uuid4())})


if __name__ == "__main__":
    json.dump(Runner(json.load(sys.stdin)).run(), sys.stdout)
