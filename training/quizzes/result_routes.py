"""What came of an attempt, for the person who made it."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.core.permissions import Permission
from training.journal.labels import MODES
from training.quizzes import corrections, result_views
from training.web.access import current_viewer, requires
from training.web.i18n import current_language

results = Blueprint("results", __name__)


@results.get("/quizzes/attempts/<uuid:attempt_id>")
@requires(Permission.LEARN)
def show_result(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """The result and what to do next."""
    page = result_views.result_page(current_viewer().person_id, attempt_id)
    return render_template("quizzes/results/show_result.html", page=page, modes=MODES)


@results.get("/quizzes/attempts/<uuid:attempt_id>/slip")
@requires(Permission.LEARN)
def print_slip(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """All that proves the result, to be printed for a dispute."""
    slip = result_views.own_slip(current_viewer().person_id, attempt_id, current_language())
    return render_template("quizzes/results/print_slip.html", slip=slip, modes=MODES)


@results.post("/quizzes/attempts/<uuid:attempt_id>/acknowledgement")
@requires(Permission.LEARN)
def create_acknowledgement(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """“I have read why my result was changed.”"""
    corrections.acknowledge(current_viewer().person_id, attempt_id)
    return redirect(url_for("results.show_result", attempt_id=attempt_id), 303)
