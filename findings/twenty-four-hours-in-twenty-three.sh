#!/usr/bin/env bash
# DURATION:PT24H over the night in which clocks go forward: three calendar libraries end it after
# 23 hours.
#
# Guess: P1D ends at the same time on the next day, PT24H an hour later by the clock: RFC 5545
# (3.3.6) says that days are counted on the calendar and hours exactly.
#
# Result: ical.js 2.2.1, icalendar 7.3.2 and ical 14.3.1 end both at 9:00 on 29 March 2026; from
# 9:00 in London the day before, that is 23 hours.
#
# Why it matters here: even hours, the one unit that looks safe, are calendar days there; give a
# calendar both dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet icalendar==7.3.2 ical==14.3.1 tzdata
npm install --silent --no-fund --no-audit --prefix . ical.js@2.2.1

cat >event.ics <<'END'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
SUMMARY:test run
DTSTART;TZID=Europe/London:20260328T090000
DURATION:PT24H
END:VEVENT
END:VCALENDAR
END
sed -i 's/$/\r/' event.ics
cat >end.mjs <<'END'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
const calendar = new ICAL.Component(ICAL.parse(readFileSync("event.ics", "utf8")));
ICAL.TimezoneService.register(calendar.getFirstSubcomponent("vtimezone"));
const { startDate, endDate } = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
console.log("ical.js:", String(endDate), (endDate.toUnixTime() - startDate.toUnixTime()) / 3600);
END
cat >end.py <<'END'
from datetime import timezone
from pathlib import Path

import icalendar
from ical.calendar_stream import IcsCalendarStream

TEXT = Path("event.ics").read_bytes().decode()
(by_icalendar,) = icalendar.Calendar.from_ical(TEXT).walk("VEVENT")
(by_ical,) = IcsCalendarStream.calendar_from_ics(TEXT).events
for name, event in {"icalendar": by_icalendar, "ical": by_ical}.items():
    exact = event.end.astimezone(timezone.utc) - event.start.astimezone(timezone.utc)
    print(f"{name}: {event.end:%Y-%m-%dT%H:%M:%S} {exact.total_seconds() / 3600:g}")
END
{ node end.mjs; venv/bin/python end.py; } | tee came
diff came - <<'END'
ical.js: 2026-03-29T09:00:00 23
icalendar: 2026-03-29T09:00:00 23
ical: 2026-03-29T09:00:00 23
END
