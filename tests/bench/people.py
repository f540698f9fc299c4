"""Learners in any number who sit before the same questions, signed in, and what the database holds of their answers."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from tests.journeys.answering import right_fields
from tests.support.cast import COURSE
from tests.support.live import Learner, Live
from training.accounts import session as cookies
from training.accounts.models import Person, Scope, UserSession
from training.accounts.rules import OWN_PHONE_LASTS
from training.accounts.secrets import digest, new_token
from training.core import clock
from training.core.db import db, unit_of_work
from training.core.ids import new_id
from training.enrolment.models import Enrolment
from training.journal.actions import Origin
from training.journal.models import EntryKind, JournalEntry
from training.quizzes.actions import start_attempt
from training.quizzes.models import Answer, Attempt

QUIZ = "final"
Receipt = Sequence[Any]


@dataclass(frozen=True)
class Sitting:
    """One learner with an open quiz: where answers go, what a request carries."""

    attempt_id: uuid.UUID
    path: str
    cookie: str
    token: str


@dataclass(frozen=True)
class Room:
    """All of them; `answers` holds the fields of an answer for each question."""

    sittings: list[Sitting]
    answers: list[list[tuple[str, str]]]

    def job(self, port: int, count: int | None = None) -> dict[str, Any]:
        """Return what the generator must know of the first `count` of them."""
        chosen = [asdict(sitting) for sitting in self.sittings[:count]]
        learners = [{name: one[name] for name in ("path", "cookie", "token")} for one in chosen]
        return {"program": "tests.bench.crowd", "port": port, "learners": learners, "answers": self.answers}


def seat(live: Live, learner: Learner, count: int) -> Room:
    """Begin the quiz as `learner` and let `count` others sit before the same questions, with sessions of their own."""
    with live.app.app_context():
        with unit_of_work():
            model = start_attempt(learner.id, COURSE, QUIZ, Origin(new_id()))
            person, place = (
                db.session.get_one(Person, learner.id),
                db.session.get_one(Enrolment, model.enrolment_id),
            )
            people = _copied(person, [{"phone": None, "card_code": f"B{n:06d}"} for n in range(count)])
            places = _copied(place, [{"person_id": one} for one in people])
            attempts = [new_id() for _ in people]
            owners = zip(attempts, people, places, strict=True)
            _copied(model, [{"id": a, "person_id": p, "enrolment_id": e} for a, p, e in owners])
            tokens = _open_sessions(people)
            answers = [_fields(key, number) for number, key in enumerate(model.question_keys, 1)]
        db.session.remove()
    sittings = [_sitting(live.app, person, a, token) for a, token in zip(attempts, tokens, strict=True)]
    return Room(sittings, answers)


def _copied(row: Any, changes: list[dict[str, Any]]) -> list[Any]:
    """Insert copies of a row with other values; return their ids in the same order."""
    table = row.__table__
    kept = {c.name: getattr(row, c.name) for c in table.columns if c.name != "id" and c.computed is None}
    statement = sa.insert(type(row)).returning(type(row).id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, [kept | change for change in changes]))


def _open_sessions(people: Sequence[int]) -> list[str]:
    tokens = [new_token() for _ in people]
    ends = clock.now() + OWN_PHONE_LASTS
    common = {"scope": Scope.LEARNER, "is_own_phone": True, "expires_at": ends}
    rows = [
        {"person_id": person, "token_digest": digest(token), **common}
        for person, token in zip(people, tokens, strict=True)
    ]
    db.session.execute(sa.insert(UserSession), rows)
    return tokens


def _fields(key: str, number: int) -> list[tuple[str, str]]:
    found = right_fields(key, f"answer-{number}")
    return [(name, value) for name, values in found.items() for value in values]


def _sitting(app: Flask, person: Person, attempt_id: uuid.UUID, token: str) -> Sitting:
    with app.test_request_context():
        cookies.remember(session, person, token, is_own_phone=True)
        csrf = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    return Sitting(attempt_id, f"/quizzes/attempts/{attempt_id}/answers", cookie, csrf)


def lost_and_doubled(app: Flask, room: Room, receipts: Sequence[Receipt]) -> tuple[int, int]:
    """Compare receipts with the database: each must be in the journal once, and the newest of a question must count.

    Args:
        app: on the server's database.
        room: who answered.
        receipts: (entry id, learner, question, sequence) as the generator had them acknowledged.

    Returns:
        How many are lost, how many are there more than once.
    """
    subjects = {f"attempt:{sitting.attempt_id}": place for place, sitting in enumerate(room.sittings)}
    saved = sa.select(JournalEntry.id, JournalEntry.subject, JournalEntry.payload)
    with app.app_context():
        entries = db.session.execute(saved.where(JournalEntry.kind == EntryKind.ANSWER_SAVED)).all()
        answers = db.session.execute(sa.select(Answer.attempt_id, Answer.question_key, Answer.sequence)).all()
        order = db.session.get_one(Attempt, room.sittings[0].attempt_id).question_keys
        db.session.remove()
    ours = [
        (entry.id, subjects[entry.subject], entry.payload) for entry in entries if entry.subject in subjects
    ]
    kept = {(str(entry), place, order.index(p["question"]) + 1, p["sequence"]) for entry, place, p in ours}
    lost = sum(tuple(receipt) not in kept for receipt in receipts)
    copies = Counter((place, sequence) for _entry, place, _number, sequence in kept)
    copies.update(Counter((attempt, key, "answer") for attempt, key, _sequence in answers))
    present = {(attempt, key): sequence for attempt, key, sequence in answers}
    for place, number, sequence in _newest(receipts):
        lost += present.get((room.sittings[place].attempt_id, order[number - 1]), -1) < sequence
    return lost, sum(found - 1 for found in copies.values())


def _newest(receipts: Sequence[Receipt]) -> list[tuple[int, int, int]]:
    newest: dict[tuple[int, int], int] = {}
    for _entry, place, number, sequence in receipts:
        newest[place, number] = max(sequence, newest.get((place, number), 0))
    return [(place, number, sequence) for (place, number), sequence in newest.items()]
