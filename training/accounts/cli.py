"""Commands about people."""

import click
from flask.cli import AppGroup

from training.accounts import actions, queries
from training.accounts.models import Scope
from training.core.db import unit_of_work
from training.core.permissions import Role
from training.org.queries import find_by_code

people = AppGroup("people", help="People who sign in.")


@people.command("create-administrator")
@click.argument("username")
@click.argument("full_name")
@click.option("--unit-code", default="08", show_default=True, help="Code of the unit to look after.")
def create_administrator(username: str, full_name: str, unit_code: str) -> None:
    """Make the first administrator of an installation and print their password once."""
    with unit_of_work():
        unit = find_by_code(unit_code)
        if unit is None:
            raise click.ClickException(f"There is no unit with the code {unit_code}.")
        if queries.find_by_sign_in(Scope.STAFF, username):
            raise click.ClickException("This user name is taken.")
        person = actions.create_person(None, full_name, username=username)
        actions.grant_role(None, person, Role.ADMINISTRATOR, unit)
        password = actions.reset_password(None, person)
    click.echo(f"{username}  {password}")
