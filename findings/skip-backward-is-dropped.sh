#!/usr/bin/env bash
# RFC 7529 has a word for what planning calendars need, SKIP=BACKWARD: if a month has no 31st,
# take its last day. One library removes the word from the rule, one keeps it, two refuse it;
# none obeys it.
#
# Guess: all refuse what they do not support.
#
# Result: ical.js 2.2.1 reads the rule, writes it back without RSCALE and SKIP, and skips
# February; icalendar 7.3.2 keeps the word and computes nothing; rrule 2.8.1 and python-dateutil
# 4.0.0 refuse it.
#
# Why it matters here: a rule that passes through ical.js loses part of its meaning without a
# warning; export a plan as dates, never as a rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet python-dateutil==4.0.0 icalendar==7.3.2
npm install --silent --no-fund --no-audit --prefix . ical.js@2.2.1 rrule@2.8.1

cat >calendars.mjs <<'END'
import ICAL from "ical.js";
import rrule from "rrule";
const rule = "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3";
const read = ICAL.Recur.fromString(rule);
const iterator = read.iterator(ICAL.Time.fromDateString("2026-01-31"));
const days = [];
for (let day = iterator.next(); day; day = iterator.next()) days.push(day.toString());
console.log("ical.js:", String(read), days.join(" "));
try {
  rrule.rrulestr(`DTSTART:20260131T000000Z\nRRULE:${rule}`);
  console.log("rrule.js: read");
} catch {
  console.log("rrule.js: refused");
}
END
cat >calendars.py <<'END'
from dateutil.rrule import rrulestr
from icalendar import vRecur

RULE = "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3"
print("icalendar:", vRecur.from_ical(RULE).to_ical().decode())
try:
    rrulestr(f"DTSTART:20260131T000000\nRRULE:{RULE}")
except ValueError:
    print("dateutil: refused")
END
{ node calendars.mjs; venv/bin/python calendars.py; } | tee came
diff came - <<'END'
ical.js: FREQ=MONTHLY;COUNT=3 2026-01-31 2026-03-31 2026-05-31
rrule.js: refused
icalendar: RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=3;SKIP=BACKWARD
dateutil: refused
END
