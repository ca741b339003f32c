"""The types of durations, ranges and windows. Never run, only checked.

Each public call has its type asserted. Each misuse is marked as the error that it is for mypy,
and so for pyright; a checker that no longer reports it reports the mark.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, assert_type

import pandas as pd
import pyarrow as pa
from dateutil.relativedelta import relativedelta
from hypothesis.strategies import SearchStrategy
from whenever import ItemizedDateDelta

from nhs_api_catalogue import strategies
from nhs_api_catalogue.durations import (
    Duration,
    DurationRange,
    Ordering,
    Window,
    days,
    months,
    read_date,
    weeks,
    years,
)

day = date(2026, 1, 5)

# ---- durations ----

assert_type(days(1), Duration)
assert_type(weeks(1), Duration)
assert_type(months(1), Duration)
assert_type(years(1), Duration)
assert_type(Duration(1, 2), Duration)
assert_type(Duration(months=1, days=2), Duration)
assert_type(Duration.ZERO, Duration)
assert_type(Duration.parse("4 weeks"), Duration)

a, b = months(1), weeks(4)
assert_type(a.months, int)
assert_type(a.days, int)
assert_type(a + b, Duration)
assert_type(a * 2, Duration)
assert_type(2 * a, Duration)
assert_type(sum([a, b], Duration.ZERO), Duration)
assert_type(day + a, date)
assert_type(a.after(day), date)
assert_type(a.latest_start(day), date)
assert_type(a == b, bool)
assert_type(a < b, bool)
assert_type(a <= b, bool)
assert_type(a > b, bool)
assert_type(a >= b, bool)
assert_type(a.compare(b), Ordering)
assert_type(a.compare(b, start=day), Ordering)
assert_type(a.day_difference(b), tuple[int, int])
assert_type(a.mean_days, Fraction)
assert_type(float(a.mean_days), float)
assert_type(sorted([a, b]), list[Duration])
assert_type(min(a, b), Duration)
assert_type(str(a), str)
assert_type(a.isoformat(), str)
assert_type(a.to_dateutil(), relativedelta)
assert_type(a.to_pandas(), pd.DateOffset)
assert_type(a.to_arrow(), pa.MonthDayNanoIntervalScalar)
assert_type(a.to_whenever(), ItemizedDateDelta)
assert_type(format(a, "iso"), str)
assert_type(hash(a), int)

Duration(1.5, 0)  # type: ignore[arg-type]
Duration("1")  # type: ignore[arg-type]
months(None)  # type: ignore[arg-type]
Duration.parse(4)  # type: ignore[arg-type]
a.months = 2  # type: ignore[misc]
_ = a + 1  # type: ignore[operator]
_ = a + timedelta(1)  # type: ignore[operator]
_ = a + day  # type: ignore[operator]
_ = a - b  # type: ignore[operator]
_ = day - a  # type: ignore[operator]
_ = a * 1.5  # type: ignore[operator]
_ = a < 30  # type: ignore[operator]
_ = a <= timedelta(1)  # type: ignore[operator]
a.after("2026-01-05")  # type: ignore[arg-type]
a.latest_start(5)  # type: ignore[arg-type]
a.compare(30)  # type: ignore[arg-type]
a.compare(b, day)  # type: ignore[call-arg]
a.day_difference(30)  # type: ignore[arg-type]
sum([a, b])  # type: ignore[list-item]

# ---- ranges ----

assert_type(DurationRange(b, a), DurationRange)
assert_type(DurationRange(shortest=b, longest=a), DurationRange)
assert_type(DurationRange.ZERO, DurationRange)
assert_type(DurationRange.parse("4-6 weeks"), DurationRange)

r = s = DurationRange(b, a)
assert_type(r.shortest, Duration)
assert_type(r.longest, Duration)
assert_type(r + s, DurationRange)
assert_type(r * 2, DurationRange)
assert_type(2 * r, DurationRange)
assert_type(sum([r, s], DurationRange.ZERO), DurationRange)
assert_type(r.alongside(s), DurationRange)
assert_type(r | s, DurationRange)
assert_type(r & s, DurationRange | None)
assert_type(a in r, bool)
assert_type(r in s, bool)
assert_type(r.at_most(s), bool)
assert_type(r.shorter_than(s), bool)
assert_type(r.within(a), bool)
assert_type(r.may_be_within(a), bool)
assert_type(r.after(day), Window)
assert_type(r.after(r.after(day)), Window)
assert_type(day + r, Window)
assert_type(day + r + s, Window)
assert_type(r.latest_start(day), Window)
assert_type(r.latest_start(r.after(day)), Window)
assert_type(r == s, bool)
assert_type(str(r), str)
assert_type(r.isoformat(), str)
assert_type(format(r, "iso"), str)

DurationRange(4, 6)  # type: ignore[arg-type]
DurationRange(a)  # type: ignore[call-arg]
_ = r + a  # type: ignore[operator]
_ = r - s  # type: ignore[operator]
_ = r < s  # type: ignore[operator]
_ = r | a  # type: ignore[operator]
_ = r & None  # type: ignore[operator]
_ = (r & s).shortest  # type: ignore[union-attr]
_ = day in r  # type: ignore[operator]
r.alongside(a)  # type: ignore[arg-type]
r.at_most(a)  # type: ignore[arg-type]
r.shorter_than(a)  # type: ignore[arg-type]
r.within(s)  # type: ignore[arg-type]
r.may_be_within("4 weeks")  # type: ignore[arg-type]
r.after("2026-01-05")  # type: ignore[arg-type]
r.latest_start(a)  # type: ignore[arg-type]

# ---- windows ----

assert_type(Window(day, day), Window)
assert_type(Window(earliest=day, latest=day), Window)

v = w = Window(day, day)
assert_type(w.earliest, date)
assert_type(w.latest, date)
assert_type(w.days, int)
assert_type(w.day_count, int)
assert_type(Window.parse("2026-01-05/2026-03-01"), Window)
assert_type(day in w, bool)
assert_type(v in w, bool)
assert_type(v | w, Window)
assert_type(v & w, Window | None)
assert_type(v.alongside(w), Window)
assert_type(v == w, bool)
assert_type(str(w), str)
assert_type(w.isoformat(), str)
assert_type(format(w, "%d %b %Y"), str)

Window("2026-01-05", day)  # type: ignore[arg-type]
w.days = 3  # type: ignore[misc]
_ = "2026-01-05" in w  # type: ignore[operator]
_ = w + day  # type: ignore[operator]
_ = w | day  # type: ignore[operator]
w.alongside(r)  # type: ignore[arg-type]
_ = v < w  # type: ignore[operator]

# ---- dates, orders, strategies ----

assert_type(read_date("2026-01-05"), date)
assert_type(read_date(day, "start"), date)
assert_type(Ordering("at most"), Ordering)
assert_type(Ordering.AT_MOST.name, Literal["AT_MOST"])

read_date(20260105)  # type: ignore[arg-type]

assert_type(strategies.dates(rich=True), SearchStrategy[date])
assert_type(strategies.durations(), SearchStrategy[Duration])
assert_type(strategies.duration_ranges(rich=True), SearchStrategy[DurationRange])
assert_type(strategies.windows(), SearchStrategy[Window])

strategies.durations(True)  # type: ignore[call-arg]
