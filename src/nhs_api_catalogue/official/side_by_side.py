"""The union of two overlays: every statement of both, for each thing the newest source first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

import attrs

from nhs_api_catalogue.official.entries import OfficialEntry
from nhs_api_catalogue.official.needs import OfficialService, Prerequisite
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.sources import Source

S = TypeVar("S")

_ANY = "any"


def unite(one: Overlay, other: Overlay) -> Overlay:
    """Everything that two overlays say, each statement once; see `Overlay.__or__`."""
    sources = _Sources((*one.sources, *other.sources))

    def both(kind: str) -> list[Any]:
        return [sources.cited(value) for side in (one, other) for value in getattr(side, kind)]

    needs: list[Prerequisite] = both("prerequisites")
    held = [sources.cited(need.service) for need in needs if need.service is not None]
    timescales = _ordered(both("timescales"), lambda value: (value.applies_to, value.what))
    services: tuple[OfficialService, ...] = tuple(
        attrs.evolve(
            service,
            timescales=tuple(one for one in timescales if one.applies_to == service.id),
        )
        for service in _ordered((*both("services"), *held), lambda service: service.id)
    )
    newest: dict[str, OfficialService] = {}
    for service in services:
        newest.setdefault(service.id, service)
    return Overlay(
        compiled=max(one.compiled, other.compiled),
        entries=_ordered(
            _entries(map(sources.cited, one.entries), [*map(sources.cited, other.entries)]),
            lambda entry: entry.apis or entry.id,
        ),
        differences=_ordered(both("differences"), lambda value: (value.api, value.field)),
        prerequisites=_ordered(
            (attrs.evolve(need, service=newest.get(need.needs)) for need in needs),
            lambda need: (need.api, need.needs),
        ),
        services=services,
        timescales=timescales,
        sources=sources.all(),
    )


class _Sources:
    """The sources of overlays, each document once, and no two with the same id."""

    def __init__(self, listed: Iterable[Source]) -> None:
        self._by_content: dict[Source, Source] = {}
        for source in listed:
            self._known(source)

    def all(self) -> tuple[Source, ...]:
        return tuple(self._by_content.values())

    def cited(self, statement: S) -> S:
        """The statement, with the source under its id here."""
        value: Any = statement
        if isinstance(value, OfficialEntry):
            values: dict[str, Any] = {field: self.cited(fact) for field, fact in value.facts()}
        else:
            values = {"source": self._known(value.source)}
        return cast("S", attrs.evolve(value, **values))

    def _known(self, source: Source) -> Source:
        content = attrs.evolve(source, id=_ANY)
        if content not in self._by_content:
            id_ = _free(source.id, {known.id for known in self.all()})
            self._by_content[content] = attrs.evolve(source, id=id_)
        return self._by_content[content]


def _entries(
    ours: Iterable[OfficialEntry], theirs: Collection[OfficialEntry]
) -> Iterable[OfficialEntry]:
    """The entries of both; if two different ones have the same id, theirs gets a number."""
    known = {entry.id: entry for entry in ours}
    ids = {entry.id: entry.id for entry in theirs}
    numbers = dict.fromkeys(ids, 1)
    while True:
        renamed = [_renamed(entry, ids) for entry in theirs]
        clashes = [
            entry.id
            for entry, new in zip(theirs, renamed, strict=True)
            if known.get(new.id, new) != new
        ]
        if not clashes:
            return (*known.values(), *renamed)
        # A statement that names a renamed entry must use its new id.
        for id_ in clashes:
            taken = {*ids, *ids.values()}
            while ids[id_] in taken:
                numbers[id_] += 1
                ids[id_] = f"{id_}-{numbers[id_]}"


def _renamed(entry: OfficialEntry, ids: Mapping[str, str]) -> OfficialEntry:
    fact = entry.replaced_by
    if fact is not None:
        fact = attrs.evolve(fact, value=tuple(ids.get(id_, id_) for id_ in fact.value))
    return attrs.evolve(entry, id=ids[entry.id], replaced_by=fact)


def _free(id_: str, taken: Collection[str]) -> str:
    """The id, or the id with the first free number."""
    free, number = id_, 2
    while free in taken:
        free, number = f"{id_}-{number}", number + 1
    return free


def _ordered(values: Iterable[S], subject: Callable[[S], Hashable]) -> tuple[S, ...]:
    """Each value once; those about the same thing together, the newest source first."""
    groups: dict[Hashable, list[S]] = {}
    for value in dict.fromkeys(values):
        groups.setdefault(subject(value), []).append(value)
    return tuple(
        value for group in groups.values() for value in sorted(group, key=_day, reverse=True)
    )


def _day(statement: Any) -> date:
    """The day of the newest source; a source without a date comes last."""
    stated = (
        [fact for _, fact in statement.facts()]
        if isinstance(statement, OfficialEntry)
        else [statement]
    )
    days = [one.source.as_of.first_day for one in stated if one.source.as_of is not None]
    return max(days, default=date.min)
