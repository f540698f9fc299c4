"""Writing the journal: once per id, whatever the network does."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.core import clock
from training.core.db import insert_once
from training.core.errors import N_, Conflict
from training.journal import queries
from training.journal.models import EntryKind, JournalEntry, Mode


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change comes from: its id, how it was learned, who keyed it in, what the phone's clock said."""

    entry_id: uuid.UUID
    mode: Mode = Mode.PHONE
    entered_by_id: int | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a change is kept, with what was kept. `is_new` is False for one that was sent before."""

    entry_id: uuid.UUID
    received_at: datetime
    payload: Mapping[str, Any]
    is_new: bool


def record(origin: Origin, person_id: int, kind: EntryKind, subject: str, payload: dict[str, Any]) -> Receipt:
    """Keep one change and return its receipt; the same id again returns the first receipt and changes nothing.

    The caller applies the effect only when `is_new`, in the same transaction.

    Raises:
        Conflict: the id was used before for something else.
    """
    received_at = clock.now()
    row = {
        "id": origin.entry_id,
        "person_id": person_id,
        "kind": kind,
        "subject": subject,
        "payload": payload,
        "mode": origin.mode,
        "entered_by_id": origin.entered_by_id,
        "claimed_at": origin.claimed_at,
        "received_at": received_at,
    }
    if insert_once(JournalEntry.__table__, row):  # type: ignore[arg-type]
        return Receipt(origin.entry_id, received_at, payload, is_new=True)
    first = queries.get_entry(origin.entry_id)
    if (first.person_id, first.kind, first.subject) != (person_id, kind, subject):
        raise Conflict(N_("This page is out of date. Open it again."))
    return Receipt(first.id, first.received_at, first.payload, is_new=False)
