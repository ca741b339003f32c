"""What plans cost: the bars of the design, and exact sums compared with simulation.

Run `python benchmarks/planning.py` (a minute), or with `--quick` to see that it runs. With
`--against CHECKOUT` each row is measured with that checkout's library too, in its own process right
after this one's; what it cannot do is left blank. Each figure is the least time of several runs, so
that a busy machine matters little; trust the ratios of one run more than the milliseconds.

How cost grows with length is measured in turns: ten plans of 10,000 stages, then one of 100,000,
by the time of the process. Both turns last as long, so what else runs on the machine disturbs both
alike; the least of each counts.

"By hand" is the forward pass over the 23 APIs as one would write it for one script, with this
library's durations and nothing else: no names, no windows, no sources, no checks. The simulation
draws 10,000 scenarios of the same uniform stages; its standard error is beside the exact value.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from nhs_api_catalogue import Api, DurationRange, Link, Uniform, catalogue, plan, suggest_teams

if TYPE_CHECKING:
    from collections.abc import Callable

START = date(2026, 1, 5)
FOUR = catalogue.select("PDS FHIR (Patient Access)", "eRS", "GP Connect Access Record", "MESH")
BY = date(2026, 12, 31)
PDS = "PDS FHIR (Patient Access)"
# What the specifications of the 23 name among the 23 (NHS England's own pages, 2022 to 2026).
LINKS = [
    *(Link("EPS", needed) for needed in ("DoS", "MESH", "ODS")),
    Link("GP Connect Access Record", "SDS", before="build"),
    Link("GP Connect Appointment Management", "SDS", before="build"),
    Link("GP Connect Send Document", "MESH", before="build"),
    Link("Wayfinder", "Patient Care Aggregator – Record Service"),
    Link("Wayfinder", "NHS App API"),
    Link("Patient Care Aggregator – Record Service", "NHS App API"),
    Link("Transfer of Care", "MESH", before="build"),
    Link("Vaccination Events", "MESH", before="build"),
    Link("BaRS", "DoS", before="build"),
    *(
        Link(api, PDS, before="assurance")
        for api in ("EPS", "eRS", "SCR FHIR", "GP Connect Access Record")
    ),
    Link("GP Connect Appointment Management", PDS),
    Link("GP Connect Send Document", PDS),
]


def least(run: Callable[[], Any], seconds: float) -> float:
    """The least time of one run, in milliseconds."""
    run()
    best, until = float("inf"), perf_counter() + seconds
    while True:
        began = perf_counter()
        run()
        ended = perf_counter()
        best = min(best, ended - began)
        if ended > until:
            return best * 1000


def growth(size: int, rounds: int, ask: Callable[[Any], object]) -> tuple[float, float]:
    """The milliseconds of ten plans of a tenth of the stages, and of one of all, in turns."""
    tenth, full = chain(size // 10), chain(size)
    ten = one = float("inf")
    for _ in range(rounds):
        began = process_time()
        for _ in range(10):
            ask(tenth())
        between = process_time()
        ask(full())
        ten, one = min(ten, between - began), min(one, process_time() - between)
    return ten * 1000, one * 1000


def show_growth(size: int, rounds: int) -> None:
    for name, ask in GROWING:
        ten, one = growth(size, rounds, ask)
        times = f"{10 * one / ten:.2f} times a tenth of the length, bar 10.5"
        print(f"{name:40}{one:12.3f}  {times}")


def whole() -> Any:
    return plan(catalogue, start=START, links=LINKS, allow_unavailable=True)


def by_hand() -> tuple[date, date]:
    earliest = latest = START
    for api in catalogue:
        first = api.assurance.shortest.after(api.technical.shortest.after(START))
        last = api.assurance.longest.after(api.technical.longest.after(START))
        earliest, latest = max(earliest, first), max(latest, last)
    return earliest, latest


def chain(stages: int) -> Callable[[], Any]:
    time = DurationRange.parse("0-1 days")
    apis = [
        Api(id=f"n{i}", name=f"N{i}", technical=time, assurance=time) for i in range(stages // 2)
    ]
    links = [Link(f"n{i + 1}", f"n{i}", before="build") for i in range(len(apis) - 1)]
    return lambda: plan(apis, start=START, links=links)


def simulated(runs: int = 10_000) -> float:
    draw = random.Random(0)

    def end(time: DurationRange, start: date) -> date:
        first, last = time.shortest.after(start), time.longest.after(start)
        return first + timedelta(draw.randint(0, (last - first).days))

    hits = 0
    for _ in range(runs):
        hits += all(end(api.assurance, end(api.technical, START)) <= BY for api in FOUR)
    return hits / runs


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only see that it runs")
    parser.add_argument("--against", metavar="CHECKOUT", help="another checkout to measure too")
    parser.add_argument("--growth", action="store_true", help="only the growth")
    parser.add_argument("--row", type=int, help="measure one row and print its milliseconds")
    options = parser.parse_args()
    seconds, size = (0.0, 2_000) if options.quick else (2.0, 100_000)
    rows = rows_of(size)
    if options.row is not None:
        print(least(rows[options.row][1], seconds))
        return
    if options.growth:
        show_growth(size, 1 if options.quick else 24)
        return
    print(f"Python {platform.python_version()}, milliseconds, least of the runs")
    for number, (name, run, note) in enumerate(rows):
        figures = f"{least(run, seconds):12.3f}"
        if options.against is not None:
            figures += f"{elsewhere(number, options):>12}"
        print(f"{name:40}{figures}  {note}".rstrip())
    show_growth(size, 1 if options.quick else 24)
    four = plan(FOUR, start=START)
    exact = four.probability(BY, assume=Uniform()).value
    print(f"exact {exact:.6f}, by simulation {simulated(1_000 if options.quick else 10_000):.4f}")


# What is asked of a chain of stages.
GROWING: list[tuple[str, Callable[[Any], object]]] = [
    ("growth: plan of a chain", lambda p: p.go_live),
    ("growth: with all its stages", lambda p: max(stage.finish.latest for stage in p.stages())),
    ("growth: with its last safe start", lambda p: p.latest_safe_start("2999-12-31")),
    ("growth: with what is critical", lambda p: p.criticality),
]


def elsewhere(number: int, options: argparse.Namespace) -> str:
    """The milliseconds of a row with the library of another checkout; no text if it cannot."""
    here = [sys.executable, __file__, f"--row={number}", *(["--quick"] * options.quick)]
    source = str(Path(options.against) / "src")
    done = subprocess.run(
        here, env={**os.environ, "PYTHONPATH": source}, capture_output=True, text=True, check=False
    )
    return f"{float(done.stdout):.3f}" if done.returncode == 0 else ""


def rows_of(size: int) -> list[tuple[str, Callable[[], Any], str]]:
    """What is measured: a name, what runs, and the bar."""
    open_apis = [api for api in catalogue if not api.notices]
    ten, twelve = open_apis[:10], open_apis[:12]
    made: dict[str, Any] = {}

    def four() -> Any:
        return made.setdefault("four", plan(FOUR, start=START))

    def everything() -> Any:
        return made.setdefault("everything", whole())

    return [
        ("23 APIs by hand, without links", by_hand, ""),
        ("plan: 4 APIs", lambda: plan(FOUR, start=START), ""),
        ("plan: 23 APIs with every link", whole, "bar 2 ms"),
        ("  their drivers, with the plan", lambda: whole().drivers, ""),
        ("  their criticality, with the plan", lambda: whole().criticality, ""),
        ("  latest safe start", lambda: everything().latest_safe_start("2028-01-05"), ""),
        ("  against a deadline", lambda: everything().against("2028-01-05"), ""),
        (f"plan: chain of {size // 10:,} stages", chain(size // 10), ""),
        (f"plan: chain of {size:,} stages", chain(size), "see the growth below"),
        (
            "probability: 4 APIs, with the plan",
            lambda: plan(FOUR, start=START).probability(BY, assume=Uniform()),
            "",
        ),
        ("probability: 4 APIs", lambda: four().probability(BY, assume=Uniform()), "bar 1 ms"),
        ("  the same by 10,000 scenarios", simulated, "error 0.004"),
        ("quantile: 4 APIs", lambda: four().quantile(0.8, assume=Uniform()), ""),
        (
            "probability: 23 APIs with every link",
            lambda: everything().probability("2027-02-01", assume=Uniform()),
            "",
        ),
        ("suggest_teams: 4 APIs, 2 teams", lambda: suggest_teams(FOUR, 2, start=START), ""),
        ("suggest_teams: 10 APIs, 2 teams", lambda: suggest_teams(ten, 2, start=START), ""),
        (
            "suggest_teams: 12 APIs, 3 teams",
            lambda: suggest_teams(twelve, 3, start=START),
            "bar 300 ms",
        ),
        (
            "suggest_teams: 22 APIs, 4 teams",
            lambda: suggest_teams(open_apis, 4, start=START),
            "bar 2,000 ms",
        ),
        (
            "  the same for a deadline",
            lambda: suggest_teams(open_apis, 4, deadline="2029-06-08"),
            "bar 2,000 ms",
        ),
    ]


if __name__ == "__main__":
    main()
