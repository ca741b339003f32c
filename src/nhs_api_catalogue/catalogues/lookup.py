"""Finding records by what they are called: an index of names, ids and aliases."""

from __future__ import annotations

from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeAlias, final

from nhs_api_catalogue._names import (
    beginnings,
    fold,
    loosen,
    nearest_names,
    nearest_word,
    read_text,
)
from nhs_api_catalogue.records.words import AccessRoute, Capability, Standard, Topic, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nhs_api_catalogue.official.overlay import Overlay
    from nhs_api_catalogue.records import Api

NEAREST: Final = 3
# How like a word to filter by a name must be: "ambient" is 0.71 like "patient".
LIKE_A_WORD: Final = 0.75

Filters: TypeAlias = tuple[tuple[str, str], ...]
"""Keywords of `Catalogue.filter`, each with a value."""


def names_of(api: Api) -> tuple[str, ...]:
    """The record's own names: as its source spells it, its id, then what people call it."""
    return (api.name, api.id, *api.aliases)


def official_names_of(api: Api, *, ids: bool = True) -> tuple[str, ...]:
    """The names and aliases of the official products that the record stands for, and their ids."""
    if api.overlay is None:
        return ()
    # Of all records at once: whoever looks one up by an official name looks through them all.
    entries = api.overlay(None, "entries").entries_of(api.id)
    return tuple(name for entry in entries for name in (*entry.names, *([entry.id] if ids else ())))


@final
class Lookup:
    """Which records have a name, where case, width, spaces, dashes and punctuation do not count.

    Records are given by their places. An id to the letter means its record alone. Otherwise a name
    found in one index is not looked for in the next: what a record is called by its source beats
    what people call another, and that beats official names. Then the same three are asked with
    what people add to names left out, "- FHIR API" or a plural. Each index is made when the ones
    before it have missed a name.
    """

    def __init__(self, apis: Sequence[Api]) -> None:
        self._apis = apis
        self._ids = {api.id: place for place, api in enumerate(apis)}

    def places(self, name: str) -> tuple[int, ...]:
        """The records that have the name, in order."""
        if name in self._ids:
            return (self._ids[name],)
        folded = fold(name)
        # Punctuation alone is no name.
        if not folded:
            return ()
        for index in self._indexes():
            if folded in index:
                return index[folded]
        loose = loosen(name)
        for index in self._loose_indexes:
            if loose in index:
                return index[loose]
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

    @cached_property
    def _loose_indexes(self) -> tuple[dict[str, tuple[int, ...]], ...]:
        return (
            _indexed(((api.name, api.id) for api in self._apis), loosen),
            _indexed((api.aliases for api in self._apis), loosen),
            _indexed((official_names_of(api) for api in self._apis), loosen),
        )

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

    def nearest(self, name: str) -> tuple[tuple[str, ...], Filters]:
        """Up to three names that the given one may be a slip of, each of other records.

        The beginning of a name at a word is no slip: those are the names that begin so. If it is
        more like a word to filter by than like a name, there are no names but that word.
        """
        if begun := self.matching(name):
            return tuple(self._apis[place].name for place in begun[:NEAREST]), ()
        known = self._known
        word = nearest_word(name, _filters(), at_least=LIKE_A_WORD)
        also = () if word is None or fold(word) in known else (word,)
        bearers: set[tuple[int, ...]] = set()
        found: list[str] = []
        for text in nearest_names(name, (*known.values(), *also), count=len(known)):
            if text in also:
                if not found:
                    return (), filters_that_take(text)
                continue
            places = self.places(text)
            if places not in bearers:
                bearers.add(places)
                found.append(text)
        return tuple(found[:NEAREST]), ()

    @cached_property
    def _known(self) -> dict[str, str]:
        """The names that may be suggested, by what counts in them; the records' own come first."""
        known: dict[str, str] = {}
        for api in self._apis:
            # An id is offered only where nobody writes it otherwise.
            for text in (*(text for text in names_of(api) if text != api.id), api.id):
                known.setdefault(fold(text), text)
        for api in self._apis:
            # The ids of official products are ours, and nobody knows them.
            for text in official_names_of(api, ids=False):
                known.setdefault(fold(text), text)
        return known


def services_called(name: str, overlays: Iterable[Overlay]) -> tuple[str, ...]:
    """The names of the services that are so called, by official sources or for short."""
    loose = loosen(name)
    services = (service for overlay in overlays for service in overlay.services)
    found = (one.name for one in services if loose and loose in _forms(one.name, one.id))
    return tuple(dict.fromkeys(found))


def _forms(name: str, id_: str) -> set[str]:
    """What a service is called: its name, the short one that it has in brackets, and its id."""
    before, _, rest = name.partition(" (")
    short, _, after = rest.partition(")")
    return set(map(loosen, (name, f"{before}{after}", short, f"{short}{after}", id_)))


def filters_that_take(word: str) -> Filters:
    """The keywords of `Catalogue.filter` of which the word is a value, each with that value."""
    loose = loosen(word)
    return tuple(
        (keyword, text)
        for text, keywords in _filters().items()
        for keyword in keywords
        if loosen(text) == loose
    )


@cache
def _filters() -> dict[str, list[str]]:
    """The words that people may take for the name of an API, each with its keywords."""
    found: dict[str, list[str]] = {}
    for keyword, kind in _WORDS.items():
        for member in kind:
            found.setdefault(str(member.value), []).append(keyword)
    return found


_WORDS: Final[dict[str, type[Enum]]] = {
    "topic": Topic,
    "capability": Capability,
    "standard": Standard,
    "user": User,
    "route": AccessRoute,
}


def _indexed(
    names: Iterable[Iterable[str]], form: Callable[[str], str] = fold
) -> dict[str, tuple[int, ...]]:
    """The places of the records that have each name, in the form in which it is compared."""
    index: dict[str, tuple[int, ...]] = {}
    for place, texts in enumerate(names):
        for folded in dict.fromkeys(map(form, texts)):
            index[folded] = (*index.get(folded, ()), place)
    return index
