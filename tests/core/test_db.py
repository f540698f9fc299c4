"""Promises of the database layer."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.cast import Cast
from training.core import clock
from training.core.db import UtcDateTime, db, insert_once, unit_of_work
from training.core.ids import new_id
from training.journal.models import JournalEntry


def entry(cast: Cast) -> dict[str, object]:
    """Return a row of the journal."""
    return {
        "id": new_id(),
        "person_id": cast.elder.id,
        "kind": "lesson_done",
        "subject": "test",
        "payload": {"item": "x"},
        "mode": "phone",
        "received_at": clock.now(),
    }


def test_a_row_is_inserted_once_and_every_later_time_is_told_so(app: Flask, cast: Cast) -> None:
    row = entry(cast)
    told = [insert_once(JournalEntry.__table__, row) for _ in range(8)]  # type: ignore[arg-type]
    assert told == [True] + [False] * 7
    query = select(func.count()).where(JournalEntry.id == row["id"])
    assert db.session.scalar(query) == 1


def test_different_rows_are_all_inserted(app: Flask, cast: Cast) -> None:
    assert all(insert_once(JournalEntry.__table__, entry(cast)) for _ in range(8))  # type: ignore[arg-type]


def test_a_unit_of_work_that_fails_leaves_nothing(own_app: Flask) -> None:
    with own_app.app_context():
        person_id = db.session.scalar(select(func.min(JournalEntry.person_id)))
        with pytest.raises(RuntimeError), unit_of_work():
            db.session.execute(JournalEntry.__table__.delete())  # type: ignore[attr-defined]
            raise RuntimeError
        assert db.session.scalar(select(func.min(JournalEntry.person_id))) == person_id
        db.session.remove()


def test_a_time_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="without zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), db.engine.dialect)


def test_a_time_comes_back_as_the_same_moment_in_utc(app: Flask, cast: Cast) -> None:
    there = datetime(2026, 11, 23, 7, 5, tzinfo=timezone(timedelta(hours=7)))
    row = entry(cast) | {"received_at": there}
    insert_once(JournalEntry.__table__, row)  # type: ignore[arg-type]
    kept = db.session.scalar(select(JournalEntry.received_at).where(JournalEntry.id == row["id"]))
    assert kept == there and kept.tzinfo == UTC
