"""How likely a plan's dates are, under an assumption that the caller names."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, final

from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.likelihood import (
    TOLERANCE,
    Probability,
    check_assumption,
    check_quantile,
    frechet_bounds,
)
from nhs_api_catalogue.planning.networks import START
from nhs_api_catalogue.planning.sums import Activity, probability_in_time

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.drivers import Drivers
    from nhs_api_catalogue.planning.networks import Events, Network

MOST_WAITS: Final = 1_000_000


@final
class Chances:
    """The stages of a plan as sums see them, and its go-lives by what they hang on.

    To be live by a day means for a go-live that every stage on which it hangs is finished by
    then: waits move no stage beyond the go-live that it belongs to. So links that only hold up
    go-live cost nothing here, and parts that share no stage multiply.
    """

    def __init__(self, network: Network, start: date) -> None:
        self.network = network
        self.start = start
        earliest, latest = (network.days(start, longest=longest) for longest in (False, True))
        self.lives = [item.live for item in network.items()]
        self.earliest = {live: earliest[live] for live in self.lives}
        self.latest = {live: latest[live] for live in self.lives}
        self.first = max((start, *self.earliest.values()))
        self.last = max((start, *self.latest.values()))
        self.activities, self.place = _activities(network, start)
        self.part = network.parts()
        stages: dict[int, list[int]] = {}
        for event in sorted(self.place, key=self.place.__getitem__):
            stages.setdefault(self.part[event], []).append(self.place[event])
        self.stages = stages
        self.lives_of: dict[int, list[int]] = {}
        for live in self.lives:
            self.lives_of.setdefault(self.part[live], []).append(live)

    def by(self, day: date, assume: Assumption) -> Probability:
        """The probability that all is live on that day."""
        check_assumption(assume)
        if day < self.first or day >= self.last:
            value = float(day >= self.last)
            return Probability(value, value, value, assume)
        parts = {part: self._part_by(part, day, assume) for part in self.stages}
        marginals = [self._live_by(live, day, assume, parts) for live in self.lives]
        value = math.prod(parts.values())
        lower, upper = frechet_bounds(marginals, value)
        return Probability(value, lower, upper, assume)

    def quantile(self, q: float, assume: Assumption) -> date:
        """The first day by which all is live with probability q at least.

        The sums are exact to `TOLERANCE`, so a day that misses q by less counts as reaching it.
        """
        check_assumption(assume)
        if check_quantile(q) == 1:
            return self.last
        goal = q - TOLERANCE
        low, high = self.first.toordinal(), self.last.toordinal()
        while low < high:
            middle = (low + high) // 2
            day = date.fromordinal(middle)
            value = math.prod(self._part_by(part, day, assume) for part in self.stages)
            if value >= goal:
                high = middle
            else:
                low = middle + 1
        return date.fromordinal(low)

    def driving(self, item: Events, drivers: Drivers, assume: Assumption) -> Probability:
        """The probability that this go-live is the last, ties counted.

        The bounds are 0 and 1, or the one of them that the drivers leave.
        """
        check_assumption(assume)
        lower, upper = (float(item.name in names) for names in (drivers.certain, drivers.possible))
        value = upper if lower == upper else self._driving(item.live, assume)
        return Probability(value, lower, upper, assume)

    def _driving(self, live: int, assume: Assumption) -> float:
        """It comes on some day, and the others by then.

        For each day: the probability that all are live by it, less that of this one being live
        the day before already.
        """
        own = self.part[live]
        stages, closure = self.stages[own], set(self._closure(live))
        total = 0.0
        day = max(self.first, self.earliest[live])
        while day <= self.latest[live]:
            others = math.prod(
                self._part_by(part, day, assume) for part in self.stages if part != own
            )
            before = day - timedelta(1)
            deadlines = [before if place in closure else day for place in stages]
            earlier = self._in_time(stages, deadlines, assume)
            total += others * (self._part_by(own, day, assume) - earlier)
            day += timedelta(1)
        return min(1.0, total)

    def _part_by(self, part: int, day: date, assume: Assumption) -> float:
        """The probability that a whole part is live on that day."""
        if all(self.latest[live] <= day for live in self.lives_of[part]):
            return 1.0
        stages = self.stages[part]
        return self._in_time(stages, [day] * len(stages), assume)

    def _live_by(self, live: int, day: date, assume: Assumption, parts: dict[int, float]) -> float:
        """The probability that one go-live is on that day or before."""
        if day < self.earliest[live] or day >= self.latest[live]:
            return float(day >= self.latest[live])
        part = self.part[live]
        if len(self.lives_of[part]) == 1:
            return parts[part]
        stages = self._closure(live)
        return self._in_time(stages, [day] * len(stages), assume)

    def _in_time(
        self, stages: Sequence[int], deadlines: Sequence[date], assume: Assumption
    ) -> float:
        """The probability that these stages, and all that they wait for, end in time."""
        place = {stage: i for i, stage in enumerate(stages)}
        activities = [
            Activity(activity.time, activity.not_before, tuple(place[i] for i in activity.after))
            for activity in (self.activities[stage] for stage in stages)
        ]
        return probability_in_time(activities, deadlines, assume)

    def _closure(self, live: int) -> list[int]:
        """The places of the stages on which a go-live hangs, in order."""
        seen = {live}
        stack = [live]
        while stack:
            for before, _ in self.network.arcs[stack.pop()]:
                if before != START and before not in seen:
                    seen.add(before)
                    stack.append(before)
        return sorted(self.place[event] for event in seen if event in self.place)


def _activities(network: Network, start: date) -> tuple[list[Activity], dict[int, int]]:
    """The stages, each after those that it waits for, and the place of the one ending an event.

    Raises:
        TooComplexError: The waits between stages are too many to write out.
    """
    asked = _events_before_stages(network)
    waits: dict[int, tuple[date, frozenset[int]]] = {START: (start, frozenset())}
    activities: list[Activity] = []
    place: dict[int, int] = {}
    written = 0
    for event in network.order:
        if event == START:
            continue
        not_before = network.floors[event] or date.min
        needed: set[int] = set()
        for before, time in network.arcs[event]:
            if time is not None:
                place[event] = len(activities)
                day, after = waits[before]
                activities.append(Activity(time, day, tuple(sorted(after))))
                needed.add(place[event])
            elif event in asked:
                day, after = waits[before]
                not_before = max(not_before, day)
                needed |= after
        if event in asked:
            waits[event] = (not_before, frozenset(needed))
            written += len(needed)
            if written > MOST_WAITS:
                raise TooComplexError(written, MOST_WAITS, "leave out APIs or links")
    return activities, place


def _events_before_stages(network: Network) -> Collection[int]:
    """The events on whose day the start of some stage hangs without a stage in between."""
    asked: set[int] = set()
    for event in reversed(network.order):
        for before, time in network.arcs[event]:
            if time is not None or event in asked:
                asked.add(before)
    return asked
