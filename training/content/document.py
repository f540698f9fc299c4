"""A course as it is written, after reading: plain frozen values in the order of the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from training.activities.questions.base import Question
from training.activities.words import Words

REFERENCES_FILE = "references.yaml"
REFERENCE_KINDS = ("law", "decree", "directive", "guidance", "website", "hotline", "news")
CONFIDENCES = ("official", "news", "unofficial", "principle")
ITEM_KINDS = ("lesson", "quiz")
EXPLAIN_MOMENTS = ("question", "handing_in", "passing", "never")
QUIZ_PURPOSES = ("final", "pre_test")
COUNTED_TRIES = ("best", "last", "first")


@dataclass(frozen=True)
class Package:
    """A course folder as bytes, and the file of references all courses share."""

    slug: str
    files: Mapping[str, bytes]
    references: bytes


@dataclass(frozen=True)
class Skill:
    """What a learner can do afterwards; ``digcomp`` holds codes of the European framework such as 1.2."""

    key: str
    title: Words
    digcomp: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One step of the course: a lesson or a quiz."""

    kind: str
    key: str
    line: int = 0


@dataclass(frozen=True)
class Lesson:
    """A reading page; ``body`` is Markdown by language, ``body_line`` the line of its file it begins at.

    ``notes`` are Markdown for the trainer, by language; {} when there are none.
    """

    key: str
    title: Words
    minutes: int
    body: Words
    body_line: Mapping[str, int]
    notes: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Draw:
    """So many questions of one tag; the tag '' stands for all questions of the quiz."""

    tag: str
    count: int
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Quiz:
    """How a quiz is put together and passed.

    ``tries`` 0 means no limit, ``minutes`` 0 no clock. ``counts`` says which try counts.
    """

    key: str
    purpose: str
    title: Words
    draws: tuple[Draw, ...]
    pass_percent: int
    tries: int
    wait_minutes: int
    counts: str
    minutes: int
    explain: str
    line: int = 0

    @property
    def draw(self) -> int:
        """How many questions an attempt has."""
        return sum(draw.count for draw in self.draws)

    @property
    def is_pre_test(self) -> bool:
        """Whether it is asked before learning and counts for nothing."""
        return self.purpose == "pre_test"


@dataclass(frozen=True)
class Reference:
    """A law, a site or a hotline that lessons rely on, with the day somebody last checked it."""

    key: str
    kind: str
    title: Words
    number: str
    issued_on: date | None
    url: str
    checked_on: date
    confidence: str
    note: Words
    replaced_by: str
    line: int = 0


@dataclass(frozen=True)
class CourseDocument:
    """A whole course. ``references`` are the keys it lists, ``library`` all references there are."""

    slug: str
    title: Words
    summary: Words
    skills: tuple[Skill, ...]
    items: tuple[Item, ...]
    references: tuple[str, ...]
    lessons: Mapping[str, Lesson]
    quizzes: tuple[Quiz, ...]
    questions: tuple[Question, ...]
    media: Mapping[str, bytes]
    library: Mapping[str, Reference]
    question_lines: Mapping[str, int]
