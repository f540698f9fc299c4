"""Made-up people in bulk: consistent with the completion rule, and the database goes on counting after them."""

import sqlalchemy as sa
from flask import Flask

from tests.devtools.bare import empty
from training.accounts.models import Person
from training.core.db import db
from training.devtools import load
from training.enrolment.models import ItemOutcome
from training.enrolment.verification import list_differences
from training.org.models import Unit


def test_many_made_up_people_agree_with_the_completion_rule(app: Flask) -> None:
    empty()
    told: list[int] = []
    assert load.load_people(300, told.append) == sum(told) == 300
    cells = sa.select(sa.func.count()).select_from(Unit).where(Unit.code.like("T%"))
    assert 100 < (db.session.scalar(cells) or 0) <= 1000
    assert (db.session.scalar(sa.select(sa.func.count()).select_from(ItemOutcome)) or 0) > 1000
    assert list(list_differences()) == []
    assert load.load_people(300) == 0
    newcomer = Person(full_name="Người Mới", sort_key="m", search_key="nguoi moi")
    db.session.add(newcomer)
    db.session.flush()
    assert newcomer.id > 300
