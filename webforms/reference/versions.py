"""One version: what it changes, what that means for a case, and the second person's decision."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands
from engine.errors import InvalidTable, RedressError
from engine.queries.reference import Effect, changes_of, effects_of, table_version
from engine.reference import Table
from webforms.differences import Segment, segments
from webforms.fields import explained
from webforms.guards import current_actor, who
from webforms.language import current_language
from webforms.reference.parts import current, flaws_of, keeper, name_of, pages, table_of
from webforms.store import db, site

#: Texts longer than this are compared word by word.
LONG = 60


@dataclass(frozen=True)
class Meaning:
    """What a version means for the case that somebody chose."""

    case: str
    effects: tuple[Effect, ...]
    error: str = ""


@pages.get("/<name>/<int:number>")
@who(keeper)
def version(name: str, number: int) -> str:
    """What a version changes; of an open one also how to decide it."""
    return _version_page(table_of(name), number)


@pages.post("/<name>/<int:number>/confirm")
@who(keeper)
def confirm(name: str, number: int) -> Response | tuple[str, int]:
    """Puts a proposed version in force."""
    table = table_of(name)
    try:
        commands.confirm_version(site(), name, number, actor=current_actor(), now=clock.now())
    except RedressError as refusal:
        return _version_page(table, number, refusal), refusal.status
    flash(gettext("The change is in force."), "success")
    return redirect(url_for(".show", name=name))


@pages.post("/<name>/<int:number>/reject")
@who(keeper)
def reject(name: str, number: int) -> Response | tuple[str, int]:
    """Declines a proposed version, or withdraws one's own."""
    table, reason = table_of(name), request.form.get("reason", "")
    try:
        commands.reject_version(site(), name, number, reason, actor=current_actor(), now=clock.now())
    except RedressError as refusal:
        return _version_page(table, number, refusal), refusal.status
    flash(gettext("The change is off. The rows in force stay as they are."), "success")
    return redirect(url_for(".show", name=name))


def _version_page(table: Table, number: int, refusal: RedressError | None = None) -> str:
    session = db.session()
    found = table_version(session, table.name, number)
    return render_template(
        "reference/version.html",
        table=table,
        version=found,
        is_in_force=current(table)[0] == number,
        changes=changes_of(session, table, found),
        is_own=found.proposed_by_id == current_actor().id,
        meaning=_meaning(table, number, found.base),
        flaws=flaws_of(table, refusal),
        error="" if refusal is None or isinstance(refusal, InvalidTable) else explained(refusal),
        reason=request.form.get("reason", ""),
        name_of=name_of,
        compared=_compared,
        language=current_language(),
    )


def _meaning(table: Table, number: int, base: int) -> Meaning | None:
    case = request.args.get("case", "").strip()[:100]
    if not case or table.effects is None:
        return None
    try:
        effects = effects_of(
            db.session(), site(), table, base, number, case, actor=current_actor(), language=current_language()
        )
    except RedressError as refusal:
        return Meaning(case, (), explained(refusal))
    return Meaning(case, effects)


def _compared(old: str, new: str) -> list[Segment]:
    """The two texts as one: word by word where they are long, else one after the other."""
    if max(len(old), len(new)) > LONG:
        return segments(old, new)
    return [*([Segment("deleted", old)] if old else []), *([Segment("inserted", new)] if new else [])]
