"""Who may see and do what: pure decisions, the same as SQL filters, and separation of duty.

What somebody may not see does not exist for them (NotFound); what they may see but not do is refused (NotAllowed).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import Session

from engine.applications import Application, TaskFacts
from engine.errors import SeparationOfDuty
from engine.identity import AUDITOR, PROCESS_OWNER, Actor
from engine.models import ProcessInstance, UserTask, UserTaskGroup

#: The element property that names roles, separated by blanks: whoever acted in one of them in the same instance may
#: not do this task.
NOT_ROLE = "not_role"

# --- tasks ----------------------------------------------------------------------------------------------------------


def candidate_user(username: str) -> str:
    """The key under which a task is offered to one person: a candidate user is a candidate group of one."""
    return f"user:{username}"


def candidate_keys(actor: Actor) -> frozenset[str]:
    """The keys under which a task is offered to `actor`: their groups, and themselves as a candidate user."""
    return actor.groups | {candidate_user(actor.username)}


def may_see_task(actor: Actor, task_groups: Iterable[str], assignee_id: int | None) -> bool:
    """Members of a candidate group, the assignee, and admins."""
    return actor.is_admin or _is(actor, assignee_id) or not candidate_keys(actor).isdisjoint(task_groups)


def visible_tasks(actor: Actor) -> ColumnElement[bool]:
    """`may_see_task` as a filter on UserTask."""
    if actor.is_admin:
        return true()
    candidate = exists().where(
        UserTaskGroup.task_id == UserTask.id, UserTaskGroup.group_key.in_(sorted(candidate_keys(actor)))
    )
    return candidate if actor.id is None else or_(UserTask.assignee_id == actor.id, candidate)


def may_claim(actor: Actor, task_groups: Iterable[str], assignee_id: int | None) -> bool:
    """People in a candidate group take an unassigned task; taking again what is one's own is no fault."""
    if actor.id is None:
        return False
    return _is(actor, assignee_id) or (assignee_id is None and not candidate_keys(actor).isdisjoint(task_groups))


def may_assign(actor: Actor) -> bool:
    """Admins give a task to somebody, or to somebody else."""
    return actor.is_admin


def may_be_assigned(actor: Actor, task_groups: Iterable[str]) -> bool:
    """Whether a task may be given to `actor`: a person in a candidate group; to anybody when the task names none."""
    groups = frozenset(task_groups)
    return actor.id is not None and (not groups or not groups.isdisjoint(candidate_keys(actor)))


def may_release(actor: Actor, assignee_id: int | None) -> bool:
    """The assignee gives a task back; admins take it from somebody."""
    return assignee_id is not None and (actor.is_admin or _is(actor, assignee_id))


def may_complete(actor: Actor, assignee_id: int | None) -> bool:
    """The assignee only; an admin who wants to act is assigned first, so that history shows it."""
    return _is(actor, assignee_id)


# --- instances and models -------------------------------------------------------------------------------------------


def may_see_instance(actor: Actor, application: Application) -> bool:
    """Staff in any group of the application, admins and auditors."""
    return actor.is_admin or AUDITOR in actor.groups or _is_staff(actor, application)


def visible_instances(actor: Actor, applications: Mapping[str, Application]) -> ColumnElement[bool]:
    """`may_see_instance` as a filter on ProcessInstance."""
    keys = [key for key, application in applications.items() if may_see_instance(actor, application)]
    return ProcessInstance.application.in_(keys) if keys else false()


def may_start(actor: Actor, application: Application, starter_groups: Iterable[str]) -> bool:
    """Members of the process's candidate starter groups, and admins; where it names none, the application's staff."""
    groups = frozenset(starter_groups)
    return actor.is_admin or (not groups.isdisjoint(actor.groups) if groups else _is_staff(actor, application))


def may_deploy(actor: Actor) -> bool:
    """Edit, check, try out and deploy models: process owners and admins."""
    return actor.is_admin or PROCESS_OWNER in actor.groups


def may_keep_tables(actor: Actor) -> bool:
    """Propose a change of a reference table, and confirm what another one proposed: process owners and admins."""
    return actor.is_admin or PROCESS_OWNER in actor.groups


def may_operate(actor: Actor) -> bool:
    """Resolve incidents, cancel and migrate instances, change variables: admins."""
    return actor.is_admin


def may_audit(actor: Actor) -> bool:
    """Read the audit streams and verify the history: auditors and admins."""
    return actor.is_admin or AUDITOR in actor.groups


# --- separation of duty ---------------------------------------------------------------------------------------------


def acted(session: Session, instance_id: str) -> Mapping[int, frozenset[str]]:
    """Person id → the roles in which the person completed tasks of the instance."""
    roles: defaultdict[int, set[str]] = defaultdict(set)
    done = select(UserTask.completed_by, UserTask.role).where(UserTask.instance_id == instance_id, UserTask.role != "")
    for person_id, role in session.execute(done):
        if person_id is not None:
            roles[person_id].add(role)
    return {person_id: frozenset(names) for person_id, names in roles.items()}


def check_rules(session: Session, application: Application, facts: TaskFacts) -> None:
    """Refuse a person who must not do this task: for claim, assign and complete.

    Raises SeparationOfDuty for the element's `not_role`, and NotAllowed as the application's own rules do.
    """
    own = facts.acted.get(facts.person_id, frozenset())
    for role in facts.properties.get(NOT_ROLE, "").split():
        if role in own:
            raise SeparationOfDuty(role=role)
    for rule in application.access_rules:
        rule(session, facts)


def _is(actor: Actor, person_id: int | None) -> bool:
    return actor.id is not None and actor.id == person_id


def _is_staff(actor: Actor, application: Application) -> bool:
    return any(group.key in actor.groups for group in application.groups)
