"""What the quiz pages show: frozen, ready for the template."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core.errors import NotFound
from training.enrolment import queries as enrolments
from training.enrolment.queries import EnrolmentRow
from training.quizzes import queries, rules
from training.quizzes.models import Answer, Attempt


@dataclass(frozen=True)
class QuizPage:
    """A quiz before it is started: its rules and the tries so far."""

    row: EnrolmentRow
    revision: RevisionView
    quiz: QuizView
    attempts: Sequence[Attempt]

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt to go on with."""
        return next((a for a in self.attempts if a.handed_in_at is None), None)

    @property
    def points_of(self) -> float:
        """How many points an attempt can earn (all questions of a bank weigh the same)."""
        return float(self.quiz.draw)

    @property
    def points_to_pass(self) -> int:
        """The least number of points that passes."""
        return rules.points_to_pass(self.points_of, self.quiz.pass_percent)

    @property
    def tries_left(self) -> int | None:
        """How many tries are left; None without a limit."""
        return rules.tries_left(self.quiz.tries, len(self.attempts))


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
    return QuizPage(row, revision, revision.quiz(quiz_key), queries.list_attempts(row.id, quiz_key))


def attempt_page(person_id: int, attempt_id: uuid.UUID) -> AttemptPage:
    """Return an attempt in the making; two statements.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    attempt = queries.get_attempt(person_id, attempt_id)
    return AttemptPage(attempt, catalogue.get_revision(attempt.revision_id), queries.list_answers(attempt.id))
