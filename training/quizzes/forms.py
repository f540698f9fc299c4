"""Forms of staff about attempts; what can be chosen is handed in by the route."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from training.catalogue.views import QuizView
from training.journal.labels import WAYS
from training.journal.models import Mode
from training.quizzes.labels import GROUPS
from training.quizzes.rules import AttemptGroup
from training.web.forms import Form

LONGEST_REASON = 500
MOST_TRIES, MOST_MINUTES = 20, 240
REASON_MISSING = _l("Write the reason. The person will read it.")


def _reason() -> list[Any]:
    return [InputRequired(REASON_MISSING), Length(max=LONGEST_REASON)]


class AttemptFilterForm(Form):
    """The filters above a list of attempts; they travel in the address."""

    unit = SelectField(_l("Commune or ward"), default="")
    group = SelectField(_l("Which attempts"), default=AttemptGroup.ALL.value)
    mode = SelectField(_l("Learned"), default="")
    name = StringField(_l("Name"), [Length(max=80)])

    def __init__(self, args: Any, units: Sequence[tuple[str, str]]) -> None:
        """Take the query string `args`; `units` are (id, name), and a single one is no choice."""
        super().__init__(formdata=args, meta={"csrf": False})
        self.unit.choices = [SelectChoice("", _("All communes")), *(SelectChoice(*unit) for unit in units)]
        self.group.choices = [SelectChoice(group.value, words) for group, words in GROUPS.items()]
        self.mode.choices = [SelectChoice("", _("In any way"))]
        self.mode.choices += [SelectChoice(mode.value, words) for mode, words in WAYS.items()]
        if len(units) < 2:
            del self.unit

    def chosen_group(self) -> AttemptGroup:
        """Return which attempts are asked for."""
        return AttemptGroup(self.group.data)

    def chosen_mode(self) -> Mode | None:
        """Return the way of learning asked for."""
        return Mode(self.mode.data) if self.mode.data else None

    def kept(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        values = {field.name: field.data for field in self}
        return {name: value for name, value in values.items() if value and value != AttemptGroup.ALL.value}


class ExtraForm(Form):
    """More tries or minutes for one person; only what the quiz limits can be given."""

    tries = IntegerField(_l("More tries"), [Optional(), NumberRange(0, MOST_TRIES)])
    minutes = IntegerField(_l("More minutes"), [Optional(), NumberRange(0, MOST_MINUTES)])
    reason = TextAreaField(_l("Reason"), _reason())

    def __init__(self, quiz: QuizView, **given: Any) -> None:
        """Ask for what `quiz` limits; of a pre-test nothing can be given, since it comes before learning or never."""
        super().__init__(**given)
        if quiz.is_pre_test or not quiz.tries:
            del self.tries
        if quiz.is_pre_test or not quiz.minutes:
            del self.minutes

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to give."""
        return "tries" in self or "minutes" in self

    def given(self, name: str) -> int:
        """Return how many "tries" or "minutes" are given; 0 where the field is empty or not asked."""
        return (self[name].data or 0) if name in self else 0


class AcceptanceForm(Form):
    """Why a late answer shall count. A page holds several, so each field has an id of its own."""

    reason = TextAreaField(_l("Reason"), _reason())

    def __init__(self, late_id: int, **given: Any) -> None:
        """Ask about the late answer with this id."""
        super().__init__(**given)
        self.late_id = late_id
        self.reason.id = f"reason-{late_id}"
