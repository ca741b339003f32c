"""Plans by brute force: every day on which every stage could end, one scenario after the other.

It shares no code with the library, not even its calendar. It is slow, plain, and judges the rest.
"""

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import comb, prod

DAY = timedelta(1)


def add(day, length):
    """The day (months, days) later: months first, clamped to the end of the month."""
    months, days = length
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days)


@dataclass(frozen=True)
class Stage:
    """The ends of a range, each as (months, days)."""

    shortest: tuple[int, int]
    longest: tuple[int, int]


@dataclass(frozen=True)
class WorkingStage:
    """The ends of a range of working days."""

    shortest: int
    longest: int


# Ends in certain order, at most five days apart on any date.
RANGES = [
    ((0, 0), (0, 0)),
    ((0, 1), (0, 1)),
    ((0, 0), (0, 1)),
    ((0, 1), (0, 3)),
    ((0, 28), (0, 30)),
    ((0, 30), (0, 30)),
    ((1, 0), (1, 0)),
    ((1, 0), (1, 1)),
    ((0, 28), (1, 0)),
    ((1, 0), (0, 31)),
    ((0, 2), (0, 2)),
]
# Closed days, besides weekends, near the starts of the plans that are tested.
CLOSED = frozenset(
    date(2026, *day) for day in ((1, 28), (1, 29), (2, 2), (2, 3), (2, 4), (2, 27), (3, 2), (4, 30))
)


def walk(day, n):
    """The n-th working day after the day, one day at a time."""
    while n:
        day += DAY
        n -= day.weekday() < 5 and day not in CLOSED
    return day


def ends_of(stage, day):
    """Every day on which a stage that starts on the day can end, in order."""
    if isinstance(stage, WorkingStage):
        return [walk(day, n) for n in range(stage.shortest, stage.longest + 1)]
    first, last = add(day, stage.shortest), add(day, stage.longest)
    return [first + k * DAY for k in range((last - first).days + 1)]


@dataclass(frozen=True)
class Spec:
    """A plan to judge.

    `apis` holds technical and assurance by name, `services` one stage by name; a link is
    (waiting, needed, to_be, before).
    """

    start: date
    apis: dict[str, tuple[Stage, Stage]]
    services: dict[str, Stage] = field(default_factory=dict)
    links: tuple[tuple[str, str, str, str], ...] = ()
    starts: dict[str, date] = field(default_factory=dict)
    built: dict[str, date] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    teams: tuple[tuple[str, ...], ...] = ()
    overlap: bool = False


class World:
    """One scenario: the events of a plan, worked out by their definitions when asked for."""

    def __init__(self, spec, ends):
        self.spec = spec
        self.ends = ends  # (name, stage) -> day on which it ends
        self.days = {}

    def day(self, name, event):
        if (name, event) not in self.days:
            self.days[name, event] = getattr(self, event)(name)
        return self.days[name, event]

    def needs(self, name, *before):
        for waiting, needed, to_be, when in self.spec.links:
            if waiting == name and when in before and needed not in self.spec.done:
                service = needed in self.spec.services
                yield self.day(needed, "live" if to_be == "live" or service else "built")

    def begun(self, name):
        spec = self.spec
        waits = [spec.start, *self.needs(name, "build")]
        if name in spec.services:
            waits += self.needs(name, "assurance")
        if name in spec.starts:
            waits.append(spec.starts[name])
        for team in spec.teams:
            if name in team and team.index(name) > 0:
                waits.append(self.day(team[team.index(name) - 1], "built"))
        return max(waits)

    def built(self, name):
        if name in self.spec.done:
            return self.spec.start
        return self.spec.built.get(name) or self.end(name, "technical", "begun")

    def assurance(self, name):
        together = self.spec.overlap and name not in self.spec.built
        first = self.day(name, "begun" if together else "built")
        return max([first, *self.needs(name, "assurance")])

    def live(self, name):
        if name in self.spec.done:
            return self.spec.start
        if name in self.spec.services:
            return max([self.end(name, "service", "begun"), *self.needs(name, "go_live")])
        ends = [self.end(name, "assurance", "assurance"), *self.needs(name, "go_live")]
        if self.spec.overlap and name not in self.spec.built:
            ends.append(self.day(name, "built"))
        return max(ends)

    def end(self, name, stage, start):
        return self.ends(name, stage, self.day(name, start))


def reasons(world, name, event):
    """What an event waits for: the day, the event behind it if there is one, and the stage."""
    return {"begun": begun, "built": built, "assurance": assured, "live": live}[event](world, name)


