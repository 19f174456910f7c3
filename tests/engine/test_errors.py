"""Errors are for people: each has a message, and the message has its values."""

import pytest

from engine import errors
from engine.errors import BpmnError, InvalidForm, InvalidInput, NotFound, RedressError

ALL = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, RedressError)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_and_a_status_of_its_own_kind(kind):
    assert kind.__doc__
    assert kind.__doc__.strip()[0].isupper()
    assert 400 <= kind.status < 600


def test_the_message_is_the_docstring_with_its_values_or_what_was_given():
    assert InvalidInput(why="it is late").message == "This cannot be accepted: it is late"
    assert str(NotFound("There is no {word}.", word="way")) == "There is no way."
    assert NotFound().message == "There is nothing here, or you may not see it."


def test_some_errors_carry_what_a_page_needs():
    assert InvalidForm({"a": ("too short", {})}).errors == {"a": ("too short", {})}
    assert (BpmnError("X", variables={"a": 1}).code, BpmnError("X").variables) == ("X", {})
