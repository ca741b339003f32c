#!/usr/bin/env bash
# In PostgreSQL and DuckDB eleven months last 330 days and twelve last 365.25: the twelfth month
# has 35 days. The same databases compare and sort with months of 30 days.
#
# Guess: `extract(epoch from ...)` and the order use the same month, so both sort in the same
# way.
#
# Result: PostgreSQL 18.7 (as PGlite 0.5.17) and DuckDB 2.0.1: 11 months are 330 days and 12 are
# 365.25; yet 12 months are equal to 360 days and less than 364. Sorted by itself the pair has
# one order, sorted by its seconds the other. DataFusion 55.0.0 says 330 and 360.
#
# Why it matters here: "days for a chart" taken from an interval jump by five days at a year, and
# disagree with the order of the same column; pass `mean_days`, and say that they are means.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet duckdb==2.0.1 datafusion==55.0.0 pyarrow==26.0.1
npm install --silent --no-fund --no-audit --prefix . @electric-sql/pglite@0.5.17

cat >ask.sql <<'END'
select cast(extract(epoch from interval '11 months') / 86400.0 as float) as eleven,
       cast(extract(epoch from interval '12 months') / 86400.0 as float) as twelve,
       interval '12 months' = interval '360 days' as equal,
       interval '12 months' < interval '364 days' as less
END
cat >postgresql.mjs <<'END'
import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
const database = new PGlite();
const { rows } = await database.query(readFileSync("ask.sql", "utf8"));
console.log("PostgreSQL:", Object.values(rows[0]).join(" "));
await database.close();
END
cat >others.py <<'END'
from pathlib import Path

import datafusion
import duckdb

asked = Path("ask.sql").read_text()
(row,) = duckdb.sql(asked).fetchall()
print("DuckDB:", *(str(each).lower() if isinstance(each, bool) else f"{each:g}" for each in row))
lines = asked.splitlines()
(only,) = datafusion.SessionContext().sql("\n".join(lines[:2]).rstrip(",")).to_pylist()
print("DataFusion:", *(f"{each:g}" for each in only.values()))
END
{ node postgresql.mjs; venv/bin/python others.py; } | tee came
diff came - <<'END'
PostgreSQL: 330 365.25 true true
DuckDB: 330 365.25 true true
DataFusion: 330 360
END
