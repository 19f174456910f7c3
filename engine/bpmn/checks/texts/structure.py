"""Problems of how the parts of a diagram hang together."""

from engine.problems import describe

BAD_ID = describe(
    "bpmn.bad_id",
    "The id “{id}” is not a valid XML name; it is understood here, but other tools may refuse it.",
    "Begin with a letter or underscore and use only letters, digits, underscores, hyphens and dots.",
    "标识“{id}”不是有效的 XML 名称；此处可以识别，但其他工具可能拒绝。",
    "请以字母或下划线开头，仅使用字母、数字、下划线、连字符和点。",
)
FLOW_END = describe(
    "bpmn.flow_end",
    "The sequence flow's {end} “{id}” is not a step of the same process or sub-process.",
    "Draw the flow anew between two steps of the same process or sub-process; between pools use message flows.",
    "顺序流的 {end_zh}“{id}”不是同一流程或子流程中的步骤。",
    "请在同一流程或子流程的两个步骤之间重新绘制顺序流；池之间请使用消息流。",
)
ATTACHED_TO = describe(
    "bpmn.attached_to",
    "The boundary event is attached to “{id}”, which is not an activity of the same process or sub-process.",
    "Attach it to a task, sub-process or call activity.",
    "边界事件附着于“{id}”，它不是同一流程或子流程中的活动。",
    "请将其附着于任务、子流程或调用活动。",
)
LANE_REFERENCE = describe(
    "bpmn.lane_reference",
    "The lane refers to “{id}”, which is not in the diagram.",
    "Save the model again in a modeler, which corrects the references.",
    "泳道引用了“{id}”，图中没有该元素。",
    "请用建模工具重新保存模型以更正引用。",
)
NO_START = describe(
    "bpmn.no_start",
    "There is no start event, so that nothing would begin here.",
    "Add a start event and connect it to the first step.",
    "没有开始事件，此处不会开始执行。",
    "请添加开始事件并连接到第一个步骤。",
)
NO_PLAIN_START = describe(
    "bpmn.no_plain_start",
    "A sub-process needs exactly one plain start event; this one has {count}.",
    "Keep one start event without a symbol; begin parallel work with a parallel gateway behind it.",
    "子流程需要恰好一个普通开始事件，此处有 {count} 个。",
    "请只保留一个不带符号的开始事件；如需并行，请在其后使用并行网关。",
)
SEVERAL_STARTS = describe(
    "bpmn.several_starts",
    "The process has {count} plain start events; a case begins at the first of them.",
    "Keep one start event without a symbol; further ones may be message start events.",
    "流程有 {count} 个普通开始事件，案件从其中第一个开始。",
    "请只保留一个不带符号的开始事件；其余可以是消息开始事件。",
)
NO_END = describe(
    "bpmn.no_end",
    "There is no end event; it ends where its last step has no outgoing flow, and reports cannot name the outcome.",
    "Add an end event, named after the outcome.",
    "没有结束事件；最后一个无后续的步骤即为终点，报表无法说明结果。",
    "请添加结束事件，并以结果命名。",
)
DEAD_END = describe(
    "bpmn.dead_end",
    "No sequence flow leaves this step: the path ends here, without an end event.",
    "Connect it to the next step, or to an end event if this is meant.",
    "该步骤没有流出的顺序流：路径到此结束，且没有结束事件。",
    "请连接到下一步骤；如有意结束，请连接到结束事件。",
)
UNREACHABLE = describe(
    "bpmn.unreachable",
    "No path from a start event leads here; this step and those behind it would never run.",
    "Connect it with a sequence flow, or delete it.",
    "没有从开始事件到达此处的路径，该步骤及其后续步骤永远不会执行。",
    "请用顺序流连接它，或将其删除。",
)
FLOW_INTO = describe(
    "bpmn.flow_into",
    "A sequence flow leads into a {tag}, which BPMN does not allow: it begins by itself.",
    "Let the flow lead to the step behind it.",
    "有顺序流进入 {tag}，BPMN 不允许：它自行开始。",
    "请让顺序流指向其后的步骤。",
)
FLOW_AFTER_END = describe(
    "bpmn.flow_after_end",
    "A sequence flow leaves the end event, so that the path would go on behind its end.",
    "Remove the flow, or use an intermediate event in place of the end event.",
    "有顺序流从结束事件流出，路径会在结束之后继续。",
    "请删除该顺序流，或将结束事件改为中间事件。",
)
