"""What an application shows of its own beside a task and on the page of a case."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.errors import Erased

#: (session, instance id, language) → name of a template and what it is rendered with.
Panel = Callable[[Session, str, str], tuple[str, Mapping[str, Any]]]

#: Application key → its panel; filled when the program starts.
panels: MutableMapping[str, Panel] = {}


def rendered_panel(session: Session, application: str, instance_id: str, language: str) -> Markup:
    """The panel of one case as HTML; empty where the application brings none, or its data were erased."""
    panel = panels.get(application)
    if panel is None:
        return Markup()
    try:
        template, context = panel(session, instance_id, language)
    except Erased:
        return Markup()
    return Markup(render_template(template, **context))  # noqa: S704 - what a template rendered is escaped
