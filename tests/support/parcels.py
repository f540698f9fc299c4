"""Answers as a page sends them: groups of fields that end in the number of the question."""

import uuid
from collections.abc import Mapping
from typing import Any

from training.core.ids import new_id


def parcel(
    number: int, answer: Any = None, *, entry: uuid.UUID | str | None = None, sequence: int = 1
) -> dict[str, Any]:
    """Return the fields of one answer.

    Args:
        number: of the question, from 1.
        answer: a value, a list of them, or a mapping of parts to values; None for nothing chosen.
        entry: the id of the change; a new one by default.
        sequence: counted up by the page with every change.
    """
    fields: dict[str, Any] = {
        f"entry_id.{number}": str(entry or new_id()),
        f"sequence.{number}": str(sequence),
    }
    if isinstance(answer, Mapping):
        return fields | {f"answer-{number}.{part}": str(value) for part, value in answer.items()}
    return fields if answer is None else fields | {f"answer-{number}": answer}
