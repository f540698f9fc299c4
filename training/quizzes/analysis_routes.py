"""What the answers tell about the questions of a quiz, for those who teach it; and all of it as files."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from structlog import get_logger

from training.core import clock
from training.core.errors import NotFound
from training.core.ids import is_row_number
from training.core.permissions import Permission
from training.core.text import fold
from training.quizzes import analysis_tables as tables
from training.quizzes import analysis_views as views
from training.quizzes.analysis_forms import AnalysisFilterForm
from training.quizzes.analysis_labels import FLAGS, GRAVE, STRENGTHS
from training.tabular import xlsx
from training.tabular.table import Table
from training.web.access import current_viewer, requires
from training.web.i18n import current_language

analysis = Blueprint("analysis", __name__)
log = get_logger()


@analysis.get("/courses/<slug>/quizzes/<quiz_key>/analysis")
@requires(Permission.SEE_ANSWERS)
def show_analysis(slug: str, quiz_key: str) -> ResponseReturnValue:
    """All questions of a quiz with what is worth a look."""
    asked = _read(slug, quiz_key)
    form = _filters(asked)
    is_valid = form.validate()
    page = render_template(
        "quizzes/analysis/show_analysis.html",
        page=_page(asked, form.skill.data if is_valid else ""),
        form=form,
        sort=request.args.get("sort", ""),
        flags=FLAGS,
        grave=GRAVE,
        strengths=STRENGTHS,
        how_to_read=tables.how_to_read,
    )
    return page, 200 if is_valid else 422


@analysis.get("/courses/<slug>/quizzes/<quiz_key>/analysis/questions/<question_key>")
@requires(Permission.SEE_ANSWERS)
def show_question(slug: str, quiz_key: str, question_key: str) -> ResponseReturnValue:
    """One question: what was chosen, and how to read it."""
    page = views.question_page(_read(slug, quiz_key), question_key)
    return render_template(
        "quizzes/analysis/show_question.html",
        page=page,
        item=page.items[0],
        flags=FLAGS,
        grave=GRAVE,
        strengths=STRENGTHS,
    )


@analysis.get("/courses/<slug>/quizzes/<quiz_key>/analysis.xlsx")
@requires(Permission.SEE_ANSWERS)
def download_analysis(slug: str, quiz_key: str) -> Response:
    """Give the analysis as a file: a sheet of questions, a sheet of what was chosen."""
    asked = _read(slug, quiz_key)
    skill = request.args.get("skill", "")
    page = _page(asked, skill if skill in asked.skill_keys else "")
    return _file(asked, tables.analysis_tables(page, current_language()), "questions")


@analysis.get("/courses/<slug>/quizzes/<quiz_key>/attempts.xlsx")
@requires(Permission.SEE_ANSWERS)
def download_attempts(slug: str, quiz_key: str) -> ResponseReturnValue:
    """Give all tries and answers as a file, or ask for a commune where they are too many for one."""
    asked = _read(slug, quiz_key)
    tries = tables.list_tries(asked)
    if tries.is_too_long:
        most = tables.MOST_TRIES
        return render_template("quizzes/analysis/choose_commune.html", asked=asked, most=most), 422
    return _file(asked, tables.try_tables(asked, tries.rows, current_language()), "answers")


def _read(slug: str, quiz_key: str) -> views.Asked:
    unit = request.args.get("unit", "")
    if unit and not is_row_number(unit):
        raise NotFound
    return views.asked(current_viewer(), slug, quiz_key, int(unit) if unit else None)


def _filters(asked: views.Asked) -> AnalysisFilterForm:
    units = [(str(unit.id), unit.name) for unit in asked.communes]
    language = current_language()
    skills = [(key, asked.skill_title(key, language)) for key in asked.skill_keys]
    return AnalysisFilterForm(request.args, units, skills)


def _page(asked: views.Asked, skill: str) -> views.AnalysisPage:
    sort = request.args.get("sort", "")
    return views.analysis_page(asked, skill, sort.removeprefix("-"), sort.startswith("-"))


def _file(asked: views.Asked, sheets: Sequence[Table], name: str) -> Response:
    log.info("answers_downloaded", file=name, unit_id=asked.unit_id, rows=len(sheets[0].rows))
    place = fold(asked.unit.name).replace(" ", "-") if asked.unit else "communes"
    response = Response(xlsx.to_xlsx(sheets, clock.now()), content_type=xlsx.MEDIA_TYPE)
    file_name = f"{name}-{asked.revision.slug}-{asked.quiz.key}-{place}-{clock.today().isoformat()}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response
