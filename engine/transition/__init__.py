"""The one way a transaction moves a case: load, act, advance, project, record. Above it stand commands and jobs."""

from engine.transition.guard import guarded
from engine.transition.messages import settle_message
from engine.transition.moving import (
    MESSAGE_LIFE,
    Move,
    Parks,
    carry_out,
    finish,
    lock,
    message_place,
    move,
    new_execution,
    raise_incident,
    state_place,
)
from engine.transition.timers import fire_due

__all__ = [
    "MESSAGE_LIFE",
    "Move",
    "Parks",
    "carry_out",
    "finish",
    "fire_due",
    "guarded",
    "lock",
    "message_place",
    "move",
    "new_execution",
    "raise_incident",
    "settle_message",
    "state_place",
]
