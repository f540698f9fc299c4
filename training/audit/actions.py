"""Writing the record."""

from typing import Any

from training.audit.models import AuditEntry
from training.core.db import db


def record(actor_id: int | None, action: str, subject_kind: str, subject_id: object, **details: Any) -> None:
    """Add one entry in the caller's transaction.

    Args:
        actor_id: the person who acted; None for the program itself (a command, the demo).
        action: `<noun>.<verb in the past>`, such as "unit.renamed".
        subject_kind: the table of the thing acted on.
        subject_id: its key.
        details: what a reader needs to understand the change; never a secret.
    """
    entry = AuditEntry(
        actor_id=actor_id,
        action=action,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        details=details,
    )
    db.session.add(entry)
