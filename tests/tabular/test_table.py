"""One table, the same digits in every face."""

import io
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from training.core.numbers import percent
from training.tabular import csv, xlsx
from training.tabular.table import Column, Kind, Points, Row, Share, Table, as_text

COLUMNS = (
    Column("name", "Họ và tên"),
    Column("phone", "Điện thoại", Kind.PHONE),
    Column("count", "Phải học", Kind.INTEGER),
    Column("share", "Tỷ lệ", Kind.PERCENT),
    Column("day", "Ngày", Kind.DATE),
    Column("moment", "Lúc", Kind.DATETIME),
    Column("points", "Điểm", Kind.POINTS, "Trên"),
)
LINE = (
    "Nguyễn Thị Thử Ổi", "0900000001", 1234, Share(17, 31), date(2026, 11, 3),
    datetime(2026, 11, 23, 18, 5, tzinfo=UTC), Points(8.0, 10.0),
)  # fmt: skip
EMPTY = ("", "", 0, Share(0, 0), None, None, None)
TABLE = Table(
    "Kết quả [học]: xã Xuân Vân",
    COLUMNS,
    (Row(LINE, 1), Row(EMPTY, 2)),
    EMPTY,
    "Tính đến 19:30",
    ("Ghi chú",),
)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def sheet(table: Table) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.to_xlsx([table], NOW)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_a_line_needs_a_value_for_every_column() -> None:
    with pytest.raises(ValueError, match="needs 7 values"):
        Table("x", COLUMNS, (Row(("one",)),))


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, None),
        (0, 3, 0),
        (1, 3, 33),
        (2, 3, 67),
        (1, 200, 1),
        (57, 200, 29),
        (17, 31, 55),
        (31, 31, 100),
    ],
)
def test_percentages_round_half_up(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


def test_values_are_written_as_people_read_them() -> None:
    texts = [as_text(column, value) for column, value in TABLE.cells(LINE)]
    assert texts == [
        "Nguyễn Thị Thử Ổi",
        "0900000001",
        "1234",
        "55%",
        "03/11/2026",
        "01:05 24/11/2026",
        "8/10",
    ]
    assert as_text(COLUMNS[3], Share(0, 0)) == "–"
    assert as_text(COLUMNS[6], Points(7.5, 10)) == "7.5/10"


def test_excel_gets_numbers_as_numbers_dates_as_dates_and_phones_as_text() -> None:
    rows = sheet(TABLE)
    assert rows[0][0] == TABLE.title
    assert rows[1][0] == "Tính đến 19:30"
    assert rows[3] == ["Họ và tên", "Điện thoại", "Phải học", "Tỷ lệ", "Ngày", "Lúc", "Điểm", "Trên"]
    name, phone, count, share, day, moment, points, of = rows[4]
    assert (name, phone) == ("Nguyễn Thị Thử Ổi", "0900000001")
    assert (count, share, points, of) == (1234, 0.55, 8, 10)
    assert day in (date(2026, 11, 3), datetime(2026, 11, 3))
    assert moment == datetime(2026, 11, 24, 1, 5)
    assert rows[5][3] == "–"
    assert rows[-1][0] == "Ghi chú"


def test_excel_never_runs_what_people_typed() -> None:
    evil = Table(
        "x", (Column("a", "=1+1"),), (Row(("=cmd|' /C calc'!A0",)), Row(("http://example.invalid",)))
    )
    rows = sheet(evil)
    assert rows[3][0] == "=1+1"
    assert [row[0] for row in rows[4:]] == ["=cmd|' /C calc'!A0", "http://example.invalid"]
    book = xlsx.to_xlsx([evil], NOW)
    assert b"hyperlink" not in book


def test_several_tables_are_several_sheets() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.to_xlsx([TABLE, TABLE], NOW)))
    assert len(book.sheet_names) == 2


def test_csv_begins_with_the_mark_and_is_plain_for_machines() -> None:
    body = csv.to_csv(TABLE)
    assert body.startswith(b"\xef\xbb\xbf")
    lines = body.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Họ và tên,Điện thoại,Phải học,Tỷ lệ,Ngày,Lúc,Điểm,Trên"
    assert lines[1] == "Nguyễn Thị Thử Ổi,0900000001,1234,55%,2026-11-03,2026-11-24 01:05,8,10"
    assert lines[2] == ",,0,–,,,,"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@x", "\t=1", "\r=1"])
def test_csv_disarms_formulas(text: str) -> None:
    assert csv.safe(text) == "'" + text


def test_csv_quotes_what_holds_commas_and_quotes() -> None:
    table = Table("x", (Column("a", "A"),), (Row(('Nà Sảng, "mới"',)),))
    assert csv.to_csv(table).decode("utf-8-sig") == 'A\r\n"Nà Sảng, ""mới"""\r\n'
