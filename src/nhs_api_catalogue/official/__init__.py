"""What others say of an API: NHS England first of all, each statement with source and date.

The guide stays as it is. What is said beside it, or against it, is an `Overlay`: official
entries, differences, prerequisites, services and timescales, joined to the records by their ids
and read when first asked for. Each kind of statement is a module of its own, with its words, and
is loaded when one of its names is first asked for here.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhs_api_catalogue.official.differences import Difference, Severity, SeverityText
    from nhs_api_catalogue.official.entries import OfficialEntry
    from nhs_api_catalogue.official.needs import OfficialService, Prerequisite
    from nhs_api_catalogue.official.overlay import Overlay
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
    "Prerequisite",
    "Severity",
    "SeverityText",
    "Source",
    "Timescale",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  it costs 1 ms

    return globals().setdefault(name, getattr(import_module(f"{__name__}.{home}"), name))
