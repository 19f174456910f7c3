"""The due dates of somebody's open tasks for a calendar program (iCalendar, RFC 5545), under a secret address."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, Response, url_for
from flask_babel import force_locale, gettext

from engine import clock
from engine.queries.feeds import DueDate, due_dates, reader_of
from webforms.guards import public, who
from webforms.language import DEFAULT, LANGUAGES
from webforms.login import limiter
from webforms.store import db

pages = Blueprint("calendar", __name__)

#: Octets of one line (RFC 5545, 3.1).
LINE = 75


@pages.get("/calendar/<token>.ics")
@who(public)
@limiter.limit("30 per minute")
def feed(token: str) -> Response:
    """The calendar: number, step and link of each task, nothing of what the case holds. 404 for a wrong secret."""
    person_id, chosen = reader_of(db.session(), token)
    language = chosen if chosen in LANGUAGES else DEFAULT
    with force_locale(language):
        text = calendar(due_dates(db.session(), person_id, language), clock.now(), gettext("Redress: due dates"))
    return Response(text, mimetype="text/calendar")


def calendar(dates: tuple[DueDate, ...], now: datetime, name: str) -> str:
    """The text of the calendar `name`, one event for each due date."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Redress//Due dates//EN", f"X-WR-CALNAME:{escaped(name)}"]
    for each in dates:
        lines += _event(each, now)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in fold(line))


def _event(each: DueDate, now: datetime) -> list[str]:
    link = url_for("tasks.show", task_id=each.task_id, _external=True)
    return [
        "BEGIN:VEVENT",
        f"UID:{each.task_id}@redress",
        f"DTSTAMP:{_moment(now)}",
        f"CREATED:{_moment(each.created_at)}",
        f"DTSTART:{_moment(each.due_at)}",
        f"SUMMARY:{escaped(f'{each.step} · {each.business_key}')}",
        f"URL:{link}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """`text` as a value (RFC 5545, 3.3.11): without line ends and other control characters."""
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, instead)
    return "".join(sign for sign in text if sign.isprintable())


def fold(line: str) -> Iterator[str]:
    """`line` in parts of at most 75 octets, each but the first begun with a blank; no character is cut in two."""
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > LINE:
            yield part
            part, octets = " ", 1
        part += sign
        octets += size
    yield part


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
