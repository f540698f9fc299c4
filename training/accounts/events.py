"""What accounts tells the storeys above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostTaken:
    """A person took a post in the unit at `unit_path`."""

    person_id: int
    unit_id: int
    unit_path: str
    kind: str


@dataclass(frozen=True)
class PostLeft:
    """A person gave up a post."""

    person_id: int
    unit_id: int
    kind: str
