"""The filters above the analysis of a quiz; they travel in the address."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField  # type: ignore[attr-defined]

from training.web.forms import Form


class AnalysisFilterForm(Form):
    """Which commune, which skill."""

    unit = SelectField(_l("Commune or ward"), default="")
    skill = SelectField(_l("Skill"), default="")

    def __init__(
        self, args: Any, units: Sequence[tuple[str, str]], skills: Sequence[tuple[str, str]], **given: Any
    ) -> None:
        """Take the query string `args`; `units` and `skills` are (value, words)."""
        super().__init__(formdata=args, meta={"csrf": False}, **given)
        self.unit.choices = [SelectChoice(*pair) for pair in [("", _("All communes")), *units]]
        self.skill.choices = [SelectChoice(*pair) for pair in [("", _("All skills")), *skills]]
        if len(units) < 2:
            del self.unit
