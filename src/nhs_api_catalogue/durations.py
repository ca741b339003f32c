"""Calendar durations, ranges of durations, and the windows of dates that they lead to.

Theory of operation
-------------------
A *nominal duration* is a pair (months, days). Nothing converts one into the other, because a
month has 28 to 31 days: only a start date settles it. Adding to a date counts the months, keeps
the day or clamps it to the end of the month, then counts the days, as java.time, Temporal,
dateutil and PostgreSQL do.

*Order without a start date.* Over all start dates, n months last any number of days from
min(n) to max(n), the least and the greatest sums of n consecutive month lengths; clamping adds
no new extremes. If two durations differ by n months and d days, they differ by exactly
[min(n) + d, max(n) + d] days. If 0 is strictly inside that span, the order depends on the date
and no answer is given; otherwise it is certain. The Gregorian calendar repeats after 4800 months,
and one month of the cycle, February 2097, starts the shortest and ends the longest run of every
length: min(n) = (S + n months) - S and max(n) = S - (S - n months) with S = 2097-02-01.

*Deadlines.* Adding a duration to a date is monotone but has no inverse: the 28th and the 31st of
January both lead to 28 February. `latest_start` is its upper adjoint: d.after(s) <= t if and only
if s <= d.latest_start(t). Subtraction is not: with months and days it misses 13 % of deadlines.

*Ranges* are closed pairs in certain order. Sums of ranges are totals to show. Dates come from
folding windows stage by stage, because adding to dates is not associative.
"""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import index
from typing import TYPE_CHECKING, ClassVar, Final, final

import attrs

from nhs_api_catalogue._later import Later
from nhs_api_catalogue._values import Value, align
from nhs_api_catalogue.errors import (
    CalendarLimitError,
    IndeterminateOrderError,
    InvalidDateError,
    InvalidDurationError,
    InvalidDurationRangeError,
    InvalidWindowError,
)

if TYPE_CHECKING:
    import fractions

    import pandas as pd
    import pyarrow as pa
    import whenever
    from dateutil import relativedelta as dateutil
else:
    fractions = Later("fractions")
    pd = Later("pandas")
    pa = Later("pyarrow")
    whenever = Later("whenever")
    dateutil = Later("dateutil.relativedelta")

# The first record reads no text of a duration, so `_duration_text` is imported where it is used.

# The Gregorian calendar repeats after 400 years. From then on months and days would be
# interchangeable, so a duration stays below.
MONTHS_IN_CYCLE: Final = 4800
DAYS_IN_CYCLE: Final = 146_097

MAX_MONTHS: Final = MONTHS_IN_CYCLE - 1
MAX_DAYS: Final = timedelta.max.days

_WINDOW_FORM: Final = "YYYY-MM-DD/YYYY-MM-DD"
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Making a timedelta costs more than adding one, and plans use few different ones.
_timedelta: Final = lru_cache(maxsize=512)(timedelta)


# ---- dates ---------------------------------------------------------------------------------


def read_date(value: date | str, what: str = "date") -> date:
    """The plain date that a caller gave as a date or as text.

    Only `YYYY-MM-DD` is read, so no text is ambiguous.

    Args:
        value: A date or its ISO text.
        what: What the error calls the date.

    Raises:
        InvalidDateError: The text is not a valid date.
        TypeError: The value is a `datetime`, whose time would be lost, or not a date.

    >>> read_date("2026-01-05")
    datetime.date(2026, 1, 5)
    """
    if not isinstance(value, str):
        return _plain_date(value)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise InvalidDateError(value, what) from None
    if day.isoformat() != value:  # fromisoformat also reads 20260105 and 2026-W02-1
        raise InvalidDateError(value, what)
    return day


def _plain_date(value: date) -> date:
    """The value itself if it is a date without a time."""
    if type(value) is date:
        return value
    if isinstance(value, datetime):
        raise TypeError(f"expected a date, got {value!r}: use .date()")
    given: object = value
    if not isinstance(given, date):
        hint = ": use date.fromisoformat for text" if isinstance(given, str) else ""
        raise TypeError(f"expected a date, got {given!r}{hint}")
    return date(value.year, value.month, value.day)


