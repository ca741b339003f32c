"""What the APIs of a plan need: what is missing, what is added, and what is warned of."""

import copy
import io
import re
from collections.abc import Sequence
from datetime import date

import attrs
import pytest

from nhs_api_catalogue import (
    Link,
    MissingPrerequisites,
    Service,
    WorkingDays,
    catalogue,
    dumps_overlay,
    england,
    load_overlay,
    plan,
    suggest_teams,
)
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import (
    CyclicPlanError,
    InvalidPlanError,
    InvalidRecordError,
    UnknownApiError,
    UnknownValueError,
)
from nhs_api_catalogue.official.bundled import read_overlay
from nhs_api_catalogue.official.needs import NeededFor, Strength
from nhs_api_catalogue.records import Api, Notice, NoticeKind, Precision
from overlay_documents import SMALL, STATED

MONTH = DurationRange.parse("1 month")
PDS_ACCESS = "PDS FHIR (Patient Access)"
START = "2026-01-05"
NO_NEED = "nothing in the plan lacks it any more: leave it out"
IN_A_CASE = "needed only in some cases: add it to conditional if yours is one"


def need(api: str, needs: str, **values: str) -> dict[str, str]:
    return {
        "api": api,
        "needs": needs,
        "strength": "required",
        "needed_for": "go_live",
        **STATED,
        **values,
    }


def service(id_: str, name: str, *met_by: str) -> dict[str, object]:
    row = SMALL["services"][0]
    return {**row, "id": id_, "name": name, "met_by": list(met_by)}


def records(
    *needs: dict[str, str],
    ids: str = "alpha beta gamma delta",
    timescales: Sequence[dict[str, object]] = (),
) -> Catalogue:
    """Four records of a month and a month, with these needs laid over them."""
    document = {
        **copy.deepcopy(SMALL),
        "entries": [],
        "differences": [],
        "timescales": list(timescales),
        "prerequisites": list(needs),
        "services": [
            service("lookup", "Patient Lookup", "beta", "gamma"),
            service("network", "Network Line"),
            service("login", "Public Login"),
            service("help", "Help Desk"),
            service("other-lookup", "Other Lookup", "gamma"),
        ],
    }
    apis = [Api(id=id_, name=id_.title(), technical=MONTH, assurance=MONTH) for id_ in ids.split()]
    return Catalogue(apis).with_overlay(read_overlay(document))


def links(p: object) -> list[tuple[str, str, str, str]]:
    return [(link.api, link.needs, link.to_be, link.before) for link in p.request.links]


