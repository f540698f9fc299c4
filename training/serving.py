"""Starting the program for real: bring the database up to date, publish the courses, serve.

One process with threads behind waitress. It reads each request whole before it gives it to a thread, and buffers
each answer, so that a phone that stalls holds a connection but never a thread.
"""

import argparse
import ctypes
import logging
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from waitress.server import create_server

import config
from training.catalogue.actions import PackageRefused, publish
from training.content.package import course_folders, read_package
from training.core.db import db, unit_of_work
from training.devtools import demo
from training.factory import create_app

HEAD_FILE = config.ROOT / "training" / "migrations" / "HEAD"

# Each open connection costs one file descriptor; the usual limit is 1,024 for the whole process.
CONNECTION_LIMIT = 900
# A phone on 2G may fall silent for half a minute; whatever is silent longer is cut off.
SILENT_SECONDS = 60
CLEANUP_SECONDS = 10
HEADER_BYTES = 32 * 1024
# Above the program's own limit, so that the program answers with its own page.
BODY_MARGIN = 64 * 1024
# How long a stopping server waits for answers on their way.
STOP_SECONDS = 10.0


class CannotStart(Exception):
    """The server cannot start; the text is one line that says why."""


def main(arguments: list[str] | None = None) -> int:
    """Start the server and stay until it is told to stop.

    Args:
        arguments: the command line; `--demo` loads the demo province into a database without units.

    Returns:
        The exit status: 0 after a clean stop, 2 when a setting cannot be used, 1 when anything else is in the way.
    """
    parser = argparse.ArgumentParser(prog="python -m training.serving", description="Serve Học Số.")
    parser.add_argument("--demo", action="store_true", help="load the demo province on the first start")
    wanted = parser.parse_args(arguments)
    return_memory()
    try:
        settings = config.load()
        with listen(settings["HOST"], settings["PORT"]) as entrance:
            app = create_app(settings)
            prepare(app, with_demo=wanted.demo)
            announce(app, entrance)
            serve(app, entrance)
    except config.ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def return_memory() -> None:
    """Have the C library give large blocks back at once: each PIN that is hashed takes 19 MiB for a moment.

    Without this, glibc keeps them after the first use, once for every thread. Elsewhere nothing is done.
    """
    mmap_threshold, one_megabyte = -3, 1024 * 1024
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(mmap_threshold, one_megabyte)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address.

    Raises:
        CannotStart: somebody else listens there, or the address is not ours.
    """
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise CannotStart(
            f"Cannot listen on {host}:{port} ({error.strerror}). Is the program running already? "
            f"Choose another port with PORT=8001."
        ) from error


def prepare(app: Flask, *, with_demo: bool = False) -> None:
    """Bring the database to today's tables and publish what is new in the courses folder.

    Args:
        app: the application.
        with_demo: also load the demo province when there are no units yet.

    Raises:
        CannotStart: the database does not answer, or a course has errors.
    """
    with app.app_context():
        try:
            migrate()
            publish_courses(Path(app.config["COURSES_DIR"]))
        except sa.exc.OperationalError as error:
            reason = str(error.orig).strip().splitlines()[0]
            raise CannotStart(f"The database does not answer: {reason}") from error
        if with_demo and demo.is_empty():
            print("Loading the demo province (first start only) …", flush=True)
            demo.load()
        db.session.remove()


def migrate() -> None:
    """Run the migration steps that are missing; Alembic is not even asked when there are none."""
    if stored_version() == HEAD_FILE.read_text(encoding="utf-8").strip():
        return
    # In a process of its own: Alembic would stay in this one's memory for good.
    command = [sys.executable, "-m", "flask", "--app", "wsgi:app", "db", "upgrade"]
    done = subprocess.run(command, cwd=config.ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise CannotStart(f"The tables cannot be brought up to date: {done.stderr.strip().splitlines()[-1]}")


def stored_version() -> str | None:
    """Return the migration step the database stands at, or None when it is empty."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return version


def publish_courses(folder: Path) -> None:
    """Publish every course that changed.

    Raises:
        CannotStart: the checker found errors in one; `make check-courses` names them all.
    """
    for course in course_folders(folder):
        try:
            with unit_of_work():
                publish(read_package(course))
        except PackageRefused as refusal:
            first = refusal.problems[0]
            raise CannotStart(
                f"{course / first.file}:{first.line}: {first.message} – {first.remedy} "
                f"(see all: flask courses check {course})"
            ) from refusal


def announce(app: Flask, entrance: socket.socket) -> None:
    """Print where the program is, and who may sign in when the demo is loaded."""
    host, port = entrance.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"Học Số: http://{shown}:{port}/   (stop with Ctrl-C)", flush=True)
    with app.app_context():
        for line in demo.sign_in_lines():
            print(line, flush=True)
        db.session.remove()


def options(settings: dict[str, Any]) -> dict[str, Any]:
    """Return waitress's settings for ours."""
    return {
        "threads": settings["THREADS"],
        "connection_limit": CONNECTION_LIMIT,
        "channel_timeout": SILENT_SECONDS,
        "cleanup_interval": CLEANUP_SECONDS,
        "max_request_header_size": HEADER_BYTES,
        "max_request_body_size": settings["MAX_CONTENT_LENGTH"] + BODY_MARGIN,
        "asyncore_use_poll": True,
        "clear_untrusted_proxy_headers": not settings["TRUSTED_PROXIES"],
        "ident": "",
    }


def serve(app: Flask, entrance: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; requests that have begun are answered first."""
    # A queue is normal when a class begins; waitress would write a line for every request in it.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server: Any = create_server(app, sockets=[entrance], **options(app.config))
    is_stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal is_stopping
        is_stopping = True
        server.pull_trigger()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    while not is_stopping:
        turn(server)
    finish(server)


def turn(server: Any) -> None:
    """Let waitress look after its connections once."""
    server.asyncore.loop(timeout=1, map=server._map, use_poll=True, count=1)


def finish(server: Any) -> None:
    """Take nobody new, answer those who are waiting, and leave; one who does not read holds us up a few seconds."""
    server.accepting = False
    server.del_channel()
    server.socket.close()
    turns = int(STOP_SECONDS / 0.1)
    while turns > 0 and any(c.requests or c.total_outbufs_len for c in server.active_channels.values()):
        server.asyncore.loop(timeout=0.1, map=server._map, use_poll=True, count=1)
        turns -= 1
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)


if __name__ == "__main__":
    sys.exit(main())
