"""How long the file of a complaint is kept (D12): `data/retention.csv`, by regime, with dates of validity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from engine import clock, reference
from processes.complaint import counting
from processes.complaint.clocks import Clocks
from processes.complaint.counting import Period
from processes.complaint.deadlines import Dated, dated
from processes.complaint.facts import fact
from processes.complaint.sheets import made

#: The row for what has no row of its own.
ANY = "*"

#: Years are counted by the calendar: which days are worked plays no part.
UNIT = "Y"


@dataclass(frozen=True, kw_only=True)
class Retention(Dated):
    """Files of `regime` are kept for `years` (at least the law's) from `begins`: closing or receipt."""

    regime: str
    years: int
    begins: str


@reference.derived("retention")
def retentions() -> tuple[Retention, ...]:
    """All rows of the table; raises InvalidInput naming the line of a row that cannot be read."""
    return tuple(made("retention", _retention))


def retained_until(clocks: Clocks) -> date | None:
    """The last day on which the file must be there, by all regimes of the case; None while it is open or held."""
    complaint = clocks.complaint
    if complaint.closed_at is None or fact(complaint, "hold"):
        return None
    closed_on = complaint.closed_at.astimezone(clock.zone()).date()
    known = [row for row in retentions() if row.holds_on(closed_on)]
    regimes = {row.regime for row in complaint.clocks}
    rows = [row for row in known if row.regime in regimes] or [row for row in known if row.regime == ANY]
    begins = {"closing": complaint.closed_at, "receipt": complaint.received_at}
    return max((_after(begins[row.begins], row.years, clocks) for row in rows), default=None)


def _after(moment: datetime, years: int, clocks: Clocks) -> date:
    noon = datetime.combine(moment.astimezone(clock.zone()).date(), time(12), clock.zone())
    last_moment = counting.due(noon, Period(years, UNIT), clocks.calendar(clocks.home()))
    return last_moment.astimezone(clock.zone()).date()


def _retention(cells: Mapping[str, str]) -> Retention:
    least, ours = int(cells["least"] or 0), int(cells["default"])
    if cells["unit"] != UNIT or cells["from"] not in {"closing", "receipt"}:
        raise ValueError(f"files are kept for years (Y) from closing or receipt, not {cells['unit']} {cells['from']}")
    if ours < least:
        raise ValueError(f"{ours} years are fewer than the {least} that the law asks for")
    return Retention(regime=cells["regime"], years=ours, begins=cells["from"], **dated(cells))
