"""Your own values in a record: which fields you can replace, and how their texts are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any, Final, TypedDict, TypeVar

from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.queries.arguments import Capabilities, Topics, Users
from nhs_api_catalogue.records import (
    AccessRule,
    Capability,
    Implementation,
    Notice,
    Suitability,
    Topic,
    User,
)
from nhs_api_catalogue.records.parts import REPLACEABLE
from nhs_api_catalogue.records.words import members_of
from nhs_api_catalogue.working_days.counts import WorkingDays
from nhs_api_catalogue.working_days.times import read_time

E = TypeVar("E", bound=Enum)


class Values(TypedDict, total=False):
    """The values of a record that `Catalogue.replace` can replace."""

    name: str
    summary: str
    technical: DurationRange | WorkingDays | str
    assurance: DurationRange | WorkingDays | str
    implementations: tuple[Implementation, ...] | list[Implementation]
    access: tuple[AccessRule, ...] | list[AccessRule]
    notices: tuple[Notice, ...] | list[Notice]
    suitability: Suitability
    max_data_age: timedelta | None
    capabilities: Capabilities
    topics: Topics
    users: Users
    aliases: tuple[str, ...] | list[str]


def read_values(given: dict[str, Any]) -> dict[str, Any]:
    """The values by field, with their texts read.

    Raises:
        DurationSyntaxError: A text is neither a range of durations nor working days.
        UnknownValueError: A text is outside its vocabulary.
        TypeError: There is no such field, or no value is given.
    """
    for field in given:
        if field not in REPLACEABLE:
            nearest = nearest_word(field, REPLACEABLE)
            hint = f": did you mean {nearest!r}? It takes" if nearest else ": it takes"
            message = f"replace() cannot replace {field!r}{hint} {', '.join(REPLACEABLE)}"
            raise TypeError(message)
    if not given:
        message = f"replace() needs a new value for at least one of {', '.join(REPLACEABLE)}"
        raise TypeError(message)
    return {field: _READERS.get(field, _as_it_is)(value) for field, value in given.items()}


def _as_it_is(value: Any) -> Any:
    return value


def _read_time(value: Any) -> Any:
    return read_time(value) if isinstance(value, str) else value


def _members(kind: type[E], what: str) -> Callable[[Any], frozenset[E]]:
    return lambda value: frozenset(members_of(kind, value, what))


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "technical": _read_time,
    "assurance": _read_time,
    "capabilities": _members(Capability, "capability"),
    "topics": _members(Topic, "topic"),
    "users": _members(User, "user"),
}