class TestMissing:
    def test_tells_apis_services_and_choices_apart(self):
        found = records(
            need("alpha", "beta", needed_for="build"),
            need("alpha", "network", strength="conditional"),
            need("alpha", "lookup", strength="alternative"),
            need("alpha", "login", strength="not_needed"),
        )
        missing = plan(found.select("alpha"), start=START).missing_prerequisites()
        assert isinstance(missing, MissingPrerequisites)
        assert [one.needs for one in missing.apis] == ["beta"]
        assert [one.needs for one in missing.services] == ["network"]
        assert [one.needs for one in missing.choices] == ["lookup"]
        assert [one.needs for one in missing] == ["beta", "network", "lookup"]
        assert len(missing) == 3
        assert missing.required() == missing.apis
        for one in missing:
            assert (one.source.id, one.confidence.value) == ("spec", "official")

    def test_of_all_apis_of_the_guide_everything_but_what_is_not_needed(self):
        p = plan(catalogue, start=START, allow_unavailable=True)
        missing = p.missing_prerequisites()
        expected = [
            one
            for api in catalogue
            for one in api.prerequisites
            if one.strength is not Strength.NOT_NEEDED
        ]
        assert sorted(map(str, missing)) == sorted(map(str, expected))
        assert len(missing) == 99

    def test_being_in_the_plan_is_not_being_waited_for(self):
        found = records(need("alpha", "beta"))
        assert len(plan(found[:2], start=START).missing_prerequisites()) == 1

    @pytest.mark.parametrize(
        ("needs", "options"),
        [
            ("beta", {"links": [Link("alpha", "beta")]}),
            ("beta", {"links": [Link("alpha", "beta", before="build", to_be="built")]}),
            ("beta", {"done": ["beta"]}),
            ("lookup", {"links": [Link("alpha", "gamma")]}),
            ("lookup", {"done": ["gamma"]}),
            ("lookup", {"done": ["Patient lookup"], "services": ["Patient lookup"]}),
            ("network", {"done": ["network-line"], "services": ["network-line"]}),
            ("network", {"links": [Link("alpha", "NETWORK")], "services": ["Network"]}),
            ("beta", {"done": ["alpha"]}),
        ],
    )
    def test_a_link_or_being_live_meets_a_need(self, needs, options):
        services = [Service(name, MONTH, "we") for name in options.get("services", ())]
        asked = {**options, "services": services}
        p = plan(records(need("alpha", needs)), start=START, **asked)
        assert len(p.missing_prerequisites()) == 0

    def test_a_service_that_is_not_linked_is_still_missing(self):
        line = Service("Network Line", MONTH, "we")
        p = plan(records(need("alpha", "network")), start=START, services=[line])
        assert len(p.missing_prerequisites()) == 1

    def test_what_is_built_needs_nothing_more_to_be_built(self):
        found = records(need("alpha", "beta", needed_for="build"), need("alpha", "network"))
        p = plan(found[:1], start=START, built={"alpha": "2026-01-01"})
        assert [one.needs for one in p.missing_prerequisites()] == ["network"]
        (warning,) = [text for text in p.warnings if "does not wait for" in text]
        assert warning.endswith("does not wait for: Network Line.")

    def test_a_warning_names_apis_first_then_services_then_choices(self):
        needs = [need("alpha", needs) for needs in ("lookup", "network", "beta")]
        p = plan(records(*needs)[:1], start=START)
        (warning,) = [text for text in p.warnings if "does not wait for" in text]
        assert warning.endswith("does not wait for: Beta, Network Line, Patient Lookup.")

    def test_reads_as_lists(self):
        found = records(need("alpha", "beta"), need("alpha", "lookup"), need("alpha", "network"))
        missing = plan(found[:1], start=START).missing_prerequisites()
        where = "(Specification, NHS England, 2026-02-24)"
        assert str(missing) == (
            f"APIs\n- Beta\n  - Alpha: required for go live {where}\n"
            f"Services\n- Network Line\n  - Alpha: required for go live {where}\n"
            f"Choices\n- Patient Lookup\n  - Alpha: required for go live {where}"
        )
        assert str(plan(found[3:], start=START).missing_prerequisites()) == "Nothing is missing."

    def test_what_several_need_appears_once(self):
        p = plan(catalogue.select("eRS", "GP Connect Access Record", PDS_ACCESS), start=START)
        lines = str(p.missing_prerequisites()).splitlines()
        assert lines.count("- Use case approval") == 1
        assert "- Spine Directory Service (SDS)" in lines
        assert not [line for line in lines if "API sds" in line]
        assert not [text for text in p.warnings if "API sds" in text]

    def test_ids_never_reach_people(self):
        """Every record says by its name what it needs, and so do the tables that people read."""
        ids = {api.id for api in catalogue}
        needs = [one for api in catalogue for one in api.prerequisites if one.service is None]
        assert {catalogue[one.needs].name for one in needs} == {one.name for one in needs}
        assert len(needs) > 5
        p = plan(catalogue, start=START, allow_unavailable=True)
        for shown in (
            *(str(one) for one in needs),
            *(api.describe() for api in catalogue),
            *(api._repr_html_() for api in catalogue),
            str(p.missing_prerequisites()),
        ):
            assert not re.search(rf"API ({'|'.join(ids)})\b", shown)
        for table in (p.missing_prerequisites(), catalogue.prerequisites_table()):
            cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", table._repr_html_())
            assert "e-Referral Service (eRS)" in cells
            assert "Spine Directory Service (SDS)" in cells
            # Both are ids, and also ordinary words.
            assert not {*cells} & (ids - {"mesh", "eps"})
        rows = catalogue.prerequisites_table().rows()
        assert {row["api"] for row in rows} <= ids
        assert {row["api_name"] for row in rows} <= {api.name for api in catalogue}

    def test_what_no_catalogue_names_is_told_by_its_id(self):
        overlay = read_overlay({**SMALL, "entries": [], "differences": []})
        assert [one.name for one in overlay.prerequisites][:1] == ["API beta"]
        assert [one.name for one in overlay.naming({"beta": "B"}).prerequisites][:1] == ["B"]
        assert overlay.naming({"beta": "B"}) == overlay
        with pytest.raises(TypeError, match="names must map"):
            overlay.naming(["beta"])
        with pytest.raises(InvalidRecordError, match="called is ''"):
            overlay.naming({"beta": ""})

    def test_an_overlay_of_a_file_knows_the_names_of_the_records_that_it_is_about(self):
        found = records()
        file = io.StringIO(dumps_overlay(read_overlay(SMALL)))
        overlay = load_overlay(file, found)
        assert overlay.prerequisites[0].name == "Beta"
        assert "called" not in dumps_overlay(overlay)

    def test_a_record_of_ones_own_needs_nothing(self):
        api = Api(id="own", name="Own", technical=MONTH, assurance=MONTH)
        p = plan([api], start=START)
        assert (len(p.missing_prerequisites()), p.warnings) == (0, p.warnings)
        assert p.with_prerequisites(catalogue) == p


