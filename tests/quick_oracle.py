"""Plans by brute force, thousands of them: every scenario, every order of the teams, on whole days.

It shares no code with the library. `plan_oracle` works out one question after the other, by
definition; this module works them out in one pass over numbers. A test checks that the two agree.
"""

import calendar
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, product
from math import prod

from plan_oracle import CLOSED, RANGES, Spec, Stage, WorkingStage

START = 0
CLOSED_DAYS = frozenset(day.toordinal() for day in CLOSED)


@cache
def add(day, length):
    """The end, as a day number, of what begins on a day and takes (months, days).

    A whole number is that many working days, walked one by one.
    """
    if isinstance(length, int):
        while length:
            day += 1
            # Day 1 of the calendar was a Monday.
            length -= (day - 1) % 7 < 5 and day not in CLOSED_DAYS
        return day
    months, days = length
    begun = date.fromordinal(day)
    year, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(begun.day, last)).toordinal() + days


@cache
def last_begun(length, day):
    """The last start of a stage of this length that must end by a day, found by trying each day."""
    begun = day
    while add(begun, length) > day:
        begun -= 1
    return begun


@dataclass
class Events:
    """The events of a plan, each after those that it waits for; event 0 is the start.

    `waits` has for each event the events that it waits for, each with the stage in between or
    None; a stage is (name, which). `floors` has for each event the day before which it cannot
    happen, or 0.
    """

    spec: Spec
    keys: list
    waits: list
    floors: list
    stages: dict  # (name, which) -> its two lengths
    lives: dict  # name -> event


def events_of(spec):
    """The events of a plan by the definitions; RecursionError if something waits for itself."""
    needs, floors, stages = stages_of(spec)
    for name, day in spec.starts.items():
        floors[name, "begun"] = day.toordinal()
    for waiting, other, to_be, before in spec.links:
        if {waiting, other} & spec.done or (waiting in spec.built and before == "build"):
            continue
        event = {"build": "begun", "assurance": "assurance", "go_live": "live"}[before]
        if waiting in spec.services and event == "assurance":
            event = "begun"
        reached = "live" if to_be == "live" or other in spec.services else "built"
        needs[waiting, event].append(((other, reached), None))
    for team in spec.teams:
        for first, second in pairwise(team):
            needs[second, "begun"].append(((first, "built"), None))
    return ordered(spec, needs, floors, stages)


def stages_of(spec):
    """The events of each API and service by themselves: what they wait for, floors and stages."""
    needs, floors, stages = {}, {}, {}
    for name, (technical, assurance) in spec.apis.items():
        if name in spec.done:
            continue
        live, assured = (name, "live"), (name, "assurance")
        built, begun = (name, "built"), (name, "begun")
        stages[name, "assurance"] = ends(assurance)
        needs[live] = [(assured, (name, "assurance"))]
        if name in spec.built:
            needs[built], floors[built] = [], spec.built[name].toordinal()
            needs[assured] = [(built, None)]
            continue
        stages[name, "technical"] = ends(technical)
        needs[begun] = [(START, None)]
        needs[built] = [(begun, (name, "technical"))]
        needs[assured] = [(begun if spec.overlap else built, None)]
        if spec.overlap:
            needs[live].append((built, None))
    for name, stage in spec.services.items():
        if name not in spec.done:
            stages[name, "service"] = ends(stage)
            needs[name, "begun"] = [(START, None)]
            needs[name, "live"] = [((name, "begun"), (name, "service"))]
    return needs, floors, stages


def ends(stage):
    return (stage.shortest, stage.longest)


def ordered(spec, needs, floors, stages):
    place, keys = {START: START}, [START]

    def visit(key):
        if key not in place:
            for other, _ in needs[key]:
                visit(other)
            # What waits for itself never gets here.
            place[key] = len(keys)
            keys.append(key)

    for key in needs:
        visit(key)
    return Events(
        spec,
        keys,
        [[]] + [[(place[other], stage) for other, stage in needs[key]] for key in keys[1:]],
        [0] + [floors.get(key, 0) for key in keys[1:]],
        stages,
        {key[0]: place[key] for key in keys[1:] if key[1] == "live"},
    )


def forward(plan, lengths, start):
    """The day of each event if each stage takes its length."""
    days = [start]
    for waits, floor in zip(plan.waits[1:], plan.floors[1:], strict=True):
        day = floor
        for other, stage in waits:
            when = days[other] if stage is None else add(days[other], lengths[stage])
            day = max(day, when)
        days.append(day)
    return days


def go_live(plan, days):
    return max([days[START], *(days[event] for event in plan.lives.values())])


