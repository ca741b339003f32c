#!/usr/bin/env bash
# Daft adds a month to 31 January and gets 3 March, but the Arrow interval that it exports means
# 28 February to every engine that reads it.
#
# Guess: it clamps to the end of the month, as DuckDB, DataFusion and polars do.
#
# Result: Daft 0.6.14 runs over into March; DuckDB 2.0.1 adds the same interval, exported by
# Daft, and gets 28 February.
#
# Why it matters here: the same column of months gives two plans, depending on which of two Arrow
# engines adds it; dates do not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet daft==0.6.14 duckdb==2.0.1 pyarrow==26.0.1

venv/bin/python - 2>/dev/null <<'END'
from datetime import date

import daft
import duckdb

frame = daft.from_pydict({"start": [date(2026, 1, 31)]})
month = daft.interval(months=1)
(by_daft,) = frame.select((daft.col("start") + month).alias("end")).to_pydict()["end"]
table = frame.select(daft.col("start"), month.alias("month")).to_arrow()
((by_duckdb,),) = duckdb.sql('select (start + "month")::date from "table"').fetchall()
print("type of the interval:", table.schema.field("month").type)
print("31 January 2026 + 1 month: Daft", by_daft, "DuckDB", by_duckdb)
assert str(table.schema.field("month").type) == "month_day_nano_interval"
assert (by_daft, by_duckdb) == (date(2026, 3, 3), date(2026, 2, 28))
END
