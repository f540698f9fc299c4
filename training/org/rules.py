"""Which unit may stand under which."""

from training.org.models import UnitKind

CHILD_KINDS: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.PROVINCE: (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.CENTRE),
    UnitKind.COMMUNE: (UnitKind.CELL,),
    UnitKind.WARD: (UnitKind.CELL,),
    UnitKind.CENTRE: (),
    UnitKind.CELL: (),
}


def may_stand_under(kind: UnitKind, parent: UnitKind) -> bool:
    """Tell whether a unit of `kind` may be opened under one of kind `parent`."""
    return kind in CHILD_KINDS[parent]