def needed(world, name, *before):
    spec = world.spec
    for waiting, other, to_be, when in spec.links:
        if waiting == name and when in before and other not in spec.done:
            event = "live" if to_be == "live" or other in spec.services else "built"
            yield world.day(other, event), (other, event), None


def begun(world, name):
    spec = world.spec
    yield spec.start, None, None
    if name in spec.starts:
        yield spec.starts[name], None, None
    before = ("build", "assurance") if name in spec.services else ("build",)
    yield from needed(world, name, *before)
    for team in spec.teams:
        if name in team and team.index(name) > 0:
            other = team[team.index(name) - 1]
            if other not in spec.done:
                yield world.day(other, "built"), (other, "built"), None


def built(world, name):
    if name in world.spec.built:
        yield world.spec.built[name], None, None
    else:
        yield world.day(name, "built"), (name, "begun"), "technical"


def together(spec, name):
    return spec.overlap and name not in spec.built


def assured(world, name):
    first = "begun" if together(world.spec, name) else "built"
    yield world.day(name, first), (name, first), None
    yield from needed(world, name, "assurance")


def live(world, name):
    if name in world.spec.services:
        yield world.end(name, "service", "begun"), (name, "begun"), "service"
    else:
        yield world.end(name, "assurance", "assurance"), (name, "assurance"), "assurance"
        if together(world.spec, name):
            yield world.day(name, "built"), (name, "built"), None
    yield from needed(world, name, "go_live")


def critical(world):
    """The stages on a longest path: back from the last go-lives along what was waited for."""
    spec = world.spec
    lives = {name: world.day(name, "live") for name in items(spec)}
    last = plan_day(spec, lives)
    todo = [(name, "live") for name, day in lives.items() if day == last]
    seen, found = set(todo), set()
    while todo:
        name, event = todo.pop()
        for day, behind, stage in reasons(world, name, event):
            if day == world.day(name, event):
                if stage:
                    found.add((name, stage))
                if behind and behind not in seen:
                    seen.add(behind)
                    todo.append(behind)
    return found


LONG_BEFORE = timedelta(400)


def parts(spec):
    """Each API, service and stage: what it is called, and the event in which it starts."""
    for name in items(spec):
        if name in spec.services:
            yield (name, ""), "begun"
            yield (name, "service"), "begun"
            continue
        yield (name, ""), "assurance" if name in spec.built else "begun"
        if name not in spec.built:
            yield (name, "technical"), "begun"
        yield (name, "assurance"), "assurance"


def last_start(world, part, day):
    """The last start of a part with which all is live by a day, if everything else is early."""
    spec, (name, stage) = world.spec, part
    early = replace(
        spec,
        start=spec.start - LONG_BEFORE,
        starts={},
        built=dict.fromkeys(spec.built, spec.start - LONG_BEFORE),
    )
    event = dict(parts(spec))[part]

    def in_time(start):
        tried = World(early, world.ends)
        if stage == "technical":
            # This does not delay the other stages that begin on the same event.
            tried.days[name, "built"] = world.ends(name, stage, start)
        else:
            tried.days[name, event] = start
        return max(tried.day(other, "live") for other in items(spec)) <= day

    low, high = day - LONG_BEFORE, day + DAY
    while high - low > DAY:
        middle = low + (high - low) // 2
        low, high = (middle, high) if in_time(middle) else (low, middle)
    return low


class UndecidedError(Exception):
    """A stage whose end the scenario leaves open, and the day on which it starts."""


def stage_of(spec, name, stage):
    if stage == "service":
        return spec.services[name]
    return spec.apis[name][stage == "assurance"]


def items(spec):
    """The names of what goes live in the plan."""
    return [name for name in (*spec.apis, *spec.services) if name not in spec.done]


def go_lives(spec, ends):
    world = World(spec, ends)
    return {name: world.day(name, "live") for name in items(spec)}


def extreme(spec, which):
    """The go-lives if every stage takes its shortest (0) or its longest (1)."""

    def ends(name, stage, start):
        return ends_of(stage_of(spec, name, stage), start)[-which]

    return go_lives(spec, ends)


def plan_day(spec, lives):
    return max((spec.start, *lives.values()))


def uniform(share):
    return share


def triangular(mode):
    def cdf(share):
        if share < mode:
            return share * share / mode
        return 1 - (1 - share) ** 2 / (1 - mode) if share < 1 else Fraction(1)

    return cdf


def pert(mode):
    """The beta distribution with whole parameters, as the sum of binomial terms."""
    a = 1 + 4 * mode
    assert a.denominator == 1

    def cdf(share):
        return sum(comb(5, j) * share**j * (1 - share) ** (5 - j) for j in range(int(a), 6))

    return cdf


