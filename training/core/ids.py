"""Identifiers of things a phone or another site can create: UUID version 7 (RFC 9562 §5.7)."""

import os
import re
import time
import uuid

from training.core.errors import N_, InvalidInput

ROW_NUMBER = re.compile(r"[0-9]{1,9}")


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7: 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | noise & (1 << 62) - 1)


def parse_id(text: str | None) -> uuid.UUID:
    """Return the UUID written in `text`.

    Raises:
        InvalidInput: `text` is missing or not a UUID.
    """
    try:
        return uuid.UUID(text or "")
    except ValueError as error:
        raise InvalidInput(N_("This page is out of date. Open it again.")) from error


def is_row_number(text: str | None) -> bool:
    """Tell whether `text` is a number that a row of any of our databases can have: one to nine plain digits."""
    return bool(ROW_NUMBER.fullmatch(text or ""))
