"""What the pages of the desk share: the blueprint, the forms of the active version, and starting the case."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from engine import access, clock, commands
from engine.bpmn.model import Model
from engine.commands import Submitted
from engine.definitions import Library
from engine.errors import NotAllowed, NotFound
from engine.feel import Functions
from engine.forms import Form
from engine.forms.submission import Errors
from engine.forms.view import Fieldset, Message, Node, Question, RowsNode, walk
from engine.identity import Actor
from processes.complaint.tables import PROCESS
from processes.complaint.units import organisation
from webforms.guards import current_actor
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import key_of

pages = Blueprint("desk", __name__)

#: Those who find these pages in the navigation; who may use them says the process.
GROUPS = frozenset({"intake", "liaison"})

#: The consumer's own words: the one field that staff write once and nobody changes.
NARRATIVE = "complaint.narrative"
#: The forms by which the process asks for what the desk brings along.
REGISTER, ONSITE = "register", "onsite"


def model() -> Model:
    """The active version, if the person may start it. Raises NotFound, NotAllowed."""
    _, found, process = Library(db.session()).by_key(PROCESS)
    if not access.may_start(current_actor(), site().applications[PROCESS], process.starter_groups):
        raise NotAllowed
    return found


def form_of(found: Model, name: str) -> Form:
    """A form of the active version. Raises NotFound where the process has none of this name."""
    form = found.form(name)
    if form is None:
        raise NotFound(gettext("The active version has no form “%(name)s”, which this page needs.", name=name))
    return form


def story_of(found: Model, values: Mapping[str, list[str]], error: Message | None) -> Question:
    """The question for the consumer's account, as the consumer's own form words it."""
    start = form_of(found, found.process(PROCESS).start_form)
    errors = {NARRATIVE: error} if error else {}
    view = start.view({}, {NARRATIVE: values.get(NARRATIVE, [])}, current_language(), functions(), errors)
    asked = (node for node in flat(view.nodes) if isinstance(node, Question) and node.name == NARRATIVE)
    question = next(asked, None)
    if question is None:
        raise NotFound(gettext("The active version has no form “%(name)s”, which this page needs.", name=NARRATIVE))
    return question


def story_error(values: Mapping[str, list[str]]) -> Errors:
    """What is wrong with the account."""
    if "".join(values.get(NARRATIVE, [])).strip():
        return {}
    return {NARRATIVE: ("Write down what happened, in the words of the person.", {})}


def flat(nodes: Iterable[Node]) -> Iterable[Node]:
    """The nodes, groups taken apart, lists left whole."""
    return (node for node in walk(nodes, into_rows=False) if not isinstance(node, Fieldset))


def key_of_node(node: Node) -> str:
    """The path that a node asks for; empty for texts."""
    return node.name if isinstance(node, Question | RowsNode) else ""


def functions() -> Functions:
    """The functions of FEEL in forms."""
    return site().applications[PROCESS].functions


def own_unit(actor: Actor) -> str:
    """The unit for which the person takes complaints in: where a group is held, else the head office."""
    units = sorted(unit for _, unit in actor.held_on)
    return units[0] if units else next(iter(organisation().roots()), "")


def begin(values: Mapping[str, Any], files: Mapping[str, Any], action: str) -> str:
    """Start the case; gives its id. Raises NotAllowed, InvalidInput, FileRefused."""
    sent = Submitted(files=files, language=current_language(), values=values, strip=True)
    started = commands.start_instance(site(), PROCESS, sent, actor=current_actor(), now=clock.now(), key=key_of(action))
    return str(started["instance_id"])
