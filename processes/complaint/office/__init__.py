"""A simulated office that works on complaints in virtual time: `flask complaints play`, and the demo."""

from processes.complaint.office.arrivals import Arrivals, first_day
from processes.complaint.office.escalations import escalation_mismatches
from processes.complaint.office.habits import Habits, habits
from processes.complaint.office.marks import Marks
from processes.complaint.office.playing import Manner, NothingMoves, Office, Unanswerable
from processes.complaint.office.staff import NobodyMay, Recruit, Staff, hire

__all__ = [
    "Arrivals",
    "Habits",
    "Manner",
    "Marks",
    "NobodyMay",
    "NothingMoves",
    "Office",
    "Recruit",
    "Staff",
    "Unanswerable",
    "escalation_mismatches",
    "first_day",
    "habits",
    "hire",
]
