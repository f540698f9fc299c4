"""Which units a viewer reaches: as a condition and as a question, which must agree."""

from sqlalchemy import ColumnElement

from training.core.permissions import Permission, Viewer
from training.core.tree import is_within_any
from training.org.models import Unit


def visible_to(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """Return the condition on Unit that `viewer` holds `permission` there."""
    return is_within_any(Unit.path, viewer.paths(permission))  # type: ignore[arg-type]


def can_reach(viewer: Viewer, permission: Permission, unit: Unit) -> bool:
    """Tell whether `viewer` holds `permission` on `unit`."""
    return viewer.reaches(permission, unit.path or "")
