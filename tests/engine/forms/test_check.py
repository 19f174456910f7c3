"""What a check of a form finds, and what a form tells about itself."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import forms
from engine.errors import InvalidForm, InvalidModel
from engine.forms.reading import SCHEMA_VERSION
from engine.problems import CATALOGUE, Severity, errors_in

TYPES = {
    "textfield", "textarea", "number", "datetime", "expression", "filepicker", "checkbox", "checklist", "taglist",
    "radio", "select", "text", "html", "image", "table", "documentPreview", "separator", "spacer", "group",
    "dynamiclist", "iframe", "button",
}  # fmt: skip


def found(*components, **entries) -> set[tuple[str, str]]:
    source = json.dumps({"id": "f", "components": list(components), **entries}).encode()
    return {(problem.code, problem.element_id) for problem in forms.check(source, "f.form", frozenset({"codes"}))}


def test_the_sample_form_has_every_type_and_only_the_problems_it_shows(source):
    assert {c["type"] for c in walk(json.loads(source)["components"])} == TYPES
    problems = forms.check(source, "investigate.form", frozenset({"codes"}))
    assert [(problem.code, problem.severity) for problem in problems] == [("form.iframe", Severity.WARNING)]
    assert problems[0].file == "investigate.form"


def walk(components):
    for component in components:
        yield component
        yield from walk(component.get("components", []))


@pytest.mark.parametrize(
    "source", [b"", b"{", b"[]", b'{"components": 1}', b"\xff", b'{"components": [NaN]}', b"[" * 100_000]
)
def test_what_is_no_form_is_refused(source):
    (problem,) = forms.check(source, "f.form")
    assert problem.code == "form.unreadable"
    with pytest.raises(InvalidModel):
        forms.load(source)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"type": "slider"}, "form.unknown_type"),
        ({"type": "textfield", "key": ""}, "form.no_key"),
        ({"type": "textfield", "key": "_own"}, "form.no_key"),
        ({"type": "textfield", "key": "a-1"}, "form.no_key"),
        ({"type": "textfield", "validate": {"pattern": "("}}, "form.pattern"),
        ({"type": "textfield", "validate": {"pattern": "^(a+)+$"}}, "form.pattern_slow"),
        ({"type": "textfield", "conditional": {"hide": "=1 +"}}, "form.feel"),
        ({"type": "textfield", "label": "{{1 +}}"}, "form.feel"),
        ({"type": "textfield", "label": "{{#if x}}y"}, "form.feel"),
        ({"type": "textfield", "label": "y{{/if}}"}, "form.feel"),
        ({"type": "textfield", "properties": {"label:zh": "题", "rule": "x >"}}, "form.feel"),
        ({"type": "textfield", "description": "=nonsense(1)"}, "form.unknown_function"),
        ({"type": "textfield", "properties": {"label:zh": "题", "check": "cn_id, shoe_size"}}, "form.unknown_check"),
        ({"type": "number", "properties": {"label:zh": "题", "check": "cn_id"}}, "form.unknown_check"),
        ({"type": "number", "decimalDigits": "many"}, "form.malformed"),
        ({"type": "datetime", "subtype": "week"}, "form.malformed"),
        ({"type": "radio"}, "form.no_options"),
        ({"type": "select", "values": [{"value": "a"}, {"value": "a"}]}, "form.duplicate_option"),
        ({"type": "textfield", "label": ""}, "form.no_label"),
        ({"type": "textfield", "label": "Only English", "properties": {}}, "form.translation"),
        ({"type": "textfield", "label": "只有中文", "properties": {}}, "form.translation"),
        ({"type": "iframe", "url": "http://example.com"}, "form.link_refused"),
        ({"type": "group", "components": [3]}, "form.malformed"),
    ],
)
def test_each_problem_names_its_component(field, entries, code):
    assert (code, "it") in found({**field("textfield"), "id": "it", **entries})


def test_a_key_used_twice_or_inside_another_is_found(field):
    pairs = [("a", "a"), ("a", "a.b"), ("a.b", "a")]
    for first, second in pairs:
        twice = found({**field("number", first), "id": "one"}, {**field("number", second), "id": "two"})
        assert ("form.duplicate_key", "two") in twice
    row = {"type": "dynamiclist", "id": "l", "path": "rows", "components": [field("number", "a")]}
    assert not found(field("number", "a"), field("number", "ab"), row)


def test_translations_name_the_property_to_add():
    source = json.dumps({"components": [{"type": "text", "id": "t", "text": "Hello"}]}).encode()
    (problem,) = forms.check(source)
    assert problem.params["property"] == "text:zh"
    assert problem.severity is Severity.WARNING
    assert "text:zh" in problem.remedy("zh")


def test_texts_without_words_need_no_translation():
    texts = ["", "{{amount}}", "=label", "12 %", "---"]
    assert not found(*({"type": "text", "id": f"t{n}", "text": text} for n, text in enumerate(texts)))


def test_a_newer_schema_is_read_with_a_warning(field):
    assert found(field("number"), schemaVersion=SCHEMA_VERSION + 1) == {("form.schema_version", "f")}
    assert not found(field("number"), schemaVersion=SCHEMA_VERSION)


def test_every_problem_can_be_told_in_both_languages():
    source = json.dumps({"components": [{"type": "x"}, {"type": "radio", "key": "?", "label": "L"}, 3]}).encode()
    problems = forms.check(source)
    assert len(problems) >= 4
    assert all(problem.what(language) and problem.remedy(language) for problem in problems for language in ("zh", "en"))
    assert all(code.count(".") == 1 for code in CATALOGUE if code.startswith("form."))


def test_a_form_tells_its_keys_names_and_personal_paths(form):
    assert form.id == "investigate"
    assert form.keys["complaint.email"] == "string"
    assert form.keys["received_at"] == "date and time"
    assert (form.keys["measures"], form.keys["demands"]) == ("list", "list")
    assert (form.keys["double"], form.keys["proof"], form.keys["confirmed"]) == ("Any", "file", "boolean")
    assert form.personal == {"complaint.email", "contact.phone"}
    assert {"limit", "founded", "number", "payments"} <= form.names
    assert "codes" in form.functions


def test_a_list_with_something_personal_inside_is_personal(make, field):
    inner = field("textfield", properties={"personal": "true"})
    form = make({"type": "dynamiclist", "id": "l", "path": "people", "components": [inner]})
    assert form.personal == {"people"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "label", "required", "row"]), inner)
    ),
    max_leaves=5,
)
entries = st.sampled_from(
    ["id", "key", "path", "label", "dateLabel", "description", "layout", "conditional", "properties", "readonly",
     "validate", "defaultValue", "values", "valuesKey", "valuesExpression", "subtype", "columns", "dataSource",
     "rowCount", "components", "text", "content", "source", "url", "decimalDigits", "increment", "timeInterval",
     "accept", "multiple", "expression", "defaultRepetitions", "appearance"]
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(sorted(TYPES)), st.dictionaries(entries, json_values)), max_size=3))
def test_any_json_gives_problems_or_a_form_that_can_be_shown_and_submitted(components):
    source = json.dumps({"components": [{**rest, "type": kind} for kind, rest in components]}).encode()
    if errors_in(forms.check(source)):
        return
    form = forms.load(source)
    form.view({}, {}, "en")
    try:
        assert isinstance(form.submit({}, {}, {}), forms.Submission)
    except InvalidForm as refusal:
        assert refusal.errors  # noqa: PT017
