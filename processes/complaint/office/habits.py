"""How a simulated office works, read from `data/office.yaml`: how forms are answered, how long it takes, who writes."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engine import clock
from processes.complaint.tenant import home
from processes.complaint.workdays import calendar_of

TABLE = Path(__file__).parent.parent / "data" / "office.yaml"


@dataclass(frozen=True)
class Letter:
    """A message that somebody may send to a case that waits for it."""

    #: `consumer`, or the group of the one who sends it
    by: str
    #: how likely it comes, 0 to 1
    share: float
    #: hours until then: least and most
    after: tuple[float, float]
    #: name → value, or weights of values
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Pace:
    """How long people take for a task."""

    #: least and most share of the time to its due moment, when they are in time and when they are not
    early: tuple[float, float]
    late: tuple[float, float]
    #: how often they are late, 0 to 1
    late_share: float
    #: hours for a task without due moment
    without_due: tuple[float, float]
    #: the hours of the day in which they work
    hours: tuple[int, int]

    def done_at(self, opened_at: datetime, due_at: datetime | None, dice: random.Random) -> datetime:
        """When somebody completes a task that was opened at `opened_at`: in working time, not before it was opened."""
        if due_at is None or due_at <= opened_at:
            taken = timedelta(hours=dice.uniform(*self.without_due))
        else:
            share = dice.uniform(*(self.late if dice.random() < self.late_share else self.early))
            taken = (due_at - opened_at) * share
        return self._in_working_time(opened_at + taken, dice)

    def _in_working_time(self, moment: datetime, dice: random.Random) -> datetime:
        local = moment.astimezone(clock.zone())
        day, (opens, closes) = local.date(), self.hours
        if local.hour >= closes:
            day += timedelta(days=1)
        elif local.hour >= opens and calendar_of(home()).is_working(day):
            return moment
        while not calendar_of(home()).is_working(day):
            day += timedelta(days=1)
        return datetime.combine(day, time(opens), clock.zone()) + timedelta(minutes=dice.randrange(90))


@dataclass(frozen=True)
class Habits:
    """What `data/office.yaml` says.

    `answers`: key of a form's field → preference; a row's field is named `<list>.<field>`. A preference is a mapping of
    values to weights, `all`, `none`, `now`, `{days: [least, most]}`, `{numbers: [least, most]}` (with `in`, a text in
    which the number stands for `{}`), `{read: <path>}`, `{since: <path>}` (some moment since then), or
    `{zh: [texts], en: [texts]}`; `share` in a mapping says how often an optional field is answered at all. A list of
    rows has `{rows: {number: weight}}`, or `{each: <path>}` for as many as stand in that list; `{item: <path>}` in one
    of its fields is the entry of the same place.
    """

    answers: Mapping[str, Any]
    messages: Mapping[str, Letter]
    pace: Pace
    #: words for texts that have no preference: language → sentences
    phrases: Mapping[str, Sequence[str]]
    #: `answers` of people who would rather not
    unwilling: Mapping[str, Any] = field(default_factory=dict)

    def over(self, answers: Mapping[str, Any], late_share: float | None = None) -> "Habits":
        """These habits with other `answers` to some fields, and another share of late work."""
        pace = self.pace if late_share is None else replace(self.pace, late_share=late_share)
        return replace(self, answers={**self.answers, **answers}, pace=pace)

    def reluctant(self, late_share: float) -> "Habits":
        """The habits of people who do that share of their work late, and refuse and send back more than others."""
        return self.over(self.unwilling, late_share)


@cache
def habits(path: Path = TABLE) -> Habits:
    """The habits in the table."""
    table = yaml.safe_load(path.read_text("utf-8"))
    pace: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table["pace"].items()
    }
    messages = {
        name: Letter(row.get("by", "consumer"), row["share"], tuple(row["after"]), row.get("payload", {}))
        for name, row in table["messages"].items()
    }
    return Habits(table["answers"], messages, Pace(**pace), table["phrases"], table["unwilling"])


def weighted(weights: Mapping[Any, float], dice: random.Random) -> Any:
    """One of the keys of `weights`, the heavier the likelier."""
    return dice.choices(list(weights), list(weights.values()))[0]