class TestAdding:
    def test_what_is_required_is_added_and_linked_by_its_stage(self):
        found = records(
            *(
                need("alpha", needs, needed_for=stage)
                for needs, stage in (
                    ("beta", "build"),
                    ("gamma", "assurance"),
                    ("delta", "unknown"),
                )
            )
        )
        p = plan(found.select("alpha"), start=START)
        more = p.with_prerequisites(found)
        assert [planned.api.id for planned in more.planned] == ["alpha", "beta", "gamma", "delta"]
        assert links(more) == [
            ("alpha", "beta", "live", "build"),
            ("alpha", "gamma", "live", "assurance"),
            ("alpha", "delta", "live", "go_live"),
        ]
        assert str(more.go_live) == "2026-05-05"
        assert len(more.missing_prerequisites()) == 0
        assert p.request.links == ()

    def test_what_is_added_may_require_more(self):
        found = records(need("alpha", "beta"), need("beta", "gamma"), need("gamma", "network"))
        more = plan(found[:1], start=START).with_prerequisites(
            found, services={"network": "1 month"}
        )
        assert [planned.api.id for planned in more.planned] == ["alpha", "beta", "gamma"]
        assert links(more)[-1] == ("gamma", "Network Line", "live", "go_live")

    def test_what_is_in_the_plan_is_linked_and_not_added(self):
        found = records(need("alpha", "beta"), need("alpha", "network"))
        line = Service("network line", MONTH, "our provider")
        p = plan(found[:2], start=START, services=[line])
        more = p.with_prerequisites(found)
        assert more.request.apis == p.request.apis
        assert more.request.services == (line,)
        assert [link[1] for link in links(more)] == ["beta", "network line"]

    def test_asking_twice_adds_nothing_more(self):
        found = records(need("alpha", "beta"), need("beta", "network"))
        more = plan(found[:1], start=START).with_prerequisites(found, services={"network": MONTH})
        assert more.with_prerequisites(found) == more

    @pytest.mark.parametrize(
        ("time", "source"),
        [
            ("1 month", "your own time"),
            (MONTH, "your own time"),
            (Service("anything", "1 month", "our network provider"), "our network provider"),
        ],
    )
    @pytest.mark.parametrize("name", ["network", "Network Line", "network line"])
    def test_a_service_takes_the_time_that_is_given(self, name, time, source):
        found = records(need("alpha", "network"), need("beta", "network", needed_for="build"))
        more = plan(found[:2], start=START).with_prerequisites(found, services={name: time})
        assert more.request.services == (Service("Network Line", MONTH, source),)
        assert len(more.missing_prerequisites()) == 0

    def test_without_a_time_or_a_choice_it_stays_missing_and_is_warned_of(self):
        found = records(need("alpha", "network"), need("alpha", "lookup"), need("alpha", "delta"))
        more = plan(found[:1], start=START).with_prerequisites(found)
        assert [one.needs for one in more.missing_prerequisites()] == ["network", "lookup"]
        (warning,) = (text for text in more.warnings if "does not wait for" in text)
        assert warning == (
            "Alpha needs things that the plan does not wait for: Network Line, Patient Lookup."
        )

    def test_an_api_that_the_catalogue_does_not_hold_stays_missing(self):
        found = records(need("alpha", "beta"))
        more = plan(found[:1], start=START).with_prerequisites(found.select("gamma"))
        assert (links(more), len(more.missing_prerequisites())) == ([], 1)

    @pytest.mark.parametrize("name", ["lookup", "Patient Lookup"])
    @pytest.mark.parametrize("choice", ["gamma", "Gamma", records()["gamma"]])
    def test_a_choice_is_the_users(self, name, choice):
        found = records(need("alpha", "lookup", needed_for="build"))
        more = plan(found[:1], start=START).with_prerequisites(found, choose={name: choice})
        assert links(more) == [("alpha", "gamma", "live", "build")]
        assert [planned.api.id for planned in more.planned] == ["alpha", "gamma"]

    @pytest.mark.parametrize("needs", [("lookup",), ("gamma", "lookup"), ("lookup", "gamma")])
    def test_a_record_of_ones_own_that_is_chosen_is_the_one_that_is_planned(self, needs):
        found = records(*(need("alpha", one) for one in needs))
        ours = found.replace("gamma", technical="10-12 months", source="us")["gamma"]
        more = plan(found[:1], start=START).with_prerequisites(found, choose={"lookup": ours})
        assert more["gamma"].api is ours

    def test_a_record_that_only_the_user_has_can_be_chosen(self):
        found = records(need("alpha", "lookup"), need("gamma", "network"))
        more = plan(found[:1], start=START).with_prerequisites(
            found.select("delta"), choose={"lookup": found["gamma"]}, services={"network": MONTH}
        )
        assert [link[1] for link in links(more)] == ["gamma", "Network Line"]

    def test_what_is_chosen_may_require_more(self):
        found = records(need("alpha", "lookup"), need("gamma", "network"))
        more = plan(found[:1], start=START).with_prerequisites(
            found, choose={"lookup": "gamma"}, services={"network": MONTH}
        )
        assert links(more) == [
            ("alpha", "gamma", "live", "go_live"),
            ("gamma", "Network Line", "live", "go_live"),
        ]

    def test_one_that_could_be_chosen_may_be_a_service_instead(self):
        found = records(need("alpha", "lookup"))
        more = plan(found[:1], start=START).with_prerequisites(
            found, services={"lookup": "1 month"}
        )
        assert links(more) == [("alpha", "Patient Lookup", "live", "go_live")]

    @pytest.mark.parametrize("strength", ["conditional", "alternative"])
    def test_conditions_are_the_users(self, strength):
        found = records(
            need("alpha", "beta", strength=strength),
            need("delta", "beta", strength=strength),
        )
        p = plan(found.select("alpha", "delta"), start=START)
        assert links(p.with_prerequisites(found)) == []
        both = p.with_prerequisites(found, conditional=["Beta"])
        assert [link[0] for link in links(both)] == ["alpha", "delta"]
        one = p.missing_prerequisites().apis[1]
        assert [link[0] for link in links(p.with_prerequisites(found, conditional=[one]))] == [
            "delta"
        ]

    def test_a_condition_may_have_the_name_of_an_api(self):
        found = records(need("alpha", "beta", strength="conditional"))
        named = Catalogue(
            attrs.evolve(api, edition=None, name="Second Letter") if api.id == "beta" else api
            for api in found
        )
        more = plan(named[:1], start=START).with_prerequisites(named, conditional=["second letter"])
        assert links(more) == [("alpha", "beta", "live", "go_live")]

    def test_a_service_that_several_need_is_one_piece_of_work(self):
        p = plan(catalogue.select("eRS", "GP Connect Access Record"), start=START)
        more = p.with_prerequisites(catalogue, services={"use-case-approval": "2-4 weeks"})
        assert [item.name for item in more.services] == ["Use case approval"]
        assert [one[0] for one in links(more) if one[1] == "Use case approval"] == [
            "e-rs",
            "gp-connect-access-record",
        ]

    def test_a_service_waits_for_the_one_that_it_needs_first(self):
        """The DSPT needs the ODS code; only a note used to say so."""
        times = {"dspt": "1-2 months", "ods-code": "2-4 weeks"}
        p = plan(catalogue.select(PDS_ACCESS), start=START)
        more = p.with_prerequisites(catalogue, services=times)
        dspt = "Data Security and Protection Toolkit (DSPT)"
        assert (dspt, "ODS code", "live", "build") in links(more)
        by_name = {item.name: item for item in more.services}
        assert by_name[dspt].start == by_name["ODS code"].go_live
        assert any(f"{dspt} waits for ODS code because" in text for text in more.assumptions)
        alone = p.with_prerequisites(catalogue, services={"dspt": "1-2 months"})
        assert [one for one in links(alone) if one[0] == dspt] == []

    def test_teams_that_were_given_are_given_again_for_what_is_added(self):
        """Nothing changes the number of teams in silence."""
        found = records(need("alpha", "beta"))
        p = plan(found.select("alpha", "gamma"), start=START, teams=[["alpha", "gamma"]])
        with pytest.raises(
            InvalidPlanError, match=r"added: Beta\. Give teams=1 .* or teams=\[\.\.\.\]"
        ):
            p.with_prerequisites(found)
        by_hand = p.with_prerequisites(found, teams=[["beta", "alpha", "gamma"]])
        assert by_hand.request.teams == (("beta", "alpha", "gamma"),)
        assert by_hand.request.search is None
        searched = p.with_prerequisites(found, teams=2)
        assert searched.request.search.teams == 2
        assert len(searched.request.teams) == 2

    def test_teams_that_were_given_stay_if_nothing_is_added(self):
        found = records(need("alpha", "beta"))
        p = plan(found.select("alpha", "beta"), start=START, teams=[["beta", "alpha"]])
        assert p.with_prerequisites(found).request.teams == (("beta", "alpha"),)

    def test_teams_that_were_searched_for_are_searched_for_again(self):
        """A third team used to be added, and the plan was still called the best of every order."""
        asked = catalogue.select("Transfer of Care", "Vaccination Events", "SCR FHIR", "eRS")
        p = suggest_teams(asked, 2, start=START)
        more = p.with_prerequisites(catalogue, services={"itk3": "4-6 weeks"})
        assert len(more.planned) > len(p.planned)
        assert len(more.request.teams) == more.request.search.teams == 2
        again = suggest_teams(
            [item.api for item in more.planned],
            2,
            start=START,
            links=more.request.links,
            services=more.request.services,
        )
        assert more.go_live == again.go_live
        assert more.request.search.remark in more.assumptions

    @pytest.mark.parametrize(("n", "error"), [(0, InvalidPlanError), (True, TypeError)])
    def test_a_bad_number_of_teams_is_refused(self, n, error):
        p = suggest_teams(catalogue.select("eRS", "MESH", "BaRS"), 2, start=START)
        with pytest.raises(error, match="team"):
            p.with_prerequisites(catalogue, teams=n)

    def test_a_deadline_gives_an_earlier_start(self):
        found = records(need("alpha", "beta", needed_for="build"))
        p = plan(found[:1], deadline="2026-12-31")
        assert str(p.start) == "2026-10-31"
        assert str(p.with_prerequisites(found).start) == "2026-08-31"

    def test_what_waits_for_itself_is_named(self):
        found = records(need("alpha", "beta"), need("beta", "alpha"))
        with pytest.raises(CyclicPlanError) as caught:
            plan(found[:1], start=START).with_prerequisites(found)
        assert set(caught.value.cycle) == {"Alpha", "Beta"}

    def test_every_addition_is_among_the_assumptions_with_its_source(self):
        found = records(need("alpha", "beta", note="for addresses"))
        more = plan(found[:1], start=START).with_prerequisites(found)
        assert (
            "The plan waits for Beta because Alpha needs it: required for go live – "
            "for addresses (Specification, NHS England, 2026-02-24)."
        ) in more.assumptions


