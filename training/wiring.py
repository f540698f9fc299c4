"""THE list of what the program is made of: read this to find where a thing is."""

from flask_babel import lazy_gettext as _l

from training.accounts import actions as account_actions
from training.accounts import personal_data as accounts_data
from training.accounts.cli import people as people_commands
from training.accounts.events import PostLeft, PostTaken
from training.accounts.people_routes import people
from training.accounts.routes import accounts
from training.admin.routes import admin
from training.catalogue.cli import courses as course_commands
from training.catalogue.routes import catalogue
from training.core.events import subscribe
from training.core.permissions import Permission
from training.devtools.cli import demo as demo_commands
from training.enrolment import actions as enrolment_actions
from training.enrolment import personal_data as enrolment_data
from training.enrolment.cli import enrolments as enrolment_commands
from training.enrolment.routes import enrolment
from training.journal import personal_data as journal_data
from training.lessons.handout_routes import handouts
from training.lessons.routes import lessons
from training.org.events import UnitClosed
from training.org.routes import org
from training.quizzes import personal_data as quizzes_data
from training.quizzes.analysis_routes import analysis
from training.quizzes.attempt_routes import attempts
from training.quizzes.cli import quizzes as quiz_commands
from training.quizzes.paper_routes import papers
from training.quizzes.preview_routes import preview
from training.quizzes.regrade_routes import regrade
from training.quizzes.result_routes import results
from training.quizzes.routes import quizzes
from training.reports.routes import reports
from training.web.navigation import Entry

BLUEPRINTS = (
    accounts,
    people,
    org,
    catalogue,
    enrolment,
    lessons,
    handouts,
    quizzes,
    results,
    attempts,
    papers,
    preview,
    analysis,
    regrade,
    reports,
    admin,
)

COMMANDS = (course_commands, people_commands, enrolment_commands, quiz_commands, demo_commands)

# In the order in which erasing must go: those that point at others first.
PERSONAL_DATA = (quizzes_data, enrolment_data, journal_data, accounts_data)

NAVIGATION = [
    Entry("reports.show_completion", _l("Reports"), Permission.SEE_REPORTS),
    Entry("people.list_people", _l("People"), Permission.RESET_PINS),
    Entry("handouts.list_lessons", _l("Lessons"), Permission.SEE_REPORTS),
    Entry(
        "attempts.list_quizzes",
        _l("Quizzes"),
        Permission.SEE_ANSWERS,
        also=("analysis", "regrade", "papers", "preview"),
    ),
    Entry("org.list_units", _l("Units"), Permission.MANAGE_UNITS),
    Entry("enrolment.list_assignments", _l("Assignments"), Permission.ASSIGN_COURSES),
    Entry("admin.list_audit", _l("Record of changes"), Permission.SEE_AUDIT),
    Entry("admin.show_health", _l("Health"), Permission.SEE_HEALTH),
]


def subscribe_all() -> None:
    """Connect events with those who act on them, in the same transaction."""
    subscribe(PostTaken, enrolment_actions.on_post_taken)
    subscribe(PostLeft, enrolment_actions.on_post_left)
    subscribe(UnitClosed, account_actions.on_unit_closed)
