"""Times counted in working days, and the calendars that say which days are working days.

Most plans use only calendar durations, so each module is loaded when one of its names is first
used here.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhs_api_catalogue.working_days.calendars import Closure, WorkingCalendar
    from nhs_api_catalogue.working_days.counts import WorkingDays, WorkingTime
    from nhs_api_catalogue.working_days.govuk import bank_holidays, england

_HOMES = {
    "Closure": "calendars",
    "WorkingCalendar": "calendars",
    "WorkingDays": "counts",
    "WorkingTime": "counts",
    "bank_holidays": "govuk",
    "england": "govuk",
}

__all__ = [
    "Closure",
    "WorkingCalendar",
    "WorkingDays",
    "WorkingTime",
    "bank_holidays",
    "england",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  it costs 1 ms

    return globals().setdefault(name, getattr(import_module(f"{__name__}.{home}"), name))
