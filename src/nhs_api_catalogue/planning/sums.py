"""Exact sums over days: how likely stages that wait for each other end in time.

Stages are independent of each other once the days on which they start are given. They are taken
one by one; what is kept is the joint distribution of the finishes that later stages still wait
for. Finishes with the same waiters matter only by their latest, so they are kept as one. No
random numbers, no rounding of days: the only error is that of adding floats.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.likelihood import masses_of, shares_of
from nhs_api_catalogue.planning.networks import parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.working_days.times import BoundTime

MOST_STEPS: Final = 2_000_000

# The latest finish that each set of waiters waits for; days are ordinals here.
State: TypeAlias = tuple[int, ...]


@final
@attrs.frozen
class Activity:
    """A stage as sums see it.

    Attributes:
        time: How long it takes.
        not_before: The first day on which it may start.
        after: The places of the stages that must be finished first, each before its own.
    """

    time: BoundTime
    not_before: date
    after: tuple[int, ...]


@final
class Sums:
    """Stages that wait for each other, each after those that it waits for.

    >>> from nhs_api_catalogue.likelihood import Uniform
    >>> sums = Sums([Activity(DurationRange.parse("1-4 days"), date(2026, 1, 5), ())])
    >>> sums.in_time([0], date(2026, 1, 6), Uniform())
    0.25
    """

    def __init__(self, activities: Sequence[Activity]) -> None:
        self.activities = activities
        self.not_before: list[int] = [activity.not_before.toordinal() for activity in activities]
        self._ends: list[dict[int, Sequence[int]]] = [{} for _ in activities]
        self.starts: list[int] = []
        self.earliest: list[int] = []
        self.latest: list[int] = []
        for place, activity in enumerate(activities):
            first = last = self.not_before[place]
            for needed in activity.after:
                first, last = max(first, self.earliest[needed]), max(last, self.latest[needed])
            self.starts.append(first)
            self.earliest.append(self.ends(place, first)[0])
            self.latest.append(self.ends(place, last)[-1])

    def ends(self, place: int, start: int) -> Sequence[int]:
        """The days on which the stage can end from that start, in order."""
        ends = self._ends[place].get(start)
        if ends is None:
            day, time = date.fromordinal(start), self.activities[place].time
            if type(time) is DurationRange:
                first, last = (end.after(day).toordinal() for end in (time.shortest, time.longest))
                ends = range(first, last + 1)
            else:
                ends = [day.toordinal() for day in time.days_of(day)]
            self._ends[place][start] = ends
        return ends

    def parts(self) -> list[tuple[int, ...]]:
        """The stages in parts that do not wait for each other, so that their sums multiply."""
        waits = (
            (place, needed)
            for place, activity in enumerate(self.activities)
            for needed in activity.after
        )
        parts: dict[int, list[int]] = {}
        for place, part in enumerate(parts_of(len(self.activities), waits)):
            parts.setdefault(part, []).append(place)
        return [tuple(places) for places in parts.values()]

    def in_time(
        self,
        places: Sequence[int],
        day: date,
        shape: Assumption,
        day_before: Collection[int] = (),
    ) -> float:
        """The probability that these stages are finished on that day or before.

        Args:
            places: The stages in ascending order, with all that they wait for.
            day: The day.
            shape: The assumed shape of every stage.
            day_before: Those of which it is asked that they are finished the day before.

        Raises:
            TooComplexError: More than `MOST_STEPS` sums would be needed.
        """
        last = day.toordinal()
        deadlines = {place: last - 1 if place in day_before else last for place in places}
        waiters: dict[int, set[int]] = {place: set() for place in places}
        kept: list[int] = []
        # From the back: what is in time for certain, and not waited for, is no matter.
        for place in reversed(places):
            if self.earliest[place] > deadlines[place]:
                return 0.0
            if waiters[place] or self.latest[place] > deadlines[place]:
                kept.append(place)
                for needed in self.activities[place].after:
                    waiters[needed].add(place)
        kept.reverse()
        frontier = _Frontier(self, deadlines, waiters, shape)
        for place in self._order(kept, waiters):
            frontier.take(place)
        return frontier.total()

    def _order(self, kept: Sequence[int], waiters: Mapping[int, set[int]]) -> Iterable[int]:
        """An order in which few finishes are waited for at a time.

        Among the stages that can come next, the one that leaves the fewest different sets of
        waiters, then the one that most others hang on, then the first. Greedy: it decides the
        cost alone.
        """
        hanging: dict[int, int] = {}
        for place in reversed(kept):
            hanging[place] = 1 << place
            for waiter in waiters[place]:
                hanging[place] |= hanging[waiter]
        missing = {place: len(self.activities[place].after) for place in kept}
        ready = [place for place in kept if not missing[place]]
        groups: set[frozenset[int]] = set()

        def cost(place: int) -> tuple[int, int, int]:
            after = _groups_after(groups, place, waiters)
            return len(after), -hanging[place].bit_count(), place

        while ready:
            place = min(ready, key=cost) if len(ready) > 1 else ready[0]
            ready.remove(place)
            yield place
            groups = _groups_after(groups, place, waiters)
            for waiter in waiters[place]:
                missing[waiter] -= 1
                if not missing[waiter]:
                    ready.append(waiter)


def _groups_after(
    groups: Iterable[frozenset[int]], place: int, waiters: Mapping[int, set[int]]
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
        sums: Sums,
        deadlines: Mapping[int, int],
        waiters: Mapping[int, set[int]],
        shape: Assumption,
    ) -> None:
        self.sums = sums
        self.deadlines = deadlines
        self.waiters = waiters
        self.shape = shape
        self.groups: list[frozenset[int]] = []
        self.states: dict[State, float] = {(): 1.0}
        self.steps = 0

    def total(self) -> float:
        """The probability of all states."""
        return min(1.0, math.fsum(self.states.values()))

    def take(self, place: int) -> None:
        """Sum over the finishes of one more stage, all that it waits for having been taken."""
        waiters = frozenset(self.waiters[place])
        left = [group - {place} for group in self.groups]
        groups = [group for group in dict.fromkeys((*left, waiters)) if group]
        by_start = self._by_start(place, left, groups)
        if waiters:
            self.states = self._with_finishes(place, by_start, groups.index(waiters))
        else:
            self.states = self._in_time(place, by_start)
        self.groups = groups

    def _by_start(
        self, place: int, left: Sequence[frozenset[int]], groups: Sequence[frozenset[int]]
    ) -> dict[int, dict[State, float]]:
        """The states by the start of the stage that they lead to, with the new sets of waiters."""
        floors = [min(self.sums.starts[waiter] for waiter in group) for group in groups]
        waited = [i for i, group in enumerate(self.groups) if place in group]
        targets = [(i, groups.index(group)) for i, group in enumerate(left) if group]
        by_start: dict[int, dict[State, float]] = {}
        for state, weight in self.states.items():
            start = self.sums.not_before[place]
            for i in waited:
                start = max(start, state[i])
            days = floors.copy()
            for i, target in targets:
                days[target] = max(days[target], state[i])
            states = by_start.setdefault(start, {})
            key = tuple(days)
            states[key] = states.get(key, 0.0) + weight
        return by_start

    def _in_time(
        self, place: int, by_start: Mapping[int, dict[State, float]]
    ) -> dict[State, float]:
        """The states once a stage that nothing waits for is finished in time."""
        found: dict[State, float] = {}
        deadline = self.deadlines[place]
        for start, states in by_start.items():
            ends = self.sums.ends(place, start)
            days, days_in_time = len(ends), bisect_right(ends, deadline)
            if not days_in_time:
                continue
            share = shares_of(self.shape, days)[days_in_time] if days_in_time < days else 1.0
            self._count(len(states))
            for state, weight in states.items():
                found[state] = found.get(state, 0.0) + weight * share
        return found

    def _with_finishes(
        self, place: int, by_start: Mapping[int, dict[State, float]], own: int
    ) -> dict[State, float]:
        """The states with the finish, if it is in time, of a stage that others wait for."""
        found: dict[State, float] = {}
        deadline = self.deadlines[place]
        for start, states in by_start.items():
            ends = self.sums.ends(place, start)
            masses = masses_of(self.shape, len(ends))[: bisect_right(ends, deadline)]
            self._count(len(states) * len(masses))
            for state, weight in states.items():
                before, day, after = state[:own], state[own], state[own + 1 :]
                for finish, mass in zip(ends, masses, strict=False):
                    key = (*before, max(day, finish), *after)
                    found[key] = found.get(key, 0.0) + weight * mass
        return found

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            advice = "leave out links before build or assurance, or ask for fewer APIs at a time"
            raise TooComplexError(self.steps, MOST_STEPS, advice)
