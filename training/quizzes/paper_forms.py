"""Forms about printed quizzes: how many to print, and which one is keyed in. Editions are handed in by the route."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, ValidationError

from training.journal.models import Mode
from training.quizzes.rules import LAST_PAPER, MOST_PAPERS
from training.web.forms import Form

KEYED_IN_WAYS = {
    Mode.PAPER: _l("On paper"),
    Mode.WORKSHOP: _l("In a class: asked aloud or shown on a screen"),
}


def _number(text: str | None, largest: int) -> int | None:
    """Return the whole number from 1 to `largest` that was typed, or None."""
    digits = (text or "").replace(" ", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(largest))
    return int(digits) if is_number and 1 <= int(digits) <= largest else None


class _EditionForm(Form):
    """What both forms ask for; the page as a whole is guarded against forged sending, and printing changes nothing."""

    edition = SelectField(_l("Edition of the course"), [InputRequired(_l("Choose an edition."))])

    def __init__(self, formdata: Any, editions: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take what was sent, or None; `editions` are (number, words), the present one first."""
        super().__init__(formdata=formdata, meta={"csrf": False}, **{"edition": editions[0][0]} | given)
        self.edition.choices = [SelectChoice(number, words) for number, words in editions]

    @property
    def edition_number(self) -> int:
        """The edition that was chosen, once the form is valid."""
        return int(self.edition.data)


class PrintForm(_EditionForm):
    """Which papers to print: how many different ones, from which number on."""

    number = StringField(_l("Number of the first paper"))
    count = StringField(_l("How many different papers"))

    @property
    def first(self) -> int:
        """The first number, once the form is valid."""
        return _number(self.number.data, LAST_PAPER) or 1

    @property
    def papers(self) -> int:
        """How many papers, once the form is valid."""
        return _number(self.count.data, MOST_PAPERS) or 1

    def validate_number(self, field: StringField) -> None:
        """Refuse what is no number of a paper."""
        if _number(field.data, LAST_PAPER) is None:
            raise ValidationError(_("Write a number from 1 to %(last)s.", last=LAST_PAPER))

    def validate_count(self, field: StringField) -> None:
        """Refuse a print that is too large, or that runs over the last number."""
        count = _number(field.data, MOST_PAPERS)
        if count is None:
            raise ValidationError(_("Write a number from 1 to %(last)s.", last=MOST_PAPERS))
        if self.first + count - 1 > LAST_PAPER:
            raise ValidationError(
                _("The last number is %(last)s: begin with a smaller one.", last=LAST_PAPER)
            )


class PaperForm(_EditionForm):
    """How somebody answered, and which paper they had; without one the server draws the questions."""

    person = HiddenField()
    way = RadioField(
        _l("How were the questions answered?"),
        [InputRequired(_l("Choose how the questions were answered."))],
        choices=[SelectChoice(way.value, words) for way, words in KEYED_IN_WAYS.items()],
    )
    number = StringField(_l("Number of the paper"))

    @property
    def paper_number(self) -> int | None:
        """The number of the paper; None where the server is to draw one."""
        return _number(self.number.data, LAST_PAPER)

    @property
    def mode(self) -> Mode:
        """How the questions were answered, once the form is valid."""
        return Mode(self.way.data)

    def validate_number(self, field: StringField) -> None:
        """Refuse what is no number of a paper; in a class there need not be a paper."""
        if not field.data and self.way.data == Mode.WORKSHOP:
            return
        if not field.data:
            raise ValidationError(_("Write the number that stands at the head of the paper."))
        if self.paper_number is None:
            raise ValidationError(_("A paper has a number from 1 to %(last)s.", last=LAST_PAPER))
