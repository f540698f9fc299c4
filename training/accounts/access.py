"""Which people a viewer reaches: those with a post, or a grant, in the units they reach."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from training.accounts.models import Person, Post, RoleGrant
from training.core.permissions import Permission, Viewer
from training.core.tree import is_within_any
from training.org.models import Unit


def visible_to(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """Return the condition on Person that `viewer` holds `permission` where that person serves."""
    reached = is_within_any(Unit.path, viewer.paths(permission))  # type: ignore[arg-type]
    posts = select(Post.person_id).join(Unit, Unit.id == Post.unit_id).where(reached)
    grants = select(RoleGrant.person_id).join(Unit, Unit.id == RoleGrant.unit_id).where(reached)
    return or_(Person.id.in_(posts), Person.id.in_(grants))


def can_change(
    viewer: Viewer, permission: Permission, post_paths: Sequence[str], grant_paths: Sequence[str]
) -> bool:
    """Tell whether `viewer` may change someone, their secrets included; narrower than seeing them.

    Staff are changed only by those who manage people wherever the role reaches, so nobody takes over an account
    that can do more than their own. Someone who moved away is changed where they serve now.

    Args:
        viewer: who asks.
        permission: what they must hold there.
        post_paths: paths of the units where the person holds a post today.
        grant_paths: paths of the units on which the person has a role.
    """
    if not all(viewer.reaches(Permission.MANAGE_PEOPLE, path) for path in grant_paths):
        return False
    return bool(grant_paths) or not post_paths or any(viewer.reaches(permission, path) for path in post_paths)
