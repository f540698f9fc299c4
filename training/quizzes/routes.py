"""The pages of a quiz."""

import uuid

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.core import clock
from training.core.ids import new_id, parse_id
from training.core.permissions import Permission
from training.journal.actions import Origin
from training.quizzes import actions, views
from training.quizzes.actions import SavedAnswer
from training.web.access import current_viewer, requires

quizzes = Blueprint("quizzes", __name__)


@quizzes.get("/courses/<slug>/quizzes/<quiz_key>")
@requires(Permission.LEARN)
def show_quiz(slug: str, quiz_key: str) -> ResponseReturnValue:
    """What the quiz asks, how it is passed, the tries so far."""
    page = views.quiz_page(current_viewer().person_id, slug, quiz_key)
    return render_template("quizzes/show_quiz.html", page=page)


@quizzes.post("/courses/<slug>/quizzes/<quiz_key>/attempts")
@requires(Permission.LEARN)
def create_attempt(slug: str, quiz_key: str) -> ResponseReturnValue:
    """Start, or go on with the attempt that is open."""
    origin = Origin(parse_id(request.form.get("entry_id")))
    attempt = actions.start_attempt(current_viewer().person_id, slug, quiz_key, origin)
    return redirect(url_for("quizzes.show_question", attempt_id=attempt.id, number=1), 303)


@quizzes.get("/quizzes/attempts/<uuid:attempt_id>/questions/<int:number>")
@requires(Permission.LEARN)
def show_question(attempt_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """One question."""
    page = views.attempt_page(current_viewer().person_id, attempt_id)
    if page.attempt.handed_in_at is not None:
        return redirect(url_for("results.show_result", attempt_id=attempt_id), 303)
    return render_template(
        "quizzes/show_question.html", page=page, number=number, question=page.question(number)
    )


@quizzes.post("/quizzes/attempts/<uuid:attempt_id>/questions/<int:number>")
@requires(Permission.LEARN)
def update_question(attempt_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Keep the answer and go on to the next question, or to the review after the last."""
    _save(attempt_id, number)
    count = len(views.attempt_page(current_viewer().person_id, attempt_id).attempt.question_keys)
    if number < count:
        return redirect(url_for("quizzes.show_question", attempt_id=attempt_id, number=number + 1), 303)
    return redirect(url_for("quizzes.show_review", attempt_id=attempt_id), 303)


@quizzes.post("/quizzes/attempts/<uuid:attempt_id>/answers/<int:number>")
@requires(Permission.LEARN)
def create_answer(attempt_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Keep the answer behind the learner's back; the reply is the receipt."""
    saved = _save(attempt_id, number)
    at = clock.local(saved.saved_at).strftime("%H:%M")
    return jsonify(saved_at=at, sequence=saved.sequence, next_entry_id=str(new_id()), is_late=saved.is_late)


def _save(attempt_id: uuid.UUID, number: int) -> SavedAnswer:
    person_id = current_viewer().person_id
    key = views.attempt_page(person_id, attempt_id).question(number).key
    return actions.save_answer(
        person_id,
        attempt_id,
        key,
        request.form.to_dict(flat=False),
        request.form.get("sequence", 1, int),
        Origin(parse_id(request.form.get("entry_id"))),
    )


@quizzes.get("/quizzes/attempts/<uuid:attempt_id>/review")
@requires(Permission.LEARN)
def show_review(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """Which questions are answered, before handing in."""
    page = views.attempt_page(current_viewer().person_id, attempt_id)
    if page.attempt.handed_in_at is not None:
        return redirect(url_for("results.show_result", attempt_id=attempt_id), 303)
    return render_template("quizzes/show_review.html", page=page)


@quizzes.post("/quizzes/attempts/<uuid:attempt_id>/submission")
@requires(Permission.LEARN)
def create_submission(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """Hand in."""
    actions.hand_in(current_viewer().person_id, attempt_id, Origin(parse_id(request.form.get("entry_id"))))
    return redirect(url_for("results.show_result", attempt_id=attempt_id), 303)
