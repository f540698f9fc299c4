"""What a package becomes when it is published."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from training.activities.questions.registry import to_json
from training.content.check_questions import question_picture_paths
from training.content.document import CourseDocument, Item
from training.content.page_words import PAGE_WORDS
from training.content.pictures import extension, inline_source, picture_size
from training.content.render import RENDERING, render_all, render_notes


def package_digest(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of a set of files and of the way they are rendered, as 64 hexadecimal figures.

    A new way of rendering counts as a new revision, because learners see something else.
    """
    total = sha256(f"rendering {RENDERING}\n".encode())
    for path, body in sorted(files.items()):
        total.update(f"{path}\0{sha256(body).hexdigest()}\n".encode())
    return total.hexdigest()


def media_address(path: str, body: bytes) -> str:
    """Return where a picture is fetched; the address changes when the picture does."""
    return f"/media/{sha256(body).hexdigest()}.{extension(path)}"


def revision_document(document: CourseDocument) -> dict[str, Any]:
    """Return all of a course as plain JSON values, its lessons rendered.

    Args:
        document: a document without errors.

    Returns:
        What `views.RevisionView` reads.
    """
    addresses = {path: media_address(path, body) for path, body in document.media.items()}
    sources = {
        path: inline_source(path, body) or media_address(path, body) for path, body in document.media.items()
    }
    html = render_all(document, PAGE_WORDS, sources.get)
    notes = render_notes(document, PAGE_WORDS, sources.get)
    return {
        "slug": document.slug,
        "title": dict(document.title),
        "summary": dict(document.summary),
        "skills": [
            {"key": skill.key, "title": dict(skill.title), "digcomp": list(skill.digcomp)}
            for skill in document.skills
        ],
        "items": [_item(document, item) for item in document.items],
        "lessons": {
            key: {
                "title": dict(lesson.title),
                "minutes": lesson.minutes,
                "html": html[key],
                "notes": notes[key],
            }
            for key, lesson in document.lessons.items()
        },
        "quizzes": {
            quiz.key: {
                "purpose": quiz.purpose,
                "title": dict(quiz.title),
                "draw": quiz.draw,
                "draws": [[draw.tag, draw.count] for draw in quiz.draws],
                "pass_percent": quiz.pass_percent,
                "tries": quiz.tries,
                "wait_minutes": quiz.wait_minutes,
                "counts": quiz.counts,
                "minutes": quiz.minutes,
                "explain": quiz.explain,
            }
            for quiz in document.quizzes
        },
        "questions": [to_json(question) for question in document.questions],
        "pictures": {path: _picture(document, path) for path in sorted(question_picture_paths(document))},
        "media": sorted(addresses.values()),
    }


def _picture(document: CourseDocument, path: str) -> dict[str, Any]:
    body = document.media[path]
    width, height = picture_size(path, body) or (1, 1)
    return {
        "address": inline_source(path, body) or media_address(path, body),
        "width": width,
        "height": height,
    }


def _item(document: CourseDocument, item: Item) -> dict[str, Any]:
    if item.kind == "lesson":
        lesson = document.lessons[item.key]
        return {"kind": "lesson", "key": item.key, "title": dict(lesson.title), "minutes": lesson.minutes}
    quiz = next(quiz for quiz in document.quizzes if quiz.key == item.key)
    # A careful reader takes about a minute over a question.
    plain = {"kind": "quiz", "key": quiz.key, "title": dict(quiz.title), "minutes": quiz.draw}
    return {**plain, "is_counted": False} if quiz.is_pre_test else plain
