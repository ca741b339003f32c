"""Plans against an oracle that tries every scenario, and the laws that hold for all plans."""

import pickle
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial, reduce

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import plan_oracle as oracle
from nhs_api_catalogue import (
    DeadlineError,
    Duration,
    DurationRange,
    PertBeta,
    PlanRequest,
    Status,
    Triangular,
    Uniform,
    Window,
    plan,
    suggest_teams,
)
from nhs_api_catalogue.planning import team_search
from nhs_api_catalogue.planning.networks import START, network_of
from nhs_api_catalogue.planning.team_search import TeamSearcher
from plan_strategies import api, apis_of, options_of, planned, specs

SHAPES = st.sampled_from(
    [
        (Uniform(), oracle.uniform),
        (Triangular(0.25), oracle.triangular(Fraction(1, 4))),
        (Triangular(0), oracle.triangular(Fraction(0))),
        (Triangular(1), oracle.triangular(Fraction(1))),
        (PertBeta(0.5), oracle.pert(Fraction(1, 2))),
        (PertBeta(0), oracle.pert(Fraction(0))),
        (PertBeta(1), oracle.pert(Fraction(1))),
    ]
)
EXACT = 1e-12
DAYS = st.integers(-3, 120).map(timedelta)


# Few enough corners to look for the last start in each.
SMALL = st.booleans().flatmap(lambda some: specs(most_apis=3, scenarios=60, working=some))
STAGES = {
    "technical implementation": "technical",
    "NHS England assurance": "assurance",
    "enabling service": "service",
}


def parts_of(p):
    """The parts of a plan, as the oracle calls them."""
    items = {(item.name, ""): item for item in p.items() if not item.done}
    stages = {(stage.owner, STAGES[stage.name]): stage for stage in p.stages()}
    return items | stages


def names(found):
    return set(found)


ANY = st.one_of(specs(), specs(working=True))


