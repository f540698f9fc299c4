"""A quiz looked at before anybody learns: taken as a learner takes it, or every question of it on one page.

All that is chosen stands in the address, as in the self-check of a lesson; nothing is kept anywhere.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from training.activities.questions.base import Question
from training.activities.words import LANGUAGES
from training.catalogue import queries as catalogue
from training.core.ids import is_row_number
from training.core.permissions import Permission
from training.quizzes import keying, paper_views
from training.quizzes.rules import LAST_PAPER
from training.web.access import requires
from training.web.i18n import speaking

preview = Blueprint("preview", __name__)


@preview.get("/courses/<slug>/quizzes/<quiz_key>/preview")
@requires(Permission.SEE_ANSWERS)
def show_preview(slug: str, quiz_key: str) -> ResponseReturnValue:
    """One question, as a learner sees it; after the last one what the answers would earn."""
    number = _number("number")
    if not 1 <= number <= LAST_PAPER:
        drawn = keying.draw_paper()
        return redirect(url_for("preview.show_preview", slug=slug, quiz_key=quiz_key, number=drawn), 303)
    fields = request.args.to_dict(flat=False)
    place = _number("go") or _number("place") or 1
    page = paper_views.preview_page(slug, quiz_key, number, place, fields)
    return render_template("quizzes/preview/show_preview.html", page=page, paper=page.paper)


def _number(name: str) -> int:
    text = request.args.get(name)
    return int(text or 0) if is_row_number(text) else 0


@preview.get("/courses/<slug>/quizzes/<quiz_key>/bank")
@requires(Permission.SEE_ANSWERS)
def show_bank(slug: str, quiz_key: str) -> ResponseReturnValue:
    """Every question that may be drawn, with key and feedback, in both languages beside each other."""
    revision = catalogue.get_current_revision(slug)
    quiz = revision.quiz(quiz_key)
    questions = [(question, _in_all_languages(question)) for question in revision.questions(quiz_key)]
    return render_template(
        "quizzes/preview/show_bank.html", revision=revision, quiz=quiz, questions=questions
    )


def _in_all_languages(question: Question) -> list[tuple[str, Markup]]:
    written = []
    for language in LANGUAGES:
        with speaking(language):
            page = render_template("quizzes/preview/_question.html", question=question)
        written.append((language, Markup(page)))  # noqa: S704 - our own template
    return written
