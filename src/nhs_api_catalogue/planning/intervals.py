"""Proven intervals where exact sums would cost too much: boxes of days, bounded from both sides.

The cost comes from events that several others wait for. Such an event is *cut*: one of its waiters
still waits for it, and the others wait for a day. The days of the cut events are divided into
boxes, and in each box that day is the last of the box, or the first. Nothing ever happens earlier
because something else happens later, so the first is never more likely than the truth, and the
second never less: a coarse grid that errs on a known side. The box with the widest interval is
halved next; if each box is one day wide, the sum is exact again.

Two more bounds take the events one by one. For any dependence, everything that an event waits for
is in time at most as often as the part that is most likely to be late (Fréchet). And all days are
increasing functions of independent times, so they are associated (Esary, Proschan and Walkup,
"Association of random variables, with applications", Annals of Mathematical Statistics 38, 1967):
being in time together is at least as likely as if all were independent, the basis of Kleindorfer's
bounds for stochastic networks (Operations Research 19, 1971).
"""

from __future__ import annotations

from heapq import heappop, heappush
from operator import add, mul, sub
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.planning.kernels import Domain, masses
from nhs_api_catalogue.planning.reductions import Reduced, Wait
from nhs_api_catalogue.planning.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhs_api_catalogue.planning.kernels import Row
    from nhs_api_catalogue.planning.sums import Kernels

# How many multiplications and additions an answer may take if the caller sets no budget: a second
# or two.
STEPS: Final = 30_000_000
# The least number of boxes for which a budget should be enough.
_BOXES: Final = 24
# With more events, the first possible one is cut, because searching for the best takes longer than
# it gains; with still more, none is cut, and the bounds of single events must do.
_MOST_EVENTS: Final = 60
_MOST_CUT: Final = 300
_MOST_TRIED: Final = 8


@final
@attrs.frozen
class Cut:
    """An event for which only one of its waiters still waits.

    Attributes:
        event: The event.
        keeps: The waiter that still waits.
    """

    event: int
    keeps: int


@final
class Budget:
    """How much an answer may cost.

    Args:
        steps: How many multiplications and additions the caller allows; None for `STEPS`, and for
            the first bounds as many as they take.
    """

    def __init__(self, steps: int | None) -> None:
        self.limit: int = STEPS if steps is None else steps
        self.strict: bool = steps is not None
        self.spent: float = 0

    def left(self) -> float:
        """The remaining steps."""
        return self.limit - self.spent

    def spend(self, cost: float) -> None:
        """Spend steps that are indispensable.

        Raises:
            TooComplexError: The caller allows less.
        """
        self.spent += cost
        if self.strict and self.spent > self.limit:
            advice = "raise budget=, or leave it out"
            raise TooComplexError(int(min(self.spent, 10**15)), self.limit, advice)


def bounds(part: Sums, tolerance: float, budget: Budget) -> tuple[Row, Row]:
    """The bounds of the probability that the target happens by each of its days.

    Both are the same row if the budget is enough for the exact sum.

    Args:
        part: The exact sum.
        tolerance: How far apart the bounds may stay.
        budget: What may be spent.

    Raises:
        TooComplexError: The caller's budget is not enough for the first bounds.
    """
    if part.order.cost <= budget.left():
        budget.spend(part.order.cost)
        row = part.run()
        return row, row
    if part.reduced.tied:
        # Pairs of a day and a tie are not monotone: from two days a stage may end on one day, with
        # a tie from the earlier. So nothing is proven about them.
        size = part.domains[part.reduced.target].size
        return [0.0] * size, [1.0] * size
    boxes = _Boxes(part.reduced, part.kernels, budget)
    boxes.refine(tolerance)
    return boxes.lower(), boxes.upper()


@final
@attrs.frozen(order=True)
class _Box:
    """Days of the cut events, and the bounds of the probability in them.

    Attributes:
        rank: The width of the widest interval, negated, so that the widest comes first.
        spans: The first and the last day of each cut event.
        low: The lower bound of the probability in the box by each day of the target.
        high: The upper bound.
    """

    rank: float
    spans: tuple[tuple[int, int], ...]
    low: Row = attrs.field(order=False)
    high: Row = attrs.field(order=False)


