"""Data objects, data stores and data associations as variables and mappings (BPMN 2.0.2, 10.4)."""

import re

from lxml import etree

from engine.bpmn.expressions import is_expression, parsed
from engine.bpmn.parts import texts
from engine.bpmn.parts.source import Source
from engine.bpmn.xml import bpmn, children, local, text_of
from engine.errors import FeelSyntaxError
from engine.feel.text import quoted
from engine.problems import Severity

_HOLDERS = frozenset({"dataObject", "dataObjectReference", "dataStoreReference", "property", "dataInput", "dataOutput"})
#: What may declare data objects and properties that live as long as it runs.
_CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_PLACEHOLDER = "__targetRef_placeholder"
_XPATH = re.compile(r"(?:[\w-]+:)?getData(?:Object|Input|Output)\(\s*['\"]([^'\"]+)['\"]\s*\)")

Mappings = dict[str, str]


def variable_of(xml: etree._Element) -> str:
    """The variable that a data object, store, property, input or output is: named like it, else by its id."""
    name = " ".join(xml.get("name", "").split())
    if name.isidentifier():
        return name
    return re.sub(r"\W", "_", str(xml.get("id") or name))


def own_variables(source: Source) -> tuple[str, ...]:
    """The variables of a sub-process itself: its data objects, wherever they are referred to, and its properties.

    They begin empty each time it begins, and are gone when it has ended (10.4.1).
    """
    if source.tag not in _CONTAINERS:
        return ()
    objects = children(source.xml, "dataObject")
    shown = [xml for each in objects for xml in source.declared.shown.get(each.get("id", ""), ())]
    return tuple(dict.fromkeys(variable_of(xml) for xml in (*objects, *shown, *children(source.xml, "property"))))


def item_variable(source: Source, reference: str) -> str:
    """The variable behind the reference of a loop to its list; text that refers to nothing is its name."""
    xml = _element(source, reference)
    if xml is None:
        return reference
    for association in children(source.xml, "dataInputAssociation"):
        if text_of(association.find(bpmn("targetRef"))) == xml.get("id"):
            found = _element(source, text_of(association.find(bpmn("sourceRef"))))
            return variable_of(found) if found is not None else variable_of(xml)
    for association in children(source.xml, "dataOutputAssociation"):
        if text_of(association.find(bpmn("sourceRef"))) == xml.get("id"):
            found = _element(source, text_of(association.find(bpmn("targetRef"))))
            return variable_of(found) if found is not None else variable_of(xml)
    return variable_of(xml)


def data_mappings(source: Source) -> tuple[Mappings, Mappings]:
    """What data associations move into the element and out of it: (target → text, target → text).

    Moving a variable to one of the same name is left out, as the element sees the variable itself; except from or to a
    variable of a sub-process's own.
    """
    inputs: Mappings = {}
    outputs: Mappings = {}
    for association in children(source.xml, "dataInputAssociation"):
        inputs |= _moved(source, association)
    for association in children(source.xml, "dataOutputAssociation"):
        outputs |= _moved(source, association)
    return inputs, outputs


def _moved(source: Source, association: etree._Element) -> Mappings:
    sources = [_element(source, text_of(each)) for each in children(association, "sourceRef")]
    target = _element(source, text_of(association.find(bpmn("targetRef"))))
    transformation = text_of(association.find(bpmn("transformation")))
    assignments = children(association, "assignment")
    moved: Mappings = {}
    for each in assignments:
        moved |= _assigned(source, each, target)
    if assignments or target is None or target.get("name") == _PLACEHOLDER:
        return moved
    if transformation:
        moved[variable_of(target)] = _value(source, transformation)
    elif sources and sources[0] is not None:
        name, to = variable_of(sources[0]), variable_of(target)
        if name != to or to in own_variables(source):
            moved[to] = f"={name}"
    return moved


def _assigned(source: Source, assignment: etree._Element, target: etree._Element | None) -> Mappings:
    value, to = text_of(assignment.find(bpmn("from"))), _plain(source, text_of(assignment.find(bpmn("to"))))
    name = to if to.isidentifier() else variable_of(target) if target is not None else ""
    if not name:
        source.chose(texts.DATA_MAPPING, Severity.ERROR, text=to)
        return {}
    return {name: _value(source, value)}


def _value(source: Source, text: str) -> str:
    """The text of a mapping: jBPM writes texts, others write expressions."""
    if is_expression(text) or source.declared.is_jbpm:
        return text
    plain = _plain(source, text)
    try:
        return f"={parsed(plain).text}"
    except FeelSyntaxError:
        source.chose(texts.DATA_MAPPING, Severity.ERROR, text=text)
        return quoted(text)


def _plain(source: Source, text: str) -> str:
    """`text` with names of variables in place of references and of XPath's functions."""

    def named(match: re.Match[str]) -> str:
        found = _element(source, match[1])
        return variable_of(found) if found is not None else match[1]

    plain = _XPATH.sub(named, text)
    found = _element(source, plain)
    return variable_of(found) if found is not None else plain


def _element(source: Source, reference: str) -> etree._Element | None:
    """The data object, store, property, input or output that `reference` names."""
    found = source.declared.by_id.get(reference.rpartition(":")[2]) if reference else None
    return found if found is not None and local(found) in _HOLDERS else None
