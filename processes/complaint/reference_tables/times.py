"""The law's periods, who may lengthen them, and days that differ from the published calendar."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock, reference
from engine.errors import InvalidInput
from engine.feel import Functions
from engine.reference import Column, Flaw, Kind, Row, Table, Validity, dated
from processes.complaint import codes, extending, notices
from processes.complaint.clocks import Clocks
from processes.complaint.deadlines import MANUAL, law
from processes.complaint.reference_tables.columns import REGIME, SOURCE, YES_NO, coded, codes_of, file, one_of
from processes.complaint.tables import Complaint, ComplaintClock
from processes.complaint.workdays import COUNTRIES, calendar_of

UNITS = ("CD", "BD", "H", "W", "M", "Y")
PURPOSES = ("acknowledge", "decision", "review", "early", "consumer", "authority", "retention")

_VALIDITY = Validity()


def _lengthened(rows: Sequence[Row]) -> Iterator[Flaw]:
    """A deadline that lengthens another one names one that exists."""
    ids = {row["id"] for row in rows}
    for number, row in enumerate(rows, 2):
        shorter = row["extension_of"]
        if shorter and shorter not in ids - {row["id"]}:
            zh, en = f"没有期限“{shorter}”可供延长。", f"There is no deadline “{shorter}” to be lengthened."
            yield Flaw(number, "extension_of", zh, en)


def _counted(rows: Sequence[Row]) -> Iterator[Flaw]:
    """A number needs its unit, and is not negative."""
    for number, row in enumerate(rows, 2):
        if row["limit"] and not row["unit"]:
            yield Flaw(number, "unit", "填写了期限数值，必须填写单位。", "A limit needs its unit.")
        if row["limit"].startswith("-"):
            yield Flaw(number, "limit", "期限不能为负数。", "A limit cannot be negative.")


def _clocks_measured(session: Session, _before: Sequence[Row], after: Sequence[Row]) -> Iterator[Flaw]:
    """A clock that runs needs the row that was in force when it began."""
    running = (ComplaintClock.met_at.is_(None), ComplaintClock.ended_at.is_(None), ComplaintClock.deadline_id != MANUAL)
    began = (func.min(ComplaintClock.trigger_at), func.max(ComplaintClock.trigger_at))
    query = select(ComplaintClock.deadline_id, *began).where(*running).group_by(ComplaintClock.deadline_id)
    for deadline_id, first_at, last_at in session.execute(query):
        of_deadline = [row for row in after if row["id"] == deadline_id]
        for day in sorted({_day(first_at), _day(last_at)}):
            if not any(_VALIDITY.holds_on(row, day) for row in of_deadline):
                yield Flaw(
                    None,
                    "id",
                    f"正在计时的期限 {deadline_id} 在 {day} 没有有效的行；请保留当时有效的行。",
                    f"Clocks run by {deadline_id} since {day}; keep the row that was in force on that day.",
                )
                break


def _between_deadlines(rows: Sequence[Row]) -> Iterator[Flaw]:
    """Both ends of an extension are deadlines, and the second one lengthens the first."""
    lengthens = {row["id"]: row["extension_of"] for row in reference.rows("deadlines")}
    for number, row in enumerate(rows, 2):
        for column in ("from_id", "to_id"):
            if row[column] not in lengthens and (row[column] or column == "from_id"):
                zh, en = f"期限表中没有“{row[column]}”。", f"The table of deadlines has no “{row[column]}”."
                yield Flaw(number, column, zh, en)
        if row["to_id"] and not row["approvers"]:
            yield Flaw(number, "approvers", "须写明由谁审批。", "Say who may approve it.")
        if lengthens.get(row["to_id"], row["from_id"]) != row["from_id"]:
            zh = f"“{row['to_id']}”不是“{row['from_id']}”的延长期限。"
            yield Flaw(number, "to_id", zh, f"“{row['to_id']}” does not lengthen “{row['from_id']}”.")


def _due_dates(session: Session, instance_id: str, _functions: Functions, language: str) -> Mapping[str, str]:
    """By when each clock of the case is due by the rows in force, and who may approve its next extension."""
    complaint = session.get_one(Complaint, instance_id)
    clocks = Clocks(complaint, law(), calendar_of)
    found = {
        f"{row.number}. {row.deadline_id}": _due(clocks, row, language)
        for row in complaint.clocks
        if row.deadline_id != MANUAL
    }
    following = extending.next_stage(clocks)
    if following is not None:
        row, rule, longer = following
        approvers = ", ".join(codes.label("approver", each, language) for each in rule.approvers)
        word = {"zh": "延期", "en": "Extension"}[language]
        due = notices.words(clocks.due_by(row, longer.period), language)
        found[f"{word} {row.deadline_id} → {longer.id}"] = f"{due} ({approvers})"
    return found


def _due(clocks: Clocks, row: ComplaintClock, language: str) -> str:
    try:
        deadline = clocks.law.find(row.deadline_id, _day(row.trigger_at))
    except InvalidInput:
        return "–"
    return notices.words(clocks.due_by(row, deadline.period), language)


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.zone()).date()


DEADLINES = Table(
    name="deadlines",
    zh="期限",
    en="Deadlines",
    columns=(
        Column("id", "编号", "Deadline", required=True, longest=40),
        REGIME,
        coded("jurisdiction", "法域", "Jurisdiction", one_of(*COUNTRIES, "any"), required=True),
        coded("purpose", "用途", "What for", one_of(*PURPOSES), required=True),
        Column("step", "事项", "Step", required=True, longest=40),
        Column("trigger", "起算事件", "Begins with", required=True),
        Column("limit", "期限", "Limit", Kind.INTEGER),
        coded("unit", "单位", "Unit", one_of(*UNITS)),
        Column("stage", "阶段", "Stage"),
        Column("extension_of", "延长自", "Lengthens"),
        Column("approver", "审批人", "Approver"),
        Column("notify_complainant", "告知投诉人", "Tells the complainant"),
        coded("pause", "中止事由", "Reasons of pauses", codes_of("pause_reason", more=("none",)), many=True),
        Column("restart_on_new_facts", "新事实重新计算", "New facts restart it", Kind.YES_NO),
        coded("roll", "顺延至工作日", "Rolls to a working day", one_of("Y", "N", words=YES_NO)),
        *dated(),
        SOURCE,
        Column("confidence", "可信度", "Confidence"),
    ),
    key=("id",),
    shipped=file("deadlines"),
    validity=_VALIDITY,
    gapless=True,
    checks=(_lengthened, _counted),
    objections=_clocks_measured,
    effects=_due_dates,
)

EXTENSIONS = Table(
    name="extensions",
    zh="延期",
    en="Extensions",
    columns=(
        Column("from_id", "原期限", "From deadline", required=True, longest=40),
        Column("to_id", "延至期限（空为不得延长）", "To deadline (empty: none is lawful)", longest=40),
        coded("level", "级别（空为全部）", "Level (empty: any)", codes_of("level")),
        coded("approvers", "审批人", "Approvers", codes_of("approver"), many=True),
        coded("before", "须在何时之前", "Before", one_of("due")),
        coded("notice", "告知", "Notice", one_of("mandatory", "default", "delay", "none"), required=True),
        *dated(),
        SOURCE,
    ),
    key=("from_id", "level"),
    shipped=file("extensions"),
    validity=_VALIDITY,
    checks=(_between_deadlines,),
    effects=_due_dates,
)

CALENDAR_DAYS = Table(
    name="calendar_days",
    zh="日历例外",
    en="Calendar",
    columns=(
        coded("country", "国家或地区", "Country", one_of(*sorted(set(COUNTRIES.values()))), required=True),
        Column("day", "日期", "Day", Kind.DATE, required=True),
        Column("works", "是否工作日", "Is worked", Kind.YES_NO, required=True),
        Column("note", "说明", "Note"),
    ),
    key=("country", "day"),
    shipped=file("calendar_days"),
    effects=_due_dates,
)
