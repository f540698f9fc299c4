"""Reading people, posts, grants and sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from training.accounts import access
from training.accounts.models import Person, Post, RoleGrant, Scope, SignInFailure, UserSession
from training.core.db import db
from training.core.errors import N_, NotFound, NotPermitted
from training.core.permissions import Grant, Permission, Role, Viewer
from training.core.text import fold
from training.core.tree import is_within
from training.org.models import Unit


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as pages show it."""

    id: int
    kind: str
    unit_id: int
    unit_name: str
    unit_path: str
    commune_name: str | None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A post or a role with its unit, in a list of people; `kind` is a PostKind or a Role."""

    kind: str
    unit_name: str
    parent_name: str | None


_SESSION_COLUMNS = (
    UserSession.id,
    UserSession.scope,
    UserSession.is_own_phone,
    UserSession.expires_at,
    Person.id.label("person_id"),
    Person.full_name,
    Person.address,
    Person.language,
    Person.text_size,
    RoleGrant.role,
    RoleGrant.unit_id,
    Unit.path,
    Unit.name.label("unit_name"),
)


# Built once: these run on every page, and building a statement costs more than running it.
_VIEWER = (
    select(*_SESSION_COLUMNS)
    .join(Person, Person.id == UserSession.person_id)
    .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & (UserSession.scope == Scope.STAFF))
    .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
    .where(
        UserSession.token_digest == bindparam("token_digest"),
        UserSession.ended_at.is_(None),
        Person.closed_at.is_(None),
    )
)
_COMMUNE = aliased(Unit)
_POSTS = (
    select(Post.id, Post.kind, Unit.id, Unit.name, Unit.path, _COMMUNE.name)
    .join(Unit, Unit.id == Post.unit_id)
    .outerjoin(_COMMUNE, _COMMUNE.id == Unit.parent_id)
    .where(Post.person_id == bindparam("person_id"), Post.ended_on.is_(None))
    .order_by(Post.id)
)


def find_viewer(token_digest: str, now: datetime) -> Viewer | None:
    """Return who holds the session with this digest, or None when it is over; one statement."""
    rows = db.session.execute(_VIEWER, {"token_digest": token_digest}).all()
    if not rows or rows[0].expires_at <= now:
        return None
    first = rows[0]
    grants = tuple(Grant(Role(r.role), r.unit_id, r.path, r.unit_name) for r in rows if r.role)
    return Viewer(
        person_id=first.person_id,
        full_name=first.full_name,
        address=first.address,
        language=first.language,
        text_size=first.text_size,
        session_id=first.id,
        is_own_phone=first.is_own_phone,
        is_learner=first.scope == Scope.LEARNER,
        grants=grants,
    )


def find_by_sign_in(scope: Scope, name: str) -> Person | None:
    """Return the person who signs in with `name`: phone or card code for learners, user name for staff."""
    match = (
        or_(Person.phone == name, Person.card_code == name)
        if scope is Scope.LEARNER
        else Person.username == name
    )
    return db.session.scalars(select(Person).where(match, Person.closed_at.is_(None))).first()


def find_failure(name_digest: str) -> SignInFailure | None:
    """Return the wrong tries counted for this name; locked against rivals on PostgreSQL."""
    query = select(SignInFailure).where(SignInFailure.name_digest == name_digest).with_for_update()
    return db.session.scalars(query).first()


def get_person(viewer: Viewer, permission: Permission, person_id: int) -> Person:
    """Return the person if `viewer` holds `permission` where they serve.

    Raises:
        NotFound: there is none, or out of reach.
    """
    query = select(Person).where(Person.id == person_id, access.visible_to(viewer, permission))
    person = db.session.scalars(query).first()
    if person is None:
        raise NotFound
    return person


def get_person_to_change(viewer: Viewer, permission: Permission, person_id: int) -> Person:
    """Return the person if `viewer` may change them.

    Raises:
        NotFound: there is none, out of reach, or the account is closed.
        NotPermitted: they serve elsewhere now, or are staff beyond this viewer's own reach.
    """
    person = get_person(viewer, permission, person_id)
    if person.closed_at is not None:
        raise NotFound
    if not can_change(viewer, permission, person_id):
        raise NotPermitted(N_("This account is looked after by an administrator with a wider reach."))
    return person


def can_change(viewer: Viewer, permission: Permission, person_id: int) -> bool:
    """Tell whether `viewer` may change this person, from their present posts and roles."""
    post_paths = [post.unit_path for post in list_posts(person_id)]
    grant_paths = [unit.path or "" for _grant, unit in list_grants(person_id)]
    return access.can_change(viewer, permission, post_paths, grant_paths)


def get_post(person_id: int, post_id: int) -> Post:
    """Return a post the person holds now.

    Raises:
        NotFound: they do not hold it.
    """
    query = select(Post).where(Post.id == post_id, Post.person_id == person_id, Post.ended_on.is_(None))
    post = db.session.scalars(query).first()
    if post is None:
        raise NotFound
    return post


def list_posts_in(unit_id: int) -> Sequence[Post]:
    """Return the posts held in a unit now."""
    query = select(Post).where(Post.unit_id == unit_id, Post.ended_on.is_(None)).order_by(Post.id)
    return db.session.scalars(query).all()


def get_grant(person_id: int, grant_id: int) -> tuple[RoleGrant, Unit]:
    """Return a role of the person with its unit.

    Raises:
        NotFound: they do not have it.
    """
    for grant, unit in list_grants(person_id):
        if grant.id == grant_id:
            return grant, unit
    raise NotFound


def get_self(viewer: Viewer) -> Person:
    """Return the viewer's own row."""
    return db.session.get_one(Person, viewer.person_id)


