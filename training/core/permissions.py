"""Who may do what: one enum of permissions, one table of roles, one frozen viewer."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """`<room>:<verb>` in alphabetical order."""

    ASSIGN_COURSES = "enrolment:assign"
    CORRECT_RESULTS = "quizzes:correct"
    LEARN = "lessons:learn"
    MANAGE_PEOPLE = "accounts:manage"
    MANAGE_UNITS = "org:manage"
    REGRADE = "quizzes:regrade"
    RESET_PINS = "accounts:reset-pin"
    SEE_ANSWERS = "quizzes:see-answers"
    SEE_AUDIT = "audit:see"
    SEE_HEALTH = "admin:health"
    SEE_REPORTS = "reports:see"


class Role(StrEnum):
    """What staff are granted on a unit and all below it. Learning needs no role: it comes with a post."""

    TRAINER = "trainer"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.TRAINER: frozenset(
        {Permission.SEE_REPORTS, Permission.RESET_PINS, Permission.SEE_ANSWERS, Permission.CORRECT_RESULTS}
    ),
    Role.COMMITTEE: frozenset({Permission.SEE_REPORTS}),
    Role.ADMINISTRATOR: frozenset(set(Permission) - {Permission.LEARN}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role on one unit; `unit_path` says how far it reaches."""

    role: Role
    unit_id: int
    unit_path: str
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, as read from their session; nothing in it changes during a request."""

    person_id: int
    full_name: str
    address: str
    language: str
    text_size: int
    session_id: int
    is_own_phone: bool
    is_learner: bool
    grants: tuple[Grant, ...] = ()

    @property
    def given_name(self) -> str:
        """The last word of a Vietnamese name, by which a person is addressed."""
        return self.full_name.rsplit(" ", 1)[-1]

    @property
    def is_staff(self) -> bool:
        """Whether any role is granted."""
        return bool(self.grants)

    def has(self, permission: Permission) -> bool:
        """Tell whether `permission` is held anywhere."""
        if permission is Permission.LEARN:
            return self.is_learner
        return any(permission in ROLE_PERMISSIONS[grant.role] for grant in self.grants)

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """Return the unit paths where `permission` is held, widest grants included as they are."""
        return tuple(g.unit_path for g in self.grants if permission in ROLE_PERMISSIONS[g.role])

    def reaches(self, permission: Permission, path: str) -> bool:
        """Tell whether `permission` is held on the unit at `path`."""
        return any(path.startswith(granted) for granted in self.paths(permission))
