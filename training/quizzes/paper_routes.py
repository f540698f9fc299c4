"""Quizzes on paper: printing them, and keying in what people answered without a phone."""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from training.catalogue import queries as catalogue
from training.catalogue.views import RevisionView
from training.core.errors import Conflict, InvalidInput, NotFound
from training.core.ids import is_row_number, parse_id
from training.core.permissions import Permission
from training.core.text import normalise
from training.enrolment import queries as enrolments
from training.enrolment.queries import PlaceRow
from training.journal.labels import MODES
from training.journal.models import Mode
from training.quizzes import keying, paper_views
from training.quizzes.actions import Sheet
from training.quizzes.keying import FilledPaper, Keyed
from training.quizzes.paper_forms import PaperForm, PrintForm
from training.quizzes.paper_views import Paper
from training.quizzes.rules import MOST_PAPERS
from training.web.access import current_viewer, requires
from training.web.forms import show_problem
from training.web.templating import format_date

papers = Blueprint("papers", __name__)

CHOICES_SHOWN = 30


@papers.get("/courses/<slug>/quizzes/<quiz_key>/papers")
@requires(Permission.CORRECT_RESULTS)
def show_papers(slug: str, quiz_key: str) -> ResponseReturnValue:
    """From printing to keying in, in four steps; how many different papers to print."""
    revision = catalogue.get_current_revision(slug)
    form = PrintForm(None, _editions(revision), number="1", count="4")
    return _show_papers(revision, quiz_key, form)


@papers.get("/courses/<slug>/quizzes/<quiz_key>/papers/print")
@requires(Permission.CORRECT_RESULTS)
def print_paper(slug: str, quiz_key: str) -> ResponseReturnValue:
    """The quiz on A4, as many different papers as were asked for."""
    revision, form = _print_form(slug)
    listed = _list(paper_views.list_papers, slug, quiz_key, form)
    if listed is None:
        return _show_papers(revision, quiz_key, form), 422
    return render_template("quizzes/papers/print_paper.html", papers=listed)


@papers.get("/courses/<slug>/quizzes/<quiz_key>/papers/key")
@requires(Permission.SEE_ANSWERS)
def print_key(slug: str, quiz_key: str) -> ResponseReturnValue:
    """The right answers of the same papers."""
    revision, form = _print_form(slug)
    listed = _list(paper_views.list_keys, slug, quiz_key, form)
    if listed is None:
        return _show_papers(revision, quiz_key, form), 422
    return render_template("quizzes/papers/print_key.html", papers=listed)


def _print_form(slug: str) -> tuple[RevisionView, PrintForm]:
    revision = catalogue.get_current_revision(slug)
    given = {"number": "1", "count": "1", "edition": str(revision.number)} | request.args.to_dict()
    return revision, PrintForm(MultiDict(given), _editions(revision))


def _list(find: Any, slug: str, quiz_key: str, form: PrintForm) -> list[Paper] | None:
    """Return the papers asked for, or None with a message beside the field."""
    if not form.validate():
        return None
    try:
        listed: list[Paper] = find(slug, quiz_key, form.edition_number, form.first, form.papers)
    except InvalidInput as error:
        show_problem(form, error)
        return None
    return listed


def _show_papers(revision: RevisionView, quiz_key: str, form: PrintForm) -> str:
    quiz = revision.quiz(quiz_key)
    return render_template(
        "quizzes/papers/show_papers.html", revision=revision, quiz=quiz, form=form, most=MOST_PAPERS
    )


def _editions(revision: RevisionView) -> list[tuple[str, str]]:
    listed = catalogue.list_editions(revision.course_id)
    return [(str(number), f"{number} ({format_date(published_at)})") for _id, number, published_at in listed]


@papers.get("/courses/<slug>/quizzes/<quiz_key>/results/new")
@requires(Permission.CORRECT_RESULTS)
def new_result(slug: str, quiz_key: str) -> ResponseReturnValue:
    """First whose answers they are, then which paper, then the answers."""
    revision = catalogue.get_current_revision(slug)
    place = _find_place(slug, request.args.get("person"))
    if place is None:
        return _choose_person(revision, quiz_key)
    if "number" not in request.args:
        return _show_result_form(place, revision, quiz_key, _empty_form(revision, place))
    form = PaperForm(request.args, _editions(revision))
    paper = _find_paper(form, slug, quiz_key)
    if paper and form.paper_number is None:
        # Now in the address, so that the same questions come again when the page is opened again.
        asked = {"person": place.person_id, "way": form.way.data, "edition": form.edition_number}
        return redirect(_new_result_href(paper, asked), 303)
    return _show_result_form(place, revision, quiz_key, form, paper), 422 if form.errors else 200


def _empty_form(revision: RevisionView, place: PlaceRow) -> PaperForm:
    way, edition = request.args.get("way", Mode.PAPER), request.args.get("edition", str(revision.number))
    return PaperForm(None, _editions(revision), person=place.person_id, way=way, edition=edition)


def _new_result_href(paper: Paper, asked: dict[str, Any]) -> str:
    slug, quiz_key = paper.revision.slug, paper.quiz.key
    return url_for("papers.new_result", slug=slug, quiz_key=quiz_key, number=paper.number, **asked)


