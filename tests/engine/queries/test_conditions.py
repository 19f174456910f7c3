"""Conditions that the database answers as FEEL does."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Date, Integer, Numeric, String, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from engine import clock, feel
from engine.applications import CaseField, FieldKind
from engine.errors import FeelSyntaxError, InvalidInput
from engine.models.columns import Moment
from engine.queries.conditions import LONGEST, condition

NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
CODES = ["A", "B_1", "B%1", 'C"', "中"]


class Base(DeclarativeBase):
    pass


class Case(Base):
    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[str | None] = mapped_column(String(20))
    priority: Mapped[int | None] = mapped_column(Integer)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    fast: Mapped[bool | None] = mapped_column(Boolean)
    on: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime | None] = mapped_column(Moment)
    flags: Mapped[list[str]] = mapped_column(JSON)


KINDS = {
    "level": FieldKind.TEXT,
    "channel": FieldKind.TEXT,
    "priority": FieldKind.NUMBER,
    "amount": FieldKind.NUMBER,
    "fast": FieldKind.YES_NO,
    "on": FieldKind.DAY,
    "at": FieldKind.MOMENT,
    "flags": FieldKind.CODES,
}
FIELDS = {f"case.{name}": CaseField(name, name, kind, getattr(Case, name)) for name, kind in KINDS.items()}

moments = st.integers(-100, 100).map(lambda hours: NOW + timedelta(hours=hours))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "level": st.none() | st.sampled_from(CODES),
            "channel": st.none() | st.sampled_from(CODES),
            "priority": st.none() | st.integers(0, 5),
            "amount": st.none() | st.integers(0, 500).map(lambda cents: Decimal(cents) / 100),
            "fast": st.none() | st.booleans(),
            "on": st.none() | moments.map(lambda at: at.date()),
            "at": st.none() | moments,
            "flags": st.lists(st.sampled_from(CODES), max_size=3, unique=True),
        }
    ),
    max_size=6,
)


def text(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


signs, orders = st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from(["<", "<=", ">", ">="])
texts = st.sampled_from(CODES).map(text)
numbers = st.integers(0, 5).map(str) | st.just("2.5")
days = moments.map(lambda at: f'date("{at.date()}")')
times = moments.map(lambda at: f'date and time("{at:%Y-%m-%dT%H:%M:%S}Z")') | st.just('now() - duration("P1D")')
values = {
    **dict.fromkeys(["level", "channel"], texts),
    **dict.fromkeys(["priority", "amount"], numbers),
    "on": days,
    "at": times,
}


@st.composite
def comparisons(draw):
    name = draw(st.sampled_from(sorted(values)))
    two = draw(values[name]), draw(values[name])
    with clock.at(NOW):
        one, other = sorted(two, key=lambda text: feel.evaluate(text, {}))
    shape = draw(st.sampled_from(["{f} {s} {a}", "{a} {s} {f}", "({f} between {a} and {b})", "({f} in ({a}, {b}))"]))
    more = draw(
        st.sampled_from(["", "({f} in [{a}..{b}])", "({f} in (> {a}))", "{f} = null", "{f} != null", "null < {f}"])
    )
    return (more or shape).format(f=f"case.{name}", s=draw(signs), a=one, b=other)


leaves = (
    comparisons()
    | st.sampled_from(["case.fast", "case.fast = true", "case.level = case.channel", "case.priority < case.amount"])
    | st.sampled_from(["case.level != case.channel", "true", "null", "2 > 1"])
    | texts.map(lambda code: f"list contains(case.flags, {code})")
)
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).flatmap(
            lambda parts: st.sampled_from([f"({' and '.join(parts)})", f"({' or '.join(parts)})"])
        )
        | inner.map(lambda part: f"not({part})")
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def database():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@given(cases=rows, asked=conditions)
def test_the_database_finds_what_feel_finds_true(database, cases, asked):
    wanted = []
    with clock.at(NOW):
        for number, case in enumerate(cases):
            known = {**case, "priority": None if case["priority"] is None else Decimal(case["priority"])}
            if feel.evaluate(asked, {"case": known}) is True:
                wanted.append(number)
        note(asked)
        found = condition(asked, FIELDS)

    with Session(database) as session:
        if cases:
            session.execute(insert(Case), [{"id": number, **case} for number, case in enumerate(cases)])
        assert list(session.scalars(select(Case.id).where(found.clause).order_by(Case.id))) == wanted
        session.rollback()


def test_it_tells_which_fields_it_reads():
    asked = 'case.level = "MAJOR" or (case.amount > 100 and not(case.fast))'

    assert condition(asked, FIELDS).fields == {"case.level", "case.amount", "case.fast"}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ('case.name = "x"', "There is no field “case.name” to filter by."),
        ("case.level", "“case.level” alone is no condition: compare it with something."),
        ("case.level > 5", "“case.level” is compared with something of another kind."),
        ('case.at > date("2026-03-10")', "a moment is compared with date and time"),
        ("case.amount * 2 > 5", "it does not calculate with fields"),
        ('case.flags = "A"', "“case.flags” holds several codes"),
        ("case.flags < case.flags", "“case.flags” holds several codes"),
        ('upper case(case.level) = "A"', "it does not calculate with fields"),
        ('contains(case.level, "A")', "“contains()” cannot be used with the fields of a case."),
        ("list contains(case.level, 1)", "takes a field with several codes, and a text"),
        ('case.level in ["A", "B"] and case.fast', "Put brackets around “case.level in …”"),
        ("case.amount in [2..1]", "“case.amount” is compared with is none: it runs backwards"),
        ("case.level = [1]", "Fields can be compared with numbers, texts"),
        ("x" * (LONGEST + 1), "at most 1000 characters"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_field(asked, why):
    with pytest.raises(InvalidInput) as refused:
        condition(asked, FIELDS)

    assert why in refused.value.message


def test_a_condition_that_cannot_be_read_names_the_place():
    with pytest.raises(FeelSyntaxError, match="position"):
        condition("case.level = ", FIELDS)
