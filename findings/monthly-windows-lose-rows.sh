#!/usr/bin/env bash
# polars `group_by_dynamic(every="1mo", start_by="datapoint")` drops rows if the first of them is
# on a 31st: its windows begin on 31 January, 28 February, 31 March, and each lasts one month
# from its own beginning.
#
# Guess: windows of one month, one month apart, hold each row once.
#
# Result: polars 2.1.0: the window of 28 February ends before 28 March, the next begins on 31
# March, and the rows of 28, 29 and 30 March are in none; 7 of 10 are left. With
# start_by="window" all are there.
#
# Why it matters here: the windows do not join up, because their starts are counted from the
# first start and their ends from a clamped day. To count go-lives by month, group by calendar
# month.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet polars==2.1.0

venv/bin/python - <<'END'
from datetime import date

import polars as pl

days = [(1, 31), (2, 27), (2, 28), (3, 27), (3, 28), (3, 29), (3, 30), (3, 31), (4, 29), (4, 30)]
frame = pl.DataFrame({"day": [date(2026, month, day) for month, day in days]})
windows = frame.group_by_dynamic(
    "day", every="1mo", start_by="datapoint", include_boundaries=True
).agg(pl.len())
print(windows)
whole = frame.group_by_dynamic("day", every="1mo", start_by="window").agg(pl.len())
print("rows:", len(frame), "in windows from the first row:", windows["len"].sum())
assert [day.date() for day in windows["_lower_boundary"]][1:3] == [date(2026, 2, 28), date(2026, 3, 31)]
assert windows["_upper_boundary"][1].date() == date(2026, 3, 28)
assert (len(frame), windows["len"].sum(), whole["len"].sum()) == (10, 7, 10)
END
