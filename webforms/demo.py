"""The demo's own pages, registered in a demo only, which loopback alone serves: travel in time, and the mail sent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import format_datetime, gettext, ngettext
from werkzeug.wrappers import Response

from engine import clock, travel
from engine.errors import InvalidInput, NotFound
from engine.mail import FolderMail
from engine.site import Site
from processes.complaint import demo
from webforms.guards import local_address, public, who
from webforms.store import site

pages = Blueprint("demo", __name__, url_prefix="/demo")

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
DEADLINE = "deadline"
#: Time only goes forward: what is overdue is done a moment from now.
A_MOMENT = timedelta(seconds=2)

#: Messages of one page of the mailbox.
MOST = 200

#: How FolderMail names its files.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True)
class Mail:
    """One message of the mailbox."""

    name: str
    to: str
    subject: str
    at: datetime
    text: str


def init_app(app: Flask, to: Site) -> None:
    """Give `app` the demo's pages and bar, and what fills an empty database before serving."""
    app.register_blueprint(pages)
    fill: Callable[[Callable[[str], None]], None] = partial(demo.fill, to)
    app.extensions["redress.demo"] = fill
    app.before_request(_follow)
    app.context_processor(_bar)


@pages.post("/travel")
@who(public)
def travel_on() -> Response:
    """Move the clock on by an hour or a day, or to what is due next, and do what is due on the way."""
    step, soon = request.form.get("step", ""), clock.now() + A_MOMENT
    if step == DEADLINE:
        target = travel.next_in_cases(site())
    elif step in STEPS:
        target = clock.now() + STEPS[step]
    else:
        raise InvalidInput(why="the clock moves on by an hour, by a day, or to the next deadline")
    if target is None:
        flash(gettext("Nothing is due: no clock runs."), "info")
    else:
        done = travel.travel(site(), max(target, soon))
        what = ngettext("One timer fired on the way.", "%(num)d timers fired on the way.", done.timers)
        flash(gettext("It is now %(moment)s.", moment=format_datetime(clock.now(), "short")) + " " + what, "success")
    return redirect(local_address(request.form.get("next", "")) or url_for("login.front"), 303)


@pages.get("/mailbox")
@who(public)
def mailbox() -> str:
    """All mail that was sent, the newest first."""
    found = sorted(
        (_read(path) for path in _folder().glob("*.eml")), key=lambda mail: (mail.at, mail.name), reverse=True
    )
    return render_template("demo/mailbox.html", mails=found[:MOST], count=len(found))


@pages.get("/mailbox/<name>")
@who(public)
def mail(name: str) -> str:
    """One message."""
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    return render_template("demo/mail.html", mail=_read(path))


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Mail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=message["Date"].datetime,
        text=str(body.get_content()) if body is not None else "",
    )


def _folder() -> Path:
    port = site().ports.get("mail")
    if not isinstance(port, FolderMail):
        raise NotFound
    return port.folder


def _follow() -> None:
    """Every request stands where the database's clock stands."""
    travel.follow(site())


def _bar() -> dict[str, Any]:
    """What the bar on top of every page shows."""
    return {"demo_bar": {"now": clock.now(), "mailbox_url": url_for("demo.mailbox")}}
