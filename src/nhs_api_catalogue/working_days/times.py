"""The time of a stage, in calendar time or working days: read, checked, and bound to a calendar.

Plans load this module; times in working days load the rest of the package.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from nhs_api_catalogue._checks import check
from nhs_api_catalogue._duration_text import names_working_days
from nhs_api_catalogue.durations import DAYS_IN_CYCLE, MONTHS_IN_CYCLE, DurationRange

if TYPE_CHECKING:
    from nhs_api_catalogue.working_days.calendars import WorkingCalendar
    from nhs_api_catalogue.working_days.counts import WorkingDays, WorkingTime

# A time as a source gives it, and as a plan counts it.
StageTime: TypeAlias = "DurationRange | WorkingDays"
BoundTime: TypeAlias = "DurationRange | WorkingTime"

# Mean lengths are whole numbers of this unit: a 24000th of a day.
DAY: Final = 5 * MONTHS_IN_CYCLE
MONTH: Final = 5 * DAYS_IN_CYCLE
WORKING_DAY: Final = 7 * MONTHS_IN_CYCLE


def read_time(text: str) -> StageTime:
    """The time in a text: working days if it mentions them, otherwise a range of durations.

    Raises:
        DurationSyntaxError: The text is neither; the error says where.
        InvalidDurationRangeError: The two ends are not certainly in order.
        TypeError: It is not text.

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


def total_of(one: StageTime, other: StageTime) -> StageTime | None:
    """The total of both, one after the other; None if only one is in working days.

    >>> print(total_of(DurationRange.parse("4-6 weeks"), DurationRange.parse("1-2 months")))
    1 month 4 weeks to 2 months 6 weeks
    >>> print(total_of(DurationRange.parse("4-6 weeks"), read_time("5 working days")))
    None
    """
    if type(one) is DurationRange:
        return one + other if type(other) is DurationRange else None
    return None if type(other) is DurationRange else one + other


def mean_lengths(*times: StageTime) -> tuple[int, int]:
    """The mean shortest and longest length of consecutive times, in 24000ths of a day.

    A month counts as 146097/4800 days, a working day as 7/5. Use it only for sorting and for bars,
    not for dates.

    >>> mean_lengths(DurationRange.parse("1-7 days"), read_time("5 working days"))
    (192000, 336000)
    """
    shortest = longest = 0
    for time in times:
        if type(time) is DurationRange:
            shortest += DAY * time.shortest.days + MONTH * time.shortest.months
            longest += DAY * time.longest.days + MONTH * time.longest.months
        else:
            shortest += WORKING_DAY * time.shortest
            longest += WORKING_DAY * time.longest
    return shortest, longest


def check_time(record: str, field: str, value: object) -> None:
    """Refuse what is not a time.

    Raises:
        InvalidRecordError: It is neither a range of durations nor working days.
    """
    if not is_time(value):
        from nhs_api_catalogue.working_days.counts import WorkingDays  # noqa: PLC0415  see the top

        check(record, field, value, (DurationRange, WorkingDays))


def last_end(time: BoundTime, start: date, by: date) -> date:
    """The last day on or before `by` on which something that takes this time from `start` can end.

    If there is none, it is some day on or before `by`. It is never earlier for a later start or a
    later `by`.

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
