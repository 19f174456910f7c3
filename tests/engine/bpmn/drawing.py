"""Small models for tests: steps as XML, flows as `a>b`."""

from collections.abc import Mapping

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:spiff="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    ' xmlns:other="http://example.org/other"'
)
FORM = """{"id": "ask", "type": "default", "schemaVersion": 19,
  "components": [{"id": "c", "type": "number", "key": "amount", "label": "Amount",
  "properties": {"label:zh": "金额"}}]}""".encode()
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <decision id="level" name="level"><decisionTable id="t" hitPolicy="UNIQUE">
    <input id="i" label="Amount"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input>
    <output id="o" name="level" typeRef="string"/><output id="o2" name="days" typeRef="number"/>
    <rule id="r"><inputEntry id="e"><text>&gt; 5</text></inputEntry>
      <outputEntry id="oe"><text>"high"</text></outputEntry><outputEntry id="oe2"><text>3</text></outputEntry></rule>
  </decisionTable></decision></definitions>"""

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
TASK = '<userTask id="t" name="Look" camunda:formRef="ask" camunda:candidateGroups="staff"/>'


def flows(text: str, conditions: Mapping[str, str] | None = None) -> str:
    """`a>b b>c` as sequence flows with the ids `a_b` and `b_c`; `conditions`: `a>b` → FEEL."""
    found = []
    for pair in text.split():
        source, target = pair.split(">")
        condition = (conditions or {}).get(pair)
        inside = f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>" if condition else ""
        found.append(
            f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
        )
    return "".join(found)


def process(
    *steps: str,
    ways: str = "s>t t>e",
    conditions: Mapping[str, str] | None = None,
    key: str = "p",
    attributes: str = "",
    declared: str = "",
) -> bytes:
    """A file with one process of `steps` and the flows `ways`; `declared` stands beside the process."""
    inside = "".join(steps) + flows(ways, conditions)
    return (
        f'<definitions {NAMESPACES} id="defs" targetNamespace="t">{declared}'
        f'<process id="{key}" name="Case" {attributes}>{inside}</process></definitions>'
    ).encode()


def around(step: str, *, declared: str = "", conditions: Mapping[str, str] | None = None) -> bytes:
    """Start, `step` with the id `x`, end."""
    return process(START, step, END, ways="s>x x>e", declared=declared, conditions=conditions)


def on_task(event: str, *, declared: str = "") -> bytes:
    """A user task with the boundary event `event` of the id `b`, which leads to an end of its own."""
    return process(START, TASK, event, END, '<endEvent id="e2"/>', ways="s>t t>e b>e2", declared=declared)


def timer(tag: str, text: str, *, attributes: str = "") -> str:
    """An intermediate event, or with `attributes` a boundary event, that waits for a time."""
    name, step = ("boundaryEvent", "b") if attributes else ("intermediateCatchEvent", "x")
    inside = f"<timerEventDefinition><{tag}><![CDATA[{text}]]></{tag}></timerEventDefinition>"
    return f'<{name} id="{step}" {attributes}>{inside}</{name}>'
