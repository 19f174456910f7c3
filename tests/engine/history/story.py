"""Two cases with a history, and what happens to them in the tests beside."""

from datetime import date
from decimal import Decimal

from engine.history import Line, instance_stream, record, seal, verify
from engine.models import HistoryEvent, ProcessInstance

STREAM = instance_stream("case-1")
TODAY = date(2026, 3, 2)
NAME = "王小明的电话是13800000000"
LINES = [
    Line("task_completed", "Task_1", {"form": "intake", "at": TODAY, "amount": Decimal("1.50")}, {"name": NAME}),
    Line("element_left", "Task_1"),
    Line("timer_armed", "Timer_1", {"due": None}),
]


def change(database, *statements):
    with database.transaction() as session:
        for statement in statements:
            session.execute(statement)


def lines_of(stream, sequence=None):
    found = HistoryEvent.stream == stream
    return found if sequence is None else found & (HistoryEvent.sequence == sequence)


def proven(database, vault, seals=None):
    with database.reading() as session:
        return verify(session, vault, seals)


def sealed(database, vault, seals, day, moment):
    with database.reading() as session:
        return seal(session, vault, seals, day, moment)


def append(database, vault, moment, number=1):
    with database.transaction() as session:
        case = session.get_one(ProcessInstance, "case-1")
        record(session, vault, case, [Line("more")] * number, actor="ben", now=moment)
