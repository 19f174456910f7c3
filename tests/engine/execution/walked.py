"""The models that random walks go through: every kind of element, alone and inside others. `n` steers them."""

from tests.models import (
    Shelf,
    boundary,
    bpmn,
    condition,
    element,
    event,
    mappings,
    properties,
    scope,
    several,
    timer,
)


def exclusive(key, default=""):
    return element("exclusiveGateway", key, **({"default": default} if default else {}))


FORK, JOIN = element("parallelGateway", "fork"), element("parallelGateway", "join")
WORK = element(
    "serviceTask",
    "work",
    mappings(inputs={"i": "${n}"}, outputs={"n": "${n + 1}"}),
    camunda_type="external",
    camunda_topic="t",
)
COLLECT = properties(collect="answers", item_result="n")
ENOUGH = "<completionCondition>nrOfCompletedInstances = 2</completionCondition>"
REMIND = boundary("remind", "a", timer("R2/PT1H", "Cycle"), interrupting=False)
LATE = boundary("late", "a", timer("PT3H"))
CALL = element(
    "callActivity",
    "call",
    '<extensionElements><camunda:in source="n" target="n"/><camunda:out source="n" target="n"/></extensionElements>',
    calledElement="called",
)
WAITING = (("p", event("message", "p")), ("q", timer("PT2H")), ("r", condition("n = 3")))
KILLED = element("endEvent", "kill", event("terminate")) + element("parallelGateway", "fork2")
BROKEN = element("endEvent", "bad", event("error", "NO")) + exclusive("x", "x_bad")


def listener(key, definition, *, interrupting):
    """An event sub-process with one task."""
    start = element("startEvent", f"start_{key}", definition, isInterrupting=str(interrupting).lower())
    return element("subProcess", key, scope(start, f"start_{key} > in_{key} > end_{key}"), triggeredByEvent="true")


def undone(key):
    """A compensation boundary event on `key`, and the activity that undoes it."""
    joined = element("association", f"to_{key}", sourceRef=f"edge_{key}", targetRef=f"not_{key}")
    handler = element("userTask", f"not_{key}", isForCompensation="true")
    return boundary(f"edge_{key}", key, event("compensate")) + handler + joined


LISTENERS = listener("news", event("message", "news"), interrupting=False)
LISTENERS += listener("slow", timer("R/PT2H", "Cycle"), interrupting=False)
LISTENERS += listener("cut", condition("n = 3"), interrupting=True)
UNDO = element("intermediateThrowEvent", "undo", event("compensate"))
COMPLEX = element("complexGateway", "cj", "<activationCondition>activationCount &gt;= 2</activationCondition>")

CALLED = bpmn(exclusive("m") + REMIND, "start > m > a > end; remind > b > end2", key="called")
MODELS = {
    "line": bpmn(WORK, "start > a > work > b > end"),
    "loop": bpmn(exclusive("m") + exclusive("x", "x_end"), "start > m > a > x; x > m: n = 1; x > end"),
    "fork": bpmn(FORK + JOIN, "start > fork; fork > a > join; fork > b > join; join > c > end"),
    "loop beside": bpmn(
        FORK + exclusive("m") + exclusive("x", "x_end"),
        "start > fork > b > end2; fork > m > a > x; x > m: n = 1; x > end",
    ),
    "inclusive": bpmn(
        element("inclusiveGateway", "s", default="s_c") + element("inclusiveGateway", "t"),
        "start > a > s; s > b: n != 2; s > c; s > d: n = 3; b > t; c > t; d > t; t > e > end",
    ),
    "events": bpmn(
        element("eventBasedGateway", "g") + "".join(element("intermediateCatchEvent", *each) for each in WAITING),
        "start > g; g > p > a > end; g > q > b > end2; g > r > c > end3",
    ),
    "boundary": bpmn(
        REMIND + LATE + boundary("note", "a", event("message", "note"), interrupting=False),
        "start > a > end; remind > b > end2; late > c > a; note > d > end3",
    ),
    "items": bpmn(
        element("userTask", "ask", COLLECT + several("[1, 2, 3]", item="one", inside=ENOUGH))
        + boundary("stop", "ask", event("message", "stop")),
        "start > ask > b > end; stop > end2",
    ),
    "one by one": bpmn(
        element("subProcess", "sub", COLLECT + several("[1, 2]", sequential=True) + scope("", "start2 > a > b > end2")),
        "start > sub > c > end",
    ),
    "sub": bpmn(
        element(
            "subProcess",
            "a",
            scope(boundary("hit", "b", event("message", "hit")), "start2 > b > d > end9; hit > c > end7"),
        )
        + REMIND
        + LATE,
        "start > a > e > end; remind > f > end2; late > end3",
    ),
    "call": bpmn(FORK + JOIN + CALL + WORK, "start > fork; fork > call > join; fork > work > join; join > b > end"),
    "conditions": bpmn(
        boundary("flag", "a", condition("n = 2"), interrupting=False) + boundary("cut", "a", condition("n = 3")) + FORK,
        "start > fork; fork > a > end; fork > b > b2 > end4; flag > c > end2; cut > d > end3",
    ),
    "terminate": bpmn(
        FORK + element("subProcess", "sub", scope(KILLED, "start2 > fork2; fork2 > a > kill; fork2 > b > end2")),
        "start > fork; fork > sub > c > end; fork > d > end3",
    ),
    "error": bpmn(
        element("subProcess", "sub", scope(BROKEN, "start2 > a > x; x > end2: n = 1; x > bad"))
        + boundary("any", "sub", event("error")),
        "start > sub > b > end; any > c > sub",
    ),
    "listeners": bpmn(
        element("subProcess", "sub", scope(LISTENERS, "start2 > a > end2")) + exclusive("m") + exclusive("x", "x_end"),
        "start > m > sub > b > x; x > m: n = 1; x > end",
    ),
    "undo": bpmn(
        element("subProcess", "sub", scope(undone("a") + undone("b"), "start2 > a > b > end2"))
        + UNDO
        + undone("c")
        + exclusive("m")
        + exclusive("x", "x_undo"),
        "start > m > sub > c > x; x > m: n = 1; x > undo > d > end",
    ),
    "transaction": bpmn(
        element(
            "transaction",
            "deal",
            scope(
                element("endEvent", "off", event("cancel")) + exclusive("x", "x_end2") + FORK + undone("a"),
                "start2 > fork; fork > a > x; fork > b > end3; x > off: n = 1; x > end2",
            ),
        )
        + boundary("edge", "deal", event("cancel")),
        "start > deal > c > end; edge > d > end4",
    ),
    "complex": bpmn(
        FORK + COMPLEX + exclusive("m") + exclusive("x", "x_end"),
        "start > m > fork; fork > a > cj; fork > b > cj; fork > c > cj; cj > d > x; x > m: n = 1; x > end",
    ),
    "multiple": bpmn(
        element("intermediateCatchEvent", "any", event("message", "p") + timer("PT3H"))
        + element("intermediateCatchEvent", "all", event("message", "q") + timer("PT1H"), parallelMultiple="true"),
        "start > a > any > b > all > c > end",
    ),
    "ad hoc": bpmn(
        element(
            "adHocSubProcess",
            "hoc",
            scope("<completionCondition>n = 3</completionCondition>", "a > b; c > d"),
            ordering="Sequential",
        ),
        "start > hoc > e > end",
    ),
}
SHELVES = {name: Shelf(model, CALLED) for name, model in MODELS.items()}
