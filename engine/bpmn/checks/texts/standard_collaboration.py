"""Problems of participants, message flows and lanes against the rules of BPMN 2.0."""

from engine.problems import describe

MESSAGE_SOURCE = describe(
    "bpmn.message_flow_source",
    "A message flow leaves the event “{name}”, which sends no message.",
    "Use a message end event or a throwing message event.",
    "消息流从不发送消息的事件“{name}”流出。",
    "请使用消息结束事件或消息抛出事件。",
)
MESSAGE_TARGET = describe(
    "bpmn.message_flow_target",
    "A message flow leads to the event “{name}”, which receives no message.",
    "Use a message start event or a catching message event.",
    "消息流进入不接收消息的事件“{name}”。",
    "请使用消息开始事件或消息捕获事件。",
)
SAME_POOL = describe(
    "bpmn.message_flow_same_pool",
    "Both ends of the message flow belong to the same pool; messages go from one pool to another.",
    "Use a sequence flow inside a pool.",
    "消息流的两端属于同一个池，消息只在不同的池之间传递。",
    "在池内请使用顺序流。",
)
MULTIPLICITY = describe(
    "bpmn.multiplicity",
    "At least {minimum} and at most {maximum} participants cannot be: the most must be one or more, and no fewer.",
    "Correct the numbers.",
    "参与者至少 {minimum} 个、至多 {maximum} 个不成立：上限须不小于 1，也不小于下限。",
    "请更正数值。",
)
LANE_TWICE = describe(
    "bpmn.lane_twice",
    "“{id}” stands in two lanes; it would not be clear whose work it is.",
    "Keep it in one lane.",
    "“{id}”同时位于两条泳道中，无法确定由谁负责。",
    "请只保留在一条泳道中。",
)
LANE_PROCESS = describe(
    "bpmn.lane_process",
    "The lane holds “{id}”, which belongs to another process.",
    "Save the model again in a modeler, which corrects the lanes.",
    "该泳道包含属于其他流程的“{id}”。",
    "请用建模工具重新保存模型以更正泳道。",
)
CONVERSATION_LINK = describe(
    "bpmn.conversation_link",
    "A conversation link joins one conversation with one participant; this one does not.",
    "Draw it from a participant to a conversation.",
    "会话链接连接一个会话和一个参与者，此链接并非如此。",
    "请从参与者绘制到会话。",
)
INITIATOR = describe(
    "bpmn.initiator",
    "“{id}” begins the exchange, but is not one of those who take part in it.",
    "Choose one of the participants.",
    "“{id}”发起该交互，却不在参与者之中。",
    "请选择参与者之一。",
)
CHOREOGRAPHY_TASK = describe(
    "bpmn.choreography_task",
    "A choreography task is an exchange between two; this one has {count} participants.",
    "Draw one task for each exchange.",
    "编排任务是两个参与者之间的交互，此处有 {count} 个参与者。",
    "请为每次交互分别绘制任务。",
)
