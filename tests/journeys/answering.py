"""Answering questions in a browser: which option is right is looked up beside the page."""

import re
import uuid

from flask import Flask
from playwright.sync_api import Locator, Page
from sqlalchemy import func, select

from tests.support.cast import COURSE
from training.activities.questions.registry import kind_of
from training.catalogue.queries import get_current_revision, get_revision
from training.core.db import db, unit_of_work
from training.journal.models import EntryKind, JournalEntry
from training.quizzes import queries
from training.quizzes.models import Answer, Attempt


def keys_of(app: Flask, attempt_id: str) -> list[str]:
    """Return the questions of an attempt in their order."""
    with app.app_context():
        keys = list(db.session.get_one(Attempt, uuid.UUID(attempt_id)).question_keys)
        db.session.remove()
    return keys


def right_fields(key: str, name: str = "answer") -> dict[str, list[str]]:
    """Return field name → values of the right answer, as a browser sends them."""
    question = get_current_revision(COURSE).question(key)
    response = kind_of(question.kind).correct_response(question)
    if isinstance(response, dict):
        return {f"{name}.{part}": [str(value)] for part, value in response.items()}
    return {name: [str(r) for r in response] if isinstance(response, list) else [str(response)]}


def shown_number(page: Page) -> int:
    """Return the number of the question that is shown, alone on its page or as one of many."""
    return int(re.split(r"questions/|#question-", page.url)[1])


def controls(page: Page, number: int | None = None) -> Locator:
    """Return the fields of the answer to a question; of the one that is shown by default."""
    name = f"answer-{number or shown_number(page)}"
    return page.locator(f'#answers [name="{name}"]:not([type=image]), #answers [name^="{name}."]')


def choose_right(app: Flask, page: Page, key: str) -> None:
    """Choose the right answer of the question that is shown."""
    with app.app_context():
        fields = right_fields(key, f"answer-{shown_number(page)}")
        db.session.remove()
    for field, values in fields.items():
        control = page.locator(f'#answers [name="{field}"]:not([type=image])').first
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(values[0])
        elif control.get_attribute("type") in ("radio", "checkbox"):
            for value in values:
                page.locator(f'#answers input[name="{field}"][value="{value}"]').check()
        else:
            control.fill(values[0])


def is_answered(page: Page) -> bool:
    """Tell whether the question that is shown has an answer."""
    found = "all => all.some(e => e.matches(':checked, select, [type=text]') && e.value)"
    return bool(controls(page).evaluate_all(found))


def put_choices_first(app: Flask, page: Page) -> None:
    """Let the attempt on the page begin with its single choices, so that a story can tap the first option."""
    attempt_id = uuid.UUID(page.url.split("/attempts/")[1].split("/")[0])
    with app.app_context():
        with unit_of_work():
            attempt = db.session.get_one(Attempt, attempt_id)
            revision = get_revision(attempt.revision_id)
            bank = revision.questions(attempt.quiz_key)
            choices = [q.key for q in bank if q.kind == "single_choice"][:4]
            others = [key for key in attempt.question_keys if key not in choices]
            attempt.question_keys = (choices + others)[: len(attempt.question_keys)]
        db.session.remove()
    page.reload()


def choose(page: Page, place: int) -> None:
    """Choose the option at `place`, counted from 0, right or wrong, of the question that is shown."""
    controls(page).nth(place).check()


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
