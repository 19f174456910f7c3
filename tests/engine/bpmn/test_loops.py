"""Activities that run several times."""

import pytest

from engine.bpmn.loops import MAX_ITEMS
from engine.execution import StepFailed, TaskOpened
from tests.models import Case, Shelf, boundary, bpmn, element, event, mappings, properties, scope, several, timer

PEOPLE = ["Ann", "Bo", "Cy"]
ANSWERS = properties(collect="answers", item_result="answer")


def enquiry(*, sequential=False, inside="", mapped=ANSWERS):
    return element("userTask", "ask", mapped + several("people", item="person", sequential=sequential, inside=inside))


def asking(**options):
    return Case(bpmn(enquiry(**options), "start > ask > next > end"), people=PEOPLE)


@pytest.mark.parametrize("order", [(0, 0, 0), (2, 1, 0), (1, 1, 0)])
def test_three_parallel_enquiries_keep_three_answers_in_the_order_of_the_items(order):
    case = asking()
    assert case.open == ["ask"] * 3
    for nth in order:
        person = case.execution.context(case.token("ask", nth))["person"]
        case.complete("ask", nth, answer=f"{person} says")

    assert case.open == ["next"]
    assert case.count == 1
    assert case.variables == {"people": PEOPLE, "answers": ["Ann says", "Bo says", "Cy says"]}


def test_what_an_item_writes_stays_in_it_even_where_the_instance_has_the_name():
    case = Case(bpmn(enquiry(), "start > ask > next > end"), people=PEOPLE, answer="before")
    case.complete("ask", answer="from Ann")

    assert case.variables["answer"] == "before"
    assert case.execution.context(case.token("ask"))["answer"] == "before"


def test_each_item_has_its_number_and_is_offered_under_its_name():
    case = asking()
    numbers = [case.execution.context(case.token("ask", nth))["loopCounter"] for nth in range(3)]

    assert numbers == [0, 1, 2]
    assert [opened.item for opened in case.told(TaskOpened)] == PEOPLE


def test_sequential_items_run_one_after_another():
    case = asking(sequential=True)
    for person in PEOPLE:
        assert case.open == ["ask"]
        assert case.execution.context(case.token("ask"))["person"] == person
        case.complete("ask", answer=person.lower())

    assert case.variables["answers"] == ["ann", "bo", "cy"]


def test_a_cardinality_counts_items():
    case = Case(
        bpmn(
            element("userTask", "ask", several(inside="<loopCardinality>n + 1</loopCardinality>")), "start > ask > end"
        ),
        n=2,
    )

    assert case.open == ["ask"] * 3
    assert [opened.item for opened in case.told(TaskOpened)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("people", "why"), [("Ann", "not a list"), (None, "not a list"), (list(range(MAX_ITEMS + 1)), "more than")]
)
def test_a_collection_that_cannot_be_run_is_refused(people, why):
    with pytest.raises(StepFailed, match=why):
        Case(bpmn(enquiry(), "start > ask > end"), people=people)


@pytest.mark.parametrize("n", ["many", None, 10**12])
def test_a_cardinality_that_cannot_be_run_is_refused(n):
    with pytest.raises(StepFailed, match=r"not a number|more than"):
        Case(
            bpmn(
                element("userTask", "ask", several(inside="<loopCardinality>n</loopCardinality>")), "start > ask > end"
            ),
            n=n,
        )


def test_without_items_the_activity_is_over_and_its_list_empty():
    case = Case(bpmn(enquiry(), "start > ask > next > end"), people=[])

    assert case.open == ["next"]
    assert case.variables["answers"] == []


def test_the_completion_condition_ends_the_others_and_keeps_what_was_collected():
    condition = 'nrOfCompletedInstances = 2 and nrOfActiveInstances = 1 and answers[2] = "no"'
    case = asking(inside=f"<completionCondition>{condition}</completionCondition>")
    case.complete("ask", 2, answer="yes")
    assert case.open == ["ask", "ask"]

    case.complete("ask", 0, answer="no")

    assert case.open == ["ask"], "the answers are in item order: the second is yes"
    case.complete("ask", answer="no")
    assert case.variables["answers"] == ["no", "no", "yes"]


def test_the_completion_condition_takes_open_items_away():
    case = asking(inside="<completionCondition>${nrOfCompletedInstances &gt;= 1}</completionCondition>")
    tokens = [case.token("ask", nth) for nth in range(3)]
    case.complete("ask", 1, answer="enough")

    assert case.open == ["next"]
    assert case.variables["answers"] == ["enough"]
    assert [case.execution.gone[token] for token in tokens] == ["cancelled", "left", "cancelled"]


