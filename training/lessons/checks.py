"""The self-check at the end of a lesson: not kept, not counted, answered at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.activities.questions.base import Grade, Question
from training.activities.questions.registry import kind_of


@dataclass(frozen=True)
class Check:
    """One question of a self-check with what was chosen, and its grade once it was asked for."""

    number: int
    question: Question
    name: str
    order: tuple[str, ...]
    response: Any
    grade: Grade | None
    is_latest: bool


def read_checks(questions: Sequence[Question], fields: Mapping[str, Sequence[str]]) -> list[Check]:
    """Return the lesson's self-check as the address says it stands.

    Args:
        questions: the lesson's questions in their order.
        fields: the query of the address: `q1`, `q2` … hold the answers, `check` the number just asked about.
    """
    asked = "".join(fields.get("check", ()))
    return [_read(number, question, fields, asked) for number, question in enumerate(questions, 1)]


def _read(number: int, question: Question, fields: Mapping[str, Sequence[str]], asked: str) -> Check:
    kind, name = kind_of(question.kind), f"q{number}"
    response = kind.read(question, fields, name)
    was_asked = asked == str(number) or f"{name}-seen" in fields
    grade = kind.grade(question, response) if response is not None and was_asked else None
    return Check(
        number, question, name, kind.order(question, "self-check"), response, grade, asked == str(number)
    )
