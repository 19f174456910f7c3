"""The organisation as a tree of units, and who is away: the absences that are recorded, whoever recorded them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine import clock
from engine.commands.absences import Leave, check_leaves, leaves, replace_leaves
from engine.organisation import materialise, read
from engine.reference import Column, Flaw, Kind, Live, Row, Rows, Table, Validity, dated
from engine.site import Site
from processes.complaint.reference_tables.columns import EN, ZH, coded, file, one_of
from processes.complaint.reference_tables.trees import tree_flaws

HEAD = "head"


def _tree(rows: Sequence[Row]) -> Iterator[Flaw]:
    return tree_flaws(
        rows,
        own=lambda row: ("", row["key"]),
        above=lambda row: ("", row["parent"]) if row["parent"] else None,
    )


def _one_head(rows: Sequence[Row]) -> Iterator[Flaw]:
    """One unit is the head office, and every other one stands under some unit."""
    heads = {row["key"] for row in rows if row["kind"] == HEAD}
    if not heads:
        yield Flaw(None, "kind", "没有总部（head）。", "No unit is the head office (head).")
    for number, row in enumerate(rows, 2):
        if row["kind"] == HEAD and len(heads) > 1:
            names = ", ".join(sorted(heads))
            yield Flaw(
                number, "kind", f"只能有一个总部，现有：{names}。", f"There can be one head office; here are {names}."
            )
        if row["kind"] == HEAD and row["parent"]:
            yield Flaw(number, "parent", "总部没有上级。", "The head office has no unit above it.")
        if row["kind"] != HEAD and not row["parent"]:
            yield Flaw(
                number, "parent", "除总部外，每个机构都要有上级。", "Every unit but the head office needs one above it."
            )


def _somebody_else(rows: Sequence[Row]) -> Iterator[Flaw]:
    for number, row in enumerate(rows, 2):
        if row["delegate"] == row["person"]:
            yield Flaw(number, "delegate", "代理人不能是本人。", "Nobody stands in for themselves.")


def _stand(session: Session, rows: Sequence[Row]) -> None:
    """What people may see follows the tree."""
    materialise(session, read(rows, clock.today()))


def _absent(session: Session) -> Rows:
    """The absences that are recorded."""
    return tuple(
        {
            "person": leave.username,
            "from_on": leave.from_on.isoformat(),
            "to_on": leave.to_on.isoformat(),
            "delegate": leave.delegate,
            "reason": leave.reason,
        }
        for leave in leaves(session)
    )


def _check_absences(site: Site, session: Session, rows: Rows) -> None:
    check_leaves(site, session, [_leave(row) for row in rows])


def _replace_absences(site: Site, session: Session, rows: Rows, by: str, now: datetime) -> None:
    replace_leaves(site, session, [_leave(row) for row in rows], by=by, now=now)


def _leave(row: Row) -> Leave:
    return Leave(
        row["person"],
        date.fromisoformat(row["from_on"]),
        date.fromisoformat(row["to_on"]),
        row["delegate"],
        row["reason"],
    )


ORGANISATION = Table(
    name="organisation",
    zh="组织机构",
    en="Organisation",
    columns=(
        Column("key", "机构代码", "Unit", required=True, longest=100),
        Column("parent", "上级机构", "Unit above", longest=100),
        coded("kind", "类型", "Kind", one_of(HEAD, "branch", "outlet", "department", "partner"), required=True),
        ZH,
        EN,
        *dated(),
    ),
    key=("key",),
    shipped=file("units"),
    validity=Validity(),
    checks=(_tree, _one_head),
    confirmed=_stand,
)

ABSENCES = Table(
    name="absences",
    zh="缺勤与代理",
    en="Absences",
    columns=(
        Column("person", "人员", "Person", required=True, longest=100),
        Column("from_on", "首日", "First day", Kind.DATE, required=True),
        Column("to_on", "末日", "Last day", Kind.DATE, required=True),
        Column("delegate", "代理人", "Delegate", longest=100),
        Column("reason", "事由", "Reason"),
    ),
    key=("person",),
    shipped=file("absences"),
    validity=Validity("from_on", "to_on"),
    checks=(_somebody_else,),
    live=Live(_absent, _check_absences, _replace_absences),
)
