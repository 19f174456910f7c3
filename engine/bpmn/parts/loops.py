"""Loop and multi-instance characteristics (BPMN 2.0.2, 10.3.8)."""

from lxml import etree

from engine.bpmn.elements import NONE, Event, Loop, event_nodes, is_count
from engine.bpmn.parts.events import event_of, referred
from engine.bpmn.parts.source import Source, extension_attributes
from engine.bpmn.parts.variables import item_variable
from engine.bpmn.xml import ZEEBE, bpmn, children, text_of

_BEHAVIORS = {"none": "None", "one": "One", "all": "All", "complex": "Complex"}
_ZEEBE = f"{bpmn('extensionElements')}/{{{ZEEBE}}}loopCharacteristics"


def loop(source: Source, properties: dict[str, str]) -> Loop | None:
    """How an activity is repeated; None where it is not."""
    standard = source.xml.find(bpmn("standardLoopCharacteristics"))
    if standard is not None:
        return _standard(standard)
    multiple = source.xml.find(bpmn("multiInstanceLoopCharacteristics"))
    return _multiple(source, multiple, properties) if multiple is not None else None


def _standard(xml: etree._Element) -> Loop:
    maximum = xml.get("loopMaximum")
    return Loop(
        "standard",
        condition=text_of(xml.find(bpmn("loopCondition"))),
        maximum=int(maximum) if maximum and is_count(maximum) else None,
        test_before=xml.get("testBefore") == "true",
    )


def _multiple(source: Source, xml: etree._Element, properties: dict[str, str]) -> Loop:
    vendor, zeebe = extension_attributes(xml), xml.find(_ZEEBE)
    asked = {str(key): str(value) for key, value in zeebe.attrib.items()} if zeebe is not None else {}
    item = xml.find(bpmn("inputDataItem"))
    collect, item_result = _collected(source, xml)
    return Loop(
        "sequential" if xml.get("isSequential") == "true" else "parallel",
        collection=vendor.get("collection")
        or asked.get("inputCollection")
        or item_variable(source, text_of(xml.find(bpmn("loopDataInputRef")))),
        item=vendor.get("elementVariable") or asked.get("inputElement") or _name(item),
        cardinality=text_of(xml.find(bpmn("loopCardinality"))),
        condition=text_of(xml.find(bpmn("completionCondition"))),
        collect=properties.get("collect") or asked.get("outputCollection") or collect,
        item_result=properties.get("item_result") or asked.get("outputElement") or item_result,
        behavior=_BEHAVIORS.get(xml.get("behavior", "").lower(), "All"),
        none_event=_told(source, xml.get("noneBehaviorEventRef", "")),
        one_event=_told(source, xml.get("oneBehaviorEventRef", "")),
        complex=tuple(_complex(source, each) for each in children(xml, "complexBehaviorDefinition")),
    )


def _collected(source: Source, xml: etree._Element) -> tuple[str, str]:
    """The list variable and the item of `loopDataOutputRef` and `outputDataItem`, where both stand."""
    collection, item = text_of(xml.find(bpmn("loopDataOutputRef"))), _name(xml.find(bpmn("outputDataItem")))
    return (item_variable(source, collection), item) if collection and item else ("", "")


def _told(source: Source, reference: str) -> Event:
    """What an item that ends throws; where nothing is said, a signal without a name (table 10.29)."""
    return referred(source, reference) if reference else Event("signal")


def _complex(source: Source, xml: etree._Element) -> tuple[str, Event]:
    thrown = [definition for child in children(xml, "event") for definition in event_nodes(child)]
    event = event_of(thrown[0], source) if thrown else NONE
    return text_of(xml.find(bpmn("condition"))), event


def _name(item: etree._Element | None) -> str:
    return (item.get("name") or item.get("id") or "") if item is not None else ""
