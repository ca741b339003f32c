"""What an import, the first record, and the first question to it cost a fresh process.

    python benchmarks/overlay.py [--quick] [--against CHECKOUT]

Each command runs in its own process, all in turns, round after round. A figure is the processor
time of the command, less that of an empty process, as a multiple of that of `import attrs` in the
same round; the median of the rounds is shown. For processes of a tenth of a second the least time
varies by a tenth, and the median of such ratios by a thirtieth.

The second table has the time of the first question in a process that already has its first record.

With another checkout, such as an older commit, its times are shown beside ours, from the same
rounds, with the ratio of ours to them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

EMPTY = "pass"
BARE = "import nhs_api_catalogue"
ATTRS = "import attrs"
RECORD = "from nhs_api_catalogue import catalogue; catalogue['eRS'].technical"
OVERLAY = "from nhs_api_catalogue import catalogue; catalogue['eRS'].differences"
COMMANDS = (EMPTY, BARE, ATTRS, RECORD, OVERLAY)
BARS = {BARE: "1 ms", RECORD: "1.5 x", OVERLAY: "1.8 x"}
FIRST_ASKED = (
    "catalogue.to_columns()",
    "catalogue.with_overlay(None).to_columns()",
    "catalogue.side_by_side('eRS', 'MESH').rows",
    "catalogue.search('book a gp appointment')",
    "catalogue.filter(topic='appointments')",
    "str(catalogue['MESH'])",
)


def seconds(code: str, source: Path) -> float:
    """The processor time of a fresh process."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code], environment)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"failed: {code}")
    return used.ru_utime + used.ru_stime


def seconds_first(asked: str, source: Path) -> float:
    """The processor time of the first question after the first record."""
    code = f"from time import process_time\n{RECORD}\nbegin = process_time()\n{asked}\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}print(process_time() - begin)"],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, to see that it works")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another checkout")
    options = parser.parse_args()
    # What is measured is importing, not compiling.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = Path(__file__).resolve().parent.parent / "src"
    sources = [ours] if options.against is None else [ours, options.against.resolve() / "src"]
    for source in sources:
        for code in COMMANDS:
            seconds(code, source)
        for asked in FIRST_ASKED:
            seconds_first(asked, source)
    count = 3 if options.quick else 100
    rounds: list[dict[tuple[Path, str], float]] = []
    for _ in range(count):
        times = {(s, code): seconds(code, s) for code in COMMANDS for s in sources}
        rounds.append({(s, code): times[s, code] - times[s, EMPTY] for s, code in times})
    other = f"{'other':>7}  {'ratio':>5}  " if len(sources) > 1 else ""
    print(f"{'ms':>7}  {other}{'x attrs':>7}  {'bar':>5}  in a fresh process, median of {count}")
    for code in COMMANDS[1:]:
        ratio = median(times[ours, code] / times[ours, ATTRS] for times in rounds)
        cells = beside([[times[s, code] for times in rounds] for s in sources])
        print(f"{cells}  {ratio:7.2f}  {BARS.get(code, ''):>5}  {code}")
    print(f"\n{'ms':>7}  {other}first asked after the first record, median of {count}")
    for asked in FIRST_ASKED:
        taken = [[seconds_first(asked, s) for s in sources] for _ in range(count)]
        print(f"{beside([list(column) for column in zip(*taken, strict=True)])}  {asked}")


def beside(taken: list[list[float]]) -> str:
    """The median time of each checkout, and the median ratio of the first to the second."""
    cells = [f"{1000 * median(times):7.2f}" for times in taken]
    if len(taken) > 1:
        cells.append(f"{median(a / b for a, b in zip(*taken, strict=True)):5.2f}")
    return "  ".join(cells)


if __name__ == "__main__":
    main()
