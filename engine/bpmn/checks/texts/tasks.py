"""Problems of tasks: forms, people, topics, decisions, calls, scripts and loops."""

from engine.problems import describe

NO_FORM = describe(
    "bpmn.no_form",
    "The user task has no form: people can complete it, but enter nothing.",
    "Choose a form, or make it a manual task if nothing is to be entered.",
    "用户任务没有表单：可以完成，但无法填写任何内容。",
    "请选择表单；若无需填写，请改为手工任务。",
)
UNKNOWN_FORM = describe(
    "bpmn.unknown_form",
    "The form “{form}” is not in the set; the task could not be shown.",
    "Add the form file with this id, or correct the reference.",
    "文件集中没有表单“{form}”，任务将无法显示。",
    "请添加具有该标识的表单文件，或更正引用。",
)
UNKNOWN_PAGE = describe(
    "bpmn.unknown_page",
    "The application has no page “{page}”; the task could not be shown.",
    "Correct the name behind app:, or choose a form.",
    "应用中没有页面“{page}”，任务将无法显示。",
    "请更正 app: 之后的名称，或选择表单。",
)
UNKNOWN_GROUP = describe(
    "bpmn.unknown_group",
    "There is no group “{group}”; nobody would be offered the work.",
    "Correct the key of the group, or let the application declare it.",
    "没有用户组“{group}”，不会有人收到该任务。",
    "请更正用户组标识，或在应用中声明该用户组。",
)
NOBODY = describe(
    "bpmn.nobody",
    "The task has neither candidate groups, candidate users, an assignee nor a lane; only an admin would find it.",
    "Give it a candidate group, or put it into a lane named after a group.",
    "任务没有候选组、候选人、办理人或泳道，只有管理员能找到它。",
    "请设置候选组，或将其放入以用户组命名的泳道。",
)
PRIORITY = describe(
    "bpmn.priority",
    "The priority “{text}” is not a whole number and would count as 50.",
    "Write a whole number, or an expression in ${{…}}.",
    "优先级“{text}”不是整数，将按 50 处理。",
    "请填写整数，或使用 ${{…}} 表达式。",
)
RETRIES = describe(
    "bpmn.retries",
    "The number of retries “{text}” is not a whole number; 3 would be used.",
    "Write the number of attempts, as 3; the time between them is chosen by the engine.",
    "重试次数“{text}”不是整数，将使用 3。",
    "请填写尝试次数，如 3；间隔时间由引擎决定。",
)
UNKNOWN_TOPIC = describe(
    "bpmn.unknown_topic",
    "Nothing does the work of the topic “{topic}”; the case would wait with an incident.",
    "Correct the topic, or let the application provide it.",
    "没有函数执行主题“{topic}”的工作，案件将因故障等待。",
    "请更正主题，或由应用提供该主题。",
)
UNKNOWN_DECISION = describe(
    "bpmn.unknown_decision",
    "The decision “{decision}” is not in the set.",
    "Add the DMN file with this decision, or correct the reference.",
    "文件集中没有决策“{decision}”。",
    "请添加包含该决策的 DMN 文件，或更正引用。",
)
MAP_RESULT = describe(
    "bpmn.map_result",
    "“{text}” is not a way to map the result of a decision.",
    "Use singleEntry, singleResult, collectEntries or resultList.",
    "“{text}”不是决策结果的映射方式。",
    "请使用 singleEntry、singleResult、collectEntries 或 resultList。",
)
RESULT_MISMATCH = describe(
    "bpmn.result_mismatch",
    "The mapping {mapping} does not fit the decision “{decision}”: {why}.",
    "Choose another mapping, or change the table.",
    "映射 {mapping} 与决策“{decision}”不符：{why_zh}。",
    "请选择其他映射方式，或修改决策表。",
)
NO_RESULT = describe(
    "bpmn.no_result",
    "The task has no result variable, so that what it finds would be lost.",
    "Give the name of the result variable.",
    "任务没有结果变量，其结果会丢失。",
    "请填写结果变量的名称。",
)
SPREAD_RESULT = describe(
    "bpmn.spread_result",
    "The task has no result variable: each output of the decision becomes a variable of its own.",
    "Give a result variable, if the outputs should stay together.",
    "任务没有结果变量：决策的每个输出各成为一个变量。",
    "如需将输出保存在一起，请填写结果变量。",
)
NO_SCRIPT = describe(
    "bpmn.no_script",
    "The script task has no script.",
    "Write a FEEL expression as its inline script.",
    "脚本任务没有脚本。",
    "请以内联脚本填写 FEEL 表达式。",
)
NO_CALLED = describe(
    "bpmn.no_called",
    "The call activity names no process.",
    "Give the key of the process to be called.",
    "调用活动没有指定流程。",
    "请填写被调用流程的标识。",
)
UNKNOWN_PROCESS = describe(
    "bpmn.unknown_process",
    "There is no executable process “{process}” to be called.",
    "Correct the key, or deploy the called process first.",
    "没有可供调用的可执行流程“{process}”。",
    "请更正标识，或先部署被调用的流程。",
)
CALLED_VERSION = describe(
    "bpmn.called_version",
    "The call is bound to one version by its “{binding}”, but “{version}” names none.",
    "Give the number of the version, or its tag; or bind the call to the latest version.",
    "该调用按“{binding}”绑定到某一版本，但“{version}”没有指明版本。",
    "请填写版本号或版本标签，或将调用绑定到最新版本。",
)
CALLED_KEY = describe(
    "bpmn.called_key",
    "The called process runs within the same case and has its business key: “{text}” is not given to it.",
    "Remove the business key, or pass the value as a variable of the called process.",
    "被调用流程在同一案件中运行，使用该案件的业务键，不会得到“{text}”。",
    "请删除业务键，或将该值作为变量传入被调用流程。",
)
NO_MAPPING = describe(
    "bpmn.no_mapping",
    "No variables are passed to the called process or taken back from it.",
    "Add in and out mappings for what the called process needs and gives.",
    "没有向被调用流程传入变量，也没有取回变量。",
    "请为被调用流程所需和返回的内容添加输入和输出映射。",
)
EMPTY_MAPPING = describe(
    "bpmn.empty_mapping",
    "A mapping has no {part}.",
    "Complete the mapping, or remove it.",
    "一个映射缺少{part_zh}。",
    "请补全该映射，或将其删除。",
)
PLAIN_TASK = describe(
    "bpmn.plain_task",
    "A task without a type is done by nobody: the case passes through it at once.",
    "Make it a user or manual task if a person should act.",
    "未指定类型的任务无人执行：案件会立即通过。",
    "如需由人处理，请改为用户任务或手工任务。",
)
LOOP_EMPTY = describe(
    "bpmn.loop_empty",
    "The multi-instance step has neither a collection nor a number of items, so nothing to be repeated for.",
    "Give a collection (FEEL that gives a list), or a loop cardinality.",
    "多实例步骤既没有集合也没有数量，无从重复。",
    "请填写集合（结果为列表的 FEEL）或循环基数。",
)
LOOP_ENDLESS = describe(
    "bpmn.loop_endless",
    "The loop has neither a condition nor a maximum and would never end.",
    "Give a condition that holds as long as it should go on, or a maximum.",
    "该循环既没有条件也没有最大次数，永不结束。",
    "请填写继续循环的条件，或最大次数。",
)
LOOP_MAXIMUM = describe(
    "bpmn.loop_maximum",
    "The maximum “{text}” is not a whole number and would not stop the loop.",
    "Write a whole number.",
    "最大次数“{text}”不是整数，无法终止循环。",
    "请填写整数。",
)
LOOP_COLLECT = describe(
    "bpmn.loop_collect",
    "The results of the items would be lost: “{given}” is given without “{missing}”.",
    "Give both properties: “collect” (a list variable) and “item_result” (FEEL evaluated when an item ends).",
    "各项的结果会丢失：填写了“{given}”却没有“{missing}”。",
    "请同时填写两个属性：“collect”（列表变量）和“item_result”（每项结束时计算的 FEEL）。",
)
LOOP_TOO_MANY = describe(
    "bpmn.loop_too_many",
    "{count} items are more than the {limit} that run; the case would stop here with an incident.",
    "Repeat it less often, or start a process for each item.",
    "{count} 项超过可运行的 {limit} 项，案件会因故障停在此处。",
    "请减少重复次数，或为每一项启动独立流程。",
)
LOOP_SUBPROCESS = describe(
    "bpmn.loop_subprocess",
    "Each item of this repeated sub-process keeps its own steps and variables: lists of more than {limit} items make a "
    "case slow.",
    "Keep the lists short, run the items one after another, or start a process for each.",
    "该重复子流程的每一项都有自己的步骤和变量：超过 {limit} 项的列表会使案件变慢。",
    "请保持列表简短、逐项执行，或为每一项启动独立流程。",
)
