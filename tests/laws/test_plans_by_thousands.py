"""Thousands of plans against brute force, and the search for teams against every order.

The plans are the same in every run, each named by the number that it is drawn from.
"""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations_with_replacement

import pytest

import plan_oracle
import quick_oracle as oracle
from nhs_api_catalogue import PlanRequest, Status, catalogue, plan, suggest_teams
from nhs_api_catalogue.planning import team_search
from nhs_api_catalogue.planning.networks import START, network_of
from nhs_api_catalogue.planning.team_search import TeamSearcher
from plan_strategies import api, apis_of, options_of, planned

pytestmark = pytest.mark.once

PLANS = 5_000
LOT = 500
# The most APIs and services in a lot for which it may stay undecided whether they are necessarily
# critical. In all 5,000 plans there are two.
MOST_UNDECIDED = 2
STAGES = {
    "technical implementation": "technical",
    "NHS England assurance": "assurance",
    "enabling service": "service",
}


def test_the_quick_oracle_says_what_the_plain_one_says():
    for seed in range(60):
        spec = oracle.random_spec(seed, worlds=60, corners=32)
        events, start = oracle.events_of(spec), spec.start.toordinal()
        deadline = spec.start + timedelta(seed % 90)
        quick = Counter(
            frozenset(oracle.critical(events, days, ended))
            for days, ended in oracle.worlds(events, start)
        )
        plain = Counter(
            frozenset(name for name, _ in plan_oracle.critical(world))
            for _, world in plan_oracle.worlds(spec)
        )
        assert quick == plain, seed
        quick, plain = set(), set()
        for lengths in oracle.corners(events):
            days = oracle.forward(events, lengths, start)
            last = oracle.backward(events, lengths, deadline.toordinal())
            quick |= {
                (part, days[begun], oracle.last_start(lengths, last, where))
                for part, begun, where in oracle.parts(events)
            }
        for world in plan_oracle.corners(spec):
            plain |= {
                (
                    part,
                    world.day(part[0], event).toordinal(),
                    plan_oracle.last_start(world, part, deadline).toordinal(),
                )
                for part, event in plan_oracle.parts(spec)
            }
        assert quick == plain, seed


def check_criticality(p, events, start):
    """In every scenario: over every day of every range."""
    found = [oracle.critical(events, *world) for world in oracle.worlds(events, start)]
    told, every = p.criticality, set(events.lives)
    possible, necessary = set().union(*found), every.intersection(*found)
    assert set(told.possible) == possible
    assert set(told.never) == every - possible
    assert told.undecided == ()
    # Undecided is not a wrong answer, but must be rare: it is counted below.
    assert set(told.necessary) == necessary - set(told.undecided_necessary)
    assert set(told.undecided_necessary) <= possible
    return len(told.undecided_necessary)


def check_corners(p, events, start):
    """The necessary is critical in every corner, and the never critical in none."""
    told = p.criticality
    for lengths in oracle.corners(events):
        days = oracle.forward(events, lengths, start)
        critical = oracle.critical(events, days, oracle.ended(events, lengths, days))
        assert set(told.necessary) <= critical <= {*told.possible, *told.undecided}


def check_parts(p, report, events, start, deadline):
    """Latest starts and slack in every corner, as each part of the plan and the report tell."""
    found = {(item.name, ""): item for item in p.items() if not item.done}
    found |= {(stage.owner, STAGES[stage.name]): stage for stage in p.stages()}
    reported = {(part.name, part.stage): part for part in report.parts}
    wanted = list(oracle.parts(events))
    assert {part for part, _, _ in wanted} == set(found)
    assert len(reported) == len(found)
    rows = []
    for lengths in oracle.corners(events):
        days = oracle.forward(events, lengths, start)
        last = oracle.backward(events, lengths, deadline.toordinal())
        rows.append(
            [
                (latest := oracle.last_start(lengths, last, where), latest - days[begun])
                for _, begun, where in wanted
            ]
        )
    past = set()
    for (part, _, _), column in zip(wanted, zip(*rows, strict=True), strict=True):
        lasts, slacks = ({min(values), max(values)} for values in zip(*column, strict=True))
        one = found[part]
        told = reported[part[0], one.name if part[1] else ""]
        ends = (min(lasts), max(lasts))
        assert told.latest_start == one.latest_start(deadline)
        window = told.latest_start
        assert (window.earliest.toordinal(), window.latest.toordinal()) == ends
        assert one.latest_safe_start(deadline).toordinal() == ends[0]
        assert told.slack == one.slack(deadline) == (min(slacks), max(slacks))
        if ends[0] < start:
            past.add((told.name, told.stage))
    assert {(part.name, part.stage) for part in report.past} == past


