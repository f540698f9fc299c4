"""What the quiz pages show: frozen, ready for the template."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts import queries as accounts
from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core import clock
from training.core.errors import NotFound
from training.enrolment import queries as enrolments
from training.enrolment.queries import EnrolmentRow
from training.quizzes import actions, queries, rules
from training.quizzes.models import Answer, Attempt


@dataclass(frozen=True)
class QuizPage:
    """A quiz before it is started: its rules and the tries so far."""

    row: EnrolmentRow
    revision: RevisionView
    quiz: QuizView
    attempts: Sequence[Attempt]
    extra_tries: int
    extra_minutes: int
    names: Mapping[int, str]
    now: datetime

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt to go on with."""
        return next((a for a in self.attempts if a.handed_in_at is None), None)

    @property
    def points_of(self) -> int | None:
        """How many points an attempt can earn; None where questions weigh differently, so that it depends on the draw."""
        weights = {question.points for question in self.revision.questions(self.quiz.key)}
        return self.quiz.draw * weights.pop() if len(weights) == 1 else None

    @property
    def points_to_pass(self) -> int:
        """The least number of points that passes, where that can be said before drawing; otherwise 0."""
        return rules.points_to_pass(self.points_of, self.quiz.pass_percent) if self.points_of else 0

    @property
    def minutes(self) -> int:
        """How long an attempt of this person may take; 0 without a clock."""
        return self.quiz.minutes + self.extra_minutes if self.quiz.minutes else 0

    @property
    def opens_at(self) -> datetime | None:
        """The moment from which the next try may begin; None when it may begin now."""
        ended = max((a.handed_in_at for a in self.attempts if a.handed_in_at), default=None)
        opens_at = rules.may_try_at(self.quiz.wait_minutes, ended)
        return opens_at if opens_at and opens_at > self.now else None

    @property
    def may_begin(self) -> bool:
        """Whether there is something to go on with, or a try that may begin now."""
        if self.open_attempt:
            return True
        is_in_time = not (self.quiz.is_pre_test and self.row.done_count)
        return is_in_time and self.tries_left != 0 and self.opens_at is None

    @property
    def tries_left(self) -> int | None:
        """How many tries are left; None without a limit."""
        return rules.tries_left(self.quiz.tries, len(self.attempts), self.extra_tries)


@dataclass(frozen=True)
class AttemptPage:
    """An attempt in the making."""

    attempt: Attempt
    revision: RevisionView
    answers: Mapping[str, Answer]

    @property
    def count(self) -> int:
        """How many questions were drawn."""
        return len(self.attempt.question_keys)

    def question(self, number: int) -> Question:
        """Return the question at a place counted from 1.

        Raises:
            NotFound: there is no such place.
        """
        if not 1 <= number <= self.count:
            raise NotFound
        return self.revision.question(self.attempt.question_keys[number - 1])

    @property
    def quiz(self) -> QuizView:
        """The quiz this is an attempt at."""
        return self.revision.quiz(self.attempt.quiz_key)

    @property
    def is_in_one_document(self) -> bool:
        """Whether all questions may be shown at once: not where each is explained as soon as it is answered."""
        return self.quiz.explain != rules.Explain.QUESTION

    def settled(self, number: int) -> rules.Marked | None:
        """Return the marked answer to a question that has been explained and so cannot change any more, or None."""
        if not rules.is_settled(self.quiz.explain, self.answer(number)):
            return None
        return actions.mark_attempt(self.attempt, self.answers)[number - 1]

    def answer(self, number: int) -> Answer | None:
        """Return the answer kept for the question at a place."""
        return self.answers.get(self.question(number).key)

    def order(self, number: int) -> tuple[str, ...]:
        """Return the option keys in the order of this attempt."""
        question = self.question(number)
        return kind_of(question.kind).order(question, str(self.attempt.seed))

    @property
    def open_numbers(self) -> list[int]:
        """The places without an answer."""
        keys = enumerate(self.attempt.question_keys, 1)
        return [n for n, key in keys if key not in self.answers or self.answers[key].response is None]


def quiz_page(person_id: int, slug: str, quiz_key: str) -> QuizPage:
    """Return a quiz before its start.

    Raises:
        NotFound: the person is not enrolled, or the course has no such quiz.
    """
    row = enrolments.get_of_person(person_id, slug)
    revision = catalogue.get_revision(row.revision_id)
    quiz = revision.quiz(quiz_key)
    tries, minutes = queries.sum_extras(row.id, quiz_key) if quiz.tries or quiz.minutes else (0, 0)
    attempts = queries.list_attempts(row.id, quiz_key)
    names = accounts.list_names(attempt.entered_by_id for attempt in attempts)
    return QuizPage(row, revision, quiz, attempts, tries, minutes, names, clock.now())


def attempt_page(person_id: int, attempt_id: uuid.UUID) -> AttemptPage:
    """Return an attempt in the making; two statements.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    attempt = queries.get_attempt(person_id, attempt_id)
    return AttemptPage(attempt, catalogue.get_revision(attempt.revision_id), queries.list_answers(attempt.id))
