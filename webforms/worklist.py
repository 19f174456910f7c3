"""The task list: box, search, condition, order and columns stand in its address; filters that people keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import parse_qs

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from engine import clock, commands, queries
from engine.applications import CaseField, FieldKind
from engine.errors import InvalidInput, RedressError
from engine.queries import TaskFilter
from engine.queries.composing import MOST, SIGNS, Line, Lines, composed, taken_apart
from webforms import fields as texts
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import pages
from webforms.walking import address_of, filter_of, query_of

#: What a button of the form asks for besides applying it.
ADD, REMOVE = "add", "remove-"


@dataclass(frozen=True)
class Composer:
    """The form that puts a condition together; `by_hand`: the condition says more than lines can."""

    lines: Lines
    error: str = ""
    by_hand: bool = False
    is_open: bool = False


@pages.get("")
@who(staff)
def index() -> Answer | tuple[str, int]:
    """Open tasks, as the address says; from the form for filters on to the address that it stands for."""
    if "act" not in request.args:
        return list_page({})
    known = queries.task_fields(site())
    wanted = filter_of(request.args).known(known)
    typed, act = _typed_lines(request.args), request.args["act"]
    if act == ADD or act.startswith(REMOVE):
        return _list(wanted, known, Composer(_changed(typed, act, known), is_open=True))
    try:
        where = composed(typed, known) if typed.lines else wanted.where
    except InvalidInput as error:
        return _list(wanted, known, Composer(typed, texts.explained(error), is_open=True))
    return redirect(address_of(TaskFilter(wanted.box, wanted.text, where, wanted.sort, wanted.columns)))


@pages.post("/filters")
@who(staff)
def keep_filter() -> Answer:
    """Keep a filter under a name, for oneself or for a group."""
    query, name = request.form.get("query", ""), request.form.get("name", "")
    wanted = filter_of(MultiDict(parse_qs(query))).known(queries.task_fields(site()))
    try:
        commands.keep_filter(
            site(), name, query_of(wanted), request.form.get("group", ""), actor=current_actor(), now=clock.now()
        )
        flash(gettext("The filter “%(name)s” was kept.", name=name.strip()), "success")
    except InvalidInput as error:
        flash(texts.explained(error), "error")
    return redirect(address_of(wanted))


@pages.post("/filters/<int:filter_id>/drop")
@who(staff)
def drop_filter(filter_id: int) -> Answer:
    """Forget one of one's own filters."""
    commands.drop_filter(site(), filter_id, actor=current_actor())
    flash(gettext("The filter was dropped."), "success")
    return redirect(url_for("tasks.index"))


def list_page(shown: Mapping[str, object]) -> tuple[str, int]:
    """The list of the address that was asked for; `shown`: what its template shows besides."""
    known = queries.task_fields(site())
    wanted = filter_of(request.args).known(known)
    lines = taken_apart(wanted.where, known)
    return _list(wanted, known, Composer(lines or Lines(), by_hand=lines is None), shown)


def _list(
    wanted: TaskFilter,
    known: Mapping[str, CaseField],
    composer: Composer,
    more: Mapping[str, object] = MappingProxyType({}),
) -> tuple[str, int]:
    session, actor, now, language = db.session(), current_actor(), clock.now(), current_language()
    groups = sorted(actor.groups)
    page, error = request.args.get("page", 1, type=int), composer.error
    g.task_counts = counts = queries.task_counts(session, actor, now)
    try:
        found = queries.task_list(session, actor, language, now, wanted=wanted, fields=known, page=page, counts=counts)
    except RedressError as refusal:
        found, error = None, texts.explained(refusal)
    shown = render_template(
        "tasks.html",
        found=found,
        forecasts=queries.forecasts(session, site(), now, [row.id for row in found.rows]) if found else {},
        error=error,
        counts=counts,
        wanted=wanted,
        address=address_of,
        query=query_of(wanted),
        composer=composer,
        known=known,
        columns=[(path, known[path]) for path in wanted.columns],
        kept=queries.kept_filters(session, actor),
        groups=list(zip(groups, queries.Labels(session, language).groups(groups), strict=True)),
        signs=SIGNS,
        kinds=FieldKind,
        language=language,
        teammates=queries.led_people(session, actor) if actor.is_admin or actor.leads_on else (),
        most_choices=queries.MOST_CHOICES,
        tomorrow=clock.today() + timedelta(days=1),
        **more,
    )
    return shown, 422 if error else 200


def _typed_lines(args: "MultiDict[str, str]") -> Lines:
    typed = zip(args.getlist("field"), args.getlist("sign"), args.getlist("value"), strict=False)
    return Lines(tuple(Line(*line) for line in typed), any=args.get("any") == "1")


def _changed(typed: Lines, act: str, known: Mapping[str, CaseField]) -> Lines:
    """The lines with one more, or one less."""
    lines = list(typed.lines)
    if act == ADD:
        path = request.args.get("new", "")
        if path in known and len(lines) < MOST:
            lines.append(Line(path, SIGNS[known[path].kind][0]))
    else:
        lines = [line for number, line in enumerate(lines) if act != f"{REMOVE}{number}"]
    return Lines(tuple(lines), typed.any)
