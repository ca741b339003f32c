"""Exact sums over days: how likely everything that is asked for has happened, by each day.

Stages are independent of each other once the days on which they start are given. So the
probability is one large sum over the days of all events, of a product of factors that each involve
few of them; and the events are summed over one by one ("variable elimination": Zhang and Poole,
"Exploiting causal independence in Bayesian network inference", JAIR 5, 1996).

An event is the latest of what it waits for. That is a product, if each factor gives the probability
of an end not *on* a day but *up to* it; the differences of the product are the masses of the event
(the decomposition of maxima of Díez and Galán, "Efficient computation for the noisy MAX",
International Journal of Intelligent Systems 18, 2003). So a factor sees an event in one of two
ways, which are its *axes*:

- `2 * event`: up to which day it happens. Factors of what it waits for.
- `2 * event + 1`: on which day it happens. Factors of what waits for it.

So summing over an event joins only events that wait for each other, and parallel or consecutive
parts merge by themselves. The cheapest event is next, which keeps tables small if the network
resembles a tree, whatever its order; where that is not cheap, other orders are tried. The target is
never summed over: what remains is the probability by each of its days, the whole curve at once. No
day is rounded and no scenario drawn: the only error comes from adding floats.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from math import inf, prod
from operator import mul
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

import attrs

from nhs_api_catalogue.planning.kernels import (
    Domain,
    Handover,
    StageKernel,
    TiedKernel,
    masses,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.kernels import Kernel, Row
    from nhs_api_catalogue.planning.reductions import Reduced, Wait
    from nhs_api_catalogue.working_days.times import BoundTime

Axes: TypeAlias = "tuple[int, ...]"

# The rank of an event with that cost.
Rank: TypeAlias = "Callable[[int, int], float]"

# The fixed cost of a row of a table, in steps of one multiplication and one addition.
ROW: Final = 20

# Sums that cost no more use the first order that is tried.
CHEAP: Final = 100_000
# For others, mixed orders are tried: at most so many, and only as long as each may save more than
# it costs; few, if it only matters whether there is an order of a given cost; and none with more
# events than that, because trying takes longer than it gains.
_MIXED: Final = 300
_FEW_MIXED: Final = 8
_MOST_EVENTS: Final = 60
# The search ends when the sum costs no more than so many steps for each order that was tried; the
# first three count as ten.
_TRIAL: Final = 200_000
# How much the weights of mixed orders differ on average, in turn.
_MIXING: Final = (3, 30)


@final
@attrs.frozen(eq=False)
class Table:
    """A factor: a number for each choice of a place on each of its axes.

    Attributes:
        axes: The axes.
        rows: A row along the last axis for each choice of places on the others, in order.
    """

    axes: Axes
    rows: list[Row]


@final
@attrs.frozen(eq=False)
class Way:
    """A factor between the day of one event and up to which day another happens.

    Attributes:
        axes: The two axes.
        kernel: The kernel between them.
    """

    axes: Axes
    kernel: Kernel

    @property
    def rows(self) -> list[Row]:
        """As of a table."""
        return self.kernel.rows()


Factor: TypeAlias = Table | Way

# Instead of a kernel if only the axes of a factor matter.
NOTHING: Final = cast("Kernel", None)


@final
class Kernels:
    """The kernels of a plan under one assumption, each made once."""

    def __init__(self, shape: Assumption) -> None:
        self.shape = shape
        self._stages: dict[tuple[BoundTime, Domain, Domain], StageKernel] = {}

    def kernel(self, wait: Wait, starts: Domain, ends: Domain) -> Kernel:
        """The kernel of a wait between two events."""
        if not (wait.marked or starts.tied):
            untied = self._plain(wait.time, starts, ends)
            if not ends.tied:
                return untied
        days = Domain(ends.first - 1, ends.last)
        plain = self._plain(wait.time, Domain(starts.first, starts.last), days)
        return TiedKernel(plain, starts=starts.tied, ends=ends.tied, marked=wait.marked)

    def _plain(self, time: BoundTime | None, starts: Domain, ends: Domain) -> Kernel:
        if time is None:
            return Handover(starts, ends)
        key = time, starts, ends
        found = self._stages.get(key)
        if found is None:
            found = self._stages[key] = StageKernel(time, starts, ends, self.shape)
        return found


def _axes(event: int) -> Axes:
    """Both axes of an event."""
    return 2 * event, 2 * event + 1


@final
class Shelf:
    """The factors of each event, while events are summed over one by one.

    Without rows it serves to try an order and find its cost.
    """

    def __init__(self, domains: Mapping[int, Domain], factors: Iterable[Factor]) -> None:
        self.domains = domains
        # How many places each axis has.
        self.sizes: dict[int, int] = {
            axis: domain.size for event, domain in domains.items() for axis in _axes(event)
        }
        self.factors: dict[int, list[Factor]] = {event: [] for event in domains}
        for factor in factors:
            self.put(factor)

    def put(self, factor: Factor) -> None:
        """Add a factor."""
        for event in {axis >> 1 for axis in factor.axes}:
            self.factors[event].append(factor)

    def take(self, event: int) -> Step:
        """Remove and return the factors of an event."""
        taken = self.factors.pop(event)
        for factor in taken:
            for other in {axis >> 1 for axis in factor.axes} - {event}:
                self.factors[other].remove(factor)
        return Step(event, taken)

    def size(self, axes: Iterable[int]) -> int:
        """The number of choices of places on these axes."""
        return prod(map(self.sizes.__getitem__, axes))

    def neighbours(self, event: int) -> set[int]:
        """The events that share a factor with this one."""
        return {axis >> 1 for factor in self.factors[event] for axis in factor.axes} - {event}

    def cost(self, event: int) -> int:
        """About how many multiplications and additions it takes to sum over an event."""
        step = Step(event, self.factors[event])
        size = self.sizes[2 * event]
        above, below = self.size(step.above), self.size(step.below)
        making = 0
        if step.pulled is None:
            making += above * (size + ROW) * (len(step.ups) + 3 * len(step.mixed) * size)
        if step.pushed is None:
            making += below * (size + ROW) * len(step.downs)
        if step.pushed is not None:
            return making + above * (4 * size + 4 * self.size(step.below) + ROW)
        if step.pulled is not None:
            return making + below * (4 * size + 4 * self.size(step.above) + ROW)
        return making + self.size(step.others) * (size + ROW)

    def tried(self, known: Mapping[int, int], rank: Rank, limit: float) -> Order:
        """An order in which to sum over events, and its cost.

        Args:
            known: What it costs to sum over each of them first.
            rank: The rank of an event with that cost; the least is next.
            limit: The cost beyond which it is useless.
        """
        costs = dict(known)
        heap = [(rank(event, cost), event) for event, cost in costs.items()]
        heapify(heap)
        found: list[int] = []
        total = 0
        while heap and total < limit:
            ranked, event = heappop(heap)
            if event not in costs or ranked != rank(event, costs[event]):
                continue
            total += costs.pop(event)
            found.append(event)
            if not costs:
                break
            near = self.neighbours(event)
            self.put(Table(self.take(event).axes(), []))
            for other in near:
                if other in costs:
                    costs[other] = cost = self.cost(other)
                    heappush(heap, (rank(other, cost), other))
        return Order(total, tuple(found)) if not costs else Order(inf, ())


@final
@attrs.frozen
class Order:
    """An order in which to sum over events.

    Attributes:
        cost: About how many multiplications and additions it takes.
        events: The events.
    """

    cost: float
    events: tuple[int, ...]


def _ranks(events: Sequence[int], mixed: int) -> Iterator[tuple[Rank, float]]:
    """How to rank events while an order is made, each with the cost that needs no further search.

    The cheapest next, from the back, from the front; and by so many weights drawn at random, the
    same ones each time.
    """
    forwards = {event: place for place, event in enumerate(events)}
    yield lambda _, cost: cost, CHEAP
    yield lambda event, _: -forwards[event], CHEAP
    yield lambda event, _: forwards[event], 10 * _TRIAL
    draw = Random(0)  # noqa: S311  it only orders sums
    for count in range(10, 10 + (mixed if len(events) <= _MOST_EVENTS else 0)):
        spread = _MIXING[count % 2]
        weights = {event: 1 + spread * draw.expovariate(1) for event in events}
        yield _weighed(weights), count * _TRIAL


def _weighed(weights: Mapping[int, float]) -> Rank:
    """The rank by costs that are weighed."""
    return lambda event, cost: weights[event] * cost


@final
@attrs.frozen
class Search:
    """How to find the order in which events are summed over.

    Attributes:
        limit: The cost beyond which a sum is useless; the first order found that costs no more is
            good enough then. If None, the cheapest order is searched for.
        mixed: How many mixed orders to try at most, without a limit.
        known: The order, if it is known.
    """

    limit: float | None = None
    mixed: int = _MIXED
    known: tuple[int, ...] = ()


THOROUGH: Final = Search()


@final
class Sums:
    """The factors of a reduced plan, whose events are summed over one by one.

    Args:
        reduced: What is left of the plan.
        kernels: The kernels of its stages.
        given: Factors besides those of the waits.
        search: How to find the order in which events are summed over.
    """

    def __init__(
        self,
        reduced: Reduced,
        kernels: Kernels,
        given: Sequence[Table] = (),
        search: Search = THOROUGH,
    ) -> None:
        self.target: int = reduced.target
        self.domains: dict[int, Domain] = {
            event: Domain(reduced.first[event], reduced.last[event], event in reduced.tied)
            for event in reduced.waits
        }
        self.reduced = reduced
        self.kernels = kernels
        self.given = given
        self.order: Order = self._order(search)

    def fits(self, limit: float) -> bool:
        """Whether it costs no more than that."""
        return self.order.cost <= limit

    def _order(self, search: Search) -> Order:
        """The cheapest order found: the cheapest next, from the back, from the front, or mixed.

        The order affects only the cost. A mixed order takes the cheapest next by costs that are
        weighed at random, the same ones each time: the cheapest of many is often many times as
        cheap as the one that looks no further than the next event.
        """
        waits = self.reduced.waits
        factors: list[Factor] = [
            Table((2 * event,), [])
            if wait.before is None
            else Way((2 * wait.before + 1, 2 * event), NOTHING)
            for event in waits
            for wait in waits[event]
        ]
        factors += (Table((2 * event + 1,), []) for event in self.reduced.since)
        factors += self.given
        shelf = Shelf(self.domains, factors)
        costs = {event: shelf.cost(event) for event in waits if event != self.target}
        if search.known:
            places = {event: place for place, event in enumerate(search.known)}
            return shelf.tried(costs, lambda event, _: places[event], inf)
        best, limit = Order(inf, ()), search.limit
        for rank, cheap in _ranks(tuple(costs), search.mixed if limit is None else _FEW_MIXED):
            useless = best.cost if limit is None else limit
            order = Shelf(self.domains, factors).tried(costs, rank, useless)
            if order.cost < best.cost:
                best = order
            if best.cost <= (cheap if limit is None else limit):
                break
        return best

    def _factors(self) -> Iterator[Factor]:
        yield from self.given
        for event, waits in self.reduced.waits.items():
            ends = self.domains[event]
            for wait in waits:
                if wait.before is None:
                    kernel = self.kernels.kernel(wait, Domain(wait.day, wait.day), ends)
                    yield Table((2 * event,), kernel.rows())
                else:
                    kernel = self.kernels.kernel(wait, self.domains[wait.before], ends)
                    yield Way((2 * wait.before + 1, 2 * event), kernel)
            if event in self.reduced.since:
                yield Table((2 * event + 1,), [[0.0] + [1.0] * (ends.size - 1)])

    def run(self) -> Row:
        """Sum over all events but the target."""
        shelf = self._shelf = Shelf(self.domains, self._factors())
        for event in self.order.events:
            shelf.put(self._sum_over(shelf.take(event)))
        found = [1.0] * self.domains[self.target].size
        for factor in shelf.factors[self.target]:
            found = list(map(mul, found, factor.rows[0]))
        return found

    # -- one event --

    def _sum_over(self, plan: Step) -> Table:
        up, down = plan.up, plan.up + 1
        if plan.pulled is not None and plan.pushed is not None:
            rows = [plan.pushed.kernel.push(masses(row)) for row in plan.pulled.rows]
            axes: Axes = (plan.pulled.axes[0], plan.pushed.axes[1])
        elif plan.pushed is not None:
            above = self._masses(plan, up)
            axes = (*above.axes[:-1], plan.pushed.axes[1])
            rows = [plan.pushed.kernel.push(row) for row in above.rows]
        elif plan.pulled is not None:
            below = self._product(plan.downs, down)
            axes = (*below.axes[:-1], plan.pulled.axes[0])
            rows = [plan.pulled.kernel.pull(row) for row in below.rows]
        else:
            axes, rows = self._dots(self._masses(plan, up), self._product(plan.downs, down))
        return Table(axes, rows)

    def _masses(self, plan: Step, up: int) -> Table:
        """The masses of the event, from the factors of what it waits for."""
        if plan.mixed:
            return self._diagonal(self._product((*plan.ups, *plan.mixed), up), up)
        table = self._product(plan.ups, up)
        return Table(table.axes, [masses(row) for row in table.rows])

    def _diagonal(self, table: Table, up: int) -> Table:
        """The masses of the event if one factor sees it in both ways: on the day itself."""
        table = self._with_last(self._with_last(table, up + 1), up)
        size = self.domains[up >> 1].size
        rows = [
            [
                row[place] - (row[place - 1] if place else 0.0)
                for place, row in enumerate(table.rows[first : first + size])
            ]
            for first in range(0, len(table.rows), size)
        ]
        return Table((*table.axes[:-2], up), rows)

    def _product(self, factors: Sequence[Factor], last: int) -> Table:
        """The product of factors that all have the axis, which comes last."""
        if not factors:
            return Table((last,), [[1.0] * self._shelf.size((last,))])
        tables = [self._with_last(factor, last) for factor in factors]
        found = tables[0]
        for table in tables[1:]:
            axes = tuple(dict.fromkeys((*found.axes[:-1], *table.axes[:-1])))
            one, other = self._places(axes, found), self._places(axes, table)
            rows = [
                list(map(mul, found.rows[i], table.rows[j]))
                for i, j in zip(one, other, strict=True)
            ]
            found = Table((*axes, last), rows)
        return found

    def _dots(self, above: Table, below: Table) -> tuple[Axes, list[Row]]:
        """The sums along the last axis of both tables: the event itself."""
        axes = tuple(dict.fromkeys((*above.axes[:-1], *below.axes[:-1])))
        one, other = self._places(axes, above), self._places(axes, below)
        flat = [
            sum(map(mul, above.rows[i], below.rows[j])) for i, j in zip(one, other, strict=True)
        ]
        width = self._shelf.size(axes[-1:])
        return axes, [flat[first : first + width] for first in range(0, len(flat), width)]

    def _places(self, axes: Axes, table: Table) -> list[int]:
        """For each choice of places on the axes, the row of the table."""
        steps: dict[int, int] = {}
        step = 1
        for axis in reversed(table.axes[:-1]):
            steps[axis] = step
            step *= self._shelf.size((axis,))
        found = [0]
        for axis in axes:
            step = steps.get(axis, 0)
            offsets = [step * place for place in range(self._shelf.size((axis,)))]
            found = [place + offset for place in found for offset in offsets]
        return found

    def _with_last(self, factor: Factor, last: int) -> Table:
        """The same factor as a table with that axis last."""
        axes, rows = factor.axes, factor.rows
        if axes[-1] == last:
            return Table(axes, rows)
        # First the rows themselves, so that the axis is second to last, then each of its blocks.
        leading = (*(axis for axis in axes[:-1] if axis != last), last)
        rows = [rows[place] for place in self._places(leading, Table(axes, rows))]
        size = self._shelf.size((last,))
        turned = [
            list(row)
            for first in range(0, len(rows), size)
            for row in zip(*rows[first : first + size], strict=True)
        ]
        return Table((*leading[:-1], axes[-1], last), turned)


@final
class Step:
    """How to sum over an event: with which of its factors."""

    def __init__(self, event: int, factors: list[Factor]) -> None:
        up = 2 * event
        self.up: int = up
        down = up + 1
        self.factors = factors
        self.own: set[int] = {up, down}
        self.ups: list[Factor] = []
        self.downs: list[Factor] = []
        self.mixed: list[Factor] = []
        for factor in factors:
            if up not in factor.axes:
                self.downs.append(factor)
            elif down not in factor.axes:
                self.ups.append(factor)
            else:
                self.mixed.append(factor)
        axes = {axis for factor in (*self.ups, *self.mixed) for axis in factor.axes}
        self.above: set[int] = axes - self.own
        self.below: set[int] = {a for factor in self.downs for a in factor.axes} - self.own
        self.others: set[int] = self.above | self.below
        self.pushed: Way | None = None
        self.pulled: Way | None = None
        if len(self.downs) == 1 and isinstance(way := self.downs[0], Way):
            self.pushed = way if way.axes[1] not in self.above else None
        if len(self.ups) == 1 and not self.mixed and isinstance(way := self.ups[0], Way):
            self.pulled = way if way.axes[0] not in self.below else None

    def axes(self) -> Axes:
        """The axes of the result."""
        return tuple(self.others)
