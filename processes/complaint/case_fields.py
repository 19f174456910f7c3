"""The values of complaints by which lists are filtered and sorted: plain columns only, nothing personal."""

from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import InstrumentedAttribute

from engine.applications import CaseField, FieldKind
from processes.complaint import codes
from processes.complaint.groups import GROUPS, HANDLERS
from processes.complaint.register import NAME
from processes.complaint.tables import Complaint


def _coded(zh: str, en: str, column: InstrumentedAttribute[str | None], *lists: str) -> CaseField:
    """A column with one code of the named lists."""
    return CaseField(zh, en, FieldKind.TEXT, column, partial(_codes_of, lists), partial(_words, lists))


def _listed(zh: str, en: str, column: InstrumentedAttribute[list[str]], *lists: str) -> CaseField:
    """A column with a list of codes."""
    return CaseField(zh, en, FieldKind.CODES, column, partial(_codes_of, lists), partial(_words, lists))


def _codes_of(lists: tuple[str, ...]) -> list[str]:
    return [code for name in lists for code in codes.lists()[name]]


def _words(lists: tuple[str, ...], code: str, language: str) -> str:
    return codes.label_in(lists, code, language)


def lead_words(key: str, language: str) -> str:
    """What people call the group that leads a complaint."""
    group = _UNITS.get(key)
    return key if group is None else group.name_zh if language == "zh" else group.name_en


#: The groups that may lead a complaint.
_UNITS = {group.key: group for group in GROUPS if group.key in HANDLERS}

_FIELDS = {
    "clock.due_at": CaseField("处理期限", "Complaint due", FieldKind.MOMENT, Complaint.due_at),
    "received_at": CaseField("收到时间", "Received", FieldKind.MOMENT, Complaint.received_at),
    "level": _coded("级别", "Level", Complaint.level, "level"),
    "priority": CaseField("优先级", "Priority of the complaint", FieldKind.NUMBER, Complaint.priority),
    "channel": _coded("渠道", "Channel", Complaint.channel, "channel"),
    "phase": _coded("阶段", "Phase", Complaint.phase, "phase"),
    "status": _coded("状态", "Status", Complaint.status, "public_status"),
    "cat_b": _coded("业务类别", "Business", Complaint.cat_b, *codes.BUSINESS),
    "cat_c": _coded("投诉原因", "Cause", Complaint.cat_c, "cat_c"),
    "amount_claimed": CaseField("要求金额", "Amount claimed", FieldKind.NUMBER, Complaint.amount_claimed),
    "amount_proposed": CaseField("拟补偿金额", "Amount proposed", FieldKind.NUMBER, Complaint.amount_proposed),
    "flags": _listed("标识", "Flags", Complaint.flags, "flag"),
    "demands": _listed("诉求", "Demands", Complaint.demands, "demand"),
    "special_needs": _listed("特别需要", "Special needs", Complaint.special_needs, "special_group"),
    "handler": CaseField("经办人（用户名）", "Handler (user name)", FieldKind.TEXT, Complaint.handler),
    "owner_unit": CaseField("主办部门", "Lead unit", FieldKind.TEXT, Complaint.owner_unit, _UNITS.keys, lead_words),
    "accused_unit": CaseField("被投诉机构", "Unit complained about", FieldKind.TEXT, Complaint.accused_unit),
    "fast_lane": CaseField("快速处理", "Fast lane", FieldKind.YES_NO, Complaint.fast_lane),
    "language": _coded("语言", "Language", Complaint.language, "language"),
    "finding": _coded("调查结论", "Finding", Complaint.finding, "finding"),
    "event_on": CaseField("事发日期", "Day of the event", FieldKind.DAY, Complaint.event_on),
}

#: Path with the record's name → field.
CASE_FIELDS: Mapping[str, CaseField] = {f"{NAME}.{path}": field for path, field in _FIELDS.items()}
