#!/usr/bin/env bash
# ibis says that a date plus a month is a date, but its DuckDB backend returns a timestamp.
#
# Guess: the type that the expression states, on every backend.
#
# Result: ibis-framework 12.0.0 with DuckDB 2.0.1: the expression's type is `date`, the value a
# `Timestamp`; the polars backend cannot make the interval at all.
#
# Why it matters here: a schema that is checked before the query runs, or a plan that is compared
# by day, then differs; cast, or pass dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet 'ibis-framework[duckdb,polars]==12.0.0' duckdb==2.0.1 polars==2.1.0 pandas==3.1.1

venv/bin/python - <<'END'
import ibis
import pandas as pd

moved = (ibis.date("2026-01-31") + ibis.interval(months=1)).name("day")
value = ibis.duckdb.connect().execute(moved)
print("type:", moved.type(), "value:", repr(value))
assert str(moved.type()) == "date"
assert type(value) is pd.Timestamp
try:
    ibis.polars.connect().execute(moved)
except TypeError as error:
    print("polars:", error)
else:
    raise AssertionError("polars can do it now")
END
