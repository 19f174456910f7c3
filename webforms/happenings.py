"""Lines of history in words."""

from datetime import datetime

from flask_babel import format_timedelta, gettext, lazy_gettext

from engine.queries import Happening

#: Kind of a line → what happened. `{element}` is the step, `{decision}` a table of decisions.
TITLES = {
    "instance_started": lazy_gettext("The case was started"),
    "instance_ended": lazy_gettext("The case ended"),
    "instance_cancelled": lazy_gettext("The case was ended by hand"),
    "task_claimed": lazy_gettext("“{element}” was taken"),
    "people_barred": lazy_gettext("{people} may not act in this case any more; their open tasks were given anew"),
    "task_released": lazy_gettext("“{element}” was given back"),
    "task_postponed": lazy_gettext("“{element}” was put off until {to}"),
    "task_resumed": lazy_gettext("“{element}” is no longer put off"),
    "task_assigned": lazy_gettext("“{element}” was assigned to {to}"),
    "task_given": lazy_gettext("“{element}” was given to {to} by itself"),
    "task_moved_up": lazy_gettext("“{element}” went up to {to}, as nobody of the unit may do it"),
    "nobody_eligible": lazy_gettext("“{element}”: nobody may be given it; it waits in the groups and with their leads"),
    "registered_late": lazy_gettext("The complaint was registered more than one working day after receipt"),
    "task_handed": lazy_gettext("“{element}” was handed over to {to}, who has to accept it"),
    "task_accepted": lazy_gettext("“{element}” was accepted by {to}"),
    "task_declined": lazy_gettext("“{element}” was not accepted and stays with the one who has it"),
    "task_refused": lazy_gettext("“{element}” was refused to {to}, who must not do it"),
    "task_submitted": lazy_gettext("“{element}” was completed"),
    "task_completed": lazy_gettext("“{element}” was left"),
    "entered": lazy_gettext("“{element}” began"),
    "left": lazy_gettext("“{element}” is done"),
    "took": lazy_gettext("The way out of “{element}” was chosen"),
    "cancelled": lazy_gettext("“{element}” was called off"),
    "decided": lazy_gettext("“{element}”: the table “{decision}” was applied"),
    "work_requested": lazy_gettext("“{element}” was handed to the machine"),
    "timer_fired": lazy_gettext("“{element}”: the time was up"),
    "message_caught": lazy_gettext("“{element}”: a message arrived"),
    "error_uncaught": lazy_gettext("“{element}” raised an error that nothing catches, which ends the case"),
    "escalation_uncaught": lazy_gettext("“{element}” raised an escalation that nothing catches"),
    "incident": lazy_gettext("“{element}” failed and waits for repair"),
    "incident_retried": lazy_gettext("“{element}” was started again after a failure"),
    "variables_set": lazy_gettext("Variables were changed: {names}"),
    "case_linked": lazy_gettext("Linked with {case}"),
    "case_told_apart": lazy_gettext("{case} was found to be another matter"),
    "case_unlinked": lazy_gettext("The link with {case} was taken back"),
    "case_merged": lazy_gettext("To be merged into {case}"),
    "case_taken_in": lazy_gettext("{case} is to be merged into this case"),
    "observation_added": lazy_gettext("An observation about the complainant was added"),
    "commented": lazy_gettext("A comment was written"),
    "comment_withdrawn": lazy_gettext("A comment was taken back by whoever wrote it"),
    "record_updated": lazy_gettext("Data of the case were calculated anew: {names}"),
    "notice_delivered": lazy_gettext("A notice was handed over"),
    "person_erased": lazy_gettext("The personal data were erased"),
}


def title(each: Happening) -> str:
    """What happened, in the reader's language; kinds that an application brings are shown as they are."""
    text = TITLES.get(each.kind)
    if text is None:
        return f"{each.element}: {each.kind}" if each.element else each.kind
    names = each.detail.get("names", ())
    listed = ", ".join(map(str, names)) if isinstance(names, list | tuple) else ""
    people = gettext(", ").join(map(str, each.detail.get("people", ())))
    known = {"decision": each.decision, "to": _to(each), "case": each.detail.get("case", ""), "people": people}
    return str(text).format(element=each.element or gettext("the case"), names=listed, **known)


def _to(each: Happening) -> str:
    """The person or unit that the line names."""
    return str(each.detail.get("to") or each.detail.get("person") or "")


def distance(moment: datetime | None, now: datetime) -> str:
    """How far a moment is, as “in 2 days”; empty without one."""
    return str(format_timedelta(moment - now, add_direction=True)) if moment is not None else ""
