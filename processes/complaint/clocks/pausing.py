"""What stops a clock: of the pauses on record those that are lawful in its regime, and the days that so do not count.

`data/deadlines.csv` says which reasons stop a period, `data/pauses.csv` on which conditions, and by which source all
others do not (D12; order No. 3 Art. 18 and 23). What stops no clock stays on record as a reason of waiting.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from processes.complaint.counting import ONE_DAY, Pause, WorkingDays
from processes.complaint.deadlines import Deadline, Deadlines, PauseRule
from processes.complaint.tables import ComplaintPause


@dataclass(frozen=True)
class Stops:
    """What stops a clock of `regime` that runs by `deadline` and was triggered on the day `on`."""

    regime: str
    deadline: Deadline | None
    law: Deadlines
    on: date
    days: WorkingDays

    def rule(self, reason: str) -> PauseRule | None:
        """The row of the table for `reason`."""
        return self.law.pause_rule(self.regime, reason, self.on)

    def allows(self, reason: str) -> bool:
        """Whether `reason` stops the clock."""
        return self.deadline is not None and reason in self.deadline.pauses

    def lawful(self, pauses: Iterable[ComplaintPause]) -> list[ComplaintPause]:
        """Those of `pauses` that stop the clock; one of which the consumer must be told only once that was in time."""
        return [pause for pause in pauses if self.allows(pause.reason) and self._is_told(pause)]

    def endless(self, pauses: Iterable[ComplaintPause]) -> list[ComplaintPause]:
        """Those that stand open and are not limited: time stands still."""
        return [pause for pause in self.lawful(pauses) if pause.to_on is None and self._most(pause) is None]

    def not_counted(self, pauses: Iterable[ComplaintPause]) -> list[Pause]:
        """The days that do not count; of a limited reason no more than its working days in all."""
        found, waited = [], Counter[str]()
        for pause in self.lawful(pauses):
            most, day = self._most(pause), pause.from_on
            if most is None:
                found += [Pause(day, pause.to_on)] if pause.to_on else []
                continue
            while waited[pause.reason] < most and (pause.to_on is None or day < pause.to_on):
                waited[pause.reason] += self.days.is_working(day)
                day += ONE_DAY
            found.append(Pause(pause.from_on, day))
        return found

    def _most(self, pause: ComplaintPause) -> int | None:
        rule = self.rule(pause.reason)
        return rule.most if rule else None

    def _is_told(self, pause: ComplaintPause) -> bool:
        rule = self.rule(pause.reason)
        if rule is None or rule.told_within is None:
            return True
        day, left = pause.from_on, rule.told_within
        while left:
            day += ONE_DAY
            left -= self.days.is_working(day)
        return pause.told_on is not None and pause.told_on <= day
