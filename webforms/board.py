"""The board of a lead: the team's work and week, tasks to give out, and what waits for the lead's decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from engine import clock, queries
from engine.errors import InvalidInput
from engine.forecast import Forecast
from engine.queries import Board, BoardTask, Load, TaskRow
from webforms import bulk, fields
from webforms.bulk import Done, Mark
from webforms.guards import current_actor, lead, who
from webforms.language import current_language
from webforms.people import unit_name
from webforms.store import db, site

pages = Blueprint("board", __name__, url_prefix="/board")

#: Rows of tasks on one page, and decisions above them.
PER_PAGE, MOST_DECISIONS = 25, 20
#: Lists of tasks that are nobody's own.
ATTENTION, NOBODY = "", "nobody"


@dataclass(frozen=True)
class Line:
    """One task of the list: what it is, when it will be done, and who is best placed for it, if not who has it."""

    row: TaskRow
    forecast: Forecast
    best: Load | None


@pages.get("")
@who(lead)
def show() -> str:
    """The board; which tasks it lists stands in the address."""
    return _page({})


@pages.post("/tasks")
@who(lead)
def give() -> tuple[str, int]:
    """Give tasks to somebody, each in a transaction of its own, or put them back as they were."""
    try:
        done = _given()
    except InvalidInput as error:
        done = Done("assign", error=fields.explained(error))
    ticked = {Mark.of(text).task_id for text in request.form.getlist("task")} if done.error else set()
    return _page({"done": done, "ticked": ticked}), 422 if done.error else 200


def _given() -> Done:
    """What became of the ticked tasks; of one alone, where the button beside it was pressed."""
    form = request.form
    if form.get("act") == "restore":
        return bulk.together("restore", [Mark.of(text) for text in form.getlist("task")], bulk.restored)
    username, marks = form.get("username", ""), form.getlist("task")
    if "best" in form:
        username, _, mark = form["best"].partition(",")
        marks = [mark]
    if not username:
        raise InvalidInput(why="choose who is to have the tasks")
    do = partial(bulk.given, username=username, why=form.get("reason", ""))
    return bulk.together("assign", [Mark.of(text) for text in dict.fromkeys(marks)], do)


def _page(more: Mapping[str, object]) -> str:
    session, actor, now, language = db.session(), current_actor(), clock.now(), current_language()
    board = queries.board(session, site(), actor, now)
    chosen, page = request.args.get("who", ATTENTION), max(request.args.get("page", 1, type=int), 1)
    listed = board.of(chosen)
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    waiting = queries.waiting_decisions(session, actor, now)
    decisions = waiting[:MOST_DECISIONS]
    ids = [*dict.fromkeys([*(task.id for task in shown), *decisions])]
    rows = {row.id: row for row in queries.rows_of(session, ids, actor, language, now)}
    return render_template(
        "board/board.html",
        board=board,
        lines=_lines(board, shown, rows),
        listed=len(listed),
        page=page,
        pages=max(-(-len(listed) // PER_PAGE), 1),
        chosen=chosen,
        chosen_name=_name(board, chosen),
        decisions=[rows[task_id] for task_id in decisions if task_id in rows],
        waiting=len(waiting),
        most=max([1, *(day.tasks for load in (board.nobody, *board.loads) for day in load.days)]),
        unit_name=unit_name,
        bulk_url=_address("board.give", chosen, page),
        address=_address("board.show", chosen, page),
        teammates=[(load.username, load.name) for load in board.loads],
        today=clock.today(),
        **more,
    )


def _lines(board: Board, shown: Sequence[BoardTask], rows: Mapping[str, TaskRow]) -> list[Line]:
    return [Line(rows[task.id], task.forecast, _best(board, task)) for task in shown if task.id in rows]


def _best(board: Board, task: BoardTask) -> Load | None:
    """Who should have it instead: only somebody who has less to do than who has it."""
    best = board.best_placed(task.offers, but=task.holder)
    holder = next((load for load in board.loads if load.username == task.holder), None)
    if best is None or holder is None or holder.is_away:
        return best
    return best if task.needs_attention and best.weight < holder.weight else None


def _name(board: Board, chosen: str) -> str:
    if chosen in (ATTENTION, NOBODY):
        return str(gettext("Not taken") if chosen else gettext("Needs attention"))
    return next((load.name for load in board.loads if load.username == chosen), chosen)


def _address(endpoint: str, chosen: str, page: int) -> str:
    asked = [(name, value) for name, value in (("who", chosen), ("page", page if page > 1 else "")) if value]
    return url_for(endpoint) + (f"?{urlencode(asked)}" if asked else "")
