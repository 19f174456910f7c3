"""What speaks for two complaints being the same matter, and what the table `duplicates` makes of it.

Pure: the same whichever complaint comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.dmn import Decisions
from processes.complaint.links.points import band, duplicate_points
from processes.complaint.links.similarity import similarity

DECISION = "duplicates"

#: Digests of what identifies a person better than a name does.
PERSON = ("id_index", "uscc_index", "mobile_index", "customer_index", "email_index")


@dataclass(frozen=True)
class Matter:
    """What is compared of one complaint: digests of personal values, codes, moments, and its story."""

    received_at: datetime
    closed_at: datetime | None = None
    id_index: str | None = None
    uscc_index: str | None = None
    mobile_index: str | None = None
    customer_index: str | None = None
    email_index: str | None = None
    name_index: str | None = None
    regulator_number: str | None = None
    account_index: str | None = None
    cat_b: str | None = None
    cat_c: str | None = None
    accused_unit: str | None = None
    accused_staff: frozenset[str] = frozenset()
    story: str = ""


@dataclass(frozen=True)
class Score:
    """Points, and the ids of the rules that gave them."""

    points: int
    rules: tuple[str, ...]

    @property
    def band(self) -> str | None:
        """`certain`, `probable` or `possible`; None when it is too little to be shown."""
        return band(self.points)


def compared(one: Matter, other: Matter) -> Mapping[str, Any]:
    """The inputs of the table: booleans, how alike the stories are, days since the earlier one was closed or null."""
    earlier, later = sorted((one, other), key=_order)
    closed_at = earlier.closed_at
    return {
        "same_id": _same(one, other, "id_index") or _same(one, other, "uscc_index"),
        "same_contact": _same(one, other, "mobile_index") or _same(one, other, "customer_index"),
        "same_email": _same(one, other, "email_index"),
        "same_regulator_number": _same(one, other, "regulator_number"),
        "same_account": _same(one, other, "account_index"),
        "same_category": _same(one, other, "cat_b") and _same(one, other, "cat_c"),
        "text_similarity": round(Decimal(similarity(one.story, other.story)), 4),
        "same_accused": _same(one, other, "accused_unit") or bool(one.accused_staff & other.accused_staff),
        "days_since_closed": None if closed_at is None else max((later.received_at - closed_at).days, 0),
    }


def score(table: Decisions, one: Matter, other: Matter) -> Score:
    """What `table` makes of the two; raises DecisionFault where it contradicts itself or cannot be read."""
    inputs = {"duplicate": compared(one, other)}
    outcome = table.decide(DECISION, inputs, {"duplicate_points": duplicate_points})
    if outcome.reasons:
        raise outcome.reasons[0]
    return Score(int(outcome.value) if isinstance(outcome.value, Decimal) else 0, outcome.matched)


def is_same_person(one: Matter, other: Matter) -> bool:
    """Whether an ID, credit code, phone, customer number or e-mail is the same in both."""
    return any(_same(one, other, name) for name in PERSON)


def is_other_person(one: Matter, other: Matter) -> bool:
    """Whether both persons are known, and nothing of them, nor a regulator's number, is the same."""
    known = all(any(getattr(each, name) is not None for name in (*PERSON, "name_index")) for each in (one, other))
    shared = ("name_index", "regulator_number")
    return known and not is_same_person(one, other) and not any(_same(one, other, name) for name in shared)


def _order(matter: Matter) -> tuple[datetime, bool, datetime]:
    """By receipt; of two received at once, the one closed first."""
    return matter.received_at, matter.closed_at is None, matter.closed_at or matter.received_at


def _same(one: Matter, other: Matter, name: str) -> bool:
    value = getattr(one, name)
    return value is not None and value == getattr(other, name)
