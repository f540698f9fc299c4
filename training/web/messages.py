"""Words of the form library, marked for our message catalogue so that forms speak one language with the page."""

from training.core.errors import N_


def ngettext(singular: str, plural: str) -> tuple[str, str]:
    """Mark both forms of a message; the extractor knows markers by their name."""
    return singular, plural


FORM_MESSAGES = (
    N_("This field is required."),
    N_("Invalid input."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Invalid choice(s): one or more data inputs could not be coerced."),
    N_("Not a valid date value."),
    N_("Not a valid datetime value."),
    N_("Not a valid time value."),
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
    N_("Date must be at least %(min)s."),
    N_("Date must be at most %(max)s."),
    N_("Date must be between %(min)s and %(max)s."),
    N_("Field must be equal to %(other_name)s."),
    N_("Field must be between %(min)d and %(max)d characters long."),
    N_("This field cannot be edited."),
    N_("This field is disabled and cannot have a value."),
    N_("The CSRF token is missing."),
    N_("The CSRF session token is missing."),
    N_("The CSRF token has expired."),
    N_("The CSRF token is invalid."),
    N_("The CSRF tokens do not match."),
)

FORM_PLURALS = (
    ngettext(
        "Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long."
    ),
    ngettext(
        "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters."
    ),
    ngettext(
        "Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long."
    ),
    ngettext(
        "'%(value)s' is not a valid choice for this field.",
        "'%(value)s' are not valid choices for this field.",
    ),
)
