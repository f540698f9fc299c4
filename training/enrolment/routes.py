"""Assignments: which unit must learn which course by when."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from training.accounts import queries as accounts
from training.catalogue import queries as catalogue
from training.core.errors import InvalidInput, NotFound
from training.core.ids import is_row_number
from training.core.permissions import Permission
from training.core.text import normalise
from training.enrolment import actions, queries, rules
from training.enrolment.forms import ConfirmForm, NewAssignmentForm
from training.enrolment.labels import AUDIENCES, STATES
from training.enrolment.models import Assignment, Audience
from training.org import queries as org
from training.org.models import Unit, UnitKind
from training.web.access import current_viewer, requires
from training.web.forms import show_problem
from training.web.i18n import current_language

enrolment = Blueprint("enrolment", __name__)

CHOICES_SHOWN = 30
UNIT_KINDS = (UnitKind.PROVINCE, UnitKind.COMMUNE, UnitKind.WARD, UnitKind.CELL)


@enrolment.get("/assignments")
@requires(Permission.ASSIGN_COURSES)
def list_assignments() -> ResponseReturnValue:
    """What is assigned in reach; with ?unit=… what reaches that unit."""
    viewer, permission = current_viewer(), Permission.ASSIGN_COURSES
    unit_id = request.args.get("unit", type=int)
    unit = org.get_unit(viewer, permission, unit_id) if unit_id else None
    rows = queries.list_assignments(viewer, permission)
    if unit is not None:
        rows = [row for row in rows if (unit.path or "").startswith(row[1].path or "-")]
    return render_template(
        "enrolment/list_assignments.html", rows=rows, unit=unit, titles=_titles(), audiences=AUDIENCES
    )


@enrolment.get("/assignments/new")
@requires(Permission.ASSIGN_COURSES)
def new_assignment() -> ResponseReturnValue:
    """First the unit, then which course for whom; every choice says how many people it reaches."""
    viewer, chosen = current_viewer(), request.args.get("unit")
    if chosen:
        form = NewAssignmentForm(formdata=None, unit=chosen, audience=Audience.SECRETARIES)
        return _show_new_assignment(form, _unit(chosen))
    search = normalise(request.args.get("search", ""))
    return render_template(
        "enrolment/new_assignment.html",
        unit=None,
        search=search,
        count=org.count_rows(viewer, Permission.ASSIGN_COURSES, UNIT_KINDS, search),
        units=org.list_rows(viewer, Permission.ASSIGN_COURSES, UNIT_KINDS, search, limit=CHOICES_SHOWN),
    )


@enrolment.post("/assignments")
@requires(Permission.ASSIGN_COURSES)
def create_assignment() -> ResponseReturnValue:
    """Assign a course."""
    form = NewAssignmentForm()
    unit = _unit(form.unit.data)
    _offer_choices(form, unit)
    if form.validate_on_submit():
        try:
            assignment = _assign(form, unit)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            _tell_reach(assignment, unit)
            return redirect(url_for("enrolment.list_assignments"), 303)
    return _show_new_assignment(form, unit), 422


def _assign(form: NewAssignmentForm, unit: Unit) -> Assignment:
    course = catalogue.get_course(form.course.data)
    audience = Audience(form.audience.data)
    return actions.assign(current_viewer().person_id, course, unit, form.due_on.data, audience)


def _tell_reach(assignment: Assignment, unit: Unit) -> None:
    count = _reach(unit, Audience(assignment.audience))
    text = ngettext(
        "The course is assigned to %(unit)s: %(num)s person must learn it.",
        "The course is assigned to %(unit)s: %(num)s people must learn it.",
        count,
        unit=unit.name,
    )
    flash(text, "good")


def _show_new_assignment(form: NewAssignmentForm, unit: Unit) -> str:
    _offer_choices(form, unit)
    above = org.list_ancestors(unit)
    return render_template("enrolment/new_assignment.html", form=form, unit=unit, above=above)


def _offer_choices(form: NewAssignmentForm, unit: Unit) -> None:
    form.course.choices = list(_titles().items())
    form.audience.choices = [(audience, _audience_words(unit, audience)) for audience in Audience]


def _audience_words(unit: Unit, audience: Audience) -> str:
    count, who = _reach(unit, audience), AUDIENCES[audience]
    return str(ngettext("%(who)s: %(num)s person now", "%(who)s: %(num)s people now", count, who=who))


def _reach(unit: Unit, audience: Audience) -> int:
    return accounts.count_post_holders(unit.path or "", rules.audience_posts(audience))


def _titles() -> dict[str, str]:
    language = current_language()
    courses = [c for c in catalogue.list_courses() if c.current_revision_id is not None]
    return {c.slug: catalogue.get_revision(c.current_revision_id or 0).title(language) for c in courses}


@enrolment.get("/assignments/<int:assignment_id>/end")
@requires(Permission.ASSIGN_COURSES)
def new_assignment_end(assignment_id: int) -> ResponseReturnValue:
    """What ending means, before it is done."""
    return _show_assignment_end(_assignment(assignment_id), ConfirmForm(formdata=None))


@enrolment.post("/assignments/<int:assignment_id>/end")
@requires(Permission.ASSIGN_COURSES)
def create_assignment_end(assignment_id: int) -> ResponseReturnValue:
    """End an assignment."""
    assignment, form = _assignment(assignment_id), ConfirmForm()
    if not form.validate_on_submit():
        return _show_assignment_end(assignment, form), 422
    actions.end_assignment(current_viewer().person_id, assignment)
    flash(_("The assignment is ended. Newcomers are not enrolled any more."), "good")
    return redirect(url_for("enrolment.list_assignments"), 303)


def _show_assignment_end(assignment: Assignment, form: ConfirmForm) -> str:
    return render_template(
        "enrolment/new_assignment_end.html",
        assignment=assignment,
        form=form,
        unit=org.find_unit(assignment.unit_id),
        title=_titles().get(queries.get_slug(assignment.course_id), ""),
    )


@enrolment.get("/people/<int:person_id>/courses")
@requires(Permission.MANAGE_PEOPLE)
def list_courses(person_id: int) -> ResponseReturnValue:
    """Where one person stands in each of their courses."""
    person = accounts.get_person(current_viewer(), Permission.MANAGE_PEOPLE, person_id)
    return render_template(
        "enrolment/list_courses.html",
        person=person,
        rows=queries.list_of_person(person_id),
        titles=_titles(),
        states=STATES,
    )


def _assignment(assignment_id: int) -> Assignment:
    return queries.get_assignment(current_viewer(), Permission.ASSIGN_COURSES, assignment_id)


def _unit(unit_id: str | None) -> Unit:
    if not is_row_number(unit_id):
        raise NotFound
    unit = org.get_unit(current_viewer(), Permission.ASSIGN_COURSES, int(unit_id or 0))
    if unit.kind not in UNIT_KINDS or unit.closed_on is not None:
        raise NotFound
    return unit
