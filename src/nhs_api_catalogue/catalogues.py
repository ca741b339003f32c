"""A catalogue: an immutable, ordered collection of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, final, overload

import attrs

from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    DuplicateApiError,
    UnknownApiError,
)
from nhs_api_catalogue.queries import fold, index_names, names_of, nearest_names
from nhs_api_catalogue.records import Api, Edition

_MISSING: Final = object()


def _records(apis: Iterable[Api]) -> tuple[Api, ...]:
    return tuple(apis)


@final
@attrs.frozen(repr=False)
class Catalogue(Sequence[Api]):
    """The records of one edition, or some of them, in order.

    Two catalogues are equal when they hold equal records in the same order.

    Attributes:
        apis: The records.
        edition: Where the records come from; not part of equality.

    Raises:
        DuplicateApiError: Two records share an id.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue
    <Catalogue of 23 APIs, NHS API Guide 2025 (6B, 2025-09-09)>
    >>> catalogue["e-rs"] is catalogue["E-Referral Service (ERS)"]
    True
    """

    apis: tuple[Api, ...] = attrs.field(converter=_records)
    edition: Edition = attrs.field(default=Edition("own records", "source not stated"), eq=False)

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for api in self.apis:
            if api.id in seen:
                raise DuplicateApiError(api.id)
            seen.add(api.id)

    @cached_property
    def _index(self) -> dict[str, tuple[int, ...]]:
        return index_names(self.apis)

    def _find(self, name: str) -> Api | None:
        """The record that bears the name, None if there is none."""
        places = self._index.get(fold(name), ())
        if len(places) > 1:
            raise AmbiguousApiError(name, tuple(self.apis[place].name for place in places))
        return self.apis[places[0]] if places else None

    def __len__(self) -> int:
        return len(self.apis)

    def __iter__(self) -> Iterator[Api]:
        return iter(self.apis)

    @overload
    def __getitem__(self, key: str | int) -> Api: ...
    @overload
    def __getitem__(self, key: slice) -> Catalogue: ...
    def __getitem__(self, key: str | int | slice) -> Api | Catalogue:
        """The record of that name, id or alias, the one in that place, or those in the slice.

        Case, spaces, dashes and punctuation of a name do not count.

        Raises:
            UnknownApiError: No record bears the name.
            AmbiguousApiError: Several records bear the name.
            IndexError: There is no such place.
        """
        if isinstance(key, slice):
            return Catalogue(self.apis[key], self.edition)
        if not isinstance(key, str):
            return self.apis[key]
        api = self._find(key)
        if api is None:
            known = {fold(name): name for api in self.apis for name in reversed(names_of(api))}
            raise UnknownApiError(key, nearest_names(key, known))
        return api

    def __contains__(self, key: object) -> bool:
        """Whether a record bears the name, or whether the record itself is here.

        Raises:
            AmbiguousApiError: Several records bear the name.
        """
        return self._find(key) is not None if isinstance(key, str) else key in self.apis

    def select(self, *names: str) -> Catalogue:
        """The records of these names, in the order given.

        Raises:
            UnknownApiError: No record bears one of the names.
            AmbiguousApiError: Several records bear one of the names.
            DuplicateApiError: Two of the names mean one record.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.select("MESH", "eRS")]
        ['mesh', 'e-rs']
        """
        return Catalogue((self[name] for name in names), self.edition)

    def __str__(self) -> str:
        """A line a record, at most 80 columns wide, then the source."""
        heading = ("API", "technical", "assurance", "access")
        rows = ((api.name, str(api.technical), str(api.assurance), api.access_text) for api in self)
        lines = [
            f"{name:<42}{technical:<12}{assurance:<12}{access}"
            for name, technical, assurance, access in (heading, *rows)
        ]
        return "\n".join([*lines, "", f"{len(self)} APIs. Source: {self.edition}"])

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self)} {'API' if len(self) == 1 else 'APIs'}, {self.edition}>"
