"""Small random plans, in the oracle's form and in the library's."""

from datetime import date, timedelta

from hypothesis import strategies as st

import plan_oracle as oracle
from nhs_api_catalogue import (
    Api,
    Duration,
    DurationRange,
    Link,
    Service,
    WorkingCalendar,
    WorkingDays,
    plan,
)

# Near the ends of short months, where calendar arithmetic differs most from counting days.
STARTS = st.sampled_from(
    [date(2026, 1, 27) + timedelta(n) for n in range(8)] + [date(2028, 2, 28), date(2026, 4, 30)]
)
STAGES = st.sampled_from(oracle.RANGES).map(lambda ends: oracle.Stage(*ends))
WORKING = st.sampled_from(
    [oracle.WorkingStage(*ends) for ends in ((0, 0), (0, 2), (1, 1), (1, 3), (2, 5), (19, 21))]
)
CALENDAR = WorkingCalendar(dict.fromkeys(oracle.CLOSED, "closed"), source="us")
TO_BE = st.sampled_from(["live", "built"])
BEFORE = st.sampled_from(["build", "assurance", "go_live"])


@st.composite
def specs(draw, *, most_apis=4, scenarios=1500, plain=False, working=False):
    """A plan with few enough scenarios to try them all.

    Links and teams lead from later letters to earlier ones, so that nothing waits for itself;
    the plan holds the letters in any order. A plain one has only stages. A working one
    also has stages in working days.
    """
    names = "abcd"[: draw(st.integers(1, most_apis))]
    has_service = draw(st.booleans()) and not plain
    services = {"s": draw(WORKING if working else STAGES)} if has_service else {}
    spec = oracle.Spec(
        start=draw(STARTS),
        apis={name: (draw(STAGES), draw(STAGES)) for name in draw(st.permutations(names))},
        services=services,
    )
    while oracle.count(spec) > scenarios:
        name = draw(st.sampled_from(sorted(spec.apis)))
        still = oracle.Stage((1, 0), (1, 0))
        spec = oracle.Spec(spec.start, {**spec.apis, name: (still, still)}, services)
    if plain:
        return spec
    pairs = [(a, b) for a in names for b in names if b < a]
    pairs += [(a, "s") for a in names if services]
    links = draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    fates = {name: draw(st.sampled_from(["", "", "", "starts", "built", "done"])) for name in names}
    moved = {
        name: spec.start + timedelta(draw(st.integers(-40, 40)))
        for name, fate in fates.items()
        if fate in ("starts", "built")
    }
    teams = ()
    if draw(st.booleans()):
        which = {name: draw(st.integers(0, 1)) for name in names}
        teams = tuple(tuple(name for name in names if which[name] == team) for team in (0, 1))
        teams = tuple(tuple(n for n in team if fates[n] not in ("built", "done")) for team in teams)
    return oracle.Spec(
        start=spec.start,
        apis=spec.apis,
        services=services,
        links=tuple((a, b, draw(TO_BE), draw(BEFORE)) for a, b in links),
        starts={name: day for name, day in moved.items() if fates[name] == "starts"},
        built={name: day for name, day in moved.items() if fates[name] == "built"},
        done=frozenset(name for name, fate in fates.items() if fate == "done"),
        teams=teams,
        overlap=draw(st.booleans()),
    )


def time(stage):
    if isinstance(stage, oracle.WorkingStage):
        return WorkingDays(stage.shortest, stage.longest)
    return DurationRange(Duration(*stage.shortest), Duration(*stage.longest))


def api(name, technical, assurance):
    return Api(id=name, name=name, technical=technical, assurance=assurance)


def apis_of(spec):
    return [api(name, *map(time, stages)) for name, stages in spec.apis.items()]


def options_of(spec):
    """The arguments of `plan` besides the APIs, the start and the teams."""
    return {
        "starts": spec.starts,
        "built": spec.built,
        "done": spec.done,
        "links": [Link(a, b, to_be=to_be, before=before) for a, b, to_be, before in spec.links],
        "services": [Service(name, time(stage), "us") for name, stage in spec.services.items()],
        "overlap": "full" if spec.overlap else "none",
        "calendar": CALENDAR if counts_working_days(spec) else None,
    }


def planned(spec, start=None, **changes):
    """The library's plan for the spec."""
    arguments = {**options_of(spec), "teams": spec.teams or None, **changes}
    if "deadline" not in arguments:
        arguments["start"] = start or spec.start
    return plan(apis_of(spec), **arguments)


def counts_working_days(spec):
    stages = (*(stage for both in spec.apis.values() for stage in both), *spec.services.values())
    return any(isinstance(stage, oracle.WorkingStage) for stage in stages)
