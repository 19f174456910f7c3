"""The demo: people for every role, complaints of our own writing in all five phases, and cases beside them.

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
from sqlalchemy import ColumnElement, select

from engine import clock, commands, identity, paces, travel
from engine.commands import Leave
from engine.errors import Conflict
from engine.identity import CONSUMER
from engine.models import Mark, Person, ProcessInstance, UserTask
from engine.site import Site
from processes.complaint import messages, office
from processes.complaint.links.commands import merge_case
from processes.complaint.messages import Message
from processes.complaint.office import Manner, Office, Recruit, Staff
from processes.complaint.office.habits import Letter, Pace
from processes.complaint.tables import PROCESS
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


A_MINUTE = timedelta(minutes=1)

#: Why a complaint of the demo is merged.
JOINED = "同一人、同一笔交易，前一件正在办理，合并处理。"


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
    #: number of the complaint that it is merged into; None where it stands alone
    joins: int | None = None

    @property
    def key(self) -> str:
        """Idempotency key of its start."""
        return f"demo:{self.number}"


@dataclass(frozen=True)
class Companion:
    """A case beside a complaint: a review, a warning, a rectification."""

    process: str
    #: group of whoever begins it
    by: str
    begins_at: datetime
    #: place of the complaint that it is about in the list; None where it is about none
    of: int | None
    #: path → value
    values: Mapping[str, Any]
    manner: Manner


def fill(site: Site, say: Callable[[str], None]) -> None:
    """Mark an empty database as a demo and fill it, once; tell who can log in. Raises RealCases."""
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    now, recruits = clock.now(), _recruits(table)
    if _is_new(site):
        say("filling the demo, which takes a minute")
        password_hash = identity.hash_password(PASSWORD)
        office.hire(site, now, recruits, password_hash=password_hash, domain=table["domain"])
        stories = [_story(number, row, now) for number, row in enumerate(table["complaints"], start=1)]
        companions = [_companion(number, row, now) for number, row in enumerate(table["companions"], start=1)]
        _play(site, stories, companions, now)
        _live(site, table["team"], now)
        travel.mark(site, FILLED)
    say(f"the password of everybody is {PASSWORD}")
    width = max(len(recruit.username) for recruit in recruits)
    for recruit in recruits:
        say(f"  {recruit.username:<{width}}  {recruit.name}")


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


def _play(site: Site, stories: list[Story], companions: list[Companion], now: datetime) -> None:
    """Let the office live through the stories, and the cases beside them, until `now`."""
    played = Office(site, Staff(site), Manner(office.habits()), SEED, min(story.received_at for story in stories))
    numbers: dict[int, str] = {}
    for story in stories:
        played.plan(story.received_at, partial(_start, site, played, numbers, story))
    for companion in companions:
        played.plan(companion.begins_at, partial(_begin, site, played, numbers, companion))
    played.play(now)


def _start(site: Site, played: Office, numbers: dict[int, str], story: Story) -> str:
    """Receive a complaint; its number goes into `numbers`."""
    submitted = commands.Submitted(values={f"complaint.{path}": value for path, value in story.values.items()})
    started = commands.start_instance(site, PROCESS, submitted, actor=CONSUMER, now=story.received_at, key=story.key)
    instance_id = str(started["instance_id"])
    played.manners[instance_id] = story.manner
    numbers[story.number] = str(started["business_key"])
    for at, by, kind, text in story.talk:
        message = Message(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{story.key}:{at}")), by, kind, text, (), at)
        played.plan(at, partial(_say, site, instance_id, message))
    if story.joins is not None:
        join = partial(_join, site, played, instance_id, numbers[story.joins])
        played.plan(story.received_at + A_MINUTE, join)
    return instance_id


def _join(site: Site, played: Office, instance_id: str, root: str) -> str:
    """An intake officer who sees both merges a complaint into the one with the number `root`."""
    with site.database.reading() as session:
        root_id = session.scalars(select(ProcessInstance.id).where(ProcessInstance.business_key == root)).one()
    officer = played.staff.anybody("intake", random.Random(root), sees=[instance_id, root_id])  # noqa: S311 - a game
    merge_case(site, instance_id, root, JOINED, actor=officer, now=played.now)
    return instance_id


def _live(site: Site, team: Mapping[str, Any], now: datetime) -> None:
    """What a lead looks at besides the work: who is away, who asks for relief, what was given back."""
    today = now.astimezone(clock.zone()).date()
    people = Staff(site)
    for row in team["absences"]:
        first, last = (today + timedelta(days=days) for days in row["days"])
        leave = Leave(row["who"], first, last, row["stands_in"], row["why"])
        commands.record_absence(site, leave, actor=people.named(row["who"]), now=now)
    for row in team["reliefs"]:
        held = _held(site, UserTask.assignee_id == people.named(row["who"]).id)
        for task_id, _ in held[:1]:
            commands.ask_relief(site, task_id, row["why"], actor=people.named(row["who"]), now=now)
    for task_id, username in _held(site, UserTask.element_id.in_(team["given_back"])):
        commands.release_task(site, task_id, actor=people.named(username), now=now)
    paces.measure(site, now)


def _held(site: Site, which: ColumnElement[bool]) -> list[tuple[str, str]]:
    """Id and holder's user name of open tasks that somebody has, the most urgent first."""
    query = (
        select(UserTask.id, Person.username)
        .join(Person, Person.id == UserTask.assignee_id)
        .where(UserTask.status == "open", which)
        .order_by(UserTask.due_at)
    )
    with site.database.reading() as session:
        return [(task_id, username) for task_id, username in session.execute(query)]


