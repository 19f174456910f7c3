"""Lists of codes, and the names and contacts of the institution."""

from collections.abc import Iterator, Sequence, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import values
from engine.models import ProcessInstance
from engine.reference import Column, Flaw, Row, Table, Validity, dated
from processes.complaint.paths import COLUMN, PATHS
from processes.complaint.reference_tables.columns import EN, SOURCE, ZH, file
from processes.complaint.reference_tables.trees import tree_flaws
from processes.complaint.tables import Complaint


def _tree(rows: Sequence[Row]) -> Iterator[Flaw]:
    return tree_flaws(
        rows,
        own=_name,
        above=lambda row: (row["dimension"], row["parent"]) if row["parent"] else None,
    )


def codes_in_use(session: Session, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Flaw]:
    """Codes that a running case has are not taken away but ended: its pages and statistics still name them."""
    gone = {_name(row) for row in before} - {_name(row) for row in after}
    if not gone:
        return
    for dimension, code in sorted(gone.intersection(_used(session, {dimension for dimension, _ in gone}))):
        yield Flaw(
            None,
            "code",
            f"代码 {dimension} {code} 正被办理中的投诉使用，不能删除；请填写失效日期。",
            f"The code {dimension} {code} is used by a complaint under way and cannot go; give it a last day.",
        )


def _used(session: Session, dimensions: Set[str]) -> Iterator[tuple[str, str]]:
    """(list, code) of what running cases have of these lists in plain values; sealed texts hold no codes that route."""
    fields = {path: field for path, field in PATHS.items() if not dimensions.isdisjoint(field.codes)}
    columns = {path: path.replace(".", "_") for path, field in fields.items() if field.place == COLUMN}
    plain = [getattr(Complaint, name).label(path) for path, name in columns.items()]
    query = select(Complaint.facts, *plain).join(ProcessInstance, ProcessInstance.id == Complaint.instance_id)
    for row in session.execute(query.where(ProcessInstance.status == "active")):
        known = {**values.loads(row.facts), **row._mapping}
        for path, field in fields.items():
            held = known.get(path)
            for code in held if isinstance(held, list) else [held]:
                yield from ((dimension, code) for dimension in field.codes if code)


def _name(row: Row) -> tuple[str, str]:
    return row["dimension"], row["code"]


def _codes(name: str, zh: str, en: str) -> Table:
    return Table(
        name=name,
        zh=zh,
        en=en,
        columns=(
            Column("dimension", "列表", "List", required=True),
            Column("code", "代码", "Code", required=True, longest=40),
            Column("parent", "上级代码", "Code above", longest=40),
            ZH,
            EN,
            Column("jrt_code", "JR/T 0169 代码", "Code of JR/T 0169"),
            SOURCE,
            Column("confidence", "可信度", "Confidence"),
            *dated(),
        ),
        key=("dimension", "code"),
        shipped=file(name),
        validity=Validity(),
        overlays=True,
        checks=(_tree,),
        objections=codes_in_use,
    )


CODE_LISTS = _codes("code_lists", "分类代码", "Codes of classification")
FORM_LISTS = _codes("form_lists", "表单选项", "Codes of forms")

INSTITUTION = Table(
    name="institution",
    zh="机构名称与联系方式",
    en="Names and contacts",
    columns=(Column("key", "名目", "What", required=True), ZH, EN),
    key=("key",),
    shipped=file("institution"),
    overlays=True,
)
