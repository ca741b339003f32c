"""What others say of an API: NHS England first of all, each statement with source and date.

The guide stays as it is. What is said beside it, or against it, is an `Overlay`: official
entries, differences, prerequisites, services and timescales, joined to the records by their ids
and read when first asked for. Each kind of statement is a room of its own, with its words, and is
loaded when it is first named, `official.differences` like any other.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhs_api_catalogue.official import differences, entries, needs, sources, timescales

__all__ = ["differences", "entries", "needs", "sources", "timescales"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
