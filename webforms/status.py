"""The status of a complaint in plain words: the steps on its way, and what each means for the consumer."""

from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext

from processes.complaint import codes

#: The usual way, as codes of `public_status`.
WAY = ("received", "accepted", "investigating", "preparing", "answered", "executing", "following_up", "closed")
#: Where a complaint ends early.
ENDS = frozenset({"withdrawn", "not_taken_up", "passed_on"})
#: A detour → the step after which it lies.
DETOURS = {"in_mediation": "preparing", "under_review": "answered"}

WORDS = {
    "received": lazy_gettext("We have your complaint and are checking it. You need not do anything at the moment."),
    "accepted": lazy_gettext("We take up your complaint; somebody is responsible for it now."),
    "investigating": lazy_gettext("We are finding out what happened. We may call you."),
    "preparing": lazy_gettext("We know what happened and are preparing our answer."),
    "answered": lazy_gettext("Our decision is below, with its reasons and what you can do if you disagree."),
    "executing": lazy_gettext("We are carrying out what we decided."),
    "following_up": lazy_gettext(
        "What we decided is carried out. We would like to know whether your problem is solved."
    ),
    "closed": lazy_gettext("Your complaint is closed. You can still read everything here."),
    "withdrawn": lazy_gettext("You withdrew your complaint; it is closed."),
    "not_taken_up": lazy_gettext(
        "We do not take up this complaint. The notice below says why, and where else you can turn."
    ),
    "passed_on": lazy_gettext("Somebody else is responsible for this. The notice below says who."),
    "under_review": lazy_gettext("A superior unit that had nothing to do with the decision is looking at it again."),
    "in_mediation": lazy_gettext("An independent mediator is trying to bring both sides together."),
}

#: The same in simple words: short sentences, one thought each.
EASY_WORDS = {
    "received": lazy_gettext("We have your complaint. A person looks at it. You can wait."),
    "accepted": lazy_gettext("A person here works on your complaint now."),
    "investigating": lazy_gettext("We find out what happened. Maybe we call you."),
    "preparing": lazy_gettext("We know what happened. We write our answer now."),
    "answered": lazy_gettext("Our answer is here. You find it below. It says why. It also says what you can do."),
    "executing": lazy_gettext("We do now what we promised."),
    "following_up": lazy_gettext("We did what we promised. Please tell us: Is it good now?"),
    "closed": lazy_gettext("This is finished. You can still read everything."),
    "withdrawn": lazy_gettext("You took your complaint back. It is finished."),
    "not_taken_up": lazy_gettext("We cannot do this. Our letter below says why. It also says who can help you."),
    "passed_on": lazy_gettext("Somebody else can help you better. Our letter below says who."),
    "under_review": lazy_gettext("Another person looks at our answer again."),
    "in_mediation": lazy_gettext("A person from outside helps both of us to agree."),
}


@dataclass(frozen=True)
class StatusStep:
    """One step on the way; see the macro `status_steps`."""

    label: str
    at: None = None
    text: str = ""


def steps_to(status: str, language: str) -> tuple[list[StatusStep], int]:
    """The steps of a complaint of this status, and the index of the one under way; their number when it has ended."""
    if status in ENDS:
        way: tuple[str, ...] = ("received", status)
    elif status in DETOURS:
        place = WAY.index(DETOURS[status]) + 1
        way = (*WAY[:place], status, *WAY[place:])
    else:
        way = WAY
    steps = [StatusStep(codes.label("public_status", code, language)) for code in way]
    ended = status in ENDS or status == WAY[-1]
    return steps, len(way) if ended else way.index(status) if status in way else 0


def words_for(status: str, *, easy: bool = False) -> str:
    """What the status means for the consumer, in the reader's language; `easy`: in simple words."""
    return str((EASY_WORDS if easy else WORDS).get(status, gettext("Your complaint is being handled.")))
