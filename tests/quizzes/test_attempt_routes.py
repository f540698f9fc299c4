"""Trainers look at the attempts of their people: only of theirs, and only to help."""

from dataclasses import replace

import pytest

from tests.house.probe import statements
from tests.quizzes.course import SLUG, package
from tests.quizzes.test_settings import enrol, place, sent, start, take
from tests.support.cast import COURSE, Cast
from tests.support.page import Client, Page
from training.accounts.models import Person
from training.catalogue.actions import publish
from training.core.db import db
from training.core.ids import new_id
from training.journal.actions import Origin
from training.journal.models import Mode
from training.lessons.actions import finish_lesson
from training.quizzes import actions, queries
from training.quizzes.models import Attempt

LIST = f"/quizzes/{SLUG}/final/attempts"
REAL = f"/quizzes/{COURSE}/final/attempts"


def reading_english(client: Client, person: Person) -> Client:
    """Sign somebody in who reads English in these stories, so that the words can be told apart."""
    person.language = "en"
    db.session.commit()
    return client.sign_in(person)


def tries_of(person: Person, slug: str = SLUG) -> str:
    """Return the address of a person's tries at the final quiz."""
    return f"/quizzes/{slug}/final/people/{person.id}"


def record(attempt: Attempt) -> str:
    """Return the address of an attempt for staff."""
    return f"/quizzes/attempts/{attempt.id}/record"


def on_the_real_course(person: Person, *, hand_in: bool = True) -> Attempt:
    """Begin the final quiz that everybody in the cast is to learn, and hand it in empty."""
    attempt = actions.start_attempt(person.id, COURSE, "final", Origin(new_id()))
    if hand_in:
        actions.hand_in(person.id, attempt.id, Origin(new_id()))
    db.session.commit()
    return attempt


def handed_in_too_early(cast: Cast) -> Attempt:
    """The network failed: six right answers were handed in, the seventh, which would pass, came after them."""
    enrol(cast)
    finish_lesson(cast.elder.id, SLUG, "01-one", Origin(new_id()))
    attempt = start(cast)
    answers = sent(attempt, 10)
    actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()), answers[:6])
    actions.save_answers(cast.elder.id, attempt.id, [answers[6]])
    db.session.commit()
    return attempt


def acceptance_of(attempt: Attempt) -> str:
    """Return the end of the address that accepts the only late answer of an attempt."""
    return f"/late-answers/{queries.list_late_answers(attempt.id)[0].id}/acceptance"


def row_of(page: Page, name: str) -> str:
    """Return the words of the table row about somebody."""
    return next(page.words(row) for row in page.all("tr") if name in page.words(row))


def test_a_trainer_sees_the_elder_but_not_the_stranger(client: Client, cast: Cast) -> None:
    for person in (cast.elder, cast.neighbour, cast.stranger):
        on_the_real_course(person)
    page = reading_english(client, cast.trainer).get(REAL)
    assert cast.elder.full_name in page.words() and cast.neighbour.full_name in page.words()
    assert cast.stranger.full_name not in page.words()
    assert cast.elder.full_name in client.get(tries_of(cast.elder, COURSE)).words()
    client.get(tries_of(cast.stranger, COURSE), expect=404)


def test_a_strangers_attempt_does_not_exist_for_the_trainer(client: Client, cast: Cast) -> None:
    attempt = on_the_real_course(cast.stranger)
    actions.save_answer(
        cast.stranger.id, attempt.id, attempt.question_keys[0], {"answer": ["a"]}, 1, Origin(new_id())
    )
    db.session.commit()
    client.sign_in(cast.trainer)
    client.get(record(attempt), expect=404)
    client.get(f"{record(attempt)}/slip", expect=404)
    client.post(f"/quizzes/attempts/{attempt.id}{acceptance_of(attempt)}", {"reason": "Vì sao?"}, expect=404)
    given = {"tries": 1, "reason": "Vì sao?"}
    client.post(f"{tries_of(cast.stranger, COURSE)}/extras", given, expect=404)


