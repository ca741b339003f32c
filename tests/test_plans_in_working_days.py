"""Plans that count in working days, and what a plan says of days on which nobody works."""

import attrs
import pytest

from nhs_api_catalogue import (
    CalendarHorizonError,
    Closure,
    InvalidPlanError,
    InvalidRecordError,
    Link,
    Service,
    Uniform,
    WorkingCalendar,
    WorkingDays,
    catalogue,
    england,
    plan,
    plan_for,
    suggest_teams,
)
from nhs_api_catalogue import queries as q

MAILBOX = Service("MESH mailbox", "5 working days", "the MESH team")
REPLY = Service("use case", WorkingDays(5, 10), "NHS England")
FREEZE = WorkingCalendar([Closure("change freeze", "2026-12-21", "2027-01-04")], source="our board")


def mesh(**options):
    asked = {"start": "2026-12-18", "services": [REPLY], "calendar": england()}
    return plan(catalogue.select("MESH"), **{**asked, **options})


def dates_warned_of(p):
    return [text for text in p.warnings if "is not moved" in text]


class TestServices:
    def test_windows_and_stages(self):
        p = mesh()
        (stage,) = p.services[0].stages
        assert (str(stage.time), str(stage.finish)) == (
            "5-10 working days",
            "2026-12-29 to 2027-01-06",
        )
        assert p.services[0].go_live == stage.finish
        assert p.rows()[2]["time"] == "5-10 working days"

    def test_what_waits_for_them(self):
        p = mesh(links=[Link("MESH", "use case", before="build")])
        assert str(p["MESH"].stages[0].start) == "2026-12-29 to 2027-01-06"
        assert str(p["MESH"].stages[0].finish) == "2027-01-26 to 2027-02-17"

    def test_closures_of_your_own_hold_them_up(self):
        p = mesh(calendar=england() + FREEZE)
        assert str(p.services[0].go_live) == "2027-01-11 to 2027-01-18"

    def test_deadlines(self):
        p = mesh(links=[Link("MESH", "use case", before="build")])
        start = p.latest_safe_start("2027-02-17")
        assert str(start) == "2026-10-22"
        safe, late = (mesh(links=p.request.links, start=day) for day in (start, "2026-10-23"))
        assert (str(safe.go_live.latest), str(late.go_live.latest)) == ("2027-02-17", "2027-02-18")

    def test_slack_goes_back_over_holidays(self):
        """Two months and six weeks before 15 April is 4 January; the tenth working day from there
        back is 17 December, so the work must have begun the day before."""
        p = mesh(start="2026-12-14", links=[Link("MESH", "use case", before="build")])
        item = p.services[0]
        assert str(item.latest_start("2027-04-15").earliest) == "2026-12-16"
        assert str(item.latest_finish("2027-04-15").earliest) == "2027-01-04"
        assert item.slack("2027-04-15")[0] == 2
        assert str(p.latest_safe_start("2027-04-15")) == "2026-12-16"
        for start, day in (("2026-12-16", "2027-04-15"), ("2026-12-17", "2027-04-16")):
            late = mesh(start=start, links=p.request.links)
            assert str(late.go_live.latest) == day
        slacks = {part.name: part.slack[0] for part in p.against("2027-04-15").parts}
        assert slacks == {"MESH": 5, "use case": 2}

    @pytest.mark.parametrize(
        ("day", "value"), [("2026-12-28", 0), ("2026-12-29", 0.5), ("2027-01-01", 1)]
    )
    def test_probability_lies_on_the_days_that_are_worked(self, day, value):
        """Two ends are possible, on 29 and on 30 December, each as likely."""
        service = Service("use case", "5-6 working days", "us")
        p = mesh(services=[service], start="2026-12-18", done=["MESH"])
        assert float(p.probability(day, assume=Uniform())) == value

    def test_without_a_calendar_they_are_refused_with_the_way_out(self):
        with pytest.raises(InvalidPlanError, match=r"calendar=england\(\)") as caught:
            mesh(calendar=None)
        assert "'use case' takes 5-10 working days (enabling service)" in str(caught.value)

    def test_what_is_live_already_needs_no_calendar(self):
        assert mesh(calendar=None, done=["use case"]).services[0].done

    def test_another_calendar_is_refused(self):
        with pytest.raises(TypeError, match=r"must be a WorkingCalendar, such as england\(\)"):
            mesh(calendar="england")

    def test_requests_keep_it(self):
        p = mesh()
        assert plan_for(p.request) == p
        other = attrs.evolve(p.request, calendar=england() + FREEZE)
        assert plan_for(other).services[0].go_live != p.services[0].go_live
        assert hash(p.request) == hash(mesh().request)

    def test_text_html_and_pictures_show_them(self):
        p = mesh()
        for shown in (p.describe(), p._repr_html_(), p.svg(), p.to_csv()):
            assert "5-10 working days" in shown
        assert "2027-01-06" in p.to_mermaid()


