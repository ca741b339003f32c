"""The bundled edition, read by a small reader without cattrs.

That alone would cost half as much again as the whole first record. This reader trusts its file:
the tests prove the data against the guide's text, and the strict reader against this one.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from enum import Enum
from functools import cache, lru_cache
from os.path import dirname, join
from typing import TYPE_CHECKING, Any, Final, TypeVar

from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange, months, weeks
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
    from collections.abc import Callable

    from nhs_api_catalogue.official.overlay import Overlay

E = TypeVar("E", bound=Enum)
T = TypeVar("T")


@lru_cache(maxsize=1)
def bundled() -> Catalogue:
    """The catalogue of the bundled edition, read once.

    >>> len(bundled())
    23
    """
    document = json.loads(packaged("guide-2025.json"))
    edition = _edition(document["edition"])
    return Catalogue((_api(values, edition) for values in document["apis"]), edition)


@cache
def bundled_overlay(api: str | None = None, kind: str | None = None, /) -> Overlay:
    """What official sources say of the bundled records, or of the one of an id; all, or of a kind.

    Read once and when first asked for. Pickled records name this function.

    >>> bundled_overlay().compiled
    datetime.date(2026, 11, 22)
    """
    # A record that is not asked what others say of it does without that room.
    from nhs_api_catalogue.overlays import read_overlay  # noqa: PLC0415

    return read_overlay(_official_document(), api, kind)


@lru_cache(maxsize=1)
def _official_document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(packaged("official.json"))
    return document


def packaged(name: str) -> bytes:
    """The bytes of a file of the package, which may lie in a zip archive."""
    folder = dirname(dirname(__file__))  # noqa: PTH120  pathlib costs 4 ms at import
    data: bytes = __loader__.get_data(join(folder, "data", name))  # type: ignore[name-defined]  # noqa: PTH118
    return data


def _optional(read: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else read(value)


def _members(kind: type[E], values: list[str]) -> frozenset[E]:
    return frozenset(map(kind, values)) if values else _NO_MEMBERS


_NO_MEMBERS: Final = frozenset[Any]()
_UNITS: Final = {"weeks": weeks, "months": months}


@cache
def _time(text: str) -> DurationRange:
    """The range that a text of the form "3-6 months" names."""
    numbers, unit = text.split()
    shortest, longest = map(int, numbers.split("-"))
    return DurationRange(_UNITS[unit](shortest), _UNITS[unit](longest))


def _age(text: str) -> timedelta:
    """The time that a text of the form PT24H names."""
    return timedelta(hours=int(text.removeprefix("PT").removesuffix("H")))


def _edition(values: dict[str, Any]) -> Edition:
    return Edition(
        title=values["title"],
        publisher=values["publisher"],
        as_of=_optional(date.fromisoformat, values["as_of"]),
        source=values["source"],
        sha256=values["sha256"],
        based_on=values["based_on"],
        overlay_as_of=_optional(date.fromisoformat, values["overlay_as_of"]),
    )


def _implementation(values: dict[str, Any]) -> Implementation:
    return Implementation(
        standard=Standard(values["standard"]),
        supplier=values["supplier"],
        proxy=_optional(Proxy, values["proxy"]),
        transport=_optional(Transport, values["transport"]),
        auth=_members(AuthProtocol, values["auth"]),
        restful=values["restful"],
    )


def _notice(values: dict[str, Any]) -> Notice:
    return Notice(
        kind=NoticeKind(values["kind"]),
        since=date.fromisoformat(values["since"]),
        precision=Precision(values["precision"]),
        until=_optional(date.fromisoformat, values["until"]),
        text=values["text"],
    )


def _suitability(values: dict[str, list[str]]) -> Suitability:
    if not any(values.values()):
        return _NOTHING_SAID
    return Suitability(**{name: _members(UseContext, uses) for name, uses in values.items()})


_NOTHING_SAID: Final = Suitability()


def _api(values: dict[str, Any], edition: Edition) -> Api:
    return Api(
        id=values["id"],
        name=values["name"],
        printed=_optional(lambda cells: Printed(**cells), values["printed"]),
        summary=values["summary"],
        technical=_time(values["technical"]),
        assurance=_time(values["assurance"]),
        implementations=tuple(_implementation(item) for item in values["implementations"]),
        access=tuple(
            AccessRule(_members(AccessRoute, rule["routes"]), rule["supplier"])
            for rule in values["access"]
        ),
        notices=tuple(_notice(item) for item in values["notices"]),
        suitability=_suitability(values["suitability"]),
        max_data_age=_optional(_age, values["max_data_age"]),
        capabilities=_members(Capability, values["capabilities"]),
        topics=_members(Topic, values["topics"]),
        users=_members(User, values["users"]),
        aliases=tuple(values["aliases"]),
        edition=edition,
        overlay=bundled_overlay,
    )


catalogue: Final = bundled()
