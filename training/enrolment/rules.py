"""What counts as done: pure functions over facts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training.accounts.models import PostKind
from training.enrolment.models import Audience

RULE_VERSION = 1


class State(StrEnum):
    """Where a person stands in a course."""

    NOT_STARTED = "not_started"
    LEARNING = "learning"
    FINISHED = "finished"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """What the rule needs to know of one item's outcome."""

    is_passed: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """How far someone is; `reason` says which part of the rule decided."""

    done_count: int
    item_count: int
    is_finished: bool
    is_passed: bool
    reason: str


def must_learn(audience: Audience, post: str) -> bool:
    """Tell whether an assignment for `audience` reaches the holder of a post of this kind."""
    return audience is Audience.ALL_POSTS or post in (PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY)


def audience_posts(audience: Audience) -> list[str]:
    """Return the kinds of post that an assignment for `audience` reaches."""
    return [kind for kind in PostKind if must_learn(audience, kind)]


def completion(item_keys: Sequence[str], outcomes: Mapping[str, OutcomeFact]) -> Completion:
    """Return how far a person is in the items of their own revision.

    Rule 1: an item counts once it has an outcome; the course is finished when every item counts, and passed when,
    besides, every outcome is passed (a lesson's always is, a quiz's when its best attempt reaches the pass mark).
    Outcomes of items that are not in the revision are ignored, so the share never leaves 0..100 %.

    Args:
        item_keys: the items of the pinned revision.
        outcomes: item key → its outcome.
    """
    present = [outcomes[key] for key in item_keys if key in outcomes]
    is_finished = bool(item_keys) and len(present) == len(item_keys)
    is_passed = is_finished and all(outcome.is_passed for outcome in present)
    reason = "all_passed" if is_passed else "quiz_below_pass_mark" if is_finished else "items_left"
    return Completion(len(present), len(item_keys), is_finished, is_passed, reason)


def next_item(item_keys: Sequence[str], done: Collection[str], passed: Collection[str]) -> str | None:
    """Return the item to go on with: the first not done, else the first not passed, else None."""
    for key in item_keys:
        if key not in done:
            return key
    return next((key for key in item_keys if key not in passed), None)


def is_overdue(due_on: date | None, is_passed: bool, today: date) -> bool:
    """Tell whether the due day is over without a pass."""
    return due_on is not None and not is_passed and due_on < today
