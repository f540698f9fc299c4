"""Vietnamese words: found whatever marks were typed, sorted as a dictionary sorts them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.core.text import fold, name_key, normalise, vi_key

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặồổỗốộờởỡớợừửữứựỳỷỹýỵ ABCĐÊƠƯ0123456789", max_size=30
)


@given(st.text(max_size=40))
def test_text_brought_into_form_twice_is_brought_into_form_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(VIETNAMESE)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folded_words_are_plain_small_letters(text: str) -> None:
    assert fold(text).isascii() and fold(text) == fold(text).lower()


@given(VIETNAMESE)
def test_however_the_phone_composes_its_letters_the_words_are_the_same(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert (normalise(apart), fold(apart), vi_key(apart)) == (normalise(text), fold(text), vi_key(text))


@given(VIETNAMESE)
def test_capital_letters_neither_hide_nor_move_a_word(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert vi_key(text.upper()) == vi_key(text)


@pytest.mark.parametrize(
    ("one", "other"), [("Hòa", "Hoà"), ("Thủy", "Thuỷ"), ("Đào", "dao"), ("  Xã  Xuân Vân ", "xa xuan van")]
)
def test_both_ways_to_place_a_tone_and_no_tone_at_all_are_found(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("pair", [("Hòa", "Hoà"), ("Thủy", "Thuỷ"), ("khỏe", "khoẻ")])
def test_both_ways_to_place_a_tone_stand_at_the_same_place(pair: tuple[str, str]) -> None:
    assert vi_key(pair[0]) == vi_key(pair[1])


@pytest.mark.parametrize(
    "row",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Dao", "Dung", "Đào", "Đinh"],
        ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn 11", "Thôn Mò"],
        ["Nà", "Nà Sảng", "Nà Tông", "Năm"],
        ["Lê", "Lê Văn", "Lý", "Ơn"],
    ],
    ids=lambda row: row[-1],
)
def test_words_stand_as_in_a_vietnamese_dictionary(row: list[str]) -> None:
    assert sorted(reversed(row), key=vi_key) == row


def test_people_stand_by_their_given_name_first() -> None:
    people = ["Lý Thị Đào", "Hoàng Văn Anh", "Vàng Mí Ân", "Trần An", "Bùi Đào"]
    assert sorted(people, key=name_key) == ["Trần An", "Hoàng Văn Anh", "Vàng Mí Ân", "Bùi Đào", "Lý Thị Đào"]


@given(st.lists(VIETNAMESE, min_size=2, max_size=5))
def test_keys_are_plain_text_so_that_any_database_sorts_them(words: list[str]) -> None:
    assert all(vi_key(word).isascii() for word in words)
