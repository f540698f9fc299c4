"""How far a report reaches: one unit, or everything in the viewer's reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.permissions import Permission, Viewer
from training.core.tree import ids
from training.org import queries as org
from training.org.models import COMMUNE_LEVEL, Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: `unit` with all below it, or (None) the several `paths` of the viewer."""

    viewer: Viewer
    unit: Unit | None
    paths: tuple[str, ...]

    @property
    def unit_id(self) -> int | None:
        """The unit's id for addresses."""
        return self.unit.id if self.unit else None

    @property
    def is_wide(self) -> bool:
        """Whether its lines are communes, not cells."""
        return self.unit is None or self.unit.kind == UnitKind.PROVINCE

    @property
    def is_province(self) -> bool:
        """Whether it is a whole province."""
        return self.unit is not None and self.unit.kind == UnitKind.PROVINCE

    def reaches(self, unit: Unit) -> bool:
        """Tell whether the viewer may open the report of `unit`."""
        return self.viewer.reaches(Permission.SEE_REPORTS, unit.path or "")


def top_paths(viewer: Viewer) -> tuple[str, ...]:
    """Return the paths whose reports the viewer sees, without those that lie below another of them."""
    kept: list[str] = []
    for path in sorted(set(viewer.paths(Permission.SEE_REPORTS))):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def scope_of(viewer: Viewer, unit_id: int | None) -> Scope:
    """Return what the viewer asked for: a unit, their only unit, or everything in reach.

    Raises:
        NotFound: the unit does not exist or is out of reach.
    """
    tops = top_paths(viewer)
    if unit_id is None and len(tops) == 1:
        unit_id = ids(tops[0])[-1]
    if unit_id is None:
        return Scope(viewer, None, tops)
    unit = org.get_unit(viewer, Permission.SEE_REPORTS, unit_id)
    return Scope(viewer, unit, (unit.path or "",))


def list_choices(viewer: Viewer) -> Sequence[Unit]:
    """Return the communes the viewer may choose among; none when there is but one."""
    tops = top_paths(viewer)
    if len(tops) == 1 and len(ids(tops[0])) > 1:
        return ()
    return org.list_units(viewer, Permission.SEE_REPORTS, COMMUNE_LEVEL)
