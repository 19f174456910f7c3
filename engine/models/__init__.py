"""The tables: rows without behaviour. Words as in the field: process definition, instance, user task, job, incident.

Columns named `sealed…` hold ciphertext under the data key of the row's data subject (`engine.vault`).
"""

from engine.models.columns import Id, Key, Moment
from engine.models.deployments import Activation, Content, Deployment, DeploymentFile, ModelDraft, ProcessDefinition
from engine.models.history import AuditStream, HistoryEvent, Mark, Sequence
from engine.models.instances import (
    IS_OPEN,
    REWORDED,
    DataSubject,
    Draft,
    InstanceUnit,
    ProcessInstance,
    UserTask,
    UserTaskGroup,
)
from engine.models.paces import StepPace
from engine.models.people import (
    Absence,
    Attempts,
    GroupLead,
    Membership,
    Person,
    PersonGroup,
    PersonSkill,
    SavedFilter,
    UnitAncestor,
)
from engine.models.reference import ReferenceVersion
from engine.models.search import FTS, SEARCH_TEXT, SearchEntry
from engine.models.telling import (
    CalendarFeed,
    CaseFollower,
    Notification,
    NotificationChoice,
    Presence,
    Suggestion,
    Wish,
    WishLead,
)
from engine.models.waiting import (
    ASIDE,
    CALLS,
    TOPIC,
    Attachment,
    Command,
    Incident,
    Job,
    Message,
    StartTimer,
    Subscription,
    Timer,
)

__all__ = [
    "ASIDE",
    "CALLS",
    "FTS",
    "IS_OPEN",
    "REWORDED",
    "SEARCH_TEXT",
    "TOPIC",
    "Absence",
    "Activation",
    "Attachment",
    "Attempts",
    "AuditStream",
    "CalendarFeed",
    "CaseFollower",
    "Command",
    "Content",
    "DataSubject",
    "Deployment",
    "DeploymentFile",
    "Draft",
    "GroupLead",
    "HistoryEvent",
    "Id",
    "Incident",
    "InstanceUnit",
    "Job",
    "Key",
    "Mark",
    "Membership",
    "Message",
    "ModelDraft",
    "Moment",
    "Notification",
    "NotificationChoice",
    "Person",
    "PersonGroup",
    "PersonSkill",
    "Presence",
    "ProcessDefinition",
    "ProcessInstance",
    "ReferenceVersion",
    "SavedFilter",
    "SearchEntry",
    "Sequence",
    "StartTimer",
    "StepPace",
    "Subscription",
    "Suggestion",
    "Timer",
    "UnitAncestor",
    "UserTask",
    "UserTaskGroup",
    "Wish",
    "WishLead",
]
