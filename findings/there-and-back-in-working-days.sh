#!/usr/bin/env bash
# Friday to Saturday is one working day in NumPy, and Saturday back to Friday none; other
# libraries count other days, and one does not count what it adds.
#
# Guess: the way back is minus the way there, and if Saturday plus one is Monday, then Saturday
# to Monday is one.
#
# Result, for Friday to Saturday, back, Saturday to Monday, back: NumPy 2.4.6 and polars 2.1.0 1,
# 0, 0, -1 (the first day counts and the last does not, in both directions); better-calendar
# 2.0.1 1, -1, 0, 0; business-calendar 0.2.1 0, 0, 1, -1; calendra 7.11.1 0, 0, 1, 1; bizdays
# 1.0.19 0, 0, 0, 0, although its own `offset` from Saturday by one is Monday. No two packages
# agree unless one copies the other.
#
# Why it matters here: the page "Durations in other tools" has what they add; a count of working
# days means just as little without its rule. Here the n-th working day after the start counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet numpy==2.4.6 polars==2.1.0 better-calendar==2.0.1 business-calendar==0.2.1 calendra==7.11.1 bizdays==1.0.19

venv/bin/python - <<'END'
from datetime import date, datetime

import better_calendar
import bizdays
import business_calendar
import numpy as np
import polars as pl
from calendra.europe import UnitedKingdom

friday, saturday, monday = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)
ways = [(friday, saturday), (saturday, friday), (saturday, monday), (monday, saturday)]
weekdays = bizdays.Calendar(
    [], ["Saturday", "Sunday"], startdate=date(2026, 1, 1), enddate=date(2026, 12, 31)
)
business = business_calendar.Calendar()
britain = UnitedKingdom()


def midnight(day):
    return datetime(day.year, day.month, day.day)


counts = {
    "NumPy": lambda a, b: int(np.busday_count(a, b)),
    "polars": lambda a, b: pl.select(pl.business_day_count(a, b)).item(),
    "better-calendar": better_calendar.count,
    "business-calendar": lambda a, b: business.busdaycount(midnight(a), midnight(b)),
    "calendra": britain.get_working_days_delta,
    "bizdays": lambda a, b: weekdays.bizdays(a, b),
}
came = {name: [count(*way) for way in ways] for name, count in counts.items()}
for name, days in came.items():
    print(f"{name}:", *days)
added = weekdays.offset(saturday, 1)
print("bizdays, Saturday and one:", added)
assert added == monday
assert came == {
    "NumPy": [1, 0, 0, -1],
    "polars": [1, 0, 0, -1],
    "better-calendar": [1, -1, 0, 0],
    "business-calendar": [0, 0, 1, -1],
    "calendra": [0, 0, 1, 1],
    "bizdays": [0, 0, 0, 0],
}
END
