"""Commands for the demo province."""

import json
from dataclasses import asdict

import click
from flask.cli import AppGroup

from training.devtools import demo as province
from training.devtools import load

demo = AppGroup("demo", help="An invented province for trying things out.")
MOST_PEOPLE = 1_000_000


@demo.command("load")
@click.option(
    "--people",
    "count",
    type=click.IntRange(0, MOST_PEOPLE),
    default=0,
    help="Also load so many made-up learners over four courses. They have enrolments and results of lessons and "
    "quizzes, but no journal and no attempts.",
)
def load_demo(count: int) -> None:
    """Load the demo province with three months of history; a second time changes nothing."""
    click.echo("Demo province loaded." if province.load() else "The demo province is loaded already.")
    if count:
        with click.progressbar(length=count, label="People") as bar:
            made = load.load_people(count, bar.update)
        click.echo(f"{made} people loaded." if made else "Made-up people are loaded already.")


@demo.command("sign-ins")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def show_sign_ins(as_json: bool) -> None:
    """Tell who may sign in to the demo, and with what."""
    if as_json:
        click.echo(json.dumps([asdict(s) for s in province.list_sign_ins()], ensure_ascii=False, indent=2))
        return
    for line in province.sign_in_lines() or ["The demo province is not loaded."]:
        click.echo(line)
