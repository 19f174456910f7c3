"""What crosses the border of a called process, and which version is called."""

import re
from dataclasses import dataclass

from engine.bpmn.expressions import is_expression
from engine.bpmn.parts import texts
from engine.bpmn.parts.source import Source
from engine.bpmn.parts.variables import Mappings, data_mappings
from engine.bpmn.xml import CAMUNDA, ZEEBE
from engine.feel.text import quoted
from engine.problems import Severity

Pairs = tuple[tuple[str, str], ...]
#: Stands for all variables.
ALL = ("*", "*")
#: Calls that pass on the business key that their case has anyway.
_OWN_KEY = re.compile(r"[#$]\{\s*execution\s*\.\s*(?:get)?(?:[pP]rocess)?[bB]usinessKey\s*(?:\(\s*\))?\s*\}")


@dataclass(frozen=True)
class Call:
    """A call of another process; sources are FEEL texts, ("*", "*") stands for all variables."""

    called: str = ""
    binding: str = ""
    version: str = ""
    business_key: str = ""
    into: Pairs = ()
    out: Pairs = ()
    #: the mappings of the activity itself, where they do not stand for `into` and `out`
    inputs: Mappings | None = None
    outputs: Mappings | None = None


def call(source: Source, inputs: Mappings, outputs: Mappings) -> Call:
    """What a call activity calls, and with what; empty for other elements."""
    if source.tag != "callActivity":
        return Call(inputs=inputs, outputs=outputs)
    if source.extended(ZEEBE, "calledElement") is not None:
        return _zeebe(source, inputs, outputs)
    into, out = _pairs(source, "in"), _pairs(source, "out")
    data_in, data_out = data_mappings(source)
    into += tuple((_feel(text), name) for name, text in data_in.items())
    out += tuple((_feel(text), name) for name, text in data_out.items())
    if source.vendor.get("inheritVariables") == "true":
        into = (ALL, *into)
    if source.declared.is_spiff and not into and not out:
        source.chose(texts.EVERYTHING_CROSSES, vendor="SpiffWorkflow")
        into, out = (ALL,), (ALL,)
    version = source.vendor.get("calledElementVersion") or source.vendor.get("calledElementVersionTag", "")
    return Call(
        source.get("calledElement"),
        source.vendor.get("calledElementBinding", "") or _same_deployment(source),
        version,
        _business_key(source),
        into,
        out,
        {name: text for name, text in inputs.items() if name not in data_in},
        {name: text for name, text in outputs.items() if name not in data_out},
    )


def _zeebe(source: Source, inputs: Mappings, outputs: Mappings) -> Call:
    """Camunda 8: all variables cross unless the model says otherwise; output mappings read what the callee has."""
    all_in = source.zeebe("calledElement", "propagateAllParentVariables") != "false"
    all_out = source.zeebe("calledElement", "propagateAllChildVariables") != "false" and not outputs
    if all_in and all_out:
        source.chose(texts.EVERYTHING_CROSSES, vendor="Camunda 8")
    return Call(
        source.zeebe("calledElement", "processId") or source.get("calledElement"),
        source.zeebe("calledElement", "bindingType"),
        source.zeebe("calledElement", "versionTag"),
        into=(ALL,) if all_in else tuple((name, name) for name in inputs),
        out=(ALL,) if all_out else tuple((_feel(text), name) for name, text in outputs.items()),
        inputs=inputs,
        outputs={},
    )


def _pairs(source: Source, direction: str) -> Pairs:
    """`camunda:in` or `camunda:out`; an expression stands for its value."""
    pairs: list[tuple[str, str]] = []
    for item in source.extensions:
        if item.tag != f"{{{CAMUNDA}}}{direction}" or item.get("businessKey"):
            continue
        if item.get("variables") == "all":
            pairs.append(ALL)
            if item.get("local") == "true":
                source.chose(texts.LOCAL_VARIABLES, Severity.WARNING)
        elif item.get("target"):
            pairs.append((item.get("sourceExpression") or item.get("source") or "", item.get("target") or ""))
    return tuple(pairs)


def _same_deployment(source: Source) -> str:
    """Flowable's way of asking for the process that was deployed together with the calling one."""
    return "deployment" if source.vendor.get("sameDeployment") == "true" else ""


def _business_key(source: Source) -> str:
    """Another business key than that of the case, which the called process has as well."""
    found = (item.get("businessKey") for item in source.extensions if item.tag == f"{{{CAMUNDA}}}in")
    text = next((str(text) for text in found if text), source.vendor.get("businessKey", ""))
    return "" if _OWN_KEY.fullmatch(text.strip()) else text


def _feel(text: str) -> str:
    """FEEL of a mapping's text, which stands for itself where it is no expression."""
    return text if is_expression(text) else quoted(text)
