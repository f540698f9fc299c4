"""The program as it runs for real: a process of its own on a port of its own, with a database that tests may look into."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask

import config
from tests.support import databases
from tests.support.cast import PIN
from training.accounts import actions as accounts
from training.accounts.models import PostKind
from training.accounts.secrets import hash_secret
from training.core.db import db, unit_of_work
from training.factory import create_app
from training.migrating import attach
from training.org.models import Unit

SECRET = "t" * 40
READY_SECONDS = 30.0


@dataclass(frozen=True)
class Learner:
    """Somebody made for one story: id, phone to sign in with, name."""

    id: int
    phone: str
    name: str


@dataclass
class Live:
    """A running server: its address, its process, and an app on the same database for looking in."""

    address: str
    process: "subprocess.Popen[bytes]"
    app: Flask
    made: int = 0
    pin_hash: str = field(default_factory=lambda: hash_secret(PIN))

    def learner(self, unit: Unit) -> Learner:
        """Make a secretary in `unit` whom no other story uses; the PIN is the cast's."""
        self.made += 1
        phone, name = f"0911000{self.made:03d}", f"Lương Thử Nghiệm {self.made}"
        with self.app.app_context():
            with unit_of_work():
                place = db.session.get_one(Unit, unit.id)
                person = accounts.create_person(None, name, phone=phone)
                person.pin_hash = self.pin_hash
                accounts.take_post(None, person, place, PostKind.DEPUTY_SECRETARY)
                made = Learner(person.id, phone, name)
            db.session.remove()
        return made


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Ask /healthz until it answers.

    Raises:
        AssertionError: the process ended, or did not answer in time.
    """
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended with status {process.returncode}"
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"no answer from port {port} within {READY_SECONDS:g} s")


@contextmanager
def started(
    data_dir: Path, *arguments: str, **settings: str
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run the production server on `data_dir`; give its address and process, stop it afterwards."""
    port = free_port()
    environ = os.environ | {"DATA_DIR": str(data_dir), "SECRET_KEY": SECRET, "PORT": str(port)} | settings
    command = [sys.executable, "-m", "training.serving", *arguments]
    with (data_dir / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=config.ROOT, env=environ, stdout=log, stderr=log)
        try:
            wait_until_ready(port, process)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def open_app(data_dir: Path, database: str = "", **changes: Any) -> Flask:
    """Return an app on the database a server with this `data_dir` uses: SQLite, unless `database` is an address."""
    settings = config.load({"DATA_DIR": str(data_dir), "SECRET_KEY": SECRET, "DATABASE_URL": database})
    return attach(create_app(settings | changes))


@contextmanager
def with_cast(data_dir: Path, database: str = "") -> Iterator[Live]:
    """Run the production server on a new database with the real courses and the cast; SQLite by default."""
    app = open_app(data_dir, database)
    databases.fill(app)
    with started(data_dir, DATABASE_URL=database) as (address, process):
        yield Live(address, process, app)
    with app.app_context():
        db.engine.dispose()
