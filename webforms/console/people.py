"""`flask user` and `flask group`."""

import click
from flask.cli import AppGroup

from engine import clock, commands
from engine.identity import Actor
from webforms.console.shared import plainly, site

users = AppGroup("user", help="People who log in.")
groups = AppGroup("group", help="Candidate groups.")

#: Who acts at the command line: whoever may run it owns the installation.
OPERATOR = Actor(None, "system", "system", frozenset({"admin"}))


@users.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The name others see.")
@click.option("--group", "group_keys", multiple=True, help="A group the person is in; may be repeated.")
@click.option("--email", default="", help="Where the person gets mail.")
@click.password_option(help="Asked for when not given.")
def add_user(username: str, name: str, group_keys: tuple[str, ...], email: str, password: str) -> None:
    """Create an account.

    Example: flask user add li.na --name 李娜 --group handler
    """
    here = site()
    with plainly():
        commands.add_person(
            here, username, name, password, group_keys, email=email, by=OPERATOR.username, now=clock.now()
        )
    click.echo(f"{username} can log in now.")


@groups.command("add")
@click.argument("key")
@click.option("--zh", required=True, help="Name in Chinese.")
@click.option("--en", required=True, help="Name in English.")
def add_group(key: str, zh: str, en: str) -> None:
    """Create a candidate group.

    Example: flask group add fraud --zh 反欺诈组 --en "Fraud team"
    """
    here = site()
    with plainly():
        commands.add_group(here, key, zh, en, actor=OPERATOR, now=clock.now())
    click.echo(f"The group {key} exists now.")
