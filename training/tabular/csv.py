"""A table as CSV: UTF-8 with a byte-order mark, commas, CRLF, nothing a spreadsheet would run.

Dates are written YYYY-MM-DD, which every spreadsheet reads as the same day; points take two columns, because
"8/10" would be read as a day of October.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from training.core import clock
from training.tabular.table import Column, Kind, Points, Table, Value, as_text, plain_number

MEDIA_TYPE = "text/csv; charset=utf-8"
# A cell that begins like this is a formula to a spreadsheet (OWASP, "CSV Injection").
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(table: Table) -> bytes:
    """Return `table` as a file: headings, lines, totals. Title and notes stay out, for machines to read it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(label) for column in table.columns for label in _headings(column)])
    for row in table.rows:
        writer.writerow(_line(table, row.values))
    if table.totals is not None:
        writer.writerow(_line(table, table.totals))
    return text.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Return `text` with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _headings(column: Column) -> list[str]:
    return [column.label, column.of_label] if column.kind is Kind.POINTS else [column.label]


def _line(table: Table, values: tuple[Value, ...]) -> list[str]:
    return [cell for column, value in table.cells(values) for cell in _cells(column, value)]


def _cells(column: Column, value: Value) -> Iterator[str]:
    if column.kind is Kind.POINTS:
        has_points = isinstance(value, Points)
        yield plain_number(value.points) if has_points else ""  # type: ignore[union-attr]
        yield plain_number(value.of) if has_points else ""  # type: ignore[union-attr]
    elif isinstance(value, datetime):
        yield clock.local(value).strftime("%Y-%m-%d %H:%M")
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str):
        yield safe(value)
    else:
        yield as_text(column, value)
