"""What calendar durations cost here, in bare tuples, and in other libraries, side by side.

Run `python benchmarks/durations.py` (half a minute), or with `--quick` to see that it runs.
Libraries that are not installed are left out. Each cell is the least time of many short blocks,
and all blocks of all rows take turns, so that a busy machine slows all equally: trust the ratios.

The tuple version is what one would write for one script: pairs of ints, the same calendar rules
and the same exact order, no checks, no class, no text beyond the one form that the row needs. It
is the floor for pure Python. "tuple, tuned" also keeps a table of timedeltas, as this library does.

Where this library is far above the floor, and why:

* construct: attrs makes a frozen, slotted object, whose parts are then checked, in the time of 15
  to 20 tuple displays. Operators therefore share results: a sum met before costs a look-up, a new
  one is the row "add, new each time".
* parse: it says where a text is wrong, and reads what people write; the tuple version splits.

`~` marks an answer that is not exact: pendulum takes a month as 30 days, so its sums lose months
and its order reverses some certain facts; mpmath.iv and portion hold plain numbers here (days),
because they have no months. whenever's dates and additions are written in Rust.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import warnings
from dataclasses import dataclass
from datetime import date, timedelta
from timeit import Timer
from typing import Any

from nhs_api_catalogue.durations import Duration, DurationRange, months, weeks

START = date(2024, 1, 31)
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


# ---- the hand-written tuple version ---------------------------------------------------------


def month_length(year: int, month: int) -> int:
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return LENGTHS[month - 1]


def tuple_after(start: date, duration: tuple[int, int]) -> date:
    n, d = duration
    if n:
        year, month = divmod(12 * start.year + start.month - 1 + n, 12)
        month += 1
        start = date(year, month, min(start.day, month_length(year, month)))
    return start + timedelta(d)


def tuned_after(start: date, duration: tuple[int, int]) -> date:
    n, d = duration
    if n:
        year, month = divmod(12 * start.year + start.month - 1 + n, 12)
        month += 1
        day = start.day
        if day > 28:
            day = min(day, month_length(year, month))
        start = date(year, month, day)
    return start + TIMEDELTAS[d]


TIMEDELTAS = tuple(timedelta(n) for n in range(367))


def tuple_latest_start(deadline: date, duration: tuple[int, int]) -> date:
    n, d = duration
    t = deadline - timedelta(d)
    year, month = divmod(12 * t.year + t.month - 1 - n, 12)
    month += 1
    if t.day == month_length(t.year, t.month):
        return date(year, month, month_length(year, month))
    return date(year, month, min(t.day, month_length(year, month)))


def tuple_add(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return a[0] + b[0], a[1] + b[1]


def days_in_months(n: int) -> tuple[int, int]:
    sums = [0]
    for i in range(9600):
        sums.append(sums[-1] + month_length(2000 + i // 12, i % 12 + 1))
    spans = [sums[i + n] - sums[i] for i in range(4800)]
    return min(spans), max(spans)


SPANS = tuple(days_in_months(n) for n in range(25))


def tuple_at_most(a: tuple[int, int], b: tuple[int, int]) -> bool:
    n = a[0] - b[0]
    d = a[1] - b[1]
    if n >= 0:
        least, greatest = SPANS[n]
    else:
        greatest, least = SPANS[-n]
        least, greatest = -least, -greatest
    if greatest + d <= 0:
        return True
    if least + d >= 0:
        return False
    raise ValueError


Pair = tuple[tuple[int, int], tuple[int, int]]


def tuple_range_add(r: Pair, s: Pair) -> Pair:
    (a, b), (c, d) = r
    (e, f), (g, h) = s
    return (a + e, b + f), (c + g, d + h)


def tuple_intersection(r: Pair, s: Pair) -> Pair | None:
    shortest = s[0] if tuple_at_most(r[0], s[0]) else r[0]
    longest = r[1] if tuple_at_most(r[1], s[1]) else s[1]
    return (shortest, longest) if tuple_at_most(shortest, longest) else None


def tuple_window(start: date, r: Pair) -> tuple[date, date]:
    return tuple_after(start, r[0]), tuple_after(start, r[1])


def tuple_parse(text: str) -> tuple[int, int]:
    n, d = 0, 0
    words = text.split()
    for number, unit in zip(words[::2], words[1::2], strict=True):
        match unit.rstrip("s"):
            case "month":
                n += int(number)
            case "week":
                d += 7 * int(number)
            case "day":
                d += int(number)
            case _:
                raise ValueError(text)
    return n, d


def tuple_print(duration: tuple[int, int]) -> str:
    n, d = duration
    parts = [f"{n} month{'s' * (n != 1)}"] if n else []
    if d % 7 == 0 and d:
        parts.append(f"{d // 7} week{'s' * (d != 7)}")
    elif d or not n:
        parts.append(f"{d} day{'s' * (d != 1)}")
    return " ".join(parts)


# ---- rows: one operation, as each contender does it -----------------------------------------


@dataclass
class Row:
    name: str
    statements: dict[str, str]
    bars: tuple[str, ...] = ()


OURS, TUPLE, TUNED = "this library", "tuple", "tuple, tuned"
ANCHOR_BARS = ("tuple 1.1", "dateutil 0.2", "pendulum 0.2")

ROWS = [
    Row(
        "construct 1 month 3 days",
        {
            OURS: "Duration(1, 3)",
            TUPLE: "(one, three)",
            "dateutil": "relativedelta(months=1, days=3)",
            "pendulum": "pendulum.duration(months=1, days=3)",
            "whenever": "whenever.ItemizedDateDelta(months=1, days=3)",
        },
    ),
    Row(
        "add",
        {
            OURS: "A + B",
            TUPLE: "tuple_add(a, b)",
            "dateutil": "d_A + d_B",
            "pendulum ~": "p_A + p_B",
            "whenever": "w_A.add(w_B, relative_to=w_start, in_units=UNITS)",
        },
    ),
    Row(
        "add, new each time",
        {OURS: "A + Duration(1, next(n))", TUPLE: "tuple_add(a, (1, next(n)))"},
    ),
    Row(
        "order, certain",
        {
            OURS: "A <= B",
            TUPLE: "tuple_at_most(a, b)",
            "pendulum ~": "p_A <= p_B",
            "portion ~": "i_r < i_s",
            "mpmath.iv ~": "m_r < m_s",
        },
        ("tuple 2.0", "mpmath.iv ~ 1.0", "portion ~ 1.0"),
    ),
    Row(
        "anchor: months and days",
        {
            OURS: "A.after(start)",
            TUPLE: "tuple_after(start, a)",
            TUNED: "tuned_after(start, a)",
            "dateutil": "start + d_A",
            "pendulum": "p_start + p_A",
            "whenever": "w_start.add(w_A)",
        },
        ANCHOR_BARS,
    ),
    Row(
        "anchor: months",
        {
            OURS: "M.after(start)",
            TUPLE: "tuple_after(start, m)",
            TUNED: "tuned_after(start, m)",
            "dateutil": "start + d_M",
            "pendulum": "p_start + p_M",
            "whenever": "w_start.add(w_M)",
        },
        ANCHOR_BARS,
    ),
    Row(
        "anchor: weeks",
        {
            OURS: "B.after(start)",
            TUPLE: "tuple_after(start, b)",
            TUNED: "tuned_after(start, b)",
            "dateutil": "start + d_B",
            "pendulum": "p_start + p_B",
            "whenever": "w_start.add(w_B)",
        },
        ANCHOR_BARS,
    ),
    Row(
        "anchor: date + duration",
        {OURS: "start + A", TUPLE: "tuple_after(start, a)", TUNED: "tuned_after(start, a)"},
        ("tuple 1.2",),
    ),
    Row("latest start", {OURS: "A.latest_start(start)", TUPLE: "tuple_latest_start(start, a)"}),
    Row(
        "parse",
        {
            OURS: "Duration.parse('4 months 4 weeks')",
            TUPLE: "tuple_parse('4 months 4 weeks')",
            "pendulum": "pendulum.parse('P4M28D')",
            "whenever": "whenever.ItemizedDateDelta('P4M4W')",
        },
    ),
    Row(
        "print",
        {
            OURS: "str(A)",
            TUPLE: "tuple_print(a)",
            "dateutil": "repr(d_A)",
            "pendulum": "p_A.in_words()",
            "whenever": "w_A.format_iso()",
        },
    ),
    Row(
        "window of a range",
        {
            OURS: "R.after(start)",
            TUPLE: "tuple_window(start, r)",
            "dateutil": "(start + d_B, start + d_M)",
            "pendulum": "(p_start + p_B, p_start + p_M)",
            "whenever": "(w_start.add(w_B), w_start.add(w_M))",
        },
    ),
    Row(
        "range: construct",
        {
            OURS: "DurationRange(B, M)",
            TUPLE: "(b, m)",
            "portion ~": "portion.closed(28, 31)",
            "mpmath.iv ~": "iv.mpf([28, 31])",
        },
    ),
    Row(
        "range: sum",
        {OURS: "R + S", TUPLE: "tuple_range_add(r, s)", "mpmath.iv ~": "m_r + m_s"},
        ("tuple 2.0", "mpmath.iv ~ 1.0"),
    ),
    Row(
        "range: intersection",
        {OURS: "R & S", TUPLE: "tuple_intersection(r, s)", "portion ~": "i_r & i_s"},
        ("tuple 2.0", "portion ~ 1.0"),
    ),
]


# ---- what the statements name ----------------------------------------------------------------


def names() -> dict[str, Any]:
    """The namespace of the statements; what is not installed is absent."""
    found: dict[str, Any] = dict(globals())
    found |= {
        "start": START, "A": Duration(1, 3), "B": weeks(4), "M": months(1),
        "R": DurationRange(weeks(4), weeks(6)), "S": DurationRange(months(1), months(2)),
        "a": (1, 3), "b": (0, 28), "m": (1, 0), "one": 1, "three": 3,
        "r": ((0, 28), (0, 42)), "s": ((1, 0), (2, 0)), "n": iter(range(10**9)),
    }  # fmt: skip
    for add in (add_dateutil, add_pendulum, add_whenever, add_portion, add_mpmath):
        try:
            add(found)
        except ImportError:
            continue
    return found


def add_dateutil(to: dict[str, Any]) -> None:
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415

    to |= {
        "dateutil": True,
        "relativedelta": relativedelta,
        "d_A": relativedelta(months=1, days=3),
        "d_B": relativedelta(weeks=4),
        "d_M": relativedelta(months=1),
    }


def add_pendulum(to: dict[str, Any]) -> None:
    import pendulum  # noqa: PLC0415

    to |= {
        "pendulum": pendulum,
        "p_start": pendulum.date(START.year, START.month, START.day),
        "p_A": pendulum.duration(months=1, days=3),
        "p_B": pendulum.duration(weeks=4),
        "p_M": pendulum.duration(months=1),
    }


def add_whenever(to: dict[str, Any]) -> None:
    import whenever  # noqa: PLC0415

    to |= {
        "whenever": whenever,
        "UNITS": ("months", "days"),
        "w_start": whenever.Date(START.year, START.month, START.day),
        "w_A": whenever.ItemizedDateDelta(months=1, days=3),
        "w_B": whenever.ItemizedDateDelta(weeks=4),
        "w_M": whenever.ItemizedDateDelta(months=1),
    }


def add_portion(to: dict[str, Any]) -> None:
    import portion  # noqa: PLC0415

    to |= {"portion": portion, "i_r": portion.closed(28, 42), "i_s": portion.closed(31, 61)}


def add_mpmath(to: dict[str, Any]) -> None:
    from mpmath import iv  # noqa: PLC0415

    to |= {"mpmath": True, "iv": iv, "m_r": iv.mpf([28, 30]), "m_s": iv.mpf([31, 61])}


# ---- measuring -------------------------------------------------------------------------------


def timers(row: Row, found: dict[str, Any], block: float) -> dict[str, tuple[Timer, int]]:
    """Each contender's statement that can be run, and how often it fits into a block."""
    made: dict[str, tuple[Timer, int]] = {}
    for who, statement in row.statements.items():
        if who in (OURS, TUPLE, TUNED) or who.removesuffix(" ~").partition(".")[0] in found:
            timer = Timer(statement, globals=found)
            once = min(timer.repeat(3, 100)) / 100
            made[who] = timer, max(1, int(block / once))
    return made


