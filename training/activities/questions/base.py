"""What every kind of question has and does.

To add a kind: copy `single_choice.py` and `templates/questions/single_choice.html`, change what differs,
and add the kind to `registry.KINDS`. Nothing else knows the kinds by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypedDict, TypeVar

from training.activities.questions.picture import NOT_SHOWN, Picture, ShownPicture
from training.activities.source import N_, Source
from training.activities.words import Words, in_language

MOST_POINTS = 10

# Any JSON value: what a learner chose. None means that nothing was chosen.
Response = Any

# Untranslated: what is wrong, what to write instead, and the values of the placeholders in both.
Mistake = tuple[str, str, Mapping[str, object]]

COMMON_FIELDS = ("key", "in", "kind", "skill", "tags", "lesson", "points", "prompt", "explanation")


@dataclass(frozen=True)
class Question:
    """What all questions have in common.

    ``within`` is the ``in:`` of the course file: the key of the quiz that may draw the question, or of the
    lesson whose self-check it is. ``lesson`` is the one to read again after a mistake. ``shown`` tells where
    the pictures of a published question are fetched, by their path; it is no part of the question as written.
    ``tags`` are further names a quiz may draw it by, besides its skill.
    """

    key: str
    within: str
    kind: str
    skill: str
    lesson: str
    points: int
    shuffle: bool
    prompt: Words
    explanation: Words
    tags: tuple[str, ...] = field(default=(), kw_only=True)
    shown: Mapping[str, ShownPicture] = field(default_factory=dict, compare=False, repr=False, kw_only=True)

    def is_tagged(self, tag: str) -> bool:
        """Tell whether a quiz draws the question by this name: its skill, one of its tags, or '' for any."""
        return tag in ("", self.skill, *self.tags)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures the question shows."""
        return ()

    def picture_problems(self, sizes: Mapping[str, tuple[int, int]]) -> Iterator[Mistake]:
        """Yield what does not suit the pictures.

        Args:
            sizes: width and height in pixels by path, of every picture there is.

        Yields:
            What is wrong and what to do, both untranslated, and the values of their placeholders.
        """
        yield from ()

    def shown_picture(self, picture: Picture, language: str) -> ShownPicture:
        """Return where a picture is fetched in a language, and how large it is."""
        return self.shown.get(in_language(picture.file, language), NOT_SHOWN)


@dataclass(frozen=True)
class Option:
    """One thing a learner can choose."""

    key: str
    text: Words
    feedback: Words
    is_correct: bool


@dataclass(frozen=True)
class Grade:
    """What a response is worth: a fraction from 0 to 1, and what to say about each choice (option key, words)."""

    fraction: float
    is_correct: bool
    feedback: tuple[tuple[str, Words], ...] = ()


class CommonFields(TypedDict):
    """The fields of `Question`, ready to be given to a kind's own class."""

    key: str
    within: str
    kind: str
    skill: str
    tags: tuple[str, ...]
    lesson: str
    points: int
    shuffle: bool
    prompt: Words
    explanation: Words


class Keyed(Protocol):
    """An entry of a list that has a key of its own."""

    @property
    def key(self) -> str:
        """The key, unique in its list."""
        ...


Q = TypeVar("Q", bound=Question)
K = TypeVar("K", bound=Keyed)


