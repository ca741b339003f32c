"""The events of a plan, what each waits for, and when each happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

import attrs

from nhs_api_catalogue._later import Later
from nhs_api_catalogue.durations import DurationRange, Window
from nhs_api_catalogue.errors import (
    CalendarLimitError,
    CyclicPlanError,
    DeadlineError,
    InvalidPlanError,
)
from nhs_api_catalogue.planning.names import titles_of
from nhs_api_catalogue.planning.requests import ENABLING
from nhs_api_catalogue.records.parts import ASSURANCE, IMPLEMENTATION
from nhs_api_catalogue.working_days.times import bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    import nhs_api_catalogue.working_days.counts as counts
    from nhs_api_catalogue.planning.requests import Link, Overlap, PlanRequest, Service
    from nhs_api_catalogue.records import Api
    from nhs_api_catalogue.working_days import WorkingCalendar
    from nhs_api_catalogue.working_days.times import BoundTime, StageTime
else:
    counts = Later("nhs_api_catalogue.working_days.counts")

START: Final = 0

# What an event waits for: another event, and the time in between; None if there is none.
# Anyone who resolves the annotations of a plan needs this name.
Arc: TypeAlias = "tuple[int, DurationRange | counts.WorkingTime | None]"


@final
@attrs.frozen
class Events:
    """The events of one API or service.

    Attributes:
        name: The name of the API in the plan, or of the service.
        start: Work starts.
        built: Implementation is finished.
        assurance: Assurance starts.
        live: It goes live.
    """

    name: str
    start: int
    built: int
    assurance: int
    live: int


@final
@attrs.frozen(eq=False, slots=False)
class Network:
    """The events of a plan: each happens when everything that it waits for has happened.

    Event 0 is the start of the plan. An event waits for one other over a time or none, and may wait
    for more without a time between. These are kept in rows, not in a value for each event, so that
    long plans cost no more than their length.

    Attributes:
        before: The one event that each event waits for; itself if there is none.
        times: The time from there, or None.
        more: The other events that an event waits for, if there are any.
        floors: The day before which each event does not happen, or None, as at the end of a time.
        order: The events, each after those that it waits for.
        apis: The events of each API, in the order of the plan.
        services: The events of each service.
    """

    before: Sequence[int]
    times: Sequence[DurationRange | counts.WorkingTime | None]
    more: Mapping[int, Sequence[int]]
    floors: Sequence[date | None]
    order: tuple[int, ...]
    apis: tuple[Events, ...]
    services: tuple[Events, ...]

    @cached_property
    def arcs(self) -> tuple[tuple[Arc, ...], ...]:
        """What each event waits for."""
        more = self.more
        return tuple(
            (
                *(((before, time),) if before != event else ()),
                *((other, None) for other in more.get(event, ())),
            )
            for event, (before, time) in enumerate(zip(self.before, self.times, strict=True))
        )

    def days(self, start: date, *, longest: bool) -> list[date]:
        """When each event happens if everything takes its longest, or its shortest.

        It takes one pass: an event is the latest of its floor and of what it waits for. Adding to a
        date is monotone, so these days bound all others, and both can occur.

        Raises:
            CalendarLimitError: A day is outside the calendar.
        """
        firsts, times, more, floors = self.before, self.times, self.more, self.floors
        days = [start] * len(firsts)
        for event in self.order:
            day, time = days[firsts[event]], times[event]
            if time is not None:
                day = (time.longest if longest else time.shortest).after(day)
            elif floors[event] is not None:
                floor = cast("date", floors[event])
                # What waits for nothing else happens on that day, even if the plan starts later.
                day = floor if firsts[event] == event else max(day, floor)
            if event in more:
                for other in more[event]:
                    day = max(day, days[other])
            days[event] = day
        return days

    def last_days(self, day: date, *, longest: bool) -> list[date | None]:
        """The last day of each event with which everything that depends on it is live by a day.

        This is the backward pass: what follows takes its longest, or its shortest. Each stage goes
        back by the adjoint of its time, so the days are exact although a month has no inverse. None
        if no day of the calendar is early enough.
        """
        days: list[date | None] = [day] * len(self.before)

        def lower(before: int, found: date | None) -> None:
            other = days[before]
            if other is not None and (found is None or found < other):
                days[before] = found

        for event in reversed(self.order):
            last, time = days[event], self.times[event]
            for other in self.more.get(event, ()):
                lower(other, last)
            if time is not None and last is not None:
                try:
                    last = (time.longest if longest else time.shortest).latest_start(last)
                except CalendarLimitError:
                    last = None
            lower(self.before[event], last)
        return days

    def items(self) -> tuple[Events, ...]:
        """The events of the APIs and services that are not live already."""
        return tuple(item for item in (*self.apis, *self.services) if item.live != START)

    def parts(self) -> list[int]:
        """For each event, a number that it shares with every connected event.

        Events are connected if one waits for the other, however indirectly; waiting for the start
        does not count. The times of APIs in different parts are independent.
        """
        return parts_of(
            len(self.arcs),
            (
                (event, other)
                for event, needed in enumerate(self.arcs)
                for other, _ in needed
                if other != START
            ),
        )

    def last_day(self, start: date, *, longest: bool) -> date:
        """The day on which the last API or service goes live, never before the start."""
        days = self.days(start, longest=longest)
        return max((start, *(days[item.live] for item in self.items())))

    def latest_start(self, deadline: date, *, longest: bool) -> date:
        """The last start from which everything is live by the deadline.

        Raises:
            DeadlineError: No start can meet the deadline.
        """
        days = self.last_days(deadline, longest=longest)
        for last, floor in zip(days, self.floors, strict=True):
            if last is None or (floor is not None and floor > last):
                raise DeadlineError(deadline)
        return cast("date", days[START])


@final
class LastDays:
    """The backward passes through a network, kept for the last day that was asked for."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._passes: tuple[date, list[date | None], list[date | None]] | None = None

    def finish(self, event: int, day: date) -> Window:
        """The last days of an event with which everything that depends on it is live by a day.

        The first is safe even if everything that follows takes its longest; the second is the last
        chance, if it takes its shortest.

        Raises:
            CalendarLimitError: No day of the calendar is early enough.
        """
        if self._passes is None or self._passes[0] != day:
            longest, shortest = (
                self.network.last_days(day, longest=longest) for longest in (True, False)
            )
            self._passes = (day, longest, shortest)
        safe, chance = self._passes[1][event], self._passes[2][event]
        if safe is None or chance is None:
            raise CalendarLimitError(f"the last day on which all can still be live by {day}")
        return Window(safe, chance)

    def start(self, stage: int, day: date) -> Window:
        """The same for the start of the stage that ends in an event."""
        finish = self.finish(stage, day)
        time = cast("BoundTime", self.network.times[stage])
        return Window(
            time.longest.latest_start(finish.earliest), time.shortest.latest_start(finish.latest)
        )