def timescale(service_id: str, what: str, **values: object) -> dict[str, object]:
    ends = {"shortest": None, "longest": None, "working_days": None}
    return {"what": what, "applies_to": service_id, "text": "?", **ends, **STATED, **values}


class TestOfficialTimes:
    found = records(
        need("alpha", "network"),
        need("alpha", "login"),
        need("alpha", "help"),
        need("beta", "network"),
        timescales=[
            timescale("network", "order", shortest="P1W", longest="P2W", extent="step"),
            timescale("network", "lay", working_days=[5, 10]),
            timescale("network", "test", shortest="P1W", longest="P4W", extent="step"),
            timescale("network", "reply", working_days=[None, 5], text="within 5 working days"),
            timescale("login", "all of it", working_days=[5, 10], extent="whole"),
            timescale("help", "answer", shortest="P1W", text="a week or more"),
        ],
    )

    def test_they_are_offered_with_what_is_missing(self):
        missing = plan(self.found[:1], start=START).missing_prerequisites()
        offered = {one.needs: len(one.service.timescales) for one in missing}
        assert offered == {"network": 4, "login": 1, "help": 1}
        assert "  - reply: within 5 working days (Specification, NHS England, 2026-02-24)" in str(
            missing
        )

    def test_steps_are_counted_one_after_the_other(self):
        p = plan(self.found[:1], start=START)
        more = p.with_prerequisites(self.found, services={"network": "official"})
        (planned,) = more.services
        assert (str(planned.service.time), planned.name) == ("2-6 weeks", "Network Line")
        assert planned.service.source == (
            "order: ? (Specification, NHS England, 2026-02-24); "
            "test: ? (Specification, NHS England, 2026-02-24)"
        )
        remarks = more.request.remarks
        assert "The official steps of Network Line are counted one after the other." in remarks
        assert (
            "Not counted for Network Line: lay, ? (neither a step nor the whole); reply, within 5 "
            "working days (no shortest time is given)."
        ) in remarks

    def test_the_whole_needs_no_remark_and_working_days_a_calendar(self):
        p = plan(self.found[:1], start=START)
        with pytest.raises(InvalidPlanError, match=r"calendar=england\(\)"):
            p.with_prerequisites(self.found, services={"login": "official"})
        p = plan(self.found[:1], start=START, calendar=england())
        more = p.with_prerequisites(self.found, services={"login": "official"})
        assert more.services[0].service.time == WorkingDays(5, 10)
        assert not [text for text in more.request.remarks if "ounted" in text]

    def test_what_two_apis_need_is_remarked_on_once(self):
        p = plan(self.found[:2], start=START)
        more = p.with_prerequisites(self.found, services={"network": "official"})
        assert len([text for text in more.request.remarks if "counted for" in text]) == 1
        assert len(more.services) == 1

    def test_an_open_end_is_refused_with_the_reason(self):
        p = plan(self.found[:1], start=START)
        with pytest.raises(InvalidPlanError) as caught:
            p.with_prerequisites(self.found, services={"help": "official"})
        assert str(caught.value) == (
            "help has no official time: answer, a week or more (no longest time is given)"
        )

    @pytest.mark.parametrize(
        ("name", "way"),
        [
            ("network", "give its time in services, or 'official' for what sources say"),
            ("help", "give its time in services"),
        ],
    )
    def test_the_way_out_names_them_where_there_are_any(self, name, way):
        p = plan(self.found[:1], start=START)
        with pytest.raises(InvalidPlanError) as caught:
            p.with_prerequisites(self.found, conditional=[name])
        assert str(caught.value) == f"{name}: {way}"


