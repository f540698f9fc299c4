"""What people read for each kind of unit and event."""

from flask_babel import lazy_gettext as _l

from training.org.models import UnitEventKind, UnitKind

UNIT_KINDS = {
    UnitKind.PROVINCE: _l("Province"),
    UnitKind.COMMUNE: _l("Commune"),
    UnitKind.WARD: _l("Ward"),
    UnitKind.CENTRE: _l("Political centre"),
    UnitKind.CELL: _l("Party cell"),
}

UNIT_EVENTS = {
    UnitEventKind.OPENED: _l("Opened"),
    UnitEventKind.RENAMED: _l("Renamed"),
    UnitEventKind.CLOSED: _l("Closed"),
}
