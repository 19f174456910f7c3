"""Who works here: what people hold on which unit, what they know, when they are away; and the tree of units."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands
from engine.commands import Leave
from engine.errors import InvalidInput, NotFound
from engine.organisation import Organisation
from engine.queries.people import group_names, people, person_row, unit_rows
from processes.complaint.reference_tables.offices import ORGANISATION
from webforms import fields
from webforms.guards import admin, current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site

Page = Response | tuple[str, int]

pages = Blueprint("people", __name__)


@pages.get("/people")
@who(admin)
def index() -> str:
    """Everybody; search and page stand in the address."""
    text, now = request.args.get("q", "")[:100], clock.now()
    found = people(db.session(), current_language(), now, text=text, page=request.args.get("page", 1, type=int))
    today = now.astimezone(clock.zone()).date()
    return render_template("people/index.html", found=found, text=text, today=today, unit_name=unit_name)


@pages.get("/people/<int:person_id>")
@who(admin)
def show(person_id: int) -> str:
    """One person, and all that can be changed."""
    return _page(person_id)


def _page(person_id: int) -> str:
    """The page of a person; after a refusal with what was typed."""
    session, language, now = db.session(), current_language(), clock.now()
    return render_template(
        "people/person.html",
        person=person_row(session, person_id, language, now),
        today=now.astimezone(clock.zone()).date(),
        groups=group_names(session, language),
        units=list(site().applications.organisation()),
        unit_name=unit_name,
        language=language,
    )


@pages.post("/people/<int:person_id>/grants")
@who(admin)
def grant(person_id: int) -> Page:
    """Let the person be in a group, on a unit or everywhere."""
    group, unit = request.form.get("group", ""), request.form.get("unit", "")
    return _changed(
        person_id,
        lambda username: commands.grant_group(site(), username, group, unit, actor=current_actor(), now=clock.now()),
    )


@pages.post("/people/<int:person_id>/grants/revoke")
@who(admin)
def revoke(person_id: int) -> Page:
    """Take a group away."""
    group, unit = request.form.get("group", ""), request.form.get("unit", "")
    return _changed(
        person_id,
        lambda username: commands.revoke_group(site(), username, group, unit, actor=current_actor(), now=clock.now()),
    )


@pages.post("/people/<int:person_id>/skills")
@who(admin)
def skills(person_id: int) -> Page:
    """What the person knows: codes separated by blanks."""
    codes = request.form.get("skills", "").split()
    return _changed(
        person_id,
        lambda username: commands.set_skills(site(), username, codes, actor=current_actor(), now=clock.now()),
    )


@pages.post("/people/<int:person_id>/absences")
@who(admin)
def absent(person_id: int) -> Page:
    """Record that the person will be away."""

    def record(username: str) -> None:
        leave = Leave(
            username,
            _day("from_on"),
            _day("to_on"),
            request.form.get("delegate", "").strip(),
            request.form.get("reason", ""),
        )
        commands.record_absence(site(), leave, actor=current_actor(), now=clock.now())

    return _changed(person_id, record)


@pages.post("/people/<int:person_id>/absences/<int:absence_id>/end")
@who(admin)
def back(person_id: int, absence_id: int) -> Page:
    """The person is back."""
    return _changed(
        person_id,
        lambda _username: commands.end_absence(site(), absence_id, actor=current_actor(), now=clock.now()),
    )


@pages.get("/organisation")
@who(staff)
def organisation() -> str:
    """The units, each below the one it stands under."""
    found = unit_rows(db.session(), site().applications.organisation())
    return render_template(
        "people/organisation.html",
        rows=found,
        kind=ORGANISATION.by_name["kind"].shown,
        unit_name=unit_name,
        language=current_language(),
    )


def _changed(person_id: int, change: Callable[[str], object]) -> Page:
    """Change something about a person, tell how it went, and show the person."""
    username = person_row(db.session(), person_id, current_language(), clock.now()).username
    try:
        change(username)
    except (InvalidInput, NotFound) as error:
        flash(fields.explained(error), "error")
        return _page(person_id), error.status
    flash(gettext("The change was saved and noted."), "success")
    return redirect(url_for("people.show", person_id=person_id))


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise InvalidInput(why="give the first and the last day of the absence") from None


def unit_name(key: str) -> str:
    """The unit's name; its key where it is no longer known, and what to say of “everywhere”."""
    tree: Organisation = site().applications.organisation()
    if not key:
        return str(gettext("everywhere"))
    return tree[key].name(current_language()) if key in tree else key
