"""Plans as type checkers see them: what they give, and the mistakes they catch.

Never run. Each expected error must occur, for mypy and for pyright.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, assert_type

from nhs_api_catalogue import (
    Api,
    Criticality,
    DeadlineReport,
    Distribution,
    Drivers,
    DurationRange,
    Likelihoods,
    Link,
    PartAgainst,
    PertBeta,
    Plan,
    PlanComparison,
    PlannedApi,
    PlannedPart,
    PlannedPath,
    PlannedService,
    PlannedStage,
    PlanRequest,
    Prerequisite,
    Probability,
    SavedPlan,
    Service,
    Shift,
    Status,
    TeamSearch,
    Triangular,
    Uniform,
    Window,
    WorkingCalendar,
    WorkingDays,
    catalogue,
    dump_plan,
    dumps_plan,
    england,
    load_plan,
    loads_plan,
    plan,
    plan_for,
    suggest_teams,
)

apis = catalogue.select("eRS", "MESH")
own_dates: dict[str, date] = {"eRS": date(2026, 1, 5)}
own_texts: dict[str, str] = {"eRS": "2026-01-05"}

# ---- what comes back ----

p = plan(
    apis,
    start="2026-01-05",
    starts=own_dates,
    built=own_texts,
    done=["MESH", catalogue["eRS"]],
    links=[Link("eRS", catalogue["MESH"], to_be="built", before="assurance")],
    services=[Service("HSCN", "2-4 months", "our provider")],
    teams=[["eRS", "MESH"], ("PDS",)],
    overlap="full",
)
assert_type(p, Plan)
assert_type(plan(list(apis), deadline=date(2026, 1, 5)), Plan)
assert_type(plan_for(p.request), Plan)
assert_type(p.request, PlanRequest)
assert_type(p.request.links, tuple[Link, ...])
assert_type(p.start, date)
assert_type(p.go_live, Window)
assert_type(p["MESH"], PlannedApi)
assert_type(p["MESH"].api, Api)
assert_type("MESH" in p, bool)
assert_type(p.items(), tuple[PlannedApi | PlannedService, ...])
assert_type(p.items()[0].name, str)
assert_type(p.stages(), Sequence[PlannedStage])
assert_type(p.with_prerequisites(catalogue, choose={"pds-access": catalogue["MESH"]}), Plan)
assert_type(p["MESH"].stages[0], PlannedStage)
assert_type(p["MESH"].built, date | None)
assert_type(p.planned, tuple[PlannedApi, ...])
assert_type(p.services[0], PlannedService)
assert_type(p.services[0].service.time, DurationRange | WorkingDays)
assert_type(p.stages()[0].time, DurationRange | WorkingDays)
assert_type(plan(catalogue, start="2026-01-05", calendar=england()), Plan)
assert_type(Service("HSCN", WorkingDays(5, 10), source="us"), Service)
assert_type(p.request.calendar, WorkingCalendar | None)
assert_type(p.missing_prerequisites().by_need(), dict[str, tuple[Prerequisite, ...]])
assert_type(p.missing_prerequisites().name_of(catalogue["eRS"].prerequisites[0]), str)
assert_type(p.criticality, Criticality)
assert_type(p.criticality.of("eRS"), str)
assert_type(p.criticality.lines(), tuple[str, ...])
assert_type(p.against("2028-03-31", assume=[Uniform()]), DeadlineReport)
assert_type(p.against("2028-03-31", on=date(2027, 1, 11)).misses, tuple[str, ...])
assert_type(p.against("2028-03-31").past, tuple[PartAgainst, ...])
assert_type(p.against("2028-03-31").margin, tuple[int, int])
assert_type(p["MESH"].start, Window)
assert_type(p.services[0].start, Window)
parts: list[PlannedPart] = [*p.items(), *p.stages()]
assert_type(parts[0].status("2028-03-31"), Status)
assert_type(parts[0].latest_start("2028-03-31"), Window)
assert_type(parts[0].latest_finish("2028-03-31"), Window)
assert_type(parts[0].latest_safe_start(date(2028, 3, 31)), date)
assert_type(parts[0].slack("2028-03-31"), tuple[int, int])
assert_type(p.drivers, Drivers)
assert_type(p.drivers.possible, tuple[str, ...])
assert_type(p.status("2026-12-31"), Status)
assert_type(p.latest_safe_start("2026-12-31"), date)
assert_type(p.last_chance_start(date(2026, 12, 31)), date)
assert_type(p.probability("2026-12-31", assume=Uniform()), Probability)
assert_type(float(p.driver_probability("eRS", assume=Triangular(0.5))), float)
assert_type(p.quantile(0.8, assume=PertBeta(0.5)), date)
assert_type(
    p.probability("2026-12-31", assume="pert:0.5", tolerance=0.01, budget=10**6), Probability
)
assert_type(p.criticality_probability("eRS", assume="uniform"), Probability)
assert_type(p.driver_probability("eRS", assume="uniform", tolerance=0.01), Probability)
assert_type(p.criticality_probability("eRS", assume="uniform", budget=10**6), Probability)
assert_type(p.likelihoods("2026-12-31"), Likelihoods)
assert_type(p.likelihoods("2026-12-31", tolerance=0.01, budget=10**6), Likelihoods)
assert_type(list(p.likelihoods("2026-12-31")), list[Probability])
assert_type(p.distribution(assume="uniform"), Distribution)
assert_type(p.distribution(assume=Uniform()).probability("2026-12-31"), Probability)
assert_type(p.distribution(assume=Uniform()).quantile(0.8), date)
assert_type(p.distribution(assume=Uniform()).quantile_window(0.8), Window)
assert_type(p.paths("eRS"), tuple[PlannedPath, ...])
assert_type(p.compare(p), PlanComparison)
assert_type(p.compare(p).go_live, Shift)
assert_type(p.rows(), list[dict[str, Any]])
assert_type(p.to_json(), str)
assert_type(p.warnings, tuple[str, ...])
assert_type(p.assumptions, tuple[str, ...])
assert_type(p.to_mermaid(), str)
assert_type(p.to_ical(title="ours", stamp=date(2026, 1, 5)), bytes)
assert_type(p.to_mspdi(title="ours", at="earliest"), bytes)
assert_type(suggest_teams(apis, 2, start="2026-01-05", progress=print), Plan)
assert_type(suggest_teams(apis, 2, deadline="2028-03-31"), Plan)
assert_type(p.with_prerequisites(catalogue, teams=2), Plan)
assert_type(p.with_prerequisites(catalogue, teams=[["MESH"]], progress=print), Plan)
assert_type(p.request.search, TeamSearch | None)
search = TeamSearch(2, 0, "The best.", ())
assert_type(search.holds_for(p.request), bool)

# ---- mistakes ----

plan(["eRS"], start="2026-01-05")  # type: ignore[list-item]
plan(apis, start=20260105)  # type: ignore[arg-type]
plan(apis, start="2026-01-05", overlap="half")  # type: ignore[arg-type]
Link("eRS", "MESH", before="golive")  # type: ignore[arg-type]
Link("eRS", "MESH", "live")  # type: ignore[call-arg]
Service("HSCN", 3, "us")  # type: ignore[arg-type]
p.probability("2026-12-31")  # type: ignore[call-arg]
assert_type(p.probability("2026-12-31", assume="uniform"), Probability)
p.probability("2026-12-31", assume=None)  # type: ignore[arg-type]
p[0]  # type: ignore[index]
list(p)  # type: ignore[call-overload]
p.to_mspdi(at="late")  # type: ignore[arg-type]
p.to_ical(stamp="2026-01-05")  # type: ignore[arg-type]
p.compare(None)  # type: ignore[arg-type]
plan_for(None)  # type: ignore[arg-type]
p.start = date(2026, 1, 5)  # type: ignore[misc]

dump_plan(p, "plan.json")
dump_plan(p.request, "plan.json")  # type: ignore[arg-type]
assert_type(dumps_plan(p), str)
saved = load_plan("plan.json", catalogue=catalogue)
assert_type(saved, SavedPlan)
assert_type(saved.comparison, PlanComparison)
assert_type(saved.changed_records, tuple[str, ...])
assert_type(saved.changed_statements, tuple[str, ...])
assert_type(loads_plan(dumps_plan(p)).plan, Plan)
assert_type(saved.comparison, PlanComparison)
assert_type(saved.changed_records, tuple[str, ...])
