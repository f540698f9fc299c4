"""Signing in and out, and one's own settings."""

from flask import Blueprint, Request, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from training.accounts import actions, kept, queries, signing_in
from training.accounts.forms import ChoosePin, LearnerSignIn, StaffSignIn
from training.accounts.models import Scope
from training.accounts.session import forget, remember
from training.core.errors import InvalidInput, TooManyTries
from training.web.access import current_viewer, find_viewer, forget_viewer, local_target, public, signed_in
from training.web.forms import Form, show_problem
from training.web.i18n import LANGUAGES, TEXT_SIZES
from training.web.limits import SIGN_IN_LIMIT, limiter

accounts = Blueprint("accounts", __name__)

# The same words whether the name exists or not.
WRONG = {
    Scope.LEARNER: _l("The number or card code and the PIN do not go together. Look at both and try again."),
    Scope.STAFF: _l("The user name and the password do not go together. Look at both and try again."),
}


@accounts.get("/sign-in")
@public
def new_session() -> ResponseReturnValue:
    """The learner's sign-in page."""
    return show_sign_in(local_target(request.args.get("next")))


def show_sign_in(target: str, interrupted: Request | None = None) -> str:
    """Return the sign-in page that leads to `target`; what an interrupted form held is kept inside it."""
    form = LearnerSignIn(formdata=None, next=target, kept=kept.keep(interrupted) if interrupted else "")
    return render_template("accounts/new_session.html", form=form)


@accounts.post("/sign-in")
@limiter.limit(SIGN_IN_LIMIT)
@public
def create_session() -> ResponseReturnValue:
    """Sign a learner in with phone or card and PIN."""
    form = LearnerSignIn()
    if form.validate_on_submit() and _open(
        Scope.LEARNER, form, (form.pin.data or "").strip(), form.is_own_phone.data
    ):
        unsent = kept.read(form.kept.data)
        if unsent:
            return render_template("accounts/create_session.html", unsent=unsent)
        return redirect(local_target(form.next.data), 303)
    return _refused("accounts/new_session.html", form)


@accounts.get("/staff/sign-in")
@public
def new_staff_session() -> ResponseReturnValue:
    """The sign-in page of trainers, committees and administrators."""
    form = StaffSignIn(formdata=None, next=local_target(request.args.get("next")))
    return render_template("accounts/new_staff_session.html", form=form)


@accounts.post("/staff/sign-in")
@limiter.limit(SIGN_IN_LIMIT)
@public
def create_staff_session() -> ResponseReturnValue:
    """Sign a member of staff in with user name and password."""
    form = StaffSignIn()
    if form.validate_on_submit() and _open(Scope.STAFF, form, form.password.data or "", False):
        return redirect(local_target(form.next.data), 303)
    return _refused("accounts/new_staff_session.html", form)


def _open(scope: Scope, form: Form, secret: str, is_own_phone: bool) -> bool:
    try:
        person = signing_in.check_secret(scope, form.name.data, secret)
    except TooManyTries as error:
        show_problem(form, error)
        form.wait_seconds = error.retry_after
        return False
    if person is None:
        form.form_errors.append(str(WRONG[scope]))
        return False
    token, _lasts = signing_in.open_session(person, scope, is_own_phone)
    remember(session, person, token, is_own_phone and scope is Scope.LEARNER)
    forget_viewer()
    return True


def _refused(template: str, form: Form) -> ResponseReturnValue:
    wait = getattr(form, "wait_seconds", None)
    page = render_template(template, form=form, wait_seconds=wait)
    return (page, 429, {"Retry-After": str(wait)}) if wait else (page, 422)


@accounts.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Hand the phone back: end the session and leave nothing of it on the phone."""
    viewer = find_viewer()
    if viewer:
        signing_in.end_session(viewer.session_id)
    where = "accounts.new_staff_session" if viewer and viewer.is_staff else "accounts.new_session"
    forget(session)
    forget_viewer()
    flash(_("Done. The phone can be handed back."), "good")
    response = redirect(url_for(where), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@accounts.post("/preferences")
@public
def update_preferences() -> ResponseReturnValue:
    """Remember language or text size on this phone, and for the person when someone is signed in."""
    language = request.form.get("language")
    size = request.form.get("text_size", type=int)
    if language in LANGUAGES:
        session["lang"] = language
    if size in TEXT_SIZES:
        session["size"] = size
    viewer = find_viewer()
    if viewer:
        actions.set_preferences(queries.get_self(viewer), language, size)
    return redirect(local_target(request.form.get("next")), 303)


@accounts.get("/me/pin")
@signed_in
def edit_pin() -> ResponseReturnValue:
    """The page for choosing another PIN."""
    return render_template("accounts/edit_pin.html", form=ChoosePin(formdata=None))


@accounts.post("/me/pin")
@limiter.limit(SIGN_IN_LIMIT)
@signed_in
def update_pin() -> ResponseReturnValue:
    """Choose another PIN."""
    form = ChoosePin()
    person = queries.get_self(current_viewer())
    if form.validate_on_submit():
        try:
            actions.choose_pin(person, form.old_pin.data or "", form.new_pin.data or "")
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("Your PIN is changed."), "good")
            return redirect(url_for("lessons.show_home"), 303)
    return render_template("accounts/edit_pin.html", form=form), 422
