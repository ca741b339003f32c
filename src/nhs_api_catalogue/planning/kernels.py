"""How a stage moves probability mass from the days of its start to the days of its end.

A stage in months takes a different number of days from each start, so each start has its own
masses. A stage in working days ends only on those, and each of them is one day of its shape. Days
are places in the *domain* of an event: the span from its earliest to its latest day that matters.
An end before the domain counts on its first day, because something else holds the event up until
then; an end after it is too late, and its mass is left out.

A *push* turns the mass of each start into the mass up to each end; a *pull* turns the value of each
end into the average value of each start. Either examines only the starts, or the ends, that are
neither certain nor impossible, and under `Uniform` only the two ends of these.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from itertools import accumulate, chain, repeat
from operator import add, mul, sub
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, final

import attrs

from nhs_api_catalogue.durations import DurationRange, each_after
from nhs_api_catalogue.likelihood import Uniform, shares_of

if TYPE_CHECKING:
    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.working_days.times import BoundTime

Row: TypeAlias = "list[float]"

# With so few ends, each start is examined, even under `Uniform`.
_FEW: Final = 3


@final
@attrs.frozen
class Domain:
    """The days of an event that matter.

    Attributes:
        first: The first of them, an ordinal.
        last: The last of them.
        tied: Whether each appears twice, without and with a tie.
    """

    first: int
    last: int
    tied: bool = False

    @property
    def days(self) -> int:
        """How many days it spans."""
        return self.last - self.first + 1

    @property
    def size(self) -> int:
        """How many places it has."""
        return 2 * self.days if self.tied else self.days


class Kernel(Protocol):
    """A wait between two events, as sums see it."""

    def rows(self) -> list[Row]:
        """For each start the mass up to each end."""
        ...  # pragma: no cover - says what there is

    def push(self, masses: Row) -> Row:
        """The mass up to each end, from the mass of each start."""
        ...  # pragma: no cover - says what there is

    def pull(self, values: Row) -> Row:
        """The average value of each start, from the value of each end."""
        ...  # pragma: no cover - says what there is


def masses(row: Row) -> Row:
    """The mass of each place, from the mass up to each."""
    return list(map(sub, row, chain((0.0,), row)))


@final
class Handover:
    """A wait without a stage: it ends on the day on which it starts."""

    def __init__(self, starts: Domain, ends: Domain) -> None:
        self.gap: int = ends.first - starts.first
        self.starts: int = starts.days
        self.ends: int = ends.days

    def rows(self) -> list[Row]:
        """For each start the mass up to each end."""
        found: list[Row] = []
        for start in range(self.starts):
            place = min(max(0, start - self.gap), self.ends)
            found.append([0.0] * place + [1.0] * (self.ends - place))
        return found

    def push(self, masses: Row) -> Row:
        """The mass up to each end, from the mass of each start."""
        sums = list(accumulate(masses))
        return _spread(sums, self.gap, self.ends, 0.0, sums[-1])

    def pull(self, values: Row) -> Row:
        """The average value of each start, from the value of each end."""
        return _spread(values, -self.gap, self.starts, values[0], 0.0)


def _spread(row: Row, first: int, size: int, below: float, above: float) -> Row:
    """So many places of a row from a given one, with values for places below and above."""
    left = min(max(0, -first), size)
    inside = row[max(0, first) : max(0, first + size)]
    right = size - left - len(inside)
    return [*repeat(below, left), *inside, *repeat(above, right)]


@final
class StageKernel:
    """A stage of an assumed shape between the days of two events."""

    def __init__(self, time: BoundTime, starts: Domain, ends: Domain, shape: Assumption) -> None:
        self.shape = shape
        self.size: int = ends.days
        # The days on which it can end, if these are not all days from its first to its last.
        self._days: list[list[int]] = []
        if type(time) is DurationRange:
            firsts, lasts = (
                [end - ends.first for end in each_after(one, starts.first, starts.last)]
                for one in (time.shortest, time.longest)
            )
        else:
            days = map(date.fromordinal, range(starts.first, starts.last + 1))
            self._days = [
                [day.toordinal() - ends.first for day in time.days_of(start)] for start in days
            ]
            firsts, lasts = ([days[place] for days in self._days] for place in (0, -1))
        # The first day on which the stage can end from each start, and the number of such days.
        self.firsts: list[int] = firsts
        self.counts: list[int] = [
            last - first + 1 for first, last in zip(firsts, lasts, strict=True)
        ]
        self._even = isinstance(shape, Uniform) and not self._days
        self._pushing: list[tuple[int, int, Row]] = []
        self._pulling: list[tuple[int, int, Row]] = []
        self._spans: list[tuple[int, int, float]] = []
        self._growing: list[tuple[int, int]] = []
        self._parts: Row = []
        self._before = 0

    def rows(self) -> list[Row]:
        """For each start the mass up to each end."""
        size, shape = self.size, self.shape
        if self._days:
            return [
                [shares_of(shape, len(days))[bisect_right(days, end)] for end in range(size)]
                for days in self._days
            ]
        found: list[Row] = []
        shares_by_count = {count: shares_of(shape, count) for count in set(self.counts)}
        for first, count in zip(self.firsts, self.counts, strict=True):
            shares = shares_by_count[count]
            if first >= size:
                found.append([0.0] * size)
            elif first >= 0:
                inside = shares[1 : size - first + 1]
                found.append(
                    [*repeat(0.0, first), *inside, *repeat(1.0, size - first - len(inside))]
                )
            else:
                inside = shares[1 - first : 1 - first + size]
                found.append([*inside, *repeat(1.0, size - len(inside))])
        return found

    def push(self, masses: Row) -> Row:
        """The mass up to each end, from the mass of each start."""
        if self._even and self.size > _FEW:
            return self._push_evenly(masses)
        if not self._pushing:
            self._prepare_pushing()
        sums = [0.0, *accumulate(masses)]
        return [
            sums[low] + sum(map(mul, masses[low:high], band)) for low, high, band in self._pushing
        ]

    def pull(self, values: Row) -> Row:
        """The average value of each start, from the value of each end."""
        if self._even:
            return self._pull_evenly(values)
        if not self._pulling:
            self._prepare_pulling()
        return [sum(map(mul, values[low:high], band)) for low, high, band in self._pulling]

    def _certain_and_possible(self) -> list[tuple[int, int]]:
        """For each end: how many starts certainly lead to it, and how many possibly."""
        # Adding a time to a day is monotone, so both counts are positions among sorted days.
        lasts = [first + count for first, count in zip(self.firsts, self.counts, strict=True)]
        return [
            (bisect_right(lasts, end + 1), bisect_right(self.firsts, end))
            for end in range(self.size)
        ]

    def _prepare_pushing(self) -> None:
        within = self._certain_and_possible()
        if self.size > _FEW or self._days:
            columns = zip(*self.rows(), strict=True)
            for (low, high), column in zip(within, columns, strict=True):
                self._pushing.append((low, high, list(column[low:high])))
            return
        shares = {count: shares_of(self.shape, count) for count in set(self.counts)}
        for end, (low, high) in enumerate(within, 1):
            between = zip(self.firsts[low:high], self.counts[low:high], strict=True)
            self._pushing.append(
                (low, high, [shares[count][end - first] for first, count in between])
            )

    def _prepare_pulling(self) -> None:
        size = self.size
        for row, first, count in zip(self.rows(), self.firsts, self.counts, strict=True):
            low = min(max(0, first), size)
            high = max(low, min(size, max(1, first + count)))
            self._pulling.append((low, high, masses(row)[low:high]))

    def _push_evenly(self, masses: Row) -> Row:
        """A push under `Uniform`: the share of a start grows evenly from day to day.

        For a start with n ends it grows by 1/n a day, from its first end to its last. Summing these
        beginnings and ends of growth twice gives the mass up to each end.
        """
        if not self._growing:
            zero = min(0, self.firsts[0])
            self._growing = [
                (min(first, self.size) - zero, min(first + count, self.size) - zero)
                for first, count in zip(self.firsts, self.counts, strict=True)
            ]
            self._parts = [1 / count for count in self.counts]
            self._before = -zero
        changes = [0.0] * (self.size + self._before + 1)
        parts = map(mul, masses, self._parts)
        for (first, end), part in zip(self._growing, parts, strict=True):
            changes[first] += part
            changes[end] -= part
        changes.pop()
        return list(accumulate(accumulate(changes)))[self._before :]

    def _pull_evenly(self, values: Row) -> Row:
        """A pull under `Uniform`: the average of the values from the first end to the last."""
        if not self._spans:
            for first, count in zip(self.firsts, self.counts, strict=True):
                low = min(max(0, first), self.size)
                high = max(low, min(self.size, first + count))
                self._spans.append((low, high, 1 / count))
        sums = [0.0, *accumulate(values)]
        found = [(sums[high] - sums[low]) * part for low, high, part in self._spans]
        if self.firsts[0] < 0:
            below = bisect_left(self.firsts, 0)
            for start in range(below):
                early = min(-self.firsts[start], self.counts[start])
                found[start] += early * values[0] / self.counts[start]
        return found


@final
class TiedKernel:
    """A wait into an event whose days are pairs of a day and a tie, or from such an event.

    Without a mark, an end has the tie of its start; with one, it always has a tie. If ends are only
    days, an end with a tie counts on the next day, because the question there is about ends up to a
    day without a tie.

    Args:
        kernel: The wait between the days; its ends begin a day before the domain, because an end
            with a tie on that day comes before the first day.
        starts: Whether the starts are pairs.
        ends: Whether the ends are.
        marked: Whether the wait is marked.
    """

    def __init__(self, kernel: Kernel, *, starts: bool, ends: bool, marked: bool) -> None:
        self.kernel = kernel
        self.starts = starts
        self.ends = ends
        self.marked = marked

    def rows(self) -> list[Row]:
        """For each start the mass up to each end."""
        found: list[Row] = []
        for row in self.kernel.rows():
            tied = self._tied(row)
            untied = tied if self.marked else self._untied(row)
            found += (untied, tied) if self.starts else (untied,)
        return found

    def push(self, masses: Row) -> Row:
        """The mass up to each end, from the mass of each start."""
        push = self.kernel.push
        if not self.starts:
            row = push(masses)
            return self._tied(row) if self.marked else self._untied(row)
        if self.marked:
            return self._tied(push(list(map(add, masses[::2], masses[1::2]))))
        return list(map(add, self._untied(push(masses[::2])), self._tied(push(masses[1::2]))))

    def pull(self, values: Row) -> Row:
        """Like the kernel; its ends are pairs, because nothing is pulled from plain days."""
        pull = self.kernel.pull
        tied = [values[0], *values[1::2]]
        untied = tied if self.marked else [values[0], *values[::2]]
        if not self.starts:
            return pull(untied)
        return self._both(pull(untied), pull(tied))

    def _untied(self, row: Row) -> Row:
        """The mass up to each end, if no end has a tie."""
        return self._both(row[1:], row[1:]) if self.ends else row[1:]

    def _tied(self, row: Row) -> Row:
        """The same if each end has one."""
        return self._both(row[:-1], row[1:]) if self.ends else row[:-1]

    @staticmethod
    def _both(untied: Row, tied: Row) -> Row:
        return list(chain.from_iterable(zip(untied, tied, strict=True)))
