"""The signed cookie: which session this phone has, and when it was last used."""

from collections.abc import MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any

from training.accounts import queries, rules
from training.accounts.models import Person
from training.accounts.secrets import digest
from training.core import clock
from training.core.permissions import Viewer

Cookie = MutableMapping[str, Any]
TOKEN, SEEN = "token", "seen"
# A fresh stamp is sent only now and then: a cookie costs bytes on every answer.
STAMP_EVERY = timedelta(minutes=2)


def load_viewer(cookie: Cookie) -> Viewer | None:
    """Return who is signed in on this phone; a session left alone too long is over.

    Idle time is kept in the signed cookie and not in the database, so that reading a page writes nothing.
    """
    token = cookie.get(TOKEN)
    if not isinstance(token, str):
        return None
    now = clock.now()
    viewer = queries.find_viewer(digest(token), now)
    if viewer is None:
        return None
    if not viewer.is_own_phone:
        seen = datetime.fromtimestamp(cookie.get(SEEN, 0), UTC)
        if rules.is_idle(seen, now):
            return None
        if now - seen >= STAMP_EVERY:
            cookie[SEEN] = int(now.timestamp())
    return viewer


def remember(cookie: Any, person: Person, token: str, is_own_phone: bool) -> None:
    """Put a new session into the cookie, with the person's own language and text size."""
    cookie.clear()
    cookie[TOKEN] = token
    cookie[SEEN] = int(clock.now().timestamp())
    cookie["lang"], cookie["size"] = person.language, person.text_size
    cookie.permanent = is_own_phone


def forget(cookie: Any) -> None:
    """Take the session out of the cookie; language and text size of the phone stay."""
    kept = {name: cookie[name] for name in ("lang", "size") if name in cookie}
    cookie.clear()
    cookie.update(kept)
