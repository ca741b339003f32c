"""Which parts of a plan are critical: necessarily, possibly, or never.

In one scenario a stage is *critical* if it is on a longest path to go-live: a chain of stages, each
beginning on the day that the one before it ends, whose last makes an API or a service live on the
day of go-live. Over all scenarios a part of a plan is *necessarily* critical if one of its stages
is critical in each, *possibly* if in some, *never* if in none. The terms are those of
Chanas and Zielinski (2001) and of Dubois, Fargier and Galvagnon (2003) for interval durations.

A path is critical in some scenario iff the following has a solution, with a day x of each event:

    x(e) >= x(d) + shortest             for each stage or wait from d to e
    x(e) <= x(d) + longest              for each stage along the path
    x(j) <= x(end of the path)          for each go-live j.

Each of these is monotone, so lowering the days from their latest ends in the greatest solution, or
below the earliest days, and then there is none. (A stage in working days along the path ends only
on some of the days between; the last of those up to a day is monotone too.) It is exact in calendar
days: every length of a stage is measured from its own start.

A part is not necessarily critical iff that holds for some path without it, with the chains that
begin with the part too short: with y the days of what those chains alone reach at their shortest,

    y(e) <= x(e) - 1                    for each event e along the path; the chain ends there
    y(j) <= x(end of the path) - 1      for each other go-live j.

Going through the paths can take too long: whether a stage is possibly critical is NP-complete
(Chanas and Zielinski 2003). After `MOST_STEPS` the rest stays undecided. Three bounds come first
and decide most plans in one pass each: what is critical if everything takes its longest, or its
shortest; what is on no path that can be longest; what is on all such paths.
"""

from __future__ import annotations

from array import array
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._names import nearest_names, read_text
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.errors import CalendarHorizonError, CalendarLimitError, UnknownValueError
from nhs_api_catalogue.planning.drivers import walks_into
from nhs_api_catalogue.planning.networks import NO_WAIT, START
from nhs_api_catalogue.working_days.times import last_end

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from nhs_api_catalogue.planning.drivers import Leg
    from nhs_api_catalogue.planning.networks import Arc, Network, Numbers

MOST_STEPS: Final = 500_000
_LISTED: Final = "full name of an API or a service of the plan that is not live already"
DAY: Final = timedelta(1)


