"""Questions drawn by a number: printed, keyed in, or looked at before anybody learns. Frozen, ready for the template.

The number decides which questions there are and in which order everything stands, so that a sheet of paper needs no
row in the database.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from training.accounts import queries as accounts
from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core.errors import N_, Conflict, InvalidInput, NotFound
from training.core.ids import new_id
from training.core.permissions import Permission, Viewer
from training.enrolment import queries as enrolments
from training.enrolment.queries import PlaceRow
from training.quizzes import actions, keying, queries, rules
from training.quizzes.actions import SentAnswer
from training.quizzes.models import Attempt

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class PaperLine:
    """One question of a paper, at its place counted from 1, with its options in the order of that paper."""

    place: int
    question: Question
    order: tuple[str, ...]

    @property
    def name(self) -> str:
        """What its answer is called in a form."""
        return f"answer-{self.question.key}"

    def response(self, fields: Fields) -> Any:
        """Return the answer in a form; None when there is none."""
        return kind_of(self.question.kind).read(self.question, fields, self.name)


@dataclass(frozen=True)
class Paper:
    """The questions of one number."""

    number: int
    revision: RevisionView
    quiz: QuizView
    lines: Sequence[PaperLine]

    @property
    def points_of(self) -> int:
        """How many points can be earned."""
        return sum(line.question.points for line in self.lines)

    @property
    def points_to_pass(self) -> int:
        """The least whole number of points that passes."""
        return rules.points_to_pass(self.points_of, self.quiz.pass_percent)

    @property
    def mark(self) -> str:
        """What tells it from every other: its edition and its number."""
        return f"{self.revision.number}-{self.number}"


def draw_paper(revision: RevisionView, quiz_key: str, number: int) -> Paper:
    """Return the paper of a number.

    Raises:
        NotFound: the revision has no such quiz.
    """
    quiz = revision.quiz(quiz_key)
    keys = rules.draw(revision.questions(quiz_key), quiz.blueprint, number)
    questions = [revision.question(key) for key in keys]
    lines = [
        PaperLine(place, question, kind_of(question.kind).order(question, str(number)))
        for place, question in enumerate(questions, 1)
    ]
    return Paper(number, revision, quiz, lines)


def find_paper(slug: str, quiz_key: str, edition: int, number: int) -> Paper:
    """Return the paper of a number in an edition that somebody chose.

    Raises:
        InvalidInput: the edition does not have this quiz.
    """
    try:
        return draw_paper(catalogue.get_edition(slug, edition), quiz_key, number)
    except NotFound as error:
        raise InvalidInput(N_("This edition does not have this quiz."), field="edition") from error


def list_papers(slug: str, quiz_key: str, edition: int, first: int, count: int) -> list[Paper]:
    """Return papers with numbers that follow each other.

    Raises:
        InvalidInput: the edition does not have this quiz.
    """
    return [find_paper(slug, quiz_key, edition, number) for number in range(first, first + count)]


def list_keys(slug: str, quiz_key: str, edition: int, first: int, count: int) -> list[Paper]:
    """Return the same papers with the keys by which they are marked today, corrected ones included.

    Raises:
        InvalidInput: the edition does not have this quiz.
    """
    papers = list_papers(slug, quiz_key, edition, first, count)
    revision = papers[0].revision
    newest = queries.find_key_revision_id(revision.course_id, quiz_key) or 0
    if newest <= revision.id:
        return papers
    newer = {question.key: question for question in catalogue.get_revision(newest).questions(quiz_key)}
    return [replace(paper, lines=[_keyed(line, newer) for line in paper.lines]) for paper in papers]


def _keyed(line: PaperLine, newer: Mapping[str, Question]) -> PaperLine:
    return replace(line, question=rules.keyed(line.question, newer.get(line.question.key)))


@dataclass(frozen=True)
class AskedLine:
    """One question of a paper that is being keyed in: what is typed so far, and the id its answer will have."""

    line: PaperLine
    response: Any
    entry_id: uuid.UUID


def asked_lines(paper: Paper, fields: Fields) -> list[AskedLine]:
    """Return the questions of a paper as a form holds them; an id that the form lacks is made."""
    return [
        AskedLine(line, line.response(fields), kept_id(fields, f"entry-{line.question.key}"))
        for line in paper.lines
    ]


def kept_id(fields: Fields, name: str) -> uuid.UUID:
    """Return the id that a form holds, so that sending it again stays the same change; otherwise a new one."""
    try:
        return uuid.UUID("".join(fields.get(name, ())))
    except ValueError:
        return new_id()


def sent_answers(paper: Paper, fields: Fields) -> list[SentAnswer]:
    """Return the answers in a form; a question left empty on the paper has none."""
    return [
        SentAnswer(asked.line.question.key, fields, 1, asked.entry_id, asked.line.name)
        for asked in asked_lines(paper, fields)
        if asked.response is not None
    ]


def carried(fields: Fields, but: Sequence[PaperLine] = ()) -> list[tuple[str, str]]:
    """Return (name, value) of all answers in a form except those to some lines, to be sent along unseen."""
    shown = tuple(line.name for line in but)
    return [
        (name, value)
        for name, values in fields.items()
        if name.startswith("answer-") and name.split(".")[0] not in shown
        for value in values
    ]


def find_obstacle(viewer: Viewer, place: PlaceRow, quiz: QuizView) -> str:
    """Return why `viewer` cannot key in a try of this person now, untranslated; '' when they can."""
    if place.person_id == viewer.person_id:
        return keying.NOT_YOUR_OWN
    held = enrolments.get(place.enrolment_id)
    try:
        actions.refuse_unless_allowed(held, quiz, queries.list_attempts(held.id, quiz.key))
    except Conflict as error:
        return error.message
    return ""


@dataclass(frozen=True)
class EnteredPage:
    """A result as whoever keyed it in sees it, to be compared with the paper."""

    attempt: Attempt
    revision: RevisionView
    quiz: QuizView
    person: str
    entered_by: str
    marked: Sequence[rules.Marked]

    @property
    def points_to_pass(self) -> int:
        """The least number of points that passes."""
        return rules.points_to_pass(self.attempt.points_of or 0, self.attempt.pass_percent)


def entered_page(viewer: Viewer, attempt_id: uuid.UUID) -> EnteredPage:
    """Return a result in the viewer's reach.

    Raises:
        NotFound: there is none, it is out of reach, or it is not handed in yet.
    """
    attempt = queries.get_visible_attempt(viewer, Permission.CORRECT_RESULTS, attempt_id)
    revision = catalogue.get_revision(attempt.revision_id)
    names = accounts.list_names([attempt.person_id, attempt.entered_by_id])
    return EnteredPage(
        attempt=attempt,
        revision=revision,
        quiz=revision.quiz(attempt.quiz_key),
        person=names.get(attempt.person_id, ""),
        entered_by=names.get(attempt.entered_by_id or 0, ""),
        marked=actions.mark_attempt(attempt, queries.list_answers(attempt.id)),
    )


@dataclass(frozen=True)
class PreviewPage:
    """A quiz as a learner meets it, with all answers in the address and none in the database.

    ``place`` is the question shown, counted from 1; one more than there are means that it is handed in.
    """

    paper: Paper
    place: int
    fields: Fields

    @property
    def line(self) -> PaperLine | None:
        """The question shown; None once it is handed in."""
        return self.paper.lines[self.place - 1] if self.place <= len(self.paper.lines) else None

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The answers to all other questions."""
        return carried(self.fields, [self.line] if self.line else [])

    @property
    def marked(self) -> list[rules.Marked]:
        """Every question with its answer and grade."""
        responses = {line.question.key: line.response(self.fields) for line in self.paper.lines}
        return rules.mark([line.question for line in self.paper.lines], responses, self.paper.number)

    @property
    def points(self) -> float:
        """What the answers earn."""
        return rules.total(self.marked)[0]

    @property
    def is_passed(self) -> bool:
        """Whether that would pass."""
        points, points_of = rules.total(self.marked)
        return rules.is_passed(points, points_of, self.paper.quiz.pass_percent)


def preview_page(slug: str, quiz_key: str, number: int, place: int, fields: Fields) -> PreviewPage:
    """Return a quiz as a learner would meet it today.

    Args:
        slug: the course.
        quiz_key: the quiz.
        number: decides which questions are drawn, as on the paper of this number.
        place: of the question to show; beyond the last one the answers are marked.
        fields: all answers given so far.

    Raises:
        NotFound: there is no such quiz.
    """
    paper = draw_paper(catalogue.get_current_revision(slug), quiz_key, number)
    return PreviewPage(paper, max(1, min(place, len(paper.lines) + 1)), fields)
