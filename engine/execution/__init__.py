"""Runs SpiffWorkflow: begin, load, complete, advance, fire timers. Its tokens never leave this package."""

from engine.execution.answers import Library
from engine.execution.facts import Fact, MessageThrown, SignalThrown, Subscribed, TaskOpened, TimerSet, WorkRequested
from engine.execution.runner import BUDGET, Execution, StepFailed

__all__ = [
    "BUDGET",
    "Execution",
    "Fact",
    "Library",
    "MessageThrown",
    "SignalThrown",
    "StepFailed",
    "Subscribed",
    "TaskOpened",
    "TimerSet",
    "WorkRequested",
]
