"""Lists of options that read nothing of the case are made once a day; all others are made anew."""

import json
from datetime import UTC, datetime

import pytest

from engine import clock, forms

MONDAY, TUESDAY = (datetime(2026, 3, day, 1, tzinfo=UTC) for day in (2, 3))


class Codes:
    """The function `codes`: counts how often it is asked, and gives what stands in `rows`."""

    def __init__(self, *rows):
        self.rows, self.asked = rows, 0

    def __call__(self, _name):
        self.asked += 1
        return list(self.rows)


def form(expression):
    asked = {"type": "radio", "id": "r", "key": "r", "label": "R", "valuesExpression": expression}
    return forms.load(json.dumps({"type": "default", "id": "f", "components": [asked]}).encode())


def offered(asking, codes, context=None, language="en"):
    [question] = asking.view(context or {}, {}, language, {"codes": codes}).nodes
    return [option.label for option in question.options]


@pytest.fixture
def codes():
    return Codes({"value": "a", "label": "Apple", "zh": "苹果"}, "pear")


def test_options_that_read_nothing_of_the_case_are_made_once_a_day(codes):
    asking = form('=codes("fruit")')
    with clock.at(MONDAY):
        assert [offered(asking, codes) for _ in range(3)] == [["Apple", "pear"]] * 3
        asking.submit({"r": ["a"]}, {}, {}, "en", {"codes": codes})
    assert codes.asked == 1

    codes.rows = ("plum",)
    with clock.at(TUESDAY):
        assert offered(asking, codes) == ["plum"]
    assert codes.asked == 2


def test_every_language_and_every_application_has_its_own_options(codes):
    asking = form('=codes("fruit")')
    with clock.at(MONDAY):
        assert offered(asking, codes) == ["Apple", "pear"]
        assert offered(asking, codes, language="zh") == ["苹果", "pear"]
        assert offered(asking, Codes("fig")) == ["fig"]


@pytest.mark.parametrize("expression", ['=if many then codes("fruit") else []', '=codes("fruit")[many or item = "x"]'])
def test_options_that_read_the_case_are_made_for_it(codes, expression):
    asking = form(expression)
    codes.rows = ("apple", "pear")
    with clock.at(MONDAY):
        assert offered(asking, codes, {"many": True}) == ["apple", "pear"]
        assert offered(asking, codes, {"many": False}) == []