def _begin(site: Site, played: Office, numbers: Mapping[int, str], companion: Companion) -> str:
    values = {f"matter.{path}": value for path, value in companion.values.items()}
    if companion.of is not None:
        values["matter.complaint.number"] = numbers[companion.of]
    starter = played.staff.anybody(companion.by, random.Random(companion.process))  # noqa: S311 - a game
    started = commands.start_instance(
        site, companion.process, commands.Submitted(values=values), actor=starter, now=companion.begins_at
    )
    instance_id = str(started["instance_id"])
    played.manners[instance_id] = companion.manner
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
    wanted = row.get("letters", {})
    letters = {name: _letter(letter, wanted.get(name)) for name, letter in habits.messages.items()}
    habits = replace(habits, messages=letters, pace=replace(PACE, late_share=row.get("late", 0)))
    talk = tuple(
        (received_at + timedelta(hours=line["after"]), line["by"], line["kind"], line["text"])
        for line in row.get("talk", [])
    )
    manner = Manner(habits, frozenset(row.get("holds", [])), luck=f"demo {number}")
    return Story(number, received_at, values, manner, talk, row.get("joins"))


def _companion(number: int, row: Mapping[str, Any], now: datetime) -> Companion:
    begins_at = _received(row["days"], -number, now)
    today = begins_at.astimezone(clock.zone()).date()
    values = {path: today if value == "today" else value for path, value in row["values"].items()}
    habits = replace(office.habits().over(row.get("answers", {})), pace=PACE)
    manner = Manner(habits, frozenset(row.get("holds", [])), luck=f"demo companion {number}")
    return Companion(row["process"], row["by"], begins_at, row.get("of"), values, manner)


def _letter(usual: Letter, hours: float | None) -> Letter:
    """The message, coming after `hours`, or never."""
    return Letter(usual.by, 0 if hours is None else 1, (hours or 0, hours or 0), {})


def _received(days: int, number: int, now: datetime) -> datetime:
    """A moment in the morning `days` working days ago; today, an hour ago."""
    if not days:
        return now - timedelta(hours=1)
    day = calendar_of(home()).add_working_days(now.astimezone(clock.zone()).date(), -days)
    minutes = random.Random(number).randrange(90)  # noqa: S311 - a game
    return datetime.combine(day, time(9), clock.zone()) + timedelta(minutes=minutes)
