"""What trainers see of attempts: frozen, ready for the template."""

import uuid
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from training.accounts import queries as accounts
from training.activities.questions.registry import kind_of
from training.activities.words import Words
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core.errors import NotFound
from training.core.permissions import Permission, Viewer
from training.enrolment.models import Enrolment
from training.quizzes import actions, attempt_queries, queries, result_views, rules
from training.quizzes.attempt_queries import AttemptRow, Tally, Wanted
from training.quizzes.models import Attempt, LateAnswer, QuizExtra
from training.quizzes.result_views import Slip, SlipLine

PAGE_SIZE = 50
NOBODY = Tally(0, 0, 0, 0)


@dataclass(frozen=True)
class QuizLine:
    """One quiz in the list of all: its settings as last published and how far people are."""

    quiz: QuizView
    tally: Tally
    is_current: bool

    @property
    def title(self) -> Words:
        """The title by language."""
        return self.quiz.title


@dataclass(frozen=True)
class CourseQuizzes:
    """A course with its quizzes, also those it no longer has but that somebody in reach has tried."""

    revision: RevisionView
    lines: Sequence[QuizLine]


def course_list(viewer: Viewer) -> list[CourseQuizzes]:
    """Return every published course with its quizzes, counted for the viewer's reach."""
    tallies = attempt_queries.count_by_quiz(viewer, Permission.SEE_ANSWERS)
    revisions = [catalogue.get_revision(c.current_revision_id or 0) for c in catalogue.list_courses()]
    return [CourseQuizzes(revision, _lines(revision, tallies)) for revision in revisions]


def _lines(revision: RevisionView, tallies: Mapping[tuple[int, str], Tally]) -> list[QuizLine]:
    keys = [item.key for item in revision.items if item.kind == "quiz"]
    lines = [
        QuizLine(revision.quiz(key), tallies.get((revision.course_id, key), NOBODY), is_current=True)
        for key in keys
    ]
    for (course_id, key), tally in sorted(tallies.items()):
        if course_id == revision.course_id and key not in keys:
            quiz = catalogue.get_revision(tally.revision_id).quiz(key)
            lines.append(QuizLine(quiz, tally, is_current=False))
    return lines


def get_quiz(slug: str, quiz_key: str) -> tuple[RevisionView, QuizView]:
    """Return a quiz as published today, or as it last was where the course no longer has it.

    Raises:
        NotFound: there is no such course, or it never had such a quiz.
    """
    revision = catalogue.get_current_revision(slug)
    if quiz_key not in {item.key for item in revision.items if item.kind == "quiz"}:
        last = attempt_queries.find_last_revision_id(revision.course_id, quiz_key)
        if last is None:
            raise NotFound
        revision = catalogue.get_revision(last)
    return revision, revision.quiz(quiz_key)


@dataclass(frozen=True)
class Marks:
    """What a list adds to attempts: late answers to decide on, changed results, names of who keyed in."""

    waiting: Mapping[uuid.UUID, AbstractSet[int]]
    changed: AbstractSet[uuid.UUID]
    names: Mapping[int, str]


def _marks(attempts: Sequence[Attempt], others: Sequence[int | None] = ()) -> Marks:
    ids = [attempt.id for attempt in attempts]
    return Marks(
        attempt_queries.list_waiting(ids),
        attempt_queries.list_changed(ids),
        accounts.list_names([*(attempt.entered_by_id for attempt in attempts), *others]),
    )


@dataclass(frozen=True)
class AttemptList:
    """One page of the attempts at a quiz."""

    rows: Sequence[AttemptRow]
    marks: Marks
    count: int
    page: int
    pages: int


