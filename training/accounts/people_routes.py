"""People, for those who look after them: administrators; trainers may find people and give new PINs."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from training.accounts import actions, queries
from training.accounts.labels import POSTS, ROLES
from training.accounts.models import Person, PostKind
from training.accounts.people_forms import (
    ConfirmForm,
    NewGrantForm,
    NewPersonForm,
    NewPostForm,
    PersonForm,
    PostEndForm,
)
from training.core import clock
from training.core.errors import N_, InvalidInput, NotFound
from training.core.ids import is_row_number
from training.core.permissions import Permission, Role
from training.core.text import normalise
from training.org import queries as org
from training.org.models import Unit, UnitKind
from training.web.access import current_viewer, requires
from training.web.forms import show_problem

people = Blueprint("people", __name__, url_prefix="/people")

PAGE_SIZE = 50
CHOICES_SHOWN = 30
POST_KINDS = (UnitKind.CELL,)
ROLE_KINDS = (UnitKind.PROVINCE, UnitKind.COMMUNE, UnitKind.WARD, UnitKind.CENTRE)


@people.get("")
@requires(Permission.RESET_PINS)
def list_people() -> ResponseReturnValue:
    """Everyone in reach, by given name."""
    viewer, permission = current_viewer(), Permission.RESET_PINS
    search = normalise(request.args.get("search", ""))
    unit_id = request.args.get("unit", type=int)
    unit = org.get_unit(viewer, permission, unit_id) if unit_id else None
    within = (unit.path or "") if unit else ""
    count = queries.count_people(viewer, permission, search, within)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    found = queries.list_people(viewer, permission, search, (page - 1) * PAGE_SIZE, PAGE_SIZE, within)
    return render_template(
        "accounts/people/list_people.html",
        people=found, duties=queries.list_duties([p.id for p in found]), words=POSTS | ROLES,
        search=search, unit=unit, count=count, page=page, pages=pages,
    )  # fmt: skip


@people.get("/<int:person_id>")
@requires(Permission.RESET_PINS)
def show_person(person_id: int) -> ResponseReturnValue:
    """One person: posts, roles, ways to sign in, and what this viewer may do."""
    viewer = current_viewer()
    person = queries.get_person(viewer, Permission.RESET_PINS, person_id)
    is_open = person.closed_at is None
    return render_template(
        "accounts/people/show_person.html",
        person=person,
        posts=queries.list_posts(person_id),
        grants=queries.list_grants(person_id),
        post_words=POSTS,
        role_words=ROLES,
        may_manage=is_open and queries.can_change(viewer, Permission.MANAGE_PEOPLE, person_id),
        may_reset_pin=is_open and queries.can_change(viewer, Permission.RESET_PINS, person_id),
    )


@people.get("/new")
@requires(Permission.MANAGE_PEOPLE)
def new_person() -> ResponseReturnValue:
    """First the unit, then who."""
    unit = _chosen_unit(POST_KINDS + ROLE_KINDS)
    if unit is None:
        return _ask_for_unit("accounts/people/new_person.html", POST_KINDS + ROLE_KINDS)
    return _show_new_person(NewPersonForm(formdata=None, unit=unit.id), unit)


@people.post("")
@requires(Permission.MANAGE_PEOPLE)
def create_person() -> ResponseReturnValue:
    """Add someone with their first post or role."""
    form = NewPersonForm()
    unit = _unit(form.unit.data, POST_KINDS + ROLE_KINDS)
    form.duty.choices = _duties_in(unit)
    if form.validate_on_submit():
        try:
            person = _add(form, unit)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("%(name)s is added. Next: how they sign in.", name=person.full_name), "good")
            return _back_to(person)
    return _show_new_person(form, unit), 422


def _add(form: NewPersonForm, unit: Unit) -> Person:
    actor_id = current_viewer().person_id
    person = actions.create_person(
        actor_id,
        form.full_name.data or "",
        phone=form.phone.data,
        username=form.username.data,
        address=form.address.data,
    )
    if form.duty.data in list(Role):
        actions.grant_role(actor_id, person, Role(form.duty.data), unit)
    else:
        actions.take_post(actor_id, person, unit, PostKind(form.duty.data))
    return person


def _show_new_person(form: NewPersonForm, unit: Unit) -> str:
    form.duty.choices = _duties_in(unit)
    return render_template(
        "accounts/people/new_person.html", form=form, unit=unit, above=org.list_ancestors(unit)
    )


def _duties_in(unit: Unit) -> list[tuple[str, str]]:
    words = POSTS if unit.kind in POST_KINDS else ROLES
    return [(str(kind), str(label)) for kind, label in words.items()]


@people.get("/<int:person_id>/edit")
@requires(Permission.MANAGE_PEOPLE)
def edit_person(person_id: int) -> ResponseReturnValue:
    """Name, form of address, phone number, user name."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    form = PersonForm(formdata=None, obj=person)
    return render_template("accounts/people/edit_person.html", form=form, person=person)


