"""What the models of a deployment may refer to outside their own files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.applications import PathType
from engine.problems import Problem, Severity


@dataclass(frozen=True)
class Known:
    """Names that exist outside the file set: of the application, and of other deployments."""

    topics: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    #: FEEL functions of the application
    functions: frozenset[str] = frozenset()
    #: record path, beginning with the record's name → what is known of it
    paths: Mapping[str, PathType] = field(default_factory=dict)
    #: process key → such paths of its instances, where they keep a record of their own
    own_paths: Mapping[str, Mapping[str, PathType]] = field(default_factory=dict)
    #: keys of processes deployed elsewhere, for call activities
    processes: frozenset[str] = frozenset()
    #: names of hand-written pages, the part behind `app:`
    pages: frozenset[str] = frozenset()
    #: rules of the application on the whole file set
    rules: Sequence[Callable[[Mapping[str, bytes]], Sequence[Problem]]] = ()
    #: languages that every visible name should have
    languages: tuple[str, ...] = ("zh", "en")
    #: the files come from outside: what cannot be found may exist where they come from
    is_open: bool = False

    @classmethod
    def anything(cls) -> "Known":
        """For files from outside, where nothing is known: unknown names are warnings."""
        return cls(is_open=True)

    @property
    def missing(self) -> Severity:
        """How severe an unknown name is."""
        return Severity.WARNING if self.is_open else Severity.ERROR

    @property
    def risky(self) -> Severity:
        """How severe is what the standard allows, but stops a case when values are not as expected."""
        return Severity.WARNING if self.is_open else Severity.ERROR

    @cached_property
    def everywhere(self) -> "Known":
        """With the paths of all records: for files that several processes use."""
        paths = [self.paths, *self.own_paths.values()]
        return replace(self, paths={path: kind for each in paths for path, kind in each.items()}, own_paths={})

    def inside(self, process_key: str) -> "Known":
        """As seen in one process: with the paths of the record of its instances."""
        return self._inside.get(process_key, self)

    @cached_property
    def _inside(self) -> "Mapping[str, Known]":
        return {key: replace(self, paths=paths, own_paths={}) for key, paths in self.own_paths.items()}

    @cached_property
    def records(self) -> frozenset[str]:
        """The names under which FEEL sees records: the first parts of the paths."""
        return frozenset(path.split(".")[0] for path in self.paths)

    def has_path(self, path: str) -> bool:
        """Whether a record can be read at `path`: a path, a part of one, or something inside a structured value."""
        if path in self.paths or path in self._parts:
            return True
        outer = _outer_paths(path)
        return any(self.paths[found].type in _STRUCTURED for found in outer if found in self.paths)

    def is_readable(self, path: str) -> bool:
        """Whether FEEL may read what is at `path`."""
        return all(self.paths[found].readable for found in (path, *_outer_paths(path)) if found in self.paths)

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(outer for path in self.paths for outer in _outer_paths(path))


#: Types whose values have parts of their own.
_STRUCTURED = frozenset(
    {"Any", "context", "list", "date", "time", "date and time", "days and time duration", "years and months duration"}
)


def _outer_paths(path: str) -> list[str]:
    """`a`, `a.b` for `a.b.c`."""
    parts = path.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]
