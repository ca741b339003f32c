"""The bundled catalogue, from a file that the tests check.

A small reader trusts the file: cattrs alone would add half the cost of the whole first record. The
tests check that the readers for users' files read the same.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._packaged import object_reader, packaged_document
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange, months, weeks
from nhs_api_catalogue.official import bundled_overlay
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Api,
    AuthProtocol,
    Capability,
    Edition,
    Implementation,
    Notice,
    NoticeKind,
    Precision,
    Printed,
    Proxy,
    Standard,
    Suitability,
    Topic,
    Transport,
    UseContext,
    User,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@lru_cache(maxsize=1)
def bundled() -> Catalogue:
    """The catalogue of the bundled edition, read once.

    >>> len(bundled())
    23
    """
    document = packaged_document("guide-2025.json")
    read_edition = object_reader(Edition, as_of=date, overlay_as_of=date, parts=tuple)
    edition = read_edition(document["edition"])
    more = {"edition": edition, "overlay": bundled_overlay}
    read = _record_reader()
    return Catalogue((read(values | more) for values in document["apis"]), edition)


def _record_reader() -> Callable[[Mapping[str, Any]], Any]:
    notice = object_reader(Notice, kind=NoticeKind, since=date, precision=Precision, until=date)
    implementation = object_reader(
        Implementation,
        standard=Standard,
        proxy=Proxy,
        transport=Transport,
        auth=(AuthProtocol,),
    )
    uses = (UseContext,)
    return object_reader(
        Api,
        printed=object_reader(Printed),
        technical=_time,
        assurance=_time,
        implementations=(_once(implementation),),
        access=(_once(object_reader(AccessRule, routes=(AccessRoute,))),),
        notices=(notice,),
        suitability=_once(object_reader(Suitability, only=uses, excluded=uses, stated=uses)),
        max_data_age=_age,
        capabilities=(Capability,),
        topics=(Topic,),
        users=(User,),
    )


def _once(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same function, but what many records have alike is read once, and is one value."""
    known: dict[str, Any] = {}

    def read_once(values: Any) -> Any:
        text = repr(values)
        if text not in known:
            known[text] = read(values)
        return known[text]

    return read_once


_UNITS: Final = {"weeks": weeks, "months": months}


@cache
def _time(text: str) -> DurationRange:
    """The range in a text such as "3-6 months"."""
    numbers, unit = text.split()
    shortest, longest = map(int, numbers.split("-"))
    return DurationRange(_UNITS[unit](shortest), _UNITS[unit](longest))


def _age(text: str) -> timedelta:
    """The time in a text such as PT24H."""
    return timedelta(hours=int(text.removeprefix("PT").removesuffix("H")))


catalogue: Final = bundled()