class TestRefusals:
    found = records(
        need("alpha", "beta"),
        need("alpha", "network", strength="conditional"),
        need("alpha", "lookup"),
        need("alpha", "login"),
        need("alpha", "other-lookup", strength="conditional"),
        need("gamma", "help"),
    )

    def add(self, **options):
        return plan(self.found[:1], start=START).with_prerequisites(self.found, **options)

    @pytest.mark.parametrize(
        "options",
        [
            {"services": {"netwrk": "1 month"}},
            {"choose": {"netwrk": "beta"}},
            {"conditional": ["netwrk"]},
        ],
    )
    def test_what_nobody_needs_is_unknown(self, options):
        with pytest.raises(UnknownValueError) as caught:
            self.add(**options)
        assert caught.value.allowed == (
            "beta",
            "help",
            "login",
            "lookup",
            "network",
            "other-lookup",
        )
        assert str(caught.value) == (
            "'netwrk' is not a prerequisite of these APIs: did you mean 'network'? "
            "Expected 'beta', 'help', 'login', 'lookup', 'network' or 'other-lookup'"
        )

    @pytest.mark.parametrize("name", [5, None])
    def test_what_is_not_a_name_is_unknown(self, name):
        with pytest.raises(UnknownValueError):
            self.add(conditional=[name])

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            (
                {"services": {"network": "1 month"}},
                f"network: {IN_A_CASE}",
            ),
            (
                {"services": {"network": MONTH, "help": MONTH}, "conditional": ["help"]},
                f"help: {NO_NEED}; network: {IN_A_CASE}",
            ),
            (
                {"choose": {"other-lookup": "gamma"}},
                f"other-lookup: {IN_A_CASE}",
            ),
            ({"conditional": ["help"]}, f"help: {NO_NEED}"),
            ({"services": {"help": "1 month"}}, f"help: {NO_NEED}"),
            (
                {"services": {"beta": "1 month"}},
                (
                    "'beta' in services is an API, whose times come from its record: "
                    "change them with catalogue.replace()"
                ),
            ),
            (
                {"choose": {"beta": "gamma"}},
                "'beta' in choose is not a choice among APIs: it is one itself",
            ),
            (
                {"choose": {"Public Login": "gamma"}},
                "'login' in choose is not a choice among APIs: give its time in services",
            ),
        ],
    )
    def test_what_is_not_used_is_refused(self, options, problem):
        with pytest.raises(InvalidPlanError) as caught:
            self.add(**options)
        assert str(caught.value) == problem

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            (
                {"services": {"Public Login": "9-12 months", "login": "1-2 weeks"}},
                "services has 'login' twice, the second time as 'login': give it once",
            ),
            (
                {"choose": {"lookup": "beta", "patient lookup": "gamma"}},
                "choose has 'lookup' twice, the second time as 'patient lookup': give it once",
            ),
        ],
    )
    def test_what_is_named_twice_is_refused(self, options, problem):
        with pytest.raises(InvalidPlanError) as caught:
            self.add(**options)
        assert str(caught.value) == problem

    @pytest.mark.parametrize("name", ["Public login", "LOGIN"])
    def test_a_time_for_a_service_that_the_plan_holds_is_refused(self, name):
        held = Service(name, "9-12 months", "us")
        p = plan(self.found[:1], start=START, services=[held])
        with pytest.raises(InvalidPlanError) as caught:
            p.with_prerequisites(self.found, services={"login": "1-2 weeks"})
        assert str(caught.value) == (
            f"the plan already has the service {name!r} for 'login': leave it out of the plan, "
            "or leave out its time or choice here"
        )
        assert p.with_prerequisites(self.found).request.services == (held,)

    def test_a_choice_for_what_a_service_of_the_plan_provides_is_refused(self):
        held = Service("Patient lookup", MONTH, "us")
        p = plan(self.found[:1], start=START, services=[held])
        with pytest.raises(
            InvalidPlanError, match="already has the service 'Patient lookup' for 'lookup'"
        ):
            p.with_prerequisites(self.found, choose={"lookup": "beta"})

    def test_two_records_of_one_api_are_refused(self):
        ours = self.found.replace("gamma", technical="9 months", source="us")["gamma"]
        p = plan(self.found.select("alpha", "gamma"), start=START)
        with pytest.raises(InvalidPlanError) as caught:
            p.with_prerequisites(self.found, choose={"lookup": ours})
        assert str(caught.value) == (
            "the record of 'gamma' in choose is not the one in the plan or in another choice: "
            "choose it by name, or use one record in both places"
        )
        same = p.with_prerequisites(self.found, choose={"lookup": self.found["gamma"]})
        assert same.request.apis[1] is p.request.apis[1]

    @pytest.mark.parametrize(
        ("catalogue", "options", "problem"),
        [
            (None, {}, "expected a Catalogue, got None"),
            ("eRS", {}, "expected a Catalogue, got 'eRS'"),
            (found, {"services": "login"}, "services must map names to times, got 'login'"),
            (found, {"choose": ["login"]}, "choose must map names to APIs, got ['login']"),
            (found, {"conditional": None}, "conditional must be a list, got None"),
            (found, {"conditional": "network"}, "conditional must be a list, got 'network'"),
            (
                found,
                {"choose": {"lookup": 5}},
                "expected the name of an API or its record, got 5",
            ),
            (
                found,
                {"services": {"login": 5}},
                "the time of a service must be a range of durations or WorkingDays, got 5",
            ),
        ],
    )
    def test_what_is_of_another_type_is_refused(self, catalogue, options, problem):
        with pytest.raises(TypeError) as caught:
            plan(self.found[:1], start=START).with_prerequisites(catalogue, **options)
        assert str(caught.value) == problem

    def test_a_time_and_a_choice_for_one_need_are_refused(self):
        with pytest.raises(InvalidPlanError, match="login, lookup: either a time or a choice"):
            self.add(
                services={"lookup": "1 month", "login": MONTH},
                choose={"Patient Lookup": "beta", "Public Login": "beta"},
            )

    def test_all_that_is_not_used_is_named(self):
        with pytest.raises(InvalidPlanError, match=r"^network, other-lookup: needed only in some"):
            self.add(services={"other-lookup": MONTH, "network": MONTH})

    @pytest.mark.parametrize("name", ["beta", "network"])
    def test_what_another_needs_is_no_condition_here(self, name):
        (other,) = plan(records(need("delta", name))[3:], start=START).missing_prerequisites()
        with pytest.raises(InvalidPlanError, match=f"^{name}: {NO_NEED}$"):
            self.add(conditional=[other])

    def test_what_is_required_may_be_named_as_a_condition(self):
        assert links(self.add(conditional=["beta", "beta"])) == links(self.add())

    @pytest.mark.parametrize(
        ("conditional", "problem"),
        [
            (["network"], "network: give its time in services"),
            (["other-lookup"], "other-lookup: choose an API that provides it"),
            (
                ["other-lookup", "network", "help"],
                (
                    f"help: {NO_NEED}; network: give its time in services; "
                    "other-lookup: choose an API that provides it"
                ),
            ),
        ],
    )
    def test_a_condition_that_nothing_is_given_for_is_refused_with_the_way_out(
        self, conditional, problem
    ):
        with pytest.raises(InvalidPlanError) as caught:
            self.add(conditional=conditional)
        assert str(caught.value) == problem

    def test_a_condition_that_needs_a_record_which_is_not_there_is_refused(self):
        found = records(need("alpha", "beta", strength="conditional"))
        with pytest.raises(InvalidPlanError, match=r"^beta: the catalogue has no such API: add"):
            plan(found[:1], start=START).with_prerequisites(found[:1], conditional=["beta"])

    def test_what_is_given_where_nothing_is_needed_is_refused(self):
        found = records()
        with pytest.raises(
            InvalidPlanError, match=r"name nothing that these APIs need: leave out 'scal'"
        ):
            plan(found[:1], start=START).with_prerequisites(found, services={"scal": MONTH})

    def test_what_is_linked_already_takes_no_time(self):
        found = records(need("alpha", "network"))
        more = plan(found[:1], start=START).with_prerequisites(found, services={"network": MONTH})
        with pytest.raises(InvalidPlanError, match="network"):
            more.with_prerequisites(found, services={"network": MONTH})

    @pytest.mark.parametrize("choice", ["alpha", "delta", found["delta"]])
    def test_a_choice_must_do(self, choice):
        with pytest.raises(UnknownValueError) as caught:
            self.add(choose={"lookup": choice})
        id_ = choice if isinstance(choice, str) else choice.id
        assert str(caught.value) == (
            f"{id_!r} is not a way to meet 'Patient Lookup': expected 'beta' or 'gamma'"
        )

    def test_a_choice_must_exist(self):
        with pytest.raises(UnknownApiError):
            self.add(choose={"lookup": "nothing"})


