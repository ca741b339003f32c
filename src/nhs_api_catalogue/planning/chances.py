"""How likely a plan's dates are, under an assumption that the caller names."""

from __future__ import annotations

from datetime import date, timedelta
from operator import mul
from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue.likelihood import (
    SIDE_BY_SIDE,
    TOLERANCE,
    Distribution,
    Likelihoods,
    Probability,
    Uniform,
    certainly,
    check_budget,
    check_quantile,
    check_tolerance,
    frechet_bounds,
    read_assumption,
)
from nhs_api_catalogue.planning.intervals import Budget, bounds, one_by_one
from nhs_api_catalogue.planning.reductions import reduced
from nhs_api_catalogue.planning.sums import Kernels, Sums
from nhs_api_catalogue.planning.ties import chance_of_a_tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.kernels import Row
    from nhs_api_catalogue.planning.networks import Events, Network
    from nhs_api_catalogue.planning.reductions import Reduced

# If several days of a curve are asked for, the whole curve is computed up to this many
# multiplications and additions. Under shapes other than `Uniform`, each takes about eight times as
# long.
CURVE: Final = 4_000_000
_UNEVEN: Final = 8
_SEVERAL: Final = 3

# Go-lives that must all have happened, each with whether it is marked; and marked stages.
Question: TypeAlias = "tuple[tuple[tuple[int, bool], ...], tuple[tuple[int, int], ...]]"

# The lower and the upper bound of a probability, for each of several days.
Rows: TypeAlias = "tuple[Row, Row]"


@final
@attrs.frozen
class Effort:
    """How much work goes into an answer if the exact one costs too much.

    Attributes:
        tolerance: How far apart the two ends of an interval may stay.
        budget: How many multiplications and additions one sum may take; None for the default.
    """

    tolerance: float = attrs.field(default=1e-3, converter=check_tolerance)
    budget: int | None = attrs.field(default=None, converter=check_budget)


USUAL: Final = Effort()


