"""A table as an Excel workbook that opens ready to read and to print on A4.

Numbers are numbers, dates are dates, phone numbers are text and keep their 0; nothing typed by people can
become a formula or a link. Rows stream to the disk, so that a long list needs little memory.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from training.core import clock
from training.tabular.table import NOTHING, Column, Kind, Points, Row, Share, Table, Value, as_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
_A4 = 9
_HEADING_ROW = 3
_NARROW, _WIDE = 9, 44
_WIDTH_SAMPLE = 300
_FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NUMBER_FORMATS = {
    Kind.INTEGER: "#,##0",
    Kind.DECIMAL: "0.00",
    Kind.PERCENT: "0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.DATETIME: "hh:mm dd/mm/yyyy",
    Kind.PHONE: "@",
    Kind.POINTS: "General",
}


def to_xlsx(tables: Sequence[Table], made_at: datetime) -> bytes:
    """Return a workbook with one sheet per table.

    Args:
        tables: at least one.
        made_at: the moment written into the file's properties.
    """
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, _OPTIONS)
    workbook.set_properties({"title": tables[0].title, "created": clock.local(made_at).replace(tzinfo=None)})
    for number, table in enumerate(tables, start=1):
        _Sheet(workbook, table, number).write()
    workbook.close()
    return target.getvalue()


class _Sheet:
    """One table on its way into a workbook."""

    def __init__(self, workbook: Any, table: Table, number: int) -> None:
        self.workbook = workbook
        self.table = table
        name = table.title.translate(_FORBIDDEN_IN_SHEET_NAME)[:28].strip()
        self.sheet = workbook.add_worksheet(f"{name} {number}" if number > 1 else name)
        self.formats: dict[tuple[Kind, bool], Any] = {}
        self.next_row = _HEADING_ROW + 1

    def write(self) -> None:
        """Write everything from top to bottom: rows that have been left behind cannot be reached again."""
        self._set_up_page()
        self._write_head()
        for row in self.table.rows:
            self._write_line(row.values, is_total=False)
        self._close_list()
        if self.table.totals is not None:
            self._write_line(self.table.totals, is_total=True)
        for offset, note in enumerate(self.table.notes, start=1):
            self.sheet.write_string(
                self.next_row + offset, 0, note, self.workbook.add_format({"italic": True})
            )

    def _set_up_page(self) -> None:
        sheet = self.sheet
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        sheet.repeat_rows(_HEADING_ROW)
        sheet.set_footer("&R&P/&N")
        sheet.freeze_panes(_HEADING_ROW + 1, 1)
        for index, width in enumerate(_widths(self.table)):
            sheet.set_column(index, index, width)

    def _write_head(self) -> None:
        add = self.workbook.add_format
        self.sheet.write_string(0, 0, self.table.title, add({"bold": True, "font_size": 14}))
        self.sheet.write_string(1, 0, self.table.subtitle, add({"italic": True}))
        look = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F3EEE4"}
        heading = add(look)
        for index, label in enumerate(_labels(self.table)):
            self.sheet.write_string(_HEADING_ROW, index, label, heading)

    def _close_list(self) -> None:
        last_column = len(_labels(self.table)) - 1
        self.sheet.autofilter(_HEADING_ROW, 0, max(self.next_row - 1, _HEADING_ROW), last_column)

    def _write_line(self, values: tuple[Value, ...], is_total: bool) -> None:
        index = 0
        for column, value in self.table.cells(values):
            look = self._format(column.kind, is_total)
            for part in _parts(column, value):
                self._write_cell(index, part, look)
                index += 1
        self.next_row += 1

    def _write_cell(self, index: int, part: str | float | date | None, look: Any) -> None:
        write: Callable[..., Any]
        if part is None:
            self.sheet.write_blank(self.next_row, index, None, look)
            return
        if isinstance(part, str):
            write = self.sheet.write_string
        else:
            write = self.sheet.write_datetime if isinstance(part, date) else self.sheet.write_number
        write(self.next_row, index, part, look)

    def _format(self, kind: Kind, is_total: bool) -> Any:
        if (kind, is_total) not in self.formats:
            look: dict[str, Any] = {"border": 1, "bold": is_total, "valign": "top"}
            if kind in _NUMBER_FORMATS:
                look["num_format"] = _NUMBER_FORMATS[kind]
            if kind is Kind.TEXT:
                look["text_wrap"] = True
            self.formats[kind, is_total] = self.workbook.add_format(look)
        return self.formats[kind, is_total]


def _labels(table: Table) -> list[str]:
    return [
        label
        for column in table.columns
        for label in ((column.label, column.of_label) if column.kind is Kind.POINTS else (column.label,))
    ]


def _parts(column: Column, value: Value) -> list[str | float | date | None]:
    if column.kind is Kind.POINTS:
        return [value.points, value.of] if isinstance(value, Points) else [None, None]
    if isinstance(value, Share):
        # The rounded figure, so that a sum of digits seen on paper is the same in the cell.
        return [NOTHING if value.percent is None else value.percent / 100]
    if isinstance(value, datetime):
        return [clock.local(value).replace(tzinfo=None)]
    return [value if not isinstance(value, Points) else None]


def _widths(table: Table) -> list[float]:
    rows: list[Row] = list(table.rows[:_WIDTH_SAMPLE])
    if table.totals is not None:
        rows.append(Row(table.totals))
    widths: list[float] = []
    for index, column in enumerate(table.columns):
        longest = max((len(as_text(column, row.values[index])) for row in rows), default=0)
        # Headings wrap between words; their longest word must fit, with room for the filter's arrow.
        word = max((len(part) for part in column.label.split()), default=0) + 3
        width = min(max(longest + 2, word, _NARROW), _WIDE)
        widths += [width, width] if column.kind is Kind.POINTS else [width]
    return widths
