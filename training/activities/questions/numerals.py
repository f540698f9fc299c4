"""Numbers as people in Việt Nam write them, and as others do."""

import re
from collections.abc import Iterable
from decimal import Decimal

from training.core.text import normalise

_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_BOTH = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")


def read_number(text: str, units: Iterable[str] = ()) -> Decimal | None:
    """Return the number a person wrote.

    A comma or a dot may part the decimals, the other one, or a space, the thousands: “1.234,5”, “1,234.5”,
    “1234,5” and “1 234.5” are the same. When there is one sign only and exactly three figures follow it, it
    parts thousands (“1.234” and “1,234” are one thousand two hundred and thirty-four), unless what stands
    before it cannot be thousands: “0,125” and “1234,567” are decimals. This does not depend on the
    language of the page, so an answer means the same to everybody.

    Args:
        text: what was typed.
        units: words that may stand before or after the number; capital letters do not matter.

    Returns:
        The number, or None when it is not one.
    """
    bare = _without_units(normalise(text).casefold(), units)
    sign, figures = ("-", bare[1:]) if bare[:1] in ("-", "−") else ("", bare.removeprefix("+"))
    joined = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", figures.strip())
    # Other scripts have figures too, which nobody here types by intention.
    if not joined.isascii():
        return None
    if _GROUPED.fullmatch(joined):
        return Decimal(sign + re.sub(r"[.,]", "", joined))
    if _BOTH.fullmatch(joined):
        whole, decimals = re.split(r"[.,](?=\d+$)", joined)
        return Decimal(f"{sign}{re.sub(r'[.,]', '', whole)}.{decimals}")
    if _PLAIN.fullmatch(joined):
        return Decimal(sign + joined.replace(",", "."))
    return None


def write_number(value: Decimal, language: str) -> str:
    """Return a number so that `read_number` gives it back: with a decimal comma in Vietnamese, else a dot."""
    text = f"{value:f}"
    if len(text.partition(".")[2]) == 3:
        # Three decimals would be taken for thousands.
        text += "0"
    return text.replace(".", ",") if language == "vi" else text


def _without_units(text: str, units: Iterable[str]) -> str:
    # The longest first, so that “đồng” is not read as “đ” and a rest.
    for unit in sorted((normalise(unit).casefold() for unit in units), key=len, reverse=True):
        if unit and text.endswith(unit):
            return text.removesuffix(unit).strip()
        if unit and text.startswith(unit):
            return text.removeprefix(unit).strip()
    return text
