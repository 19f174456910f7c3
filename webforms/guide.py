"""Help in the reader's language, one page for everybody."""

from flask import Blueprint, render_template

from webforms.guards import public, who
from webforms.language import current_language

pages = Blueprint("guide", __name__)


@pages.get("/help")
@who(public)
def index() -> str:
    """What consumers, handlers, process owners and admins do here."""
    return render_template(f"guide/{current_language()}.html")
