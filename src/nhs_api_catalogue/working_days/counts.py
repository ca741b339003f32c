"""Times counted in working days, and their dates on a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, final

import attrs

from nhs_api_catalogue._duration_text import read_working_days
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Duration, DurationRange, Window, counted, whole
from nhs_api_catalogue.errors import InvalidDurationError, InvalidDurationRangeError
from nhs_api_catalogue.working_days.calendars import WorkingCalendar


@final
@attrs.frozen(eq=False, repr=False)
class WorkingDays(Value):
    """A number of working days, or a range of such numbers.

    It ends on the n-th working day after its start, on a `WorkingCalendar`. A start on another day
    counts as the working day before it, and 0 working days end on the start itself. Working days
    and calendar durations cannot be compared or added: how many days ten working days last depends
    on a start and a calendar.

    Attributes:
        shortest: The least number of working days.
        longest: The greatest, which is included; by default, the least.
        ZERO: No time at all; use it as the start of a `sum`.

    Raises:
        InvalidDurationRangeError: The greatest number is below the least.
        InvalidDurationError: A number is below zero.
        CalendarLimitError: A number is above 999999999.
        TypeError: A number is not an `int`.

    >>> print(WorkingDays(10), WorkingDays(5, 10), sep="; ")
    10 working days; 5-10 working days
    >>> WorkingDays(5) + WorkingDays(5, 10) == WorkingDays(10, 15)
    True
    """

    ZERO: ClassVar[WorkingDays]

    shortest: int
    longest: int = attrs.field(default=attrs.Factory(lambda self: self.shortest, takes_self=True))

    def __attrs_post_init__(self) -> None:
        for end in ("shortest", "longest"):
            object.__setattr__(self, end, whole(getattr(self, end), "working days"))
        if self.longest < self.shortest:
            raise InvalidDurationRangeError(f"{self.shortest}", f"{self.longest} working days")

    def _is_like(self, other: object) -> bool:
        """Whether it is the same number of working days.

        Raises:
            TypeError: It is a calendar duration.
        """
        if isinstance(other, (Duration, DurationRange)):
            message = (
                f"{self} and {other} are of different kinds: how long working days last depends on "
                "the start and the calendar, so compare the dates from .after(...)"
            )
            raise TypeError(message)
        return type(other) is WorkingDays

    # -- arithmetic --

    def __add__(self, other: WorkingDays) -> WorkingDays:
        """One after the other. Unlike months, working days can be added before they have dates.

        Raises:
            TypeError: `other` is a calendar duration.
        """
        if not self._is_like(other):
            return NotImplemented
        return WorkingDays(self.shortest + other.shortest, self.longest + other.longest)

    def __radd__(self, other: object) -> WorkingDays:
        """Nothing else can be added.

        Raises:
            TypeError: Always; the message says what to do instead.
        """
        if isinstance(other, date):
            message = (
                f"{self} after {other} depend on the calendar: use .after({other!r}, calendar)"
            )
            raise TypeError(message)
        self._is_like(other)
        return NotImplemented

    def __rsub__(self, other: object) -> WorkingDays:
        """Working days cannot be subtracted from anything.

        Raises:
            TypeError: Always; the message says what to do instead.
        """
        if isinstance(other, date):
            message = (
                f"{self} before {other} depends on the calendar: "
                f"use .latest_start({other!r}, calendar)"
            )
            raise TypeError(message)
        self._is_like(other)
        return NotImplemented

    def __mul__(self, times: int) -> WorkingDays:
        """The time, multiplied by a whole number.

        Raises:
            InvalidDurationError: The number is below zero.
        """
        if type(times) is not int:
            return NotImplemented
        if times < 0:
            raise InvalidDurationError(times, "a time cannot be multiplied by a negative number")
        return WorkingDays(self.shortest * times, self.longest * times)

    __rmul__ = __mul__

    def alongside(self, other: WorkingDays) -> WorkingDays:
        """Side by side, both must finish: the greater of the least, the greater of the greatest.

        Raises:
            TypeError: `other` is not in working days.

        >>> print(WorkingDays(5, 10).alongside(WorkingDays(8)))
        8-10 working days
        """
        _expect_working_days(other)
        return WorkingDays(max(self.shortest, other.shortest), max(self.longest, other.longest))

    def __or__(self, other: WorkingDays) -> WorkingDays:
        """The hull: the smallest range that contains both."""
        if not self._is_like(other):
            return NotImplemented
        return WorkingDays(min(self.shortest, other.shortest), max(self.longest, other.longest))

    def __ror__(self, other: object) -> WorkingDays:
        """There is no range of both kinds.

        Raises:
            TypeError: `other` is a calendar duration.
        """
        self._is_like(other)
        return NotImplemented

    __rand__ = __ror__

    def __and__(self, other: WorkingDays) -> WorkingDays | None:
        """The intersection: the numbers in both, or None if there are none."""
        if not self._is_like(other):
            return NotImplemented
        least, greatest = max(self.shortest, other.shortest), min(self.longest, other.longest)
        return WorkingDays(least, greatest) if least <= greatest else None

    # -- order --

    def __contains__(self, item: int | WorkingDays) -> bool:
        """Whether the number, or every number of the range, is inside.

        >>> 7 in WorkingDays(5, 10), WorkingDays(8, 12) in WorkingDays(5, 10)
        (True, False)
        """
        one = item if type(item) is WorkingDays else _single(item)
        return self.shortest <= one.shortest and one.longest <= self.longest

    def __le__(self, other: WorkingDays) -> bool:
        """Whether this number is at most the other; for ranges use `at_most`.

        Raises:
            TypeError: One of the two is a range, or a calendar duration.
        """
        if not self._is_like(other):
            return NotImplemented
        return _number(self) <= _number(other)

    def __lt__(self, other: WorkingDays) -> bool:
        """Whether this number is less than the other; for ranges use `shorter_than`."""
        if not self._is_like(other):
            return NotImplemented
        return _number(self) < _number(other)

    def __ge__(self, other: WorkingDays) -> bool:
        """Whether this number is at least the other."""
        if not self._is_like(other):
            return NotImplemented
        return _number(self) >= _number(other)

    def __gt__(self, other: WorkingDays) -> bool:
        """Whether this number is more than the other."""
        if not self._is_like(other):
            return NotImplemented
        return _number(self) > _number(other)

    def at_most(self, other: WorkingDays) -> bool:
        """Whether every number is at most every number of `other`.

        Raises:
            TypeError: `other` is not in working days.

        >>> WorkingDays(5, 10).at_most(WorkingDays(10, 15))
        True
        """
        _expect_working_days(other)
        return self.longest <= other.shortest

    def shorter_than(self, other: WorkingDays) -> bool:
        """Whether every number is less than every number of `other`.

        Raises:
            TypeError: `other` is not in working days.

        >>> WorkingDays(5, 10).shorter_than(WorkingDays(10, 15))
        False
        """
        _expect_working_days(other)
        return self.longest < other.shortest

    # -- dates --

    def after(self, start: date | str | Window, calendar: WorkingCalendar) -> Window:
        """The window in which something that takes this long ends.

        Args:
            start: The day on which it starts, as a date or its text, or the window of such days.
            calendar: The working days.

        Raises:
            CalendarHorizonError: A day in between is outside the calendar's known days.
            CalendarLimitError: The window is outside the calendar of years 1 to 9999.
            InvalidDateError: The text is not a date.
            TypeError: `start` is a `datetime` or none of these, or `calendar` is not a calendar.

        >>> from nhs_api_catalogue import england
        >>> print(WorkingDays(5, 10).after(date(2026, 12, 18), england()))
        2026-12-29 to 2027-01-06
        """
        first, last = _ends(start)
        _expect_calendar(calendar)
        return Window(calendar.after(first, self.shortest), calendar.after(last, self.longest))

    def latest_start(self, deadline: date | str | Window, calendar: WorkingCalendar) -> Window:
        """The latest starts for a deadline: safe at the longest, possible at the shortest.

        Args:
            deadline: The day by which it must end, as a date or its text, or the window of such
                days.
            calendar: The working days.

        Raises:
            CalendarHorizonError: A day in between is outside the calendar's known days.
            CalendarLimitError: The window is outside the calendar of years 1 to 9999.
            TypeError: `deadline` is a `datetime`, or neither a date nor a window.

        >>> from nhs_api_catalogue import england
        >>> print(WorkingDays(5, 10).latest_start(date(2027, 1, 6), england()))
        2026-12-20 to 2026-12-29
        """
        first, last = _ends(deadline)
        _expect_calendar(calendar)
        return Window(
            calendar.latest_start(first, self.longest), calendar.latest_start(last, self.shortest)
        )

    # -- text --

    @classmethod
    def parse(cls, text: str) -> WorkingDays:
        """The working days in a text: "10 working days", "5-10 working days".

        Two numbers are separated by a hyphen, a dash or "to". "Business days" mean the same. ISO
        8601 has no form for working days, and a text with one end ("up to 5 working days") is not a
        range.

        Raises:
            DurationSyntaxError: The text is anything else; the error says where.
            InvalidDurationRangeError: The second number is below the first.
            TypeError: It is not text.

        >>> WorkingDays.parse("5 to 10 working days")
        WorkingDays(5, 10)
        """
        return read_working_days(text, WorkingDays)

    def __str__(self) -> str:
        if self.shortest == self.longest:
            return counted(self.longest, "working day")
        return f"{self.shortest}-{self.longest} working days"

    def __repr__(self) -> str:
        ends = (
            f"{self.shortest}"
            if self.shortest == self.longest
            else f"{self.shortest}, {self.longest}"
        )
        return f"WorkingDays({ends})"


WorkingDays.ZERO = WorkingDays(0)


@final
@attrs.frozen(eq=False, repr=False)
class NthWorkingDay(Value):
    """A number of working days on a calendar, with the methods of `Duration` that plans use.

    Attributes:
        n: The number.
        calendar: The working days.

    >>> from nhs_api_catalogue import england
    >>> NthWorkingDay(10, england()).after(date(2026, 12, 19))
    datetime.date(2027, 1, 6)
    """

    n: int
    calendar: WorkingCalendar

    def after(self, start: date) -> date:
        """The n-th working day after that date."""
        return self.calendar.after(start, self.n)

    def latest_start(self, deadline: date) -> date:
        """The last start from which the n-th working day is on or before the deadline."""
        return self.calendar.latest_start(deadline, self.n)

    def __str__(self) -> str:
        return counted(self.n, "working day")


@final
@attrs.frozen(eq=False, repr=False)
class WorkingTime(Value):
    """Working days on a calendar, with the methods of `DurationRange` that plans use.

    Attributes:
        time: The working days.
        calendar: The working days.
        shortest: The least number on the calendar.
        longest: The greatest number on the calendar.

    >>> from nhs_api_catalogue import england
    >>> time = WorkingTime(WorkingDays(5, 10), england())
    >>> time.shortest.after(date(2026, 12, 18)), time.longest.latest_start(date(2027, 1, 6))
    (datetime.date(2026, 12, 29), datetime.date(2026, 12, 20))
    """

    time: WorkingDays
    calendar: WorkingCalendar
    shortest: NthWorkingDay = attrs.field(init=False, eq=False)
    longest: NthWorkingDay = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        for end in ("shortest", "longest"):
            object.__setattr__(self, end, NthWorkingDay(getattr(self.time, end), self.calendar))

    def after(self, start: date | Window) -> Window:
        """The window in which it ends."""
        return self.time.after(start, self.calendar)

    def last_end(self, start: date, by: date) -> date:
        """The last of `days_of(start)` that is on or before `by`.

        If there is none, it is some day on or before `by`. It is never earlier for a later start or
        a later `by`.

        >>> from nhs_api_catalogue import england
        >>> time = WorkingTime(WorkingDays(1, 9), england())
        >>> time.last_end(date(2026, 12, 21), date(2026, 12, 28))
        datetime.date(2026, 12, 24)
        """
        last = min(self.longest.after(start), by)
        has_start = self.time.shortest == 0
        if has_start and last <= start:
            return last
        worked = self.calendar.latest_start(last, 1) + timedelta(1)
        return max(worked, start) if has_start else worked

    def days_of(self, start: date) -> list[date]:
        """The days on which it can end from that start, in order.

        >>> from nhs_api_catalogue import england
        >>> days = WorkingTime(WorkingDays(0, 2), england()).days_of(date(2026, 12, 19))
        >>> print(*days)
        2026-12-19 2026-12-21 2026-12-22
        """
        return [
            self.calendar.after(start, n) for n in range(self.time.shortest, self.time.longest + 1)
        ]

    def __str__(self) -> str:
        return str(self.time)


def _number(time: WorkingDays) -> int:
    """The one number of working days."""
    if time.shortest != time.longest:
        message = f"{time} is a range, and ranges have no order: use at_most or shorter_than"
        raise TypeError(message)
    return time.shortest


def _single(value: object) -> WorkingDays:
    if type(value) is not int:
        raise TypeError(f"working days contain numbers and working days, not {value!r}")
    return WorkingDays(value)


def _expect_working_days(value: object) -> None:
    if type(value) is not WorkingDays:
        hint = ": use WorkingDays.parse for text" if isinstance(value, str) else ""
        raise TypeError(f"expected WorkingDays, got {value!r}{hint}")


def _expect_calendar(value: object) -> None:
    if not isinstance(value, WorkingCalendar):
        raise TypeError(f"expected a WorkingCalendar, such as england(), got {value!r}")


def _ends(when: date | str | Window) -> tuple[date | str, date | str]:
    return (when.earliest, when.latest) if isinstance(when, Window) else (when, when)
