"""The file format of editions, told from the classes: which keys there are, and how values read.

A file is an object with the keys `format`, `edition`, `apis` and, where records come from other
editions than the file's own, `editions`. Each record and each part of one is an object whose keys
are the fields of its class.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final, get_type_hints

import attrs

from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import CatalogueError
from nhs_api_catalogue.records import Api, Edition

FORMAT: Final = 1

# What a text may be; the JSON Schema says the same patterns. The order of units, and that no unit
# comes twice, is left to `DurationRange.parse`.
_ONE: Final = "[0-9]+ (?:day|week|month|year)s?(?: [0-9]+ (?:day|week|month|year)s?)*"
_ISO: Final = "P(?:[0-9]+[YMWD])+"
SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
RANGE: Final = f"{_ONE}(?: to {_ONE})?|[0-9]+-[0-9]+ (?:day|week|month|year)s?|{_ISO}(?:/{_ISO})?"
AGE: Final = (
    "PT(?=[0-9])(?:([0-9]{1,11})H)?(?:([0-9]{1,13})M)?(?:([0-9]{1,15})(?:[.]([0-9]{1,6}))?S)?"
)
LONGEST_RANGE: Final = 200

DAY_EXPECTED: Final = "a date that exists, as YYYY-MM-DD"
RANGE_EXPECTED: Final = (
    "a range of durations whose shortest is at most the longest on every date, "
    "as '4-6 weeks' or '1 month to 2 months 3 weeks'"
)
AGE_EXPECTED: Final = "a time in hours, minutes and seconds, as PT24H"
LINE_EXPECTED: Final = "text that is not blank"

# The texts of which it is no fault to be blank.
MAY_BE_BLANK: Final = frozenset(
    {(Api, "summary"), (Edition, "source"), (Edition, "sha256"), (Edition, "based_on")}
)
# What a record holds in memory, and what the file says elsewhere.
_OUTSIDE: Final = frozenset({(Api, "edition"), (Api, "overlay")})

_DAY: Final = re.compile(DAY)
_RANGE: Final = re.compile(RANGE)
_AGE: Final = re.compile(AGE)
_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


class UnreadableError(ValueError):
    """A text that the format does not have; it does not leave this room."""


def is_outside(kind: type, field: str) -> bool:
    """Whether an object of the file has no key for that field of its class."""
    return (kind, field) in _OUTSIDE


@cache
def fields_of(kind: type[Any]) -> dict[str, tuple[Any, bool]]:
    """The keys of an object, each with the type of its value and whether it must be there."""
    types = get_type_hints(kind)
    return {
        field.name: (types[field.name], field.default is attrs.NOTHING)
        for field in attrs.fields(kind)
        if field.init and not is_outside(kind, field.name)
    }


def read_day(value: object) -> date:
    """The date of that text."""
    if type(value) is not str or not _DAY.fullmatch(value):
        raise UnreadableError
    return date.fromisoformat(value)


@lru_cache(maxsize=4096)
def _parse_range(text: str) -> DurationRange:
    """The range of that text; few files hold more than some dozens of different ones."""
    if len(text) > LONGEST_RANGE or not _RANGE.fullmatch(text):
        raise UnreadableError
    try:
        return DurationRange.parse(text)
    except CatalogueError:
        raise UnreadableError from None


def read_range(value: object) -> DurationRange:
    """The range of durations of that text."""
    if type(value) is not str:
        raise UnreadableError
    return _parse_range(value)


def read_age(value: object) -> timedelta:
    """The time of that text."""
    match = _AGE.fullmatch(value) if type(value) is str else None
    if match is None:
        raise UnreadableError
    hours, minutes, seconds, fraction = match.groups(default="0")
    micros = int(fraction.ljust(6, "0"))
    try:
        return timedelta(
            hours=int(hours), minutes=int(minutes), seconds=int(seconds), microseconds=micros
        )
    except OverflowError:
        raise UnreadableError from None


def write_age(age: timedelta) -> str:
    """The text of a time, with the units that it needs; hours without any.

    >>> write_age(timedelta(hours=24)), write_age(timedelta(minutes=90, microseconds=50))
    ('PT24H', 'PT1H30M0.00005S')
    """
    hours, rest = divmod(age, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    text = f"{hours}H" if hours or not age else ""
    if minutes:
        text += f"{minutes}M"
    if rest:
        seconds = str(rest.seconds)
        if rest.microseconds:
            seconds += f".{rest.microseconds:06}".rstrip("0")
        text += f"{seconds}S"
    return f"PT{text}"
