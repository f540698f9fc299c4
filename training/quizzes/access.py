"""Which attempts staff reach: those made for a post within the units where they hold the permission.

Committees see results in their reports, never answers; a learner's own attempts are found by person, not here.
"""

from sqlalchemy import ColumnElement, select

from training.core.permissions import Permission, Viewer
from training.core.tree import is_within_any
from training.enrolment.models import Enrolment
from training.quizzes.models import Attempt


def visible_to(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """Return the condition on Attempt that `viewer` holds `permission` where it was made."""
    reached = is_within_any(Enrolment.unit_path, viewer.paths(permission))
    return Attempt.enrolment_id.in_(select(Enrolment.id).where(reached))


def can_reach(viewer: Viewer, permission: Permission, unit_path: str) -> bool:
    """Tell whether `viewer` holds `permission` where an enrolment with this `unit_path` was made."""
    return viewer.reaches(permission, unit_path)
