#!/usr/bin/env bash
# SQLite's 'floor' must come directly after the months; one place later it silently does nothing.
# And SQLite has no weeks: a date plus 4 of them is NULL.
#
# Guess: 'floor' is a setting for the whole sum, and 'weeks' is a unit like 'days' and 'months'.
#
# Result: SQLite 3.54.1 and its rewrite in Rust, Turso 0.8.3, agree: 31 January 2026 and 1 month
# 'floor' and 3 days is 3 March; with 'floor' at the end it is 6 March. `+4 weeks` is NULL, and
# `+1.5 months` is 18 March: 31 February, which is 3 March, and 15 days.
#
# Why it matters here: the safe way in "Durations in other tools" has 'floor' after the months
# and days for the weeks; the order matters there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet apsw==3.54.1.0 pyturso==0.8.3

venv/bin/python - <<'END'
import apsw
import turso

SUMS = {
    "'1 month', 'floor', '3 days'": "2026-03-03",
    "'1 month', '3 days', 'floor'": "2026-03-06",
    "'4 weeks'": None,
    "'28 days'": "2026-02-28",
    "'1.5 months'": "2026-03-18",
}
for name, connection in (("SQLite", apsw.Connection(":memory:")), ("Turso", turso.connect(":memory:"))):
    for steps, expected in SUMS.items():
        cursor = connection.cursor()
        cursor.execute(f"select date('2026-01-31', {steps})")
        (day,) = cursor.fetchone()
        print(f"{name}: date('2026-01-31', {steps}) {day}")
        assert day == expected, (name, steps, day)
END