def scenarios(spec, cdf=uniform):
    """Every scenario: its probability and the go-lives in it."""
    for probability, world in worlds(spec, cdf):
        yield probability, {name: world.day(name, "live") for name in items(spec)}


def corners(spec):
    """Every scenario in which each stage takes its shortest or its longest."""
    stages = [(name, stage) for name in spec.apis for stage in ("technical", "assurance")]
    stages += [(name, "service") for name in spec.services]
    ranged = [
        key
        for key in stages
        for stage in (stage_of(spec, *key),)
        if stage.shortest != stage.longest
    ]
    for chosen in product((0, -1), repeat=len(ranged)):
        which = dict(zip(ranged, chosen, strict=True))

        def ends(name, stage, start, which=which):
            return ends_of(stage_of(spec, name, stage), start)[which.get((name, stage), 0)]

        yield World(spec, ends)


def worlds(spec, cdf=uniform):
    """Every scenario with its probability."""
    stack = [{}]
    while stack:
        fixed = stack.pop()

        def ends(name, stage, start, fixed=fixed):
            if (name, stage) not in fixed:
                raise UndecidedError(name, stage, start)
            return fixed[name, stage][0]

        world = World(spec, ends)
        try:
            for name in items(spec):
                world.day(name, "live")
        except UndecidedError as undecided:
            name, stage, start = undecided.args
            ends = ends_of(stage_of(spec, name, stage), start)
            n = len(ends)
            for k, end in enumerate(ends):
                mass = cdf(Fraction(k + 1, n)) - cdf(Fraction(k, n))
                stack.append({**fixed, (name, stage): (end, mass)})
        else:
            yield prod((mass for _, mass in fixed.values()), start=Fraction(1)), world


@dataclass
class Verdict:
    """What all scenarios together say."""

    windows: dict[str, tuple[date, date]]
    window: tuple[date, date]
    possible: set[str]
    certain: set[str]
    distribution: dict[date, Fraction]
    marginals: dict[str, dict[date, Fraction]]
    driving: dict[str, Fraction]


def judge(spec, cdf=uniform):
    names = items(spec)
    days = {name: [] for name in names}
    plan_days, drives = [], {name: [] for name in names}
    distribution, marginals = {}, {name: {} for name in names}
    driving = dict.fromkeys(names, Fraction(0))
    for probability, lives in scenarios(spec, cdf):
        last = plan_day(spec, lives)
        plan_days.append(last)
        distribution[last] = distribution.get(last, 0) + probability
        for name, day in lives.items():
            days[name].append(day)
            drives[name].append(day == last)
            marginals[name][day] = marginals[name].get(day, 0) + probability
            driving[name] += probability * (day == last)
    return Verdict(
        windows={name: (min(found), max(found)) for name, found in days.items()},
        window=(min(plan_days), max(plan_days)),
        possible={name for name in names if any(drives[name])},
        certain={name for name in names if all(drives[name])},
        distribution=distribution,
        marginals=marginals,
        driving=driving,
    )


def by(distribution, day):
    return sum((mass for when, mass in distribution.items() if when <= day), Fraction(0))


def count(spec):
    """An upper bound of the number of scenarios."""
    return prod(
        len(ends_of(stage, day))
        for stage in (*(s for both in spec.apis.values() for s in both), *spec.services.values())
        for day in (date(2025, 12, 31),)
    )


def team_orders(names, n):
    """Every way in which at most n identical teams can share the work, in every order."""
    found = set()

    def place(rest, teams):
        if not rest:
            found.add(frozenset(team for team in teams if team))
            return
        for i, team in enumerate(teams):
            for at in range(len(team) + 1):
                place(rest[1:], (*teams[:i], (*team[:at], rest[0], *team[at:]), *teams[i + 1 :]))

    # Each name is inserted at every position among those before it, which gives every order.
    place(tuple(names), ((),) * n)
    return found


def earliest_latest(start, apis, n):
    """The earliest latest go-live over every assignment to n teams and every order.

    `apis` holds the longest technical implementation and assurance of each; there are no links.
    """

    def live(team):
        day, last = start, start
        for name in team:
            day = add(day, apis[name][0])
            last = max(last, add(day, apis[name][1]))
        return last

    lives = {}
    best = date.max
    for teams in team_orders(apis, n):
        for team in teams:
            if team not in lives:
                lives[team] = live(team)
        best = min(best, max(lives[team] for team in teams))
    return best
