"""Lines of the audit stream in words."""

from collections.abc import Iterator

from flask_babel import gettext, lazy_gettext

from engine.queries.audit import AuditRow
from engine.search import Kind
from webforms.complaint_panel import LABELS
from webforms.panels import PURPOSES

#: Kind of a line → what happened.
TITLES = {
    "logged_in": lazy_gettext("logged in"),
    "log_in_failed": lazy_gettext("could not log in"),
    "locked_out": lazy_gettext("was locked out after too many attempts"),
    "logged_out": lazy_gettext("logged out"),
    "password_changed": lazy_gettext("changed the own password"),
    "password_change_failed": lazy_gettext("could not change the own password: the old one was wrong"),
    "personal_shown": lazy_gettext("looked at personal data in full"),
    "searched": lazy_gettext("searched for a person or for words"),
    "file_opened": lazy_gettext("opened a file of a case"),
    "case_exported": lazy_gettext("took the file of a case away"),
    "deployed": lazy_gettext("deployed a model"),
    "shipped": lazy_gettext("deployed the model of the program"),
    "activated": lazy_gettext("switched the active version of a model"),
    "table_proposed": lazy_gettext("proposed a change of a table"),
    "table_confirmed": lazy_gettext("confirmed a change of a table"),
    "table_rejected": lazy_gettext("rejected a change of a table"),
    "table_withdrawn": lazy_gettext("withdrew a change of a table"),
    "group_added": lazy_gettext("added a group"),
    "person_added": lazy_gettext("added a person"),
    "people_added": lazy_gettext("added people"),
    "case_refused": lazy_gettext("asked for a case of another part of the organisation and was refused"),
    "group_granted": lazy_gettext("granted a group"),
    "group_revoked": lazy_gettext("took a group away"),
    "skills_set": lazy_gettext("changed what a person knows"),
    "absence_recorded": lazy_gettext("recorded an absence"),
    "absence_ended": lazy_gettext("ended an absence"),
}

#: Name in the detail of a line → its word. What is not here is not shown: `case` and `instance` have their own column.
_WORDS = {
    "purpose": lazy_gettext("Purpose"),
    "fields": lazy_gettext("Fields"),
    "file": lazy_gettext("File"),
    "application": lazy_gettext("Application"),
    "table": lazy_gettext("Table"),
    "number": lazy_gettext("Number"),
    "base": lazy_gettext("Based on"),
    "added": lazy_gettext("New rows"),
    "changed": lazy_gettext("Changed rows"),
    "ended": lazy_gettext("Rows that end"),
    "removed": lazy_gettext("Rows taken away"),
    "files": lazy_gettext("Files"),
    "group": lazy_gettext("Group"),
    "groups": lazy_gettext("Groups"),
    "unit": lazy_gettext("Unit"),
    "username": lazy_gettext("User name"),
    "skills": lazy_gettext("Skills"),
    "from_on": lazy_gettext("First day"),
    "to_on": lazy_gettext("Last day"),
    "delegate": lazy_gettext("Stands in"),
    "usernames": lazy_gettext("User names"),
    "name_digest": lazy_gettext("Unknown name, as a digest"),
    "from": lazy_gettext("Address, as a digest"),
    "what": lazy_gettext("Locked"),
    "kinds": lazy_gettext("Looked among"),
    "by": lazy_gettext("Found by"),
    "total": lazy_gettext("Cases found"),
    "words": lazy_gettext("What was typed, as a digest"),
}

#: What a word may be that somebody searches for, and what a case was found by.
KINDS = {
    Kind.NUMBER: lazy_gettext("number"),
    Kind.NAME: lazy_gettext("name"),
    Kind.PHONE: lazy_gettext("phone number"),
    Kind.TEXT: lazy_gettext("text of the case"),
}

_LOCKED = {"name": lazy_gettext("the user name"), "address": lazy_gettext("the address")}


def title(row: AuditRow) -> str:
    """What happened, in the reader's language; kinds that an application brings are shown as they are."""
    return str(TITLES.get(row.kind, row.kind))


def facts(row: AuditRow) -> Iterator[tuple[str, str]]:
    """(word, text) of everything else that the line says."""
    for name, word in _WORDS.items():
        if name in row.detail:
            yield str(word), _text(name, row.detail[name])


def _text(name: str, value: object) -> str:
    match name:
        case "fields" if isinstance(value, list):
            return ", ".join(str(LABELS.get(each, each)) for each in value) or str(gettext("none"))
        case "kinds" | "by" if isinstance(value, list):
            return ", ".join(str(KINDS.get(each, each)) for each in value) or str(gettext("none"))
        case "purpose":
            return str(PURPOSES.get(str(value), value))
        case "what":
            return str(_LOCKED.get(str(value), value))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or str(gettext("none"))
    return str(value)
