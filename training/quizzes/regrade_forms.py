"""The form that applies a corrected key."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from training.web.forms import Form

LONGEST_REASON = 500


class RegradeForm(Form):
    """Why, and whether results may fall."""

    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Write the reason. The person will read it.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 500 letters.")),
        ],
    )
    may_lower = BooleanField(_l("Results may fall, too"))
