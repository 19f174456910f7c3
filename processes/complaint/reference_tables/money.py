"""Up to which amount each tier may approve (compensation authority)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from engine.definitions import Library
from engine.errors import RedressError
from engine.execution.decisions import decide
from engine.execution.scopes import RecordReading
from engine.feel import Functions
from engine.models import ProcessInstance
from engine.reference import Column, Flaw, Kind, Row, Table, dated
from processes.complaint import codes, notices
from processes.complaint.authority import VALIDITY, authority_limit
from processes.complaint.paths import PATHS
from processes.complaint.record import ComplaintRecord
from processes.complaint.reference_tables.columns import EN, SOURCE, ZH, coded, codes_of, file, one_of
from processes.complaint.register import NAME, REGISTER

TIERS = ("t1", "t2", "t3", "t4", "t5")
#: All limits: of the fast lane and of a handler's offers beside those of the tiers.
LIMITS = ("fast", "handler", *TIERS)

#: The decision table of the model that says who approves.
DECISION = "authority"


def _rising(rows: Sequence[Row]) -> Iterator[Flaw]:
    """On every day on which a row begins, each tier may approve more than the one below it; empty is any amount."""
    numbered = list(enumerate(rows, 2))
    told = set()
    for day in sorted({VALIDITY.begins(row) for row in rows}):
        below = Decimal(-1)
        for tier in TIERS:
            number, row = next(
                ((n, each) for n, each in numbered if each["limit"] == tier and VALIDITY.holds_on(each, day)),
                (0, None),
            )
            if row is None:
                continue
            amount = Decimal(row["amount"]) if row["amount"] else Decimal("Infinity")
            if amount <= below and number not in told:
                told.add(number)
                yield Flaw(
                    number,
                    "amount",
                    f"{tier} 的限额必须高于下一层级的限额 {below}。",
                    f"The limit of {tier} must be above that of the tier below, {below}.",
                )
            below = max(below, amount)


def _missing(rows: Sequence[Row]) -> Iterator[Flaw]:
    for tier in LIMITS:
        if not any(row["limit"] == tier for row in rows):
            yield Flaw(None, "limit", f"缺少 {tier} 的限额。", f"There is no limit for {tier}.")


def _negative(rows: Sequence[Row]) -> Iterator[Flaw]:
    for number, row in enumerate(rows, 2):
        if row["amount"].startswith("-"):
            yield Flaw(number, "amount", "限额不能为负数。", "A limit cannot be negative.")


def _approvals(session: Session, instance_id: str, functions: Functions, language: str) -> Mapping[str, str]:
    """Who must approve what is proposed in a case, by the decision of its model; and each limit."""
    record = REGISTER.open(session, instance_id)
    amount = record.complaint.amount_proposed
    words = {"zh": ("拟付金额", "须审批"), "en": ("Amount proposed", "Must approve")}[language]
    limits = {codes.label("approver", tier, language): authority_limit(tier) for tier in TIERS}
    return {
        words[0]: notices.words(amount, language) if amount is not None else "–",
        words[1]: _decided(session, record, functions, language),
        **{name: "∞" if limit is None else notices.words(limit, language) for name, limit in limits.items()},
    }


def _decided(session: Session, record: ComplaintRecord, functions: Functions, language: str) -> str:
    definition_id = session.get_one(ProcessInstance, record.complaint.instance_id).definition_id
    _, model, _ = Library(session).by_id(definition_id)
    decisions = model.decisions.get(DECISION)
    if decisions is None:
        return "–"
    try:
        outcome = decide(decisions, DECISION, {NAME: RecordReading(NAME, record, frozenset(PATHS))}, functions)
    except RedressError as refusal:
        return refusal.message
    tiers = sorted(set(_tiers(outcome.value)))
    return ", ".join(codes.label("approver", tier.removeprefix("approver_"), language) for tier in tiers) or "–"


def _tiers(value: object) -> Iterator[str]:
    """The approvers that a decision names, under `tiers` where it has several outputs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _tiers(value.get("tiers"))
    elif isinstance(value, list):
        for each in value:
            yield from _tiers(each)


AUTHORITY_LIMITS = Table(
    name="authority_limits",
    zh="审批限额",
    en="Authority limits",
    columns=(
        coded("limit", "层级", "Tier", one_of(*LIMITS), required=True),
        ZH,
        EN,
        Column("amount", "最高金额（空为不限）", "Highest amount (empty: any)", Kind.DECIMAL),
        coded("currency", "币种", "Currency", codes_of("currency"), required=True),
        *dated(),
        SOURCE,
    ),
    key=("limit",),
    shipped=file("authority_limits"),
    validity=VALIDITY,
    gapless=True,
    checks=(_missing, _negative, _rising),
    effects=_approvals,
)
