"""What can go wrong in how quizzes are put together."""

from collections.abc import Iterator

from training.activities.questions.base import Question
from training.activities.source import N_, Problem, nearest
from training.content.document import CourseDocument, Quiz

PAIR = "pair-"


def check_quizzes(document: CourseDocument) -> Iterator[Problem]:
    """Yield quizzes that cannot be drawn, and pairs of questions that cannot be compared."""
    for quiz in document.quizzes:
        bank = [question for question in document.questions if question.within == quiz.key]
        yield from _check_draws(quiz, bank)
        if len(bank) < quiz.draw:
            yield Problem(
                "quiz.yaml",
                quiz.line,
                N_("The quiz “%(key)s” draws %(draw)s questions but has only %(held)s."),
                N_("Add questions with “in: %(key)s”, or lower “draw”."),
                {"key": quiz.key, "draw": quiz.draw, "held": len(bank)},
            )
        if quiz.is_pre_test:
            yield from _check_pairs(document, bank)


def _check_draws(quiz: Quiz, bank: list[Question]) -> Iterator[Problem]:
    tags = sorted({tag for question in bank for tag in (question.skill, *question.tags)})
    for draw in quiz.draws:
        held = sum(question.is_tagged(draw.tag) for question in bank)
        if draw.tag and held < draw.count:
            yield Problem(
                "quiz.yaml",
                draw.line,
                N_("The quiz “%(key)s” draws %(draw)s questions tagged “%(tag)s” but has only %(held)s."),
                N_("Add such questions, or lower “count”. Tags of this quiz: %(known)s."),
                {
                    "key": quiz.key,
                    "draw": draw.count,
                    "tag": draw.tag,
                    "held": held,
                    "known": nearest(draw.tag, tags) or "–",
                },
            )


def _check_pairs(document: CourseDocument, bank: list[Question]) -> Iterator[Problem]:
    graded = {quiz.key for quiz in document.quizzes if not quiz.is_pre_test}
    for question in bank:
        for tag in question.tags:
            others = [q for q in document.questions if q.within in graded and tag in q.tags]
            if tag.startswith(PAIR) and not _is_pair(question, others):
                yield Problem(
                    "quiz.yaml",
                    document.question_lines.get(question.key, 1),
                    N_(
                        "The question “%(question)s” has no counterpart tagged “%(tag)s” of the same kind and skill."
                    ),
                    N_("Give the tag to exactly one question of the final quiz, of the same kind and skill."),
                    {"question": question.key, "tag": tag},
                )


def _is_pair(question: Question, others: list[Question]) -> bool:
    return [(question.kind, question.skill)] == [(other.kind, other.skill) for other in others]
