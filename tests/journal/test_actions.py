"""The journal: every change once, whatever the network does."""

import pytest

from tests.support.cast import Cast
from training.core.errors import Conflict
from training.core.ids import new_id
from training.journal import queries
from training.journal.actions import Origin, record
from training.journal.models import EntryKind, Mode


def test_a_change_is_kept_with_how_it_was_learned_and_who_keyed_it_in(cast: Cast) -> None:
    origin = Origin(new_id(), Mode.PAPER, cast.trainer.id)
    receipt = record(origin, cast.elder.id, EntryKind.LESSON_DONE, "enrolment:1", {"item": "x"})
    entry = queries.get_entry(origin.entry_id)
    assert receipt.is_new and receipt.received_at == entry.received_at
    assert (entry.mode, entry.entered_by_id, entry.payload) == (Mode.PAPER, cast.trainer.id, {"item": "x"})


def test_the_same_change_sent_again_returns_the_first_receipt_and_changes_nothing(cast: Cast) -> None:
    origin = Origin(new_id())
    first = record(origin, cast.elder.id, EntryKind.LESSON_DONE, "enrolment:1", {"item": "x"})
    for _ in range(3):
        again = record(origin, cast.elder.id, EntryKind.LESSON_DONE, "enrolment:1", {"item": "other"})
        assert not again.is_new and again.received_at == first.received_at
    assert [e.payload for e in queries.list_of_subject("enrolment:1")] == [{"item": "x"}]


@pytest.mark.parametrize("other", ["person", "kind", "subject"])
def test_an_id_used_for_something_else_is_refused(cast: Cast, other: str) -> None:
    origin = Origin(new_id())
    record(origin, cast.elder.id, EntryKind.LESSON_DONE, "enrolment:1", {})
    person_id = cast.neighbour.id if other == "person" else cast.elder.id
    kind = EntryKind.ANSWER_SAVED if other == "kind" else EntryKind.LESSON_DONE
    with pytest.raises(Conflict):
        record(origin, person_id, kind, "enrolment:2" if other == "subject" else "enrolment:1", {})
