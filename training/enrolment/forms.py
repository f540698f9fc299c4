"""Forms about assignments; courses and audiences are handed in by the route."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from training.core import clock
from training.web.forms import Form

DATE_MESSAGE = _l("Choose a day, as in 23/11/2026.")


class NewAssignmentForm(Form):
    """A course for the people of the unit chosen before."""

    unit = HiddenField()
    course = SelectField(_l("Course"), [InputRequired(_l("Choose a course."))])
    audience = RadioField(_l("Who must learn it?"), [InputRequired(_l("Choose who must learn the course."))])
    due_on = DateField(_l("To be passed by"), [Optional()])

    def validate_due_on(self, field: DateField) -> None:
        """Refuse a day that is over."""
        day: date | None = field.data
        if day is not None and day < clock.today():
            raise ValidationError(_("This day is over. Choose a later one."))


class ConfirmForm(Form):
    """Nothing to fill in: only a button that is meant."""
