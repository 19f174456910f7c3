"""Columns that several tables share, what their codes are called, and where shipped tables come from."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from engine.reference import Column, Kind
from processes.complaint import codes
from processes.complaint.deadlines import DATA, regime_label
from processes.complaint.sources import told

ZH = Column("zh", "中文名称", "Chinese name", required=True)
EN = Column("en", "英文名称", "English name", required=True)
SOURCE = Column("source", "依据", "Source", words=told)
REGIME = Column("regime", "制度", "Regime", required=True, longest=40, words=regime_label)

#: Code → its words in Chinese and English.
Words = Mapping[str, tuple[str, str]]

#: Codes that only the program reads.
FIXED: Words = {
    "any": ("任何法域", "Any jurisdiction"),
    "GB-ENG": ("英国（英格兰）", "United Kingdom (England)"),
    "acknowledge": ("确认收到", "Acknowledgement"),
    "decision": ("处理决定", "Decision"),
    "review": ("核查", "Review"),
    "early": ("提前提醒", "Earlier step"),
    "consumer": ("投诉人的期限", "The complainant's period"),
    "authority": ("监管机构的期限", "The authority's period"),
    "retention": ("档案保存", "Retention"),
    "CD": ("自然日", "Calendar days"),
    "BD": ("工作日", "Working days"),
    "H": ("小时", "Hours"),
    "BH": ("工作小时", "Working hours"),
    "MIN": ("分钟", "Minutes"),
    "W": ("周", "Weeks"),
    "M": ("个月", "Months"),
    "Y": ("年", "Years"),
    "due": ("到期之前", "The due date"),
    "mandatory": ("必须告知", "Mandatory"),
    "default": ("一般告知", "Usual"),
    "delay": ("逾期时告知", "On delay"),
    "none": ("无", "None"),
    "*": ("其他", "Any other"),
    "head": ("总部", "Head office"),
    "branch": ("分行/分公司", "Branch"),
    "outlet": ("网点/支公司", "Outlet"),
    "department": ("部门", "Department"),
    "partner": ("合作机构", "Partner"),
    "closing": ("结案之日", "Closing"),
    "receipt": ("收到之日", "Receipt"),
    "jurisdiction": ("法域", "Jurisdiction"),
    "sector": ("行业", "Sector"),
    "fast": ("快速处理", "Fast lane"),
    "handler": ("经办人", "Handler"),
}
#: Lists with words for the other codes that the program reads.
_KNOWN = ("jurisdiction", "language")
YES_NO: Words = {"Y": ("是", "Yes"), "N": ("否", "No")}


@dataclass(frozen=True)
class Codes:
    """Codes that cells may hold: those of some lists, and fixed ones."""

    lists: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    fixed_words: Words = field(default_factory=lambda: FIXED)

    def __call__(self) -> Collection[str]:
        """All of them, as they are now."""
        return {code for name in self.lists for code in codes.lists()[name]} | {*self.fixed}

    def words(self, code: str, language: str) -> str:
        """What people call `code`, in `zh` or `en`."""
        if code in self.fixed and code in self.fixed_words:
            return self.fixed_words[code][language != "zh"]
        return codes.label_in((*self.lists, *_KNOWN), code, language)


def file(name: str) -> Callable[[], bytes]:
    """Reads the shipped table `name`.csv."""
    return partial(Path.read_bytes, DATA / f"{name}.csv")


def codes_of(*lists: str, more: tuple[str, ...] = ()) -> Codes:
    """The codes of the named lists, and `more`."""
    return Codes(lists, more)


def one_of(*choices: str, words: Words = FIXED) -> Codes:
    """Fixed codes that no list keeps, because the program reads them."""
    return Codes((), choices, words)


def coded(name: str, zh: str, en: str, choices: Codes, *, required: bool = False, many: bool = False) -> Column:
    """A column of codes."""
    return Column(name, zh, en, Kind.CODE, required=required, choices=choices, many=many, words=choices.words)