def _in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or the last day if the month is shorter.

    Months count from 0, January, and overflow into the years before and after.
    """
    year, month = year + month // 12, month % 12
    if day > _MONTH_LENGTHS[month]:
        is_leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        day = 29 if is_leap else _MONTH_LENGTHS[month]
    return date(year, month + 1, day)


class _DaysInMonths(dict[int, tuple[int, int]]):
    """For n months, -4800 < n < 4800, the least and the greatest number of days that they last.

    Filled on demand: a look-up costs a third of a call.
    """

    def __missing__(self, n: int) -> tuple[int, int]:
        if n < 0:
            least, greatest = self[-n]
            span = -greatest, -least
        else:
            start = date(2097, 2, 1)
            span = (
                (_in_month(2097, 1 + n, 1) - start).days,
                (start - _in_month(2097, 1 - n, 1)).days,
            )
        self[n] = span
        return span


_DAYS_IN_MONTHS: Final = _DaysInMonths()


def whole(value: int, name: str, limit: int = MAX_DAYS) -> int:
    """The count as an `int`; floats, texts and bools are refused.

    NumPy's integers are accepted, so that a row of a data frame can become a duration.

    Raises:
        TypeError: It is not a count.
        InvalidDurationError: It is below zero.
        CalendarLimitError: It is above the limit.
    """
    count = value if type(value) is int else _counted(value, name)
    if count < 0:
        raise InvalidDurationError(count, f"{name} cannot be below zero")
    if count > limit:
        # Python writes no number of more than 4300 digits.
        given = count if count < 10**20 else "10**20 or more"
        raise CalendarLimitError(f"a duration of {given} {name} ({limit} at most)")
    return count


def _counted(value: object, name: str) -> int:
    """The whole number that a value of another class stands for."""
    try:
        # A bool is not a number, nor is NumPy's; in old NumPy it has an index, 0 or 1.
        if type(value).__name__ not in ("bool", "bool_"):
            return index(value)  # type: ignore[arg-type]  # what is none is refused below
    except TypeError:
        pass
    raise TypeError(f"{name} must be a whole number (int), got {value!r}")


def counted(n: int, unit: str) -> str:
    """The number with its unit, which has a plural "s" unless there is one: "2 weeks"."""
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _expect(kind: type, value: object) -> None:
    if type(value) is not kind:
        name = kind.__name__
        is_readable = isinstance(value, str) and hasattr(kind, "parse")
        hint = f": use {name}.parse for text" if is_readable else ""
        raise TypeError(f"expected a {name}, got {value!r}{hint}")


# ---- durations -----------------------------------------------------------------------------


@final
class Ordering(enum.Enum):
    """How one duration compares with another over all start dates.

    Attributes:
        SHORTER: Fewer days on every date.
        AT_MOST: Never more days, on some dates as many.
        EQUAL: The same days on every date.
        AT_LEAST: Never fewer days, on some dates as many.
        LONGER: More days on every date.
        INDETERMINATE: Fewer on some dates, more on others.

    >>> weeks(4).compare(months(1))
    <Ordering.AT_MOST: 'at most'>
    >>> days(30).compare(months(1))
    <Ordering.INDETERMINATE: 'indeterminate'>
    """

    SHORTER = "shorter"
    AT_MOST = "at most"
    EQUAL = "equal"
    AT_LEAST = "at least"
    LONGER = "longer"
    INDETERMINATE = "indeterminate"


@final
@attrs.frozen(eq=False, repr=False)
class Duration:
    """A nominal (calendar) duration: whole months, then whole days, neither below zero.

    A week is 7 days and a year 12 months; a month is never a number of days. Two durations are
    equal if they have the same effect on every date, that is, if months and days are equal.
    Every duration is true, even `Duration.ZERO`: `if time` asks whether there is one at all. To ask
    whether it is zero, compare it with `Duration.ZERO`.

    Attributes:
        months: Months, 0 to 4799.
        days: Days, 0 to 999999999, counted after the months.
        ZERO: No time at all.

    Raises:
        TypeError: A part is not a whole number; a `bool` is not one.
        InvalidDurationError: A part is below zero.
        CalendarLimitError: A part is too large.

    >>> Duration(months=4, days=28)
    Duration(months=4, days=28)
    >>> print(Duration(months=4, days=28))
    4 months 4 weeks
    """

    ZERO: ClassVar[Duration]

    months: int = 0
    days: int = 0

    def __attrs_post_init__(self) -> None:
        months = whole(self.months, "months", MAX_MONTHS)
        days = whole(self.days, "days", MAX_DAYS)
        if months is not self.months:
            object.__setattr__(self, "months", months)
        if days is not self.days:
            object.__setattr__(self, "days", days)

    # As fast as attrs' own methods, which it compiles at every import; `Value` takes twice as long.

    def __repr__(self) -> str:
        return f"Duration(months={self.months}, days={self.days})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not Duration:
            return NotImplemented
        return self.months == other.months and self.days == other.days

    def __hash__(self) -> int:
        return hash((self.months, self.days))

    # -- arithmetic --

    def __add__(self, other: Duration) -> Duration:
        """The total of both, one after the other: months and days are added separately.

        >>> print(weeks(4) + months(4))
        4 months 4 weeks
        """
        if type(other) is not Duration:
            return NotImplemented
        return _duration(self.months + other.months, self.days + other.days)

    def __mul__(self, times: int) -> Duration:
        """The duration, multiplied by a whole number.

        Raises:
            InvalidDurationError: The number is below zero.
        """
        if type(times) is not int:
            return NotImplemented
        if times < 0:
            raise InvalidDurationError(
                times, "a duration cannot be multiplied by a negative number"
            )
        return _duration(self.months * times, self.days * times)

    __rmul__ = __mul__

    def __radd__(self, start: date) -> date:
        """`start + duration`: the same as `duration.after(start)`."""
        if not isinstance(start, date):
            return NotImplemented
        return self.after(start)

    def after(self, start: date) -> date:
        """The date this long after `start`.

        The months are counted first, keeping the day or clamping it to the end of the month;
        then the days.

        Raises:
            TypeError: `start` is a `datetime` or not a date.
            CalendarLimitError: The result is after the year 9999.

        >>> months(1).after(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        >>> date(2026, 1, 31) + Duration(months=1, days=3)
        datetime.date(2026, 3, 3)
        """
        day = start if type(start) is date else _plain_date(start)
        months, days = self.months, self.days
        try:
            if months:
                day = _in_month(day.year, day.month - 1 + months, day.day)
            if days:
                day += _timedelta(days)
        except (ValueError, OverflowError):
            raise CalendarLimitError(f"{start} + {self}") from None
        return day

    def latest_start(self, deadline: date) -> date:
        """The last date from which this duration ends on or before `deadline`.

        This is the adjoint of `after`: `d.after(s) <= t` if and only if
        `s <= d.latest_start(t)`. First subtract the days from the deadline. If that gives the last
        day of a month, the answer is the last day of the month `months` earlier; otherwise it is
        the same day of that month, clamped.

        Raises:
            TypeError: `deadline` is a `datetime` or not a date.
            CalendarLimitError: The result is before the year 1.

        >>> months(1).latest_start(date(2026, 2, 28))
        datetime.date(2026, 1, 31)
        >>> Duration(months=1, days=3).latest_start(date(2023, 3, 2))
        datetime.date(2023, 1, 27)
        """
        day = deadline if type(deadline) is date else _plain_date(deadline)
        try:
            day -= _timedelta(self.days)
            is_last = day == _in_month(day.year, day.month - 1, 31)
            return _in_month(day.year, day.month - 1 - self.months, 31 if is_last else day.day)
        except (ValueError, OverflowError):
            raise CalendarLimitError(f"the latest start of {self} for {deadline}") from None

    # -- order --

    def day_difference(self, other: Duration) -> tuple[int, int]:
        """The least and the greatest number of days by which this is longer than `other`.

        Each occurs for some start date; negative numbers mean that this is shorter.

        Raises:
            TypeError: `other` is not a duration.

        >>> months(1).day_difference(days(30))
        (-2, 1)
        >>> weeks(5).day_difference(months(1))
        (4, 7)
        """
        _expect(Duration, other)
        least, greatest = _DAYS_IN_MONTHS[self.months - other.months]
        days = self.days - other.days
        return least + days, greatest + days

    def compare(self, other: Duration, *, start: date | None = None) -> Ordering:
        """How this compares with `other`: over all start dates, or on one.

        Args:
            other: The duration to compare with.
            start: The start date; with it the answer is SHORTER, EQUAL or LONGER.

        Raises:
            TypeError: `other` is not a duration, or `start` is a `datetime` or not a date.
            CalendarLimitError: From that start, one of the two is outside the calendar.

        >>> weeks(4).compare(months(1))
        <Ordering.AT_MOST: 'at most'>
        >>> days(30).compare(months(1))
        <Ordering.INDETERMINATE: 'indeterminate'>
        >>> days(30).compare(months(1), start=date(2026, 2, 1))
        <Ordering.LONGER: 'longer'>
        """
        least, greatest = self.day_difference(other)
        if start is not None:
            least = greatest = (self.after(start) - other.after(start)).days
        if least == greatest == 0:
            return Ordering.EQUAL
        if least >= 0:
            return Ordering.LONGER if least > 0 else Ordering.AT_LEAST
        if greatest <= 0:
            return Ordering.SHORTER if greatest < 0 else Ordering.AT_MOST
        return Ordering.INDETERMINATE

    def __le__(self, other: Duration) -> bool:
        """Whether this is at most `other` on every date.

        Raises:
            IndeterminateOrderError: Neither is at most the other on every date.
        """
        if type(other) is not Duration:
            return NotImplemented
        return _is_at_most(self, other)

    def __lt__(self, other: Duration) -> bool:
        """Whether this is at most `other` on every date and not equal to it."""
        if type(other) is not Duration:
            return NotImplemented
        return self != other and _is_at_most(self, other)

    def __ge__(self, other: Duration) -> bool:
        """Whether `other` is at most this on every date."""
        if type(other) is not Duration:
            return NotImplemented
        return _is_at_most(other, self)

    def __gt__(self, other: Duration) -> bool:
        """Whether `other` is at most this on every date and not equal to it."""
        if type(other) is not Duration:
            return NotImplemented
        return self != other and _is_at_most(other, self)

    @property
    def mean_days(self) -> fractions.Fraction:
        """Days, counting each month as 146097/4800, its average over the 400-year cycle.

        It is exact, but use it only for sorting and plotting. It never contradicts a certain order.

        >>> months(1).mean_days
        Fraction(48699, 1600)
        """
        # fractions and decimal cost 5 ms at import, and few need them.
        return fractions.Fraction(DAYS_IN_CYCLE, MONTHS_IN_CYCLE) * self.months + self.days

    # -- text --

    @classmethod
    def parse(cls, text: str) -> Duration:
        """The duration that a text names, in English words or in ISO 8601.

        Words: whole numbers with day, week, month or year in singular or plural, each unit
        once, joined by spaces, commas or "and". ISO: `P4W`, `P4M28D`, also `P4M4W` and years.
        Case does not matter, and any Unicode space will do; at most 200 characters are read.

        Raises:
            DurationSyntaxError: The text is anything else; the error says where.
            TypeError: It is not text.

        >>> Duration.parse("4 months, 4 weeks")
        Duration(months=4, days=28)
        >>> Duration.parse("P1Y") == months(12)
        True
        """
        from nhs_api_catalogue._duration_text import read_duration  # noqa: PLC0415  see above

        return read_duration(text, _duration)

    def __str__(self) -> str:
        """In words: whole weeks as weeks, months always as months."""
        parts: list[str] = []
        if self.months:
            parts.append(counted(self.months, "month"))
        if self.days and self.days % 7 == 0:
            parts.append(counted(self.days // 7, "week"))
        elif self.days or not self.months:
            parts.append(counted(self.days, "day"))
        return " ".join(parts)

    def isoformat(self) -> str:
        """The duration in ISO 8601: weeks alone as weeks, else months and days.

        Not every reader understands it in the same way: `pandas.Timedelta` reads the `M` of
        `P4M28D` as minutes, and others turn a month into 30 days. The page "Durations in other
        tools" shows which tools read it correctly; `to_pandas`, `to_arrow`, `to_dateutil` and
        `to_whenever` need no text.

        >>> weeks(4).isoformat(), Duration(4, 28).isoformat(), Duration.ZERO.isoformat()
        ('P4W', 'P4M28D', 'P0D')
        """
        months, days = self.months, self.days
        if months:
            return f"P{months}M{days}D" if days else f"P{months}M"
        return f"P{days // 7}W" if days and days % 7 == 0 else f"P{days}D"

    # -- other libraries, where they mean the same on every date --

    def to_dateutil(self) -> dateutil.relativedelta:
        """The duration as dateutil's `relativedelta`: `start + it` is `after(start)`.

        `deadline - it` is not the latest start: work from then may end after the deadline.

        Raises:
            MissingExtraError: dateutil is not installed; the extra "dateutil" installs it.
        """
        from nhs_api_catalogue._duration_exports import to_dateutil  # noqa: PLC0415  few need it

        return to_dateutil(self.months, self.days)

    def to_pandas(self) -> pd.DateOffset:
        """The duration as a pandas `DateOffset`, to add to a `Timestamp` or a column of dates.

        It is never a `Timedelta`, which has no months. `deadline - it` is not the latest start.

        Raises:
            MissingExtraError: pandas is not installed; the extra "pandas" installs it.
        """
        from nhs_api_catalogue._duration_exports import to_pandas  # noqa: PLC0415  few need it

        return to_pandas(self.months, self.days)

    def to_arrow(self) -> pa.MonthDayNanoIntervalScalar:
        """The duration as a scalar of Arrow's `month_day_nano_interval`, with separate numbers.

        Engines that read Arrow add it to dates correctly but order it wrongly: do not sort by it.

        Raises:
            MissingExtraError: pyarrow is not installed; the extra "arrow" installs it.
        """
        from nhs_api_catalogue._duration_exports import to_arrow  # noqa: PLC0415  few need it

        return to_arrow(self.months, self.days)

    def to_whenever(self) -> whenever.ItemizedDateDelta:
        """The duration as whenever's `ItemizedDateDelta` of months and days.

        `Date.add` gives the same as `after`; `Date.subtract` does not give the latest start.

        Raises:
            CalendarLimitError: It has more days than there are from year 1 to year 9999.
            MissingExtraError: whenever is not installed; the extra "whenever" installs it.
        """
        from nhs_api_catalogue._duration_exports import to_whenever  # noqa: PLC0415  few need it

        return to_whenever(self.months, self.days)

    def __format__(self, spec: str) -> str:
        """`""` gives `str`, `"iso"` gives `isoformat`, a width such as `">20"` aligns `str`."""
        return _formatted(self, spec)


Duration.ZERO = Duration()

# Immutable values can be shared, and a plan uses few different ones: finding one costs a fifth
# of making and checking it.
_duration = lru_cache(maxsize=4096)(Duration)


def days(n: int) -> Duration:
    """The duration of n days.

    Raises:
        TypeError: n is not a whole number; a `bool` is not one.
        InvalidDurationError: n is below zero.
        CalendarLimitError: n is above 999999999.

    >>> print(days(10))
    10 days
    """
    return Duration(0, n)


def weeks(n: int) -> Duration:
    """The duration of n weeks of 7 days.

    Raises:
        TypeError: n is not a whole number; a `bool` is not one.
        InvalidDurationError: n is below zero.
        CalendarLimitError: n is above 142857142.

    >>> weeks(4) == days(28)
    True
    """
    return Duration(0, 7 * whole(n, "weeks", MAX_DAYS // 7))


def months(n: int) -> Duration:
    """The duration of n calendar months.

    Raises:
        TypeError: n is not a whole number; a `bool` is not one.
        InvalidDurationError: n is below zero.
        CalendarLimitError: n is above 4799.

    >>> months(1) == days(30)
    False
    """
    return Duration(n)


def years(n: int) -> Duration:
    """The duration of n years of 12 months.

    Raises:
        TypeError: n is not a whole number; a `bool` is not one.
        InvalidDurationError: n is below zero.
        CalendarLimitError: n is above 399.

    >>> years(1) == months(12)
    True
    """
    return Duration(12 * whole(n, "years", MAX_MONTHS // 12))


def each_after(duration: Duration, first: int, last: int) -> list[int]:
    """What `after` gives for each day from the first to the last; all are ordinals of dates.

    Within one month the end moves with the start until it is clamped, so two additions are enough
    for all its days.

    Raises:
        CalendarLimitError: An end is after the year 9999.

    >>> first = date(2026, 1, 30).toordinal()
    >>> [str(date.fromordinal(day)) for day in each_after(months(1), first, first + 2)]
    ['2026-02-28', '2026-02-28', '2026-03-01']
    """
    found: list[int] = []
    while first <= last:
        day = date.fromordinal(first)
        until = min(last, _in_month(day.year, day.month - 1, 31).toordinal())
        low = duration.after(day).toordinal()
        high = duration.after(date.fromordinal(until)).toordinal()
        found += range(low, high + 1)
        found += [high] * (until - first - (high - low))
        first = until + 1
    return found


def _is_certainly_at_most(a: Duration, b: Duration) -> bool:
    """Whether `a` is at most `b` on every date; undecided counts as no."""
    return _DAYS_IN_MONTHS[a.months - b.months][1] <= b.days - a.days


def _is_at_most(a: Duration, b: Duration) -> bool:
    """`a <= b`: the one place where an order that depends on the date is refused."""
    least, greatest = _DAYS_IN_MONTHS[a.months - b.months]
    days = b.days - a.days
    if greatest <= days:
        return True
    if least >= days:
        return False
    raise IndeterminateOrderError(a, b, (least - days, greatest - days))


def _shorter(a: Duration, b: Duration) -> Duration:
    return a if _is_at_most(a, b) else b


def _longer(a: Duration, b: Duration) -> Duration:
    return b if _is_at_most(a, b) else a


# ---- ranges --------------------------------------------------------------------------------


@final
@attrs.frozen(eq=False, repr=False)
class DurationRange(Value):
    """A closed range: every duration from the shortest to the longest is possible.

    The shortest must be at most the longest on every date, so "30 days to 1 month" is refused.

    Attributes:
        shortest: The lower end.
        longest: The upper end, which is included.
        ZERO: No time at all; use it as the start of a `sum` of ranges.

    Raises:
        InvalidDurationRangeError: The ends are not certainly in order.
        TypeError: An end is not a `Duration`.

    >>> DurationRange(weeks(4), weeks(6))
    DurationRange.parse('4-6 weeks')
    >>> print(DurationRange(weeks(4), weeks(6)) + DurationRange(months(4), months(8)))
    4 months 4 weeks to 8 months 6 weeks
    """

    ZERO: ClassVar[DurationRange]

    shortest: Duration
    longest: Duration

    def __attrs_post_init__(self) -> None:
        _expect(Duration, self.shortest)
        _expect(Duration, self.longest)
        if not _is_certainly_at_most(self.shortest, self.longest):
            raise InvalidDurationRangeError(self.shortest, self.longest)

    # -- arithmetic --

    def __add__(self, other: DurationRange) -> DurationRange:
        """The total of both, one after the other, to show and to compare.

        For dates, add the stages in turn: `b.after(a.after(start))`.

        >>> parts = [DurationRange.parse("4-6 weeks"), DurationRange.parse("4-8 months")]
        >>> print(sum(parts, DurationRange.ZERO))
        4 months 4 weeks to 8 months 6 weeks
        """
        if type(other) is not DurationRange:
            return NotImplemented
        a, b = self.shortest, other.shortest
        c, d = self.longest, other.longest
        return _range(a.months + b.months, a.days + b.days, c.months + d.months, c.days + d.days)

    def __mul__(self, times: int) -> DurationRange:
        """The range repeated a whole number of times, one after the other.

        Raises:
            InvalidDurationError: The number is below zero.
        """
        if type(times) is not int:
            return NotImplemented
        return _range_of(self.shortest * times, self.longest * times)

    __rmul__ = __mul__

    def alongside(self, other: DurationRange) -> DurationRange:
        """Side by side, both must finish: the longer of the shortest, the longer of the longest.

        Raises:
            IndeterminateOrderError: Which is longer depends on the date.
            TypeError: `other` is not a range.

        >>> print(DurationRange.parse("4-6 weeks").alongside(DurationRange.parse("1-2 months")))
        1-2 months
        """
        _expect(DurationRange, other)
        return _range_of(
            _longer(self.shortest, other.shortest), _longer(self.longest, other.longest)
        )

    def __or__(self, other: DurationRange) -> DurationRange:
        """The hull: the smallest range that contains both.

        Raises:
            IndeterminateOrderError: Which end is further out depends on the date.

        >>> print(DurationRange.parse("4-6 weeks") | DurationRange.parse("1-2 months"))
        4 weeks to 2 months
        """
        if type(other) is not DurationRange:
            return NotImplemented
        return _range_of(
            _shorter(self.shortest, other.shortest), _longer(self.longest, other.longest)
        )

    def __and__(self, other: DurationRange) -> DurationRange | None:
        """The intersection: the durations in both, or None if there are none.

        Raises:
            IndeterminateOrderError: Which end is further in, or whether the two meet, depends
                on the date.

        >>> print(DurationRange.parse("4-6 weeks") & DurationRange.parse("1-2 months"))
        1 month to 6 weeks
        """
        if type(other) is not DurationRange:
            return NotImplemented
        shortest = _longer(self.shortest, other.shortest)
        longest = _shorter(self.longest, other.longest)
        return _range_of(shortest, longest) if _is_at_most(shortest, longest) else None

    # -- relations, which never raise when the order is undecided --

    def __contains__(self, item: Duration | DurationRange) -> bool:
        """Whether the duration, or every member of the range, is certainly inside.

        >>> weeks(5) in DurationRange.parse("1-2 months")
        True
        """
        if type(item) is DurationRange:
            first, last = item.shortest, item.longest
        elif type(item) is Duration:
            first = last = item
        else:
            raise TypeError(f"a range contains durations and ranges, not {item!r}")
        return _is_certainly_at_most(self.shortest, first) and _is_certainly_at_most(
            last, self.longest
        )

    def at_most(self, other: DurationRange) -> bool:
        """Whether every member is at most every member of `other`, on every date.

        This is IEEE 1788 `precedes`; undecided counts as False.

        Raises:
            TypeError: `other` is not a range.

        >>> DurationRange.parse("2-4 weeks").at_most(DurationRange.parse("1-2 months"))
        True
        """
        _expect(DurationRange, other)
        return _is_certainly_at_most(self.longest, other.shortest)

    def shorter_than(self, other: DurationRange) -> bool:
        """Whether every member is shorter than every member of `other`, on every date.

        This is IEEE 1788 `strictPrecedes`; undecided counts as False.

        Raises:
            TypeError: `other` is not a range.

        >>> DurationRange.parse("2-4 weeks").shorter_than(DurationRange.parse("1-2 months"))
        False
        """
        _expect(DurationRange, other)
        return self.longest.day_difference(other.shortest)[1] < 0

    def within(self, limit: Duration) -> bool:
        """Whether every member is at most `limit` on every date.

        Raises:
            TypeError: The limit is not a duration.

        >>> DurationRange.parse("1-2 months").within(weeks(8))
        False
        """
        _expect(Duration, limit)
        return _is_certainly_at_most(self.longest, limit)

    def may_be_within(self, limit: Duration) -> bool:
        """Whether some member is at most `limit` on some date.

        Raises:
            TypeError: The limit is not a duration.

        >>> DurationRange.parse("1-2 months").may_be_within(weeks(8))
        True
        """
        return self.shortest.day_difference(limit)[0] <= 0

    # -- dates --

    def __radd__(self, start: date | Window) -> Window:
        """`start + range`: the same as `range.after(start)`, so stages add from left to right.

        >>> print(date(2026, 1, 5) + DurationRange.parse("4-6 weeks"))
        2026-02-02 to 2026-02-16
        """
        if not isinstance(start, (date, Window)):
            return NotImplemented
        return self.after(start)

    def after(self, start: date | Window) -> Window:
        """The window in which something that takes this long ends.

        For stages in turn, `b.after(a.after(start))` is exact, and both its ends can occur.

        Raises:
            TypeError: `start` is a `datetime`, or neither a date nor a window.
            CalendarLimitError: The window is outside the calendar.

        >>> print(DurationRange.parse("4-6 weeks").after(date(2026, 1, 5)))
        2026-02-02 to 2026-02-16
        """
        earliest, latest = _ends(start)
        return Window(self.shortest.after(earliest), self.longest.after(latest))

    def latest_start(self, deadline: date | Window) -> Window:
        """The latest starts for a deadline: safe at the longest, possible at the shortest.

        The window's `earliest` is the last start that is safe even if it takes the longest; its
        `latest` is the last start that can still be in time. For stages in turn, go backwards:
        `a.latest_start(b.latest_start(deadline))`.

        Raises:
            TypeError: `deadline` is a `datetime`, or neither a date nor a window.
            CalendarLimitError: The window is outside the calendar.

        >>> print(DurationRange.parse("1-2 months").latest_start(date(2026, 2, 28)))
        2025-12-31 to 2026-01-31
        """
        earliest, latest = _ends(deadline)
        return Window(self.longest.latest_start(earliest), self.shortest.latest_start(latest))

    # -- text --

    @classmethod
    def parse(cls, text: str) -> DurationRange:
        """The range that a text names: two durations, or one that is both ends.

        The two are separated by a hyphen, a dash or "to", in ISO 8601 also by a slash. A bare first
        number takes the unit of the second: "4-6 weeks". Each side is read as `Duration.parse`
        reads it.

        Raises:
            DurationSyntaxError: The text is anything else; the error says where.
            InvalidDurationRangeError: The two are not certainly in order.
            TypeError: It is not text.

        >>> print(DurationRange.parse("4 weeks – 2 months"), DurationRange.parse("P4W/P6W"))
        4 weeks to 2 months 4-6 weeks
        """
        from nhs_api_catalogue._duration_text import read_range  # noqa: PLC0415  see above

        return _range_of(*read_range(text, _duration))

    def __str__(self) -> str:
        """In words; a single shared unit appears once: "4-6 weeks"."""
        one, other = str(self.shortest), str(self.longest)
        if one == other:
            return one
        match one.split(), other.split():
            case [number, unit], [_, other_unit] if unit.removesuffix(
                "s"
            ) == other_unit.removesuffix("s"):
                return f"{number}-{other}"
            case _:
                return f"{one} to {other}"

    def __repr__(self) -> str:
        return f"DurationRange.parse({str(self)!r})"

    def isoformat(self) -> str:
        """Both ends in ISO 8601, with a slash between them.

        The pair is this library's own notation: ISO 8601 itself has no range of durations.

        >>> DurationRange.parse("4-6 weeks").isoformat()
        'P4W/P6W'
        """
        return f"{self.shortest.isoformat()}/{self.longest.isoformat()}"

    def __format__(self, spec: str) -> str:
        """`""` gives `str`, `"iso"` gives `isoformat`, a width such as `">20"` aligns `str`."""
        return _formatted(self, spec)

    def _repr_html_(self) -> str:
        """Both ends as a table for notebooks, with bars in proportion to `mean_days`."""
        from nhs_api_catalogue._html import Bar, Group, write_table  # noqa: PLC0415  few need it

        # Hundredths of a day are finer than a screen can show.
        solid, whole = (int(100 * end.mean_days) for end in (self.shortest, self.longest))
        groups: tuple[Group, ...] = (
            ("shortest", [[str(self.shortest), Bar(0, solid, 0, whole or 1)]]),
            ("longest", [[str(self.longest), Bar(0, solid, whole - solid, whole or 1)]]),
        )
        return write_table(
            str(self), ("end", "duration", "solid: certain; outlined: possible"), groups
        )


DurationRange.ZERO = DurationRange(Duration.ZERO, Duration.ZERO)


@lru_cache(maxsize=4096)
def _range(
    shortest_months: int, shortest_days: int, longest_months: int, longest_days: int
) -> DurationRange:
    return DurationRange(
        _duration(shortest_months, shortest_days), _duration(longest_months, longest_days)
    )


def _range_of(shortest: Duration, longest: Duration) -> DurationRange:
    return _range(shortest.months, shortest.days, longest.months, longest.days)


# ---- windows -------------------------------------------------------------------------------


@final
@attrs.frozen(eq=False, repr=False)
class Window(Value):
    """A closed span of dates: anything from the earliest to the latest day is possible.

    Attributes:
        earliest: The first day.
        latest: The last day, which is included.

    Raises:
        InvalidWindowError: The earliest day comes after the latest.
        TypeError: A day is a `datetime` or not a date.

    >>> Window(date(2026, 8, 5), date(2027, 3, 5))
    Window(earliest=date(2026, 8, 5), latest=date(2027, 3, 5))
    >>> print(Window(date(2026, 8, 5), date(2027, 3, 5)))
    2026-08-05 to 2027-03-05
    """

    earliest: date = attrs.field(converter=_plain_date)
    latest: date = attrs.field(converter=_plain_date)

    def __attrs_post_init__(self) -> None:
        if self.earliest > self.latest:
            raise InvalidWindowError(self.earliest, self.latest)

    @property
    def days(self) -> int:
        """The number of days from the earliest to the latest: 0 for a single day.

        This is the difference between the two dates; `day_count` counts the days in the window.

        >>> Window(date(2026, 8, 5), date(2026, 8, 7)).days
        2
        """
        return (self.latest - self.earliest).days

    @property
    def day_count(self) -> int:
        """The number of days in the window, including both ends: 1 for a single day.

        >>> Window(date(2026, 8, 5), date(2026, 8, 7)).day_count
        3
        """
        return self.days + 1

    def __contains__(self, item: date | Window) -> bool:
        """Whether the day, or every day of the window, is inside."""
        if type(item) is Window:
            return self.earliest <= item.earliest and item.latest <= self.latest
        return self.earliest <= _plain_date(item) <= self.latest

    def __or__(self, other: Window) -> Window:
        """The hull: the smallest window that contains both."""
        if type(other) is not Window:
            return NotImplemented
        return Window(min(self.earliest, other.earliest), max(self.latest, other.latest))

    def __and__(self, other: Window) -> Window | None:
        """The days in both, or None if there are none."""
        if type(other) is not Window:
            return NotImplemented
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return Window(earliest, latest) if earliest <= latest else None

    def alongside(self, other: Window) -> Window:
        """When both are done: the later of the earliest days, the later of the latest.

        Raises:
            TypeError: `other` is not a window.

        >>> long = Window(date(2026, 1, 5), date(2026, 3, 1))
        >>> print(long.alongside(Window(date(2026, 2, 1), date(2026, 2, 9))))
        2026-02-01 to 2026-03-01
        """
        _expect(Window, other)
        return Window(max(self.earliest, other.earliest), max(self.latest, other.latest))

    # -- text --

    @classmethod
    def parse(cls, text: str) -> Window:
        """The window that a text names: two dates, or one that is both ends.

        The two are separated by a slash, as in `isoformat`, or by "to", as in `str`. Each date has
        the form YYYY-MM-DD.

        Raises:
            InvalidDateError: The text is anything else.
            InvalidWindowError: The earliest day comes after the latest.
            TypeError: It is not text.

        >>> Window.parse("2026-08-05/2027-03-05")
        Window(earliest=date(2026, 8, 5), latest=date(2027, 3, 5))
        >>> Window.parse("2026-08-05").day_count
        1
        """
        if not isinstance(text, str):
            raise TypeError(f"expected text, got {text!r}")
        first, between, last = text.partition("/" if "/" in text else " to ")
        try:
            earliest = read_date(first.strip())
            return Window(earliest, read_date(last.strip()) if between else earliest)
        except InvalidDateError:
            raise InvalidDateError(text, "window", _WINDOW_FORM) from None

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return str(self.earliest)
        return f"{self.earliest} to {self.latest}"

    def __repr__(self) -> str:
        first, last = (repr(day).removeprefix("datetime.") for day in (self.earliest, self.latest))
        return f"Window(earliest={first}, latest={last})"

    def isoformat(self) -> str:
        """The window as an ISO 8601 interval of two dates, both included.

        >>> Window(date(2026, 8, 5), date(2027, 3, 5)).isoformat()
        '2026-08-05/2027-03-05'
        """
        return f"{self.earliest}/{self.latest}"

    def __format__(self, spec: str) -> str:
        """`""`, `"iso"` and a width are as for a `Duration`; `strftime` formats both days.

        >>> format(Window(date(2026, 8, 5), date(2027, 3, 5)), "%d %b %Y")
        '05 Aug 2026 to 05 Mar 2027'
        """
        if "%" not in spec:
            return _formatted(self, spec)
        if self.earliest == self.latest:
            return format(self.earliest, spec)
        return f"{self.earliest:{spec}} to {self.latest:{spec}}"

    def _repr_html_(self) -> str:
        """Both days as a table for notebooks, with the window as a bar on its calendar years."""
        from nhs_api_catalogue._html import Bar, Group, write_table  # noqa: PLC0415  few need it

        first, last = self.earliest.replace(month=1, day=1), self.latest.replace(month=12, day=31)
        bar = Bar((self.earliest - first).days, 0, self.day_count, (last - first).days + 1)
        groups: tuple[Group, ...] = (
            ("earliest", [[str(self.earliest), bar]]),
            ("latest", [[str(self.latest), ""]]),
        )
        return write_table(str(self), ("end", "day", f"{first} to {last}"), groups)


def _ends(when: date | Window) -> tuple[date, date]:
    return (when.earliest, when.latest) if isinstance(when, Window) else (when, when)


def _formatted(value: Duration | DurationRange | Window, spec: str) -> str:
    if spec == "":
        return str(value)
    if spec == "iso":
        return value.isoformat()
    aligned = align(str(value), spec)
    if aligned is not None:
        return aligned
    expected = "'iso', a width such as '>20'"
    if isinstance(value, Window):
        expected += ", a strftime format such as '%d %b %Y'"
    raise ValueError(f"unknown format {spec!r} for a {type(value).__name__}: expected {expected}")
