"""What others, mainly NHS England, say about an API; each statement has its source and date.

The guide does not change. What others add to it, or say against it, is an `Overlay`: official
entries, differences, prerequisites, services and timescales. They are joined to the records by ids
and read on first use. Each kind of statement has its own module with its vocabulary, which is
loaded when one of its names is first used here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhs_api_catalogue.official.differences import Difference, Severity, SeverityText
    from nhs_api_catalogue.official.entries import OfficialEntry
    from nhs_api_catalogue.official.needs import OfficialService, Prerequisite
    from nhs_api_catalogue.official.overlay import Overlay, OverlayReader
    from nhs_api_catalogue.official.product_words import Openness, Opennesses
    from nhs_api_catalogue.official.sources import Source
    from nhs_api_catalogue.official.timescales import Timescale

_HOMES = {
    "Difference": "differences",
    "OfficialEntry": "entries",
    "OfficialService": "needs",
    "Openness": "product_words",
    "Opennesses": "product_words",
    "Overlay": "overlay",
    "OverlayReader": "overlay",
    "Prerequisite": "needs",
    "Severity": "differences",
    "SeverityText": "differences",
    "Source": "sources",
    "Timescale": "timescales",
}

__all__ = [
    "Difference",
    "OfficialEntry",
    "OfficialService",
    "Openness",
    "Opennesses",
    "Overlay",
    "OverlayReader",
    "Prerequisite",
    "Severity",
    "SeverityText",
    "Source",
    "Timescale",
    "bundled_overlay",
]


def bundled_overlay(api: str | None = None, kind: str | None = None, /) -> Overlay:
    """What official sources say about the bundled records, or one of them; all, or of one kind.

    It is read once, on first use. Pickled records name this function.

    >>> bundled_overlay().compiled
    datetime.date(2026, 11, 29)
    """
    from nhs_api_catalogue.official.bundled import bundled_about  # noqa: PLC0415  few ask

    return bundled_about(api, kind)


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  it costs 1 ms

    return globals().setdefault(name, getattr(import_module(f"{__name__}.{home}"), name))
