"""Finding records by what they are called: an index of names, ids and aliases."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, final

from nhs_api_catalogue._names import beginnings, fold, nearest_names, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nhs_api_catalogue.records import Api

NEAREST = 3


def names_of(api: Api) -> tuple[str, ...]:
    """The record's own names: as its source spells it, its id, then what people call it."""
    return (api.name, api.id, *api.aliases)


def official_names_of(api: Api) -> tuple[str, ...]:
    """The names, aliases and ids of the official products that the record stands for."""
    if api.overlay is None:
        return ()
    # Of all records at once: whoever looks one up by an official name looks through them all.
    entries = api.overlay(None, "entries").entries_of(api.id)
    return tuple(name for entry in entries for name in (*entry.names, entry.id))


@final
class Lookup:
    """Which records bear a name, where case, spaces, dashes and punctuation do not count.

    Records are given by their places. An id to the letter means its record alone. Otherwise a name
    found in one index is not looked for in the next: what a record is called by its source beats
    what people call another, and that beats official names. Each is made when the ones before it
    have missed a name.
    """

    def __init__(self, apis: Sequence[Api]) -> None:
        self._apis = apis
        self._ids = {api.id: place for place, api in enumerate(apis)}

    def places(self, name: str) -> tuple[int, ...]:
        """The records that bear the name, in order."""
        if name in self._ids:
            return (self._ids[name],)
        folded = fold(name)
        # Punctuation alone is no name.
        if not folded:
            return ()
        for index in self._indexes():
            if folded in index:
                return index[folded]
        return ()

    def _indexes(self) -> Iterator[dict[str, tuple[int, ...]]]:
        yield self._named
        yield self._called
        yield self._official

    @cached_property
    def _named(self) -> dict[str, tuple[int, ...]]:
        return _indexed((api.name, api.id) for api in self._apis)

    @cached_property
    def _called(self) -> dict[str, tuple[int, ...]]:
        return _indexed(api.aliases for api in self._apis)

    @cached_property
    def _official(self) -> dict[str, tuple[int, ...]]:
        return _indexed(official_names_of(api) for api in self._apis)

    def matching(self, text: str) -> tuple[int, ...]:
        """The records with a name that is the text, or begins with it and then has another word."""
        folded = fold(read_text(text, "the beginning of a name"))
        own = self._beginning(folded, (self._named, self._called), names_of)
        return own or self._beginning(folded, (self._official,), official_names_of)

    def _beginning(
        self,
        folded: str,
        indexes: tuple[dict[str, tuple[int, ...]], ...],
        names_of: Callable[[Api], Iterable[str]],
    ) -> tuple[int, ...]:
        """The records one of whose names begins so at a word; the indexes rule most out."""
        likely = {
            place
            for index in indexes
            for known, places in index.items()
            if known.startswith(folded)
            for place in places
        }
        return tuple(
            place
            for place in sorted(likely)
            if any(folded in beginnings(name) for name in names_of(self._apis[place]))
        )

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three names that the given one may be a slip of, each of other records."""
        known: dict[str, str] = {}
        for api in self._apis:
            # An id is offered only where nobody writes it otherwise.
            for text in (*(text for text in names_of(api) if text != api.id), api.id):
                known.setdefault(fold(text), text)
        for api in self._apis:
            for text in official_names_of(api):
                known.setdefault(fold(text), text)
        bearers: set[tuple[int, ...]] = set()
        found: list[str] = []
        for text in nearest_names(name, known.values(), count=len(known)):
            places = self.places(text)
            if places not in bearers:
                bearers.add(places)
                found.append(text)
        return tuple(found[:NEAREST])


def _indexed(names: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    """The places of the records that bear each folded name."""
    index: dict[str, tuple[int, ...]] = {}
    for place, texts in enumerate(names):
        for folded in dict.fromkeys(map(fold, texts)):
            index[folded] = (*index.get(folded, ()), place)
    return index
