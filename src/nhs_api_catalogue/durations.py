"""Calendar durations, ranges of them, and the windows of dates that they lead to.

Theory of operation
-------------------
A *nominal duration* is a pair (months, days). Nothing converts one into the other, because a
month has 28 to 31 days: only a start date settles it. Adding to a date counts the months, keeps
the day or clamps it to the end of the month, then counts the days, as java.time, Temporal,
dateutil and PostgreSQL do.

*Order without a start date.* Over all start dates, n months last any number of days from
min(n) to max(n), the least and the greatest sums of n consecutive month lengths; clamping adds
no new extremes. For two durations whose months differ by n, the difference in days therefore
spans exactly [min(n) + d, max(n) + d], d being the difference of their days. If that span lies
on one side of 0, the order is certain; if 0 is inside, it depends on the date, and no answer is
given. The Gregorian calendar repeats after 4800 months, and one month of the cycle, February
2097, starts the shortest and ends the longest run of every length. So
min(n) = (S + n months) - S and max(n) = S - (S - n months) with S = 2097-02-01.

*Deadlines.* Anchoring is monotone but has no inverse: the 28th and the 31st of January both
reach 28 February. `latest_start` is its upper adjoint: d.after(s) <= t if and only if
s <= d.latest_start(t). Subtracting from the deadline is not, and misses it in 13 % of cases.

*Ranges* are closed pairs in certain order. Sums of ranges are totals to show; dates come from
folding windows stage by stage, because anchoring does not associate.
"""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final, final

import attrs

from nhs_api_catalogue._duration_text import (
    read_duration,
    read_range,
    write_duration,
    write_iso,
    write_range,
)
from nhs_api_catalogue.errors import (
    CalendarLimitError,
    DurationSyntaxError,
    IndeterminateOrderError,
    InvalidDateError,
    InvalidDurationError,
    InvalidDurationRangeError,
    InvalidWindowError,
)

if TYPE_CHECKING:
    from fractions import Fraction

MONTHS_IN_CYCLE: Final = 4800
DAYS_IN_CYCLE: Final = 146_097
MAX_DAYS: Final = timedelta.max.days


# ---- dates ---------------------------------------------------------------------------------


def read_date(value: date | str, what: str = "date") -> date:
    """The plain date that a caller gave as a date or as text.

    Only `YYYY-MM-DD` is read, so no text means two dates.

    Args:
        value: A date or its ISO text.
        what: What the date is for, as the error is to call it.

    Raises:
        InvalidDateError: The text is not a date that exists.
        TypeError: The value is a `datetime`, whose time would be lost, or no date at all.

    >>> read_date("2026-01-05")
    datetime.date(2026, 1, 5)
    """
    if isinstance(value, str):
        try:
            if len(value) != len("YYYY-MM-DD") or not value.isascii():
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise InvalidDateError(value, what) from None
    return _plain_date(value)


def _plain_date(value: date) -> date:
    """The value itself if it is a date without a time."""
    if type(value) is date:
        return value
    if isinstance(value, datetime):
        message = f"expected a date, got {value!r}: say which day with .date()"
        raise TypeError(message)
    if not isinstance(value, date):
        message = f"expected a date, got {value!r}"
        raise TypeError(message)
    return date(value.year, value.month, value.day)


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last day if the month is shorter."""
    return date(year, month, day if day <= 28 else min(day, _month_length(year, month)))


def _span_of_months(n: int) -> tuple[int, int]:
    """The least and the greatest number of days that n months last (0 <= n < 4800)."""
    origin = date(2097, 2, 1)
    years, month = divmod(1 + n, 12)
    least = date(2097 + years, month + 1, 1) - origin
    years, month = divmod(1 - n, 12)
    greatest = origin - date(2097 + years, month + 1, 1)
    return least.days, greatest.days


# Tables of what is met in practice, twenty years of months and one of days: 0.3 ms at import,
# and a look-up costs a quarter of the arithmetic.
_SPANS: Final = tuple(_span_of_months(n) for n in range(241))
_DAYS: Final = tuple(timedelta(n) for n in range(367))


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
    """

    SHORTER = "shorter"
    AT_MOST = "at most"
    EQUAL = "equal"
    AT_LEAST = "at least"
    LONGER = "longer"
    INDETERMINATE = "indeterminate"


