"""Plain values of a complaint in words."""

from typing import Any

from engine import access
from engine.errors import Erased
from processes.complaint import codes
from processes.complaint.groups import GROUPS
from processes.complaint.paths import PATHS
from processes.complaint.record import ComplaintRecord
from processes.complaint.units import organisation

#: Paths that name a unit, and one that names a group.
UNITS, GROUP = frozenset({"unit", "received_by_unit", "accused_unit"}), "owner_unit"
_GROUPS = {group.key: group for group in GROUPS}


def words(path: str, value: Any, language: str) -> str:
    """A plain value at `path` of the record: codes, units and groups in words, all else as it is; empty for nothing."""
    if value is None:
        return ""
    if path == GROUP:
        return group_name(str(value), language)
    if path in UNITS:
        return unit_name(str(value), language)
    lists = PATHS[path].codes if path in PATHS else ()
    return codes.label_in(lists, value, language) if lists else str(value)


def unit_name(key: str, language: str) -> str:
    """The name of a unit; the key of one that is not known."""
    units = organisation()
    return units[key].name(language) if key in units else key


def group_name(key: str, language: str) -> str:
    """The name of a group, with its unit where the key names one."""
    bare, unit = access.parts(key)
    group = _GROUPS.get(bare)
    name = bare if group is None else group.name_zh if language.startswith("zh") else group.name_en
    return f"{name} · {unit_name(unit, language)}" if unit else name


def is_readable(record: ComplaintRecord) -> bool:
    """False once the personal data was erased."""
    try:
        record.papers.get("sealed_person")
    except Erased:
        return False
    return True
