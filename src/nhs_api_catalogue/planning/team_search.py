"""The best teams: branch and bound over who implements what next.

Teams are interchangeable, and each implements one API after another. So a plan is made by choosing
again and again which API starts next; the team that is free first starts it. This loses nothing:
teams can be exchanged from that day on, and an API that starts earlier never goes live later. So
APIs are taken in the order in which they start, each by the team that is free first, and none
before the previous one.

If everything takes its longest, go-live is the latest of a few days, each a monotone function of
the day on which one API starts: the end of the longest chain from there (`_Question.end`). Every
bound here uses only these functions and whole days, and is exact.

The APIs still to start are bounded in three ways. One of them must start next. Together they need a
certain number of team days. And a number of them, each with a least number of days, need a number
of turns of the teams. The last of a set is built no earlier than the whole set, and its assurance
follows; so each bound is computed for the sets with the longest chains after implementation.
Identical APIs are counted, not distinguished.
"""

from __future__ import annotations

import heapq
from bisect import insort
from datetime import date
from operator import le
from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue.errors import CalendarHorizonError, CalendarLimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nhs_api_catalogue.planning.networks import Network
    from nhs_api_catalogue.working_days.times import BoundTime

# The number of states examined: about a second and a half.
MOST_STEPS: Final = 50_000
# The number of states remembered for each set of started APIs.
_MOST_KEPT: Final = 64
# The number of starts examined to find the least days of all implementations.
_MOST_DAYS: Final = 20_000
_TOLD_EVERY: Final = 500
# A day after the calendar.
_NEVER: Final = date.max.toordinal() + 1

# The places of APIs, team by team, each team in its order.
Teams: TypeAlias = tuple[tuple[int, ...], ...]


@final
@attrs.frozen
class Found:
    """What a search found.

    Attributes:
        teams: The best teams found.
        latest: Their latest go-live.
        bound: A day before which no teams can have it; the same day if these are proven best.
    """

    teams: Teams
    latest: date
    bound: date


