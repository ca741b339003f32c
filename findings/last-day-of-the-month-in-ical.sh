#!/usr/bin/env bash
# The usual calendar rule for "the last of the days 28 to 31", BYMONTHDAY with BYSETPOS=-1, works
# in dateutil and rrule.js; ical.js obeys BYSETPOS only if a month has all these days at its
# first step.
#
# Guess: all three give the last day of each month, as RFC 5545 defines BYSETPOS.
#
# Result: python-dateutil 4.0.0 and rrule 2.8.1: 31 January, 28 February, 31 March, 30 April.
# ical.js 2.2.1: 31 January, 28 February, then 28, 29, 30 and 31 March. With BYMONTHDAY=-1 it is
# right.
#
# Why it matters here: a monthly review of a plan that starts on a 31st is exported with such a
# rule; ical.js shows three meetings too many.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet python-dateutil==4.0.0
npm install --silent --no-fund --no-audit --prefix . ical.js@2.2.1 rrule@2.8.1

rule='FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4'
cat >calendars.mjs <<'END'
import ICAL from "ical.js";
import rrule from "rrule";
const [rule] = process.argv.slice(2);
const days = (text) => {
  const found = [];
  const iterator = ICAL.Recur.fromString(text).iterator(ICAL.Time.fromDateString("2026-01-31"));
  for (let day = iterator.next(); day; day = iterator.next()) found.push(day.toString());
  return found.join(" ");
};
const all = rrule.rrulestr(`DTSTART:20260131T000000Z\nRRULE:${rule}`).all();
console.log("rrule.js:", all.map((day) => day.toISOString().slice(0, 10)).join(" "));
console.log("ical.js:", days(rule));
console.log("ical.js, the last day:", days("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4"));
END
cat >calendars.py <<'END'
import sys

from dateutil.rrule import rrulestr

days = rrulestr(f"DTSTART:20260131T000000\nRRULE:{sys.argv[1]}")
print("dateutil:", *(f"{day:%Y-%m-%d}" for day in days))
END
{ venv/bin/python calendars.py "$rule"; node calendars.mjs "$rule"; } | tee came
diff came - <<'END'
dateutil: 2026-01-31 2026-02-28 2026-03-31 2026-04-30
rrule.js: 2026-01-31 2026-02-28 2026-03-31 2026-04-30
ical.js: 2026-01-31 2026-02-28 2026-03-28 2026-03-29
ical.js, the last day: 2026-01-31 2026-02-28 2026-03-31 2026-04-30
END
