"""Time and peak memory of reading a file, compared with one that has a hundred times as much."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from nhs_api_catalogue import catalogue, dumps, dumps_overlay, dumps_plan, load, plan
from nhs_api_catalogue.official import bundled_overlay

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_TIME = 130
MOST_MEMORY = 6
# What ten thousand faults may take besides: a `Problem` with its texts, and for `validate` its
# line. A list in a file, which may be a fault, has only 2 bytes. One row of 100,000 keys and values
# takes as much.
MORE_MEMORY = 16_000_000

# The readers. What they need besides the file is loaded, and each has read something, before.
READERS = {
    "load": "n.load(path, max_bytes=10**9)",
    "loads": "n.loads(open(path, 'rb').read(), max_bytes=10**9)",
    "load_overlay": "n.load_overlay(path, n.catalogue, max_bytes=10**9)",
    "load_plan": "n.load_plan(path, catalogue=records, max_bytes=10**9)",
    "validate": "main(['validate', path, '--max-bytes', str(10**9)])",
    "validate --official": "main(['validate', '--official', path, '--max-bytes', str(10**9)])",
}
# The small file is read until a second is over, before the large one and after it, because other
# programs disturb the clock. The peak is that of this process alone, VmHWM of proc(5):
# `getrusage` begins with that of the process that started it.
ONE = """
import contextlib, io, os, sys, time
import nhs_api_catalogue as n
from nhs_api_catalogue.__main__ import main
small, large, more = sys.argv[1:]
records = n.load(more, max_bytes=10**9) if more else None
def read(path):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return READ
    except n.InvalidFileError as error:
        return len(error.problems)
def spent(path, least):
    rounds, began = 0, time.process_time()
    while rounds < 1 or time.process_time() - began < least:
        read(path)
        rounds += 1
    return (time.process_time() - began) / rounds
