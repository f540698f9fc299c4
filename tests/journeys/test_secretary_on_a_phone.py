"""A secretary on a phone with scripts: answers are saved behind the page, whatever the network and the fingers do."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.answering import answers, choose, choose_right, count_saves, keys_of, put_choices_first
from tests.journeys.conftest import Maker
from tests.support.browser import heading, press, sign_in
from tests.support.cast import COURSE
from tests.support.live import Learner, Live

pytestmark = pytest.mark.browser
SAVES = "**/answers/*"
STATE = "[data-save-state]"


@pytest.fixture
def context(phone: Maker, learner: Learner, live: Live) -> Iterator[BrowserContext]:
    """A phone on which the learner of this story is signed in and has begun the quiz."""
    context = phone()
    page = context.new_page()
    sign_in(page, learner.phone)
    page.goto(f"/courses/{COURSE}/quizzes/final")
    press(page, ".foot .button")
    put_choices_first(live.app, page)
    yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The first question."""
    return context.pages[0]


def attempt_of(page: Page) -> str:
    """Return the id of the attempt that is open on the page."""
    return page.url.split("/attempts/")[1].split("/")[0]


def expect_state(page: Page, kind: str) -> None:
    """Wait until the line under the question says: sending, saved or waiting."""
    expect(page.locator(f"{STATE}.is-{kind}")).to_have_count(1)


def response_to(live: Live, page: Page, place: int = 0) -> object:
    """Return what the server holds for the question at `place` of the attempt."""
    attempt = attempt_of(page)
    kept = answers(live.app, attempt).get(keys_of(live.app, attempt)[place])
    return kept.response if kept else None


def test_saved_is_said_only_after_the_server_has_it(live: Live, page: Page) -> None:
    held: list[Route] = []
    page.route(SAVES, lambda route: held.append(route))
    choose(page, "answer", 0)
    expect_state(page, "sending")
    assert len(held) == 1 and response_to(live, page) is None
    held[0].continue_()
    expect_state(page, "saved")
    assert response_to(live, page) is not None
    assert any(sign.isdigit() for sign in page.inner_text(STATE)), "the line says when"


def test_an_answer_given_without_network_arrives_once_when_it_is_back(
    live: Live, context: BrowserContext, page: Page, learner: Learner
) -> None:
    context.set_offline(True)
    choose(page, "answer", 1)
    expect_state(page, "waiting")
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
    choose(page, "answer", 1)
    expect_state(page, "saved")
    assert count_saves(live.app, learner.id) == 1


def test_an_answer_left_on_the_phone_is_sent_when_the_question_is_opened_again(
    live: Live, context: BrowserContext, page: Page
) -> None:
    context.set_offline(True)
    choose(page, "answer", 1)
    expect_state(page, "waiting")
    address = page.url
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect_state(again, "saved")
    assert again.locator("#answer input").locator("visible=true").nth(1).is_checked()
    assert response_to(live, again) is not None


def test_two_taps_on_next_are_one(page: Page) -> None:
    sent: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            held.append(route)
        else:
            route.continue_()

    page.route("**/questions/1", hold)
    box = page.locator(".foot .button").bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, delay=20)
    page.wait_for_timeout(200)
    assert len(sent) == 1
    with page.expect_navigation():
        held[0].continue_()
    assert page.url.endswith("/questions/2") and len(sent) == 1


def test_back_shows_the_answer_and_a_change_of_it_wins(live: Live, page: Page) -> None:
    choose(page, "answer", 0)
    expect_state(page, "saved")
    first = response_to(live, page)
    press(page, ".foot .button")
    assert page.url.endswith("/questions/2")
    page.go_back()
    assert page.url.endswith("/questions/1") and page.locator("#answer input:checked").count() == 1
    choose(page, "answer", 1)
    expect_state(page, "saved")
    press(page, ".foot .button")
    assert page.url.endswith("/questions/2") and response_to(live, page) != first


def test_reload_keeps_the_answer(page: Page) -> None:
    choose(page, "answer", 0)
    expect_state(page, "saved")
    page.reload()
    assert page.locator("#answer input:checked").count() == 1
    expect_state(page, "saved")


def test_in_two_tabs_the_later_choice_counts_and_nothing_changes_after_handing_in(
    live: Live, context: BrowserContext, page: Page
) -> None:
    other = context.new_page()
    other.goto(page.url)
    choose(page, "answer", 0)
    expect_state(page, "saved")
    choose(other, "answer", 1)
    expect_state(other, "saved")
    later = response_to(live, other)
    page.reload()
    assert page.locator('#answer input[name="answer"]').nth(1).is_checked()
    attempt = attempt_of(page)
    page.goto(f"/quizzes/attempts/{attempt}/review")
    press(page, ".foot .button")
    result = heading(page)
    choose(other, "answer", 0)
    press(other, ".foot .button")
    assert other.url.endswith(attempt) and heading(other) == result
    assert response_to(live, other) == later


def test_the_whole_quiz_is_passed_by_tapping(live: Live, page: Page) -> None:
    attempt = attempt_of(page)
    for key in keys_of(live.app, attempt):
        choose_right(live.app, page, key)
        expect_state(page, "saved")
        press(page, ".foot .button")
    press(page, ".foot .button")
    assert page.locator(".note--good").count() >= 1 and "10" in heading(page)


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