class TestAgainstEveryScenario:
    """The library gives the same answer as trying every scenario."""

    @given(ANY)
    def test_windows(self, spec):
        verdict, p = oracle.judge(spec), planned(spec)
        windows = {item.api.name: item.go_live for item in p.planned if not item.done}
        windows |= {item.service.name: item.go_live for item in p.services}
        assert windows == {name: Window(*ends) for name, ends in verdict.windows.items()}
        assert p.go_live == Window(*verdict.window)
        assert p.stages() == tuple(stage for item in p.items() for stage in item.stages)

    @given(ANY)
    def test_drivers(self, spec):
        verdict, drivers = oracle.judge(spec), planned(spec).drivers
        assert names(drivers.possible) == verdict.possible
        assert names(drivers.certain) == verdict.certain
        assert names(drivers.earlier) == set(oracle.items(spec)) - verdict.possible

    @given(st.booleans().flatmap(lambda some: specs(scenarios=400, working=some)))
    def test_criticality(self, spec):
        found = [{name for name, _ in oracle.critical(w)} for _, w in oracle.worlds(spec)]
        every, p = set(oracle.items(spec)), planned(spec).criticality
        assert names(p.possible) == set().union(*found)
        assert names(p.never) == every - set().union(*found)
        assert not p.undecided
        # Undecided is not a wrong answer; the examples of test_planning check that it is rare.
        necessary = every.intersection(*found)
        assert names(p.necessary) == necessary - names(p.undecided_necessary)
        assert names(p.undecided_necessary) <= names(p.possible)

    @given(st.booleans().flatmap(lambda some: specs(scenarios=400, working=some)))
    def test_criticality_holds_in_every_corner(self, spec):
        p = planned(spec).criticality
        for world in oracle.corners(spec):
            critical = {name for name, _ in oracle.critical(world)}
            assert names(p.necessary) <= critical <= names(p.possible)

    @given(SMALL, DAYS)
    def test_latest_starts_and_slack(self, spec, offset):
        """In every corner, and as shown by a part of the plan and of its report."""
        day, p = spec.start + offset, planned(spec)
        found = parts_of(p)
        report = {(part.name, part.stage): part for part in p.against(day).parts}
        worlds = list(oracle.corners(spec))
        for (name, stage), event in oracle.parts(spec):
            part = found[name, stage]
            lasts = [oracle.last_start(world, (name, stage), day) for world in worlds]
            slacks = [
                (last - world.day(name, event)).days
                for last, world in zip(lasts, worlds, strict=True)
            ]
            assert part.latest_start(day) == Window(min(lasts), max(lasts))
            assert part.slack(day) == (min(slacks), max(slacks))
            told = report[name, part.name if stage else ""]
            assert (told.latest_start, told.slack) == (part.latest_start(day), part.slack(day))

    @given(SMALL, DAYS)
    def test_against_a_deadline(self, spec, offset):
        day, p = spec.start + offset, planned(spec)
        lives = [oracle.go_lives(spec, world.ends) for world in oracle.corners(spec)]
        margins = [(day - oracle.plan_day(spec, found)).days for found in lives]
        report = p.against(day)
        assert report.margin == (min(margins), max(margins))
        expected = {0: Status.IMPOSSIBLE, len(lives): Status.CERTAIN}
        by_name = {name: sum(found[name] <= day for found in lives) for name in oracle.items(spec)}
        assert report.status is expected.get(sum(m >= 0 for m in margins), Status.POSSIBLE)
        assert set(report.misses) == {name for name, n in by_name.items() if n < len(lives)}
        for name, count in by_name.items():
            item = parts_of(p)[name, ""]
            assert item.status(day) is expected.get(count, Status.POSSIBLE)
        assert {(part.name, part.stage) for part in report.past} == {
            (part.name, part.stage)
            for part in report.parts
            if part.latest_start.earliest < spec.start
        }

    @given(ANY, DAYS)
    def test_status(self, spec, offset):
        day = spec.start + offset
        distribution = oracle.judge(spec).distribution
        expected = {0: Status.IMPOSSIBLE, 1: Status.CERTAIN}
        assert planned(spec).status(day) is expected.get(
            oracle.by(distribution, day), Status.POSSIBLE
        )

    @given(ANY, SHAPES)
    def test_probability_and_its_bounds(self, spec, shapes):
        shape, cdf = shapes
        verdict, p = oracle.judge(spec, cdf), planned(spec)
        for day in {*verdict.distribution, spec.start - timedelta(1)}:
            found = p.probability(day, assume=shape)
            marginals = [oracle.by(own, day) for own in verdict.marginals.values()]
            # The plan itself is not live before its start.
            marginals.append(Fraction(day >= spec.start))
            lower = max(0, sum(marginals) - (len(marginals) - 1))
            assert found.value == pytest.approx(oracle.by(verdict.distribution, day), abs=EXACT)
            assert found.lower == found.value == found.upper
            # An event that is certain, or that another waits for, needs no bound of its own.
            assert lower - EXACT <= found.lower_if_dependent <= found.value
            assert found.upper_if_dependent == pytest.approx(min(marginals), abs=EXACT)

    @given(ANY, SHAPES, st.sampled_from([0.01, 0.25, 0.5, 0.8, 0.9, 1]))
    def test_quantile(self, spec, shapes, q):
        shape, cdf = shapes
        distribution = oracle.judge(spec, cdf).distribution
        # Within the tolerance, either day is right.
        reached = [
            next(
                day
                for day in sorted(distribution)
                if oracle.by(distribution, day) >= Fraction(q) - slack
            )
            for slack in (Fraction(0), Fraction(2, 10**12))
        ]
        assert planned(spec).quantile(q, assume=shape) in reached

    @given(st.booleans().flatmap(lambda some: specs(scenarios=300, working=some)), SHAPES)
    def test_driver_probability(self, spec, shapes):
        shape, cdf = shapes
        verdict, p = oracle.judge(spec, cdf), planned(spec)
        for name in verdict.driving:
            if name in spec.apis:
                found = p.driver_probability(name, assume=shape)
                assert found.value == pytest.approx(verdict.driving[name], abs=EXACT)
                assert found.lower_if_dependent <= found.value <= found.upper_if_dependent

    @given(ANY, st.integers(0, 70), st.booleans())
    def test_last_starts_for_a_deadline(self, spec, offset, safe):
        deadline = spec.start + timedelta(offset)
        p = planned(spec)

        def late(start):
            lives = oracle.extreme(replace(spec, start=start), int(safe))
            return oracle.plan_day(replace(spec, start=start), lives) > deadline

        search = p.latest_safe_start if safe else p.last_chance_start
        try:
            start = search(deadline)
        except DeadlineError:
            assert late(date.min + timedelta(0))
        else:
            assert not late(start)
            assert late(start + timedelta(1))

    @given(st.booleans().flatmap(lambda some: specs(plain=True, working=some)), st.integers(1, 3))
    def test_suggested_teams(self, spec, n):
        calendar = options_of(spec)["calendar"]
        p = suggest_teams(apis_of(spec), n, start=spec.start, calendar=calendar)

        def ends(teams):
            tried = replace(spec, teams=tuple(teams))
            return tuple(oracle.plan_day(tried, oracle.extreme(tried, i)) for i in (1, 0))

        best = min(map(ends, oracle.team_orders(spec.apis, n)))
        assert (p.go_live.latest, p.go_live.earliest) == best
        assert ends(p.request.teams) == best

    @given(st.booleans().flatmap(lambda some: specs(most_apis=3, working=some)), st.integers(1, 3))
    def test_suggested_teams_with_links(self, spec, n):
        spec = replace(spec, teams=())
        p = suggest_teams(apis_of(spec), n, start=spec.start, **options_of(spec))
        work = [name for name in spec.apis if name not in spec.done and name not in spec.built]

        def ends(teams):
            tried = replace(spec, teams=tuple(teams))
            try:
                return tuple(oracle.plan_day(tried, oracle.extreme(tried, i)) for i in (1, 0))
            except RecursionError:
                # Something waits for itself.
                return (date.max, date.max)

        assert (p.go_live.latest, p.go_live.earliest) == min(map(ends, oracle.team_orders(work, n)))


