"""The rules of single kinds of question, one by one."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.activities.strategies import SHOWN, WORDS_X, common, questions
from training.activities.questions.base import Option
from training.activities.questions.gaps import Gap, GapsQuestion
from training.activities.questions.hotspot import OUTSIDE, Area, HotspotQuestion, Rect
from training.activities.questions.matching import Left, MatchingQuestion, Right
from training.activities.questions.number import NumberQuestion, WrongNumber
from training.activities.questions.numerals import read_number, write_number
from training.activities.questions.ordering import OrderingQuestion, Step
from training.activities.questions.picture import Picture, ShownPicture
from training.activities.questions.registry import kind_of
from training.activities.questions.short_text import ShortTextQuestion, WrongText


def said(text: str) -> dict[str, str]:
    """Words that say the same in both languages."""
    return {"vi": text, "en": text}


def short_text(*forgive: str) -> ShortTextQuestion:
    """What is the country called? With one foreseen wrong answer."""
    return ShortTextQuestion(
        **common("short_text", shuffle=False),
        forgive=forgive,
        accepted={"vi": ("Việt Nam",), "en": ("Vietnam",)},
        feedback=said("no"),
        wrong=(WrongText("north", {"vi": ("miền Bắc",), "en": ("the north",)}, said("only a part")),),
    )


@pytest.mark.parametrize(
    ("forgive", "text", "is_right"),
    [
        ((), "Việt Nam", True),
        ((), "  Việt   Nam ", True),
        ((), "Vie\u0323\u0302t Nam", True),
        ((), "Vietnam", True),
        ((), "việt nam", False),
        ((), "Viet Nam", False),
        (("case",), "VIỆT NAM", True),
        (("case",), "viet nam", False),
        (("marks",), "Viet Nam", True),
        (("marks",), "viet nam", False),
        (("spaces",), "ViệtNam", True),
        (("case", "marks", "spaces"), "vietnam", True),
        (("case", "marks", "spaces"), "vietnan", False),
        (("case", "marks", "spaces"), "vietnam!", False),
    ],
)
def test_a_short_text_is_forgiven_only_what_the_author_chose(
    forgive: tuple[str, ...], text: str, is_right: bool
) -> None:
    assert kind_of("short_text").grade(short_text(*forgive), text).is_correct == is_right


def test_a_short_text_gets_the_words_for_its_own_mistake() -> None:
    kind, question = kind_of("short_text"), short_text("case")
    assert kind.grade(question, "Miền bắc").feedback == (("north", said("only a part")),)
    assert kind.grade(question, "Lào").feedback == (("other", said("no")),)
    counts = kind.summarise(question, ["việt nam", "THE NORTH", "Lào", None, 7])
    assert counts == {"right": 1, "north": 1, "other": 1, "": 2}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("12,5", "12.5"),
        (",5", "0.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("007", "7"),
        ("500 đồng", "500"),
        ("500Đ", "500"),
        ("đồng 500", "500"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: str) -> None:
    assert read_number(text, ("đ", "đồng")) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.2.3",
        "1.23,4",
        "1,234,56",
        "1.234.56",
        "5 kg",
        "1e5",
        "٣",
        "1 2",
        "--5",
        "NaN",
        "12.",
        "đ",
        "²",
    ],
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert read_number(text, ("đ",)) is None


@given(st.decimals(-(10**9), 10**9, places=4) | st.integers().map(Decimal), st.sampled_from(["vi", "en"]))
def test_a_number_is_read_as_it_was_written(value: Decimal, language: str) -> None:
    assert read_number(write_number(value, language)) == value


@given(st.text(), st.lists(st.text(max_size=3), max_size=3))
def test_reading_a_number_never_fails(text: str, units: list[str]) -> None:
    found = read_number(text, units)
    assert found is None or found.is_finite()


def number(value: str, tolerance: str) -> NumberQuestion:
    """How many đồng?"""
    wrong = (WrongNumber("thousand", Decimal(value) * 1000, said("in thousands")),)
    return NumberQuestion(
        **common("number", shuffle=False),
        value=Decimal(value),
        tolerance=Decimal(tolerance),
        units={"vi": ("đồng",), "en": ("dong",)},
        feedback=said("no"),
        wrong=wrong,
    )


@pytest.mark.parametrize(
    ("text", "is_right", "key"),
    [
        ("250,5", True, ""),
        ("251 đồng", True, ""),
        ("250.0", True, ""),
        ("251,1", False, "other"),
        ("250.500", False, "thousand"),
        ("many", False, "not-a-number"),
        (250.5, False, ""),
        (None, False, ""),
    ],
)
def test_a_number_is_right_within_its_tolerance(text: Any, is_right: bool, key: str) -> None:
    grade = kind_of("number").grade(number("250.5", "0.5"), text)
    assert grade.is_correct == is_right
    assert [found for found, _words in grade.feedback] == ([key] if key else [])


def test_the_right_number_is_shown_with_its_unit() -> None:
    assert number("1234.5", "0").written_value("vi") == "1234,5 đồng"
    assert number("1.125", "0").written_value("en") == "1.1250 dong"


def matching() -> MatchingQuestion:
    """Two pairs and a partner that nobody has."""
    left = tuple(Left(key, WORDS_X, match, said(key)) for key, match in (("a", "1"), ("b", "2")))
    return MatchingQuestion(
        **common("matching"), left=left, right=tuple(Right(key, said(key)) for key in "123")
    )


@pytest.mark.parametrize(
    ("response", "fraction", "keys"),
    [
        ({"a": "1", "b": "2"}, 1.0, []),
        ({"a": "1", "b": "3"}, 0.5, ["b"]),
        ({"a": "1"}, 0.5, []),
        ({"a": "2", "b": "1"}, 0.0, ["a", "b"]),
        ({"a": "9", "z": "1"}, 0.0, []),
        ([["a", "1"]], 0.0, []),
    ],
)
def test_matching_earns_the_share_of_right_pairs(response: Any, fraction: float, keys: list[str]) -> None:
    grade = kind_of("matching").grade(matching(), response)
    assert (grade.fraction, [key for key, _words in grade.feedback]) == (fraction, keys)


def test_pairs_are_described_and_counted() -> None:
    kind = kind_of("matching")
    assert kind.describe(matching(), {"b": "3", "a": "1"}, "vi") == "x → 1; x → 3"
    counts = kind.summarise(matching(), [{"a": "1"}, {"a": "1", "b": "3"}, None])
    assert {key: count for key, count in counts.items() if count} == {"a.1": 2, "b.3": 1, "": 1}


def ordering() -> OrderingQuestion:
    """Four steps."""
    steps = tuple(Step(key, said(key), said(key)) for key in "abcd")
    return OrderingQuestion(**common("ordering", shuffle=False), items=steps)


@pytest.mark.parametrize(
    ("places", "fraction", "keys"),
    [
        ("1234", 1.0, []),
        ("4123", 2 / 3, ["a", "b"]),
        ("1243", 1 / 3, ["c", "d"]),
        ("4321", 0.0, ["a", "b", "c", "d"]),
        ("1222", 1 / 3, ["c", "d"]),
        ("1111", 0.0, ["b", "c", "d"]),
        ("12", 1 / 3, []),
        ("1299", 1 / 3, []),
    ],
)
def test_ordering_earns_the_share_of_right_neighbours(places: str, fraction: float, keys: list[str]) -> None:
    response = dict(zip("abcd", places, strict=False))
    grade = kind_of("ordering").grade(ordering(), response)
    assert (grade.fraction, [key for key, _words in grade.feedback]) == (fraction, keys)


@given(questions(("ordering",)), st.text(max_size=8))
def test_steps_are_never_shown_in_their_right_order(question: OrderingQuestion, seed: str) -> None:
    assert kind_of("ordering").order(question, seed) != tuple(item.key for item in question.items)


def gaps() -> GapsQuestion:
    """Two gaps, the second one first in English."""
    options = tuple(Option(key, said(key), said(key), key == "a") for key in "abc")
    return GapsQuestion(
        **common("gaps"),
        text={"vi": "Đầu {1} giữa {2} cuối", "en": "{2} then {1}"},
        gaps=(Gap("1", options), Gap("2", options)),
    )


def test_gaps_earn_the_share_of_right_gaps() -> None:
    kind = kind_of("gaps")
    half = kind.grade(gaps(), {"1": "a", "2": "b"})
    assert (half.fraction, half.feedback) == (0.5, (("2", said("b")),))
    assert kind.grade(gaps(), {"2": "a", "1": "a"}).is_correct
    assert kind.describe(gaps(), {"2": "b", "1": "a"}, "vi") == "(1) a; (2) b"


def test_a_text_is_cut_at_its_gaps() -> None:
    pieces = [(words, gap.key if gap else "") for words, gap in gaps().pieces("en")]
    assert pieces == [("", "2"), (" then ", "1"), ("", "")]
    order = kind_of("gaps").order(gaps(), "s")
    assert [key.split(".")[0] for key in order] == ["1"] * 3 + ["2"] * 3
    assert sorted(gaps().offered(gaps().gaps[1], order)) == ["a", "b", "c"]


def hotspot(width: int = 300, height: int = 200) -> HotspotQuestion:
    """A picture shown 288 pixels wide, its left half wrong and its right half right."""
    areas = (
        Area("left", WORDS_X, said("left"), False, Rect(0, 10, 50, 50)),
        Area("right", WORDS_X, said("right"), True, Rect(50, 10, 50, 50)),
    )
    shown = {path: ShownPicture("/media/0.svg", width, height) for path in SHOWN}
    picture = Picture(said("media/a.svg"), WORDS_X)
    return HotspotQuestion(
        **common("hotspot", shown=shown), options=areas, picture=picture, outside=said("beside")
    )


@pytest.mark.parametrize(
    ("fields", "response"),
    [
        ({"answer.x": ["10"], "answer.y": ["30"]}, "left"),
        ({"answer.x": ["200"], "answer.y": ["30"]}, "right"),
        ({"answer.x": ["200"], "answer.y": ["190"]}, OUTSIDE),
        ({"answer.x": ["200"], "answer.y": ["5"]}, OUTSIDE),
        ({"answer.x": ["99999"], "answer.y": ["99999"]}, OUTSIDE),
        ({"answer.x": ["200"], "answer.y": ["30"], "answer": ["left"]}, "right"),
        ({"answer.x": ["0"], "answer.y": ["0"], "answer": ["left"]}, "left"),
        ({"answer.x": ["0"], "answer.y": ["0"]}, None),
        ({"answer.x": ["-1"], "answer.y": ["x"], "answer": ["right"]}, "right"),
        ({"answer": [OUTSIDE]}, OUTSIDE),
        ({"answer": ["elsewhere"]}, None),
        ({"answer": ["left", "right"]}, None),
    ],
)
def test_a_tap_and_the_list_name_the_same_places(fields: dict[str, list[str]], response: Any) -> None:
    assert kind_of("hotspot").read(hotspot(), fields) == response


def test_a_tap_is_placed_by_the_size_at_which_the_picture_is_shown() -> None:
    tap = {"answer.x": ["200"], "answer.y": ["150"]}
    assert kind_of("hotspot").read(hotspot(300, 200), tap) == OUTSIDE
    assert kind_of("hotspot").read(hotspot(200, 300), tap) == "right"
    assert (hotspot(3000, 2000).shown_width, hotspot(3000, 2000).shown_height) == (288, 192)


def test_a_place_outside_is_kept_and_answered() -> None:
    kind = kind_of("hotspot")
    assert kind.grade(hotspot(), OUTSIDE).feedback == ((OUTSIDE, said("beside")),)
    assert kind.grade(hotspot(), "left").fraction == 0.0
    assert kind.grade(hotspot(), "right").is_correct
    assert kind.order(hotspot(), "s")[-1] == OUTSIDE
    assert kind.describe(hotspot(), OUTSIDE, "en") == "Another place in the picture"


@given(questions(("hotspot",)), st.integers(1, 287), st.integers(1, 400))
def test_a_tap_anywhere_is_an_answer(question: HotspotQuestion, x: int, y: int) -> None:
    response = kind_of("hotspot").read(question, {"answer.x": [str(x)], "answer.y": [str(y)]})
    assert response == OUTSIDE or response in {area.key for area in question.options}


def test_a_question_that_is_not_published_can_still_be_asked() -> None:
    question = replace(hotspot(), shown={})
    assert question.shown_height == 288
    assert question.shown_picture(question.picture, "vi").address == ""
