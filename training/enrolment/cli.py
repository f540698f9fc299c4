"""Commands about enrolments."""

import click
from flask.cli import AppGroup

from training.enrolment.verification import list_differences

enrolments = AppGroup("enrolments", help="Who learns what.")


@enrolments.command("verify")
def verify() -> None:
    """Judge every enrolment again; ends with status 1 when something differs from what is stored."""
    found = list(list_differences())
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} differences")
    if found:
        raise SystemExit(1)
