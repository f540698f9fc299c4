"""Pages, papers and files of the reports."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from structlog import get_logger

from training.catalogue import queries as catalogue
from training.core import clock
from training.core.errors import N_, InvalidInput
from training.core.permissions import Permission
from training.core.text import fold
from training.enrolment.labels import STATES
from training.org import queries as org
from training.org.models import Unit
from training.reports.access import Scope, list_choices, scope_of
from training.reports.definitions import completion, words
from training.reports.forms import FilterForm
from training.reports.queries import Filter
from training.reports.rules import Group, Period
from training.tabular import csv, xlsx
from training.tabular.table import Table, as_text
from training.web.access import current_viewer, requires
from training.web.i18n import current_language

reports = Blueprint("reports", __name__)
log = get_logger()

PAGE_LENGTH = 100
# Above this a list of names is made commune by commune: a file of a whole province would hold up everybody else.
LONGEST_LIST = 5000


@dataclass(frozen=True)
class Asked:
    """What the address asks for: how far, filtered and sorted how."""

    scope: Scope
    form: FilterForm
    parameters: completion.Parameters
    is_valid: bool

    @property
    def keep(self) -> dict[str, str]:
        """What links on the page carry on."""
        return self.form.kept() if self.is_valid else {}

    @property
    def status(self) -> int:
        """The status of the page."""
        return 200 if self.is_valid else 422


@reports.get("/reports/completion", defaults={"unit_id": None})
@reports.get("/reports/completion/units/<int:unit_id>")
@requires(Permission.SEE_REPORTS)
def show_completion(unit_id: int | None) -> ResponseReturnValue:
    """Show how far a unit is, line by line for the units below it."""
    asked = _read(unit_id)
    report = completion.summary(asked.scope, asked.parameters)
    page = render_template(
        "reports/show_completion.html",
        asked=asked,
        report=report,
        words=words,
        groups=completion.GROUP_OF_COLUMN,
    )
    return page, asked.status


@reports.get("/reports/completion/people", defaults={"unit_id": None})
@reports.get("/reports/completion/units/<int:unit_id>/people")
@requires(Permission.SEE_REPORTS)
def list_people(unit_id: int | None) -> ResponseReturnValue:
    """List the people behind a figure."""
    asked = _read(unit_id)
    number = max(request.args.get("page", 1, type=int), 1)
    people = completion.people(asked.scope, asked.parameters, (number - 1) * PAGE_LENGTH, PAGE_LENGTH)
    page = render_template(
        "reports/list_people.html",
        asked=asked,
        report=people,
        number=number,
        pages=-(-people.count // PAGE_LENGTH),
        longest_list=LONGEST_LIST,
        as_text=as_text,
        states=STATES,
    )
    return page, asked.status


@reports.get("/reports/completion/print", defaults={"unit_id": None})
@reports.get("/reports/completion/units/<int:unit_id>/print")
@requires(Permission.SEE_REPORTS)
def print_completion(unit_id: int | None) -> str:
    """Show the report as an A4 sheet to sign."""
    asked = _read_or_refuse(unit_id)
    report = completion.summary(asked.scope, asked.parameters)
    return _sheet("reports/print_completion.html", asked, report.table)


@reports.get("/reports/completion/people/print", defaults={"unit_id": None})
@reports.get("/reports/completion/units/<int:unit_id>/people/print")
@requires(Permission.SEE_REPORTS)
def print_people(unit_id: int | None) -> str:
    """Show the list of people as A4 sheets to sign."""
    asked = _read_or_refuse(unit_id)
    return _sheet("reports/print_people.html", asked, _whole_list(asked))


@reports.get("/reports/completion.<any(xlsx,csv):kind>", defaults={"unit_id": None})
@reports.get("/reports/completion/units/<int:unit_id>.<any(xlsx,csv):kind>")
@requires(Permission.SEE_REPORTS)
def download_completion(unit_id: int | None, kind: str) -> Response:
    """Give the report as a file."""
    asked = _read_or_refuse(unit_id)
    report = completion.summary(asked.scope, asked.parameters)
    return _file(asked, report.table, "completion", kind)


@reports.get("/reports/completion/people.<any(xlsx,csv):kind>", defaults={"unit_id": None})
@reports.get("/reports/completion/units/<int:unit_id>/people.<any(xlsx,csv):kind>")
@requires(Permission.SEE_REPORTS)
def download_people(unit_id: int | None, kind: str) -> Response:
    """Give the list of people as a file."""
    asked = _read_or_refuse(unit_id)
    return _file(asked, _whole_list(asked), "people", kind)


def _read(unit_id: int | None) -> Asked:
    viewer = current_viewer()
    scope = scope_of(viewer, request.args.get("unit", type=int) if unit_id is None else unit_id)
    published = [
        catalogue.get_revision(course.current_revision_id or 0) for course in catalogue.list_courses()
    ]
    courses = {revision.slug: revision.course_id for revision in published}
    titles = {revision.slug: revision.title(current_language()) for revision in published}
    units = [(str(unit.id), unit.name) for unit in list_choices(viewer)]
    form = FilterForm(request.args, units, list(titles.items()))
    is_valid = form.validate()
    form.show_unit(scope.unit_id, scope.is_wide)
    today = clock.today()
    wanted = Filter(Period(None, None, today))
    if is_valid:
        wanted = Filter(form.chosen_period(today), courses.get(form.course.data), form.chosen_mode())
    sort = request.args.get("sort", "")
    parameters = completion.Parameters(
        wanted=wanted,
        group=form.chosen_group() if is_valid else Group.ALL,
        courses={courses[slug]: title for slug, title in titles.items()},
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        now=clock.now(),
    )
    return Asked(scope, form, parameters, is_valid)


def _read_or_refuse(unit_id: int | None) -> Asked:
    asked = _read(unit_id)
    if not asked.is_valid:
        raise InvalidInput(N_("These filters cannot be used. Go back to the report and choose again."))
    return asked


def _whole_list(asked: Asked) -> Table:
    people = completion.people(asked.scope, asked.parameters, 0, LONGEST_LIST)
    if people.count > LONGEST_LIST:
        raise InvalidInput(
            N_("This list of names is too long for one file. Choose a commune or a course first.")
        )
    return people.table


def _sheet(template: str, asked: Asked, table: Table) -> str:
    unit = asked.scope.unit
    above: list[Unit] = list(org.list_ancestors(unit)) if unit else []
    head = words.letterhead([*above, unit] if unit else [])
    date_line = words.place_and_date(head.place, clock.today())
    return render_template(
        template, asked=asked, table=table, head=head, date_line=date_line, as_text=as_text
    )


def _file(asked: Asked, table: Table, name: str, kind: str) -> Response:
    log.info("report_downloaded", report=name, kind=kind, unit_id=asked.scope.unit_id, rows=len(table.rows))
    body = xlsx.to_xlsx([table], asked.parameters.now) if kind == "xlsx" else csv.to_csv(table)
    media_type = xlsx.MEDIA_TYPE if kind == "xlsx" else csv.MEDIA_TYPE
    place = fold(asked.scope.unit.name).replace(" ", "-") if asked.scope.unit else "communes"
    file_name = f"{name}-{place}-{clock.today().isoformat()}.{kind}"
    response = Response(body, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response
