"""A word or a few, typed by the learner and compared with what the author accepts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import (
    Grade,
    Question,
    Response,
    count_keys,
    read_common,
    read_entries,
    write_common,
)
from training.activities.questions.written import (
    OTHER,
    OTHER_WORDS,
    RIGHT,
    Texts,
    all_texts,
    no_reserved_key,
    read_feedback,
    read_texts,
    read_written,
    write_texts,
    written,
)
from training.activities.source import N_, Source
from training.activities.words import Words, in_language
from training.core.text import fold, normalise

FORGIVABLE = ("case", "marks", "spaces")
MOST_WRONG = 8
OWN_FIELDS = ("forgive", "accepted", "feedback", "wrong")
WRONG_FIELDS = ("key", "answers", "feedback")


@dataclass(frozen=True)
class WrongText:
    """Wrong answers the author foresaw, and what to say to them."""

    key: str
    answers: Texts
    feedback: Words


@dataclass(frozen=True)
class ShortTextQuestion(Question):
    """A question answered in a few words; ``feedback`` is for wrong answers nobody foresaw."""

    forgive: tuple[str, ...]
    accepted: Texts
    feedback: Words
    wrong: tuple[WrongText, ...]

    def comparable(self, text: str) -> str:
        """Return a text without the differences the author forgives; two that come out equal are the same.

        Spaces around and doubled ones never count, nor whether a marked letter is one character or two.
        """
        bare = _without_marks(text) if "marks" in self.forgive else normalise(text)
        plain = bare.casefold() if "case" in self.forgive else bare
        return plain.replace(" ", "") if "spaces" in self.forgive else plain

    def verdict(self, response: Response) -> str:
        """Return “right”, the key of a foreseen wrong answer, “other”, or '' for nothing."""
        text = self.comparable(written(response))
        if not text:
            return ""
        if text in map(self.comparable, all_texts(self.accepted)):
            return RIGHT
        foreseen = (
            wrong.key for wrong in self.wrong if text in map(self.comparable, all_texts(wrong.answers))
        )
        return next(foreseen, OTHER)


def _without_marks(text: str) -> str:
    return normalise("".join(" " if letter == " " else _bare(letter) for letter in normalise(text)))


def _bare(letter: str) -> str:
    # `fold` also makes letters small, which only "case" may do.
    return fold(letter).upper() if letter.isupper() else fold(letter)


class ShortText:
    """The kind ``short_text``; a response is the text as it was typed."""

    name = "short_text"

    def parse(self, source: Source) -> ShortTextQuestion:
        """Read what is accepted, what is forgiven, and what to say to wrong answers."""
        question = ShortTextQuestion(
            **read_common(source, OWN_FIELDS, has_shuffle=False),
            forgive=_read_forgive(source.get("forgive")),
            accepted=read_texts(source.get("accepted"), is_compulsory=True),
            feedback=read_feedback(source),
            wrong=read_entries(source.get("wrong"), _read_wrong, 0, MOST_WRONG),
        )
        for entry, wrong in zip(source.get("wrong").entries(), question.wrong, strict=True):
            for text in all_texts(wrong.answers):
                if question.verdict(text) not in (wrong.key, ""):
                    entry.get("answers").problem(
                        N_("“%(text)s” is accepted as right, or stands in two places."),
                        N_(
                            "Remove it from one of the lists; small differences that are forgiven count as equal."
                        ),
                        text=text,
                    )
        return question

    def write(self, question: ShortTextQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        wrong = [
            {"key": entry.key, "answers": write_texts(entry.answers), "feedback": dict(entry.feedback)}
            for entry in question.wrong
        ]
        own: dict[str, object] = {
            **({"forgive": list(question.forgive)} if question.forgive else {}),
            "accepted": write_texts(question.accepted),
            "feedback": dict(question.feedback),
            **({"wrong": wrong} if wrong else {}),
        }
        return write_common(question, own, has_shuffle=False)

    def read(
        self, question: ShortTextQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return what was typed, or None."""
        return read_written(fields, name)

    def grade(self, question: ShortTextQuestion, response: Response) -> Grade:
        """Give the whole mark for an accepted answer and nothing for any other; nothing is guessed."""
        verdict = question.verdict(response)
        said = {OTHER: question.feedback} | {wrong.key: wrong.feedback for wrong in question.wrong}
        feedback = ((verdict, said[verdict]),) if verdict in said else ()
        return Grade(float(verdict == RIGHT), verdict == RIGHT, feedback)

    def order(self, question: ShortTextQuestion, seed: str) -> tuple[str, ...]:
        """Return nothing: there are no options."""
        return ()

    def correct_response(self, question: ShortTextQuestion) -> Response:
        """Return the first accepted answer."""
        return next(iter(all_texts(question.accepted)), "")

    def describe(self, question: ShortTextQuestion, response: Response, language: str) -> str:
        """Return what was typed."""
        return written(response)

    def summarise(self, question: ShortTextQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count right answers, each foreseen wrong one, and all others."""
        keys = (RIGHT, *(wrong.key for wrong in question.wrong), OTHER)
        return count_keys(keys, (filter(None, [question.verdict(response)]) for response in responses))

    def words_of(self, question: ShortTextQuestion, key: str, language: str) -> str:
        """Return the accepted answers, foreseen wrong ones, or words for all others."""
        texts = {RIGHT: question.accepted, **{wrong.key: wrong.answers for wrong in question.wrong}}.get(
            key, {}
        )
        known = " / ".join(texts.get(language) or all_texts(texts))
        return known or in_language(OTHER_WORDS if key == OTHER else {}, language)


def _read_forgive(source: Source) -> tuple[str, ...]:
    chosen = [entry.one_of(FORGIVABLE, "") for entry in source.entries()]
    return tuple(word for word in FORGIVABLE if word in chosen)


def _read_wrong(entry: Source) -> WrongText:
    entry.only(WRONG_FIELDS)
    no_reserved_key(entry.get("key"))
    return WrongText(
        key=entry.get("key").key(),
        answers=read_texts(entry.get("answers"), is_compulsory=True),
        feedback=entry.get("feedback").words(),
    )
