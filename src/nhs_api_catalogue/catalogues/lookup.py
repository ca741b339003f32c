"""Finding records by what they are called: an index of names, ids and aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from nhs_api_catalogue._names import beginnings, fold, nearest_names, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhs_api_catalogue.records import Api

NEAREST = 3


def names_of(api: Api) -> tuple[tuple[str, ...], ...]:
    """The texts by which a record is found, in tiers: its own name and id, then its aliases.

    A name found in one tier is not looked for in the next: what a record is called by its source
    beats what people call another.
    """
    return ((api.name, api.id), api.aliases)


@final
class Lookup:
    """Which records bear a name, where case, spaces, dashes and punctuation do not count.

    Records are given by their places. An id to the letter means its record alone.
    """

    def __init__(self, apis: Sequence[Api]) -> None:
        self._apis = apis
        self._ids = {api.id: place for place, api in enumerate(apis)}
        self._tiers: tuple[dict[str, tuple[int, ...]], ...] = ({}, {})
        for place, api in enumerate(apis):
            for tier, names in zip(self._tiers, names_of(api), strict=True):
                for folded in dict.fromkeys(map(fold, names)):
                    tier[folded] = (*tier.get(folded, ()), place)

    def places(self, name: str) -> tuple[int, ...]:
        """The records that bear the name, in order."""
        if name in self._ids:
            return (self._ids[name],)
        folded = fold(name)
        # Punctuation alone is no name.
        return next((tier[folded] for tier in self._tiers if folded in tier), ()) if folded else ()

    def matching(self, text: str) -> tuple[int, ...]:
        """The records with a name that is the text, or begins with it and then has another word."""
        folded = fold(read_text(text, "the beginning of a name"))
        likely = {
            place
            for tier in self._tiers
            for known, places in tier.items()
            if known.startswith(folded)
            for place in places
        }
        return tuple(
            place
            for place in sorted(likely)
            if any(folded in beginnings(name) for name in _all(self._apis[place]))
        )

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three names that the given one may be a slip of, each of other records."""
        known: dict[str, str] = {}
        for api in self._apis:
            # An id is offered only where nobody writes it otherwise.
            for text in (*(text for text in _all(api) if text != api.id), api.id):
                known.setdefault(fold(text), text)
        bearers: set[tuple[int, ...]] = set()
        found: list[str] = []
        for text in nearest_names(name, known.values(), count=len(known)):
            places = self.places(text)
            if places not in bearers:
                bearers.add(places)
                found.append(text)
        return tuple(found[:NEAREST])


def _all(api: Api) -> Iterator[str]:
    for tier in names_of(api):
        yield from tier
