"""Who may see and do what: pure decisions, the same as SQL filters, and separation of duty.

What somebody may not see does not exist for them (NotFound); what they may see but not do is refused (NotAllowed).
A case of another part of the organisation exists, but is refused (CaseElsewhere).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true, tuple_
from sqlalchemy.orm import Session

from engine.applications import Application, TaskFacts
from engine.errors import NotAllowed, SeparationOfDuty
from engine.identity import AUDITOR, PROCESS_OWNER, Actor
from engine.models import InstanceUnit, ProcessInstance, UnitAncestor, UserTask, UserTaskGroup
from engine.organisation import Organisation

#: The element property that names roles, separated by blanks: whoever acted in one of them in the same instance may
#: not do this task.
NOT_ROLE = "not_role"

# --- tasks ----------------------------------------------------------------------------------------------------------

#: Between a group and a unit where a task is offered to those who hold the group there: `handler@BRANCH`.
ON = "@"
#: Begins the key of a candidate user.
USER = "user:"


def candidate_user(username: str) -> str:
    """The key under which a task is offered to one person: a candidate user is a candidate group of one."""
    return USER + username


def offer(key: str, organisation: Organisation) -> tuple[str, str]:
    """Group and unit of a candidate group as a model names it; without a known unit it is offered to all holders."""
    if key.startswith(USER) or not len(organisation):
        return key, ""
    group, unit = parts(key)
    return group, unit if unit in organisation else ""


def parts(key: str) -> tuple[str, str]:
    """Group and unit of a key."""
    group, at, unit = key.rpartition(ON)
    return (group, unit) if at and not key.startswith(USER) else (key, "")


def offer_key(group: str, unit: str | None) -> str:
    """The key of a group on a unit; `offered_to` reads it."""
    return f"{group}{ON}{unit}" if unit else group


def is_offered(actor: Actor, key: str) -> bool:
    """Whether a task under `key` is offered to `actor`: a group, a group on a unit or above it, or a candidate user."""
    if key.startswith(USER):
        return key == candidate_user(actor.username)
    if key in actor.groups:
        return True
    group, unit = parts(key)
    return group in actor.everywhere or (group, unit) in actor.held_on


def is_led(actor: Actor, key: str) -> bool:
    """Whether `actor` leads the group under `key`, on its unit or above it."""
    group, unit = parts(key)
    return any(led == group and (not on or not unit or on == unit) for led, on in actor.leads_on)


def offered_to(actor: Actor) -> ColumnElement[bool]:
    """`is_offered` as a filter on UserTaskGroup."""
    return _reached({*actor.everywhere, candidate_user(actor.username)}, actor.held_on)


def _led_by(actor: Actor) -> ColumnElement[bool]:
    """`is_led` as a filter on UserTaskGroup."""
    return _reached({group for group, unit in actor.leads_on if not unit}, {one for one in actor.leads_on if one[1]})


def _reached(everywhere: Set[str], bounded: Set[tuple[str, str]]) -> ColumnElement[bool]:
    """Offers of the groups `everywhere`, and of `bounded`, pairs of group and unit, on the unit or below it."""
    # Joined with nothing, the group is not what a database looks the offers up by: that is the task, which has few.
    group = UserTaskGroup.group_key.concat("")
    unbounded = group.in_(sorted(everywhere))
    if not bounded:
        return unbounded
    above = exists().where(
        UnitAncestor.unit_key == UserTaskGroup.unit_key,
        tuple_(group, UnitAncestor.ancestor_key).in_(sorted(bounded)),
    )
    groups = sorted({group for group, _ in bounded})
    return or_(unbounded, and_(UserTaskGroup.unit_key == "", group.in_(groups)), above)


def offers(session: Session, task_id: str) -> frozenset[str]:
    """The keys under which a task is offered: each group on a unit is there for every unit above too."""
    return frozenset(offer_key(*row) for row in session.execute(offer_rows().where(UserTaskGroup.task_id == task_id)))


def offer_rows() -> Select[str, str]:
    """Group and unit of every offer, once for each unit above."""
    return select(UserTaskGroup.group_key, UnitAncestor.ancestor_key).outerjoin(
        UnitAncestor, UnitAncestor.unit_key == UserTaskGroup.unit_key
    )


def groups_of(keys: Iterable[str]) -> frozenset[str]:
    """The groups in offers."""
    return frozenset(parts(key)[0] for key in keys)


def may_see_task(
    actor: Actor, task_groups: Iterable[str], assignee_id: int | None, handed_to_id: int | None = None
) -> bool:
    """People whom it is offered or handed to, the assignee, those who lead its groups, and admins."""
    own = _is(actor, assignee_id) or _is(actor, handed_to_id)
    return actor.is_admin or own or any(is_offered(actor, key) or is_led(actor, key) for key in task_groups)


def visible_tasks(actor: Actor) -> ColumnElement[bool]:
    """`may_see_task` as a filter on UserTask."""
    if actor.is_admin:
        return true()
    offered = or_(offered_to(actor), _led_by(actor)) if actor.leads_on else offered_to(actor)
    candidate = exists().where(UserTaskGroup.task_id == UserTask.id, offered)
    if actor.id is None:
        return candidate
    return or_(UserTask.assignee_id == actor.id, UserTask.handed_to_id == actor.id, candidate)


def may_claim(actor: Actor, task_groups: Iterable[str], assignee_id: int | None) -> bool:
    """People whom an unassigned task is offered to take it; taking again what is one's own is no fault."""
    if actor.id is None:
        return False
    return _is(actor, assignee_id) or (assignee_id is None and any(is_offered(actor, key) for key in task_groups))


