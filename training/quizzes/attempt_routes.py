"""Attempts, for trainers and administrators: reading them, and correcting what a network or a limit got wrong."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from training.catalogue.views import RevisionView
from training.core.errors import InvalidInput
from training.core.permissions import Permission
from training.journal.labels import MODES
from training.org import queries as org
from training.org.models import COMMUNE_LEVEL
from training.quizzes import attempt_queries, attempt_views, corrections
from training.quizzes.attempt_queries import Wanted
from training.quizzes.attempt_views import AttemptPage, PersonPage
from training.quizzes.forms import AcceptanceForm, AttemptFilterForm, ExtraForm
from training.web.access import current_viewer, requires
from training.web.forms import show_problem
from training.web.i18n import current_language

attempts = Blueprint("attempts", __name__)


@attempts.get("/quizzes")
@requires(Permission.SEE_ANSWERS)
def list_quizzes() -> ResponseReturnValue:
    """Every quiz, with how many in reach have begun, handed in and passed, and what waits for a decision."""
    courses = attempt_views.course_list(current_viewer())
    return render_template("quizzes/attempts/list_quizzes.html", courses=courses)


@attempts.get("/quizzes/<slug>/<quiz_key>/attempts")
@requires(Permission.SEE_ANSWERS)
def list_attempts(slug: str, quiz_key: str) -> ResponseReturnValue:
    """The attempts at one quiz, the newest first."""
    revision, quiz = attempt_views.get_quiz(slug, quiz_key)
    form, wanted = _read_filters(revision, quiz_key)
    is_valid = not form.errors
    page = attempt_views.attempt_list(current_viewer(), wanted, request.args.get("page", 1, type=int))
    body = render_template(
        "quizzes/attempts/list_attempts.html",
        revision=revision, quiz=quiz, form=form, page=page, keep=form.kept() if is_valid else {}, modes=MODES,
    )  # fmt: skip
    return body, 200 if is_valid else 422


def _read_filters(revision: RevisionView, quiz_key: str) -> tuple[AttemptFilterForm, Wanted]:
    viewer, permission = current_viewer(), Permission.SEE_ANSWERS
    unit_id = request.args.get("unit", type=int)
    unit = org.get_unit(viewer, permission, unit_id) if unit_id else None
    communes = org.list_units(viewer, permission, COMMUNE_LEVEL)
    form = AttemptFilterForm(request.args, [(str(commune.id), commune.name) for commune in communes])
    if not form.validate():
        return form, Wanted(revision.course_id, quiz_key)
    within = (unit.path or "") if unit else ""
    group, mode, name = form.chosen_group(), form.chosen_mode(), form.name.data or ""
    return form, Wanted(revision.course_id, quiz_key, within, group, mode, name)


@attempts.get("/quizzes/<slug>/<quiz_key>/people/<int:person_id>")
@requires(Permission.SEE_ANSWERS)
def show_person(slug: str, quiz_key: str, person_id: int) -> ResponseReturnValue:
    """All tries of one person, which one counts, and what was given in addition."""
    page = attempt_views.person_page(current_viewer(), Permission.SEE_ANSWERS, slug, quiz_key, person_id)
    return _show_person(page, ExtraForm(page.quiz, formdata=None))


@attempts.post("/quizzes/<slug>/<quiz_key>/people/<int:person_id>/extras")
@requires(Permission.CORRECT_RESULTS)
def create_extra(slug: str, quiz_key: str, person_id: int) -> ResponseReturnValue:
    """Give more tries or minutes."""
    viewer, permission = current_viewer(), Permission.CORRECT_RESULTS
    page = attempt_views.person_page(viewer, permission, slug, quiz_key, person_id)
    form = ExtraForm(page.quiz)
    if form.validate_on_submit():
        given = form.given("tries"), form.given("minutes"), form.reason.data or ""
        try:
            corrections.grant_extra(viewer.person_id, page.held.id, quiz_key, *given)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("It is given. %(name)s finds it on the page of the quiz.", name=page.full_name), "good")
            return redirect(url_for("attempts.show_person", **request.view_args or {}), 303)
    return _show_person(page, form), 422


def _show_person(page: PersonPage, form: ExtraForm) -> str:
    may_correct = current_viewer().reaches(Permission.CORRECT_RESULTS, page.held.unit_path)
    return render_template(
        "quizzes/attempts/show_person.html", page=page, form=form, may_correct=may_correct, modes=MODES
    )


@attempts.get("/quizzes/attempts/<uuid:attempt_id>/record")
@requires(Permission.SEE_ANSWERS)
def show_attempt(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """One attempt: answers, keys, every version received, late answers, changes."""
    viewer, language = current_viewer(), current_language()
    page = attempt_views.attempt_page(viewer, Permission.SEE_ANSWERS, attempt_id, language)
    return _show_attempt(page)


def _show_attempt(page: AttemptPage, sent: AcceptanceForm | None = None) -> str:
    forms = {line.late.id: AcceptanceForm(line.late.id, formdata=None) for line in page.late}
    if sent is not None:
        forms[sent.late_id] = sent
    return render_template(
        "quizzes/attempts/show_attempt.html",
        page=page, forms=forms, modes=MODES, may_correct=current_viewer().has(Permission.CORRECT_RESULTS),
    )  # fmt: skip


@attempts.get("/quizzes/attempts/<uuid:attempt_id>/record/slip")
@requires(Permission.SEE_ANSWERS)
def print_slip(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """All that proves the result, with the right answers, to be printed for a dispute."""
    slip = attempt_views.staff_slip(current_viewer(), attempt_id, current_language())
    return render_template("quizzes/attempts/print_slip.html", slip=slip, modes=MODES)


@attempts.post("/quizzes/attempts/<uuid:attempt_id>/late-answers/<int:late_id>/acceptance")
@requires(Permission.CORRECT_RESULTS)
def create_acceptance(attempt_id: uuid.UUID, late_id: int) -> ResponseReturnValue:
    """Let a late answer count; the learner is told why."""
    viewer, permission = current_viewer(), Permission.CORRECT_RESULTS
    row = attempt_queries.get_row(viewer, permission, attempt_id)
    late = attempt_queries.get_late_answer(attempt_id, late_id)
    form = AcceptanceForm(late.id)
    if form.validate_on_submit():
        try:
            corrections.accept_late_answer(viewer.person_id, late.id, form.reason.data or "")
        except InvalidInput as error:
            show_problem(form, error)
        else:
            words = _(
                "The answer counts now. %(name)s reads the reason when they next sign in.", name=row.full_name
            )
            flash(words, "good")
            return redirect(url_for("attempts.show_attempt", attempt_id=attempt_id), 303)
    return _show_attempt(
        attempt_views.attempt_page(viewer, permission, attempt_id, current_language()), form
    ), 422
