"""How likely a plan's dates are, under an assumption that the caller names."""

from __future__ import annotations

from datetime import date
from operator import mul, sub
from typing import TYPE_CHECKING, Final, TypeAlias, final

from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.likelihood import (
    TOLERANCE,
    Probability,
    certainly,
    check_quantile,
    frechet_bounds,
    read_assumption,
)
from nhs_api_catalogue.planning.reductions import reduced
from nhs_api_catalogue.planning.sums import Kernels, Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.kernels import Row
    from nhs_api_catalogue.planning.networks import Events, Network

# Up to so many multiplications and additions a whole curve is worked out for one of its days.
CURVE: Final = 4_000_000
# More than so many are not taken for one answer.
MOST_STEPS: Final = 50_000_000

# Go-lives that all must have come, each with whether it is marked; and stages that are marked.
Question: TypeAlias = "tuple[tuple[tuple[int, bool], ...], tuple[tuple[int, int], ...]]"


@final
class Chances:
    """What is asked of a plan under an assumption, and what has been worked out of it."""

    def __init__(self, network: Network, start: date) -> None:
        self.network = network
        self.start = start
        earliest, latest = (network.days(start, longest=longest) for longest in (False, True))
        lives = [item.live for item in network.items()]
        self.first: date = max((start, *(earliest[live] for live in lives)))
        self.last: date = max((start, *(latest[live] for live in lives)))
        leading = {before for waits in network.arcs for before, _ in waits}
        # What leads to another go-live, or comes by the first day, decides nothing.
        self.deciding: tuple[int, ...] = tuple(
            live for live in lives if live not in leading and latest[live] > self.first
        )
        self.all: Question = tuple((live, False) for live in lives), ()
        self._kernels: dict[Assumption, Kernels] = {}
        self._curves: dict[tuple[Question, Assumption], Row | None] = {}
        self._days: dict[tuple[Question, Assumption, date], float] = {}

    # -- questions --

    def by(self, day: date, assume: Assumption | str) -> Probability:
        """The probability that all is live on that day."""
        shape = read_assumption(assume)
        if day < self.first or day >= self.last:
            return certainly(float(day >= self.last), shape)
        value = self._on(self.all, day, shape)
        marginals = [self._on((((live, False),), ()), day, shape) for live in self.deciding]
        least, most = frechet_bounds(marginals, marginals)
        # The value is one of the possible ones, so rounding never leaves it outside.
        return Probability(value, value, value, shape, min(least, value), max(most, value))

    def quantile(self, q: float, assume: Assumption | str) -> date:
        """The first day by which all is live with probability q at least.

        The sums are exact to `TOLERANCE`, so a day that misses q by less counts as reaching it.
        """
        shape = read_assumption(assume)
        if check_quantile(q) == 1:
            return self.last
        low, high = self.first.toordinal(), self.last.toordinal()
        while low < high:
            middle = (low + high) // 2
            if self._on(self.all, date.fromordinal(middle), shape) >= q - TOLERANCE:
                high = middle
            else:
                low = middle + 1
        return date.fromordinal(low)

    def driving(
        self, item: Events, bounds: tuple[float, float], assume: Assumption | str
    ) -> Probability:
        """The probability that this go-live is the last, ties counted.

        Args:
            item: The API or service.
            bounds: What the probability is at least and at most, whatever the stages depend on.
            assume: The assumption.
        """
        lives = tuple((live, live == item.live) for live, _ in self.all[0])
        return self._tied((lives, ()), bounds, assume)

    def critical(
        self, item: Events, bounds: tuple[float, float], assume: Assumption | str
    ) -> Probability:
        """The probability that a stage of the item lies on a longest path, ties counted.

        Args:
            item: The API or service.
            bounds: As for `driving`.
            assume: The assumption.
        """
        stages = tuple(
            (before, event)
            for event in dict.fromkeys((item.built, item.live))
            for before, time in self.network.arcs[event]
            if time is not None
        )
        return self._tied((self.all[0], stages), bounds, assume)

    def _tied(
        self, question: Question, bounds: tuple[float, float], assume: Assumption | str
    ) -> Probability:
        """The probability that what is marked holds the last go-live up to its day.

        For each day: that all is live by then, less that it is so without a tie.
        """
        shape = read_assumption(assume)
        least, most = bounds
        if least == most:
            return certainly(least, shape)
        whole, untied = self._curve(self.all, shape), self._curve(question, shape)
        value = min(most, max(least, sum(map(sub, whole, untied))))
        return Probability(value, value, value, shape, least, most)

    # -- sums --

    def _on(self, question: Question, day: date, shape: Assumption) -> float:
        """The probability that what is asked for has happened by that day."""
        curve = self._curves.get((question, shape))
        if curve is None and (question, shape) not in self._curves:
            curve = self._curves[question, shape] = self._if_cheap(question, shape)
        if curve is not None:
            return curve[(day - self.first).days]
        key = question, shape, day
        if key not in self._days:
            (self._days[key],) = self._sum(self._parts(question, day, day, shape), day, day)
        return self._days[key]

    def _curve(self, question: Question, shape: Assumption) -> Row:
        """The same for each day from the first to the last."""
        curve = self._curves.get((question, shape))
        if curve is None:
            parts = self._parts(question, self.first, self.last, shape)
            curve = self._curves[question, shape] = self._sum(parts, self.first, self.last)
        return curve

    def _if_cheap(self, question: Question, shape: Assumption) -> Row | None:
        parts = self._parts(question, self.first, self.last, shape)
        if sum(part.order.cost for part in parts or ()) > CURVE:
            return None
        return self._sum(parts, self.first, self.last)

    def _parts(
        self, question: Question, first: date, last: date, shape: Assumption
    ) -> list[Sums] | None:
        """What is to be summed for these days, in parts; None if they are too early."""
        kernels = self._kernels.setdefault(shape, Kernels(shape))
        lives, marked = question
        asked = first.toordinal(), last.toordinal()
        left = reduced(self.network, self.start, asked, dict(lives), marked)
        return None if left is None else [Sums(part, kernels) for part in left.parts()]

    def _sum(self, parts: Sequence[Sums] | None, first: date, last: date) -> Row:
        """The probability by each of these days."""
        days = (last - first).days + 1
        if parts is None:
            return [0.0] * days
        cost = sum(part.order.cost for part in parts)
        if cost > MOST_STEPS:
            raise TooComplexError(int(min(cost, 10**15)), MOST_STEPS, "leave out links")
        found = [1.0] * days
        for part in parts:
            row = part.run()
            found = list(map(mul, found, [0.0] * (days - len(row)) + row))
        return [min(1.0, max(0.0, share)) for share in found]
