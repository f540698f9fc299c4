"""What people read for the attempts a list shows."""

from flask_babel import lazy_gettext as _l

from training.quizzes.rules import AttemptGroup

GROUPS = {
    AttemptGroup.ALL: _l("All attempts"),
    AttemptGroup.OPEN: _l("Not handed in yet"),
    AttemptGroup.HANDED_IN: _l("Handed in"),
    AttemptGroup.PASSED: _l("Passed"),
    AttemptGroup.NOT_PASSED: _l("Not passed yet"),
    AttemptGroup.LATE: _l("With late answers to decide on"),
    AttemptGroup.CHANGED: _l("Result changed"),
}
