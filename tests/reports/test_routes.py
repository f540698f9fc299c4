"""Who sees which report, and that page, paper, Excel and CSV show the same digits."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from tests.reports.places import at, became, place_of, second_course, second_place
from tests.support.cast import Cast
from tests.support.page import Client, Page
from training.core.db import db

FIGURES = [
    "must",
    "started",
    "finished",
    "passed",
    "share",
    "phone",
    "assisted",
    "workshop",
    "paper",
    "overdue",
]
FILES = ("completion.xlsx", "completion.csv", "completion/print", "completion/people", "completion/people.xlsx",
         "completion/people.csv", "completion/people/print")  # fmt: skip


@pytest.fixture
def history(cast: Cast) -> Cast:
    """The elder passed on a phone, the one without a phone is late in class; both must learn a second course."""
    became(place_of(cast.elder.id), started_at=at(10, 2), finished_at=at(10, 9), passed_at=at(10, 9), mode="phone",
           best_points=8.0, best_of=10.0)  # fmt: skip
    became(place_of(cast.shared_phone.id), started_at=at(9, 2), due_on=date(2026, 10, 1), mode="workshop")
    course = second_course()
    second_place(place_of(cast.elder.id), course, date(2099, 1, 1))
    second_place(place_of(cast.shared_phone.id), course, None)
    return cast


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL of the block."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    bind = db.session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(bind, "before_cursor_execute", note)


def rows_of(page: Page, table_id: str) -> list[list[str]]:
    """Return the words of every cell of a table, line by line."""
    table = next(t for t in page.all("table") if t.get("id") == table_id)
    lines = [row for row in table.iter() if str(row.tag).endswith("}tr")]
    return [[page.words(cell) for cell in line] for line in lines]


def excel(page: Page) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(page.response.data))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def comma_separated(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.response.data.decode("utf-8-sig"))))


def plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def test_committee_opens_its_own_commune_at_once(client: Client, history: Cast) -> None:
    page = client.sign_in(history.committee).get("/reports/completion")
    assert page.h1.endswith("Xã Xuân Vân")
    cell = rows_of(page, "completion")[1]
    assert cell[0] == "Chi bộ thôn Nà Sảng"
    assert cell[1:6] == ["4", "2", "1", "1", "25%"]
    assert "1" in cell[8]


def test_page_paper_excel_and_csv_agree_to_the_digit(client: Client, history: Cast) -> None:
    client.sign_in(history.committee)
    paper = [row[2:] for row in rows_of(client.get("/reports/completion/print"), "sheet")[1:]]
    lines = [row[1:] for row in comma_separated(client.get("/reports/completion.csv"))[1:]]
    assert paper == lines == [["4", "2", "1", "1", "25%", "1", "0", "1", "0", "1"]] * 2
    screen = rows_of(client.get("/reports/completion"), "completion")
    assert [row[1:6] for row in screen[1:]] == [row[:5] for row in lines]
    book = excel(client.get("/reports/completion.xlsx"))
    figures = [row[1:] for row in book[4:6]]
    assert [[plain(v) for v in row] for row in figures] == [
        ["4", "2", "1", "1", "0.25", "1", "0", "1", "0", "1"]
    ] * 2


def test_people_are_listed_by_given_name_with_result_and_way(client: Client, history: Cast) -> None:
    client.sign_in(history.committee)
    body = comma_separated(client.get("/reports/completion/people.csv?course=fake-news"))
    assert [row[0] for row in body[1:]] == ["Lý Thị Thử Đào", "Hoàng Văn Thử Thanh"]
    elder = dict(zip(body[0], body[2], strict=True))
    assert list(elder.values())[7:10] == ["2026-10-09", "8", "10"]
    book = excel(client.get("/reports/completion/people.xlsx?course=fake-news"))
    assert [row[0] for row in book[4:6]] == ["Lý Thị Thử Đào", "Hoàng Văn Thử Thanh"]
    assert book[5][8:10] == [8, 10]


def test_every_figure_leads_to_as_many_names(client: Client, history: Cast) -> None:
    page = client.sign_in(history.committee).get("/reports/completion")
    tiles = [(page.words(a), a.get("href")) for a in page.all("a") if a.get("class") == "tile"]
    assert len(tiles) == 4
    for words, href in tiles:
        count = int(words.split()[0])
        assert len(rows_of(client.get(href), "people")) - 1 == count, href


def test_places_and_people_are_told_apart(client: Client, history: Cast) -> None:
    client.sign_in(history.committee)
    both = client.get("/reports/completion")
    tiles = [both.words(a) for a in both.all("a") if a.get("class") == "tile"]
    assert tiles[0].startswith("4 ")
    one = client.get("/reports/completion?course=second-course")
    assert rows_of(one, "completion")[1][1] == "2"


def test_periods_count_what_happened_in_them(client: Client, history: Cast) -> None:
    client.sign_in(history.committee)
    became(place_of(history.elder.id), enrolled_at=at(1, 5))
    became(place_of(history.shared_phone.id), enrolled_at=at(1, 5))
    address = "/reports/completion.csv?course=fake-news&period=dates&from_on=2026-07-01&to_on=2026-09-30"
    total = comma_separated(client.get(address))[-1]
    assert total[1:6] == ["2", "1", "0", "0", "0%"]
    after = comma_separated(client.get("/reports/completion.csv?course=fake-news&from_on=2026-10-10"))[-1]
    assert after[1] == "1"


def test_dates_in_the_wrong_order_are_told_beside_the_field(client: Client, history: Cast) -> None:
    client.sign_in(history.committee)
    page = client.get("/reports/completion?period=dates&from_on=2026-09-30&to_on=2026-07-01", expect=422)
    assert [e for e in page.tree.iter() if e.get("id") == "to_on-error"]  # type: ignore[union-attr]
    client.get("/reports/completion.csv?period=dates&from_on=2026-09-30&to_on=2026-07-01", expect=422)


def test_way_of_learning_narrows_every_figure(client: Client, history: Cast) -> None:
    client.sign_in(history.committee)
    total = comma_separated(client.get("/reports/completion.csv?mode=workshop"))[-1]
    assert total[1:] == ["1", "1", "0", "0", "0%", "0", "0", "1", "0", "1"]


@pytest.mark.parametrize("what", ["", *(f[len("completion") :] for f in FILES)])
def test_another_commune_does_not_exist_for_a_committee(client: Client, cast: Cast, what: str) -> None:
    client.sign_in(cast.other_committee)
    client.get(f"/reports/completion/units/{cast.xuan_van.id}{what}", expect=404)
    client.get(f"/reports/completion/units/{cast.khau_vai.id}{what}")


def test_unit_by_query_is_guarded_too(client: Client, cast: Cast) -> None:
    client.sign_in(cast.other_committee)
    client.get(f"/reports/completion?unit={cast.xuan_van.id}", expect=404)


def test_province_sees_its_communes_and_no_other(client: Client, history: Cast) -> None:
    page = client.sign_in(history.province_committee).get("/reports/completion")
    names = [row[0] for row in rows_of(page, "completion")[1:-1]]
    assert names == ["Xã Khâu Vai", "Xã Xuân Vân"]
    assert rows_of(page, "completion")[-1][1] == "5"
    page = client.get(f"/reports/completion?unit={history.xuan_van.id}")
    assert page.h1.endswith("Xã Xuân Vân")


def test_filters_offer_another_commune_but_keep_a_cell(client: Client, history: Cast) -> None:
    client.sign_in(history.province_committee)
    action, fields = client.get(f"/reports/completion/units/{history.xuan_van.id}/people").form("/people")
    assert (action, fields["unit"]) == ("/reports/completion/people", str(history.xuan_van.id))
    action, fields = client.get(f"/reports/completion/units/{history.na_sang.id}/people").form("/people")
    assert action.endswith(f"/units/{history.na_sang.id}/people")
    assert "unit" not in fields


def test_trainer_sees_several_communes_together(client: Client, history: Cast) -> None:
    page = client.sign_in(history.trainer).get("/reports/completion")
    assert [row[1] for row in rows_of(page, "completion")[1:]] == ["1", "4", "5"]
    assert len(rows_of(client.get("/reports/completion/people"), "people")) == 6
    client.get("/reports/completion/print")


def test_learners_are_sent_away(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder).get("/reports/completion", expect=403)


def test_empty_report_says_what_will_stand_here(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.committee).get("/reports/completion?from_on=2001-01-01&to_on=2001-01-31")
    assert not page.all("table")
    assert [e for e in page.all("div") if "note--plain" in (e.get("class") or "")]


def test_sorting_by_a_figure_turns_the_lines_around(client: Client, history: Cast) -> None:
    client.sign_in(history.province_committee)
    lines = comma_separated(client.get("/reports/completion.csv?sort=-must"))
    assert [row[0] for row in lines[1:-1]] == ["Xã Xuân Vân", "Xã Khâu Vai"]


def test_files_are_named_after_unit_and_day(client: Client, cast: Cast) -> None:
    client.sign_in(cast.committee)
    header = client.get("/reports/completion.xlsx").response.headers["Content-Disposition"]
    assert header.startswith("attachment; filename=completion-xa-xuan-van-20")


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        # session, unit, courses, choices or not, counts, people, lines
        ("/reports/completion", 7),
        # session, unit, courses, count, places, posts
        ("/reports/completion/people", 7),
        # as the report, and the units above for the head of the paper
        ("/reports/completion/print", 8),
    ],
)
def test_report_keeps_its_budget_of_statements(
    client: Client, history: Cast, address: str, budget: int
) -> None:
    client.sign_in(history.committee).get(address)
    with statements() as seen:
        client.get(address)
    assert len(seen) <= budget, seen
