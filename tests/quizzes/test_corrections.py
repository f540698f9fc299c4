"""What staff change after handing in: never silently, never wrongly, never half."""

import pytest

from tests.quizzes.course import SLUG, publish_course, right_option
from tests.quizzes.test_settings import enrol, place, sent, start, take
from tests.support.cast import Cast
from training.core.errors import Conflict, InvalidInput
from training.core.ids import new_id
from training.enrolment.verification import differences as enrolment_differences
from training.journal.actions import Origin
from training.lessons.actions import finish_lesson
from training.quizzes import actions, corrections, queries
from training.quizzes.actions import SentAnswer
from training.quizzes.models import Attempt
from training.quizzes.verification import differences


def all_attempts(cast: Cast) -> list[Attempt]:
    """Return the elder's tries at the final quiz."""
    return list(queries.list_attempts(place(cast).id, "final"))


def assert_sound(cast: Cast) -> None:
    """Nothing stored differs from what can be computed again."""
    assert [line for attempt in all_attempts(cast) for line in differences(attempt)] == []
    assert list(enrolment_differences(place(cast).id)) == []


def corrected(attempt: Attempt, wrong_place: int) -> tuple[int, int]:
    """Publish a revision in which the given wrong answer to the question at a place is the right one."""
    number = int(attempt.question_keys[wrong_place][1:])
    answer = queries.list_answers(attempt.id)[f"q{number}"]
    return publish_course(keys={number: str(answer.response)}).id, number


def test_a_late_answer_counts_once_it_is_accepted_with_a_reason(cast: Cast) -> None:
    enrol(cast)
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    attempt = start(cast)
    answers = sent(attempt, 10)
    actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()), answers[:6])
    assert (attempt.points, place(cast).passed_at) == (6, None)
    assert actions.save_answers(cast.elder.id, attempt.id, [answers[6]])[0].is_late
    late = queries.list_late_answers(attempt.id)[0]
    with pytest.raises(InvalidInput):
        corrections.accept_late_answer(cast.trainer.id, late.id, "  ")
    change = corrections.accept_late_answer(cast.trainer.id, late.id, "Mạng mất lúc nộp, đã xem điện thoại.")
    assert (change.points_before, change.points_after, change.was_passed, change.is_passed) == (
        6,
        7,
        False,
        True,
    )
    assert place(cast).passed_at is not None and place(cast).changed_attempt_id == attempt.id
    assert_sound(cast)
    with pytest.raises(Conflict):
        corrections.accept_late_answer(cast.trainer.id, late.id, "Lần nữa.")


def test_a_late_change_of_an_answer_counts_instead_of_the_one_before(cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 0)
    key = attempt.question_keys[0]
    good = SentAnswer(key, {"answer": [right_option(int(key[1:]))]}, 0, new_id())
    actions.save_answers(cast.elder.id, attempt.id, [good])
    corrections.accept_late_answer(cast.trainer.id, queries.list_late_answers(attempt.id)[0].id, "Đúng thế.")
    assert attempt.points == 1
    assert_sound(cast)


def test_a_corrected_key_changes_exactly_those_it_concerns_and_tells_them(cast: Cast) -> None:
    enrol(cast)
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    attempt = take(cast, 6)
    revision_id, number = corrected(attempt, 9)
    before = list(corrections.propose(all_attempts(cast), revision_id))
    assert [(p.is_change, p.is_lower, p.points_after, p.is_passed_after) for p in before] == [
        (True, False, 7.0, True)
    ]
    assert attempt.points == 6, "a proposal changes nothing"
    with pytest.raises(InvalidInput):
        corrections.regrade(cast.administrator.id, [attempt], revision_id, may_lower=False, reason="")
    reason = f"Đáp án câu {number} sai."
    changes = corrections.regrade(
        cast.administrator.id, [attempt], revision_id, may_lower=False, reason=reason
    )
    assert [(c.points_before, c.points_after) for c in changes] == [(6, 7)]
    assert place(cast).passed_at is not None and place(cast).changed_attempt_id == attempt.id
    assert [c.reason for c in queries.list_changes(attempt.id)] == [reason]
    assert_sound(cast)
    corrections.acknowledge(cast.elder.id, attempt.id)
    assert place(cast).changed_attempt_id is None
    again = corrections.regrade(cast.administrator.id, [attempt], revision_id, may_lower=True, reason=reason)
    assert again == []


@pytest.mark.parametrize(("may_lower", "points"), [(False, 10), (True, 9)])
def test_nobody_loses_by_a_correction_unless_it_is_decided_so(
    cast: Cast, may_lower: bool, points: int
) -> None:
    enrol(cast)
    attempt = take(cast, 10)
    number = int(attempt.question_keys[0][1:])
    other = next(o for o in "abcd" if o != right_option(number))
    revision_id = publish_course(keys={number: other}).id
    corrections.regrade(
        cast.administrator.id, [attempt], revision_id, may_lower=may_lower, reason="Đáp án sai."
    )
    assert attempt.points == points
    assert_sound(cast)


def test_whoever_is_in_the_middle_or_begins_later_is_marked_by_the_corrected_key(cast: Cast) -> None:
    enrol(cast)
    done = take(cast, 9)
    running = start(cast)
    actions.save_answers(cast.elder.id, running.id, sent(running, 10))
    revision_id, number = corrected(done, 9)
    corrections.regrade(
        cast.administrator.id, [done, running], revision_id, may_lower=True, reason="Đáp án sai."
    )
    actions.hand_in(cast.elder.id, running.id, Origin(new_id()))
    assert running.points == (9 if f"q{number}" in running.question_keys else 10)
    later = start(cast)
    assert later.key_revision_id == revision_id
    assert_sound(cast)


def test_giving_nothing_is_refused(cast: Cast) -> None:
    row = enrol(cast)
    with pytest.raises(InvalidInput):
        corrections.grant_extra(cast.trainer.id, row.id, "final", 0, 0, "Vì sao?")
    with pytest.raises(InvalidInput):
        corrections.grant_extra(cast.trainer.id, row.id, "final", 1, 0, "")
