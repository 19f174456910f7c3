"""What an application shows of its own, through the registry."""

import pytest

from engine.errors import Erased
from webforms.panels import panels, rendered_panel


@pytest.fixture(autouse=True)
def registered():
    kept = dict(panels)
    yield
    panels.clear()
    panels.update(kept)


def test_an_application_without_a_panel_shows_nothing(app):
    with app.test_request_context():
        assert rendered_panel(None, "nobody", "1", "en") == ""


def test_a_panel_is_a_template_with_its_values(app, office, browser):
    panels["office"] = lambda session, instance_id, language: (
        "errors.html",
        {"status": 1, "title": f"<{language}>", "text": instance_id},
    )
    with app.test_request_context():
        html = rendered_panel(None, "office", "case-1", "en")

    assert "&lt;en&gt;" in html
    assert "case-1" in html


def test_a_panel_of_erased_data_is_left_out(app):
    def erased(session, instance_id, language):
        raise Erased

    panels["office"] = erased
    with app.test_request_context():
        assert rendered_panel(None, "office", "1", "en") == ""
