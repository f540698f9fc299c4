"""Any correct question of any kind, any JSON value, and the form that posts a response."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from training.activities.questions.base import Option, Question
from training.activities.questions.choice import ChoiceQuestion
from training.activities.questions.gaps import Gap, GapsQuestion
from training.activities.questions.hotspot import Area, HotspotQuestion, Rect
from training.activities.questions.matching import Left, MatchingQuestion, Right
from training.activities.questions.number import NumberQuestion, WrongNumber
from training.activities.questions.ordering import OrderingQuestion, Step
from training.activities.questions.picture import Picture, ShownPicture
from training.activities.questions.picture_choice import PictureChoiceQuestion, PictureOption
from training.activities.questions.registry import KINDS
from training.activities.questions.short_text import FORGIVABLE, ShortTextQuestion, WrongText
from training.activities.questions.true_false import ANSWER_WORDS, TrueFalseQuestion
from training.core.text import normalise

UNSHUFFLED = {"true_false", "short_text", "number", "ordering"}
PATHS = ("media/a.svg", "media/b.png")

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=20)
WORDS = st.fixed_dictionaries({"vi": TEXT, "en": TEXT})
KEY = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([*"abcde", "1", "outside", "1.234,5"]),
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from("abcde12"), inner, max_size=4)
    ),
    max_leaves=8,
)
PICTURES = st.builds(
    Picture, st.fixed_dictionaries({"vi": st.sampled_from(PATHS), "en": st.just(PATHS[0])}), WORDS
)
SHOWN = {path: ShownPicture("/media/0.svg", 300, 200) for path in PATHS}


def keys(low: int, high: int) -> st.SearchStrategy[list[str]]:
    """Different keys, from `low` to `high` of them."""
    return st.lists(st.sampled_from("abcdefgh"), min_size=low, max_size=high, unique=True)


@st.composite
def options(draw: st.DrawFn, low: int, high: int, most_right: int | None = 1) -> tuple[Option, ...]:
    """Options of which at least one is right and, unless only one may be, at least one is not."""
    found = draw(keys(low, high))
    right = draw(st.sets(st.sampled_from(found), min_size=1, max_size=most_right or len(found) - 1))
    return tuple(Option(key, draw(WORDS), draw(WORDS), key in right) for key in found)


def _choice(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    most = 1 if common["kind"] == "single_choice" else None
    return ChoiceQuestion(**common, options=draw(options(3, 5, most)))


def _true_false(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    right = draw(st.sampled_from(["true", "false"]))
    made = tuple(Option(key, ANSWER_WORDS[key], draw(WORDS), key == right) for key in ("true", "false"))
    return TrueFalseQuestion(**common, options=made)


def _short_text(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    texts = TEXT.map(normalise)
    listed = st.lists(texts, min_size=1, max_size=3).map(tuple)
    plain = ShortTextQuestion(
        **common,
        forgive=tuple(word for word in FORGIVABLE if draw(st.booleans())),
        accepted={"vi": draw(listed), "en": draw(listed)},
        feedback=draw(WORDS),
        wrong=(),
    )
    missed = WrongText("miss", {"vi": (draw(texts),), "en": (draw(texts),)}, draw(WORDS))
    is_apart = all(plain.verdict(text) != "right" for texts in missed.answers.values() for text in texts)
    return replace(plain, wrong=(missed,)) if is_apart else plain


def _number(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    numbers = st.integers(-(10**9), 10**9).map(Decimal) | st.integers(-(10**9), 10**9).map(
        lambda n: Decimal(str(n / 10**4)) if n % 10**4 else Decimal(n // 10**4)
    )
    value = draw(numbers)
    units = draw(st.sampled_from([{}, {"vi": ("đồng", "đ"), "en": ("dong",)}]))
    wrong = (WrongNumber("far", value + 100, draw(WORDS)),) if draw(st.booleans()) else ()
    tolerance = draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(10)]))
    return NumberQuestion(
        **common, value=value, tolerance=tolerance, units=units, feedback=draw(WORDS), wrong=wrong
    )


def _matching(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    right = tuple(Right(key, draw(WORDS)) for key in draw(keys(2, 8)))
    partners = st.sampled_from([entry.key for entry in right])
    left = tuple(Left(key, draw(WORDS), draw(partners), draw(WORDS)) for key in draw(keys(2, 6)))
    return MatchingQuestion(**common, left=left, right=right)


def _ordering(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    return OrderingQuestion(
        **common, items=tuple(Step(k, draw(WORDS), draw(WORDS)) for k in draw(keys(3, 7)))
    )


def _gaps(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    count = draw(st.integers(1, 6))
    made = tuple(Gap(str(number), draw(options(2, 5))) for number in range(1, count + 1))
    marked = "".join(f"x {{{gap.key}}} " for gap in made) + "."
    return GapsQuestion(**common, text={"vi": marked, "en": marked}, gaps=made)


def _hotspot(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    plain = draw(options(2, 6))
    areas = tuple(
        Area(**vars(o), rect=Rect(n * 16, 10, 16, draw(st.integers(20, 90)))) for n, o in enumerate(plain)
    )
    return HotspotQuestion(**common, options=areas, picture=draw(PICTURES), outside=draw(WORDS))


def _picture_choice(draw: st.DrawFn, common: dict[str, Any]) -> Question:
    made = tuple(PictureOption(**vars(option), picture=draw(PICTURES)) for option in draw(options(2, 4)))
    return PictureChoiceQuestion(**common, options=made)


MAKERS = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false": _true_false,
    "short_text": _short_text,
    "number": _number,
    "matching": _matching,
    "ordering": _ordering,
    "gaps": _gaps,
    "hotspot": _hotspot,
    "picture_choice": _picture_choice,
}


@st.composite
def questions(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(KINDS)) -> Question:
    """Any correct question of any of these kinds."""
    kind = draw(st.sampled_from(kinds))
    common: dict[str, Any] = {
        "key": draw(KEY),
        "within": draw(KEY),
        "kind": kind,
        "skill": draw(KEY),
        "lesson": draw(KEY),
        "points": draw(st.integers(1, 10)),
        "shuffle": kind not in UNSHUFFLED and draw(st.booleans()),
        "prompt": draw(WORDS),
        "explanation": draw(WORDS),
        "shown": SHOWN,
    }
    return MAKERS[kind](draw, common)


def posted(response: Any, name: str) -> dict[str, list[str]]:
    """Return the form fields in which a browser sends a response."""
    if isinstance(response, dict):
        return {f"{name}.{part}": [value] for part, value in response.items()}
    return {name: [response] if isinstance(response, str) else response}


WORDS_X = {"vi": "x", "en": "x"}


def common(kind: str, **changes: Any) -> dict[str, Any]:
    """Return the fields all questions have, for a question written out in a test."""
    fields: dict[str, Any] = {
        "key": "q",
        "within": "final",
        "kind": kind,
        "skill": "s",
        "lesson": "l",
        "points": 1,
    }
    return fields | {"shuffle": True, "prompt": WORDS_X, "explanation": WORDS_X, "shown": SHOWN} | changes
