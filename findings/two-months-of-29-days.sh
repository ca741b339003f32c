#!/usr/bin/env bash
# undate is made for partly known dates. In it, February and March of an unknown year certainly
# last 29 days; February alone lasts 28 or 29.
#
# Guess: 59 or 60, as an uncertain duration, for which it has a type.
#
# Result: undate 0.8.0: 59 days in 2026 and 60 in 2028, 29 days in an unknown year, because the
# last month is then counted up to its first day; `UnDelta(28,29)` for February of an unknown
# year. 28 February to 1 March, both counted, is 2 days without a year, and 3 in 2028.
#
# Why it matters here: for "some months after an unknown start" only a range is certain, and a
# range that is too narrow looks like knowledge; `Duration.day_difference` has both ends, over
# all dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet undate==0.8.0

venv/bin/python - <<'END'
from undate import Undate, UndateInterval


def from_to(year, first, last):
    return str(UndateInterval(Undate(year, *first), Undate(year, *last)).duration())


two_months = [from_to(year, [2], [3]) for year in (2026, 2028, None)]
two_days = [from_to(year, [2, 28], [3, 1]) for year in (2026, 2028, None)]
one_month = repr(Undate(None, 2).duration())
print("February and March of 2026, 2028, an unknown year:", *two_months, sep=" | ")
print("28 February to 1 March:", *two_days, sep=" | ")
print("February of an unknown year:", one_month)
assert [each.split()[0] for each in two_months] == ["59", "60", "29"]
assert [each.split()[0] for each in two_days] == ["2", "3", "2"]
assert one_month == "undate.UnDelta(28,29)"
END
