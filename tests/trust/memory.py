"""No growth over many plans, and what a record takes."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

from size import many

from nhs_api_catalogue import catalogue, dump, load, plan

if TYPE_CHECKING:
    from pathlib import Path

MOST_GROWTH = 50_000


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
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
    grown = growth[-1] - growth[0]
    rows = [
        (
            f"plans, {grown:,} bytes more at the end than after a tenth",
            count,
            int(grown > MOST_GROWTH),
        )
    ]
    records = 10_000
    path = folder / "many.json"
    dump(many(records), path)
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    loaded = load(path)
    gc.collect()
    each = (tracemalloc.get_traced_memory()[0] - before) / records
    tracemalloc.stop()
    rows.append((f"records of a file that is loaded, {each:,.0f} bytes each", len(loaded), 0))
    return rows
