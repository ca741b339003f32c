"""The file format of editions, derived from the classes: its keys, and how values are read.

A file is an object with the keys `format`, `edition`, `apis` and, if records come from editions
other than the file's own, `editions`. Each record and each part of one is an object whose keys are
the fields of its class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final

import attrs

from nhs_api_catalogue._checks import ID, is_id
from nhs_api_catalogue._documents.files import RefusedError
from nhs_api_catalogue._documents.reading import (
    Format,
    ListOf,
    any_of,
    as_it_is,
    each_value,
    fields_of,
    format_number,
    known,
    leaf,
    maybe,
    one_of,
    text_that,
)
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Api,
    Edition,
)
from nhs_api_catalogue.records.own_values import OwnValue
from nhs_api_catalogue.records.parts import REPLACEABLE
from nhs_api_catalogue.working_days.counts import WorkingDays

# The first format has no working days. A file is written in the second only if it has some, so
# that older releases can read all others.
FIRST_FORMAT: Final = 1
FORMAT: Final = 2

# The patterns of texts; the JSON Schema has the same. `DurationRange.parse` checks the order of
# units, and that none is repeated.
_ONE: Final = "[0-9]+ (?:day|week|month|year)s?(?: [0-9]+ (?:day|week|month|year)s?)*"
_ISO: Final = "P(?:[0-9]+[YMWD])+"
SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
RANGE: Final = f"{_ONE}(?: to {_ONE})?|[0-9]+-[0-9]+ (?:day|week|month|year)s?|{_ISO}(?:/{_ISO})?"
AGE: Final = (
    "PT(?=[0-9])(?:([0-9]{1,11})H)?(?:([0-9]{1,13})M)?(?:([0-9]{1,15})(?:[.]([0-9]{1,6}))?S)?"
)
WORKING: Final = "[0-9]+(?:-[0-9]+)? working days?"
LONGEST_RANGE: Final = 200

TIME: Final[Any] = DurationRange | WorkingDays
RANGE_EXPECTED: Final = (
    "a range of durations whose shortest is at most the longest on every date, "
    "as '4-6 weeks' or '1 month to 2 months 3 weeks'"
)

_DAY: Final = re.compile(DAY)
_RANGE: Final = re.compile(RANGE)
_WORKING: Final = re.compile(WORKING)
_AGE: Final = re.compile(AGE)
_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


@attrs.frozen
class EditionFile:
    """The contents of a file."""

    format: int
    edition: Edition
    apis: tuple[Api, ...]
    editions: dict[str, Edition] = attrs.Factory(dict[str, Edition])


# What types do not say: the texts that may be blank, and what a record has from elsewhere.
MAY_BE_BLANK: Final = frozenset(
    {(Api, "summary"), (Edition, "source"), (Edition, "sha256"), (Edition, "based_on")}
)
_OUTSIDE: Final = frozenset({(Api, "edition"), (Api, "overlay")})


def keys_of(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The keys of an object that are fields of its class, from `fields_of`."""
    fields = fields_of(kind).items()
    return {name: field for name, field in fields if (kind, name) not in _OUTSIDE}


# Under these keys, few values occur often.
_REPEATED: Final = (
    "printed",
    "implementations",
    "access",
    "notices",
    "suitability",
    "capabilities",
    "topics",
    "users",
    "own",
)


@cache
def edition_format(*, in_detail: bool) -> Format:
    """How a file is read.

    During reading, these are known: "edition", the editions that records may come from, by name,
    with "..." for records that name none; "overlay", the function that gives the overlay; and
    "format", the number of the format.
    """
    text, age = (
        any_of(str, "text"),
        leaf(read_age, "a time in hours, minutes and seconds, as PT24H"),
    )
    made = Format(
        {
            str: (text_that(str.strip, "text that is not blank"), "x"),
            bool: (any_of(bool, "true or false"), False),
            date: (leaf(read_day, "a valid date, as YYYY-MM-DD"), date.min),
            timedelta: (age, timedelta(0)),
            TIME: (_read_time, DurationRange.ZERO),
        },
        in_detail=in_detail,
    )
    for kind, name in MAY_BE_BLANK:
        made.field(kind, **{name: text if kind is Api else maybe(text)})
    made.field(OwnValue, field=one_of({field: field for field in sorted(REPLACEABLE)}))
    made.field(
        AccessRule,
        routes=ListOf(made.hook(AccessRoute), box=frozenset, least=1, distinct=True),
    )
    made.field(
        Api,
        # The class itself checks the id.
        id=text_that(is_id, ID) if in_detail else text,
        edition=maybe(one_of("edition", "null, or the name of an edition in the file's editions"))
        if in_detail
        else as_it_is,
        overlay=None,
        **{name: made.remembered(fields_of(Api)[name][0]) for name in _REPEATED},
    )
    made.completed(Api, _completed)
    edition = made.object_of(Edition, parts=ListOf(made.object_of(Edition, parts=_no_parts)))
    made.field(
        EditionFile,
        format=format_number(FIRST_FORMAT, FORMAT),
        edition=edition,
        editions=each_value(edition),
        apis=ListOf(made.hook(Api), unique=(("id",), "a unique id; apis[{}] has this one")),
    )
    return made


def _completed(row: dict[str, Any]) -> dict[str, Any]:
    """A record with its edition; by default, that of the file."""
    edition = known("edition")[row.get("edition", ...)]
    return {**row, "edition": edition, "overlay": known("overlay")}


def _no_parts(value: Any, _: Any) -> tuple[Edition, ...]:
    if value != []:
        raise RefusedError("an empty list: a part has no parts of its own")
    return ()


def format_of(apis: Iterable[Api]) -> int:
    """The first format that can hold the records."""
    times = (time for api in apis for time in (api.technical, api.assurance))
    return FIRST_FORMAT if all(type(time) is DurationRange for time in times) else FORMAT


# Each of these raises a ValueError for any other text.


def read_day(text: str) -> date:
    """The date in a text."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


@lru_cache(maxsize=4096)
def read_range(text: str) -> DurationRange:
    """The range in a text; few files have more than a few dozen different ones."""
    if len(text) > LONGEST_RANGE or not _RANGE.fullmatch(text):
        raise ValueError(text)
    return DurationRange.parse(text)


@lru_cache(maxsize=4096)
def read_any_time(text: str) -> DurationRange | WorkingDays:
    """The range in a text, in durations or in working days."""
    if len(text) <= LONGEST_RANGE and _WORKING.fullmatch(text):
        return WorkingDays.parse(text)
    return read_range(text)


def read_age(text: str) -> timedelta:
    """The time in a text."""
    match = _AGE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hours, minutes, seconds, fraction = match.groups(default="0")
    micros = int(fraction.ljust(6, "0"))
    return timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(seconds), microseconds=micros
    )


def write_age(age: timedelta) -> str:
    """The text of a time, with the units that it needs; hours if it needs none.

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


_read_range: Final = leaf(read_range, RANGE_EXPECTED)
_read_any_time: Final = leaf(
    read_any_time, f"{RANGE_EXPECTED}, or working days, as '5-10 working days'"
)


def _read_time(value: Any, _: Any) -> Any:
    """A time, in working days only if the format has these."""
    if known("format") != FIRST_FORMAT:
        return _read_any_time(value, None)
    if type(value) is str and _WORKING.fullmatch(value[:LONGEST_RANGE]):
        raise RefusedError("a range of durations, or format 2, which has working days")
    return _read_range(value, None)
