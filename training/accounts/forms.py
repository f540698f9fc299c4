"""Forms of signing in and of one's own settings."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from training.web.forms import Form

PIN_MESSAGE = _l("A PIN has six digits.")


class LearnerSignIn(Form):
    """Phone number or card code, and PIN."""

    name = StringField(
        _l("Phone number or card code"),
        [InputRequired(_l("Write your phone number or the code on your card.")), Length(max=40)],
    )
    pin = PasswordField(
        _l("PIN"),
        [InputRequired(_l("Write your six-digit PIN.")), Regexp(r"^\s*\d{6}\s*$", message=PIN_MESSAGE)],
    )
    is_own_phone = BooleanField(_l("This is my own phone"))
    next = HiddenField()
    kept = HiddenField()


class StaffSignIn(Form):
    """User name and password."""

    name = StringField(_l("User name"), [InputRequired(_l("Write your user name.")), Length(max=40)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password.")), Length(max=200)])
    next = HiddenField()


class ChoosePin(Form):
    """The present PIN and a new one."""

    old_pin = PasswordField(_l("Present PIN"), [InputRequired(_l("Write your present PIN."))])
    new_pin = PasswordField(
        _l("New PIN"), [InputRequired(PIN_MESSAGE), Regexp(r"^\d{6}$", message=PIN_MESSAGE)]
    )
