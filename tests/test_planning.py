"""Plans: the acceptance examples, what each option does, and what is refused.

The dates and figures of A01 to A12 come from an independent brute force over the guide's ranges.
"""

import gc
import itertools
import json
import math
import pickle
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pytest

from nhs_api_catalogue import (
    AmbiguousApiError,
    Api,
    CalendarLimitError,
    Criticality,
    CyclicPlanError,
    DeadlineError,
    Drivers,
    DuplicateApiError,
    DurationRange,
    InvalidDateError,
    InvalidLikelihoodError,
    InvalidPlanError,
    Link,
    Notice,
    NoticeKind,
    PertBeta,
    Plan,
    PlanRequest,
    Precision,
    Probability,
    Service,
    Status,
    TooComplexError,
    Triangular,
    UnavailableApiError,
    Uniform,
    UnknownApiError,
    UnknownValueError,
    UnplannedNameError,
    Window,
    catalogue,
    plan,
    plan_for,
    suggest_teams,
)
from nhs_api_catalogue.planning import criticality, drivers, paths, team_search, teams

PDS = "PDS FHIR (Patient Access)"
ERS = "e-Referral Service (eRS)"
RECORD = "GP Connect – Access Record"
FOUR = catalogue.select(PDS, "eRS", RECORD, "MESH")
START = "2026-01-05"


def window(earliest: str, latest: str) -> Window:
    return Window(date.fromisoformat(earliest), date.fromisoformat(latest))


def own(name: str, technical: str, assurance: str = "0 days", **values) -> Api:
    return Api(
        id=name.lower(),
        name=name,
        technical=DurationRange.parse(technical),
        assurance=DurationRange.parse(assurance),
        **values,
    )


class TestAcceptance:
    @pytest.mark.parametrize(
        ("name", "implementation", "live"),
        [
            (PDS, ("2026-02-02", "2026-02-16"), ("2026-03-02", "2026-04-16")),
            (ERS, ("2026-04-05", "2026-07-05"), ("2026-08-05", "2027-03-05")),
        ],
        ids=["A01", "A02"],
    )
    def test_a01_a02_one_api(self, name, implementation, live):
        p = plan(catalogue.select(name), start=START)
        assert p[name].stages[0].finish == window(*implementation)
        assert p.go_live == p[name].go_live == p[name].stages[1].finish == window(*live)

    def test_a03_the_four(self):
        p = plan(FOUR, start=START)
        assert p.go_live == window("2026-08-05", "2027-03-05")
        assert p.drivers == Drivers(possible=(ERS, RECORD), certain=(), earlier=(PDS, "MESH"))

    def test_a03_with_an_unavailable_api(self):
        product = catalogue.select(PDS, "eRS", "MESH", "GP Connect Appointment Management")
        with pytest.raises(UnavailableApiError, match="2025-06-01"):
            plan(product, start=START)

    def test_a04_stages_are_folded_on_the_calendar(self):
        name = "Vaccination Events – FHIR"
        p = plan(catalogue.select(name), start="2025-12-31")
        assert p[name].stages[0].finish == window("2026-02-28", "2026-04-30")
        assert p.go_live == window("2026-06-28", "2026-12-30")

    def test_a05_deadlines(self):
        p = plan(catalogue.select("eRS"), start=START)
        assert p.latest_safe_start("2027-02-28") == date(2025, 12, 31)
        assert p.last_chance_start("2027-02-28") == date(2026, 7, 31)
        assert p.latest_safe_start("2027-03-05") == date(2026, 1, 5)
        assert plan(FOUR, start=START).latest_safe_start("2027-03-05") == date(2026, 1, 5)

    def test_a06_status_without_any_assumption(self):
        p = plan(FOUR, start=START)
        days = ("2026-08-04", "2026-12-31", "2027-03-05")
        assert [p.status(day) for day in days] == [
            Status.IMPOSSIBLE,
            Status.POSSIBLE,
            Status.CERTAIN,
        ]

    def test_a07_one_api_uniform(self):
        p = plan(catalogue.select(PDS), start=START)
        assert p.probability("2026-03-31", assume=Uniform()).value == pytest.approx(
            23 / 32, abs=1e-12
        )
        assert p.quantile(0.5, assume=Uniform()) == date(2026, 3, 24)

    def test_a08_the_four_uniform(self):
        p, shape = plan(FOUR, start=START), Uniform()
        found = p.probability("2026-12-31", assume=shape)
        assert round(found.value, 6) == 0.804610
        bounds = found.lower_if_dependent, found.upper_if_dependent
        assert tuple(round(bound, 6) for bound in bounds) == (0.804229, 0.806196)
        assert [str(p.quantile(q, assume=shape)) for q in (0.5, 0.8, 0.9)] == [
            "2026-11-27",
            "2026-12-31",
            "2027-01-19",
        ]
        last_or_tied = p.driver_probability("eRS", assume=shape).value
        assert round(last_or_tied, 6) == 0.773956
        # GP Connect is strictly last when eRS is not; PDS and MESH never drive.
        assert round(1 - last_or_tied, 6) == 0.226044

    @pytest.mark.parametrize(
        ("links", "live"),
        [
            ([], ("2026-06-02", "2026-10-16")),
            ([Link("SCR FHIR", PDS, before="assurance")], ("2026-07-02", "2026-12-16")),
            (
                [Link("SCR FHIR", PDS, to_be="built", before="assurance")],
                ("2026-06-02", "2026-10-16"),
            ),
            ([Link("SCR FHIR", PDS)], ("2026-06-02", "2026-10-16")),
        ],
        ids=["no link", "live before assurance", "built before assurance", "live before go-live"],
    )
    def test_a09_links(self, links, live):
        p = plan(catalogue.select("SCR FHIR", PDS), start=START, links=links)
        assert p.go_live == window(*live)

    def test_a10_one_team(self):
        p = suggest_teams(FOUR, 1, start=START)
        assert p.go_live == window("2026-10-05", "2027-07-05")
        order = [PDS, "MESH", RECORD, "eRS"]
        worse = plan(FOUR, start=START, teams=[order]).go_live
        assert worse == window("2026-12-02", "2027-09-30")

    def test_a10_two_teams_are_as_good_as_many(self):
        teams = [["eRS", "MESH", PDS], [RECORD]]
        free = plan(FOUR, start=START).go_live
        assert plan(FOUR, start=START, teams=teams).go_live == free
        assert suggest_teams(FOUR, 2, start=START).go_live == free

    def test_a11_a_shared_stage_swaps_the_order(self):
        """With the shared stage at either end A comes last; with some days between, B does."""
        apis = [own("X", "0-59 days"), own("A", "1 month"), own("B", "30 days")]
        links = [Link("A", "X", before="build"), Link("B", "X", before="build")]
        p = plan(apis, start="2026-01-01", links=links)
        assert p["X"].go_live == window("2026-01-01", "2026-03-01")
        assert p.drivers == Drivers(possible=("A", "B"), certain=(), earlier=("X",))

    def test_a12_overlap(self):
        p = plan(catalogue.select("eRS"), start=START, overlap="full")
        assert p.go_live == window("2026-05-05", "2026-09-05")


class TestOptions:
    def test_starts_hold_an_api_and_a_service_back(self):
        service = Service("HSCN", "1 day", "our provider")
        starts = {"eRS": "2026-02-05", "hscn": date(2026, 3, 1)}
        p = plan(FOUR, start=START, starts=starts, services=[service])
        assert p["eRS"].stages[0].start == window("2026-02-05", "2026-02-05")
        assert p["MESH"].stages[0].start == window(START, START)
        assert p.services[0].go_live == window("2026-03-02", "2026-03-02")
        assert (
            plan(FOUR, start=START, starts={"eRS": "2025-01-01"}).go_live
            == plan(FOUR, start=START).go_live
        )

    def test_built_leaves_assurance_from_that_day_be_it_before_the_start(self):
        p = plan(catalogue.select("MESH"), start=START, built={"MESH": "2025-12-05"})
        assert p["MESH"].built == date(2025, 12, 5)
        assert [stage.name for stage in p["MESH"].stages] == ["NHS England assurance"]
        assert p["MESH"].go_live == window("2026-01-05", "2026-02-05")

    def test_a_plan_is_not_live_before_its_start(self):
        p = plan(catalogue.select("MESH"), start=START, built={"MESH": "2025-09-05"})
        assert p["MESH"].go_live == window("2025-10-05", "2025-11-05")
        assert p.go_live == window(START, START)
        assert p.drivers == Drivers((), (), ("MESH",))

    def test_done_has_no_stages_and_satisfies_links(self):
        links = [Link("eRS", "MESH", before="build"), Link("MESH", "eRS", before="build")]
        p = plan(catalogue.select("eRS", "MESH"), start=START, done=["MESH"], links=links)
        assert p.go_live == window("2026-08-05", "2027-03-05")
        assert (p["MESH"].stages, p["MESH"].done) == ((), True)
        assert p["MESH"].go_live == window(START, START)
        assert p.paths("MESH") == ()
        assert "live already" in p.describe()
        assert "milestone, done" in p.to_mermaid()

    def test_done_does_not_hold_back_what_was_built_before_the_start(self):
        links = [Link("MESH", "eRS", before=before) for before in ("assurance", "go_live")]
        p = plan(
            catalogue.select("eRS", "MESH"),
            start=START,
            done=["eRS"],
            built={"MESH": "2025-11-05"},
            links=links,
        )
        assert p["MESH"].go_live == window("2025-12-05", "2026-01-05")

    def test_a_plan_of_what_is_done_is_live_at_once(self):
        service = Service("HSCN", "1 day", "us")
        p = plan(FOUR, start=START, done=[*FOUR, "HSCN"], services=[service])
        assert p.go_live == window(START, START)
        assert p.drivers == Drivers((), (), ())
        assert p.probability(START, assume=Uniform()).value == 1
        assert p.services[0].done
        assert p.services[0].go_live == window(START, START)
        assert p.latest_safe_start("2026-02-01") == date(2026, 2, 1)
        assert "HSCN (service)\n  live already" in p.describe()
        assert "Source" not in p.describe()

    def test_a_service_without_a_link_runs_beside_and_can_drive(self):
        service = Service("HSCN connection", "9 months", "our provider")
        p = plan(FOUR, start=START, services=[service])
        assert p.go_live == window("2026-10-05", "2027-03-05")
        assert p.drivers.possible == (ERS, RECORD, "HSCN connection")
        assert p.rows()[-1]["id"] is None
        assert p.rows()[-1]["source"] == "our provider"

    def test_a_service_with_a_link_holds_up(self):
        service = Service("NHS login", "3-4 months", "the toolkit")
        link = Link(PDS, "nhs login", before="assurance")
        p = plan(catalogue.select(PDS), start=START, services=[service], links=[link])
        assert p[PDS].stages[1].start == window("2026-04-05", "2026-05-05")
        assert str(link) == f"nhs login live before assurance of {PDS}"
        assert str(Link(PDS, "nhs login")) == f"nhs login live before go-live of {PDS}"

    def test_a_service_can_wait_too(self):
        services = [Service("ODS code", "1 week", "us"), Service("DSPT", "2 weeks", "us")]
        links = [Link("DSPT", "ODS code", to_be="built", before="build")]
        p = plan(catalogue.select("MESH"), start=START, services=services, links=links)
        assert p.services[1].go_live == window("2026-01-26", "2026-01-26")

    def test_the_assurance_of_a_service_is_its_start(self):
        service = Service("HSCN", "1 week", "us")
        for before in ("build", "assurance"):
            p = plan(
                catalogue.select("MESH"),
                start=START,
                services=[service],
                links=[Link("HSCN", "MESH", before=before)],
            )
            assert p.services[0].stages[0].start == p["MESH"].go_live
            assert str(p.services[0].stages[0]) == "HSCN (enabling service)"
            assert p.rows()[-1]["api"] == "HSCN"

    def test_a_deadline_in_place_of_a_start(self):
        p = plan(FOUR, deadline="2027-03-05")
        assert (p.start, p.go_live.latest) == (date(2026, 1, 5), date(2027, 3, 5))
        assert any("2027-03-05" in text for text in p.assumptions)

    def test_teams_implement_one_after_another_and_built_ones_take_no_time(self):
        p = plan(
            FOUR,
            start=START,
            teams=[["MESH", "eRS", PDS], [RECORD], []],
            built={"eRS": "2026-03-01"},
        )
        assert p[PDS].stages[0].start == window("2026-03-01", "2026-03-01")
        assert plan(
            FOUR, start=START, teams=[["MESH", RECORD]], built={"eRS": "2026-03-01"}, done=[PDS]
        )[RECORD].stages[0].start == window("2026-02-02", "2026-02-16")

    def test_records_and_any_of_their_names_name_them(self):
        mesh = catalogue["MESH"]
        p = plan(
            FOUR,
            start=START,
            links=[Link(catalogue["eRS"], mesh)],
            done=[mesh],
            starts={"E-REFERRAL service (eRS)": "2026-02-01"},
            teams=[[catalogue["eRS"], "pds patient access", RECORD]],
        )
        assert p.request.links == (Link("e-rs", "mesh"),)
        assert p.request.done == ("mesh",)
        assert p.request.starts == (("e-rs", date(2026, 2, 1)),)

    @pytest.mark.parametrize("name", ["mesh", "MESH"])
    def test_links_that_are_equal_count_once_and_others_stay(self, name):
        links = [
            Link("e-rs", "mesh", before="build"),
            Link("mesh", "bars"),
            Link("e-rs", name),
            Link("mesh", "bars"),
            Link("e-rs", "mesh"),
        ]
        p = plan(catalogue.select("eRS", "MESH", "BaRS"), start=START, links=links)
        assert p.request.links == (links[0], links[1], links[4])

    def test_equal_requests_make_equal_plans_however_they_are_written(self):
        a = plan(FOUR, start=START, starts={"eRS": START, "MESH": START}, done=[PDS])
        b = plan(FOUR, start=date(2026, 1, 5), starts={"mesh": START, "e-RS": START}, done=[PDS])
        assert (a, hash(a)) == (b, hash(b))
        assert a != plan(FOUR, start=START)
        assert plan_for(a.request) == a
        assert plan_for(attrs.evolve(a.request, done=())) != a

    def test_remarks_are_shown_with_the_assumptions(self):
        request = attrs.evolve(plan(FOUR, start=START).request, remarks=["Said by us."])
        assert plan_for(request).assumptions[-1] == "Said by us."

    def test_values_cannot_be_changed(self):
        p = plan(FOUR, start=START)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            p.start = date(2027, 1, 1)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            p.request.start = date(2027, 1, 1)


