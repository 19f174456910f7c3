"""The headers of every answer: a strict content security policy, and nothing personal left in caches."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from webforms.static_files import is_static

View = TypeVar("View", bound=Callable[..., Any])

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The editors set the place of what they draw in style attributes.
EDITOR_POLICY = POLICY + "; style-src-attr 'unsafe-inline'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def inline_styles(view: View) -> View:
    """Mark the view of an editor: its page may use style attributes."""
    view.inline_styles = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Send the headers with every answer of `app`."""
    app.after_request(_add)


def _add(answer: Response) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    policy = EDITOR_POLICY if getattr(view, "inline_styles", False) else POLICY
    for name, value in {"Content-Security-Policy": policy, **HEADERS}.items():
        answer.headers.setdefault(name, value)
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if not is_static(request.endpoint):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer
