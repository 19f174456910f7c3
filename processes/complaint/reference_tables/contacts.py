"""How people reach the institution, and whom else they can turn to: what the page of all channels shows."""

from engine.reference import Column, Table, Validity, dated
from processes.complaint.reference_tables.columns import EN, ZH, Words, coded, codes_of, file, one_of
from processes.complaint.units import organisation

OWN, REGULATOR, MEDIATION = "own", "regulator", "mediation"

_WHOSE: Words = {
    OWN: ("本机构", "Ours"),
    REGULATOR: ("监管机构", "Supervisory authority"),
    MEDIATION: ("调解组织", "Mediation body"),
}
_HOURS = (
    Column("hours_zh", "时间（中文）", "Hours in Chinese", longest=200),
    Column("hours_en", "时间（英文）", "Hours in English", longest=200),
)


def _unit_words(key: str, language: str) -> str:
    tree = organisation()
    return tree[key].name(language) if key in tree else key


WAYS = Table(
    name="ways",
    zh="投诉渠道公示",
    en="Ways to complain",
    columns=(
        coded("whose", "属于", "Whose", one_of(OWN, REGULATOR, MEDIATION, words=_WHOSE), required=True),
        coded("channel", "渠道（停用则不公示）", "Channel (not shown once closed)", codes_of("channel")),
        ZH,
        EN,
        *_HOURS,
        *dated(),
    ),
    key=("whose", "en"),
    shipped=file("ways"),
    validity=Validity(),
)

ADDRESSES = Table(
    name="addresses",
    zh="网点地址",
    en="Addresses of units",
    columns=(
        Column("unit", "机构", "Unit", required=True, longest=100, words=_unit_words),
        Column("zh", "地址（中文）", "Address in Chinese", required=True),
        Column("en", "地址（英文）", "Address in English", required=True),
        Column("phone", "电话", "Phone", longest=100),
        *_HOURS,
        *dated(),
    ),
    key=("unit",),
    shipped=file("addresses"),
    validity=Validity(),
)
