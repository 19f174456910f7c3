"""What adapting tells, and the words in which it looks at a tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.xml import bpmn
from engine.problems import Severity

#: Tags whose inside is a scope of steps and sequence flows of its own.
SCOPES = ("process", "subProcess", "transaction", "adHocSubProcess")
_ACTIVITIES = (
    *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "receiveTask", "sendTask"),
    *("callActivity", "subProcess", "transaction", "adHocSubProcess"),
)
_GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway")
_EVENTS = ("startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent")
#: Tags of steps, those included that are not run.
NODES = frozenset({*_ACTIVITIES, *_GATEWAYS, *_EVENTS, "callChoreography"})
NODE_TAGS = frozenset(bpmn(tag) for tag in NODES)


@dataclass(frozen=True)
class Remark:
    """A choice of meaning, or why there is none, at an element of the tree."""

    code: str
    xml: etree._Element
    severity: Severity = Severity.NOTE
    params: Mapping[str, object] = field(default_factory=dict)


def scopes(root: etree._Element) -> Iterator[etree._Element]:
    """Every process and sub-process, outer ones first."""
    yield from root.iter(*map(bpmn, SCOPES))


def nodes_in(scope: etree._Element) -> list[etree._Element]:
    """The steps directly inside `scope`."""
    return [child for child in scope if child.tag in NODE_TAGS]


def process_of(xml: etree._Element) -> etree._Element:
    """The process around `xml`, or the root where it stands in none."""
    return next(xml.iterancestors(bpmn("process")), xml.getroottree().getroot())


def unused(wish: str, taken: dict[str, int]) -> str:
    """`wish`, with a number where it is taken; taken from then on."""
    found, number = wish, taken.get(wish, 0)
    while found in taken:
        number += 1
        found = f"{wish}_{number}"
    taken[wish] = max(number, 1)
    taken[found] = 1
    return found


def all_ids(root: etree._Element) -> dict[str, int]:
    """The ids in the file, those of the drawing included, with the last number that each was tried with."""
    return dict.fromkeys((xml.get("id", "") for xml in root.iter(etree.Element)), 1)
