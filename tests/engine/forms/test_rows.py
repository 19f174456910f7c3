"""Lists whose rows are added and removed by buttons, and drafts."""

from decimal import Decimal

import pytest

from engine.errors import InvalidForm
from engine.forms.view import RowsNode

STORED = {
    "measures": [{"what": "refund", "cost": Decimal(5), "owner": "Li", "id": 7}, {"what": "letter", "owner": "Wu"}]
}


@pytest.fixture
def rows(form, functions):
    """The rows shown, as (index, first field's text, owner)."""

    def rows_of(values, context=STORED):
        view = form.view(context, values, "en", functions)
        (node,) = [each for each in view.nodes if isinstance(each, RowsNode)]
        shown = [(row.index, {q.name.rsplit("-", 1)[1]: q.texts for q in row.children}) for row in node.rows]
        return [(index, "".join(texts["what"]), "".join(texts["owner"])) for index, texts in shown]

    return rows_of


@pytest.fixture
def submit(form, functions):
    def submit_form(entered, context=STORED):
        complete = {"summary": ["Twice charged"], "confirmed": ["true"], **entered}
        return form.submit(complete, {}, context, "en", functions).values

    return submit_form


def test_stored_rows_are_shown_and_else_as_many_as_the_form_starts_with(rows):
    assert rows({}) == [(0, "refund", "Li"), (1, "letter", "Wu")]
    assert rows({}, {}) == [(0, "", "")]


def test_a_button_adds_an_empty_row(form, rows):
    entered = {
        "_rows:measures": ["", "0", "1"],
        "measures-0-what": ["more"],
        "measures-1-what": ["letter"],
        "_add:measures": ["1"],
    }
    assert form.is_rearrangement(entered)
    assert rows(form.rearrange(entered, STORED)) == [(0, "more", "Li"), (1, "letter", "Wu"), (2, "", "")]


def test_a_button_removes_a_row_and_the_others_keep_their_names(form, rows):
    entered = {
        "_rows:measures": ["", "0", "1"],
        "measures-0-what": ["refund"],
        "measures-1-what": ["letter"],
        "_remove:measures:0": ["1"],
    }
    assert rows(form.rearrange(entered, STORED)) == [(1, "letter", "Wu")]


def test_a_new_row_does_not_inherit_from_a_removed_one(form, rows):
    removed = form.rearrange({"_rows:measures": ["", "0", "1"], "_remove:measures:1": ["1"]}, STORED)
    added = form.rearrange({**removed, "_add:measures": ["1"]}, STORED)
    assert rows(added) == [(0, "refund", "Li"), (2, "", "")]


def test_a_list_does_not_grow_without_end(form):
    full = {"_rows:measures": ["", *map(str, range(50))], "_add:measures": ["1"]}
    assert form.rearrange(full, {})["_rows:measures"] == full["_rows:measures"]


@pytest.mark.parametrize("button", ["_add:other", "_remove:measures:x", "_remove:measures:99", "_remove:", "_add:"])
def test_a_button_that_fits_nothing_changes_no_row(form, rows, button):
    assert rows(form.rearrange({"_rows:measures": ["0", "1"], button: ["1"]}, STORED)) == rows({})


def test_submitted_rows_keep_what_the_page_did_not_ask(submit):
    values = submit(
        {
            "_rows:measures": ["", "1", "0"],
            "measures-0-what": ["all"],
            "measures-1-what": ["letter"],
            "measures-1-owner": ["me"],
        }
    )
    assert values["measures"] == [
        {"what": "letter", "owner": "Wu"},
        {"what": "all", "cost": Decimal(5), "owner": "Li", "id": 7},
    ]


def test_a_new_row_without_any_answer_is_left_out(submit):
    entered = {"_rows:measures": ["", "0", "1"], "measures-0-what": ["x"], "measures-1-what": [""]}
    assert submit(entered, {})["measures"] == [{"what": "x"}]


def test_a_list_that_was_not_on_the_page_is_left_alone(submit):
    assert "measures" not in submit({})


def test_a_wrong_answer_names_its_row(submit):
    with pytest.raises(InvalidForm) as caught:
        submit({"measures-4-cost": ["cheap"]}, {})
    assert set(caught.value.errors) == {"measures-4-cost"}


def test_rows_cannot_be_added_where_the_form_forbids_it(make, field):
    component = {
        "type": "dynamiclist",
        "id": "l",
        "path": "list",
        "label": "L",
        "allowAddRemove": False,
        "components": [field("number")],
    }
    form = make(component)
    entered = {"_rows:list": ["0", "1", "2"], "list-0-x": ["1"], "list-1-x": ["2"], "list-2-x": ["3"]}
    assert form.submit(entered, {}, {"list": [{"x": 0}, {"x": 0}]}).values == {"list": [{"x": 1}, {"x": 2}]}


def test_a_rule_counts_rows(make, field):
    rule = {"rule": "count(list) > 0", "rule:en": "At least one", "rule:zh": "至少一项"}
    form = make({"type": "dynamiclist", "id": "l", "path": "list", "properties": rule, "components": [field("number")]})
    with pytest.raises(InvalidForm) as caught:
        form.submit({"_rows:list": [""]}, {}, {})
    assert caught.value.errors["list"][1]["text"] == "At least one"
    assert form.submit({"list-0-x": ["1"]}, {}, {}).values == {"list": [{"x": 1}]}


def test_lists_stand_inside_lists(make, field):
    inner = {"type": "dynamiclist", "id": "b", "path": "b", "components": [field("number")]}
    form = make({"type": "dynamiclist", "id": "a", "path": "a", "components": [inner]})
    entered = {"a-0-b-0-x": ["1"], "a-0-b-2-x": ["2"], "a-1-b-0-x": ["3"]}
    assert form.submit(entered, {}, {}).values == {"a": [{"b": [{"x": 1}, {"x": 2}]}, {"b": [{"x": 3}]}]}
    added = form.rearrange({**entered, "_add:a-0-b": ["1"]}, {})
    assert added["_rows:a-0-b"] == ["", "0", "2", "3"]


def test_a_draft_keeps_what_belongs_to_the_form_unchecked(form, rows):
    entered = {
        "summary": ["x"],
        "amount": ["much"],
        "other": ["1"],
        "_save": ["1"],
        "_rows:measures": ["", "3"],
        "measures-3-what": ["y"],
    }
    draft = form.draft(entered)
    assert draft == {"summary": ["x"], "amount": ["much"], "_rows:measures": ["", "3"], "measures-3-what": ["y"]}
    assert rows(draft, {}) == [(3, "y", "")]
