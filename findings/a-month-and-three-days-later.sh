#!/usr/bin/env bash
# APScheduler's trigger "every so many months and days" skips each month that lacks the day,
# before it counts the days.
#
# Guess: it clamps to the end of the month, then counts the days: 29 January, 3 March.
#
# Result: APScheduler 3.11.3, `CalendarIntervalTrigger(months=1, days=3)` from 29 January 2026:
# the next run is 1 April, two months and three days later; monthly from 31 January runs in
# January, March, May, July.
#
# Why it matters here: reminders for a plan's stages that are scheduled this way skip the short
# months; schedule the plan's dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet apscheduler==3.11.3

venv/bin/python - <<'END'
from datetime import date, datetime, timezone

from apscheduler.triggers.calendarinterval import CalendarIntervalTrigger


def runs(trigger, count):
    now, last, found = datetime(2026, 1, 1, tzinfo=timezone.utc), None, []
    for _ in range(count):
        last = trigger.get_next_fire_time(last, now)
        found.append(str(last.date()))
    return found


both = runs(CalendarIntervalTrigger(months=1, days=3, start_date=date(2026, 1, 29), timezone="UTC"), 2)
monthly = runs(CalendarIntervalTrigger(months=1, start_date=date(2026, 1, 31), timezone="UTC"), 4)
print("a month and three days:", *both)
print("monthly:", *monthly)
assert both == ["2026-01-29", "2026-04-01"]
assert monthly == ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]
END