@final
class Chances:
    """The probabilities of a plan under an assumption, and what has been computed so far."""

    def __init__(self, network: Network, start: date) -> None:
        self.network = network
        earliest, latest = (network.days(start, longest=longest) for longest in (False, True))
        lives = [item.live for item in network.items()]
        self.first: date = max((start, *(earliest[live] for live in lives)))
        self.last: date = max((start, *(latest[live] for live in lives)))
        self.spans: list[tuple[int, int]] = [
            (first.toordinal(), last.toordinal())
            for first, last in zip(earliest, latest, strict=True)
        ]
        leading = {before for waits in network.arcs for before, _ in waits}
        # A go-live that leads to another one, or comes by the first day, decides nothing.
        self.deciding: tuple[int, ...] = tuple(
            live for live in lives if live not in leading and latest[live] > self.first
        )
        self.all: Question = tuple((live, False) for live in lives), ()
        self._kernels: dict[Assumption, Kernels] = {}
        self._curves: dict[tuple[Question, Assumption], Row] = {}
        self._costs: dict[Question, float] = {}
        # The curves of the go-lives that decide, if they share nothing.
        # By day, or by None for whole curves.
        self._apart: dict[tuple[Assumption, date | None], list[Rows]] = {}
        # What to sum for a whole curve, until that is done.
        self._ready: dict[tuple[Question, Assumption], list[Sums]] = {}
        self._days: dict[tuple[Question, Assumption, date, Effort], Rows] = {}

    # -- questions --

    def by(self, day: date, assume: Assumption | str, effort: Effort = USUAL) -> Probability:
        """The probability that everything is live on that day."""
        shape = read_assumption(assume)
        if day < self.first or day >= self.last:
            return certainly(float(day >= self.last), shape)
        several = sum(one[1] == shape for one in self._days) >= _SEVERAL
        (low,), (high,) = self._on(self.all, day, shape, effort, CURVE if several else 0)
        own = self._own(day, day, shape)
        return _probability(
            shape, low, high, [rows[0][0] for rows in own], [rows[1][0] for rows in own]
        )

    def likelihoods(self, day: date, effort: Effort = USUAL) -> Likelihoods:
        """The same under one assumption of each shape."""
        return Likelihoods(day, tuple(self.by(day, shape, effort) for shape in SIDE_BY_SIDE))

    def distribution(self, assume: Assumption | str, effort: Effort = USUAL) -> Distribution:
        """The same for each day from the first to the last."""
        shape = read_assumption(assume)
        lows, highs = self._each_day(self.all, shape, effort)
        own = self._own(self.first, self.last, shape)
        days = [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]
        found = [
            _probability(
                shape,
                lows[n],
                highs[n],
                [rows[0][n] for rows in own],
                [rows[1][n] for rows in own],
            )
            for n in range(len(days) - 1)
        ]
        return Distribution(shape, tuple(days), (*found, certainly(1.0, shape)))

    def quantile(self, q: float, assume: Assumption | str, effort: Effort = USUAL) -> date:
        """The first day by which everything is proven to be live with at least probability q.

        The sums are exact to `TOLERANCE`, so a day that misses q by less counts as reaching it.
        """
        shape = read_assumption(assume)
        if check_quantile(q) == 1:
            return self.last
        low, high = self.first.toordinal(), self.last.toordinal()
        while low < high:
            middle = (low + high) // 2
            (least,), _ = self._on(self.all, date.fromordinal(middle), shape, effort, CURVE)
            if least >= q - TOLERANCE:
                high = middle
            else:
                low = middle + 1
        return date.fromordinal(low)

    def driving(
        self,
        item: Events,
        proven: tuple[float, float],
        assume: Assumption | str,
        effort: Effort = USUAL,
    ) -> Probability:
        """The probability that this go-live is the last; ties count.

        Args:
            item: The API or service.
            proven: The bounds of the probability for any dependence between stages.
            assume: The assumption.
            effort: How much work to do.
        """
        lives = tuple((live, live == item.live) for live, _ in self.all[0])
        return self._tied((lives, ()), proven, assume, effort)

    def critical(
        self,
        item: Events,
        proven: tuple[float, float],
        assume: Assumption | str,
        effort: Effort = USUAL,
    ) -> Probability:
        """The probability that a stage of the item is on a longest path; ties count.

        Args:
            item: The API or service.
            proven: As for `driving`.
            assume: The assumption.
            effort: How much work to do.
        """
        stages = tuple(
            (before, event)
            for event in dict.fromkeys((item.built, item.live))
            for before, time in self.network.arcs[event]
            if time is not None
        )
        return self._tied((self.all[0], stages), proven, assume, effort)

    def _tied(
        self,
        question: Question,
        proven: tuple[float, float],
        assume: Assumption | str,
        effort: Effort,
    ) -> Probability:
        """The probability that a marked wait determines the day of the last go-live."""
        shape = read_assumption(assume)
        least, most = proven
        if least == most:
            return certainly(least, shape)
        low, high = chance_of_a_tie(
            self._reduced(question, self.first, self.last),
            self._kernels_of(shape),
            effort.tolerance,
            Budget(effort.budget),
        )
        low, high = min(most, max(least, low)), max(least, min(most, high))
        return Probability((low + high) / 2, low, high, shape, least, most)

    # -- sums --

    def _on(
        self, question: Question, day: date, shape: Assumption, effort: Effort, limit: int
    ) -> Rows:
        """The bounds of the probability that all of it has happened by that day.

        Args:
            question: What must have happened.
            day: The day.
            shape: The assumption.
            effort: How much work to do.
            limit: The cost up to which to compute the whole curve.
        """
        curve = self._curves.get((question, shape))
        limit = min(limit, Budget(effort.budget).limit)
        if curve is None and limit and self._cost(question, shape) <= limit:
            curve, _ = self._each_day(question, shape, effort)
        if curve is not None:
            share = [curve[(day - self.first).days]]
            return share, share
        key = question, shape, day, effort
        if key not in self._days:
            parts = self._parts(question, day, day, shape)
            each = self._sums(parts, effort)
            self._days[key] = _multiplied(each, day, day)
            if self._are_apart(question, parts):
                self._apart[shape, day] = each
        return self._days[key]

    def _each_day(self, question: Question, shape: Assumption, effort: Effort) -> Rows:
        """The same for each day from the first to the last."""
        curve = self._curves.get((question, shape))
        if curve is not None:
            return curve, curve
        parts = self._ready.pop((question, shape), None)
        if parts is None:
            parts = self._parts(question, self.first, self.last, shape)
        each = self._sums(parts, effort)
        rows = _multiplied(each, self.first, self.last)
        if rows[0] is rows[1]:
            self._curves[question, shape] = rows[0]
            if self._are_apart(question, parts):
                self._apart[shape, None] = each
        return rows

    def _are_apart(self, question: Question, parts: Sequence[Sums]) -> bool:
        """Whether each part is one go-live, which shares nothing with others."""
        ways = sum(len(part.reduced.waits[part.reduced.target]) for part in parts)
        return question == self.all and ways == len(parts) == len(self.deciding)

    def _cost(self, question: Question, shape: Assumption) -> float:
        """What the curve costs."""
        if question not in self._costs:
            parts = self._parts(question, self.first, self.last, shape)
            self._costs[question] = cost = sum(part.order.cost for part in parts)
            if cost <= CURVE:
                self._ready[question, shape] = parts
        return self._costs[question] * (1 if isinstance(shape, Uniform) else _UNEVEN)

    def _own(self, first: date, last: date, shape: Assumption) -> list[Rows]:
        """The same for each go-live that decides, separately."""
        if first == last and (apart := self._apart.get((shape, first))) is not None:
            return apart
        if (apart := self._apart.get((shape, None))) is not None:
            days = slice((first - self.first).days, (last - self.first).days + 1)
            return [(low[days], high[days]) for low, high in apart]
        return [self._loosely(_live(live), first, last, shape) for live in self.deciding]

    def _loosely(self, question: Question, first: date, last: date, shape: Assumption) -> Rows:
        """The same for these days, with wide bounds if the sum costs too much."""
        curve = self._curves.get((question, shape))
        if curve is not None:
            row = curve[(first - self.first).days : (last - self.first).days + 1]
            return row, row
        parts = self._parts(question, first, last, shape)
        if sum(part.order.cost for part in parts) <= Budget(None).limit:
            rows = _multiplied(self._sums(parts, USUAL), first, last)
            if (first, last) == (self.first, self.last) and rows[0] is rows[1]:
                self._curves[question, shape] = rows[0]
            return rows
        return _multiplied((one_by_one(part) for part in parts), first, last)

    def _parts(self, question: Question, first: date, last: date, shape: Assumption) -> list[Sums]:
        """What to sum for these days, in parts whose probabilities multiply."""
        kernels = self._kernels_of(shape)
        return [Sums(part, kernels) for part in self._reduced(question, first, last).parts()]

    def _reduced(self, question: Question, first: date, last: date) -> Reduced:
        """What is left of the plan for these days."""
        lives, marked = question
        asked = first.toordinal(), last.toordinal()
        return reduced(self.network, self.spans, asked, dict(lives), marked)

    def _kernels_of(self, shape: Assumption) -> Kernels:
        return self._kernels.setdefault(shape, Kernels(shape))

    def _sums(self, parts: Sequence[Sums], effort: Effort) -> list[Rows]:
        """The bounds of the probability of each of these parts."""
        budget = Budget(effort.budget)
        costly = sum(part.order.cost > budget.limit for part in parts)
        tolerance = effort.tolerance / max(1, costly)
        # The cheap parts come first, so that they are exact.
        cheapest = sorted(parts, key=lambda part: part.order.cost)
        return [bounds(part, tolerance, budget) for part in cheapest]


def _live(live: int) -> Question:
    """The question whether this go-live has happened."""
    return ((live, False),), ()


def _multiplied(parts: Iterable[Rows], first: date, last: date) -> Rows:
    """The product of the parts' probabilities for these days; one row if both bounds are equal."""
    days = (last - first).days + 1
    lows = highs = [1.0] * days
    for low, high in parts:
        early = [0.0] * (days - len(low))
        exact = low is high and lows is highs
        lows = list(map(mul, lows, early + low))
        highs = lows if exact else list(map(mul, highs, early + high))
    exact = lows is highs
    lows = [min(1.0, max(0.0, share)) for share in lows]
    return lows, lows if exact else [min(1.0, max(0.0, share)) for share in highs]


def _probability(
    shape: Assumption, low: float, high: float, lows: Sequence[float], highs: Sequence[float]
) -> Probability:
    """A probability between these bounds, for go-lives with these separate probabilities."""
    least, most = frechet_bounds(lows, highs)
    # The value is a possible one, so rounding must not put it outside the bounds.
    return Probability((low + high) / 2, low, high, shape, min(least, low), max(most, high))
