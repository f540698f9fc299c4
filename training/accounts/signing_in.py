"""Opening and ending sessions, and slowing down those who guess."""

from datetime import timedelta

from sqlalchemy import update

from training.accounts import queries, rules, secrets
from training.accounts.models import Person, Scope, SignInFailure, UserSession
from training.core import clock
from training.core.db import db, insert_once, reading, unit_of_work
from training.core.errors import N_, TooManyTries


def tidy_name(scope: Scope, typed: str) -> str:
    """Return the phone number, card code or user name meant by what was typed."""
    if scope is Scope.STAFF:
        return typed.strip().lower()
    return rules.tidy_phone(typed) or rules.tidy_card(typed)


def check_secret(scope: Scope, typed_name: str, secret: str) -> Person | None:
    """Return the person if name and secret belong together; hashing happens outside any write lock.

    Raises:
        TooManyTries: too many wrong tries for this name; `retry_after` says how long to wait.
    """
    name = tidy_name(scope, typed_name)
    with reading():
        _refuse_if_blocked(name)
        person = queries.find_by_sign_in(scope, name)
    stored = None if person is None else person.pin_hash if scope is Scope.LEARNER else person.password_hash
    if secrets.is_right(stored, secret):
        _forget_failures(name)
        return person
    with unit_of_work():  # counted even though the page that says so is a refusal
        _count_failure(name)
    return None


def open_session(person: Person, scope: Scope, is_own_phone: bool) -> tuple[str, timedelta]:
    """Open a session and return its token (kept by the phone only) and how long it lives."""
    token = secrets.new_token()
    lasts = rules.session_lasts(is_own_phone, scope is Scope.STAFF)
    row = UserSession(
        token_digest=secrets.digest(token),
        person_id=person.id,
        scope=scope,
        is_own_phone=is_own_phone and scope is Scope.LEARNER,
        expires_at=clock.now() + lasts,
    )
    db.session.add(row)
    db.session.flush()
    return token, lasts


def end_session(session_id: int) -> None:
    """End one session."""
    _end(UserSession.id == session_id)


def end_all_sessions(person_id: int) -> None:
    """End every session of a person: after a new PIN or password, or a lost phone."""
    _end(UserSession.person_id == person_id)


def start_afresh(person: Person) -> None:
    """End every session of `person` and forget wrong tries: after a new PIN or password."""
    end_all_sessions(person.id)
    for name in (person.phone, person.card_code, person.username):
        if name:
            _forget_failures(name)


def _end(condition: object) -> None:
    statement = update(UserSession).where(condition, UserSession.ended_at.is_(None))  # type: ignore[arg-type]
    db.session.execute(statement.values(ended_at=clock.now()))


def _refuse_if_blocked(name: str) -> None:
    failure = queries.find_failure(secrets.digest(name))
    now = clock.now()
    if failure and failure.blocked_until and failure.blocked_until > now:
        seconds = max(1, int((failure.blocked_until - now).total_seconds() + 0.999))
        raise TooManyTries(N_("Too many wrong tries. Wait a little, then try again."), seconds)


def _count_failure(name: str) -> None:
    key, now = secrets.digest(name), clock.now()
    insert_once(SignInFailure.__table__, {"name_digest": key, "count": 0, "last_at": now})  # type: ignore[arg-type]
    failure = queries.find_failure(key)
    if failure is None:
        return
    failure.count = 1 if rules.is_forgotten(failure.last_at, now) else failure.count + 1
    failure.last_at = now
    wait = rules.wait_after(failure.count)
    failure.blocked_until = now + wait if wait else None
    db.session.flush()


def _forget_failures(name: str) -> None:
    failure = queries.find_failure(secrets.digest(name))
    if failure:
        db.session.delete(failure)
        db.session.flush()
