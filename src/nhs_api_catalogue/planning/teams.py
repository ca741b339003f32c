"""Which team should implement what, and in which order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final, cast

import attrs

from nhs_api_catalogue.errors import (
    CalendarHorizonError,
    CalendarLimitError,
    DeadlineError,
    InvalidPlanError,
)
from nhs_api_catalogue.planning.networks import START, Network, network_of, ordered
from nhs_api_catalogue.planning.requests import TeamSearch, key_of_search
from nhs_api_catalogue.planning.team_search import TeamSearcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nhs_api_catalogue.planning.requests import PlanRequest
    from nhs_api_catalogue.planning.team_search import Teams

ALL_ORDERS_UP_TO: Final = 6
# The share of the remaining steps that one question of a search for a deadline may take.
_SHARES: Final = 4

EVERY_ORDER: Final = (
    "The teams are the best of all assignments and orders, compared by latest go-live, then by "
    "earliest go-live, then by the order in which the APIs are given."
)
BEST: Final = "The teams are proven to be the best: no others make the latest go-live earlier."
BEST_START: Final = "The teams are proven to be the best: no others make a later start safe."
NOTHING_LEFT: Final = "No API is left to implement."
ALL_APART: Final = "Each API has a team of its own, and no other assignment can be better."


def check_number(n: object) -> int:
    """The number of teams.

    Raises:
        InvalidPlanError: It is below 1.
        TypeError: It is not a whole number.
    """
    if type(n) is not int:
        message = f"the number of teams must be a whole number (int), got {n!r}"
        raise TypeError(message)
    if n < 1:
        message = f"{n} teams cannot implement anything: give at least one"
        raise InvalidPlanError(message)
    return n


def with_best_teams(
    request: PlanRequest, n: int, progress: Callable[[int, int], object] | None = None
) -> PlanRequest:
    """The request with the best teams found for it, and what is proven about them.

    Args:
        request: A request; its own teams are discarded.
        n: The greatest number of teams.
        progress: As for `suggest_teams`.

    Raises:
        CyclicPlanError: Something waits for itself.
        DeadlineError: No start can meet the deadline.
        CalendarLimitError: No order stays in the calendar.
        CalendarHorizonError: No order stays within the calendar's known days.
    """
    request = attrs.evolve(request, teams=None)
    network = network_of(request)
    work = [place for place, item in enumerate(network.apis) if item.start != START]
    searcher, gap = TeamSearcher(network, work, n, progress), 0
    if n >= len(work):
        # More constraints never make a plan earlier, so there is nothing to search.
        teams: Teams = tuple((place,) for place in work)
        remark = ALL_APART if work else NOTHING_LEFT
    elif request.start is None:
        teams, gap = _for_deadline(searcher, cast("date", request.deadline))
        remark = BEST_START if not gap else _gap_text(gap, "start", "later")
    elif len(work) <= ALL_ORDERS_UP_TO:
        candidates = [teams for parts in _partitions(work, n) for teams in _orders(parts)]
        teams = _best(network, request.start, candidates, len(candidates), progress)
        remark = EVERY_ORDER
    else:
        found = searcher.best(request.start)
        teams, gap = found.teams, (found.latest - found.bound).days
        remark = BEST if not gap else _gap_text(gap, "be live", "earlier")
    ids = tuple(tuple(request.apis[place].id for place in team) for team in teams)
    request = attrs.evolve(request, teams=ids)
    return attrs.evolve(request, search=TeamSearch(n, gap, remark, key_of_search(request)))


def _gap_text(gap: int, what: str, how: str) -> str:
    days = f"{gap} day" if gap == 1 else f"{gap} days"
    return f"The teams are the best found: the best possible would {what} at most {days} {how}."


def _for_deadline(searcher: TeamSearcher, deadline: date) -> tuple[Teams, int]:
    """The teams with the latest safe start, and by how many days that start may be too early.

    Go-live never moves earlier when the start moves later. So the search bisects the days between
    the best known start and the last possible one, and asks whether any teams are in time. If some
    are, their own latest start becomes the best known. A day that is still open after its share of
    the steps is left for earlier days; in the end all remaining steps go to the day after the best.
    """
    network = searcher.network
    # Without teams everything is implemented in parallel, and no teams can start later than that.
    last = network.latest_start(deadline, longest=True).toordinal()
    best = searcher.best(date.fromordinal(last), 0).teams
    safe = _safe_start(network, best, deadline)
    hoped = last
    while safe < last:
        is_final = hoped == safe
        day = safe + 1 if is_final else (safe + hoped + 1) // 2
        steps = searcher.steps_left // (1 if is_final else _SHARES)
        teams, is_proven = searcher.in_time(date.fromordinal(day), deadline, steps)
        if teams is not None:
            best, safe = teams, _safe_start(network, teams, deadline)
            hoped = max(hoped, safe)
        elif is_proven:
            last = day - 1
            hoped = min(hoped, last)
        elif is_final:
            break
        else:
            hoped = day - 1
    return best, last - safe


def _safe_start(network: Network, teams: Teams, deadline: date) -> int:
    """The latest safe start with these teams; 0 if there is none."""
    held = cast("Network", _with_teams(network, teams))
    try:
        return held.latest_start(deadline, longest=True).toordinal()
    except DeadlineError:
        return 0


def _partitions(work: Sequence[int], n: int) -> Iterator[Teams]:
    """Every way to share the work among at most n interchangeable teams.

    Each place joins one of the teams so far, or starts the next; a team keeps the order of the
    work.
    """
    ways: list[list[list[int]]] = [[]]
    # In depth-first order, so that few are held at a time.
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
    """The best candidate, ignoring those whose order contradicts the links."""
    best: tuple[date, date, Teams] | None = None
    # Links without a cycle allow at least one order, so the calendar is what rules out all.
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
                # Anything that ends within the calendar's known days is better.
                refused = error
        if progress is not None:
            progress(tried, count)
    if best is None:
        raise refused
    return best[2]


def _with_teams(network: Network, teams: Teams) -> Network | None:
    """The network in which teams do one API after another; None if something waits for itself."""
    more = network.more.copy()
    for team in teams:
        for first, second in pairwise(team):
            more.add(network.apis[second].start, network.apis[first].built)
    order, cycle = ordered(network.before, more)
    return None if cycle else attrs.evolve(network, more=more, order=order)
