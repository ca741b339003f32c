#!/usr/bin/env bash
# `age(later, earlier)` in PostgreSQL and DuckDB gives months and days that, added to the earlier
# date, often miss the later one.
#
# Guess: the difference adds back, as in java.time and Temporal.
#
# Result: PostgreSQL 18.7 (as PGlite 0.5.17) and DuckDB 2.0.1 both miss on the same 67,535 of
# 291,669 pairs (starts of 2027 and 2028, 1 to 399 days), nearly one in four: 30 January to 1
# March 2027 is given as 1 month 2 days, which leads to 2 March.
#
# Why it matters here: storing a measured stage as `age(...)` and adding it to the next start
# shifts the plan; store a difference in days, or two dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet duckdb==2.0.1
npm install --silent --no-fund --no-audit --prefix . @electric-sql/pglite@0.5.17

cat >count.sql <<'END'
with days as (select generate_series as step from generate_series(0, 730)),
     starts as (select date '2027-01-01' + step::int as start from days),
     spans as (select generate_series as span from generate_series(1, 399)),
     pairs as (select start, start + span::int as finish from starts, spans)
select count(*)::int as pairs,
       (count(*) filter (where (start + age(finish, start))::date <> finish))::int as missed,
       (date '2027-01-30' + age(date '2027-03-01', date '2027-01-30'))::date::text as example
from pairs
END
cat >postgresql.mjs <<'END'
import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
const database = new PGlite();
const { rows } = await database.query(readFileSync("count.sql", "utf8"));
console.log([rows[0].pairs, rows[0].missed, rows[0].example].join(" "));
await database.close();
END
postgresql=$(node postgresql.mjs)
duckdb=$(venv/bin/python -c 'import duckdb; print(*duckdb.sql(open("count.sql").read()).fetchall()[0])')
echo "PostgreSQL: pairs, missed, 30 January 2027 + age(1 March 2027): $postgresql"
echo "DuckDB:     pairs, missed, 30 January 2027 + age(1 March 2027): $duckdb"
[ "$postgresql" = "291669 67535 2027-03-02" ]
[ "$duckdb" = "$postgresql" ]