class TestNames:
    """What a plan holds, by name."""

    p = plan(FOUR, start=START, services=[Service("HSCN", "1 day", "us")])

    @pytest.mark.parametrize("name", ["MESH", "mesh", "e-Referral Service", "gp connect", FOUR[0]])
    def test_it_holds_the_apis_that_are_planned(self, name):
        assert name in self.p

    @pytest.mark.parametrize(
        "other",
        [
            "SCR FHIR",
            "Facebook",
            "",
            "HSCN",
            catalogue["SCR FHIR"],
            attrs.evolve(catalogue["MESH"], edition=None, summary="Ours."),
            0,
            None,
        ],
        ids=repr,
    )
    def test_it_does_not_hold_what_is_not_planned(self, other):
        assert other not in self.p

    def test_whether_it_holds_a_name_of_several_is_not_told(self):
        p = plan(catalogue.select(PDS, "PDS FHIR (App-restricted)"), start=START)
        with pytest.raises(AmbiguousApiError):
            assert "PDS" in p

    def test_it_is_gone_through_by_what_says_what_it_gives(self):
        assert not isinstance(self.p, Iterable)
        assert [item.name for item in self.p.items()] == [*(api.name for api in FOUR), "HSCN"]

    @pytest.mark.parametrize(
        "ask",
        [
            lambda p, name: p[name],
            lambda p, name: p.paths(name),
            lambda p, name: p.driver_probability(name, assume=Uniform()),
        ],
        ids=["by name", "paths", "driver_probability"],
    )
    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            ("SCR", "is not in the plan: add it to the plan first"),
            ("MESSH", "is not in the plan: did you mean 'MESH' or 'MESH API'?"),
            ("hscn", "is a service of the plan, not an API: look in services"),
        ],
    )
    def test_a_name_that_is_not_planned_is_no_unknown_name(self, ask, name, problem):
        with pytest.raises(UnplannedNameError) as caught:
            ask(self.p, name)
        assert str(caught.value) == f"{name!r} {problem}"
        assert caught.value.is_service is (name == "hscn")