class TestTheGuide:
    """The prerequisites of the bundled overlay."""

    def test_gp_connect_with_everything_required(self):
        p = plan(catalogue.select("GP Connect Access Record"), start=START)
        times = dict.fromkeys(
            ("hscn", "ssp", "use-case-approval", "dcb0129", "gp-connect-ig-model", "scal"),
            "2 weeks",
        )
        more = p.with_prerequisites(
            catalogue, services=times, choose={"pds-access": "PDS FHIR (Patient Access)"}
        )
        assert [planned.api.id for planned in more.planned] == [
            "gp-connect-access-record",
            "sds",
            "pds-fhir-patient-access",
        ]
        still = {one.needs for one in more.missing_prerequisites().required()}
        assert still == {
            "consuming-api-approval",
            "dspt",
            "nhs-login",
            "nhs-service-desk",
            "ods-code",
        }
        assert more.go_live.latest > p.go_live.latest

    def test_all_that_is_required_among_the_apis_has_no_cycle(self):
        p = plan(catalogue, start=START, allow_unavailable=True)
        more = p.with_prerequisites(catalogue, choose={"pds-access": "PDS FHIR (App-restricted)"})
        assert len(more.planned) == 23
        required = [one.needs for one in more.missing_prerequisites().required() if not one.service]
        assert required == []

    def test_every_stage_has_a_gate(self):
        found = records(
            *(need("alpha", "beta", needed_for=stage.value) for stage in NeededFor),
        )
        more = plan(found[:1], start=START).with_prerequisites(found)
        assert [link[3] for link in links(more)] == ["build", "assurance", "go_live"]