@final
class _Question:
    """What the days of a plan depend on if everything takes its longest; days are ordinals here.

    Results that depend on the day on which an API starts are kept from one start of the plan to the
    next.
    """

    def __init__(self, network: Network, work: Sequence[int]) -> None:
        self.network = network
        self.work = work
        self.refused: CalendarLimitError | CalendarHorizonError | None = None
        self.starts: list[int] = [network.apis[place].start for place in work]
        self.lives: set[int] = {item.live for item in network.items()}
        place = {event: j for j, event in enumerate(self.starts)}
        waiters: list[list[int]] = [[] for _ in network.arcs]
        for event, arcs in enumerate(network.arcs):
            for before, _ in arcs:
                waiters[before].append(event)
        rank = {event: i for i, event in enumerate(network.order)}
        self.after: list[list[int]] = []
        self.needs: list[set[int]] = [set() for _ in work]
        for j, event in enumerate(self.starts):
            seen, stack = {event}, [event]
            while stack:
                for waiter in waiters[stack.pop()]:
                    if waiter not in seen:
                        seen.add(waiter)
                        stack.append(waiter)
            self.after.append(sorted(seen - {event}, key=rank.__getitem__))
            for other in seen - {event}:
                if other in place:
                    self.needs[place[other]].add(j)
        self.times: list[BoundTime] = [self._time(network.apis[one].built) for one in work]
        self._chains: list[dict[int, tuple[int, dict[int, int]]]] = [{} for _ in work]
        self._built: list[dict[int, int]] = [{} for _ in work]
        # By the identity of a time, which the network keeps: its hash costs more than the rest.
        self._afters: dict[tuple[int, int], int] = {}
        self._least: tuple[int, int, list[int]] = (_NEVER, 0, [])
        self._place = place

    def begin(self, start: date) -> None:
        """From now on, answer for plans that start on that day."""
        days = self.network.days(start, longest=True)
        self.start: int = start.toordinal()
        self.first: list[int] = [days[event].toordinal() for event in self.starts]
        self.base: int = max(self.start, *(days[live].toordinal() for live in self.lives))
        self.classes: list[list[int]] = self._classes(self._place)

    def _time(self, event: int) -> BoundTime:
        return next(time for _, time in self.network.arcs[event] if time is not None)

    def _classes(self, place: dict[int, int]) -> list[list[int]]:
        """The APIs that are interchangeable: identical in everything, and without links."""
        alike: dict[object, list[int]] = {}
        for j, events in enumerate(self.after):
            own = {self.network.apis[self.work[j]].start, *events}
            is_alone = not self.needs[j] and all(
                before in own or before == 0 for e in own for before, _ in self.network.arcs[e]
            )
            key: object = j
            if is_alone and not any(e in place for e in events):
                times = tuple(time for e in events for _, time in self.network.arcs[e])
                key = (self.first[j], times)
            alike.setdefault(key, []).append(j)
        return list(alike.values())

    def add(self, time: BoundTime, day: int) -> int:
        """The day on which it is finished at its longest, if it starts on that day."""
        key = (id(time), day)
        found = self._afters.get(key)
        if found is None:
            try:
                found = time.longest.after(date.fromordinal(day)).toordinal()
            except (CalendarLimitError, CalendarHorizonError) as error:
                self.refused, found = error, _NEVER
            self._afters[key] = found
        return found

    def built(self, j: int, day: int) -> int:
        """The day on which an API is built if it starts on that day."""
        found = self._built[j].get(day)
        if found is None:
            found = self._built[j][day] = self.add(self.times[j], day) if day < _NEVER else _NEVER
        return found

    def end(self, j: int, day: int) -> int:
        """The latest go-live on the chains from an API if it starts on that day."""
        return self._chain(j, day)[0]

    def starts_after(self, j: int, day: int) -> dict[int, int]:
        """The APIs that wait for it, by the day on which they can then start."""
        return self._chain(j, day)[1]

    def _chain(self, j: int, day: int) -> tuple[int, dict[int, int]]:
        found = self._chains[j].get(day)
        if found is not None:
            return found
        days = {self.starts[j]: day}
        last, starts = 0, dict[int, int]()
        events = set(self.starts)
        for event in self.after[j]:
            latest = 0
            for before, time in self.network.arcs[event]:
                if before in days:
                    other = days[before]
                    if time is not None and other < _NEVER:
                        other = self.add(time, other)
                    latest = max(latest, other)
            days[event] = latest
            if event in self.lives:
                last = max(last, latest)
            if event in events:
                starts[self.starts.index(event)] = latest
        found = self._chains[j][day] = (last, starts)
        return found

    def least(self, last: int) -> list[int]:
        """The least days that each implementation takes from any day from the start up to a last.

        Many days are examined in blocks, because a later start is never built earlier. A result
        from an earlier start and up to a later last day is valid too.
        """
        if self._least[0] > self.start or self._least[1] < last:
            times = {id(time): time for time in self.times}
            block = 1 + (last - self.start) * len(times) // _MOST_DAYS
            found = {
                key: min((self.add(time, day) - (day + block - 1) for day in days), default=0)
                for key, time in times.items()
                for days in (range(self.start, last, block),)
            }
            least = [max(0, found[id(time)]) for time in self.times]
            self._least = (self.start, last, least)
        return self._least[2]

    def end_if_built(self, j: int, day: int) -> int:
        """The earliest that this end can be if the API is not built before that day."""
        try:
            start = self.times[j].longest.latest_start(date.fromordinal(min(day, _NEVER - 1) - 1))
        except (CalendarLimitError, CalendarHorizonError, ValueError):
            return 0
        return self.end(j, start.toordinal() + 1)


@final
@attrs.frozen(eq=False)
class _State:
    """The APIs started so far.

    Attributes:
        bound: A day before which no plan that continues from here can be live.
        left: How many APIs of each class have still to start.
        free: The days on which the teams are free, in order.
        last: The latest go-live of the started APIs.
        first: The days before which each API cannot start.
        begun: The API that started last, and the state before that.
    """

    bound: int
    left: tuple[int, ...]
    free: tuple[int, ...]
    last: int
    first: tuple[int, ...]
    begun: tuple[int, _State] | None

    def bounded(self, bound: int) -> _State:
        """The same with another bound."""
        return _State(bound, self.left, self.free, self.last, self.first, self.begun)

    def order(self) -> list[int]:
        """The APIs in the order in which they start."""
        found: list[int] = []
        state: _State = self
        while state.begun is not None:
            found.append(state.begun[0])
            state = state.begun[1]
        return found[::-1]


