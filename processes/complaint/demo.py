"""The demo: people for every role, and twelve complaints of our own writing in all five phases.

Everything is played by the simulated office in virtual time up to now, so histories, notices and clocks are real ones.
"""

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from engine import clock, commands, identity, travel
from engine.errors import Conflict
from engine.identity import CONSUMER
from engine.models import Mark, ProcessInstance
from engine.site import Site
from processes.complaint import messages, office
from processes.complaint.messages import Message
from processes.complaint.office import Manner, Office, Recruit, Staff
from processes.complaint.office.habits import Letter, Pace
from processes.complaint.tenant import home
from processes.complaint.workdays import calendar_of

TABLE = Path(__file__).parent / "data" / "demo.yaml"

#: Everybody's password: a demo serves this machine only.
PASSWORD = "redress-demo"  # noqa: S105 - not a secret, it is printed

#: The mark of a database that is filled.
FILLED = "demo_filled"

#: An office quick enough that every case comes to where it waits.
PACE = Pace(early=(0.03, 0.25), late=(1.05, 1.6), late_share=0, without_due=(0.5, 3), hours=(9, 17))

SEED = 7

PROCESS = "complaint"


class RealCases(Conflict):
    """This database holds cases that are not the demo's. Set REDRESS_DATA_DIR to a new folder for the demo."""


@dataclass(frozen=True)
class Story:
    """One complaint of the demo."""

    number: int
    received_at: datetime
    #: path → value
    values: Mapping[str, Any]
    manner: Manner
    #: moment, who, kind, text
    talk: tuple[tuple[datetime, str, str, str], ...]

    @property
    def key(self) -> str:
        """Idempotency key of its start."""
        return f"demo:{self.number}"


def fill(site: Site, say: Callable[[str], None]) -> None:
    """Mark an empty database as a demo and fill it, once; tell who can log in. Raises RealCases."""
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    now, recruits = clock.now(), _recruits(table)
    if _is_new(site):
        say("filling the demo, which takes half a minute")
        password_hash = identity.hash_password(PASSWORD)
        office.hire(site, now, recruits, password_hash=password_hash, domain=table["domain"])
        _play(site, [_story(number, row, now) for number, row in enumerate(table["complaints"], start=1)], now)
        travel.mark(site, FILLED)
    say(f"the password of everybody is {PASSWORD}")
    for recruit in recruits:
        say(f"  {recruit.username:<14}{recruit.name}")


def _is_new(site: Site) -> bool:
    """Whether the database is to be filled; marks it. Raises RealCases."""
    with site.database.reading() as session:
        filled, marked = session.get(Mark, FILLED) is not None, travel.is_marked(session)
        holds_cases = session.scalar(select(ProcessInstance.id).limit(1)) is not None
    if holds_cases and not marked:
        raise RealCases
    if not marked:
        travel.mark(site, travel.DEMO)
    return not filled


def _recruits(table: Mapping[str, Any]) -> list[Recruit]:
    """The people of the demo, those of the same work numbered."""
    return [
        Recruit(
            f"{work}{number}", name, [f"{group}@{unit}" for group in row.get("groups", [work])], row.get("skills", ())
        )
        for work, row in table["people"].items()
        for number, (name, unit) in enumerate(row["names"].items(), start=1)
    ] + [Recruit(username, row["name"], [row["group"]]) for username, row in table["accounts"].items()]


def _play(site: Site, stories: list[Story], now: datetime) -> None:
    """Let the office live through the stories until `now`."""
    played = Office(site, Staff(site), Manner(office.habits()), SEED, min(story.received_at for story in stories))
    for story in stories:
        played.plan(story.received_at, partial(_start, site, played, story))
    played.play(now)


def _start(site: Site, played: Office, story: Story) -> str:
    submitted = commands.Submitted(values={f"complaint.{path}": value for path, value in story.values.items()})
    started = commands.start_instance(site, PROCESS, submitted, actor=CONSUMER, now=story.received_at, key=story.key)
    instance_id = str(started["instance_id"])
    played.manners[instance_id] = story.manner
    for at, by, kind, text in story.talk:
        message = Message(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{story.key}:{at}")), by, kind, text, (), at)
        played.plan(at, partial(_say, site, instance_id, message))
    return instance_id


def _say(site: Site, instance_id: str, message: Message) -> str:
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        messages.write_message(session, instance_id, message)
    return instance_id


def _story(number: int, row: Mapping[str, Any], now: datetime) -> Story:
    received_at = _received(row["days"], number, now)
    values = {path: value for path, value in row["values"].items() if value is not None}
    values["received_at"] = received_at
    if values.get("event_on"):
        values["event_on"] = received_at.astimezone(clock.zone()).date()
    if minutes := row.get("due_in_minutes"):
        # twenty seconds more, because filling takes some itself
        values["regulator.handover_at"] = received_at
        values["regulator.reply_due_at"] = now + timedelta(minutes=minutes, seconds=20)
    habits = office.habits().over(row.get("answers", {}))
    letters = {name: _letter(row.get("letters", {}).get(name)) for name in habits.messages}
    habits = replace(habits, messages=letters, pace=replace(PACE, late_share=row.get("late", 0)))
    talk = tuple(
        (received_at + timedelta(hours=line["after"]), line["by"], line["kind"], line["text"])
        for line in row.get("talk", [])
    )
    manner = Manner(habits, frozenset(row.get("holds", [])), luck=f"demo {number}")
    return Story(number, received_at, values, manner, talk)


def _letter(hours: float | None) -> Letter:
    """A message that comes after `hours`, or never."""
    return Letter("consumer", 0 if hours is None else 1, (hours or 0, hours or 0), {})


def _received(days: int, number: int, now: datetime) -> datetime:
    """A moment in the morning `days` working days ago; today, an hour ago."""
    if not days:
        return now - timedelta(hours=1)
    day = calendar_of(home()).add_working_days(now.astimezone(clock.zone()).date(), -days)
    minutes = random.Random(number).randrange(90)  # noqa: S311 - a game
    return datetime.combine(day, time(9), clock.zone()) + timedelta(minutes=minutes)
