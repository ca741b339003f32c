#!/usr/bin/env bash
# "How many months lie between two dates" counts first days of months in one dialect of SQL and
# whole months in another; sqlglot translates the one as the other, and for SQLite as days
# divided by 30.
#
# Guess: it keeps the count, or refuses; for weeks it does shift the beginning of the week.
#
# Result: sqlglot 30.30.0. `DATEDIFF(MONTH, '2026-01-31', '2026-02-01')` of Databricks counts a
# first and is 1; it stays 1 in DuckDB and becomes 0 in PostgreSQL and SQLite. `TIMESTAMPDIFF` of
# MySQL counts whole months and is 0 there; in DuckDB it becomes 1. Ten years become 120 months
# in two of them, and 121 in SQLite.
#
# Why it matters here: "within a month of the deadline" depends on the database; compare with
# dates that were computed here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet sqlglot==30.30.0 duckdb==2.0.1 apsw==3.54.1.0
npm install --silent --no-fund --no-audit --prefix . @electric-sql/pglite@0.5.17

cat >carry.py <<'END'
import json
from pathlib import Path

import apsw
import duckdb
import sqlglot

PAIRS = {"a day": ("2026-01-31", "2026-02-01"), "ten years": ("2026-01-05", "2036-01-05")}
sqlite, in_duckdb = apsw.Connection(":memory:"), duckdb.connect()
for_postgresql, came = {}, {}


def carried(function, read, write, pair):
    query = f"SELECT {function}(MONTH, CAST('{pair[0]}' AS DATE), CAST('{pair[1]}' AS DATE))"
    return sqlglot.transpile(query, read=read, write=write)[0]


for name, pair in PAIRS.items():
    came[f"Databricks to DuckDB, {name}"] = in_duckdb.execute(
        carried("DATEDIFF", "databricks", "duckdb", pair)
    ).fetchone()[0]
    # SQLite reads a cast to DATE as a number, so the dates go in as they are.
    query = f"SELECT DATEDIFF(MONTH, '{pair[0]}', '{pair[1]}')"
    came[f"Databricks to SQLite, {name}"] = sqlite.execute(
        sqlglot.transpile(query, read="databricks", write="sqlite")[0]
    ).fetchone()[0]
    for_postgresql[f"Databricks to PostgreSQL, {name}"] = carried(
        "DATEDIFF", "databricks", "postgres", pair
    )
    came[f"MySQL to DuckDB, {name}"] = in_duckdb.execute(
        carried("TIMESTAMPDIFF", "mysql", "duckdb", pair)
    ).fetchone()[0]
for name, months in came.items():
    print(f"{name}: {months}")
Path("postgresql.json").write_text(json.dumps(for_postgresql))
END
cat >postgresql.mjs <<'END'
import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
const database = new PGlite();
for (const [name, query] of Object.entries(JSON.parse(readFileSync("postgresql.json", "utf8")))) {
  const { rows } = await database.query(query);
  console.log(`${name}: ${Object.values(rows[0])[0]}`);
}
await database.close();
END
{ venv/bin/python carry.py; node postgresql.mjs; } | tee came
diff came - <<'END'
Databricks to DuckDB, a day: 1
Databricks to SQLite, a day: 0
MySQL to DuckDB, a day: 1
Databricks to DuckDB, ten years: 120
Databricks to SQLite, ten years: 121
MySQL to DuckDB, ten years: 120
Databricks to PostgreSQL, a day: 0
Databricks to PostgreSQL, ten years: 120
END
