"""A secretary on an old phone whose browser runs no scripts: from signing in to handing the phone back."""

import pytest
from playwright.sync_api import Page

from tests.journeys.answering import choose, choose_right, is_answered, keys_of, put_choices_first
from tests.journeys.conftest import Maker
from tests.support.browser import heading, press, sign_in
from tests.support.cast import COURSE, Cast
from tests.support.live import Learner, Live

pytestmark = pytest.mark.browser
LESSONS = 9


def test_a_whole_course_is_learned_and_passed(
    live: Live, phone: Maker, learner: Learner, people: Cast
) -> None:
    page = phone(java_script_enabled=False).new_page()
    sign_in(page, learner.phone)
    assert learner.name.split()[-1] in heading(page)
    press(page, ".card--now .button")
    assert page.url.endswith("/quizzes/before")
    press(page, ".foot a.alone")
    assert "/lessons/" in page.url
    look_at_the_self_check(page)
    finish_lessons(page)
    attempt = take_the_quiz_in_two_sittings(live, page, learner)
    press(page, ".foot .button")
    assert page.url.endswith(f"/quizzes/attempts/{attempt}") and "10" in heading(page)
    page.goto("/me/results")
    assert page.locator(".tag--good").count() == 1
    assert people.trainer.full_name in page.inner_text("main"), "it says who can see the results"
    hand_back(page)


def look_at_the_self_check(page: Page) -> None:
    """Answer the first check of a lesson: the page comes again with what is right, and Back still works."""
    lesson = page.url
    page.locator("#checks input:not([type=hidden])").first.check()
    press(page, "#checks .button")
    assert page.url.startswith(lesson) and page.locator("[data-feedback]").count() == 1
    page.goto(lesson)


def finish_lessons(page: Page) -> None:
    """Press “finished” under every lesson; each leads to the next, the last to the quiz."""
    for number in range(1, LESSONS + 1):
        assert f"/lessons/{number:02d}-" in page.url
        press(page, ".foot .button")
    assert page.url.endswith(f"/courses/{COURSE}/quizzes/final")


def take_the_quiz_in_two_sittings(live: Live, page: Page, learner: Learner) -> str:
    """Answer four questions, leave, sign in again, find the answers, answer the rest; return the attempt's id."""
    press(page, ".foot .button")
    attempt = page.url.split("/attempts/")[1].split("/")[0]
    keys = keys_of(live.app, attempt)
    for key in keys[:4]:
        choose_right(live.app, page, key)
        press(page, ".foot .button")
    press(page, ".bar__home")
    hand_back(page)
    sign_in(page, learner.phone)
    press(page, ".card--now .button")
    press(page, ".foot .button")
    assert attempt in page.url
    assert page.url.endswith("/questions/5") and not is_answered(page), "the first open question"
    page.goto(page.url.replace("/questions/5", "/questions/4"))
    assert is_answered(page)
    press(page, ".foot .button")
    for number, key in enumerate(keys[4:], 5):
        assert page.url.endswith(f"/questions/{number}")
        choose_right(live.app, page, key)
        press(page, ".foot .button")
    assert page.url.endswith("/review") and page.locator(".note--good").count() == 1
    return attempt


def hand_back(page: Page) -> None:
    """Sign out; Back shows nothing of the person."""
    page.goto("/")
    press(page, 'main form[action="/sign-out"] .button')
    assert page.url.endswith("/sign-in") and page.locator(".note--good, .flash").count() >= 1
    page.go_back()
    assert page.locator("#pin").count() == 1, "after handing back the home page is gone"


def test_handing_in_with_open_questions_says_so_and_a_second_try_is_offered(
    live: Live, phone: Maker, learner: Learner
) -> None:
    page = phone(java_script_enabled=False).new_page()
    sign_in(page, learner.phone)
    page.goto(f"/courses/{COURSE}/quizzes/final")
    press(page, ".foot .button")
    attempt = page.url.split("/attempts/")[1].split("/")[0]
    put_choices_first(live.app, page)
    choose(page, 0)
    press(page, ".foot .button")
    page.goto(f"/quizzes/attempts/{attempt}/review")
    assert page.locator(".tag--warn").count() == 9
    press(page, ".foot .button")
    assert page.locator(".note--warn").count() >= 1
    press(page, ".foot .button")
    assert page.url.endswith("/quizzes/final") and page.locator(f'a[href$="{attempt}"]').count() == 1
