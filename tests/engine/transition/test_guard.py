"""Nothing that an application raises stops the engine, and no value gets into the log."""

import logging

from engine.errors import TopicFailed
from engine.transition import guarded, reason_of


def test_what_succeeds_gives_its_result():
    assert guarded(lambda: True, lambda _error: None) is True


def test_whatever_is_raised_is_handed_on_and_logged_without_its_text(caplog):
    failures = []

    number = str(13800138 * 1000)

    def act():
        raise KeyError(number)

    with caplog.at_level(logging.WARNING):
        assert guarded(act, failures.append) is False

    assert isinstance(failures[0], KeyError)
    assert "KeyError" in caplog.text
    assert "test_guard.py" in caplog.text
    assert number not in caplog.text


def test_an_incident_tells_our_own_reasons_and_only_the_names_of_others():
    assert reason_of(TopicFailed(why="no line")) == "The automatic step failed: no line"
    assert reason_of(ValueError("13800138000")) == "ValueError"
