#!/usr/bin/env bash
# pyarrow turns pandas and dateutil offsets into an interval of months and days, and silently
# drops what such an interval cannot hold: the count of `2 * DateOffset(months=1)`, and
# dateutil's absolute day, weekday and leap days.
#
# Guess: it refuses what `month_day_nano_interval` cannot hold, as it refuses `MonthEnd`.
#
# Result: pyarrow 26.0.1 with pandas 3.1.1 and dateutil 2.9.0: two times one month becomes one
# month, three plain `DateOffset` days become nothing, `relativedelta(months=1, day=1)` becomes
# one month.
#
# Why it matters here: a doubled stage would come out of Arrow as a single one, so
# `Duration.to_arrow` builds the scalar from its two numbers and never from an offset.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pyarrow==26.0.1 pandas==3.1.1 python-dateutil==2.9.0.post0

venv/bin/python - <<'END'
import pandas as pd
import pyarrow as pa
from dateutil.relativedelta import relativedelta

given = {
    "2 * DateOffset(months=1)": 2 * pd.DateOffset(months=1),
    "DateOffset(3)": pd.DateOffset(3),
    "DateOffset(months=1, days=2)": pd.DateOffset(months=1, days=2),
    "relativedelta(months=1, day=1)": relativedelta(months=1, day=1),
    "relativedelta(months=1, leapdays=1)": relativedelta(months=1, leapdays=1),
}
came = {name: pa.scalar(value, pa.month_day_nano_interval()).as_py() for name, value in given.items()}
for name, value in came.items():
    print(f"{name}: {value.months} months {value.days} days")
start = pd.Timestamp("2026-01-05")
print("in pandas:", start + given["2 * DateOffset(months=1)"], start + given["DateOffset(3)"])
assert start + given["2 * DateOffset(months=1)"] == pd.Timestamp("2026-03-05")
assert start + given["DateOffset(3)"] == pd.Timestamp("2026-01-08")
assert [tuple(value) for value in came.values()] == [
    (1, 0, 0), (0, 0, 0), (1, 2, 0), (1, 0, 0), (1, 0, 0)
]
END
