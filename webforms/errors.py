"""Errors as pages, or as JSON where a program asks: what happened and what to do, never a trace."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from engine import clock
from engine.access import CaseElsewhere
from engine.commands.disclosures import refuse_case
from engine.errors import InvalidForm, RedressError
from webforms import fields
from webforms.guards import View, current_actor
from webforms.store import site

log = logging.getLogger(__name__)

#: Status → title and text of its page. Errors of the engine bring their own text.
TEXTS = {
    400: (lazy_gettext("This did not work"), lazy_gettext("The request could not be understood.")),
    401: (lazy_gettext("Please log in"), lazy_gettext("You were logged out. Log in and try again.")),
    403: (lazy_gettext("Not allowed"), lazy_gettext("You may not do this.")),
    404: (lazy_gettext("Not found"), lazy_gettext("There is nothing here, or you may not see it.")),
    405: (lazy_gettext("Not possible here"), lazy_gettext("This address cannot be used in this way.")),
    409: (lazy_gettext("Somebody was faster"), lazy_gettext("This changed in the meantime.")),
    410: (lazy_gettext("Erased"), lazy_gettext("The personal data of this case was erased.")),
    413: (
        lazy_gettext("Too large"),
        lazy_gettext("What you sent is too large. Send fewer or smaller files; nothing was saved."),
    ),
    422: (lazy_gettext("This cannot be accepted"), lazy_gettext("Some fields need another look.")),
    429: (lazy_gettext("Too many attempts"), lazy_gettext("Please wait a few minutes, then try again.")),
    500: (
        lazy_gettext("Something went wrong"),
        lazy_gettext("This is our fault. It was noted; please try again later."),
    ),
    503: (lazy_gettext("Busy"), lazy_gettext("The system is busy at the moment. Please try again in a few seconds.")),
}


def init_app(app: Flask) -> None:
    """Show every error of `app` as a page."""
    app.register_error_handler(RedressError, _redress_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(HTTPException, _http_error)


def error_page(status: int, text: str = "", hint: str = "") -> Response:
    """The answer for `status`: JSON for programs, else a page; `text` replaces the general one."""
    title, general = TEXTS.get(status, TEXTS[500 if status >= 500 else 400])
    if wants_json():
        return make_response(jsonify(message=text or str(general), hint=hint), status)
    page = render_template("errors.html", status=status, title=title, text=text or general, hint=hint)
    return make_response(page, status)


def wants_json() -> bool:
    """Whether the caller is a program."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and request.accept_mimetypes[best] > request.accept_mimetypes["text/html"]


def _redress_error(error: RedressError) -> Response:
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", type(error).__name__, error.template)
        return error_page(error.status)
    if isinstance(error, CaseElsewhere):
        refuse_case(site(), error.instance_id, actor=current_actor(), now=clock.now())
    if isinstance(error, InvalidForm) and wants_json():
        return make_response(jsonify(message=fields.explained(error), errors=fields.errors_of(error.errors)), 422)
    return error_page(error.status, fields.explained(error))


def keep_typed(view: View, again: Callable[[], ResponseReturnValue]) -> None:
    """Let `again` answer what is sent to `view` after the end of the browser's session: what was typed is shown again.

    `again` may change nothing: who sends cannot be told from another site.
    """
    view.when_rested = again  # type: ignore[attr-defined]


def _csrf_error(_error: CSRFError) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    if again := getattr(view, "when_rested", None):
        return make_response(again())
    return error_page(
        400,
        gettext("This page was open too long, or you logged in again meanwhile."),
        gettext(
            "Go back with your browser: what you typed is still there. Copy it, reload the page, and send it again."
        ),
    )


def _database_error(error: OperationalError) -> Response:
    log.error("database: %s", type(error.orig).__name__)
    return error_page(503)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    answer = error_page(error.code or 500)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return answer