def memory(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if name in line) * 1024
first = spent(small, 1)
before = memory("VmRSS")
open("/proc/self/clear_refs", "w").write("5")
long = spent(large, 0)
peak = memory("VmHWM") - before
# Both that were measured around the large one count.
print((first + spent(small, 1)) / 2, long, peak)
"""


def many(count: int) -> dict[str, Any]:
    """A file of so many records, each with a name, an alias and an id of its own."""
    document = json.loads(dumps(catalogue))
    rows = document["apis"]
    document["apis"] = [
        {
            **rows[place % len(rows)],
            "id": f"{rows[place % len(rows)]['id']}-{place}",
            "name": f"{rows[place % len(rows)]['name']} {place}",
            "aliases": [f"alias {place}"],
        }
        for place in range(count)
    ]
    return document


def many_statements(count: int) -> dict[str, Any]:
    """An overlay with about so many statements: those of one API, with ids of their own."""
    document = json.loads(dumps_overlay(bundled_overlay().about("mesh")))
    sections = {key: rows for key, rows in document.items() if isinstance(rows, list)}
    ids = {row["id"] for key in ("sources", "entries", "services") for row in document[key]}

    def renamed(value: Any, key: str, place: int) -> Any:
        if isinstance(value, dict):
            return {inner: renamed(one, inner, place) for inner, one in value.items()}
        if isinstance(value, list):
            return [renamed(one, key, place) for one in value]
        is_id = key in ("id", "source", "needs", "applies_to", "needs_first") and value in ids
        return f"{value}-{place}" if is_id else value

    rounds = range(max(1, count // sum(map(len, sections.values()))))
    return document | {
        key: [renamed(row, "", place) for place in rounds for row in rows]
        for key, rows in sections.items()
    }


def spoiled(document: dict[str, Any], key: str) -> dict[str, Any]:
    """The document with a fault in every row under the key."""
    first = next(iter(document[key][0]))
    return document | {key: [{**row, first: 5} for row in document[key]]}


def wide(document: dict[str, Any]) -> dict[str, Any]:
    """The document with a character in every summary that makes Python hold texts at full width."""
    return document | {
        "apis": [{**row, "summary": f"\N{DOG} {'x' * 500}"} for row in document["apis"]]
    }


# What lies in a file, by how many of it, and which readers read it.
def shapes() -> dict[str, tuple[Callable[[int], dict[str, Any] | str], tuple[str, ...], int]]:
    small = json.loads(dumps(catalogue.select("MESH")))
    (row,) = small["apis"]

    def one(**values: Any) -> dict[str, Any]:
        return {**small, "apis": [{**row, **values}]}

    def keys(count: int) -> dict[str, Any]:
        return one(**{f"key {at}": 1 for at in range(count)})

    def aliases(count: int) -> dict[str, Any]:
        return one(aliases=[f"a {at}" for at in range(count)])

    def unnamed(count: int) -> dict[str, Any]:
        rows = many(count)["apis"]
        return {**small, "apis": [{key: row[key] for key in row if key != "name"} for row in rows]}

    records, checked = ("load", "loads", "validate"), ("load", "validate")
    return {
        "records": (many, records, 300),
        "records of wide characters": (lambda n: wide(many(n)), records[:1], 300),
        "records, the last with a fault": (
            lambda n: (made := many(n)) | {"apis": [*made["apis"][:-1], 5]},
            records,
            100,
        ),
        "records, cut at the end": (lambda n: json.dumps(many(n))[:-2], checked, 100),
        "records in place of statements": (many, ("validate --official",), 100),
        "records, each with a fault": (lambda n: spoiled(many(n), "apis"), checked, 100),
        # So many that the rest of the file does not count.
        "lists for records": (lambda n: {**small, "apis": [[]] * n}, checked, 1000),
        "unknown keys": (keys, checked, 100),
        "a million unknown keys": (keys, records[:1], 10_000),
        "records with one id": (lambda n: {**small, "apis": [row] * n}, checked, 100),
        "as many unknown keys as a row may have": (keys, checked, 499),
        "records without a name": (unnamed, checked, 100),
        "rows of empty lists": (lambda n: {**small, "apis": [{"a": [[]] * 100}] * n}, checked, 100),
        "a list of records": (lambda n: json.dumps(many(n)["apis"]), checked, 100),
        "records by id": (lambda n: {row["id"]: row for row in many(n)["apis"]}, checked, 100),
        "a million aliases": (aliases, records[:1], 10_000),
        "as many aliases as a row may have": (aliases, records[:1], 999),
        "as many empty lists as a row may have": (lambda n: one(aliases=[[]] * n), checked, 999),
        "one long text that is no time": (lambda n: one(technical="x\x7f" * n), checked, 100_000),
        "one long text": (lambda n: one(summary="x" * n, name="é " * n), records[:1], 100_000),
        "words that are none": (lambda n: one(users=[f"u {at}" for at in range(n)]), checked, 100),
        "statements": (many_statements, ("load_overlay", "validate --official"), 1000),
        "statements, each source with a fault": (
            lambda n: spoiled(many_statements(n), "sources"),
            ("load_overlay", "validate --official"),
            100,
        ),
    }


# The small files that may take that: ten thousand faults, or as much in one row as it may have.
DENSE = {
    "as many unknown keys as a row may have",
    "as many aliases as a row may have",
    "as many empty lists as a row may have",
    "lists for records",
    "unknown keys",
    "words that are none",
}


def judged(
    reader: str, what: str, paths: list[Path], records: Path | None
) -> list[tuple[str, int, int]]:
    """What one reader takes for a file, and for one with a hundred times as much in it."""
    more = MORE_MEMORY if what in DENSE else 0
    done = subprocess.run(
        [sys.executable, "-c", ONE.replace("READ", READERS[reader])]
        + [str(one or "") for one in (*paths, records)],
        capture_output=True,
        check=True,
        text=True,
    )
    small, large, peak = map(float, done.stdout.split())
    sizes = [path.stat().st_size for path in paths]
    ratio = large / small / (sizes[1] / sizes[0] / 100)
    return [
        (f"{reader}, {what}: 100 x the size, {ratio:.0f} x the time", 1, int(ratio > MOST_TIME)),
        (
            f"{reader}, {what}: {peak / 1e6:.1f} MB, {peak / sizes[1]:.1f} x the file",
            1,
            int(peak > MOST_MEMORY * sizes[1] + more),
        ),
    ]


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    del count
    rows = []
    paths = [folder / "small.json", folder / "large.json"]
    for what, (make, readers, size) in shapes().items():
        for path, times in zip(paths, (1, 100), strict=True):
            made = make(size * times)
            text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
            path.write_text(text, "utf-8")
        for reader in readers:
            rows += judged(reader, what, paths, None)
    records = folder / "records.json"
    records.write_text(json.dumps(many(5_000)), "utf-8")
    apis = load(records, max_bytes=10**9)
    for what, fault in (("plans", ""), ("plans with a fault", "x")):
        for path, number in zip(paths, (50, 5_000), strict=True):
            text = dumps_plan(plan(apis[:number], start="2026-01-05", allow_unavailable=True))
            path.write_text(text.replace('"start": "', f'"start": "{fault}'), "utf-8")
        rows += judged("load_plan", what, paths, records)
    return rows
