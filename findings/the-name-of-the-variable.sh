#!/usr/bin/env bash
# In Oxigraph a date plus a duration has a value or not depending on the *names* of the two
# SPARQL variables, or on the digits of the two constants.
#
# Guess: a date plus a month is a date, as in the SPARQL engines that support this sum at all.
#
# Result: pyoxigraph 0.5.13: `?a + ?b` gives 15 February, `?y + ?x` and `?start + ?stage`
# nothing, for the same values; of the constants P1M to P12M, three give a date. Subtraction
# always works, so a sum can be written as a difference. It looks as if a step before the sum
# puts the two in its own order.
#
# Why it matters here: plans stored as RDF give dates for some rows and nothing for others; pass
# dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pyoxigraph==0.5.13

venv/bin/python - <<'END'
from datetime import date

import pyoxigraph

PREFIX = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
VALUES = '("2026-01-15"^^xsd:date "P1M"^^xsd:duration)'


def first(query):
    (row,) = pyoxigraph.Store().query(PREFIX + query)
    return None if row["found"] is None else row["found"].value


def of(day, stage, sign):
    return first(
        f"SELECT ?found {{ VALUES (?{day} ?{stage}) {{ {VALUES} }} "
        f"BIND(?{day} {sign} ?{stage} AS ?found) }}"
    )


names = [("a", "b"), ("x", "y"), ("y", "x"), ("start", "stage")]
came = {pair: (of(*pair, "+"), of(*pair, "-")) for pair in names}
for (day, stage), (added, subtracted) in came.items():
    print(f"?{day} + ?{stage}: {added}   ?{day} - ?{stage}: {subtracted}")
constants = [
    n
    for n in range(1, 13)
    if first(f'SELECT ("2026-01-15"^^xsd:date + "P{n}M"^^xsd:yearMonthDuration AS ?found) {{}}')
]
print("of P1M to P12M these give a date:", constants)
assert came == {
    ("a", "b"): ("2026-02-15", "2025-12-15"),
    ("x", "y"): ("2026-02-15", "2025-12-15"),
    ("y", "x"): (None, "2025-12-15"),
    ("start", "stage"): (None, "2025-12-15"),
}
assert constants == [4, 5, 8]
END
