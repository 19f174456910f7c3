"""Problems of data against the rules of BPMN 2.0."""

from engine.problems import describe

NOT_COLLECTED = describe(
    "bpmn.data_not_collected",
    "The {tag} belongs to no {set}, so that nobody would ever ask for it.",
    "Name it in a set, or remove it.",
    "该 {tag} 不属于任何 {set}，永远不会被使用。",
    "请将其列入某个集合，或将其删除。",
)
NOT_OWN = describe(
    "bpmn.data_set_foreign",
    "The {set} names “{id}”, which is not data of the same activity.",
    "Name only the data of this activity.",
    "{set} 引用了“{id}”，它不是同一活动的数据。",
    "请只引用该活动自身的数据。",
)
NOT_LISTED = describe(
    "bpmn.data_not_listed",
    "“{id}” stands in {list}, but not in {whole}, of which that is a part.",
    "Name it in both lists, or in neither.",
    "“{id}”出现在 {list} 中，却不在其所属的 {whole} 中。",
    "请在两个列表中都列出，或都不列出。",
)
NO_PARTNER = describe(
    "bpmn.data_set_partner",
    "The set names “{id}” as its partner, which does not name it in turn ({list}).",
    "Let both sets name each other, or neither.",
    "该集合将“{id}”列为对应集合，但对方没有反向引用（{list}）。",
    "请让两个集合互相引用，或都不引用。",
)
COLLECTION = describe(
    "bpmn.data_collection",
    "The data and its item definition disagree on whether it is a collection.",
    "Give both the same isCollection.",
    "数据与其数据项定义对是否为集合的说法不一致。",
    "请使两者的 isCollection 一致。",
)
OBJECT = describe(
    "bpmn.data_object_state",
    "A data object has a type and no state, a reference to it has a state and no type.",
    "Give the type to the data object, and the state to its reference.",
    "数据对象只有类型而没有状态，对它的引用只有状态而没有类型。",
    "请在数据对象上填写类型，在其引用上填写状态。",
)
NOT_OWN_DATA = describe(
    "bpmn.data_association_end",
    "The data association ends at “{id}”, which is not data of the step that it belongs to.",
    "Draw the data association anew.",
    "数据关联的一端是“{id}”，它不是所属步骤的数据。",
    "请重新绘制该数据关联。",
)
NOT_SEEN = describe(
    "bpmn.data_not_seen",
    "“{id}” cannot be seen from here: it belongs to another process, sub-process or step.",
    "Use data of the same or of an outer level.",
    "从此处无法访问“{id}”：它属于其他流程、子流程或步骤。",
    "请使用同一层级或外层的数据。",
)
WRONG_WAY = describe(
    "bpmn.data_wrong_way",
    "“{id}” is used the wrong way round: inputs of a process are only read inside it, outputs only written.",
    "Turn the data association round, or use a data object.",
    "“{id}”的使用方向有误：流程的输入在流程内只能读取，输出只能写入。",
    "请将数据关联反向，或使用数据对象。",
)
SEVERAL_SOURCES = describe(
    "bpmn.data_several_sources",
    "The data association has several sources and does not say how they become one.",
    "Add a transformation, or draw one association for each source.",
    "该数据关联有多个来源，却没有说明如何合并。",
    "请添加转换，或为每个来源绘制一个关联。",
)
OTHER_ITEM = describe(
    "bpmn.data_other_item",
    "The two ends of the data association are of different types, and nothing transforms one into the other.",
    "Add a transformation, or give both the same item definition.",
    "数据关联两端的类型不同，且没有转换。",
    "请添加转换，或使两端使用相同的数据项定义。",
)
EVENT_DATA = describe(
    "bpmn.event_data",
    "The event has {count} pieces of data for {events} definitions; it would not be clear which belongs to which.",
    "Give it one piece of data for each definition, or none.",
    "该事件有 {count} 项数据，却有 {events} 个事件定义，无法确定对应关系。",
    "请为每个定义提供一项数据，或都不提供。",
)
EVENT_ITEM = describe(
    "bpmn.event_item",
    "The data of the event is of another type than what the event carries.",
    "Give both the same item definition.",
    "事件的数据类型与事件所携带的类型不同。",
    "请使两者使用相同的数据项定义。",
)
MESSAGE_DATA = describe(
    "bpmn.message_data",
    "The task has {count} of {tag}; its message needs one.",
    "Give the task one {tag} for its message.",
    "该任务有 {count} 个 {tag}，而其消息需要一个。",
    "请为该任务的消息提供一个 {tag}。",
)
MESSAGE_ITEM = describe(
    "bpmn.message_item",
    "The data of the task is of another type than its message.",
    "Give both the same item definition.",
    "任务的数据类型与其消息不同。",
    "请使两者使用相同的数据项定义。",
)
