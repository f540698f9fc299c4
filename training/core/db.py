"""The database: one session, one naming rule, one way to write.

A request, job or command that may write begins with BEGIN IMMEDIATE on SQLite, so that two writers queue
instead of failing half-way; readers never wait. A commit is on the disk before anyone is told
(WAL with synchronous=FULL; PostgreSQL keeps synchronous_commit=on).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, Connection, DateTime, Engine, MetaData, String, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = JSON().with_variant(JSONB(), "postgresql")
# Paths and sort keys must compare byte by byte; PostgreSQL's default collation does not.
PlainText = String().with_variant(String(collation="C"), "postgresql")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_may_write: ContextVar[bool] = ContextVar("may_write", default=False)


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it as whole microseconds since 1970.

    A number takes a third of the room of SQLite's text, which is what a report over all enrolments waits for.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database at hand."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return what is stored; a time without zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        return (value - EPOCH) // MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored moment in UTC."""
        if value is None:
            return None
        if isinstance(value, int):
            return EPOCH + value * MICROSECOND
        moment: datetime = value.astimezone(UTC)
        return moment


def tune(engine: Engine) -> None:
    """Make `engine` keep the promises of this module; harmless on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _may_write.get() else "BEGIN")


@contextmanager
def writing() -> Iterator[None]:
    """Declare that the block may write: its transaction takes the write lock when it begins."""
    token = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Read inside the block without holding the write lock, and let go of the transaction at its end.

    For work that must look something up and then do a slow thing (hash a PIN) before it writes.
    """
    token = _may_write.set(False)
    try:
        yield
        db.session.rollback()
    finally:
        _may_write.reset(token)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction for a job or a command: commits at the end, rolls back on any exception."""
    with writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def insert_many_once(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows in few round trips; those that a unique constraint already holds are passed over."""
    for start in range(0, len(rows), 500):
        batch = [dict(row) for row in rows[start : start + 500]]
        db.session.execute(upserting(table).on_conflict_do_nothing(), batch)


def upserting(table: Table) -> Any:
    """Return the INSERT of the present database's dialect, which knows ON CONFLICT."""
    return _inserting(table, is_postgresql())


def is_postgresql() -> bool:
    """Tell whether the present database is PostgreSQL."""
    return bool(db.session.get_bind().dialect.name == "postgresql")


def _inserting(table: Table, is_for_postgresql: bool) -> Any:
    return postgresql.insert(table) if is_for_postgresql else sqlite.insert(table)


# Built once for each table: it runs with every change of a learner, and building it costs more than running it.
@cache
def _inserting_once(table: Table, is_for_postgresql: bool) -> Any:
    statement = _inserting(table, is_for_postgresql).on_conflict_do_nothing()
    return statement.returning(*table.primary_key.columns)


def insert_once(table: Table, values: Mapping[str, Any]) -> bool:
    """Insert one row unless a unique constraint already holds it; tell whether it was inserted.

    On PostgreSQL this waits for a rival transaction that inserted the same key, so the answer is final.
    """
    # Not `rowcount`: psycopg's is -1 for this statement, which would read as "inserted".
    return db.session.execute(_inserting_once(table, is_postgresql()), dict(values)).first() is not None
