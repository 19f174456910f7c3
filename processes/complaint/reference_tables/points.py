"""Points: what speaks for two complaints being one matter, and what a partner's conduct does to its score."""

from collections.abc import Iterator, Sequence
from datetime import date

from engine.reference import Column, Flaw, Kind, Row, Table, Validity, dated
from processes.complaint import codes
from processes.complaint.links.points import BANDS
from processes.complaint.reference_tables.columns import EN, SOURCE, ZH, coded, codes_of, file

_VALIDITY = Validity()

#: The list of codes of which each has its points.
CONDUCT = "partner_conduct"


def _falling(rows: Sequence[Row]) -> Iterator[Flaw]:
    """On every day on which a row begins, each band begins above the next one, and the last above zero."""
    for day in sorted({_VALIDITY.begins(row) for row in rows}):
        begins = {row["code"]: (number, int(row["points"])) for number, row in _in_force(rows, day)}
        above: int | None = None
        for band in BANDS:
            number, points = begins.get(band, (0, 0))
            if number and (points <= 0 or (above is not None and points >= above)):
                zh, en = "各档起点须逐档降低，且大于零。", "Each band begins below the one before it, and above zero."
                yield Flaw(number, "points", zh, en)
            above = points if number else above


def _in_force(rows: Sequence[Row], day: date) -> Iterator[tuple[int, Row]]:
    return ((number, row) for number, row in enumerate(rows, 2) if _VALIDITY.holds_on(row, day))


def _bands(rows: Sequence[Row]) -> Iterator[Flaw]:
    for band in sorted(set(BANDS) - {row["code"] for row in rows}):
        yield Flaw(None, "code", f"缺少档位 {band}。", f"There is no band {band}.")


def _evidence_kept(_session: object, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Flaw]:
    """The decision table asks for each evidence by its code."""
    for code in sorted({row["code"] for row in before} - {row["code"] for row in after}):
        zh = f"决策表 duplicates 要用到 {code}，不能删除；不想计分请填 0。"
        yield Flaw(None, "code", zh, f"The table duplicates asks for {code}; give it 0 points instead of removing it.")


def _every_conduct(rows: Sequence[Row]) -> Iterator[Flaw]:
    for conduct in sorted(set(codes.lists()[CONDUCT]) - {row["conduct"] for row in rows}):
        yield Flaw(None, "conduct", f"缺少 {conduct} 的分值。", f"There are no points for {conduct}.")


DUPLICATE_SCORES = Table(
    name="duplicate_scores",
    zh="重复投诉评分",
    en="Points of duplicates",
    columns=(
        Column("code", "依据或档位", "Evidence or band", required=True, longest=40),
        Column("points", "分值", "Points", Kind.INTEGER, required=True),
        ZH,
        EN,
        *dated(),
        SOURCE,
    ),
    key=("code",),
    shipped=file("duplicate_scores"),
    validity=_VALIDITY,
    gapless=True,
    checks=(_bands, _falling),
    objections=_evidence_kept,
)

PARTNER_POINTS = Table(
    name="partner_points",
    zh="合作机构评分",
    en="Points of partners",
    columns=(
        coded("conduct", "配合情况", "Conduct", codes_of(CONDUCT), required=True),
        Column("points", "分值", "Points", Kind.INTEGER, required=True),
        *dated(),
        Column("note", "说明", "Note"),
    ),
    key=("conduct",),
    shipped=file("partner_points"),
    validity=_VALIDITY,
    gapless=True,
    checks=(_every_conduct,),
)
