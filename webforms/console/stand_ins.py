"""What a model from outside refers to and nobody has: processes that end at once, decisions that give nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from engine import dmn
from engine.bpmn import reader
from engine.bpmn.expressions import is_expression
from engine.bpmn.model import Model
from engine.bpmn.xml import BPMN

_PROCESS = (
    f'<definitions xmlns="{BPMN}" targetNamespace="stand-in"><process id={{key}} isExecutable="true">'
    '<startEvent id="start"/><endEvent id="end"/><sequenceFlow id="flow" sourceRef="start" targetRef="end"/>'
    "</process></definitions>"
)
_DECISION = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="stand_in" name="stand-in"'
    ' namespace="stand-in"><decision id={key} name={key}><variable name={key}/><literalExpression id="nothing">'
    "<text>null</text></literalExpression></decision></definitions>"
)


def completed(model: Model) -> tuple[Model, list[str]]:
    """`model` with stand-ins for the processes and decisions that it lacks, and the names of these."""
    elements = [element for process in model.processes.values() for element in process.elements.values()]
    called = _missing((element.called for element in elements if element.tag == "callActivity"), model.processes)
    decided = _missing((element.decision for element in elements), model.decisions)
    processes = {key: reader.read_file(_PROCESS.format(key=quoteattr(key)).encode())[0] for key in called}
    decisions = {key: dmn.load(_DECISION.format(key=quoteattr(key)).encode(), key) for key in decided}
    both = replace(model, processes={**model.processes, **processes}, decisions={**model.decisions, **decisions})
    return both, [*called, *decided]


def _missing(names: Iterable[str], known: Mapping[str, object]) -> list[str]:
    """The names, written out, of what is not known."""
    return sorted({name for name in names if name and not is_expression(name) and name not in known})
