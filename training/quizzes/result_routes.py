"""What came of an attempt, for the person who made it."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from training.core.permissions import Permission
from training.quizzes import result_views
from training.web.access import current_viewer, requires

results = Blueprint("results", __name__)


@results.get("/quizzes/attempts/<uuid:attempt_id>")
@requires(Permission.LEARN)
def show_result(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """The result and what to do next."""
    page = result_views.result_page(current_viewer().person_id, attempt_id)
    return render_template("quizzes/results/show_result.html", page=page)
