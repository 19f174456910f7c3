"""`flask user` and `flask group`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from engine import access, clock, commands
from engine.commands import Leave
from engine.identity import Actor
from webforms.console.shared import plainly, site

users = AppGroup("user", help="People who log in.")
groups = AppGroup("group", help="Candidate groups.")

#: Who acts at the command line: whoever may run it owns the installation.
OPERATOR = Actor(None, "system", "system", frozenset({"admin"}))


DAY = click.DateTime(["%Y-%m-%d"])


@users.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The name others see.")
@click.option("--group", "group_keys", multiple=True, help="A group, or group@UNIT; may be repeated.")
@click.option("--email", default="", help="Where the person gets mail.")
@click.password_option(help="Asked for when not given.")
def add_user(username: str, name: str, group_keys: tuple[str, ...], email: str, password: str) -> None:
    """Create an account.

    Example: flask user add li.na --name 李娜 --group handler@BRANCH
    """
    here = site()
    with plainly():
        commands.add_person(
            here, username, name, password, group_keys, email=email, by=OPERATOR.username, now=clock.now()
        )
    click.echo(f"{username} can log in now.")


@users.command("grant")
@click.argument("username")
@click.argument("group")
def grant(username: str, group: str) -> None:
    """Let somebody be in GROUP everywhere, or in GROUP@UNIT on a unit and all below it.

    Example: flask user grant li.na approver_t1@BRANCH
    """
    here, (key, unit) = site(), access.parts(group)
    with plainly():
        commands.grant_group(here, username, key, unit, actor=OPERATOR, now=clock.now())
    click.echo(f"{username} is in {group} now.")


@users.command("revoke")
@click.argument("username")
@click.argument("group")
def revoke(username: str, group: str) -> None:
    """Take GROUP, or GROUP@UNIT, from somebody.

    Example: flask user revoke li.na approver_t1@BRANCH
    """
    here, (key, unit) = site(), access.parts(group)
    with plainly():
        commands.revoke_group(here, username, key, unit, actor=OPERATOR, now=clock.now())
    click.echo(f"{username} is not in {group}.")


@users.command("skills")
@click.argument("username")
@click.argument("codes", nargs=-1)
def skills(username: str, codes: tuple[str, ...]) -> None:
    """Record what somebody knows, as codes of products and languages, in place of what was recorded before.

    Example: flask user skills li.na en B.CARD
    """
    here = site()
    with plainly():
        commands.set_skills(here, username, codes, actor=OPERATOR, now=clock.now())
    click.echo(f"{username}: {' '.join(sorted(set(codes))) or 'no skills'}")


@users.command("absence")
@click.argument("username")
@click.option("--from", "from_on", type=DAY, required=True, help="The first day away.")
@click.option("--to", "to_on", type=DAY, required=True, help="The last day away.")
@click.option("--delegate", default="", help="User name of who stands in, 30 days at most.")
@click.option("--reason", default="", help="For the record.")
def absence(username: str, from_on: datetime, to_on: datetime, delegate: str, reason: str) -> None:
    """Record that somebody will be away, and who gets new tasks meanwhile.

    Example: flask user absence li.na --from 2026-03-02 --to 2026-03-06 --delegate wang.lei
    """
    here = site()
    leave = Leave(username, from_on.date(), to_on.date(), delegate, reason)
    with plainly():
        number = commands.record_absence(here, leave, actor=OPERATOR, now=clock.now())
    click.echo(f"Absence {number} is recorded.")


@users.command("back")
@click.argument("absence_id", type=int)
def back(absence_id: int) -> None:
    """End an absence, by the number that `flask user absence` gave: it lasted until yesterday.

    Example: flask user back 7
    """
    here = site()
    with plainly():
        commands.end_absence(here, absence_id, actor=OPERATOR, now=clock.now())
    click.echo(f"Absence {absence_id} is over.")


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
