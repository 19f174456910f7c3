"""The one way a transaction moves a case: load, act, advance, project, record. Above it stand commands and jobs."""

from engine.transition.asides import call_for
from engine.transition.guard import guarded, reason_of
from engine.transition.incidents import raise_incident
from engine.transition.messages import can_be_settled, settle_message, target_of
from engine.transition.moving import Move, Parks, carry_out, follow, lock, move, opened, state_place
from engine.transition.posting import MESSAGE_LIFE, Letter, message_place, post
from engine.transition.start_timers import arm_starts, fire_starts
from engine.transition.starting import Opening, message_start, start
from engine.transition.timers import fire_due

__all__ = [
    "MESSAGE_LIFE",
    "Letter",
    "Move",
    "Opening",
    "Parks",
    "arm_starts",
    "call_for",
    "can_be_settled",
    "carry_out",
    "fire_due",
    "fire_starts",
    "follow",
    "guarded",
    "lock",
    "message_place",
    "message_start",
    "move",
    "opened",
    "post",
    "raise_incident",
    "reason_of",
    "settle_message",
    "start",
    "state_place",
    "target_of",
]
