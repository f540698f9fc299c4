"""Commands about quizzes."""

import click
from flask.cli import AppGroup

from training.quizzes.verification import list_differences

quizzes = AppGroup("quizzes", help="Attempts and answers.")


@quizzes.command("verify")
def verify() -> None:
    """Compute every attempt again from the journal; ends with status 1 when something differs."""
    found = list(list_differences())
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} differences")
    if found:
        raise SystemExit(1)