class TestHorizon:
    def test_beyond_it_a_plan_is_refused(self):
        with pytest.raises(CalendarHorizonError, match="only from 2012-01-01 until 2028-12-31"):
            mesh(start="2028-12-20")
        with pytest.raises(CalendarHorizonError, match="only from 2012-01-01 until 2028-12-31"):
            mesh(start=None, deadline="2029-03-01")

    def test_it_is_said_where_the_days_run_out(self):
        """The service, or the API with its stage, which the dates alone do not tell."""
        with pytest.raises(CalendarHorizonError) as caught:
            mesh(start="2028-12-20")
        error = caught.value
        assert error.asked == "use case (enabling service): 10 working days after 2028-12-20"
        assert (str(error.known_from), str(error.known_until)) == ("2012-01-01", "2028-12-31")
        assert "bank holidays" in error.source
        with pytest.raises(CalendarHorizonError, match=r"^use case \(enabling service\): the lat"):
            mesh(start=None, deadline="2029-03-01")
        with pytest.raises(CalendarHorizonError, match=r"^use case \(enabling service\): the lat"):
            mesh().services[0].stages[0].latest_start("2029-03-01")

    @pytest.mark.parametrize(
        ("field", "stage"),
        [("technical", "technical implementation"), ("assurance", "NHS England assurance")],
    )
    def test_it_is_said_for_each_stage_of_an_api(self, field, stage):
        api = attrs.evolve(catalogue["MESH"], edition=None, **{field: WorkingDays(500)})
        where = rf"^MESH \({stage}\): 500 working days after 202"
        with pytest.raises(CalendarHorizonError, match=where):
            plan([api], start="2027-12-01", calendar=england())

    def test_an_assumption_carries_it_further_and_is_stated(self):
        p = mesh(start="2028-12-20", calendar=england(beyond="weekends_only"))
        assert str(p.services[0].go_live) == "2028-12-29 to 2029-01-05"
        assert any("only weekends and the closures" in text for text in p.assumptions)
        assert not any("goes beyond" in text for text in p.warnings)

    def test_calendar_times_may_go_beyond_and_it_is_said(self):
        p = mesh(start="2028-11-20")
        (warning,) = (text for text in p.warnings if "goes beyond" in text)
        assert "known from 2012-01-01 to 2028-12-31" in warning
        before = mesh(start="2011-12-30", services=[], calendar=england())
        assert any("goes beyond" in text for text in before.warnings)
        for calendar in (england(), FREEZE, None):
            p = mesh(services=[], calendar=calendar)
            assert not any("goes beyond" in text for text in p.warnings)

    def test_teams_that_end_where_days_are_known_are_better(self):
        """The order that ends in 2029 is unknown, so the other is the best."""
        apis = [
            attrs.evolve(catalogue["MESH"], edition=None),
            attrs.evolve(catalogue["SDS"], edition=None),
        ]
        long = Service("long", "30 working days", "us")
        options = {
            "links": [Link("long", "MESH", to_be="built", before="build")],
            "services": [long],
            "calendar": england(),
        }
        p = suggest_teams(apis, 1, start="2028-09-18", **options)
        assert p.request.teams == (("mesh", apis[1].id),)
        with pytest.raises(CalendarHorizonError):
            suggest_teams(apis, 1, start="2028-11-20", **options)


class TestDaysOff:
    def test_go_live_on_christmas_day(self):
        options = {"start": "2026-03-25", "done": ["MESH"]}
        service = Service("all", "9 months", "us")
        without = mesh(services=[service], calendar=None, **options)
        assert dates_warned_of(without) == []
        assert dates_warned_of(mesh(services=[service], **options)) == [
            "2026-12-25 is not a working day (Christmas Day) and is not moved: all, go-live."
        ]

    def test_weekends_and_closures_are_named_together(self):
        p = mesh(start="2027-01-02", services=[], calendar=england() + FREEZE)
        assert dates_warned_of(p)[0] == (
            "2027-01-02 is not a working day (Saturday, change freeze) and is not moved: "
            "MESH, start."
        )

    def test_start_hand_over_and_go_live_are_remarked_on(self):
        closed = {"2026-01-05": "a", "2026-02-02": "b", "2026-02-16": "c", "2026-03-02": "d"}
        calendar = WorkingCalendar(closed, source="us")
        p = plan(catalogue.select("MESH"), start="2026-01-05", calendar=calendar)
        assert dates_warned_of(p) == [
            "2026-01-05 is not a working day (a) and is not moved: MESH, start.",
            (
                "2026-02-02 is not a working day (b) and is not moved: MESH, "
                "hand-over at the earliest."
            ),
            "2026-02-16 is not a working day (c) and is not moved: MESH, hand-over at the latest.",
            "2026-03-02 is not a working day (d) and is not moved: MESH, go-live at the earliest.",
        ]
        together = plan(
            catalogue.select("MESH"), start="2026-01-05", calendar=calendar, overlap="full"
        )
        assert [text[:10] for text in dates_warned_of(together)] == ["2026-01-05"]

    def test_what_is_counted_is_an_assumption(self):
        (text,) = (text for text in mesh().assumptions if "n-th working day" in text)
        assert "govuk-bank-holidays 0.19" in text
        assert "Weekends and holidays count as days." not in mesh().assumptions
        assert (
            "Weekends and holidays count as days." in mesh(calendar=None, services=[]).assumptions
        )


