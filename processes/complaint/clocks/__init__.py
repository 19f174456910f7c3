"""The clocks of one complaint: started, paused, restarted, agreed otherwise and met, always computed anew from records.

A clock's due moment follows from its trigger, its period and the pauses on record; nothing is ever added up.
`due_at` is None while a pause without end stops the clock. Every change of a clock raises its `revision`.
"""

from processes.complaint.clocks.changing import OWN, Clocks
from processes.complaint.clocks.face import DECISION, period_of
from processes.complaint.clocks.triggers import is_forwarded, receipt
from processes.complaint.clocks.watching import Announced

__all__ = ["DECISION", "OWN", "Announced", "Clocks", "is_forwarded", "period_of", "receipt"]
