"""Changing people, posts and grants. Nothing here is logged with a secret in it."""

from datetime import date

from training.accounts import queries, rules, secrets, signing_in
from training.accounts.events import PostLeft, PostTaken
from training.accounts.models import Person, Post, PostKind, RoleGrant
from training.audit import actions as audit
from training.core import clock
from training.core.db import db
from training.core.errors import N_, InvalidInput
from training.core.events import publish
from training.core.permissions import Role
from training.core.text import fold, name_key, normalise
from training.org.events import UnitClosed
from training.org.models import Unit


def create_person(
    actor_id: int | None,
    full_name: str,
    *,
    phone: str | None = None,
    username: str | None = None,
    address: str = "đồng chí",
) -> Person:
    """Add a person with a new card code and no secret yet.

    Raises:
        InvalidInput: the phone number or user name cannot be used or is taken.
    """
    person = Person(card_code=_free_card_code(), address=address, **_name_columns(full_name))
    _set_sign_in_names(person, phone, username)
    db.session.add(person)
    db.session.flush()
    audit.record(actor_id, "person.created", "person", person.id)
    return person


def update_person(
    actor_id: int | None,
    person: Person,
    full_name: str,
    phone: str | None,
    username: str | None,
    address: str,
) -> None:
    """Correct a person's name, phone, user name and form of address.

    Raises:
        InvalidInput: as `create_person`; or the user name is missing although a role is granted.
    """
    if not username and queries.list_grants(person.id):
        raise InvalidInput(N_("Someone with a role needs a user name."), field="username")
    _set_sign_in_names(person, phone, username)
    for column, value in _name_columns(full_name).items():
        setattr(person, column, value)
    person.address = address
    audit.record(actor_id, "person.updated", "person", person.id)
    db.session.flush()


def close_person(actor_id: int | None, person: Person) -> None:
    """Close the account: posts and roles end, phone number and user name are free for others; results stay.

    Raises:
        InvalidInput: it is the actor's own.
    """
    if actor_id == person.id:
        raise InvalidInput(N_("You cannot close your own account. Ask another administrator."))
    for row in queries.list_posts(person.id):
        post = queries.get_post(person.id, row.id)
        leave_post(actor_id, post, max(clock.today(), post.started_on))
    for grant, _unit in queries.list_grants(person.id):
        withdraw_role(actor_id, grant)
    signing_in.end_all_sessions(person.id)
    person.closed_at = clock.now()
    person.phone = person.username = None
    audit.record(actor_id, "person.closed", "person", person.id)
    db.session.flush()


def reset_pin(actor_id: int | None, person: Person, pin: str | None = None) -> str:
    """Give the person a new PIN and return it: shown once, kept only as a hash.

    Whoever is signed in is signed out, and earlier wrong tries are forgotten.
    """
    fresh = pin or secrets.new_pin()
    person.pin_hash = secrets.hash_secret(fresh)
    signing_in.start_afresh(person)
    audit.record(actor_id, "person.pin_reset", "person", person.id)
    db.session.flush()
    return fresh


def reset_password(actor_id: int | None, person: Person, password: str | None = None) -> str:
    """Give a member of staff a new password and return it: as `reset_pin`."""
    fresh = password or secrets.new_password()
    person.password_hash = secrets.hash_secret(fresh)
    signing_in.start_afresh(person)
    audit.record(actor_id, "person.password_reset", "person", person.id)
    db.session.flush()
    return fresh


def choose_pin(person: Person, old: str, new: str) -> None:
    """Let a learner choose another PIN.

    Raises:
        InvalidInput: the old one is wrong, or the new one is not six digits or too easy to guess.
    """
    if not secrets.is_right(person.pin_hash, old):
        raise InvalidInput(N_("That is not the present PIN."), field="old_pin")
    if not rules.is_pin(new):
        raise InvalidInput(N_("A PIN has six digits."), field="new_pin")
    if rules.is_weak_pin(new):
        raise InvalidInput(N_("That PIN is easy to guess. Choose another."), field="new_pin")
    person.pin_hash = secrets.hash_secret(new)
    db.session.flush()


