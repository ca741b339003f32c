"""The types of working days and their calendars. Never run, only checked."""

from datetime import date
from typing import assert_type

from hypothesis.strategies import SearchStrategy

from nhs_api_catalogue import (
    Closure,
    Window,
    WorkingCalendar,
    WorkingDays,
    bank_holidays,
    days,
    england,
    strategies,
)

day = date(2026, 1, 5)

# ---- calendars ----

assert_type(england(), WorkingCalendar)
assert_type(england(beyond="weekends_only"), WorkingCalendar)
assert_type(bank_holidays("scotland"), WorkingCalendar)
bank_holidays("ireland")  # type: ignore[arg-type]
england(beyond="weekends")  # type: ignore[arg-type]

freeze = Closure("change freeze", "2026-12-14", date(2027, 1, 3))
assert_type(freeze.last, date)
assert_type(day in freeze, bool)
calendar = WorkingCalendar([freeze], "2026-01-01", day, source="us", as_of="2026-11-01")
assert_type(WorkingCalendar({day: "closed"}, source="us"), WorkingCalendar)
assert_type(WorkingCalendar({"2026-01-05": "closed"}, source="us"), WorkingCalendar)
assert_type(WorkingCalendar({Window(day, day): "closed"}, source="us"), WorkingCalendar)
WorkingCalendar({})  # type: ignore[call-arg]
assert_type(calendar + england(), WorkingCalendar)
assert_type(calendar.holidays, tuple[Closure, ...])
assert_type(calendar.known_until, date | None)
assert_type(calendar.sources, tuple[str, ...])
assert_type(calendar.after(day, 5), date)
assert_type(calendar.latest_start("2026-01-05", 5), date)
assert_type(calendar.days_between(day, "2026-02-05"), int)
assert_type(calendar.is_working(day), bool)
assert_type(calendar.closures_on(day), tuple[Closure, ...])

# ---- working days ----

five = WorkingDays(5)
assert_type(WorkingDays.parse("5-10 working days"), WorkingDays)
assert_type(five.longest, int)
assert_type(five + WorkingDays(5, 10), WorkingDays)
assert_type(2 * five, WorkingDays)
assert_type(five | five, WorkingDays)
assert_type(five & five, WorkingDays | None)
assert_type(five.alongside(five), WorkingDays)
assert_type(five < WorkingDays(10), bool)
assert_type(5 in five, bool)
assert_type(five.at_most(five), bool)
assert_type(five.after(day, calendar), Window)
assert_type(five.after("2026-01-05", calendar), Window)
assert_type(five.latest_start(Window(day, day), calendar), Window)
five.after(day)  # type: ignore[call-arg]
_ = five < days(5)  # type: ignore[operator]
five + days(5)  # type: ignore[operator]

# ---- strategies ----

assert_type(strategies.working_days(), SearchStrategy[WorkingDays])
assert_type(strategies.closures(), SearchStrategy[Closure])
assert_type(strategies.working_calendars(), SearchStrategy[WorkingCalendar])
