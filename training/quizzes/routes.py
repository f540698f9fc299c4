"""The pages of a quiz."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.core import clock
from training.core.ids import parse_id
from training.core.permissions import Permission
from training.journal.actions import Origin
from training.journal.labels import MODES
from training.quizzes import actions, answer_forms, result_views, views
from training.quizzes.rules import SentAnswer
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
    """Start, or go on with the attempt that is open; a page that can show it in place gets all questions at once."""
    origin = Origin(parse_id(request.form.get("entry_id")))
    attempt = actions.start_attempt(current_viewer().person_id, slug, quiz_key, origin)
    page = views.attempt_page(attempt.person_id, attempt.id)
    if _is_in_place() and page.is_in_one_document and attempt.handed_in_at is None:
        return _all_questions(page)
    return redirect(_next_place(page, 0), 303)


@quizzes.get("/quizzes/attempts/<uuid:attempt_id>/questions")
@requires(Permission.LEARN)
def show_questions(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """All questions in one document: answered without a network between them."""
    page = views.attempt_page(current_viewer().person_id, attempt_id)
    if page.attempt.handed_in_at is not None:
        return redirect(url_for("results.show_result", attempt_id=attempt_id), 303)
    if not page.is_in_one_document:
        return redirect(_next_place(page, 0), 303)
    return _all_questions(page)


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
    """Keep the answer and go on: to its explanation where the quiz gives it at once, else to the next question."""
    person_id = current_viewer().person_id
    actions.save_answers(person_id, attempt_id, _sent)
    page = views.attempt_page(person_id, attempt_id)
    page.question(number)
    if page.settled(number) or answer_forms.tapped_number(request.form):
        return redirect(url_for("quizzes.show_question", attempt_id=attempt_id, number=number), 303)
    return redirect(_next_place(page, number), 303)


@quizzes.post("/quizzes/attempts/<uuid:attempt_id>/answers")
@requires(Permission.LEARN)
def create_answers(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """Keep answers behind the learner's back; the reply holds a receipt for each, in the order of the questions."""
    receipts = [
        {
            "number": saved.number,
            "saved_at": clock.local(saved.saved_at).strftime("%H:%M"),
            "sequence": saved.present,
            "is_late": saved.is_late,
        }
        for saved in actions.save_answers(current_viewer().person_id, attempt_id, _sent)
    ]
    return jsonify(receipts=receipts)


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
    """Hand in with all answers of the page; a page that can show the result in place gets it in the reply."""
    person_id = current_viewer().person_id
    tapped = answer_forms.tapped_number(request.form)
    if tapped is not None:
        # Without scripts a tap on a picture sends the whole form: that is an answer, not the end.
        actions.save_answers(person_id, attempt_id, _filled)
        return redirect(url_for("quizzes.show_question", attempt_id=attempt_id, number=tapped), 303)
    actions.hand_in(person_id, attempt_id, Origin(parse_id(request.form.get("entry_id"))), _filled)
    address = url_for("results.show_result", attempt_id=attempt_id)
    if not _is_in_place():
        return redirect(address, 303)
    g.address = address
    page = result_views.result_page(person_id, attempt_id)
    return render_template("quizzes/results/show_result.html", page=page, modes=MODES)


def _is_in_place() -> bool:
    return "in_place" in request.form


def _sent(question_keys: Sequence[str]) -> list[SentAnswer]:
    return answer_forms.sent_answers(request.form.to_dict(flat=False), question_keys)


def _filled(question_keys: Sequence[str]) -> list[SentAnswer]:
    return answer_forms.without_blanks(_sent(question_keys))


def _all_questions(page: views.AttemptPage) -> str:
    g.address = url_for("quizzes.show_questions", attempt_id=page.attempt.id)
    return render_template("quizzes/show_questions.html", page=page)


def _next_place(page: views.AttemptPage, after: int) -> str:
    """Return the address of the next question; from 0, of the first open one; after the last, of the review."""
    number = after + 1 if after else next(iter(page.open_numbers), page.count + 1)
    if number > page.count:
        return url_for("quizzes.show_review", attempt_id=page.attempt.id)
    return url_for("quizzes.show_question", attempt_id=page.attempt.id, number=number)
