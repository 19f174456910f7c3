"""Other words for the same: drafts of BPMN 2.0, offspring of `camunda:`, other ways to write true and false."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.adapting import texts
from engine.bpmn.adapting.remarks import Remark
from engine.bpmn.dialects import says_when_executable, translated
from engine.bpmn.xml import bpmn, children

__all__ = ["booleans", "executable", "translated", "vocabulary"]

_BOOLEANS = frozenset(
    {
        *("isExecutable", "cancelActivity", "isInterrupting", "triggeredByEvent", "isForCompensation", "isSequential"),
        *("parallelMultiple", "instantiate", "testBefore", "waitForCompletion", "cancelRemainingInstances"),
    }
)
_TRUTH = {"1": "true", "0": "false"}


def vocabulary(root: etree._Element) -> Iterator[Remark]:
    """Tags and attributes of drafts and of `camunda:`'s relatives get the names under which they are read."""
    for xml in root.iter(etree.Element):
        tag = str(xml.tag)
        if (new := translated(tag)) != tag:
            xml.tag = new
        for name in [str(key) for key in xml.attrib if str(key).startswith("{")]:
            if (new := translated(name)) != name:
                value = xml.attrib.pop(name)
                if new not in xml.attrib:
                    xml.set(new, value)
    return iter(())


def booleans(root: etree._Element) -> Iterator[Remark]:
    """`1`, `0`, `True` and `FALSE` as XML Schema's `true` and `false`."""
    for xml in root.iter(bpmn("*")):
        for name in _BOOLEANS.intersection(map(str, xml.attrib)):
            text = xml.get(name).strip().lower()
            xml.set(name, _TRUTH.get(text, text))
    return iter(())


def executable(root: etree._Element) -> Iterator[Remark]:
    """A process that does not say whether it is executable is (BPMN leaves it open), even where its tool says no."""
    for process in children(root, "process"):
        if process.get("isExecutable") is None and says_when_executable(root):
            yield Remark(texts.EXECUTABLE_UNSAID, process)
