"""What can go wrong between the questions of a course and its pictures."""

from collections.abc import Iterator

from training.activities.questions.base import Question
from training.activities.source import N_, Problem, nearest
from training.content.document import CourseDocument
from training.content.pictures import picture_size


def question_picture_paths(document: CourseDocument) -> set[str]:
    """Return the files shown by the questions of a course."""
    return {path for question in document.questions for path in _paths(question)}


def check_question_pictures(document: CourseDocument) -> Iterator[Problem]:
    """Yield the pictures of questions that are not there, and what does not suit those that are."""
    sizes = {path: picture_size(path, body) for path, body in document.media.items()}
    known = {path: size for path, size in sizes.items() if size}
    for question in document.questions:
        line = document.question_lines.get(question.key, 1)
        for path in _paths(question):
            if path not in document.media:
                yield Problem(
                    "quiz.yaml",
                    line,
                    N_("The picture “%(path)s” of the question “%(question)s” is not in the course folder."),
                    N_("Did you mean: %(known)s?"),
                    {
                        "path": path,
                        "question": question.key,
                        "known": nearest(path, sorted(document.media)) or "media/….svg",
                    },
                )
        for text, advice, values in question.picture_problems(known):
            yield Problem("quiz.yaml", line, text, advice, values)


def _paths(question: Question) -> list[str]:
    # In the order of the file, each once.
    paths = (path for picture in question.pictures for path in picture.file.values() if path)
    return list(dict.fromkeys(paths))
