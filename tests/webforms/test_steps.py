"""A long form in steps."""

import json

from engine import forms
from webforms.steps import LAST, carried, steps_of


def field(key, kind="textfield"):
    return {"type": kind, "key": key, "id": f"field_{key}", "label": key}


def steps(*components):
    form = forms.load(json.dumps({"type": "default", "id": "form", "components": components}).encode())
    return steps_of(form.view({}, {}, "en"))


def group(name, *components):
    return {"type": "group", "id": name, "label": name, "components": components}


def test_each_group_is_a_step_and_files_wait_for_the_last_page():
    found = steps(group("one", field("a"), field("scan", "filepicker")), group("two", field("b")))

    assert [(step.label, sorted(step.names)) for step in found.steps] == [("one", ["a"]), ("two", ["b"])]
    assert [node.name for node in found.files] == ["scan"]


def test_a_group_of_nothing_but_files_is_no_step():
    found = steps(group("one", field("a")), group("files", field("scan", "filepicker")))

    assert [step.label for step in found.steps] == ["one"]


def test_a_form_without_groups_is_one_step():
    found = steps(field("a"), field("b"))

    assert [sorted(step.names) for step in found.steps] == [["a", "b"]]
    assert found.after(found.steps[0]) == LAST


def test_one_goes_forth_and_back_through_all_steps():
    found = steps(group("one", field("a")), group("two", field("b")))
    first, second = found.steps

    assert (found.after(first), found.after(second)) == (second.id, LAST)
    assert (found.before(first), found.before(second), found.before(None)) == ("", first.id, second.id)
    assert found.at("unknown") == first


def test_a_page_carries_what_was_answered_on_the_others():
    found = steps(group("one", field("a")), group("two", field("b")))
    answers = {"a": ["1"], "b": ["2", "3"]}

    assert carried(answers, found.steps[0]) == [("b", "2"), ("b", "3")]
    assert carried(answers, None) == [("a", "1"), ("b", "2"), ("b", "3")]
