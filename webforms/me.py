"""My page: when one is away, how one is told, the calendar's address, the password; and what leads are asked for."""

from datetime import date, datetime, time, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_login import login_user
from werkzeug.wrappers import Response

from engine import clock, commands, queries
from engine.commands import Leave
from engine.errors import Conflict, InvalidInput, NotAllowed
from engine.notifications import KINDS, WAYS
from engine.queries.feeds import feed_since
from engine.queries.people import person_row
from engine.queries.suggestions import own_suggestions
from engine.queries.wishes import own_wishes, resting_until, wishes_for
from webforms import fields
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.login import LoggedIn
from webforms.people import unit_name
from webforms.store import db, site

Page = Response | tuple[str, int]

pages = Blueprint("me", __name__)

#: What people choose for, and the ways, in words.
KIND_NAMES = {
    "assigned": lazy_gettext("A task was given to me"),
    "handed": lazy_gettext("Somebody asks me to take over a task"),
    "answered": lazy_gettext("A task I handed over was accepted or declined, or one of mine was taken away"),
    "mentioned": lazy_gettext("Somebody mentioned me in a comment"),
    "commented": lazy_gettext("A new comment on a case I follow"),
    "due_soon": lazy_gettext("A task of mine is due within a day"),
    "overdue": lazy_gettext("A task of mine is overdue"),
    "wish": lazy_gettext("Somebody I lead asks for my support"),
}
WAY_NAMES = {
    "page": lazy_gettext("Page only"),
    "mail": lazy_gettext("Page, and mail at once"),
    "digest": lazy_gettext("Page, and daily mail"),
    "nothing": lazy_gettext("Not at all"),
}
#: Length of a break in minutes; 0: for the rest of the day.
BREAKS = (30, 60, 0)


@pages.get("/me")
@who(staff)
def show() -> str:
    """My page."""
    return _page()


@pages.post("/me/absences")
@who(staff)
def absent() -> Page:
    """Record that one will be away, and who stands in."""
    try:
        leave = Leave(
            current_actor().username,
            _day("from_on"),
            _day("to_on"),
            request.form.get("delegate", "").strip(),
            request.form.get("reason", ""),
        )
        commands.record_absence(site(), leave, actor=current_actor(), now=clock.now())
    except InvalidInput as error:
        return _page(absence_error=fields.explained(error)), 422
    return _done(gettext("Your absence was recorded."), "absence")


@pages.post("/me/absences/<int:absence_id>/end")
@who(staff)
def back(absence_id: int) -> Response:
    """One is back, or does not go."""
    commands.end_absence(site(), absence_id, actor=current_actor(), now=clock.now())
    return _done(gettext("The absence was ended."), "absence")


@pages.post("/me/break")
@who(staff)
def rest() -> Page:
    """Take a break: nothing is given to one by itself meanwhile, and one's leads read of it."""
    now, minutes = clock.now(), request.form.get("minutes", type=int)
    if minutes not in BREAKS:
        return _page(break_error=gettext("Choose how long the break is.")), 422
    until = now + timedelta(minutes=minutes) if minutes else _end_of_day(now)
    told = commands.take_break(site(), until, actor=current_actor(), now=now)
    nobody = gettext("Nobody leads your groups, so nobody was told.")
    return _done(gettext("Take your break.") + ("" if told else f" {nobody}"), "break")


@pages.post("/me/break/end")
@who(staff)
def rested() -> Response:
    """The break is over."""
    commands.end_break(site(), actor=current_actor())
    return _done(gettext("Welcome back: tasks are given to you again."), "break")


@pages.post("/me/wishes/<int:wish_id>/seen")
@who(staff)
def seen(wish_id: int) -> Response:
    """Tell somebody that their lead has seen what they asked for."""
    commands.see_wish(site(), wish_id, actor=current_actor(), now=clock.now())
    return _done(gettext("Marked as seen; your colleague can read that."), "wishes")


@pages.post("/tasks/<task_id>/relief")
@who(staff)
def relief(task_id: str) -> Response:
    """Ask the leads to take a task away."""
    try:
        commands.ask_relief(site(), task_id, request.form.get("reason", ""), actor=current_actor(), now=clock.now())
        flash(gettext("Your lead was told. Until somebody takes the task over, it stays with you."), "success")
    except (InvalidInput, Conflict, NotAllowed) as error:
        flash(fields.explained(error), "error")
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.post("/me/notifications")
@who(staff)
def choose() -> Page:
    """How one wants to be told."""
    ways = {kind: request.form[kind] for kind in KINDS if kind in request.form}
    commands.choose_notifications(site(), ways, actor=current_actor())
    return _done(gettext("Your choice was saved."), "notifications")


@pages.post("/me/calendar")
@who(staff)
def renew() -> Page:
    """Make a calendar address, shown in this answer only."""
    token = commands.renew_feed(site(), actor=current_actor(), now=clock.now())
    return _page(feed=url_for("calendar.feed", token=token, _external=True)), 200


@pages.post("/me/calendar/end")
@who(staff)
def end_feed() -> Response:
    """Turn the calendar address off."""
    commands.end_feed(site(), actor=current_actor())
    return _done(gettext("The calendar address leads nowhere now."), "calendar")


@pages.post("/me/password")
@who(staff)
def password() -> Page:
    """Change the password; the old one is asked."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    try:
        actor = commands.change_password(site(), old, _twice(new, again), actor=current_actor(), now=clock.now())
    except (InvalidInput, NotAllowed) as error:
        return _page(password_error=fields.explained(error)), 422 if isinstance(error, InvalidInput) else error.status
    login_user(LoggedIn(actor))
    return _done(gettext("Your password was changed. You are logged out everywhere else."), "password")


def _page(**more: str) -> str:
    """The page; `more`: what was refused in a section, or a new calendar address."""
    session, language, now, actor = db.session(), current_language(), clock.now(), current_actor()
    return render_template(
        "me.html",
        person=person_row(session, actor.id or 0, language, now),
        today=now.astimezone(clock.zone()).date(),
        unit_name=unit_name,
        resting_until=resting_until(session, actor, now),
        breaks=BREAKS,
        wishes=wishes_for(session, site(), actor, language),
        own_wishes=own_wishes(session, site(), actor, language),
        is_lead=bool(actor.leads_on),
        ways=queries.chosen_ways(session, actor),
        kinds=[kind for kind in KINDS if kind != "wish" or actor.leads_on],
        kind_names=KIND_NAMES,
        way_names={way: WAY_NAMES[way] for way in WAYS},
        feed_since=feed_since(session, actor),
        suggestions=own_suggestions(session, site(), actor, language),
        **more,
    )


def _twice(text: str, again: str) -> str:
    if text != again:
        raise InvalidInput("The new password was typed in two ways; type it again.")
    return text


def _done(text: str, section: str) -> Response:
    flash(text, "success")
    return redirect(url_for("me.show", _anchor=section))


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        raise InvalidInput(why="give the first and the last day of the absence") from None


def _end_of_day(now: datetime) -> datetime:
    today = now.astimezone(clock.zone()).date()
    return datetime.combine(today + timedelta(days=1), time(), clock.zone())
