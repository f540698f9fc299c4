"""What can go wrong, in the words of the domain; `web.errors` turns each into a page."""


def N_(message: str) -> str:
    """Mark `message` for the message catalogue; it is translated when it is shown."""
    return message


class DomainError(Exception):
    """A rule said no. `message` is plain English, an id of the message catalogue."""

    status = 422

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(DomainError):
    """It does not exist, or lies outside what this viewer may see."""

    status = 404


class NotPermitted(DomainError):
    """It lies within what this viewer sees, but this verb is not theirs."""

    status = 403


class InvalidInput(DomainError):
    """What was sent cannot be used; `field` names the form field when there is one."""

    status = 422


class Conflict(DomainError):
    """Somebody or something else was first."""

    status = 422


class TooManyTries(DomainError):
    """Too often in too short a time; `retry_after` is the wait in whole seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
