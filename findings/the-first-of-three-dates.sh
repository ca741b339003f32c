#!/usr/bin/env bash
# An event with a start and two more dates (RDATE) has three days; the library behind Home
# Assistant's calendars shows two.
#
# Guess: three: RFC 5545 says that DTSTART is part of the set, whatever else is in it.
#
# Result: ical 14.3.1 leaves out the first if there are only RDATEs, and keeps it if there is
# also an RRULE; icalendar 7.3.2 with recurring-ical-events 3.8.2 gives three.
#
# Why it matters here: the go-lives of a plan as one event with several dates lose the first;
# export one event for each, as `to_ical()` does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet ical==14.3.1 icalendar==7.3.2 recurring-ical-events==3.8.2

venv/bin/python - <<'END'
from datetime import date

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//", "BEGIN:VEVENT", "UID:1"]
HEAD += ["DTSTAMP:20260101T000000Z", "SUMMARY:live", "DTSTART;VALUE=DATE:20260105"]
DATES = "RDATE;VALUE=DATE:20260202,20260302"
YEAR = date(2026, 1, 1), date(2027, 1, 1)


def days(*lines):
    text = "\r\n".join([*HEAD, *lines, "END:VEVENT", "END:VCALENDAR", ""])
    by_ical = [event.start for event in IcsCalendarStream.calendar_from_ics(text).timeline.overlapping(*YEAR)]
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(*YEAR)
    return [str(day) for day in by_ical], sorted(str(event.start) for event in read)


only, both = days(DATES), days(DATES, "RRULE:FREQ=MONTHLY;COUNT=1")
print("dates only:  ical", *only[0], "icalendar", *only[1])
print("with a rule: ical", *both[0], "icalendar", *both[1])
three = ["2026-01-05", "2026-02-02", "2026-03-02"]
assert only == (three[1:], three)
assert both == (three, three)
END
