"""A message and the subscription it is for, at the same moment: they meet once, at the latest at the next tick."""

from functools import partial

import pytest

from engine import commands
from engine.commands import Submitted
from engine.models import Message
from tests.applications import model, receive, task
from tests.competing.test_people import at_once

ROUNDS = 20


@pytest.mark.store
def test_a_message_and_its_subscription_miss_each_other_for_no_longer_than_a_tick(office):
    office.deploy(model(task("a") + receive("m", "news") + task("b"), "start > a > m > b > end"))
    for _ in range(ROUNDS):
        case = office.start()
        task_id = office.claim("a", case=case)

        at_once(
            partial(office.do, commands.complete_task, task_id, Submitted(values={}), by="ann"),
            partial(office.send, "news", case),
        )
        office.tick()

        assert office.open(case) == ["b"]
        assert office.kinds(case).count("message_caught") == 1


@pytest.mark.store
def test_a_waiting_message_goes_to_one_subscription_whoever_delivers_it(office):
    office.deploy(model(task("a") + receive("m", "news") + receive("m2", "news"), "start > a > m > m2 > end"))
    for _ in range(ROUNDS // 4):
        case = office.start()
        assert office.send("news", case) == "waiting"
        office.complete("a", case=case)

        at_once(office.tick, office.tick, office.tick, partial(office.send, "news", case))

        assert office.kinds(case).count("message_caught") == 1
        assert [row.element_id for row in office.subscriptions() if row.instance_id == case] == ["m2"]
    assert {message.state for message in office.rows(Message)} == {"delivered"}
