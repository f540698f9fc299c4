"""The analysis of a quiz, and all its tries and answers, as tables for a spreadsheet."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from training.accounts import queries as accounts
from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.activities.words import in_language
from training.catalogue import queries as catalogue
from training.journal.labels import MODES
from training.journal.models import Mode
from training.quizzes import analysis_queries as queries
from training.quizzes import rules
from training.quizzes.analysis_labels import FLAGS, STRENGTHS
from training.quizzes.analysis_queries import AnswerRow, TryRow
from training.quizzes.analysis_views import AnalysisPage, Asked, Item
from training.tabular.table import Column, Kind, Points, Row, Share, Table, Value

# A file of more tries would hold up everybody else for too long.
MOST_TRIES = 5000


def analysis_tables(page: AnalysisPage, language: str) -> list[Table]:
    """Return the questions with their figures, and everything that could be chosen with how often it was."""
    title = page.asked.quiz.title[language]
    return [_items(page, title, language), _options(page, language)]


def _items(page: AnalysisPage, title: str, language: str) -> Table:
    columns = (
        Column("place", _("No."), Kind.INTEGER),
        Column("question", _("Question")),
        Column("skill", _("Skill")),
        Column("count", _("Answers"), Kind.INTEGER),
        Column("facility", _("Share right"), Kind.PERCENT),
        Column("discrimination", _("Discrimination"), Kind.DECIMAL),
        Column("strength", _("Tells people apart")),
        Column("open", _("Left open"), Kind.INTEGER),
        Column("flags", _("Worth a look")),
        Column("left_out", _("Asked in an older form, not counted"), Kind.INTEGER),
    )
    return Table(
        title=_("Questions · %(quiz)s", quiz=title),
        subtitle=scope_words(page.asked, language),
        columns=columns,
        rows=tuple(Row(_item(page.asked, item, language)) for item in page.items),
        notes=tuple(how_to_read(page)),
    )


def _item(asked: Asked, item: Item, language: str) -> tuple[Value, ...]:
    found = item.figures
    strength = found.strength
    return (
        item.place,
        in_language(item.question.prompt, language),
        asked.skill_title(item.question.skill, language),
        found.count,
        None if item.facility_percent is None else Share(item.facility_percent, 100),
        None if found.discrimination is None else round(found.discrimination, 2),
        "" if strength is None else str(STRENGTHS[strength]),
        found.open_count,
        " ".join(str(FLAGS[flag]) for flag in found.flags),
        item.left_out,
    )


def _options(page: AnalysisPage, language: str) -> Table:
    rows: list[tuple[Value, ...]] = []
    for item in page.items:
        prompt, count = in_language(item.question.prompt, language), item.figures.count
        for one in item.figures.chosen:
            right = _("Right") if one.is_right else ""
            words = item.words(one, language)
            rows.append((item.place, prompt, words, right, one.count, Share(one.count, count)))
        open_count = item.figures.open_count
        rows.append((item.place, prompt, _("Left open"), "", open_count, Share(open_count, count)))
    columns = (
        Column("place", _("No."), Kind.INTEGER),
        Column("question", _("Question")),
        Column("option", _("What could be chosen")),
        Column("right", _("Right answer")),
        Column("count", _("How many"), Kind.INTEGER),
        Column("share", _("Of those asked"), Kind.PERCENT),
    )
    return Table(
        _("What was chosen"), columns, tuple(map(Row, rows)), None, scope_words(page.asked, language)
    )


def scope_words(asked: Asked, language: str) -> str:
    """Return the course and how far the figures reach."""
    where = asked.unit.name if asked.unit else _("all your communes")
    return f"{asked.revision.title(language)} · {where}"


def how_to_read(page: AnalysisPage) -> Iterator[str]:
    """Yield what a reader of the figures must know, the most important first."""
    if page.is_cut:
        yield _("Only the latest %(num)s people are looked at; there are more.", num=page.tries)
    yield _("The first try of each person that was handed in is looked at, later ones are not.")
    yield _(
        "Share right: how much of the mark people earned on average; a question left open earns nothing. It is shown from 20 answers on."
    )
    yield _(
        "Discrimination, from −1 to 1: do those who do well in the other questions also get this one right? From 0.3 on it tells them apart well; below 0 those who know more get it wrong more often. It is shown from 30 answers on."
    )


@dataclass(frozen=True)
class TryList:
    """The tries for a file; `is_too_long` when there are more than one file takes."""

    rows: Sequence[TryRow]
    is_too_long: bool


def list_tries(asked: Asked) -> TryList:
    """Return all tries at a quiz in reach, open ones too."""
    rows = queries.list_tries(asked.wanted, MOST_TRIES + 1)
    return TryList(rows[:MOST_TRIES], len(rows) > MOST_TRIES)


def try_tables(asked: Asked, tries: Sequence[TryRow], language: str) -> list[Table]:
    """Return one line for each try, and one for each question of each try with what was answered."""
    answers = queries.list_answer_rows([one.id for one in tries])
    entered = [one.entered_by_id for one in tries] + [one.entered_by_id for one in answers.values()]
    names = accounts.list_names(entered)
    return [_tries(asked, tries, names, language), _answers(asked, tries, answers, names, language)]


def _tries(asked: Asked, tries: Sequence[TryRow], names: Mapping[int, str], language: str) -> Table:
    columns = (
        *_who_columns(),
        Column("edition", _("Edition of the course"), Kind.INTEGER),
        Column("begun", _("Begun"), Kind.DATETIME),
        Column("handed_in", _("Handed in"), Kind.DATETIME),
        Column("points", _("Points"), Kind.POINTS, _("Points possible")),
        Column("passed", _("Passed")),
        Column("mode", _("How")),
        Column("entered_by", _("Keyed in by")),
    )
    return Table(
        title=_("Tries · %(quiz)s", quiz=asked.quiz.title[language]),
        subtitle=scope_words(asked, language),
        columns=columns,
        rows=tuple(Row((*_who(one), *_result(one, names))) for one in tries),
        notes=(_("Internal: this paper is about people. Keep it where only those who need it can read it."),),
    )


def _who_columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Full name")),
        Column("unit", _("Party cell")),
        Column("commune", _("Commune or ward")),
        Column("number", _("Try"), Kind.INTEGER),
    )


def _who(one: TryRow) -> tuple[Value, ...]:
    return one.full_name, one.unit_name, one.commune_name or "", one.number


def _result(one: TryRow, names: Mapping[int, str]) -> tuple[Value, ...]:
    has_result = one.points is not None and one.points_of is not None
    return (
        catalogue.get_revision(one.revision_id).number,
        one.started_at,
        one.handed_in_at,
        Points(one.points or 0, one.points_of or 0) if has_result else None,
        (_("passed") if one.is_passed else _("not passed")) if has_result else "",
        str(MODES[Mode(one.mode)]),
        names.get(one.entered_by_id or 0, ""),
    )


def _answers(
    asked: Asked,
    tries: Sequence[TryRow],
    answers: Mapping[tuple[uuid.UUID, str], AnswerRow],
    names: Mapping[int, str],
    language: str,
) -> Table:
    columns = (
        *_who_columns(),
        Column("place", _("No."), Kind.INTEGER),
        Column("question", _("Question")),
        Column("answer", _("Answer")),
        Column("points", _("Points"), Kind.POINTS, _("Points possible")),
        Column("fraction", _("Share of the mark"), Kind.PERCENT),
        Column("saved", _("Saved"), Kind.DATETIME),
        Column("mode", _("How")),
        Column("entered_by", _("Keyed in by")),
    )
    rows = [
        Row((*_who(one), place, *_answer(one, key, answers.get((one.id, key)), names, language)))
        for one in tries
        for place, key in enumerate(one.question_keys, 1)
    ]
    return Table(_("All answers"), columns, tuple(rows), None, scope_words(asked, language))


def _answer(
    one: TryRow, key: str, answer: AnswerRow | None, names: Mapping[int, str], language: str
) -> tuple[Value, ...]:
    asked, marked_by = _forms(one, key)
    said = kind_of(asked.kind).describe(asked, answer.response, language) if answer else ""
    fraction = (answer.fraction if answer else None) or 0.0
    is_marked = one.handed_in_at is not None
    return (
        in_language(asked.prompt, language),
        said or _("no answer"),
        Points(round(fraction * marked_by.points, 3), marked_by.points) if is_marked else None,
        Share(round(fraction * 1000), 1000) if is_marked else None,
        answer.saved_at if answer else None,
        str(MODES[Mode(answer.mode)]) if answer else "",
        names.get(answer.entered_by_id or 0, "") if answer else "",
    )


def _forms(one: TryRow, key: str) -> tuple[Question, Question]:
    """Return a question as it was asked, and as it is marked."""
    asked = catalogue.get_revision(one.revision_id).question(key)
    if one.key_revision_id == one.revision_id:
        return asked, asked
    keys = catalogue.get_revision(one.key_revision_id)
    newer = {question.key: question for question in keys.questions(asked.within)}
    return asked, rules.keyed(asked, newer.get(key))
