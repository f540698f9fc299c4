"""What is read in a lesson is counted as it is written, and every long sentence and hard word has its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.content.reading.hard_words import HardWords, find_hard_words, parse_hard_words, read_hard_words
from training.content.reading.passages import READ, RUNNING, read_passages
from training.content.reading.sentences import count_words, read_sentences
from training.content.reading.wording import long_sentences

LESSON = """\
## Một nghị quyết, một việc

Chị Vân đọc lại [@law-a]. Không có **tên ai**.
Không có ngày nào!

- Hỏi trước mặt mọi người: “Anh nhận chứ?”
- Đọc lại,
  rồi mới sang việc khác

| Ô | Ví dụ |
|---|---:|
| Việc | Vá 12 mét |

> “Tăng cường lãnh đạo.”
> Hết.

![Một tờ giấy](media/paper.vi.svg "Tờ giấy có năm ô")

!!! try "Làm thử ngay"
    Lấy [một tờ](https://example.org/a) giấy.

    1. Gấp đôi.

!!! summary "Ba điều nên nhớ"
    - Một.
    - Hai.
    - Ba.
"""

WORDS = HardWords({"OTP": "mã dùng một lần", "link": "đường dẫn", "triển khai": "làm"}, frozenset({"VTV"}))

# Everything a lesson is made of, in any order, well formed or not.
BODIES = st.lists(
    st.sampled_from([*LESSON.split("\n"), "", "    ", "!!! ", "|", ">", "- ", "…", "a. B", "![x](", "\t*a*"]),
    max_size=25,
).map("\n".join)


def hard(text: str, language: str = "vi") -> list[tuple[str, int, int]]:
    """Return the hard words of a text: word, line, how often."""
    found = find_hard_words(read_passages(text, 1), WORDS, language)
    return [(use.word, use.line, use.times) for use in found]


def test_a_lesson_is_taken_apart_with_its_lines() -> None:
    assert [(p.kind, p.box, p.lines[0][0], p.text) for p in read_passages(LESSON, 6)] == [
        ("heading", "", 6, "Một nghị quyết, một việc"),
        ("text", "", 8, "Chị Vân đọc lại. Không có tên ai. Không có ngày nào!"),
        ("item", "", 11, "Hỏi trước mặt mọi người: “Anh nhận chứ?”"),
        ("item", "", 12, "Đọc lại, rồi mới sang việc khác"),
        ("cell", "", 15, "Ô"),
        ("cell", "", 15, "Ví dụ"),
        ("cell", "", 17, "Việc"),
        ("cell", "", 17, "Vá 12 mét"),
        ("quote", "", 19, "“Tăng cường lãnh đạo.” Hết."),
        ("alt", "", 22, "Một tờ giấy"),
        ("caption", "", 22, "Tờ giấy có năm ô"),
        ("title", "try", 24, "Làm thử ngay"),
        ("text", "try", 25, "Lấy một tờ giấy."),
        ("item", "try", 27, "Gấp đôi."),
        ("title", "summary", 29, "Ba điều nên nhớ"),
        ("item", "summary", 30, "Một."),
        ("item", "summary", 31, "Hai."),
        ("item", "summary", 32, "Ba."),
    ]


def test_a_sentence_has_the_line_it_begins_on() -> None:
    found = read_sentences(read_passages("Một hai. Ba\nbốn năm. Sáu bảy tám?\nChín.", 3))
    assert [(s.text, s.line, s.words) for s in found] == [
        ("Một hai.", 3, 2),
        ("Ba bốn năm.", 3, 3),
        ("Sáu bảy tám?", 4, 3),
        ("Chín.", 5, 1),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“Trang đẹp thế này, chắc thật,” anh Sinh nói.", 1),
        ("“Bác xem chưa?” anh hỏi.", 1),
        ("“Thế ai làm?” Chị Vân lật tờ giấy.", 2),
        ("Mở trang vneid.gov.vn lúc 7.30 ngày 1.7.", 1),
        ("Ở TP. Tuyên Quang có loa, đài, v.v. rồi thôi.", 1),
        ("Ask Mr. Thao first. He knows.", 2),
        ("Gọi 156. 3 phút sau có người nghe.", 2),
        ("…", 0),
    ],
)
def test_sentences_end_where_a_reader_takes_breath(text: str, count: int) -> None:
    assert len(read_sentences(read_passages(text, 1))) == count


def test_vietnamese_counts_syllables_and_signs_count_nothing() -> None:
    assert count_words("Ứng dụng – 12 mét / “Zalo”") == 5


@given(BODIES, st.integers(1, 50))
def test_no_word_is_lost_and_every_line_is_in_the_file(body: str, first: int) -> None:
    passages = read_passages(body, first)
    last = first + body.count("\n")
    sentences = read_sentences(passages)
    running = [passage for passage in passages if passage.kind in RUNNING]
    assert sum(s.words for s in sentences) == sum(count_words(p.text) for p in running)
    lines = [line for passage in passages for line, _text in passage.lines] + [s.line for s in sentences]
    assert all(first <= line <= last for line in lines)
    assert all(passage.kind in (*READ, "alt") for passage in passages)


@given(st.text(max_size=300))
def test_nothing_anyone_types_stops_the_reader(body: str) -> None:
    passages = read_passages(body, 1)
    read_sentences(passages)
    for language, words in read_hard_words().items():
        find_hard_words(passages, words, language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_over_the_limit_of_its_language_is_long(language: str) -> None:
    most = {"vi": 30, "en": 25}[language]
    short, long = " ".join(["Một", *["hai"] * (most - 1)]), " ".join(["Một", *["hai"] * most])
    sentences = read_sentences(read_passages(f"{short}.\n\n{long}.", 1))
    assert [sentence.line for sentence in long_sentences(language, sentences)] == [3]


def test_a_hard_word_is_named_once_with_its_first_line() -> None:
    assert hard("Đừng bấm\nlink lạ.\n\nLink nào cũng vậy.") == [("link", 2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Đọc mã OTP (dãy số gửi về máy).",
        "Nhận mã OTP. OTP là dãy số dùng một lần.",
        "Mã dùng một lần (OTP) gửi về máy.",
        "“Link” là dòng chữ bấm vào được.",
        "Trên nút có chữ “Link mời họp”.",
        "> Đề nghị triển khai ngay.",
        "Xem VTV lúc 19 giờ.",
        "Điều 5 khoản II của 339-QĐ/TW và 91/2025/QH15.",
        "ĐỔI MẬT KHẨU NGAY.",
    ],
)
def test_what_is_explained_shown_or_known_is_not_hard(text: str) -> None:
    assert hard(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đọc mã OTP cho ai?", [("OTP", 1, 1)]),
        ("Anh Tạo bảo: “Bấm link đi!”", [("link", 1, 1)]),
        ("Chi bộ triển\nkhai ngay.", [("triển khai", 1, 1)]),
        ("Hỏi BCH của xã.", [("BCH", 1, 1)]),
        ("Chữ “linking” không có trong danh sách: linking.", []),
        ("otp viết thường thì thôi.", []),
        # Explained too late: the reader has already stumbled.
        ("Đọc OTP.\n\nOTP (dãy số) gửi về máy.", [("OTP", 1, 2)]),
    ],
)
def test_what_a_reader_stumbles_over_is_hard(text: str, found: list[tuple[str, int, int]]) -> None:
    assert hard(text) == found


def test_english_explains_in_its_own_words() -> None:
    assert hard("An OTP is a code used once.", "en") == []
    assert hard("An OTP, or code used once, arrives.", "en") == []
    assert hard("Type the OTP or the password.", "en") == [("OTP", 1, 1)]


def test_the_list_of_this_house_gives_a_plainer_word_for_each() -> None:
    lists = read_hard_words()
    assert set(lists) == {"vi", "en"}
    for words in lists.values():
        assert len(words.instead) > 50
        hollow = [word for word, plainer in words.instead.items() if not plainer or plainer == word]
        assert hollow == []


def test_a_list_may_be_empty() -> None:
    assert parse_hard_words("vi: {hard: {}, known: []}")["vi"].pattern.search("bất cứ chữ gì") is None
