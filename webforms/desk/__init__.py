"""Taking complaints in at the desk: one screen for every channel, and the quick record on a phone."""

from webforms.desk import quick, taking
from webforms.desk.parts import GROUPS, pages

__all__ = ["GROUPS", "pages", "quick", "taking"]
