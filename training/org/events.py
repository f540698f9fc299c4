"""What org tells the storeys above."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class UnitClosed:
    """A unit was closed from a day on."""

    unit_id: int
    closed_on: date
    actor_id: int | None
