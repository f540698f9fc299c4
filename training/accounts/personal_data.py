"""What accounts keeps about a person."""

from typing import Any

from sqlalchemy import delete, select

from training.accounts.models import Person, Post, RoleGrant, SignInFailure, UserSession
from training.accounts.queries import list_posts
from training.accounts.secrets import digest
from training.core import clock
from training.core.db import db

TABLES = ("person", "post", "role_grant", "user_session")


def collect(person_id: int) -> dict[str, Any]:
    """Return everything kept about the person, without secrets."""
    person = db.session.get_one(Person, person_id)
    sessions = db.session.scalars(select(UserSession.created_at).where(UserSession.person_id == person_id))
    return {
        "full_name": person.full_name,
        "phone": person.phone,
        "card_code": person.card_code,
        "username": person.username,
        "address": person.address,
        "posts": [{"kind": p.kind, "unit": p.unit_name} for p in list_posts(person_id)],
        "signed_in_at": [moment.isoformat() for moment in sessions],
    }


def erase(person_id: int) -> None:
    """Forget the person's name and every way to sign in; the bare row stays, for counts in closed reports."""
    person = db.session.get_one(Person, person_id)
    for name in (person.phone, person.card_code, person.username):
        if name:
            db.session.execute(delete(SignInFailure).where(SignInFailure.name_digest == digest(name)))
    person.full_name = person.sort_key = person.search_key = "—"
    person.phone = person.card_code = person.username = person.pin_hash = person.password_hash = None
    person.closed_at = person.closed_at or clock.now()
    for table in (Post, RoleGrant, UserSession):
        db.session.execute(delete(table).where(table.person_id == person_id))
    db.session.flush()
