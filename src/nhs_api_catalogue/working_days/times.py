"""What a stage may take, in either kind of time: read, checked, and bound to a calendar.

Records and plans load this module, and the rest of the room only where working days come in.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from nhs_api_catalogue._duration_text import names_working_days
from nhs_api_catalogue.durations import DurationRange

if TYPE_CHECKING:
    from nhs_api_catalogue.working_days.calendars import WorkingCalendar
    from nhs_api_catalogue.working_days.counts import WorkingDays, WorkingTime

# A time as a source gives it, and as a plan counts it.
StageTime: TypeAlias = "DurationRange | WorkingDays"
BoundTime: TypeAlias = "DurationRange | WorkingTime"


def read_time(text: str) -> StageTime:
    """The time that a text names: working days if it says so, else a range of durations.

    Raises:
        DurationSyntaxError: The text is neither; it says where.
        InvalidDurationRangeError: The two ends are not certainly in order.
        TypeError: It is no text.

    >>> print(read_time("4-6 weeks"), read_time("5-10 working days"), sep="; ")
    4-6 weeks; 5-10 working days
    """
    if names_working_days(text):
        from nhs_api_catalogue.working_days.counts import WorkingDays  # noqa: PLC0415  see the top

        return WorkingDays.parse(text)
    return DurationRange.parse(text)


def is_time(value: object) -> bool:
    """Whether it is a range of durations or working days.

    >>> is_time(DurationRange.ZERO), is_time("4-6 weeks")
    (True, False)
    """
    if type(value) is DurationRange:
        return True
    from nhs_api_catalogue.working_days.counts import WorkingDays  # noqa: PLC0415  see the top

    return type(value) is WorkingDays


def last_end(time: BoundTime, start: date, by: date) -> date:
    """The last day, on or before a day, on which what takes this time and starts then can end.

    If there is none, some day on or before `by`. Never earlier for a later start or day.

    >>> last_end(DurationRange.parse("4-6 weeks"), date(2026, 1, 5), date(2026, 2, 8))
    datetime.date(2026, 2, 8)
    """
    if type(time) is DurationRange:
        return min(time.longest.after(start), by)
    return time.last_end(start, by)


def bound(time: StageTime, calendar: WorkingCalendar | None) -> BoundTime | None:
    """The time on the calendar; None if it needs one and there is none.

    >>> print(bound(DurationRange.parse("4-6 weeks"), None))
    4-6 weeks
    """
    if type(time) is DurationRange:
        return time
    from nhs_api_catalogue.working_days.counts import WorkingTime  # noqa: PLC0415  see the top

    return None if calendar is None else WorkingTime(time, calendar)
