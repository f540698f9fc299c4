"""Courses and what has been published of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from training.core.db import Base, Json, UtcDateTime


class Course(Base):
    """A course under its lasting name."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    # Without a foreign key, which would make a circle with revision.course_id; publishing alone sets it,
    # and revisions are never removed.
    current_revision_id: Mapped[int | None]


class Revision(Base):
    """A course as it was published once; never changed afterwards."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[dict[str, Any]] = mapped_column(Json)


class RevisionFile(Base):
    """One file a revision was made from, to be given back as it came."""

    __tablename__ = "revision_file"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Media(Base):
    """A picture, named by what it holds; the same picture in ten revisions is kept once."""

    __tablename__ = "media"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_type: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    body_br: Mapped[bytes | None] = mapped_column(LargeBinary)


class Immutable(Exception):
    """Somebody tried to change what has been published."""


@event.listens_for(Revision, "before_update")
@event.listens_for(Revision, "before_delete")
@event.listens_for(RevisionFile, "before_update")
@event.listens_for(RevisionFile, "before_delete")
@event.listens_for(Media, "before_update")
def _refuse(_mapper: Mapper[Any], _connection: object, target: object) -> None:
    raise Immutable(f"{type(target).__name__} is published and cannot change")
