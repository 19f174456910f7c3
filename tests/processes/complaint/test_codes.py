"""The lists of codes."""

from datetime import UTC, datetime

import pytest

from engine import clock, reference
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


@pytest.fixture
def renamed():
    """From 2027 on D.REFUND has other words, and D.EXPLAIN is no longer offered."""
    rows = [row for row in reference.rows("code_lists") if row["code"] not in {"D.REFUND", "D.EXPLAIN"}]
    refund, explain = (
        next(row for row in reference.rows("code_lists") if row["code"] == code) for code in ("D.REFUND", "D.EXPLAIN")
    )
    ended = {"effective_to": "2026-12-31"}
    later = {**refund, "zh": "退还款项", "effective_from": "2027-01-01"}
    with reference.instead("code_lists", (*rows, later, {**refund, **ended}, {**explain, **ended})):
        yield


def offered(year):
    """(code, Chinese words) of the two, as forms offer them in that year."""
    with clock.at(datetime(year, 6, 1, tzinfo=UTC)):
        found = [(each["value"], each["zh"]) for each in codes.codes("demand")]
    return sorted(each for each in found if each[0] in {"D.REFUND", "D.EXPLAIN"})


@pytest.mark.usefixtures("renamed")
def test_forms_offer_the_codes_that_are_in_force_on_the_day():
    assert offered(2026) == [("D.EXPLAIN", "解释说明"), ("D.REFUND", "退款")]
    assert offered(2027) == [("D.REFUND", "退还款项")]


@pytest.mark.usefixtures("renamed")
def test_a_code_that_ended_keeps_its_words():
    with clock.at(datetime(2027, 6, 1, tzinfo=UTC)):
        assert codes.label("demand", "D.EXPLAIN", "en") == "Explanation"
        assert codes.require(["demand"], "D.EXPLAIN") == "D.EXPLAIN"