def measure(found: dict[str, Any], *, rounds: int, block: float) -> list[dict[str, float]]:
    """For each row the least ns of each contender's statement."""
    table = [timers(row, found, block) for row in ROWS]
    least = [dict.fromkeys(row, float("inf")) for row in table]
    for _ in range(rounds):
        for row, best in zip(table, least, strict=True):
            for who, (timer, number) in row.items():
                best[who] = min(best[who], timer.timeit(number) / number * 1e9)
    return least


def verdicts(row: Row, least: dict[str, float]) -> str:
    """How the row compares with its bars: ours at most N times one, N times faster than all."""
    said: list[str] = []
    for bar in row.bars:
        who, limit = bar.rsplit(" ", 1)
        if who in least:
            ratio = least[OURS] / least[who]
            reached = "reached" if ratio <= float(limit) else "MISSED"
            said.append(f"  {ratio:.2f} x {who}, bar {float(limit):.1f}: {reached}\n")
    return "".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(description="Durations here and elsewhere, side by side.")
    parser.add_argument("--quick", action="store_true", help="few and short blocks: does it run?")
    quick = parser.parse_args().quick

    warnings.simplefilter("ignore")  # whenever warns that adding months needs a date
    found = names()
    packages = {
        "attrs": "attrs", "dateutil": "python-dateutil", "pendulum": "pendulum",
        "whenever": "whenever", "portion": "portion", "mpmath": "mpmath",
    }  # fmt: skip
    versions = [
        f"{package} {importlib.metadata.version(package)}"
        for name, package in packages.items()
        if name in found or name == "attrs"
    ]
    print(f"Python {platform.python_version()}; {', '.join(versions)}")
    print("ns per operation (times this library's)")
    rounds, block = (1, 0.0001) if quick else (100, 0.001)
    for row, least in zip(ROWS, measure(found, rounds=rounds, block=block), strict=True):
        print(f"\n{row.name}")
        if not quick:  # so few and short blocks would prove nothing
            print(verdicts(row, least), end="")
        for who, ns in least.items():
            print(f"  {who:14} {ns:8.0f}  ({ns / least[OURS]:.2f})")


if __name__ == "__main__":
    main()
