"""Problems of events against the rules of BPMN 2.0."""

from engine.problems import describe

PLACE = describe(
    "bpmn.event_place",
    "A {place} of the kind “{kind}” does not exist in BPMN 2.0; it can be: {allowed}.",
    "Choose one of these kinds, or another kind of event.",
    "BPMN 2.0 中不存在类型为“{kind}”的{place_zh}，可用：{allowed}。",
    "请选择上述类型之一，或改用其他种类的事件。",
)
INTERRUPTS = describe(
    "bpmn.event_interrupts",
    "An event of the kind “{kind}” always interrupts; this one is drawn as not interrupting.",
    "Mark the event as interrupting, or choose another kind.",
    "类型为“{kind}”的事件总会中断，而该事件被绘制为非中断。",
    "请将其标记为中断，或选择其他类型。",
)
CANCEL = describe(
    "bpmn.cancel_place",
    "Cancel events belong to transactions: an end event stands inside one, a boundary event on one.",
    "Use a transaction, or another kind of event.",
    "取消事件只属于事务子流程：结束事件位于其内部，边界事件附着于其上。",
    "请使用事务子流程，或其他类型的事件。",
)
HOST = describe(
    "bpmn.boundary_host",
    "The boundary event sits on something that has none: an event sub-process, or no activity at all.",
    "Attach it to an activity of the normal flow.",
    "边界事件附着于不能带有边界事件的元素：事件子流程，或并非活动的元素。",
    "请将其附着于正常流程中的活动。",
)
NO_WAY_IN = describe(
    "bpmn.event_no_way_in",
    "No sequence flow leads to this event.",
    "Connect it with a sequence flow, or delete it.",
    "没有顺序流到达该事件。",
    "请用顺序流连接它，或将其删除。",
)
NO_WAY_OUT = describe(
    "bpmn.event_no_way_out",
    "No sequence flow leaves this event.",
    "Connect it to the next step, or delete it.",
    "没有顺序流离开该事件。",
    "请将其连接到下一步骤，或将其删除。",
)
LINK_TARGET = describe(
    "bpmn.link_no_target",
    "No catching link event on the same level has the name “{name}”: the path would end here.",
    "Give both link events the same name, in the same process or sub-process.",
    "同一层级没有名为“{name}”的捕获链接事件：路径会在此结束。",
    "请在同一流程或子流程中为两个链接事件使用相同名称。",
)
LINK_SOURCE = describe(
    "bpmn.link_no_source",
    "No throwing link event on the same level has the name “{name}”: nothing leads here.",
    "Give both link events the same name, in the same process or sub-process.",
    "同一层级没有名为“{name}”的抛出链接事件：没有路径到达此处。",
    "请在同一流程或子流程中为两个链接事件使用相同名称。",
)
LINK_TWICE = describe(
    "bpmn.link_twice",
    "Several catching link events have the name “{name}”; it would not be clear where the path goes on.",
    "Keep one catching link event of each name.",
    "多个捕获链接事件的名称均为“{name}”，无法确定路径的去向。",
    "每个名称请只保留一个捕获链接事件。",
)
NO_CODE = describe(
    "bpmn.no_code",
    "The {kind} that is thrown has no code by which it could be caught.",
    "Give the {kind} a code.",
    "所抛出的 {kind} 没有代码，无法据此捕获。",
    "请为该 {kind} 填写代码。",
)
COMPENSATION = describe(
    "bpmn.compensation_activity",
    "The compensation event is not joined by an association to exactly one activity marked for compensation.",
    "Draw an association from the event to the activity that undoes the work.",
    "补偿事件没有通过关联与恰好一个补偿活动相连。",
    "请从该事件绘制一条关联到执行撤销的活动。",
)
COMPENSATION_TWICE = describe(
    "bpmn.compensation_twice",
    "The activity has several compensation events; it would not be clear how it is undone.",
    "Keep one compensation event.",
    "该活动有多个补偿事件，无法确定如何撤销。",
    "请只保留一个补偿事件。",
)
COMPENSATED = describe(
    "bpmn.compensation_target",
    "The activity “{id}” cannot be compensated from here: it stands on another level, or nothing compensates it.",
    "Choose an activity of the same level that has a compensation event.",
    "无法从此处补偿活动“{id}”：它位于其他层级，或没有对应的补偿。",
    "请选择同一层级且带有补偿事件的活动。",
)