@papers.post("/courses/<slug>/quizzes/<quiz_key>/results")
@requires(Permission.CORRECT_RESULTS)
def create_result(slug: str, quiz_key: str) -> ResponseReturnValue:
    """Key in what somebody answered, or show the questions of another paper with all that is typed."""
    revision = catalogue.get_current_revision(slug)
    place = _find_place(slug, request.form.get("person"))
    if place is None:
        return _choose_person(revision, quiz_key), 422
    form = PaperForm(request.form, _editions(revision))
    paper = _find_paper(form, slug, quiz_key)
    if paper and "hand_in" in request.form and _is_shown(paper, form):
        keyed = _key_in(place, paper, form)
        if keyed is not None:
            return _tell(keyed)
    return _show_result_form(place, revision, quiz_key, form, paper), 422 if form.errors else 200


def _find_place(slug: str, person_id: str | None) -> PlaceRow | None:
    if not person_id:
        return None
    if not is_row_number(person_id):
        raise NotFound
    return enrolments.get_place(current_viewer(), Permission.CORRECT_RESULTS, slug, int(person_id))


def _choose_person(revision: RevisionView, quiz_key: str) -> str:
    search = normalise(request.args.get("search", ""))
    found = enrolments.list_places(
        current_viewer(), Permission.CORRECT_RESULTS, revision.slug, search, CHOICES_SHOWN + 1
    )
    keep = {name: request.args[name] for name in ("way", "edition", "number") if request.args.get(name)}
    return render_template(
        "quizzes/papers/new_result.html",
        revision=revision, quiz=revision.quiz(quiz_key), place=None, search=search, keep=keep,
        places=found[:CHOICES_SHOWN], has_more=len(found) > CHOICES_SHOWN,
    )  # fmt: skip


def _find_paper(form: PaperForm, slug: str, quiz_key: str) -> Paper | None:
    """Return the paper that the form names, or a fresh one, or None with a message beside the field."""
    if not form.validate():
        return None
    number = form.paper_number or keying.draw_paper()
    try:
        return paper_views.find_paper(slug, quiz_key, form.edition_number, number)
    except InvalidInput as error:
        show_problem(form, error)
        return None


def _is_shown(paper: Paper, form: PaperForm) -> bool:
    """Tell whether the answers were typed below the questions of this paper; if not, say so beside the number."""
    if request.form.get("shown") == paper.mark:
        return True
    words = _(
        "The questions of this paper are shown below now. Compare them with the paper, then keep the result."
    )
    show_problem(form, InvalidInput(words, field="number"))
    return False


def _key_in(place: PlaceRow, paper: Paper, form: PaperForm) -> Keyed | None:
    """Return what was kept, or None with a message in the form."""
    try:
        return keying.key_in(current_viewer().person_id, place.person_id, _filled(paper, form))
    except (Conflict, InvalidInput) as error:
        show_problem(form, error)
        return None


def _filled(paper: Paper, form: PaperForm) -> FilledPaper:
    return FilledPaper(
        slug=paper.revision.slug,
        quiz_key=paper.quiz.key,
        sheet=Sheet(paper.revision.id, paper.number),
        mode=form.mode,
        start_id=parse_id(request.form.get("entry_id")),
        hand_in_id=parse_id(request.form.get("hand_in_id")),
        answers=paper_views.sent_answers(paper, request.form.to_dict(flat=False)),
    )


def _tell(keyed: Keyed) -> ResponseReturnValue:
    if not keyed.is_new:
        flash(
            _("This form was kept before: what you see is its first result. Nothing was counted twice."),
            "warn",
        )
    return redirect(url_for("papers.show_result", attempt_id=keyed.attempt.id), 303)


def _show_result_form(
    place: PlaceRow, revision: RevisionView, quiz_key: str, form: PaperForm, paper: Paper | None = None
) -> str:
    fields = request.form.to_dict(flat=False)
    if paper:
        form.number.data = str(paper.number)
    return render_template(
        "quizzes/papers/new_result.html",
        revision=revision, quiz=revision.quiz(quiz_key), place=place, form=form, paper=paper,
        obstacle=_obstacle(place, revision, quiz_key) if request.method == "GET" else "",
        lines=paper_views.asked_lines(paper, fields) if paper else (),
        entry_id=paper_views.kept_id(fields, "entry_id"),
        hand_in_id=paper_views.kept_id(fields, "hand_in_id"),
        carried=paper_views.carried(fields, paper.lines if paper else ()),
    )  # fmt: skip


def _obstacle(place: PlaceRow, revision: RevisionView, quiz_key: str) -> str:
    message = paper_views.find_obstacle(current_viewer(), place, revision.quiz(quiz_key))
    return _(message) if message else ""


@papers.get("/quizzes/attempts/<uuid:attempt_id>/keyed-in")
@requires(Permission.CORRECT_RESULTS)
def show_result(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """What was kept, to be compared with the paper; on to the next one."""
    page = paper_views.entered_page(current_viewer(), attempt_id)
    return render_template("quizzes/papers/show_result.html", page=page, modes=MODES)