@final
@attrs.frozen(order=False)
class Duration:
    """A nominal (calendar) duration: whole months, then whole days, neither below zero.

    A week is 7 days and a year 12 months; a month is never a number of days. Two durations are
    equal when they have the same effect on every date, which is when months and days are equal.

    Attributes:
        months: Months, 0 to 4799.
        days: Days, 0 to 999999999, counted after the months.

    Raises:
        TypeError: A part is not an `int`.
        InvalidDurationError: A part is below zero.
        CalendarLimitError: A part is too large to have a meaning.

    >>> Duration(months=4, days=28)
    Duration(months=4, days=28)
    >>> print(Duration(months=4, days=28))
    4 months 4 weeks
    """

    ZERO: ClassVar[Duration]

    months: int = 0
    days: int = 0

    def __attrs_post_init__(self) -> None:
        for name, value, limit in (
            ("months", self.months, MONTHS_IN_CYCLE - 1),
            ("days", self.days, MAX_DAYS),
        ):
            if type(value) is not int:
                message = f"{name} must be a whole number (int), got {value!r}"
                raise TypeError(message)
            if value < 0:
                raise InvalidDurationError(value, f"{name} cannot be below zero")
            if value > limit:
                raise CalendarLimitError(f"a duration of {value} {name}")

    # -- arithmetic --

    def __add__(self, other: Duration) -> Duration:
        """One after the other, as a total: months and days apart."""
        if not isinstance(other, Duration):
            return NotImplemented
        return _duration(self.months + other.months, self.days + other.days)

    def __mul__(self, times: int) -> Duration:
        """The duration a whole number of times over."""
        if type(times) is not int:
            return NotImplemented
        if times < 0:
            raise InvalidDurationError(times, "a duration cannot be taken fewer than 0 times")
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
            TypeError: `start` is a `datetime` or no date.
            CalendarLimitError: The result lies after the year 9999.

        >>> months(1).after(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        >>> date(2026, 1, 31) + Duration(months=1, days=3)
        datetime.date(2026, 3, 3)
        """
        if type(start) is not date:
            start = _plain_date(start)
        months, days = self.months, self.days
        try:
            if months:
                years, month = divmod(start.month - 1 + months, 12)
                start = _in_month(start.year + years, month + 1, start.day)
            return start + (_DAYS[days] if days < len(_DAYS) else timedelta(days))
        except (ValueError, OverflowError):
            raise CalendarLimitError(f"{start} + {self}") from None

    def latest_start(self, deadline: date) -> date:
        """The last date from which this duration ends on or before `deadline`.

        This is the adjoint of `after`: `d.after(s) <= t` if and only if
        `s <= d.latest_start(t)`. Let t be the deadline less the days. If t is the last day of
        its month, the answer is the last day of the month that lies `months` earlier; else it
        is the same day of that month, clamped.

        Raises:
            TypeError: `deadline` is a `datetime` or no date.
            CalendarLimitError: The result lies before year 1.

        >>> months(1).latest_start(date(2026, 2, 28))
        datetime.date(2026, 1, 31)
        >>> Duration(months=1, days=3).latest_start(date(2023, 3, 2))
        datetime.date(2023, 1, 27)
        """
        deadline = _plain_date(deadline)
        try:
            t = deadline - timedelta(self.days)
            years, month = divmod(t.month - 1 - self.months, 12)
            year, month = t.year + years, month + 1
            at_end = t.day == _month_length(t.year, t.month)
            return _in_month(year, month, 31 if at_end else t.day)
        except (ValueError, OverflowError):
            raise CalendarLimitError(f"the latest start of {self} for {deadline}") from None

    # -- order --

    def day_difference(self, other: Duration) -> tuple[int, int]:
        """The least and the greatest number of days by which this is longer than `other`.

        Both are reached on some start date; negative numbers mean that this is shorter.

        >>> months(1).day_difference(days(30))
        (-2, 1)
        >>> weeks(5).day_difference(months(1))
        (4, 7)
        """
        n = self.months - other.months
        d = self.days - other.days
        if n >= 0:
            least, greatest = _SPANS[n] if n < len(_SPANS) else _span_of_months(n)
            return least + d, greatest + d
        least, greatest = _SPANS[-n] if -n < len(_SPANS) else _span_of_months(-n)
        return d - greatest, d - least

    def compare(self, other: Duration, *, start: date | None = None) -> Ordering:
        """How this compares with `other`: over all start dates, or on one.

        Args:
            other: The duration to compare with.
            start: The start date; with it the answer is SHORTER, EQUAL or LONGER.

        >>> weeks(4).compare(months(1))
        <Ordering.AT_MOST: 'at most'>
        >>> days(30).compare(months(1))
        <Ordering.INDETERMINATE: 'indeterminate'>
        >>> days(30).compare(months(1), start=date(2026, 2, 1))
        <Ordering.LONGER: 'longer'>
        """
        if start is None:
            least, greatest = self.day_difference(other)
        else:
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
        if not isinstance(other, Duration):
            return NotImplemented
        least, greatest = self.day_difference(other)
        if greatest <= 0:
            return True
        if least >= 0:
            return False
        raise IndeterminateOrderError(self, other, (least, greatest))

    def __lt__(self, other: Duration) -> bool:
        """Whether this is at most `other` on every date and not equal to it."""
        if not isinstance(other, Duration):
            return NotImplemented
        return self != other and self <= other

    def __ge__(self, other: Duration) -> bool:
        """Whether `other` is at most this on every date."""
        if not isinstance(other, Duration):
            return NotImplemented
        return other <= self

    def __gt__(self, other: Duration) -> bool:
        """Whether `other` is at most this on every date and not equal to it."""
        if not isinstance(other, Duration):
            return NotImplemented
        return other < self

    @property
    def mean_days(self) -> Fraction:
        """The days on average over the 400-year cycle, exactly: 146097/4800 a month.

        Only for sorting and plotting. It never contradicts a certain order.

        >>> months(1).mean_days
        Fraction(48699, 1600)
        """
        # fractions and decimal cost 5 ms at import, and few need them.
        from fractions import Fraction  # noqa: PLC0415

        return Fraction(DAYS_IN_CYCLE * self.months, MONTHS_IN_CYCLE) + self.days

    # -- text --

    @classmethod
    def parse(cls, text: str) -> Duration:
        """The duration that a text names, in English words or in ISO 8601.

        Words: whole numbers with day, week, month or year in singular or plural, each unit
        once, joined by spaces, commas or "and". ISO: `P4W`, `P4M28D`, also `P4M4W` and years.
        Upper and lower case and Unicode spaces are alike; at most 200 characters are read.

        Raises:
            DurationSyntaxError: The text is anything else; it says where.

        >>> Duration.parse("4 months, 4 weeks")
        Duration(months=4, days=28)
        >>> Duration.parse("P1Y") == months(12)
        True
        """
        return _read(text, read_duration(text))

    def __str__(self) -> str:
        return write_duration(self.months, self.days)

    def isoformat(self) -> str:
        """The duration in ISO 8601: weeks alone as weeks, else months and days.

        >>> weeks(4).isoformat(), Duration(4, 28).isoformat(), Duration.ZERO.isoformat()
        ('P4W', 'P4M28D', 'P0D')
        """
        return write_iso(self.months, self.days)

    def __format__(self, spec: str) -> str:
        """`""` gives `str`, `"iso"` gives `isoformat`."""
        return _formatted(self, spec)


Duration.ZERO = Duration()

# Durations and ranges are immutable and few differ, so results are shared: finding one costs a
# quarter of making and checking one.
_duration = lru_cache(maxsize=4096)(Duration)


def _read(text: str, pair: tuple[int, int]) -> Duration:
    """The duration of a pair that was read; one beyond the limits is a fault of the text."""
    try:
        return _duration(*pair)
    except CalendarLimitError as error:
        raise DurationSyntaxError(text, 0, str(error)) from error


def days(n: int) -> Duration:
    """The duration of n days.

    >>> print(days(10))
    10 days
    """
    return Duration(0, n)


def weeks(n: int) -> Duration:
    """The duration of n weeks of 7 days.

    >>> weeks(4) == days(28)
    True
    """
    return Duration(0, _whole(n, "weeks") * 7)


def months(n: int) -> Duration:
    """The duration of n calendar months.

    >>> months(1) == days(30)
    False
    """
    return Duration(n, 0)


def years(n: int) -> Duration:
    """The duration of n years of 12 months.

    >>> years(1) == months(12)
    True
    """
    return Duration(_whole(n, "years") * 12, 0)


def _whole(value: int, name: str) -> int:
    """The value if it is an int, so that no float or text is multiplied."""
    if type(value) is not int:
        message = f"{name} must be a whole number (int), got {value!r}"
        raise TypeError(message)
    return value


def _shorter(a: Duration, b: Duration) -> Duration:
    return a if a <= b else b


def _longer(a: Duration, b: Duration) -> Duration:
    return b if a <= b else a


# ---- ranges --------------------------------------------------------------------------------


@final
@attrs.frozen(repr=False, order=False)
class DurationRange:
    """A closed range: every duration from the shortest to the longest is possible.

    The shortest must be at most the longest on every date, so "30 days to 1 month" is refused.

    Attributes:
        shortest: The lower end.
        longest: The upper end, which belongs to the range.

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
        for end in (self.shortest, self.longest):
            if not isinstance(end, Duration):
                message = f"the ends of a range must be durations, got {end!r}"
                raise TypeError(message)
        if self.shortest.day_difference(self.longest)[1] > 0:
            raise InvalidDurationRangeError(self.shortest, self.longest)

    # -- arithmetic --

    def __add__(self, other: DurationRange) -> DurationRange:
        """One after the other, as a total to show and to compare.

        For dates, fold: `b.after(a.after(start))`.
        """
        if not isinstance(other, DurationRange):
            return NotImplemented
        a, b, c, d = self.shortest, other.shortest, self.longest, other.longest
        return _range(a.months + b.months, a.days + b.days, c.months + d.months, c.days + d.days)

    def __mul__(self, times: int) -> DurationRange:
        """The range a whole number of times over, one after the other."""
        if type(times) is not int:
            return NotImplemented
        return DurationRange(self.shortest * times, self.longest * times)

    __rmul__ = __mul__

    def alongside(self, other: DurationRange) -> DurationRange:
        """Side by side, both must finish: the longer of the shortest, the longer of the longest.

        Raises:
            IndeterminateOrderError: Which is longer depends on the date.

        >>> print(DurationRange.parse("4-6 weeks").alongside(DurationRange.parse("1-2 months")))
        1-2 months
        """
        return DurationRange(
            _longer(self.shortest, other.shortest), _longer(self.longest, other.longest)
        )

    def __or__(self, other: DurationRange) -> DurationRange:
        """The hull: the least range that contains both.

        Raises:
            IndeterminateOrderError: Which end is further out depends on the date.
        """
        if not isinstance(other, DurationRange):
            return NotImplemented
        return DurationRange(
            _shorter(self.shortest, other.shortest), _longer(self.longest, other.longest)
        )

    def __and__(self, other: DurationRange) -> DurationRange | None:
        """The intersection: the durations in both, or None when there are none.

        Raises:
            IndeterminateOrderError: Which end is further in, or whether the two meet, depends
                on the date.
        """
        if not isinstance(other, DurationRange):
            return NotImplemented
        a = _longer(self.shortest, other.shortest)
        b = _shorter(self.longest, other.longest)
        return _range(a.months, a.days, b.months, b.days) if a <= b else None

    # -- relations, which never raise for want of an order --

    def __contains__(self, item: Duration | DurationRange) -> bool:
        """Whether the duration, or every member of the range, is certainly inside."""
        if isinstance(item, Duration):
            item = DurationRange(item, item)
        elif not isinstance(item, DurationRange):
            message = f"a range contains durations and ranges, not {item!r}"
            raise TypeError(message)
        return (
            self.shortest.day_difference(item.shortest)[1] <= 0
            and item.longest.day_difference(self.longest)[1] <= 0
        )

    def at_most(self, other: DurationRange) -> bool:
        """Whether every member is at most every member of `other`, on every date.

        This is IEEE 1788 `precedes`; undecided counts as False.

        >>> DurationRange.parse("2-4 weeks").at_most(DurationRange.parse("1-2 months"))
        True
        """
        return self.longest.day_difference(other.shortest)[1] <= 0

    def shorter_than(self, other: DurationRange) -> bool:
        """Whether every member is shorter than every member of `other`, on every date.

        This is IEEE 1788 `strictPrecedes`; undecided counts as False.

        >>> DurationRange.parse("2-4 weeks").shorter_than(DurationRange.parse("1-2 months"))
        False
        """
        return self.longest.day_difference(other.shortest)[1] < 0

    def within(self, limit: Duration) -> bool:
        """Whether every member is at most `limit` on every date.

        >>> DurationRange.parse("1-2 months").within(weeks(8))
        False
        """
        return self.longest.day_difference(limit)[1] <= 0

    def may_be_within(self, limit: Duration) -> bool:
        """Whether some member is at most `limit` on some date.

        >>> DurationRange.parse("1-2 months").may_be_within(weeks(8))
        True
        """
        return self.shortest.day_difference(limit)[0] <= 0

    # -- dates --

    def after(self, start: date | Window) -> Window:
        """The window in which something that takes this long ends.

        Stages fold: `b.after(a.after(start))` is exact, both corners are reached.

        Raises:
            TypeError: `start` is a `datetime`, or neither a date nor a window.
            CalendarLimitError: The window leaves the calendar.

        >>> print(DurationRange.parse("4-6 weeks").after(date(2026, 1, 5)))
        2026-02-02 to 2026-02-16
        """
        if isinstance(start, Window):
            return Window(self.shortest.after(start.earliest), self.longest.after(start.latest))
        return Window(self.shortest.after(start), self.longest.after(start))

    def latest_start(self, deadline: date | Window) -> Window:
        """The latest starts for a deadline: safe at the longest, possible at the shortest.

        The window's `earliest` is the last start that is safe even if it takes the longest; its
        `latest` is the last start that can still work out. Stages fold backwards:
        `a.latest_start(b.latest_start(deadline))`.

        Raises:
            TypeError: `deadline` is a `datetime`, or neither a date nor a window.
            CalendarLimitError: The window leaves the calendar.

        >>> print(DurationRange.parse("1-2 months").latest_start(date(2026, 2, 28)))
        2025-12-31 to 2026-01-31
        """
        if isinstance(deadline, Window):
            earliest, latest = deadline.earliest, deadline.latest
        else:
            earliest = latest = deadline
        return Window(self.longest.latest_start(earliest), self.shortest.latest_start(latest))

    # -- text --

    @classmethod
    def parse(cls, text: str) -> DurationRange:
        """The range that a text names: two durations, or one that is both ends.

        Between the two stands a hyphen, a dash or "to", in ISO 8601 also a slash. A bare first
        number takes the unit of the second: "4-6 weeks". Each side is read as `Duration.parse`
        reads it.

        Raises:
            DurationSyntaxError: The text is anything else; it says where.
            InvalidDurationRangeError: The two are not certainly in order.

        >>> print(DurationRange.parse("4 weeks – 2 months"), DurationRange.parse("P4W/P6W"))
        4 weeks to 2 months 4-6 weeks
        """
        shortest, longest = read_range(text)
        return cls(_read(text, shortest), _read(text, longest))

    def __str__(self) -> str:
        shortest, longest = self.shortest, self.longest
        return write_range((shortest.months, shortest.days), (longest.months, longest.days))

    def __repr__(self) -> str:
        return f"DurationRange.parse({str(self)!r})"

    def isoformat(self) -> str:
        """Both ends in ISO 8601, with a slash between.

        The pair is this library's own notation: ISO 8601 itself has no range of durations.

        >>> DurationRange.parse("4-6 weeks").isoformat()
        'P4W/P6W'
        """
        return f"{self.shortest.isoformat()}/{self.longest.isoformat()}"

    def __format__(self, spec: str) -> str:
        """`""` gives `str`, `"iso"` gives `isoformat`."""
        return _formatted(self, spec)


DurationRange.ZERO = DurationRange(Duration.ZERO, Duration.ZERO)


@lru_cache(maxsize=4096)
def _range(
    shortest_months: int, shortest_days: int, longest_months: int, longest_days: int
) -> DurationRange:
    return DurationRange(
        _duration(shortest_months, shortest_days), _duration(longest_months, longest_days)
    )


# ---- windows -------------------------------------------------------------------------------


@final
@attrs.frozen(repr=False, order=False)
class Window:
    """A closed span of dates: anything from the earliest to the latest day is possible.

    Attributes:
        earliest: The first day.
        latest: The last day, which belongs to the window.

    Raises:
        InvalidWindowError: The earliest day comes after the latest.
        TypeError: A day is a `datetime` or no date.

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
        """The days from the earliest to the latest: 0 for a single day."""
        return (self.latest - self.earliest).days

    def __contains__(self, item: date | Window) -> bool:
        """Whether the day, or every day of the window, is inside."""
        if isinstance(item, Window):
            return self.earliest <= item.earliest and item.latest <= self.latest
        return self.earliest <= _plain_date(item) <= self.latest

    def __or__(self, other: Window) -> Window:
        """The hull: the least window that contains both."""
        if not isinstance(other, Window):
            return NotImplemented
        return Window(min(self.earliest, other.earliest), max(self.latest, other.latest))

    def __and__(self, other: Window) -> Window | None:
        """The days in both, or None when there are none."""
        if not isinstance(other, Window):
            return NotImplemented
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return Window(earliest, latest) if earliest <= latest else None

    def alongside(self, other: Window) -> Window:
        """When both are done: the later of the earliest days, the later of the latest.

        >>> a, b = Window(date(2026, 1, 5), date(2026, 3, 1)), Window(date(2026, 2, 1), date(2026, 2, 9))
        >>> print(a.alongside(b))
        2026-02-01 to 2026-03-01
        """
        return Window(max(self.earliest, other.earliest), max(self.latest, other.latest))

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return str(self.earliest)
        return f"{self.earliest} to {self.latest}"

    def __repr__(self) -> str:
        earliest, latest = (repr(day).removeprefix("datetime.") for day in (self.earliest, self.latest))
        return f"Window(earliest={earliest}, latest={latest})"

    def isoformat(self) -> str:
        """The window as an ISO 8601 interval of two dates, both of which belong to it.

        >>> Window(date(2026, 8, 5), date(2027, 3, 5)).isoformat()
        '2026-08-05/2027-03-05'
        """
        return f"{self.earliest}/{self.latest}"

    def __format__(self, spec: str) -> str:
        """`""` gives `str`, `"iso"` gives `isoformat`, else `strftime` formats both days.

        >>> format(Window(date(2026, 8, 5), date(2027, 3, 5)), "%d %b %Y")
        '05 Aug 2026 to 05 Mar 2027'
        """
        if "%" not in spec:
            return _formatted(self, spec)
        if self.earliest == self.latest:
            return format(self.earliest, spec)
        return f"{self.earliest:{spec}} to {self.latest:{spec}}"


def _formatted(value: Duration | DurationRange | Window, spec: str) -> str:
    if spec == "":
        return str(value)
    if spec == "iso":
        return value.isoformat()
    message = f"unknown format {spec!r} for a {type(value).__name__}: expected '' or 'iso'"
    raise ValueError(message)
