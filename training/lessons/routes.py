"""The learner's pages."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from training.accounts import queries as accounts
from training.accounts.labels import ROLES
from training.catalogue.cache import Bounded
from training.catalogue.views import LessonView
from training.core.ids import parse_id
from training.core.permissions import Permission
from training.journal.actions import Origin
from training.journal.labels import MODES
from training.lessons import actions, views
from training.lessons.checks import Check, read_checks
from training.web.access import current_viewer, requires, signed_in
from training.web.assets import BUILD
from training.web.caching import remembered
from training.web.i18n import current_language

lessons = Blueprint("lessons", __name__)

# A self-check that nobody has answered yet is the same for everyone: kept as it was first written.
_untouched: Bounded[Markup] = Bounded(256)


@lessons.get("/")
@signed_in
def show_home() -> ResponseReturnValue:
    """The learner's home; staff go to their reports."""
    viewer = current_viewer()
    if not viewer.is_learner:
        return redirect(url_for("reports.show_completion"), 303)
    cards = views.course_cards(viewer.person_id)
    return render_template(
        "lessons/show_home.html",
        posts=accounts.list_posts(viewer.person_id),
        cards=cards,
        present=views.present_course(cards),
        modes=MODES,
    )


@lessons.get("/courses/<slug>")
@requires(Permission.LEARN)
def show_course(slug: str) -> ResponseReturnValue:
    """The items of a course and how far the learner is."""
    page = views.course_page(current_viewer().person_id, slug)
    return render_template("lessons/show_course.html", page=page)


@lessons.get("/courses/<slug>/lessons/<lesson_key>")
@requires(Permission.LEARN)
def show_lesson(slug: str, lesson_key: str) -> ResponseReturnValue:
    """One lesson with its self-check."""
    viewer = current_viewer()
    page = views.course_page(viewer.person_id, slug)
    lesson = page.revision.lesson(lesson_key)
    checks = read_checks(page.revision.questions(lesson_key), request.args.to_dict(flat=False))
    if request.headers.get("X-Fragment") == "checks":
        return render_template("lessons/_checks.html", checks=checks)
    return remembered(
        viewer,
        lambda: _render_lesson(page, lesson, checks),
        BUILD, page.revision.id, lesson_key, sorted(page.outcomes.items()), request.query_string,
    )  # fmt: skip


def _render_lesson(page: views.CoursePage, lesson: LessonView, checks: list[Check]) -> str:
    key = (page.revision.digest, lesson.key, current_language())
    is_untouched = not any(check.response for check in checks)
    words = _untouched.find(key) if is_untouched else None
    if words is None:
        words = Markup(render_template("lessons/_checks.html", checks=checks))  # noqa: S704 - our own template
        if is_untouched:
            _untouched.keep(key, words)
    return render_template(
        "lessons/show_lesson.html", page=page, lesson=lesson, checks=checks, check_words=words
    )


@lessons.post("/courses/<slug>/lessons/<lesson_key>/completion")
@requires(Permission.LEARN)
def create_completion(slug: str, lesson_key: str) -> ResponseReturnValue:
    """“I have finished this lesson”; then the next item."""
    viewer = current_viewer()
    origin = Origin(parse_id(request.form.get("entry_id")))
    actions.finish_lesson(viewer.person_id, slug, lesson_key, origin)
    page = views.course_page(viewer.person_id, slug)
    following = page.revision.next_item(lesson_key)
    flash(_("This lesson is saved as done."), "good")
    if following is None:
        return redirect(url_for("lessons.show_course", slug=slug), 303)
    if following.kind == "quiz":
        return redirect(url_for("quizzes.show_quiz", slug=slug, quiz_key=following.key), 303)
    return redirect(url_for("lessons.show_lesson", slug=slug, lesson_key=following.key), 303)


@lessons.get("/me/results")
@requires(Permission.LEARN)
def list_results() -> ResponseReturnValue:
    """The learner's results, and who can see them."""
    viewer = current_viewer()
    posts = accounts.list_posts(viewer.person_id)
    places = {post.unit_id: post for post in posts}
    watchers = {unit_id: accounts.list_watchers(post.unit_path) for unit_id, post in places.items()}
    return render_template(
        "lessons/list_results.html",
        places=places.values(),
        watchers=watchers,
        roles=ROLES,
        cards=views.course_cards(viewer.person_id),
        modes=MODES,
    )
