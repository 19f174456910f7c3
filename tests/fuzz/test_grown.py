"""Broken models that Hypothesis grows: the check never crashes, and what it lets through can be read and begun."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.bpmn.assembly import STEPS
from engine.bpmn.checks import Known, check
from engine.bpmn.xml import bpmn
from engine.problems import Problem, errors_in
from tests.engine.bpmn.drawing import DECISION, END, FORM, START, TASK, on_task, process, timer
from tests.engine.bpmn.planted import PLANTED
from tests.fuzz.oracle import run

SEEDS = [
    process(
        START, '<exclusiveGateway id="x" default="x_t"/><parallelGateway id="y"/><manualTask id="a"/>', TASK, END,
        ways="s>x x>t x>y y>a a>e t>e", conditions={"x>y": "amount > 5"},
    ),
    on_task(timer("timeDuration", "PT1H", attributes='attachedToRef="t" cancelActivity="false"')),
    *(model for code, _, _, model in PLANTED if code.startswith(("bpmn.loop", "bpmn.event", "bpmn.no_", "feel."))),
]  # fmt: skip
TAGS = [*STEPS, "sequenceFlow", "process", "transaction", "timerEventDefinition", "lane", "conditionExpression"]
TAGS += [
    "messageEventDefinition",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "script",
    "nonsense",
]
ATTRIBUTES = [
    "id",
    "sourceRef",
    "targetRef",
    "attachedToRef",
    "default",
    "name",
    "messageRef",
    "loopMaximum",
    "isSequential",
]
ATTRIBUTES += ["isExecutable", "cancelActivity", "triggeredByEvent", "calledElement", "scriptFormat"]
VALUES = [
    "",
    "s",
    "t",
    "e",
    "x",
    "x_t",
    "p",
    "Start",
    "End",
    "p.EndJoin",
    "true",
    "false",
    "²",
    "9" * 5000,
    "名 称",
    "${",
    "{a}",
]
TEXTS = ["", "=", "a >", "PT1H", "R3/PT1H", "amount > 5", "${a && b}", "((((", "\u2028", "x" * 20_000, "null", "[1, 2]"]


def mutate(model: bytes, chance: random.Random) -> bytes:
    """`model` with one to six parts cut, doubled, moved, renamed, or given odd attributes and texts."""
    root = etree.fromstring(model)
    for _ in range(chance.randint(1, 6)):
        inner = list(root.iter())[1:]
        if not inner:
            break
        chosen, other = chance.choice(inner), chance.choice(inner)
        match chance.randrange(6):
            case 0:
                chosen.getparent().remove(chosen)
            case 1:
                other.append(etree.fromstring(etree.tostring(chosen)))
            case 2:
                chosen.tag = bpmn(chance.choice(TAGS))
            case 3:
                chosen.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))
            case 4 if chosen.attrib:
                del chosen.attrib[chance.choice(list(chosen.attrib))]
            case _:
                chosen.text = chance.choice(TEXTS)
    return etree.tostring(root, encoding="utf-8")


@pytest.mark.parametrize("known", [Known.anything(), Known()], ids=["anything", "nothing"])
@given(model=st.sampled_from(SEEDS), seed=st.integers(0, 2**32))
def test_a_mutated_model_gives_problems_and_what_has_none_begins(known, model, seed):
    files = {"a.bpmn": mutate(model, random.Random(seed)), "ask.form": FORM, "level.dmn": DECISION}

    told = check(files, known)

    for problem in told:
        assert isinstance(problem, Problem)
        assert problem.what("en")
        assert problem.what("zh")
        assert problem.remedy("zh")
    if not errors_in(told):
        run(files)


@given(
    st.sampled_from([*SEEDS, FORM, DECISION]),
    st.integers(0, 3000),
    st.binary(max_size=20),
    st.sampled_from(["a.bpmn", "b.dmn", "c.form"]),
)
def test_cut_and_spoilt_bytes_give_problems(content, place, spoilt, name):
    told = check({name: content[:place] + spoilt, "d.bpmn": content[place:]}, Known())

    assert told
    assert all(isinstance(problem, Problem) for problem in told)


@pytest.mark.parametrize("model", [model for *_, model in PLANTED], ids=[f"{code}-{x}" for code, _, x, _ in PLANTED])
def test_a_planted_model_without_errors_begins(model):
    files = {"a.bpmn": model, "ask.form": FORM, "level.dmn": DECISION}

    if not errors_in(check(files, Known.anything())):
        run(files)
