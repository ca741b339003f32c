"""Everything that official sources say, laid over a catalogue by the ids of its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, final

import attrs

# The classes are reached by this name, so that none is loaded before it is needed.
import nhs_api_catalogue.official as official
from nhs_api_catalogue._checks import check_all, check_date, check_kind
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.errors import InvalidRecordError

if TYPE_CHECKING:

    class _Stated(Protocol):
        @property
        def source(self) -> official.Source: ...


@final
@attrs.frozen(eq=False, repr=False, slots=False)
class Overlay(Value):
    """What official sources say about the APIs of a catalogue, each statement with its source.

    It never changes the records themselves; the two are kept separate.

    Attributes:
        compiled: The day on which the statements were gathered.
        sources: The documents that they are taken from.
        entries: The official products.
        differences: Where a source differs from the guide.
        prerequisites: What the APIs need.
        services: What is needed besides APIs.
        timescales: The times that sources publish.

    Raises:
        InvalidRecordError: A value is of a wrong kind, or two sources or two entries share an id.

    >>> from nhs_api_catalogue import catalogue
    >>> for overlay in catalogue.overlays:
    ...     print(overlay.compiled, len(overlay.entries), len(overlay.differences))
    2026-11-29 39 53
    """

    compiled: date
    sources: tuple[official.Source, ...] = ()
    entries: tuple[official.OfficialEntry, ...] = ()
    differences: tuple[official.Difference, ...] = ()
    prerequisites: tuple[official.Prerequisite, ...] = ()
    services: tuple[official.OfficialService, ...] = ()
    timescales: tuple[official.Timescale, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_date("Overlay", compiled=self.compiled)
        for field in _KINDS:
            values = getattr(self, field)
            # Most overlays hold one kind of statement, and need not load the others' modules.
            if values != ():
                check_all("Overlay", field, values, tuple, _class_of(field))
        for field in ("sources", "entries"):
            ids = [value.id for value in getattr(self, field)]
            if len(set(ids)) < len(ids):
                raise InvalidRecordError("Overlay", field, ids, "no id twice")

    @cached_property
    def _entries(self) -> dict[str, tuple[official.OfficialEntry, ...]]:
        found: dict[str, tuple[official.OfficialEntry, ...]] = {}
        for entry in self.entries:
            for api in entry.apis:
                found[api] = (*found.get(api, ()), entry)
        return found

    def entries_of(self, api: str) -> tuple[official.OfficialEntry, ...]:
        """The entries that belong to the API of that id, in their order; none if it has none.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> [entry.id for entry in overlay.entries_of("mesh")]
        ['mesh']
        """
        return self._entries.get(api, ())

    def differences_of(self, api: str) -> tuple[official.Difference, ...]:
        """Where a source differs from the guide about the API of that id.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> [str(difference.severity) for difference in overlay.differences_of("scr-fhir")]
        ['informative', 'blocks plan']
        """
        return tuple(value for value in self.differences if value.api == api)

    def prerequisites_of(self, api: str) -> tuple[official.Prerequisite, ...]:
        """What the API of that id needs, and what it does not need.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> [need.needs for need in overlay.prerequisites_of("dos")]
        ['dos-account']
        """
        return tuple(value for value in self.prerequisites if value.api == api)

    def timescales_of(self, subject: str) -> tuple[official.Timescale, ...]:
        """The times published for the API or the service of that id.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> [timescale.text for timescale in overlay.timescales_of("bars")]
        ['2 to 4 weeks']
        """
        return tuple(value for value in self.timescales if value.applies_to == subject)

    def successors_of(self, api: str) -> tuple[official.OfficialEntry, ...]:
        """The entries that replace those of the API of that id, in their order.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> print(*overlay.successors_of("dos"))
        Directory of Services Search API
        """
        return self._successors(self.entries_of(api))

    def _successors(
        self, entries: Iterable[official.OfficialEntry]
    ) -> tuple[official.OfficialEntry, ...]:
        facts = (entry.replaced_by for entry in entries)
        ids = {successor for fact in facts if fact is not None for successor in fact.value}
        return tuple(entry for entry in self.entries if entry.id in ids)

    def about(self, api: str) -> Overlay:
        """Only what is said about the API of that id, with its sources.

        This includes what replaces its entries, and what replaces that in turn, the services that
        it needs, and the timescales of these.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> mesh = overlay.about("mesh")
        >>> len(mesh.sources), len(mesh.services), len(mesh.timescales)
        (4, 5, 8)
        """
        entries = list(self.entries_of(api))
        for entry in entries:  # grows while it is gone through
            entries += [one for one in self._successors([entry]) if one not in entries]
        differences = self.differences_of(api)
        needs = self.prerequisites_of(api)
        needed = [need.service for need in needs if need.service is not None]
        subjects = dict.fromkeys((api, *(service.id for service in needed)))
        services = (*needed, *(one for one in self.services if one.id in subjects))
        timescales = tuple(one for subject in subjects for one in self.timescales_of(subject))
        statements: tuple[_Stated, ...] = (
            *(fact for entry in entries for _, fact in entry.facts()),
            *differences,
            *needs,
            *services,
            *timescales,
        )
        cited = dict.fromkeys(statement.source for statement in statements)
        return attrs.evolve(
            self,
            sources=tuple(source for source in self.sources if source in cited),
            entries=tuple(entries),
            differences=differences,
            prerequisites=needs,
            services=tuple(dict.fromkeys(services)),
            timescales=timescales,
        )

    def __or__(self, other: object) -> Overlay:
        """Everything that both say; statements about the same thing are next to each other.

        The newest source comes first. A document that both cite is one source. If two documents or
        two entries have the same id, the one from `other` gets a new id with a number. The result
        was compiled on the later of the two days.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> len((overlay | overlay.about("mesh")).differences) == len(overlay.differences)
        True
        """
        if not isinstance(other, Overlay):
            return NotImplemented
        from nhs_api_catalogue.official.side_by_side import unite  # noqa: PLC0415  few need it

        return unite(self, other)

    def naming(self, names: Mapping[str, str]) -> Overlay:
        """The same overlay, with the names of the APIs that others need, by id.

        It gets them when it is laid over a catalogue.

        Args:
            names: The names by the ids of APIs; any other API keeps the name that it has.

        Raises:
            TypeError: They are not a mapping.
            InvalidRecordError: A name is blank, or not text.

        >>> from nhs_api_catalogue import catalogue
        >>> (overlay,) = catalogue.overlays
        >>> overlay.naming({"dos": "Our DoS"}).prerequisites_of("eps")[0].name
        'Our DoS'
        """
        check_kind(names, Mapping, "names must map the ids of APIs to names")
        needs = (
            attrs.evolve(need, called=names[need.needs])
            if need.service is None and need.needs in names
            else need
            for need in self.prerequisites
        )
        return attrs.evolve(self, prerequisites=tuple(needs))

    @property
    def summary(self) -> str:
        """The number of statements of each kind, in words."""
        counts = ", ".join(_counted(len(getattr(self, field)), field) for field in _KINDS)
        return f"{counts}, compiled on {self.compiled}"

    def __rich_repr__(self) -> Iterator[str]:
        """What rich shows of an overlay: how much there is of each kind."""
        yield self.summary

    def __repr__(self) -> str:
        return f"<Overlay: {self.summary}>"


# The class of each kind of statement.
_KINDS: Final = {
    "sources": "Source",
    "entries": "OfficialEntry",
    "differences": "Difference",
    "prerequisites": "Prerequisite",
    "services": "OfficialService",
    "timescales": "Timescale",
}


class OverlayReader(Protocol):
    """A function that gives what official sources say, about one API or all, of one kind or all.

    The API is given by its id. A kind is one of the fields "entries", "differences",
    "prerequisites" and "timescales".
    """

    def __call__(self, api: str | None = None, kind: str | None = None, /) -> Overlay:
        """The statements; if one API or one kind is given, others may be missing."""
        ...


def _counted(number: int, kinds: str) -> str:
    kind = f"{kinds.removesuffix('ies')}y" if kinds.endswith("ies") else kinds.removesuffix("s")
    return f"{number} {kind if number == 1 else kinds}"


def _class_of(field: str) -> type:
    kind: type = getattr(official, _KINDS[field])
    return kind