def parts_of(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each of so many places, a number that it shares with every connected place.

    The two places of a pair are connected, directly or through others.
    """
    part = list(range(size))

    def root(place: int) -> int:
        while part[place] != place:
            part[place] = part[part[place]]
            place = part[place]
        return place

    for one, other in pairs:
        part[root(one)] = root(other)
    return [root(place) for place in range(size)]


@final
class _Builder:
    """A network in the making.

    Attributes:
        calendar: The working days; None if not given.
    """

    def __init__(self, calendar: WorkingCalendar | None) -> None:
        self.calendar = calendar
        self.before: list[int] = [START]
        self.times: list[BoundTime | None] = [None]
        self.more: dict[int, tuple[int, ...]] = {}
        self.floors: list[date | None] = [None]
        self.owners: list[str] = [""]

    def event(
        self,
        owner: str,
        before: int | None,
        time: BoundTime | None = None,
        floor: date | None = None,
    ) -> int:
        """A new event of that API or service, which waits for another or for none."""
        event = len(self.before)
        self.before.append(event if before is None else before)
        self.times.append(time)
        self.floors.append(floor)
        self.owners.append(owner)
        return event

    def stage(self, owner: str, name: str, after: int, time: StageTime) -> int:
        """A new event: the end of a stage that begins with another event.

        Raises:
            InvalidPlanError: The time is in working days, and there is no calendar.
        """
        counted = bound(time, self.calendar)
        if counted is None:
            message = (
                f"{owner!r} takes {time} ({name}), which needs a calendar to become dates: "
                "use plan(..., calendar=england())"
            )
            raise InvalidPlanError(message)
        return self.event(owner, after, counted)

    def wait(self, event: int, needed: int) -> None:
        """Let one event wait for another; done items wait for nothing, and nothing for them."""
        if START not in (event, needed):
            self.more[event] = (*self.more.get(event, ()), needed)


def network_of(request: PlanRequest) -> Network:
    """The events of the requested plan.

    Raises:
        CyclicPlanError: Something waits for itself.
        InvalidPlanError: A time is in working days, and the request has no calendar.
    """
    builder = _Builder(request.calendar)
    starts, built, done = dict(request.starts), dict(request.built), set(request.done)
    items: dict[str, Events] = {}
    titles = titles_of(request.apis)
    for api in request.apis:
        id_, title = api.id, titles[api.id]
        if id_ in done:
            items[id_] = _nothing(title)
        elif id_ in built:
            items[id_] = _assured(builder, api, title, built[id_])
        else:
            items[id_] = _implemented(builder, api, title, starts.get(id_), request.overlap)
    for service in request.services:
        name = service.name
        items[name] = (
            _nothing(name) if name in done else _enabled(builder, service, starts.get(name))
        )
    for link in request.links:
        _link(builder, items, link)
    for team in request.teams or ():
        for first, second in pairwise(team):
            builder.wait(items[second].start, items[first].built)
    network = Network(
        before=builder.before,
        times=builder.times,
        more=builder.more,
        floors=builder.floors,
        order=ordered(builder.before, builder.more),
        apis=tuple(items[api.id] for api in request.apis),
        services=tuple(items[service.name] for service in request.services),
    )
    if len(network.order) < len(network.before):
        raise CyclicPlanError(_cycle(network, builder.owners))
    return network


def _nothing(name: str) -> Events:
    """The events of an item that is live when the plan starts, and holds nothing up."""
    return Events(name, START, START, START, START)


def _assured(builder: _Builder, api: Api, title: str, built: date) -> Events:
    """The events of an API whose implementation ends on a given day."""
    end = builder.event(title, None, floor=built)
    assurance = builder.event(title, end)
    live = builder.stage(title, ASSURANCE, assurance, api.assurance)
    return Events(title, START, end, assurance, live)


def _implemented(
    builder: _Builder, api: Api, title: str, not_before: date | None, overlap: Overlap
) -> Events:
    """The events of an API that is implemented and assured, in parallel if they overlap."""
    side_by_side = overlap == "full"
    start = builder.event(title, START, floor=not_before)
    end = builder.stage(title, IMPLEMENTATION, start, api.technical)
    assurance = builder.event(title, start if side_by_side else end)
    live = builder.stage(title, ASSURANCE, assurance, api.assurance)
    if side_by_side:
        builder.wait(live, end)
    return Events(title, start, end, assurance, live)


def _enabled(builder: _Builder, service: Service, not_before: date | None) -> Events:
    """The events of a service, which has one stage."""
    start = builder.event(service.name, START, floor=not_before)
    live = builder.stage(service.name, ENABLING, start, service.time)
    return Events(service.name, start, live, start, live)


def _link(builder: _Builder, items: dict[str, Events], link: Link) -> None:
    waiting, needed = items[link.api], items[link.needs]
    event = {"build": waiting.start, "assurance": waiting.assurance, "go_live": waiting.live}
    builder.wait(event[link.before], needed.live if link.to_be == "live" else needed.built)


def ordered(firsts: Sequence[int], more: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """The events, each after those that it waits for (Kahn's algorithm).

    Events that wait for themselves, and events that wait for those, are left out. The waiters of
    each event are kept in chains of numbers: a list for each would make the cost of long plans grow
    faster than their length.
    """
    size = len(firsts)
    missing = [0] * size
    last = [-1] * size
    waiters: list[int] = []
    chain: list[int] = []

    def add(event: int, other: int) -> None:
        missing[event] += 1
        waiters.append(event)
        chain.append(last[other])
        last[other] = len(chain) - 1

    for event, before in enumerate(firsts):
        if before != event:
            add(event, before)
        if event in more:
            for other in more[event]:
                add(event, other)
    order = [event for event, count in enumerate(missing) if not count]
    for event in order:
        place = last[event]
        while place >= 0:
            waiter = waiters[place]
            missing[waiter] -= 1
            if not missing[waiter]:
                order.append(waiter)
            place = chain[place]
    return tuple(order)


def _cycle(network: Network, owners: Sequence[str]) -> tuple[str, ...]:
    """The names along one cycle, each needing the next.

    An event that could not be ordered waits for another such event, so the walk must come back.
    """
    arcs, done = network.arcs, set(network.order)
    event = next(event for event in range(len(arcs)) if event not in done)
    places: dict[int, int] = {}
    walk: list[int] = []
    while event not in places:
        places[event] = len(walk)
        walk.append(event)
        event = next(needed for needed, _ in arcs[event] if needed not in done)
    names = [owners[event] for event in walk[places[event] :]]
    # The walk passes several events of one API; its first name may be in the middle of one.
    turns = [name for i, name in enumerate(names) if name != names[i - 1]]
    return (*turns, turns[0])
