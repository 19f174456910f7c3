"""Every path of the record `matter`: common to all companion cases, and those of each kind.

Places as in `processes.complaint.paths`; SOURCE is the complaint that the case is about, seen from here read-only.
"""

from collections.abc import Mapping

from processes.complaint.paths import COLUMN, DEED, FACTS, MOMENT, TEXTS, Bounds, Field

SOURCE = "source"

PERSONS = Bounds(0, 10**9)


def _text(length: int = 5_000) -> Field:
    return Field("string", TEXTS, length=length)


def _coded(name: str, kind: str = "string") -> Field:
    return Field(kind, FACTS, codes=(name,))


def _under(prefix: str, **fields: Field) -> dict[str, Field]:
    return {f"{prefix}.{name}": field for name, field in fields.items()}


_YES = Field("boolean", FACTS, default=False)
_DAY = Field("date", FACTS)
_AT = Field(MOMENT, FACTS)
_FREE = Field("string", FACTS, length=200)


def _read(kind: str, place: str = DEED) -> Field:
    return Field(kind, place, writable=False)


COMMON: Mapping[str, Field] = {
    "number": _read("string", COLUMN),
    "kind": _read("string", COLUMN),
    "started_by": _read("string", COLUMN),
    "opened_at": _read(MOMENT, COLUMN),
    "closed_at": _read(MOMENT, COLUMN),
    "outcome": _read("string", COLUMN),
    "due_at": _read(MOMENT, COLUMN),
    "unit": Field("string", COLUMN),
    "complaints": Field("list", COLUMN),
    **_under(
        "complaint",
        number=Field("string", SOURCE),
        level=_read("string", SOURCE),
        status=_read("string", SOURCE),
        cat_b=_read("string", SOURCE),
        cat_c=_read("string", SOURCE),
        root_cause=_read("string", SOURCE),
        handler=_read("string", SOURCE),
        owner_unit=_read("string", SOURCE),
        unit=_read("string", SOURCE),
        received_by_unit=_read("string", SOURCE),
        accused_unit=_read("string", SOURCE),
        language=_read("string", SOURCE),
        received_at=_read(MOMENT, SOURCE),
        decided_at=_read(MOMENT, SOURCE),
        closed_at=_read(MOMENT, SOURCE),
        branch_decision=_read("boolean", SOURCE),
    ),
}

OWN: Mapping[str, Mapping[str, Field]] = {
    "review": _under(
        "review",
        grounds=_coded("review_ground", "list"),
        wish=_text(2_000),
        decision_received_on=_DAY,
        applied_at=_AT,
        apply_by=_read("date"),
        in_time=_read("boolean"),
        warnings=_read("list"),
        admission=_coded("review_admission"),
        reply=_text(2_000),
        process_ok=_coded("review_check"),
        time_ok=_coded("review_check"),
        result_ok=_coded("review_check"),
        finding=_text(10_000),
        outcome=_coded("review_outcome"),
        new_decision=_text(10_000),
        carried_out_on=_DAY,
    ),
    "rectification": _under(
        "rectification",
        problem=_text(),
        root_cause=_coded("root_cause"),
        scope=_coded("rectification_scope"),
        owner=Field("string", FACTS),
        due_on=_DAY,
        changed=_coded("rectification_change", "list"),
        measures=Field("list", TEXTS),
        steps=_read("list"),
        effect_metric=_coded("effect_metric"),
        before=Field("number", FACTS, bounds=PERSONS),
        after=Field("number", FACTS, bounds=PERSONS),
        effectiveness=_coded("effectiveness"),
        conclusion=_text(),
        rounds=Field("number", FACTS, bounds=PERSONS, default=0),
    ),
    "early_warning": _under(
        "warning",
        rule=_coded("warning_rule"),
        key=_FREE,
        severity=_coded("severity"),
        to=Field("string", FACTS),
        evidence=_read("list"),
        hits=_read("number"),
        judgement=_coded("warning_judgement"),
        reason=_text(2_000),
        action=_text(2_000),
        next_check=_DAY,
    ),
    "crisis": _under(
        "crisis",
        type=_coded("crisis_type"),
        persons=Field("number", FACTS, bounds=PERSONS),
        place=_text(200),
        facts=_text(),
        team=Field("list", TEXTS),
        checklist=_coded("crisis_check", "list"),
        report=_text(10_000),
        report_sent_at=_AT,
        report_proof=_FREE,
        statement_wanted=_YES,
        statement=_text(),
        statement_published_at=_AT,
        log=Field("list", TEXTS),
        end_report=_text(10_000),
    ),
    "partner_enquiry": {
        **_under(
            "partner",
            key=_coded("partner"),
            name=_read("string"),
            score=_read("number"),
            questions=_text(),
            shared=_text(),
            due_at=_AT,
            asked=Field("number", FACTS, bounds=PERSONS, default=0),
            answer=_text(10_000),
            signed_by=_text(100),
            view=_coded("partner_view"),
            answered_at=_AT,
            late=_read("boolean"),
            conduct=_coded("partner_conduct"),
        ),
    },
    "precomplaint": _under(
        "sign",
        scene=_coded("scene"),
        place=_FREE,
        sign=_coded("early_sign"),
        note=_text(2_000),
        person_name=_text(60),
        person_mobile=_text(20),
        action=_text(2_000),
        script_used=_YES,
        result=_coded("sign_result"),
        product=_FREE,
    ),
    "privacy_incident": _under(
        "leak",
        found_at=_AT,
        confirmed_at=_AT,
        data_kinds=_coded("leak_data", "list"),
        persons=Field("number", FACTS, bounds=PERSONS),
        risk=_coded("leak_risk"),
        cause=_text(),
        harm=_text(),
        contained_at=_AT,
        measures=_text(),
        advice=_text(),
        report_due_at=_read(MOMENT),
        report=_text(10_000),
        authority_told_at=_AT,
        authority_proof=_FREE,
        persons_told_at=_AT,
        persons_told_how=_coded("leak_told", "list"),
        conclusion=_text(),
    ),
}

#: kind → all its paths
PATHS: Mapping[str, Mapping[str, Field]] = {kind: {**COMMON, **own} for kind, own in OWN.items()}
