"""Models ready to run, cached for all threads of the process: a deployment never changes."""

import threading
from collections import OrderedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn import reader
from engine.bpmn.elements import is_count
from engine.bpmn.model import Model, Process
from engine.definitions.asking import active_definition, active_definitions, files_of
from engine.errors import NotFound
from engine.models import ProcessDefinition

#: Raised when reading changes the names of steps; states of older readers then need a mapping.
READER_VERSION = 1
_CACHED_MODELS = 64


class Library:
    """Models ready to run, for one session; the models themselves are cached for all threads."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        """Definition id, model and process of the active version of `key`; raises NotFound."""
        definition = active_definition(self._session, key)
        model = self.model(definition.deployment_id)
        return definition.id, model, model.process(key)

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        """Definition id, model and process of one definition; raises NotFound."""
        found = _definitions.get(definition_id)
        if found is None:
            definition = self._session.get(ProcessDefinition, definition_id)
            if definition is None:
                raise NotFound
            found = _definitions.setdefault(definition_id, (definition.deployment_id, definition.key))
        model = self.model(found[0])
        return definition_id, model, model.process(found[1])

    def bound(self, key: str, binding: str, version: str, caller: int) -> tuple[int, Model, Process]:
        """The same for what the definition `caller` calls as `key`; raises NotFound.

        `binding`: `deployment` for the process in the deployment of the caller, `version` for the one with the number
        `version`, `versionTag` for the newest one with this tag.
        """
        query = select(ProcessDefinition.id).where(ProcessDefinition.key == key)
        if binding == "deployment":
            own = select(ProcessDefinition.deployment_id).where(ProcessDefinition.id == caller).scalar_subquery()
            query = query.where(ProcessDefinition.deployment_id == own)
        elif binding == "version":
            query = query.where(ProcessDefinition.version == (int(version) if is_count(version) else None))
        for definition_id in self._session.scalars(query.order_by(ProcessDefinition.version.desc())):
            found = self.by_id(definition_id)
            if binding != "versionTag" or found[2].version_tag == version:
                return found
        raise NotFound

    def active(self, application: str = "") -> list[int]:
        """The ids of all active definitions, or of those of one application, by key."""
        return active_definitions(self._session, application)

    def model(self, deployment_id: int) -> Model:
        """The model of a deployment."""
        model = _models.get(deployment_id)
        if model is None:
            model = _models.put(deployment_id, reader.read(files_of(self._session, deployment_id)))
        return model


class _Cache:
    """The most recently used models; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._models: OrderedDict[int, Model] = OrderedDict()

    def get(self, deployment_id: int) -> Model | None:
        with self._lock:
            if deployment_id in self._models:
                self._models.move_to_end(deployment_id)
            return self._models.get(deployment_id)

    def put(self, deployment_id: int, model: Model) -> Model:
        with self._lock:
            self._models[deployment_id] = model
            while len(self._models) > _CACHED_MODELS:
                self._models.popitem(last=False)
            return model

    def clear(self) -> None:
        with self._lock:
            self._models.clear()


_models = _Cache()
#: definition id → (deployment id, key): rows that never change
_definitions: dict[int, tuple[int, str]] = {}


def forget() -> None:
    """Empty the cache: for tests that use several databases in one process."""
    _models.clear()
    _definitions.clear()