@people.post("/<int:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def update_person(person_id: int) -> ResponseReturnValue:
    """Correct them."""
    person, form = _person(Permission.MANAGE_PEOPLE, person_id), PersonForm()
    if form.validate_on_submit():
        name, phone, username = form.full_name.data or "", form.phone.data, form.username.data
        try:
            actions.update_person(
                current_viewer().person_id, person, name, phone, username, form.address.data
            )
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("The details of %(name)s are saved.", name=person.full_name), "good")
            return _back_to(person)
    return render_template("accounts/people/edit_person.html", form=form, person=person), 422


@people.get("/<int:person_id>/closure")
@requires(Permission.MANAGE_PEOPLE)
def new_closure(person_id: int) -> ResponseReturnValue:
    """What closing the account means, before it is done."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    return render_template("accounts/people/new_closure.html", person=person, form=ConfirmForm(formdata=None))


@people.post("/<int:person_id>/closure")
@requires(Permission.MANAGE_PEOPLE)
def create_closure(person_id: int) -> ResponseReturnValue:
    """Close the account."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            actions.close_person(current_viewer().person_id, person)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("The account of %(name)s is closed.", name=person.full_name), "good")
            return redirect(url_for("people.list_people"), 303)
    return render_template("accounts/people/new_closure.html", person=person, form=form), 422


@people.get("/<int:person_id>/posts/new")
@requires(Permission.MANAGE_PEOPLE)
def new_post(person_id: int) -> ResponseReturnValue:
    """First the cell, then which post."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    unit = _chosen_unit(POST_KINDS)
    if unit is None:
        return _ask_for_unit("accounts/people/new_post.html", POST_KINDS, person)
    form = NewPostForm(formdata=None, unit=unit.id, started_on=clock.today())
    return _show_duty_form("accounts/people/new_post.html", form, person, unit)


@people.post("/<int:person_id>/posts")
@requires(Permission.MANAGE_PEOPLE)
def create_post(person_id: int) -> ResponseReturnValue:
    """Record a post."""
    person, form = _person(Permission.MANAGE_PEOPLE, person_id), NewPostForm()
    unit = _unit(form.unit.data, POST_KINDS)
    form.duty.choices = _duties_in(unit)
    if not form.validate_on_submit():
        return _show_duty_form("accounts/people/new_post.html", form, person, unit), 422
    kind = PostKind(form.duty.data)
    actions.take_post(current_viewer().person_id, person, unit, kind, form.started_on.data)
    words = {"name": person.full_name, "post": POSTS[kind], "unit": unit.name}
    flash(_("%(name)s now holds the post “%(post)s” in %(unit)s.", **words), "good")
    return _back_to(person)


@people.get("/<int:person_id>/posts/<int:post_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def new_post_end(person_id: int, post_id: int) -> ResponseReturnValue:
    """Ask for the last day of a post."""
    _person(Permission.MANAGE_PEOPLE, person_id)
    return _show_post_end(person_id, post_id, PostEndForm(formdata=None, ended_on=clock.today()))


@people.post("/<int:person_id>/posts/<int:post_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def create_post_end(person_id: int, post_id: int) -> ResponseReturnValue:
    """Record the last day of a post."""
    person, form = _person(Permission.MANAGE_PEOPLE, person_id), PostEndForm()
    post = queries.get_post(person_id, post_id)
    if form.validate_on_submit():
        try:
            actions.leave_post(current_viewer().person_id, post, form.ended_on.data)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            flash(_("%(name)s has left the post.", name=person.full_name), "good")
            return _back_to(person)
    return _show_post_end(person_id, post_id, form), 422


def _show_post_end(person_id: int, post_id: int, form: PostEndForm) -> str:
    post = queries.get_post(person_id, post_id)
    return render_template(
        "accounts/people/new_post_end.html",
        form=form,
        person=queries.find_by_id(person_id),
        post=post,
        unit=org.find_unit(post.unit_id),
        words=POSTS,
    )


@people.get("/<int:person_id>/roles/new")
@requires(Permission.MANAGE_PEOPLE)
def new_grant(person_id: int) -> ResponseReturnValue:
    """First the unit, then which role."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    unit = _chosen_unit(ROLE_KINDS)
    if unit is None:
        return _ask_for_unit("accounts/people/new_grant.html", ROLE_KINDS, person)
    form = NewGrantForm(formdata=None, unit=unit.id)
    return _show_duty_form("accounts/people/new_grant.html", form, person, unit)


