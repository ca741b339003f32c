"""Load and dump 100,000 records, in this library and with plain cattrs and json.

    python benchmarks/editions.py                    all of it
    python benchmarks/editions.py --quick            1,000 records, to see that it starts
    python benchmarks/editions.py --against CHECKOUT what another checkout of this library takes

Plain is what a user would write in an hour: `json` and the converter that cattrs makes for it, with
hooks for ranges and ages, and nothing else; it reads "false" as True, takes the last of two
keys, and stops at the first fault. This library checks everything. Both make the same records,
which are compared first, and each reads what the other writes. Times are the best of several
rounds, taken in turns, so that a busy moment slows all equally. The last column is the time of the
line divided by the time of plain.

Against another checkout, each command runs in its own process, with the two source trees in turns,
round after round: `load` of a file of 100,000 records, the first record, and the first difference.
It measures the processor time, and for `load` the greatest memory of the process too; it shows the
least of all rounds, with the ratio to the other checkout.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

import attrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

from nhs_api_catalogue import (
    Api,
    Catalogue,
    DurationRange,
    Edition,
    WorkingDays,
    catalogue,
    dump,
    dumps,
    loads,
)
from nhs_api_catalogue.editions.formats import read_age, write_age
from nhs_api_catalogue.working_days.times import read_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs.preconf.json import JsonConverter

BOUND = 1 << 40


def synthetic(count: int) -> Catalogue:
    """Records mixed from the values of the 23, `count` in all."""
    choose = random.Random(2026).choice
    apis = list(catalogue)
    mixed: list[Api] = []
    edition = Edition("mixed", "no one")
    for number in range(count):
        one, other, third = choose(apis), choose(apis), choose(apis)
        mixed.append(
            attrs.evolve(
                one,
                edition=edition,
                id=f"api-{number}",
                name=f"{one.name} {number}",
                summary=f"{other.summary} {number}",
                aliases=(f"{third.name} {number}",),
                implementations=other.implementations,
                access=third.access,
                technical=other.technical,
                assurance=third.assurance,
                topics=other.topics,
            )
        )
    return Catalogue(mixed, edition)


def plain_converter() -> JsonConverter:
    made = make_converter()
    made.register_structure_hook(DurationRange, lambda text, _: DurationRange.parse(text))
    made.register_unstructure_hook(DurationRange, str)
    made.register_structure_hook(timedelta, lambda text, _: read_age(text))
    made.register_structure_hook(DurationRange | WorkingDays, lambda text, _: read_time(text))
    made.register_unstructure_hook(timedelta, write_age)
    omitted = {name: override(omit=True) for name in ("edition", "overlay")}
    made.register_structure_hook(Api, make_dict_structure_fn(Api, made, **omitted))
    derived = {name: override(omit=True) for name in ("total", "standards", "open_routes")}
    made.register_unstructure_hook(Api, make_dict_unstructure_fn(Api, made, **omitted, **derived))
    return made


LOAD = "load({path!r}, max_bytes=1 << 40)"
IMPORTED = "from nhs_api_catalogue import load; load({small!r})"
COMMANDS = {
    "load": f"{IMPORTED}; {LOAD}",
    "first record": "from nhs_api_catalogue import catalogue; catalogue['eRS'].technical",
    "first difference": "from nhs_api_catalogue import catalogue; catalogue['eRS'].differences",
}


def used(source: Path, code: str) -> tuple[float, float]:
    """The processor time of a fresh process, and its greatest memory in MB."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code], environment)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"failed with {source}: {code}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write(path: str, small: str, quick: bool) -> None:  # noqa: FBT001  an argument of a process
    """The files that both checkouts load."""
    dump(synthetic(1_000 if quick else 100_000), path)
    dump(catalogue, small)


def against(other: Path, *, quick: bool) -> None:
    """What this checkout takes, side by side with another one."""
    # What is measured is importing, not compiling.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sources = {"other": other / "src", "this": Path(__file__).parents[1] / "src"}
    with TemporaryDirectory() as folder:
        path, small = str(Path(folder, "large.json")), str(Path(folder, "small.json"))
        # In its own process: Linux would count the memory of this one as that of the processes
        # that it starts.
        writing = get_context("spawn").Process(target=write, args=(path, small, quick))
        writing.start()
        writing.join()
        best: dict[tuple[str, str], tuple[float, float]] = {}
        for task, command in COMMANDS.items():
            code = command.format(path=path, small=small)
            nothing = IMPORTED.format(small=small) if task == "load" else "pass"
            for _ in range((1 if quick else 3) if task == "load" else (3 if quick else 60)):
                for name, source in sources.items():
                    seconds, memory = used(source, code)
                    seconds -= used(source, nothing)[0]
                    least = best.get((task, name), (seconds, memory))
                    best[task, name] = min(least[0], seconds), min(least[1], memory)
    for task in COMMANDS:
        (old, old_memory), (new, memory) = best[task, "other"], best[task, "this"]
        line = f"{task:18}{old * 1e3:10,.1f} ms {new * 1e3:10,.1f} ms {new / old:6.2f} x"
        if task == "load":
            line += f"    {old_memory:7,.0f} MB {memory:7,.0f} MB {memory / old_memory:6.2f} x"
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 records")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another checkout")
    options = parser.parse_args()
    quick = options.quick
    if options.against is not None:
        against(options.against, quick=quick)
        return
    records = synthetic(1_000 if quick else 100_000)
    plain = plain_converter()
    text = dumps(records)
    size = len(text.encode())

    def plain_load() -> list[Api]:
        return plain.structure(json.loads(text)["apis"], list[Api])

    def plain_document() -> dict[str, Any]:
        return {
            "format": 1,
            "edition": plain.unstructure(records.edition),
            "apis": plain.unstructure(records.apis),
        }

    tasks: dict[str, dict[str, Callable[[], Any]]] = {
        "load": {
            "plain cattrs and json": plain_load,
            "nhs_api_catalogue.loads": lambda: loads(text, max_bytes=BOUND).apis,
        },
        "dump": {
            "plain, in one line": lambda: json.dumps(plain_document(), ensure_ascii=False),
            "plain, indented": lambda: json.dumps(plain_document(), ensure_ascii=False, indent=2),
            "nhs_api_catalogue.dumps": lambda: dumps(records),
        },
    }
    assert tuple(plain_load()) == loads(text, max_bytes=BOUND).apis == records.apis
    for line in ("plain, in one line", "plain, indented"):
        assert loads(tasks["dump"][line](), max_bytes=BOUND) == records
    print(f"{len(records):,} records, {size / 1e6:.0f} MB")
    for task, lines in tasks.items():
        best = dict.fromkeys(lines, float("inf"))
        for _ in range(2 if quick else 4):
            for name, run in lines.items():
                gc.collect()
                began = perf_counter()
                run()
                best[name] = min(best[name], perf_counter() - began)
        plainest = next(iter(best.values()))
        for name, seconds in best.items():
            print(f"{task}  {name:28}{seconds * 1e3:10,.0f} ms{seconds / plainest:8.2f}")


if __name__ == "__main__":
    main()
