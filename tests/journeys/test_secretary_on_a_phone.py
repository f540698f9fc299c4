"""A secretary on a phone with scripts: one document holds the quiz, and answers are saved behind it, whatever the network does."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.answering import (
    answers,
    choose,
    choose_right,
    controls,
    count_saves,
    keys_of,
    put_choices_first,
)
from tests.journeys.conftest import Maker
from tests.support.browser import heading, press, sign_in
from tests.support.cast import COURSE, Cast
from tests.support.live import Learner, Live
from training.core.ids import new_id

pytestmark = pytest.mark.browser
SAVES, SUBMISSION = "**/answers", "**/submission"
NEXT, PREVIOUS, HAND_IN = "[data-next]", "[data-previous] a", "[data-hand-in] .button"
QUESTIONS = 10
SAVED_WITHIN = 15_000  # ms: between two journeys to the server the page waits some seconds


@pytest.fixture
def context(phone: Maker, learner: Learner, live: Live) -> Iterator[BrowserContext]:
    """A phone on which the learner of this story is signed in and has begun the quiz."""
    context = phone()
    page = context.new_page()
    sign_in(page, learner.phone)
    begin(live, page)
    yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The first question."""
    return context.pages[0]


def begin(live: Live, page: Page) -> None:
    """Start the quiz, or go on with it; it begins with questions of one choice."""
    page.goto(f"/courses/{COURSE}/quizzes/final")
    press(page, ".foot .button")
    put_choices_first(live.app, page)


def attempt_of(page: Page) -> str:
    """Return the id of the attempt that is open on the page."""
    return page.url.split("/attempts/")[1].split("/")[0]


def expect_state(page: Page, kind: str, number: int = 1) -> None:
    """Wait until the line under a question says: phone, sending, saved, late or refused."""
    line = page.locator(f'[data-question="{number}"] [data-save-state].is-{kind}')
    expect(line).to_have_count(1, timeout=SAVED_WITHIN)


def go_on(page: Page, times: int = 1) -> None:
    """Press Next, which needs no network."""
    for _ in range(times):
        before = page.url
        page.click(NEXT)
        page.wait_for_function("before => location.href !== before", arg=before)


def response_to(live: Live, page: Page, place: int = 0) -> object:
    """Return what the server holds for the question at `place` of the attempt."""
    attempt = attempt_of(page)
    kept = answers(live.app, attempt).get(keys_of(live.app, attempt)[place])
    return kept.response if kept else None


def wait_for_one(page: Page, held: list[Route]) -> None:
    """Wait until one request is held back, and see that no second one comes."""
    for _ in range(100):
        page.wait_for_timeout(50)
        if held:
            break
    page.wait_for_timeout(200)
    assert len(held) == 1


def test_saved_is_said_only_after_the_server_has_it(live: Live, page: Page) -> None:
    held: list[Route] = []
    page.route(SAVES, lambda route: held.append(route))
    choose(page, 0)
    expect_state(page, "sending")
    wait_for_one(page, held)
    assert response_to(live, page) is None
    held[0].continue_()
    expect_state(page, "saved")
    assert response_to(live, page) is not None
    line = page.inner_text('[data-question="1"] [data-save-state]')
    assert any(sign.isdigit() for sign in line), "the line says when"


def test_an_answer_given_without_network_arrives_once_when_it_is_back(
    live: Live, context: BrowserContext, page: Page, learner: Learner
) -> None:
    context.set_offline(True)
    choose(page, 1)
    expect_state(page, "phone")
    assert count_saves(live.app, learner.id) == 0
    context.set_offline(False)
    expect_state(page, "saved")
    assert count_saves(live.app, learner.id) == 1 and response_to(live, page) is not None


