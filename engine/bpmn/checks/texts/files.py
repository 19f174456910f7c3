"""Problems of files and of the set they form."""

from engine.problems import describe

UNKNOWN_KIND = describe(
    "file.unknown_kind",
    "The file is not read: only .bpmn, .dmn and .form files belong to a deployment.",
    "Remove it from the set, or give it the right ending.",
    "该文件不会被读取：部署只包含 .bpmn、.dmn 和 .form 文件。",
    "请将其从文件集中移除，或改为正确的扩展名。",
)
UNREADABLE = describe(
    "file.unreadable",
    "The file cannot be read: {why}",
    "Give the path of a file that exists and that you may read.",
    "无法读取该文件：{why}",
    "请给出存在且有权读取的文件路径。",
)
NO_PROCESS = describe(
    "bpmn.no_process",
    "The file contains no process, only what stands between processes (pools, messages): there is nothing to run.",
    "Draw a process, or remove the file from the set.",
    "该文件中没有流程，只有流程之间的内容（池、消息）：没有可运行的内容。",
    "请绘制流程，或将该文件从文件集中移除。",
)
NO_EXECUTABLE = describe(
    "bpmn.no_executable",
    "No process of the set is executable; there would be nothing to start.",
    "Mark the process that should run as executable in its properties.",
    "文件集中没有可执行的流程，部署后无法启动任何实例。",
    "请在流程属性中将要运行的流程标记为可执行。",
)
NOT_EXECUTABLE = describe(
    "bpmn.not_executable",
    "The process is marked as not executable: it can be tried out, but a deployment keeps it as a picture only.",
    "If it should run, mark it as executable in its properties.",
    "该流程被标记为不可执行：可以试运行，但部署后仅作为图示保留。",
    "如需运行，请在流程属性中标记为可执行。",
)
DUPLICATE_PROCESS = describe(
    "bpmn.duplicate_process",
    "The process key “{key}” stands also in {other}; only one of the two would be kept.",
    "Give each process a key (id) of its own.",
    "流程标识“{key}”也出现在 {other} 中，两者只会保留一个。",
    "请为每个流程设置唯一的标识（id）。",
)
NO_FORM_ID = describe(
    "bpmn.no_form_id",
    "The form has no id, so that no task can show it.",
    "Give the form an id in the form editor.",
    "该表单没有标识，任何任务都无法显示它。",
    "请在表单编辑器中设置表单标识。",
)
DUPLICATE_FORM = describe(
    "bpmn.duplicate_form",
    "The form id “{id}” stands also in {other}; only one of the two would be shown.",
    "Give each form an id of its own.",
    "表单标识“{id}”也出现在 {other} 中，两者只会显示一个。",
    "请为每个表单设置唯一的标识。",
)
DUPLICATE_DECISION = describe(
    "bpmn.duplicate_decision",
    "The decision id “{id}” stands also in {other}; only one of the two would be evaluated.",
    "Give each decision an id of its own.",
    "决策标识“{id}”也出现在 {other} 中，两者只会执行一个。",
    "请为每个决策设置唯一的标识。",
)
TOO_MANY_ELEMENTS = describe(
    "bpmn.too_many_elements",
    "The file has {count} XML elements; more than {limit} are not read.",
    "Split the model: move parts into processes of their own and call them by call activities.",
    "文件包含 {count} 个 XML 元素，超过 {limit} 个不予读取。",
    "请拆分模型：将部分内容移到独立流程中，用调用活动调用。",
)
TOO_MANY_PARTS = describe(
    "bpmn.too_many_parts",
    "The file has {count} elements outside of its picture; more than {limit} are not read.",
    "Split the model: move parts into processes of their own and call them by call activities.",
    "文件在图形之外包含 {count} 个元素，超过 {limit} 个不予读取。",
    "请拆分模型：将部分内容移到独立流程中，用调用活动调用。",
)
TOO_MUCH_TEXT = describe(
    "bpmn.too_much_text",
    "The names and expressions of the file come to {count} characters; more than {limit} are not read.",
    "Split the model, or move long texts into documentation.",
    "文件中的名称和表达式共 {count} 个字符，超过 {limit} 个不予读取。",
    "请拆分模型，或将较长的文字移到文档说明中。",
)
TOO_MANY_PROBLEMS = describe(
    "bpmn.too_many_problems",
    "The file has more than {limit} problems of one kind; the others are not listed.",
    "Correct those that are listed, and check again.",
    "文件中同一类问题超过 {limit} 个，其余未列出。",
    "请先更正已列出的问题，再重新检查。",
)
TOO_DEEP = describe(
    "bpmn.too_deep",
    "Sub-processes are nested more than {limit} deep here; such a model cannot be run.",
    "Move inner sub-processes into processes of their own and call them by call activities.",
    "此处子流程嵌套超过 {limit} 层，这样的模型无法运行。",
    "请将内层子流程移到独立流程中，用调用活动调用。",
)
CIRCULAR_CALL = describe(
    "bpmn.circular_call",
    "The process calls itself, directly or through others: {circle}. Without a condition it never ends.",
    "Make sure that a condition ends the circle, or remove one of the calls.",
    "流程直接或间接地调用自身：{circle}。若没有条件终止，将永不结束。",
    "请确保有条件终止循环，或删除其中一个调用。",
)
TRANSLATION = describe(
    "model.translation",
    "The name “{text}” has no text in the language “{language}”; people with that language read it as it is.",
    "Add the extension property “{property}” with the translation.",
    "名称“{text}”缺少“{language}”语言的文字，使用该语言的人将看到原文。",
    "请添加扩展属性“{property}”并填写译文。",
)