@final
class _Search:
    """A search for one number of teams."""

    def __init__(self, question: _Question, n: int, enough: int = 0) -> None:
        self.question = q = question
        # A go-live on or before that day ends the search.
        self.enough = enough
        tail = [q.end(j, q.first[j]) - q.built(j, q.first[j]) for j in range(len(q.work))]
        # Those with the longest chains after implementation come first.
        self.classes = sorted(q.classes, key=lambda alike: (-tail[alike[0]], alike[0]))
        self.kind = {j: kind for kind, alike in enumerate(self.classes) for j in alike}
        self.tails = [tail[alike[0]] for alike in self.classes]
        self.linked = [j for j in range(len(q.work)) if q.needs[j]]
        left = tuple(map(len, self.classes))
        self.root = _State(0, left, (q.start,) * n, q.base, tuple(q.first), None)
        self.least = [0] * len(self.classes)
        self.steps = 0
        self.best = _NEVER
        self.found: _State | None = None
        self.known: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        self.ends: dict[tuple[int, int], int] = {}

    def run(self, told: Callable[[int], object], most: int) -> int:
        """Search for the best in so many steps, and give a day before which none can be live.

        Args:
            told: Called now and then with the steps taken.
            most: The most steps to take.
        """
        self._dive()
        # A plan that is late need not be better than another late one.
        self.best = min(self.best, self.enough + 1) if self.best > self.enough > 0 else self.best
        least = self.question.least(self.best if self.best < _NEVER else self.question.start)
        self.least = [least[alike[0]] for alike in self.classes]
        self.root = attrs.evolve(self.root, bound=self._first_bound())
        stack, tell_at = [self.root], 0
        while stack and self.steps < most and self.best > self.enough:
            state = stack.pop()
            if state.bound >= self.best:
                continue
            if self.steps >= tell_at:
                told(self.steps)
                tell_at = self.steps + _TOLD_EVERY
            # The best comes last, so that the search continues with it.
            stack += sorted(
                self._next(state), key=lambda one: (one.bound, one.free[0]), reverse=True
            )
        return min([self.best, *(max(state.bound, self.root.bound) for state in stack)])

    def _dive(self) -> None:
        """A good first plan: the API with the longest remaining chain starts first."""
        q, state = self.question, self.root
        ways = [
            (tail, q.built(alike[0], q.first[alike[0]]) - q.first[alike[0]], -kind)
            for kind, (tail, alike) in enumerate(zip(self.tails, self.classes, strict=True))
        ]
        while any(state.left):
            kinds = [kind for kind, count in enumerate(state.left) if count]
            ready = [kind for kind in kinds if self._is_ready(kind, state)]
            state = self._with(max(ready, key=ways.__getitem__), state)
        self._keep(state)

    def _keep(self, state: _State) -> None:
        if state.last < self.best:
            self.best, self.found = state.last, state

    def _next(self, state: _State) -> Iterator[_State]:
        """The states after one more API starts that can still beat the best."""
        for begun in self._begun(state):
            self.steps += 1
            if not any(begun.left):
                self._keep(begun)
                continue
            if begun.last >= self.best or self._is_known(begun):
                continue
            bound = max(begun.last, self._bound(begun), state.bound)
            if bound < self.best:
                yield begun.bounded(bound)

    def _begun(self, state: _State) -> Iterator[_State]:
        """The states after one more API starts; of identical ones, only the first."""
        for kind, count in enumerate(state.left):
            if count and self._is_ready(kind, state):
                yield self._with(kind, state)

    def _is_ready(self, kind: int, state: _State) -> bool:
        """Whether everything that the next API of that class waits for has started."""
        needs = self.question.needs[self.classes[kind][0]]
        return not any(state.left[self.kind[needed]] for needed in needs)

    def _with(self, kind: int, state: _State) -> _State:
        """The state after the next API of that class starts."""
        q, count = self.question, state.left[kind]
        j = self.classes[kind][-count]
        day = max(state.free[0], state.first[j])
        free = [max(day, other) for other in state.free[1:]]
        insort(free, q.built(j, day))
        first = state.first
        if later := q.starts_after(j, day):
            first = tuple(max(one, later.get(k, 0)) for k, one in enumerate(first))
        return _State(
            0,
            (*state.left[:kind], count - 1, *state.left[kind + 1 :]),
            tuple(free),
            max(state.last, q.end(j, day)),
            first,
            (j, state),
        )

    def _is_known(self, state: _State) -> bool:
        """Whether another state with the same started APIs is at least as good in everything."""
        vector = (*state.free, state.last, *(state.first[j] for j in self.linked))
        known = self.known.setdefault(state.left, [])
        if any(all(map(le, one, vector)) for one in known):
            return True
        if len(known) < _MOST_KEPT:
            known.append(vector)
        return False

    def _bound(self, state: _State) -> int:
        """A day before which the remaining APIs cannot all be live."""
        found, days, number, least = 0, 0, 0, _NEVER
        some: list[int] = []
        free, q, tails = state.free, self.question, self.tails
        last = len(tails) - 1
        for kind, count in enumerate(state.left):
            if count:
                j = self.classes[kind][-count]
                some.append(j)
                found = max(found, q.end(j, max(state.first[j], free[0])))
                days += count * self.least[kind]
                number += count
                least = min(least, self.least[kind])
            if found >= self.best:
                break
            if some and (kind == last or tails[kind + 1] != tails[kind]):
                built = _filled(free, days)
                found = max(found, min([self._end(one, built) for one in some]))
                # The costlier bound is computed only if this one is too low.
                if found < self.best and (turned := _turns(free, number, least)) > built:
                    found = max(found, min([self._end(one, turned) for one in some]))
        return found

    def _first_bound(self) -> int:
        """The bound of the root, computed for the sets of long implementations too."""
        root = self.root
        found = max(root.last, self._bound(root))
        for tail in {*self.tails}:
            for least in {*self.least}:
                some = [
                    kind
                    for kind in range(len(self.classes))
                    if self.tails[kind] >= tail and self.least[kind] >= least
                ]
                if some:
                    days = sum(len(self.classes[kind]) * self.least[kind] for kind in some)
                    number = sum(len(self.classes[kind]) for kind in some)
                    built = max(_filled(root.free, days), _turns(root.free, number, least))
                    ends = [self._end(self.classes[kind][0], built) for kind in some]
                    found = max(found, min(ends))
        return found

    def _end(self, j: int, built: int) -> int:
        key = (j, built)
        found = self.ends.get(key)
        if found is None:
            found = self.ends[key] = self.question.end_if_built(j, built)
        return found

    def result(self, bound: int) -> Found:
        """The teams of the best plan: each API goes to the team that is free first.

        A team that is free before the last started API need not wait for it, as it does in the
        search; so the plan may be better than the search says.
        """
        q = self.question
        if self.found is None:
            raise q.refused or CalendarLimitError(f"every order of the teams from {q.start}")
        teams: list[list[int]] = [[] for _ in self.root.free]
        free = [(q.start, i) for i in range(len(teams))]
        first, latest = list(q.first), q.base
        for j in self.found.order():
            day, i = heapq.heappop(free)
            day = max(day, first[j])
            teams[i].append(q.work[j])
            latest = max(latest, q.end(j, day))
            for k, other in q.starts_after(j, day).items():
                first[k] = max(first[k], other)
            heapq.heappush(free, (q.built(j, day), i))
        return Found(
            tuple(tuple(team) for team in teams if team),
            date.fromordinal(latest),
            date.fromordinal(min(bound, latest)),
        )


