"""What people do: one function is one transaction, checks who may, and records who, when, what, before and after."""

from engine.commands.absences import Leave, end_absence, record_absence
from engine.commands.comments import add_comment, follow_case, unfollow_case, withdraw_comment
from engine.commands.filters import drop_filter, keep_filter
from engine.commands.grants import grant_group, revoke_group, set_skills
from engine.commands.handing import accept_task, assign_task, decline_task, delegate_task
from engine.commands.instances import cancel_instance, retry_job, retry_start, set_variables, start_instance
from engine.commands.messages import correlate_message
from engine.commands.models import activate_version, add_group, deploy, discard_model_draft, save_model_draft, ship
from engine.commands.notifications import choose_notifications, read_notifications
from engine.commands.own import change_password, end_feed, renew_feed
from engine.commands.people import add_person, erase_person, set_language
from engine.commands.presence import note_presence
from engine.commands.records import update_record
from engine.commands.reference import confirm_version, propose_rows, reject_version
from engine.commands.submitted import Submitted
from engine.commands.suggestions import settle_suggestion, suggest
from engine.commands.tasks import claim_task, complete_task, form_context, postpone_task, release_task, save_draft
from engine.commands.wishes import ask_relief, end_break, see_wish, take_break

__all__ = [
    "Leave",
    "Submitted",
    "accept_task",
    "activate_version",
    "add_comment",
    "add_group",
    "add_person",
    "ask_relief",
    "assign_task",
    "cancel_instance",
    "change_password",
    "choose_notifications",
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
    "end_break",
    "end_feed",
    "erase_person",
    "follow_case",
    "form_context",
    "grant_group",
    "keep_filter",
    "note_presence",
    "postpone_task",
    "propose_rows",
    "read_notifications",
    "record_absence",
    "reject_version",
    "release_task",
    "renew_feed",
    "retry_job",
    "retry_start",
    "revoke_group",
    "save_draft",
    "save_model_draft",
    "see_wish",
    "set_language",
    "set_skills",
    "set_variables",
    "settle_suggestion",
    "ship",
    "start_instance",
    "suggest",
    "take_break",
    "unfollow_case",
    "update_record",
    "withdraw_comment",
]
