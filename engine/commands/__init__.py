"""What people do: one function is one transaction, checks who may, and records who, when, what, before and after."""

from engine.commands.absences import Leave, end_absence, record_absence
from engine.commands.filters import drop_filter, keep_filter
from engine.commands.grants import grant_group, revoke_group, set_skills
from engine.commands.handing import accept_task, assign_task, decline_task, delegate_task
from engine.commands.instances import cancel_instance, retry_job, retry_start, set_variables, start_instance
from engine.commands.messages import correlate_message
from engine.commands.models import activate_version, add_group, deploy, discard_model_draft, save_model_draft, ship
from engine.commands.people import add_person, erase_person, set_language
from engine.commands.records import update_record
from engine.commands.reference import confirm_version, propose_rows, reject_version
from engine.commands.submitted import Submitted
from engine.commands.tasks import claim_task, complete_task, form_context, postpone_task, release_task, save_draft

__all__ = [
    "Leave",
    "Submitted",
    "accept_task",
    "activate_version",
    "add_group",
    "add_person",
    "assign_task",
    "cancel_instance",
    "claim_task",
    "complete_task",
    "confirm_version",
    "correlate_message",
    "decline_task",
    "delegate_task",
    "deploy",
    "discard_model_draft",
    "drop_filter",
    "end_absence",
    "erase_person",
    "form_context",
    "grant_group",
    "keep_filter",
    "postpone_task",
    "propose_rows",
    "record_absence",
    "reject_version",
    "release_task",
    "retry_job",
    "retry_start",
    "revoke_group",
    "save_draft",
    "save_model_draft",
    "set_language",
    "set_skills",
    "set_variables",
    "ship",
    "start_instance",
    "update_record",
]