class QuestionKind(Protocol[Q]):
    """All that the rest of the program may ask of a kind of question."""

    name: str

    def parse(self, source: Source) -> Q:
        """Read a question from a course file; mistakes go to ``source.problems``."""
        ...

    def write(self, question: Q) -> dict[str, object]:
        """Return the question as plain values in the order of the course file; the inverse of `parse`."""
        ...

    def read(self, question: Q, fields: Mapping[str, Sequence[str]], name: str = "answer") -> Response:
        """Return the response in a posted form.

        Args:
            question: the question that was asked.
            fields: all values of the form by field name.
            name: the name that was given to the template.

        Returns:
            A JSON value; None when nothing was chosen. What the question does not know is left out.
        """
        ...

    def grade(self, question: Q, response: Response) -> Grade:
        """Grade any JSON value without ever raising; the display order plays no part."""
        ...

    def order(self, question: Q, seed: str) -> tuple[str, ...]:
        """Return the option keys in the order to show, decided by seed and question key alone."""
        ...

    def correct_response(self, question: Q) -> Response:
        """Return the response that earns the whole mark."""
        ...

    def describe(self, question: Q, response: Response, language: str) -> str:
        """Return what was chosen in words, for reports; '' when nothing was."""
        ...

    def summarise(self, question: Q, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each option was chosen; the key '' counts those who chose nothing."""
        ...

    def words_of(self, question: Q, key: str, language: str) -> str:
        """Return in words what a key of `summarise` stands for; '' for '' and for a key that is not there."""
        ...


def read_common(source: Source, own_fields: Sequence[str], *, has_shuffle: bool) -> CommonFields:
    """Read the fields every question has.

    Args:
        source: the question in its file.
        own_fields: the names of the fields that the kind reads itself.
        has_shuffle: whether the kind has something to show in a changing order.

    Returns:
        Arguments for the kind's class; mistakes are noted in the source.
    """
    shuffle_field = ("shuffle",) if has_shuffle else ()
    source.only((*COMMON_FIELDS, *shuffle_field, *own_fields))
    return {
        "key": source.get("key").key(),
        "within": source.get("in").key(),
        "kind": source.get("kind").text(),
        "skill": source.get("skill").key(),
        "tags": tuple(entry.key() for entry in source.get("tags").entries()),
        "lesson": source.get("lesson").key(),
        "points": source.get("points").number(1, MOST_POINTS, default=1),
        "shuffle": source.get("shuffle").flag(default=True) if has_shuffle else False,
        "prompt": source.get("prompt").words(),
        "explanation": source.get("explanation").words(),
    }


def write_common(
    question: Question, own_fields: Mapping[str, object], *, has_shuffle: bool
) -> dict[str, object]:
    """Return the plain values of a question: common fields, the kind's own, then the explanation."""
    plain: dict[str, object] = {
        "key": question.key,
        "in": question.within,
        "kind": question.kind,
        "skill": question.skill,
        **({"tags": list(question.tags)} if question.tags else {}),
        "lesson": question.lesson,
        "points": question.points,
    }
    if has_shuffle:
        plain["shuffle"] = question.shuffle
    return {**plain, "prompt": dict(question.prompt), **own_fields, "explanation": dict(question.explanation)}


def read_entries(listed: Source, read_entry: Callable[[Source], K], low: int, high: int) -> tuple[K, ...]:
    """Read a list whose entries have keys.

    Args:
        listed: the list in its file.
        read_entry: reads one entry.
        low: the fewest entries there may be.
        high: the most.

    Returns:
        The entries; a wrong number of them, or a key used twice, is noted in the source.
    """
    sources = listed.entries()
    entries = tuple(read_entry(source) for source in sources)
    check_count(listed, len(entries), low, high)
    seen: set[str] = set()
    for source, entry in zip(sources, entries, strict=True):
        if entry.key and entry.key in seen:
            source.get("key").problem(
                N_("The option key “%(key)s” is used twice in this question."),
                N_("Give every option its own key, such as a, b, c."),
                key=entry.key,
            )
        seen.add(entry.key)
    return entries


def check_count(listed: Source, count: int, low: int, high: int) -> None:
    """Note a problem when a list has too few or too many entries."""
    if not low <= count <= high:
        listed.problem(
            N_("“%(name)s” needs %(low)s to %(high)s entries; here there are %(count)s."),
            N_("Add or remove entries under “%(name)s”."),
            low=low,
            high=high,
            count=count,
        )


def count_keys(keys: Iterable[str], chosen: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count how often each key is among the responses; '' counts the empty ones.

    Args:
        keys: every key that can be counted.
        chosen: for each response, the keys in it.

    Returns:
        A count for every key, also for those nobody chose.
    """
    counts = {**dict.fromkeys(keys, 0), "": 0}
    for response in chosen:
        for key in tuple(response) or ("",):
            counts[key] += 1
    return counts
