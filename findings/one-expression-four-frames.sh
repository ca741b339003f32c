#!/usr/bin/env bash
# One Narwhals expression, `col.dt.offset_by(...)`, on a column of dates gives a different type
# of column on each engine.
#
# Guess: the same values and types everywhere, which is the purpose of Narwhals.
#
# Result: Narwhals 2.29.0 with polars 2.1.0, DuckDB 2.0.1 and pyarrow 26.0.1: `"1mo"` stays a
# date in polars, becomes a timestamp in DuckDB, and is refused by pyarrow; `"30d"` turns a date
# into a timestamp in pyarrow, and a pandas column of Arrow dates stays dates.
#
# Why it matters here: Narwhals can read a catalogue or a plan as a table: add months here, where
# the result is a date, and pass that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet narwhals==2.29.0 polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1 pandas==3.1.1

venv/bin/python - <<'END'
from datetime import date, datetime

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa

day = date(2026, 1, 31)
frames = {
    "polars": (pl.DataFrame({"day": [day]}), lambda frame: frame.item()),
    "pyarrow": (pa.table({"day": [day]}), lambda table: table["day"][0].as_py()),
    "pandas of Arrow": (
        pd.DataFrame({"day": pd.array([day], dtype=pd.ArrowDtype(pa.date32()))}),
        lambda frame: frame["day"].iloc[0],
    ),
    "DuckDB": (duckdb.sql("select date '2026-01-31' as day"), lambda one: one.fetchall()[0][0]),
}
came = {}
for by in ("1mo", "30d"):
    for name, (frame, value_of) in frames.items():
        try:
            moved = nw.from_native(frame).select(nw.col("day").dt.offset_by(by))
            came[by, name] = value_of(nw.to_native(moved))
        except NotImplementedError:
            came[by, name] = None
        print(by, name, came[by, name])
assert came == {
    ("1mo", "polars"): date(2026, 2, 28),
    ("1mo", "pyarrow"): None,
    ("1mo", "pandas of Arrow"): None,
    ("1mo", "DuckDB"): datetime(2026, 2, 28),
    ("30d", "polars"): date(2026, 3, 2),
    ("30d", "pyarrow"): datetime(2026, 3, 2),
    ("30d", "pandas of Arrow"): date(2026, 3, 2),
    ("30d", "DuckDB"): datetime(2026, 3, 2),
}
END