def may_assign(actor: Actor, task_groups: Iterable[str] = ()) -> bool:
    """Admins, and whoever leads one of the task's groups there, give a task to somebody, or to somebody else."""
    return actor.is_admin or any(is_led(actor, key) for key in task_groups)


def may_be_assigned(actor: Actor, task_groups: Iterable[str]) -> bool:
    """Whether a task may be given to `actor`: it is offered to this person; anybody when it names no group."""
    keys = list(task_groups)
    return actor.id is not None and (not keys or any(is_offered(actor, key) for key in keys))


def may_release(actor: Actor, assignee_id: int | None, task_groups: Iterable[str] = ()) -> bool:
    """The assignee gives a task back; those who may give it to somebody take it from somebody too."""
    return assignee_id is not None and (_is(actor, assignee_id) or may_assign(actor, task_groups))


def may_postpone(actor: Actor, assignee_id: int | None, task_groups: Iterable[str] = ()) -> bool:
    """The assignee, and those who give the task out, say from which day on it wants to be looked at again."""
    return _is(actor, assignee_id) or may_assign(actor, task_groups)


def may_complete(actor: Actor, assignee_id: int | None) -> bool:
    """The assignee only; an admin who wants to act is assigned first, so that history shows it."""
    return _is(actor, assignee_id)


# --- instances and models -------------------------------------------------------------------------------------------


class CaseElsewhere(NotAllowed):
    """This case belongs to another part of the organisation. Ask the unit that handles it, or your lead."""

    #: set by who looked for the case
    instance_id = ""


def is_staff(actor: Actor, application: Application) -> bool:
    """Staff in any group of the application, admins and auditors: they see cases, if maybe not all."""
    return actor.is_admin or AUDITOR in actor.groups or _is_staff(actor, application)


def scope(actor: Actor, application: Application) -> frozenset[str] | None:
    """The units below which `actor` sees cases; None: everywhere."""
    keys = {group.key for group in application.groups}
    unbounded = actor.is_admin or AUDITOR in actor.groups or not keys.isdisjoint(actor.everywhere)
    if unbounded or application.units_of is None:
        return None
    return frozenset(unit for group, unit in actor.held_on if group in keys)


def visible_instances(actor: Actor, applications: Mapping[str, Application]) -> ColumnElement[bool]:
    """The cases that `actor` sees, as a filter on ProcessInstance: of their own subtree, and where they have a task."""
    seen = []
    whole = []
    for key, application in applications.items():
        if not is_staff(actor, application):
            continue
        units = scope(actor, application)
        if units is None:
            whole.append(key)
        else:
            seen.append(and_(ProcessInstance.application == key, _concerns(units, actor)))
    if whole:
        seen.append(ProcessInstance.application.in_(whole))
    return or_(*seen) if seen else false()


def own_instances(actor: Actor) -> Select[str]:
    """The ids of the cases in which `actor` has an open task, or is asked to take one over."""
    return select(UserTask.instance_id).where(
        or_(UserTask.assignee_id == actor.id, UserTask.handed_to_id == actor.id), UserTask.status == "open"
    )


def _concerns(units: frozenset[str], actor: Actor) -> ColumnElement[bool]:
    below = (
        select(InstanceUnit.instance_id)
        .join(UnitAncestor, UnitAncestor.unit_key == InstanceUnit.unit_key)
        .where(UnitAncestor.ancestor_key.in_(sorted(units)))
    )
    return or_(ProcessInstance.id.in_(below), ProcessInstance.id.in_(own_instances(actor)))


def may_see_instance(session: Session, actor: Actor, application: Application, instance_id: str) -> bool:
    """Whether `visible_instances` has this one; asks the database only for people who are bound to units."""
    if not is_staff(actor, application):
        return False
    if scope(actor, application) is None:
        return True
    visible = visible_instances(actor, {application.key: application})
    return bool(session.scalar(select(exists().where(ProcessInstance.id == instance_id, visible))))


def may_see_case(session: Session, actor: Actor, application: Application, instance_id: str) -> bool:
    """Whether `actor` may see the case in full, or has or had a task in it."""
    if may_see_instance(session, actor, application, instance_id):
        return True
    if actor.id is None:
        return False
    own = or_(visible_tasks(actor), UserTask.completed_by == actor.id)
    return bool(session.scalar(select(exists().where(UserTask.instance_id == instance_id, own))))


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


class Acted(Mapping[int, frozenset[str]]):
    """Person id → the roles in which the person completed tasks of the instance; asked when somebody wants to know."""

    def __init__(self, session: Session, instance_id: str) -> None:
        self._session, self._instance_id = session, instance_id

    def __getitem__(self, person_id: int) -> frozenset[str]:
        return self._roles[person_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._roles)

    def __len__(self) -> int:
        return len(self._roles)

    @cached_property
    def _roles(self) -> Mapping[int, frozenset[str]]:
        return acted(self._session, self._instance_id)


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
    for role in facts.properties.get(NOT_ROLE, "").split():
        if role in facts.acted.get(facts.person_id, frozenset()):
            raise SeparationOfDuty(role=role)
    for rule in application.access_rules:
        rule(session, facts)


def _is(actor: Actor, person_id: int | None) -> bool:
    return actor.id is not None and actor.id == person_id


def _is_staff(actor: Actor, application: Application) -> bool:
    return any(group.key in actor.groups for group in application.groups)
