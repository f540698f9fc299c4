"""Commands about quizzes."""

import click
from flask.cli import AppGroup

from training.core.db import unit_of_work
from training.quizzes.actions import close_overdue
from training.quizzes.verification import list_differences

quizzes = AppGroup("quizzes", help="Attempts and answers.")


@quizzes.command("close")
def close() -> None:
    """Hand in the attempts whose time is over; for a timer, every few minutes."""
    with unit_of_work():
        closed = close_overdue()
    click.echo(f"{closed} attempts handed in")


@quizzes.command("verify")
def verify() -> None:
    """Compute every attempt again from the journal; ends with status 1 when something differs."""
    found = list(list_differences())
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} differences")
    if found:
        raise SystemExit(1)
