"""Rules on visible names: an application's models have them in every language."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from engine.bpmn.checks.diagram import Diagram, Finding, Rule
from engine.bpmn.checks.texts import files as texts
from engine.bpmn.parts import read_properties
from engine.problems import Severity

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def translations(diagram: Diagram) -> Iterator[Finding]:
    """Processes, phases and the tasks of people have a name in every language."""
    if diagram.known.is_open:
        return
    for scope in diagram.scopes:
        if not scope.owners:
            name = " ".join(scope.xml.get("name", "").split())
            for language in _missing(diagram, name, read_properties(scope.xml)):
                yield _untranslated(diagram, scope.xml, name or scope.xml.get("id", ""), language)
        for node in scope.nodes:
            element = node.element
            if node.tag in {"userTask", "manualTask"} or "phase" in element.properties:
                for language in _missing(diagram, element.name, element.properties):
                    yield _untranslated(diagram, node.xml, element.name or element.id, language)


def _missing(diagram: Diagram, name: str, properties: Mapping[str, str]) -> list[str]:
    """The languages for which there is neither a property nor the name itself."""
    own = ("zh" if _CHINESE.search(name) else "en") if name else ""
    return [each for each in diagram.known.languages if each != own and not properties.get(f"name:{each}")]


def _untranslated(diagram: Diagram, xml: etree._Element, name: str, language: str) -> Finding:
    params = {"text": name, "language": language, "property": f"name:{language}"}
    return diagram.at(xml, texts.TRANSLATION, Severity.WARNING, **params)


RULES: list[Rule] = [translations]
