"""What an application shows of its own, through the registry: masked, and in full when asked for."""

import pytest

from engine.errors import Erased, NotFound
from engine.forms.view import Fieldset, ListRow, Question, RowsNode, View
from webforms.panels import Full, Panel, in_full, masked, panels, rendered_full, rendered_panel


def shown(session, instance_id, language):
    return "errors.html", {"status": 1, "title": f"<{language}>", "text": instance_id}


def full(session, instance_id, language):
    return Full("errors.html", {"status": 1, "title": "Name", "text": f"<{instance_id}>"}, ("name",))


def mask(path, text):
    return f"{path}:***" if path.startswith("person") else text


@pytest.fixture(autouse=True)
def registered():
    kept = dict(panels)
    panels["office"] = Panel(shown, full, mask)
    yield
    panels.clear()
    panels.update(kept)


def question(name, *, locked=False):
    return Question(id=name, kind="text", name=name, label="", locked=locked, texts=("secret",), shown=("secret",))


def test_an_application_without_a_panel_shows_nothing(app):
    with app.test_request_context():
        assert rendered_panel(None, "nobody", "1", "en") == ""
        with pytest.raises(NotFound):
            in_full(None, "nobody", "1", "en")


def test_a_panel_is_a_template_with_its_values(app):
    with app.test_request_context():
        html = rendered_panel(None, "office", "case-1", "en")

    assert "&lt;en&gt;" in html
    assert "case-1" in html


def test_full_values_are_escaped_too_and_name_their_fields(app):
    with app.test_request_context():
        found = in_full(None, "office", "case-1", "en")
        html = rendered_full(found)

    assert "&lt;case-1&gt;" in html
    assert found.fields == ("name",)


def test_a_panel_of_erased_data_is_left_out(app):
    def erased(session, instance_id, language):
        raise Erased

    panels["office"] = Panel(erased, full, mask)
    with app.test_request_context():
        assert rendered_panel(None, "office", "1", "en") == ""


def test_what_nobody_edits_is_masked_and_what_is_edited_stays():
    view = View(nodes=(question("person.a", locked=True), question("person.b"), question("other", locked=True)))

    first, second, third = masked(view, "office", unlocked=False).nodes
    assert (first.texts, first.shown) == (("person.a:***",), ("person.a:***",))
    assert (second.texts, third.texts) == (("secret",), ("secret",))


def test_who_only_reads_a_form_sees_everything_masked_in_groups_and_lists_too():
    row = ListRow(index=4, number=1, children=(question("person.people[4].name"),))
    rows = RowsNode(id="l", name="person.people", label="", description="", rows=(row,), marker="", add="", remove="")
    group = Fieldset(id="g", label="", description="", outline=False, children=(question("person.b"), rows))

    [found] = masked(View(nodes=(group,)), "office", unlocked=True).nodes
    assert found.children[0].shown == ("person.b:***",)
    assert found.children[1].rows[0].children[0].shown == ("person.people.name:***",)


def test_the_form_of_an_application_without_a_panel_stays_as_it_is():
    view = View(nodes=(question("person.a", locked=True),))

    assert masked(view, "nobody", unlocked=True) is view
