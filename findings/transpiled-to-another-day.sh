#!/usr/bin/env bash
# a query that sqlglot carries over from MySQL to SQLite adds a month and comes to another day.
#
# Guess: what has another meaning there is carried over with a correction, as sqlglot does for
# Oracle's ADD_MONTHS on the way to DuckDB, or refused.
#
# Came: sqlglot 30.30.0 writes `DATE('2026-01-31', '1 MONTH')`; SQLite 3.54.1 comes to 3 March,
# where MySQL and MariaDB come to 28 February. SQLite's own word for it, 'floor', is there since
# 3.46.
#
# Why it matters here: a schedule kept in SQLite, from a query that was right, is up to three days
# late at the ends of months.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet sqlglot==30.30.0 apsw==3.54.1.0

venv/bin/python - <<'END'
import apsw
import sqlglot

query = "SELECT DATE_ADD('2026-01-31', INTERVAL 1 MONTH)"
carried = sqlglot.transpile(query, read="mysql", write="sqlite")[0]
((day,),) = apsw.Connection(":memory:").execute(carried)
((floored,),) = apsw.Connection(":memory:").execute("SELECT DATE('2026-01-31', '1 month', 'floor')")
(oracle,) = sqlglot.transpile("SELECT ADD_MONTHS(d, 1)", read="oracle", write="duckdb")
print(carried, "->", day, "with floor:", floored)
print("from Oracle:", oracle)
assert (carried, day, floored) == ("SELECT DATE('2026-01-31', '1 MONTH')", "2026-03-03", "2026-02-28")
assert "LAST_DAY" in oracle
END
