"""Units, for those who look after them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from training.core import clock
from training.core.errors import InvalidInput, NotFound
from training.core.ids import is_row_number
from training.core.permissions import Permission
from training.core.text import normalise
from training.org import actions, queries, rules
from training.org.forms import NewUnitForm, UnitClosureForm, UnitNameForm
from training.org.labels import UNIT_EVENTS, UNIT_KINDS
from training.org.models import Unit, UnitKind
from training.web.access import current_viewer, requires
from training.web.forms import show_problem

org = Blueprint("org", __name__, url_prefix="/units")

PAGE_SIZE = 50
CHOICES_SHOWN = 30
TOP_KINDS = (UnitKind.PROVINCE, UnitKind.COMMUNE, UnitKind.WARD, UnitKind.CENTRE)
PARENT_KINDS = tuple(kind for kind in UnitKind if rules.CHILD_KINDS[kind])


@org.get("")
@requires(Permission.MANAGE_UNITS)
def list_units() -> ResponseReturnValue:
    """Communes, wards and centres in reach; a search looks among the cells too."""
    viewer, permission = current_viewer(), Permission.MANAGE_UNITS
    search = normalise(request.args.get("search", ""))
    kinds = tuple(UnitKind) if search else TOP_KINDS
    count = queries.count_rows(viewer, permission, kinds, search)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    units = queries.list_rows(viewer, permission, kinds, search, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    return render_template(
        "org/list_units.html",
        units=units, words=UNIT_KINDS, search=search, count=count, page=page, pages=pages,
    )  # fmt: skip


@org.get("/<int:unit_id>")
@requires(Permission.MANAGE_UNITS)
def show_unit(unit_id: int) -> ResponseReturnValue:
    """One unit: what stands under it and what happened to it."""
    unit = _unit(unit_id)
    return render_template(
        "org/show_unit.html",
        unit=unit,
        above=queries.list_ancestors(unit),
        children=queries.list_children(unit),
        events=queries.list_events(unit),
        kind_words=UNIT_KINDS,
        event_words=UNIT_EVENTS,
        may_have_children=bool(rules.CHILD_KINDS[UnitKind(unit.kind)]) and unit.closed_on is None,
    )


@org.get("/new")
@requires(Permission.MANAGE_UNITS)
def new_unit() -> ResponseReturnValue:
    """First the unit above, then the new one."""
    viewer, chosen = current_viewer(), request.args.get("unit", type=int)
    if chosen:
        form = NewUnitForm(formdata=None, parent=chosen, opened_on=clock.today())
        return _show_new_unit(form, _parent(str(chosen)))
    search = normalise(request.args.get("search", ""))
    return render_template(
        "org/new_unit.html",
        parent=None,
        search=search,
        count=queries.count_rows(viewer, Permission.MANAGE_UNITS, PARENT_KINDS, search),
        units=queries.list_rows(viewer, Permission.MANAGE_UNITS, PARENT_KINDS, search, limit=CHOICES_SHOWN),
    )


@org.post("")
@requires(Permission.MANAGE_UNITS)
def create_unit() -> ResponseReturnValue:
    """Open a unit."""
    form = NewUnitForm()
    parent = _parent(form.parent.data)
    form.kind.choices = _kinds_under(parent)
    if form.validate_on_submit():
        try:
            unit = _open(form, parent)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("%(name)s is opened.", name=unit.name), "good")
            return _back_to(unit)
    return _show_new_unit(form, parent), 422


def _open(form: NewUnitForm, parent: Unit) -> Unit:
    return actions.open_unit(
        current_viewer().person_id,
        UnitKind(form.kind.data),
        form.name.data or "",
        parent,
        code=form.code.data,
        opened_on=form.opened_on.data,
        decision_number=form.decision_number.data,
    )


def _show_new_unit(form: NewUnitForm, parent: Unit) -> str:
    form.kind.choices = _kinds_under(parent)
    above = queries.list_ancestors(parent)
    return render_template("org/new_unit.html", form=form, parent=parent, above=above)


def _kinds_under(parent: Unit) -> list[tuple[str, str]]:
    return [(str(kind), str(UNIT_KINDS[kind])) for kind in rules.CHILD_KINDS[UnitKind(parent.kind)]]


@org.get("/<int:unit_id>/name")
@requires(Permission.MANAGE_UNITS)
def edit_unit_name(unit_id: int) -> ResponseReturnValue:
    """Ask for the new name."""
    unit = _open_unit(unit_id)
    form = UnitNameForm(formdata=None, name=unit.name, effective_on=clock.today())
    return render_template("org/edit_unit_name.html", form=form, unit=unit)


@org.post("/<int:unit_id>/name")
@requires(Permission.MANAGE_UNITS)
def update_unit_name(unit_id: int) -> ResponseReturnValue:
    """Rename a unit; the old name stays in its history."""
    unit, form = _open_unit(unit_id), UnitNameForm()
    if not form.validate_on_submit():
        return render_template("org/edit_unit_name.html", form=form, unit=unit), 422
    actions.rename_unit(
        current_viewer().person_id,
        unit,
        form.name.data or "",
        effective_on=form.effective_on.data,
        decision_number=form.decision_number.data,
    )
    flash(_("The unit is now called %(name)s.", name=unit.name), "good")
    return _back_to(unit)


@org.get("/<int:unit_id>/closure")
@requires(Permission.MANAGE_UNITS)
def new_unit_closure(unit_id: int) -> ResponseReturnValue:
    """What closing means, before it is done."""
    form = UnitClosureForm(formdata=None, effective_on=clock.today())
    return render_template("org/new_unit_closure.html", form=form, unit=_open_unit(unit_id))


@org.post("/<int:unit_id>/closure")
@requires(Permission.MANAGE_UNITS)
def create_unit_closure(unit_id: int) -> ResponseReturnValue:
    """Close a unit."""
    unit, form = _open_unit(unit_id), UnitClosureForm()
    if form.validate_on_submit():
        actor_id, day, number = current_viewer().person_id, form.effective_on.data, form.decision_number.data
        try:
            actions.close_unit(actor_id, unit, effective_on=day, decision_number=number)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("%(name)s is closed.", name=unit.name), "good")
            return _back_to(unit)
    return render_template("org/new_unit_closure.html", form=form, unit=unit), 422


def _unit(unit_id: int) -> Unit:
    return queries.get_unit(current_viewer(), Permission.MANAGE_UNITS, unit_id)


def _open_unit(unit_id: int) -> Unit:
    unit = _unit(unit_id)
    if unit.closed_on is not None:
        raise NotFound
    return unit


def _parent(unit_id: str | None) -> Unit:
    if not is_row_number(unit_id):
        raise NotFound
    unit = _open_unit(int(unit_id or 0))
    if unit.kind not in PARENT_KINDS:
        raise NotFound
    return unit


def _back_to(unit: Unit) -> ResponseReturnValue:
    return redirect(url_for("org.show_unit", unit_id=unit.id), 303)
