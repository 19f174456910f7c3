"""Two people, one task; and readers while somebody writes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from engine import commands
from engine.commands import Submitted
from engine.errors import Conflict
from engine.models import Command, Message, ProcessInstance
from tests.applications import model, receive, task, timer

ROUNDS = 20


def at_once(*acts):
    """Call all at the same moment; gives what each returned or raised."""
    together = threading.Barrier(len(acts))

    def run(act):
        together.wait(timeout=10)
        try:
            return act()
        except Conflict as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.store
def test_one_of_two_completes_the_task_and_the_other_is_told(office):
    office.deploy(model(task("a") + task("b"), "start > a > b > end"))
    for _ in range(ROUNDS):
        case = office.start()
        task_id = office.claim("a", case=case)

        def complete(task_id=task_id):
            return office.do(commands.complete_task, task_id, Submitted(values={}), by="ann")

        results = at_once(complete, complete)

        assert sorted(type(result) is dict for result in results) == [False, True]
        assert office.kinds(case).count("task_submitted") == 1
        assert office.open(case) == ["b"]


@pytest.mark.store
def test_one_of_two_takes_the_task(office):
    office.deploy(model(task("a"), "start > a > end"))
    for _ in range(5):
        case = office.start()
        task_id = office.task("a", case).id

        def claim(by, task_id=task_id):
            return office.do(commands.claim_task, task_id, by=by)

        results = at_once(partial(claim, "ann"), partial(claim, "ben"))

        assert sorted(isinstance(result, Conflict) for result in results) == [False, True]
        assert office.kinds(case).count("task_claimed") == 1


@pytest.mark.store
def test_the_same_key_at_the_same_moment_gives_the_same_result(office):
    office.deploy(model(task("a"), "start > a > end"))
    for number in range(5):

        def start(number=number):
            return office.start(key=f"k{number}")

        one, other, third = at_once(start, start, start)

        assert one == other == third
    assert len(office.rows(ProcessInstance)) == len(office.rows(Command)) == 5


@pytest.mark.store
def test_the_same_message_at_the_same_moment_arrives_once(office):
    office.deploy(model(receive("m", "news") + receive("m2", "news"), "start > m > m2 > end"))
    case = office.start()

    results = at_once(*(lambda: office.send("news", case, "mail-1") for _ in range(3)))

    assert "delivered" in results
    assert len(office.rows(Message)) == 1
    assert [row.element_id for row in office.subscriptions()] == ["m2"]


def test_whoever_reads_gets_an_answer_while_somebody_writes(office):
    office.deploy(model(task("a") + timer("late", "a", "P1D") + task("b"), "start > a > end; late > b > end2"))
    office.start()

    with office.site.database.transaction() as session, ThreadPoolExecutor(1) as other:
        session.execute(ProcessInstance.__table__.update().values(ended_by="x"))
        assert other.submit(office.open).result(timeout=5) == ["a"]

    office.now += timedelta(days=1)
    assert office.tick().timers == 1
