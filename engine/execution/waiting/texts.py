"""What is said of tokens that wait."""

from engine.execution.waiting.sentences import Sentence

# --- people and work

TASK = Sentence("{element} waits until somebody completes it.", "{element}等待人员完成。")
OFFERED = Sentence("It is offered to {people}.", "它分派给{people}。")
ASKED = Sentence("Its form “{form}” asks for {fields}.", "其表单“{form}”需填写：{fields}。")
WORK = Sentence(
    "{element} waits for external work on the topic “{topic}”.", "{element}等待主题为“{topic}”的外部工作完成。"
)
PARKED = Sentence(
    "{element} could not run and stands still until it is tried again.", "{element}执行失败，停在此处直到重试。"
)
PARKED_WHY = Sentence(
    "{element} could not run and stands still until it is tried again: {why}",
    "{element}执行失败，停在此处直到重试：{why}",
)
REACHED = Sentence("{element} was reached and has not run yet.", "已到达{element}，但尚未执行。")
GATHERS = Sentence(
    "{element} begins once {start} tokens are there; {count} came so far.",
    "{element}需有 {start} 个令牌才开始；目前到达 {count} 个。",
)
CAN_COME = Sentence("Another can still come from {sources}.", "仍可能有令牌从{sources}到来。")
NOTHING_COMES = Sentence("No other can come any more, so it never begins.", "不会再有令牌到来，因此它永远不会开始。")

# --- events

MESSAGE = Sentence("{element} waits for the message “{name}”.", "{element}等待消息“{name}”。")
SIGNAL = Sentence("{element} waits for the signal “{name}”.", "{element}等待信号“{name}”。")
THROWN_BY = Sentence("In these files {throwers} would throw it.", "在这些文件中，由{throwers}抛出。")
THROWN_BY_NOBODY = Sentence(
    "Nothing in these files throws it, so it has to come from outside.", "这些文件中没有元素抛出它，因此必须来自外部。"
)
TIMER = Sentence("{element} waits until {due}.", "{element}等待至 {due}。")
TIMER_PAUSED = Sentence(
    "{element} is a timer that stands still, because “{text}” gives no moment.",
    "{element}是已暂停的定时器，因为“{text}”未给出时间。",
)
TIMER_EXHAUSTED = Sentence(
    "{element} has fired for every moment of “{text}”, and stands still until that gives a later one.",
    "{element}已在“{text}”的每个时刻触发过，在它给出更晚的时刻之前处于暂停。",
)
CONDITION = Sentence("{element} waits until “{text}” is true.", "{element}等待“{text}”成立。")
CONDITION_HELD = Sentence(
    "{element} waits until “{text}” becomes true once more: it is true already, and what counts is the change.",
    "{element}等待“{text}”再次变为成立：它现在已成立，只有变化才会触发。",
)
READS = Sentence("Now {values}.", "当前：{values}。")
READS_NOTHING = Sentence("It reads no variable, so that nothing can change it.", "它不读取任何变量，因此不会改变。")
ERROR = Sentence("{element} waits for the error “{code}”.", "{element}等待错误“{code}”。")
ANY_ERROR = Sentence("{element} waits for any error.", "{element}等待任意错误。")
ESCALATION = Sentence("{element} waits for the escalation “{code}”.", "{element}等待升级“{code}”。")
ANY_ESCALATION = Sentence("{element} waits for any escalation.", "{element}等待任意升级。")
CANCEL = Sentence("{element} waits for the transaction to be cancelled.", "{element}等待事务被取消。")
ANY_OF = Sentence("{element} waits for any one of its events.", "{element}等待其任一事件发生。")
ALL_OF = Sentence("{element} waits for all of its events.", "{element}等待其全部事件发生。")
OTHER_EVENT = Sentence("{element} waits for an event ({event}).", "{element}等待事件（{event}）。")
ON_EDGE = Sentence("It stands on the edge of {host}.", "它附着在{host}的边界上。")
BEGINS = Sentence("It would begin the event sub-process {begins}.", "它将启动事件子流程{begins}。")

# --- gateways

JOIN = Sentence(
    "{element} waits for a token on every flow: one came on {arrived}, none on {missing}.",
    "{element}等待每条顺序流都有令牌：{arrived}已到达，{missing}未到达。",
)
INCLUSIVE = Sentence(
    "{element} has tokens on {arrived} and waits for those that can still come on {missing}.",
    "{element}已有来自{arrived}的令牌，等待仍可能经{missing}到来的令牌。",
)
COMPLEX = Sentence(
    "{element} has tokens on {count} of {total} flows ({arrived}), and “{text}” is not true yet.",
    "{element}的 {total} 条顺序流中有 {count} 条已到达（{arrived}），而“{text}”尚未成立。",
)
RESETTING = Sentence(
    "{element} has gone on, and takes in the tokens that can still come on {missing}.",
    "{element}已继续执行，正在吸收仍可能经{missing}到来的令牌。",
)
STILL_COMES = Sentence("A token can still come there from {sources}.", "仍可能有令牌从{sources}到达那里。")
NEVER = Sentence(
    "Nothing can come on {unreachable} any more, so it never passes: fork with a parallel gateway, or join with an "
    "exclusive or inclusive one.",
    "{unreachable}不会再有令牌到来，因此永远无法通过：请用并行网关分叉，或改用排他网关或包容网关汇合。",
)
FIRST_EVENT = Sentence(
    "{element} waits for the first of the events behind it: {events}.",
    "{element}等待其后事件中最先发生的一个：{events}。",
)
EVERY_EVENT = Sentence(
    "{element} waits for every event behind it that has not happened: {events}.",
    "{element}等待其后尚未发生的每个事件：{events}。",
)

# --- what holds others

ITEMS = Sentence("{element} is done for {done} of {total} items.", "{element}已完成 {total} 项中的 {done} 项。")
ENOUGH = Sentence("Fewer are enough once “{text}” is true.", "当“{text}”成立时，无需全部完成。")
ROUNDS = Sentence("{element} is in round {round} of its loop.", "{element}正在循环的第 {round} 轮。")
ITEM = Sentence("This is item {item}.", "这是第 {item} 项。")
INSIDE = Sentence("{element} waits for what is inside it.", "{element}等待其内部完成。")
CALLED = Sentence(
    "{element} waits for the process “{called}”, which it called.", "{element}等待其调用的流程“{called}”。"
)
AD_HOC = Sentence("{element} is done when nothing inside it is left to do.", "{element}在其内部没有待办活动时完成。")
AD_HOC_UNTIL = Sentence(
    "{element} is done when “{text}” is true, or nothing inside it is left to do.",
    "{element}在“{text}”成立或其内部没有待办活动时完成。",
)
OFFERS = Sentence("Still to be offered: {offers}.", "尚待提供：{offers}。")
UNDOING = Sentence("{element} waits until what was done is undone.", "{element}等待已完成的工作被补偿。")

# --- failures

FAILED = Sentence("{element} failed: {why}.", "{element}执行失败：{why}。")
CALCULATED = Sentence("It was calculating “{text}”, where {values}.", "当时正在计算“{text}”，其中：{values}。")
CONDITIONS = Sentence("Its conditions are {conditions}, where {values}.", "其条件为：{conditions}，其中：{values}。")
DECIDED = Sentence("It asked the decision “{decision}”, where {values}.", "它请求了决策“{decision}”，其中：{values}。")
