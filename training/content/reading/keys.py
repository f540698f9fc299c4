"""Whether the right answers of a course can be guessed from how the questions are built."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from training.activities.questions.base import Question
from training.activities.questions.choice import ChoiceQuestion
from training.activities.source import N_, Problem
from training.activities.words import LANGUAGES, in_language
from training.content.document import CourseDocument
from training.content.reading import limits

ALL = ""
_SIGNS = {
    "longest": N_(
        "“%(bank)s”: the right option is the longest (%(language)s) in %(count)s of %(total)s questions, "
        "%(percent)s percent; chance alone would give %(fair)s."
    ),
    "shortest": N_(
        "“%(bank)s”: the right option is the shortest (%(language)s) in %(count)s of %(total)s questions, "
        "%(percent)s percent; chance alone would give %(fair)s."
    ),
    "place": N_(
        "“%(bank)s”: the right option is number %(place)s in the file in %(count)s of %(total)s questions, "
        "%(percent)s percent; chance alone would give %(fair)s."
    ),
    "true": N_(
        "“%(bank)s”: the statement is true in %(count)s of %(total)s questions, %(percent)s percent; "
        "chance alone would give %(fair)s."
    ),
}


@dataclass(frozen=True)
class Share:
    """How many of the questions of a bank have something in common that tells the answer.

    ``bank`` is the key of a quiz, or '' for all questions of the course; ``sign`` what they have in common: ``longest``,
    ``shortest``, ``place-1`` …, ``true``; ``language`` is '' where it makes no difference. ``fair`` is the share to be
    expected when nothing tells the answer. ``keys`` are the questions counted.
    """

    bank: str
    sign: str
    language: str
    total: int
    fair: float
    keys: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share, from 0 to 1."""
        return len(self.keys) / max(self.total, 1)

    @property
    def is_off(self) -> bool:
        """Whether guessing by this sign pays, and there are enough questions to say so."""
        # Rounded, because sums of thirds and quarters miss the limit by a hair.
        return (
            self.total >= limits.FEWEST_TO_JUDGE and round(abs(self.share - self.fair), 6) >= limits.SUSPECT
        )


def measure_keys(document: CourseDocument) -> list[Share]:
    """Measure all questions of a course together, then each final quiz.

    Returns:
        The shares of every sign, for banks that have questions of its kind.
    """
    finals = [quiz.key for quiz in document.quizzes if not quiz.is_pre_test]
    shares: list[Share] = []
    for bank in (ALL, *finals):
        asked = [question for question in document.questions if bank in (ALL, question.within)]
        shares += _choices(bank, _of_kind(asked, "single_choice"))
        shares += _statements(bank, _of_kind(asked, "true_false"))
    return shares


def check_keys(document: CourseDocument, shares: Iterable[Share]) -> Iterator[Problem]:
    """Yield the shares that tell the answer, and the single questions that do."""
    yield from (_share_problem(document, share) for share in shares if share.is_off)
    for question in _of_kind(document.questions, "single_choice"):
        for language in LANGUAGES:
            right, wrong = _lengths(question, language)
            if right >= limits.CLEARLY_LONGER * max(wrong):
                yield Problem(
                    "quiz.yaml",
                    document.question_lines.get(question.key, 1),
                    N_("In “%(question)s” the right option is much longer than the others (%(language)s)."),
                    N_("Shorten it, or say more in the others."),
                    {"question": question.key, "language": language},
                    is_warning=True,
                )


def describe_sign(share: Share) -> str:
    """Return what the counted questions have in common, in English, for the table of a terminal."""
    if share.sign.startswith("place-"):
        return f"the right option is number {share.sign.removeprefix('place-')} in the file"
    if share.sign == "true":
        return "the statement is true"
    return f"the right option is the {share.sign} ({share.language})"


def _of_kind(questions: Iterable[Question], kind: str) -> list[ChoiceQuestion]:
    # A question that the checker refuses, without options or without one right answer, says nothing here.
    return [
        question
        for question in questions
        if question.kind == kind
        and isinstance(question, ChoiceQuestion)
        and len(question.options) > 1
        and len(question.right_keys) == 1
    ]


def _choices(bank: str, questions: Sequence[ChoiceQuestion]) -> Iterator[Share]:
    total = len(questions)
    for language in LANGUAGES if questions else ():
        for sign in ("longest", "shortest"):
            extreme = {question.key: _extreme(question, language, sign) for question in questions}
            telling = [question for question in questions if extreme[question.key]]
            keys = tuple(q.key for q in telling if extreme[q.key] == q.right_keys[0])
            yield Share(bank, sign, language, total, _fair(telling, total), keys)
    for place in range(max((len(question.options) for question in questions), default=0)):
        offered = [question for question in questions if place < len(question.options)]
        keys = tuple(question.key for question in offered if question.options[place].is_correct)
        yield Share(bank, f"place-{place + 1}", "", total, _fair(offered, total), keys)


def _statements(bank: str, questions: Sequence[ChoiceQuestion]) -> Iterator[Share]:
    if questions:
        keys = tuple(question.key for question in questions if question.right_keys == ("true",))
        yield Share(bank, "true", "", len(questions), _fair(questions, len(questions)), keys)


def _fair(questions: Sequence[ChoiceQuestion], total: int) -> float:
    # What blind chance gives: in each of these questions, one option in so many is the right one.
    return sum(1 / len(question.options) for question in questions) / total


def _extreme(question: ChoiceQuestion, language: str, sign: str) -> str:
    # The key of the one longest or shortest option; '' when two are equally long.
    sizes = {option.key: len(in_language(option.text, language)) for option in question.options}
    most = max(sizes.values()) if sign == "longest" else min(sizes.values())
    extreme = [key for key, size in sizes.items() if size == most]
    return extreme[0] if len(extreme) == 1 else ""


def _lengths(question: ChoiceQuestion, language: str) -> tuple[int, list[int]]:
    # Letters of the right option, and of the wrong ones.
    sizes = [(len(in_language(option.text, language)), option.is_correct) for option in question.options]
    right = next(size for size, is_right in sizes if is_right)
    return right, [size for size, is_right in sizes if not is_right]


def _share_problem(document: CourseDocument, share: Share) -> Problem:
    sign, _dash, place = share.sign.partition("-")
    values = {
        "bank": share.bank or document.slug,
        "language": share.language,
        "place": place,
        "count": len(share.keys),
        "total": share.total,
        "percent": round(100 * share.share),
        "fair": round(100 * share.fair),
        "lines": _lines(document, share.keys),
    }
    advice = N_("Change some of the questions. Lines: %(lines)s.")
    return Problem("quiz.yaml", 1, _SIGNS[sign], advice, values, is_warning=True)


def _lines(document: CourseDocument, keys: Iterable[str]) -> str:
    lines = sorted(document.question_lines.get(key, 1) for key in keys)
    return ", ".join(str(line) for line in lines) or "–"