@pytest.mark.parametrize("who", ["committee", "province_committee", "elder"])
def test_committees_and_learners_read_no_answers(client: Client, cast: Cast, who: str) -> None:
    attempt = on_the_real_course(cast.elder)
    client.sign_in(cast.everyone[who])
    for path in ("/quizzes", REAL, tries_of(cast.elder, COURSE), record(attempt), f"{record(attempt)}/slip"):
        client.get(path, expect=403)


def test_a_late_answer_of_another_attempt_cannot_be_accepted_by_its_number(
    client: Client, cast: Cast
) -> None:
    late = acceptance_of(handed_in_too_early(cast))
    other = on_the_real_course(cast.neighbour)
    client.sign_in(cast.trainer)
    client.post(f"/quizzes/attempts/{other.id}{late}", {"reason": "Nhầm bài."}, expect=404)


def test_the_list_of_quizzes_counts_people_and_says_what_waits(client: Client, cast: Cast) -> None:
    handed_in_too_early(cast)
    take(cast, 3)
    start(cast)
    page = reading_english(client, cast.trainer).get("/quizzes")
    assert "Begun: 1 · handed in: 1 · passed: 0" in page.words()
    assert "1 late answer to decide on" in page.words()
    assert "Before learning, counts for nothing" in page.words()
    assert any((a.get("href") or "").endswith("/final/attempts?group=late") for a in page.all("a"))
    assert "Quizzes" in page.words(page.all("nav")[0])


def test_passed_follows_the_try_that_counts(client: Client, cast: Cast) -> None:
    enrol(cast, "counts: last")
    take(cast, 9)
    reading_english(client, cast.trainer)
    assert "handed in: 1 · passed: 1" in client.get("/quizzes").words()
    take(cast, 2)
    assert "handed in: 1 · passed: 0" in client.get("/quizzes").words()
    words = client.get(tries_of(cast.elder)).words()
    assert "Try 2 counts" in words and "Try 1 counts" not in words


def test_a_quiz_that_was_taken_out_of_the_course_keeps_its_attempts(client: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 1, "before")
    plain = package()
    files = {
        path: body.replace(b"quiz: before", b"quiz: earlier")
        .replace(b"key: before", b"key: earlier")
        .replace(b"in: before", b"in: earlier")
        for path, body in plain.files.items()
    }
    publish(replace(plain, files=files))
    words = reading_english(client, cast.trainer).get("/quizzes").words()
    assert "No longer part of the course" in words and "Begun: 1 · handed in: 1" in words
    assert cast.elder.full_name in client.get(f"/quizzes/{SLUG}/before/attempts").words()
    assert "Try 1" in client.get(f"/quizzes/{SLUG}/before/people/{cast.elder.id}").words()
    client.get(record(attempt))
    client.get(f"/quizzes/{SLUG}/never/attempts", expect=404)


def test_who_has_not_begun_is_an_empty_list_that_says_what_will_stand_there(
    client: Client, cast: Cast
) -> None:
    enrol(cast)
    assert "Nobody has begun yet" in reading_english(client, cast.trainer).get(LIST).words()
    assert "No try yet" in client.get(tries_of(cast.elder)).words()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["3", "2", "1"]),
        ("?group=open", ["3"]),
        ("?group=handed_in", ["2", "1"]),
        ("?group=passed", ["2"]),
        ("?group=not_passed", ["1"]),
        ("?group=late", ["1"]),
        ("?group=changed", []),
        ("?mode=phone&name=thanh", ["3", "2", "1"]),
        ("?name=HOANG van", ["3", "2", "1"]),
        ("?name=Giang", []),
        ("?mode=paper", []),
    ],
)
def test_the_list_is_narrowed_by_state_mode_and_name_the_newest_first(
    client: Client, cast: Cast, query: str, numbers: list[str]
) -> None:
    handed_in_too_early(cast)
    take(cast, 9)
    start(cast)
    page = reading_english(client, cast.trainer).get(LIST + query)
    links = [a for a in page.all("a") if (a.get("href") or "").endswith("/record")]
    assert [page.words(link).split()[1] for link in links] == numbers
    if not numbers:
        assert "No attempt fits" in page.words()