def attempt_list(viewer: Viewer, wanted: Wanted, page: int) -> AttemptList:
    """Return a page of attempts, the newest first; a page beyond the last is the last."""
    permission = Permission.SEE_ANSWERS
    count = attempt_queries.count_attempts(viewer, permission, wanted)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    rows = attempt_queries.list_attempts(viewer, permission, wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    return AttemptList(rows, _marks([row.attempt for row in rows]), count, page, pages)


@dataclass(frozen=True)
class PersonPage:
    """One person at one quiz: every try, which one counts, what was given in addition."""

    revision: RevisionView
    quiz: QuizView
    held: Enrolment
    full_name: str
    unit_name: str
    commune_name: str | None
    attempts: Sequence[Attempt]
    extras: Sequence[QuizExtra]
    marks: Marks

    @property
    def counted(self) -> Attempt | None:
        """The try whose result counts today; None while none is handed in."""
        return actions.counting_try(self.quiz.counts, self.attempts)

    @property
    def tries_left(self) -> int | None:
        """How many tries are left; None without a limit."""
        given = sum(extra.tries for extra in self.extras)
        return rules.tries_left(self.quiz.tries, len(self.attempts), given)


def person_page(
    viewer: Viewer, permission: Permission, slug: str, quiz_key: str, person_id: int
) -> PersonPage:
    """Return what a person has done at a quiz, by the rules of the edition they learn.

    Raises:
        NotFound: no such quiz, or the person is not enrolled in reach of the viewer.
    """
    revision, quiz = get_quiz(slug, quiz_key)
    held = attempt_queries.get_place(viewer, permission, person_id, revision.course_id)
    own = catalogue.get_revision(held.revision_id)
    if quiz_key in {item.key for item in own.items if item.kind == "quiz"}:
        revision, quiz = own, own.quiz(quiz_key)
    attempts = queries.list_attempts(held.id, quiz_key)
    extras = attempt_queries.list_extras(held.id, quiz_key)
    marks = _marks(attempts, [extra.granted_by_id for extra in extras])
    names = attempt_queries.get_names(held)
    return PersonPage(revision, quiz, held, *names, attempts=attempts, extras=extras, marks=marks)


@dataclass(frozen=True)
class LateLine:
    """A late answer beside the one that counts: what each earns, and whether a decision is due."""

    late: LateAnswer
    line: SlipLine
    points: float
    is_waiting: bool
    accepted_by: str


@dataclass(frozen=True)
class AttemptPage:
    """One attempt with everything that was received; ``slip`` holds answers, keys, versions and changes."""

    row: AttemptRow
    slip: Slip
    late: Sequence[LateLine]
    is_counted: bool

    @property
    def attempt(self) -> Attempt:
        """The attempt itself."""
        return self.row.attempt


def attempt_page(viewer: Viewer, permission: Permission, attempt_id: uuid.UUID, language: str) -> AttemptPage:
    """Return an attempt; right answers only once it is handed in, so that nobody is told them meanwhile.

    Raises:
        NotFound: there is none, or it is out of reach.
    """
    row = attempt_queries.get_row(viewer, permission, attempt_id)
    attempt = row.attempt
    slip = result_views.evidence(attempt, language, has_keys=attempt.handed_in_at is not None)
    tries = queries.list_attempts(attempt.enrolment_id, attempt.quiz_key)
    counted = actions.counting_try(slip.quiz.counts, tries)
    return AttemptPage(row, slip, _late_lines(slip), counted is not None and counted.id == attempt.id)


def _late_lines(slip: Slip) -> list[LateLine]:
    answers = sorted(slip.late.values(), key=lambda late: late.received_at)
    if not answers:
        return []
    waiting = attempt_queries.list_waiting([slip.attempt.id]).get(slip.attempt.id, set())
    names = accounts.list_names(late.accepted_by_id for late in answers)
    lines = {line.marked.question.key: line for line in slip.lines}
    found = []
    for late in answers:
        line = lines[late.question_key]
        question = line.marked.question
        points = question.points * kind_of(question.kind).grade(question, late.response).fraction
        accepted_by = names.get(late.accepted_by_id or 0, "")
        found.append(LateLine(late, line, points, late.id in waiting, accepted_by))
    return found


def staff_slip(viewer: Viewer, attempt_id: uuid.UUID, language: str) -> Slip:
    """Return the dispute slip of an attempt in reach, with the right answers.

    Raises:
        NotFound: there is none, it is out of reach, or it is not handed in yet.
    """
    row = attempt_queries.get_row(viewer, Permission.SEE_ANSWERS, attempt_id)
    return result_views.slip(row.attempt, language, has_keys=True)
