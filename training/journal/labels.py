"""What people read for each way of learning."""

from flask_babel import lazy_gettext as _l

from training.journal.models import Mode

MODES = {
    Mode.PHONE: _l("on a phone"),
    Mode.ASSISTED: _l("with a helper"),
    Mode.WORKSHOP: _l("in a class"),
    Mode.PAPER: _l("on paper"),
}

# The same where it stands alone: in a list to choose from, at the head of a column.
WAYS = {
    Mode.PHONE: _l("On a phone"),
    Mode.ASSISTED: _l("With a helper"),
    Mode.WORKSHOP: _l("In a class"),
    Mode.PAPER: _l("On paper"),
}
