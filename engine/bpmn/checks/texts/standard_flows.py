"""Problems of sequence flows and gateways against the rules of BPMN 2.0."""

from engine.problems import describe

TARGET = describe(
    "bpmn.flow_target",
    "No sequence flow may lead into “{name}”: {why}.",
    "Remove the flow, or let it lead to another step.",
    "顺序流不得进入“{name}”：{why_zh}。",
    "请删除该顺序流，或让其指向其他步骤。",
)
SOURCE = describe(
    "bpmn.flow_source",
    "No sequence flow may leave “{name}”: {why}.",
    "Remove the flow, or let it come from another step.",
    "顺序流不得从“{name}”流出：{why_zh}。",
    "请删除该顺序流，或让其从其他步骤流出。",
)
CONDITION = describe(
    "bpmn.flow_condition",
    "A flow out of “{name}” ({tag}) has a condition, but all its flows are taken without asking.",
    "Remove the condition, or branch with an exclusive or inclusive gateway.",
    "从“{name}”（{tag}）流出的顺序流带有条件，但其所有流都会无条件执行。",
    "请删除条件，或使用排他网关或包容网关分支。",
)
LONE_CONDITION = describe(
    "bpmn.flow_condition_alone",
    "The only flow out of “{name}” has a condition: if it does not hold, there is no way on.",
    "Add a default flow, or remove the condition.",
    "“{name}”唯一的流出顺序流带有条件：若不成立，则无路可走。",
    "请添加默认流，或删除条件。",
)
DEFAULT_CONDITION = describe(
    "bpmn.default_condition",
    "The default flow has a condition, which is never asked.",
    "Remove the condition, or choose another default flow.",
    "默认流带有条件，但该条件永远不会被判断。",
    "请删除条件，或选择其他默认流。",
)
DEFAULT_PLACE = describe(
    "bpmn.default_place",
    "A {tag} has no default flow: it does not choose.",
    "Remove the default, or use an exclusive or inclusive gateway.",
    "{tag} 没有默认流：它不作选择。",
    "请删除默认流设置，或使用排他网关或包容网关。",
)
DEFAULT = describe(
    "bpmn.default_flow",
    "The default flow “{id}” does not leave this step.",
    "Choose the default flow again among the flows out of this step.",
    "默认流“{id}”不是从该步骤流出的。",
    "请在该步骤流出的顺序流中重新选择默认流。",
)
IMMEDIATE = describe(
    "bpmn.flow_not_immediate",
    "The flow says that other steps may happen on its way (isImmediate), which no executable process may.",
    "Remove isImmediate, or draw the other steps.",
    "该顺序流声明途中可能发生其他步骤（isImmediate），可执行流程不允许这样做。",
    "请删除 isImmediate，或绘制出其他步骤。",
)
LISTED = describe(
    "bpmn.flow_listed",
    "The step lists the flow “{flow}” as {list}, but the flow says otherwise.",
    "Open the model in a modeler and save it again, which corrects the lists.",
    "该步骤将顺序流“{flow}”列为 {list}，但该流的定义并非如此。",
    "请用建模工具打开并重新保存，以更正列表。",
)
UNLISTED = describe(
    "bpmn.flow_unlisted",
    "The step does not list its flow “{flow}” as {list}; other tools may miss it.",
    "Open the model in a modeler and save it again, which completes the lists.",
    "该步骤未将顺序流“{flow}”列为 {list}，其他工具可能会遗漏。",
    "请用建模工具打开并重新保存，以补全列表。",
)
END_WITHOUT_START = describe(
    "bpmn.end_without_start",
    "There is an end event but no start event, so that the beginning is unclear.",
    "Add a start event.",
    "有结束事件却没有开始事件，起点不明确。",
    "请添加开始事件。",
)
START_WITHOUT_END = describe(
    "bpmn.start_without_end",
    "There is a start event but no end event, so that the end is unclear.",
    "Add an end event.",
    "有开始事件却没有结束事件，终点不明确。",
    "请添加结束事件。",
)
NO_WAY_IN = describe(
    "bpmn.no_way_in",
    "No flow leads to this step, although a start event tells where the process begins.",
    "Connect it with a sequence flow, or delete it.",
    "没有顺序流到达该步骤，而流程的起点由开始事件给出。",
    "请用顺序流连接它，或将其删除。",
)
NO_WAY_OUT = describe(
    "bpmn.no_way_out",
    "No flow leaves this step, although end events tell where the process ends.",
    "Connect it to the next step, or to an end event.",
    "没有顺序流离开该步骤，而流程的终点由结束事件给出。",
    "请将其连接到下一步骤或结束事件。",
)
DIRECTION = describe(
    "bpmn.gateway_direction",
    "The gateway is said to be {direction}, but has {incoming} flows in and {outgoing} out.",
    "Correct its direction, or the flows.",
    "该网关的方向为 {direction}，却有 {incoming} 条流入和 {outgoing} 条流出。",
    "请更正网关方向或顺序流。",
)
IDLE_GATEWAY = describe(
    "bpmn.gateway_idle",
    "The gateway neither splits nor merges: it has {incoming} flows in and {outgoing} out.",
    "Remove the gateway, or draw the missing flows.",
    "该网关既不分支也不汇合：{incoming} 条流入，{outgoing} 条流出。",
    "请删除该网关，或补画缺失的顺序流。",
)
GATEWAY_ALONE = describe(
    "bpmn.event_gateway_alone",
    "An event-based gateway chooses between two events or more; {count} flows leave this one.",
    "Connect it to at least two events, or remove it.",
    "基于事件的网关在两个或更多事件之间选择，此处有 {count} 条流出。",
    "请连接至少两个事件，或将其删除。",
)
GATEWAY_MIXED = describe(
    "bpmn.event_gateway_mixed",
    "Message events and receive tasks wait behind the same event-based gateway, which BPMN does not allow.",
    "Use only message events, or only receive tasks.",
    "同一基于事件的网关之后既有消息事件又有接收任务，BPMN 不允许。",
    "请只使用消息事件，或只使用接收任务。",
)
GATEWAY_SHARED = describe(
    "bpmn.event_gateway_shared",
    "Another flow leads to “{target}”, which waits behind an event-based gateway: it belongs to the gateway alone.",
    "Remove the other flow, or let it lead to the gateway.",
    "另有顺序流进入位于基于事件的网关之后的“{target}”：它只能属于该网关。",
    "请删除该顺序流，或让其指向网关。",
)
GATEWAY_BOUNDARY = describe(
    "bpmn.event_gateway_boundary",
    "The receive task “{target}” behind an event-based gateway has boundary events, which BPMN does not allow.",
    "Let the event wait behind the gateway itself.",
    "基于事件的网关之后的接收任务“{target}”带有边界事件，BPMN 不允许。",
    "请让该事件直接位于网关之后。",
)
GATEWAY_BEGINS = describe(
    "bpmn.event_gateway_begins",
    "The gateway starts the process, so that no flow may lead into it, except from a plain start event.",
    "Remove the flow, or do not let the gateway start the process.",
    "该网关启动流程，因此除普通开始事件外，不得有顺序流进入。",
    "请删除该顺序流，或不要由该网关启动流程。",
)
GATEWAY_PARALLEL = describe(
    "bpmn.event_gateway_parallel",
    "Only an event-based gateway that starts the process may wait for all events.",
    "Wait with a parallel gateway and one event on each of its paths.",
    "只有启动流程的基于事件的网关才能等待所有事件。",
    "请使用并行网关，并在每条路径上等待一个事件。",
)
