"""Finishing a lesson."""

from training.enrolment import actions as enrolment
from training.enrolment import queries
from training.journal import actions as journal
from training.journal.actions import Origin, Receipt
from training.journal.models import EntryKind


def finish_lesson(person_id: int, slug: str, lesson_key: str, origin: Origin) -> Receipt:
    """Record that the person has learned a lesson; sent twice, it counts once.

    Raises:
        NotFound: the person is not enrolled, or the course has no such lesson.
        Conflict: the id was used for something else.
    """
    row = queries.get_of_person(person_id, slug)
    subject = f"enrolment:{row.id}"
    receipt = journal.record(origin, person_id, EntryKind.LESSON_DONE, subject, {"item": lesson_key})
    if receipt.is_new:
        enrolment.record_outcome(row.id, lesson_key, enrolment.Result(is_passed=True), origin)
    return receipt