class TestAnswers:
    def test_paths_show_what_feeds_an_api(self):
        links = [Link("SCR FHIR", PDS, before="assurance")]
        p = plan(catalogue.select("SCR FHIR", PDS), start=START, links=links)
        first, second = p.paths("SCR FHIR")
        assert [stage.owner for stage in first.stages] == [PDS, PDS, "SCR FHIR"]
        assert first.finish == p.go_live
        assert [stage.owner for stage in second.stages] == ["SCR FHIR", "SCR FHIR"]
        assert str(second) == (
            "SCR FHIR (technical implementation) > SCR FHIR (NHS England assurance): "
            "2026-06-02 to 2026-10-16"
        )

    def test_paths_keep_to_days_that_are_given(self):
        p = plan(catalogue.select("MESH"), start=START, starts={"MESH": "2026-02-05"})
        assert p.paths("MESH")[0].finish == p.go_live

    def test_a_day_that_is_given_begins_no_path_of_its_own(self):
        links = [Link("eRS", "MESH", to_be="built", before="build")]
        for built, starts in (("2025-12-01", START), ("2026-02-01", "2026-02-01")):
            p = plan(
                catalogue.select("eRS", "MESH"), start=START, links=links, built={"MESH": built}
            )
            assert p["eRS"].stages[0].start == window(starts, starts)
            assert [path.finish for path in p.paths("eRS")] == [p["eRS"].go_live]

    def test_a_day_that_is_given_can_be_waited_for_alone(self):
        links = [Link("eRS", "MESH", to_be="built")]
        p = plan(
            catalogue.select("eRS", "MESH"), start=START, links=links, built={"MESH": "2027-04-01"}
        )
        assert str(p.paths("eRS")[0]) == "a given date: 2027-04-01"

    def test_compare_says_by_how_many_days_and_which_drivers(self):
        before = plan(FOUR, start=START)
        service = Service("HSCN", "1-20 months", "us")
        apis = [*FOUR[1:], catalogue["BaRS"]]
        after = plan(apis, start="2026-01-06", services=[service], starts={RECORD: "2026-02-05"})
        change = before.compare(after)
        assert (change.go_live.earliest, change.go_live.latest) == (1, 185)
        assert [(shift.name, shift.latest) for shift in change.shifts] == [
            (ERS, 1),
            (RECORD, 31),
            ("MESH", 1),
        ]
        assert change.added == ("BaRS (Booking & Referral Standard)", "HSCN")
        assert change.removed == (PDS,)
        assert change.drivers_gained == ("BaRS (Booking & Referral Standard)", "HSCN")
        assert change.drivers_lost == ()
        assert after.compare(before).drivers_lost == change.drivers_gained
        assert str(change).splitlines() == [
            "go-live: earliest +1 day, latest +185 days",
            f"  {ERS}: earliest +1 day, latest +1 day",
            f"  {RECORD}: earliest +31 days, latest +31 days",
            "  MESH: earliest +1 day, latest +1 day",
            "added: BaRS (Booking & Referral Standard), HSCN",
            f"removed: {PDS}",
            "can now drive it: BaRS (Booking & Referral Standard), HSCN",
        ]
        assert str(after.compare(before)).splitlines()[-3:] == [
            f"added: {PDS}",
            "removed: BaRS (Booking & Referral Standard), HSCN",
            "no longer drives it: BaRS (Booking & Referral Standard), HSCN",
        ]

    def test_what_moves_at_one_end_alone_has_a_line_too(self):
        narrow, wide = (plan([own("A", time)], start=START) for time in ("1-2 days", "1-3 days"))
        assert str(narrow.compare(wide)).splitlines()[1:] == [
            "  A: earliest +0 days, latest +1 day"
        ]

    def test_an_unmoved_api_has_no_line_of_its_own(self):
        p = plan(FOUR, start=START)
        assert str(p.compare(p)) == "go-live: earliest +0 days, latest +0 days"

    def test_an_unavailable_api_is_warned_of_with_its_precision(self):
        product = catalogue.select("GP Connect Appointment Management")
        p = plan(product, start=START, allow_unavailable=True)
        assert p.warnings[0].startswith("GP Connect – Appointment Management: unavailable from")
        assert "names only the month; counted from 2025-06-01" in p.warnings[0]

    @pytest.mark.parametrize("since", ["2026-01-05", "2026-03-01", "2026-04-16"])
    def test_unavailable_on_any_day_of_the_plan(self, since):
        day = date.fromisoformat(since)
        notice = Notice(NoticeKind.UNAVAILABLE, day, Precision.DAY, date(2026, 5, 1), "closed")
        mine = attrs.evolve(catalogue["MESH"], edition=None, notices=(notice,))
        with pytest.raises(UnavailableApiError) as caught:
            plan([mine], start=START)
        assert caught.value.args == ("MESH", day, date(2026, 5, 1), "closed")
        with pytest.raises(UnavailableApiError):
            plan([mine, catalogue["eRS"]], start=START, done=["MESH"])
        warned = plan([mine], start=START, allow_unavailable=True)
        assert "counted from" not in warned.warnings[0]

    def test_a_notice_after_the_plan_does_not_matter(self):
        notice = Notice(NoticeKind.UNAVAILABLE, date(2026, 4, 17), Precision.DAY, None, "closed")
        mine = attrs.evolve(catalogue["MESH"], edition=None, notices=(notice,))
        assert not any("closed" in text for text in plan([mine], start=START).warnings)

    def test_windows_that_end_on_a_weekend_are_warned_of(self):
        p = plan(catalogue.select("eRS", RECORD), start=START)
        assert p.warnings[-2:] == (
            (f"2026-04-05 is a Sunday and is not moved: {ERS}, hand-over at the earliest."),
            (
                f"2026-07-05 is a Sunday and is not moved: {ERS}, hand-over at the "
                f"latest; {RECORD}, go-live at the earliest."
            ),
        )
        links = [Link("B", "A")]
        apis = [own("A", "5 days"), own("B", "1 day")]
        late = plan(apis, start=START, links=links)
        assert late.warnings == (
            ("2026-01-10 is a Saturday and is not moved: A, hand-over; A, go-live; B, go-live."),
        )

    def test_assumptions_are_true_for_the_options(self):
        plain = plan(FOUR, start=START).assumptions
        assert "Nothing is live or built yet." in plain
        assert "No API waits for another." in plain
        assert "The plan waits for no services." in plain
        rich = plan(
            FOUR,
            start=START,
            overlap="full",
            done=["MESH"],
            built={PDS: "2026-02-01"},
            starts={"eRS": "2026-02-02"},
            teams=[["eRS", RECORD]],
            links=[Link("eRS", PDS), Link("eRS", "MESH", to_be="built", before="build")],
            services=[Service("HSCN", "2-4 months", "our provider")],
        ).assumptions
        assert not {*plain[1:2], *plain[-3:]} & set(rich)
        for text in (
            "Live already, so nothing waits for them: MESH.",
            f"{PDS} is built on 2026-02-01; its assurance can start then.",
            f"{ERS} does not start before 2026-02-02.",
            f"Each team implements one API after another: {ERS} then {RECORD}.",
            f"{PDS} must be live before {ERS} goes live.",
            f"MESH must be built before {ERS} starts.",
            "Services take: HSCN, 2-4 months (our provider).",
        ):
            assert text in rich
        built = plan(
            catalogue.select("MESH"), start=START, teams=[], built={"MESH": START}
        ).assumptions
        assert "No API is left to implement." in built
        live = plan(FOUR, start=START, done=["MESH"]).assumptions
        for assumptions in (built, live):
            assert "Nothing is live or built yet." not in assumptions

    def test_text_says_all_and_fits_80_columns(self):
        p = plan(
            FOUR,
            start=START,
            built={"MESH": "2026-02-01"},
            links=[Link("MESH", PDS)],
            services=[Service("HSCN", "1 month 4 weeks to 8 months 6 weeks 1 day", "us")],
        )
        lines = p.describe().splitlines()
        assert max(map(len, lines)) <= 80
        assert "  technical implementation                built 2026-02-01" in lines
        assert "Critical for go-live" in lines
        assert lines[lines.index("HSCN (service)") + 1 :][:3] == [
            "  enabling service          1 month 4 weeks to 8 months 43 days",
            " " * 42 + "2026-03-05 to 2026-10-18",
            "  go-live                                 2026-03-05 to 2026-10-18",
        ]
        assert lines[-3:] == [
            "Sources",
            "- third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)",
            "- us",
        ]
        assert repr(p).startswith("<Plan of pds-fhir-patient-access, e-rs,")

    def test_a_time_is_parted_from_the_dates_however_long_it_is(self):
        lines = (
            plan([own("A", "100-103 weeks", "1000-1002 days")], start=START).describe().splitlines()
        )
        assert lines[3:6] == [
            "  technical implementation  100-103 weeks 2027-12-06 to 2027-12-27",
            "  NHS England assurance     1000-1002 days",
            " " * 42 + "2030-09-01 to 2030-09-24",
        ]

    def test_a_word_is_not_parted_at_its_hyphen(self):
        remark = f"{'so ' * 24}third-party"
        request = attrs.evolve(plan(FOUR, start=START).request, remarks=[remark])
        assert "  third-party" in plan_for(request).describe().splitlines()

    def test_mermaid_escapes_names_and_draws_earliest_and_the_rest(self):
        api = attrs.evolve(own("A", "0-2 days"), name="A: b; c # d\ne %%{init}%% <i>")
        text = plan([api, own("Z", "9 days")], start=START, links=[Link("Z", "a")]).to_mermaid()
        lines = text.splitlines()
        assert (
            "    section A#58; b#59; c #35; d e #37;#37;#123;init#125;#37;#37; #60;i#62;" in lines
        )
        assert "    technical implementation, earliest :milestone, 2026-01-05, 0d" in lines
        assert "    technical implementation, or until :2026-01-05, 2026-01-07" in lines
        late = plan(
            [api, own("Z", "1 day")],
            start=START,
            links=[Link("Z", "a")],
            starts={"a": "2026-02-02"},
        )
        assert "    go-live, earliest :milestone, 2026-02-02, 0d" in late.to_mermaid()

    def test_rows_are_plain_values(self):
        rows = plan(catalogue.select("MESH"), start=START).rows()
        assert rows[1] == {
            "api": "MESH",
            "id": "mesh",
            "kind": "API",
            "team": None,
            "state": "planned",
            "stage": "NHS England assurance",
            "time": "1-2 months",
            "time_shortest_mean_days": 30.436875,
            "time_longest_mean_days": 60.87375,
            "start_earliest": "2026-02-02",
            "start_latest": "2026-02-16",
            "finish_earliest": "2026-03-02",
            "finish_latest": "2026-04-16",
            "go_live_earliest": "2026-03-02",
            "go_live_latest": "2026-04-16",
            "critical": "necessarily",
            "live_last": "certainly",
            "slack_least": 0,
            "slack_most": 42,
            "source": "third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)",
        }
        assert json.loads(json.dumps(rows)) == rows

    def test_rows_and_json_hold_what_json_can_write(self):
        p = plan(catalogue.select("MESH", "eRS"), start=START)
        assert json.loads(json.dumps(p.rows())) == p.rows()
        values = json.loads(p.to_json())
        assert values["start"] == "2026-01-05"
        assert values["go_live"] == {"earliest": "2026-08-05", "latest": "2027-03-05"}
        assert values["stages"] == p.rows()
        assert values["drivers"]["possible"] == list(p.drivers.possible)
        assert values["critical"]["never"] == list(p.criticality.never)
        assert values["warnings"] == list(p.warnings)
        assert values["assumptions"] == list(p.assumptions)
        assert json.dumps(values, ensure_ascii=False, indent=2) == p.to_json()
        assert json.loads(chain(1500, "0-1 days").to_json())["drivers"] is None

    def test_people_read_the_columns_that_tell_when(self):
        head = plan(catalogue.select("MESH"), start=START).to_markdown().splitlines()[0]
        assert head == (
            "| api | stage | time | start_earliest | start_latest | finish_earliest "
            "| finish_latest | critical | source |"
        )

    def test_the_assumption_is_in_the_repr_of_a_probability(self):
        found = plan(FOUR, start=START).probability("2026-12-31", assume=PertBeta(0.5))
        assert "assumption=PertBeta(mode=0.5)" in repr(found)
        assert float(found) == found.value

    def test_certain_and_impossible_drivers_need_no_sums(self):
        p = plan(catalogue.select("eRS", "MESH"), start=START)
        certain = Probability(1, 1, 1, Uniform(), 1, 1)
        impossible = Probability(0, 0, 0, Uniform(), 0, 0)
        assert p.driver_probability("eRS", assume=Uniform()) == certain
        assert p.driver_probability("MESH", assume="uniform") == impossible
        assert p.probability(START, assume=Uniform()) == impossible
        with pytest.raises(TypeError, match="assume="):
            p.driver_probability("MESH", assume=None)

    def test_nothing_of_likelihood_is_loaded_until_an_assumption_is_named(self):
        code = (
            "import sys\n"
            "from nhs_api_catalogue import catalogue, plan\n"
            "p = plan(catalogue.select('eRS', 'MESH'), start='2026-01-05')\n"
            "str(p), p.drivers, p.status('2026-12-31'), p.to_mermaid(), p.rows(), p.compare(p)\n"
            "p.latest_safe_start('2027-03-05'), p.paths('eRS'), p.warnings, hash(p)\n"
            "assert 'nhs_api_catalogue.likelihood' not in sys.modules\n"
            "from nhs_api_catalogue import Uniform\n"
            "p.probability('2026-12-31', assume=Uniform())\n"
            "print('nhs_api_catalogue.likelihood' in sys.modules)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout == "True\n"

    def test_a_path_that_is_never_the_longest_leaves_another(self):
        """A waits for X and for C; if X holds A up, B is later than A, but C may also hold A up."""
        apis = [
            own("X", "0-10 days"),
            own("C", "5 days"),
            own("A", "0-20 days"),
            own("B", "22 days"),
        ]
        links = [
            Link("A", "X", before="build"),
            Link("A", "C", before="build"),
            Link("B", "X", before="build"),
        ]
        p = plan(apis, start=START, links=links)
        assert p.drivers == Drivers(possible=("A", "B"), certain=(), earlier=("X", "C"))
        assert str(p.drivers) == "possible: A, B; certain: none; earlier: X, C"
        without = plan([apis[0], *apis[2:]], start=START, links=[links[0], links[2]])
        assert without.drivers == Drivers(possible=("B",), certain=("B",), earlier=("X", "A"))


def team_search_remark(p: Plan) -> str:
    return p.request.search.remark


def orders_of(apis) -> list[list[Api]]:
    return [list(order) for order in itertools.permutations(apis)]


class TestTeams:
    def test_symmetric_teams_are_counted_once_and_progress_is_told(self):
        seen = []
        suggest_teams(FOUR, 2, start=START, progress=lambda done, total: seen.append((done, total)))
        # One team: 4! orders. Two: 4 + 3 assignments, 3! and 2! x 2! orders.
        assert seen == [(i, 60) for i in range(1, 61)]

    def test_an_exception_from_progress_cancels(self):
        calls = []

        def stop(done, _):
            calls.append(done)
            if done == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            suggest_teams(FOUR, 2, start=START, progress=stop)
        assert calls == [1, 2, 3]

    def test_every_order_is_tried_up_to_six_and_said_so(self):
        apis = [own(f"N{i}", "1 day", f"{i} days") for i in range(6)]
        seen = []
        p = suggest_teams(apis, 1, start=START, progress=lambda *told: seen.append(told))
        assert "all assignments and orders" in p.assumptions[-1]
        assert seen[-1] == (math.factorial(6), math.factorial(6))

    def test_above_six_the_best_is_proven_and_said_so(self):
        apis = catalogue.select(
            "MESH", PDS, "DoS", "ODS", "Terminology Server", "SCR FHIR", "eRS", "NHS App", RECORD
        )
        told = []
        p = suggest_teams(apis, 2, start=START, progress=lambda *steps: told.append(steps))
        assert p.assumptions[-1] == team_search_remark(p) == teams.BEST
        assert (p.request.search.teams, p.request.search.gap) == (2, 0)
        assert {most for _, most in told} == {team_search.MOST_STEPS}
        # Four months later than with a team for each of them.
        assert p.go_live.latest == plan(apis, start=START).go_live.latest + timedelta(122)

    @pytest.mark.parametrize("steps", [0, 100, 3_000])
    def test_past_its_steps_the_gap_is_told_and_is_not_understated(self, steps, monkeypatch):
        """22 APIs for 4 teams, which used to be refused."""
        apis = [api for api in catalogue if not api.notices]
        monkeypatch.setattr(team_search, "MOST_STEPS", steps)
        p = suggest_teams(apis, 4, start="2027-01-11")
        gap = p.request.search.gap
        # Proven with more steps: see the next test.
        assert timedelta(0) <= p.go_live.latest - date(2029, 2, 22) <= timedelta(gap)
        assert 0 < gap <= 0.15 * (p.go_live.latest - p.start).days
        assert p.assumptions[-1] == (
            f"The teams are the best found: the best possible would be live at most {gap} days "
            "earlier."
        )

    def test_states_that_are_forgotten_change_no_answer(self, monkeypatch):
        apis = [api for api in catalogue if not api.notices][:12]
        best = suggest_teams(apis, 3, start=START)
        monkeypatch.setattr(team_search, "_MOST_KEPT", 1)
        assert suggest_teams(apis, 3, start=START).go_live.latest == best.go_live.latest

    def test_22_apis_for_4_teams_are_proven(self):
        p = suggest_teams([api for api in catalogue if not api.notices], 4, start="2027-01-11")
        assert (p.go_live.latest, p.request.search.gap) == (date(2029, 2, 22), 0)
        assert len(p.request.teams) == 4

    def test_for_a_deadline_the_latest_start_is_safe(self):
        p = suggest_teams(FOUR, 1, deadline="2027-07-05")
        assert (p.start, p.request.search.gap) == (date(2026, 1, 5), 0)
        assert p.assumptions[-1] == teams.BEST_START
        every = [plan(FOUR, deadline="2027-07-05", teams=[o]).start for o in orders_of(FOUR)]
        assert p.start == max(every)

    def test_for_a_deadline_the_gap_is_told_too(self, monkeypatch):
        apis = [api for api in catalogue if not api.notices][:12]
        best = suggest_teams(apis, 3, deadline="2030-03-31")
        assert best.request.search.gap == 0
        monkeypatch.setattr(team_search, "MOST_STEPS", 0)
        p = suggest_teams(apis, 3, deadline="2030-03-31")
        gap = p.request.search.gap
        assert gap > 0
        assert timedelta(0) <= best.start - p.start <= timedelta(gap)
        assert f"the best possible would start at most {gap} days later." in p.assumptions[-1]

    def test_for_a_deadline_all_searches_together_take_no_more_steps_than_one(self):
        """22 APIs for 4 teams: beside the best start, or with a gap of few days."""
        told = []
        apis = [api for api in catalogue if not api.notices]
        p = suggest_teams(
            apis, 4, deadline="2029-06-08", progress=lambda *steps: told.append(steps)
        )
        assert p.request.search.gap <= 0.1 * (p.go_live.latest - p.start).days
        assert told == sorted(told)
        assert {most for _, most in told} == {team_search.MOST_STEPS}
        # A state that is looked at is followed by at most 22 others.
        assert told[-1][0] <= team_search.MOST_STEPS + 22
        assert plan(apis, deadline="2029-06-08", teams=p.request.teams).start == p.start

    def test_a_deadline_that_no_teams_meet_is_refused(self):
        with pytest.raises(DeadlineError):
            suggest_teams(FOUR, 1, deadline="2027-01-01", starts={"MESH": "2026-12-31"})
        with pytest.raises(DeadlineError):
            suggest_teams(
                FOUR, 1, deadline="2027-05-01", starts={"eRS": "2026-03-01", RECORD: "2026-03-01"}
            )

    def test_what_a_search_has_proven_goes_when_the_request_changes(self):
        p = suggest_teams(FOUR, 2, start=START)
        assert p.request.search is not None
        for change in (
            {"start": "2026-02-02"},
            {"done": ["MESH"]},
            {"teams": p.request.teams[::-1]},
        ):
            changed = attrs.evolve(p.request, **change)
            assert changed.search is None
            assert not any("best" in text for text in plan_for(changed).assumptions)
        same = attrs.evolve(p.request, remarks=["Said by us."])
        assert same.search == p.request.search
        assert plan_for(same).assumptions[-2:] == (p.assumptions[-1], "Said by us.")

    def test_a_search_of_another_type_is_refused(self):
        with pytest.raises(TypeError, match="TeamSearch"):
            attrs.evolve(plan(FOUR, start=START).request, search="the best")

    def test_the_search_keeps_to_links(self):
        apis = [own(f"N{i}", "1 day", f"{i} days") for i in range(7)]
        links = [Link(f"N{i + 1}", f"N{i}", before="build") for i in range(6)]
        p = suggest_teams(apis, 2, start=START, links=links)
        assert p.go_live == plan(apis, start=START, links=links).go_live

    def test_enough_teams_are_as_good_as_none(self):
        p = suggest_teams(FOUR, 9, start=START, done=["MESH"])
        assert p.request.teams == (
            ("pds-fhir-patient-access",),
            ("e-rs",),
            ("gp-connect-access-record",),
        )
        assert p.go_live == plan(FOUR, start=START, done=["MESH"]).go_live

    def test_as_many_teams_as_apis_need_no_search_and_it_is_said_so(self):
        seen = []
        p = suggest_teams(FOUR, 4, start=START, progress=lambda *told: seen.append(told))
        assert p.assumptions[-1].startswith("Each API has a team of its own")
        assert seen == []

    def test_without_anything_to_implement_no_teams_are_spoken_of(self):
        """Each was said to have a team of its own, with nothing for it to do."""
        done, built = ["eRS", "MESH"], {PDS: "2026-02-01"}
        options = {"start": START, "done": done, "built": built}
        apis = catalogue.select(*done, PDS)
        for p in (suggest_teams(apis, 2, **options), plan(apis, **options)):
            assert "No API is left to implement." in p.assumptions
            assert not any("team" in text or "parallel" in text for text in p.assumptions)
            assert len(set(p.assumptions)) == len(p.assumptions)
        p = suggest_teams(apis, 2, start=START, done=done)
        assert "No API is left to implement." not in p.assumptions
        assert p.assumptions[-1].startswith("Each API has a team of its own")

    def test_an_unavailable_api_is_refused_unless_allowed(self):
        product = catalogue.select("MESH", "GP Connect Appointment Management")
        with pytest.raises(UnavailableApiError):
            suggest_teams(product, 1, start=START)
        assert suggest_teams(product, 1, start=START, allow_unavailable=True).warnings

    def test_orders_that_contradict_the_links_are_left_out(self):
        apis = [own("A", "9 days"), own("B", "1 day")]
        p = suggest_teams(apis, 1, start=START, links=[Link("A", "B", before="build")])
        assert p.request.teams == (("b", "a"),)

    def test_what_no_order_keeps_within_the_calendar_is_refused(self):
        with pytest.raises(CalendarLimitError) as caught:
            suggest_teams(FOUR, 1, start="9999-01-01")
        assert caught.value.operation == "every order of the teams from 9999-01-01"

    def test_a_search_that_no_order_keeps_within_the_calendar_is_refused(self):
        apis = [own(f"N{i}", "12 months") for i in range(8)]
        with pytest.raises(CalendarLimitError):
            suggest_teams(apis, 2, start="9997-01-01")

    def test_an_order_that_leaves_the_calendar_is_left_out(self):
        apis = [own("A", "1 day", "20 days"), own("B", "5 days")]
        p = suggest_teams(apis, 1, start="9999-12-05")
        assert p.request.teams == (("a", "b"),)

    @pytest.mark.parametrize("n", [0, -1])
    def test_no_team_is_refused(self, n):
        with pytest.raises(InvalidPlanError, match="at least one"):
            suggest_teams(FOUR, n, start=START)

    @pytest.mark.parametrize("n", [True, 1.0, "2", None])
    def test_what_is_not_a_number_of_teams_is_refused(self, n):
        with pytest.raises(TypeError, match="whole number"):
            suggest_teams(FOUR, n, start=START)


class TestBadInput:
    def test_a_cycle_is_named(self):
        links = [Link("eRS", "MESH", before="build"), Link("mesh", PDS), Link(PDS, "e-rs")]
        with pytest.raises(CyclicPlanError) as caught:
            plan(FOUR, start=START, links=links)
        cycle = caught.value.cycle
        assert cycle[0] == cycle[-1]
        assert set(cycle) == {ERS, "MESH", PDS}
        needs = {(ERS, "MESH"), ("MESH", PDS), (PDS, ERS)}
        assert set(itertools.pairwise(cycle)) == needs

    @pytest.mark.parametrize(
        ("needs", "names"),
        [
            ([("HSCN", "eRS", "build"), ("eRS", "HSCN", "build")], {ERS, "HSCN"}),
            ([("HSCN", "eRS", "go_live"), ("eRS", "HSCN", "build")], {ERS, "HSCN"}),
            ([("MESH", "eRS", "assurance"), ("eRS", "MESH", "build")], {ERS, "MESH"}),
            ([("MESH", "eRS", "go_live"), ("eRS", "MESH", "go_live")], {ERS, "MESH"}),
        ],
        ids=["a service", "its go-live", "what is built", "its go-live alone"],
    )
    def test_a_cycle_through_a_service_or_what_is_built_is_named(self, needs, names):
        links = [Link(api, needed, before=before) for api, needed, before in needs]
        services = [Service("HSCN", "1 day", "us")]
        with pytest.raises(CyclicPlanError) as caught:
            plan(FOUR, start=START, built={"MESH": START}, services=services, links=links)
        assert set(caught.value.cycle) == names
        assert len(caught.value.cycle) == 3

    def test_the_order_of_a_team_counts_as_links(self):
        links = [Link("eRS", "MESH", to_be="built", before="build")]
        with pytest.raises(CyclicPlanError) as caught:
            plan(FOUR, start=START, links=links, teams=[["eRS", "MESH", PDS, RECORD]])
        assert set(caught.value.cycle) == {ERS, "MESH"}

    def test_opposite_links_at_different_stages_are_no_cycle(self):
        links = [
            Link("eRS", "MESH", to_be="built", before="assurance"),
            Link("MESH", "eRS", to_be="built", before="assurance"),
        ]
        assert plan(FOUR, start=START, links=links)["MESH"].go_live == window(
            "2026-05-05", "2026-09-05"
        )

    @pytest.mark.parametrize(
        ("options", "where"),
        [
            ({"links": [Link("eRS", "SCR FHIR")]}, "a link"),
            ({"links": [Link("SCR FHIR", "eRS")]}, "a link"),
            ({"done": ["SCR FHIR"]}, "done"),
            ({"built": {"SCR FHIR": START}}, "built"),
            ({"starts": {"SCR FHIR": START}}, "starts"),
            ({"teams": [["SCR FHIR"]]}, "a team"),
        ],
        ids=["waits", "is waited for", "done", "built", "starts", "team"],
    )
    def test_a_name_that_occurs_nowhere(self, options, where):
        with pytest.raises(UnplannedNameError, match=f"^'SCR FHIR' in {where} is") as caught:
            plan(FOUR, start=START, **options)
        assert isinstance(caught.value, InvalidPlanError)
        assert isinstance(caught.value, UnknownApiError)

    def test_a_slip_in_a_name_gets_a_hint(self):
        with pytest.raises(UnplannedNameError, match="did you mean 'HSCN connection'"):
            plan(
                FOUR,
                start=START,
                done=["HSCN connexion"],
                services=[Service("HSCN connection", "1 day", "us")],
            )

    def test_an_ambiguous_name(self):
        apis = catalogue.select(PDS, "PDS FHIR (App-restricted)")
        with pytest.raises(AmbiguousApiError):
            plan(apis, start=START, done=["PDS"])

    @pytest.mark.parametrize(
        "days", [{}, {"start": START, "deadline": START}, {"start": None}], ids=str
    )
    def test_both_or_neither_of_start_and_deadline(self, days):
        with pytest.raises(InvalidPlanError, match="either a start or a deadline"):
            plan(FOUR, **days)

    @pytest.mark.parametrize("apis", [[], (), catalogue[:0]], ids=["list", "tuple", "catalogue"])
    def test_an_empty_plan(self, apis):
        with pytest.raises(InvalidPlanError, match="at least one API"):
            plan(apis, start=START)

    def test_an_api_twice(self):
        with pytest.raises(DuplicateApiError, match="'mesh'"):
            plan([catalogue["MESH"], catalogue["MESH"]], start=START)

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            (
                {"links": [Link("eRS", "e-referral service")]},
                f"'{ERS}' is linked to itself",
            ),
            (
                {"done": ["MESH"], "built": {"mesh": START}},
                "'MESH' is in done, so it cannot have a date",
            ),
            (
                {"done": ["MESH"], "starts": {"mesh": START}},
                "'MESH' is in done, so it cannot have a date",
            ),
            (
                {"built": {"MESH": START}, "starts": {"mesh": START}},
                "'MESH' is built, so it cannot start: leave it out of starts",
            ),
            (
                {"built": {"MESH": START, "mesh": "2026-01-06"}},
                "built has two dates for 'MESH': 2026-01-05 and 2026-01-06",
            ),
            (
                {"starts": {"HSCN": START, "hscn": "2026-01-06"}},
                "starts has two dates for 'HSCN': 2026-01-05 and 2026-01-06",
            ),
            (
                {"built": {"HSCN": START}},
                "'HSCN' is a service, and only APIs are built: use done, or leave it out",
            ),
            (
                {"teams": [["eRS", "MESH"], [PDS, RECORD, "mesh"]]},
                "the teams have 'MESH' twice: one team implements it, once",
            ),
            (
                {"teams": [["eRS", "MESH", "eRS", PDS, RECORD]]},
                f"the teams have '{ERS}' twice: one team implements it, once",
            ),
            (
                {"teams": [["eRS", "MESH"], [PDS]]},
                f"no team implements '{RECORD}': give it to a team, or leave teams out",
            ),
            (
                {"teams": [["eRS", "MESH", PDS, RECORD, "HSCN"]]},
                "'HSCN' is a service: teams implement only APIs",
            ),
            (
                {"services": [Service("mesh", "1 day", "us")]},
                "the service 'mesh' has the name of an API in the plan",
            ),
            (
                {"services": [Service("H s", "1 day", "us"), Service("HS", "1 day", "us")]},
                "two services are called 'HS'",
            ),
            ({"deadline": START}, "a plan needs either a start or a deadline, and not both"),
            ({"apis": []}, "a plan needs at least one API"),
        ],
        ids=range(15),
    )
    def test_contradictions(self, options, problem):
        asked = {"apis": FOUR, "start": START, "services": [Service("HSCN", "1 day", "us")]}
        with pytest.raises(InvalidPlanError) as caught:
            plan(**{**asked, **options})
        assert str(caught.value) == problem

    def test_a_service_called_as_several_apis_are(self):
        apis = catalogue.select(PDS, "PDS FHIR (App-restricted)")
        with pytest.raises(InvalidPlanError, match="has the name of an API"):
            plan(apis, start=START, services=[Service("PDS", "1 day", "us")])

    @pytest.mark.parametrize(
        ("make", "text"),
        [
            (
                lambda: Link("eRS", "MESH", to_be="done"),
                "'done' is not a state to wait for: expected 'live' or 'built'",
            ),
            (
                lambda: Link("eRS", "MESH", before="golive"),
                (
                    "'golive' is not a stage that can wait: did you mean 'go_live'? "
                    "Expected 'build', 'assurance' or 'go_live'"
                ),
            ),
            (
                lambda: Link("eRS", "MESH", before=3),
                "3 is not a stage that can wait: expected 'build', 'assurance' or 'go_live'",
            ),
            (
                lambda: plan(FOUR, start=START, overlap="half"),
                "'half' is not a way to overlap: expected 'none' or 'full'",
            ),
        ],
        ids=["to_be", "before", "number", "overlap"],
    )
    def test_a_word_outside_the_vocabulary(self, make, text):
        with pytest.raises(UnknownValueError) as caught:
            make()
        assert str(caught.value) == text

    @pytest.mark.parametrize(
        ("make", "text"),
        [
            (
                lambda: plan(["eRS"], start=START),
                "a plan takes records, such as catalogue.select('eRS'), got 'eRS'",
            ),
            (
                lambda: plan("eRS", start=START),
                "the APIs of a plan must be a list, such as catalogue.select('eRS'), got 'eRS'",
            ),
            (
                lambda: plan(None, start=START),
                "the APIs of a plan must be a list, got None",
            ),
            (
                lambda: plan(catalogue["eRS"], start=START),
                f"the APIs of a plan must be a list, such as [api], got <Api e-rs: '{ERS}'>",
            ),
            (
                lambda: plan(FOUR, start=datetime(2026, 1, 5)),  # noqa: DTZ001  refused
                ("expected a date, got datetime.datetime(2026, 1, 5, 0, 0): use .date()"),
            ),
            (
                lambda: plan(FOUR, start=20260105),
                "expected a start date, as a date or its text, got 20260105",
            ),
            (
                lambda: plan(FOUR, deadline=20260105),
                "expected a deadline, as a date or its text, got 20260105",
            ),
            (
                lambda: plan(FOUR, start=START, done="MESH"),
                "done must be a list, got 'MESH'",
            ),
            (
                lambda: plan(FOUR, start=START, done={"MESH": True}),
                "done must be a list, got {'MESH': True}",
            ),
            (
                lambda: plan(FOUR, start=START, done=[None]),
                "expected the name of an API or its record, got None",
            ),
            (
                lambda: plan(FOUR, start=START, links=Link("eRS", "MESH")),
                (
                    "links must be a list, got "
                    "Link(api='eRS', needs='MESH', to_be='live', before='go_live')"
                ),
            ),
            (
                lambda: plan(FOUR, start=START, links=[("eRS", "MESH")]),
                "links must be of type Link, got ('eRS', 'MESH')",
            ),
            (
                lambda: plan(FOUR, start=START, services=["HSCN"]),
                "services must be of type Service, got 'HSCN'",
            ),
            (
                lambda: plan(FOUR, start=START, services="HSCN"),
                "services must be a list, got 'HSCN'",
            ),
            (
                lambda: plan(FOUR, start=START, teams=["eRS", "MESH"]),
                "a team must be a list, got 'eRS'",
            ),
            (lambda: plan(FOUR, start=START, teams="eRS"), "teams must be a list, got 'eRS'"),
            (
                lambda: plan(FOUR, start=START, teams=2),
                (
                    "teams must be a list of what each team implements, got 2: "
                    "to find the best 2, use suggest_teams(apis, 2, start=...)"
                ),
            ),
            (
                lambda: plan(FOUR, start=START, starts=["eRS"]),
                "starts must map names to dates, got ['eRS']",
            ),
            (
                lambda: plan(FOUR, start=START, built=("eRS",)),
                "built must map names to dates, got 'eRS'",
            ),
            *(
                (
                    lambda pair=pair: plan(FOUR, start=START, starts=(pair,)),
                    f"starts must map names to dates, got {pair!r}",
                )
                for pair in (("eRS",), ("eRS", START, START))
            ),
            (
                lambda: plan(FOUR, start=START, starts={3: START}),
                "expected the name of an API or its record, got 3",
            ),
            (
                lambda: plan(FOUR, start=START, built={"eRS": None}),
                "expected a date in built for 'eRS', as a date or its text, got None",
            ),
            (
                lambda: plan(FOUR, start=START, starts={"eRS": 5}),
                "expected a date in starts for 'eRS', as a date or its text, got 5",
            ),
            (
                lambda: plan(FOUR, start=START, allow_unavailable="yes"),
                "allow_unavailable must be True or False, got 'yes'",
            ),
            (
                lambda: plan_for(None),
                "expected a PlanRequest, such as p.request, got None",
            ),
            (
                lambda: plan(FOUR, start=START).compare(None),
                "expected another plan, got None",
            ),
            (
                lambda: plan(FOUR, start=START)[0],
                "expected the name of an API of the plan, got 0",
            ),
            (
                lambda: plan(FOUR, start=START)[0:1],
                "expected the name of an API of the plan, got slice(0, 1, None)",
            ),
            (
                lambda: plan(FOUR, start=START).paths(catalogue["MESH"]),
                "expected the name of an API of the plan, got <Api mesh: 'MESH'>",
            ),
            (
                lambda: PlanRequest(apis=FOUR, start=START, remarks="none"),
                "remarks must be a list, got 'none'",
            ),
            (
                lambda: Link("eRS", None),
                "expected the name of an API or its record, got None",
            ),
            (
                lambda: Service("HSCN", None, "us"),
                "the time of a service must be a range of durations or WorkingDays, got None",
            ),
            (
                lambda: Service(3, "1 day", "us"),
                "the name of a service must be text, got 3",
            ),
            (
                lambda: Service("HSCN", "1 day", None),
                "the source of a service must be text, got None",
            ),
            (
                lambda: plan(FOUR, start=START).probability("2026-12-31", assume=0.5),
                (
                    "assume= takes Uniform(), Triangular(mode) or PertBeta(mode), or their text, "
                    "got 0.5"
                ),
            ),
            (
                lambda: plan(FOUR, start=START).quantile("0.5", assume=Uniform()),
                "a probability must be a number above 0 and up to 1, got '0.5'",
            ),
            (lambda: plan(FOUR, start=START).status(None), "expected a date, got None"),
        ],
        ids=range(38),
    )
    def test_a_wrong_type(self, make, text):
        with pytest.raises(TypeError) as caught:
            make()
        assert str(caught.value) == text

    @pytest.mark.parametrize(
        ("options", "text"),
        [
            ({"start": "5.1."}, "'5.1.' is not a start date: expected "),
            ({"deadline": "5.1."}, "'5.1.' is not a deadline: expected "),
            (
                {"start": START, "built": {"eRS": "5.1."}},
                "'5.1.' is not a date in built for 'eRS': expected ",
            ),
            (
                {"start": START, "starts": {"eRS": "5.1."}},
                "'5.1.' is not a date in starts for 'eRS': expected ",
            ),
        ],
        ids=["start", "deadline", "built", "starts"],
    )
    def test_a_text_that_is_not_a_date_is_told_for_what(self, options, text):
        with pytest.raises(InvalidDateError) as caught:
            plan(FOUR, **options)
        assert str(caught.value) == f"{text}a valid date, as YYYY-MM-DD"

    @pytest.mark.parametrize(
        ("ask", "what"),
        [
            (plan(FOUR, start=START).latest_safe_start, "deadline"),
            (plan(FOUR, start=START).last_chance_start, "deadline"),
            (lambda text: suggest_teams(FOUR, 1, start=text), "start date"),
        ],
        ids=["latest safe start", "last chance start", "suggest_teams"],
    )
    def test_a_question_says_which_text_is_not_a_date(self, ask, what):
        with pytest.raises(InvalidDateError, match=f"^'5.1.' is not a {what}: expected"):
            ask("5.1.")

    @pytest.mark.parametrize("q", [0, -0.1, 1.1, float("nan"), float("inf")])
    def test_a_quantile_outside_its_span(self, q):
        with pytest.raises(InvalidLikelihoodError, match="above 0 and up to 1"):
            plan(FOUR, start=START).quantile(q, assume=Uniform())

    def test_an_assumption_has_no_default(self):
        with pytest.raises(TypeError):
            plan(FOUR, start=START).probability("2026-12-31")

    @pytest.mark.parametrize("name", ["", " ", "-"])
    def test_a_service_without_a_name_or_a_source(self, name):
        with pytest.raises(InvalidPlanError) as caught:
            Service(name, "1 day", "us")
        assert str(caught.value) == f"a service needs a name, got {name!r}"
        with pytest.raises(InvalidPlanError) as caught:
            Service("HSCN", "1 day", name)
        assert str(caught.value) == f"a service needs a source, got {name!r}"

    @pytest.mark.parametrize("text", ["2026-02-30", "5.1.2026", ""])
    def test_a_text_that_is_not_a_date(self, text):
        for options in (
            {"start": text},
            {"deadline": text},
            {"start": START, "built": {"eRS": text}},
            {"start": START, "starts": {"eRS": text}},
        ):
            with pytest.raises(InvalidDateError):
                plan(FOUR, **options)

    def test_a_deadline_that_no_start_can_meet(self):
        p = plan(FOUR, start=START, starts={"eRS": "2026-06-01"})
        with pytest.raises(DeadlineError, match="2026-12-31") as caught:
            p.latest_safe_start("2026-12-31")
        assert caught.value.deadline == date(2026, 12, 31)
        with pytest.raises(DeadlineError):
            plan(FOUR, deadline="2026-12-31", built={"MESH": "2026-12-01"})
        with pytest.raises(DeadlineError):
            plan(FOUR, deadline="0001-03-01")

    def test_both_ends_of_the_calendar(self):
        with pytest.raises(CalendarLimitError):
            plan(FOUR, start="9999-01-01")
        p = plan(FOUR, start=START)
        assert p.latest_safe_start("9999-12-31") == date(9998, 10, 31)
        assert plan(FOUR, start="0001-01-01").go_live.earliest == date(1, 8, 1)
        live = plan(FOUR, start=START, done=FOUR)
        assert live.latest_safe_start("9999-12-31") == date.max
        assert live.latest_safe_start("0001-01-01") == date.min
        apis = [own("X", "0-59 days"), own("A", "1 month"), own("B", "30 days")]
        links = [Link("A", "X", before="build"), Link("B", "X", before="build")]
        assert plan(apis, start="0001-01-01", links=links).drivers.possible == ("A", "B")

    @pytest.mark.parametrize(
        "error",
        [
            CyclicPlanError(("A", "B", "A")),
            DeadlineError(date(2026, 1, 5)),
            UnplannedNameError("eRSS", "done", ("eRS",)),
            UnplannedNameError("HSCN", "the question", is_service=True),
            InvalidLikelihoodError(2.0, "a mode", "a share of the span, from 0 to 1"),
            TooComplexError(5, 4, "drop one", "paths"),
        ],
        ids=repr,
    )
    def test_errors_pickle(self, error):
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), copy.args, str(copy)) == (type(error), error.args, str(error))
        assert vars(copy) == vars(error)


