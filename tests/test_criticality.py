"""The parts of criticality, in corner cases that plans rarely reach."""

from datetime import date

import pytest

from nhs_api_catalogue import Link, Service, catalogue, plan
from nhs_api_catalogue.planning.criticality import _Search, _System
from shown_values import small_api


def test_a_path_may_begin_at_any_event():
    """It begins on the start of the plan, or on the day before which the event may not happen."""
    p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05", starts={"MESH": "2026-02-01"})
    search = _Search(p._network, p.start, p._days)
    ers, mesh = p._network.apis
    assert search._arrival(ers.start, None) == date(2026, 1, 5)
    assert search._arrival(mesh.start, None) == date(2026, 2, 1)


@pytest.mark.parametrize("overlap", ["none", "full"])
def test_plans_on_the_first_days_of_the_calendar(overlap):
    """Nothing can be held back there, and the answer is the same as for later days."""
    first, second, third = (
        small_api("a", "1-40 days", "1-3 months"),
        small_api("b", "2 days to 2 months", "0-60 days"),
        small_api("c", "0-3 months", "1-2 months"),
    )
    found = [
        plan(
            [first, second, third],
            start=start,
            overlap=overlap,
            links=[Link("a", "HSCN", before="build"), Link("b", "HSCN"), Link("c", "a")],
            services=[Service("HSCN", "1-50 days", "us")],
        ).criticality
        for start in (date.min, date(2026, 1, 1))
    ]
    assert found[0].never == found[1].never == ()
    assert found[0].possible == found[1].possible


def test_nothing_is_held_back_before_the_first_day_of_the_calendar():
    p = plan([small_api("a", "1-2 days"), small_api("b", "1-2 days")], start=date.min)
    first, second = p._network.apis
    legs = [(second.start, None, second.live)]
    system = _System(
        _Search(p._network, p.start, p._days), second.start, legs, {first.built}, {first.start}
    )
    system.chains[first.built] = date.min
    assert not system.hold_back(first.built)


def test_a_longest_path_begins_on_the_start_or_on_the_day_on_which_something_was_built():
    """Of two that another waits for, one is live before or after the start, one always before."""
    apis = [small_api("a", "1-2 days", "0 days"), small_api("b", "1 day", "0-10 days")]
    p = plan(
        [*apis, small_api("c", "1 day", "0-2 days")],
        start="2026-01-05",
        built={"b": "2026-01-01", "c": "2026-01-01"},
        links=[Link("a", "b", before="build"), Link("a", "c", before="build")],
    )
    assert str(p.criticality) == "necessarily: API a; possibly: API b; never: API c"
