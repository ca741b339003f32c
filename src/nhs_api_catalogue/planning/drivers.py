"""Which APIs go live last in a plan: possibly, certainly, or always before another.

An API drives if its own go-live is the plan's; several do if they tie. With windows [E, L] of
go-live, and APIs that share nothing, i possibly drives iff L_i >= every E_j, and certainly iff
E_i >= every other L_j.

If APIs share a stage, these windows say too much, because the same duration of the shared stage
affects both. Then a *path* into the go-live of i is fixed, and the question is whether there are
days along it on which it is the longest and i drives. Taking every stage off the path at its
shortest only lowers the rivals. So the question is whether there is a day x for each event with

    x(e) >= x(d) + shortest             for each stage or wait from d to e
    x(e) <= x(d) + longest              for each stage along the path
    x(j) <= x(i)                        for each rival j.

Each of these is monotone, and so is adding to dates. (A stage in working days along the path ends
only on some of the days between; the last of those up to a day is monotone too.) Lowering the days
from their latest until nothing changes therefore ends in the greatest solution, or below the
earliest days, and then there is none. In calendar time it may end as soon as a round lowers no
rival: give each stage along the path what takes it to its day after the round before, its longest
at the most, and every other stage its shortest; then i comes no earlier than in this round, and
every rival in time.

A rival can exceed i iff the same holds with x(i) < x(j) on a path into j; i is certain iff no
rival can. One path is decided quickly, but there can be very many (the question is NP-complete in
general: Zielinski 2005), so after `MOST_STEPS` it is refused.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.planning.networks import START
from nhs_api_catalogue.working_days.times import last_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nhs_api_catalogue.planning.networks import Arc, Network
    from nhs_api_catalogue.working_days.times import BoundTime

MOST_STEPS: Final = 500_000

# From one event, over a time or none, to the next.
Leg: TypeAlias = "tuple[int, BoundTime | None, int]"


@final
@attrs.frozen
class Drivers(Aligned, Tabular):
    """The APIs and services of a plan by whether they go live last, in the plan's order.

    An API or service drives if its own go-live is the plan's; several can at once. Go-live may also
    wait for something that does not go live last: see `Criticality`. What is live already is not
    listed.

    Attributes:
        possible: The names that drive it for some times, including the certain ones.
        certain: The names that drive it for all times.
        earlier: The names that always go live before another.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> print(p.drivers)
    possible: e-Referral Service (eRS); certain: e-Referral Service (eRS); earlier: MESH
    """

    possible: tuple[str, ...]
    certain: tuple[str, ...]
    earlier: tuple[str, ...]

    def _frame(self) -> Frame:
        said = [
            *((name, "certainly") for name in self.certain),
            *((name, "possibly") for name in self.possible if name not in self.certain),
            *((name, "never") for name in self.earlier),
        ]
        schema = {"name": Kind.TEXT, "live_last": Kind.TEXT}
        return Frame(schema, tuple(said), tuple(schema))

    def _repr_html_(self) -> str:
        return write_rows("Which go live last", *self._frame().shown_texts())

    def __str__(self) -> str:
        texts = (("possible", self.possible), ("certain", self.certain), ("earlier", self.earlier))
        return visible("; ".join(f"{word}: {', '.join(names) or 'none'}" for word, names in texts))


def drivers_of(network: Network, start: date) -> Drivers:
    """Which APIs and services drive the go-live of a plan from that start.

    Raises:
        TooComplexError: More than `MOST_STEPS` events would have to be examined.
    """
    question = _Question(network, start)
    items = network.items()
    possible = {item.live for item in items if question.is_possible(item.live)}
    certain = {live for live in possible if question.is_certain(live)}
    return Drivers(
        possible=tuple(item.name for item in items if item.live in possible),
        certain=tuple(item.name for item in items if item.live in certain),
        earlier=tuple(item.name for item in items if item.live not in possible),
    )


def walks_into(
    event: int, options: Callable[[int], Iterable[Arc | None]]
) -> Iterator[tuple[int, list[Leg]]]:
    """Every way back from an event: where it begins, and its legs, the last one first.

    Args:
        event: Where the ways end.
        options: The legs back from an event; None among them ends a way there.

    It is iterative, because ways can be longer than Python's stack is deep. The list is reused.
    """
    legs: list[Leg] = []
    stack = [(event, iter(options(event)))]
    while stack:
        here, left = stack[-1]
        try:
            option = next(left)
        except StopIteration:
            stack.pop()
            if legs:
                legs.pop()
            continue
        if option is None:
            yield here, legs
            continue
        before, time = option
        legs.append((before, time, here))
        stack.append((before, iter(options(before))))


@final
class _Question:
    """What must be known about a network to judge one go-live after another."""

    def __init__(self, network: Network, start: date) -> None:
        self.network = network
        self.start = start
        self.earliest = network.days(start, longest=False)
        self.latest = network.days(start, longest=True)
        self.steps = 0
        lives = [item.live for item in network.items()]
        self.part = network.parts()
        self.rivals: dict[int, list[int]] = {}
        for live in lives:
            self.rivals.setdefault(self.part[live], []).append(live)
        self.events: dict[int, list[int]] = {}
        for event in network.order:
            self.events.setdefault(self.part[event], []).append(event)
        # The plan itself never goes live before its start.
        self.first = max((start, *(self.earliest[live] for live in lives)))
        self.last = max((start, *(self.latest[live] for live in lives)))
        self.first_outside = self._outside(self.earliest)
        self.last_outside = self._outside(self.latest)

    def _outside(self, days: Sequence[date]) -> dict[int, date]:
        """For each part, the latest go-live outside it, or the start."""
        greatest = {part: max(days[live] for live in lives) for part, lives in self.rivals.items()}
        ranked = sorted(greatest.items(), key=lambda pair: pair[1], reverse=True)[:2]
        return {
            part: max((self.start, *(day for other, day in ranked if other != part)))
            for part in greatest
        }

    def is_possible(self, live: int) -> bool:
        """Whether the event is the last go-live for some times."""
        if self.latest[live] < self.first:
            return False
        if self.latest[live] == self.last or self.earliest[live] == self.first:
            return True
        part = self.part[live]
        rivals = [rival for rival in self.rivals[part] if rival != live]
        # The windows decide against the other parts, and did so already.
        if not rivals:
            return True
        return self._some_path(live, rivals, 0, self.first_outside[part])

    def is_certain(self, live: int) -> bool:
        """Whether no other go-live, nor the start, can come later."""
        part = self.part[live]
        if self.earliest[live] < max(self.first, self.last_outside[part]):
            return False
        return not any(
            self.latest[rival] > self.earliest[live]
            and self._some_path(rival, [live], 1, self.start)
            for rival in self.rivals[part]
            if rival != live
        )

    def _some_path(self, live: int, rivals: Sequence[int], lead: int, least: date) -> bool:
        """Whether on some path the event comes `lead` days after the rivals, or later."""
        for head, legs in walks_into(live, self._options):
            self._count(len(legs))
            days = self.latest.copy()
            days[head] = self.network.floors.get(head) or self.start
            if self._is_solvable(days, legs, rivals, lead, least):
                return True
        return False

    def _options(self, event: int) -> Iterator[Arc | None]:
        """The ways back from an event that can determine its day."""
        day = self.earliest[event]
        if event == START or self.network.floors.get(event) == day:
            yield None
        for arc in self.network.arcs[event]:
            before, time = arc
            latest = self.latest[before]
            if (latest if time is None else time.longest.after(latest)) >= day:
                yield arc

    def _is_solvable(
        self,
        days: list[date],
        legs: Sequence[Leg],
        rivals: Sequence[int],
        lead: int,
        least: date,
    ) -> bool:
        """Whether the system of the theory above has a solution at or below these days.

        If not all days have to be lowered, the solution may be on another path. The days are
        lowered in place.
        """
        is_even = all(time is None or type(time) is DurationRange for _, time, _ in legs)
        live = legs[0][2]
        margin = timedelta(lead)
        least = max(least, *(self.earliest[rival] + margin for rival in rivals))
        changed = True
        while changed:
            days_before = None if is_even else days.copy()
            changed = False
            for before, time, event in reversed(legs):
                days[event] = (
                    min(days[event], days[before])
                    if time is None
                    else last_end(time, days[before], days[event])
                )
            if days[live] < least:
                return False
            for rival in rivals:
                if days[live] - margin < days[rival]:
                    days[rival] = days[live] - margin
                    changed = True
            for event in reversed(self.events[self.part[live]]):
                # After this check, no day below is before the calendar begins.
                if days[event] < self.earliest[event]:
                    return False
                self._lower(days, event)
            changed = changed or (not is_even and days != days_before)
        return days[START] == self.start

    def _lower(self, days: list[date], event: int) -> None:
        """Lower what an event waits for until the event is in time."""
        arcs = self.network.arcs[event]
        self._count(len(arcs))
        for before, time in arcs:
            day = days[event] if time is None else time.shortest.latest_start(days[event])
            days[before] = min(days[before], day)

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            advice = "leave out APIs or links to see what drives the rest"
            raise TooComplexError(self.steps, MOST_STEPS, advice)
