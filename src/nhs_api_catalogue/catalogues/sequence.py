"""Records in order, found by place and by name."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar, overload

import attrs

from nhs_api_catalogue._names import unpacking
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.catalogues.lookup import Lookup
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    DuplicateApiError,
    UnknownApiError,
    shown,
)
from nhs_api_catalogue.records import Api, Edition

if TYPE_CHECKING:
    from nhs_api_catalogue.catalogues.searching import SearchTexts

T = TypeVar("T")


def read_records(apis: Iterable[Api]) -> tuple[Api, ...]:
    """The records that are given.

    Raises:
        TypeError: Something else is, or one record that lies in no list.
    """
    given: object = apis
    if isinstance(given, str) or not isinstance(given, Iterable):
        message = f"expected records (Api) in a list or a catalogue, got {given!r}"
        raise TypeError(message)
    records = tuple(apis)
    if others := set(map(type, records)) - {Api}:
        odd = next(record for record in records if type(record) in others)
        message = f"expected records (Api), got {shown(odd)}{unpacking(odd)}"
        raise TypeError(message)
    return records


@attrs.frozen(eq=False, repr=False, slots=False)
class Sequenced(Value, Sequence[Api]):
    """An immutable sequence of records, indexed by names and words: what `Catalogue` rests on.

    Attributes:
        apis: The records.
        edition: Where the records come from; not part of equality.

    Raises:
        DuplicateApiError: Two records share an id.
        TypeError: One is no record, or the edition none.
    """

    apis: tuple[Api, ...] = attrs.field(converter=read_records)
    edition: Edition = attrs.field(default=Edition("own records", "source not stated"), eq=False)

    def __attrs_post_init__(self) -> None:
        edition: object = self.edition
        if not isinstance(edition, Edition):
            message = f"expected an Edition, got {edition!r}"
            raise TypeError(message)
        if len({api.id for api in self.apis}) < len(self.apis):
            ids = [api.id for api in self.apis]
            raise DuplicateApiError(
                next(one for place, one in enumerate(ids) if one in ids[:place])
            )

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.apis)

    @cached_property
    def _texts(self) -> SearchTexts:
        # Few search for words.
        from nhs_api_catalogue.catalogues.searching import SearchTexts  # noqa: PLC0415

        return SearchTexts(self.apis)

    @cached_property
    def _by_id(self) -> dict[str, Api]:
        return {api.id: api for api in self.apis}

    def _part(self, apis: Iterable[Api]) -> Self:
        """Some of the records, each once, in any order: there is nothing of them to check again."""
        part = object.__new__(type(self))
        object.__setattr__(part, "apis", tuple(apis))
        object.__setattr__(part, "edition", self.edition)
        return part

    # -- as a sequence --

    def __len__(self) -> int:
        return len(self.apis)

    def __iter__(self) -> Iterator[Api]:
        return iter(self.apis)

    @overload
    def __getitem__(self, key: str | int) -> Api: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: str | int | slice) -> Api | Self:
        """The record of that name, id or alias, the one in that place, or those in the slice.

        Raises:
            UnknownApiError: No record bears the name.
            AmbiguousApiError: Several records bear the name.
            IndexError: There is no such place.
            TypeError: The key is neither a name, a place nor a slice.
        """
        if isinstance(key, str):
            return self._named(key)
        if isinstance(key, slice):
            return self._part(self.apis[key])
        if not hasattr(key, "__index__"):
            message = f"expected a name, a place or a slice, got {key!r}"
            raise TypeError(message)
        try:
            return self.apis[key]
        except IndexError:
            message = f"there is no place {key!r} among {len(self)} records"
            raise IndexError(message) from None

    def __contains__(self, key: object) -> bool:
        """Whether a record bears the name, or whether the record itself is here.

        Raises:
            AmbiguousApiError: Several records bear the name.
        """
        if isinstance(key, str):
            return self._find(key) is not None
        return isinstance(key, Api) and self._by_id.get(key.id) == key

    def index(self, value: Api | str, start: int = 0, stop: int = sys.maxsize) -> int:
        """The place of the record, which may be named.

        Args:
            value: The record, or one of its names.
            start: The first place to look at.
            stop: The place before which to stop.

        Raises:
            UnknownApiError: No record bears the name.
            AmbiguousApiError: Several records bear the name.
            ValueError: The record is not here, or not between the two places.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.index("eRS")
        3
        """
        api = self._named(value) if isinstance(value, str) else value
        try:
            return self.apis.index(api, start, stop)
        except ValueError:
            message = f"{value!r} is not in this part of the catalogue"
            raise ValueError(message) from None

    def count(self, value: object) -> int:
        """1 if the record, which may be named, is here, else 0.

        Raises:
            AmbiguousApiError: Several records bear the name.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.count("eRS"), catalogue.count("Facebook")
        (1, 0)
        """
        return int(value in self)

    # -- by name --

    def _find(self, name: str) -> Api | None:
        """The record that bears the name, None if there is none."""
        given: object = name
        if not isinstance(given, str):
            message = f"expected the name of an API, got {shown(given)}{unpacking(given)}"
            raise TypeError(message)
        found = [self.apis[place] for place in self._lookup.places(name)]
        if len(found) > 1:
            names = dict.fromkeys(api.name for api in found)
            clear = len(names) == len(found)
            raise AmbiguousApiError(name, tuple(api.name if clear else api.id for api in found))
        return next(iter(found), None)

    def _named(self, name: str) -> Api:
        api = self._find(name)
        if api is None:
            raise UnknownApiError(name, self._lookup.nearest(name))
        return api

    @overload
    def get(self, name: str) -> Api | None: ...
    @overload
    def get(self, name: str, default: T) -> Api | T: ...
    def get(self, name: str, default: T | None = None) -> Api | T | None:
        """The record of that name, id or alias, else the default.

        Args:
            name: The name.
            default: What is given where no record bears it.

        Raises:
            AmbiguousApiError: Several records bear the name.
            TypeError: The name is no text.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.get("eRS"), catalogue.get("Facebook", "not ours")
        (<Api e-rs: 'e-Referral Service (eRS)'>, 'not ours')
        """
        api = self._find(name)
        return default if api is None else api

    def select(self, *names: str) -> Self:
        """The records of these names, in the order given.

        Raises:
            UnknownApiError: No record bears one of the names.
            AmbiguousApiError: Several records bear one of the names.
            DuplicateApiError: Two of the names mean one record.
            TypeError: A name is no text.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.select("MESH", "eRS")]
        ['mesh', 'e-rs']
        """
        return type(self)((self._named(name) for name in names), self.edition)

    def matching(self, text: str) -> Self:
        """The records with a name, id or alias that is the text, or begins with it at a word.

        Raises:
            TypeError: It is no text.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.matching("IM1")]
        ['im1-bulk', 'im1-patient', 'im1-transaction']
        >>> len(catalogue.matching("IM"))
        0
        """
        return self._part(self.apis[place] for place in self._lookup.matching(text))

    def _ipython_key_completions_(self) -> list[str]:
        """What IPython offers after `catalogue["`: names, ids, and aliases that mean one record."""
        names = [name for api in self.apis for name in (api.name, api.id, *api.aliases)]
        return [name for name in dict.fromkeys(names) if len(self._lookup.places(name)) == 1]
