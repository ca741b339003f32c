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
from nhs_api_catalogue.planning.sums import Activity, Sums

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.drivers import Drivers
    from nhs_api_catalogue.planning.networks import Events, Network

MOST_WAITS: Final = 1_000_000


@final
class Chances:
    """The stages of a plan as sums see them, and its go-lives by what they hang on.

    To be live by a day means for a go-live that every stage on which it hangs is finished by
    then: waits move no stage beyond the go-live that it belongs to. So links that only hold up
    go-live cost nothing here, and parts of which no stage waits for another multiply.
    """

    def __init__(self, network: Network, start: date) -> None:
        self.network = network
        earliest, latest = (network.days(start, longest=longest) for longest in (False, True))
        self.lives: list[int] = [item.live for item in network.items()]
        self.earliest: dict[int, date] = {live: earliest[live] for live in self.lives}
        self.latest: dict[int, date] = {live: latest[live] for live in self.lives}
        self.first: date = max((start, *self.earliest.values()))
        self.last: date = max((start, *self.latest.values()))
        activities, place = _activities(network, start)
        self.place: dict[int, int] = place
        self.sums: Sums = Sums(activities)
        self.parts: list[tuple[int, ...]] = self.sums.parts()

    def by(self, day: date, assume: Assumption) -> Probability:
        """The probability that all is live on that day."""
        check_assumption(assume)
        if day < self.first or day >= self.last:
            value = float(day >= self.last)
            return Probability(value, value, value, assume)
        known = {part: self.sums.in_time(part, day, assume) for part in self.parts}
        value = math.prod(known.values())
        marginals = [self._live_by(live, day, assume, known) for live in self.lives]
        lower, upper = frechet_bounds(marginals, value)
        return Probability(value, lower, upper, assume)

    def quantile(self, q: float, assume: Assumption) -> date:
        """The first day by which all is live with probability q at least.

        The sums are exact to `TOLERANCE`, so a day that misses q by less counts as reaching it.
        """
        check_assumption(assume)
        if check_quantile(q) == 1:
            return self.last
        low, high = self.first.toordinal(), self.last.toordinal()
        while low < high:
            middle = (low + high) // 2
            if self._all_by(date.fromordinal(middle), assume) >= q - TOLERANCE:
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
        closure = frozenset(self._closure(live))
        day = max(self.first, self.earliest[live])
        total = 0.0
        while day <= self.latest[live]:
            total += self._all_by(day, assume) - self._all_by(day, assume, closure)
            day += timedelta(1)
        return min(1.0, total)

    def _all_by(
        self, day: date, assume: Assumption, day_before: frozenset[int] = frozenset()
    ) -> float:
        """The probability that all stages end by that day, and some of them the day before."""
        return math.prod(self.sums.in_time(part, day, assume, day_before) for part in self.parts)

    def _live_by(
        self, live: int, day: date, assume: Assumption, known: dict[tuple[int, ...], float]
    ) -> float:
        """The probability that one go-live is on that day or before."""
        if day >= self.latest[live]:
            return 1.0
        closure = set(self._closure(live))
        value = 1.0
        for part in self.parts:
            stages = tuple(place for place in part if place in closure)
            if stages not in known:
                known[stages] = self.sums.in_time(stages, day, assume)
            value *= known[stages]
        return value

    def _closure(self, live: int) -> Iterator[int]:
        """The places of the stages on which a go-live hangs."""
        seen = {live}
        stack = [live]
        while stack:
            event = stack.pop()
            if event in self.place:
                yield self.place[event]
            for before, _ in self.network.arcs[event]:
                if before not in seen:
                    seen.add(before)
                    stack.append(before)


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
