"""What people read for checks and for what staff did."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from training.accounts.labels import POSTS, ROLES
from training.enrolment.labels import AUDIENCES

CHECKS = {
    "database": _l("The database answers"),
    "migrations": _l("The database has the form this version needs"),
    "storage": _l("The folder for files can be written"),
}

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

ACTIONS: dict[str, LazyString] = {
    "person.created": _l("Person added"),
    "person.updated": _l("Details of a person changed"),
    "person.closed": _l("Account closed"),
    "person.pin_reset": _l("New PIN made"),
    "person.password_reset": _l("New password made"),
    "post.taken": _l("Post taken"),
    "post.left": _l("Post left"),
    "role.granted": _l("Role granted"),
    "role.withdrawn": _l("Role taken back"),
    "unit.opened": _l("Unit opened"),
    "unit.renamed": _l("Unit renamed"),
    "unit.closed": _l("Unit closed"),
    "assignment.made": _l("Course assigned"),
    "assignment.ended": _l("Assignment ended"),
    "quiz.extra_granted": _l("More tries or time given"),
    "quiz.late_answer_accepted": _l("Late answer accepted"),
    "quiz.regraded": _l("Corrected key applied"),
    "quiz.result_keyed_in": _l("Result keyed in"),
}

_VALUES: dict[str, LazyString] = {
    str(value): label for words in (POSTS, ROLES, AUDIENCES) for value, label in words.items()
}


def name_of(action: str) -> str:
    """Return what staff did, in words."""
    return str(ACTIONS.get(action, action))


def describe(details: dict[str, Any], unit_name: str | None) -> str:
    """Return the details of an entry in words, empty when there are none worth reading.

    Args:
        details: as recorded.
        unit_name: the name of the unit that `details` points at by its key.
    """
    words = [
        str(_VALUES[details[key]]) for key in ("kind", "role", "audience") if details.get(key) in _VALUES
    ]
    if unit_name:
        words.append(unit_name)
    if details.get("course"):
        words.append(_("course %(name)s", name=details["course"]))
    if details.get("old_name"):
        words.append(_("until then: %(name)s", name=details["old_name"]))
    return ", ".join(words)
