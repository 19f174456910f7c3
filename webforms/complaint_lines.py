"""Lines of a complaint's history in words: values that changed, clocks that moved, measures, codes sent."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import format_date, format_datetime, format_decimal, gettext, lazy_gettext

from engine import clock
from engine.queries import Happening
from processes.complaint import codes, noting
from processes.complaint.case_views import group_name, unit_name, words
from processes.complaint.deadlines import law
from webforms.case.lines import Change, Told

#: What a clock measures.
AIMS = {
    "acknowledge": lazy_gettext("Acknowledgement"),
    "decision": lazy_gettext("Decision"),
    "review": lazy_gettext("Review"),
    "early": lazy_gettext("Early answer"),
    "consumer": lazy_gettext("Consumer's time"),
    "authority": lazy_gettext("Authority"),
    "retention": lazy_gettext("Retention"),
}

#: Path of the record → what it is called.
FIELDS = {
    "level": lazy_gettext("Level"),
    "priority": lazy_gettext("Priority"),
    "phase": lazy_gettext("Phase"),
    "status": lazy_gettext("Status for the consumer"),
    "handler": lazy_gettext("Handler"),
    "owner_unit": lazy_gettext("Lead unit"),
    "unit": lazy_gettext("Responsible unit"),
    "received_by_unit": lazy_gettext("Received by"),
    "accused_unit": lazy_gettext("Unit concerned"),
    "cat_a": lazy_gettext("Business channel"),
    "cat_b": lazy_gettext("Product"),
    "cat_c": lazy_gettext("Reason"),
    "flags": lazy_gettext("Flags"),
    "demands": lazy_gettext("Demands"),
    "special_needs": lazy_gettext("Special needs"),
    "channel": lazy_gettext("Channel"),
    "matter_type": lazy_gettext("Kind of matter"),
    "nature": lazy_gettext("Nature of the payment"),
    "event_on": lazy_gettext("Day of the event"),
    "amount_claimed": lazy_gettext("Claimed"),
    "amount_proposed": lazy_gettext("Proposed"),
    "finding": lazy_gettext("Finding"),
    "root_cause": lazy_gettext("Root cause"),
    "responsibility": lazy_gettext("Responsibility"),
    "outcome": lazy_gettext("Outcome of the review at intake"),
    "reason_code": lazy_gettext("Reason of the outcome"),
    "remedies": lazy_gettext("Ways to take it further, as told"),
    "close_reason": lazy_gettext("Why it was closed"),
    "dup_state": lazy_gettext("Repeat or duplicate"),
    "legal_risk": lazy_gettext("Legal risk"),
    "fast_lane": lazy_gettext("Fast lane"),
    "hold": lazy_gettext("Legal hold"),
    "language": lazy_gettext("Language"),
    "regulator.authority": lazy_gettext("Regulator"),
    "regulator.number": lazy_gettext("Number at the regulator"),
    "regulator.handover_at": lazy_gettext("Handed over by the regulator"),
    "preferred_channel": lazy_gettext("Preferred channel"),
    "review.outcome": lazy_gettext("Result of the review"),
    "qa.score": lazy_gettext("Quality score"),
    "followup.score_process": lazy_gettext("Satisfaction with the process"),
    "followup.score_result": lazy_gettext("Satisfaction with the result"),
    "followup.score_attitude": lazy_gettext("Satisfaction with our manner"),
    "followup.solved": lazy_gettext("Solved in the consumer's eyes"),
    "followup.measures_received": lazy_gettext("Measures received"),
}

#: Names of changed values in the title of a line; all of them stand below.
MOST_NAMED = 3

_CLOCKS = {
    noting.STARTED: lazy_gettext("The time limit “{clock}” began: due {to}"),
    noting.RESTARTED: lazy_gettext("The time limit “{clock}” began anew: due {to} instead of {before}"),
    noting.MOVED: lazy_gettext("The time limit “{clock}” moved: due {to} instead of {before}"),
    noting.PAUSED: lazy_gettext("The time limit “{clock}” stands still: {why}"),
    noting.RESUMED: lazy_gettext("The time limit “{clock}” runs again: due {to}"),
    noting.EXTENDED: lazy_gettext("The time limit “{clock}” was extended: due {to} instead of {before}"),
    noting.AGREED: lazy_gettext("Another date was agreed for “{clock}”: {to} instead of {before}"),
    noting.MET: lazy_gettext("The time limit “{clock}” was met"),
    noting.ENDED: lazy_gettext("The time limit “{clock}” ended without having been met"),
}

_EXTENSIONS = {
    "extension_asked": lazy_gettext("An extension was asked for"),
    "extension_approved": lazy_gettext("An extension was approved; it holds once the consumer is told in time"),
    "extension_granted": lazy_gettext("An extension was granted"),
    "extension_refused": lazy_gettext("An extension was not approved"),
}


def told(line: Happening, language: str) -> Told | None:
    """A line of a complaint in words; None for what every case knows."""
    teller = _TELLERS.get(line.kind)
    return teller(line, language) if teller is not None else None


def value_text(path: str, value: Any, language: str) -> str:
    """A plain value of the record as people read it; empty for none."""
    match value:
        case bool():
            return str(gettext("Yes") if value else gettext("No"))
        case list():
            return str(gettext(", ")).join(value_text(path, each, language) for each in value)
        case datetime():
            return str(format_datetime(value, "short"))
        case date():
            return str(format_date(value, "medium"))
        case Decimal() | int():
            return str(format_decimal(value, "#,##0.00" if path.startswith("amount_") else None))
    return words(path, value, language)  # empty for None


def clock_name(detail: Mapping[str, Any]) -> str:
    """What a clock measures."""
    return str(AIMS.get(detail.get("purpose", ""), detail.get("deadline", "")))


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return str(format_datetime(value, "short"))
    return str(format_date(value, "medium") if isinstance(value, date) else gettext("open"))


def _changed(line: Happening, language: str) -> Told:
    detail = line.detail
    changes = tuple(
        Change(str(FIELDS.get(path, path)), *(value_text(path, each, language) for each in pair))
        for path, pair in detail["changes"].items()
    )
    names = gettext(", ").join(change.name for change in changes[:MOST_NAMED])
    if len(changes) > MOST_NAMED:
        names = gettext("%(names)s and %(count)s more", names=names, count=len(changes) - MOST_NAMED)
    return Told("change", gettext("Changed: %(names)s", names=names), changes=changes)


def _moved(line: Happening, language: str) -> Told:
    detail = line.detail
    why = gettext(", ").join(pause_reason(each, language) for each in detail.get("why", ()))
    known = {"clock": clock_name(detail), "to": _moment(detail.get("to")), "before": _moment(detail.get("from"))}
    title = str(_CLOCKS[line.kind]).format(why=why or gettext("no reason on record"), **known)
    regime = law().regime(detail["regime"], clock.today())
    notes = [regime.label(language) if regime else ""]
    if line.kind == noting.RESUMED and why:
        notes.append(gettext("Over: %(why)s", why=why))
    elif line.kind == noting.PAUSED and detail.get("from"):
        notes.append(gettext("It was due %(day)s", day=_moment(detail["from"])))
    elif line.kind == noting.RESTARTED:
        notes.append(gettext("It counts from %(day)s", day=_moment(detail.get("since"))))
    elif line.kind == noting.MOVED and why:
        notes.append(why)
    return Told("clock", title, tuple(filter(None, notes)))


def pause_reason(code: str, language: str) -> str:
    """A reason for which time stands still, or for which we wait."""
    return codes.label_in(("pause_reason", "waiting_reason"), code, language)


def _extension(line: Happening, language: str) -> Told:
    detail = line.detail
    notes = [codes.label("extension_reason", detail.get("reason"), language)]
    if detail.get("approver"):
        notes.append(codes.label("approver", detail["approver"], language))
    until = detail.get("to") or detail.get("to_on")
    change = Change(str(gettext("Due")), _moment(detail["from"]) if detail.get("from") else "", _moment(until))
    return Told("clock", str(_EXTENSIONS[line.kind]), tuple(filter(None, notes)), (change,) if until else ())


def _measure(line: Happening, language: str) -> Told:
    detail = line.detail
    name = codes.label("measure", detail["type"], language)
    if line.kind == noting.PLANNED_LINE:
        title = gettext("Measure planned: %(measure)s", measure=name)
    else:
        result = codes.label("measure_result", detail["result"], language)
        title = gettext("Measure “%(measure)s”: %(result)s", measure=name, result=result)
    notes = [group_name(detail["group"], language)] if detail.get("group") else []
    for label, found in (
        (gettext("Amount"), detail.get("amount")),
        (gettext("Paid"), detail.get("paid")),
        (gettext("Due"), detail.get("due_on")),
        (gettext("Done on"), detail.get("done_on")),
    ):
        if found is not None:
            notes.append(f"{label} {value_text('amount_', found, language)}")
    return Told("change", title, tuple(notes))


def _late(_line: Happening, _language: str) -> Told:
    return Told("clock", gettext("The complaint was registered more than one working day after receipt"))


def _moved_up(line: Happening, language: str) -> Told:
    detail = line.detail
    notes = (group_name(str(detail["group"]), language), unit_name(str(detail["from"]), language))
    above = unit_name(str(detail["to"]), language)
    title = gettext("“%(task)s” went up to %(unit)s, as nobody of the unit may do it", task=line.element, unit=above)
    return Told("task", title, tuple(filter(None, notes)))


def _code_sent(_line: Happening, _language: str) -> Told:
    return Told("notice", gettext("A new access code was sent to the consumer, who had lost the old one"))


def _code_reissued(line: Happening, language: str) -> Told:
    detail = line.detail
    check = codes.label("identity_check", detail.get("identity_check"), language)
    return Told("admin", gettext("A new access code was issued"), (check,) if check else ())


def _delivered(line: Happening, language: str) -> Told:
    detail = line.detail
    name = codes.label("notice", detail.get("template"), language)
    method = codes.label("handing_over", detail.get("method"), language)
    return Told("notice", gettext("“%(notice)s” was handed over", notice=name), (method,) if method else ())


def _observed(line: Happening, language: str) -> Told:
    detail = line.detail
    kind = codes.label("observation_kind", detail.get("kind"), language)
    return Told("change", gettext("An observation about the complainant was added"), (kind,) if kind else ())


def _recounted(_line: Happening, _language: str) -> Told:
    return Told("clock", gettext("The time limits were calculated anew, as the table of working days has changed"))


_TELLERS: Mapping[str, Callable[[Happening, str], Told]] = {
    noting.CHANGED: _changed,
    **dict.fromkeys(_CLOCKS, _moved),
    **dict.fromkeys(_EXTENSIONS, _extension),
    **dict.fromkeys((noting.PLANNED_LINE, noting.REPORTED), _measure),
    "registered_late": _late,
    "task_moved_up": _moved_up,
    "access_code_sent": _code_sent,
    "access_code_reissued": _code_reissued,
    "notice_delivered": _delivered,
    "observation_added": _observed,
    "record_updated": _recounted,
}
