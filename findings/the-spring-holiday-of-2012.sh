#!/usr/bin/env bash
# date-holidays puts a bank holiday of England on the wrong Monday: in 2012 the late May holiday
# was moved to 4 June, before the holiday for the jubilee.
#
# Guess: a library of rules has the moved days of the last fifteen years, as holidays and
# QuantLib do.
#
# Result: date-holidays 3.37.0 compared with what the government published (govuk-bank-holidays
# 0.19), working days of 2012 to 2028: 28 May 2012 too many, 4 June 2012 missing, all others
# right.
#
# Why it matters here: a calendar by rule is right until a government decides otherwise; working
# days need a published list with its date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet govuk-bank-holidays==0.19
npm install --silent --no-fund --no-audit --prefix . date-holidays@3.37.0

cat >rules.mjs <<'END'
import Holidays from "date-holidays";
const england = new Holidays("GB", "ENG");
for (let year = 2012; year <= 2028; year += 1) {
  for (const day of england.getHolidays(year)) {
    if (["public", "bank"].includes(day.type)) console.log(day.date.slice(0, 10));
  }
}
END
node rules.mjs >rules
venv/bin/python - <<'END'
from datetime import date
from pathlib import Path

from govuk_bank_holidays.bank_holidays import BankHolidays

published = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
listed = {one["date"] for one in published}
by_rule = {date.fromisoformat(day) for day in Path("rules").read_text().split()}
missing, extra = (
    sorted(str(day) for day in days if day.weekday() < 5 and 2012 <= day.year <= 2028)
    for days in (listed - by_rule, by_rule - listed)
)
print("missing:", missing, "too many:", extra)
assert (missing, extra) == (["2012-06-04"], ["2012-05-28"])
END
