"""Proven intervals where exact sums would cost too much: boxes of days, bounded from both sides.

The cost comes from events that several others wait for. Such an event is *cut*: one of its waiters
still waits for it, and the others wait for a day. The days of the cut events are divided into
boxes, and in each box that day is the last of the box, or the first. Nothing ever happens earlier
because something else happens later, so the first is never more likely than the truth, and the
second never less: a coarse grid that errs on a known side. The box with the widest interval is
halved next; if each box is one day wide, the sum is exact again.

Before that, the waits that matter least are *let go*. If a waiter does not wait at all, it is
never later, so that sum is an upper bound. If it waits for an independent copy of the event, with
the same probability by each day, the sum is a lower bound (Dodin, "Bounding the project completion
time distribution in PERT networks", Operations Research 33, 1985): two things that are less likely
the longer any stage takes come together at least as often as if they were independent. Often a few
waits that hardly ever delay anything cause nearly all of the cost.

Two more bounds take the events one by one. For any dependence, everything that an event waits for
is in time at most as often as the part that is most likely to be late (Fréchet). And all days are
increasing functions of independent times, so they are associated (Esary, Proschan and Walkup,
"Association of random variables, with applications", Annals of Mathematical Statistics 38, 1967):
being in time together is at least as likely as if all were independent, the basis of Kleindorfer's
bounds for stochastic networks (Operations Research 19, 1971).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from heapq import heappop, heappush
from math import log
from operator import add, mul, sub
from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.planning.kernels import Domain, masses
from nhs_api_catalogue.planning.reductions import Reduced, Wait
from nhs_api_catalogue.planning.sums import Search, Sums, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from nhs_api_catalogue.planning.kernels import Row
    from nhs_api_catalogue.planning.sums import Kernels

# How many multiplications and additions an answer may take if the caller sets no budget: up to a
# few seconds.
STEPS: Final = 80_000_000
# The share of the remaining budget that may be spent to see which waits matter least, and the
# shares that each sum without such waits may cost: a small one first, as that is often enough.
LOOKING: Final = 4
_SHARES: Final = (10, 3)
# The least number of boxes for which a budget should be enough.
_BOXES: Final = 24
# What a cut matters at the least, as a probability.
_SLIGHT: Final = 0.003
# With more events, the first possible one is cut, because searching for the best takes longer than
# it gains; with still more, none is cut, and the bounds of single events must do.
_MOST_EVENTS: Final = 60
_MOST_CUT: Final = 300
_MOST_TRIED: Final = 8
# To compare cuts, fewer orders are tried for each.
_QUICK: Final = Search(mixed=40)

# A wait: what waits, and which of its waits it is.
Place: TypeAlias = "tuple[int, int]"


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

    def without(self, steps: float) -> Budget:
        """The same as if so many steps were spent, because something else needs them."""
        found = Budget(self.limit)
        found.strict = self.strict
        found.spent = self.spent + steps
        return found

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
    once = sum(4 * domain.size for domain in part.domains.values())
    budget.spend(once)
    known = one_by_one(part)
    looser = _Looser(part)
    cost = once * (1 + len(looser.places))
    if cost <= budget.left() / LOOKING:
        budget.spend(cost)
        looser.look()
        for share in _SHARES:
            if _width(known) > tolerance:
                known = _narrowed(known, looser.bounds(budget, share))
    if _width(known) <= tolerance:
        return known
    boxes = _Boxes(part, budget, known, looser.gains)
    boxes.refine(tolerance)
    return boxes.bounds()


def _nothing(part: Sums) -> tuple[Row, Row]:
    """The bounds if nothing is known: 0 and 1."""
    size = part.domains[part.target].size
    return [0.0] * size, [1.0] * size


def _width(known: tuple[Row, Row]) -> float:
    """How far the bounds are apart, on the day where they are farthest."""
    low, high = known
    return max(high[place] - share for place, share in enumerate(low))


def _narrowed(known: tuple[Row, Row], found: tuple[Row, Row]) -> tuple[Row, Row]:
    """The tighter of two bounds on each side; rounding never puts the upper below the lower."""
    lows = list(map(max, known[0], found[0]))
    return lows, list(map(max, lows, map(min, known[1], found[1])))


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
    """The days of the cut events in boxes, and the sums of their bounds.

    Args:
        part: The exact sum.
        budget: What may be spent.
        known: The bounds that are known already.
        gains: How much each wait matters, as far as that has been examined.
    """

    def __init__(
        self,
        part: Sums,
        budget: Budget,
        known: tuple[Row, Row],
        gains: Mapping[Place, float],
    ) -> None:
        self.part: Reduced = part.reduced
        self.kernels: Kernels = part.kernels
        self.budget = budget
        self.known = known
        # The cuts, and how much the waits matter that are given a day by each.
        self.cuts: dict[Cut, float] = dict(
            _cuts(self.part, self.kernels, budget.limit / _BOXES, gains)
        )
        spans = tuple((self.part.first[cut.event], self.part.last[cut.event]) for cut in self.cuts)
        # The order in which all boxes are summed: the best for the first.
        first = _with_days(self.part, dict(zip(self.cuts, spans, strict=True)), late=True)
        self._search = Search(known=Sums(first, self.kernels).order.events)
        self.boxes: list[_Box] = []
        self._low, self._high = [0.0] * len(known[0]), [1.0] * len(known[0])
        if self._cost([spans]) <= (budget.left() if budget.strict else max(budget.left(), STEPS)):
            box = self._box(spans)
            self.boxes.append(box)
            self._low, self._high = box.low, box.high

    def bounds(self) -> tuple[Row, Row]:
        """Both bounds of the probability by each day of the target."""
        return _narrowed(self.known, (self._low, self._high))

    def refine(self, tolerance: float) -> None:
        """Halve boxes until the bounds are within the tolerance, or the budget is spent."""
        while self.boxes and _width(self.bounds()) > tolerance:
            box = heappop(self.boxes)
            halves = _halves(box.spans, tuple(self.cuts.values()))
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
        return sum(2 * self._sums(half, late=True).order.cost for half in halves)

    def _box(self, spans: tuple[tuple[int, int], ...]) -> _Box:
        low = self._sum(spans, late=True)
        high = low
        if any(first < last for first, last in spans):
            high = self._sum(spans, late=False)
        return _Box(-max(map(sub, high, low)), spans, low, high)

    def _sum(self, spans: tuple[tuple[int, int], ...], *, late: bool) -> Row:
        sums = self._sums(spans, late=late)
        self.budget.spend(sums.order.cost)
        return sums.run()

    def _sums(self, spans: tuple[tuple[int, int], ...], *, late: bool) -> Sums:
        cut = _with_days(self.part, dict(zip(self.cuts, spans, strict=True)), late=late)
        return Sums(cut, self.kernels, search=self._search)


def _halves(
    spans: tuple[tuple[int, int], ...], weights: Sequence[float]
) -> list[tuple[tuple[int, int], ...]]:
    """Two boxes instead of one, halved along its longest side, for sides of these weights."""
    lengths = [
        (last - first) * weight for (first, last), weight in zip(spans, weights, strict=True)
    ]
    place = lengths.index(max(lengths))
    first, last = spans[place]
    middle = (first + last) // 2
    return [
        (*spans[:place], (first, middle), *spans[place + 1 :]),
        (*spans[:place], (middle + 1, last), *spans[place + 1 :]),
    ]


# ---- where to cut --------------------------------------------------------------------------


def _cuts(
    part: Reduced, kernels: Kernels, goal: float, gains: Mapping[Place, float]
) -> Iterator[tuple[Cut, float]]:
    """The events to cut until the sums cost at most that, and how much the cut waits matter.

    Each saves most for what it matters. The probability that an event falls into a box must be the
    true one, because a day too late or too early would not err on a known side there. So nothing
    that is given a day may lead to a cut event.
    """
    cut: dict[Cut, tuple[int, int]] = {}
    given: set[int] = set()
    true: set[int] = set()
    if len(part.waits) > _MOST_CUT:
        return
    cost = _cost(part, kernels, cut)
    found = list(_possible_cuts(part, given, true, set()))
    while found and cost > goal:
        tried = found[:1] if len(part.waits) > _MOST_EVENTS else found[: 2 * _MOST_TRIED]
        costs = {one: _cost(part, kernels, cut | _whole(part, one)) for one in tried}
        weights = {one: _weight(part, one, gains) for one in tried}
        saved = {one: log(cost / max(goal, costs[one])) / weights[one] for one in tried}
        chosen = max(saved, key=saved.__getitem__)
        yield chosen, weights[chosen]
        cost = costs[chosen]
        cut |= _whole(part, chosen)
        given |= _waiters(part)[chosen.event] - {chosen.keeps}
        true |= leading_to(part, chosen.event)
        found = list(_possible_cuts(part, given, true, {one.event for one in cut}))


def _cost(part: Reduced, kernels: Kernels, cut: Mapping[Cut, tuple[int, int]]) -> float:
    """About what the sum of a box costs."""
    return Sums(_with_days(part, cut, late=True), kernels, search=_QUICK).order.cost


def _weight(part: Reduced, cut: Cut, gains: Mapping[Place, float]) -> float:
    """How much the waits matter that are given a day by a cut; never nothing."""
    return _SLIGHT + sum(
        gains.get((event, place), 0.0)
        for event, waits in part.waits.items()
        if event != cut.keeps
        for place, wait in enumerate(waits)
        if wait.before == cut.event
    )


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
        if event in cut or len(waiters[event]) == 1 or given & leading_to(part, event):
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


def leading_to(part: Reduced, *events: int) -> set[int]:
    """The events, and all that they wait for, however indirectly."""
    found = set(events)
    stack = list(events)
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


# ---- waits that are let go ----------------------------------------------------------------


@final
class _Looser:
    """The sums without the waits that matter least.

    Args:
        part: The exact sum.
    """

    def __init__(self, part: Sums) -> None:
        self.part = part
        ways = Counter(wait.before for waits in part.reduced.waits.values() for wait in waits)
        # Only events with several waiters make sums costly. `look` sorts them by importance.
        self.places: list[Place] = [
            (event, place)
            for event, waits in part.reduced.waits.items()
            for place, wait in enumerate(waits)
            if wait.before is not None and ways[wait.before] > 1
        ]
        # By how much the target is more likely without each wait, as if all were independent.
        self.gains: dict[Place, float] = {}
        self._copies: dict[Place, Table] = {}
        self._tried: set[tuple[bool, tuple[Place, ...]]] = set()

    def look(self) -> None:
        """Sort the waits by how much each matters."""
        part, target, waits = self.part, self.part.target, self.part.reduced.waits
        alone = up_to(part, mul)
        self.gains = {
            place: max(0.0, *map(sub, up_to(part, mul, {place})[target], alone[target]))
            for place in self.places
        }
        self.places.sort(key=self.gains.__getitem__)
        self._copies = {
            (event, place): Table((2 * event,), [ended(part, event, waits[event][place], alone)])
            for event, place in self.places
        }

    def bounds(self, budget: Budget, share: int) -> tuple[Row, Row]:
        """Bounds from sums that each cost at most a share of the remaining budget.

        They are 0 and 1 if there are no such sums, or the same waits were let go before.
        """
        goal = budget.left() / share
        low, high = _nothing(self.part)
        late, early = (self._sum(goal, budget, late=late) for late in (True, False))
        return late or low, early or high

    def _sum(self, goal: float, budget: Budget, *, late: bool) -> Row | None:
        gone = self._gone(goal, late=late)
        sums = self._sums(gone, late=late)
        if not sums.fits(goal) or (late, tuple(gone)) in self._tried:
            return None
        self._tried.add((late, tuple(gone)))
        budget.spend(sums.order.cost)
        return sums.run()

    def _gone(self, goal: float, *, late: bool) -> list[Place]:
        """The waits that have to be let go so that a sum costs no more."""
        return fewest(self.places, lambda gone: self._sums(gone, late=late, goal=goal).fits(goal))

    def _sums(self, gone: Sequence[Place], *, late: bool, goal: float | None = None) -> Sums:
        """The sum without these waits; if it is late, with copies in their place."""
        copies = [self._copies[place] for place in gone] if late else []
        return Sums(without(self.part.reduced, gone), self.part.kernels, copies, Search(goal))


def fewest(places: Sequence[Place], fits: Callable[[Sequence[Place]], bool]) -> list[Place]:
    """The waits to let go so that a sum fits: as few as possible, from those that come first.

    All of them if it does not fit even without these.
    """
    few = bisect_left(range(len(places)), x=True, key=lambda count: fits(places[:count]))
    gone = list(places[:few])
    if few == len(places) and not fits(gone):
        return gone
    # Those that cost little can stay, the most important first.
    for place in reversed(gone):
        others = [other for other in gone if other != place]
        if fits(others):
            gone = others
    return gone


def without(part: Reduced, gone: Collection[Place]) -> Reduced:
    """The part without these waits."""
    waits = {
        event: [wait for place, wait in enumerate(own) if (event, place) not in gone]
        for event, own in part.waits.items()
    }
    return attrs.evolve(part, waits=waits)


# ---- any dependence, and none --------------------------------------------------------------


def one_by_one(part: Sums) -> tuple[Row, Row]:
    """Bounds that take the events one by one, for the least and the greatest dependence.

    At most, everything that an event waits for is in time whenever the part most likely to be late
    is (Fréchet); at least, as often as if all were independent, because all are associated.
    """
    target = part.target
    return up_to(part, mul)[target], up_to(part, min)[target]


def up_to(
    part: Sums, join: Callable[[float, float], float], gone: Collection[Place] = ()
) -> dict[int, Row]:
    """How likely each event has happened by each of its days, if its waits are joined like this.

    Args:
        part: The part.
        join: The probability of two things together, from the probability of each.
        gone: Waits that are left out.
    """
    found: dict[int, Row] = {}
    for event, waits in part.reduced.waits.items():
        row = [1.0] * part.domains[event].size
        for place, wait in enumerate(waits):
            if (event, place) not in gone:
                row = list(map(join, row, ended(part, event, wait, found)))
        found[event] = row
    return found


def ended(part: Sums, event: int, wait: Wait, known: Mapping[int, Row]) -> Row:
    """How likely a wait has ended by each day of its event."""
    ends = part.domains[event]
    if wait.before is None:
        (row,) = part.kernels.kernel(wait, Domain(wait.day, wait.day), ends).rows()
        return row
    kernel = part.kernels.kernel(wait, part.domains[wait.before], ends)
    return kernel.push(masses(known[wait.before]))