def test_the_output_mapping_of_each_item_is_written_outside():
    case = asking(mapped=mappings(inputs={"who": "${person}"}, outputs={"last": "${who + answer}"}))
    case.complete("ask", 1, answer="!")
    assert case.variables["last"] == "Bo!"
    case.complete("ask", 0, answer="?")
    case.complete("ask", 0, answer="…")

    assert case.variables == {"people": PEOPLE, "last": "Cy…"}


def test_items_that_are_sub_processes_have_scopes_of_their_own():
    marks = properties(collect="answers", item_result="answer")
    sub = element(
        "subProcess", "sub", marks + several("people", item="person") + scope("", "start2 > ask > check > end2")
    )
    case = Case(bpmn(sub, "start > sub > next > end"), people=PEOPLE)
    for nth in (2, 0, 0):
        case.complete("ask", nth, answer=case.execution.context(case.token("ask", nth))["person"] + "!")
    for nth in (1, 1, 0):
        case.complete("check", nth)

    assert case.variables == {"people": PEOPLE, "answers": ["Ann!", "Bo!", "Cy!"]}
    assert case.open == ["next"]


def test_items_that_are_called_processes_give_back_what_is_mapped():
    inside = (
        '<extensionElements><camunda:in source="person" target="who"/><camunda:out source="answer" target="answer"/>'
        '<camunda:properties><camunda:property name="collect" value="answers"/><camunda:property name="item_result"'
        ' value="answer"/></camunda:properties></extensionElements>'
    )
    call = element("callActivity", "call", inside + several("people", item="person"), calledElement="called")
    case = Case(Shelf(bpmn(call, "start > call > end"), bpmn("", "start > ask > end", key="called")), people=PEOPLE)
    for person in reversed(PEOPLE):
        nth = PEOPLE.index(person)
        assert dict(case.execution.context(case.token("ask", nth))) == {"who": person}
        case.complete("ask", nth, answer=person)

    assert case.is_ended
    assert case.variables["answers"] == PEOPLE


def test_a_boundary_event_belongs_to_the_whole_loop_and_takes_all_items_away():
    late = boundary("late", "ask", timer("PT1H"))
    case = Case(bpmn(enquiry() + late, "start > ask > next > end; late > other > end2"), people=PEOPLE)
    case.complete("ask", answer=1)
    assert case.open == ["ask", "ask", "late"]

    case.wait(hours=1)

    assert case.open == ["other"]
    assert case.count == 1


def test_a_reminder_on_a_loop_fires_once_for_all_items_and_goes_with_the_loop():
    remind = boundary("remind", "ask", timer("R/PT1H", "Cycle"), interrupting=False)
    case = Case(bpmn(enquiry() + remind, "start > ask > next > end; remind > end2"), people=PEOPLE)
    assert case.wait(hours=2) == ["remind", "remind"]
    for _ in PEOPLE:
        case.complete("ask", answer=1)

    assert case.open == ["next"]


def test_an_error_in_one_item_ends_the_loop():
    work = element("serviceTask", "work", several("people"), camunda_type="external", camunda_topic="mail")
    caught = boundary("caught", "work", event("error"))
    case = Case(bpmn(work + caught, "start > work > end; caught > other > end2"), people=PEOPLE)
    case.fail("work", "NO", why="closed")

    assert case.open == ["other"]
    assert case.variables["why"] == "closed"


def standard(inside, **attributes):
    return element("userTask", "ask", element("standardLoopCharacteristics", "loop", inside, **attributes))


def test_a_standard_loop_runs_while_its_condition_holds():
    case = Case(bpmn(standard("<loopCondition>more</loopCondition>"), "start > ask > next > end"))
    for more in (True, True, False):
        assert case.open == ["ask"]
        case.complete("ask", more=more)

    assert case.open == ["next"]
    assert case.variables == {"more": False}


def test_a_standard_loop_may_be_tested_before_and_has_a_maximum():
    never = Case(bpmn(standard("<loopCondition>false</loopCondition>", testBefore="true"), "start > ask > next > end"))
    assert never.open == ["next"]

    three = Case(bpmn(standard("", loopMaximum="3"), "start > ask > next > end"))
    for counter in range(3):
        assert three.execution.context(three.token("ask"))["loopCounter"] == counter
        three.complete("ask")
    assert three.open == ["next"]


def test_four_hundred_items_run_in_parallel():
    case = Case(bpmn(enquiry(), "start > ask > next > end"), people=[f"P{n}" for n in range(400)])
    assert case.count == 401
    execution = case.execution
    for token in [key for key, _, state in execution.open_elements() if state == "task"]:
        execution.complete(token, {"answer": "y"})
        execution.advance()

    assert [found for _, found, _ in execution.open_elements()] == ["next"]
    assert execution.scopes[""]["answers"] == ["y"] * 400
