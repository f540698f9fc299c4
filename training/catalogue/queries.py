"""Reading courses and what has been published of them."""

from datetime import datetime

from sqlalchemy import func, select

from training.catalogue.cache import Bounded
from training.catalogue.models import Course, Media, Revision, RevisionFile
from training.catalogue.views import RevisionView
from training.core.db import db
from training.core.errors import NotFound

# About 0.5 MB each; more courses than this in daily use would be a different program.
_revisions: Bounded[RevisionView] = Bounded(64)


def find_course(slug: str) -> Course | None:
    """Return the course of a name, or None."""
    return db.session.scalar(select(Course).where(Course.slug == slug))


def get_course(slug: str) -> Course:
    """Return the course of a name.

    Raises:
        NotFound: there is none.
    """
    course = find_course(slug)
    if course is None:
        raise NotFound
    return course


def list_courses() -> list[Course]:
    """Return all courses with a published revision, by name."""
    published = select(Course).where(Course.current_revision_id.is_not(None)).order_by(Course.slug)
    return list(db.session.scalars(published))


def get_revision(revision_id: int) -> RevisionView:
    """Return a published revision; only the first reading in a process asks the database.

    Raises:
        NotFound: there is none.
    """
    key = (db.engine, revision_id)
    kept = _revisions.find(key)
    if kept is None:
        kept = _read_revision(revision_id)
        _revisions.keep(key, kept)
    return kept


def get_current_revision(slug: str) -> RevisionView:
    """Return what is published of a course today.

    Raises:
        NotFound: there is no such course, or nothing of it is published.
    """
    revision_id = get_course(slug).current_revision_id
    if revision_id is None:
        raise NotFound
    return get_revision(revision_id)


def get_edition(slug: str, number: int) -> RevisionView:
    """Return one edition of a course by the number people read on its papers.

    Raises:
        NotFound: there is no such course, or no such edition of it.
    """
    wanted = select(Revision.id).join(Course, Course.id == Revision.course_id)
    revision_id = db.session.scalar(wanted.where(Course.slug == slug, Revision.number == number))
    if revision_id is None:
        raise NotFound
    return get_revision(revision_id)


def forget_revision(revision_id: int) -> None:
    """Drop a revision from memory: its number may have belonged to one that was rolled back."""
    _revisions.drop((db.engine, revision_id))


def find_revision_by_digest(course_id: int, digest: str) -> Revision | None:
    """Return the newest revision of a course made from exactly these files, or None."""
    same = select(Revision).where(Revision.course_id == course_id, Revision.digest == digest)
    return db.session.scalar(same.order_by(Revision.number.desc()).limit(1))


def last_number(course_id: int) -> int:
    """Return the number of the newest revision of a course; 0 when there is none."""
    newest = select(func.max(Revision.number)).where(Revision.course_id == course_id)
    return db.session.scalar(newest) or 0


def list_editions(course_id: int, limit: int = 200) -> list[tuple[int, int, datetime]]:
    """Return (id, number, moment of publishing) of the newest revisions of a course, the newest first."""
    columns = select(Revision.id, Revision.number, Revision.published_at).where(
        Revision.course_id == course_id
    )
    rows = db.session.execute(columns.order_by(Revision.number.desc()).limit(limit))
    return [(revision_id, number, published_at) for revision_id, number, published_at in rows]


def find_revision_id(course_id: int, number: int) -> int | None:
    """Return the id of the revision of a course with this number, or None."""
    return db.session.scalar(
        select(Revision.id).where(Revision.course_id == course_id, Revision.number == number)
    )


def list_files(revision_id: int) -> dict[str, bytes]:
    """Return the files a revision was made from, by path."""
    rows = select(RevisionFile.path, RevisionFile.body).where(RevisionFile.revision_id == revision_id)
    return {path: body for path, body in db.session.execute(rows.order_by(RevisionFile.path))}


def find_media(sha256: str) -> Media | None:
    """Return the picture of a digest, or None."""
    return db.session.get(Media, sha256)


def _read_revision(revision_id: int) -> RevisionView:
    wanted = select(Revision, Course.slug).join(Course, Course.id == Revision.course_id)
    row = db.session.execute(wanted.where(Revision.id == revision_id)).one_or_none()
    if row is None:
        raise NotFound
    revision, slug = row
    return RevisionView(
        id=revision.id,
        course_id=revision.course_id,
        slug=slug,
        number=revision.number,
        digest=revision.digest,
        published_at=revision.published_at,
        document=revision.document,
    )