@final
class _Boxes:
    """The days of the cut events in boxes, and the sums of their bounds."""

    def __init__(self, part: Reduced, kernels: Kernels, budget: Budget) -> None:
        self.part = part
        self.kernels = kernels
        self.budget = budget
        self.cuts: tuple[Cut, ...] = tuple(_cuts(part, kernels, budget.limit / _BOXES))
        whole = Sums(part, kernels)
        self._least, self._most = one_by_one(whole)
        budget.spend(sum(4 * domain.size for domain in whole.domains.values()))
        spans = tuple((part.first[cut.event], part.last[cut.event]) for cut in self.cuts)
        self.boxes: list[_Box] = []
        self._low, self._high = [0.0] * len(self._least), [1.0] * len(self._least)
        if self._cost([spans]) <= (budget.left() if budget.strict else max(budget.left(), STEPS)):
            box = self._box(spans)
            self.boxes.append(box)
            self._low, self._high = box.low, box.high

    def lower(self) -> Row:
        """The lower bound of the probability by each day of the target."""
        return list(map(max, self._low, self._least))

    def upper(self) -> Row:
        """The upper bound of the same."""
        return list(map(min, self._high, self._most))

    def refine(self, tolerance: float) -> None:
        """Halve boxes until the bounds are within the tolerance, or the budget is spent."""
        while self.boxes and max(map(sub, self.upper(), self.lower())) > tolerance:
            box = heappop(self.boxes)
            halves = _halves(box.spans)
            if self._cost(halves) > self.budget.left():
                return
            self._low = list(map(sub, self._low, box.low))
            self._high = list(map(sub, self._high, box.high))
            for half in map(self._box, halves):
                self._low = list(map(add, self._low, half.low))
                self._high = list(map(add, self._high, half.high))
                # A box of one day is exact.
                if half.rank:
                    heappush(self.boxes, half)

    def _cost(self, halves: Sequence[tuple[tuple[int, int], ...]]) -> float:
        return sum(2 * Sums(self._cut(half, late=True), self.kernels).order.cost for half in halves)

    def _box(self, spans: tuple[tuple[int, int], ...]) -> _Box:
        low = self._sum(spans, late=True)
        high = low
        if any(first < last for first, last in spans):
            high = self._sum(spans, late=False)
        return _Box(-max(map(sub, high, low)), spans, low, high)

    def _sum(self, spans: tuple[tuple[int, int], ...], *, late: bool) -> Row:
        sums = Sums(self._cut(spans, late=late), self.kernels)
        self.budget.spend(sums.order.cost)
        return sums.run()

    def _cut(self, spans: tuple[tuple[int, int], ...], *, late: bool) -> Reduced:
        return _with_days(self.part, dict(zip(self.cuts, spans, strict=True)), late=late)


def _halves(spans: tuple[tuple[int, int], ...]) -> list[tuple[tuple[int, int], ...]]:
    """Two boxes instead of one, halved along its longest side."""
    place = max(range(len(spans)), key=lambda place: spans[place][1] - spans[place][0])
    first, last = spans[place]
    middle = (first + last) // 2
    return [
        (*spans[:place], (first, middle), *spans[place + 1 :]),
        (*spans[:place], (middle + 1, last), *spans[place + 1 :]),
    ]


# ---- where to cut --------------------------------------------------------------------------


def _cuts(part: Reduced, kernels: Kernels, goal: float) -> Iterator[Cut]:
    """The events to cut until the sums cost no more than that, each where it saves most.

    The probability that an event falls into a box must be the true one, because a day too late or
    too early would not err on a known side there. So nothing that is given a day may lead to a cut
    event.
    """
    cut: dict[Cut, tuple[int, int]] = {}
    given: set[int] = set()
    true: set[int] = set()
    if len(part.waits) > _MOST_CUT:
        return
    found = list(_possible_cuts(part, given, true, set()))
    while found:
        left = _with_days(part, cut, late=True)
        if Sums(left, kernels).order.cost <= goal:
            return
        tried = found[:1] if len(part.waits) > _MOST_EVENTS else found[: 2 * _MOST_TRIED]
        costs = {
            one: Sums(_with_days(part, cut | _whole(part, one), late=True), kernels).order.cost
            for one in tried
        }
        chosen = min(costs, key=costs.__getitem__)
        yield chosen
        cut |= _whole(part, chosen)
        given |= _waiters(part)[chosen.event] - {chosen.keeps}
        true |= _leading_to(part, chosen.event)
        found = list(_possible_cuts(part, given, true, {one.event for one in cut}))


