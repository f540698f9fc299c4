"""Phones that stall must never stop another: the real server, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import config

STALLED = 20
ORDINARY = 10
SECONDS = 5.0

pytestmark = pytest.mark.concurrent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, data_dir: Path, **changes: str) -> "subprocess.Popen[str]":
    environ = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environ |= {"PORT": str(port), "DATA_DIR": str(data_dir), "HOST": "127.0.0.1"} | changes
    return subprocess.Popen(
        [sys.executable, "-m", "training.serving"],
        cwd=config.ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if not changes else subprocess.PIPE,
        text=True,
    )


def wait_until_ready(port: int) -> None:
    for _ in range(300):
        try:
            fetch(port, timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start within 30 s")


def fetch(port: int, timeout: float = SECONDS) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=timeout) as answer:
        answer.read()
        return int(answer.status)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    chosen = free_port()
    process = start(chosen, tmp_path_factory.mktemp("served"))
    try:
        wait_until_ready(chosen)
        yield chosen
    finally:
        process.terminate()
        process.communicate(timeout=20)


def silent(connection: socket.socket) -> None:
    """Open a connection and say nothing."""


def half_a_header(connection: socket.socket) -> None:
    connection.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Part")


def half_a_body(connection: socket.socket) -> None:
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n"
    connection.sendall(head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname=09")


def never_reading(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    connection.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50)


def idle_keep_alive(connection: socket.socket) -> None:
    connection.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
    assert connection.recv(1) == b"H"


@pytest.mark.parametrize("stall", [silent, half_a_header, half_a_body, never_reading, idle_keep_alive])
def test_stalled_phones_leave_the_others_served(port: int, stall: Callable[[socket.socket], None]) -> None:
    with ExitStack() as held:
        for _ in range(STALLED):
            stall(held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)))
        for _ in range(ORDINARY):
            began = time.monotonic()
            assert fetch(port) == 200
            assert time.monotonic() - began < SECONDS


def test_a_body_above_the_limit_is_refused_by_the_program(port: int) -> None:
    length = 1024 * 1024 + 1
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        head = f"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n"
        connection.sendall(head.encode() + b"x" * length)
        assert connection.recv(100).split(b" ")[1] in (b"400", b"413")


def test_a_port_in_use_is_told_in_one_line(port: int, tmp_path: Path) -> None:
    process = start(port, tmp_path, LANG="C.UTF-8")
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert err.count("\n") == 1 and f":{port}" in err and "PORT=" in err


def test_a_setting_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    process = start(free_port(), tmp_path, THREADS="many")
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert err.count("\n") == 1 and "THREADS" in err


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_stopping_is_quick_and_clean(name: str, tmp_path: Path) -> None:
    chosen = free_port()
    process = start(chosen, tmp_path)
    wait_until_ready(chosen)
    with socket.create_connection(("127.0.0.1", chosen)):
        process.send_signal(getattr(signal, name))
        process.communicate(timeout=10)
    assert process.returncode == 0


def test_the_second_start_finds_everything_in_place(tmp_path: Path) -> None:
    for _ in range(2):
        chosen = free_port()
        process = start(chosen, tmp_path)
        began = time.monotonic()
        wait_until_ready(chosen)
        took = time.monotonic() - began
        process.terminate()
        process.communicate(timeout=10)
    assert took < 10
