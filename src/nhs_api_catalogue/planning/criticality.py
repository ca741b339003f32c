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

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._names import nearest_names, read_text
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.errors import CalendarHorizonError, CalendarLimitError, UnknownValueError
from nhs_api_catalogue.planning.drivers import walks_into
from nhs_api_catalogue.planning.networks import START
from nhs_api_catalogue.working_days.times import last_end

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from nhs_api_catalogue.planning.drivers import Leg
    from nhs_api_catalogue.planning.networks import Arc, Events, Network

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


def criticality_of(network: Network, start: date) -> Criticality:
    """Which APIs and services are critical in a plan from that start."""
    search = _Search(network, start)
    items = network.items()
    possible = search.possible(items)
    necessary = search.necessary([item for item in items if possible[item.live] is True])

    def names(answers: dict[int, bool | None], *, answer: bool | None) -> tuple[str, ...]:
        found = {live for live, given in answers.items() if given is answer}
        return tuple(item.name for item in items if item.live in found)

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
    """What must be known about a network to judge one part of the plan after another."""

    def __init__(self, network: Network, start: date) -> None:
        self.network = network
        self.start = start
        self.earliest = network.days(start, longest=False)
        self.latest = network.days(start, longest=True)
        self.part = network.parts()
        self.waiters: list[list[int]] = [[] for _ in network.arcs]
        for event, arcs in enumerate(network.arcs):
            for before, _ in arcs:
                self.waiters[before].append(event)
        items = network.items()
        # A go-live that others wait for is never later than theirs.
        self.ends = [item.live for item in items if not self.waiters[item.live]]
        self.lives = {item.live for item in items}
        self.first = max((start, *(self.earliest[end] for end in self.ends)))
        self.steps_left = MOST_STEPS
        self.rivals: dict[int, list[int]] = {}
        for end in self.ends:
            self.rivals.setdefault(self.part[end], []).append(end)
        self.events: dict[int, list[int]] = {}
        for event in network.order:
            self.events.setdefault(self.part[event], []).append(event)
        self.first_outside = self._outside(self.earliest)
        self.last_outside = self._outside(self.latest)
        self.ways: dict[int, list[Arc | None]] = dict(self._ways())
        self.when_longest = self._critical(self.latest, longest=True)
        self.when_shortest = self._critical(self.earliest, longest=False)

    def _outside(self, days: Sequence[date]) -> dict[int, date]:
        """For each part, the latest go-live outside it, or the start."""
        greatest = {part: max(days[end] for end in ends) for part, ends in self.rivals.items()}
        ranked = sorted(greatest.items(), key=lambda pair: pair[1], reverse=True)[:2]
        return {
            part: max((self.start, *(day for other, day in ranked if other != part)))
            for part in greatest
        }

    def _ways(self) -> Iterator[tuple[int, list[Arc | None]]]:
        """For each event, the ways back on which a longest path can lie; None where one can begin.

        Events on no such path are left out.
        """
        too_early: dict[int, date] = {}
        if self.first > date.min:
            # Outside the working calendar, nothing is known to be too early.
            with suppress(CalendarHorizonError):
                days = self.network.last_days(self.first - DAY, longest=True)
                too_early = {event: day for event, day in enumerate(days) if day is not None}
        from_start = {START}
        for event in self.network.order:
            if any(before in from_start for before, _ in self.network.arcs[event]):
                from_start.add(event)
        wanted = {end for end in self.ends if self.latest[end] >= self.first}
        for event in reversed(self.network.order):
            if event not in wanted:
                continue
            least = self.earliest[event]
            ways: list[Arc | None] = []
            if event == START or self.network.floors.get(event) == least:
                ways.append(None)
            arcs = self.network.arcs[event]
            # If another way leads back to the start, the day of the start itself is a longest path
            # only together with that way.
            if any(before != START and before in from_start for before, _ in arcs):
                arcs = tuple(arc for arc in arcs if arc != (START, None))
            for before, time in arcs:
                day = (
                    self.latest[before] if time is None else time.longest.after(self.latest[before])
                )
                if day >= least and (event not in too_early or day > too_early[event]):
                    ways.append((before, time))
                    wanted.add(before)
            yield event, ways

    def _arrival(self, event: int, way: Arc | None) -> date:
        """The latest day on which a way reaches an event, or a path begins there."""
        if way is None:
            return self.network.floors.get(event) or self.start
        before, time = way
        return self.latest[before] if time is None else time.longest.after(self.latest[before])

    def _critical(self, days: Sequence[date], *, longest: bool) -> set[int]:
        """The stages that are critical in an extreme scenario, by the events at their ends."""
        last = max((self.start, *(days[end] for end in self.ends)))
        tight = {end for end in self.ends if days[end] == last}
        stages: set[int] = set()
        for event in reversed(self.network.order):
            if event not in tight:
                continue
            for before, time in self.network.arcs[event]:
                day = days[before]
                if time is not None:
                    day = (time.longest if longest else time.shortest).after(day)
                if day == days[event]:
                    tight.add(before)
                    if time is not None:
                        stages.add(event)
        return stages

    def possible(self, items: Sequence[Events]) -> dict[int, bool | None]:
        """By go-live whether an item is critical in some scenario; None if undecided."""
        stages = {item.live: self._stages(item) for item in items}
        known = self.when_longest | self.when_shortest
        open_ = {
            stage: live
            for live, found in stages.items()
            if known.isdisjoint(found)
            for stage in found
            if self._is_viable(stage)
        }
        undecided: set[int] = set()
        self.steps_left = MOST_STEPS
        for part in dict.fromkeys(self.part[stage] for stage in open_):
            wanted = {stage for stage in open_ if self.part[stage] == part}
            try:
                for head, legs in self._paths(part, self._options):
                    along = {event for _, time, event in legs if time is not None}
                    if not wanted.isdisjoint(along) and self._is_solvable(head, legs):
                        known |= along
                        wanted = {
                            stage for stage in wanted if known.isdisjoint(stages[open_[stage]])
                        }
                        if not wanted:
                            break
            except _EnoughError:
                undecided |= {open_[stage] for stage in wanted}
        return {
            live: True if not known.isdisjoint(found) else None if live in undecided else False
            for live, found in stages.items()
        }

    def necessary(self, items: Sequence[Events]) -> dict[int, bool | None]:
        """By go-live whether an item is critical in every scenario; None if undecided."""
        unavoidable = self._unavoidable()
        answers: dict[int, bool | None] = {}
        steps = MOST_STEPS
        for left, item in zip(range(len(items), 0, -1), items, strict=True):
            stages = self._stages(item)
            if self.when_longest.isdisjoint(stages) or self.when_shortest.isdisjoint(stages):
                answers[item.live] = False
            elif not unavoidable.isdisjoint(stages):
                answers[item.live] = True
            else:
                # The others can use what one leaves of its share.
                share = self.steps_left = max(steps, 0) // left
                try:
                    answers[item.live] = self._is_necessary(item, stages)
                except _EnoughError:
                    answers[item.live] = None
                steps -= share - self.steps_left
        return answers

    def _stages(self, item: Events) -> set[int]:
        """The stages of an item, by the events at their ends."""
        return {
            event
            for event in (item.built, item.live)
            if any(time is not None for _, time in self.network.arcs[event])
        }

    def _is_viable(self, stage: int) -> bool:
        """Whether the stage is on a path that can be longest."""
        return any(way is not None and way[1] is not None for way in self.ways.get(stage, ()))

    def _unavoidable(self) -> set[int]:
        """The stages that are on every path that can be longest.

        A path passes every place in the order of events: through the event itself, or over it. So a
        stage is on all of them iff no other way back crosses the gap before its end.
        """
        size = len(self.network.order)
        place = {event: i for i, event in enumerate(self.network.order)}
        change = [0] * (size + 2)
        stages: set[int] = set()
        for event, ways in self.ways.items():
            for way in ways:
                change[0 if way is None else place[way[0]] + 1] += 1
                change[place[event] + 1] -= 1
                if way is not None and way[1] is not None:
                    stages.add(event)
        for end in self.ends:
            if end in self.ways:
                change[place[end] + 1] += 1
        over, found = 0, set[int]()
        for i, event in enumerate(self.network.order):
            over += change[i]
            if over == 1 and event in stages:
                found.add(event)
        return found

    def _is_necessary(self, item: Events, stages: Collection[int]) -> bool | None:
        """Whether in every scenario some longest path has one of these stages."""
        part = self.part[item.live]
        reach = self._reach(stages)
        alone = self._alone(stages, reach)
        shortest = max(alone[end] for end in self.rivals[part] if end in reach)
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
            if self._is_solvable(head, legs, stages, reach):
                return False
        return True if self._is_strict(stages, reach, alone) else None

    def _reach(self, stages: Iterable[int]) -> set[int]:
        """The events that depend on these stages."""
        reach = set(stages)
        stack = list(reach)
        while stack:
            for waiter in self.waiters[stack.pop()]:
                if waiter not in reach:
                    reach.add(waiter)
                    stack.append(waiter)
        return reach

    def _alone(self, stages: Collection[int], reach: Collection[int]) -> dict[int, date]:
        """When the chains from these stages reach their dependent events, at the shortest."""
        days: dict[int, date] = {}
        for event in self.events[self.part[next(iter(stages))]]:
            if event not in reach:
                continue
            for before, time in self.network.arcs[event]:
                if time is not None and event in stages:
                    day = time.shortest.after(self.earliest[before])
                elif before in days:
                    day = days[before] if time is None else time.shortest.after(days[before])
                else:
                    continue
                days[event] = max(days.get(event, day), day)
        return days

    def _is_strict(
        self, stages: Collection[int], reach: Collection[int], alone: Mapping[int, date]
    ) -> bool:
        """Whether a chain that is a day behind anywhere after these stages stays behind.

        It does if at most one way from outside can come later into their dependent events, because
        a path can then follow it. It also does if no later stage maps two days to one, as the end
        of a month can.
        """
        entrances = [
            way
            for event in reach
            for way in self.ways.get(event, ())
            if self._arrival(event, way) > alone[event]
            and (way is None or way[0] not in reach)
            # A way that begins with these stages is not another way.
            and not (event in stages and way is not None and way[1] is not None)
        ]
        if len(entrances) <= 1:
            return True
        for event in reach:
            for before, time in self.network.arcs[event]:
                if time is None or before not in reach:
                    continue
                day, last = self.earliest[before], self.latest[before]
                self.count((last - day).days)
                while day < last:
                    if time.shortest.after(day) == time.shortest.after(day + DAY):
                        return False
                    day += DAY
        return True

    def _options(self, event: int) -> Iterable[Arc | None]:
        return self.ways[event]

    def _paths(
        self, part: int, options: Callable[[int], Iterable[Arc | None]]
    ) -> Iterator[tuple[int, list[Leg]]]:
        """The paths that can be longest, into every go-live of a part; the list is reused."""
        for end in self.rivals[part]:
            if end in self.ways:
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
