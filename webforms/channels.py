"""All ways to complain on one page to be printed: channels, addresses, the procedure, promised times, other help."""

import segno
from flask import Blueprint, render_template, request
from flask_babel import gettext, ngettext
from markupsafe import Markup

from processes.complaint import contacts, wording
from processes.complaint.counting import Period
from webforms.guards import public, who
from webforms.language import current_language
from webforms.store import site

pages = Blueprint("channels", __name__)


@pages.get("/channels")
@who(public)
def show() -> str:
    """The page."""
    language = current_language()
    return render_template(
        "channels.html",
        institution=wording.institution(language),
        ways=contacts.ways(language),
        addresses=contacts.addresses(language),
        promises=contacts.promises(language),
        promised=promised,
        form_address=f"{_base()}/complain",
        qr_code=qr_code(f"{_base()}/complain"),
        track_address=f"{_base()}/track",
    )


def qr_code(address: str) -> Markup:
    """The address as a QR code (ISO/IEC 18004) in an SVG drawing without a size; a quarter of it may be unreadable."""
    drawn = segno.make(address, error="q", micro=False)
    return Markup(drawn.svg_inline(omitsize=True, svgclass="qr-code", lineclass=None, light="#fff"))  # noqa: S704


def promised(period: Period) -> str:
    """A period in words, as “15 days”."""
    words = {
        "CD": lambda n: ngettext("%(num)s day", "%(num)s days", n),
        "BD": lambda n: ngettext("%(num)s working day", "%(num)s working days", n),
        "H": lambda n: ngettext("%(num)s hour", "%(num)s hours", n),
        "W": lambda n: ngettext("%(num)s week", "%(num)s weeks", n),
        "M": lambda n: ngettext("%(num)s month", "%(num)s months", n),
        "Y": lambda n: ngettext("%(num)s year", "%(num)s years", n),
    }
    told = words.get(period.unit)
    return str(told(period.limit)) if told else gettext("as agreed")


def _base() -> str:
    """Where consumers reach the pages."""
    return str(site().ports.get("public_url") or request.url_root).rstrip("/")