def check_report(p, report, events, start, deadline):
    """The margin, what misses the deadline and the statuses, in every corner."""
    day = deadline.toordinal()
    corners = [oracle.forward(events, lengths, start) for lengths in oracle.corners(events)]
    margins = [day - oracle.go_live(events, days) for days in corners]
    assert report.margin == (min(margins), max(margins))
    words = {0: Status.IMPOSSIBLE, len(corners): Status.CERTAIN}
    assert report.status is words.get(sum(one >= 0 for one in margins), Status.POSSIBLE)
    items = {item.name: item for item in p.items()}
    for name, event in events.lives.items():
        in_time = sum(days[event] <= day for days in corners)
        assert items[name].status(deadline) is words.get(in_time, Status.POSSIBLE)
        assert (name in report.misses) == (in_time < len(corners))


def check_last_starts(report, events, deadline):
    """The last starts of the whole plan: one day later is too late, if any day is early enough."""
    day = deadline.toordinal()
    for which, given in ((1, report.latest_safe_start), (0, report.last_chance_start)):
        end = partial(end_of, events, oracle.extreme(events, which))
        if given is None:
            assert end(day - 1_000) > day
        else:
            assert end(given.toordinal()) <= day < end(given.toordinal() + 1)


def end_of(events, lengths, start):
    """Go-live from another start."""
    return oracle.go_live(events, oracle.forward(events, lengths, start))


@contextmanager
def told(seed, spec):
    """Add the plan's number to a failure."""
    try:
        yield
    except Exception as error:
        error.add_note(f"plan {seed}: {spec}")
        raise


@pytest.mark.parametrize("first", range(0, PLANS, LOT))
def test_criticality_is_what_every_scenario_says(first):
    undecided = 0
    for seed in range(first, first + LOT):
        spec = oracle.random_spec(seed)
        with told(seed, spec):
            events = oracle.events_of(spec)
            undecided += check_criticality(planned(spec), events, spec.start.toordinal())
    assert undecided <= MOST_UNDECIDED


@pytest.mark.parametrize("first", range(0, PLANS, LOT))
def test_slack_and_reports_are_what_every_corner_says(first):
    """Among the times are some as long as those of the guide."""
    ranges = oracle.LONG + oracle.RANGES
    for seed in range(first, first + LOT):
        spec = oracle.random_spec(seed, worlds=10**12, corners=256, ranges=ranges)
        deadline = spec.start + timedelta(seed * 37 % 700 - 20)
        with told(seed, spec):
            events, start, p = oracle.events_of(spec), spec.start.toordinal(), planned(spec)
            report = p.against(deadline)
            check_corners(p, events, start)
            check_parts(p, report, events, start, deadline)
            check_report(p, report, events, start, deadline)
            check_last_starts(report, events, deadline)


# -- teams --


@pytest.fixture
def most_steps(monkeypatch):
    """Sets how far the search goes."""
    return partial(monkeypatch.setattr, team_search, "MOST_STEPS")


def search(apis, n, **options):
    """The request, and what the search finds that is asked for more than six APIs."""
    request = PlanRequest(apis=apis, **options)
    network = network_of(request)
    work = [place for place, item in enumerate(network.apis) if item.start != START]
    found = TeamSearcher(network, work, n).best(request.start)
    return [[request.apis[place].id for place in team] for team in found.teams], found


