"""Answering questions in a browser: which option is right is looked up beside the page."""

import uuid

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import func, select

from tests.support.cast import COURSE
from training.activities.questions.registry import kind_of
from training.catalogue.queries import get_current_revision
from training.core.db import db
from training.journal.models import EntryKind, JournalEntry
from training.quizzes import queries
from training.quizzes.models import Answer, Attempt


def keys_of(app: Flask, attempt_id: str) -> list[str]:
    """Return the questions of an attempt in their order."""
    with app.app_context():
        keys = list(db.session.get_one(Attempt, uuid.UUID(attempt_id)).question_keys)
        db.session.remove()
    return keys


def right_values(key: str) -> list[str]:
    """Return the values of the inputs that are right."""
    question = get_current_revision(COURSE).question(key)
    response = kind_of(question.kind).correct_response(question)
    return [str(r) for r in response] if isinstance(response, list) else [str(response)]


def choose_right(app: Flask, page: Page, key: str) -> None:
    """Choose the right answer of the question that is shown."""
    with app.app_context():
        values = right_values(key)
        db.session.remove()
    for value in values:
        page.locator(f'#answer input[value="{value}"]').check()


def choose(page: Page, name: str, place: int) -> None:
    """Choose the option at `place`, counted from 0, right or wrong."""
    page.locator(f'#answer input[name="{name}"]').nth(place).check()


def answers(app: Flask, attempt_id: str) -> dict[str, Answer]:
    """Return what the server holds now, by question."""
    with app.app_context():
        kept = dict(queries.list_answers(uuid.UUID(attempt_id)))
        db.session.remove()
    return kept


def count_saves(app: Flask, person_id: int) -> int:
    """Return how many saved answers the journal has of a person, repeats of one question included."""
    wanted = (JournalEntry.person_id == person_id, JournalEntry.kind == EntryKind.ANSWER_SAVED)
    with app.app_context():
        count = db.session.scalar(select(func.count()).select_from(JournalEntry).where(*wanted))
        db.session.remove()
    return int(count or 0)