def take_post(
    actor_id: int | None, person: Person, unit: Unit, kind: PostKind, started_on: date | None = None
) -> Post:
    """Record that `person` holds a post in `unit` from a day on; a post already held is returned as it is."""
    for held in queries.list_posts(person.id):
        if held.unit_id == unit.id and held.kind == kind:
            return db.session.get_one(Post, held.id)
    post = Post(person_id=person.id, unit_id=unit.id, kind=kind, started_on=started_on or clock.today())
    db.session.add(post)
    db.session.flush()
    audit.record(actor_id, "post.taken", "person", person.id, unit_id=unit.id, kind=kind)
    publish(PostTaken(person.id, unit.id, unit.path or "", kind))
    return post


def leave_post(actor_id: int | None, post: Post, ended_on: date | None = None) -> None:
    """Record the last day of a post.

    Raises:
        InvalidInput: that day is before the first one.
    """
    day = ended_on or clock.today()
    if day < post.started_on:
        raise InvalidInput(N_("The last day is before the first one."), field="ended_on")
    post.ended_on = day
    db.session.flush()
    audit.record(actor_id, "post.left", "person", post.person_id, unit_id=post.unit_id, kind=post.kind)
    publish(PostLeft(post.person_id, post.unit_id, post.kind))


def on_unit_closed(event: UnitClosed) -> None:
    """End the posts held in a unit that is closed."""
    for post in queries.list_posts_in(event.unit_id):
        leave_post(event.actor_id, post, max(event.closed_on, post.started_on))


def grant_role(actor_id: int | None, person: Person, role: Role, unit: Unit) -> None:
    """Give a role on a unit; a role already held stays as it is.

    Raises:
        InvalidInput: the person has no user name to sign in with.
    """
    if not person.username:
        raise InvalidInput(N_("Someone with a role needs a user name."), field="username")
    if any(g.role == role and u.id == unit.id for g, u in queries.list_grants(person.id)):
        return
    db.session.add(RoleGrant(person_id=person.id, role=role, unit_id=unit.id))
    audit.record(actor_id, "role.granted", "person", person.id, role=role, unit_id=unit.id)
    db.session.flush()


def withdraw_role(actor_id: int | None, grant: RoleGrant) -> None:
    """Take a role back.

    Raises:
        InvalidInput: it is the actor's own.
    """
    if actor_id == grant.person_id:
        raise InvalidInput(N_("You cannot take back your own role. Ask another administrator."))
    db.session.delete(grant)
    audit.record(
        actor_id, "role.withdrawn", "person", grant.person_id, role=grant.role, unit_id=grant.unit_id
    )
    db.session.flush()


def _name_columns(full_name: str) -> dict[str, str]:
    tidy = normalise(full_name)
    return {"full_name": tidy, "sort_key": name_key(tidy), "search_key": fold(tidy)}


def _set_sign_in_names(person: Person, phone: str | None, username: str | None) -> None:
    tidy_phone = rules.tidy_phone(phone) if phone else None
    if phone and tidy_phone is None:
        raise InvalidInput(N_("A phone number has 10 digits and begins with 0."), field="phone")
    tidy_name = fold(username).replace(" ", "") if username else None
    for column, value in (("phone", tidy_phone), ("username", tidy_name)):
        if value and queries.is_taken(column, value, person.id):
            raise InvalidInput(N_("Another person already has this."), field=column)
        setattr(person, column, value)


def _free_card_code() -> str:
    while queries.is_taken("card_code", code := secrets.new_card_code()):
        pass
    return code


def set_preferences(person: Person, language: str | None, text_size: int | None) -> None:
    """Remember the person's language ("vi", "en") and text size (1, 2, 3); anything else changes nothing."""
    if language in ("vi", "en"):
        person.language = language
    if text_size in (1, 2, 3):
        person.text_size = text_size
    db.session.flush()
