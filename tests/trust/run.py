"""Runs every part, prints a table of what was tried, and ends with status 1 if anything was wrong.

python tests/trust/run.py [PART ...] [--count N] [--first N] [--python PATH ...] [--before PATH]
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

# What each part tries as a whole, if no number is given.
COUNTS = {
    "documents": 100_000,
    "odd_files": 1,
    "size": 1,
    "kills": 200,
    "full_disk": 20,
    "threads": 100,
    "processes": 20,
    "memory": 100_000,
}


def main() -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", metavar="PART", nargs="*", choices=(*COUNTS, []))
    parser.add_argument("--count", type=int, help="how often each part tries")
    parser.add_argument(
        "--python",
        metavar="PATH",
        action="append",
        default=[],
        help="one more Python that has the library, for `threads` and `processes`; may be repeated",
    )
    parser.add_argument(
        "--first",
        type=int,
        default=0,
        help="the number of the first of the `documents`, to try them in pieces",
    )
    parser.add_argument(
        "--before",
        metavar="PATH",
        action="append",
        default=[],
        help="the Python of an older checkout, for `memory` to compare with",
    )
    options = parser.parse_args()
    named: dict[str, dict[str, object]] = {
        "documents": {"first": options.first},
        "memory": {"pythons": options.before},
        "threads": {"pythons": options.python},
        "processes": {"pythons": options.python},
    }
    sys.path.insert(0, str(Path(__file__).parent))
    wrong = 0
    for part in options.parts or COUNTS:
        began = time.perf_counter()
        with TemporaryDirectory() as folder:
            count, more = options.count or COUNTS[part], named.get(part, {})
            rows = import_module(part).run(count, Path(folder), **more)
        print(f"\n{part} ({time.perf_counter() - began:.0f} s)")
        for what, tried, bad in rows:
            print(f"  tried {tried:>7,}, {bad:>3} wrong: {what}", flush=True)
            wrong += bad
    print(f"\n{wrong} wrong in all")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
