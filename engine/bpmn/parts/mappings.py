"""Input and output mappings of every vendor, as name → text of an expression."""

from lxml import etree

from engine.bpmn import scripts
from engine.bpmn.expressions import is_expression, parsed
from engine.bpmn.parts import texts
from engine.bpmn.parts.source import Source
from engine.bpmn.parts.variables import Mappings, data_mappings
from engine.bpmn.xml import CAMUNDA, bpmn, local, text_of
from engine.errors import FeelSyntaxError
from engine.feel.text import quoted
from engine.problems import Severity

#: Holders of mappings in the words of `camunda:` and `zeebe:`.
_HOLDERS = frozenset({"inputOutput", "ioMapping"})
_OF_PEOPLE = frozenset({"userTask", "manualTask"})
_FIELD = f"{{{CAMUNDA}}}field"


def mappings(source: Source) -> tuple[Mappings, Mappings]:
    """Inputs and outputs: name → text, an expression where it is wrapped in `${…}` or begins with `=`."""
    inputs, outputs = data_mappings(source)
    targets = {"inputParameter": inputs, "outputParameter": outputs, "input": inputs, "output": outputs}
    for holder in _holders(source):
        for item in holder.iterchildren(etree.Element):
            target = targets.get(local(item))
            if target is not None and local(item).endswith("Parameter"):
                target[item.get("name", "")] = _parameter(source, item)
            elif target is not None:
                target[item.get("target", "")] = item.get("source", "")
    inputs |= {item.get("name", ""): _field(item) for item in source.extensions if item.tag == _FIELD}
    _scripts(source, inputs, outputs)
    return inputs, outputs


def _holders(source: Source) -> list[etree._Element]:
    """The holders of mappings, that of a connector included."""
    found = [holder for holder in source.extensions if local(holder) in _HOLDERS]
    connectors = [holder for holder in source.extensions if holder.tag == f"{{{CAMUNDA}}}connector"]
    for definition in source.events:
        connectors += definition.findall(f"{bpmn('extensionElements')}/{{{CAMUNDA}}}connector")
    return found + [inner for each in connectors for inner in each.iterchildren(f"{{{CAMUNDA}}}inputOutput")]


def _field(item: etree._Element) -> str:
    """A field that another engine would inject into its program code."""
    inside = next((text_of(each) for each in item.iterchildren(etree.Element)), "")
    return str(item.get("stringValue") or item.get("expression") or inside)


def _parameter(source: Source, item: etree._Element) -> str:
    inside = next(item.iterchildren(etree.Element), None)
    if inside is None:
        return text_of(item)
    try:
        return f"={_structured(inside)}"
    except FeelSyntaxError as error:
        why = error.params.get("why", error.message)
        reasons = {"why": why, "why_zh": error.params.get("why_zh", why)}
        source.chose(texts.MAPPING_KIND, Severity.ERROR, name=item.get("name", ""), tag=local(inside), **reasons)
        return ""


def _structured(xml: etree._Element) -> str:
    """FEEL of a list, map, script or text inside a mapping. Raises FeelSyntaxError."""
    parts = list(xml.iterchildren(etree.Element))
    match local(xml):
        case "list":
            return f"[{', '.join(_structured(each) for each in parts)}]"
        case "map":
            entries = (f"{quoted(each.get('key', ''))}: {_inside(each)}" for each in parts)
            return f"{{{', '.join(entries)}}}"
        case "script":
            return scripts.value(text_of(xml), xml.get("scriptFormat", ""))
    return _literal(text_of(xml))


def _inside(entry: etree._Element) -> str:
    inner = next(entry.iterchildren(etree.Element), None)
    return _structured(inner) if inner is not None else _literal(text_of(entry))


def _literal(text: str) -> str:
    return parsed(text).text if is_expression(text) else quoted(text)


def _scripts(source: Source, inputs: Mappings, outputs: Mappings) -> None:
    """SpiffWorkflow's scripts before and after a step, where they only assign."""
    for tag, targets in (("preScript", (inputs, outputs)), ("postScript", (outputs,))):
        text = source.spiff(tag)
        if not text:
            continue
        try:
            found = _beside(source, text)
        except FeelSyntaxError as error:
            source.chose(texts.SCRIPT_LANGUAGE, Severity.ERROR, language="Python", **reasons_of(error))
            continue
        for name, value in found.assigned.items():
            targets[0][name] = f"={value}"
            targets[-1].setdefault(name, f"={name}")
        source.chose(texts.SCRIPT, feel=shown(found))


def _beside(source: Source, text: str) -> scripts.Script:
    """The script beside a step. Raises FeelSyntaxError, also where a form's values would be lost beside its own."""
    if source.tag in _OF_PEOPLE:
        raise FeelSyntaxError(position=1, why="it stands beside a form", why_zh="它与表单并存")
    return scripts.script(text, "python")


def reasons_of(error: FeelSyntaxError) -> dict[str, object]:
    """Why a text cannot be read, in English and Chinese, as parameters of a problem."""
    why = error.params.get("why", error.message)
    return {"why": why, "why_zh": error.params.get("why_zh", why)}


def shown(found: scripts.Script) -> str:
    """A translated script for people."""
    lines = [f"{name} := {text}" for name, text in found.assigned.items()]
    return "; ".join([*lines, *([found.value] if found.value else [])])[:300]
