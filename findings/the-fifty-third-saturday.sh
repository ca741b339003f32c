#!/usr/bin/env bash
# A year has a 53rd Saturday if it begins or ends with one; if asked for it by RFC 5545, two
# calendar libraries name a Saturday in January.
#
# Guess: all give 30 December 2028, the first from 2026 on: 2028 has 53 Saturdays, 2026 and 2027
# have 52.
#
# Result, for FREQ=YEARLY;BYDAY=53SA: python-dateutil 4.0.0 and rrule 2.8.1 30 December 2028;
# rrule-temporal 2.2.8 2 January 2027; ical.js 2.2.1 16 January 2027. And ical.js takes "the
# Monday of week 1" (BYWEEKNO=1;BYDAY=MO) as every Monday; the others say 4 January 2027.
#
# Why it matters here: plans are made in numbered weeks, and they break in years of 53 weeks
# (such as 2026 in ISO 8601); export a week as its days.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet python-dateutil==4.0.0
npm install --silent --no-fund --no-audit --prefix . rrule@2.8.1 rrule-temporal@2.2.8 ical.js@2.2.1

cat >calendars.mjs <<'END'
import ICAL from "ical.js";
import rrule from "rrule";
import { RRuleTemporal } from "rrule-temporal";
const rules = process.argv.slice(2);
const first = (rule) => {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString("2026-01-31"));
  return `${iterator.next()} ${iterator.next()}`;
};
const byRrule = (rule) =>
  rrule.rrulestr(`DTSTART:20260131T000000Z\nRRULE:${rule}`).all().map((day) => day.toISOString().slice(0, 10)).join(" ");
const byTemporal = (rule) =>
  new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:20260131T000000\nRRULE:${rule}` })
    .all().map((day) => day.toPlainDate().toString()).join(" ");
for (const rule of rules) {
  console.log("rrule:", byRrule(rule));
  console.log("rrule-temporal:", byTemporal(rule));
  console.log("ical.js:", first(rule));
}
END
cat >calendars.py <<'END'
import sys

from dateutil.rrule import rrulestr

for rule in sys.argv[1:]:
    days = rrulestr(f"DTSTART:20260131T000000\nRRULE:{rule}")
    print("dateutil:", *(str(day.date()) for day in days))
END
rules=('FREQ=YEARLY;BYDAY=53SA;COUNT=2' 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=2')
{ venv/bin/python calendars.py "${rules[@]}"; node calendars.mjs "${rules[@]}"; } | tee came
diff came - <<'END'
dateutil: 2028-12-30 2033-12-31
dateutil: 2027-01-04 2028-01-03
rrule: 2028-12-30 2033-12-31
rrule-temporal: 2027-01-02 2028-01-01
ical.js: 2027-01-16 2028-01-15
rrule: 2027-01-04 2028-01-03
rrule-temporal: 2027-01-04 2028-01-03
ical.js: 2026-02-02 2026-02-09
END
