"""No growth over many plans, and what a record takes, beside another checkout if one is named."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

from size import many

from nhs_api_catalogue import catalogue, plan

if TYPE_CHECKING:
    from pathlib import Path

MOST_GROWTH = 50_000
# Of the bytes a record takes in the other checkout.
MOST = 0.8
RECORDS = 100_000
TAKEN = """
import gc, sys, tracemalloc
from nhs_api_catalogue import load
load(sys.argv[1])
gc.collect()
tracemalloc.start()
before = tracemalloc.get_traced_memory()[0]
records = load(sys.argv[2], max_bytes=10**9)
gc.collect()
print((tracemalloc.get_traced_memory()[0] - before) / len(records))
"""


def run(count: int, folder: Path, pythons: list[str]) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    some = catalogue.select("eRS", "MESH", "GP Connect Access Record")
    growth = []
    tracemalloc.start()
    for step in range(count):
        p = plan(some, start="2026-01-05")
        assert p.drivers.possible
        if step in (count // 10, count - 1):
            del p
            gc.collect()
            growth.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    grown = growth[-1] - growth[0]
    rows = [
        (
            f"plans, {grown:,} bytes more at the end than after a tenth",
            count,
            int(grown > MOST_GROWTH),
        )
    ]
    paths = [folder / "few.json", folder / "many.json"]
    for path, records in zip(paths, (20, RECORDS), strict=True):
        path.write_text(json.dumps(many(records)), "utf-8")
    each = [taken(python, paths) for python in (sys.executable, *pythons)]
    rows.append((f"records of a file that is loaded, {each[0]:,.0f} bytes each", RECORDS, 0))
    for other in each[1:]:
        ratio = each[0] / other
        rows.append((f"the same, {ratio:.2f} x of {other:,.0f} bytes", RECORDS, int(ratio > MOST)))
    return rows


def taken(python: str, paths: list[Path]) -> float:
    """The bytes that a record takes by another interpreter, or in another checkout."""
    done = subprocess.run(
        [python, "-c", TAKEN, *map(str, paths)], capture_output=True, check=True, text=True
    )
    return float(done.stdout)
