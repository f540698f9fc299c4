"""Judging every enrolment again from its outcomes: the nightly check, which must find no difference."""

from collections.abc import Iterator

from training.catalogue import queries as catalogue
from training.core.db import db
from training.enrolment import queries, rules


def list_differences() -> Iterator[str]:
    """Yield one line for every enrolment whose stored completion is not what the rule says today."""
    last = 0
    while found := queries.list_ids_after(last):
        for enrolment_id in found:
            yield from differences(enrolment_id)
        last = found[-1]
        db.session.expunge_all()


def differences(enrolment_id: int) -> Iterator[str]:
    """Yield a line when one enrolment's stored completion differs from the computed one."""
    row = queries.get(enrolment_id)
    items = [item.key for item in catalogue.get_revision(row.revision_id).counted_items]
    facts = {o.item_key: rules.OutcomeFact(o.is_passed) for o in queries.list_outcomes(enrolment_id)}
    verdict = rules.completion(items, facts)
    stored = (row.done_count, row.item_count, row.passed_at is not None)
    computed = (verdict.done_count, verdict.item_count, verdict.is_passed)
    if stored != computed:
        yield f"enrolment {enrolment_id}: stored {stored}, computed {computed}"
