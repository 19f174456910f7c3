"""Evaluating our decision tables on a complaint in memory."""

from functools import cache

from engine import clock, dmn
from engine.execution.scopes import RecordReading
from processes.complaint import application
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import local


@cache
def decisions(name):
    """The shipped table `name`."""
    return dmn.load((application.folder / f"{name}.dmn").read_bytes(), f"{name}.dmn")


def decide(name, values=(), variables=(), at=None):
    """(ids of the rules that matched, value) of the table `name` for a complaint with `values` (path → value)."""
    with clock.at(at or local("2026-03-11")):
        record = REGISTER.blank({"received_at": local("2026-03-10"), **dict(values)})
        reading = RecordReading("complaint", record, frozenset(REGISTER.paths()))
        outcome = decisions(name).decide(name, {**dict(variables), "complaint": reading}, application.functions)
    assert outcome.reasons == (), outcome.reasons
    return list(outcome.matched), outcome.value
