"""What comes first: the keys that sort records, and the texts of a record that are searched."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar, get_args

from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.errors import UnknownValueError
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from nhs_api_catalogue.working_days.times import StageTime

F = TypeVar("F")

SortKey: TypeAlias = Literal["name", "technical", "assurance", "total"]
"""The texts by which `Catalogue.sorted_by` can sort."""


class Sortable(Protocol):
    """What can be put in order."""

    def __lt__(self, other: Any, /) -> bool: ...


def read_function(key: F) -> F:
    """The function itself.

    Raises:
        TypeError: It is not a function.
    """
    if not callable(key):
        message = f"expected a function of a record, such as lambda api: api.technical, got {key!r}"
        raise TypeError(message)
    return key


def read_sort_key(key: SortKey | Callable[[Api], Sortable]) -> Callable[[Api], Sortable]:
    """The function itself, or the one that the text means.

    Raises:
        UnknownValueError: The text is not such a key; it names the nearest.
        TypeError: It is neither a function nor a text.
    """
    if not isinstance(key, str):
        return read_function(key)
    keys = get_args(SortKey)
    if key not in keys:
        raise UnknownValueError(key, "sort key", keys, nearest_word(key, keys))
    if key == "name":
        return lambda api: api.name.casefold()
    # It is loaded only to sort by time.
    from nhs_api_catalogue.working_days.times import mean_lengths  # noqa: PLC0415

    if key == "total":
        return lambda api: mean_lengths(api.technical, api.assurance)[::-1]
    time_of: Callable[[Api], StageTime] = attrgetter(key)
    return lambda api: mean_lengths(time_of(api))[::-1]


# ---- search --------------------------------------------------------------------------------


def searched(api: Api) -> tuple[str, str, str, str]:
    """The texts of a record, the best first; sets are sorted, so ties never change."""
    members = chain(api.topics, api.capabilities, api.users, api.standards)
    topics = sorted(str(member.value) for member in members)
    suppliers = [item.supplier for item in api.implementations if item.supplier is not None]
    return (api.name, " ".join(api.aliases), " ".join([*topics, *suppliers]), api.summary)
