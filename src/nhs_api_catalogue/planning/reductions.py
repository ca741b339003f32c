"""The reduced plan: the events and waits that can move the days that are asked for.

Most of a network does not affect a given day: services that end before anything that waits for them
can start, waits that another way implies, go-lives that always come before the day. The rules here
change no probability; what remains is smaller.

- A wait that ends, at its latest, by the earliest day of the event that waits moves nothing.
- An event that always falls on one day is a day, and what follows it starts there: the network
  splits at it.
- A wait is idle if another way to the same event takes longer at its shortest than the wait at
  its longest, from each day on which both can begin. No time is negative, so a wait without a
  stage is idle if there is any other way.
- An event that waits only for one other event equals it. An event for which only one other waits,
  without a stage in between, hands on what it waits for: a maximum of maxima is one maximum.

*Ties.* Sometimes it matters what holds an event up: whether a stage is on a longest path, or an API
goes live last. Then a day becomes a pair (day, tie), in that order; the tie is 1 if a marked wait
determines exactly this day. A maximum is the greater pair, and a stage keeps the tie of its start,
so the same sums apply.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue.planning.networks import parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from nhs_api_catalogue.planning.networks import Network
    from nhs_api_catalogue.working_days.times import BoundTime

# Above this many events, implied waits are searched for only before the go-live, because the order
# takes one bit per pair of events.
MOST_IN_PAIRS: Final = 4_000


# How many of the events after one are examined to find overtaken waits, and on how many days of
# that one.
MOST_AFTER: Final = 24
MOST_DAYS: Final = 500


@final
@attrs.frozen
class Wait:
    """What an event waits for.

    Attributes:
        before: The event it waits for; None if it is a day.
        day: That day, an ordinal; for an event, its earliest.
        time: The stage in between; None if there is none.
        first: The earliest day on which the wait ends.
        last: The latest.
        marked: Whether it matters if this wait holds the event up.
    """

    before: int | None
    day: int
    time: BoundTime | None
    first: int
    last: int
    marked: bool = False


@final
@attrs.frozen(eq=False)
class Reduced:
    """The network reduced to the days that are asked for.

    Attributes:
        waits: What each remaining event waits for. The last one is the target, the day on which
            everything asked for is live; it is there even if nothing else remains.
        first: The earliest day of each event, an ordinal; for the target, the first day asked for.
        last: The latest day of each event; later days are too late for every day asked for.
        tied: The events whose days are pairs.
        target: The number of the target.
        since: The events whose first day does not count: what ends by then is left out.
    """

    waits: dict[int, list[Wait]]
    first: dict[int, int]
    last: dict[int, int]
    tied: frozenset[int]
    target: int
    since: frozenset[int] = frozenset()

    def parts(self) -> list[Reduced]:
        """Parts that share nothing but the target, so that their probabilities multiply."""
        target = self.target
        places = {event: place for place, event in enumerate(self.waits)}
        numbers = parts_of(
            len(places),
            (
                (places[event], places[wait.before])
                for event, waits in self.waits.items()
                for wait in waits
                if wait.before is not None and event != target
            ),
        )
        part = dict(zip(self.waits, numbers, strict=True))
        ways: dict[int, list[Wait]] = {}
        for place, wait in enumerate(self.waits[target]):
            # An event that waits only for a day is a separate part.
            number = -1 - place if wait.before is None else part[wait.before]
            ways.setdefault(number, []).append(wait)
        return [
            Reduced(
                {event: own for event, own in self.waits.items() if part[event] == number}
                | {target: waits},
                self.first,
                self.last,
                self.tied,
                target,
            )
            for number, waits in ways.items()
        ]


def reduced(
    network: Network,
    spans: Sequence[tuple[int, int]],
    asked: tuple[int, int],
    lives: Mapping[int, bool],
    marked: Collection[tuple[int, int]] = (),
) -> Reduced:
    """The parts of a network that can move the days asked for.

    Args:
        network: The events of the plan.
        spans: The earliest and the latest day of each event, as ordinals.
        asked: The first and the last day asked for, as ordinals.
        lives: The events that must all have happened by then, and whether each is marked.
        marked: The marked stages, as pairs of the events at their ends.
    """
    making = _Making(network, spans, asked, lives, marked)
    making.leave_out_what_is_implied()
    making.merge()
    if making.leave_out_what_is_overtaken():
        making.merge()
    return making.made()


@final
class _Making:
    """A network that is being reduced."""

    def __init__(
        self,
        network: Network,
        spans: Sequence[tuple[int, int]],
        asked: tuple[int, int],
        lives: Mapping[int, bool],
        marked: Collection[tuple[int, int]],
    ) -> None:
        self.asked = asked
        self.target = target = len(network.arcs)
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.tied: set[int] = set()
        self.waits: dict[int, list[Wait]] = {}
        wanted = _before(network, lives)
        # What waits for what in the whole network; even a wait that never matters gives an order.
        self.order = [event for event in network.order if event in wanted]
        self.direct = {event: {b for b, _ in network.arcs[event]} for event in self.order}
        for event in self.order:
            self.first[event], self.last[event] = spans[event]
            waits = ((b, time, (b, event) in marked) for b, time in network.arcs[event])
            self.waits[event] = self._moving(event, waits)
            if any(self._ties(wait) for wait in self.waits[event]):
                self.tied.add(event)
        self.first[target] = max((asked[0], *(self.first[live] for live in lives)))
        self.last[target] = max((asked[0], *(self.last[live] for live in lives)))
        self.waits[target] = self._moving(
            target, ((live, None, mark) for live, mark in lives.items())
        )

    def _moving(
        self, event: int, waits: Iterable[tuple[int, BoundTime | None, bool]]
    ) -> list[Wait]:
        """The waits of an event that can move it from its first day."""
        first, last = self.first[event], self.last[event]
        found: list[Wait] = []
        for before, time, mark in waits:
            tied = before in self.tied
            if first == last and not (tied or mark):
                continue
            low, high = self.first[before], self.last[before]
            fixed = low == high and not tied
            wait = Wait(None if fixed else before, low, time, *_ends(time, low, high), mark)
            if self._moves(wait, first):
                found.append(wait)
        return found

    def _ties(self, wait: Wait) -> bool:
        return wait.marked or wait.before in self.tied

    def _moves(self, wait: Wait, first: int) -> bool:
        """Whether a wait can move an event from its first day."""
        return wait.last > first or (wait.last == first and self._ties(wait))

    # -- implied waits --

    def leave_out_what_is_implied(self) -> None:
        """Leave out waits without a stage that another way implies."""
        leading = {b for event in self.order for b in self.direct[event]}
        # What leads to another event also leads to the target through it.
        self.waits[self.target] = [
            wait
            for wait in self.waits[self.target]
            if wait.marked or wait.before is None or wait.before not in leading
        ]
        if len(self.order) > MOST_IN_PAIRS or all(
            len(waits) < 2 for event, waits in self.waits.items() if event != self.target
        ):
            return
        before: dict[int, int] = {}
        for event in self.order:
            direct = self.direct[event]
            over = 0
            for one in direct:
                over |= before[one]
            before[event] = over | sum(1 << one for one in direct)
            staged = {wait.before for wait in self.waits[event] if wait.time is not None}
            self.waits[event] = [
                wait
                for wait in self.waits[event]
                if wait.time is not None
                or wait.before is None
                or not (wait.before in staged or over >> wait.before & 1)
            ]

    def leave_out_what_is_overtaken(self) -> bool:
        """Leave out waits that another way always outlasts, given the day of an event.

        Given that day, the events soon after it have narrower windows.

        Returns:
            Whether any was left out.
        """
        found = False
        waiters = self._waiters()
        places = {event: place for place, event in enumerate((*self.order, self.target))}
        for event in self.order:
            if len(waiters.get(event, ())) < 2 or self._days(event) > MOST_DAYS:
                continue
            heads: dict[int, None] = {}
            stack = [event]
            for one in stack:
                stack += (waiter for waiter in waiters[one] if waiter not in heads)
                heads |= dict.fromkeys(waiters[one])
                if len(heads) > MOST_AFTER:
                    break
            found |= self._look_after(event, sorted(heads, key=places.__getitem__))
        return found

    def _days(self, event: int) -> int:
        return self.last[event] - self.first[event] + 1

    def _look_after(self, event: int, heads: Sequence[int]) -> bool:
        """Leave out waits of these later events that are overtaken for every day of an event."""
        first, last = self.first[event], self.last[event]
        known = {event, *heads}
        # Pairs of waits of one event, of which the second has always ended by the first so far.
        pairs = [
            (head, slow, fast)
            for head in heads
            for slow, fast in permutations(
                [wait for wait in self.waits[head] if wait.before in known], 2
            )
        ]
        # Nothing waits for the target, so its other waits need not be examined.
        asked = [wait for wait in self.waits[self.target] if wait.before in known]
        # The first days that are tried distinguish most of them.
        for day in dict.fromkeys((first, last, (first + last) // 2, *range(first, last))):
            if not pairs:
                return False
            ends = self._ends_from(event, day, heads, asked)
            pairs = [
                (head, slow, fast)
                for head, slow, fast in pairs
                if ends[id(fast)][1] + self._ties(fast) <= ends[id(slow)][0]
            ]
        for head, slow, fast in pairs:
            # An overtaking wait may be overtaken itself, but not by one that it overtakes.
            left = self.waits[head]
            if any(wait is slow for wait in left):
                self.waits[head] = [wait for wait in left if wait is not fast]
        return bool(pairs)

    def _ends_from(
        self, event: int, day: int, heads: Sequence[int], asked: Sequence[Wait]
    ) -> dict[int, tuple[int, int]]:
        """When each wait of these later events ends if an event falls on that day."""
        spans = {event: (day, day)}
        found: dict[int, tuple[int, int]] = {}
        for head in heads:
            low = high = self.first[head]
            for wait in self.waits[head] if head != self.target else asked:
                ends = wait.first, wait.last
                if wait.before in spans:
                    ends = _ends(wait.time, *spans[wait.before])
                found[id(wait)] = ends
                low, high = max(low, ends[0]), max(high, ends[1])
            spans[head] = low, high
        return found

    # -- merging --

    def merge(self) -> None:
        """Merge events that always happen on the same day, or whose maxima are one."""
        same: dict[int, int] = {}
        for event in (*self.order, self.target):
            waits = self.waits[event]
            if not waits:
                continue
            waits = self.waits[event] = self._moved(waits, same)
            if event != self.target and len(waits) == 1:
                (wait,) = waits
                before = wait.before
                if (
                    wait.time is None
                    and before is not None
                    and self.first[before] == self.first[event]
                ):
                    same[event] = before
        waiters = self._waiters()
        for event in (self.target, *reversed(self.order)):
            if event in waiters:
                self._take_over(event, waiters)

    def _take_over(self, event: int, waiters: dict[int, set[int]]) -> None:
        """Let an event take over the waits of events for which only it waits, without a stage."""
        todo, kept = self.waits[event][::-1], list[Wait]()
        ways = Counter(wait.before for wait in todo)
        while todo:
            wait = todo.pop()
            before = wait.before
            if before is None or wait.time or len(waiters[before]) > 1 or ways[before] > 1:
                kept.append(wait)
                continue
            waits = self.waits[before]
            if wait.marked:
                # It may happen on its first day without any wait, and is then marked too.
                day = self.first[before]
                waits = [*waits, Wait(None, day, None, day, day)]
            for one in reversed(waits):
                if one.before is not None:
                    waiters[one.before].discard(before)
                handed = attrs.evolve(one, marked=True) if wait.marked else one
                # Two equal stages stay two, but two waits for one event are one.
                if self._moves(handed, self.first[event]) and (
                    handed.time is not None or handed not in todo
                ):
                    todo.append(handed)
                    ways[handed.before] += 1
                    if handed.before is not None:
                        waiters[handed.before].add(event)
            self.waits[before] = []
        self.waits[event] = kept

    @staticmethod
    def _moved(waits: Iterable[Wait], same: Mapping[int, int]) -> list[Wait]:
        """The waits, with each event replaced by the one that represents it."""
        found: list[Wait] = []
        for wait in waits:
            before = None if wait.before is None else same.get(wait.before)
            moved = wait if before is None else attrs.evolve(wait, before=before)
            # Two equal stages stay two, but two waits for one event are one.
            if moved.time is not None or moved not in found:
                found.append(moved)
        return found

    def _waiters(self) -> dict[int, set[int]]:
        """The events that wait for each of those that lead to the target."""
        found: dict[int, set[int]] = {self.target: set()}
        for event in (self.target, *reversed(self.order)):
            if event in found:
                for wait in self.waits[event]:
                    if wait.before is not None:
                        found.setdefault(wait.before, set()).add(event)
        return found

    # -- the end --

    def made(self) -> Reduced:
        """The remaining network, without days that are too late for every day asked for."""
        target, leading = self.target, self._waiters()
        left = [event for event in (*self.order, target) if event in leading]
        first = {event: self.first[event] for event in left}
        last = {event: self.last[event] for event in left}
        last[target] = self.asked[1]
        for event in reversed(left):
            for wait in self.waits[event]:
                if wait.before is not None:
                    day = last[event]
                    if wait.time is not None:
                        day = wait.time.shortest.latest_start(date.fromordinal(day)).toordinal()
                    last[wait.before] = min(last[wait.before], day)
        return Reduced(
            waits={event: self.waits[event] for event in left},
            first=first,
            last=last,
            tied=frozenset(event for event in left if event in self.tied),
            target=target,
        )


def _ends(time: BoundTime | None, first: int, last: int) -> tuple[int, int]:
    """The days on which a wait ends, at the earliest and the latest, from those of its start."""
    if time is None:
        return first, last
    return (
        time.shortest.after(date.fromordinal(first)).toordinal(),
        time.longest.after(date.fromordinal(last)).toordinal(),
    )


def _before(network: Network, lives: Iterable[int]) -> set[int]:
    """These events and all that come before them."""
    seen = set(lives)
    stack = list(seen)
    while stack:
        for before, _ in network.arcs[stack.pop()]:
            if before not in seen:
                seen.add(before)
                stack.append(before)
    return seen