@final
@attrs.frozen
class Criticality(Aligned, Tabular):
    """The APIs and services of a plan by whether they are critical, in the plan's order.

    An API or service is critical if one of its stages is on a longest path to go-live, so that
    go-live waits for it. It need not go live last itself: see `Drivers`. What is live already is
    not listed.

    Attributes:
        necessary: The names that are critical for all times within the ranges.
        possible: The names that are critical for some times, including the necessary ones.
        never: The names that are critical for no times.
        undecided: The names for which it would take too long to decide whether they are possibly
            critical.
        undecided_necessary: The possible names for which it would take too long to decide whether
            they are necessarily critical.

    >>> from nhs_api_catalogue import Link, catalogue, plan
    >>> waits = [Link("Transfer of Care", "MESH", before="build")]
    >>> p = plan(catalogue.select("Transfer of Care", "MESH"), start="2026-01-05", links=waits)
    >>> print(p.criticality)
    necessarily: Transfer of Care – FHIR / MESH, MESH
    """

    necessary: tuple[str, ...]
    possible: tuple[str, ...]
    never: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    undecided_necessary: tuple[str, ...] = ()

    def of(self, name: str) -> str:
        """The answer for the API or service with that full name, as an adverb.

        It is "necessarily", "possibly" or "never"; if it would take too long to decide, "undecided"
        or "possibly, perhaps necessarily".

        Args:
            name: The name as it is listed here; what is live already is not listed.

        Raises:
            UnknownValueError: It is not listed.
            TypeError: It is not a text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> p.criticality.of("MESH")
        'never'
        """
        read_text(name, "the name of an API or a service of the plan")
        for word, names in self._by_word():
            if name in names:
                return word
        listed = tuple(one for _, names in self._by_word() for one in names)
        near = nearest_names(name, listed, 1)
        raise UnknownValueError(name, _LISTED, listed, next(iter(near), None))

    def _by_word(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names by adverb."""
        more = {*self.necessary, *self.undecided_necessary}
        yield "necessarily", self.necessary
        yield "possibly, perhaps necessarily", self.undecided_necessary
        yield "possibly", tuple(name for name in self.possible if name not in more)
        yield "never", self.never
        yield "undecided", self.undecided

    def lines(self) -> tuple[str, ...]:
        """One line for each answer that applies to something, with the names.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> p.criticality.lines()
        ('necessarily: e-Referral Service (eRS)', 'never: MESH')
        """
        return tuple(
            visible(f"{word}: {', '.join(names)}") for word, names in self._by_word() if names
        )

    def _frame(self) -> Frame:
        schema = {"name": Kind.TEXT, "critical": Kind.TEXT}
        rows = tuple((name, word) for word, names in self._by_word() for name in names)
        return Frame(schema, rows, tuple(schema))

    def _repr_html_(self) -> str:
        return write_rows("Which are critical for go-live", *self._frame().shown_texts())

    def __str__(self) -> str:
        return "; ".join(self.lines()) or "nothing is critical: everything is live already"


def criticality_of(
    network: Network, start: date, days: tuple[list[date], list[date]]
) -> Criticality:
    """Which APIs and services are critical in a plan from that start.

    Args:
        network: The events of the plan.
        start: The day on which work starts.
        days: When each event happens at the earliest, and at the latest.
    """
    search = _Search(network, start, days)
    listed = [network.names[place] for place in search.items]
    possible = search.possible()
    necessary = search.necessary(possible)

    def names(answers: Sequence[bool | None], *, answer: bool | None) -> tuple[str, ...]:
        return tuple(name for name, given in zip(listed, answers, strict=True) if given is answer)

    return Criticality(
        necessary=names(necessary, answer=True),
        possible=names(possible, answer=True),
        never=names(possible, answer=False),
        undecided=names(possible, answer=None),
        undecided_necessary=names(necessary, answer=None),
    )


class _EnoughError(Exception):
    """The search has reached its limit of steps."""


@final
class _Search:
    """What must be known about a network to judge one part of the plan after another.

    For what is asked of every event there is a row with a number for each: values of their own for
    events would make the cost of long plans grow faster than their length. Only the search along
    paths, which few plans need, keeps more.

    Attributes:
        items: The places in the plan of what is not live already.
        ends: The go-lives that nothing waits for.
        wanted: By how many ways paths that can be longest lead back to an event; for a go-live, one
            more if they can end there.
        viable: Whether a stage is on such a path, by the event at its end.
        unavoidable: Whether it is on all of them.
        when_longest: Whether it is critical if everything takes its longest.
        when_shortest: Whether it is critical if everything takes its shortest.
    """

    def __init__(self, network: Network, start: date, days: tuple[list[date], list[date]]) -> None:
        self.network = network
        self.start = start
        self.earliest, self.latest = days
        self.size = len(network.before)
        lives = network.moments[3::4]
        self.items = array("i", (place for place, live in enumerate(lives) if live != START))
        # A go-live that others wait for is never later than theirs.
        waited = bytearray(self.size)
        for event, before in enumerate(network.before):
            waited[before] |= before != event
        for needed in network.more.needed:
            waited[needed] = True
        self.ends = array("i", (live for live in lives if live != START and not waited[live]))
        self.first = max((start, *(self.earliest[end] for end in self.ends)))
        self.steps_left = MOST_STEPS
        self.too_early = self._too_early()
        self.from_start = self._from_start()
        self.viable, self.unavoidable = bytearray(self.size), bytearray(self.size)
        self.wanted: Numbers = array("i", [0]) * self.size
        self._go_back()
        self.when_longest = self._critical(self.latest, longest=True)
        self.when_shortest = self._critical(self.earliest, longest=False)
        self.ways: dict[int, list[Arc | None]] = {}

    # -- what the search along paths needs --

    @cached_property
    def part(self) -> Sequence[int]:
        """The number of the part of each event."""
        return self.network.parts()

    @cached_property
    def lives(self) -> set[int]:
        """The go-lives."""
        return {live for live in self.network.moments[3::4] if live != START}

    @cached_property
    def rivals(self) -> dict[int, list[int]]:
        """The go-lives of each part that nothing waits for."""
        rivals: dict[int, list[int]] = {}
        for end in self.ends:
            rivals.setdefault(self.part[end], []).append(end)
        return rivals

    @cached_property
    def events(self) -> dict[int, list[int]]:
        """The events of each part, in order."""
        events: dict[int, list[int]] = {}
        for event in self.network.order:
            events.setdefault(self.part[event], []).append(event)
        return events

    @cached_property
    def first_outside(self) -> dict[int, date]:
        """For each part, the latest go-live outside it at the earliest, or the start."""
        return self._outside(self.earliest)

    @cached_property
    def last_outside(self) -> dict[int, date]:
        """For each part, the latest go-live outside it at the latest, or the start."""
        return self._outside(self.latest)

    def _outside(self, days: Sequence[date]) -> dict[int, date]:
        """For each part, the latest go-live outside it, or the start."""
        greatest = {part: max(days[end] for end in ends) for part, ends in self.rivals.items()}
        ranked = sorted(greatest.items(), key=lambda pair: pair[1], reverse=True)[:2]
        return {
            part: max((self.start, *(day for other, day in ranked if other != part)))
            for part in greatest
        }

    # -- what one pass finds --

    def _too_early(self) -> Sequence[date | None]:
        """The last day of each event that is too early for go-live at the earliest, if known."""
        if self.first > date.min:
            # Outside the working calendar, nothing is known to be too early.
            with suppress(CalendarHorizonError):
                return self.network.last_days(self.first - DAY, longest=True)
        return [None] * self.size

    def _from_start(self) -> bytearray:
        """Whether a way back from an event leads to the start."""
        found = bytearray(self.size)
        found[START] = True
        firsts, more = self.network.before, self.network.more
        for event in self.network.order:
            found[event] |= found[firsts[event]]
            if more.last[event] != NO_WAIT:
                found[event] |= any(map(found.__getitem__, more.of(event)))
        return found

    def _ways(self, event: int) -> list[Arc | None]:
        """The ways back on which a longest path can lie; None if one can begin at the event."""
        least, limit, latest = self.earliest[event], self.too_early[event], self.latest
        ways: list[Arc | None] = []
        if event == START or self.network.floors.get(event) == least:
            ways.append(None)
        arcs = self.network.arcs_of(event)
        # If another way leads back to the start, the day of the start itself is a longest path only
        # together with that way.
        if len(arcs) > 1 and arcs[0] == (START, None):
            others = arcs[1:]
            if any(self.from_start[before] for before, _ in others):
                arcs = others
        for way in arcs:
            before, time = way
            day = latest[before] if time is None else time.longest.after(latest[before])
            if day >= least and (limit is None or day > limit):
                ways.append(way)
        return ways

    def _arrival(self, event: int, way: Arc | None) -> date:
        """The latest day on which a way reaches an event, or a path begins there."""
        if way is None:
            return self.network.floors.get(event) or self.start
        before, time = way
        return self.latest[before] if time is None else time.longest.after(self.latest[before])

    def _go_back(self) -> None:
        """Go back along all paths that can be longest, and mark what is on them.

        A path passes every place in the order of events: through the event itself, or over it. So a
        stage is on all of them iff no other way back crosses the place of its end.
        """
        for end in self.ends:
            self.wanted[end] = self.latest[end] >= self.first
        crossing = sum(self.wanted)
        for event in reversed(self.network.order):
            if not self.wanted[event]:
                continue
            ways = self._ways(event)
            crossing += len(ways) - self.wanted[event]
            for way in ways:
                if way is not None:
                    self.wanted[way[0]] += 1
                    self.viable[event] |= way[1] is not None
            self.unavoidable[event] = crossing == 1 and self.viable[event]

    def _critical(self, days: Sequence[date], *, longest: bool) -> bytearray:
        """Whether a stage is critical in an extreme scenario, by the event at its end."""
        last = max((self.start, *(days[end] for end in self.ends)))
        stages, tight = bytearray(self.size), bytearray(self.size)
        for end in self.ends:
            tight[end] = days[end] == last
        for event in reversed(self.network.order):
            if not tight[event]:
                continue
            for before, time in self.network.arcs_of(event):
                day = days[before]
                if time is not None:
                    day = (time.longest if longest else time.shortest).after(day)
                if day == days[event]:
                    tight[before] = True
                    stages[event] |= time is not None
        return stages

    # -- the answers --

    def possible(self) -> list[bool | None]:
        """Whether each item is critical in some scenario; None if undecided."""
        known = bytearray(map(max, self.when_longest, self.when_shortest))
        undecided = self._follow_paths(known)
        return [
            True if self._has_any(known, place) else None if place in undecided else False
            for place in self.items
        ]

    def _follow_paths(self, known: bytearray) -> set[int]:
        """Look for paths through the stages that are not known, and mark what is critical on them.

        The places of items that stay undecided are returned.
        """
        # By part, and then by stage, the place of its item.
        parts: dict[int, dict[int, int]] = {}
        for place in self.items:
            if not self._has_any(known, place):
                for stage in self._stages(place):
                    if self.viable[stage]:
                        parts.setdefault(self.part[stage], {})[stage] = place
        undecided: set[int] = set()
        self.steps_left = MOST_STEPS
        for part, wanted in parts.items():
            try:
                self._mark_along(part, wanted, known)
            except _EnoughError:
                undecided.update(wanted.values())
        return undecided

    def _mark_along(self, part: int, wanted: Mapping[int, int], known: bytearray) -> None:
        """Mark what is critical on the paths of a part, until all that is wanted is."""
        left = set(wanted)
        for head, legs in self._paths(part, self._options):
            along = {event for _, time, event in legs if time is not None}
            if not left.isdisjoint(along) and self._is_solvable(head, legs):
                for event in along:
                    known[event] = True
                left = {stage for stage in left if not self._has_any(known, wanted[stage])}
                if not left:
                    return

    def necessary(self, possible: Sequence[bool | None]) -> list[bool | None]:
        """Whether each item is critical in every scenario; None if undecided.

        Only what is proven to be possible can be.
        """
        answers: list[bool | None] = []
        steps, left = MOST_STEPS, possible.count(True)
        for place, can_be in zip(self.items, possible, strict=True):
            if not (
                can_be
                and self._has_any(self.when_longest, place)
                and self._has_any(self.when_shortest, place)
            ):
                answers.append(False)
            elif self._has_any(self.unavoidable, place):
                answers.append(True)
            else:
                # The others can use what one leaves of its share.
                share = self.steps_left = max(steps, 0) // left
                try:
                    answers.append(self._is_necessary(self._stages(place)))
                except _EnoughError:
                    answers.append(None)
                steps -= share - self.steps_left
            left -= can_be is True
        return answers

    def _stages(self, place: int) -> Sequence[int]:
        """The stages of an item, by the events at their ends."""
        return [self.network.moments[stage] for stage in self.network.stages_of(place)]

    def _has_any(self, marked: bytearray, place: int) -> int:
        """Whether a stage of an item is marked; nothing but stages is."""
        moments = self.network.moments
        return marked[moments[4 * place + 1]] or marked[moments[4 * place + 3]]

    def _is_necessary(self, stages: Collection[int]) -> bool | None:
        """Whether in every scenario some longest path has one of these stages."""
        part = self.part[next(iter(stages))]
        alone = self._alone(stages)
        shortest = max(alone[end] for end in self.rivals[part] if end in alone)
        outside = self.last_outside[part]
        if shortest < outside and outside >= max(self.earliest[end] for end in self.rivals[part]):
            return False

        def without(event: int) -> Iterator[Arc | None]:
            return (
                way
                for way in self._options(event)
                if event not in stages or way is None or way[1] is None
            )

        for head, legs in self._paths(part, without):
            if self._is_solvable(head, legs, stages, alone):
                return False
        return True if self._is_strict(stages, alone) else None

    def _alone(self, stages: Collection[int]) -> dict[int, date]:
        """When the chains from these stages reach what depends on them, at the shortest."""
        days: dict[int, date] = {}
        for event in self.events[self.part[next(iter(stages))]]:
            for before, time in self.network.arcs[event]:
                if time is not None and event in stages:
                    day = time.shortest.after(self.earliest[before])
                elif before in days:
                    day = days[before] if time is None else time.shortest.after(days[before])
                else:
                    continue
                days[event] = max(days.get(event, day), day)
        return days

    def _is_strict(self, stages: Collection[int], alone: Mapping[int, date]) -> bool:
        """Whether a chain that is a day behind anywhere after these stages stays behind.

        It does if at most one way from outside can come later into their dependent events, because
        a path can then follow it. It also does if no later stage maps two days to one, as the end
        of a month can.
        """
        entrances = [
            way
            for event in alone
            if self.wanted[event]
            for way in self._options(event)
            if self._arrival(event, way) > alone[event]
            and (way is None or way[0] not in alone)
            # A way that begins with these stages is not another way.
            and not (event in stages and way is not None and way[1] is not None)
        ]
        if len(entrances) <= 1:
            return True
        for event in alone:
            for before, time in self.network.arcs[event]:
                if time is None or before not in alone:
                    continue
                day, last = self.earliest[before], self.latest[before]
                self.count((last - day).days)
                while day < last:
                    if time.shortest.after(day) == time.shortest.after(day + DAY):
                        return False
                    day += DAY
        return True

    def _options(self, event: int) -> Iterable[Arc | None]:
        """The ways back from an event, found once."""
        found = self.ways.get(event)
        if found is None:
            found = self.ways[event] = self._ways(event)
        return found

    def _paths(
        self, part: int, options: Callable[[int], Iterable[Arc | None]]
    ) -> Iterator[tuple[int, list[Leg]]]:
        """The paths that can be longest, into every go-live of a part; the list is reused."""
        for end in self.rivals[part]:
            if self.wanted[end]:
                for head, legs in walks_into(end, options):
                    self.count(len(legs))
                    yield head, legs

    def _is_solvable(
        self,
        head: int,
        legs: Sequence[Leg],
        stages: Collection[int] = (),
        reach: Collection[int] = (),
    ) -> bool:
        """Whether the system of the theory above has a solution for that path.

        With stages: a solution in which the chains that begin with them are too short.
        """
        system = _System(self, head, legs, stages, reach)
        while system.lower_along():
            if not system.is_late_enough():
                return False
            for event in reversed(self.events[self.part[system.end]]):
                # After this check, no day below is before the calendar begins.
                if system.days[event] < self.earliest[event]:
                    return False
                self.count(len(self.network.arcs[event]))
                if event in reach and not system.hold_back(event):
                    return False
                system.lower(event)
        return system.days[START] == self.start

    def count(self, steps: int) -> None:
        """Stop the search when it reaches its limit of steps."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise _EnoughError


@final
class _System:
    """The days of the theory above on their way from the latest to the greatest solution."""

    def __init__(
        self,
        search: _Search,
        head: int,
        legs: Sequence[Leg],
        stages: Collection[int],
        reach: Collection[int],
    ) -> None:
        self.search = search
        self.legs = legs
        self.stages = stages
        self.reach = reach
        self.end = legs[0][2]
        self.along = {head, *(event for _, _, event in legs)}
        self.days = search.latest.copy()
        self.days[head] = search.network.floors.get(head) or search.start
        # The last days on which the chains of only these stages may reach an event.
        self.chains: dict[int, date] = {}
        self.changed = True

    def lower_along(self) -> bool:
        """Lower the days along the path to its longest, and say whether any day fell."""
        days = self.days
        for before, time, event in reversed(self.legs):
            self._lower_to(
                event, days[before] if time is None else last_end(time, days[before], days[event])
            )
        self.chains = {}
        changed, self.changed = self.changed, False
        return changed

    def is_late_enough(self) -> bool:
        """Whether the path still ends on go-live; lower the other go-lives to its end."""
        search, last = self.search, self.days[self.end]
        part = search.part[self.end]
        for rival in search.rivals[part]:
            if last < search.earliest[rival]:
                return False
            self.days[rival] = min(self.days[rival], last)
        return last >= search.first_outside[part]

    def hold_back(self, event: int) -> bool:
        """Lower the origins of the stages' chains, so that they are too short at the event.

        False if no day of the calendar is early enough.
        """
        if event in self.along or event in self.search.lives:
            limit = self.days[event if event in self.along else self.end]
            if limit == date.min:
                return False
            self.chains[event] = min(self.chains.get(event, limit), limit - DAY)
        if event not in self.chains:
            return True
        for before, time in self.search.network.arcs[event]:
            begins = event in self.stages and time is not None
            if not begins and (before not in self.reach or before in self.along):
                continue
            day = self.chains[event]
            if time is not None:
                try:
                    day = time.shortest.latest_start(day)
                except (CalendarLimitError, CalendarHorizonError):
                    return False
            if begins:
                self._lower_to(before, day)
            else:
                self.chains[before] = min(self.chains.get(before, day), day)
        return True

    def lower(self, event: int) -> None:
        """Lower what an event waits for until the event is in time."""
        for before, time in self.search.network.arcs[event]:
            day = self.days[event]
            self._lower_to(before, day if time is None else time.shortest.latest_start(day))

    def _lower_to(self, event: int, day: date) -> None:
        if day < self.days[event]:
            self.days[event] = day
            self.changed = True
