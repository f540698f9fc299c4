"""Forms about units."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from training.web.forms import Form

NAME_MISSING = _l("Write the name of the unit.")
DATE_MESSAGE = _l("Choose a day, as in 23/11/2026.")


class NewUnitForm(Form):
    """A unit to open under the unit chosen before."""

    parent = HiddenField()
    kind = SelectField(_l("Kind of unit"), [InputRequired(_l("Choose the kind of unit."))])
    name = StringField(_l("Name"), [InputRequired(NAME_MISSING), Length(max=120)])
    code = StringField(_l("Official code"), [Optional(), Length(max=20)])
    opened_on = DateField(_l("Opened on"), [InputRequired(DATE_MESSAGE)])
    decision_number = StringField(_l("Number of the decision"), [Optional(), Length(max=60)])


class UnitNameForm(Form):
    """A new name from a day on."""

    name = StringField(_l("New name"), [InputRequired(NAME_MISSING), Length(max=120)])
    effective_on = DateField(_l("Valid from"), [InputRequired(DATE_MESSAGE)])
    decision_number = StringField(_l("Number of the decision"), [Optional(), Length(max=60)])


class UnitClosureForm(Form):
    """The day a unit closes."""

    effective_on = DateField(_l("Closed on"), [InputRequired(DATE_MESSAGE)])
    decision_number = StringField(_l("Number of the decision"), [Optional(), Length(max=60)])