def request_of_chain(n: int, time: str) -> dict[str, Any]:
    """What to ask for n APIs, each waiting for the one before, so of 2 n stages."""
    stage = DurationRange.parse(time)
    apis = [Api(id=f"n{i}", name=f"N{i}", technical=stage, assurance=stage) for i in range(n)]
    links = [Link(f"n{i + 1}", f"n{i}", before="build") for i in range(n - 1)]
    return {"apis": apis, "links": links, "start": "2026-01-05"}


def chain(n: int, time: str) -> Plan:
    return plan(**request_of_chain(n, time))


class TestGrowth:
    """Python's collector of cycles visits every value that can refer to others, again and again.

    So the cost of plans can grow no faster than their length only if they keep few such values.
    """

    @staticmethod
    def kept(n: int, options: dict[str, Any]) -> int:
        """How many values that the collector visits are made for a chain, and kept."""
        asked = request_of_chain(n, "0-1 days") | options
        if "teams" in options:
            asked["teams"] = [[api.id for api in asked["apis"]]]
        plan(**asked)
        gc.collect()
        before = len(gc.get_objects())
        p = plan(**asked)
        found = len(gc.get_objects()) - before
        assert p.go_live.days == 2 * n
        return found

    @pytest.mark.parametrize("options", [{}, {"teams": ()}], ids=["links", "teams"])
    def test_a_long_plan_keeps_no_more_of_them_than_a_short_one(self, options):
        assert self.kept(400, options) == self.kept(20, options)

    @pytest.mark.parametrize(
        "ask",
        [
            lambda p: max(stage.finish.latest for stage in p.stages()),
            lambda p: p.latest_safe_start("2999-12-31"),
            lambda p: p.criticality,
        ],
        ids=["stages", "latest_safe_start", "criticality"],
    )
    def test_an_answer_about_a_long_plan_never_has_so_many_that_the_collector_runs(self, ask):
        """It runs when there are 700 more of them than before, or 2,000 on newer Pythons."""
        runs: list[str] = []
        p = chain(2_000, "0-1 days")
        gc.collect()
        gc.callbacks.append(lambda phase, _: runs.append(phase))
        try:
            ask(p)
        finally:
            gc.callbacks.pop()
        assert not runs


