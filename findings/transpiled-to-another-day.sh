#!/usr/bin/env bash
# A query that sqlglot translates from MySQL to SQLite adds a month and gets a different day.
#
# Guess: if the meaning differs, it corrects the query, as sqlglot does for Oracle's ADD_MONTHS
# in DuckDB, or refuses.
#
# Result: sqlglot 30.30.0 writes `DATE('2026-01-31', '1 MONTH')`; SQLite 3.54.1 gives 3 March,
# MySQL and MariaDB give 28 February. SQLite has had its own word for this, 'floor', since 3.46.
#
# Why it matters here: a schedule kept in SQLite, from a query that was right, is up to three
# days late at the ends of months.
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
