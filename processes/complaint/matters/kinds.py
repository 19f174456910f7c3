"""The kinds of companion cases: the key of their process, how they are numbered and called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from engine.applications import Numbering
from processes.complaint.numbers import increased


@dataclass(frozen=True)
class Kind:
    """One kind of companion case."""

    #: key of its process
    key: str
    #: begins its numbers: the initials of its Chinese name
    prefix: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """Its name in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("review", "HC", "核查", "Review"),
        Kind("rectification", "ZG", "溯源整改", "Rectification"),
        Kind("early_warning", "YJ", "预警", "Early warning"),
        Kind("crisis", "ZD", "重大投诉应急", "Crisis"),
        Kind("partner_enquiry", "XC", "合作机构协查", "Partner enquiry"),
        Kind("precomplaint", "YZ", "投诉预兆", "Early sign"),
        Kind("privacy_incident", "XX", "信息安全事件", "Privacy incident"),
    )
}

#: Process that looks for warnings and leaves nothing but them: its instances have no record and no number.
SCAN = "early_warning_scan"

#: Somebody asked to be called: no complaint yet, so its instances have no record.
CALL_BACK = Kind("call_back", "HD", "请求回电", "Call back")


def numbering(kind: Kind) -> Numbering:
    """Numbers like `HC-20260420-00001`: kind, day, running number of both."""

    def next_number(session: Session, _values: Mapping[str, Any], at: datetime) -> str:
        day = at.astimezone(clock.zone()).strftime("%Y%m%d")
        return f"{kind.prefix}-{day}-{increased(session, f'matter:{kind.key}:{day}'):05d}"

    return next_number
