"""Plans in calendars, read back by icalendar itself."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import given

from nhs_api_catalogue import (
    CalendarLimitError,
    Catalogue,
    Edition,
    MissingExtraError,
    plan,
)
from plan_strategies import planned, specs
from shown_values import FOUR, HOSTILE, PLANS, small_api

DAY = timedelta(1)
# Nothing can end after the last day of the calendar.
TOLD = {name: p for name, p in PLANS.items() if name != "last days"}


def events(p, **options):
    """The events by their names."""
    calendar = icalendar.Calendar.from_ical(p.to_ical(**options))
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def days(event):
    """The first and the last day of an event: RFC 5545 leaves its end out."""
    return event.decoded("dtstart"), event.decoded("dtend") - DAY


@pytest.mark.parametrize("p", TOLD.values(), ids=TOLD)
def test_each_stage_and_each_go_live_is_an_event(p):
    found = [(str(name), *days(event)) for name, event in events(p).items()]
    expected = []
    for item in p.items():
        name = item.name if item in p.planned else f"{item.name} (service)"
        expected += [
            (f"{name}: {stage.name}", stage.start.earliest, stage.finish.latest)
            for stage in item.stages
        ]
        if not item.done:
            expected.append((f"{name}: go-live window", item.go_live.earliest, item.go_live.latest))
    expected.append(("go-live window of the whole plan", p.go_live.earliest, p.go_live.latest))
    assert found == expected


def test_the_deadline_is_an_event():
    p = plan(FOUR, deadline="2027-03-31")
    assert days(events(p)["deadline"]) == (date(2027, 3, 31), date(2027, 3, 31))
    assert "deadline" not in events(PLANS["plan"])


def test_events_last_whole_days_and_make_nobody_busy():
    for event in events(PLANS["plan"]).values():
        assert {type(event.decoded(end)) for end in ("dtstart", "dtend")} == {date}
        assert event["transp"] == "TRANSPARENT"


def test_the_windows_stand_in_the_text():
    stage = PLANS["plan"]["MESH"].stages[1]
    text = str(events(PLANS["plan"])["MESH: NHS England assurance"]["description"])
    assert text == (
        f"Takes 1-2 months: starts {stage.start}, ends {stage.finish}. Source: {stage.source}."
    )


def test_every_uid_is_of_one_event():
    for p in TOLD.values():
        calendar = icalendar.Calendar.from_ical(p.to_ical())
        uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
        assert len(set(uids)) == len(uids)


def test_a_uid_stays_when_days_change_and_names_too():
    later = plan(FOUR.replace("MESH", name="MESH 2", source="us"), start="2026-02-02")
    old, new = ([str(e["uid"]) for e in events(p).values()] for p in (PLANS["plan"], later))
    assert old == new


def test_a_title_tells_plans_apart():
    one, other = (events(PLANS["plan"], title=title) for title in ("A", "B"))
    assert not {str(e["uid"]) for e in one.values()} & {str(e["uid"]) for e in other.values()}
    assert all(name.startswith("A: ") for name in one)
    calendar = icalendar.Calendar.from_ical(PLANS["plan"].to_ical(title="A"))
    assert (calendar["name"], calendar["x-wr-calname"]) == ("A", "A")


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        (None, datetime(2025, 9, 9, tzinfo=UTC)),
        (date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC)),
        (
            datetime(2026, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=2))),
            datetime(2026, 1, 1, 23, 30, tzinfo=UTC),
        ),
    ],
)
def test_the_stamp_is_given_or_the_day_of_the_edition(stamp, moment):
    stamps = {event.decoded("dtstamp") for event in events(PLANS["plan"], stamp=stamp).values()}
    assert stamps == {moment}


def test_a_plan_on_no_dated_edition_is_as_old_as_its_start():
    undated = Catalogue([small_api("one")], Edition("ours", "us"))
    for apis in ([small_api("one")], undated):
        (stamp, *_) = {
            e.decoded("dtstamp") for e in events(plan(apis, start="2026-01-05")).values()
        }
        assert stamp == datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stamp": datetime(2026, 1, 2, 1, 30)}, "time zone"),  # noqa: DTZ001  that is the point
        ({"stamp": "2026-01-02"}, "the stamp must be a date"),
        ({"title": 3}, "the title must be text"),
    ],
)
def test_what_is_not_a_stamp_or_title_is_refused(options, message):
    with pytest.raises(TypeError, match=message):
        PLANS["plan"].to_ical(**options)


def test_an_event_on_the_last_day_of_all_is_refused():
    with pytest.raises(CalendarLimitError, match="the day after 9999-12-31"):
        PLANS["last days"].to_ical()


def test_texts_of_others_are_texts():
    title = f"{HOSTILE}\nBEGIN:VEVENT\r\nX:\0\x1b[31m\x85\ud800;,\\n"
    calendar = icalendar.Calendar.from_ical(PLANS["hostile plan"].to_ical(title=title))
    assert len(calendar.walk("VEVENT")) == 9
    (event, *_) = calendar.walk("VEVENT")
    written = PLANS["hostile plan"].to_ical(title=title)
    assert str(event["summary"]).startswith(HOSTILE)
    assert not {0, 0x1B} & set(written)
    assert b"\xc2\x85" not in written


def test_lines_are_as_long_as_the_format_allows():
    for line in PLANS["hostile plan"].to_ical().split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line


def test_the_same_plan_gives_the_same_bytes():
    code = (
        "from nhs_api_catalogue import catalogue, plan; import sys\n"
        "p = plan(catalogue, start='2026-01-05', allow_unavailable=True)\n"
        "sys.stdout.buffer.write(p.to_ical(title='A'))"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert written == {PLANS["plan of all"].to_ical(title="A")}


def test_without_icalendar_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"nhs-api-catalogue\[icalendar\]"):
        PLANS["plan"].to_ical()


def test_a_broken_icalendar_is_not_called_missing(monkeypatch, tmp_path):
    (tmp_path / "icalendar.py").write_text("import nothing_of_the_kind")
    monkeypatch.delitem(sys.modules, "icalendar")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="nothing_of_the_kind") as caught:
        PLANS["plan"].to_ical()
    assert not isinstance(caught.value, MissingExtraError)


@given(specs(scenarios=50))
def test_every_event_of_a_plan_lies_within_the_days_of_the_plan(spec):
    p = planned(spec)
    spans = [(stage.start.earliest, stage.finish.latest) for stage in p.stages()]
    first = min([p.start, *(start for start, _ in spans)])
    last = max([p.go_live.latest, *(finish for _, finish in spans)])
    for event in events(p).values():
        assert first <= days(event)[0] <= days(event)[1] <= last
