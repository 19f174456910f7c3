"""Small models for the rules of the standard: no vendor's attributes, flows as `a>b`."""

from tests.engine.bpmn.drawing import END, START, flows, process

TASK = '<task id="t"/>'
#: Two pools, of which the second has no process.
POOLS = (
    '<collaboration id="c"><participant id="one" processRef="p"/><participant id="two"/>{}</collaboration>'
)  # fmt: skip
ITEMS = (
    '<itemDefinition id="text" structureRef="string"/><itemDefinition id="number" structureRef="int"/>'
    '<itemDefinition id="texts" structureRef="string" isCollection="true"/>'
    '<message id="m" name="paid" itemRef="text"/>'
)
MESSAGE = '<messageEventDefinition messageRef="m"/>'
DECLARED = (
    '<message id="m" name="paid"/><signal id="sig" name="alarm"/><error id="err" name="e" errorCode="E1"/>'
    '<escalation id="esc" name="up" escalationCode="U1"/>'
)


def around(step: str, *, declared: str = "", attributes: str = "") -> bytes:
    """Start, `step` with the id `x`, end."""
    return process(START, step, END, ways="s>x x>e", declared=declared, attributes=attributes)


def beside(*more: str, ways: str = "", declared: str = "", attributes: str = "") -> bytes:
    """Start, task, end, and `more` beside them."""
    return process(START, TASK, END, *more, ways=f"s>t t>e {ways}", declared=declared, attributes=attributes)


def sub(inside: str, tag: str = "subProcess", attributes: str = "") -> str:
    """A sub-process with the id `x`."""
    return f'<{tag} id="x" {attributes}>{inside}</{tag}>'


def inner(start: str = '<startEvent id="s1"/>', end: str = '<endEvent id="e1"/>') -> str:
    """What stands in a sub-process: a start, a task `t1`, an end."""
    return f'{start}<task id="t1"/>{end}{flows("s1>t1 t1>e1")}'


def on_task(event: str, *more: str, ways: str = "b>e2", declared: str = DECLARED) -> bytes:
    """A task with the boundary event `event` of the id `b`, which leads to an end of its own."""
    after = ('<endEvent id="e2"/>',) if "e2" in ways else ()
    return beside(event, *after, *more, ways=ways, declared=declared)


def boundary(definition: str, attributes: str = "", host: str = "t") -> str:
    """A boundary event with the id `b`."""
    return f'<boundaryEvent id="b" attachedToRef="{host}" {attributes}>{definition}</boundaryEvent>'


def data(inputs: str = "", outputs: str = "", sets: str = "<inputSet/><outputSet/>") -> str:
    """An input and output specification; `inputs` and `outputs`: ids separated by spaces."""
    ins = "".join(f'<dataInput id="{each}"/>' for each in inputs.split())
    outs = "".join(f'<dataOutput id="{each}"/>' for each in outputs.split())
    return f"<ioSpecification>{ins}{outs}{sets}</ioSpecification>"


def task(inside: str, tag: str = "task", attributes: str = "") -> str:
    """A task with the id `x`."""
    return f'<{tag} id="x" {attributes}>{inside}</{tag}>'


def gateway(tag: str, inside: str = "", attributes: str = "", ways: str = "x>a x>t2 a>e t2>e") -> bytes:
    """A gateway `x` that splits into the tasks `a` and `t2`."""
    steps = (f'<{tag} id="x" {attributes}>{inside}</{tag}>', '<task id="a"/>', '<task id="t2"/>')
    return process(START, *steps, END, ways=f"s>x {ways}")


def waiting(*targets: str, attributes: str = "", ways: str = "s>x x>y x>z y>e z>e", more: str = "") -> bytes:
    """An event-based gateway `x` before two steps with the ids `y` and `z`."""
    return process(
        START, f'<eventBasedGateway id="x" {attributes}/>', *targets, END, more, ways=ways, declared=DECLARED
    )


def catch(name: str, definition: str = MESSAGE) -> str:
    """An intermediate catch event."""
    return f'<intermediateCatchEvent id="{name}">{definition}</intermediateCatchEvent>'


def throw(name: str, definition: str) -> str:
    """An intermediate throw event."""
    return f'<intermediateThrowEvent id="{name}">{definition}</intermediateThrowEvent>'
