"""What `flask process run` prints for people."""

import pytest

from tests.applications import model, receive, task

STUCK = model(
    '<parallelGateway id="f"/><parallelGateway id="j" name="All there"/><eventBasedGateway id="g"/>'
    + task("a")
    + receive("m", "paid")
    + receive("n", "refused"),
    "start > f > a > j > end; f > g > m > j; g > n > end2",
)
CHOICE = model('<exclusiveGateway id="x"/>', "start > x; x > end: n = 1; x > end2: n = 2")


@pytest.fixture
def printed(flask, tmp_path):
    """Runs a model: (content, more words) → the printed lines."""

    def run(content, *words, answers=""):
        (tmp_path / "m.bpmn").write_bytes(content)
        (tmp_path / "answers.yaml").write_text(answers or "{}", "utf-8")
        result = flask("process", "run", tmp_path / "m.bpmn", "--answers", tmp_path / "answers.yaml", *words)
        return result.stdout.splitlines()

    return run


def test_every_wait_has_a_line_below_what_holds_it(printed):
    assert printed(STUCK) == [
        "main: waiting",
        "elapsed    PT0S",
        "path       start → f → a",
        "waits for",
        "  event_gateway: g waits for the first of the events behind it: m, n.",
        "    message: m waits for the message “paid”. "
        "Nothing in these files throws it, so it has to come from outside.",
        "    message: n waits for the message “refused”. "
        "Nothing in these files throws it, so it has to come from outside.",
        "  join: “All there” (j) waits for a token on every flow: one came on a_j (from a), none on m_j (from m). "
        "A token can still come there from g.",
    ]


def test_the_same_is_told_in_chinese(printed):
    lines = printed(STUCK, "--language", "zh", answers="paidd: {}")

    assert lines[0] == "main: 等待中"
    assert "  event_gateway: g等待其后事件中最先发生的一个：m、n。" in lines
    assert lines[-1] == "“paidd”的答案没有使用：没有元素或消息叫这个名称；是否指“paid”？"


def test_a_failure_is_told_with_what_was_calculated(printed):
    assert printed(CHOICE, "--vars", '{"n": 3}') == [
        "main: failed: The step x of the diagram cannot go on: no condition holds and there is no default flow",
        "elapsed    PT0S",
        "path       start",
        "waits for  –",
        "x failed: The step x of the diagram cannot go on: no condition holds and there is no default flow. "
        "Its conditions are “n = 1”, “n = 2”, where n = 3.",
        "n = 3",
    ]


def test_the_error_of_a_failure_is_told_in_chinese_too(printed):
    first, *_ = printed(CHOICE, "--vars", '{"n": 3}', "--language", "zh")

    assert first.startswith("main: 失败：")
    assert "The step" not in first


def test_of_very_many_waits_only_the_first_are_printed(printed):
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>60</loopCardinality></multiInstanceLoopCharacteristics>"
    waiting = f'<receiveTask id="r" messageRef="message_x">{loop}</receiveTask>'

    assert printed(model(waiting, "start > r > end"))[-1] == "  … 11"
