"""The vendors whose attributes and extension elements are read, by namespace: one table in place of copies of code."""

import re

from lxml import etree

from engine.bpmn.xml import BPMN, CAMUNDA

#: Namespaces in which the words of `camunda:` (platform 7) stand with the same meaning: its origins and its offspring.
LIKE_CAMUNDA = frozenset(
    {
        "http://activiti.org/bpmn",
        "http://flowable.org/bpmn",
        "http://operaton.org/schema/1.0/bpmn",
        "http://www.camunda.com/fox",
    }
)
DROOLS = "http://www.jboss.org/drools"

#: Namespaces of BPMN 2.0 itself before and beside the one that was published.
_BPMN_2 = re.compile(
    r"https?://(?:www\.|schema\.)?omg\.org/(?:spec/BPMN/(?:20100524/MODEL/?|20100501(?:/MODEL)?|2\.0(?:/MODEL)?)|BPMN20)"
)
#: Vendors in whose files an unsaid `isExecutable` means false.
_DRAWING_TOOLS = re.compile(r"camunda|bpmn-?js|bpmn\.io", re.IGNORECASE)


def is_bpmn(namespace: str) -> bool:
    """Whether `namespace` is BPMN 2.0's, the one that was published or one of its drafts."""
    return namespace == BPMN or _BPMN_2.fullmatch(namespace) is not None


def translated(name: str) -> str:
    """A tag or attribute of lxml in the one vocabulary that is read: drafts as BPMN 2.0, offspring as `camunda:`."""
    if not name.startswith("{"):
        return name
    namespace, _, own = name[1:].partition("}")
    if namespace in LIKE_CAMUNDA:
        return f"{{{CAMUNDA}}}{own}"
    return f"{{{BPMN}}}{own}" if namespace != BPMN and is_bpmn(namespace) else name


def is_jbpm(root: etree._Element) -> bool:
    """Whether jBPM wrote the file: its mappings hold texts, and its owners are people."""
    return DROOLS in root.nsmap.values() or "jbpm" in root.get("exporter", "").lower()


def says_when_executable(root: etree._Element) -> bool:
    """Whether the tool that wrote the file writes `isExecutable` on every process that is meant to run."""
    return _DRAWING_TOOLS.search(root.get("exporter", "")) is not None
