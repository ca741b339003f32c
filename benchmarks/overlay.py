"""What the first record, and what official sources say of it, cost a fresh process.

    python benchmarks/overlay.py [--quick]

Each command runs in a process of its own, one after the other in turn, so that noise meets all
alike. What counts is the least time that the processor worked for each, without that of an empty
process; what else runs on the machine counts little then.
"""

from __future__ import annotations

import argparse
import os
import sys

EMPTY = "pass"
ATTRS = "import attrs"
RECORD = "from nhs_api_catalogue import catalogue; catalogue['eRS'].technical"
OVERLAY = "from nhs_api_catalogue import catalogue; catalogue['eRS'].differences"
BARS = {RECORD: 1.5, OVERLAY: 1.8}


def seconds(code: str) -> float:
    """How long the processor works for a fresh process."""
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"failed: {code}")
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few runs, to see that it works")
    # What is measured is importing, not compiling.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    runs = 3 if parser.parse_args().quick else 60
    least = dict.fromkeys((EMPTY, ATTRS, RECORD, OVERLAY), float("inf"))
    for _ in range(runs):
        for code in least:
            least[code] = min(least[code], seconds(code))
    base = least[ATTRS] - least[EMPTY]
    print(f"{'ms':>7}  {'x attrs':>7}  {'bar':>4}  in a fresh process, least of {runs}")
    for code in (ATTRS, RECORD, OVERLAY):
        time = least[code] - least[EMPTY]
        print(f"{1000 * time:7.1f}  {time / base:7.2f}  {BARS.get(code, ''):>4}  {code}")


if __name__ == "__main__":
    main()
