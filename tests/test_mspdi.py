"""Plans as project files; tests/projects has them read by mpxj."""

from dataclasses import replace

import pytest
from hypothesis import given

from mspdi_reader import read_project
from nhs_api_catalogue import Link, Service, UnknownValueError, plan
from plan_strategies import planned, specs
from shown_values import FOUR, HOSTILE, PLANS

every_plan = pytest.mark.parametrize("p", PLANS.values(), ids=PLANS)
both_ends = pytest.mark.parametrize("at", ["earliest", "latest"])


@every_plan
@both_ends
def test_each_item_has_its_stages_and_its_go_live_under_it(p, at):
    found = [(r.level, r.name, r.start, r.finish) for r in read_project(p.to_mspdi(at=at))]
    expected = []
    for item in p.items():
        go_live = getattr(item.go_live, at)
        starts = [getattr(stage.start, at) for stage in item.stages]
        name = item.name if item in p.planned else f"{item.name} (service)"
        expected.append((1, name, min(starts, default=go_live), go_live))
        expected += [
            (2, stage.name, getattr(stage.start, at), getattr(stage.finish, at))
            for stage in item.stages
        ]
        expected.append((2, "live already" if item.done else "go-live", go_live, go_live))
    last = getattr(p.go_live, at)
    assert found == [*expected, (1, "all live", last, last)]


@every_plan
@both_ends
def test_lengths_are_elapsed_days(p, at):
    for row in read_project(p.to_mspdi(at=at)):
        assert row.elapsed == row.finish - row.start


def test_no_length_is_in_months_or_working_days():
    text = PLANS["plan of all"].to_mspdi().decode()
    assert text.count("<Duration>PT") == text.count("<DurationFormat>8<") == text.count("<Task>")
    assert "Month" not in text


def test_both_windows_the_time_the_source_and_the_team_are_in_fields():
    p = plan(FOUR, start="2026-01-05", teams=[["eRS", "MESH"], [FOUR[0].id, FOUR[2].id]])
    stage = p["MESH"].stages[0]
    rows = read_project(p.to_mspdi())
    place = next(place for place, row in enumerate(rows) if row.name == "MESH")
    assert rows[place].fields == {"team": "team 1"}
    assert rows[place + 1].fields == {
        "earliest start": f"{stage.start.earliest}T00:00:00",
        "earliest finish": f"{stage.finish.earliest}T00:00:00",
        "latest start": f"{stage.start.latest}T00:00:00",
        "latest finish": f"{stage.finish.latest}T00:00:00",
        "time": "4-6 weeks",
        "source": stage.source,
        "team": "team 1",
    }


def test_the_deadline_is_that_of_all():
    rows = read_project(plan(FOUR, deadline="2027-03-31").to_mspdi())
    assert [row.texts.get("Deadline") for row in rows[-2:]] == [None, "2027-03-31T00:00:00"]
    assert "Deadline" not in read_project(PLANS["plan"].to_mspdi())[-1].texts


def test_what_is_live_is_done():
    rows = read_project(PLANS["plan with some built and done"].to_mspdi())
    done = [row.name for row in rows if row.texts["PercentComplete"] == "100"]
    assert done == ["MESH", "live already"]


def test_all_tasks_keep_their_dates_and_say_what_they_are():
    for row in read_project(PLANS["linked plan"].to_mspdi()):
        assert row.texts["Manual"] == "1"
        assert row.texts["Summary"] == str(int(row.level == 1 and row.name != "all live"))
        assert row.texts["Milestone"] == str(
            int(row.name in ("go-live", "live already", "all live"))
        )


def test_the_same_plan_gives_the_same_bytes():
    one, other = (
        plan(FOUR, start="2026-01-05", links=[Link("MESH", "eRS")]).to_mspdi() for _ in range(2)
    )
    assert one == other


@pytest.mark.parametrize(
    ("link", "waiting", "needed"),
    [
        (Link("eRS", "MESH"), (0, "go-live"), (1, "go-live")),
        (Link("eRS", "MESH", to_be="built"), (0, "go-live"), (1, "technical implementation")),
        (Link("eRS", "MESH", before="build"), (0, "technical implementation"), (1, "go-live")),
        (Link("eRS", "MESH", before="assurance"), (0, "NHS England assurance"), (1, "go-live")),
        (Link("eRS", "HSCN", before="build"), (0, "technical implementation"), (2, "go-live")),
        (Link("eRS", "HSCN", to_be="built"), (0, "go-live"), (2, "go-live")),
        (Link("HSCN", "eRS", before="build"), (2, "enabling service"), (0, "go-live")),
        (Link("HSCN", "eRS", before="assurance"), (2, "enabling service"), (0, "go-live")),
        (Link("HSCN", "eRS"), (2, "go-live"), (0, "go-live")),
    ],
)
def test_a_link_is_between_the_tasks_that_it_names(link, waiting, needed):
    service = Service("HSCN", "4-6 weeks", "us")
    options = {"start": "2026-01-05", "services": [service]}
    apis = FOUR.select("eRS", "MESH")

    def links(p):
        rows = read_project(p.to_mspdi())
        places, found = {}, set()
        item = -1
        for row in rows:
            item += row.level == 1
            places[id(row)] = (item, row.name)
        for row in rows:
            found |= {(places[id(row)], places[id(other)]) for other in row.waits_for}
        return found

    added = links(plan(apis, links=[link], **options)) - links(plan(apis, **options))
    assert added == {(waiting, needed)}


@given(specs(scenarios=50))
def test_every_task_starts_when_all_that_it_waits_for_is_finished(spec):
    """In a plan without given days, the links alone determine the dates."""
    teams = () if spec.built else spec.teams
    p = planned(replace(spec, starts={}, built={}, teams=teams))
    for at in ("earliest", "latest"):
        for row in read_project(p.to_mspdi(at=at)):
            if row.level == 2 and row.texts["PercentComplete"] == "0":
                ready = max(
                    (
                        p.start,
                        *(other.finish for other in row.waits_for),
                        *(other.start for other in row.starts_with),
                    )
                )
                assert row.start == ready, row


@given(specs(scenarios=50))
def test_no_task_starts_before_what_it_waits_for_is_finished(spec):
    p = planned(spec)
    for at in ("earliest", "latest"):
        for row in read_project(p.to_mspdi(at=at)):
            assert all(other.finish <= row.start for other in row.waits_for)
            assert all(other.start <= row.start for other in row.starts_with)


def test_a_plan_has_a_title():
    assert b"<Name>A &amp; B</Name>" in PLANS["plan"].to_mspdi(title="A & B")
    with pytest.raises(TypeError, match="the title must be text"):
        PLANS["plan"].to_mspdi(title=3)


def test_another_end_is_refused():
    with pytest.raises(UnknownValueError, match="'earliest' or 'latest'"):
        PLANS["plan"].to_mspdi(at="late")


def test_texts_of_others_are_texts():
    title = f"{HOSTILE}\0\x1b\ud800\ufffe"
    written = PLANS["hostile plan"].to_mspdi(title=title)
    rows = read_project(written)
    assert rows[0].name == f"{HOSTILE} hostile"
    assert written.decode().count(r"\x00\x1b\ud800\ufffe") == 2
