"""Hypothesis strategies for the public types, to test your own code with.

By default a strategy is narrow: it gives the values that plans are made of, and many of them can
be added without leaving the calendar. With `rich`, it gives everything that the type can hold,
including its limits, so the code under test must expect `CalendarLimitError`.

>>> from hypothesis import given
>>> @given(duration_ranges(), dates())
... def a_range_ends_in_a_window(time, start):
...     assert time.shortest.after(start) in time.after(start)
>>> a_range_ends_in_a_window()
"""

from __future__ import annotations

from datetime import date, timedelta

from nhs_api_catalogue.durations import (
    MAX_DAYS,
    MAX_MONTHS,
    Duration,
    DurationRange,
    Ordering,
    Window,
    weeks,
)
from nhs_api_catalogue.errors import MissingExtraError
from nhs_api_catalogue.working_days import Closure, WorkingCalendar, WorkingDays

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError:
    raise MissingExtraError("hypothesis") from None


def dates(*, rich: bool = False) -> SearchStrategy[date]:
    """Dates; half of them are among the last four days of a month.

    Narrow: 2000 to 2399, one cycle of the calendar; leaves out dates near the calendar's ends.
    Rich: years 1 to 9999.

    >>> from hypothesis import find
    >>> find(dates(), lambda day: day.day == 31)
    datetime.date(2000, 1, 31)
    """
    if rich:
        return st.one_of(st.dates(), _month_ends(1, 9998), st.sampled_from([date.min, date.max]))
    return st.one_of(st.dates(date(2000, 1, 1), date(2399, 12, 31)), _month_ends(2000, 2399))


def _month_ends(first_year: int, last_year: int) -> SearchStrategy[date]:
    """The last four days of any month of those years, where clamping shows."""
    years = st.integers(first_year, last_year)
    return st.builds(_before_end, years, st.integers(1, 12), st.integers(1, 4))


def _before_end(year: int, month: int, days: int) -> date:
    """The day that many days before the end of that month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days)


def durations(*, rich: bool = False) -> SearchStrategy[Duration]:
    """Durations: only months, only weeks, only days, and months with days.

    Narrow: at most 24 months and 104 weeks; leaves out what no stage of a plan takes.
    Rich: up to 4799 months and 999999999 days.

    >>> from hypothesis import find
    >>> print(find(durations(), lambda time: time > weeks(2)))
    1 month
    """
    months, days, whole_weeks = st.integers(0, 24), st.integers(0, 62), st.integers(0, 104)
    if rich:
        months |= st.integers(0, MAX_MONTHS)
        days |= st.integers(0, MAX_DAYS)
        whole_weeks |= st.integers(0, MAX_DAYS // 7)
    return st.one_of(
        st.builds(Duration, months),
        st.builds(weeks, whole_weeks),
        st.builds(Duration, st.just(0), days),
        st.builds(Duration, months, days),
    )


def duration_ranges(*, rich: bool = False) -> SearchStrategy[DurationRange]:
    """Ranges of durations, including single durations.

    Narrow and rich apply to the ends, as in `durations`. Two ends whose order depends on the date
    are not a range; then the first is used for both.

    >>> from hypothesis import find
    >>> print(find(duration_ranges(), lambda time: time.shortest != time.longest))
    0 days to 1 month
    """
    ends = durations(rich=rich)
    return st.builds(_range_between, ends, ends)


def _range_between(a: Duration, b: Duration) -> DurationRange:
    match a.compare(b):
        case Ordering.INDETERMINATE:
            return DurationRange(a, a)
        case Ordering.LONGER | Ordering.AT_LEAST:
            return DurationRange(b, a)
        case _:
            return DurationRange(a, b)


def windows(*, rich: bool = False) -> SearchStrategy[Window]:
    """Windows of dates, including single days.

    Narrow: windows of at most 800 days from a narrow date; leaves out what no plan's range spans.
    Rich: any two dates.

    >>> from hypothesis import find
    >>> print(find(windows(), lambda window: window.days == 7))
    2000-01-01 to 2000-01-08
    """
    if rich:
        return st.builds(_window_between, dates(rich=True), dates(rich=True))
    return st.builds(_window_of, dates(), st.integers(0, 800))


def _window_between(a: date, b: date) -> Window:
    return Window(min(a, b), max(a, b))


def _window_of(earliest: date, days: int) -> Window:
    return Window(earliest, earliest + timedelta(days))


def working_days() -> SearchStrategy[WorkingDays]:
    """Working days, half of them single numbers; up to 60, as in official timescales.

    >>> from hypothesis import find
    >>> print(find(working_days(), lambda time: time.shortest < time.longest))
    0-1 working days
    """
    numbers = st.integers(0, 60)
    return st.one_of(
        st.builds(WorkingDays, numbers), st.builds(_working_days_between, numbers, numbers)
    )


def _working_days_between(m: int, n: int) -> WorkingDays:
    return WorkingDays(min(m, n), max(m, n))


def closures() -> SearchStrategy[Closure]:
    """Closures of one day to five weeks, from 2011 to 2027.

    >>> from hypothesis import find
    >>> print(find(closures(), lambda one: one.last > one.first))
    closed, 2011-01-01 to 2011-01-02
    """
    return st.builds(_closure, st.dates(date(2011, 1, 1), date(2027, 12, 31)), st.integers(0, 35))


def _closure(first: date, days: int) -> Closure:
    return Closure("closed", first, first + timedelta(days))


def working_calendars() -> SearchStrategy[WorkingCalendar]:
    """Calendars of your own, which know every day, with up to twelve closures.

    >>> from hypothesis import find
    >>> print(find(working_calendars(), lambda calendar: not calendar.is_working("2026-12-24")))
    1 closure, known on every day (us)
    """
    return st.builds(WorkingCalendar, st.lists(closures(), max_size=12), source=st.just("us"))
