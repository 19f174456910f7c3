"""Hostile files, each around one thing that costs time or memory; `python -m tests.fuzz.constructs` measures them.

The measuring runs in a process of its own, so that its limits bind nobody else and its peak of memory is its own.
"""

import json
import resource
import time
from collections.abc import Callable

from engine.bpmn.checks import Known, check
from tests.engine.bpmn.drawing import END, START, process

DMN = 'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"'
#: CPU seconds after which the whole measuring is stopped by the system.
MOST = 300
#: CPU seconds of a million additions on the machine for which the bounds are meant; slower ones get more time.
USUAL = 0.06


def bpmn(inside: str, around: str = "") -> bytes:
    """A file with one executable process."""
    return process(inside, ways="", declared=around, attributes='isExecutable="true"')


def each(count: int, text: str) -> str:
    """`text` so many times; `{n}` is the number, `{m}` the next one."""
    return "".join(text.format(n=number, m=number + 1) for number in range(count))


def decision(inside: str, around: str = "") -> bytes:
    """A file with one decision."""
    return f'<definitions {DMN}>{around}<decision id="d0" name="d0">{inside}</decision></definitions>'.encode()


def table(count: int, test: str, result: str) -> bytes:
    """A decision table of so many rules."""
    rule = "<rule id='r{n}'><inputEntry><text>" + test + "</text></inputEntry>"
    rules = each(count, rule + "<outputEntry><text>" + result + "</text></outputEntry></rule>")
    head = '<input id="i"><inputExpression><text>amount</text></inputExpression></input><output id="o" name="level"/>'
    return decision(f'<decisionTable id="t" hitPolicy="FIRST">{head}{rules}</decisionTable>')


def literal(text: str) -> bytes:
    """A decision that is an expression."""
    return decision(f"<literalExpression><text>{text}</text></literalExpression>")


def condition(text: str, count: int = 1) -> bytes:
    """A gateway with conditions."""
    begin, end = "<conditionExpression><![CDATA[", "]]></conditionExpression></sequenceFlow>"
    flow = f'<sequenceFlow id="f{{n}}" sourceRef="g" targetRef="e">{begin}{text}{end}'
    gateway = '<exclusiveGateway id="g"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/>'
    return bpmn(START + gateway + each(count, flow) + END)


def form(*components: str) -> bytes:
    """A form."""
    return f'{{"id": "f", "type": "default", "schemaVersion": 19, "components": [{",".join(components)}]}}'.encode()


def owner(text: str) -> bytes:
    """A task for somebody."""
    said = f"<resourceAssignmentExpression><formalExpression>{text}</formalExpression></resourceAssignmentExpression>"
    return bpmn(f'<userTask id="t"><potentialOwner>{said}</potentialOwner></userTask>')


def timer(inside: str) -> bytes:
    """An event that waits."""
    definition = f'<timerEventDefinition id="d">{inside}</timerEventDefinition>'
    return bpmn(f'<intermediateCatchEvent id="t">{definition}</intermediateCatchEvent>')


FLOW = '<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{m}"/>'
GATE = '<parallelGateway id="t{n}"/><sequenceFlow id="g{n}" sourceRef="t{n}" targetRef="j"/>'
CALL = '<process id="p{n}"><startEvent id="s{n}"/><callActivity id="c{n}" calledElement="p{m}"/></process>'
LINK = '<intermediateThrowEvent id="l{n}"><linkEventDefinition name="x"/></intermediateThrowEvent>'
DOUBLING = each(40, '<!ENTITY e{m} "&e{n};&e{n};">')
ENTITIES = f"<!DOCTYPE x [<!ENTITY e0 'x'>{DOUBLING}]><x>&e40;</x>".encode()
OUTER = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
FIELD = '{{"type": "textfield", "id": "c{n}", "key": "k{n}", "label": "a"}},'
PATTERN = '{"type": "textfield", "id": "c", "key": "k", "label": "a", "validate": {"pattern": "(x+x+)+y"}}'
GROUP = '{"type": "group", "id": "g", "components": ['
ITSELF = '<informationRequirement><requiredDecision href="#d0"/></informationRequirement>'
ONE = "<literalExpression><text>1</text></literalExpression>"
OF_TYPE = f'<variable name="d0" typeRef="t"/>{ONE}'
TYPE = '<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>'
FIBONACCI = "{{f: function(n) if n &lt; 2 then n else f(n - 1) + f(n - 2), r: f(60)}}.r"

