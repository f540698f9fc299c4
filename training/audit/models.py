"""One row per thing a member of staff did."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.core import clock
from training.core.db import Base, Json, UtcDateTime
from training.core.ids import new_id


class AuditEntry(Base):
    """Who did what to which thing, and when. Never changed, never deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "at"), Index(None, "subject_kind", "subject_id"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
