"""Up to which amount somebody decides alone: the table `authority_limits`, one row per limit and time of validity.

The limits are those of the tiers of approvers, `t1` to `t5`, of the fast lane, `fast`, and of what a case handler may
offer, `handler`. The row in force today counts.
"""

from dataclasses import dataclass
from decimal import Decimal

from engine import clock, reference
from engine.errors import InvalidInput
from engine.reference import Row, Validity
from processes.complaint.sheets import made

VALIDITY = Validity()


@dataclass(frozen=True)
class Limit:
    """One limit and its row; `amount` in `currency`, None where there is none to keep."""

    code: str
    amount: Decimal | None
    currency: str
    row: Row


@reference.derived("authority_limits")
def limits() -> tuple[Limit, ...]:
    """All rows of the table; raises InvalidInput naming a row that cannot be read."""
    return tuple(made("authority_limits", _limit))


def authority_limit(code: str) -> Decimal | None:
    """FEEL function: the highest amount that `code` decides alone today; null where there is no limit to keep.

    Raises InvalidInput when the table has no such row in force.
    """
    today = clock.today()
    for limit in limits():
        if limit.code == code and VALIDITY.holds_on(limit.row, today):
            return limit.amount
    raise InvalidInput(why=f"the table of authority limits has no “{code}” in force on {today}")


def _limit(cells: Row) -> Limit:
    return Limit(cells["limit"], Decimal(cells["amount"]) if cells["amount"] else None, cells["currency"], cells)
