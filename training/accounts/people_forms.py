"""Forms about people; which posts and roles can be chosen is handed in by the route."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from training.accounts.labels import ADDRESSES
from training.web.forms import Form

NAME_MISSING = _l("Write the full name.")
DATE_MESSAGE = _l("Choose a day, as in 23/11/2026.")
DUTY_MISSING = _l("Choose what the person does there.")


class PersonForm(Form):
    """Who someone is and what they sign in with."""

    full_name = StringField(_l("Full name"), [InputRequired(NAME_MISSING), Length(max=120)])
    # The stubs know only the older shape of choices, which WTForms is about to drop.
    address = SelectField(
        _l("Form of address"),
        choices=list(ADDRESSES),  # type: ignore[arg-type]
        default=ADDRESSES[0],
    )
    phone = StringField(_l("Phone number"), [Optional(), Length(max=20)])
    username = StringField(_l("User name"), [Optional(), Length(max=40)])


class NewPersonForm(PersonForm):
    """A new person with their first post or role in the unit chosen before."""

    unit = HiddenField()
    duty = SelectField(_l("Post or role"), [InputRequired(DUTY_MISSING)])


class NewPostForm(Form):
    """A further post in the unit chosen before."""

    unit = HiddenField()
    duty = SelectField(_l("Post"), [InputRequired(DUTY_MISSING)])
    started_on = DateField(_l("First day"), [InputRequired(DATE_MESSAGE)])


class PostEndForm(Form):
    """The last day of a post."""

    ended_on = DateField(_l("Last day"), [InputRequired(DATE_MESSAGE)])


class NewGrantForm(Form):
    """A role on the unit chosen before."""

    unit = HiddenField()
    duty = SelectField(_l("Role"), [InputRequired(DUTY_MISSING)])


class ConfirmForm(Form):
    """Nothing to fill in: only a button that is meant."""