def backward(plan, lengths, day):
    """The last day on which each event still lets everything that waits for it be live by a day."""
    last = [day] * len(plan.keys)
    for event in range(len(last) - 1, 0, -1):
        for other, stage in plan.waits[event]:
            when = last[event] if stage is None else last_begun(lengths[stage], last[event])
            last[other] = min(last[other], when)
    return last


def ended(plan, lengths, days):
    """The day on which each stage ends if it takes its length."""
    return {
        stage: add(days[other], lengths[stage])
        for waits in plan.waits
        for other, stage in waits
        if stage is not None
    }


def corners(plan):
    """Every way in which each stage takes its shortest or its longest, the extremes at the ends."""
    names = list(plan.stages)
    ranges = [dict.fromkeys(plan.stages[name]) for name in names]
    for lengths in product(*ranges):
        yield dict(zip(names, lengths, strict=True))


def extreme(plan, which):
    """All at its shortest (0) or at its longest (1)."""
    return {name: lengths[which] for name, lengths in plan.stages.items()}


def worlds(plan, start):
    """Every scenario, as the day of each event and the day on which each stage ends."""
    size = len(plan.keys)

    def go_on(days, ends):
        while len(days) < size:
            event = len(days)
            begun = [(days[other], stage) for other, stage in plan.waits[event]]
            open_ = [(day, stage) for day, stage in begun if stage is not None]
            least = max([plan.floors[event], *(day for day, stage in begun if stage is None)])
            if open_:
                ((day, stage),) = open_
                shortest, longest = plan.stages[stage]
                for end in ends_between(day, shortest, longest):
                    yield from go_on([*days, max(least, end)], {**ends, stage: end})
                return
            days.append(least)
        yield days, ends

    yield from go_on([start], {})


@cache
def ends_between(day, shortest, longest):
    """Every possible end of what begins on a day."""
    if isinstance(shortest, int):
        return [add(day, n) for n in range(shortest, longest + 1)]
    return list(range(add(day, shortest), add(day, longest) + 1))


def critical(plan, days, ends):
    """The names of what has a stage on a longest path, back from the last go-lives."""
    last = go_live(plan, days)
    todo = [event for event in plan.lives.values() if days[event] == last]
    seen, names = set(todo), set()
    while todo:
        event = todo.pop()
        for other, stage in plan.waits[event]:
            if (days[other] if stage is None else ends[stage]) == days[event]:
                if stage is not None:
                    names.add(stage[0])
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
    return names


def parts(plan):
    """Each API, service and stage: its name, the event where it starts, and its last start.

    Its last start is that of an event, or that of a stage that must end by an event.
    """
    at = {key: event for event, key in enumerate(plan.keys)}
    for name in plan.lives:
        if name in plan.spec.services:
            begun = at[name, "begun"]
            yield (name, ""), begun, (None, begun)
            yield (name, "service"), begun, ((name, "service"), at[name, "live"])
            continue
        first = at[name, "assurance" if name in plan.spec.built else "begun"]
        yield (name, ""), first, (None, first)
        if name not in plan.spec.built:
            yield (name, "technical"), first, ((name, "technical"), at[name, "built"])
        yield (name, "assurance"), at[name, "assurance"], ((name, "assurance"), at[name, "live"])


def last_start(lengths, last, where):
    stage, event = where
    return last[event] if stage is None else last_begun(lengths[stage], last[event])


# -- plans at random --

WORKING = [(0, 0), (0, 2), (1, 1), (1, 3), (2, 5), (19, 21)]
LONG = [
    ((0, 28), (0, 42)),
    ((1, 0), (2, 0)),
    ((2, 0), (4, 0)),
    ((3, 0), (6, 0)),
    ((4, 0), (8, 0)),
    ((0, 10), (1, 0)),
    ((1, 28), (2, 14)),
    ((2, 0), (2, 0)),
]
STARTS = [date(2026, 1, 27) + timedelta(n) for n in range(8)] + [
    date(2028, 2, 28),
    date(2026, 4, 30),
]


