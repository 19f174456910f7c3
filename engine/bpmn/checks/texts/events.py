"""Problems of events and timers."""

from engine.problems import describe

EVENT_KIND = describe(
    "bpmn.event_kind",
    "An event of the kind “{kind}” is not run as {tag}: {allowed} are.",
    "Replace the event with one of these kinds.",
    "类型为“{kind}”的事件不能作为 {tag} 执行，可用：{allowed}。",
    "请改用上述类型之一。",
)
START_KIND = describe(
    "bpmn.start_kind",
    "A start event of the kind “{kind}” would never start the process by itself.",
    "Use a plain, message, timer or signal start event.",
    "类型为“{kind}”的开始事件不会自行启动流程。",
    "请使用普通、消息、定时或信号开始事件。",
)
EVENT_REFERENCE = describe(
    "bpmn.event_reference",
    "The event refers to a definition elsewhere in the file, which is not read: it would count as a plain event.",
    "Put the event definition into the event itself.",
    "该事件引用文件其他位置的事件定义，该定义不会被读取，将视为普通事件。",
    "请将事件定义直接放入该事件。",
)
NAME_EXPRESSION = describe(
    "bpmn.name_expression",
    "The name “{text}” looks like an expression, but is taken letter by letter here.",
    "Write the plain name.",
    "名称“{text}”形似表达式，但此处按字面使用。",
    "请填写普通名称。",
)
ERROR_GOES_ON = describe(
    "bpmn.error_goes_on",
    "An error always interrupts the activity it occurs in; this boundary event is drawn as not interrupting.",
    "Mark the event as interrupting, or use an escalation.",
    "错误总会中断所在的活动，而该边界事件被绘制为非中断。",
    "请将其标记为中断，或改用升级事件。",
)
NEVER_CAUGHT = describe(
    "bpmn.never_caught",
    "An activity of this kind ({tag}) never throws an event of the kind “{kind}”, so that this path would never run.",
    "Attach the event to a service task, sub-process or call activity, or remove it.",
    "此类活动（{tag}）不会抛出“{kind}”事件，该路径永远不会执行。",
    "请将该事件附着于服务任务、子流程或调用活动，或将其删除。",
)
ERROR_UNCAUGHT = describe(
    "bpmn.error_uncaught",
    "Nothing in this process catches the error “{code}”; unless a caller does, the whole case ends there.",
    "Attach an error boundary event to the sub-process around it, if only a part is meant to end.",
    "本流程中没有捕获错误“{code}”；除非调用方捕获，否则整个案件在此结束。",
    "请在其外层子流程上附着错误边界事件，（如果只想结束其中一部分）。",
)
SIGNAL_NEVER_THROWN = describe(
    "bpmn.signal_never_thrown",
    "No process of the set throws the signal “{name}”, and signals are heard only inside a case.",
    "Throw the signal somewhere, or wait for a message.",
    "文件集中没有流程抛出信号“{name}”，且信号仅在案件内部有效。",
    "请在某处抛出该信号，或改为等待消息。",
)
DUPLICATE_START = describe(
    "bpmn.duplicate_message_start",
    "The message “{name}” also starts “{other}”; it would not be clear what begins.",
    "Give each message start event a message of its own.",
    "消息“{name}”也会启动“{other}”，无法确定启动哪一个。",
    "请为每个消息开始事件使用不同的消息。",
)
NO_EVENT_CONDITION = describe(
    "bpmn.no_event_condition",
    "The conditional event has no condition and would never happen.",
    "Write the condition in FEEL.",
    "条件事件没有条件，永远不会发生。",
    "请用 FEEL 填写条件。",
)
TIMER_EMPTY = describe(
    "bpmn.timer_empty",
    "The timer has no time: it would fail when the case gets here.",
    "Give a duration such as PT24H, a date, a cycle, or a FEEL expression.",
    "定时器没有时间：案件到达此处时会失败。",
    "请填写时长（如 PT24H）、日期、周期或 FEEL 表达式。",
)
TIMER_TEXT = describe(
    "bpmn.timer_text",
    "“{text}” is not a {timer} that a timer understands: {why}.",
    "Durations: P15D, PT8H. Dates: 2026-03-31T09:00:00+08:00. Cycles: R3/PT24H. Anything else must be FEEL.",
    "“{text}”不是定时器可识别的 {timer}：{why_zh}。",
    "时长：P15D、PT8H；日期：2026-03-31T09:00:00+08:00；周期：R3/PT24H；其他内容须为 FEEL。",
)
TIMER_MEANT = describe(
    "bpmn.timer_meant",
    "“{text}” is no time that a timer understands; {meant} seems to be meant.",
    "Write {meant}.",
    "“{text}”不是定时器可识别的时间，似乎应为 {meant}。",
    "请写为 {meant}。",
)
TIMER_CRON = describe(
    "bpmn.timer_cron",
    "The cron text “{text}” does not say which moments it means, or does not stand in a cycle.",
    "Write it into a time cycle, as 0 0 9 ? * MON-FRI: seconds, minutes, hours, day, month, day of the week; no W.",
    "cron 文本“{text}”未明确表示时刻，或未写在循环定时中。",
    "请在循环定时中写成 0 0 9 ? * MON-FRI 的形式（秒、分、时、日、月、星期），不使用 W。",
)
START_TIMER_READS = describe(
    "bpmn.start_timer_reads",
    "The time of the start event reads “{names}”, but before an instance begins there are no variables.",
    "Write a duration, a moment or a repetition, or FEEL that only calls functions, as today().",
    "开始事件的时间读取“{names}”，但实例启动之前没有任何变量。",
    "请写时长、时刻或重复周期，或只调用函数的 FEEL，如 today()。",
)
CYCLE_INTERRUPTS = describe(
    "bpmn.cycle_interrupts",
    "A timer cycle interrupts at its first firing, and never fires again.",
    "Mark the boundary event as not interrupting, or use a duration.",
    "循环定时器在首次触发时即中断活动，之后不会再触发。",
    "请将边界事件标记为非中断，或改用时长。",
)
CYCLE_WAITS = describe(
    "bpmn.cycle_waits",
    "An intermediate event waits once; a timer cycle would fire only the first time.",
    "Use a duration or a date here; repeat with a non-interrupting boundary event.",
    "中间事件只等待一次，循环定时器只会触发第一次。",
    "此处请使用时长或日期；如需重复，请使用非中断边界事件。",
)
