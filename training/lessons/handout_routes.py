"""Lessons on paper, and the notes for whoever teaches them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from training.catalogue import queries as catalogue
from training.core.permissions import Permission
from training.lessons import views
from training.web.access import current_viewer, requires, signed_in

handouts = Blueprint("handouts", __name__)


@handouts.get("/teaching/lessons")
@requires(Permission.SEE_REPORTS)
def list_lessons() -> ResponseReturnValue:
    """All lessons of all courses, with what is there to teach them from."""
    revisions = [
        catalogue.get_revision(course.current_revision_id or 0) for course in catalogue.list_courses()
    ]
    return render_template("lessons/handouts/list_lessons.html", revisions=revisions)


@handouts.get("/courses/<slug>/lessons/<lesson_key>/notes")
@requires(Permission.SEE_REPORTS)
def show_notes(slug: str, lesson_key: str) -> ResponseReturnValue:
    """How to teach a lesson: time, what to show, what people ask, without a network."""
    revision = catalogue.get_current_revision(slug)
    return render_template(
        "lessons/handouts/show_notes.html", revision=revision, lesson=revision.lesson(lesson_key)
    )


@handouts.get("/courses/<slug>/lessons/<lesson_key>/handout")
@signed_in
def print_handout(slug: str, lesson_key: str) -> ResponseReturnValue:
    """A lesson on at most both sides of a sheet of A4."""
    revision = views.readable_revision(current_viewer(), slug)
    return render_template(
        "lessons/handouts/print_handout.html", revision=revision, lesson=revision.lesson(lesson_key)
    )
