"""How likely a tie is: what holds go-live up, exactly or between proven bounds.

The question is how likely some *marked* wait is *critical*: part of a chain of waits of which each
ends on the very day of its event, and the last on the day of go-live. Days are pairs of a day and a
tie (see `reductions`), those of the target too, so that one sum gives the mass of each day of
go-live with a tie.

Such a question is not monotone: a longer stage can make an API the last, and another one not. So
the bounds of `intervals` do not hold for it. Where the sum costs too much, these do:

- *Waits that are let go.* In a scenario in which no wait of a set is critical, the same chains are
  critical without that set: nothing on such a chain is held up by these waits, and nothing else
  comes later without them. So the probability of a tie without the set differs from the true one by
  at most the probability that some wait of the set is critical.
- *Rivals that are let go.* A wait is only a rival if it can hold up no start of a marked wait, and
  no marked wait leads to its own start. Then no chain from a marked wait contains it, and such a
  chain that is critical with rivals is critical without them. So the probability of a tie without
  them is an upper bound.
- *Friends that are let go.* A friend is a wait on no chain without a mark. Let some of them go, and
  suppose that no chain with a mark was critical. Then a chain without one was. It contains no
  friend, so its days stay, and so does go-live. If a chain with a mark is critical now, look at the
  last event on it that was later before. From there on the chain was critical before too, since
  what starts later ends no earlier. And a chain with a friend held that event up, as it would not
  have moved otherwise. Both together are a chain with a friend, so one with a mark, and it was
  critical after all. If no event was later before, the chain that is critical now was so before. So
  the probability of a tie without friends is a lower bound.
- *One or another.* In each scenario, some chain is critical. If it contains no marked wait, it
  enters the events to which marked waits lead by another wait, or one of these events falls on its
  first day, or the chain lies in another part. So the probability of a tie is at least 1, less the
  sum of the probabilities of these (Bonferroni), for which upper bounds will do.
- *Comparing two days.* Let Z be the latest day that chains through some waits reach, and M that of
  go-live. If one of these waits is critical, Z is at least M. Then for any days t(1) < ... < t(n):
  M < t(1), or Z >= t(n), or Z >= t(k) and M < t(k + 1) for some k. Both days are increasing
  functions of independent times. So these two events together are at most as likely as if they
  were independent (Esary, Proschan and Walkup; see `intervals`), and of each alone the probability
  has a bound that takes the events one by one. The best of such days are found in one pass.

From two days, a stage may end on one day, and then only the tie of the later start counts. All of
this holds then too, as it speaks of chains only: a chain that ends on a day need not be critical,
but a critical chain does end on that day. An end before the first day of an event counts on that
day, which makes Z only later.
"""

from __future__ import annotations

from math import inf
from operator import add, itemgetter, mul, sub
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue.planning.intervals import (
    LOOKING,
    bounds,
    ended,
    fewest,
    leading_to,
    up_to,
    without,
)
from nhs_api_catalogue.planning.reductions import Wait
from nhs_api_catalogue.planning.sums import Search, Sums

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nhs_api_catalogue.planning.intervals import Budget, Place
    from nhs_api_catalogue.planning.kernels import Row
    from nhs_api_catalogue.planning.reductions import Reduced
    from nhs_api_catalogue.planning.sums import Kernels

# In a place, instead of the number of a wait: the event is held up by its first day.
FLOOR: Final = -1
# What the first bounds cost for each day of each event.
_FIRST: Final = 16
# Waits are let go if that narrows the bounds to less than one in so many.
_ENOUGH: Final = 4
# About how many days are compared.
_DAYS: Final = 64


