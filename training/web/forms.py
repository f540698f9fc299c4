"""Parent of every form: our words for WTForms' messages, and text normalised at the edge."""

from typing import Any

from flask_babel import get_translations
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField

from training.core.errors import DomainError
from training.core.text import normalise


class Catalogue:
    """WTForms asks here for its messages; they stand in our own catalogue."""

    def gettext(self, string: str) -> str:
        """Return a message in the viewer's language."""
        return str(_(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return a message about `n` things in the viewer's language."""
        return str(get_translations().ungettext(singular, plural, n))


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose text arrives in NFC, trimmed, and whose messages speak the viewer's language."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, _form: Any) -> Catalogue:
            return Catalogue()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            if unbound_field.field_class in (StringField, TextAreaField):
                options["filters"] = [*unbound_field.kwargs.get("filters", ()), _tidy]
                unbound_field.kwargs.pop("filters", None)
            bound: Field = unbound_field.bind(form=form, **options)
            return bound


def _tidy(value: str | None) -> str | None:
    return normalise(value) if value else value


def show_problem(form: Form, error: DomainError) -> None:
    """Put what a rule said beside the field it is about, or above the form."""
    message = _(error.message)
    field = form._fields.get(error.field or "")
    if field is None:
        form.form_errors.append(message)
    else:
        field.errors = [*field.errors, message]
