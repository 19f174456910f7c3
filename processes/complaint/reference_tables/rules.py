"""Whose rules there are, what stops a period, how long files are kept, and how long steps and silence may last."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.reference import Column, Flaw, Kind, Row, Table, Validity, dated
from processes.complaint import codes
from processes.complaint.deadlines import regime_label
from processes.complaint.reference_tables.columns import EN, REGIME, SOURCE, ZH, Codes, coded, codes_of, file, one_of
from processes.complaint.step_times import BACKWARDS, UNITS
from processes.complaint.workdays import COUNTRIES

_VALIDITY = Validity()

#: Units of a step time that are counted whole.
DAYS = frozenset({"CD", "BD"})

PRIORITIES = ("1", "2", "3", "4")

#: What is known of the institution, each a list of codes.
TENANT_LISTS = ("jurisdiction", "sector")

#: A row for every other case.
ANY = "*"


def _not_less(rows: Sequence[Row]) -> Iterator[Flaw]:
    """A file is kept for at least as long as the law wants."""
    for number, row in enumerate(rows, 2):
        if row["least"] and row["default"] and int(row["default"]) < int(row["least"]):
            yield Flaw(number, "default", "保存期限短于法定最短期限。", "This is shorter than the law allows.")


def _some_time(rows: Sequence[Row]) -> Iterator[Flaw]:
    """A step gets some time; days may be counted back from what is due, and days are whole."""
    for number, row in enumerate(rows, 2):
        amount = Decimal(row["amount"])
        if not amount or (amount < 0 and row["unit"] != BACKWARDS):
            zh = f"时限必须大于零；只有自然日（{BACKWARDS}）可以为负数，表示提前。"
            en = (
                f"The time must be more than nothing; only calendar days ({BACKWARDS}) may be negative: so long before."
            )
            yield Flaw(number, "amount", zh, en)
        if row["unit"] in DAYS and amount % 1:
            yield Flaw(number, "amount", "天数必须是整数。", "Days are whole.")


def _every_priority(rows: Sequence[Row]) -> Iterator[Flaw]:
    """Whatever its priority, a complaint is not forgotten."""
    for number, row in enumerate(rows, 2):
        if int(row["days"]) < 1:
            yield Flaw(number, "days", "至少为一天。", "It must be one day at least.")
    for priority in sorted(set(PRIORITIES) - {row["priority"] for row in rows}):
        zh, en = f"缺少优先级 {priority} 的间隔。", f"There is no interval for priority {priority}."
        yield Flaw(None, "priority", zh, en)


def _at_home(rows: Sequence[Row]) -> Iterator[Flaw]:
    """The place is one whose working days are known, or empty; the business is a code."""
    for number, row in enumerate(rows, 2):
        known = {*COUNTRIES, ""} if row["key"] == "jurisdiction" else set(codes.lists()[row["key"]])
        if row["value"] not in known:
            names = ", ".join(sorted(known - {""}))
            zh = f"没有代码“{row['value']}”；可用：{names}。"
            yield Flaw(number, "value", zh, f"There is no code “{row['value']}”; possible are {names}.")
    for key in sorted(set(TENANT_LISTS) - {row["key"] for row in rows}):
        yield Flaw(None, "key", f"缺少 {key}。", f"There is no row {key}.")


REGIMES = Table(
    name="regimes",
    zh="监管制度",
    en="Regimes",
    columns=(
        Column("id", "编号", "Regime", required=True, longest=40),
        coded("jurisdiction", "法域", "Jurisdiction", one_of(*COUNTRIES, "any"), required=True),
        ZH,
        EN,
        Column("agreed_date", "可另行约定日期", "Another date may be agreed", Kind.YES_NO, required=True),
        *dated(),
        SOURCE,
    ),
    key=("id",),
    shipped=file("regimes"),
    validity=_VALIDITY,
    gapless=True,
)

PAUSES = Table(
    name="pauses",
    zh="中止事由",
    en="Pauses",
    columns=(
        REGIME,
        coded(
            "reason", "事由（* 为其他）", "Reason (*: any other)", codes_of("pause_reason", more=(ANY,)), required=True
        ),
        Column("stops", "停止计时", "Stops the clock", Kind.YES_NO, required=True),
        Column("most", "最多工作日", "Working days at most", Kind.INTEGER),
        coded("most_unit", "单位", "Unit", one_of("BD")),
        Column("told_within", "告知期限（工作日）", "Told within (working days)", Kind.INTEGER),
        *dated(),
        SOURCE,
    ),
    key=("regime", "reason"),
    shipped=file("pauses"),
    validity=_VALIDITY,
)

RETENTION = Table(
    name="retention",
    zh="档案保存期限",
    en="Retention",
    columns=(
        Column("regime", "制度（* 为其他）", "Regime (*: any other)", required=True, longest=40, words=regime_label),
        Column("least", "至少", "At least", Kind.INTEGER),
        Column("default", "保存", "Kept for", Kind.INTEGER, required=True),
        coded("unit", "单位", "Unit", one_of("Y"), required=True),
        coded("from", "起算", "Counted from", one_of("closing", "receipt"), required=True),
        *dated(),
        SOURCE,
    ),
    key=("regime",),
    shipped=file("retention"),
    validity=_VALIDITY,
    checks=(_not_less,),
)

STEP_TIMES = Table(
    name="step_times",
    zh="环节时限",
    en="Times of steps",
    columns=(
        Column("step", "环节", "Step", required=True, longest=40, words=Codes(("step",)).words),
        coded("priority", "优先级（空为全部）", "Priority (empty: any)", one_of(*PRIORITIES)),
        Column("amount", "时长", "Time", Kind.DECIMAL, required=True),
        coded("unit", "单位", "Unit", one_of(*UNITS), required=True),
        *dated(),
        SOURCE,
    ),
    key=("step", "priority"),
    shipped=file("step_times"),
    validity=_VALIDITY,
    gapless=True,
    checks=(_some_time,),
)

PROGRESS_INTERVALS = Table(
    name="progress_intervals",
    zh="进展告知间隔",
    en="Progress intervals",
    columns=(
        coded("priority", "优先级", "Priority", one_of(*PRIORITIES), required=True),
        Column("days", "天数", "Days", Kind.INTEGER, required=True),
        *dated(),
        SOURCE,
    ),
    key=("priority",),
    shipped=file("progress_intervals"),
    validity=_VALIDITY,
    gapless=True,
    checks=(_every_priority,),
)

TENANT = Table(
    name="tenant",
    zh="本机构",
    en="The institution",
    columns=(
        coded("key", "名目", "What", one_of(*TENANT_LISTS), required=True),
        Column("value", "内容", "Value", longest=40),
        Column("note", "说明", "Note"),
    ),
    key=("key",),
    shipped=file("tenant"),
    checks=(_at_home,),
)

CALENDAR_YEARS = Table(
    name="calendar_years",
    zh="已公布的日历年度",
    en="Published calendar years",
    columns=(
        coded("country", "国家或地区", "Country", one_of(*sorted(set(COUNTRIES.values()))), required=True),
        Column("year", "年度", "Year", Kind.INTEGER, required=True),
        SOURCE,
    ),
    key=("country", "year"),
    shipped=file("calendar_years"),
)

DECLINE_REASONS = Table(
    name="decline_reasons",
    zh="不予办理的法定理由",
    en="Reasons to decline",
    columns=(
        REGIME,
        coded("code", "理由", "Reason", codes_of("outcome_reason"), required=True),
        Column("source_zh", "依据（中文）", "Source in Chinese", required=True),
        Column("source_en", "依据（英文）", "Source in English", required=True),
        *dated(),
    ),
    key=("regime", "code"),
    shipped=file("decline_reasons"),
    validity=_VALIDITY,
)
