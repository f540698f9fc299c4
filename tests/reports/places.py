"""Course places for report tests: who was given what, when, and what came of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select

from training.catalogue.models import Course, Revision
from training.core.db import db
from training.enrolment.models import Enrolment

ENROLLED = datetime(2026, 1, 5, 2, tzinfo=UTC)


def at(month: int, day: int, hour: int = 2) -> datetime:
    """Return a moment of 2026 (UTC)."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def second_course() -> Course:
    """Publish the present course once more under another name and return it."""
    first = db.session.scalars(select(Revision).order_by(Revision.id)).first()
    assert first is not None
    course = Course(slug="second-course")
    db.session.add(course)
    db.session.flush()
    document = {
        **first.document,
        "slug": "second-course",
        "title": {"vi": "Khóa thứ hai", "en": "Second course"},
    }
    revision = Revision(
        course_id=course.id, number=1, digest="2" * 64, published_at=ENROLLED, document=document
    )
    db.session.add(revision)
    db.session.flush()
    course.current_revision_id = revision.id
    return course


def place_of(person_id: int) -> Enrolment:
    """Return the first course place of a person."""
    query = select(Enrolment).where(Enrolment.person_id == person_id).order_by(Enrolment.id)
    return db.session.scalars(query.limit(1)).one()


def second_place(present: Enrolment, course: Course, due_on: date | None) -> Enrolment:
    """Give the same person another course."""
    place = Enrolment(
        person_id=present.person_id, course_id=course.id, revision_id=course.current_revision_id,
        unit_id=present.unit_id, unit_path=present.unit_path, commune_id=present.commune_id,
        due_on=due_on, enrolled_at=ENROLLED, item_count=present.item_count, done_count=0,
    )  # fmt: skip
    db.session.add(place)
    db.session.flush()
    return place


def became(place: Enrolment, **facts: object) -> None:
    """Write what came of a place."""
    for name, value in facts.items():
        setattr(place, name, value)
    db.session.flush()


def all_places() -> Sequence[Enrolment]:
    """Return every course place there is."""
    return db.session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