class TestOwnEstimates:
    ours = catalogue.replace("MESH", technical="40 working days", source="our team")

    def test_a_stage_of_an_api(self):
        p = plan(self.ours.select("MESH"), start="2026-12-18", calendar=england())
        first, second = p["MESH"].stages
        assert (str(first.time), str(first.finish)) == ("40 working days", "2027-02-17")
        assert str(second.finish) == "2027-03-17 to 2027-04-17"
        assert first.source == "our team"

    def test_without_a_calendar_it_is_refused(self):
        with pytest.raises(InvalidPlanError, match=r"'MESH' takes 40 working days \(technical"):
            plan(self.ours.select("MESH"), start="2026-12-18")

    def test_what_is_built_already_is_not_counted(self):
        p = plan(self.ours.select("MESH"), start="2026-12-18", built={"MESH": "2026-12-18"})
        assert len(p["MESH"].stages) == 1

    def test_the_total_is_there_if_both_count_alike(self):
        api = self.ours["MESH"]
        assert api.total is None
        assert "40 working days, then 1-2 months" in str(api)
        both = self.ours.replace("MESH", assurance=WorkingDays(5, 10), source="our team")["MESH"]
        assert both.total == WorkingDays(45, 50)

    def test_queries_do_not_know(self):
        limit = q.technical_within("1 year")
        assert limit(self.ours["MESH"]) is None
        assert q.technical_may_be_within("1 year")(self.ours["MESH"]) is None
        assert [api.id for api in self.ours.undecided(limit)] == ["mesh"]
        assert len(self.ours.filter(technical_within="1 year")) == 22
        assert len(self.ours.filter(total_may_be_within="2 years")) == 22

    def test_columns_hold_them_apart(self):
        mine = self.ours.select("MESH")
        columns = {name: found for name, (found,) in mine.to_columns().items()}
        assert columns["technical"] == "40 working days"
        assert columns["technical_shortest_months"] is columns["technical_longest_days"] is None
        assert columns["technical_shortest_working_days"] == 40
        assert columns["technical_longest_working_days"] == 40
        assert columns["technical_shortest_mean_days"] == 56
        assert columns["assurance_longest_months"] == 2
        assert columns["assurance_longest_working_days"] is None
        assert columns["total"] == "40 working days, then 1-2 months"
        assert columns["total_shortest_working_days"] is columns["total_shortest_months"] is None
        assert columns["total_shortest_mean_days"] == 56 + 146097 / 4800

    def test_they_sort_by_their_mean_length(self):
        """40 working days are about 56 days: longer than 4-6 weeks, shorter than 2-4 months."""
        ids = [api.id for api in self.ours.sorted_by("technical")]
        times = [str(self.ours[id_].technical) for id_ in ids]
        place = times.index("40 working days")
        assert (times[place - 1], times[place + 1]) == ("4-6 weeks", "2-4 months")
        assert self.ours.sorted_by("total")

    def test_tables_have_bars_for_them(self):
        assert "40 working days" in self.ours["MESH"]._repr_html_()
        assert "40 working days" in self.ours.select("MESH")._repr_html_()

    def test_teams_can_be_suggested(self):
        p = suggest_teams(
            self.ours.select("MESH", "eRS"), 1, start="2026-12-18", calendar=england()
        )
        assert p.request.teams == (("e-rs", "mesh"),)
        assert str(p.go_live) == "2027-07-18 to 2028-02-18"

    @pytest.mark.parametrize("time", ["40 days to 1 month", "40 working weeks"])
    def test_other_texts_are_refused(self, time):
        with pytest.raises(ValueError, match="40"):
            catalogue.replace("MESH", technical=time, source="our team")

    def test_another_value_is_refused_with_both_kinds(self):
        with pytest.raises(InvalidRecordError, match=r"DurationRange .* or WorkingDays"):
            catalogue.replace("MESH", technical=40, source="our team")


def test_a_service_in_working_days_that_is_live_already_needs_no_calendar():
    ours = [Service("mailbox", "5 working days", "us")]
    p = plan(catalogue.select("MESH"), start="2026-01-05", services=ours, done=["mailbox"])
    assert p.services[0].stages == ()
