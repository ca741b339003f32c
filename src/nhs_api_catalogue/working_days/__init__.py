"""Working days: times counted in them, and the calendars that say which days are worked."""

from nhs_api_catalogue.working_days.bank_holidays import bank_holidays, england
from nhs_api_catalogue.working_days.calendars import Closure, WorkingCalendar
from nhs_api_catalogue.working_days.counts import WorkingDays, WorkingTime, read_time

__all__ = [
    "Closure",
    "WorkingCalendar",
    "WorkingDays",
    "WorkingTime",
    "bank_holidays",
    "england",
    "read_time",
]
