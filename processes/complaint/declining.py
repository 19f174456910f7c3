"""Which reasons for not taking up a complaint are lawful: the table `decline_reasons`, one row per regime and reason.

Order No. 3 of 2020 knows one (Art. 18); what stands in no row is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine import clock, reference
from engine.reference import Validity
from processes.complaint.codes import label
from processes.complaint.sheets import made

#: The list that names the reasons.
REASONS = "outcome_reason"

_VALIDITY = Validity()


@dataclass(frozen=True)
class DeclineReason:
    """One reason that is lawful in one regime while the row is in force."""

    regime: str
    code: str
    source_zh: str
    source_en: str
    row: reference.Row

    def told(self, language: str) -> str:
        """The reason with its source, in `language` (`zh…`, else English)."""
        source = self.source_zh if language.startswith("zh") else self.source_en
        return f"{label(REASONS, self.code, language)} ({source})"


@reference.derived("decline_reasons")
def decline_reasons() -> tuple[DeclineReason, ...]:
    """All rows of the table."""
    return tuple(made("decline_reasons", _reason))


def lawful_anywhere(code: str) -> bool:
    """Whether some regime allows the reason `code` today."""
    return any(reason.code == code for reason in _in_force())


def may_decline(code: str | None, regime: str | None) -> bool:
    """FEEL function: whether `regime` allows the reason `code` today."""
    return any(reason.code == code for reason in _in_force() if reason.regime == regime)


def lawful_declines(regime: str | None, language: str) -> str:
    """FEEL function: the reasons that `regime` allows today with their sources, in `language` (`zh` or `en`)."""
    found = [reason.told(language) for reason in _in_force() if reason.regime == regime]
    joined, nothing = ("；", "无") if language.startswith("zh") else ("; ", "none")
    return joined.join(found) or nothing


def _in_force() -> Iterator[DeclineReason]:
    today = clock.today()
    return (reason for reason in decline_reasons() if _VALIDITY.holds_on(reason.row, today))


def _reason(cells: reference.Row) -> DeclineReason:
    return DeclineReason(
        regime=cells["regime"],
        code=cells["code"],
        source_zh=cells["source_zh"],
        source_en=cells["source_en"],
        row=cells,
    )
