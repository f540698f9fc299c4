"""People and how they sign in. No birth date, ethnicity, identity or card number is ever asked for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.core import clock
from training.core.db import Base, PlainText, UtcDateTime


class PostKind(StrEnum):
    """The posts a person holds in a village; one person may hold several."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    VILLAGE_HEAD = "village_head"
    FRONT_CHAIR = "front_chair"


class Person(Base):
    """Someone who learns, teaches or checks."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("phone"),
        UniqueConstraint("card_code"),
        UniqueConstraint("username"),
        Index(None, "sort_key"),
        Index(None, "search_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(PlainText)
    search_key: Mapped[str] = mapped_column(PlainText)
    address: Mapped[str] = mapped_column(String(20), default="đồng chí")
    phone: Mapped[str | None] = mapped_column(String(15))
    card_code: Mapped[str | None] = mapped_column(String(12))
    pin_hash: Mapped[str | None] = mapped_column(String(120))
    username: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    text_size: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Post(Base):
    """A post held by a person in a cell, from one day to another."""

    __tablename__ = "post"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "unit_id"),
        CheckConstraint("kind in ('secretary','deputy_secretary','village_head','front_chair')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]


class RoleGrant(Base):
    """A role on a unit and everything below it."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "unit_id"),
        CheckConstraint("role in ('trainer','committee','administrator')", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))


class Scope(StrEnum):
    """How a session was opened: a PIN opens learning only, a password opens staff work only."""

    LEARNER = "learner"
    STAFF = "staff"


class UserSession(Base):
    """An open sign-in; the phone keeps a random token, we keep only its digest."""

    __tablename__ = "user_session"
    __table_args__ = (UniqueConstraint("token_digest"), Index(None, "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scope: Mapped[str] = mapped_column(String(10))
    is_own_phone: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInFailure(Base):
    """Wrong tries in a row for one name; kept for names that do not exist too, so that nothing is hinted."""

    __tablename__ = "sign_in_failure"

    name_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
