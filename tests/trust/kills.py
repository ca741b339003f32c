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
from nhs_api_catalogue.bundled import bundled_overlay
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
LOOP = """
import sys
path = sys.argv[1]
for content in contents:
    write(content, path)
    print(open(path, "rb").read().hex(), flush=True)
print("ready", flush=True)
while True:
    for content in contents:
        write(content, path)
"""


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    chance = random.Random(7)  # noqa: S311  a seed, so that a run can be run again
    rows = []
    for name, setting in WRITERS.items():
        place = folder / name
        place.mkdir()
        path = place / "file.json"
        wrong = 0
        for _ in range(count):
            path.write_text("old", "utf-8")
            path.chmod(0o640)
            writer = subprocess.Popen(
                [sys.executable, "-c", setting + LOOP, str(path)], stdout=subprocess.PIPE, text=True
            )
            allowed = set()
            for line in writer.stdout or ():
                if line.strip() == "ready":
                    break
                allowed.add(bytes.fromhex(line))
            time.sleep(chance.uniform(0, 0.03))
            os.kill(writer.pid, signal.SIGKILL)
            writer.communicate()
            litter = [one for one in place.iterdir() if one != path]
            kept = stat.S_IMODE(path.stat().st_mode) == 0o640
            whole = path.read_bytes() in allowed and len(allowed) == 2
            if not (whole and kept) or litter:
                wrong += 1
                left = [one.name for one in litter]
                sys.stderr.write(f"{name}: whole {whole}, permissions kept {kept}, left {left}\n")
            for one in litter:
                one.unlink()
        rows.append((f"kills of a process in the middle of {name}", count, wrong))
    return rows
