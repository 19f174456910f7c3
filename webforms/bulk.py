"""Several tasks of the list at once: taken, given back, given to somebody, put off; and put back as they were."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from flask import redirect, request
from werkzeug.wrappers import Response as Answer

from engine import clock, commands, queries
from engine.errors import InvalidInput, RedressError
from engine.queries import TaskRow
from webforms import fields as texts
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import day_of, pages
from webforms.walking import address_of, filter_of
from webforms.worklist import list_page

#: So many tasks at once, and no more.
MOST = 100


@dataclass(frozen=True)
class Mark:
    """A ticked row, as its box or the button for undoing sends it.

    `holder`: id of the person who had the task when the page was made, 0 for nobody; `before`: what undoing goes back
    to, a user name or a day, empty for none.
    """

    task_id: str
    holder: int
    before: str = ""

    @classmethod
    def of(cls, text: str) -> "Mark":
        """The mark that `text` stands for; what is no number counts as nobody."""
        task_id, holder, before = [*text.split(",", 2), "", ""][:3]
        return cls(task_id, int(holder) if holder.isdecimal() else 0, before)


@dataclass(frozen=True)
class Outcome:
    """What became of one task; `undo` is the mark that takes it back, `task` is None when it may not be seen."""

    task: TaskRow | None
    error: str = ""
    undo: str = ""


@dataclass(frozen=True)
class Done:
    """What was done, and what became of each task."""

    act: str
    outcomes: tuple[Outcome, ...] = ()
    #: why nothing was done at all
    error: str = ""

    @property
    def good(self) -> tuple[Outcome, ...]:
        """Where it was done."""
        return tuple(each for each in self.outcomes if not each.error)

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Where it was not."""
        return tuple(each for each in self.outcomes if each.error)

    @property
    def undo_act(self) -> str:
        """What takes it back; undoing itself is not undone."""
        return UNDONE_BY.get(self.act, "")


#: What undoes what.
UNDONE_BY: Mapping[str, str] = MappingProxyType(
    {"claim": "restore", "release": "restore", "assign": "restore", "postpone": "resume", "wake": "resume"}
)


@pages.get("/bulk")
@who(staff)
def listed() -> Answer:
    """The list itself, for those who ask for this address again."""
    return redirect(address_of(filter_of(request.args).known(queries.task_fields(site()))))


@pages.post("/bulk")
@who(staff)
def bulk() -> tuple[str, int]:
    """Do one thing with every ticked task, each in a transaction of its own; what failed tells why."""
    marks = [Mark.of(text) for text in dict.fromkeys(request.form.getlist("task"))]
    act = request.form.get("act", "")
    try:
        done = _each(act, marks)
    except InvalidInput as error:
        done = Done(act, error=texts.explained(error))
    ticked = {mark.task_id for mark in marks} if done.error else set()
    shown, status = list_page({"done": done, "ticked": ticked})
    return shown, 422 if done.error else status


def _each(act: str, marks: list[Mark]) -> Done:
    acts = {
        "claim": _claim,
        "release": _release,
        "assign": _assign,
        "postpone": _postpone,
        "wake": _wake,
        "restore": restored,
        "resume": _resume,
    }
    if act not in acts:
        raise InvalidInput(why="choose what to do with the tasks")
    _check(act)
    return together(act, marks, acts[act])


def together(act: str, marks: Sequence[Mark], do: Callable[[Mark], str]) -> Done:
    """What became of each of the marked tasks: `do` gives what was before. Raises InvalidInput."""
    if not marks:
        raise InvalidInput(why="tick the tasks first")
    if len(marks) > MOST:
        raise InvalidInput(why="tick at most 100 tasks at once")
    results = {mark.task_id: _tried(do, mark) for mark in marks}
    rows = queries.rows_of(db.session(), list(results), current_actor(), current_language(), clock.now())
    found = {row.id: row for row in rows}
    return Done(act, tuple(_outcome(found.get(task_id), *result) for task_id, result in results.items()))


def _check(act: str) -> None:
    """Refuse at once what no task can be asked. Raises InvalidInput."""
    if act == "assign" and not request.form.get("username"):
        raise InvalidInput(why="choose who is to have the tasks")
    if act == "postpone" and day_of(request.form.get("until", "")) is None:
        raise InvalidInput(why="choose a day from tomorrow on, at most a year away")


def _tried(act: Callable[[Mark], str], mark: Mark) -> tuple[str, str]:
    """What was before, and why it was refused."""
    try:
        return act(mark), ""
    except RedressError as error:
        return "", texts.explained(error)


def _outcome(row: TaskRow | None, before: str, error: str) -> Outcome:
    return Outcome(row, error, f"{row.id},{row.assignee_id or 0},{before}" if row and not error else "")


# --- what can be done; each gives what was before -------------------------------------------------------------------


def _claim(mark: Mark) -> str:
    if mark.holder == current_actor().id:
        raise InvalidInput(why="you have this task already")
    commands.claim_task(site(), mark.task_id, actor=current_actor(), now=clock.now())
    return ""


def _release(mark: Mark) -> str:
    return commands.release_task(site(), mark.task_id, actor=current_actor(), now=clock.now(), holder=mark.holder)


def _assign(mark: Mark) -> str:
    return given(mark, request.form.get("username", ""), request.form.get("reason", ""))


def _postpone(mark: Mark) -> str:
    return _put_off(mark, request.form.get("until", ""))


def _wake(mark: Mark) -> str:
    return _put_off(mark, "")


def restored(mark: Mark) -> str:
    """Give the task back to the one who had it, or to nobody."""
    if not mark.before:
        return _release(mark)
    if mark.before == current_actor().username and not mark.holder:
        commands.claim_task(site(), mark.task_id, actor=current_actor(), now=clock.now())
        return ""
    return given(mark, mark.before, "")


def _resume(mark: Mark) -> str:
    return _put_off(mark, mark.before)


def given(mark: Mark, username: str, why: str) -> str:
    """Give the task to somebody; gives the user name of who had it."""
    return commands.assign_task(
        site(), mark.task_id, username, actor=current_actor(), now=clock.now(), why=why, holder=mark.holder
    )


def _put_off(mark: Mark, until: str) -> str:
    before: date | None = commands.postpone_task(
        site(), mark.task_id, day_of(until), actor=current_actor(), now=clock.now()
    )
    return before.isoformat() if before else ""
