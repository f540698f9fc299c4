"""What a trainer can set about a quiz, as a learner meets it."""

from datetime import timedelta

import pytest

from tests.quizzes.course import SLUG, publish_course, right_option
from tests.support.cast import Cast
from training.catalogue.queries import get_course, get_revision
from training.core import clock
from training.core.errors import Conflict
from training.core.ids import new_id
from training.enrolment import actions as enrolment
from training.enrolment import queries as enrolments
from training.enrolment.queries import EnrolmentRow
from training.journal.actions import Origin
from training.journal.models import Mode
from training.lessons.actions import finish_lesson
from training.quizzes import actions, corrections, queries
from training.quizzes.actions import SentAnswer, Sheet
from training.quizzes.models import Attempt
from training.quizzes.verification import differences


def enrol(cast: Cast, settings: str = "") -> EnrolmentRow:
    """Publish the course with these settings of its final quiz and give it to the elder."""
    publish_course(settings)
    enrolment.assign(None, get_course(SLUG), cast.na_sang, None)
    return place(cast)


def place(cast: Cast) -> EnrolmentRow:
    """Return the elder's place in the course."""
    return enrolments.get_of_person(cast.elder.id, SLUG)


def start(cast: Cast, quiz_key: str = "final") -> Attempt:
    """Begin a try, or go on with the open one."""
    return actions.start_attempt(cast.elder.id, SLUG, quiz_key, Origin(new_id()))


def sent(attempt: Attempt, right: int) -> list[SentAnswer]:
    """Return answers to all questions, the first `right` of them right."""
    rows = []
    for place, key in enumerate(attempt.question_keys):
        good = right_option(int(key[1:]))
        choice = good if place < right else next(o for o in "abcd" if o != good)
        rows.append(SentAnswer(key, {"answer": [choice]}, 1, new_id()))
    return rows


def take(cast: Cast, right: int, quiz_key: str = "final") -> Attempt:
    """Make a whole try with so many right answers."""
    attempt = start(cast, quiz_key)
    return actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()), sent(attempt, right))


def test_without_settings_one_may_try_for_ever_and_the_best_counts(cast: Cast) -> None:
    enrol(cast)
    for right in (5, 8, 3):
        take(cast, right)
    assert place(cast).best_points == 8
    assert start(cast).number == 4


@pytest.mark.parametrize(("counts", "kept"), [("best", 8), ("last", 3), ("first", 5)])
def test_the_author_says_which_try_counts(cast: Cast, counts: str, kept: int) -> None:
    enrol(cast, f"counts: {counts}")
    for right in (5, 8, 3):
        take(cast, right)
    assert place(cast).best_points == kept


def test_where_the_last_try_counts_a_worse_one_takes_the_pass_back(cast: Cast) -> None:
    enrol(cast, "counts: last")
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    take(cast, 9)
    assert place(cast).passed_at is not None
    take(cast, 2)
    assert place(cast).passed_at is None and place(cast).finished_at is not None


def test_when_no_try_is_left_one_more_can_be_given(cast: Cast) -> None:
    row = enrol(cast, "tries: 2")
    take(cast, 5)
    take(cast, 5)
    with pytest.raises(Conflict):
        start(cast)
    corrections.grant_extra(cast.trainer.id, row.id, "final", 1, 0, "Mất điện giữa bài.")
    assert start(cast).number == 3


def test_between_two_tries_one_waits_as_long_as_the_author_says(cast: Cast) -> None:
    enrol(cast, "wait_minutes: 60")
    first = take(cast, 5)
    assert first.handed_in_at is not None
    with clock.frozen(first.handed_in_at + timedelta(minutes=59)), pytest.raises(Conflict):
        start(cast)
    with clock.frozen(first.handed_in_at + timedelta(minutes=60)):
        assert start(cast).number == 2


def test_an_answer_within_the_grace_counts_and_a_later_one_is_kept_as_evidence(cast: Cast) -> None:
    enrol(cast, "minutes: 20")
    attempt = start(cast)
    assert attempt.due_at == attempt.started_at + timedelta(minutes=20)
    one, other = sent(attempt, 10)[:2]
    with clock.frozen(attempt.due_at + timedelta(seconds=100)):
        assert not actions.save_answers(cast.elder.id, attempt.id, [one])[0].is_late
    with clock.frozen(attempt.due_at + timedelta(seconds=121)):
        assert actions.save_answers(cast.elder.id, attempt.id, [other])[0].is_late
    assert (attempt.points, attempt.handed_in_at is not None) == (1, True)
    assert len(queries.list_late_answers(attempt.id)) == 1
    assert list(differences(attempt)) == []