def test_a_save_whose_receipt_was_lost_is_sent_again_and_counts_once(
    live: Live, page: Page, learner: Learner
) -> None:
    def lose_the_receipt(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(SAVES, lose_the_receipt, times=1)
    choose(page, 1)
    expect_state(page, "saved")
    assert count_saves(live.app, learner.id) == 1


def test_answers_left_on_the_phone_are_sent_when_the_quiz_is_opened_again(
    live: Live, context: BrowserContext, page: Page
) -> None:
    context.set_offline(True)
    choose(page, 1)
    expect_state(page, "phone")
    address = page.url
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect_state(again, "saved")
    assert controls(again).nth(1).is_checked() and response_to(live, again) is not None


def test_an_answer_left_on_the_phone_is_never_sent_for_somebody_else(
    live: Live, context: BrowserContext, page: Page, learner: Learner, people: Cast
) -> None:
    choose(page, 1)
    expect_state(page, "saved")
    attempt = attempt_of(page)
    # As if the phone had died before the second answer could leave.
    left = {"entry": str(new_id()), "sequence": 1, "answer": [["answer-2", "a"]], "at": 1_795_000_000_000}
    page.evaluate(
        "([key, left]) => localStorage.setItem(key, left)",
        [f"answers:{learner.id}:{attempt}:2", json.dumps(left)],
    )
    page.close()
    context.clear_cookies()
    neighbour = live.learner(people.na_sang)
    other = context.new_page()
    sign_in(other, neighbour.phone)
    begin(live, other)
    choose(other, 0)
    expect_state(other, "saved")
    assert count_saves(live.app, neighbour.id) == 1 and len(answers(live.app, attempt)) == 1
    refused = other.goto(f"/quizzes/attempts/{attempt}/questions")
    assert refused is not None and refused.status == 404


def test_a_whole_quiz_needs_the_network_only_to_begin_and_to_hand_in(
    live: Live, context: BrowserContext, page: Page
) -> None:
    keys = keys_of(live.app, attempt_of(page))
    context.set_offline(True)
    for key in keys:
        choose_right(live.app, page, key)
        go_on(page)
    expect(page.locator("[data-unsent]")).to_be_visible()
    assert page.url.endswith("#last-check") and page.locator("[data-open]").is_hidden()
    page.click(HAND_IN)
    expect(page.locator("[data-handing-in]")).to_have_class("note note--warn")
    context.set_offline(False)
    expect(page.locator("h1")).to_contain_text("10")
    assert page.url.endswith(f"/quizzes/attempts/{page.url.rsplit('/', 1)[1]}")
    expect(page.locator("h1")).to_be_focused()
    page.reload()
    assert "10" in heading(page)


def test_a_handing_in_whose_reply_was_lost_shows_the_first_result(live: Live, page: Page) -> None:
    replies: list[int] = []

    def lose_the_reply(route: Route) -> None:
        replies.append(route.fetch().status)
        route.abort()

    choose_right(live.app, page, keys_of(live.app, attempt_of(page))[0])
    page.route(SUBMISSION, lose_the_reply, times=1)
    go_on(page, QUESTIONS)
    page.click(HAND_IN)
    expect(page.locator("h1")).to_contain_text("1")
    assert replies == [200] and page.locator("#answers").count() == 0


def test_two_taps_on_hand_in_are_one_and_back_does_not_bring_the_quiz_back(page: Page) -> None:
    held: list[Route] = []
    page.route(SUBMISSION, lambda route: held.append(route))
    go_on(page, QUESTIONS)
    expect(page.locator("[data-open]"), "it says which questions are open").to_be_visible()
    page.dblclick(HAND_IN)
    wait_for_one(page, held)
    held[0].continue_()
    expect(page.locator("#answers")).to_have_count(0)
    result = heading(page)
    page.go_back()
    expect(page.locator("#answers")).to_have_count(0)
    assert heading(page) == result


def test_back_shows_the_question_before_and_a_change_of_it_wins(live: Live, page: Page) -> None:
    choose(page, 0)
    expect_state(page, "saved")
    first = response_to(live, page)
    go_on(page)
    expect(page.locator("#question-2")).to_be_visible()
    assert page.url.endswith("#question-2") and page.locator("#question-1").is_hidden()
    page.go_back()
    expect(page.locator("#question-1")).to_be_visible()
    assert page.url.endswith("#question-1") and controls(page).nth(0).is_checked()
    page.click(NEXT)
    expect(page.locator("#question-2")).to_be_visible()
    page.click(PREVIOUS)
    expect(page.locator("#question-1")).to_be_visible()
    choose(page, 1)
    expect_state(page, "saved")
    assert response_to(live, page) != first


def test_reload_in_the_middle_keeps_place_and_answers(live: Live, page: Page) -> None:
    choose(page, 0)
    expect_state(page, "saved")
    go_on(page, 2)
    page.reload()
    assert page.url.endswith("#question-3") and page.locator("#question-3").is_visible()
    for number in (2, 1):
        page.click(PREVIOUS)
        expect(page.locator(f"#question-{number}")).to_be_visible()
    assert controls(page).nth(0).is_checked()
    expect_state(page, "saved")


def test_leaving_sends_what_waits_and_one_goes_on_with_the_first_open_question(
    live: Live, page: Page, learner: Learner
) -> None:
    choose(page, 0)
    expect_state(page, "saved")
    go_on(page)
    choose(page, 1)
    press(page, ".bar__home")
    assert learner.name.split()[-1] in heading(page)
    page.goto(f"/courses/{COURSE}/quizzes/final")
    press(page, ".foot .button")
    assert page.url.endswith("#question-3") and response_to(live, page, 1) is not None


def test_in_two_tabs_the_later_choice_counts_even_if_the_first_changed_more_often(
    live: Live, context: BrowserContext, page: Page
) -> None:
    other = context.new_page()
    other.goto(page.url)
    for place in (2, 1, 0):
        choose(page, place)
    expect_state(page, "saved")
    choose(other, 1)
    expect_state(other, "saved")
    chosen = controls(other).nth(1).get_attribute("value")
    assert response_to(live, other) == chosen
    go_on(page, QUESTIONS)
    page.click(HAND_IN)
    expect(page.locator("#answers")).to_have_count(0)
    assert response_to(live, other) == chosen, (
        "what the other tab had saved before does not win at handing in"
    )
    choose(other, 0)
    expect_state(other, "late")
    assert response_to(live, other) == chosen


def test_after_the_session_ended_answers_stay_on_the_phone_until_one_has_signed_in(
    live: Live, context: BrowserContext, page: Page, learner: Learner
) -> None:
    context.clear_cookies()
    choose(page, 1)
    expect_state(page, "refused")
    address = page.url
    sign_in(page, learner.phone)
    page.goto(address)
    expect_state(page, "saved")
    assert response_to(live, page) is not None


def test_the_whole_quiz_is_passed_by_tapping(live: Live, page: Page) -> None:
    for key in keys_of(live.app, attempt_of(page)):
        choose_right(live.app, page, key)
        go_on(page)
    page.click(HAND_IN)
    expect(page.locator("h1")).to_contain_text("10")
    assert page.locator(".note--good").count() >= 1


def test_a_self_check_is_answered_in_place(phone: Maker, learner: Learner) -> None:
    page = phone().new_page()
    sign_in(page, learner.phone)
    page.goto(f"/courses/{COURSE}/lessons/01-three-things")
    lesson = page.url
    page.locator("#checks input:not([type=hidden])").first.check()
    page.locator("#checks .button").first.click()
    expect(page.locator("[data-feedback]")).to_be_focused()
    assert page.url == lesson


def test_text_size_and_language_are_remembered(phone: Maker, learner: Learner) -> None:
    page = phone().new_page()
    sign_in(page, learner.phone)
    page.click(".bar summary")
    press(page, '.bar button[value="3"]')
    assert page.locator("html.size-3").count() == 1 and page.url.endswith("/")
    press(page, '.bar button[name="language"]')
    assert page.get_attribute("html", "lang") == "en" and page.locator("html.size-3").count() == 1
