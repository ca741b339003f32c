#!/usr/bin/env bash
# better-calendar ships 477 calendars, several of them for Britain; in one of them every Easter
# Monday is a working day.
#
# Guess: `country:GB` has the holidays of England, as `wk:GB` of the same wheel and the exchange
# do.
#
# Result: better-calendar 2.0.1 compared with what the government published for England
# (govuk-bank-holidays 0.19), weekdays of 2018 to 2027: `country:GB` lacks Easter Monday and the
# summer bank holiday of each year, which Scotland does not share; `wk:GB` lacks the coronation,
# 8 May 2023; `XLON` and `ql:UnitedKingdom.Settlement` are right. One working day after Thursday
# 2 April 2026 is Monday 6 by the first, and Tuesday 7 by the others.
#
# Why it matters here: the United Kingdom has no single calendar of working days, only its parts
# have; a `WorkingCalendar` says which part it is for and how far it is known.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet better-calendar==2.0.1 govuk-bank-holidays==0.19

venv/bin/python - <<'END'
from datetime import date, timedelta

import better_calendar
from govuk_bank_holidays.bank_holidays import BankHolidays

published = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
listed = {one["date"] for one in published}
every = [date(2018, 1, 1) + timedelta(days) for days in range(3652)]
weekdays = [day for day in every if day.weekday() < 5]
came = {}
for name in ("country:GB", "wk:GB", "XLON", "ql:UnitedKingdom.Settlement"):
    calendar = better_calendar.get(name)
    wrong = [day for day in weekdays if calendar.is_bday(day) == (day in listed)]
    after = better_calendar.offset(date(2026, 4, 2), 1, cal=name)
    came[name] = len(wrong), str(after)
    print(name, came[name], *wrong[:2])
assert came == {
    "country:GB": (20, "2026-04-06"),
    "wk:GB": (1, "2026-04-07"),
    "XLON": (0, "2026-04-07"),
    "ql:UnitedKingdom.Settlement": (0, "2026-04-07"),
}
END
