"""A case as it stands, loaded to look at: nothing that is done with it is kept."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.commands import form_context
from engine.feel import Functions
from engine.forms import Form, View
from engine.forms.view import Message
from engine.models import ProcessInstance
from engine.site import Site
from engine.transition import Move, opened, state_place

#: No token has it: what is asked about it is asked about the process itself.
NOWHERE = str(uuid.UUID(int=0))


#: Name of the button that only asks the questions anew.
UPDATE = "_update"


@dataclass(frozen=True)
class UsableForm:
    """A form with what it reads: the variables in scope and the record."""

    form: Form
    context: Mapping[str, Any]
    functions: Functions

    def view(self, values: Mapping[str, list[str]], language: str, errors: Mapping[str, Message] | None = None) -> View:
        """The form with `values` entered, as `Form.view`."""
        return self.form.view(self.context, values, language, self.functions, errors)

    def asked_anew(self, sent: Mapping[str, list[str]]) -> dict[str, list[str]] | None:
        """The `values` of the next `view` where a button only rearranged the form; None where it was sent for good."""
        if self.form.is_rearrangement(sent):
            return self.form.rearrange(sent, self.context, self.functions)
        return self.form.draft(sent) if UPDATE in sent else None


def look(session: Session, site: Site, instance: ProcessInstance, now: datetime) -> Move:
    """The case loaded with its record. Raises Erased, StateUnreadable."""
    application = site.applications[instance.application]
    session.info.setdefault("vault", site.vault)
    execution = opened(session, application, instance, now)
    execution.load(site.vault.open(session, instance.subject_id, instance.sealed_state, state_place(instance.id)))
    return Move(site, session, instance, application, execution, now, "", None)


def usable(step: Move, form: Form, token_id: str = NOWHERE) -> UsableForm:
    """`form` at an open task of the case, or at the case itself."""
    context = form_context(step, token_id)
    return UsableForm(form, context if token_id == NOWHERE else form.at_task(context), step.application.functions)
