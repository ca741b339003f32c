"""A catalogue with records or values of your own: a new catalogue each time, the old one stays."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import attrs

from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.catalogues.overlaid import OverlaidSequence
from nhs_api_catalogue.durations import DurationRange, read_date
from nhs_api_catalogue.records import Api, Capability, OwnValue, Topic, User
from nhs_api_catalogue.records.parts import REPLACEABLE
from nhs_api_catalogue.records.words import members_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, timedelta
    from typing import TypedDict, Unpack

    from nhs_api_catalogue.queries.given import Capabilities, Topics, Users
    from nhs_api_catalogue.records import (
        AccessRule,
        Implementation,
        Notice,
        Suitability,
    )

    class Values(TypedDict, total=False):
        """The values of a record that can be replaced."""

        name: str
        summary: str
        technical: DurationRange | str
        assurance: DurationRange | str
        implementations: tuple[Implementation, ...] | list[Implementation]
        access: tuple[AccessRule, ...] | list[AccessRule]
        notices: tuple[Notice, ...] | list[Notice]
        suitability: Suitability
        max_data_age: timedelta | None
        capabilities: Capabilities
        topics: Topics
        users: Users
        aliases: tuple[str, ...] | list[str]


E = TypeVar("E", bound=Enum)


class ChangeableSequence(OverlaidSequence):
    """Records in order, of which others can be made with records or values of your own."""

    __slots__ = ()

    def with_apis(self, *apis: Api) -> Self:
        """The same records, then these.

        Records of other catalogues keep their source, and what official sources say of them. The
        edition says what it is based on.

        Raises:
            DuplicateApiError: Two records share an id.
            TypeError: One is no record.

        >>> from nhs_api_catalogue import Api, DurationRange, catalogue
        >>> weeks = DurationRange.parse("4-6 weeks")
        >>> mine = Api(id="ward-board", name="Ward board", technical=weeks, assurance=weeks)
        >>> ours = catalogue.with_apis(mine)
        >>> len(ours), ours[-1].source_of("technical"), ours.edition.based_on
        (24, 'source not stated', 'NHS API Guide 2025 (6B, 2025-09-09)')
        """
        return self._changed((*self.apis, *apis)) if apis else self

    def without(self, *names: str) -> Self:
        """The same records but those of these names.

        Raises:
            UnknownApiError: No record bears one of the names.
            AmbiguousApiError: Several records bear one of the names.
            TypeError: A name is no text.

        >>> from nhs_api_catalogue import catalogue
        >>> len(catalogue.without("eRS", "MESH"))
        21
        """
        out = {self._named(name).id for name in names}
        return self._changed(api for api in self.apis if api.id not in out) if out else self

    def replace(
        self,
        api: str,
        /,
        *,
        source: str,
        as_of: date | str | None = None,
        **values: Unpack[Values],
    ) -> Self:
        """The same records with other values in one of them, and on whose word these are.

        Every display of the record, and every plan with it, shows that source for these values
        from then on; the others keep theirs, and `printed` stays as it was printed. A value that
        is replaced again has its latest source.

        Args:
            api: The record, by any of its names.
            source: Where the values come from, in a few words.
            as_of: The date of that source, a date or its text as YYYY-MM-DD.
            values: The fields to replace. Times may be texts ("2-4 months"); capabilities, topics
                and users may be texts too, one or several.

        Raises:
            UnknownApiError: No record bears the name.
            AmbiguousApiError: Several records bear the name.
            InvalidRecordError: A value breaks a rule, or the source is blank.
            DurationSyntaxError: A text is not a range of durations.
            UnknownValueError: A text is outside its vocabulary.
            InvalidDateError: The text is not a date.
            TypeError: There is no such field, or no value at all.

        >>> from nhs_api_catalogue import catalogue
        >>> ours = catalogue.replace(
        ...     "eRS", technical="2-4 months", source="our 2026 project", as_of="2026-05-01"
        ... )
        >>> print(ours["eRS"].technical, "by", ours["eRS"].source_of("technical"))
        2-4 months by our 2026 project (2026-05-01)
        """
        old = self._named(api)
        given: dict[str, Any] = dict(values)
        _check_fields(given)
        day = None if as_of is None else read_date(as_of, "date of the source")
        own = {
            **{one.field: one for one in old.own},
            **{field: OwnValue(field, source, day) for field in given},
        }
        read = {field: _READERS.get(field, _as_it_is)(value) for field, value in given.items()}
        new = attrs.evolve(
            old, own=tuple(own[field] for field in REPLACEABLE if field in own), **read
        )
        return self._changed(new if one is old else one for one in self.apis)

    def _changed(self, apis: Iterable[Api]) -> Self:
        """Other records, in an edition that says which one it is based on."""
        based_on = self.edition.based_on or str(self.edition)
        return type(self)(apis, attrs.evolve(self.edition, based_on=based_on))

    def _sources(self) -> tuple[str, ...]:
        """Where the records come from, then each value that a user replaced with its source."""
        own = (f"{api.name}, {own.field}: {own}" for api in self.apis for own in api.own)
        return (f"Source: {self.edition}", *own)


def _check_fields(values: dict[str, Any]) -> None:
    for field in values:
        if field not in REPLACEABLE:
            nearest = nearest_word(field, REPLACEABLE)
            hint = f": did you mean {nearest!r}?" if nearest else ":"
            message = f"replace() cannot replace {field!r}{hint} it takes {', '.join(REPLACEABLE)}"
            raise TypeError(message)
    if not values:
        message = f"replace() needs a value to put in: one of {', '.join(REPLACEABLE)}"
        raise TypeError(message)


def _as_it_is(value: Any) -> Any:
    return value


def _read_time(value: Any) -> Any:
    return DurationRange.parse(value) if isinstance(value, str) else value


def _members(kind: type[E], what: str) -> Callable[[Any], frozenset[E]]:
    return lambda value: frozenset(members_of(kind, value, what))


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "technical": _read_time,
    "assurance": _read_time,
    "capabilities": _members(Capability, "capability"),
    "topics": _members(Topic, "topic"),
    "users": _members(User, "user"),
}
