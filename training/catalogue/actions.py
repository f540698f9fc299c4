"""Publishing courses and giving them back as files."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import cast

import brotli  # type: ignore[import-untyped]
from sqlalchemy import Table

from training.activities.source import N_, Problem
from training.catalogue import queries
from training.catalogue.models import Course, Media, Revision, RevisionFile
from training.catalogue.rules import package_digest, revision_document
from training.content.check import check_package, errors
from training.content.document import REFERENCES_FILE, CourseDocument, Package
from training.content.package import write_files
from training.content.pictures import CONTENT_TYPES, extension
from training.content.write import write_used_references
from training.core import clock
from training.core.db import db, insert_once
from training.core.errors import InvalidInput


class PackageRefused(InvalidInput):
    """A course has mistakes and was not published; `problems` are those that must be corrected."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(N_("The course has mistakes that must be corrected first."))
        self.problems = tuple(problems)


def publish(package: Package) -> Revision:
    """Publish a course, unless what is published now was made from exactly the same files.

    Args:
        package: the course folder and the references.

    Returns:
        The revision that is now the current one.

    Raises:
        PackageRefused: the checker found errors.
    """
    document, problems = check_package(package, clock.today())
    if errors(problems):
        raise PackageRefused(errors(problems))
    files = {**package.files, REFERENCES_FILE: write_used_references(document)}
    course = _course(document.slug)
    revision = queries.find_revision_by_digest(course.id, package_digest(files))
    if revision is None or revision.id != course.current_revision_id:
        revision = _add_revision(course, document, files)
    return revision


def export(revision_id: int, folder: Path) -> list[Path]:
    """Write the files a revision was made from, byte for byte.

    Args:
        revision_id: which revision.
        folder: the parent; the course gets a folder of its own in it, and the references it uses a file
            beside that, unless there is one already.

    Returns:
        The paths that changed.
    """
    files = queries.list_files(revision_id)
    references = files.pop(REFERENCES_FILE)
    changed = write_files(folder / queries.get_revision(revision_id).slug, files)
    if references and not (folder / REFERENCES_FILE).exists():
        changed += write_files(folder, {REFERENCES_FILE: references})
    return changed


def _course(slug: str) -> Course:
    course = queries.find_course(slug)
    if course is None:
        course = Course(slug=slug)
        db.session.add(course)
        db.session.flush()
    return course


def _add_revision(course: Course, document: CourseDocument, files: dict[str, bytes]) -> Revision:
    revision = Revision(
        course_id=course.id,
        number=queries.last_number(course.id) + 1,
        digest=package_digest(files),
        published_at=clock.now(),
        document=revision_document(document),
    )
    db.session.add(revision)
    db.session.flush()
    db.session.add_all(
        RevisionFile(revision_id=revision.id, path=path, body=body) for path, body in files.items()
    )
    for path, body in document.media.items():
        _keep_media(path, body)
    course.current_revision_id = revision.id
    db.session.flush()
    queries.forget_revision(revision.id)
    return revision


def _keep_media(path: str, body: bytes) -> None:
    small = brotli.compress(body)
    row = {
        "sha256": sha256(body).hexdigest(),
        "content_type": CONTENT_TYPES[extension(path)],
        "body": body,
        "body_br": small if len(small) < len(body) else None,
    }
    insert_once(cast(Table, Media.__table__), row)