class TestStages:
    """All stages of a plan, each made when it is asked for."""

    APIS = (own("A", "1-2 weeks"), own("B", "1 month"), own("C", "5 days"), own("D", "3 days"))
    PLAN = plan(
        APIS,
        start="2026-01-05",
        built={"B": "2026-02-01"},
        done=["C", "VPN"],
        links=[Link("D", "A", before="assurance"), Link("A", "HSCN")],
        services=[Service("VPN", "1 day", "us"), Service("HSCN", "1-3 months", "us")],
    )

    def test_they_are_those_of_the_items(self):
        stages = self.PLAN.stages()
        assert [(stage.owner, stage.name) for stage in stages] == [
            ("A", "technical implementation"),
            ("A", "NHS England assurance"),
            ("B", "NHS England assurance"),
            ("D", "technical implementation"),
            ("D", "NHS England assurance"),
            ("HSCN", "enabling service"),
        ]
        assert stages == tuple(stage for item in self.PLAN.items() for stage in item.stages)

    def test_it_is_used_like_a_tuple(self):
        stages = self.PLAN.stages()
        kept = tuple(stages)
        assert len(stages) == 6
        assert [stages[i] for i in range(-6, 6)] == [*kept, *kept]
        assert stages[1:-1:2] == kept[1:-1:2]
        assert kept[2] in stages
        assert [*reversed(stages)] == [*reversed(kept)]
        assert repr(stages) == repr(kept)
        for beyond in (-7, 6):
            with pytest.raises(IndexError):
                stages[beyond]

    def test_it_is_equal_to_the_same_stages(self):
        stages = self.PLAN.stages()
        again = plan_for(self.PLAN.request).stages()
        assert stages == again == tuple(stages) == pickle.loads(pickle.dumps(stages))
        assert len({stages, again, tuple(stages)}) == 1
        assert stages != plan(self.APIS, start="2026-01-05").stages()
        assert stages != list(stages)


