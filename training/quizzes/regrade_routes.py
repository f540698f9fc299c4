"""Corrected keys: what they would change, and applying them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from training.catalogue.views import RevisionView
from training.core.errors import N_, Conflict, InvalidInput, NotFound
from training.core.permissions import Permission
from training.quizzes import corrections
from training.quizzes import regrade_views as views
from training.quizzes.models import AttemptChange
from training.quizzes.regrade_forms import RegradeForm
from training.web.access import current_viewer, requires
from training.web.forms import show_problem

regrade = Blueprint("regrade", __name__)


@regrade.get("/courses/<slug>/quizzes/<quiz_key>/regrades")
@requires(Permission.REGRADE)
def list_revisions(slug: str, quiz_key: str) -> ResponseReturnValue:
    """Newer revisions with other keys, and what was regraded so far."""
    page = views.revisions_page(views.asked(current_viewer(), slug, quiz_key))
    return render_template("quizzes/regrade/list_revisions.html", page=page)


@regrade.get("/courses/<slug>/quizzes/<quiz_key>/revisions/<int:number>/regrade")
@requires(Permission.REGRADE)
def show_proposal(slug: str, quiz_key: str, number: int) -> ResponseReturnValue:
    """Whose result the keys of a revision would change, before it is done."""
    wanted = views.asked(current_viewer(), slug, quiz_key)
    return _show_proposal(wanted, number, RegradeForm(formdata=None))


@regrade.post("/courses/<slug>/quizzes/<quiz_key>/revisions/<int:number>/regrade")
@requires(Permission.REGRADE)
def create_regrade(slug: str, quiz_key: str, number: int) -> ResponseReturnValue:
    """Mark again by the keys of a revision: all that are in reach now, not only those that were shown before."""
    wanted, form = views.asked(current_viewer(), slug, quiz_key), RegradeForm()
    newer = views.target(wanted, number)
    if form.validate_on_submit():
        try:
            changes = _regrade(wanted, newer, form)
        except (InvalidInput, Conflict) as error:
            show_problem(form, error)
        else:
            return _tell(slug, quiz_key, changes)
    return _show_proposal(wanted, number, form), 422


@regrade.get("/courses/<slug>/quizzes/<quiz_key>/regrades/<int:regrade_id>")
@requires(Permission.REGRADE)
def show_regrade(slug: str, quiz_key: str, regrade_id: int) -> ResponseReturnValue:
    """What a regrade did."""
    page = views.regrade_page(views.asked(current_viewer(), slug, quiz_key), regrade_id)
    return render_template("quizzes/regrade/show_regrade.html", page=page)


def _show_proposal(wanted: views.Asked, number: int, form: RegradeForm) -> str:
    page = views.proposal_page(wanted, views.target(wanted, number))
    return render_template("quizzes/regrade/show_proposal.html", page=page, form=form)


def _regrade(wanted: views.Asked, newer: RevisionView, form: RegradeForm) -> list[AttemptChange]:
    attempts = views.attempts_to_regrade(wanted, newer)
    may_lower, reason = form.may_lower.data, form.reason.data or ""
    actor_id = current_viewer().person_id
    try:
        return corrections.regrade(actor_id, attempts, newer.id, may_lower=may_lower, reason=reason)
    except NotFound as error:
        raise Conflict(
            N_("No try is marked by an older key any more: there is nothing to mark again.")
        ) from error


def _tell(slug: str, quiz_key: str, changes: list[AttemptChange]) -> ResponseReturnValue:
    if changes:
        done = url_for("regrade.show_regrade", slug=slug, quiz_key=quiz_key, regrade_id=changes[0].regrade_id)
        return redirect(done, 303)
    flash(_("The key is applied. No result is another now."), "good")
    return redirect(url_for("regrade.list_revisions", slug=slug, quiz_key=quiz_key), 303)
