"""The lists of codes."""

import pytest

from engine.errors import InvalidInput
from processes.complaint import codes


def test_a_list_gives_the_options_of_a_form_in_both_languages():
    options = codes.codes("level")
    assert options[0] == {"value": "NORMAL", "label": "Normal", "zh": "普通", "en": "Normal", "parent": ""}
    assert [option["value"] for option in options] == ["NORMAL", "COMPLEX", "MAJOR"]


def test_a_code_has_words_in_the_language_and_an_unknown_one_shows_itself():
    assert codes.label("demand", "D.REFUND", "zh") == "退款"
    assert codes.code_label("demand", "D.REFUND", "en") == "Refund"
    assert codes.label("demand", "D.OLD", "en") == "D.OLD"
    assert codes.label("demand", None, "en") == ""


def test_a_list_or_code_that_does_not_exist_is_named():
    with pytest.raises(InvalidInput, match="no list of codes “colours”"):
        codes.codes("colours")
    with pytest.raises(InvalidInput, match="“red” is not in the list level or flag"):
        codes.require(("level", "flag"), "red")


def test_every_code_has_both_labels_and_a_parent_that_exists():
    for name, found in codes.lists().items():
        for code in found.values():
            assert code.zh, (name, code.code)
            assert code.en, (name, code.code)
            assert not code.parent or code.parent in found, (name, code.code)
