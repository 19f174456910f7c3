"""Going through the tasks of a list one after the other: its filter travels in the address of each task's page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from engine import clock, queries
from engine.errors import RedressError
from engine.queries import BOXES, TaskFilter
from engine.queries.tasks import MOST_WALKED
from webforms.guards import current_actor
from webforms.store import db, site

#: The part of an address that is always there when a task was opened from a list.
BOX = "box"


@dataclass(frozen=True)
class Walk:
    """The list that a task was opened from. `ids` are its tasks, in order, as they are now."""

    wanted: TaskFilter
    ids: tuple[str, ...]

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        return query_of(self.wanted)

    @property
    def list_address(self) -> str:
        """The address of the list."""
        return address_of(self.wanted)

    @property
    def total(self) -> str:
        """How many tasks the list holds."""
        return f"{len(self.ids)}+" if len(self.ids) >= MOST_WALKED else str(len(self.ids))

    def number(self, task_id: str) -> int:
        """Which task of the list it is, from 1; 0: none of them (any more)."""
        return self.ids.index(task_id) + 1 if task_id in self.ids else 0

    def before(self, task_id: str) -> str | None:
        """The id of the task before it."""
        number = self.number(task_id)
        return self.ids[number - 2] if number > 1 else None

    def after(self, task_id: str) -> str | None:
        """The id of the task after it; the first one where it is none of the list."""
        return next(iter(self.ids[self.number(task_id) :]), None)

    def address(self, task_id: str) -> str:
        """The address of a task's page, opened from this list."""
        return f"{url_for('tasks.show', task_id=task_id)}?{self.query}"


def filter_of(args: "MultiDict[str, str]") -> TaskFilter:
    """The filter that an address stands for."""
    return TaskFilter(
        args.get(BOX, BOXES[0]),
        args.get("q", "")[:100],
        args.get("where", ""),
        tuple(name for name in args.getlist("sort") if name),
        tuple(args.getlist("show")),
    )


def address_of(wanted: TaskFilter) -> str:
    """The address of the list that a filter gives."""
    return f"{url_for('tasks.index')}?{query_of(wanted)}"


def query_of(wanted: TaskFilter) -> str:
    """A filter as the query of an address."""
    pairs = [(BOX, wanted.box), ("q", wanted.text), ("where", wanted.where)]
    pairs += [("sort", name) for name in wanted.sort] + [("show", path) for path in wanted.columns]
    return urlencode([(name, value) for name, value in pairs if value])


def walk() -> Walk | None:
    """The list that the page asked for was opened from; None where its address names none that can be asked."""
    if BOX not in request.args:
        return None
    fields = queries.task_fields(site())
    wanted = filter_of(request.args).known(fields)
    try:
        ids = queries.task_ids(db.session(), current_actor(), clock.now(), wanted=wanted, fields=fields)
    except RedressError:
        return None
    return Walk(wanted, ids)


def here(task_id: str) -> str:
    """The address of a task's page, with the filter that the request came with."""
    address = url_for("tasks.show", task_id=task_id)
    return f"{address}?{query_of(_known())}" if BOX in request.args else address


def back() -> str:
    """The address of the list that the request came from; else that of all one's own."""
    return address_of(_known()) if BOX in request.args else url_for("tasks.index")


def following(task_id: str, before: Walk, after: Walk | None) -> str | None:
    """The task to go on with once `task_id` is done: the next of the list that is still in it, else its first."""
    left = after.ids if after is not None else ()
    rest = before.ids[before.number(task_id) :]
    return next((each for each in rest if each in left), next(iter(left), None))


def _known() -> TaskFilter:
    return filter_of(request.args).known(queries.task_fields(site()))
