"""What people read for states and audiences."""

from flask_babel import lazy_gettext as _l

from training.enrolment.models import Audience
from training.enrolment.rules import State

STATES = {
    State.NOT_STARTED: _l("Not started"),
    State.LEARNING: _l("Learning"),
    State.FINISHED: _l("Finished, not passed"),
    State.PASSED: _l("Passed"),
}

AUDIENCES = {
    Audience.SECRETARIES: _l("Cell secretaries and deputies"),
    Audience.ALL_POSTS: _l("Everyone who holds a village post"),
}
