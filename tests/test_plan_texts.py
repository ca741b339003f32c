"""The whole text of plans, and the whole chart: what a reader sees, to the letter."""

import attrs

from nhs_api_catalogue import Api, DurationRange, Link, Service, plan
from shown_values import small_api

FIRST = Api(
    id="a",
    name="A: b",
    technical=DurationRange.parse("0-2 days"),
    assurance=DurationRange.parse("1-2 weeks"),
)
SECOND, THIRD, FOURTH = (
    attrs.evolve(small_api(name.lower(), *times), name=name)
    for name, *times in (
        ("C", "1-3 days", "10 days"),
        ("D", "1 day", "0 days"),
        ("E", "1 week", "1 week"),
    )
)


def everything():
    return plan(
        [FIRST, SECOND, THIRD, FOURTH],
        start="2026-01-05",
        starts={"HSCN": "2026-01-10", "a": "2026-01-08"},
        built={"C": "2025-12-20"},
        done=["D", "Login"],
        links=[
            Link("a", "C", before="assurance"),
            Link("E", "a", to_be="built", before="build"),
            Link("a", "HSCN"),
            Link("E", "D"),
        ],
        services=[
            Service("HSCN", "1 month 4 weeks to 8 months 6 weeks 1 day", "us"),
            Service("Login", "1 day", "them"),
        ],
        teams=[["a"], ["e"]],
    )


EVERYTHING_TEXT = """\
Start 2026-01-05, go-live 2026-03-10 to 2026-10-23

A: b
  technical implementation  0-2 days      2026-01-08 to 2026-01-10
  NHS England assurance     1-2 weeks     2026-01-15 to 2026-01-24
  go-live                                 2026-03-10 to 2026-10-23

C
  technical implementation                built 2025-12-20
  NHS England assurance     10 days       2025-12-30 to 2025-12-30
  go-live                                 2025-12-30 to 2025-12-30

D
  live already

E
  technical implementation  1 week        2026-01-15 to 2026-01-17
  NHS England assurance     1 week        2026-01-22 to 2026-01-24
  go-live                                 2026-01-22 to 2026-01-24

HSCN (service)
  enabling service          1 month 4 weeks to 8 months 43 days
                                          2026-03-10 to 2026-10-23
  go-live                                 2026-03-10 to 2026-10-23

Login (service)
  live already

Drivers of go-live
- certain: A: b, HSCN
- never: C, E

Warnings
- 2026-01-10 is a Saturday and is not moved: A: b, technical implementation at
  the latest.
- 2026-01-17 is a Saturday and is not moved: E, technical implementation at the
  latest.
- 2026-01-24 is a Saturday and is not moved: A: b, NHS England assurance at the
  latest; E, NHS England assurance at the latest.

Assumptions
- The times are the sources' estimates: the latest date is the latest within
  them, no promise.
- Assurance starts when technical implementation is finished.
- A stage can start on the day on which what it waits for ends.
- Each team implements one API after another: A: b; E.
- Assurance occupies no team, and a team does nothing else.
- A: b is not begun before 2026-01-08.
- HSCN is not begun before 2026-01-10.
- Weeks are 7 days and months calendar months, clamped to the end of the month.
- Weekends and holidays are not left out.
- Each API goes through its whole assurance, although evidence may be shared.
- Queues for a place in NHS England's process count only as far as the times
  hold them.
- Live already, holding nothing up: D, Login.
- C is built on 2025-12-20; its assurance can start from then.
- C must be live before A: b starts its assurance.
- A: b must be built before E starts.
- HSCN must be live before A: b goes live.
- D must be live before E goes live.
- Prerequisites other than these are not waited for.
- The times of services are your own: HSCN, 1 month 4 weeks to 8 months 43 days
  (us); Login, 1 day (them)

Sources
- source not stated
- us
"""

EVERYTHING_CHART = """\
gantt
    title Go-live 2026-03-10 to 2026-10-23
    dateFormat YYYY-MM-DD
    axisFormat %Y-%m-%d
    section A#58; b
    technical implementation, earliest :milestone, 2026-01-08, 0d
    technical implementation, or until :2026-01-08, 2026-01-10
    NHS England assurance, earliest :active, 2026-01-08, 2026-01-15
    NHS England assurance, or until :2026-01-15, 2026-01-24
    go-live, earliest :milestone, 2026-03-10, 0d
    go-live, or until :2026-03-10, 2026-10-23
    section C
    NHS England assurance, earliest :active, 2025-12-20, 2025-12-30
    section D
    live already :milestone, done, 2026-01-05, 0d
    section E
    technical implementation, earliest :active, 2026-01-08, 2026-01-15
    technical implementation, or until :2026-01-15, 2026-01-17
    NHS England assurance, earliest :active, 2026-01-15, 2026-01-22
    NHS England assurance, or until :2026-01-22, 2026-01-24
    section HSCN
    enabling service, earliest :active, 2026-01-10, 2026-03-10
    enabling service, or until :2026-03-10, 2026-10-23
    section Login
    live already :milestone, done, 2026-01-05, 0d
"""

BY_A_DEADLINE_TEXT = """\
Start 2026-05-18, go-live 2026-05-28 to 2026-06-01

A: b
  technical implementation  0-2 days      2026-05-18 to 2026-05-20
  NHS England assurance     1-2 weeks     2026-05-25 to 2026-06-01
  go-live                                 2026-05-25 to 2026-06-01

C
  technical implementation  1-3 days      2026-05-19 to 2026-05-21
  NHS England assurance     10 days       2026-05-28 to 2026-05-28
  go-live                                 2026-05-28 to 2026-05-28

Drivers of go-live
- possible: A: b, C

Assumptions
- The times are the sources' estimates: the latest date is the latest within
  them, no promise.
- Assurance starts together with technical implementation and runs beside it:
  the API is live when both are finished.
- A stage can start on the day on which what it waits for ends.
- The start is the latest that is safe for the deadline 2026-06-01.
- Implementation starts on the start date, as many side by side as there are.
- Weeks are 7 days and months calendar months, clamped to the end of the month.
- Weekends and holidays are not left out.
- Each API goes through its whole assurance, although evidence may be shared.
- Queues for a place in NHS England's process count only as far as the times
  hold them.
- Nothing is live or built yet.
- No API waits for another.
- No service beside the APIs is waited for.

Source
- source not stated
"""


def test_a_plan_with_everything_in_it():
    assert str(everything()) == EVERYTHING_TEXT.removesuffix("\n")


def test_a_plan_for_a_deadline_with_overlap():
    p = plan([FIRST, SECOND], deadline="2026-06-01", overlap="full")
    assert str(p) == BY_A_DEADLINE_TEXT.removesuffix("\n")


def test_a_chart_with_everything_in_it():
    assert everything().to_mermaid() == EVERYTHING_CHART.removesuffix("\n")
