"""What the result page shows: frozen, ready for the template."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core.errors import NotFound
from training.enrolment import queries as enrolments
from training.enrolment.queries import EnrolmentRow
from training.quizzes import actions, queries, rules
from training.quizzes.models import Attempt


@dataclass(frozen=True)
class ResultPage:
    """An attempt that was handed in."""

    attempt: Attempt
    revision: RevisionView
    quiz: QuizView
    row: EnrolmentRow
    marked: Sequence[rules.Marked]
    tries_left: int | None

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
    used = len(queries.list_attempts(attempt.enrolment_id, attempt.quiz_key))
    row = enrolments.get_of_person(person_id, revision.slug)
    marked = actions.mark_attempt(attempt, queries.list_answers(attempt.id))
    return ResultPage(attempt, revision, quiz, row, marked, rules.tries_left(quiz.tries, used))