def random_spec(seed, *, apis=(1, 4), worlds=400, corners=128, ranges=RANGES, teams=True):
    """A plan drawn from a seed, with links, teams, services, floors, overlap, built and done.

    Links and teams lead from later to earlier in an order that the library does not see, so nothing
    waits for itself. Times are made certain until there are few enough scenarios and corners.
    """
    draw = random.Random(seed)  # noqa: S311  no secret
    works = draw.random() < 0.4

    def stage():
        if works and draw.random() < 0.5:
            return WorkingStage(*draw.choice(WORKING))
        return Stage(*draw.choice(ranges))

    names = list("abcdef"[: draw.randint(*apis)])
    services = list("st"[: draw.choice([0, 0, 1, 1, 2])])
    order = draw.sample(names + services, len(names + services))
    start = draw.choice(STARTS)
    # If teams are searched for, they get a lot to do.
    planned = [""] * (3 if teams else 12)
    fates = {name: draw.choice([*planned, "starts", "built", "done"]) for name in names}
    fates |= {name: draw.choice([*planned, "starts", "done"]) for name in services}
    moved = {name: start + timedelta(draw.randint(-40, 40)) for name in order}
    pairs = [(b, a) for i, a in enumerate(order) for b in order[i + 1 :]]
    links = draw.sample(pairs, min(len(pairs), draw.choice([0, 1, 2, 3, 4])))
    work = [name for name in order if name in names and fates[name] not in ("built", "done")]
    which = {name: draw.randrange(3) for name in work}
    shared = tuple(tuple(n for n in work if which[n] == team) for team in range(3))
    spec = Spec(
        start=start,
        apis={name: (stage(), stage()) for name in draw.sample(names, len(names))},
        services={name: stage() for name in services},
        links=tuple(
            (a, b, draw.choice(["live", "built"]), draw.choice(["build", "assurance", "go_live"]))
            for a, b in links
        ),
        starts={name: moved[name] for name in order if fates[name] == "starts"},
        built={name: moved[name] for name in order if fates[name] == "built"},
        done=frozenset(name for name in order if fates[name] == "done"),
        teams=shared if teams and draw.random() < 0.5 else (),
        overlap=draw.random() < 0.4,
    )
    while too_many(spec, worlds, corners):
        # One more stage that takes a month and nothing else.
        name, certain = draw.choice([*names, *services]), Stage((1, 0), (1, 0))
        if name in services:
            spec = replace(spec, services={**spec.services, name: certain})
        else:
            stages = list(spec.apis[name])
            stages[draw.randrange(2)] = certain
            spec = replace(spec, apis={**spec.apis, name: tuple(stages)})
    return spec


def too_many(spec, worlds, corners):
    stages = [*(one for both in spec.apis.values() for one in both), *spec.services.values()]
    around = date(2025, 12, 31).toordinal()
    ways = [len(ends_between(around, one.shortest, one.longest)) for one in stages]
    return prod(ways) > worlds or 2 ** sum(way > 1 for way in ways) > corners


# -- teams --


@cache
def team_orders(count, teams):
    """Every way to share this many among identical teams, in every order."""
    found = set()

    def place(one, shared):
        if one == count:
            found.add(frozenset(team for team in shared if team))
            return
        for i, team in enumerate(shared):
            for at in range(len(team) + 1):
                grown = (*team[:at], one, *team[at:])
                place(one + 1, (*shared[:i], grown, *shared[i + 1 :]))

    place(0, ((),) * teams)
    return tuple(found)


class EveryOrder:
    """The latest and the earliest go-live of a plan with every order of every team.

    The plan has no teams yet.
    """

    def __init__(self, spec, teams):
        self.plan = events_of(spec)
        self.work = [name for name in spec.apis if name not in spec.done and name not in spec.built]
        self.orders = team_orders(len(self.work), teams)
        at = {key: event for event, key in enumerate(self.plan.keys)}
        self.begun = [at[name, "begun"] for name in self.work]
        self.built = [at[name, "built"] for name in self.work]

    def ends(self, start, which):
        """By order, the go-live if all takes its shortest (0) or longest (1); None for a cycle."""
        lengths = extreme(self.plan, which)
        for order in self.orders:
            after = {}
            for team in order:
                for first, second in pairwise(team):
                    after[self.begun[second]] = self.built[first]
            yield self._end(lengths, start, after)

    def _end(self, lengths, start, after):
        plan = self.plan
        days = [start] + [0] * (len(plan.keys) - 1)

        # -1 while its day is being worked out.
        def day(event):
            found = days[event]
            if found:
                return max(found, 0)
            days[event] = -1
            latest = plan.floors[event]
            waits = plan.waits[event]
            if event in after:
                waits = [*waits, (after[event], None)]
            for other, stage in waits:
                when = days[other] or day(other)
                if when < 0:
                    raise RecursionError
                if stage is not None:
                    when = add(when, lengths[stage])
                latest = max(latest, when)
            days[event] = latest
            return latest

        try:
            return max([start, *map(day, plan.lives.values())])
        except RecursionError:
            return None

    def best(self, start):
        """The earliest latest go-live."""
        return min(end for end in self.ends(start, 1) if end is not None)


def best_apart(lengths, teams, start):
    """The earliest latest go-live of APIs that wait for nothing but their teams.

    For each API, the longest implementation and assurance, as (months, days).
    """

    @cache
    def live(team):
        day = last = start
        for one in team:
            technical, assurance = lengths[one]
            day = add(day, technical)
            last = max(last, add(day, assurance))
        return last

    orders = team_orders(len(lengths), teams)
    return min(max(map(live, order)) for order in orders)
