"""A small application for tests of queries and pages: a request is reviewed, approved, announced."""

from pathlib import Path

from engine.applications import Application, Group, Work
from engine.errors import TopicFailedForGood

CLERKS, CHIEFS = Group("clerks", "经办人", "Clerks"), Group("chiefs", "主管", "Chiefs")


def announce(site, work: Work):
    """Fails for amounts that bring bad luck, of which the port tells."""
    if work.variables.get("amount") in site.ports["unlucky"]:
        raise TopicFailedForGood(why="13 brings bad luck")
    return {"announced": True}


def number(session, values, now):
    return f"R-{values['title'].upper()}"


OFFICE = Application(
    key="office",
    name_zh="办公室",
    name_en="Office",
    folder=Path(__file__).parent,
    groups=(CLERKS, CHIEFS),
    topics={"announce": announce},
    number=number,
)
