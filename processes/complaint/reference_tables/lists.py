"""Lists of codes, and the names and contacts of the institution."""

from collections.abc import Iterator, Sequence

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from engine.models import ProcessInstance
from engine.reference import Column, Flaw, Row, Table, Validity, changes, dated
from processes.complaint.paths import COLUMN, PATHS
from processes.complaint.reference_tables.columns import EN, SOURCE, ZH, file
from processes.complaint.reference_tables.trees import tree_flaws
from processes.complaint.tables import Complaint


def _tree(rows: Sequence[Row]) -> Iterator[Flaw]:
    return tree_flaws(
        rows,
        own=lambda row: (row["dimension"], row["code"]),
        above=lambda row: (row["dimension"], row["parent"]) if row["parent"] else None,
    )


def codes_in_use(session: Session, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Flaw]:
    """Codes that a running case has are not taken away but ended: its pages and statistics still name them."""
    kept = {(row["dimension"], row["code"]) for row in after}
    for row in changes(CODE_LISTS, before, after).removed:
        if (row["dimension"], row["code"]) not in kept and _is_used(session, row["dimension"], row["code"]):
            code = f"{row['dimension']} {row['code']}"
            yield Flaw(
                None,
                "code",
                f"代码 {code} 正被办理中的投诉使用，不能删除；请填写失效日期。",
                f"The code {code} is used by a complaint under way and cannot be taken away; give it a last day.",
            )


def _is_used(session: Session, dimension: str, code: str) -> bool:
    names = [
        path.replace(".", "_")
        for path, field in PATHS.items()
        if dimension in field.codes and (field.place == COLUMN or hasattr(Complaint, path.replace(".", "_")))
    ]
    columns = [getattr(Complaint, name) for name in names]
    if not columns:
        return False
    holds = or_(*(cast(column, String).contains(code, autoescape=True) for column in columns))
    query = select(*columns).join(ProcessInstance, ProcessInstance.id == Complaint.instance_id)
    found = session.execute(query.where(ProcessInstance.status == "active", holds))
    return any(value == code or (isinstance(value, list) and code in value) for row in found for value in row)


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