def test_the_list_is_narrowed_by_commune(client: Client, cast: Cast) -> None:
    on_the_real_course(cast.elder)
    on_the_real_course(cast.neighbour)
    page = reading_english(client, cast.trainer).get(f"{REAL}?unit={cast.khau_vai.id}")
    assert cast.neighbour.full_name in page.words() and cast.elder.full_name not in page.words()
    _action, fields = page.form("/attempts")
    assert fields["unit"] == str(cast.khau_vai.id)
    client.get(f"{REAL}?unit={cast.province.id}", expect=404)


def test_a_filter_nobody_can_choose_is_said_beside_its_field(client: Client, cast: Cast) -> None:
    enrol(cast)
    page = reading_english(client, cast.trainer).get(f"{LIST}?group=best&name=Thanh", expect=422)
    assert "Not a valid choice" in page.words()
    assert page.form("/attempts")[1]["name"] == "Thanh"


def test_the_list_goes_on_page_by_page_and_its_cost_does_not_grow(client: Client, cast: Cast) -> None:
    enrol(cast)
    take(cast, 3)
    reading_english(client, cast.trainer)
    costs = []
    for _more in range(2):
        with statements() as seen:
            client.get(LIST)
        costs.append(len(seen))
        for _number in range(50):
            take(cast, 0)
    assert costs[0] == costs[1]
    second = client.get(f"{LIST}?page=2&mode=phone")
    assert "Page 2 of 3" in second.words() and "101 attempts" in second.words()
    previous = next(a for a in second.all("a") if a.get("rel") == "prev")
    assert "mode=phone" in previous.get("href") and "page=1" in previous.get("href")


def test_who_keyed_an_attempt_in_stands_in_the_list(client: Client, cast: Cast) -> None:
    enrol(cast)
    origin = Origin(new_id(), Mode.PAPER, cast.trainer.id)
    sheet = actions.Sheet(place(cast).revision_id, 7)
    attempt = actions.start_attempt(cast.elder.id, SLUG, "final", origin, sheet)
    actions.hand_in(cast.elder.id, attempt.id, Origin(new_id(), Mode.PAPER, cast.trainer.id))
    page = reading_english(client, cast.trainer).get(f"{LIST}?mode=paper")
    assert f"on paper keyed in by {cast.trainer.full_name}" in page.words()


def test_an_open_attempt_shows_its_answers_but_neither_keys_nor_points(client: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = start(cast)
    actions.save_answers(cast.elder.id, attempt.id, sent(attempt, 10)[:4])
    page = reading_english(client, cast.trainer).get(record(attempt))
    assert "still open" in page.words() and "Choose" in page.words() and "no answer" in page.words()
    assert "Right answer" not in page.words(page.all("table")[0])
    assert "Points" not in page.words(page.all("table")[0])
    client.get(f"{record(attempt)}/slip", expect=404)


def test_an_attempt_shows_answers_keys_versions_and_receipts_and_says_what_they_are_for(
    client: Client, cast: Cast
) -> None:
    enrol(cast)
    attempt = start(cast)
    first, better = sent(attempt, 0)[0], sent(attempt, 10)[0]
    actions.save_answers(cast.elder.id, attempt.id, [first])
    actions.hand_in(cast.elder.id, attempt.id, Origin(new_id()), [better])
    page = reading_english(client, cast.trainer).get(record(attempt))
    for answer in (first, better):
        assert str(answer.entry_id)[-8:] in page.words()
    assert "only to help" in page.words() and "Right answer" in page.words()
    slip = client.get(f"{record(attempt)}/slip")
    assert "Right answer" in slip.words() and cast.elder.full_name in slip.words()


def test_learners_read_who_can_see_their_answers(client: Client, cast: Cast) -> None:
    words = reading_english(client, cast.elder).get("/me/results").words()
    assert "Trainers and administrators can also read your answers" in words
    assert "Committees see only results" in words
