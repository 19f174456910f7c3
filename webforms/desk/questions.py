"""The registration form in the order of a call: what is asked first, and what lies folded below it.

The questions, their conditions and their checks are those of the process (`register.form`); only their places are ours.
A question that the process owner adds stands in the last part until it gets a place here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from engine.forms import View
from engine.forms.submission import Errors
from engine.forms.view import Message, Node, Question
from webforms.desk.parts import NARRATIVE, flat, key_of_node

#: Channels on which the person is there and waits; on all others something lies on the desk.
LIVE = frozenset({"CH.PHONE", "CH.VISIT", "CH.COUNTER", "CH.CHAT"})

#: How channels are offered: (words, codes, or beginnings of codes that end in a dot).
KINDS: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (lazy_gettext("The person is here or on the line"), ("CH.PHONE", "CH.VISIT", "CH.COUNTER", "CH.CHAT")),
    (lazy_gettext("In writing"), ("CH.LETTER", "CH.EMAIL", "CH.APP", "CH.MINI", "CH.SOCIAL", "CH.WXPAY")),
    (lazy_gettext("Forwarded to us"), ("CH.REG.", "CH.PARTNER", "CH.API")),
)
#: Channels through which nobody takes anything in by hand.
OWN_FORM = "CH.PORTAL"

#: What is looked for among earlier complaints: path → what it is there.
SOUGHT = {
    **{
        f"complaint.person.{name}": name
        for name in ("full_name", "mobile", "email", "id_no", "uscc", "customer_ref", "account_ref")
    },
    "complaint.regulator.number": "regulator.number",
    "complaint.cat_b": "cat_b",
    "complaint.cat_c": "cat_c",
    "complaint.accused_unit": "accused_unit",
}


@dataclass(frozen=True)
class Place:
    """One part of the screen: paths without `complaint.`; those of `first` stand open, those of `more` folded."""

    id: str
    title: LazyString
    first: tuple[str, ...]
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part as it is now. `open`: what is folded holds something that is wrong."""

    id: str
    title: LazyString
    first: tuple[Node, ...]
    more: tuple[Node, ...]
    open: bool


PLACES = (
    Place(
        "source",
        lazy_gettext("How it came"),
        (
            *("channel", "received_at", "received_by_unit", "texts.late_reason", "regulator.authority"),
            *("regulator.number", "regulator.handover_at", "regulator.reply_due_at", "regulator.contact"),
        ),
    ),
    Place(
        "who",
        lazy_gettext("Who complains"),
        (
            *("person.full_name", "person.mobile", "capacity", "person.agent_name", "person.agent_contact"),
            *("person.agent_id_no", "identity_verified", "authority_proof"),
        ),
        (
            *("person.email", "person.postal_address", "preferred_channel", "person.preferred_time", "person.id_type"),
            *("person.id_no", "person.uscc", "person.customer_ref", "language", "special_needs", "wishes"),
            *("joint_persons", "person.representatives", "affected_persons"),
        ),
    ),
    Place(
        "what",
        lazy_gettext("What happened"),
        ("narrative", "demands", "event_on", "amount_claimed", "product", "person.account_ref", "accused_unit"),
        ("demand_text", "earlier_contact", "other_forum"),
    ),
    Place(
        "kind",
        lazy_gettext("What kind it is"),
        (
            *("cat_b", "insurance_link", "cat_c", "cat_a", "flags", "risk_continues", "public_spread"),
            *("matter_type", "has_civil_claim", "respondent_scope"),
        ),
        (
            *("event_cause", "regulator_designated", "emotion", "product_line", "touchpoint", "tags", "accused"),
            *("sales_channel", "sales_staff", "partner_involved", "partner", "appraisal_needed"),
        ),
    ),
    Place(
        "check",
        lazy_gettext("Check and sum up"),
        ("dup_state", "new_facts", "facts_sufficient", "summary"),
        ("repeat_count", "facts_clear", "dispute_simple", "quick_agreed", "amount_proposed"),
    ),
)


def parts_of(view: View, story: Question, errors: Errors) -> list[Part]:
    """The parts of the screen for the form as it is now."""
    found: dict[str, list[Node]] = {}
    for key, nodes in _with_texts(view.nodes):
        if key != NARRATIVE:
            found.setdefault(key.removeprefix("complaint."), []).extend(nodes)
    found["narrative"] = [story]
    placed = {key for place in PLACES for key in (*place.first, *place.more)}
    left = [key for key in found if key not in placed]
    return [_part(place, found, left if place is PLACES[-1] else [], errors) for place in PLACES]


def listed(parts: Iterable[Part], errors: Errors) -> list[tuple[str, Message]]:
    """What is wrong, in the order of the screen, with the id that it leads to; first what is about no question."""
    nodes = [node for part in parts for node in (*part.first, *part.more)]
    known = {key_of_node(node): node.target if isinstance(node, Question) else node.id for node in nodes}
    of_form: list[tuple[str, Message]] = [("", message) for name, message in errors.items() if name not in known]
    return of_form + [(target, errors[name]) for name, target in known.items() if name in errors]


def asked(parts: Iterable[Part]) -> Iterator[str]:
    """The names of all fields that a browser sends back."""
    for part in parts:
        for node in (*part.first, *part.more):
            if isinstance(node, Question) and not node.locked and node.kind not in {"output", "file"}:
                yield node.name


def offered(channels: Mapping[str, str]) -> list[tuple[LazyString, list[tuple[str, str]]]]:
    """The channels open today (code → words) under the words of their kind; what is of none stands last."""
    left = {code: words for code, words in channels.items() if code != OWN_FORM}
    found = []
    for title, wanted in KINDS:
        own = [
            code for each in wanted for code in left if code == each or (each.endswith(".") and code.startswith(each))
        ]
        found.append((title, [(code, left.pop(code)) for code in own]))
    return [(title, codes) for title, codes in [*found, (lazy_gettext("Other"), list(left.items()))] if codes]


def _part(place: Place, found: Mapping[str, list[Node]], left: list[str], errors: Errors) -> Part:
    more = [*place.more, *left]
    wrong = any(f"complaint.{key}" in errors or key in errors for key in more)
    return Part(
        place.id,
        place.title,
        tuple(node for key in place.first for node in found.get(key, ())),
        tuple(node for key in more for node in found.get(key, ())),
        wrong,
    )


def _with_texts(nodes: Iterable[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Each question with the texts that follow it, as warnings about what was typed."""
    key, kept = "", list[Node]()
    for node in flat(nodes):
        if name := key_of_node(node):
            if kept:
                yield key, kept
            key, kept = name, [node]
        elif kept:
            kept.append(node)
    if kept:
        yield key, kept
