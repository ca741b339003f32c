"""What likelihood costs, compared with another checkout and with simulation.

Run `python benchmarks/likelihood.py --before CHECKOUT` (some minutes), or with `--quick` to see
that it runs. Without `--before` only this checkout is measured. Each checkout runs in processes of
its own, in turns; each figure is the least of its runs, and each run has a plan of its own, so that
nothing is cached from one to the next. Trust the ratios of one run more than the milliseconds.

The product is four APIs with what official sources require of them, each service in 2-6 weeks, for
two teams. The simulation draws 10,000 scenarios of it in the same run. `--patient` lets the other
checkout sum the product without its limit of steps, which takes a minute or more: its sums have a
different order, so the difference is the error of both.

`--random N` asks in place of all that for the middle day of N random plans, in which teams, links
and services are so entangled that many sums are too costly, and says how wide the intervals are.
`--last N` asks how likely each API of these plans goes live last that may and need not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Literal

from nhs_api_catalogue import (
    Api,
    CatalogueError,
    DurationRange,
    Link,
    PertBeta,
    Service,
    Triangular,
    Uniform,
    catalogue,
    plan,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhs_api_catalogue import Plan, Probability

HERE = Path(__file__).resolve()
START = date(2026, 1, 5)
PDS, ERS, RECORD, MESH, SDS = (
    "pds-fhir-patient-access",
    "e-rs",
    "gp-connect-access-record",
    "mesh",
    "sds",
)
FOUR = (PDS, ERS, RECORD, MESH)
# What official sources require of the four, by service: which APIs need it, and before what.
NEEDS = {
    "Use case approval": {PDS: "assurance", ERS: "build", RECORD: "build", MESH: "build"},
    "ODS code": {PDS: "assurance", MESH: "build"},
    "DSPT": {PDS: "assurance", MESH: "assurance"},
    "National Service Desk registration": {PDS: "assurance", MESH: "assurance"},
    "SCAL": {ERS: "assurance", RECORD: "assurance"},
    "NHS login": {PDS: "build"},
    "DCB0129": {RECORD: "assurance"},
    "Information governance model": {RECORD: "assurance"},
    "HSCN": {RECORD: "assurance"},
    "Spine Secure Proxy": {RECORD: "build"},
    "Connection agreement": {MESH: "go_live"},
}
# What the specifications of the 22 name among the 22.
OFFICIAL = [
    *(("EPS", needed, "go_live") for needed in ("DoS", "MESH", "ODS")),
    (RECORD, SDS, "build"),
    ("GP Connect Send Document", MESH, "build"),
    ("Wayfinder", "Patient Care Aggregator – Record Service", "go_live"),
    ("Wayfinder", "NHS App API", "go_live"),
    ("Patient Care Aggregator – Record Service", "NHS App API", "go_live"),
    ("Transfer of Care", MESH, "build"),
    ("Vaccination Events", MESH, "build"),
    ("BaRS", "DoS", "build"),
    *((api, PDS, "assurance") for api in ("EPS", ERS, "SCR FHIR", RECORD)),
    ("GP Connect Send Document", PDS, "go_live"),
]


def bare() -> Plan:
    return plan(catalogue.select(*FOUR), start=START)


def product() -> Plan:
    services = [Service(name, "2-6 weeks", "us") for name in NEEDS]
    links = [
        Link(api, name, before=before)
        for name, needed in NEEDS.items()
        for api, before in needed.items()
    ]
    links += [
        Link("DSPT", "ODS code", before="build"),
        Link(RECORD, SDS, before="build"),
        Link(RECORD, PDS, before="assurance"),
    ]
    return plan(
        catalogue.select(*FOUR, SDS),
        start=START,
        services=services,
        links=links,
        teams=[[PDS, ERS, SDS], [MESH, RECORD]],
    )


def official() -> Plan:
    links = [Link(api, needed, before=before) for api, needed, before in OFFICIAL]
    return plan([api for api in catalogue if not api.notices], start=START, links=links)


def six() -> Plan:
    return plan([api for api in catalogue if not api.notices][:6], start=START)


def near() -> Plan:
    """Six APIs, any of which can be last, with half of their time in common."""
    time = DurationRange.parse("3-6 months")
    apis = [Api(id=f"n{i}", name=f"N{i}", technical=time, assurance=time) for i in range(6)]
    return plan(apis, start=START)


def entangled(seed: int) -> Plan:
    """12 to 22 APIs with links, services that several wait for, and three or four teams."""
    draw = random.Random(seed)
    known = [api for api in catalogue if not api.notices]
    ids = [api.id for api in draw.sample(known, draw.randint(12, 22))]
    milestones: list[Literal["build", "assurance", "go_live"]] = ["build", "assurance", "go_live"]
    links = [
        Link(api, draw.choice(ids[:place]), before=draw.choice(milestones))
        for place, api in enumerate(ids)
        if place
        for _ in range(draw.choice([0, 0, 1, 1, 2]))
    ]
    services: list[Service] = []
    for place in range(draw.randint(2, 6)):
        time = draw.choice(["2-6 weeks", "1-3 months", "2-7 months", "3-12 months"])
        services.append(Service(f"service {place}", time, "us"))
        links += [
            Link(api, f"service {place}", before=draw.choice(milestones))
            for api in draw.sample(ids, draw.randint(2, 6))
        ]
    teams: list[list[str]] = [[] for _ in range(draw.choice([3, 4]))]
    for api in ids:
        draw.choice(teams).append(api)
    return plan(
        catalogue.select(*ids),
        start=START,
        links=links,
        services=services,
        teams=[team for team in teams if team],
    )


def wide(count: int) -> None:
    """How wide the intervals of random plans are."""
    widths: list[float] = []
    for seed in range(count):
        p = entangled(seed)
        window = p.go_live
        day = window.earliest + (window.latest - window.earliest) // 2
        widths.append(timed(f"{seed:4}", partial(p.probability, day, assume=Uniform())))
    tell(widths)


def last(count: int) -> None:
    """How wide the intervals are for each API that may go live last, and need not."""
    widths: list[float] = []
    for seed in range(count):
        p = entangled(seed)
        drivers = p.drivers
        for api in p.request.apis:
            if api.name in drivers.possible and api.name not in drivers.certain:
                said = f"{seed:4} {api.name:32.32}"
                widths.append(timed(said, partial(p.driver_probability, api.id, assume=Uniform())))
    tell(widths)


def timed(said: str, ask: Callable[[], Probability]) -> float:
    """Print an answer and what it cost, and return how wide it is."""
    began = process_time()
    found = ask()
    took = process_time() - began
    print(
        f"{said}: {found.lower:.4f} to {found.upper:.4f}, {took * 1000:6.0f} ms of CPU", flush=True
    )
    return found.upper - found.lower


def tell(widths: list[float]) -> None:
    """Print how many answers are exact, and how wide the others are."""
    wider = [round(width, 4) for width in sorted(widths) if width > 1e-3]
    exact = sum(width < 1e-12 for width in widths)
    rest = len(widths) - exact - len(wider)
    print(f"{exact} exact, {rest} within 0.001, {len(wider)} wider: {wider}")


def questions(make: Callable[[], Plan], *, curves: bool = True) -> dict[str, Callable[[], Any]]:
    """Each question to a plan of its own; the day is the middle of its window."""
    window = make().go_live
    day = window.earliest + (window.latest - window.earliest) // 2
    found: dict[str, Callable[[], Any]] = {
        "probability": lambda: make().probability(day, assume=Uniform()).value,
        "probability, triangular": lambda: make().probability(day, assume=Triangular(0.5)).value,
        "probability, PERT": lambda: make().probability(day, assume=PertBeta(0.5)).value,
        "quantile 0.2": lambda: make().quantile(0.2, assume=Uniform()),
        "quantile 0.8": lambda: make().quantile(0.8, assume=Uniform()),
    }
    if curves:
        found["driver_probability"] = lambda: (
            make().driver_probability(RECORD, assume=Uniform()).value
        )
        found["likelihood_svg"] = lambda: len(make().likelihood_svg(assume=Uniform()))
    return found


def asked() -> dict[str, Callable[[], Any]]:
    """Every question by its name, and making the plans alone."""
    found: dict[str, Callable[[], Any]] = {}
    for name, make in (("4 APIs", bare), ("product", product), ("22 APIs, every link", official)):
        found[f"{name}: the plan alone"] = make
        of = questions(make, curves=make is not official)
        found |= {f"{name}: {question}": ask for question, ask in of.items()}
    found["6 APIs: likelihood_svg"] = lambda: len(six().likelihood_svg(assume=Uniform()))
    found["6 alike: likelihood_svg"] = lambda: len(near().likelihood_svg(assume=Uniform()))
    return found


def measure(seconds: float) -> dict[str, tuple[float | None, str]]:
    """The least time of each question in milliseconds, and its answer; None if it is refused."""
    found: dict[str, tuple[float | None, str]] = {}
    for name, ask in asked().items():
        try:
            answer = ask()
        except CatalogueError as error:
            found[name] = None, type(error).__name__
            continue
        best, until = float("inf"), perf_counter() + seconds
        while True:
            began = perf_counter()
            ask()
            ended = perf_counter()
            best = min(best, ended - began)
            if ended > until:
                break
        shown = repr(answer) if isinstance(answer, float) else str(answer)
        found[name] = best * 1000, shown.partition("\n")[0][:24]
    return found


def simulated(p: Plan, day: date, runs: int) -> float:
    """How often all is live by a day, if the end of every stage is drawn at random."""
    draw = random.Random(0)
    request = p.request
    links: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for link in request.links:
        links.setdefault((link.api, link.before), []).append((link.needs, link.to_be))
    before = {second: first for team in request.teams for first, second in pairwise(team)}

    def end(time: DurationRange, start: date) -> date:
        first, last = time.shortest.after(start), time.longest.after(start)
        return first + timedelta(draw.randint(0, (last - first).days))

    hits = 0
    for _ in range(runs):
        built: dict[str, date] = {}
        live: dict[str, date] = {}

        def needs(
            name: str, stage: str, built: dict[str, date] = built, live: dict[str, date] = live
        ) -> list[date]:
            return [
                (live if to_be == "live" else built)[one]
                for one, to_be in links.get((name, stage), ())
            ]

        services = {one.name: one for one in request.services}
        apis = {api.id: api for api in request.apis}
        for name in ("ODS code", *(name for name in services if name != "ODS code")):
            live[name] = end(services[name].time, max([START, *needs(name, "build")]))
        for name in (PDS, ERS, SDS, MESH, RECORD):
            own = [START, *needs(name, "build")]
            if name in before:
                own.append(built[before[name]])
            built[name] = end(apis[name].technical, max(own))
            done = end(apis[name].assurance, max([built[name], *needs(name, "assurance")]))
            live[name] = max([done, *needs(name, "go_live")])
        hits += max(live.values()) <= day
    return hits / runs


def other(checkout: Path, *arguments: str) -> Any:
    """What this script says when it runs with the library of a checkout."""
    environment = os.environ | {"PYTHONPATH": str(checkout / "src")}
    done = subprocess.run(
        [sys.executable, str(HERE), *arguments], env=environment, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def patient() -> float:
    """The value of the product, without a limit of steps."""
    from nhs_api_catalogue.planning import sums  # noqa: PLC0415

    sums.MOST_STEPS = 10**12
    return float(questions(product)["probability"]())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only see that it runs")
    parser.add_argument("--before", type=Path, help="another checkout to measure beside this one")
    parser.add_argument("--patient", action="store_true", help="sum the product there, unlimited")
    parser.add_argument("--only-measure", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--only-sum", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--random", type=int, help="how wide the intervals of random plans are")
    parser.add_argument("--last", type=int, help="the same for who goes live last in them")
    options = parser.parse_args()
    if options.random is not None:
        wide(options.random)
        return
    if options.last is not None:
        last(options.last)
        return
    if options.only_measure is not None:
        print(json.dumps(measure(options.only_measure)))
        return
    if options.only_sum:
        print(json.dumps(patient()))
        return
    seconds, runs = ("0", 200) if options.quick else ("0.5", 10_000)
    rounds = 1 if options.quick or options.before is None else 2
    here: list[dict[str, Any]] = []
    there: list[dict[str, Any]] = []
    for _ in range(rounds):
        here.append(other(HERE.parents[1], "--only-measure", seconds))
        if options.before is not None:
            there.append(other(options.before, "--only-measure", seconds))
    print(f"Python {platform.python_version()}, milliseconds with the plan, least of the runs")
    print(f"{'':38}{'here':>10}{'before':>10}{'ratio':>8}  answer here | before")
    for name in here[0]:
        mine, theirs = (least([found[name] for found in side]) for side in (here, there))
        ratio = f"{mine[0] / theirs[0]:8.3f}" if mine[0] and theirs[0] else " " * 8
        print(f"{name:38}{shown(mine[0])}{shown(theirs[0])}{ratio}  {mine[1]} | {theirs[1]}")
    p = product()
    window = p.go_live
    day = window.earliest + (window.latest - window.earliest) // 2
    began = perf_counter()
    drawn = simulated(p, day, runs)
    took = (perf_counter() - began) * 1000
    exact = p.probability(day, assume=Uniform()).value
    print(f"product by {runs:,} scenarios: {took:.0f} ms, {drawn:.4f}; exact {exact!r}")
    if options.patient and options.before is not None:
        summed = other(options.before, "--only-sum")
        print(f"product without a limit before: {summed!r}, difference {abs(summed - exact):.1e}")


def least(found: list[tuple[float | None, str]]) -> tuple[float | None, str]:
    """The least of several runs."""
    if not found or found[0][0] is None:
        return found[0] if found else (None, "")
    return min(time for time, _ in found if time is not None), found[0][1]


def shown(time: float | None) -> str:
    return f"{'-':>10}" if time is None else f"{time:10.2f}"


if __name__ == "__main__":
    main()
