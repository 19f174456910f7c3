"""The papers that a file must hold before it is archived (R-047), in the order of the archive list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Get = Callable[[str], Any]

#: A path that must hold something, or a question that must be answered with yes.
Proof = str | Callable[[Get], bool]


@dataclass(frozen=True)
class Item:
    """One paper: its code in the list `archive_item`, what proves it, and whether this case needs it."""

    code: str
    proof: Proof
    needed: Callable[[Get], bool] = lambda get: True  # noqa: ARG005


def _was_taken_up(get: Get) -> bool:
    return get("outcome") == "accept" and not get("withdrawn")


def _was_investigated(get: Get) -> bool:
    return _was_taken_up(get) and not get("fast_lane")


def _has_legal_side(get: Get) -> bool:
    return _was_investigated(get) and ("legal" in get("flags") or get("legal_risk") == "high")


def _is_proven(proof: Proof, get: Get) -> bool:
    return bool(get(proof)) if isinstance(proof, str) else proof(get)


ITEMS = (
    Item("submission", "narrative"),
    Item("registration", "summary"),
    Item("identity", "identity_verified"),
    Item("acknowledgement", "clock.acknowledged_at", lambda get: bool(get("contact_known"))),
    Item("contact", lambda get: bool(get("contact_attempts")), _was_investigated),
    Item("evidence", lambda get: bool(get("evidence") or get("issues")), _was_investigated),
    Item("enquiries", "enquiries", lambda get: _was_investigated(get) and bool(get("questions"))),
    Item("findings", "texts.conclusion", _was_investigated),
    Item("legal", "texts.legal_opinion", _has_legal_side),
    Item("solution", lambda get: bool(get("demand_answers") or get("measures")), _was_investigated),
    Item("decision", "decided_at", lambda get: _was_taken_up(get) and bool(get("contact_known"))),
    Item("measures", lambda get: bool(get("measures_done")), lambda get: bool(get("measures"))),
    Item("followup", "followup.method", _was_taken_up),
    Item("regulator", "regulator.satisfaction", lambda get: _was_taken_up(get) and bool(get("regulator_forwarded"))),
)


def missing(get: Get) -> list[str]:
    """The codes of the papers that the case needs and does not have, nor got as a file; `get` reads its record."""
    supplied = get("papers_supplied")
    lacking = (item.code for item in ITEMS if item.needed(get) and not _is_proven(item.proof, get))
    return [code for code in lacking if code not in supplied]
