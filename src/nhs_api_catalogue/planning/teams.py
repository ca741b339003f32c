"""Which team should implement what, and in which order."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from nhs_api_catalogue._later import Later
from nhs_api_catalogue.durations import read_date
from nhs_api_catalogue.errors import (
    CalendarHorizonError,
    CalendarLimitError,
    InvalidPlanError,
    TooComplexError,
)
from nhs_api_catalogue.planning.networks import START, Network, network_of, ordered, waits_of
from nhs_api_catalogue.planning.plans import NO_DATES, Plan, plan_for
from nhs_api_catalogue.planning.requests import Link, Overlap, PlanRequest, Service
from nhs_api_catalogue.records import Api
from nhs_api_catalogue.working_days.times import mean_lengths

if TYPE_CHECKING:
    import nhs_api_catalogue.working_days as working_days
else:
    working_days = Later("nhs_api_catalogue.working_days")

ALL_ORDERS_UP_TO: Final = 6
MOST_CANDIDATES: Final = 100_000

# The places of APIs, team by team, each team in its order.
Teams: TypeAlias = tuple[tuple[int, ...], ...]

EVERY_ORDER: Final = (
    "The teams are the best of every assignment and every order: latest go-live first, then "
    "earliest, then the order in which the APIs are given."
)
ONE_ORDER: Final = (
    "The teams are a heuristic: the best of every assignment, but within a team the API with the "
    "longest assurance comes first, and no other order was tried."
)
ALL_APART: Final = "Each API has a team of its own, and no other assignment can be better."


def suggest_teams(  # noqa: PLR0913  every option has its name at the call
    apis: Iterable[Api],
    n: int,
    *,
    start: date | str,
    starts: Mapping[str, date | str] = NO_DATES,
    built: Mapping[str, date | str] = NO_DATES,
    done: Iterable[str | Api] = (),
    links: Iterable[Link] = (),
    services: Iterable[Service] = (),
    overlap: Overlap = "none",
    allow_unavailable: bool = False,
    calendar: working_days.WorkingCalendar | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Plan:
    """The plan with the best teams: who implements what, in which order.

    Best is the earliest latest go-live, then the earliest earliest, then what comes first in the
    order in which the APIs are given. Up to 6 APIs to implement, every assignment and every order
    is tried. Above that every assignment, with the longest assurance first within a team: a
    heuristic, and `assumptions` says so. Teams are alike, so who is called first does not matter.

    Args:
        apis: A catalogue, or records.
        n: How many teams there are at most.
        start: The day on which work starts.
        starts: As for `plan`, like all other options.
        built: Likewise.
        done: Likewise.
        links: Likewise.
        services: Likewise.
        overlap: Likewise.
        allow_unavailable: Likewise.
        calendar: Likewise.
        progress: Called after each assignment and order with how many are tried and how many
            there are; an exception from it ends the search and reaches the caller.

    Raises:
        TooComplexError: There are 7 APIs to implement or more, and more than 100,000 assignments.
        InvalidPlanError: n is below 1, or as for `plan`, whose other errors occur too.
        TypeError: n is not a whole number.

    >>> from nhs_api_catalogue import catalogue
    >>> product = catalogue.select("eRS", "MESH", "GP Connect Access Record")
    >>> p = suggest_teams(product, 1, start="2026-01-05")
    >>> print(p.go_live)
    2026-10-05 to 2027-07-05
    >>> p.request.teams
    (('e-rs', 'gp-connect-access-record', 'mesh'),)
    """
    if type(n) is not int:
        message = f"the number of teams must be a whole number (int), got {n!r}"
        raise TypeError(message)
    if n < 1:
        message = f"{n} teams implement nothing: one at least is needed"
        raise InvalidPlanError(message)
    first_day = read_date(start, "start date")
    request = PlanRequest(
        apis=apis,
        start=first_day,
        starts=starts,
        built=built,
        done=done,
        links=links,
        services=services,
        overlap=overlap,
        allow_unavailable=allow_unavailable,
        calendar=calendar,
    )
    network = network_of(request)
    work = [place for place, item in enumerate(network.apis) if item.start != START]
    if n >= len(work):
        # More constraints make no plan earlier, so there is nothing to search.
        teams: Teams = tuple((place,) for place in work)
        remark = ALL_APART
    elif len(work) <= ALL_ORDERS_UP_TO:
        candidates = [teams for parts in _partitions(work, n) for teams in _orders(parts)]
        teams = _best(network, first_day, candidates, len(candidates), progress)
        remark = EVERY_ORDER
    else:
        count = _count_partitions(len(work), n)
        if count > MOST_CANDIDATES:
            advice = f"plan fewer than {len(work)} APIs at once, or give the teams to plan()"
            raise TooComplexError(count, MOST_CANDIDATES, advice, "assignments")
        in_order = _longest_assurance_first(request, network, work)
        teams = _best(network, first_day, _partitions(in_order, n), count, progress)
        remark = ONE_ORDER
    ids = tuple(tuple(request.apis[place].id for place in team) for team in teams)
    return plan_for(attrs.evolve(request, teams=ids, remarks=(remark,)))


def _partitions(work: Sequence[int], n: int) -> Iterator[Teams]:
    """Every way to share the work among at most n teams that are alike.

    Each place joins one of the teams so far, or founds the next; a team keeps the order of the
    work.
    """
    ways: list[list[list[int]]] = [[]]
    # One after the other in depth-first order: few are held at a time.
    while ways:
        teams = ways.pop()
        taken = sum(map(len, teams))
        if taken == len(work):
            yield tuple(map(tuple, teams))
            continue
        place = work[taken]
        if len(teams) < n:
            ways.append([*teams, [place]])
        ways.extend(
            [*teams[:i], [*teams[i], place], *teams[i + 1 :]] for i in reversed(range(len(teams)))
        )


def _count_partitions(size: int, n: int) -> int:
    """How many such ways there are: the Stirling numbers of the second kind, added up."""
    counts = [1] + [0] * n
    for _ in range(size):
        counts = [0] + [counts[k - 1] + k * counts[k] for k in range(1, n + 1)]
    return sum(counts)


def _orders(teams: Teams) -> Iterator[Teams]:
    """Every order within every team."""
    if not teams:
        yield ()
        return
    for first in permutations(teams[0]):
        for rest in _orders(teams[1:]):
            yield (first, *rest)


def _best(
    network: Network,
    start: date,
    candidates: Iterable[Teams],
    count: int,
    progress: Callable[[int, int], object] | None,
) -> Teams:
    """The best candidate; one whose order contradicts the links is none."""
    best: tuple[date, date, Teams] | None = None
    # Links that make no cycle leave one order at least, so it is the calendar that none keeps.
    refused: CalendarLimitError | CalendarHorizonError = CalendarLimitError(
        f"every order of the teams from {start}"
    )
    for tried, teams in enumerate(candidates, 1):
        held = _with_teams(network, teams)
        if held is not None:
            try:
                latest = held.last_day(start, longest=True)
                if best is None or latest <= best[0]:
                    candidate = (latest, held.last_day(start, longest=False), teams)
                    best = candidate if best is None else min(best, candidate)
            except CalendarLimitError:
                pass
            except CalendarHorizonError as error:
                # Whatever ends where the calendar knows the days is better.
                refused = error
        if progress is not None:
            progress(tried, count)
    if best is None:
        raise refused
    return best[2]


def _with_teams(network: Network, teams: Teams) -> Network | None:
    """The network in which teams work one after the other; None if something waits for itself."""
    arcs = list(network.arcs)
    for team in teams:
        for first, second in pairwise(team):
            event = network.apis[second].start
            arcs[event] = (*arcs[event], (network.apis[first].built, None))
    order = ordered(arcs)
    if len(order) < len(arcs):
        return None
    return Network(tuple(arcs), network.floors, order, network.apis, network.services)


def _longest_assurance_first(
    request: PlanRequest, network: Network, work: Sequence[int]
) -> list[int]:
    """The work with the longest assurance first, but nothing before what it is linked to.

    Kahn's algorithm again, with a heap: of the implementations that could start next, the one
    with the longest assurance. Teams that keep this order never contradict the links.
    """
    places = {network.apis[place].start: place for place in work}

    def rank(event: int) -> tuple[float, float, int]:
        place = places.get(event)
        if place is None:
            # What is no start of implementation is never held back.
            return (float("-inf"), 0.0, event)
        shortest, longest = mean_lengths(request.apis[place].assurance)
        return (-float(longest), -float(shortest), event)

    waiters, missing = waits_of(network.arcs)
    heap = [rank(event) for event, count in enumerate(missing) if not count]
    heapq.heapify(heap)
    found: list[int] = []
    while heap:
        event = heapq.heappop(heap)[-1]
        if event in places:
            found.append(places[event])
        for waiter in waiters[event]:
            missing[waiter] -= 1
            if not missing[waiter]:
                heapq.heappush(heap, rank(waiter))
    return found
