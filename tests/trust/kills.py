"""SIGKILL at random moments of writing."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Each writer writes one of two contents after the other, for ever.
WRITERS = {
    "dump": """
from nhs_api_catalogue import catalogue, dump
contents = catalogue, catalogue[:5]
write = dump
""",
    "dump_overlay": """
from nhs_api_catalogue import catalogue, dump_overlay
from nhs_api_catalogue.official import bundled_overlay
whole = bundled_overlay()
contents = whole, whole.about("e-rs")
write = dump_overlay
""",
    "dump_plan": """
from nhs_api_catalogue import catalogue, dump_plan, plan
contents = [plan(catalogue[:n], start="2026-01-05") for n in (2, 4)]
write = dump_plan
""",
}
# A process with everything loaded starts one writer after the other, and each is killed.
LOOP = """
import os, sys, time
path = sys.argv[1]
for content in contents:
    write(content, path)
    print(open(path, "rb").read().hex(), flush=True)
began = time.perf_counter()
for content in contents:
    write(content, path)
print(time.perf_counter() - began, flush=True)
while sys.stdin.readline():
    if child := os.fork():
        print(child, flush=True)
        os.waitpid(child, 0)
        continue
    while True:
        for content in contents:
            write(content, path)
"""
AFTER = """
write(contents[0], sys.argv[1])
"""


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    chance = random.Random(7)  # noqa: S311  a seed, so that a run can be run again
    rows = []
    for name, setting in WRITERS.items():
        place = folder / name
        place.mkdir()
        path = place / "file.json"
        maker = subprocess.Popen(
            [sys.executable, "-c", setting + LOOP, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert maker.stdin is not None
        assert maker.stdout is not None
        allowed = {bytes.fromhex(maker.stdout.readline()) for _ in range(2)}
        assert len(allowed) == 2
        both = float(maker.stdout.readline())
        wrong = kept_beside = old = 0
        for _ in range(count):
            path.write_text("old", "utf-8")
            path.chmod(0o640)
            maker.stdin.write("\n")
            maker.stdin.flush()
            writer = int(maker.stdout.readline())
            time.sleep(chance.uniform(0, 3 * both))
            os.kill(writer, signal.SIGKILL)
            gone(writer)
            content = path.read_bytes()
            old += content == b"old"
            left = [one for one in place.iterdir() if one != path]
            kept = stat.S_IMODE(path.stat().st_mode) == 0o640
            # What may be left is whole, and is gone after the next writing.
            whole = content in {b"old", *allowed} and all(
                one.read_bytes() in allowed for one in left
            )
            kept_beside += bool(left)
            if left:
                subprocess.run(
                    [sys.executable, "-c", f"import sys\n{setting}{AFTER}", path], check=True
                )
            litter = [one.name for one in place.iterdir() if one != path]
            if not whole or not kept or len(left) > 1 or litter:
                wrong += 1
                sys.stderr.write(f"{name}: whole {whole}, permissions {kept}, left {litter}\n")
        maker.stdin.close()
        maker.wait()
        what = f"kills of a process in the middle of {name}"
        left_over = f"{kept_beside} left a whole file beside it until the next writing"
        rows.append((f"{what} ({old} left the old file, {left_over})", count, wrong))
    return rows


def gone(process: int) -> None:
    """Wait until a killed process is gone."""
    while True:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.0005)
