"""What is kept about a person can be shown to them, and forgotten."""

import json
from typing import Any

import sqlalchemy as sa

from tests.house.test_database import KEPT_AT_ERASURE
from tests.support.cast import COURSE, Cast
from training import wiring
from training.accounts.models import Person
from training.core.db import Base, db
from training.core.ids import new_id
from training.journal.actions import Origin
from training.lessons import actions as lessons
from training.quizzes import actions as quizzes
from training.quizzes.models import LateAnswer


def learn(person: Person, helper: Person) -> None:
    """Leave something in every table a learner can leave something in."""
    attempt = quizzes.start_attempt(person.id, COURSE, "final", Origin(new_id(), entered_by_id=helper.id))
    key = attempt.question_keys[0]
    quizzes.save_answer(person.id, attempt.id, key, {"answer": ["a"]}, 1, Origin(new_id()))
    quizzes.hand_in(person.id, attempt.id, Origin(new_id(), entered_by_id=helper.id))
    quizzes.save_answer(person.id, attempt.id, key, {"answer": ["b"]}, 2, Origin(new_id()))
    lessons.finish_lesson(person.id, COURSE, "01-three-things", Origin(new_id(), entered_by_id=helper.id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LateAnswer)) == 1


def erase(person_id: int) -> None:
    """Erase as the program does."""
    for holder in wiring.PERSONAL_DATA:
        holder.erase(person_id)
    db.session.flush()
    db.session.expire_all()


def rows_about(person_id: int) -> dict[str, int]:
    """Return "table.column" → number of rows that name the person."""
    found: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "person":
                query = sa.select(sa.func.count()).select_from(table).where(key.parent == person_id)
                count = db.session.scalar(query) or 0
                found |= {f"{table.name}.{key.parent.name}": count} if count else {}
    return found


def test_everything_kept_is_collected_and_can_be_written_down(cast: Cast) -> None:
    learn(cast.elder, cast.trainer)
    collected: dict[str, Any] = {h.__name__: h.collect(cast.elder.id) for h in wiring.PERSONAL_DATA}
    text = json.dumps(collected, ensure_ascii=False)
    assert all(collected.values())
    assert cast.elder.full_name in text and str(cast.elder.phone) in text and cast.na_sang.name in text


def test_no_secret_is_ever_collected(cast: Cast) -> None:
    text = json.dumps([h.collect(cast.elder.id) for h in wiring.PERSONAL_DATA], ensure_ascii=False)
    assert str(cast.elder.pin_hash) not in text and "argon2" not in text


def test_after_erasing_no_table_names_the_person(cast: Cast) -> None:
    learn(cast.elder, cast.trainer)
    erase(cast.elder.id)
    assert {name.split(".")[0] for name in rows_about(cast.elder.id)} <= set(KEPT_AT_ERASURE)
    person = db.session.get_one(Person, cast.elder.id)
    assert (person.full_name, person.phone, person.card_code, person.pin_hash) == ("—", None, None, None)


def test_erasing_a_helper_takes_their_name_from_what_they_keyed_in_and_nothing_else(cast: Cast) -> None:
    learn(cast.elder, cast.trainer)
    before = rows_about(cast.elder.id)
    erase(cast.trainer.id)
    assert {name.split(".")[0] for name in rows_about(cast.trainer.id)} <= set(KEPT_AT_ERASURE)
    assert rows_about(cast.elder.id) == before


def test_erasing_one_leaves_everybody_else_alone(cast: Cast) -> None:
    learn(cast.neighbour, cast.trainer)
    before = {name: rows_about(person.id) for name, person in cast.everyone.items() if name != "elder"}
    erase(cast.elder.id)
    after = {name: rows_about(person.id) for name, person in cast.everyone.items() if name != "elder"}
    assert after == before
