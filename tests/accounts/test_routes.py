"""Signing in, as people meet it."""

from datetime import timedelta

import pytest

from tests.support.cast import PIN, Cast
from tests.support.page import Client
from training.core import clock


def test_a_secretary_signs_in_with_phone_number_and_pin(client: Client, cast: Cast) -> None:
    page = client.get("/sign-in")
    home = client.follow(client.submit(page, "/sign-in", name="0900 000 001", pin=PIN))
    assert "Thanh" in home.h1


def test_a_secretary_without_a_phone_signs_in_with_the_card(client: Client, cast: Cast) -> None:
    page = client.get("/sign-in")
    home = client.follow(client.submit(page, "/sign-in", name="acd e23", pin=PIN))
    assert "Đào" in home.h1


@pytest.mark.parametrize("name", ["0900000001", "0911111111"])
def test_a_wrong_pin_reads_the_same_whether_the_number_exists_or_not(
    client: Client, cast: Cast, name: str
) -> None:
    page = client.submit(client.get("/sign-in"), "/sign-in", expect=422, name=name, pin="000111")
    summary = page.words()
    assert "0911111111" not in summary.replace(name, "")
    assert page.form("/sign-in")[1]["name"] == name


def test_five_wrong_tries_slow_down_and_the_right_pin_must_wait_too(client: Client, cast: Cast) -> None:
    for _ in range(5):
        client.post("/sign-in", {"name": "0900000001", "pin": "000111"}, expect=422)
    page = client.post("/sign-in", {"name": "0900000001", "pin": PIN}, expect=429)
    assert int(page.response.headers["Retry-After"]) <= 30
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        client.post("/sign-in", {"name": "0900000001", "pin": PIN})


def test_handing_the_phone_back_ends_the_session_at_once(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    cookie = client.http.get_cookie("hocso")
    client.post("/sign-out")
    assert cookie is not None
    client.http.set_cookie("hocso", cookie.value)
    assert "Thanh" not in client.get("/", expect=200).h1


def test_a_shared_phone_left_alone_for_half_an_hour_asks_again(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert client.get("/").form("/sign-in")


def test_ones_own_phone_stays_signed_in_for_ninety_days(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder, own_phone=True)
    with clock.frozen(clock.now() + timedelta(days=89)):
        assert "Thanh" in client.get("/").h1
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert client.get("/").form("/sign-in")


def test_a_pin_never_opens_staff_work(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    client.get("/reports/completion", expect=403)


def test_language_and_text_size_are_remembered(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    client.post("/preferences", {"language": "en", "next": "/"})
    client.post("/preferences", {"text_size": "3", "next": "/"})
    page = client.get("/")
    assert page.all("html")[0].get("lang") == "en"
    assert "size-3" in page.all("html")[0].get("class")
    client.post("/sign-out")
    again = Client(client.app).sign_in(cast.elder).get("/")
    assert again.all("html")[0].get("lang") == "en"


def test_after_signing_in_one_stands_where_one_wanted_to_go(client: Client, cast: Cast) -> None:
    page = client.get("/me/results", expect=401)
    answer = client.submit(page, "/sign-in", name="0900000001", pin=PIN)
    assert answer.response.headers["Location"] == "/me/results"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_never_leads_to_another_site(client: Client, cast: Cast, target: str) -> None:
    answer = client.post("/sign-in", {"name": "0900000001", "pin": PIN, "next": target})
    location = answer.response.headers["Location"]
    assert location.startswith("/") and not location.startswith("//") and "\\" not in location
