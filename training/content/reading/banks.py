"""Whether there are enough questions, of every kind and for every skill, and comparable ones before and after."""

from collections.abc import Iterator, Sequence

from training.activities.questions.base import Question
from training.activities.questions.registry import KINDS
from training.activities.source import N_, Problem
from training.content.check_quizzes import PAIR
from training.content.document import CourseDocument, Quiz
from training.content.reading import limits


def check_banks(document: CourseDocument) -> Iterator[Problem]:
    """Yield what the banks of the final quizzes lack, and what cannot be compared with the pre-test."""
    for quiz in document.quizzes:
        bank = [question for question in document.questions if question.within == quiz.key]
        if quiz.is_pre_test:
            yield from _check_before(document, bank)
        else:
            yield from _check_size(quiz, bank)
            yield from _check_kinds(quiz, bank)
            yield from _check_skills(document, quiz, bank)
            yield from _check_after(document, bank)


def count_skills(document: CourseDocument, quiz: Quiz) -> list[tuple[str, int, int]]:
    """Return, for every skill of a course, how many questions a quiz holds and how many it draws by its name."""
    return [
        (
            skill.key,
            sum(q.within == quiz.key and q.skill == skill.key for q in document.questions),
            sum(draw.count for draw in quiz.draws if draw.tag == skill.key),
        )
        for skill in document.skills
    ]


def _check_size(quiz: Quiz, bank: Sequence[Question]) -> Iterator[Problem]:
    if len(bank) < limits.FEWEST_IN_FINAL:
        yield Problem(
            "quiz.yaml",
            quiz.line,
            N_("The quiz “%(quiz)s” has %(held)s questions; a second try needs others: at least %(fewest)s."),
            N_("Add questions with “in: %(quiz)s”."),
            {"quiz": quiz.key, "held": len(bank), "fewest": limits.FEWEST_IN_FINAL},
            is_warning=True,
        )


def _check_kinds(quiz: Quiz, bank: Sequence[Question]) -> Iterator[Problem]:
    missing = [kind for kind in KINDS if kind not in {question.kind for question in bank}]
    if missing:
        yield Problem(
            "quiz.yaml",
            quiz.line,
            N_("The quiz “%(quiz)s” never asks in these ways: %(missing)s."),
            N_("Add such questions where they suit what is asked."),
            {"quiz": quiz.key, "missing": ", ".join(missing)},
            is_warning=True,
        )


def _check_skills(document: CourseDocument, quiz: Quiz, bank: Sequence[Question]) -> Iterator[Problem]:
    lines = {draw.tag: draw.line for draw in quiz.draws}
    for skill, held, drawn in count_skills(document, quiz):
        wanted = max(limits.FEWEST_PER_SKILL, limits.BANK_PER_DRAWN * drawn)
        if held < wanted:
            yield Problem(
                "quiz.yaml",
                lines.get(skill, quiz.line),
                N_("The quiz “%(quiz)s” has %(held)s questions on the skill “%(skill)s” (draws %(drawn)s)."),
                N_("Have at least %(wanted)s, so that a second try asks something else."),
                {"quiz": quiz.key, "held": held, "skill": skill, "drawn": drawn, "wanted": wanted},
                is_warning=True,
            )


def _check_before(document: CourseDocument, bank: Sequence[Question]) -> Iterator[Problem]:
    for question in bank:
        if not _pairs(question):
            yield Problem(
                "quiz.yaml",
                document.question_lines.get(question.key, 1),
                N_("The question “%(question)s” of the pre-test belongs to no pair."),
                N_("Tag it and its counterpart in the final quiz with “pair-1”, “pair-2” …."),
                {"question": question.key},
                is_warning=True,
            )


def _check_after(document: CourseDocument, bank: Sequence[Question]) -> Iterator[Problem]:
    before = {quiz.key for quiz in document.quizzes if quiz.is_pre_test}
    asked = {tag for question in document.questions if question.within in before for tag in _pairs(question)}
    for question in bank:
        for tag in _pairs(question):
            if tag not in asked:
                yield Problem(
                    "quiz.yaml",
                    document.question_lines.get(question.key, 1),
                    N_("No question of the pre-test is the counterpart “%(tag)s” of “%(question)s”."),
                    N_("Write one of the same kind and skill, or take the tag away."),
                    {"tag": tag, "question": question.key},
                    is_warning=True,
                )


def _pairs(question: Question) -> list[str]:
    return [tag for tag in question.tags if tag.startswith(PAIR)]
