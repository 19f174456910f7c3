"""Up to which amount somebody decides alone: `data/authority_limits.csv`, one row per limit and time of validity.

The limits are those of the tiers of approvers, `t1` to `t5`, of the fast lane, `fast`, and of what a case handler may
offer, `handler`. The row in force today counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from engine import clock
from engine.errors import InvalidInput
from processes.complaint.codes import DATA
from processes.complaint.sheets import read
from processes.complaint.validity import Validity


@dataclass(frozen=True)
class Limit:
    """One limit while it is in force; `amount` in `currency`, None where there is none to keep."""

    code: str
    amount: Decimal | None
    currency: str
    validity: Validity


@cache
def limits() -> tuple[Limit, ...]:
    """All rows of the table; raises InvalidInput naming a row that cannot be read."""
    return tuple(read(DATA / "authority_limits.csv", _limit))


def authority_limit(code: str) -> Decimal | None:
    """FEEL function: the highest amount that `code` decides alone today; null where there is no limit to keep.

    Raises InvalidInput when the table has no such row in force.
    """
    today = clock.today()
    for limit in limits():
        if limit.code == code and limit.validity.holds_on(today):
            return limit.amount
    raise InvalidInput(why=f"the table of authority limits has no “{code}” in force on {today}")


def _limit(cells: Mapping[str, str]) -> Limit:
    amount = Decimal(cells["amount"]) if cells["amount"] else None
    return Limit(cells["limit"], amount, cells["currency"], Validity.of(cells))
