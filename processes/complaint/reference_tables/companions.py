"""Partners that are asked for help, and what staff say and do at the counter."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.reference import Column, Flaw, Row, Table, Validity, dated
from processes.complaint import checks
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.notices import LANGUAGES
from processes.complaint.reference_tables.columns import EN, ZH, coded, codes_of, file, one_of

_VALIDITY = Validity()


def _addresses(rows: Sequence[Row]) -> Iterator[Flaw]:
    for number, row in enumerate(rows, 2):
        if not checks.valid_email(row["email"]):
            yield Flaw(number, "email", "不是有效的电子邮箱地址。", "This is no e-mail address.")


def _partners_asked(session: Session, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Flaw]:
    """A partner of whom an answer is awaited is not taken away but ended."""
    gone = {row["key"] for row in before} - {row["key"] for row in after}
    asked = select(ComplaintMatter.unit).where(
        ComplaintMatter.kind == "partner_enquiry", ComplaintMatter.closed_at.is_(None), ComplaintMatter.unit.in_(gone)
    )
    for key in sorted(gone.intersection(session.scalars(asked))) if gone else ():
        yield Flaw(
            None,
            "key",
            f"正在等待合作机构 {key} 的答复，不能删除；请填写失效日期。",
            f"An answer of the partner {key} is awaited; do not remove it, give it a last day.",
        )


PARTNERS = Table(
    name="partners",
    zh="合作机构",
    en="Partners",
    columns=(
        Column("key", "代码", "Partner", required=True, longest=40),
        ZH,
        EN,
        Column("email", "电子邮箱", "E-mail", required=True, longest=254),
        coded("language", "语言", "Language", one_of(*LANGUAGES), required=True),
        *dated(),
    ),
    key=("key",),
    shipped=file("partners"),
    validity=_VALIDITY,
    checks=(_addresses,),
    objections=_partners_asked,
)

SCRIPTS = Table(
    name="scripts",
    zh="话术",
    en="Scripts",
    columns=(
        coded("scene", "场景", "Scene", codes_of("scene"), required=True),
        Column("actions_zh", "先做（中文）", "Do first, in Chinese", required=True),
        Column("actions_en", "先做（英文）", "Do first, in English", required=True),
        Column("zh", "这样说（中文）", "Say, in Chinese", required=True),
        Column("en", "这样说（英文）", "Say, in English", required=True),
        Column("manner_zh", "态度（中文）", "Manner, in Chinese", required=True),
        Column("manner_en", "态度（英文）", "Manner, in English", required=True),
        *dated(),
    ),
    key=("scene",),
    shipped=file("scripts"),
    validity=_VALIDITY,
)
