"""What is shown of a form."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.forms.view import (
    Fieldset,
    ImageNode,
    LinksNode,
    MarkupNode,
    Question,
    RowsNode,
    TableNode,
    View,
)


def walk(nodes):
    for node in nodes:
        yield node
        children = node.children if isinstance(node, Fieldset) else ()
        rows = [child for row in node.rows for child in row.children] if isinstance(node, RowsNode) else ()
        yield from walk([*children, *rows])


@pytest.fixture
def view(form, context, functions):
    def view_of(values=None, language="en", **more):
        return form.view({**context, **more}, values or {}, language, functions)

    return view_of


def questions(view) -> dict[str, Question]:
    return {node.name: node for node in walk(view.nodes) if isinstance(node, Question)}


def nodes(view, kind) -> list:
    return [node for node in walk(view.nodes) if isinstance(node, kind)]


def test_labels_are_in_the_readers_language(view):
    assert questions(view())["summary"].label == "Summary"
    chinese = questions(view(language="zh_Hans_CN"))["summary"]
    assert (chinese.label, chinese.description) == ("摘要", "一句话")


def test_options_come_from_values_keys_and_expressions_in_the_readers_language(view):
    asked = questions(view({"founded": ["yes"]}, "zh"))
    assert [option.label for option in asked["founded"].options] == ["是", "否"]
    assert [option.label for option in asked["reason"].options] == ["fees", "拖延"]
    assert [option.value for option in asked["demands"].options] == ["refund", "apology"]
    assert [option.label for option in asked["demands"].options] == ["退款", "道歉"]


def test_a_condition_shows_and_hides_by_what_was_entered(view):
    assert "reason" not in questions(view())
    assert "reason" in questions(view({"founded": ["yes"]}))
    assert "contact.phone" in questions(view())
    assert "contact.phone" not in questions(view({"founded": ["no"]}))
    assert view().conditional


def test_a_condition_reads_the_values_of_its_own_row(view):
    asked = questions(view({"measures-0-what": ["apology"], "measures-1-what": ["refund"]}))
    assert "measures-0-cost" not in asked
    assert "measures-1-cost" in asked


def test_stored_values_are_shown_as_a_browser_writes_them(view):
    stored = {"amount": Decimal("12.50"), "founded": "no", "demands": ["refund"], "confirmed": True}
    asked = questions(view(**stored))
    assert asked["amount"].texts == ("12.50",)
    assert asked["founded"].shown == ("No",)
    assert [option.chosen for option in asked["demands"].options] == [True, False]
    assert asked["confirmed"].texts == ("true",)


def test_what_was_entered_is_shown_again_even_if_it_is_no_answer(view):
    assert questions(view({"amount": ["much"]}))["amount"].texts == ("much",)


def test_a_locked_field_shows_the_stored_value_not_an_entered_one(view):
    asked = questions(view({"approved": ["999"]}))["approved"]
    assert asked.locked
    assert asked.texts == ("20",)


def test_values_in_texts_cannot_become_markup(view):
    intro, note = (node.html for node in nodes(view(), MarkupNode))
    assert "<h3>Case C-1</h3>" in intro
    assert ", urgent" in intro
    assert "<i>" not in intro + note
    assert "href" not in intro
    assert "script" not in note
    assert "<b>now</b>" in note


def test_tables_pictures_and_documents_show_only_what_is_safe(view):
    (table,) = nodes(view(), TableNode)
    assert (table.headings, table.rows, table.more) == (("On", "Sum"), (("2026-01-01", "5.25"),), 1)
    assert [image.source for image in nodes(view(), ImageNode)] == ["/logo.png"]
    documents, rules = nodes(view(), LinksNode)
    assert documents.links == (("Letter", "/files/1"),)
    assert rules.links == (("Rules", "https://example.com/rules"),)


def test_pictures_from_elsewhere_are_left_out(make):
    form = make({"type": "image", "id": "i", "source": "=picture", "alt": "x", "properties": {"alt:zh": "图"}})
    for source in ("https://evil.example/x.png", "//evil.example/x.png", "javascript:alert(1)", "data:text/html,x"):
        assert not form.view({"picture": source}, {}, "en").nodes
    assert form.view({"picture": "data:image/png;base64,AAAA"}, {}, "en").nodes


def test_a_default_is_shown_and_read_by_conditions_until_something_is_stored(make, field):
    form = make(field("textfield", "a", defaultValue="x"), field("textfield", "b", conditional={"hide": '=a != "x"'}))
    assert questions(form.view({}, {}, "en"))["a"].texts == ("x",)
    assert "b" in questions(form.view({}, {}, "en"))
    assert "b" not in questions(form.view({"a": "y"}, {}, "en"))


def test_an_expression_is_calculated_and_seen_only_with_a_label(make, field):
    form = make(
        field("number", "a"),
        field("expression", "b", expression="=a + 1"),
        field("expression", "c", expression="=b + 1"),
    )
    asked = questions(form.view({"a": Decimal(1)}, {}, "en"))
    assert asked["b"].shown == ("2",)
    assert asked["c"].shown == ("3",)
    unseen = make(field("number", "a"), {"type": "expression", "id": "e", "key": "b", "expression": "=a + 1"})
    assert "b" not in questions(unseen.view({"a": Decimal(1)}, {}, "en"))


def test_an_error_leads_to_the_first_option_of_a_choice(form, context, functions):
    errors = {"": ("Whole", {}), "founded": ("Choose", {}), "summary": ("Write", {})}
    view = form.view(context, {}, "en", functions, errors)
    assert [target for target, _ in view.errors] == ["", "f-summary", "f-founded-0"]
    assert questions(view)["summary"].error == ("Write", {})


def test_conditions_that_contradict_each_other_come_to_an_end(make, field):
    form = make(
        field("textfield", "a", conditional={"hide": "=b != null"}),
        field("textfield", "b", conditional={"hide": "=a = null"}),
    )
    assert isinstance(form.view({}, {"a": ["x"], "b": ["y"]}, "en"), View)


def test_moments_within_a_text_are_local_and_to_the_minute(make):
    form = make({"type": "text", "id": "told", "text": "{{on}}, {{at}}{{never}}"})
    at = datetime(2026, 3, 10, 16, 30, 59, tzinfo=UTC)

    (told,) = form.view({"on": date(2026, 3, 10), "at": at, "never": None}, {}, "en").nodes
    assert "2026-03-10, 2026-03-11 00:30" in told.html


@pytest.mark.parametrize(
    ("language", "kind"), [("zh_Hans_CN", "陈述"), ("en", "Statement"), ("fr", '{zh: "陈述", en: "Statement"}')]
)
def test_a_cell_with_a_text_for_each_language_shows_the_readers(make, language, kind):
    form = make({"type": "table", "id": "said", "dataSource": "=said", "columns": [{"key": "kind", "label": "Kind"}]})

    (said,) = form.view({"said": [{"kind": {"zh": "陈述", "en": "Statement"}}]}, {}, language).nodes
    assert said.rows == ((kind,),)


def test_a_decision_is_made_anew_at_an_open_task_and_still_shown_at_a_closed_one(make, field):
    form = make(field("textfield", "reply", properties={"anew": "true"}), field("textfield", "remark"))
    kept = {"reply": "return", "remark": "add the dates", "number": 1}

    opened = questions(form.view(form.at_task(kept), {}, "en"))
    assert (opened["reply"].texts, opened["remark"].texts) == ((), ("add the dates",))
    assert questions(form.view(kept, {}, "en"))["reply"].texts == ("return",)
    assert questions(form.view(form.at_task(kept), {"reply": ["approve"]}, "en"))["reply"].texts == ("approve",)
    assert form.at_task(kept)["number"] == 1
