"""What is told of every token that waits."""

from engine.execution.waiting import Wait, waits
from tests.applications import FORM
from tests.models import (
    Case,
    Shelf,
    boundary,
    bpmn,
    catch,
    condition,
    element,
    event,
    scope,
    several,
    throwing,
    timer,
)

UNTIL = "<completionCondition>{}</completionCondition>"
STARTED = element("startEvent", "begun", event("signal", "stop"))


def told(case: Case) -> dict[str, Wait]:
    """Element id → the first wait there."""
    return {each.element.id: each for each in reversed(waits(case.execution))}


def test_a_task_says_to_whom_it_is_offered_and_what_its_form_asks_for():
    asked = element("userTask", "a", name="Ask", camunda_candidateGroups="desk", camunda_formRef="answer")
    case = Case(Shelf({"m.bpmn": bpmn(asked, "start > a > end"), "answer.form": FORM}))

    (wait,) = waits(case.execution)
    assert (wait.kind, wait.within, wait.depth) == ("task", None, 0)
    assert wait.what("en") == (
        "“Ask” (a) waits until somebody completes it. It is offered to desk. "
        "Its form “answer” asks for verdict, amount."
    )
    assert wait.what("zh") == "“Ask”（a）等待人员完成。它分派给desk。其表单“answer”需填写：verdict、amount。"
    assert wait.details == {"people": ["desk"], "form": "answer", "fields": ["verdict", "amount"]}


def test_a_task_that_could_not_be_offered_as_it_stands_now_is_told_all_the_same():
    case = Case(bpmn(element("userTask", "a", camunda_dueDate="${due}"), "start > a > end"), due="2026-03-04")
    case.set(due="soon")

    assert told(case)["a"].what("en") == "a waits until somebody completes it."


def test_work_says_its_topic():
    work = element("serviceTask", "w", camunda_type="external", camunda_topic="mail")

    assert told(Case(bpmn(work, "start > w > end")))["w"].details == {"topic": "mail"}


def test_what_is_waited_for_by_name_says_who_would_throw_it():
    heard = catch("hear", event("signal", "go")) + catch("paid", event("message", "message_paid"))
    content = bpmn(
        heard + throwing("shout", event("signal", "go")), "start > hear > end; start > paid > a > shout > end"
    )

    waiting = told(Case(content))
    assert waiting["hear"].what("en") == "hear waits for the signal “go”. In these files shout would throw it."
    assert waiting["hear"].details == {"name": "go", "throwers": ["shout"]}
    assert "has to come from outside" in waiting["paid"].what("en")


def test_the_name_of_a_message_is_told_as_it_was_calculated():
    content = bpmn(catch("c", event("message", "message_x")), "start > c > end").replace(b'name="x"', b'name="${kind}"')

    assert told(Case(content, kind="refund"))["c"].details["name"] == "refund"


def test_a_timer_says_when_it_is_due_or_why_it_stands_still():
    armed, paused = catch("armed", timer("PT2H")), catch("paused", timer("due"))
    waiting = told(Case(bpmn(armed + paused, "start > armed > end; start > paused > end")))

    assert waiting["armed"].what("en") == "armed waits until 2026-03-02 11:00:00."
    assert waiting["paused"].what("en") == (
        "paused is a timer that stands still, because “due” gives no moment. Now due = null."
    )


def test_a_timer_that_fired_for_all_of_its_moments_says_so():
    late = boundary("late", "a", timer("marks", "Cycle"), interrupting=False)
    case = Case(bpmn(late, "start > a > end; late > end2"), marks=[])
    case.set(marks=[case.now])
    assert "gives no moment" in told(case)["late"].what("en")

    case = Case(bpmn(late, "start > a > end; late > end2"), marks=[case.now])
    case.wait(hours=1)
    assert "has fired for every moment of “marks”" in told(case)["late"].what("en")


def test_a_condition_shows_the_values_that_it_reads():
    case = Case(bpmn(catch("c", condition("amount > 3 and ready")), "start > c > end"), amount=2)

    assert told(case)["c"].what("en") == ("c waits until “amount > 3 and ready” is true. Now amount = 2, ready = null.")
    assert told(case)["c"].details["values"] == {"amount": 2, "ready": None}


def test_a_condition_that_holds_already_waits_for_the_change():
    often = boundary("often", "a", condition("n > 3"), interrupting=False)

    assert "it is true already" in told(Case(bpmn(often, "start > a > end; often > end2"), n=4))["often"].what("en")


def test_a_condition_that_reads_nothing_never_changes():
    assert "nothing can change it" in told(Case(bpmn(catch("c", condition("1 > 2")), "start > c > end")))["c"].what(
        "en"
    )


