"""Pages over an installation, and a consumer who files a complaint on them."""

import re

from flask import Flask

from engine.site import Site
from tests.bank import ANSWERS
from webforms import make_app


def pages_of(site: Site, folder) -> Flask:
    """The pages of an installation, as tests want them: mistakes come through, no tokens, no limits."""
    app = make_app(site, "secret", folder, secure=False)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    return app


def file_complaint(browser, **changed):
    """Send the whole form at once, as the last page does; gives number and access code."""
    page = browser.post("/complain/form", 303, _step="check", **{**ANSWERS, **changed})
    assert page.to == "/complain/receipt"
    shown = browser.get("/complain/receipt").all(".reference-box strong")
    assert re.fullmatch(r"TS-\d{8}-\w+-\d{5}", shown[0])
    return shown[0], shown[1]
