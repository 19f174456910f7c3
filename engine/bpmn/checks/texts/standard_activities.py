"""Problems of processes and activities against the rules of BPMN 2.0."""

from engine.problems import describe

PUBLIC = describe(
    "bpmn.public_executable",
    "A public process only shows what others see of a process; it cannot be executable.",
    "Make it a private process, or not executable.",
    "公开流程仅展示他人可见的部分，不能设为可执行。",
    "请将其改为私有流程，或设为不可执行。",
)
QUANTITY = describe(
    "bpmn.quantity_low",
    "{name} is {value}; an activity takes and gives at least one token.",
    "Write 1, or leave the attribute out.",
    "{name} 为 {value}；活动至少需要并产生一个令牌。",
    "请填写 1，或省略该属性。",
)
EVENT_SUBPROCESS = describe(
    "bpmn.event_subprocess_start",
    "An event sub-process needs exactly one start event; this one has {count}.",
    "Keep one start event, which says what triggers it.",
    "事件子流程需要恰好一个开始事件，此处有 {count} 个。",
    "请保留一个开始事件，由其给出触发条件。",
)
AD_HOC_EVENT = describe(
    "bpmn.ad_hoc_event",
    "An ad-hoc sub-process has neither start nor end events: its activities are begun in any order.",
    "Remove the event, or use an ordinary sub-process.",
    "即席子流程没有开始和结束事件：其活动可按任意顺序开始。",
    "请删除该事件，或使用普通子流程。",
)
AD_HOC_EMPTY = describe(
    "bpmn.ad_hoc_empty",
    "The ad-hoc sub-process holds no activity.",
    "Draw at least one activity inside, or remove it.",
    "该即席子流程不包含任何活动。",
    "请在其中至少绘制一个活动，或将其删除。",
)
RECEIVE_BEGINS = describe(
    "bpmn.receive_begins",
    "The receive task starts the process, so that no flow may lead into it.",
    "Remove the flow, or do not let the task start the process.",
    "该接收任务启动流程，因此不得有顺序流进入。",
    "请删除该顺序流，或不要由该任务启动流程。",
)
SCRIPT_FORMAT = describe(
    "bpmn.script_format",
    "The script does not say in which language it is written.",
    "Give the script format.",
    "脚本没有说明其所用的语言。",
    "请填写脚本格式。",
)
LOOP_BOTH = describe(
    "bpmn.loop_both",
    "The activity is repeated both a number of times and for the items of a collection; only one can count.",
    "Keep the number or the collection.",
    "该活动既按次数又按集合元素重复，只能以其中之一为准。",
    "请只保留次数或集合。",
)
LOOP_NEITHER = describe(
    "bpmn.loop_neither",
    "The activity is repeated neither a number of times nor for the items of a collection.",
    "Give a number or a collection.",
    "该活动既没有重复次数，也没有可供重复的集合。",
    "请填写次数或集合。",
)
LOOP_BEHAVIOR = describe(
    "bpmn.loop_behavior",
    "The behaviour “{behavior}” of the repeated activity needs {name}, which is not given.",
    "Complete it, or let the behaviour be All.",
    "重复活动的行为“{behavior}”需要 {name}，但未给出。",
    "请补全，或将行为设为 All。",
)
LOOP_DATA = describe(
    "bpmn.loop_data",
    "{name} of the repeated activity names “{id}”, which is neither its own data nor a data object that it sees.",
    "Name the data of the activity that holds the collection.",
    "重复活动的 {name} 引用了“{id}”，它既不是该活动自身的数据，也不是其可见的数据对象。",
    "请引用该活动中存放集合的数据。",
)
LOOP_SINGLE = describe(
    "bpmn.loop_single",
    "{name} of the repeated activity names “{id}”, which is not a collection: there are no items to repeat for.",
    "Mark the data as a collection (isCollection), or name other data.",
    "重复活动的 {name} 引用了“{id}”，它不是集合，没有可供重复的元素。",
    "请将该数据标记为集合（isCollection），或引用其他数据。",
)
PARAMETER = describe(
    "bpmn.resource_parameter",
    "The parameter “{id}” belongs to another resource than the one that is chosen here.",
    "Choose a parameter of this resource.",
    "参数“{id}”不属于此处所选的资源。",
    "请选择该资源的参数。",
)
CALL_DATA = describe(
    "bpmn.call_data",
    "The call has {own} of {tag}, what it calls has {others}: the data would not fit.",
    "Give the call the same data inputs and outputs as what it calls.",
    "调用方有 {own} 个 {tag}，被调用方有 {others} 个：数据不匹配。",
    "请使调用与被调用元素具有相同的数据输入和输出。",
)