def test_events_on_an_edge_stand_within_their_activity():
    inside = element("subProcess", "s", scope("", "start1 > a > end1"))
    edge = boundary("oops", "s", event("error", "bad")) + boundary("any", "s", event("escalation"), interrupting=False)
    case = Case(bpmn(inside + edge, "start > s > end; oops > end2; any > end3"))

    found = [(each.element.id, each.kind, each.depth, each.within and each.within.id) for each in waits(case.execution)]
    assert found == [
        ("s", "sub_process", 0, None),
        ("oops", "error", 1, "s"),
        ("any", "escalation", 1, "s"),
        ("a", "task", 1, "s"),
    ]
    assert told(case)["oops"].what("en") == "oops waits for the error “bad”. It stands on the edge of s."
    assert "any escalation" in told(case)["any"].what("en")


def test_the_listener_of_an_event_sub_process_says_what_it_would_begin():
    inside = element("subProcess", "undo", scope(STARTED, "begun > b > end1"), triggeredByEvent="true")

    assert "It would begin the event sub-process undo." in told(Case(bpmn(inside, "start > a > end")))["begun"].what(
        "en"
    )


def test_several_events_of_one_event_are_told_each():
    both = event("message", "message_x") + event("signal", "go")
    case = Case(bpmn(catch("c", both), "start > c > end"))

    assert [each.kind for each in waits(case.execution)] == ["multiple", "message", "signal"]
    assert "any one of its events" in told(case)["c"].what("en")


def test_an_event_gateway_tells_all_its_alternatives():
    content = bpmn(
        element("eventBasedGateway", "g") + catch("m", event("message", "message_x")) + catch("t", timer("PT1H")),
        "start > g > m > end; g > t > end2",
    )

    gateway, *alternatives = waits(Case(content).execution)
    assert gateway.what("en") == "g waits for the first of the events behind it: m, t."
    assert [(each.kind, each.within.id) for each in alternatives] == [("message", "g"), ("timer", "g")]


def test_a_loop_says_how_far_it_is_and_which_items_wait():
    looped = element("userTask", "a", several("names", item="name", inside=UNTIL.format("nrOfCompletedInstances > 1")))
    case = Case(bpmn(looped, "start > a > end"), names=["x", "y", "z"])
    case.complete("a")

    loop, *items = waits(case.execution)
    assert loop.what("en") == (
        "a is done for 1 of 3 items. Fewer are enough once “nrOfCompletedInstances > 1” is true. "
        "Now nrOfCompletedInstances = 1."
    )
    assert [each.details["item"] for each in items] == [2, 3]


def test_a_standard_loop_says_its_round():
    looped = element(
        "userTask",
        "a",
        "<standardLoopCharacteristics><loopCondition>true</loopCondition></standardLoopCharacteristics>",
    )
    case = Case(bpmn(looped, "start > a > end"))
    case.complete("a")

    assert told(case)["a"].what("en") == "a is in round 2 of its loop."


def test_a_called_process_is_named_with_what_waits_in_it():
    call = bpmn(element("callActivity", "c", calledElement="inner"), "start > c > end")
    case = Case(Shelf(call, bpmn("", "start > b > end", "inner")))

    outer, inner = waits(case.execution)
    assert outer.what("en") == "c waits for the process “inner”, which it called."
    assert (inner.element.id, inner.within.id, inner.depth) == ("b", "c", 1)


def test_an_ad_hoc_sub_process_says_when_it_is_done_and_what_is_still_offered():
    inside = scope("", "") + element("userTask", "x") + element("userTask", "y")
    adhoc = element(
        "adHocSubProcess", "h", inside + "<completionCondition>done</completionCondition>", ordering="Sequential"
    )

    assert told(Case(bpmn(adhoc, "start > h > end")))["h"].what("en") == (
        "h is done when “done” is true, or nothing inside it is left to do. Now done = null. Still to be offered: y."
    )


def test_what_waits_for_its_undoing_says_so():
    undoing = element("userTask", "undo", isForCompensation="true")
    edge = boundary("edge", "a", event("compensate")) + '<association sourceRef="edge" targetRef="undo"/>'
    case = Case(bpmn(undoing + edge + throwing("back", event("compensate")), "start > a > back > end"))
    case.complete("a")

    assert told(case)["back"].what("en") == "back waits until what was done is undone."
    assert told(case)["undo"].within.id == "back"


def test_a_parked_step_says_why():
    case = Case(bpmn(element("scriptTask", "s", "<script>1 + x</script>", scriptFormat="feel"), "start > a > s > end"))
    case.do(lambda execution: execution.complete(case.token("a"), {}), parks=[1, 2])

    assert waits(case.execution)[0].what("en").endswith("stands still until it is tried again: it failed")
    case.do(lambda execution: None)
    assert waits(case.execution)[0].what("en").endswith("stands still until it is tried again.")


def test_an_ended_case_waits_for_nothing():
    assert waits(Case(bpmn("", "start > end")).execution) == []
