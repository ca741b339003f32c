"""Time and peak memory of reading, against 100 times the records."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import attrs

from nhs_api_catalogue import Catalogue, catalogue, dump

if TYPE_CHECKING:
    from pathlib import Path

MOST_TIME = 130
MOST_MEMORY = 6
SMALL = 1_000
ONE = """
import resource, sys, time
from nhs_api_catalogue import InvalidFileError, load
path = sys.argv[1]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
best = None
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    try:
        load(path, max_bytes=10**9)
    except InvalidFileError as error:
        error.problems
    took = time.perf_counter() - began
    best = took if best is None else min(best, took)
print(best, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def many(count: int) -> Catalogue:
    """A catalogue of so many records, each with names and an id of its own."""
    records = list(catalogue)
    made = (
        attrs.evolve(
            records[place % len(records)],
            id=f"{records[place % len(records)].id}-{place}",
            name=f"{records[place % len(records)].name} {place}",
            aliases=(f"alias {place}",),
            edition=None,
            overlay=None,
        )
        for place in range(count)
    )
    return Catalogue(made, catalogue.edition)


def measured(path: Path, rounds: int) -> tuple[float, int]:
    """Seconds and bytes that reading takes, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", ONE, str(path), str(rounds)],
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak)


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    rows = []
    for what, spoil in (("without a fault", False), ("with a fault in every record", True)):
        figures = []
        for size in (SMALL, SMALL * 100):
            path = folder / f"{size}.json"
            dump(many(size), path)
            if spoil:
                text = path.read_text("utf-8").replace('"technical": "', '"technical": "about ')
                path.write_text(text, "utf-8")
            length = path.stat().st_size
            seconds, peak = measured(path, 3 * count if size == SMALL else count)
            figures.append((length, seconds, peak))
        (length, small, _), (large_length, large, peak) = figures
        time_ratio = large / small / (large_length / length / 100)
        memory = peak / large_length
        rows += [
            (
                f"100 x the file {what}: {time_ratio:.0f} x the time ({small:.2f}, {large:.1f} s)",
                1,
                int(time_ratio > MOST_TIME),
            ),
            (
                f"peak memory {what}: {memory:.1f} x the file of {large_length / 1e6:.0f} MB",
                1,
                int(memory > MOST_MEMORY),
            ),
        ]
    return rows