# Times as long as those of the guide, and calendar time that does not add up.
LONG = st.sampled_from([(0, 28), (0, 42), (1, 0), (2, 0), (4, 0), (3, 9), (6, 0), (8, 0)])
STEPS = st.sampled_from([0, 20, 10**6])
# The fixture puts back what it changed; all examples of a test may share it.
ONE_FIXTURE = settings(
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def most_steps():
    """Sets how far the search goes; hypothesis runs many examples on one fixture."""
    before = team_search.MOST_STEPS
    yield partial(setattr, team_search, "MOST_STEPS")
    team_search.MOST_STEPS = before


class TestSearchAgainstEveryOrder:
    """The search for teams, which is asked above six APIs, against trying all below."""

    def look(self, apis, n, **options):
        request = PlanRequest(apis=apis, **options)
        network = network_of(request)
        work = [place for place, item in enumerate(network.apis) if item.start != START]
        return request, TeamSearcher(network, work, n).best(request.start)

    @given(st.lists(st.tuples(LONG, LONG), min_size=1, max_size=5), st.integers(1, 3), STEPS, DAYS)
    @ONE_FIXTURE
    def test_of_apis_side_by_side(self, most_steps, times, n, steps, offset):
        most_steps(steps)
        start = date(2026, 1, 5) + offset
        apis = {f"n{i}": longest for i, longest in enumerate(times)}
        best = oracle.earliest_latest(start, apis, n)
        planned_apis = [
            api(name, *(DurationRange(Duration(0, 0), Duration(*one)) for one in longest))
            for name, longest in apis.items()
        ]
        request, found = self.look(planned_apis, n, start=start)
        ids = [[request.apis[place].id for place in team] for team in found.teams]
        assert plan(planned_apis, start=start, teams=ids).go_live.latest == found.latest
        assert found.bound <= best <= found.latest
        if steps > 20:
            assert found.bound == best == found.latest

    @given(
        st.booleans().flatmap(lambda some: specs(most_apis=3, working=some)),
        st.integers(1, 3),
        STEPS,
    )
    @ONE_FIXTURE
    def test_of_plans_with_links(self, most_steps, spec, n, steps):
        most_steps(steps)
        spec = replace(spec, teams=())
        names_of_work = [n for n in spec.apis if n not in spec.done and n not in spec.built]
        assume(names_of_work)
        request, found = self.look(apis_of(spec), n, start=spec.start, **options_of(spec))

        def latest(teams):
            tried = replace(spec, teams=tuple(teams))
            try:
                return oracle.plan_day(tried, oracle.extreme(tried, 1))
            except RecursionError:
                # Something waits for itself.
                return date.max

        best = min(map(latest, oracle.team_orders(names_of_work, n)))
        assert latest([[request.apis[i].id for i in team] for team in found.teams]) == found.latest
        assert found.bound <= best <= found.latest
        if steps > 20:
            assert found.bound == best == found.latest

    @given(st.lists(st.tuples(LONG, LONG), min_size=2, max_size=4), st.integers(1, 2), STEPS, DAYS)
    @ONE_FIXTURE
    def test_for_a_deadline(self, most_steps, times, n, steps, offset):
        most_steps(steps)
        deadline = date(2028, 1, 31) + offset
        apis = {f"n{i}": longest for i, longest in enumerate(times)}
        planned_apis = [
            api(name, *(DurationRange(Duration(0, 0), Duration(*one)) for one in longest))
            for name, longest in apis.items()
        ]
        assume(n < len(planned_apis))
        p = suggest_teams(planned_apis, n, deadline=deadline)
        assert oracle.earliest_latest(p.start, apis, n) <= deadline
        too_late = p.start + timedelta(p.request.search.gap + 1)
        assert oracle.earliest_latest(too_late, apis, n) > deadline


class TestLaws:
    @given(ANY, st.integers(0, 40))
    def test_go_live_is_monotone_in_the_start(self, spec, later):
        before, after = planned(spec), planned(spec, spec.start + timedelta(later))
        assert before.go_live.earliest <= after.go_live.earliest
        assert before.go_live.latest <= after.go_live.latest

    @given(ANY, st.data(), st.integers(0, 2), st.integers(0, 5))
    def test_a_wider_range_makes_a_wider_window(self, spec, data, more_months, more_days):
        name = data.draw(st.sampled_from(sorted(spec.apis)))
        place = data.draw(st.integers(0, 1))
        stage = spec.apis[name][place]
        longer = oracle.Stage(
            stage.shortest, (stage.longest[0] + more_months, stage.longest[1] + more_days)
        )
        stages = list(spec.apis[name])
        stages[place] = longer
        wider = replace(spec, apis={**spec.apis, name: tuple(stages)})
        before, after = planned(spec).go_live, planned(wider).go_live
        assert (before.earliest, before.latest <= after.latest) == (after.earliest, True)

    @given(ANY, st.data(), st.integers(0, 2), st.integers(0, 5))
    def test_go_live_is_monotone_in_both_ends_of_every_range(self, spec, data, months, days):
        name = data.draw(st.sampled_from(sorted(spec.apis)))
        place = data.draw(st.integers(0, 1))
        stages = list(spec.apis[name])
        ends = (stages[place].shortest, stages[place].longest)
        stages[place] = oracle.Stage(*((n + months, d + days) for n, d in ends))
        longer = replace(spec, apis={**spec.apis, name: tuple(stages)})
        before, after = planned(spec).go_live, planned(longer).go_live
        assert before.earliest <= after.earliest
        assert before.latest <= after.latest

    @given(specs(most_apis=3))
    def test_adding_an_api_never_makes_go_live_earlier(self, spec):
        more = api("z", DurationRange.parse("1-40 days"), DurationRange.parse("1 month"))
        teams = (*spec.teams, ("z",)) if spec.teams else None
        before = planned(spec).go_live
        after = plan([*apis_of(spec), more], start=spec.start, teams=teams, **options_of(spec))
        assert before.earliest <= after.go_live.earliest
        assert before.latest <= after.go_live.latest

    @given(ANY, st.integers(0, 70), st.integers(-40, 70))
    def test_latest_safe_start_is_the_adjoint_of_go_live(self, spec, offset, shift):
        deadline = spec.start + timedelta(offset)
        start = spec.start + timedelta(shift)
        p = planned(spec)
        for search, end in ((p.latest_safe_start, "latest"), (p.last_chance_start, "earliest")):
            in_time = getattr(planned(spec, start).go_live, end) <= deadline
            try:
                assert in_time == (start <= search(deadline))
            except DeadlineError:
                assert not in_time

    @given(ANY, st.integers(0, 70))
    def test_a_plan_for_a_deadline_starts_on_its_latest_safe_start(self, spec, offset):
        deadline = spec.start + timedelta(offset)
        try:
            start = planned(spec).latest_safe_start(deadline)
        except DeadlineError:
            with pytest.raises(DeadlineError):
                planned(spec, deadline=deadline)
        else:
            assert planned(spec, deadline=deadline).start == start

    @given(ANY, st.data())
    def test_a_done_api_never_delays(self, spec, data):
        name = data.draw(st.sampled_from(sorted(spec.apis)))
        free = replace(
            spec,
            done=spec.done | {name},
            starts={key: day for key, day in spec.starts.items() if key != name},
            built={key: day for key, day in spec.built.items() if key != name},
        )
        before, after = planned(spec).go_live, planned(free).go_live
        assert after.earliest <= before.earliest
        assert after.latest <= before.latest

    @given(ANY, SHAPES)
    def test_probability_is_0_before_the_earliest_day_and_1_from_the_latest_on(self, spec, shapes):
        p, shape = planned(spec), shapes[0]
        day_before = p.go_live.earliest - timedelta(1)
        assert float(p.probability(day_before, assume=shape)) == 0
        assert float(p.probability(p.go_live.latest, assume=shape)) == 1

    @given(ANY, SHAPES, DAYS)
    def test_bounds_contain_the_independent_value(self, spec, shapes, offset):
        found = planned(spec).probability(spec.start + offset, assume=shapes[0])
        assert 0 <= found.lower <= found.value <= found.upper <= 1

    @given(ANY)
    def test_certain_drivers_are_possible_and_the_rest_is_never(self, spec):
        p = planned(spec)
        drivers = p.drivers
        assert set(drivers.certain) <= set(drivers.possible)
        assert sorted((*drivers.possible, *drivers.earlier)) == sorted(oracle.items(spec))

    @given(ANY)
    def test_the_longest_paths_make_the_window_of_an_api(self, spec):
        p = planned(spec)
        for item in p.planned:
            paths = p.paths(item.api.id)
            if item.done:
                assert paths == ()
                continue
            ends = [path.finish for path in paths]
            assert item.go_live == reduce(Window.alongside, ends)

    @given(ANY)
    def test_a_plan_compares_to_itself_without_change(self, spec):
        p = planned(spec)
        change = p.compare(planned(spec))
        shifts = (change.go_live, *change.shifts)
        assert all(shift.earliest == shift.latest == 0 for shift in shifts)
        assert not (change.added + change.removed + change.drivers_gained + change.drivers_lost)

    @given(ANY)
    def test_pickling_keeps_equality_and_what_is_asked_later(self, spec):
        p = planned(spec)
        copy = pickle.loads(pickle.dumps(p))
        assert (copy, hash(copy), str(copy)) == (p, hash(p), str(p))
        assert copy.probability(p.go_live.latest, assume=Uniform()) == p.probability(
            p.go_live.latest, assume=Uniform()
        )

    @given(ANY)
    def test_every_line_of_the_text_fits_80_columns(self, spec):
        assume(len(spec.apis) > 1)
        assert max(map(len, str(planned(spec)).splitlines())) <= 80


def test_a_longer_duration_is_what_the_oracle_adds():
    """The two calendars agree on what the random plans are made of."""
    for ends in ((0, 0), (0, 31), (1, 0), (2, 28)):
        for offset in range(800):
            day = date(2027, 1, 1) + timedelta(offset)
            assert Duration(*ends).after(day) == oracle.add(day, ends)