@pytest.mark.once
class TestSize:
    def test_a_chain_of_100_000_stages_of_a_day_at_most(self):
        assert chain(50_000, "0-1 days").go_live.days == 100_000

    def test_the_same_with_months_leaves_the_calendar(self):
        with pytest.raises(CalendarLimitError):
            chain(4_100, "12 months")

    def test_a_long_chain_has_a_last_start_too(self):
        assert chain(500, "1 month").latest_safe_start("9999-12-31") == date(9916, 8, 31)

    def test_a_long_cycle_is_found_and_named_in_short(self):
        apis = [own(f"N{i}", "1 day") for i in range(2_000)]
        links = [Link(f"n{i}", f"n{i - 1}", before="build") for i in range(2_000)]
        links[0] = Link("n0", "n1999", before="build")
        with pytest.raises(CyclicPlanError) as caught:
            plan(apis, start=START, links=links)
        assert len(caught.value.cycle) == 2_001
        assert "'N1994' needs … needs 'N1999': remove one" in str(caught.value)

    def test_drivers_past_their_size_are_refused_and_the_text_says_so(self):
        p = chain(1500, "0-1 days")
        with pytest.raises(TooComplexError, match="to see what drives the rest"):
            _ = p.drivers
        assert "- undecided: an exact answer takes" in p.describe()

    def test_paths_past_their_size_are_refused(self):
        apis = [own(f"N{i}", "1 day") for i in range(60)]
        links = [
            Link(f"N{i}", f"N{i - 1}", to_be=to_be, before=before)
            for i in range(1, 60)
            for to_be, before in (("built", "build"), ("live", "build"))
        ]
        with pytest.raises(TooComplexError):
            plan(apis, start=START, links=links).paths("N59")

    def test_a_long_chain_of_go_lives_with_readers_is_answered(self):
        """All are live by day d, and none of the readers of what is live on d takes its day."""
        n, d = 100, 99
        before, on, by = Fraction(d, 101), Fraction(1, 101), Fraction(d + 1, 101)
        # The first that is live on day d is one of n, and those after it are live on it too.
        exact = before**n + sum(before**i * on * by ** (n - i - 1) / 2 ** (n - i) for i in range(n))
        found = chain_with_readers(n).probability(date.min + timedelta(d), assume=Uniform())
        assert found.lower == found.upper == pytest.approx(float(exact), abs=1e-12)


