"""What the result page shows: frozen, ready for the template."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.accounts import queries as accounts
from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.activities.words import in_language
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core import clock
from training.core.errors import NotFound
from training.enrolment import queries as enrolments
from training.enrolment.queries import EnrolmentRow
from training.journal import queries as journal
from training.journal.models import EntryKind, JournalEntry
from training.quizzes import actions, queries, rules
from training.quizzes.models import Answer, Attempt, AttemptChange, LateAnswer


@dataclass(frozen=True)
class ResultPage:
    """An attempt that was handed in."""

    attempt: Attempt
    revision: RevisionView
    quiz: QuizView
    row: EnrolmentRow
    marked: Sequence[rules.Marked]
    attempts: Sequence[Attempt]
    extra_tries: int
    before: Sequence[rules.Marked]
    changes: Sequence[AttemptChange]
    late_count: int
    names: Mapping[int, str]
    now: datetime

    @property
    def tries_left(self) -> int | None:
        """How many tries are left; None without a limit."""
        return rules.tries_left(self.quiz.tries, len(self.attempts), self.extra_tries)

    @property
    def opens_at(self) -> datetime | None:
        """The moment from which the next try may begin; None when it may begin now."""
        ended = max((a.handed_in_at for a in self.attempts if a.handed_in_at), default=None)
        opens_at = rules.may_try_at(self.quiz.wait_minutes, ended)
        return opens_at if opens_at and opens_at > self.now else None

    @property
    def counted(self) -> Attempt:
        """The try whose result counts today."""
        return actions.counting_try(self.quiz.counts, self.attempts) or self.attempt

    @property
    def was_closed_by_clock(self) -> bool:
        """Whether its time ended before it was handed in."""
        attempt = self.attempt
        return bool(
            attempt.due_at and attempt.handed_in_at and rules.is_over(attempt.due_at, attempt.handed_in_at)
        )

    @property
    def is_news(self) -> bool:
        """Whether the person has not said yet that they have read why this result was changed."""
        return self.row.changed_attempt_id == self.attempt.id

    @property
    def skills_before(self) -> Mapping[str, tuple[float, float]]:
        """Points by skill in the pre-test; empty when it was not taken."""
        return rules.by_skill(self.before)

    @property
    def lessons_to_read(self) -> list[str]:
        """The keys of the lessons behind the mistakes, each once, in the order of the course."""
        wrong = {row.question.lesson for row in self.marked if not row.grade.is_correct}
        return [item.key for item in self.revision.items if item.key in wrong]

    @property
    def skills(self) -> Mapping[str, tuple[float, float]]:
        """Points by skill."""
        return rules.by_skill(self.marked)

    @property
    def mistakes(self) -> list[tuple[int, rules.Marked]]:
        """What to look at again, with its place."""
        return [(n, row) for n, row in enumerate(self.marked, 1) if not row.grade.is_correct]

    @property
    def points_to_pass(self) -> int:
        """The least number of points that passes."""
        return rules.points_to_pass(self.attempt.points_of or 0, self.attempt.pass_percent)

    @property
    def is_explained(self) -> bool:
        """Whether explanations may be shown now."""
        return rules.may_explain(
            self.quiz.explain,
            is_handed_in=self.attempt.handed_in_at is not None,
            has_passed=bool(self.attempt.is_passed),
            left=self.tries_left,
        )


def result_page(person_id: int, attempt_id: uuid.UUID) -> ResultPage:
    """Return an attempt that was handed in.

    Raises:
        NotFound: there is none, it is somebody else's, or it is not handed in yet.
    """
    attempt = queries.get_attempt(person_id, attempt_id)
    if attempt.handed_in_at is None:
        raise NotFound
    revision = catalogue.get_revision(attempt.revision_id)
    quiz = revision.quiz(attempt.quiz_key)
    changes = queries.list_changes(attempt.id)
    return ResultPage(
        attempt=attempt,
        revision=revision,
        quiz=quiz,
        row=enrolments.get_of_person(person_id, revision.slug),
        marked=actions.mark_attempt(attempt, queries.list_answers(attempt.id)),
        attempts=queries.list_attempts(attempt.enrolment_id, attempt.quiz_key),
        extra_tries=queries.sum_extras(attempt.enrolment_id, quiz.key)[0] if quiz.tries else 0,
        before=_before(attempt, revision),
        changes=changes,
        late_count=len(queries.list_late_answers(attempt.id)),
        names=accounts.list_names([attempt.entered_by_id, *(change.changed_by_id for change in changes)]),
        now=clock.now(),
    )


def _before(attempt: Attempt, revision: RevisionView) -> Sequence[rules.Marked]:
    """Return the marked pre-test of the same person, or nothing where there is none to compare with."""
    if revision.pre_test is None or revision.pre_test.key == attempt.quiz_key:
        return ()
    tried = queries.list_attempts(attempt.enrolment_id, revision.pre_test.key)
    ended = next((a for a in tried if a.handed_in_at), None)
    return actions.mark_attempt(ended, queries.list_answers(ended.id)) if ended else ()


@dataclass(frozen=True)
class SlipLine:
    """One question on a dispute slip: what counted, what the key was then, what it is now."""

    place: int
    marked: rules.Marked
    answer: Answer | None
    key_then: str
    key_now: str


@dataclass(frozen=True)
class Slip:
    """All that proves a result, for a dispute: every version of every answer with its time and receipt."""

    attempt: Attempt
    revision: RevisionView
    quiz: QuizView
    person: str
    unit: str
    lines: Sequence[SlipLine]
    entries: Sequence[JournalEntry]
    late: Mapping[uuid.UUID, LateAnswer]
    changes: Sequence[AttemptChange]
    names: Mapping[int, str]
    has_keys: bool

    def prompt(self, question_key: str, language: str) -> str:
        """Return the words of a question."""
        return in_language(self.revision.question(question_key).prompt, language)

    def said(self, question_key: str, response: Any, language: str) -> str:
        """Return a response in words; '' when there was none."""
        question = self.revision.question(question_key)
        return kind_of(question.kind).describe(question, response, language)

    @property
    def answers(self) -> list[JournalEntry]:
        """Every saved version of every answer, the earliest first."""
        return [entry for entry in self.entries if entry.kind == EntryKind.ANSWER_SAVED]


def slip(attempt: Attempt, language: str, *, has_keys: bool) -> Slip:
    """Return the dispute slip of an attempt that was handed in and that the caller was allowed to read.

    Args:
        attempt: the attempt.
        language: of the words of keys.
        has_keys: whether the right answers may be shown to the reader.

    Raises:
        NotFound: it is not handed in yet.
    """
    if attempt.handed_in_at is None:
        raise NotFound
    return evidence(attempt, language, has_keys=has_keys)


def evidence(attempt: Attempt, language: str, *, has_keys: bool) -> Slip:
    """Return what a slip holds, also of an attempt that is still open; arguments as of `slip`."""
    revision = catalogue.get_revision(attempt.revision_id)
    answers = queries.list_answers(attempt.id)
    entries = journal.list_of_subject(f"attempt:{attempt.id}")
    changes = queries.list_changes(attempt.id)
    person = accounts.find_by_id(attempt.person_id)
    posts = accounts.list_posts(attempt.person_id)
    lines = [
        SlipLine(
            place,
            row,
            answers.get(row.question.key),
            _key_in_words(revision.question(row.question.key), language),
            _key_in_words(row.question, language),
        )
        for place, row in enumerate(actions.mark_attempt(attempt, answers), 1)
    ]
    staff = [attempt.entered_by_id, *(e.entered_by_id for e in entries), *(c.changed_by_id for c in changes)]
    return Slip(
        attempt=attempt,
        revision=revision,
        quiz=revision.quiz(attempt.quiz_key),
        person=person.full_name if person else "",
        unit=", ".join(filter(None, (posts[0].unit_name, posts[0].commune_name))) if posts else "",
        lines=lines,
        entries=entries,
        late={late.entry_id: late for late in queries.list_late_answers(attempt.id)},
        changes=changes,
        names=accounts.list_names(staff),
        has_keys=has_keys,
    )


def _key_in_words(question: Question, language: str) -> str:
    kind = kind_of(question.kind)
    return kind.describe(question, kind.correct_response(question), language)


def own_slip(person_id: int, attempt_id: uuid.UUID, language: str) -> Slip:
    """Return the slip of the person's own attempt; with keys once explanations may be shown.

    Raises:
        NotFound: there is none, it is somebody else's, or it is not handed in yet.
    """
    page = result_page(person_id, attempt_id)
    return slip(page.attempt, language, has_keys=page.is_explained)
