"""What importing, the first record, and what official sources say of it, cost a fresh process.

    python benchmarks/overlay.py [--quick]

Each command runs in a process of its own, all in turn, round after round. What counts is how long
the processor worked for it, without what it worked for an empty process, as a multiple of what it
worked for `import attrs` in the same round; the median of the rounds is shown. Among processes of a
tenth of a second the least time varies by a tenth, and the median of such ratios by a thirtieth.
"""

from __future__ import annotations

import argparse
import os
import sys
from statistics import median

EMPTY = "pass"
BARE = "import nhs_api_catalogue"
ATTRS = "import attrs"
RECORD = "from nhs_api_catalogue import catalogue; catalogue['eRS'].technical"
OVERLAY = "from nhs_api_catalogue import catalogue; catalogue['eRS'].differences"
COMMANDS = (EMPTY, BARE, ATTRS, RECORD, OVERLAY)
BARS = {BARE: "1 ms", RECORD: "1.5 x", OVERLAY: "1.8 x"}


def seconds(code: str) -> float:
    """How long the processor works for a fresh process."""
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"failed: {code}")
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, to see that it works")
    # What is measured is importing, not compiling.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for code in COMMANDS:
        seconds(code)
    rounds: list[dict[str, float]] = []
    for _ in range(3 if parser.parse_args().quick else 100):
        times = {code: seconds(code) for code in COMMANDS}
        rounds.append({code: times[code] - times[EMPTY] for code in COMMANDS})
    print(f"{'ms':>7}  {'x attrs':>7}  {'bar':>5}  in a fresh process, median of {len(rounds)}")
    for code in COMMANDS[1:]:
        time = median(times[code] for times in rounds)
        ratio = median(times[code] / times[ATTRS] for times in rounds)
        print(f"{1000 * time:7.1f}  {ratio:7.2f}  {BARS.get(code, ''):>5}  {code}")


if __name__ == "__main__":
    main()