def chance_of_a_tie(
    left: Reduced, kernels: Kernels, tolerance: float, budget: Budget
) -> tuple[float, float]:
    """The bounds of the probability that a marked wait is critical; equal if it is exact.

    Args:
        left: What is left of the plan, with its marks.
        kernels: The kernels of its stages.
        tolerance: How far apart the bounds may stay.
        budget: What may be spent.

    Raises:
        TooComplexError: The caller's budget is not enough for the first bounds.
    """
    part, others = _apart(left)
    if part is None:
        return 0.0, 0.0
    tied = Sums(part, kernels)
    lows = highs = [1.0] * (tied.domains[part.target].size // 2)
    sums = sorted((Sums(other, kernels) for other in others), key=lambda one: one.order.cost)
    # The other parts leave what this one needs at least.
    needed = min(tied.order.cost, _FIRST * sum(domain.days for domain in tied.domains.values()))
    for one in sums:
        rest = budget.without(needed)
        low, high = bounds(one, tolerance / (1 + len(sums)), rest)
        budget.spend(rest.spent - needed - budget.spent)
        lows, highs = list(map(mul, lows, low)), list(map(mul, highs, high))
    if tied.fits(budget.left()):
        budget.spend(tied.order.cost)
        shares, _ = _with_ties(tied.run())
        return _dot(shares, lows), _dot(shares, highs)
    found = _Costly(part, kernels, (lows, highs), budget)
    found.narrow_until(tolerance)
    return found.low, found.high


def _apart(left: Reduced) -> tuple[Reduced | None, list[Reduced]]:
    """The parts with marks as one, with pairs for its target; and the other parts."""
    parts = left.parts()
    ways = [part for part in parts if any(_marked(part))]
    if not ways:
        return None, parts
    target = left.target
    waits = {event: own for part in ways for event, own in part.waits.items() if event != target}
    waits[target] = [wait for part in ways for wait in part.waits[target]]
    part = attrs.evolve(left, waits=waits, tied=left.tied | {target})
    return part, [part for part in parts if part not in ways]


def _marked(part: Reduced) -> Iterator[Place]:
    """The places of the marked waits."""
    for event, waits in part.waits.items():
        for place, wait in enumerate(waits):
            if wait.marked:
                yield event, place


def _with_ties(row: Row) -> tuple[Row, Row]:
    """The mass of each day with a tie, and the mass up to each day, from a row of pairs."""
    shares = [max(0.0, share) for share in map(sub, row[1::2], row[::2])]
    return shares, row[1::2]


def _dot(shares: Row, values: Row) -> float:
    return sum(map(mul, shares, values), 0.0)


@final
class _Costly:
    """The bounds of the probability of a tie where the exact sum costs too much.

    Args:
        part: The parts with marks, as one.
        kernels: The kernels of its stages.
        others: How likely all other parts are in time, at least and at most, by day.
        budget: What may be spent.
    """

    def __init__(
        self, part: Reduced, kernels: Kernels, others: tuple[Row, Row], budget: Budget
    ) -> None:
        self.part = part
        self.kernels = kernels
        self.others = others
        self.budget = budget
        self.low, self.high = 0.0, 1.0
        self.plain = Sums(_marking(part, (), target=False), kernels, search=Search(limit=0))
        # How many multiplications and additions it takes to go through all events once.
        self.once: int = sum(4 * domain.size for domain in self.plain.domains.values())
        budget.spend(_FIRST * self.once / 4)
        # How likely each event has happened by each of its days, at least; and the target, at most.
        self.least: dict[int, Row] = up_to(self.plain, mul)
        self.early: Row = up_to(self.plain, min)[part.target]
        self.marked: list[Place] = list(_marked(part))
        self.entries: list[list[Place]] = self._entries()
        # Waits that may be let go, those first that are least likely to be critical.
        self.places: list[Place] = []

    def _entries(self) -> list[list[Place]]:
        """How a chain without a marked wait gets to where the marked waits lead.

        In groups: through the waits for one event, or for a day; or held up by a first day there.
        The other parts are not among them.
        """
        part = self.part
        after = {*_after(part, self.marked), part.target}
        groups: dict[int | None, list[Place]] = {}
        for event in after:
            for place, wait in enumerate(part.waits[event]):
                if not wait.marked and wait.before not in after:
                    groups.setdefault(wait.before, []).append((event, place))
        return [*groups.values(), [(event, FLOOR) for event in after]]

    def _tighten(self, low: float, high: float) -> None:
        self.low = max(self.low, min(low, 1.0))
        # Rounding never puts the upper bound below the lower one.
        self.high = max(self.low, min(self.high, high))

    def narrow_until(self, tolerance: float) -> None:
        """Narrow the bounds until they are within the tolerance, or all ways have been tried."""
        high = self._at_most(self.marked)
        entries = [one for group in self.entries for one in group]
        self._tighten(1 - self._at_most(entries) - self._others(), high)
        waits = [
            (event, place)
            for event, own in self.part.waits.items()
            for place, wait in enumerate(own)
            if wait.before is not None and not wait.marked
        ]
        cost = (len(waits) + len(self.entries)) * self.once
        if cost > self.budget.left() / LOOKING:
            return
        self.budget.spend(cost)
        chances = {place: self._at_most([place]) for place in waits}
        self.places = sorted(waits, key=chances.__getitem__)
        ways = [self._let_go, self._let_rivals_go, self._one_or_another]
        if self.low + self.high > 1:
            # It is more likely than not, so what it is not says more.
            ways[1:] = reversed(ways[1:])
        for narrow in (*ways, self._spend_the_rest):
            if self.high - self.low > tolerance:
                narrow(tolerance)

    # -- four ways to narrow them --

    def _let_go(self, _: float) -> None:
        """Without the waits that are least likely to be critical, if that says enough."""
        self._leave_out(self.budget.left() / 2, (self.high - self.low) / _ENOUGH)

    def _let_rivals_go(self, _: float) -> None:
        """Without the rivals that are least likely to be critical."""
        self._tighten(0.0, self._without_rivals(self.marked, self.budget.left() / 2))

    def _one_or_another(self, tolerance: float) -> None:
        """Some chain is critical, with a marked wait or with one of the entries."""
        chances = [(self._at_most(group), group) for group in self.entries]
        chances.sort(key=itemgetter(0), reverse=True)
        total = sum(chance for chance, _ in chances) + self._others()
        self._tighten(1 - total, 1.0)
        small = tolerance / (2 * len(chances))
        for chance, group in chances:
            if self.high - self.low <= tolerance or chance <= small:
                return
            total += self._without_rivals(group, self.budget.left() / 2) - chance
            self._tighten(1 - total, 1.0)

    def _spend_the_rest(self, _: float) -> None:
        """The same whatever it says, without as few waits as what is left of the budget allows."""
        self._leave_out(self.budget.left())

    # -- sums --

    def _leave_out(self, goal: float, most: float = inf) -> None:
        """Tighten the bounds by the sum without some waits.

        It is wrong by how likely these are critical; but friends make no lower bound wrong, and
        rivals no upper one.
        """
        found = self._without(self.marked, self.places, goal, most)
        if found is not None:
            gone, shares, row = found
            self.early = list(map(min, self.early, row))
            friends, rivals = self._friends(), self._rivals(self.marked)
            low, high = (_dot(shares, others) for others in self.others)
            self._tighten(
                low - self._at_most([place for place in gone if place not in friends]),
                high + self._at_most([place for place in gone if place not in rivals]),
            )

    def _without_rivals(self, marked: Sequence[Place], goal: float) -> float:
        """At most how likely one of these is critical, from a sum without some rivals."""
        most = self._at_most(marked)
        found = self._without(marked, self._rivals(marked), goal)
        if found is None:
            return most
        _, shares, _ = found
        return min(most, _dot(shares, self.others[1]))

    def _rivals(self, marked: Sequence[Place]) -> list[Place]:
        """The waits on no chain with one of these, in the order of the places."""
        part = self.part
        after = _after(part, marked)
        starts = (part.waits[event][place].before for event, place in marked if place != FLOOR)
        before = leading_to(part, *(start for start in starts if start is not None))
        return [
            (event, place)
            for event, place in self.places
            if event not in before
            and part.waits[event][place].before not in after
            and (event, place) not in marked
        ]

    def _friends(self) -> list[Place]:
        """The waits on no chain without a marked wait."""
        others = leading_to(without(self.part, self.marked), self.part.target)
        return [(event, place) for event, place in self.places if event not in others]

    def _fewest(self, marked: Sequence[Place], places: Sequence[Place], goal: float) -> list[Place]:
        """As few of these waits as have to be let go so that the sum costs no more."""
        return fewest(places, lambda gone: self._sums(marked, gone, goal).fits(goal))

    def _sums(
        self, marked: Sequence[Place], gone: Sequence[Place], limit: float | None = None
    ) -> Sums:
        left = _reached(without(_marking(self.part, marked), gone))
        return Sums(left, self.kernels, search=Search(limit))

    def _without(
        self, marked: Sequence[Place], places: Sequence[Place], goal: float, most: float = inf
    ) -> tuple[list[Place], Row, Row] | None:
        """The sum without as few of these waits as make it cheap enough.

        Returns:
            These waits, the mass of each day with a tie, and the mass up to each day; None if the
            sum costs too much, or one of the waits may be critical with more than that probability.
        """
        gone = self._fewest(marked, places, goal)
        found = self._sums(marked, gone)
        if not found.fits(goal) or (most < inf and self._at_most(gone) > most):
            return None
        self.budget.spend(found.order.cost)
        return gone, *_with_ties(found.run())

    # -- comparing two days --

    def _at_most(self, ways: Collection[Place]) -> float:
        """At most how likely one of these waits is critical."""
        row = self._reach(ways)
        return _meeting(row, list(map(mul, self.early, self.others[1]))) if row else 0.0

    def _others(self) -> float:
        """At most how likely the other parts determine go-live, but on its first day."""
        lows, _ = self.others
        return _dot(self.early[1:], list(map(sub, lows[1:], lows))) + 1 - lows[-1]

    def _reach(self, ways: Collection[Place]) -> Row:
        """How likely the latest day that chains through these waits reach is up to each day.

        At least, as if all that leads to an event were independent; empty if they reach nothing.
        """
        found: dict[int, Row] = {}
        for event, waits in self.plain.reduced.waits.items():
            rows = [
                ended(self.plain, event, wait, self.least if (event, place) in ways else found)
                for place, wait in enumerate(waits)
                if (event, place) in ways or wait.before in found
            ]
            if (event, FLOOR) in ways:
                rows.append([1.0] * self.plain.domains[event].size)
            if rows:
                row = rows[0]
                for other in rows[1:]:
                    row = list(map(mul, row, other))
                found[event] = row
        return found.get(self.part.target, [])


def _meeting(late: Row, early: Row) -> float:
    """At most how likely the first of two days is not before the second.

    Args:
        late: How likely the first is up to each day, at least.
        early: How likely the second is up to each day, at most.
    """
    size = len(late)
    days = range(0, size, max(1, size // _DAYS))
    # For each day: at most how likely the first is that late, and the second before it.
    reached = [1 - (late[day - 1] if day else 0.0) for day in days]
    before = [early[day - 1] if day else 0.0 for day in days]
    # The least sum for days of which this one is the last, without its last term.
    sums: Row = []
    for chance in before:
        middle = min(map(add, sums, (chance * share for share in reached)), default=chance)
        sums.append(min(chance, middle))
    found: Row = [1.0, *map(add, sums, reached)]
    return min(found)


# ---- marks and chains ----------------------------------------------------------------------


def _marking(part: Reduced, marked: Collection[Place], *, target: bool = True) -> Reduced:
    """The part with these marks, and pairs for the days of its target if that is asked for."""
    tied: set[int] = set()
    waits: dict[int, list[Wait]] = {}
    for event, own in part.waits.items():
        waits[event] = [
            attrs.evolve(wait, marked=(event, place) in marked) for place, wait in enumerate(own)
        ]
        if (event, FLOOR) in marked:
            day = part.first[event]
            waits[event].append(Wait(None, day, None, day, day, marked=True))
        if any(wait.marked or wait.before in tied for wait in waits[event]):
            tied.add(event)
    tied = tied | {part.target} if target else tied
    return attrs.evolve(part, waits=waits, tied=frozenset(tied))


def _after(part: Reduced, ways: Collection[Place]) -> set[int]:
    """The events to which these waits lead."""
    found = {event for event, _ in ways}
    for event, waits in part.waits.items():
        if any(wait.before in found for wait in waits):
            found.add(event)
    return found


def _reached(part: Reduced) -> Reduced:
    """The part without what leads nowhere."""
    left = leading_to(part, part.target)
    return attrs.evolve(
        part, waits={event: own for event, own in part.waits.items() if event in left}
    )
