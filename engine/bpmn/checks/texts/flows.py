"""Problems of gateways and of the paths through a diagram."""

from engine.problems import describe

NO_DEFAULT = describe(
    "bpmn.no_default",
    "If no condition holds, also because a value is missing, the case stops here with an incident.",
    "Make one of the flows the default flow.",
    "若没有条件成立（包括值缺失），案件将停在此处并产生故障。",
    "请将其中一条顺序流设为默认流。",
)
LOST_TOKEN = describe(
    "bpmn.lost_token",
    "All flows out of this step have conditions: if none holds, the path silently ends here.",
    "Make one of the flows the default flow, or use a gateway.",
    "该步骤流出的所有顺序流都带条件：若均不成立，路径将在此无声结束。",
    "请将其中一条设为默认流，或使用网关。",
)
NO_CONDITION = describe(
    "bpmn.no_condition",
    "The flow “{flow}” has no condition and is not the default: it would always be taken, those after it never.",
    "Give the flow a condition, or make it the default flow.",
    "顺序流“{flow}”没有条件且不是默认流：它总会被选中，其后的流永远不会。",
    "请为其设置条件，或设为默认流。",
)
CONDITION_IGNORED = describe(
    "bpmn.condition_ignored",
    "The condition has no meaning here: {why}.",
    "Remove the condition, or branch with an exclusive or inclusive gateway.",
    "此处的条件没有意义：{why_zh}。",
    "请删除条件，或使用排他网关或包容网关分支。",
)
COMPLEX_RESET = describe(
    "bpmn.complex_reset",
    "The condition is evaluated twice: when the gateway goes on, and again when the other tokens have come to it. If "
    "it holds both times, the path is taken twice.",
    "Add “and waitingForStart” to the condition, or “and not(waitingForStart)” for the second time.",
    "该条件会计算两次：网关继续时一次，其余令牌到达后再一次。若两次均成立，该路径会执行两次。",
    "请在条件后加上“and waitingForStart”；若只应在第二次执行，请加“and not(waitingForStart)”。",
)
UNKNOWN_DEFAULT = describe(
    "bpmn.unknown_default",
    "The default flow “{id}” does not leave this step, so that there is no default.",
    "Choose the default flow again.",
    "默认流“{id}”不是从该步骤流出的，因此没有默认流。",
    "请重新选择默认流。",
)
EVENT_GATEWAY_FLOWS = describe(
    "bpmn.event_gateway_flows",
    "An event-based gateway waits for the first of several events; this one has {count}.",
    "Connect it to at least two events, or remove the gateway.",
    "基于事件的网关等待多个事件中最先发生的一个，此处有 {count} 个。",
    "请连接至少两个事件，或删除该网关。",
)
EVENT_GATEWAY_TARGET = describe(
    "bpmn.event_gateway_target",
    "“{target}” follows an event-based gateway but does not wait for an event, so that the gateway would be stuck.",
    "Behind the gateway use intermediate catch events (message, timer, signal, condition) or plain receive tasks.",
    "“{target}”位于基于事件的网关之后，但不等待事件，网关将卡住。",
    "网关之后请使用中间捕获事件（消息、定时、信号、条件）或普通接收任务。",
)
JOIN_STARVES = describe(
    "bpmn.join_starves",
    "Two of the flows into this parallel gateway come from “{split}”, which takes only one: it would wait forever.",
    "Merge the paths with an exclusive gateway, or split them with a parallel one.",
    "进入该并行网关的两条流来自“{split}”，而它只走其中一条：汇合将永远等待。",
    "请用排他网关合并路径，或用并行网关分支。",
)
JOIN_WAITS = describe(
    "bpmn.join_waits_forever",
    "A case can come to rest here for ever: the gateway waits for a token on {missing}, which no longer comes{way}.",
    "Merge alternatives with an exclusive gateway; join only what was split, with the same kind of gateway.",
    "案件可能永远停在此处：网关还在等待{missing_zh}上的令牌，而它不会再来{way_zh}。",
    "请用排他网关合并互斥路径；只汇合曾经分开的路径，并使用同类网关。",
)
RUNS_TWICE = describe(
    "bpmn.runs_twice",
    "Paths that run at the same time meet here without a join: this step and all behind it run once for each path.",
    "Join the paths with a parallel or inclusive gateway first, if the rest should run once.",
    "同时运行的路径在此相遇而未汇合：该步骤及其后续会为每条路径各执行一次。",
    "如后续只应执行一次，请先用并行网关或包容网关汇合。",
)
ENDLESS_LOOP = describe(
    "bpmn.endless_loop",
    "The path runs in a circle without ever waiting: {circle}. If no condition ends it, an incident does.",
    "Put a step that waits into the circle (a task, a timer, a message), or make sure that a condition ends it.",
    "路径在没有任何等待的情况下循环：{circle}。若条件始终不变，将因故障而被中止。",
    "请在循环中加入等待步骤（任务、定时器、消息），或确保有条件终止循环。",
)
