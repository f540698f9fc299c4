"""Servers compared on the real lesson page: `python -m tests.bench.servers`.

waitress is ours; granian and gunicorn are put into a virtual environment of this run only. Each is measured under load,
then told to reload (or, where it cannot, restarted) while requests keep coming.
"""

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

import config
from tests.bench.cost import memory_mb, send
from tests.bench.visitor import Visitor
from tests.bench.wire import LESSON
from tests.support.cast import read
from tests.support.live import SECRET, free_port, wait_until_ready, with_cast

SECONDS = 4.0
Server = tuple[str, Callable[[Path, int], list[str]], "signal.Signals | None"]
SERVERS: tuple[Server, ...] = (
    ("waitress, 8 threads", lambda _bin, _port: [sys.executable, "-m", "training.serving"], None),
    ("granian, 1 × 4 threads", lambda bin, port: granian(bin, port, 1), signal.SIGHUP),
    ("granian, 2 × 4 threads", lambda bin, port: granian(bin, port, 2), signal.SIGHUP),
    ("gunicorn, 1 × 4 threads", lambda bin, port: gunicorn(bin, port, 1), signal.SIGHUP),
    ("gunicorn, 2 × 4 threads", lambda bin, port: gunicorn(bin, port, 2), signal.SIGHUP),
)


def granian(programs: Path, port: int, workers: int) -> list[str]:
    """Return the command line of granian."""
    return [
        str(programs / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "error", "wsgi:app",
    ]  # fmt: skip


def gunicorn(programs: Path, port: int, workers: int) -> list[str]:
    """Return the command line of gunicorn."""
    return [
        str(programs / "python"), "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", str(workers), "-k", "gthread",
        "--threads", "4", "--log-level", "error", "wsgi:app",
    ]  # fmt: skip


def main() -> int:
    """Compare and print."""
    with tempfile.TemporaryDirectory() as folder:
        programs = install(Path(folder) / "venv")
        (Path(folder) / "live").mkdir()
        with with_cast(Path(folder) / "live") as live:
            with live.app.app_context():
                people = read()
            learner = live.learner(people.na_sang)
            visitor = Visitor(int(live.address.rsplit(":", 1)[1])).sign_in(learner.phone)
        for name, command, reload in SERVERS:
            if programs is None and reload is not None:
                print(f"{name:<24} not measured: granian and gunicorn could not be installed")
                continue
            compare(name, command, reload, programs or Path(), Path(folder) / "live", visitor)
    return 0


def install(folder: Path) -> Path | None:
    """Put the other servers into an environment of their own; return its programs, or None."""
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
    pip = [str(folder / "bin" / "pip"), "-q", "install", "--disable-pip-version-check", "granian", "gunicorn"]
    if made.returncode or subprocess.run(pip, check=False).returncode:
        return None
    return folder / "bin"


def compare(
    name: str, command: Callable[[Path, int], list[str]], reload: "signal.Signals | None",
    programs: Path, data_dir: Path, visitor: Visitor,
) -> None:  # fmt: skip
    """Measure one server and print its line."""
    port = free_port()
    environ = os.environ | {
        "DATA_DIR": str(data_dir), "SECRET_KEY": SECRET, "PORT": str(port), "LOG_LEVEL": "error",
        "PYTHONPATH": f"{config.ROOT}:{sysconfig.get_paths()['purelib']}",
    }  # fmt: skip

    def begin() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command(programs, port), cwd=config.ROOT, env=environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    began = time.perf_counter()
    process = begin()
    wait_until_ready(port, process)
    ready = time.perf_counter() - began
    job = {"port": port, "method": "GET", "path": LESSON, "headers": visitor.headers}
    try:
        send(job | {"connections": 8, "seconds": 1})
        before = cpu_of(process.pid)
        result = send(job | {"connections": 16, "seconds": SECONDS})
        cpu = 1000 * (cpu_of(process.pid) - before) / max(1, result["requests"])
        memory = sum(memory_mb(pid)[0] for pid in family(process.pid))
        timer = threading.Timer(
            1.0, process.terminate if reload is None else lambda: process.send_signal(reload)
        )
        timer.start()
        watcher = threading.Thread(target=lambda: (process.wait(), begin_again()))
        again: list[subprocess.Popen[bytes]] = []

        def begin_again() -> None:
            again.append(begin())

        if reload is None:
            watcher.start()
        during = send(job | {"connections": 4, "seconds": SECONDS})
        if reload is None:
            watcher.join()
            process = again[0]
    finally:
        process.terminate()
        process.wait()
    print(
        f"{name:<24} {result['requests'] / result['seconds']:>5.0f} requests/s  p50 {result['p50_ms']:>5.1f}  "
        f"p99 {result['p99_ms']:>6.1f} ms  {cpu:.2f} ms CPU  {memory:>4.0f} MB PSS  ready {ready:.2f} s  "
        f"{'restart' if reload is None else 'reload'} under load: {during['bad']:.0f} failed of {during['requests']:.0f}",
        flush=True,
    )


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and all below it."""
    return sum(sum(psutil.Process(p).cpu_times()[:2]) for p in family(pid))


if __name__ == "__main__":
    sys.exit(main())
