"""The two languages of the pages: which one a reader gets, and the catalogue compiled when the program starts."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from flask_babel import Babel
from flask_login import current_user
from werkzeug.wrappers import Response

from engine import clock, commands
from webforms.guards import current_actor, local_address, public, who
from webforms.store import site

LANGUAGES = {"zh": "中文", "en": "English"}
DEFAULT = "zh"
#: Dates that mean the same day to every reader.
FORMATS = {"datetime.short": "yyyy-MM-dd HH:mm", "datetime.medium": "yyyy-MM-dd HH:mm:ss", "date.short": "yyyy-MM-dd"}
CATALOGUES = Path(__file__).parent / "translations"

pages = Blueprint("language", __name__)


def current_language() -> str:
    """`zh` or `en`: chosen in this browser, else by the person, else as the browser prefers."""
    chosen = session.get("language") or (current_user.actor.language if current_user.is_authenticated else "")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT


@pages.post("/language")
@who(public)
def choose() -> Response:
    """Switch the language, and remember it for the person who is logged in."""
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        if current_user.is_authenticated:
            commands.set_language(site(), language, actor=current_actor())
    return redirect(_shown(request.form.get("next", "")) or url_for("login.front"))


def _shown(address: str) -> str:
    """A local address that can be looked at: that of an answer to a form may not be, then it is the page above."""
    address = local_address(address)
    path, _, query = address.partition("?")
    adapter = current_app.create_url_adapter(request)
    while path and adapter is not None and not adapter.test(path, "GET"):
        path, query = path.rstrip("/").rpartition("/")[0], ""
    return f"{path}?{query}" if path and query else path


def compile_catalogues(folder: Path) -> None:
    """Write the compiled catalogues into `folder`, those that are older than their text."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        target = (folder / source.relative_to(CATALOGUES)).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        with source.open("rb") as text, unfinished.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        unfinished.replace(target)


def init_app(app: Flask, folder: Path) -> None:
    """Let `app` speak both languages; compiled catalogues lie in `folder`."""
    compile_catalogues(folder)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder.absolute())
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    babel = Babel()
    babel.date_formats = dict(babel.default_date_formats) | FORMATS
    babel.init_app(app, locale_selector=current_language, timezone_selector=lambda: str(clock.zone()))