KINDS = sorted({(api.technical, api.assurance) for api in catalogue}, key=str)


@pytest.mark.parametrize("teams", [1, 2, 3])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_the_search_is_optimal_for_all_plans_of_the_times_of_the_guide(count, teams):
    """Every choice of up to six APIs of the guide, up to three teams, from various days."""
    names = "abcdef"[:count]
    for number, chosen in enumerate(combinations_with_replacement(KINDS, count)):
        start = date(2026, 1, 5) + timedelta(number * 11 % 365)
        apis = [api(name, *times) for name, times in zip(names, chosen, strict=True)]
        longest = [[(time.longest.months, time.longest.days) for time in times] for times in chosen]
        best = oracle.best_apart(longest, teams, start.toordinal())
        ids, found = search(apis, teams, start=start)
        assert found.latest.toordinal() == found.bound.toordinal() == best, chosen
        assert plan(apis, start=start, teams=ids).go_live.latest == found.latest


def of_size(seed):
    """A plan of up to six APIs without teams, and for how many teams to search."""
    ranges = oracle.LONG + oracle.RANGES
    spec = oracle.random_spec(
        seed, apis=(3 + seed % 4,) * 2, worlds=10**20, corners=10**9, ranges=ranges, teams=False
    )
    return spec, 1 + seed % 3


SEARCHED = 600


@pytest.mark.parametrize("first", range(0, SEARCHED, 100))
def test_the_search_is_optimal_and_its_gap_never_understated(first, most_steps):
    for seed in range(first, first + 100):
        spec, n = of_size(seed)
        every = oracle.EveryOrder(spec, n)
        if not every.work:
            continue
        with told(seed, spec):
            best = every.best(spec.start.toordinal())
            for steps in (0, 30, 10**6):
                most_steps(steps)
                ids, found = search(apis_of(spec), n, start=spec.start, **options_of(spec))
                latest = oracle.events_of(replace(spec, teams=tuple(map(tuple, ids))))
                days = oracle.forward(latest, oracle.extreme(latest, 1), spec.start.toordinal())
                assert oracle.go_live(latest, days) == found.latest.toordinal()
                assert found.bound.toordinal() <= best <= found.latest.toordinal()
            assert found.bound.toordinal() == best == found.latest.toordinal()


@pytest.mark.parametrize("first", range(0, SEARCHED // 3, 100))
def test_suggested_teams_are_the_best_of_every_order(first):
    """The latest go-live first, then the earliest."""
    for seed in range(first, first + 100):
        spec, n = of_size(seed)
        with told(seed, spec):
            p = suggest_teams(apis_of(spec), n, start=spec.start, **options_of(spec))
            start, every = spec.start.toordinal(), oracle.EveryOrder(spec, n)
            ends = zip(every.ends(start, 1), every.ends(start, 0), strict=True)
            best = min(pair for pair in ends if None not in pair)
            found = p.go_live.latest.toordinal(), p.go_live.earliest.toordinal()
            assert found == best
            assert (p.request.search.gap, p.request.search.holds_for(p.request)) == (0, True)


@pytest.mark.parametrize("first", range(0, SEARCHED // 3, 100))
def test_for_a_deadline_no_later_start_is_safe_beyond_the_gap(first, most_steps):
    for seed in range(first, first + 100):
        spec, n = of_size(seed)
        deadline = spec.start + timedelta(300 + seed)
        # Days that are given can leave no start that is safe; that is another test's.
        spec = replace(spec, starts={}, built={})
        every = oracle.EveryOrder(spec, n)
        with told(seed, spec):
            for steps in (40, 10**6):
                most_steps(steps)
                p = suggest_teams(apis_of(spec), n, deadline=deadline, **options_of(spec))
                start, gap = p.start.toordinal(), p.request.search.gap
                assert every.best(start) <= deadline.toordinal()
                if every.work:
                    assert every.best(start + gap + 1) > deadline.toordinal()
            assert gap == 0
