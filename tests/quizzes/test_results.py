"""What a learner is told about a quiz before, and about its result after."""

import pytest

from tests.quizzes.course import SLUG
from tests.quizzes.test_corrections import corrected
from tests.quizzes.test_settings import enrol, place, sent, start, take
from tests.support.cast import Cast
from tests.support.page import Client
from training.core.db import db
from training.core.ids import new_id
from training.journal.actions import Origin
from training.journal.models import Mode
from training.lessons.actions import finish_lesson
from training.quizzes import actions, corrections, queries

QUIZ = f"/courses/{SLUG}/quizzes/final"


def english(client: Client, cast: Cast) -> Client:
    """Sign the elder in, who reads English in these stories so that the words can be told apart."""
    cast.elder.language = "en"
    db.session.commit()
    return client.sign_in(cast.elder)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("", ["no clock", "as often as you like", "The best result counts", "Once you have passed"]),
        ("tries: 3\ncounts: last", ["3 tries left", "The last try counts"]),
        ("counts: first\nwait_minutes: 30", ["The first try counts", "you wait 30 minutes"]),
        ("minutes: 20\nexplain: never", ["20 minutes from the moment", "not the right answers"]),
    ],
)
def test_the_rules_stand_on_the_page_before_the_start(
    client: Client, cast: Cast, settings: str, words: list[str]
) -> None:
    enrol(cast, settings)
    page = english(client, cast).get(QUIZ).words()
    assert [word for word in words if word not in page] == []
    assert "7 of 10" in page


def test_who_must_wait_reads_until_when_and_finds_no_button(client: Client, cast: Cast) -> None:
    enrol(cast, "wait_minutes: 600")
    take(cast, 5)
    page = english(client, cast).get(QUIZ)
    assert "You can try again from" in page.words()
    assert not [f for f in page.all("form") if (f.get("action") or "").endswith("/attempts")]


def test_extra_tries_and_minutes_are_said(client: Client, cast: Cast) -> None:
    row = enrol(cast, "tries: 1\nminutes: 20")
    corrections.grant_extra(cast.trainer.id, row.id, "final", 1, 10, "Mắt kém.")
    words = english(client, cast).get(QUIZ).words()
    assert "30 minutes" in words and "10 minutes of it were given to you" in words and "2 tries left" in words


def test_after_the_pre_test_nobody_is_told_right_or_wrong(client: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 1, "before")
    page = english(client, cast).get(f"/quizzes/attempts/{attempt.id}")
    assert page.h1.startswith("Thank you")
    assert "About" not in page.words() and "not enough" not in page.words()
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    final = take(cast, 8)
    words = client.get(f"/quizzes/attempts/{final.id}").words()
    assert "Before learning: " in words and "a hint" in words


@pytest.mark.parametrize(
    ("explain", "is_explained"), [("handing_in", True), ("passing", False), ("never", False)]
)
def test_explanations_come_when_the_author_says(
    client: Client, cast: Cast, explain: str, is_explained: bool
) -> None:
    enrol(cast, f"explain: {explain}")
    attempt = take(cast, 3)
    words = english(client, cast).get(f"/quizzes/attempts/{attempt.id}").words()
    assert ("That is why." in words) == is_explained
    slip = client.get(f"/quizzes/attempts/{attempt.id}/slip").words()
    assert ("Right answer" in slip) == is_explained


def test_a_changed_result_says_on_the_first_page_what_changed_why_and_by_whom(
    client: Client, cast: Cast
) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    revision_id, _number = corrected(attempt, 9)
    corrections.regrade(
        cast.administrator.id, [attempt], revision_id, may_lower=False, reason="Đáp án sai từ đầu."
    )
    db.session.commit()
    home = english(client, cast).get("/")
    assert "was changed" in home.words()
    result = client.get(f"/quizzes/attempts/{attempt.id}")
    words = result.words()
    assert "6 → 7 of 10" in words and "Đáp án sai từ đầu." in words and cast.administrator.full_name in words
    client.submit(result, "/acknowledgement")
    assert "was changed" not in client.get("/").words()
    assert "6 → 7 of 10" in client.get(f"/quizzes/attempts/{attempt.id}").words()


def test_the_slip_holds_every_version_late_ones_too(client: Client, cast: Cast) -> None:
    enrol(cast, "explain: handing_in")
    attempt = start(cast)
    first, better = sent(attempt, 0)[0], sent(attempt, 10)[0]
    actions.save_answers(cast.elder.id, attempt.id, [first])
    actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()))
    actions.save_answers(cast.elder.id, attempt.id, [better])
    page = english(client, cast).get(f"/quizzes/attempts/{attempt.id}/slip")
    assert "late, not counted" in page.words()
    for sent_answer in (first, better):
        assert str(sent_answer.entry_id)[-8:] in page.words()
    corrections.accept_late_answer(cast.trainer.id, queries.list_late_answers(attempt.id)[0].id, "Mạng mất.")
    assert "late, accepted: Mạng mất." in client.get(f"/quizzes/attempts/{attempt.id}/slip").words()


def test_who_keyed_a_result_in_is_said(client: Client, cast: Cast) -> None:
    enrol(cast)
    origin = Origin(new_id(), Mode.PAPER, cast.trainer.id)
    sheet = actions.Sheet(place(cast).revision_id, 12)
    attempt = actions.start_attempt(cast.elder.id, SLUG, "final", origin, sheet)
    actions.hand_in(
        cast.elder.id, attempt.id, Origin(new_id(), Mode.PAPER, cast.trainer.id), sent(attempt, 8)
    )
    words = english(client, cast).get(f"/quizzes/attempts/{attempt.id}").words()
    assert f"keyed in by {cast.trainer.full_name}" in words


def test_nobody_elses_slip_can_be_read_or_acknowledged(client: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    db.session.commit()
    client.sign_in(cast.neighbour)
    client.get(f"/quizzes/attempts/{attempt.id}/slip", expect=404)
    client.post(f"/quizzes/attempts/{attempt.id}/acknowledgement", expect=404)