class TestWarnings:
    def test_what_is_in_the_plan_and_not_waited_for_is_called_by_its_name(self):
        found = records(need("alpha", "beta"), need("alpha", "delta"))
        warnings = plan(found.select("alpha", "beta"), start=START).warnings
        assert ("Alpha needs things that the plan does not wait for: Beta, Delta.") in warnings

    def test_wayfinder_warns_that_third_parties_cannot_integrate_as_consumers(self):
        warnings = plan(catalogue.select("Wayfinder"), start=START).warnings
        assert any(
            text.startswith("Patient Care Aggregator (Wayfinder) takes only some new integrations")
            and "Patient Care Aggregator - FHIR API: no – the NHS App is the only consumer" in text
            and "2026-06-23" in text
            for text in warnings
        )
        assert any(
            text.startswith("Patient Care Aggregator (Wayfinder), blocks plan, availability closed")
            and "the NHS App is its only consumer" in text
            for text in warnings
        )

    def test_every_difference_that_blocks_a_plan_is_warned_of(self):
        p = plan(catalogue, start=START, allow_unavailable=True)
        for one in catalogue.differences(severity="blocks_plan"):
            assert any(str(one) in text for text in p.warnings)
        for one in catalogue.differences(severity="informative"):
            assert not any(str(one) in text for text in p.warnings if "not confirmed" not in text)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("EPS", "takes only some new integrations ("),
            ("DoS", "may or may not take new integrations: no source settles it ("),
            ("ToC", "may or may not take new integrations"),
        ],
    )
    def test_what_is_closed_in_part_or_unknown_is_warned_of_with_its_entries(self, name, text):
        api = catalogue[name]
        (warning,) = (
            one for one in plan([api], start=START).warnings if one.startswith(f"{api.name} {text}")
        )
        for entry in api.official:
            assert entry.name.value in warning

    def test_what_is_open_is_not(self):
        warnings = plan(catalogue.select("MESH"), start=START).warnings
        assert not any("new integrations" in text for text in warnings)

    def test_what_is_closed_is_warned_of(self):
        alpha = laid_over({"open_to_new_integrations": "no"})
        assert "Alpha takes no new integrations (Alpha - FHIR API: no" in alpha.warnings[1]

    def test_what_each_of_its_official_products_says_is_told(self):
        document = copy.deepcopy(SMALL)
        document["entries"][1]["apis"] = ["alpha"]
        assert alpha_under(document).warnings[1] == (
            "Alpha may or may not take new integrations: no source settles it (Alpha - FHIR API: "
            "no – the NHS App is the only consumer (Specification, NHS England, 2026-02-24); "
            "Alpha Two: unknown)."
        )

    def test_what_nothing_is_said_of_is_unknown(self):
        (first, *_) = plan(records()[:1], start=START).warnings
        assert first == "Alpha may or may not take new integrations: no source settles it."

    def test_an_unconfirmed_notice_is_warned_of(self):
        p = plan(catalogue.select("GP Connect Appointments"), start=START, allow_unavailable=True)
        unconfirmed = [text for text in p.warnings if "the notice is not confirmed: " in text]
        assert len(unconfirmed) == 2
        assert "No NHS England notice of this was found" in unconfirmed[0]

    def test_a_notice_that_nobody_doubts_is_not(self):
        notice = Notice(NoticeKind.UNAVAILABLE, date(2030, 1, 1), Precision.DAY, None, "closed")
        api = attrs.evolve(laid_over({}).planned[0].api, edition=None, notices=(notice,))
        assert api.differences
        warnings = plan([api], start=START).warnings
        assert not any("not confirmed" in text for text in warnings)

    def test_without_a_notice_there_is_none_to_confirm(self):
        document = copy.deepcopy(SMALL)
        document["differences"][0]["kind"] = "unconfirmed"
        p = alpha_under(document)
        assert any("availability" in text for text in p.warnings)
        assert not any("not confirmed" in text for text in p.warnings)

    @pytest.mark.parametrize("api", catalogue, ids=lambda api: api.id)
    def test_bundled_records_warn_alike_whether_read_as_rows_or_as_statements(self, api):
        (overlay,) = catalogue.overlays
        laid = catalogue.with_overlay(overlay, replacing=True)
        notice = Notice(NoticeKind.UNAVAILABLE, date(2030, 1, 1), Precision.DAY, None, "closed")
        for options in ({}, {"built": {api.id: START}}, {"done": [api.id]}):
            read, made = (
                plan([closing[api.id]], start=START, **options)
                for closing in (
                    records.replace(api.id, notices=[notice], source="ours", as_of="2026-01-01")
                    for records in (catalogue, laid)
                )
            )
            assert read.planned[0].api.overlay is not made.planned[0].api.overlay
            assert read.warnings == made.warnings

    def test_what_is_live_already_is_not_warned_of(self):
        p = plan(catalogue.select("SCR", "MESH"), start=START, done=["SCR"])
        assert not any("SCR" in text for text in p.warnings)

    def test_without_an_overlay_nothing_official_is_said(self):
        bare = catalogue.with_overlay(None)
        for text in plan(bare.select("Patient Care Aggregator"), start=START).warnings:
            assert "is not moved" in text


def laid_over(facts: dict[str, str]) -> object:
    document = copy.deepcopy(SMALL)
    for field, value in facts.items():
        document["entries"][0][field]["value"] = value
    return alpha_under(document)


def alpha_under(document: dict[str, object]) -> object:
    """The plan of one record with this document laid over it."""
    api = Api(id="alpha", name="Alpha", technical=MONTH, assurance=MONTH)
    return plan(Catalogue([api]).with_overlay(read_overlay(document)), start=START)


def test_values_are_frozen():
    missing = plan(records(need("alpha", "beta"))[:1], start=START).missing_prerequisites()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        missing.apis = ()
    assert hash(missing) == hash(copy.deepcopy(missing))
