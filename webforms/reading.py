"""How somebody wants to read the public pages: in large print, in simple words. A cookie keeps it, without a script."""

from dataclasses import dataclass

from flask import Blueprint, Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from webforms.guards import local_address, public, who

pages = Blueprint("reading", __name__)

COOKIE = "redress_reading"
LIFE = 365 * 24 * 3600  # seconds

LARGE, EASY = "large", "easy"
WAYS = (LARGE, EASY)


@dataclass(frozen=True)
class Reading:
    """What is switched on in this browser."""

    large: bool = False
    easy: bool = False


def reading() -> Reading:
    """How the page is to be shown; a switch pressed in this very request counts."""
    chosen = _chosen()
    return Reading(LARGE in chosen, EASY in chosen)


def switch(way: str) -> None:
    """Turn a way of reading on, or off; the answer of this request takes it to the browser."""
    if way in WAYS:
        g.reading = _chosen() ^ {way}


@pages.post("/reading")
@who(public)
def choose() -> Response:
    """Switch, and go back to where it was pressed."""
    switch(request.form.get("way", ""))
    return redirect(local_address(request.form.get("next", "")) or url_for("intake.index"))


def init_app(app: Flask) -> None:
    """Give templates `reading`, and answers the cookie."""
    app.context_processor(lambda: {"reading": reading()})
    app.after_request(_keep)


def _chosen() -> frozenset[str]:
    if "reading" in g:
        return frozenset(g.reading)
    return frozenset(request.cookies.get(COOKIE, "").split(".")) & frozenset(WAYS)


def _keep(answer: Response) -> Response:
    if "reading" in g:
        answer.set_cookie(
            COOKIE, ".".join(sorted(g.reading)), LIFE, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return answer
