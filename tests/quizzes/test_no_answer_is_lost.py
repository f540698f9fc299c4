"""Whatever phone, network and server do to each other: nothing confirmed is lost, nothing doubled, all adds up."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.quizzes import machine
from tests.quizzes.course import SLUG, publish_course
from tests.support import cast as casting
from training.catalogue.queries import get_course
from training.core.db import db, unit_of_work
from training.enrolment import actions as enrolment

pytestmark = pytest.mark.concurrent

LENGTH = 100
# Steps on each of the two databases; `make soak` asks for many more.
STEPS = int(os.environ.get("SOAK_STEPS", "6000"))
WHAT_MUST_HAPPEN = (
    "killed",
    "served",
    "promised",
    "promised late",
    "result",
    "result again",
    "closed by the clock",
)


@pytest.fixture
def village(own_app: Flask) -> Iterator[type[machine.Village]]:
    """A village on a database of its own, with a quiz that has a clock."""
    with own_app.app_context():
        with unit_of_work():
            publish_course("minutes: 60")
            cell = casting.read().na_sang
            enrolment.assign(None, get_course(SLUG), cell, None)
        fuse = machine.Fuse(db.engine)
        yield type("VillageHere", (machine.Village,), {"app": own_app, "cell_id": cell.id, "fuse": fuse})
        fuse.remove()


def test_nothing_confirmed_is_ever_lost_and_nothing_doubled(village: type[machine.Village]) -> None:
    machine.happened.clear()
    done = machine.happened
    # A story may end early, so the stories are counted by what they did, not by how many there are.
    while done["step"] < STEPS:
        play(village, -(-(STEPS - done["step"]) // LENGTH))
    print(", ".join(f"{name} {count}" for name, count in done.most_common()))
    for name in WHAT_MUST_HAPPEN:
        assert done[name] >= STEPS / 1000, f"{name} happened too rarely to prove anything"


def play(village: type[machine.Village], stories: int) -> None:
    """Play so many stories of at most `LENGTH` steps."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        village,
        settings=settings(
            max_examples=stories,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
