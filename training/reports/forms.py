"""The filters above a report; they travel in the address, so that a link shows the same figures."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField  # type: ignore[attr-defined]
from wtforms.validators import Optional

from training.journal.labels import WAYS
from training.journal.models import Mode
from training.reports.labels import GROUPS, PRESETS
from training.reports.rules import Group, Period, Preset, preset_period
from training.web.forms import Form

NAMES = ("course", "period", "from_on", "to_on", "mode", "group")


def _choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(str(value), words) for value, words in pairs]


class FilterForm(Form):
    """Course, period, way of learning; for lists of people also which of them."""

    unit = SelectField(_l("Commune or ward"), default="")
    course = SelectField(_l("Course"), default="")
    period = SelectField(_l("Period"), choices=_choices(PRESETS.items()), default=Preset.ALL.value)
    from_on = DateField(_l("From"), validators=[Optional()])
    to_on = DateField(_l("To"), validators=[Optional()])
    mode = SelectField(_l("Learned"), default="")
    group = SelectField(_l("Who"), choices=_choices(GROUPS.items()), default=Group.ALL.value)

    def __init__(
        self, args: Any, units: Sequence[tuple[str, str]], courses: Sequence[tuple[str, str]], **given: Any
    ) -> None:
        """Take the query string `args`; `units` and `courses` are (value, words)."""
        super().__init__(formdata=args, meta={"csrf": False}, **given)
        self.unit.choices = _choices([("", _("All communes")), *units])
        if not units:
            del self.unit
        self.course.choices = _choices([("", _("All courses")), *courses])
        self.mode.choices = _choices([("", _("In any way")), *WAYS.items()])

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the shapes, and that the period does not end before it begins."""
        if not super().validate(extra_validators=extra_validators):
            return False
        if self.from_on.data and self.to_on.data and self.to_on.data < self.from_on.data:
            self.to_on.errors = [_("The last day lies before the first.")]
            return False
        return True

    def show_unit(self, unit_id: int | None, is_wide: bool) -> None:
        """Show which commune the report is about, however its address named it; a cell is not changed for another."""
        if "unit" not in self:
            return
        self.unit.data = "" if is_wide else str(unit_id)
        if self.unit.data not in {choice[0] for choice in self.unit.iter_choices()}:
            del self.unit

    def preset(self) -> Preset:
        """Return the period chosen; typed dates count even if the list still says "until now"."""
        chosen = Preset(self.period.data)
        has_dates = bool(self.from_on.data or self.to_on.data)
        return Preset.DATES if chosen is Preset.ALL and has_dates else chosen

    def chosen_period(self, today: date) -> Period:
        """Return the days the report covers, and show them in the fields that stand for them."""
        preset = self.preset()
        self.period.data = preset.value
        if preset is Preset.DATES:
            return Period(self.from_on.data, self.to_on.data, today)
        self.from_on.data = self.to_on.data = None
        self.from_on.raw_data = self.to_on.raw_data = None
        return preset_period(preset, today)

    def chosen_mode(self) -> Mode | None:
        """Return the way of learning asked for."""
        return Mode(self.mode.data) if self.mode.data else None

    def chosen_group(self) -> Group:
        """Return which people are listed."""
        return Group(self.group.data)

    def kept(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        values = {name: self[name].data for name in NAMES}
        plain = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()
        }
        standing = {"period": Preset.ALL.value, "group": Group.ALL.value}
        return {name: value for name, value in plain.items() if value and value != standing.get(name)}
