"""Help in the reader's language: one page for everybody, and the guides of docs/guide with their pictures."""

import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory, url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from engine.errors import NotFound
from webforms.guards import public, who
from webforms.language import current_language

pages = Blueprint("guide", __name__)

FOLDER = Path(__file__).parent.parent / "docs" / "guide"
PICTURES = FOLDER / "images"
#: Language → how the files of its guides end.
ENDINGS = {"en": ".md", "zh": ".zh.md"}
GUIDES = ("consumer", "handler", "supervisor")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@pages.get("/help")
@who(public)
def index() -> str:
    """What consumers, handlers, process owners and admins do here."""
    return render_template(f"guide/{current_language()}.html")


@pages.get("/help/<name>")
@who(public)
def show(name: str) -> str:
    """One guide. Raises NotFound for a name that is none."""
    if name not in GUIDES:
        raise NotFound
    title, text = _read(name, current_language(), url_for("guide.index"))
    return render_template("guide/guide.html", title=title, text=text)


@pages.get("/help/images/<name>")
@who(public)
def picture(name: str) -> Response:
    """A picture of a guide; browsers keep it for a day."""
    return send_from_directory(PICTURES, name, max_age=86_400)


@cache
def _read(name: str, language: str, root: str) -> tuple[str, Markup]:
    """Heading and HTML of a guide, whose links lead to the pages under `root`; pages switch the language themselves."""
    text = (FOLDER / f"{name}{ENDINGS[language]}").read_text("utf-8")
    tokens = _MARKDOWN.parse(re.sub(rf"^\[[^]]+]\({name}[.a-z]*\) · ", "", text, flags=re.MULTILINE))
    for token in (each for block in tokens for each in block.children or ()):
        _point(token, root)
    title = next(block.content for block in tokens if block.type == "inline")
    return title, Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704 - our own files


def _point(token: Token, root: str) -> None:
    """Lead a picture or a link between files to its page."""
    attribute = {"image": "src", "link_open": "href"}.get(token.type)
    target = str(token.attrGet(attribute) or "") if attribute else ""
    if attribute and target.endswith((".md", ".png")):
        token.attrSet(attribute, f"{root}/{target.partition('.')[0] if target.endswith('.md') else target}")
