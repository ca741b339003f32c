"""What working days cost, compared with other libraries, and what they cost plans without them.

    python benchmarks/working_days.py [--quick] [--against CHECKOUT]

The first table has the time of one date from ten and from 250 working days, with the same bank
holidays for all, the least of many short blocks that take turns. Libraries that are not installed
are left out. numpy works on whole arrays at once; here it is given one date, as in a plan.

With another checkout, such as an older commit, the second table has the time of plans without a
calendar in both: fresh processes take turns, each gives its least time, and the median of the
ratios of ours to theirs is shown.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from statistics import median
from timeit import Timer
from typing import TYPE_CHECKING

from nhs_api_catalogue import england

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[date, int], object]

STARTS = (date(2026, 12, 18), date(2026, 1, 5), date(2027, 3, 12))
HOLIDAYS = [one.first for one in england().holidays]

SETTING = """
from nhs_api_catalogue import Link, Service, catalogue, plan
four = catalogue.select("PDS FHIR (Patient Access)", "eRS", "GP Connect Access Record", "MESH")
links = [Link(api, "PDS FHIR (Patient Access)", before="assurance") for api in ("eRS", "MESH")]
service = Service("HSCN", "2-4 months", "us")
p = plan(four, start="2026-01-05", links=links, services=[service])
"""
PLANS = {
    "plan of 4 APIs": "plan(four, start='2026-01-05')",
    "plan of 4 APIs, links and a service": (
        "plan(four, start='2026-01-05', links=links, services=[service])"
    ),
    "plan of all 23 APIs": "plan(catalogue, start='2026-01-05', allow_unavailable=True)",
    "its latest safe start": "p.latest_safe_start('2028-01-05')",
    "its drivers, with the plan": (
        "plan(four, start='2026-01-05', links=links, services=[service]).drivers"
    ),
    "its warnings, with the plan": "plan(four, start='2026-01-05').warnings",
}


def others() -> dict[str, Answer]:
    """How each library that is installed finds the n-th working day after a date."""
    found: dict[str, Answer] = {}
    if find_spec("numpy"):
        np = import_module("numpy")
        calendar = np.busdaycalendar(holidays=HOLIDAYS)
        found["numpy busday_offset"] = lambda day, n: np.busday_offset(
            day, n, roll="backward", busdaycal=calendar
        ).item()
    if find_spec("pandas"):
        pd = import_module("pandas")
        found["pandas CustomBusinessDay"] = lambda day, n: (
            pd.Timestamp(day) + pd.offsets.CustomBusinessDay(n, holidays=HOLIDAYS)
        )
    if find_spec("holidays"):
        country_holidays = import_module("holidays").country_holidays
        found["holidays get_nth_working_day"] = country_holidays(
            "GB", subdiv="ENG"
        ).get_nth_working_day
    if find_spec("govuk_bank_holidays"):
        holidays = import_module("govuk_bank_holidays.bank_holidays").BankHolidays
        division = holidays.ENGLAND_AND_WALES
        walk = holidays(use_cached_holidays=True).work_days_after
        found["govuk-bank-holidays work_days_after"] = lambda day, n: next(
            islice(walk(division=division, date=day), n - 1, None)
        )
    return found


def microseconds(answers: dict[str, Answer], n: int, rounds: int) -> dict[str, float]:
    """The least time of one answer of each library, all in turn."""
    timers = {
        name: Timer(lambda answer=answer: [answer(day, n) for day in STARTS])
        for name, answer in answers.items()
    }
    counts = {name: max(1, int(0.01 / max(t.timeit(1), 1e-7))) for name, t in timers.items()}
    least = dict.fromkeys(timers, float("inf"))
    for _ in range(rounds):
        for name, timer in timers.items():
            taken = timer.timeit(counts[name]) / counts[name] / len(STARTS)
            least[name] = min(least[name], 1e6 * taken)
    return least


def milliseconds(code: str, source: Path, *, quick: bool) -> float:
    """The least time of the code in a fresh process."""
    repeats, number = (1, 1) if quick else (7, 20)
    asked = f"min(timeit.repeat({code!r}, setup, number={number}, repeat={repeats})) / {number}"
    done = subprocess.run(
        [sys.executable, "-c", f"import timeit; setup = {SETTING!r}; print({asked})"],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    return 1000 * float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, to see that it works")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another checkout")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}")
    calendar = england()
    answers: dict[str, Answer] = {"this library": calendar.after, **others()}
    ten, many = (microseconds(answers, n, 2 if options.quick else 60) for n in (10, 250))
    print(f"{'10 days':>9} {'250 days':>9}  microseconds for one date")
    for name in answers:
        print(f"{ten[name]:9.2f} {many[name]:9.2f}  {name}")
    if options.against is None:
        return
    ours = Path(__file__).resolve().parent.parent / "src"
    theirs = options.against.resolve() / "src"
    rounds = 2 if options.quick else 15
    print(f"\n{'ms':>8} {'other':>8} {'ratio':>6}  without a calendar, median of {rounds}")
    for name, code in PLANS.items():
        taken = [
            [milliseconds(code, source, quick=options.quick) for source in (ours, theirs)]
            for _ in range(rounds)
        ]
        here, there = (median(column) for column in zip(*taken, strict=True))
        print(f"{here:8.3f} {there:8.3f} {median(a / b for a, b in taken):6.2f}  {name}")


if __name__ == "__main__":
    main()
