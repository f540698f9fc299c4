"""Fresh databases for tests, filled once, and changes that are undone."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

import config
from tests.support import cast
from training.catalogue.actions import publish
from training.content.package import course_folders, read_package
from training.core.db import db, unit_of_work, writing

REMEDY = "set TEST_DATABASE_URL to a PostgreSQL server where databases may be created"
Missing = Callable[[str, str], None]


@contextmanager
def fresh(kind: str, data_dir: Path, missing: Missing) -> Iterator[str]:
    """Give the address of an empty database of this kind; it is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{data_dir / 'test.sqlite3'}"
        return
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        missing("tests on PostgreSQL", REMEDY)
    address = sa.make_url(config.read_database({"DATABASE_URL": server}, data_dir))
    name = f"hocso_test_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()


def fill(app: Flask) -> None:
    """Migrate, publish the real courses, and bring on the cast."""
    with app.app_context():
        upgrade()
        with unit_of_work():
            for folder in course_folders(Path(app.config["COURSES_DIR"])):
                publish(read_package(folder))
            cast.bring_on()
        db.session.remove()


@contextmanager
def undone() -> Iterator[None]:
    """Run the block inside one outer transaction; commits within it end at a savepoint and are rolled back."""
    engines = db.engines
    engine = engines[None]
    with writing():
        connection = engine.connect()
        outer = connection.begin()
    engines[None] = connection  # type: ignore[assignment]
    db.session.remove()
    db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        db.session.remove()
        outer.rollback()
        connection.close()
        engines[None] = engine
        db.session.configure(join_transaction_mode="conditional_savepoint")


def session() -> Session:
    """Return the session of the present context."""
    return db.session()
