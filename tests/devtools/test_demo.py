"""The demo province: the same every time, correct in the eyes of the nightly checks, and open to its visitors."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.page import Client
from training.accounts.models import Person, Post
from training.core.db import db
from training.devtools import demo, load
from training.devtools.cli import demo as commands
from training.devtools.province import FILLED, read_communes
from training.enrolment.models import Enrolment, ItemOutcome
from training.enrolment.verification import list_differences as enrolment_differences
from training.journal.models import JournalEntry, Mode
from training.org.models import Unit
from training.quizzes.models import Attempt
from training.quizzes.verification import list_differences as quiz_differences


def empty() -> None:
    """Take the cast away, so that the demo comes into a database with courses only."""
    kept = {"course", "revision", "revision_file", "media", "alembic_version"}
    for table in reversed(db.metadata.sorted_tables):
        if table.name == "unit":
            db.session.execute(sa.update(table).values(parent_id=None))
        if table.name not in kept:
            db.session.execute(sa.delete(table))
    db.session.expunge_all()


@pytest.fixture
def bare(app: Flask) -> Flask:
    empty()
    return app


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


def test_two_loads_tell_the_same_story(bare: Flask) -> None:
    assert demo.is_empty()
    assert demo.load()
    first = story()
    empty()
    assert demo.load()
    assert story() == first


def test_a_second_load_changes_nothing(bare: Flask) -> None:
    assert demo.load()
    before = story()
    assert not demo.load()
    assert story() == before


def test_the_nightly_checks_find_nothing(bare: Flask) -> None:
    demo.load()
    assert list(enrolment_differences()) == []
    assert list(quiz_differences()) == []


def test_every_state_and_every_way_of_learning_is_there(bare: Flask) -> None:
    demo.load()
    passed, finished, started = Enrolment.passed_at, Enrolment.finished_at, Enrolment.started_at
    assert count(Enrolment, passed.is_not(None)) > 10
    assert count(Enrolment, passed.is_(None), finished.is_not(None)) > 2
    assert count(Enrolment, finished.is_(None), started.is_not(None)) > 5
    assert count(Enrolment, started.is_(None)) > 5
    assert count(Enrolment, Enrolment.withdrawn_at.is_not(None)) >= 1
    assert set(db.session.scalars(sa.select(JournalEntry.mode).distinct())) == set(Mode)
    assert count(JournalEntry, JournalEntry.mode != Mode.PHONE, JournalEntry.entered_by_id.is_(None)) == 0
    assert count(Attempt, Attempt.handed_in_at.is_(None)) >= 1


def test_every_sign_in_that_is_told_opens_the_door(bare: Flask) -> None:
    demo.load()
    assert demo.list_sign_ins()
    for sign_in in demo.list_sign_ins():
        secret = "pin" if sign_in.where == "/sign-in" else "password"
        Client(bare).post(sign_in.where, {"name": sign_in.name, secret: sign_in.secret}, expect=303)


def test_sign_ins_are_told_only_when_the_demo_is_loaded(bare: Flask) -> None:
    runner = bare.test_cli_runner()
    assert "not loaded" in runner.invoke(commands, ["sign-ins"]).output
    demo.load()
    told = json.loads(runner.invoke(commands, ["sign-ins", "--json"]).output)
    assert [entry["name"] for entry in told] == [s.name for s in demo.SIGN_INS]
    assert "quantri" in runner.invoke(commands, ["sign-ins"]).output


def test_many_made_up_people_agree_with_the_completion_rule(bare: Flask) -> None:
    told: list[int] = []
    assert load.load_people(300, told.append) == 300
    assert sum(told) == 300
    assert 100 < count(Unit, Unit.code.like("T%")) <= 1000
    assert list(enrolment_differences()) == []
    assert count(ItemOutcome) > 1000
    assert load.load_people(300) == 0


def test_after_loading_in_bulk_the_database_goes_on_counting(bare: Flask) -> None:
    load.load_people(130)
    person = Person(full_name="Người Mới", sort_key="m", search_key="nguoi moi")
    db.session.add(person)
    db.session.flush()
    assert person.id > 130
