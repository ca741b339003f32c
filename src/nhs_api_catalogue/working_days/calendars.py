"""Which days are working days, as far as that is known, and the n-th one before or after a date.

Theory of operation
-------------------
A day is a working day if it is a Monday to Friday and not in a closure. Days are numbered as in
Python: day 1 is a Monday. So a formula counts the weekdays up to a day, and bisecting a sorted list
counts the closed weekdays among them. Let count(d) be the working days up to and including d. The
n-th working day after s is the one with the number count(s) + n. It is found in the same way: the
k-th closed weekday has count(k) working days before it, a number that never falls, so bisecting
finds how many closed weekdays come before the wanted working day.

For n > 0, the n-th working day after s is on or before t if and only if
count(s) + n <= count(t). The last such s is the day before the working day with the number
count(t) - n + 1: that is the adjoint, found by the same two steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, TypeAlias, cast, final, get_args

import attrs

from nhs_api_catalogue._checks import check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Window, counted, read_date, whole
from nhs_api_catalogue.errors import (
    CalendarHorizonError,
    CalendarLimitError,
    InvalidRecordError,
    UnknownValueError,
)

Beyond: TypeAlias = Literal["weekends_only"]

FIRST: Final = date.min.toordinal()
LAST: Final = date.max.toordinal()


@final
@attrs.frozen(eq=False)
class Closure(Value):
    """Days on which nobody works, and why: a bank holiday, a trust's closure, a change freeze.

    Attributes:
        name: Its name.
        first: The first day, as a date or its text YYYY-MM-DD.
        last: The last closed day; by default, the first.

    Raises:
        InvalidRecordError: The name is blank, or the last day comes before the first.
        InvalidDateError: A text is not a date.
        TypeError: A day is a `datetime`, or neither a date nor its text.

    >>> print(Closure("change freeze", "2026-12-14", "2027-01-03"))
    change freeze, 2026-12-14 to 2027-01-03
    """

    name: str
    first: date = attrs.field(converter=read_date)
    last: date = attrs.field(
        default=attrs.Factory(lambda self: self.first, takes_self=True), converter=read_date
    )

    def __attrs_post_init__(self) -> None:
        check_text("Closure", name=self.name)
        if self.last < self.first:
            expected = f"a day on or after {self.first}"
            raise InvalidRecordError(self.name, "last", self.last, expected)

    def __contains__(self, day: date) -> bool:
        """Whether that day is closed."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """The name and the days in one line."""
        return visible(f"{self.name}, {Window(self.first, self.last)}")


Holidays: TypeAlias = (
    Mapping[date, str] | Mapping[str, str] | Mapping[Window, str] | Iterable[Closure]
)


def _closures(holidays: Holidays) -> tuple[Closure, ...]:
    """The closures in the order of their days, each once."""
    if isinstance(holidays, Mapping):
        named = cast("Mapping[date | str | Window, str]", holidays)
        found = [_named(days, name) for days, name in named.items()]
    else:
        given: object = holidays
        is_list = isinstance(given, Iterable) and not isinstance(given, str)
        found = list(holidays) if is_list else [cast("Closure", given)]
        for one in cast("list[object]", found):
            if type(one) is not Closure:
                expected = "days or windows with their names, or a list of Closure"
                raise InvalidRecordError("WorkingCalendar", "holidays", one, expected)
    return tuple(sorted(set(found), key=lambda one: (one.first, one.last, one.name)))


def _named(days: date | str | Window, name: str) -> Closure:
    if isinstance(days, Window):
        return Closure(name, days.earliest, days.latest)
    return Closure(name, days)


def _day(value: date | str | None) -> date | None:
    return None if value is None else read_date(value)


@final
@attrs.frozen(eq=False, repr=False)
class WorkingCalendar(Value):
    """The working days: Monday to Friday, except the closures, as far as those are known.

    A date outside the known days is refused, because there may be a bank holiday that nobody has
    published yet. You can add calendars: a day is a working day if it is one in both, and known if
    it is known in both.

    Attributes:
        holidays: The closures in the order of their days; to make a calendar, also a mapping of
            days (dates, their texts, or windows) to names.
        known_from: The first known day, as a date or its text; None if there are no other
            closures before.
        known_until: The last known day; None if there are no other closures after it.
        source: Who says so.
        as_of: The date of the source, or of the oldest one; None if one of them has no date.
        beyond: "weekends_only" to assume that, outside the known days, only weekends and the named
            closures are days off; None to refuse such dates.
        sources: Each source with its date, in words; several if calendars were added.

    Raises:
        InvalidRecordError: A value breaks a rule.
        InvalidDateError: A text is not a date.
        UnknownValueError: `beyond` is another word.
        TypeError: A day is a `datetime`, or neither a date nor its text.

    >>> trust = WorkingCalendar([Closure("change freeze", "2026-12-14", "2027-01-03")], source="us")
    >>> trust.after(date(2026, 12, 10), 2)
    datetime.date(2027, 1, 4)
    """

    holidays: tuple[Closure, ...] = attrs.field(converter=_closures)
    known_from: date | None = attrs.field(default=None, converter=_day)
    known_until: date | None = attrs.field(default=None, converter=_day)
    source: str = attrs.field(kw_only=True)
    as_of: date | None = attrs.field(default=None, converter=_day, kw_only=True)
    beyond: Beyond | None = attrs.field(default=None, kw_only=True)
    sources: tuple[str, ...] = attrs.field(init=False, eq=False)
    # The closed weekdays as ordinals, how many working days come before each, and the first and
    # the last day that is not refused.
    _closed: list[int] = attrs.field(init=False, eq=False)
    _worked_before: list[int] = attrs.field(init=False, eq=False)
    _first: int = attrs.field(init=False, eq=False)
    _last: int = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_text("WorkingCalendar", source=self.source)
        if self.beyond not in (None, *get_args(Beyond)):
            given: object = self.beyond
            nearest = nearest_word(given, get_args(Beyond)) if isinstance(given, str) else None
            raise UnknownValueError(given, "way beyond a calendar", get_args(Beyond), nearest)
        first, last = self.known_from or date.min, self.known_until or date.max
        if last < first:
            expected = f"a day on or after {first}"
            raise InvalidRecordError("WorkingCalendar", "known_until", last, expected)
        days = (
            ordinal
            for one in self.holidays
            for ordinal in range(one.first.toordinal(), one.last.toordinal() + 1)
        )
        closed = sorted({ordinal for ordinal in days if (ordinal - 1) % 7 < 5})
        if self.beyond is not None:
            first, last = date.min, date.max
        derived: dict[str, object] = {
            "sources": (f"{self.source}, {self.as_of}" if self.as_of else self.source,),
            "_closed": closed,
            "_worked_before": [_weekdays(day) - 1 - place for place, day in enumerate(closed)],
            "_first": first.toordinal(),
            "_last": last.toordinal(),
        }
        for field, value in derived.items():
            object.__setattr__(self, field, value)

    def __add__(self, other: WorkingCalendar) -> WorkingCalendar:
        """The calendar with the closures of either, known where both are known.

        Dates outside the known days are allowed only if both allow them; a calendar that knows
        every day does.

        Raises:
            TypeError: `other` is not a calendar.

        >>> christmas = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="GOV.UK")
        >>> eve = WorkingCalendar({date(2026, 12, 24): "Trust closure"}, source="our trust")
        >>> (christmas + eve).after(date(2026, 12, 23), 1)
        datetime.date(2026, 12, 28)
        """
        _expect_no_closure(other)
        if type(other) is not WorkingCalendar:
            return NotImplemented
        sources = tuple(dict.fromkeys((*self.sources, *other.sources)))
        total = WorkingCalendar(
            (*self.holidays, *other.holidays),
            max((day for day in (self.known_from, other.known_from) if day), default=None),
            min((day for day in (self.known_until, other.known_until) if day), default=None),
            source="; ".join(sources),
            as_of=min(self.as_of, other.as_of) if self.as_of and other.as_of else None,
            beyond="weekends_only" if self._goes_on and other._goes_on else None,
        )
        object.__setattr__(total, "sources", sources)
        return total

    @property
    def _goes_on(self) -> bool:
        """Whether no date is refused."""
        return self._first == FIRST and self._last == LAST

    # -- single days --

    def is_working(self, day: date | str) -> bool:
        """Whether that day is a working day.

        Args:
            day: A date or its text YYYY-MM-DD.

        Raises:
            CalendarHorizonError: The day is outside the known days.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.

        >>> calendar = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="us")
        >>> calendar.is_working("2026-12-25"), calendar.is_working("2026-12-24")
        (False, True)
        """
        ordinal = read_date(day).toordinal()
        if not self._first <= ordinal <= self._last:
            raise self._refusal(f"whether {day} is a working day")
        return self._count(ordinal) > self._count(ordinal - 1)

    def closures_on(self, day: date | str) -> tuple[Closure, ...]:
        """The closures on that day; a weekend is not a closure.

        Args:
            day: A date or its text YYYY-MM-DD.

        Raises:
            CalendarHorizonError: The day is outside the known days.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.

        >>> calendar = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="us")
        >>> print(*calendar.closures_on("2026-12-25"))
        Christmas Day, 2026-12-25
        """
        found = read_date(day)
        if not self._first <= found.toordinal() <= self._last:
            raise self._refusal(f"what is closed on {day}")
        return tuple(one for one in self.holidays if found in one)

    # -- counting --

    def after(self, start: date | str, n: int) -> date:
        """The n-th working day after `start`; for n = 0, the start itself.

        A start on another day counts as the working day before it: one working day after Saturday
        is Monday, as it is after Friday.

        Args:
            start: A date or its text YYYY-MM-DD.
            n: How many working days.

        Raises:
            CalendarHorizonError: A day in between is outside the known days.
            CalendarLimitError: The result is after the year 9999.
            InvalidDateError: The text is not a date.
            InvalidDurationError: n is below zero.
            TypeError: `start` is neither a date nor its text, or n is not an `int`.

        >>> calendar = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="us")
        >>> calendar.after(date(2026, 12, 24), 1), calendar.after(date(2026, 12, 26), 1)
        (datetime.date(2026, 12, 28), datetime.date(2026, 12, 28))
        """
        day = start if type(start) is date else read_date(start)
        n = whole(n, "working days")
        if not n:
            return day
        ordinal = day.toordinal()
        place = self._place(self._count(ordinal) + n)
        # The start itself need not be known: it may be the day before the first known one.
        if ordinal + 1 < self._first or place > self._last:
            raise self._refusal(f"{counted(n, 'working day')} after {day}")
        return date.fromordinal(place)

    def latest_start(self, deadline: date | str, n: int) -> date:
        """The last date whose n-th following working day is on or before `deadline`.

        This is the adjoint of `after`: `c.after(s, n) <= t` if and only if
        `s <= c.latest_start(t, n)`.

        Args:
            deadline: A date or its text YYYY-MM-DD.
            n: How many working days.

        Raises:
            CalendarHorizonError: A day in between is outside the known days.
            CalendarLimitError: The result is before the year 1.
            InvalidDateError: The text is not a date.
            InvalidDurationError: n is below zero.
            TypeError: `deadline` is neither a date nor its text, or n is not an `int`.

        >>> calendar = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="us")
        >>> calendar.latest_start(date(2026, 12, 28), 2)
        datetime.date(2026, 12, 23)
        """
        day = deadline if type(deadline) is date else read_date(deadline)
        n = whole(n, "working days")
        if not n:
            return day
        ordinal = day.toordinal()
        place = self._place(self._count(ordinal) - n + 1)
        if ordinal > self._last or place < self._first or place == FIRST:
            raise self._refusal(f"the latest start of {counted(n, 'working day')} for {day}")
        return date.fromordinal(place - 1)

    def days_between(self, start: date | str, end: date | str) -> int:
        """The number of working days after `start`, up to and including `end`.

        If `end` is a working day after `start`, it is the n for which `after(start, n) == end`.
        If `end` comes before `start`, it is negative.

        Args:
            start: A date or its text YYYY-MM-DD.
            end: A date or its text YYYY-MM-DD.

        Raises:
            CalendarHorizonError: A day in between is outside the known days.
            InvalidDateError: A text is not a date.
            TypeError: A value is neither a date nor its text.

        >>> calendar = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="us")
        >>> calendar.days_between(date(2026, 12, 24), date(2026, 12, 29))
        2
        """
        first, last = read_date(start).toordinal(), read_date(end).toordinal()
        if first > last:
            return -self.days_between(end, start)
        if first < last and (first + 1 < self._first or last > self._last):
            raise self._refusal(f"the working days from {start} to {end}")
        return self._count(last) - self._count(first)

    def _count(self, ordinal: int) -> int:
        """The working days up to and including that day."""
        return _weekdays(ordinal) - bisect_right(self._closed, ordinal)

    def _place(self, number: int) -> int:
        """The ordinal of the working day with that number, counted from 1."""
        weeks, days = divmod(number + bisect_left(self._worked_before, number) - 1, 5)
        return 7 * weeks + days + 1

    def _refusal(self, asked: str) -> CalendarHorizonError | CalendarLimitError:
        """The error for a day outside the known days, or outside the calendar itself."""
        if self._goes_on:
            return CalendarLimitError(asked)
        return CalendarHorizonError(
            asked, self.known_from, self.known_until, "; ".join(self.sources)
        )

    # -- text --

    def __str__(self) -> str:
        """The number of closures, the known days and the sources."""
        closures = f"{len(self.holidays)} closure{'' if len(self.holidays) == 1 else 's'}"
        return visible(f"{closures}, known {self._span()} ({'; '.join(self.sources)})")

    def _span(self) -> str:
        """The known days, in words."""
        first, last = self.known_from, self.known_until
        if first is None:
            return "on every day" if last is None else f"until {last}"
        return f"from {first} on" if last is None else f"from {first} to {last}"

    def __repr__(self) -> str:
        return f"<WorkingCalendar: {self}>"


def _expect_no_closure(value: object) -> None:
    if type(value) is Closure:
        message = "closures are added as a calendar: WorkingCalendar([closure], source=...)"
        raise TypeError(message)


def _weekdays(ordinal: int) -> int:
    """The Mondays to Fridays up to and including that day; day 1 is a Monday."""
    return 5 * (ordinal // 7) + min(ordinal % 7, 5)