def tangle(n: int) -> Plan:
    """Each API waits for the one before twice, built and live, and for the start."""
    apis = [own(f"N{i}", "1 day") for i in range(n)]
    links = [
        Link(f"N{i}", f"N{i - 1}", to_be=to_be, before="build")
        for i in range(1, n)
        for to_be in ("built", "live")
    ]
    return plan(apis, start=START, links=links)


def fork(*times: str) -> Plan:
    """X, and two APIs that begin when it is live."""
    apis = [own(name, time) for name, time in zip("XAB", times, strict=True)]
    links = [Link(name, "X", before="build") for name in "AB"]
    return plan(apis, start="2026-01-01", links=links)


class TestDrivers:
    @pytest.mark.parametrize("order", list(itertools.permutations("ABC")), ids="".join)
    def test_what_is_outside_is_the_latest_of_all_the_rest(self, order):
        """Three that share nothing: B never varies, A may be a day later, C is early."""
        times = {"A": "1-10 days", "B": "9 days", "C": "1 day"}
        found = plan([own(name, times[name]) for name in order], start=START).drivers
        assert set(found.possible) == {"A", "B"}
        assert (found.certain, found.earlier) == ((), ("C",))

    def test_a_tie_is_enough_to_drive(self):
        """A takes at most what B takes at least; X, before both, moves them together."""
        found = fork("0-10 days", "1-5 days", "5-9 days").drivers
        assert found == Drivers(possible=("A", "B"), certain=("B",), earlier=("X",))
        found = fork("0-10 days", "1-4 days", "5-9 days").drivers
        assert found == Drivers(possible=("B",), certain=("B",), earlier=("X", "A"))

    def test_a_rival_that_can_be_one_day_later_leaves_nothing_certain(self):
        found = fork("0-10 days", "5 days", "1-6 days").drivers
        assert found == Drivers(possible=("A", "B"), certain=(), earlier=("X",))
        found = fork("0-10 days", "5 days", "1-5 days").drivers
        assert found == Drivers(possible=("A", "B"), certain=("A",), earlier=("X",))

    def test_what_holds_a_rival_up_lowers_what_it_waits_for_in_turn(self):
        """B waits for Y, Y for X; A begins with X and is later only if X is short."""
        apis = [
            own("X", "0-20 days"),
            own("Y", "3 days"),
            own("A", "1-12 days"),
            own("B", "5-9 days"),
        ]
        links = [
            Link("Y", "X", before="build"),
            Link("B", "Y", before="build"),
            Link("A", "X", to_be="built", before="go_live"),
        ]
        found = plan(apis, start=START, links=links).drivers
        assert found == Drivers(possible=("A", "B"), certain=(), earlier=("X", "Y"))

    def test_what_waits_longest_only_while_a_rival_is_later_never_drives(self):
        """K is always a day later than A. X holds A up longer than C does only if J is later.

        A takes at most 100 days; J, which begins with X, takes 200.
        """
        apis = [
            own("X", "0-200 days"),
            own("C", "150 days"),
            own("A", "0-100 days"),
            own("K", "1 day"),
            own("J", "200 days"),
        ]
        links = [
            Link("A", "X", before="build"),
            Link("A", "C", before="build"),
            Link("K", "A", before="build"),
            Link("J", "X", before="build"),
        ]
        found = plan(apis, start=START, links=links).drivers
        assert found == Drivers(possible=("K", "J"), certain=(), earlier=("X", "C", "A"))


def of_services(times: dict[str, str], needs: dict[str, str], **options) -> Plan:
    """A plan of services with one letter each; each begins when those that it needs are live."""
    services = [Service(name, time, "us") for name, time in times.items()]
    links = [Link(name, one, before="build") for name in needs for one in needs[name]]
    apis = [own("API", "0 days")]
    return plan(apis, start=START, services=services, links=links, **options)


class TestSums:
    """Plans whose likelihood can be worked out by hand."""

    def test_days_that_cannot_be_reached_lie_between_those_that_can(self):
        """A ends on 27 or 28 February, or on 1 or 2 March, so B a month later, never between.

        D is in time by 1 April if A ends in February: then B ends by 28 March, C by 31 March.
        """
        p = of_services(
            {"A": "27-30 days", "B": "1 month", "T": "27-30 days", "C": "1 day", "D": "1 day"},
            {"B": "A", "T": "A", "C": "T", "D": "BC"},
            starts={"A": "2026-01-31"},
        )
        found = p.probability("2026-04-01", assume=Uniform()).value
        assert found == pytest.approx(1 / 2, abs=1e-12)

    def test_what_waits_may_end_on_the_very_day(self):
        """B begins when A is live, so A drives, tied with B, if B takes no time."""
        apis = [own("A", "1-3 days", "1 day"), own("B", "0-1 days")]
        p = plan(apis, start=START, links=[Link("B", "A", before="build")])
        found = p.driver_probability("A", assume=Uniform()).value
        assert found == pytest.approx(1 / 2, abs=1e-12)

    def test_stages_with_the_same_waiters_need_not_be_taken_one_after_the_other(self):
        """U waits for A and for D, which waits for B and for C, for which others wait too."""
        needs = {"D": "BC", "U": "AD", "V": "B", "W": "C", "P": "V", "Q": "W"}
        needs |= dict.fromkeys("LMNO", "A")
        names = "ABCLMNODUVWPQ"
        day_at_most = 0
        for days in itertools.product((0, 1), repeat=len(names)):
            ends: dict[str, int] = {}
            for name, time in zip(names, days, strict=True):
                ends[name] = max((ends[one] for one in needs.get(name, "")), default=0) + time
            day_at_most += max(ends.values()) <= 1
        p = of_services(dict.fromkeys(names, "0-1 days"), needs)
        found = p.probability("2026-01-06", assume=Uniform()).value
        assert found == pytest.approx(day_at_most / 2 ** len(names), abs=1e-12)

    def test_what_ends_before_it_can_matter_multiplies_no_sums(self):
        """B waits for A and for C, and however long A takes, C takes at least as long."""
        p = of_services({"A": "0-2500 days", "C": "2500-3500 days", "B": "1 day"}, {"B": "AC"})
        found = p.probability(p.start + timedelta(3400), assume=Uniform()).value
        assert found == pytest.approx(900 / 1001, abs=1e-9)


class TestLimits:
    """A question that costs as much as the limit is answered; one step more is refused."""

    @pytest.mark.parametrize(
        ("limit", "cost", "told", "ask"),
        [
            (
                (paths, "MOST_PATHS"),
                # Into N3: one from its own start, and twice as many as into N2, and so on.
                1 + 2 * (1 + 2 * (1 + 2)),
                ("paths", "leave out links to see the other paths"),
                lambda: tangle(4).paths("N3"),
            ),
            (
                (drivers, "MOST_STEPS"),
                112,
                ("steps", "leave out APIs or links to see what drives the rest"),
                lambda: fork("0-59 days", "1 month", "30 days").drivers,
            ),
        ],
        ids=["paths", "drivers"],
    )
    def test_the_limit_itself_is_allowed(self, monkeypatch, limit, cost, told, ask):
        monkeypatch.setattr(*limit, cost)
        ask()
        monkeypatch.setattr(*limit, cost - 1)
        unit, advice = told
        with pytest.raises(TooComplexError) as caught:
            ask()
        assert str(caught.value) == (
            f"an exact answer takes at least {cost} {unit}, and the limit is {cost - 1}: {advice}"
        )

    def test_paths_of_a_very_tangled_plan_are_counted_up_to_a_million_millions(self):
        with pytest.raises(TooComplexError) as caught:
            tangle(60).paths("N59")
        assert caught.value.size == 10**12

    def test_as_many_paths_as_are_counted_are_found(self):
        assert len(tangle(4).paths("N3")) == 15


def chain_with_readers(n: int) -> Plan:
    """Go-lives that wait for each other, and before each of them another API's build."""
    apis = [own(f"N{i}", "0-100 days") for i in range(n)]
    apis += [own(f"R{i}", "0-1 days") for i in range(n)]
    links = [Link(f"N{i + 1}", f"N{i}") for i in range(n - 1)]
    links += [Link(f"R{i}", f"N{i}", before="build") for i in range(n)]
    return plan(apis, start="0001-01-01", links=links)


def test_a_request_is_public_and_checked():
    with pytest.raises(InvalidPlanError):
        PlanRequest(apis=FOUR)
    request = PlanRequest(apis=list(FOUR), start=START, remarks=["x"])
    assert request.apis == tuple(FOUR)
    assert request.remarks == ("x",)


class TestAPlanFollowsFromItsRequest:
    """No part of a plan can be set, so that none contradicts another."""

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda p: attrs.evolve(p, start=date(2027, 1, 4)), id="start"),
            pytest.param(lambda p: attrs.evolve(p, go_live=p.planned[0].go_live), id="go_live"),
            pytest.param(lambda p: attrs.evolve(p, request=p.request), id="request"),
            pytest.param(lambda p: Plan(p.request), id="constructor"),
        ],
    )
    def test_a_part_that_is_set_is_refused_with_the_way_out(self, change):
        with pytest.raises(InvalidPlanError, match=r"plan_for\(attrs.evolve\(p.request"):
            change(plan(catalogue.select("eRS"), start="2026-01-05"))