def _whole(part: Reduced, cut: Cut) -> dict[Cut, tuple[int, int]]:
    return {cut: (part.first[cut.event], part.last[cut.event])}


def _possible_cuts(part: Reduced, given: set[int], true: set[int], cut: set[int]) -> Iterator[Cut]:
    """The events that several others wait for, those with the most waiters first.

    Args:
        part: The part.
        given: The events that already have a given day.
        true: The cut events, and everything that leads to them.
        cut: The cut events.
    """
    waiters = _waiters(part)
    for event in sorted(waiters, key=lambda event: -len(waiters[event])):
        if event in cut or len(waiters[event]) == 1 or given & _leading_to(part, event):
            continue
        for keeps in sorted(waiters[event]):
            if not (waiters[event] - {keeps}) & true:
                yield Cut(event, keeps)


def _waiters(part: Reduced) -> dict[int, set[int]]:
    """The events that wait for each."""
    found: dict[int, set[int]] = {}
    for event, waits in part.waits.items():
        for wait in waits:
            if wait.before is not None:
                found.setdefault(wait.before, set()).add(event)
    return found


def _leading_to(part: Reduced, event: int) -> set[int]:
    """The event, and all that it waits for, however indirectly."""
    found = {event}
    stack = [event]
    while stack:
        for wait in part.waits[stack.pop()]:
            if wait.before is not None and wait.before not in found:
                found.add(wait.before)
                stack.append(wait.before)
    return found


# ---- what is left --------------------------------------------------------------------------


def _with_days(part: Reduced, cuts: Mapping[Cut, tuple[int, int]], *, late: bool) -> Reduced:
    """The part in which waiters for cut events wait for the last day of a box, or for the first."""
    first, last = dict(part.first), dict(part.last)
    keeps = {cut.event: cut.keeps for cut in cuts}
    days: dict[int, int] = {}
    since: set[int] = set()
    for cut, (low, high) in cuts.items():
        days[cut.event] = high if late else low
        last[cut.event] = high
        if low > first[cut.event]:
            # An end before the box counts on the day before it, which does not count at all.
            first[cut.event] = low - 1
            since.add(cut.event)
    waits = {
        event: [
            Wait(
                None,
                days[wait.before],
                wait.time,
                wait.first,
                wait.last,
                wait.marked,
            )
            if wait.before is not None and wait.before in keeps and keeps[wait.before] != event
            else wait
            for wait in own
        ]
        for event, own in part.waits.items()
    }
    return attrs.evolve(part, waits=waits, first=first, last=last, since=frozenset(since))


# ---- any dependence, and none --------------------------------------------------------------


def one_by_one(part: Sums) -> tuple[Row, Row]:
    """Bounds that take the events one by one, for the least and the greatest dependence.

    At most, everything that an event waits for is in time whenever the part most likely to be late
    is (Fréchet); at least, as often as if all were independent, because all are associated.
    """
    kernels, domains = part.kernels, part.domains
    lows: dict[int, Row] = {}
    highs: dict[int, Row] = {}
    for event, waits in part.reduced.waits.items():
        ends = domains[event]
        low = high = [1.0] * ends.size
        for wait in waits:
            if wait.before is None:
                (pushed,) = kernels.kernel(wait, Domain(wait.day, wait.day), ends).rows()
                both = pushed, pushed
            else:
                kernel = kernels.kernel(wait, domains[wait.before], ends)
                both = (
                    kernel.push(masses(lows[wait.before])),
                    kernel.push(masses(highs[wait.before])),
                )
            low, high = list(map(mul, low, both[0])), list(map(min, high, both[1]))
        lows[event], highs[event] = low, high
    return lows[part.reduced.target], highs[part.reduced.target]
