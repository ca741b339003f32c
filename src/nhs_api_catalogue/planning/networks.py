"""The events of a plan, what each waits for, and when each happens."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, MutableSequence, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

import attrs

from nhs_api_catalogue._later import Later
from nhs_api_catalogue.durations import DurationRange, Window
from nhs_api_catalogue.errors import (
    CalendarHorizonError,
    CalendarLimitError,
    CyclicPlanError,
    DeadlineError,
    InvalidPlanError,
)
from nhs_api_catalogue.planning.names import titles_of
from nhs_api_catalogue.planning.requests import ENABLING, PlanRequest, names_in
from nhs_api_catalogue.records import Api
from nhs_api_catalogue.records.parts import ASSURANCE, IMPLEMENTATION
from nhs_api_catalogue.working_days.times import bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    import nhs_api_catalogue.working_days.counts as counts
    from nhs_api_catalogue.planning.requests import Link, Service
    from nhs_api_catalogue.working_days.times import BoundTime, StageTime
else:
    counts = Later("nhs_api_catalogue.working_days.counts")

START: Final = 0
NO_WAIT: Final = -1

# The four events of an item that is live already.
_DONE: Final = (START, START, START, START)
# How far the search for an order has come with an event.
_ON_THE_WAY: Final = 1
_IN_ORDER: Final = 2

# What an event waits for: another event, and the time in between; None if there is none.
# Anyone who resolves the annotations of a plan needs this name.
Arc: TypeAlias = "tuple[int, DurationRange | counts.WorkingTime | None]"

# An array, which type checkers know as generic, and Python 3.11 does not.
Numbers: TypeAlias = MutableSequence[int]


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
class Waits:
    """What events wait for without a time in between.

    The waits of an event are a chain of numbers, from the last to the first: a list for each event
    would make the cost of long plans grow faster than their length.

    Attributes:
        last: The last wait of each event, or `NO_WAIT`.
        needed: The event that each wait is for.
        earlier: The wait of the same event before each wait, or `NO_WAIT`.
    """

    __slots__ = ("earlier", "last", "needed")

    def __init__(self, last: Numbers, needed: Numbers, earlier: Numbers) -> None:
        self.last: Numbers = last
        self.needed: Numbers = needed
        self.earlier: Numbers = earlier

    def add(self, event: int, needed: int) -> None:
        """Let one event wait for another; done items wait for nothing, and nothing for them."""
        if START not in (event, needed):
            self.earlier.append(self.last[event])
            self.last[event] = len(self.needed)
            self.needed.append(needed)

    def of(self, event: int) -> tuple[int, ...]:
        """What an event waits for, in the order in which it was added."""
        found: list[int] = []
        wait = self.last[event]
        while wait != NO_WAIT:
            found.append(self.needed[wait])
            wait = self.earlier[wait]
        return tuple(reversed(found))

    def copy(self) -> Waits:
        """The same waits, to add more."""
        return Waits(self.last[:], self.needed[:], self.earlier[:])


@final
@attrs.frozen(eq=False, slots=False)
class Network:
    """The events of a plan: each happens when everything that it waits for has happened.

    Event 0 is the start of the plan. An event waits for one other over a time or none, and may wait
    for more without a time between. These are rows of numbers, not a value for each event, so that
    long plans cost no more than their length. `arcs`, `apis` and `services` are made of them when
    they are asked for.

    Attributes:
        request: What was asked for.
        before: The one event that each event waits for; itself if there is none.
        times: The time from there, or None.
        more: The other events that events wait for.
        floors: The day before which an event does not happen, for events that have one.
        order: The events, each after those that it waits for.
        moments: The four events of each API in the order of the plan, then of each service: start,
            built, assurance and live, as in `Events`.
    """

    request: PlanRequest
    before: Sequence[int]
    times: Sequence[DurationRange | counts.WorkingTime | None]
    more: Waits
    floors: Mapping[int, date]
    order: Sequence[int]
    moments: Sequence[int]

    @cached_property
    def arcs(self) -> tuple[tuple[Arc, ...], ...]:
        """What each event waits for."""
        return tuple(map(self.arcs_of, range(len(self.before))))

    def arcs_of(self, event: int) -> tuple[Arc, ...]:
        """What one event waits for."""
        before = self.before[event]
        first: tuple[Arc, ...] = ((before, self.times[event]),) if before != event else ()
        if self.more.last[event] == NO_WAIT:
            return first
        return (*first, *((other, None) for other in self.more.of(event)))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each API in the plan, then of each service."""
        request = self.request
        services = (service.name for service in request.services)
        return (*titles_of(request.apis).values(), *services)

    @cached_property
    def apis(self) -> tuple[Events, ...]:
        """The events of each API, in the order of the plan."""
        return tuple(map(self._events, range(len(self.request.apis))))

    @cached_property
    def services(self) -> tuple[Events, ...]:
        """The events of each service."""
        return tuple(map(self._events, range(len(self.request.apis), len(self.names))))

    def _events(self, place: int) -> Events:
        return Events(self.names[place], *self.moments[4 * place : 4 * place + 4])

    @cached_property
    def stages(self) -> Sequence[int]:
        """The stages, item by item: where the event at the end of each is in `moments`.

        The event at its start is the one before.
        """
        return array("i", chain.from_iterable(map(self.stages_of, range(len(self.moments) // 4))))

    def stages_of(self, place: int) -> list[int]:
        """The stages of the item at a place, in the same numbers."""
        built, live = 4 * place + 1, 4 * place + 3
        # A service has one stage. What is live already has none, and what is built has one.
        ends = (built, live) if place < len(self.request.apis) else (live,)
        return [end for end in ends if self.times[self.moments[end]] is not None]

    def days(self, start: date, *, longest: bool) -> list[date]:
        """When each event happens if everything takes its longest, or its shortest.

        It takes one pass: an event is the latest of its floor and of what it waits for. Adding to a
        date is monotone, so these days bound all others, and both can occur.

        Raises:
            CalendarLimitError: A day is outside the calendar.
            CalendarHorizonError: A day is outside the calendar's known days.
        """
        firsts, times, floors = self.before, self.times, self.floors
        last, needed, earlier = self.more.last, self.more.needed, self.more.earlier
        days = [start] * len(firsts)
        event = START
        try:
            for event in self.order:
                day, time = days[firsts[event]], times[event]
                if time is not None:
                    day = (time.longest if longest else time.shortest).after(day)
                elif event in floors:
                    # What waits for nothing else happens on that day, even if the plan starts
                    # later.
                    floor = floors[event]
                    day = floor if firsts[event] == event else max(day, floor)
                wait = last[event]
                while wait != NO_WAIT:
                    day = max(day, days[needed[wait]])
                    wait = earlier[wait]
                days[event] = day
        except (CalendarLimitError, CalendarHorizonError) as error:
            raise self.named(error, event) from None
        return days

    def named(
        self, error: CalendarLimitError | CalendarHorizonError, event: int
    ) -> CalendarLimitError | CalendarHorizonError:
        """The error, with the stage that ends in an event."""
        item = next(
            item for item in (*self.apis, *self.services) if event in (item.built, item.live)
        )
        stage = ASSURANCE if event == item.live else IMPLEMENTATION
        if item in self.services:
            stage = ENABLING
        where = f"{item.name} ({stage})"
        if isinstance(error, CalendarLimitError):
            return CalendarLimitError(f"{where}: {error.operation}")
        return CalendarHorizonError(
            f"{where}: {error.asked}", error.known_from, error.known_until, error.source
        )

    def last_days(self, day: date, *, longest: bool) -> list[date | None]:
        """The last day of each event with which everything that depends on it is live by a day.

        This is the backward pass: what follows takes its longest, or its shortest. Each stage goes
        back by the adjoint of its time, so the days are exact although a month has no inverse. None
        if no day of the calendar is early enough.

        Raises:
            CalendarHorizonError: A day is outside the calendar's known days.
        """
        days: list[date | None] = [day] * len(self.before)

        def lower(before: int, found: date | None) -> None:
            other = days[before]
            if other is not None and (found is None or found < other):
                days[before] = found

        needed, earlier = self.more.needed, self.more.earlier
        for event in reversed(self.order):
            last, time = days[event], self.times[event]
            wait = self.more.last[event]
            while wait != NO_WAIT:
                lower(needed[wait], last)
                wait = earlier[wait]
            if time is not None and last is not None:
                try:
                    last = (time.longest if longest else time.shortest).latest_start(last)
                except CalendarLimitError:
                    last = None
                except CalendarHorizonError as error:
                    raise self.named(error, event) from None
            lower(self.before[event], last)
        return days

    def last_of(self, days: Sequence[date], start: date) -> date:
        """The day on which the last API or service goes live, never before the start."""
        # What is live already is live at the start.
        return max(start, *map(days.__getitem__, self.moments[3::4]))

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
        return self.last_of(self.days(start, longest=longest), start)

    def latest_start(self, deadline: date, *, longest: bool) -> date:
        """The last start from which everything is live by the deadline.

        Raises:
            DeadlineError: No start can meet the deadline.
        """
        days = self.last_days(deadline, longest=longest)
        for event, last in enumerate(days):
            floor = self.floors.get(event)
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
        try:
            return Window(
                time.longest.latest_start(finish.earliest),
                time.shortest.latest_start(finish.latest),
            )
        except (CalendarLimitError, CalendarHorizonError) as error:
            raise self.network.named(error, stage) from None


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
    """A network in the making."""

    def __init__(self, request: PlanRequest) -> None:
        places = names_in(request).places
        self.request = request
        self.calendar = request.calendar
        self.is_side_by_side = request.overlap == "full"
        # By position, because the id of every API would have to be looked up.
        self.starts = {places[name]: day for name, day in request.starts}
        self.built = {places[name]: day for name, day in request.built}
        self.done = {places[name] for name in request.done}
        self.before = array("i", (START,))
        self.times: list[BoundTime | None] = [None]
        self.more = Waits(array("i", (NO_WAIT,)), array("i"), array("i"))
        self.floors: dict[int, date] = {}
        self.moments = array("i")

    def add_api(self, place: int, api: Api) -> None:
        """Add an API, which is implemented and assured, in parallel if they overlap.

        If it is built, only assurance remains.
        """
        new = len(self.before)
        if place in self.done:
            self.moments.extend(_DONE)
            return
        assurance = self._bound(api.assurance, api, ASSURANCE)
        if place in self.built:
            self.floors[new] = self.built[place]
            self._add((new, new), (None, assurance))
            self.moments.extend((START, new, new, new + 1))
            return
        technical = self._bound(api.technical, api, IMPLEMENTATION)
        begins = new if self.is_side_by_side else new + 1
        self._add((START, new, begins), (None, technical, assurance))
        self.moments.extend((new, new + 1, begins, new + 2))
        if place in self.starts:
            self.floors[new] = self.starts[place]
        if self.is_side_by_side:
            self.more.add(new + 2, new + 1)

    def add_service(self, place: int, service: Service) -> None:
        """Add a service, which has one stage."""
        new = len(self.before)
        if place in self.done:
            self.moments.extend(_DONE)
            return
        self._add((START, new), (None, self._bound(service.time, service, ENABLING)))
        self.moments.extend((new, new + 1, new, new + 1))
        if place in self.starts:
            self.floors[new] = self.starts[place]

    def _add(self, before: tuple[int, ...], times: tuple[BoundTime | None, ...]) -> None:
        self.before.extend(before)
        self.times.extend(times)
        self.more.last.extend((NO_WAIT,) * len(before))

    def _bound(self, time: StageTime, item: Api | Service, stage: str) -> BoundTime:
        """The time on the calendar.

        Raises:
            InvalidPlanError: The time is in working days, and there is no calendar.
        """
        counted = bound(time, self.calendar)
        if counted is None:
            titles = titles_of(self.request.apis)
            name = titles[item.id] if isinstance(item, Api) else item.name
            message = (
                f"{name!r} takes {time} ({stage}), which needs a calendar to become dates: "
                "use plan(..., calendar=england())"
            )
            raise InvalidPlanError(message)
        return counted

    def link(self, link: Link, place: int, needed: int) -> None:
        """Let the item at one position wait for the item at another."""
        if link.before == "assurance":
            event = self._start_of_assurance(place)
        else:
            event = self.moments[4 * place + (0 if link.before == "build" else 3)]
        self.more.add(event, self.moments[4 * needed + (3 if link.to_be == "live" else 1)])

    def _start_of_assurance(self, place: int) -> int:
        """The event with which assurance starts, which is the event before unless it waits."""
        start, built, begins, live = self.moments[4 * place : 4 * place + 4]
        is_shared = begins in (start, built) and live != START
        if is_shared and place < len(self.request.apis):
            new = len(self.before)
            self._add((begins,), (None,))
            self.before[live] = self.moments[4 * place + 2] = begins = new
        return begins

    def team(self, places: Iterable[int]) -> None:
        """Let a team implement the APIs at these positions one after the other."""
        for first, second in pairwise(places):
            self.more.add(self.moments[4 * second], self.moments[4 * first + 1])


def network_of(request: PlanRequest) -> Network:
    """The events of the requested plan.

    Raises:
        CyclicPlanError: Something waits for itself.
        InvalidPlanError: A time is in working days, and the request has no calendar.
    """
    builder, names = _Builder(request), names_in(request)
    for place, api in enumerate(request.apis):
        builder.add_api(place, api)
    for place, service in enumerate(request.services, len(request.apis)):
        builder.add_service(place, service)
    for link, place, needed in zip(request.links, names.waiting, names.needed, strict=True):
        builder.link(link, place, needed)
    for team in request.teams or ():
        builder.team(map(names.places.__getitem__, team))
    order, cycle = ordered(builder.before, builder.more)
    network = Network(
        request=request,
        before=builder.before,
        times=builder.times,
        more=builder.more,
        floors=builder.floors,
        order=order,
        moments=builder.moments,
    )
    if cycle:
        raise CyclicPlanError(_names_along(cycle, network))
    return network


def ordered(firsts: Sequence[int], more: Waits) -> tuple[Sequence[int], Sequence[int]]:
    """The events, each after those that it waits for, and a cycle of events if there is one.

    It goes back from each event to what it waits for, depth first. Of a cycle, each event waits for
    the next one and the last for the first; the order then ends where the cycle was found.
    """
    size, needed, earlier = len(firsts), more.needed, more.earlier
    # The waits of each event that have not been looked at.
    left = more.last[:]
    state = bytearray(size)
    order = array("i")
    way: list[int] = []
    for event in range(size):
        if state[event]:
            continue
        here = event
        while True:
            state[here] = _ON_THE_WAY
            other = firsts[here]
            if other == here or state[other] == _IN_ORDER:
                wait = left[here]
                while wait != NO_WAIT and state[needed[wait]] == _IN_ORDER:
                    wait = earlier[wait]
                left[here] = wait
                if wait == NO_WAIT:
                    state[here] = _IN_ORDER
                    order.append(here)
                    if not way:
                        break
                    here = way.pop()
                    continue
                other = needed[wait]
            way.append(here)
            if state[other] == _ON_THE_WAY:
                return order, way[way.index(other) :]
            here = other
    return order, ()


def _names_along(cycle: Sequence[int], network: Network) -> tuple[str, ...]:
    """The names along a cycle of events, each needing the next; the first is also the last."""
    owners = {
        event: item.name
        for item in (*network.apis, *network.services)
        for event in (item.start, item.built, item.assurance, item.live)
    }
    names = [owners[event] for event in cycle]
    # The cycle passes several events of one API; its first name may be in the middle of one.
    turns = [name for i, name in enumerate(names) if name != names[i - 1]]
    return (*turns, turns[0])