@people.post("/<int:person_id>/roles")
@requires(Permission.MANAGE_PEOPLE)
def create_grant(person_id: int) -> ResponseReturnValue:
    """Grant a role on a unit that this administrator looks after."""
    person, form = _person(Permission.MANAGE_PEOPLE, person_id), NewGrantForm()
    unit = _unit(form.unit.data, ROLE_KINDS)
    form.duty.choices = _duties_in(unit)
    if form.validate_on_submit():
        role = Role(form.duty.data)
        try:
            actions.grant_role(current_viewer().person_id, person, role, unit)
        except InvalidInput as error:
            show_problem(form, error)
        else:
            words = {"name": person.full_name, "role": ROLES[role], "unit": unit.name}
            flash(_("%(name)s now has the role “%(role)s” for %(unit)s.", **words), "good")
            return _back_to(person)
    return _show_duty_form("accounts/people/new_grant.html", form, person, unit), 422


@people.post("/<int:person_id>/roles/<int:grant_id>/withdrawal")
@requires(Permission.MANAGE_PEOPLE)
def delete_grant(person_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    grant, unit = queries.get_grant(person_id, grant_id)
    actions.withdraw_role(current_viewer().person_id, grant)
    flash(_("%(name)s no longer has this role for %(unit)s.", name=person.full_name, unit=unit.name), "good")
    return _back_to(person)


@people.get("/<int:person_id>/pin")
@requires(Permission.RESET_PINS)
def new_pin(person_id: int) -> ResponseReturnValue:
    """What a new PIN means, before it is made."""
    person = _person(Permission.RESET_PINS, person_id)
    return render_template("accounts/people/new_pin.html", person=person)


@people.post("/<int:person_id>/pin")
@requires(Permission.RESET_PINS)
def create_pin(person_id: int) -> ResponseReturnValue:
    """Make a new PIN and show it this once, as the answer itself: it is kept nowhere."""
    person = _person(Permission.RESET_PINS, person_id)
    pin = actions.reset_pin(current_viewer().person_id, person)
    return render_template("accounts/people/create_pin.html", person=person, pin=pin)


@people.get("/<int:person_id>/password")
@requires(Permission.MANAGE_PEOPLE)
def new_password(person_id: int) -> ResponseReturnValue:
    """What a new password means, before it is made."""
    person = _person(Permission.MANAGE_PEOPLE, person_id)
    return render_template("accounts/people/new_password.html", person=_with_username(person))


@people.post("/<int:person_id>/password")
@requires(Permission.MANAGE_PEOPLE)
def create_password(person_id: int) -> ResponseReturnValue:
    """Make a new password and show it this once."""
    person = _with_username(_person(Permission.MANAGE_PEOPLE, person_id))
    password = actions.reset_password(current_viewer().person_id, person)
    return render_template("accounts/people/create_password.html", person=person, password=password)


def _person(permission: Permission, person_id: int) -> Person:
    return queries.get_person_to_change(current_viewer(), permission, person_id)


def _with_username(person: Person) -> Person:
    if not person.username:
        raise InvalidInput(N_("Give the person a user name first."))
    return person


def _chosen_unit(kinds: tuple[UnitKind, ...]) -> Unit | None:
    chosen = request.args.get("unit")
    return _unit(chosen, kinds) if chosen else None


def _unit(unit_id: str | None, kinds: tuple[UnitKind, ...]) -> Unit:
    if not is_row_number(unit_id):
        raise NotFound
    unit = org.get_unit(current_viewer(), Permission.MANAGE_PEOPLE, int(unit_id or 0))
    if unit.kind not in kinds or unit.closed_on is not None:
        raise NotFound
    return unit


def _ask_for_unit(template: str, kinds: tuple[UnitKind, ...], person: Person | None = None) -> str:
    viewer, search = current_viewer(), normalise(request.args.get("search", ""))
    return render_template(
        template,
        unit=None,
        person=person,
        search=search,
        count=org.count_rows(viewer, Permission.MANAGE_PEOPLE, kinds, search),
        units=org.list_rows(viewer, Permission.MANAGE_PEOPLE, kinds, search, limit=CHOICES_SHOWN),
    )


def _show_duty_form(template: str, form: NewPostForm | NewGrantForm, person: Person, unit: Unit) -> str:
    form.duty.choices = _duties_in(unit)
    return render_template(template, form=form, person=person, unit=unit, above=org.list_ancestors(unit))


def _back_to(person: Person) -> ResponseReturnValue:
    return redirect(url_for("people.show_person", person_id=person.id), 303)
