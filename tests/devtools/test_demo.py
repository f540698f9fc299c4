"""The demo province: the same every time, correct in the eyes of the nightly checks, and open to its visitors."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.devtools.bare import empty
from tests.support import databases
from tests.support.page import Client
from training.accounts.models import Person, Post
from training.core.db import db
from training.devtools import demo
from training.devtools.cli import demo as commands
from training.devtools.province import FILLED, read_communes
from training.enrolment.models import Enrolment
from training.enrolment.verification import list_differences as enrolment_differences
from training.journal.models import JournalEntry, Mode
from training.org.models import Unit
from training.quizzes.models import Attempt
from training.quizzes.verification import list_differences as quiz_differences


@pytest.fixture(scope="module")
def loaded(shared_app: Flask) -> Iterator[Flask]:
    """The demo instead of the cast, for all tests of this module; undone at the end."""
    with shared_app.app_context(), databases.undone():
        empty()
        assert demo.is_empty()
        assert demo.load()
        yield shared_app


def story() -> list[Any]:
    """Return what the demo tells, without keys that the database counts."""
    people = sa.select(Person.full_name, Person.phone, Person.card_code, Person.username, Person.text_size)
    posts = (
        sa.select(Post.kind, Post.started_on, Unit.name).join(Unit, Unit.id == Post.unit_id).order_by(Post.id)
    )
    learned = sa.select(
        Person.full_name, Enrolment.started_at, Enrolment.passed_at, Enrolment.done_count, Enrolment.mode
    ).join(Person, Person.id == Enrolment.person_id)
    told: list[Any] = [db.session.execute(people.order_by(Person.id)).all()]
    told.append(db.session.execute(posts).all())
    told.append(db.session.execute(learned.order_by(Enrolment.id)).all())
    told.append(
        db.session.execute(sa.select(JournalEntry.id, JournalEntry.mode).order_by(JournalEntry.id)).all()
    )
    attempts = sa.select(Attempt.id, Attempt.seed, Attempt.points, Attempt.handed_in_at)
    told.append(db.session.execute(attempts.order_by(Attempt.id)).all())
    return told


def count(model: type[Any], *conditions: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


def test_the_list_of_communes_is_complete() -> None:
    rows = list(read_communes())
    assert len(rows) == 124 == len({row["code"] for row in rows})
    assert {filled.code for filled in FILLED} <= {row["code"] for row in rows}


def test_two_loads_tell_the_same_story(loaded: Flask) -> None:
    first = story()
    empty()
    assert "not loaded" in loaded.test_cli_runner().invoke(commands, ["sign-ins"]).output
    assert demo.load()
    assert story() == first


def test_a_second_load_changes_nothing(loaded: Flask) -> None:
    before = story()
    assert not demo.load()
    assert story() == before


def test_the_nightly_checks_find_nothing(loaded: Flask) -> None:
    assert list(enrolment_differences()) == []
    assert list(quiz_differences()) == []


def test_every_state_and_every_way_of_learning_is_there(loaded: Flask) -> None:
    passed, finished, started = Enrolment.passed_at, Enrolment.finished_at, Enrolment.started_at
    assert count(Enrolment, passed.is_not(None)) > 10
    assert count(Enrolment, passed.is_(None), finished.is_not(None)) > 2
    assert count(Enrolment, finished.is_(None), started.is_not(None)) > 5
    assert count(Enrolment, started.is_(None)) > 5
    assert count(Enrolment, Enrolment.withdrawn_at.is_not(None)) >= 1
    assert set(db.session.scalars(sa.select(JournalEntry.mode).distinct())) == set(Mode)
    assert count(JournalEntry, JournalEntry.mode != Mode.PHONE, JournalEntry.entered_by_id.is_(None)) == 0
    assert count(Attempt, Attempt.handed_in_at.is_(None)) >= 1


def test_every_sign_in_that_is_told_opens_the_door(loaded: Flask) -> None:
    assert demo.list_sign_ins()
    for sign_in in demo.list_sign_ins():
        secret = "pin" if sign_in.where == "/sign-in" else "password"
        Client(loaded).post(sign_in.where, {"name": sign_in.name, secret: sign_in.secret}, expect=303)


def test_sign_ins_are_told_as_table_and_as_json(loaded: Flask) -> None:
    runner = loaded.test_cli_runner()
    told = json.loads(runner.invoke(commands, ["sign-ins", "--json"]).output)
    assert [entry["name"] for entry in told] == [s.name for s in demo.SIGN_INS]
    assert "quantri" in runner.invoke(commands, ["sign-ins"]).output
