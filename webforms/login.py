"""Logging in and out, and the front door."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from engine import clock, identity
from engine.commands import log_ins
from engine.errors import NotAllowed, NotFound
from engine.identity import Actor
from webforms import fields
from webforms.guards import current_actor, local_address, public, who
from webforms.store import db, site

#: Where people without an account begin.
PUBLIC_PAGE = "/complain"

pages = Blueprint("login", __name__)
#: Coarse and per process; the engine's own lock-out counts for all processes.
limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")


class LoggedIn(UserMixin):  # type: ignore[misc]
    """The person of a session."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def name(self) -> str:
        """The person's name."""
        return self.actor.name

    def get_id(self) -> str:
        """Person and session epoch: raising the epoch ends all sessions."""
        return f"{self.actor.id}:{self.actor.epoch}"


def init_app(app: Flask) -> None:
    """Let `app` know who is logged in."""
    manager = LoginManager(app)
    manager.user_loader(_person_of)
    limiter.init_app(app)


@pages.get("/")
@who(public)
def front() -> Response:
    """Staff go to their tasks, everybody else to the public page."""
    return redirect(url_for("tasks.index") if current_user.is_authenticated else PUBLIC_PAGE)


@pages.get("/login")
@who(public)
def log_in() -> str | Response:
    """Ask for user name and password."""
    then = local_address(request.args.get("next", ""))
    if current_user.is_authenticated:
        return redirect(then or url_for("tasks.index"))
    return render_template("login.html", then=then, username="", error="")


@pages.post("/login")
@who(public)
@limiter.limit("30 per minute")
def check() -> Response | tuple[str, int]:
    """Check them; a wrong name and a wrong password look the same."""
    then = local_address(request.form.get("next", ""))
    username, password = request.form.get("username", ""), request.form.get("password", "")
    try:
        actor = log_ins.log_in(site(), username, password, request.remote_addr or "", clock.now())
    except NotAllowed as error:
        status = error.status if error.status != NotAllowed.status else 422
        return render_template("login.html", then=then, username=username, error=fields.explained(error)), status
    language = session.get("language") or actor.language
    session.clear()
    if language:
        session["language"] = language
    login_user(LoggedIn(actor))
    return redirect(then or url_for("tasks.index"))


@pages.post("/logout")
@who(public)
def log_out() -> Response:
    """End the session of this browser."""
    if current_user.is_authenticated:
        log_ins.log_out(site(), actor=current_actor(), now=clock.now())
    logout_user()
    flash(gettext("You are logged out."), "success")
    return redirect(url_for("login.log_in"))


def _person_of(session_id: str) -> LoggedIn | None:
    person_id, _, epoch = session_id.partition(":")
    if not (person_id.isdecimal() and epoch.isdecimal()):
        return None
    try:
        return LoggedIn(identity.actor(db.session(), int(person_id), int(epoch)))
    except NotFound:
        return None
