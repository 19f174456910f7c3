"""Forms that are too large, too deep, or ask for too much work."""

import json

from engine import forms
from engine.forms import reading, templates


def written(*components):
    return json.dumps({"id": "f", "schemaVersion": 19, "components": components}).encode()


def field(number):
    return {"type": "textfield", "id": f"c{number}", "key": f"k{number}", "label": "a"}


def codes(source):
    return {problem.code for problem in forms.check(source)}


def nested(levels):
    inner = field(1)
    for _ in range(levels):
        inner = {"type": "group", "id": "g", "label": "a", "components": [inner]}
    return written(inner)


def test_a_form_of_too_many_components_is_told_once():
    fields = [field(number) for number in range(reading.MAX_COMPONENTS + 10)]

    assert codes(written(*fields[: reading.MAX_COMPONENTS])) == set()
    assert [problem.code for problem in forms.check(written(*fields))] == ["form.unreadable"]


def test_groups_too_deep_are_told():
    assert codes(nested(reading.MAX_DEPTH - 1)) == set()
    assert codes(nested(reading.MAX_DEPTH)) == {"form.unreadable"}
    assert codes(nested(400)) == {"form.unreadable"}


def test_a_file_too_large_is_told_before_it_is_read():
    assert codes(b"[" * (reading.MAX_BYTES + 1)) == {"form.unreadable"}


def test_a_text_too_long_and_blocks_too_deep_are_told():
    def of(text):
        return codes(written({"type": "text", "id": "t", "text": text}))

    assert of("9" * 50_001) == {"form.feel"}
    assert of("{{#if a}}" * 15 + "1" + "{{/if}}" * 15) == set()
    assert of("{{#if a}}" * 1_000 + "1" + "{{/if}}" * 1_000) == {"form.feel"}


def test_a_tag_ends_at_the_first_closing_braces_and_holds_no_other():
    parts = templates.read_template("a {{b}} {{ {{c}}").parts

    assert [part if isinstance(part, str) else part.text for part in parts] == ["a ", "b", " {{ ", "c", ""]


def test_a_text_of_loops_in_loops_ends_where_it_would_take_too_long():
    loops = "{{#loop for i in 1..200 return i}}" * 5 + "x" + "{{/loop}}" * 5
    form = forms.load(written({"type": "text", "id": "t", "text": loops}))

    shown = form.view({}, {}, "en")

    assert "x" in str(shown)


def test_all_expressions_of_a_form_share_one_budget():
    slow = [{**field(n), "conditional": {"hide": "=count(for i in 1..1000000000 return i) > 0"}} for n in range(500)]

    assert forms.load(written(*slow)).view({}, {}, "en").nodes


def test_keys_that_begin_with_another_are_told():
    keys = ["a.b", "a.c", "a", "a.b.c", "d"]
    components = [{**field(n), "key": key} for n, key in enumerate(keys)]

    found = [
        problem.params["key"] for problem in forms.check(written(*components)) if problem.code == "form.duplicate_key"
    ]

    assert found == ["a", "a.b.c"]