def find_by_id(person_id: int) -> Person | None:
    """Return a person by id, whoever asks: for rules, not for pages."""
    return db.session.get(Person, person_id)


def list_names(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Return person id → full name; asks nothing when there is nobody to ask for."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(wanted)))
    return {person_id: name for person_id, name in rows}


def list_people(
    viewer: Viewer,
    permission: Permission,
    search: str = "",
    offset: int = 0,
    limit: int = 50,
    within: str = "",
) -> Sequence[Person]:
    """Return open people in reach by given name.

    Args:
        viewer: who asks.
        permission: what they must hold where the person serves.
        search: part of a name, phone number, card code or user name; marks and case ignored.
        offset: how many to leave out.
        limit: at most so many.
        within: only those who serve within the unit at this path.
    """
    query = select(Person).where(*_wanted(viewer, permission, search, within))
    return db.session.scalars(query.order_by(Person.sort_key, Person.id).offset(offset).limit(limit)).all()


def count_people(viewer: Viewer, permission: Permission, search: str = "", within: str = "") -> int:
    """Return how many people `list_people` would find without a limit."""
    query = select(func.count(Person.id)).where(*_wanted(viewer, permission, search, within))
    return db.session.scalar(query) or 0


def _wanted(viewer: Viewer, permission: Permission, search: str, within: str) -> list[ColumnElement[bool]]:
    conditions = [access.visible_to(viewer, permission), Person.closed_at.is_(None)]
    if search:
        conditions.append(matches(search))
    if within:
        here = is_within(Unit.path, within)  # type: ignore[arg-type]
        posts = (
            select(Post.person_id).join(Unit, Unit.id == Post.unit_id).where(here, Post.ended_on.is_(None))
        )
        grants = select(RoleGrant.person_id).join(Unit, Unit.id == RoleGrant.unit_id).where(here)
        conditions.append(or_(Person.id.in_(posts), Person.id.in_(grants)))
    return conditions


def matches(search: str) -> ColumnElement[bool]:
    """Return the condition on Person that a name, phone number, card code or user name has these words in it.

    Marks and case are ignored.
    """
    text = fold(search)
    return or_(
        Person.search_key.contains(text, autoescape=True),
        Person.phone.contains(text.replace(" ", ""), autoescape=True),
        Person.username.contains(text, autoescape=True),
        Person.card_code == text.upper().replace(" ", ""),
    )


def list_duties(person_ids: Sequence[int]) -> dict[int, list[DutyRow]]:
    """Return person id → the posts held now, then the roles, each with its unit."""
    parent = aliased(Unit)
    duties: dict[int, list[DutyRow]] = {}
    for table, kind, is_open in (
        (Post, Post.kind, Post.ended_on.is_(None)),
        (RoleGrant, RoleGrant.role, true()),
    ):
        query = (
            select(table.person_id, kind, Unit.name, parent.name)
            .join(Unit, Unit.id == table.unit_id)
            .outerjoin(parent, parent.id == Unit.parent_id)
            .where(table.person_id.in_(person_ids), is_open)
            .order_by(table.id)
        )
        for person_id, *duty in db.session.execute(query):
            duties.setdefault(person_id, []).append(DutyRow(*duty))
    return duties


def count_post_holders(path: str, kinds: Sequence[str]) -> int:
    """Return how many people now hold one of `kinds` within `path`."""
    query = (
        select(func.count(Post.person_id.distinct()))
        .join(Unit, Unit.id == Post.unit_id)
        .join(Person, Person.id == Post.person_id)
        .where(
            is_within(Unit.path, path),  # type: ignore[arg-type]
            Post.kind.in_(kinds),
            Post.ended_on.is_(None),
            Person.closed_at.is_(None),
        )
    )
    return db.session.scalar(query) or 0


def is_taken(column: str, value: str, but: int | None = None) -> bool:
    """Tell whether another person already has this phone, card_code or username."""
    query = select(exists().where(getattr(Person, column) == value, Person.id != (but or 0)))
    return bool(db.session.scalar(query))


def list_posts(person_id: int) -> list[PostRow]:
    """Return the posts a person holds now, the secretary's first."""
    rows: Sequence[Sequence[Any]] = db.session.execute(_POSTS, {"person_id": person_id}).all()
    return [PostRow(*row) for row in rows]


def list_posts_of(person_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return person id → the kinds of post they hold now, in the order they took them."""
    query = select(Post.person_id, Post.kind).where(Post.person_id.in_(person_ids), Post.ended_on.is_(None))
    posts: dict[int, list[str]] = {}
    for person_id, kind in db.session.execute(query.order_by(Post.id)):
        posts.setdefault(person_id, []).append(kind)
    return posts


def list_post_holders(path: str, kinds: Sequence[str]) -> Sequence[tuple[int, int, str]]:
    """Return (person id, unit id, unit path) of everyone who now holds one of `kinds` within `path`."""
    query = (
        select(Post.person_id, Unit.id, Unit.path)
        .join(Unit, Unit.id == Post.unit_id)
        .join(Person, Person.id == Post.person_id)
        .where(
            is_within(Unit.path, path),  # type: ignore[arg-type]
            Post.kind.in_(kinds),
            Post.ended_on.is_(None),
            Person.closed_at.is_(None),
        )
        .order_by(Post.id)
    )
    return [(p, u, path or "") for p, u, path in db.session.execute(query)]


def list_grants(person_id: int) -> Sequence[tuple[RoleGrant, Unit]]:
    """Return the roles granted to a person with their units."""
    query = (
        select(RoleGrant, Unit)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.person_id == person_id)
    )
    return [(grant, unit) for grant, unit in db.session.execute(query.order_by(RoleGrant.id))]


def list_watchers(path: str) -> Sequence[tuple[str, str, str]]:
    """Return (role, unit name, person's name) of all staff whose grant covers the unit at `path`."""
    above = [path[: i + 1] for i, char in enumerate(path) if char == "/" and i]
    query = (
        select(RoleGrant.role, Unit.name, Person.full_name)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(Unit.path.in_(above), Person.closed_at.is_(None))
        .order_by(RoleGrant.role, Unit.path, Person.sort_key)
    )
    return [(role, unit, name) for role, unit, name in db.session.execute(query)]
