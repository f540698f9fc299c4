"""What every test may use: an app on each database, a client that checks every page, the cast."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import config
from tests.support import cast as casting
from tests.support import databases
from tests.support.page import Client
from training.core.db import db
from training.factory import create_app
from training.migrating import attach

REQUIRE_EVERYTHING = os.environ.get("REQUIRE_EVERYTHING") == "1"
_not_run: dict[str, str] = {}


def build_app(database: str, data_dir: Path, **changes: Any) -> Flask:
    """Return an app on `database` (an address) with quick, quiet settings for tests."""
    environ = {"DATA_DIR": str(data_dir), "DATABASE_URL": database, "SECRET_KEY": "t" * 40}
    settings = config.load(environ) | {"TESTING": True, "RATELIMIT_ENABLED": False, "SERVER_NAME": None}
    return attach(create_app(settings | changes))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app per database with today's tables, the cast and the real course; tests roll back what they do."""
    data_dir = tmp_path_factory.mktemp(request.param)
    with databases.fresh(request.param, data_dir, _missing) as address:
        app = build_app(address, data_dir)
        databases.fill(app)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The shared app inside a context whose every change, committed or not, is undone after the test."""
    with shared_app.app_context(), databases.undone():
        yield shared_app


@pytest.fixture
def cast(app: Flask) -> casting.Cast:
    """The people of every story, as this test's database has them."""
    return casting.read()


@pytest.fixture
def client(app: Flask) -> Client:
    """A phone that nobody is signed in on; it checks every page it is shown."""
    return Client(app)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own, for tests with real threads and real commits."""
    with databases.fresh(request.param, tmp_path, _missing) as address:
        app = build_app(address, tmp_path)
        databases.fill(app)
        yield app
        with app.app_context():
            db.engine.dispose()


def _missing(what: str, remedy: str) -> None:
    if REQUIRE_EVERYTHING:
        pytest.fail(f"{what} is needed here: {remedy}")
    _not_run[what] = remedy
    pytest.skip(f"{what}: {remedy}")


@pytest.fixture(scope="session")
def missing() -> Any:
    """Call with (what, remedy) when something this test needs is absent."""
    return _missing


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name what could not run and how to enable it."""
    if _not_run:
        terminalreporter.section("not run on this machine")
        for what, remedy in _not_run.items():
            terminalreporter.line(f"{what} – {remedy}")
