"""Rules of signing in: pure, the time is handed in."""

import re
from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=24)

OWN_PHONE_LASTS = timedelta(days=90)
SHARED_PHONE_LASTS = timedelta(hours=12)
STAFF_LASTS = timedelta(hours=12)
IDLE_LIMIT = timedelta(minutes=30)

PIN = re.compile(r"\d{6}")
PHONE = re.compile(r"0\d{9}")
# Letters and digits that are not mistaken for one another on paper.
CARD_ALPHABET = "234679ACDEFHJKMNPRTUVWXY"
CARD_LENGTH = 6


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many wrong tries in a row: none for four, then 30 s doubling up to 15 min."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def is_forgotten(last_at: datetime, now: datetime) -> bool:
    """Tell whether earlier wrong tries no longer count."""
    return now - last_at >= FORGET_AFTER


def session_lasts(is_own_phone: bool, is_staff: bool) -> timedelta:
    """Return how long a sign-in lives at most."""
    if is_staff:
        return STAFF_LASTS
    return OWN_PHONE_LASTS if is_own_phone else SHARED_PHONE_LASTS


def is_idle(last_seen: datetime, now: datetime) -> bool:
    """Tell whether a session that is not on the person's own phone has been left alone too long."""
    return now - last_seen > IDLE_LIMIT


def tidy_phone(text: str) -> str | None:
    """Return a Vietnamese phone number as 0912345678, or None when `text` is none.

    Takes spaces, dots, dashes and the country code; spreadsheets that lost the leading 0 give nine digits back.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(\+?84)(?=\d{9}$)", "0", digits)
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = "0" + digits
    return digits if PHONE.fullmatch(digits) else None


def tidy_card(text: str) -> str:
    """Return a card code as it is stored: capital letters and digits only."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def is_pin(text: str) -> bool:
    """Tell whether `text` is six digits."""
    return bool(PIN.fullmatch(text))


def is_weak_pin(pin: str) -> bool:
    """Tell whether a chosen PIN is one of the first a stranger would try: one digit repeated, or a plain run."""
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    return len(steps) == 1 and steps <= {0, 1, 9}