class TestCriticality:
    """Which parts of a plan go-live waits for; the laws compare this with every scenario."""

    def test_what_a_driver_waits_for_is_critical(self):
        """MESH is on every path, but used to be called never critical."""
        p = plan(
            catalogue.select("Transfer of Care", "MESH"),
            start=START,
            links=[Link("Transfer of Care", "MESH", before="build")],
        )
        assert p.criticality.necessary == ("Transfer of Care – FHIR / MESH", "MESH")
        assert p.criticality.never == ()

    def test_a_service_is_critical_as_an_api_is(self):
        hscn = Service("HSCN", "6-12 months", "us")
        p = plan(
            catalogue.select("MESH"),
            start=START,
            services=[hscn],
            links=[Link("MESH", "HSCN", before="build")],
        )
        assert p.criticality.necessary == ("MESH", "HSCN")
        assert p.criticality.of("HSCN") == "necessarily"

    @pytest.mark.parametrize(
        ("name", "nearest"),
        [("Referral Service (eRS)", ERS), ("nothing like it", None)],
    )
    def test_a_name_that_is_not_listed_is_refused_and_not_called_uncritical(self, name, nearest):
        found = plan(catalogue.select("eRS", "MESH"), start=START).criticality
        with pytest.raises(UnknownValueError) as caught:
            found.of(name)
        assert (caught.value.allowed, caught.value.nearest) == ((ERS, "MESH"), nearest)

    def test_what_goes_live_last_only_because_it_waits_is_not_critical(self):
        """A begins with B, and is live at most a day after its own work."""
        links = [Link("A", "B", before="go_live")]
        p = plan([own("A", "1 day"), own("B", "5-9 days")], start=START, links=links)
        assert p.drivers.certain == ("A", "B")
        assert (p.criticality.necessary, p.criticality.never) == (("B",), ("A",))

    def test_days_between_the_ends_of_a_range_count_too(self):
        """A11: with X at either end A alone is longest; on some days between them B is."""
        p = fork("0-59 days", "1 month", "30 days")
        assert str(p.criticality) == "necessarily: X; possibly: A, B"

    def test_what_is_live_already_is_not_listed(self):
        p = plan(catalogue.select("eRS", "MESH"), start=START, done=["eRS", "MESH"])
        assert str(p.criticality) == "nothing is critical: everything is live already"
        with pytest.raises(UnknownValueError, match="that is not live already"):
            p.criticality.of(ERS)
        assert float(p.criticality_probability("eRS", assume="uniform")) == 0

    def test_nothing_is_critical_if_all_is_live_before_the_start(self):
        p = plan([own("A", "1 day", "2 days")], start=START, built={"A": "2020-01-01"})
        assert p.criticality == Criticality(necessary=(), possible=(), never=("A",))

    @pytest.mark.parametrize("steps", [0, 300, 3_000])
    def test_what_takes_too_long_is_undecided_and_what_is_proven_stays(self, steps, monkeypatch):
        everything = whole_of_links().criticality
        monkeypatch.setattr(criticality, "MOST_STEPS", steps)
        found = whole_of_links().criticality
        assert set(found.necessary) <= set(everything.necessary)
        assert set(found.possible) <= set(everything.possible)
        assert set(found.never) <= set(everything.never)
        assert set(everything.possible) <= {*found.possible, *found.undecided}
        assert set(everything.necessary) <= {
            *found.necessary,
            *found.undecided,
            *found.undecided_necessary,
        }
        assert bool(found.undecided) is (not steps)

    def test_whether_one_is_necessarily_critical_can_be_all_that_is_open(self, monkeypatch):
        times = ("0-3 days", "5-10 days", "1-6 days")
        assert str(fork(*times).criticality) == "necessarily: X; possibly: A, B"
        monkeypatch.setattr(criticality, "MOST_STEPS", 0)
        found = fork(*times).criticality
        assert str(found) == "necessarily: X; possibly, perhaps necessarily: A; undecided: B"
        assert found.of("A") == "possibly, perhaps necessarily"

    def test_a_path_that_its_own_stages_make_too_short_is_never_critical(self):
        """A could be live after J's earliest, but only if X is long, and then J is later too."""
        assert str(fork("0-200 days", "0-100 days", "200 days").criticality) == (
            "necessarily: X, B; never: A"
        )

    @pytest.mark.parametrize(
        ("longest", "said"),
        [
            # They can only tie with A.
            (31, "necessarily"),
            # With both at 32 days A is not critical. But with one of them the other way is a day
            # behind, and a month later it no longer is: 30 and 31 January become 28 February.
            (32, "possibly, perhaps necessarily"),
        ],
    )
    def test_where_two_days_come_to_one_it_may_stay_open(self, longest, said):
        apis = [own("A", "31-33 days"), own("P", "1 month"), own("R", "1 month")]
        services = [Service(name, f"0-{longest} days", "us") for name in "XY"]
        links = [Link(a, b, before="build") for a, b in ("PA", "RA", "PX", "RY")]
        p = plan(apis, start="2025-12-30", services=services, links=links)
        assert p.criticality.of("A") == said
        # From another day no two days become one.
        earlier = plan_for(attrs.evolve(p.request, start="2026-01-30"))
        assert earlier.criticality.of("A") == ("necessarily" if longest == 31 else "possibly")

    @pytest.mark.parametrize(
        ("times", "said"),
        [
            (("0 days", "0 days", "0 days"), "necessarily: X, A, B"),
            (("0-1 days", "0-2 days", "0-1 days"), "necessarily: X; possibly: A, B"),
            (("0-1 days", "1-3 days", "1-2 days"), "necessarily: X; possibly: A, B"),
            (("0 days", "2-3 days", "1 day"), "necessarily: X, A; never: B"),
        ],
    )
    def test_on_the_first_days_of_the_calendar(self, times, said):
        first = attrs.evolve(fork(*times).request, start=date.min)
        assert str(plan_for(first).criticality) == said

    def test_long_chains_are_decided_in_one_pass(self):
        assert len(chain(1_500, "0-1 days").criticality.necessary) == 1_500


class TestAgainst:
    """A plan against a deadline; the laws compare its days and slack with every corner."""

    def test_the_same_plan_on_days_before_in_and_after_its_window(self):
        p = plan(FOUR, start=START)
        reports = [p.against(day) for day in ("2026-08-04", "2026-12-31", "2027-03-05")]
        assert [one.status.value for one in reports] == ["impossible", "possible", "certain"]
        assert [one.misses for one in reports[1:]] == [(ERS, RECORD), ()]

    def test_each_part_answers_for_itself(self):
        p = plan(FOUR, start=START, services=[Service("HSCN", "2-4 months", "us")])
        report = p.against("2027-03-05", on="2027-01-01")
        parts = {part.name: part for part in report.parts if not part.stage}
        assert {name: part.latest_start.earliest for name, part in parts.items()} == {
            item.name: item.latest_safe_start("2027-03-05") for item in p.items()
        }
        assert [part for part in report.past if not part.stage] == list(parts.values())
        assert str(p.services[0]) == "HSCN"

    def test_one_row_for_each_assumption(self):
        shapes = (Uniform(), Triangular(0.5), PertBeta(0.5))
        report = plan(FOUR, start=START).against("2026-12-31", assume=shapes)
        assert [one.assumption for one in report.probabilities] == list(shapes)
        assert report.probabilities[0].value == pytest.approx(0.804610, abs=5e-7)
        alone = plan(FOUR, start=START).against("2026-12-31", assume=Uniform())
        assert alone.probabilities == report.probabilities[:1]

    def test_text_tells_the_answer_first(self):
        p = plan(catalogue.select("eRS", "MESH"), start=START)
        assert str(p.against("2027-03-05", on="2026-12-01", assume=Uniform())).splitlines() == [
            "Deadline 2027-03-05: certain.",
            "At the longest on the day, at the shortest 212 days early.",
            "Start 2026-01-05; latest safe start 2026-01-05, last chance 2026-08-05.",
            "",
            "                          status   latest safe start  slack in days",
            "e-Referral Service (eRS)  certain  2026-01-05         0 to 212",
            "MESH                      certain  2026-11-24         323 to 368",
            "",
            "Already past on 2026-12-01",
            "- e-Referral Service (eRS): the last chance to start was 2026-08-05.",
            "- MESH: the latest safe start was 2026-11-24.",
            "",
            "Probability by 2027-03-05",
            f"- {p.probability('2027-03-05', assume=Uniform())}",
        ]

    def test_one_day_is_one_day(self):
        p = plan([own("A", "1-3 days")], start=START)
        assert str(p.against("2026-01-07")).splitlines()[1] == (
            "At the longest 1 day late, at the shortest 1 day early."
        )

    def test_days_that_were_given_can_leave_no_start(self):
        """A cannot be begun before 1 March, and takes a month at the least."""
        p = plan([own("A", "1-2 months")], start=START, starts={"A": "2026-03-01"})
        assert "leave no start that meets the deadline" in str(p.against("2026-03-20"))
        report = p.against("2026-04-20")
        assert (report.latest_safe_start, report.last_chance_start) == (None, date(2026, 3, 20))
        assert "no safe start, and the last chance is 2026-03-20" in report.describe(width=99)

    def test_html_and_table_say_what_the_text_says(self):
        p = plan(FOUR, start=START, done=["MESH"])
        report = p.against("2026-12-31", assume=Uniform())
        columns = report.to_columns()
        assert columns["stage"][:3] == [None, "technical implementation", "NHS England assurance"]
        assert set(columns["id"]) == {api.id for api in FOUR} - {"mesh"}
        assert columns["slack_least"] == [part.slack[0] for part in report.parts]
        page = report._repr_html_()
        for text in ("Deadline 2026-12-31: possible", "2025-10-31", "Probability by 2026-12-31"):
            assert text in page
            assert text in str(report)

    def test_what_is_live_already_has_no_slack(self):
        p = plan(catalogue.select("MESH"), start=START, done=["MESH"])
        assert p["MESH"].status("1999-01-01") is Status.CERTAIN
        assert p["MESH"].start == p.go_live
        for ask in (p["MESH"].slack, p["MESH"].latest_start, p["MESH"].latest_finish):
            with pytest.raises(InvalidPlanError, match="MESH is live already"):
                ask("2027-01-01")
        assert str(p.against("2027-01-01")).endswith("Everything is live already.")

    def test_a_day_before_the_calendar_is_refused(self):
        p = plan([own("A", "12 months")], start="0002-01-01")
        with pytest.raises(CalendarLimitError, match="live by 0001-06-01"):
            p["A"].slack("0001-06-01")
        stage = r"^A \(technical implementation\): the latest start of 12 months for "
        with pytest.raises(CalendarLimitError, match=stage):
            p["A"].stages[0].latest_start("0001-06-01")

    def test_a_deadline_in_the_past_of_the_edition_is_warned_of(self):
        """A start in 2018 used to give no warning."""
        p = plan(catalogue.select("eRS"), deadline="2020-01-01")
        assert p.start == date(2018, 11, 1)
        assert p.warnings[0] == (
            "The start 2018-11-01 is before 2025-09-09, the date of the edition that the times "
            "come from."
        )

    def test_what_is_live_already_has_a_row(self):
        rows = plan(catalogue.select("MESH", "eRS"), start=START, done=["MESH"]).rows()
        first = rows[0]
        assert (first["id"], first["stage"]) == ("mesh", "live already")
        assert first["start_earliest"] is None
        assert len(rows) == 3


def whole_of_links() -> Plan:
    """Two that depend on each other's rivals, so that extremes alone decide little."""
    apis = [
        own("X", "0-20 days"),
        own("A", "1-12 days"),
        own("B", "5-9 days"),
        own("C", "11-13 days", "0-2 days"),
        own("D", "3-5 days", "2-4 days"),
        own("E", "0-30 days"),
    ]
    links = [
        Link("A", "X", before="build"),
        Link("B", "X", before="build"),
        Link("C", "X", before="assurance"),
        Link("D", "A", before="assurance"),
        Link("D", "B", before="go_live"),
    ]
    return plan(apis, start=START, links=links)