Construct = tuple[str, Callable[[], bytes], str]
#: Name → file name, content, and a code that must be told; without one, it may be let through.
SIZES: dict[str, Construct] = {
    "60,000 elements": ("a.bpmn", lambda: bpmn(each(60_000, "<task id='t{n}'/>")), "bpmn.too_many_elements"),
    "a chain": ("a.bpmn", lambda: bpmn(START + each(3_900, "<manualTask id='t{n}'/>" + FLOW)), ""),
    "no ids": ("a.bpmn", lambda: bpmn("<manualTask/>" * 7_900), ""),
    "one id": ("a.bpmn", lambda: bpmn("<manualTask id='t'/>" * 7_900), ""),
    "attributes": ("a.bpmn", lambda: bpmn("<task " + each(50_000, "a{n}='' ") + "/>"), "xml.attributes"),
    "namespaces": ("a.bpmn", lambda: bpmn("<task " + each(50_000, "xmlns:a{n}='u{n}' ") + "/>"), ""),
    "flows from one gateway": ("a.bpmn", lambda: condition("a > {n}", 3_900), ""),
    "ways in parallel": ("a.bpmn", lambda: bpmn(START + each(2_600, GATE + FLOW)), ""),
    "links of one name": ("a.bpmn", lambda: bpmn(each(2_600, LINK)), ""),
    "10 MB in a name": ("a.bpmn", lambda: bpmn("<task name='" + "x" * 9_900_000 + "'/>"), "bpmn.too_much_text"),
    "10,000 rules": ("a.dmn", lambda: table(10_000, "&gt;= {n}", '"v{n}"'), ""),
    "10,000 ranges": ("a.dmn", lambda: table(10_000, "[{n}..{m}]", "{n}"), ""),
    "2,000 components": ("a.form", lambda: form(each(2_000, FIELD)[:-1]), ""),
}
SHAPES: dict[str, Construct] = {
    "500 levels": ("a.bpmn", lambda: bpmn("<subProcess>" * 500 + "</subProcess>" * 500), "xml.unreadable"),
    "240 levels": ("a.bpmn", lambda: bpmn("<subProcess>" * 240 + "</subProcess>" * 240), "bpmn.too_deep"),
    "500 lists": ("a.dmn", lambda: decision("<list>" * 500 + "</list>" * 500), "dmn.xml"),
    "490 groups": ("a.form", lambda: form(GROUP * 490 + "]}" * 490), "form.unreadable"),
    "5,000 brackets": ("a.form", lambda: b"[" * 5_000, "form.unreadable"),
    "calls in a circle": ("a.bpmn", lambda: bpmn("", each(2_600, CALL).replace("p2600", "p0")), ""),
    "a definition in itself": ("a.bpmn", lambda: timer("<eventDefinitionRef>d</eventDefinitionRef>" * 40), ""),
    "a decision of itself": ("a.dmn", lambda: decision(ITSELF + ONE), "dmn.cycle"),
    "a type of itself": ("a.dmn", lambda: decision(OF_TYPE, TYPE), "dmn.type"),
    "entities of entities": ("a.bpmn", lambda: ENTITIES, "xml.unreadable"),
    "an outer entity": ("a.bpmn", lambda: OUTER, "xml.doctype"),
    "entities in decisions": ("a.dmn", lambda: ENTITIES, "dmn.xml"),
}
TEXTS: dict[str, Construct] = {
    "FEEL of a million characters": ("a.bpmn", lambda: condition("a + " * 250_000 + "a"), "bpmn.too_much_text"),
    "much FEEL": ("a.bpmn", lambda: condition("a or " * 1_900 + "a {n}", 15), ""),
    "a decision of a million characters": ("a.dmn", lambda: literal("a + " * 250_000 + "a"), "dmn.too_large"),
    "endless recursion": ("a.bpmn", lambda: condition("{{f: function(n) f(n + 1), r: f(1)}}.r", 500), ""),
    "much recursion": ("a.dmn", lambda: table(1_000, "-", FIBONACCI), ""),
    "endless loops": ("a.bpmn", lambda: condition("count(for i in 1..1000000000 return i)", 2_000), ""),
    "a slow pattern": ("a.bpmn", lambda: condition('matches("' + "x" * 5_000 + '", "(x+x+)+y{n}")', 30), ""),
    "a slow pattern of a form": ("a.form", lambda: form(PATTERN), "form.pattern_slow"),
    "braces": ("a.form", lambda: form('{"type": "text", "id": "c", "text": "' + "{{" * 200_000 + '"}'), "form.feel"),
    "spaces in an owner": ("a.bpmn", lambda: owner("user(" + " " * 140_000), ""),
    "digits of a time": ("a.bpmn", lambda: timer("<timeDuration>" + "1" * 140_000 + "</timeDuration>"), ""),
}
#: The file itself takes memory here, so that these come last.
MASSES: dict[str, Construct] = {
    "5 MB of decisions": ("a.dmn", lambda: decision("<list/>" * 390_000), ""),
    "16 MB of tags": ("a.bpmn", lambda: b"<a>" * 5_000_000, "xml.too_many_tags"),
    "16 MB of elements": ("a.bpmn", lambda: b"<a>" + b"<a/>" * 390_000 + b"</a>", "bpmn.not_bpmn"),
    "5 MB of attributes": ("a.bpmn", lambda: bpmn("<task " + each(390_000, "a{n}='' ") + "/>"), "xml.attributes"),
    "16 MB of text": ("a.bpmn", lambda: b"<a>" + b"x" * 16_000_000 + b"</a>", "xml.unreadable"),
    "50 MB": ("a.bpmn", lambda: b"<definitions>".ljust(50_000_000, b"x"), "xml.too_large"),
    "50 MB of tags": ("a.bpmn", lambda: b"<a>" * 17_000_000, "xml.too_large"),
    "50 MB of decisions in one": ("a.dmn", lambda: b"<definitions>".ljust(50_000_000, b"x"), "dmn.xml"),
    "50 MB of form": ("a.form", lambda: b"{".ljust(50_000_000), "form.unreadable"),
}
CONSTRUCTS = SIZES | SHAPES | TEXTS | MASSES


def main() -> None:
    """Print one line of JSON for each construct: CPU seconds, megabytes above the idle process, codes."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST))
    check({"a.bpmn": bpmn(START + END), "a.dmn": literal("1"), "a.form": form()}, Known.anything())
    idle = _peak()
    for name, (file, build, _) in CONSTRUCTS.items():
        content, slowness = build(), _slowness()
        began = time.process_time()
        told = check({file: content}, Known.anything())
        spent = time.process_time() - began
        slowness = max(slowness, _slowness(), 1.0)
        found = {
            "name": name,
            "cpu": spent / slowness,
            "mb": _peak() - idle,
            "codes": sorted({one.code for one in told}),
        }
        print(json.dumps(found), flush=True)  # noqa: T201


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _slowness() -> float:
    """How many times as long as usual this machine takes at the moment."""
    began, count = time.process_time(), 0
    for number in range(1_000_000):
        count += number
    return (time.process_time() - began) / USUAL


if __name__ == "__main__":
    main()
