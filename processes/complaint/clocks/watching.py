"""Whether a count had to guess: it asked for a day of a year whose days off are not announced yet."""

from datetime import date
from typing import Protocol

from processes.complaint.counting import WorkingDays


class Announced(WorkingDays, Protocol):
    """Working days of which it is known for which years they are settled."""

    def is_published(self, year: int) -> bool:
        """Whether the days off of `year` are settled."""


class Watched:
    """Working days that note whether a count was a guess (`guessed`): its result is provisional."""

    def __init__(self, days: Announced) -> None:
        self._days = days
        self.guessed = False

    def is_working(self, day: date) -> bool:
        """Whether offices are open on `day`."""
        self.guessed = self.guessed or not self._days.is_published(day.year)
        return self._days.is_working(day)
