"""Finding records by name: an index of names, ids and aliases."""

from __future__ import annotations

from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeAlias, final

from nhs_api_catalogue._names import (
    beginnings,
    fold,
    loose_forms,
    loosen,
    nearest_names,
    nearest_word,
    read_text,
    split_standard,
)
from nhs_api_catalogue.records.words import AccessRoute, Capability, Standard, Topic, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nhs_api_catalogue.official.overlay import Overlay
    from nhs_api_catalogue.records import Api

NEAREST: Final = 3
# How similar a name must be to a filter word: "ambient" and "patient" are 0.71 alike.
LIKE_A_WORD: Final = 0.75

Filters: TypeAlias = tuple[tuple[str, str], ...]
"""Keywords of `Catalogue.filter`, each with a value."""


def names_of(api: Api) -> tuple[str, ...]:
    """The record's own names: its source's spelling, its id, then its aliases."""
    return (api.name, api.id, *api.aliases)


def official_names_of(api: Api, *, ids: bool = True) -> tuple[str, ...]:
    """The names and aliases of the official products that the record stands for, and their ids."""
    if api.overlay is None:
        return ()
    from nhs_api_catalogue.official import bundled_overlay  # noqa: PLC0415  most names are others
    from nhs_api_catalogue.official.bundled import bundled_products  # noqa: PLC0415  as above

    if api.overlay is bundled_overlay:
        products = bundled_products(api.id)
    else:
        # For all records at once: a look-up by an official name searches them all.
        entries = api.overlay(None, "entries").entries_of(api.id)
        products = tuple((entry.id, entry.names) for entry in entries)
    return tuple(name for id_, names in products for name in (*names, *([id_] if ids else ())))


@final
class Lookup:
    """Which records have a name, ignoring case, width, spaces, dashes and punctuation.

    The answers are positions of records. An exact id means only its record. Otherwise three indexes
    are tried in turn, and the first that has the name decides: the source's names, the aliases, and
    the official names. Then the same three are tried again without what people add to names, such
    as "- FHIR API" or a plural. Each index is made when the earlier ones have missed a name. A name
    that ends with "HL7 V3", "LDAP" or "SOAP" does not match a record with another standard.
    """

    def __init__(self, apis: Sequence[Api], ids: Mapping[str, int]) -> None:
        self._apis = apis
        self._ids = ids

    def places(self, name: str) -> tuple[int, ...]:
        """The records that have the name, in order."""
        if name in self._ids:
            return (self._ids[name],)
        folded = fold(name)
        # Punctuation alone is not a name.
        if not folded:
            return ()
        for index in self._indexes():
            if folded in index:
                return index[folded]
        loose = loosen(name)
        for index in self._loose_indexes:
            if loose in index:
                return index[loose]
        base, standard = split_standard(name)
        if not standard:
            return ()
        found: Iterable[int] = next(
            (index[base] for index in self._loose_indexes if base in index), ()
        )
        return tuple(place for place in found if _is_built(self._apis[place], standard))

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
            _indexed(((api.name, api.id) for api in self._apis), loose_forms),
            _indexed((api.aliases for api in self._apis), loose_forms),
            _indexed((official_names_of(api) for api in self._apis), loose_forms),
        )

    def matching(self, text: str) -> tuple[int, ...]:
        """The records with a name that is the text, or begins with it as whole words."""
        folded = fold(read_text(text, "the beginning of a name"))
        own = self._beginning(folded, (self._named, self._called), names_of)
        return own or self._beginning(folded, (self._official,), official_names_of)

    def _beginning(
        self,
        folded: str,
        indexes: tuple[dict[str, tuple[int, ...]], ...],
        names_of: Callable[[Api], Iterable[str]],
    ) -> tuple[int, ...]:
        """The records with a name that begins with these whole words; the indexes exclude most."""
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
        """Up to three names that the given one may be a slip of, each for different records.

        The beginning of a name is not a slip: it suggests the names that begin with it. A name that
        resembles a filter word more than any name suggests only that word.
        """
        if begun := self.matching(name):
            return tuple(self._apis[place].name for place in begun[:NEAREST]), ()
        known = self._known
        word = nearest_word(name, _filters(), at_least=LIKE_A_WORD)
        also = () if word is None or fold(word) in known else (word,)
        suggested: set[tuple[int, ...]] = set()
        found: list[str] = []
        for text in nearest_names(name, (*known.values(), *also), count=len(known)):
            if text in also:
                if not found:
                    return (), filters_that_take(text)
                continue
            places = self.places(text)
            if places not in suggested:
                suggested.add(places)
                found.append(text)
        return tuple(found[:NEAREST]), ()

    @cached_property
    def _known(self) -> dict[str, str]:
        """The names that may be suggested, by their folded form; the records' own come first."""
        known: dict[str, str] = {}
        for api in self._apis:
            # An id is suggested only if no other name is written like it.
            for text in (*(text for text in names_of(api) if text != api.id), api.id):
                known.setdefault(fold(text), text)
        for api in self._apis:
            # The ids of official products are ours, so nobody knows them.
            for text in official_names_of(api, ids=False):
                known.setdefault(fold(text), text)
        return known


def services_called(name: str, overlays: Iterable[Overlay]) -> tuple[str, ...]:
    """The official names of the services that have this full or short name."""
    loose = loosen(name)
    services = (service for overlay in overlays for service in overlay.services)
    found = (one.name for one in services if loose and loose in _forms(one.name, one.id))
    return tuple(dict.fromkeys(found))


def _forms(name: str, id_: str) -> set[str]:
    """The names of a service: its name, the short name in its brackets, and its id."""
    before, _, rest = name.partition(" (")
    short, _, after = rest.partition(")")
    return set(map(loosen, (name, f"{before}{after}", short, f"{short}{after}", id_)))


def filters_that_take(word: str) -> Filters:
    """The keywords of `Catalogue.filter` that accept the word, each with its known spelling."""
    loose = loosen(word)
    return tuple(
        (keyword, text)
        for text, keywords in _filters().items()
        for keyword in keywords
        if loosen(text) == loose
    )


@cache
def _filters() -> dict[str, list[str]]:
    """The words that people may mistake for the name of an API, each with its keywords."""
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


def _is_built(api: Api, standard: str) -> bool:
    """Whether an implementation has that standard, as it appears in names."""
    return any(fold(one.standard.value) == standard for one in api.implementations)


def _exact(name: str) -> tuple[str]:
    return (fold(name),)


def _indexed(
    names: Iterable[Iterable[str]], forms: Callable[[str], tuple[str, ...]] = _exact
) -> dict[str, tuple[int, ...]]:
    """The positions of the records that have each name, in the forms that are compared."""
    index: dict[str, tuple[int, ...]] = {}
    for place, texts in enumerate(names):
        for folded in dict.fromkeys(form for text in texts for form in forms(text)):
            index[folded] = (*index.get(folded, ()), place)
    return index
