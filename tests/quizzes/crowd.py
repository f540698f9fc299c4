"""Many invented people who handed in the little course's quiz, written in one go; their number is all that matters."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from tests.quizzes.course import SLUG, right_option
from training.accounts.models import Person
from training.catalogue.queries import get_course
from training.core import clock
from training.core.db import db
from training.core.ids import new_id
from training.enrolment.models import Enrolment
from training.journal.models import EntryKind, JournalEntry, Mode
from training.org import queries as org
from training.org.models import Unit
from training.quizzes.models import Answer, Attempt

# (number of the person, number of the question) → the option chosen, None for nothing.
Choice = Callable[[int, int], str | None]
DRAWN = 10


def wrong_option(number: int, place: int = 0) -> str:
    """Return a wrong option of question `number`."""
    return [key for key in "abcd" if key != right_option(number)][place]


def by_knowledge(person: int, number: int) -> str | None:
    """Whoever comes later in the row knows more: the share of right answers grows evenly from none to all."""
    return right_option(number) if (person * 7) % 12 >= number - 1 else wrong_option(number)


def bring(unit: Unit, count: int, choose: Choice = by_knowledge, questions: int = 12) -> list[int]:
    """Let `count` people of a cell hand in one try each, and return their ids.

    Everybody is asked 10 of the `questions`, in turn another 10.
    """
    course, commune = get_course(SLUG), org.find_commune_of(unit.path or "/")
    revision_id, now = course.current_revision_id or 0, clock.now()
    first_person = (db.session.scalar(sa.select(sa.func.max(Person.id))) or 0) + 1
    first_place = (db.session.scalar(sa.select(sa.func.max(Enrolment.id))) or 0) + 1
    people, places, attempts, entries, answers = [], [], [], [], []
    for index in range(count):
        name = f"Người Thử {index:05d}"
        person = {"id": first_person + index, "full_name": name, "sort_key": name, "search_key": name.lower()}
        people.append(person | {"address": "đồng chí", "language": "vi", "text_size": 1, "created_at": now})
        places.append(
            {
                "id": first_place + index, "person_id": person["id"], "course_id": course.id,
                "revision_id": revision_id, "unit_id": unit.id, "unit_path": unit.path,
                "commune_id": commune.id if commune else None, "enrolled_at": now, "started_at": now,
                "done_count": 1, "item_count": 2, "rule_version": 1,
            }
        )  # fmt: skip
        attempt_id, asked = new_id(), [(index + n) % questions + 1 for n in range(DRAWN)]
        chosen = {number: choose(index, number) for number in asked}
        right = sum(option == right_option(number) for number, option in chosen.items())
        attempts.append(
            {
                "id": attempt_id, "person_id": person["id"], "enrolment_id": first_place + index,
                "revision_id": revision_id, "quiz_key": "final", "number": 1, "seed": index,
                "question_keys": [f"q{number}" for number in asked], "pass_percent": 70,
                "started_at": now - timedelta(minutes=10), "handed_in_at": now, "points": float(right),
                "points_of": float(DRAWN), "is_passed": right >= 7, "mode": Mode.PHONE.value,
            }
        )  # fmt: skip
        for number, option in chosen.items():
            if option is None:
                continue
            entry_id, payload = new_id(), {"question": f"q{number}", "response": option, "sequence": 1}
            entries.append(
                {
                    "id": entry_id, "person_id": person["id"], "kind": EntryKind.ANSWER_SAVED.value,
                    "subject": f"attempt:{attempt_id}", "payload": payload | {"is_late": False},
                    "mode": Mode.PHONE.value, "received_at": now,
                }
            )  # fmt: skip
            answers.append(
                {
                    "attempt_id": attempt_id, "question_key": f"q{number}", "response": option, "sequence": 1,
                    "entry_id": entry_id, "saved_at": now, "fraction": float(option == right_option(number)),
                }
            )  # fmt: skip
    rows = (
        (Person, people),
        (Enrolment, places),
        (Attempt, attempts),
        (JournalEntry, entries),
        (Answer, answers),
    )
    for model, lines in rows:
        if lines:
            db.session.execute(sa.insert(model.__table__), lines)  # type: ignore[attr-defined]
    db.session.commit()
    return [person["id"] for person in people]
