"""Who does a task of people, and with which form."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.expressions import is_expression
from engine.bpmn.parts.source import Source
from engine.bpmn.parts.variables import Mappings
from engine.bpmn.xml import CAMUNDA, bpmn, children, text_of

#: `user(ann), group(staff)`, as Activiti writes owners.
_OWNER = re.compile(r"(user|group)\(([^()]*)\)")
#: Where Camunda looks for a form, before its id or the name of its file.
_FORM_PLACE = re.compile(r"camunda-forms:(?:bpmn:|(?:deployment|app):(?:.*/)?)")
#: Data inputs by which jBPM says who does a task.
_JBPM_GROUPS, _JBPM_USERS, _JBPM_PRIORITY = "GroupId", "ActorId", "Priority"
_JBPM_OTHERS = ("TaskName", "Skippable", "Comment", "Description", "Content", "CreatedBy", "Locale", "NodeName")
_FIELD, _PROPERTY = f"{{{CAMUNDA}}}formField", f"{{{CAMUNDA}}}formProperty"


def assignee(source: Source, inputs: Mappings) -> str:
    """The one person who does the task."""
    named = source.vendor.get("assignee") or source.zeebe("assignmentDefinition", "assignee")
    performers = [text_of(each) for tag in ("humanPerformer", "performer") for each in children(source.xml, tag)]
    performer = next((text for text in performers if text), "")
    actor = inputs.get(_JBPM_USERS, "") if source.declared.is_jbpm and "," not in inputs.get(_JBPM_USERS, "") else ""
    owner = _OWNER.fullmatch(performer)
    return named or (owner[2] if owner else performer) or actor


def candidate_groups(source: Source, inputs: Mappings) -> tuple[str, ...]:
    """Groups to which the task is offered."""
    text = source.vendor.get("candidateGroups") or source.zeebe("assignmentDefinition", "candidateGroups")
    if text:
        return listed(text)
    if source.declared.is_jbpm:
        return listed(inputs.get(_JBPM_GROUPS, ""))
    return tuple(name for kind, name in _owners(source) if kind == "group" and name)


def candidate_users(source: Source, inputs: Mappings) -> tuple[str, ...]:
    """People to whom the task is offered."""
    text = source.vendor.get("candidateUsers") or source.zeebe("assignmentDefinition", "candidateUsers")
    if text:
        return listed(text)
    actors = listed(inputs.get(_JBPM_USERS, "")) if source.declared.is_jbpm else ()
    return tuple(name for kind, name in _owners(source) if kind == "user" and name) or (actors[1:] and actors)


def without_people(source: Source, inputs: Mappings) -> Mappings:
    """`inputs` without those by which jBPM says who does the task."""
    if not source.declared.is_jbpm:
        return inputs
    names = {_JBPM_GROUPS, _JBPM_USERS, _JBPM_PRIORITY, *_JBPM_OTHERS}
    return {name: text for name, text in inputs.items() if name not in names}


def form(source: Source) -> str:
    """The id of the form, or `app:` and a page."""
    zeebe = source.zeebe("formDefinition", "formId") or source.zeebe("formDefinition", "formKey")
    named = source.vendor.get("formRef") or source.vendor.get("formKey") or zeebe
    if not named and has_fields(source):
        return fields_id(source.xml)
    return _FORM_PLACE.sub("", named).removesuffix(".form") if _FORM_PLACE.match(named) else named


def has_fields(source: Source) -> bool:
    """Whether form fields are written into the diagram."""
    return any(child.tag == _PROPERTY or child.find(_FIELD) is not None for child in source.extensions)


def fields_id(xml: etree._Element) -> str:
    """The id of the form that the fields of an element make."""
    process = next(xml.iterancestors(bpmn("process")), xml)
    return f"{process.get('id', '')}.{xml.get('id', '')}.fields"


def listed(text: str) -> tuple[str, ...]:
    """Names parted by commas, or one expression."""
    if text.lstrip().startswith("=") or (is_expression(text) and text.strip().endswith("}") and text.count("{") == 1):
        return (text.strip(),)
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _owners(source: Source) -> Iterator[tuple[str, str]]:
    for owner in children(source.xml, "potentialOwner"):
        text = text_of(owner.find(bpmn("resourceAssignmentExpression"))) or text_of(owner)
        marked = [(kind, name.strip()) for kind, name in _OWNER.findall(text)]
        plain = "user" if source.declared.is_jbpm else "group"
        yield from marked or ((plain, name) for name in listed(text))
