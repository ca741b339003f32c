"""Exact sums over days: how likely stages that wait for each other end in time.

Stages are independent of each other once the days on which they start are given. They are taken
one by one; what is kept is the joint distribution of the finishes that later stages still wait
for. Finishes with the same waiters matter only by their latest, so they are kept as one. No
random numbers, no rounding of days: the only error is that of adding floats.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.likelihood import masses_of, shares_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhs_api_catalogue.likelihood import Assumption

MOST_STEPS: Final = 4_000_000


@final
@attrs.frozen
class Activity:
    """A stage as sums see it.

    Attributes:
        time: How long it takes.
        not_before: The first day on which it may start.
        after: The places of the stages that must be finished first, each before its own.
    """

    time: DurationRange
    not_before: date
    after: tuple[int, ...]


def probability_in_time(
    activities: Sequence[Activity], deadlines: Sequence[date], shape: Assumption
) -> float:
    """The probability that every stage is finished on its deadline or before.

    Args:
        activities: The stages, each after those that it waits for.
        deadlines: One deadline a stage.
        shape: The assumed shape of every stage.

    Raises:
        TooComplexError: More than `MOST_STEPS` sums would be needed.

    >>> from nhs_api_catalogue.likelihood import Uniform
    >>> activity = Activity(DurationRange.parse("1-4 days"), date(2026, 1, 5), ())
    >>> probability_in_time([activity], [date(2026, 1, 6)], Uniform())
    0.25
    """
    earliest: list[date] = []
    latest: list[date] = []
    starts: list[date] = []
    for activity in activities:
        first = max((activity.not_before, *(earliest[place] for place in activity.after)))
        last = max((activity.not_before, *(latest[place] for place in activity.after)))
        starts.append(first)
        earliest.append(activity.time.shortest.after(first))
        latest.append(activity.time.longest.after(last))
    if any(first > deadline for first, deadline in zip(earliest, deadlines, strict=True)):
        return 0.0
    waiters: list[set[int]] = [set() for _ in activities]
    kept: list[int] = []
    # From the back: a stage that is in time for certain, and for which nothing waits, is no matter.
    for place in reversed(range(len(activities))):
        if waiters[place] or latest[place] > deadlines[place]:
            kept.append(place)
            for needed in activities[place].after:
                waiters[needed].add(place)
    frontier = _Frontier(activities, deadlines, starts, [frozenset(w) for w in waiters], shape)
    for place in _order(activities, kept, waiters):
        frontier.take(place)
    return min(1.0, frontier.total())


def _order(
    activities: Sequence[Activity], kept: Sequence[int], waiters: Sequence[set[int]]
) -> Iterable[int]:
    """An order in which few finishes are waited for at a time.

    Among the stages that can come next, the one that leaves the fewest different sets of waiters,
    then the one that most others hang on, then the first. Greedy: it decides the cost alone.
    """
    hanging: dict[int, int] = {}
    for place in kept:
        hanging[place] = 1 << place
        for waiter in waiters[place]:
            hanging[place] |= hanging[waiter]
    weight = {place: -bits.bit_count() for place, bits in hanging.items()}
    missing = {place: len(activities[place].after) for place in kept}
    ready = [place for place in reversed(kept) if not missing[place]]
    groups: set[frozenset[int]] = set()
    while ready:
        if len(ready) == 1:
            place = ready[0]
        else:
            place = min(ready, key=lambda i: (len(_groups_after(groups, i, waiters)), weight[i], i))
        ready.remove(place)
        yield place
        groups = _groups_after(groups, place, waiters)
        for waiter in sorted(waiters[place]):
            missing[waiter] -= 1
            if not missing[waiter]:
                ready.append(waiter)


def _groups_after(
    groups: Iterable[frozenset[int]], place: int, waiters: Sequence[set[int]]
) -> set[frozenset[int]]:
    """The sets of waiters once the stage in that place is taken."""
    after = {group - {place} for group in groups}
    after.add(frozenset(waiters[place]))
    return {group for group in after if group}


@final
class _Frontier:
    """The joint distribution of the finishes that stages still to be taken wait for.

    `groups` holds the sets of waiters; a state has one day for each, the latest finish of what
    those stages wait for among the stages taken so far. A day before the earliest start of all
    waiters counts as that start, which changes nothing and merges states.
    """

    def __init__(
        self,
        activities: Sequence[Activity],
        deadlines: Sequence[date],
        starts: Sequence[date],
        waiters: Sequence[frozenset[int]],
        shape: Assumption,
    ) -> None:
        self.activities = activities
        self.deadlines = deadlines
        self.starts = starts
        self.waiters = waiters
        self.shape = shape
        self.groups: list[frozenset[int]] = []
        self.states: dict[tuple[date, ...], float] = {(): 1.0}
        self.steps = 0

    def total(self) -> float:
        """The probability of all states."""
        return math.fsum(self.states.values())

    def take(self, place: int) -> None:
        """Sum over the finishes of one more stage, all that it waits for having been taken."""
        activity, waiters = self.activities[place], self.waiters[place]
        waited = [i for i, group in enumerate(self.groups) if place in group]
        left = [group - {place} for group in self.groups]
        groups = [group for group in dict.fromkeys((*left, waiters)) if group]
        floors = [min(self.starts[waiter] for waiter in group) for group in groups]
        targets = [(i, groups.index(group)) for i, group in enumerate(left) if group]
        own = groups.index(waiters) if waiters else None

        by_start: dict[date, dict[tuple[date, ...], float]] = {}
        for state, weight in self.states.items():
            start = activity.not_before
            for i in waited:
                start = max(start, state[i])
            days = floors.copy()
            for i, target in targets:
                days[target] = max(days[target], state[i])
            rest = by_start.setdefault(start, {})
            key = tuple(days)
            rest[key] = rest.get(key, 0.0) + weight

        states: dict[tuple[date, ...], float] = {}
        for start, rest in by_start.items():
            if own is None:
                share = self._share_in_time(place, start)
                self._count(len(rest))
                for key, weight in rest.items():
                    states[key] = states.get(key, 0.0) + weight * share
                continue
            finishes = self._finishes_in_time(place, start)
            self._count(len(rest) * len(finishes))
            for key, weight in rest.items():
                head, day, tail = key[:own], key[own], key[own + 1 :]
                for finish, mass in finishes:
                    after = (*head, max(day, finish), *tail)
                    states[after] = states.get(after, 0.0) + weight * mass
        self.groups, self.states = groups, states

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            advice = "leave out links before build or assurance, or ask for fewer APIs at a time"
            raise TooComplexError(self.steps, MOST_STEPS, advice)

    def _share_in_time(self, place: int, start: date) -> float:
        """The mass of the finishes up to the deadline."""
        time = self.activities[place].time
        first, last = time.shortest.after(start), time.longest.after(start)
        in_time = (self.deadlines[place] - first).days + 1
        days = (last - first).days + 1
        if in_time >= days:
            return 1.0
        return shares_of(self.shape, days)[in_time] if in_time > 0 else 0.0

    def _finishes_in_time(self, place: int, start: date) -> list[tuple[date, float]]:
        """The finishes up to the deadline, each with its mass."""
        time = self.activities[place].time
        first, last = time.shortest.after(start), time.longest.after(start)
        in_time = (self.deadlines[place] - first).days + 1
        masses = masses_of(self.shape, (last - first).days + 1)
        return [(first + timedelta(k), mass) for k, mass in enumerate(masses[: max(0, in_time)])]
