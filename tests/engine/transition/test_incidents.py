"""What an incident says is kept in its parts, so that it can be read in another language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engine import values
from engine.errors import DecisionFault, InvalidInput, ModelFault, RedressError, TopicFailed
from engine.models import Incident
from engine.transition.incidents import error_of, raise_incident


@pytest.fixture
def raised(database, instance_of, moment):
    """Raises an incident for an error and gives its row."""

    def read(error):
        with database.transaction() as session:
            instance = instance_of(session)
            what = {"kind": "job", "element_id": "a", "job_id": "job-1"}
            raise_incident(session, instance, error=error, now=moment, **what)
            session.flush()
            return session.scalars(select(Incident)).one()

    return read


def test_an_error_of_ours_comes_back_with_its_text_and_parameters(raised):
    found = error_of(raised(TopicFailed(why="no line")), "zh")

    assert (found.template, found.params) == ("The automatic step failed: {why}", {"why": "no line"})
    assert found.message == "The automatic step failed: no line"


def test_a_parameter_that_has_chinese_words_is_read_in_the_readers_language(raised):
    incident = raised(DecisionFault(decision="level", why="nothing fits", why_zh="没有匹配的规则"))

    assert error_of(incident, "zh").params["why"] == "没有匹配的规则"
    assert error_of(incident, "en").params["why"] == "nothing fits"


def test_an_error_inside_an_error_keeps_its_parts_too(raised):
    inner = RedressError("{count} items are too many", count=7)
    found = error_of(raised(ModelFault(element="Review", why=inner)), "en")

    assert found.message == "The step Review of the diagram cannot go on: 7 items are too many"
    assert found.params["why"].params == {"count": 7}


def test_what_the_text_does_not_show_is_not_kept(raised):
    incident = raised(InvalidInput("The field {field} is wrong.", field="mobile", value="13800138000"))

    assert b"13800138000" not in incident.reason
    assert error_of(incident, "zh").message == "The field mobile is wrong."


def test_a_foreign_error_is_only_its_message(raised):
    incident = raised(ValueError("13800138000"))

    assert incident.reason is None
    assert error_of(incident, "zh").message == "ValueError"


def test_a_text_without_parameters_may_hold_any_signs(raised):
    assert error_of(raised(TopicFailed("set {a} to }")), "en").message == "set {a} to }"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_parameter_comes_back_as_it_was(text):
    incident = Incident(message="", reason=values.dumps({"text": "{why}", "params": {"why": text}}))

    assert error_of(incident, "en").message == text
