"""Loading the demo, and telling who may sign in."""

import random
from dataclasses import dataclass

from sqlalchemy import select

from training.catalogue import queries as catalogue
from training.core import clock
from training.core.db import db, unit_of_work
from training.devtools.history import Historian
from training.devtools.province import DEMO_CODE, PASSWORD, PIN, Builder
from training.org.models import Unit
from training.org.queries import find_by_code

SEED = 20260901


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way in: who it is, where they sign in, with what."""

    who: str
    where: str
    name: str
    secret: str


LEARNER_PAGE, STAFF_PAGE = "/sign-in", "/staff/sign-in"
SIGN_INS = (
    SignIn("Bí thư chi bộ, đang học", LEARNER_PAGE, "0900000001", PIN),
    SignIn("Bí thư chi bộ, đã đạt", LEARNER_PAGE, "0900000002", PIN),
    SignIn("Bí thư chi bộ, chưa học", LEARNER_PAGE, "0900000003", PIN),
    SignIn("Giảng viên", STAFF_PAGE, "giangvien1", PASSWORD),
    SignIn("Ban Xây dựng Đảng xã", STAFF_PAGE, "ban.xuanvan", PASSWORD),
    SignIn("Ban Tổ chức tỉnh", STAFF_PAGE, "ban.tinh", PASSWORD),
    SignIn("Quản trị viên", STAFF_PAGE, "quantri", PASSWORD),
)


def is_empty() -> bool:
    """Tell whether the database has no unit at all."""
    return db.session.scalar(select(Unit.id).limit(1)) is None


def is_loaded() -> bool:
    """Tell whether the database holds the demo."""
    return find_by_code(DEMO_CODE) is not None


def load() -> bool:
    """Load the demo province with three months of history, in one transaction; a second time changes nothing.

    Returns:
        Whether anything was loaded.
    """
    with unit_of_work():
        if is_loaded():
            return False
        rng = random.Random(SEED)  # noqa: S311 - decides a story, guards nothing
        kept = random.getstate()
        random.seed(SEED)
        try:
            Historian(rng, clock.now().replace(microsecond=0)).live(Builder(rng), catalogue.list_courses())
        finally:
            random.setstate(kept)
    return True


def list_sign_ins() -> tuple[SignIn, ...]:
    """Return the sign-ins of the demo; none when it is not loaded."""
    return SIGN_INS if is_loaded() else ()


def sign_in_lines() -> list[str]:
    """Return a small table of the sign-ins, line by line; nothing when the demo is not loaded."""
    found = list_sign_ins()
    return [f"  {s.where:<15} {s.name:<12} {s.secret:<20} {s.who}" for s in found]
