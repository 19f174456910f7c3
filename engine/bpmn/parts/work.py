"""Who does an automatic step: a topic, a FEEL expression, or a decision."""

import re
from dataclasses import dataclass

from engine.bpmn import scripts
from engine.bpmn.dialects import DROOLS
from engine.bpmn.elements import is_count
from engine.bpmn.expressions import is_expression
from engine.bpmn.parts import texts
from engine.bpmn.parts.mappings import reasons_of, shown
from engine.bpmn.parts.source import Source, extension_attributes
from engine.bpmn.xml import CAMUNDA, SPIFF, local, text_of
from engine.errors import FeelSyntaxError
from engine.problems import Severity

#: Tags of steps that are done as external work when they say how they are done by another engine.
EXTERNAL = frozenset({"serviceTask", "sendTask", "businessRuleTask", "intermediateThrowEvent", "endEvent"})
#: Tags of steps that are done as external work even where nothing is said: nothing else could do them.
_ALWAYS = frozenset({"serviceTask", "sendTask", "businessRuleTask"})
_SCRIPTS = frozenset({"scriptTask"})
_CALL = re.compile(r"\s*[$#]\{\s*([^\W\d]\w*)\s*(?:\.\s*(\w+)\s*(?:\(.*\))?)?\s*\}\s*", re.DOTALL)
_TIMES = re.compile(r"R(\d{1,9})/.*")


@dataclass(frozen=True)
class Work:
    """How a step is done without a person."""

    topic: str = ""
    retries: str = ""
    script: str = ""
    script_format: str = ""
    result: str = ""
    #: variable → text of an expression, written when the step is done
    outputs: tuple[tuple[str, str], ...] = ()


def work(source: Source) -> Work:
    """What does the step; empty for steps that people, messages or decisions do."""
    result = (
        source.vendor.get("resultVariable")
        or source.vendor.get("resultVariableName")
        or source.zeebe("calledDecision", "resultVariable")
        or source.zeebe("script", "resultVariable")
    )
    topic = _topic(source)
    if topic:
        return Work(topic, _retries(source), result=result)
    if source.tag in _SCRIPTS:
        return _script(source, result)
    calculated = _calculated(source, result)
    if calculated is not None:
        return calculated
    derived = _derived(source)
    if derived is not None:
        topic, origin = derived
        source.chose(texts.TOPIC, topic=topic, origin=origin)
        return Work(topic, _retries(source), result=result)
    return Work(retries=_retries(source), result=result)


# --- topics


def _topic(source: Source) -> str:
    """The topic that the step names itself."""
    for said in (source.vendor, *map(extension_attributes, source.events)):
        if said.get("type") == "external" and said.get("topic"):
            return said["topic"]
    return source.zeebe("taskDefinition", "type") or _worker(source)


def _worker(source: Source) -> str:
    """Flowable's external worker."""
    return source.vendor.get("topic", "") if source.vendor.get("type") == "external-worker" else ""


def _derived(source: Source) -> tuple[str, str] | None:
    """A topic made of what another engine would do the step with, and where it was found; None for other steps."""
    task_name = source.xml.get(f"{{{DROOLS}}}taskName")
    if task_name and source.tag in {"task", "serviceTask"}:
        return task_name, "taskName"
    if source.tag not in EXTERNAL or _is_decided(source) or _is_message(source):
        return None
    for said in (source.vendor, *map(extension_attributes, source.events)):
        found = _implementation(said)
        if found is not None:
            return found
    found = _of_vendors(source)
    if found is not None:
        return found
    return (source.id, "the id of the step") if source.tag in _ALWAYS else None


def _implementation(said: dict[str, str]) -> tuple[str, str] | None:
    if said.get("class"):
        return said["class"].rpartition(".")[2], f"class “{said['class']}”"
    for name in ("delegateExpression", "expression"):
        call = _CALL.fullmatch(said.get(name, ""))
        if call is not None:
            return ".".join(part for part in call.groups() if part), f"{name} “{said[name]}”"
    if said.get("type"):
        return said["type"], f"type “{said['type']}”"
    return None


