"""Tokens: made, owned, taken away, and nothing of them in a log."""

import logging

import pytest
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.tokens import activity_around, all_tokens, is_there, owner_of, put, release
from tests.models import Case, boundary, bpmn, element, event, scope, several, timer


@pytest.fixture
def nested():
    sub = element(
        "subProcess",
        "sub",
        several("[1, 2]") + scope(boundary("late", "a", timer("PT1H")), "start2 > a > end2; late > end3"),
    )
    return Case(bpmn(sub + boundary("stop", "sub", event("message", "stop")), "start > sub > end; stop > end4"))


def by_element(case):
    return {token.task_spec.element.id: token for token in all_tokens(case.execution.top)}


def test_every_token_is_found_behind_what_owns_it(nested):
    names = [token.task_spec.name for token in all_tokens(nested.execution.top)]

    assert names[0] == "sub"
    assert sorted(names) == ["a", "a", "late", "late", "stop", "sub", "sub#item", "sub#item"]
    for token in all_tokens(nested.execution.top):
        owner = owner_of(token) or activity_around(token.workflow)
        if owner is not None:
            order = list(all_tokens(nested.execution.top))
            assert order.index(owner) < order.index(token)


def test_what_a_token_owns_goes_with_it(nested):
    nested.message("stop")

    assert nested.is_ended
    assert nested.execution.top.subprocesses == {}
    assert list(nested.execution.top.tasks) == ["root"]


def test_a_token_knows_its_owner_and_the_activity_around_it(nested):
    tokens = by_element(nested)

    assert owner_of(tokens["late"]) is not None
    assert owner_of(tokens["late"]).task_spec.name == "a"
    assert owner_of(tokens["a"]) is None
    assert activity_around(tokens["a"].workflow).task_spec.name == "sub#item"
    assert activity_around(activity_around(tokens["a"].workflow).workflow) is None


def test_a_released_token_moves_by_itself():
    case = Case(bpmn(boundary("late", "a", timer("PT1H")), "start > a > end; late > end2"))
    tokens = by_element(case)
    release(tokens["late"])

    assert owner_of(tokens["late"]) is None
    assert tokens["a"].children == []
    assert tokens["late"] in case.execution.top.task_tree.children


def test_a_token_is_there_until_it_is_taken_away():
    case = Case(bpmn("", "start > a > end"))
    token = put(case.execution.top, case.execution.process.spec.task_specs["a"], branch="1", via="start_a")
    assert is_there(token)
    assert token.state == TaskState.FUTURE
    assert token.internal_data == {"branch": "1", "via": "start_a"}

    case.execution.top._remove_task(token.id)

    assert not is_there(token)


def test_no_value_reaches_a_log(caplog):
    with caplog.at_level(logging.DEBUG):
        case = Case(bpmn(boundary("late", "a", timer("PT1H")), "start > a > b > end; late > end2"), secret="s3cret")
        case.complete("a", more="s3cret too")

    records = [record for record in caplog.records if record.name.startswith("spiff")]
    assert records == []
    assert logging.getLogger("spiff.task").level == logging.WARNING
