"""Proof that clocks warn when and only when they must: what fired, compared with the marks of the law computed anew."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import HistoryEvent
from processes.complaint.clocks import Clocks
from processes.complaint.deadlines import law
from processes.complaint.register import OF_INSTANCE
from processes.complaint.workdays import calendar_of

#: The key of a clock's mark, among those of other lists of moments: clock, revision, per cent.
_MARK = re.compile(r"\d+:\d+:\d+")

_ANEW = OF_INSTANCE.execution_options(populate_existing=True)

#: Instance id and key of the mark (clock, revision, per cent).
Key = tuple[str, str]


@dataclass
class Marks:
    """The marks that must fire, learnt while the clocks stand as they do."""

    #: every mark that lay ahead when it was first seen → its moment
    _ahead: dict[Key, datetime] = field(default_factory=dict)
    _by_case: dict[str, dict[str, datetime]] = field(default_factory=dict)
    #: marks whose moment came while they held
    _must: dict[Key, datetime] = field(default_factory=dict)

    def look(self, session: Session, instance_ids: Iterable[str], now: datetime) -> None:
        """See how the clocks of these cases stand now."""
        for instance_id in instance_ids:
            complaint = session.scalars(_ANEW, {"id": instance_id}).unique().one_or_none()
            if complaint is None:
                continue
            clocks = Clocks(complaint, law(), calendar_of)
            current = {warning["key"]: warning["at"] for warning in clocks.warnings(clocks.effective())}
            self._follow(instance_id, current, now)

    def mismatches(self, session: Session, since: datetime) -> list[str]:
        """What fired at another moment than it must, twice, or not at all; `since`: when playing began."""
        fired = select(HistoryEvent).where(HistoryEvent.kind == "timer_fired", HistoryEvent.at >= since)
        happened: Counter[Key] = Counter()
        wrong = []
        for event in session.scalars(fired.execution_options(yield_per=1000)):
            mark = str(orjson.loads(event.detail).get("key"))
            key = (event.stream.removeprefix("instance:"), mark)
            if not _MARK.fullmatch(mark) or key[0] not in self._by_case:
                continue
            happened[key] += 1
            at = self._ahead.get(key)
            if at is None:
                wrong.append(f"{key[0]} {mark}: fired at {event.at:%F %T} without being due")
            elif abs((event.at - at).total_seconds()) >= 1:
                wrong.append(f"{key[0]} {mark}: fired at {event.at:%F %T}, due at {at:%F %T}")
        wrong += [f"{case} {mark}: fired {times} times" for (case, mark), times in happened.items() if times > 1]
        missing = sorted(self._must.keys() - happened.keys())
        return wrong + [f"{case} {mark}: due at {self._must[case, mark]:%F %T}, never fired" for case, mark in missing]

    def _follow(self, instance_id: str, current: dict[str, datetime], now: datetime) -> None:
        known = self._by_case.setdefault(instance_id, {})
        for key, at in known.items():
            if at <= now:
                self._must[instance_id, key] = at
        for key, at in current.items():
            if at > now or key in known:
                self._ahead[instance_id, key] = at
        self._by_case[instance_id] = {key: at for key, at in current.items() if at > now}
