"""The pages. `make_app` builds the Flask application of one installation."""

from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from engine import access, clock, queries
from engine.site import Site
from processes.complaint.workdays import year_without_calendar
from webforms import (
    beside,
    bulk,
    calendar_feed,
    call_me,
    channels,
    comments,
    decisions,
    desk,
    errors,
    fields,
    files,
    guide,
    headers,
    health,
    instances,
    intake,
    language,
    letters,
    links,
    login,
    me,
    notifications,
    operations,
    panels,
    partners,
    people,
    presence,
    reading,
    reference,
    remedies,
    search,
    start,
    static_files,
    store,
    studio,
    suggestions,
    topics,
    tracking,
)
from webforms.case import views as case
from webforms.complaint_beside import complaint_beside
from webforms.complaint_panel import complaint_panel
from webforms.guards import current_actor

#: One family of pages each.
FAMILIES = (
    login,
    language,
    bulk,
    decisions,
    beside,
    presence,
    start,
    desk,
    instances,
    case,
    comments,
    operations,
    files,
    health,
    guide,
    intake,
    call_me,
    channels,
    reading,
    tracking,
    letters,
    remedies,
    partners,
    studio,
    links,
    people,
    reference,
    notifications,
    me,
    calendar_feed,
    suggestions,
    search,
)

#: Bytes of one request: the files of a case and some more.
MOST_BYTES = 210 * 1024 * 1024
#: Bytes of the fields of one request, files apart; a model may come in a field.
MOST_FIELD_BYTES = 20 * 1024 * 1024
SESSION_LIFE = timedelta(hours=12)

csrf = CSRFProtect()


def make_app(site: Site, secret_key: str | bytes, folder: Path, *, secure: bool = True, version: str = "") -> Flask:
    """The application for `site`, with all pages.

    `folder`: where compiled catalogues may be written; `secure`: whether cookies travel over TLS only.
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="redress",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        PERMANENT_SESSION_LIFETIME=SESSION_LIFE,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FIELD_BYTES,
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
    )
    store.init_app(app, site)
    language.init_app(app, folder / "translations")
    register(app, store.db)
    app.jinja_env.globals["version"] = version
    return app


def register(app: Flask, db: SQLAlchemy) -> None:
    """Give `app` all pages, and what each of their templates needs."""
    app.jinja_env.globals["now"] = clock.now
    app.jinja_env.globals["most_counted"] = queries.MOST_COUNTED
    app.jinja_env.globals["assets_built"] = (Path(app.static_folder or "") / "dist/app.js").is_file()
    Bootstrap5(app)
    csrf.init_app(app)
    login.init_app(app)
    headers.init_app(app)
    static_files.init_app(app)
    errors.init_app(app)
    fields.init_app(app)
    reading.init_app(app)
    reference.init_app(app)
    topics.init_app(app)
    panels.panels["complaint"] = complaint_panel
    beside.besides["complaint"] = complaint_beside
    for family in FAMILIES:
        app.register_blueprint(family.pages)
    app.context_processor(lambda: _frame(db))


def _frame(db: SQLAlchemy) -> dict[str, object]:
    """What base.html shows on every page; asked once, for a page may be rendered from several templates."""
    if "frame" not in g:
        g.frame = _asked_frame(db)
    frame: dict[str, object] = g.frame
    return frame


def _asked_frame(db: SQLAlchemy) -> dict[str, object]:
    person = current_user if current_user.is_authenticated else None
    return {
        "current_language": language.current_language(),
        "languages": list(language.LANGUAGES.items()),
        "current_person": person,
        "nav": _nav(db) if person is not None else [],
        "unread": queries.unread_count(db.session(), current_actor()) if person is not None else 0,
        "year_without_calendar": _year_without_calendar() if person is not None else None,
    }


def _year_without_calendar() -> int | None:
    """The year whose working days are missing, for those who can do something about it."""
    actor = current_actor()
    if not (access.may_operate(actor) or access.may_deploy(actor)):
        return None
    return year_without_calendar(clock.now())


def _nav(db: SQLAlchemy) -> list[dict[str, object]]:
    actor = current_actor()
    counts = g.get("task_counts") or queries.task_counts(db.session(), actor, clock.now(), ("mine", "unassigned"))
    entries = [
        ("tasks.index", gettext("Tasks"), counts["mine"] + counts["unassigned"], True),
        ("board.show", gettext("Board"), 0, bool(actor.leads_on)),
        ("desk.index", gettext("Intake"), 0, actor.is_admin or not actor.groups.isdisjoint(desk.GROUPS)),
        ("start.index", gettext("Start"), 0, True),
        ("instances.index", gettext("Cases"), 0, True),
        ("studio.index", gettext("Models"), 0, access.may_deploy(actor)),
        ("reference.index", gettext("Tables"), 0, access.may_keep_tables(actor)),
    ]
    if access.may_operate(actor):
        entries.append(("operations.index", gettext("Operations"), queries.incident_count(db.session()), True))
        entries.append(("people.index", gettext("People"), 0, True))
    else:
        has_units = len(store.site().applications.organisation()) > 0
        entries.append(("people.organisation", gettext("Organisation"), 0, has_units))
        entries.append(("operations.audit", gettext("Audit"), 0, access.may_audit(actor)))
    here = (request.endpoint or "").split(".")[0]
    return [
        {"url": url_for(endpoint), "label": label, "count": count, "active": endpoint.split(".")[0] == here}
        for endpoint, label, count, shown in entries
        if shown and endpoint in current_app.view_functions
    ]
