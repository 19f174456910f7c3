"""What the decision tables tested and said, in words: codes by the lists that their columns take them from."""

import re
from collections.abc import Mapping

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import codes
from processes.complaint.deadlines import law, regime_label
from processes.complaint.groups import GROUPS
from processes.complaint.notices import words as plain_words
from processes.complaint.paths import PATHS
from processes.complaint.reference_tables.columns import FIXED, YES_NO
from processes.complaint.register import NAME

#: Name of an output → the lists that its codes are of.
OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "outcome": ("outcome",),
    "reason_code": ("outcome_reason",),
    "legal_basis": ("legal_basis",),
    "notice": ("notice",),
    "tiers": ("approver",),
    "informed": ("approver",),
    "level": ("level",),
    "why": ("level_reason", "routing_reason"),
    "unit": (codes.UNIT,),
    "partner": (codes.PARTNER,),
    "method": ("followup_method",),
    "approver": ("approver",),
    "channel": ("notice_channel",),
    "template": ("notice",),
    "severity": ("severity",),
    "rule": ("warning_rule",),
}

#: A path of the record in an expression.
_PATH = re.compile(rf"\b{NAME}\.([a-z_]+(?:\.[a-z_]+)*)")

_GROUPS = {group.key: group for group in GROUPS}


def words(name: str, value: object, language: str) -> str:
    """A value of the output `name`, or of the expression `name` that was tested, for people."""
    if value is None or value in ("", []):
        return {"zh": "无", "en": "–"}[_short(language)]
    if isinstance(value, bool):
        return YES_NO["Y" if value else "N"][_short(language) != "zh"]
    if isinstance(value, list):
        told = dict.fromkeys(words(name, each, language) for each in value)
        return plain_words(list(told), language)
    return _code(name, value, language) if isinstance(value, str) else plain_words(value, language)


def _code(name: str, code: str, language: str) -> str:
    words_of = {"deadline_id": _deadline, "complaint.regime": regime_label}.get(name)
    told = words_of(code, language) if words_of else codes.label_in(_lists(name), code, language)
    group = _GROUPS.get(code) if told == code else None
    return told if group is None else group.name_zh if _short(language) == "zh" else group.name_en


def _lists(name: str) -> tuple[str, ...]:
    """The lists that codes of this output, or of the first path of this expression, are of."""
    if name in OUTPUTS:
        return OUTPUTS[name]
    path = _PATH.search(name)
    field = PATHS.get(path[1]) if path else None
    return field.codes if field else ()


def _deadline(code: str, language: str) -> str:
    """A row of the table of deadlines: what is measured, how long, by whose rule."""
    try:
        found = law().find(code, clock.today())
    except InvalidInput:  # the row has ended since
        return code
    zh = _short(language) == "zh"
    purpose, unit = (FIXED.get(key, (key, key))[not zh] for key in (found.purpose, found.period.unit))
    regime = regime_label(found.regime, _short(language))
    limit = found.period.limit
    return f"{purpose} {limit} {unit}（{regime}）" if zh else f"{purpose}, {limit} {unit.lower()} ({regime})"


def _short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
