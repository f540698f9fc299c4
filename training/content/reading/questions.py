"""How the questions of a course are worded."""

from collections.abc import Iterator, Mapping

from training.activities.questions.base import Question
from training.activities.questions.registry import to_json
from training.activities.source import Problem
from training.content.document import CourseDocument
from training.content.reading.hard_words import HardWords, find_hard_words
from training.content.reading.passages import Passage, plain
from training.content.reading.sentences import count_words, read_sentences
from training.content.reading.wording import Wording, check_sentences, check_words

FILE = "quiz.yaml"
# What the course itself says. Options, statements and names also let people speak as they do, officials too.
OUR_VOICE = ("prompt", "feedback", "true", "false", "outside", "explanation")
# Words nobody reads in one go: addresses of pictures, and what they show.
NOT_READ = ("file", "alt")


def measure_questions(document: CourseDocument, language: str, words: HardWords) -> Wording:
    """Measure all questions of a course in one language.

    Args:
        document: the course.
        language: the language.
        words: the hard words of that language.

    Returns:
        The measures; every line is that of the question.
    """
    asked = [
        (
            [passage for _name, passage in texts],
            [passage for name, passage in texts if name in OUR_VOICE],
        )
        for texts in (list(_texts(document, question, language)) for question in document.questions)
    ]
    return Wording(
        language,
        sum(count_words(passage.text) for read, _ours in asked for passage in read),
        tuple(sentence for read, _ours in asked for sentence in read_sentences(read)),
        tuple(use for _read, ours in asked for use in find_hard_words(ours, words, language)),
    )


def check_question_wording(wording: Wording) -> Iterator[Problem]:
    """Yield the sentences that are too long and the hard words of the questions."""
    yield from check_sentences(FILE, wording.language, wording.sentences)
    yield from check_words(FILE, wording.hard)


def _texts(document: CourseDocument, question: Question, language: str) -> Iterator[tuple[str, Passage]]:
    line = document.question_lines.get(question.key, 1)
    for name, text in _walk(to_json(question), "", language):
        if name not in NOT_READ:
            yield name, Passage("text", "", ((line, plain(text)),))


def _walk(value: object, name: str, language: str) -> Iterator[tuple[str, str]]:
    # Texts stand below a language, whatever the kind of question; accepted answers are lists and left out.
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key == language and isinstance(child, str):
                yield name, child
            else:
                yield from _walk(child, str(key), language)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child, name, language)