def test_handing_in_after_the_time_gives_the_result_of_what_was_there(cast: Cast) -> None:
    enrol(cast, "minutes: 20")
    attempt = start(cast)
    actions.save_answers(cast.elder.id, attempt.id, sent(attempt, 10)[:4])
    with clock.frozen(attempt.started_at + timedelta(hours=3)):
        actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()), sent(attempt, 10))
    assert attempt.points == 4
    assert len(queries.list_late_answers(attempt.id)) == 10


def test_who_never_comes_back_is_handed_in_by_the_clock(cast: Cast) -> None:
    enrol(cast, "minutes: 20")
    attempt = start(cast)
    actions.save_answers(cast.elder.id, attempt.id, sent(attempt, 8))
    assert actions.close_overdue() == 0
    with clock.frozen(attempt.started_at + timedelta(hours=3)):
        assert actions.close_overdue() == 1
        assert actions.close_overdue() == 0
    assert (attempt.points, attempt.is_passed) == (8, True)


def test_extra_minutes_help_the_try_that_is_running_and_the_next(cast: Cast) -> None:
    row = enrol(cast, "minutes: 20")
    attempt = start(cast)
    corrections.grant_extra(cast.trainer.id, row.id, "final", 0, 10, "Mắt kém.")
    assert attempt.due_at == attempt.started_at + timedelta(minutes=30)
    actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()))
    following = start(cast)
    assert following.due_at == following.started_at + timedelta(minutes=30)


def test_a_pre_test_counts_for_nothing_and_is_asked_once_and_only_before(cast: Cast) -> None:
    row = enrol(cast)
    assert row.item_count == 2
    take(cast, 0, "before")
    row = place(cast)
    assert (row.done_count, row.best_points, row.passed_at) == (0, None, None)
    with pytest.raises(Conflict):
        start(cast, "before")
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    take(cast, 7)
    row = place(cast)
    assert (row.done_count, row.best_points, row.best_of) == (2, 7, 10) and row.passed_at is not None


def test_who_has_begun_to_learn_is_not_asked_before_learning(cast: Cast) -> None:
    enrol(cast)
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    with pytest.raises(Conflict):
        start(cast, "before")


def test_handing_in_carries_what_was_lost_on_the_way(cast: Cast) -> None:
    enrol(cast)
    attempt = start(cast)
    answers = sent(attempt, 10)
    actions.save_answers(cast.elder.id, attempt.id, answers[:3])
    origin = Origin(new_id())
    assert actions.hand_in(cast.elder.id, attempt.id, origin, answers).points == 10
    again = actions.hand_in(cast.elder.id, attempt.id, origin, sent(attempt, 0))
    assert again.points == 10
    assert list(differences(attempt)) == []


def test_a_paper_is_the_same_for_whoever_keys_it_in_and_leaves_the_open_try_alone(cast: Cast) -> None:
    row = enrol(cast)
    on_phone = start(cast)
    sheet = Sheet(row.revision_id, 37)
    origin = Origin(new_id(), Mode.PAPER, cast.trainer.id)
    paper = actions.start_attempt(cast.elder.id, SLUG, "final", origin, sheet)
    assert (paper.seed, paper.number, paper.id != on_phone.id) == (37, 2, True)
    again = actions.start_attempt(cast.elder.id, SLUG, "final", origin, sheet)
    assert again.id == paper.id
    other = actions.start_attempt(
        cast.shared_phone.id, SLUG, "final", Origin(new_id(), Mode.PAPER, cast.trainer.id), sheet
    )
    assert other.question_keys == paper.question_keys
    actions.hand_in(cast.elder.id, paper.id, Origin(new_id(), Mode.PAPER, cast.trainer.id), sent(paper, 9))
    assert (place(cast).best_points, place(cast).mode) == (9, "paper")
    assert start(cast).id == on_phone.id


def test_the_id_of_one_start_cannot_start_another_quiz(cast: Cast) -> None:
    enrol(cast)
    origin = Origin(new_id())
    actions.start_attempt(cast.elder.id, SLUG, "before", origin)
    with pytest.raises(Conflict):
        actions.start_attempt(cast.elder.id, SLUG, "final", origin)


def test_questions_are_drawn_by_tag(cast: Cast) -> None:
    publish_course()
    revision = get_revision(publish_course().id)
    assert revision.quiz("final").blueprint == (("", 10),)
    assert revision.quiz("before").is_pre_test and revision.pre_test is not None
    assert [item.key for item in revision.counted_items] == ["01-one", "final"]
    assert (revision.position("before"), revision.position("01-one")) == (0, 1)
