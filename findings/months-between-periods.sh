#!/usr/bin/env bash
# The difference of two pandas months is a number of month *ends*; added to a day in the first
# month it does not reach that day in the second.
#
# Guess: March minus January is two months, so 15 January becomes 15 March.
#
# Result: pandas 3.1.1: it is `<2 * MonthEnds>`, and 15 January becomes 28 February, which is not
# in March at all; 31 January becomes 31 March.
#
# Why it matters here: "how many months apart" and "that many months later" have different types
# in pandas; take the number (`.n`) and add it as `Duration.to_pandas()`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pandas==3.1.1

venv/bin/python - <<'END'
import pandas as pd

apart = pd.Period("2026-03", "M") - pd.Period("2026-01", "M")
came = {day: f"{pd.Timestamp(day) + apart:%Y-%m-%d}" for day in ("2026-01-15", "2026-01-31")}
print(repr(apart), came)
assert (repr(apart), apart.n) == ("<2 * MonthEnds>", 2)
assert came == {"2026-01-15": "2026-02-28", "2026-01-31": "2026-03-31"}
END
