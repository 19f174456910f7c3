"""What people see: questions to the database, answered with frozen dataclasses in the reader's language, never rows."""

from engine.queries.board import Board, BoardTask, Load, board
from engine.queries.case import Answers, Case, FileRow, MessageRow, answers_of, case, files_of, messages_of
from engine.queries.comments import CommentRow, Comments, comments, followers
from engine.queries.deciding import waiting_decisions
from engine.queries.decisions import DecisionRow, decisions
from engine.queries.diagrams import diagram
from engine.queries.filters import BOXES, ORDERS, TaskFilter, task_fields
from engine.queries.forecasts import case_forecast, forecasts
from engine.queries.found import MOST_FOUND, Findings, FoundCase, case_numbered, found_cases
from engine.queries.heading import CaseHead, OpenTask, case_head
from engine.queries.instance import ElementRow, InstanceDetail, Variable, instance_detail
from engine.queries.instances import (
    STATUSES,
    InstanceRow,
    instance_counts,
    instance_list,
    may_see_case,
    process_names,
    visible_instance,
)
from engine.queries.kept import KeptFilter, kept_filters
from engine.queries.labels import Labels
from engine.queries.looking import UsableForm, look, usable
from engine.queries.notifications import NotificationRow, chosen_ways, notification_list, target_of, unread_count
from engine.queries.operations import (
    JOB_STATES,
    IncidentRow,
    JobRow,
    StartTimerRow,
    TimerRow,
    incident_count,
    incidents,
    job_counts,
    jobs,
    start_timers,
    stuck,
    timers,
    waiting_messages,
)
from engine.queries.paging import MOST_COUNTED, PER_PAGE, Paged, cut
from engine.queries.people import MOST_CHOICES, led_people
from engine.queries.presence import Present, present
from engine.queries.sending import Sendable, sendable, staff_messages
from engine.queries.starts import Startable, startable, startable_processes
from engine.queries.task import TaskDetail, assignable_people, free_to_do, task_detail
from engine.queries.tasks import (
    TaskRow,
    importance,
    next_task,
    rows_of,
    task_counts,
    task_ids,
    task_list,
    tasks_of,
    urgency,
)
from engine.queries.timeline import Happening, timeline

__all__ = [
    "BOXES",
    "JOB_STATES",
    "MOST_CHOICES",
    "MOST_COUNTED",
    "MOST_FOUND",
    "ORDERS",
    "PER_PAGE",
    "STATUSES",
    "Answers",
    "Board",
    "BoardTask",
    "Case",
    "CaseHead",
    "CommentRow",
    "Comments",
    "DecisionRow",
    "ElementRow",
    "FileRow",
    "Findings",
    "FoundCase",
    "Happening",
    "IncidentRow",
    "InstanceDetail",
    "InstanceRow",
    "JobRow",
    "KeptFilter",
    "Labels",
    "Load",
    "MessageRow",
    "NotificationRow",
    "OpenTask",
    "Paged",
    "Present",
    "Sendable",
    "StartTimerRow",
    "Startable",
    "TaskDetail",
    "TaskFilter",
    "TaskRow",
    "TimerRow",
    "UsableForm",
    "Variable",
    "answers_of",
    "assignable_people",
    "board",
    "case",
    "case_forecast",
    "case_head",
    "case_numbered",
    "chosen_ways",
    "comments",
    "cut",
    "decisions",
    "diagram",
    "files_of",
    "followers",
    "forecasts",
    "found_cases",
    "free_to_do",
    "importance",
    "incident_count",
    "incidents",
    "instance_counts",
    "instance_detail",
    "instance_list",
    "job_counts",
    "jobs",
    "kept_filters",
    "led_people",
    "look",
    "may_see_case",
    "messages_of",
    "next_task",
    "notification_list",
    "present",
    "process_names",
    "rows_of",
    "sendable",
    "staff_messages",
    "start_timers",
    "startable",
    "startable_processes",
    "stuck",
    "target_of",
    "task_counts",
    "task_detail",
    "task_fields",
    "task_ids",
    "task_list",
    "tasks_of",
    "timeline",
    "timers",
    "unread_count",
    "urgency",
    "usable",
    "visible_instance",
    "waiting_decisions",
    "waiting_messages",
]
