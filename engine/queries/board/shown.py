"""What a board shows: loads, days, tasks, and who is best placed. Frozen values, and what they can tell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine import access
from engine.forecast import Forecast
from engine.models import Person
from engine.organisation import Organisation

#: What is shown where nobody has the task.
NOBODY = ""
#: Pairs of group and unit.
Offers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Day:
    """One day of the week: tasks due then, and how many of those will be late."""

    on: date
    tasks: int
    late: int


@dataclass(frozen=True)
class Away:
    """When somebody is away, and who stands in."""

    from_on: date
    to_on: date
    delegate: str


@dataclass(frozen=True)
class BoardTask:
    """An open task with its place in the work of the team. `offers`: groups and units, where nobody has it."""

    id: str
    holder: str
    priority: int
    due_at: datetime | None
    is_overdue: bool
    is_visible: bool
    offers: Offers
    forecast: Forecast

    @property
    def will_be_late(self) -> bool:
        """Whether it is in time still and will not be."""
        return not self.is_overdue and self.forecast.is_late

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should do something about it."""
        return self.is_overdue or self.will_be_late or not self.holder


@dataclass(frozen=True)
class Asked:
    """What somebody asks the reader for, who has not seen it: to take a task away, or a break."""

    kind: str
    task_id: str | None


@dataclass(frozen=True)
class Load:
    """What one person has, or nobody (`username` empty). `weight` counts urgent tasks more (`engine.assignment`)."""

    username: str = NOBODY
    name: str = ""
    unit: str = ""
    tasks: int = 0
    weight: int = 0
    overdue: int = 0
    late: int = 0
    days: tuple[Day, ...] = ()
    #: due after the week, or never
    later: int = 0
    away: Away | None = None
    is_away: bool = False
    resting_until: datetime | None = None


@dataclass(frozen=True)
class Board:
    """The loads by unit, nobody's first of all, and all open tasks in the order in which they are due."""

    nobody: Load
    units: tuple[tuple[str, tuple[Load, ...]], ...]
    tasks: tuple[BoardTask, ...]
    members: Mapping[str, "Member"] = field(default_factory=dict)
    wishes: Mapping[str, tuple["Asked", ...]] = field(default_factory=dict)

    @property
    def loads(self) -> tuple[Load, ...]:
        """Everybody's."""
        return tuple(load for _, loads in self.units for load in loads)

    def of(self, who: str) -> tuple[BoardTask, ...]:
        """The visible tasks of a person; of `nobody`; or, for no name, those that need attention."""
        chosen: Callable[[BoardTask], bool] = {
            "": lambda task: task.needs_attention,
            "nobody": lambda task: not task.holder,
        }.get(who, lambda task: task.holder == who)
        return tuple(task for task in self.tasks if task.is_visible and chosen(task))

    def best_placed(self, offers: Iterable[tuple[str, str]], but: str = "") -> Load | None:
        """Who has least to do of those who are there and hold one of `offers`, pairs of group and unit.

        The rules on who may not act in a case are asked when the task is given.
        """
        keys = [access.offer_key(group, unit) for group, unit in offers]
        there = (
            load for load in self.loads if not load.is_away and load.resting_until is None and load.username != but
        )
        fit = [load for load in there if any(self.members[load.username].holds(key) for key in keys)]
        return min(fit, key=lambda load: (load.weight, load.tasks, load.name), default=None)


@dataclass
class Member:
    """Somebody of the team, as read from the database."""

    person: Person
    organisation: Organisation
    grants: set[tuple[str, str]] = field(default_factory=set)
    absences: dict[int, Away] = field(default_factory=dict)

    def holds(self, key: str) -> bool:
        """Whether a task under this key is offered to the person."""
        group, unit = access.parts(key)
        above = {"", *self.organisation.path(unit)}
        return any(name == group and (not unit or on in above) for name, on in self.grants)

    def is_away(self, on: date) -> bool:
        """Whether the person is away that day."""
        return any(each.from_on <= on <= each.to_on for each in self.absences.values())

    @property
    def unit(self) -> str:
        """Where the person works; empty for everywhere."""
        return min((unit for _, unit in self.grants), default="")