@final
class TeamSearcher:
    """Searches for the best teams of a plan.

    Attributes:
        network: The events of the plan without teams.
        work: The positions of the APIs to implement.
        n: The greatest number of teams.
        progress: Called now and then with the steps taken and the most that there can be.
        steps_left: How many more steps all its searches together may take.
    """

    def __init__(
        self,
        network: Network,
        work: Sequence[int],
        n: int,
        progress: Callable[[int, int], object] | None = None,
    ) -> None:
        self.network = network
        self.work = work
        self.n = n
        self.progress = progress
        self.question: _Question = _Question(network, work)
        self.steps_left: int = MOST_STEPS

    def best(self, start: date, steps: int | None = None) -> Found:
        """The best teams found for that start in so many steps, and how good any can be.

        Raises:
            CalendarLimitError: No order of the teams stays in the calendar.
            CalendarHorizonError: No order stays within the calendar's known days.
        """
        self.question.begin(start)
        search = _Search(self.question, self.n)
        return search.result(self._run(search, MOST_STEPS if steps is None else steps))

    def in_time(self, start: date, deadline: date, steps: int) -> tuple[Teams | None, bool]:
        """The first teams found that are in time for a day; if none, whether that is proven."""
        day = deadline.toordinal()
        self.question.begin(start)
        search = _Search(self.question, self.n, enough=day)
        bound = self._run(search, steps)
        if search.best > day:
            return None, bound > day
        return search.result(bound).teams, False

    def _run(self, search: _Search, steps: int) -> int:
        most, progress = MOST_STEPS, self.progress
        taken = most - self.steps_left

        def tell(done: int) -> None:
            if progress is not None:
                progress(taken + done, most)

        bound = search.run(tell, steps)
        self.steps_left = max(0, self.steps_left - search.steps)
        return bound


def _filled(free: Sequence[int], work: int) -> int:
    """The first day by which the teams have so many days together, each from the day it is free.

    A team that is not free before that day does nothing, so it is the earliest day over all numbers
    of first teams that could do all the work.
    """
    total, first = work, _NEVER
    for i, day in enumerate(free, 1):
        total += day
        first = min(first, -(-total // i))
    return first


def _turns(free: Sequence[int], count: int, least: int) -> int:
    """The day on which so many are built, if each takes that many days."""
    teams = list(free)
    day = teams[0]
    for _ in range(count):
        day = teams[0] + least
        heapq.heapreplace(teams, day)
    return day
