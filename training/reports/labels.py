"""What people read in reports for groups, periods and ways of learning."""

from flask_babel import lazy_gettext as _l

from training.reports.rules import Group, Preset

GROUPS = {
    Group.ALL: _l("Everyone who must learn"),
    Group.NOT_STARTED: _l("Not started"),
    Group.STARTED: _l("Started"),
    Group.LEARNING: _l("Started, not passed yet"),
    Group.FINISHED: _l("Finished"),
    Group.PASSED: _l("Passed"),
    Group.NOT_PASSED: _l("Not passed yet"),
    Group.OVERDUE: _l("Overdue"),
}

PRESETS = {
    Preset.ALL: _l("Everything until now"),
    Preset.THIS_QUARTER: _l("This quarter"),
    Preset.LAST_QUARTER: _l("Last quarter"),
    Preset.THIS_YEAR: _l("This year"),
    Preset.DATES: _l("The dates typed here"),
}