def _of_vendors(source: Source) -> tuple[str, str] | None:
    connector = source.extended(CAMUNDA, "connector")
    if connector is not None:
        name = text_of(connector.find(f"{{{CAMUNDA}}}connectorId"))
        return (name, "connector") if name else None
    operator = source.extended(SPIFF, "serviceTaskOperator")
    if operator is not None and operator.get("id"):
        return str(operator.get("id")), "serviceTaskOperator"
    rules = source.xml.get(f"{{{DROOLS}}}ruleFlowGroup")
    if rules:
        return rules, "ruleFlowGroup"
    operation = source.declared.by_id.get(source.get("operationRef").rpartition(":")[2])
    if operation is not None and local(operation) == "operation":
        return " ".join(operation.get("name", "").split()) or str(operation.get("id")), "operationRef"
    implementation = source.get("implementation")
    if implementation and not implementation.startswith("##"):
        return implementation.rpartition(".")[2].rpartition("/")[2] or source.id, "implementation"
    return None


def _is_decided(source: Source) -> bool:
    """Whether a decision table does the step."""
    return bool(
        source.vendor.get("decisionRef")
        or source.zeebe("calledDecision", "decisionId")
        or source.spiff("calledDecisionId")
    )


def _is_message(source: Source) -> bool:
    """Whether the step throws a message or another event, and nothing says how else it is done."""
    if source.tag in {"intermediateThrowEvent", "endEvent"}:
        return not any(local(event) == "messageEventDefinition" for event in source.events)
    said = [name for name in ("class", "expression", "delegateExpression", "type") if source.vendor.get(name)]
    return source.tag == "sendTask" and bool(source.get("messageRef")) and not said


def _retries(source: Source) -> str:
    """Attempts: `3`, or the number in `R3/PT5M`; what else is written there, as it is."""
    text = source.camunda("failedJobRetryTimeCycle") or source.zeebe("taskDefinition", "retries")
    times = _TIMES.fullmatch(text)
    return times[1] if times else text if not text or is_count(text) or "," not in text else str(text.count(",") + 1)


# --- scripts and expressions


def _script(source: Source, result: str) -> Work:
    own = source.text("script")
    language = source.get("scriptFormat")
    if not own:
        zeebe = source.zeebe("script", "expression")
        return Work(script=zeebe, script_format="feel" if zeebe else language, result=result)
    if scripts.is_feel(language):
        return Work(script=own, script_format=language, result=result)
    found = _translated(source, own, language or ("python" if source.declared.is_spiff else ""))
    return _done(found, result) if found is not None else Work(script=own, script_format=language, result=result)


def _calculated(source: Source, result: str) -> Work | None:
    """A service task whose expression calls nothing: `camunda:expression="${a + 1}"`."""
    text = source.vendor.get("expression", "")
    if source.tag not in _ALWAYS or not is_expression(text):
        return None
    try:
        found = scripts.script(text.strip()[2:-1], "juel")
    except FeelSyntaxError:
        return None
    if not found.assigned and not result:
        return None
    source.chose(texts.EXPRESSION, text=text)
    return _done(found, result)


def _translated(source: Source, text: str, language: str) -> scripts.Script | None:
    try:
        found = scripts.script(text, language)
    except FeelSyntaxError as error:
        source.chose(texts.SCRIPT_LANGUAGE, Severity.ERROR, language=language or "?", **reasons_of(error))
        return None
    source.chose(texts.SCRIPT, feel=shown(found) or "null")
    return found


def _done(found: scripts.Script, result: str) -> Work:
    """The work of a translated script: its value to the result variable, or what it assigns to its variables."""
    assigned = dict(found.assigned)
    if len(assigned) == 1 and not result:
        ((name, text),) = assigned.items()
        return Work(script=text, script_format="feel", result=name)
    outputs = tuple((name, f"={text}") for name, text in assigned.items())
    return Work(script=found.value or "null", script_format="feel", result=result, outputs=outputs)
