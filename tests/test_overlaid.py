"""Records and catalogues with what official sources say beside them."""

import copy
import json
import pickle
import subprocess
import sys
from datetime import date

import attrs
import pytest

from nhs_api_catalogue import catalogue
from nhs_api_catalogue import queries as q
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange, months, weeks
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    InvalidDateError,
    InvalidRecordError,
    UnknownApiError,
    UnknownValueError,
)
from nhs_api_catalogue.official import bundled_overlay
from nhs_api_catalogue.official.bundled import read_overlay
from nhs_api_catalogue.official.differences import (
    Difference,
    DifferenceField,
    DifferenceKind,
    Severity,
)
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.product_words import Openness
from nhs_api_catalogue.official.sources import AsOf, Confidence, Source
from nhs_api_catalogue.records import Api, Edition
from overlay_documents import SMALL, changed

WEEKS = DurationRange.parse("4-6 weeks")
OVERLAY = read_overlay(SMALL)
(OVERLAY_OF_ALL,) = catalogue.overlays


def make(id: str, **values: object) -> Api:  # noqa: A002  the record calls it so
    return Api(id=id, name=id.title(), technical=WEEKS, assurance=WEEKS, **values)


OWN = Overlay(
    compiled=date(2026, 11, 29),
    differences=(
        Difference(
            "mesh",
            DifferenceField.ASSURANCE_TIME,
            DifferenceKind.BROADER,
            Severity.INFORMATIVE,
            "4-6 weeks of implementation and 1-2 months of assurance.",
            "It took us two weeks.",
            Source("mesh-spec", "Our log", "https://example.org/log", "We", AsOf.parse("2026-11")),
            Confidence.REPORTED,
        ),
    ),
)
BARE = Catalogue([make("alpha"), make("beta"), make("gamma")], Edition("Ours", "We"))
LAID = BARE.with_overlay(OVERLAY)


class TestRecords:
    def test_one_made_by_hand_has_nothing_laid_over_it(self):
        api = make("alpha")
        assert api.official == api.differences == api.prerequisites == api.timescales == ()
        assert api.open_to_new_integrations is Openness.UNKNOWN
        assert api.official_details() == ()

    def test_has_what_is_said_of_its_id(self):
        api = LAID["alpha"]
        assert [entry.id for entry in api.official] == ["alpha-one"]
        assert [one.severity for one in api.differences] == [Severity.BLOCKS_PLAN]
        assert [need.needs for need in api.prerequisites] == ["beta", "lookup"]
        assert [timescale.what for timescale in api.timescales] == ["review"]
        assert api.open_to_new_integrations is Openness.NO

    def test_of_which_nothing_is_said_is_unknown(self):
        api = LAID["gamma"]
        assert (api.official, api.open_to_new_integrations) == ((), Openness.UNKNOWN)

    def test_reads_at_first_use(self):
        calls = []
        api = make("alpha", overlay=lambda *_: calls.append(1) or OVERLAY)
        assert (repr(api), api == make("alpha"), hash(api) == hash(make("alpha")), calls) == (
            "<Api alpha: 'Alpha'>",
            True,
            True,
            [],
        )
        assert api.official
        assert calls

    @pytest.mark.parametrize("overlay", [OVERLAY, "official.json", 5])
    def test_refuses_what_gives_no_overlay(self, overlay):
        with pytest.raises(InvalidRecordError) as caught:
            make("alpha", overlay=overlay)
        assert caught.value.field == "overlay"

    def test_copies_keep_what_is_laid_over_them(self):
        for api in (catalogue["EPS"], LAID["alpha"]):
            for twin in (
                copy.copy(api),
                copy.deepcopy(api),
                pickle.loads(pickle.dumps(api)),
                attrs.evolve(api, edition=None, name="Other"),
            ):
                assert twin.official == api.official != ()

    @pytest.mark.parametrize("api", [catalogue["EPS"], LAID["alpha"]], ids=lambda api: api.id)
    def test_a_fresh_process_keeps_it_too(self, api):
        code = (
            "import pickle, sys; api = pickle.load(sys.stdin.buffer); "
            "print([entry.id for entry in api.official])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], input=pickle.dumps(api), capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == str([entry.id for entry in api.official])


class TestDetails:
    def test_list_entries_and_differences_with_sources_and_dates(self):
        details = dict(LAID["alpha"].details())
        assert details["open_to_new_integrations"] == "no"
        alpha, successor = OVERLAY.entries[:2]
        assert details["official"] == (alpha.describe(OVERLAY.entries),)
        assert details["successors"] == (successor.describe(),)
        assert details["differences"] == (str(OVERLAY.differences[0]),)
        assert details["prerequisites"] == tuple(
            # Over a catalogue, it knows the name of the API that is needed.
            str(need).replace("API beta", "Beta")
            for need in OVERLAY.prerequisites
        )
        review, reply, _ = OVERLAY.timescales
        assert details["timescales"] == (str(review), f"Lookup: {reply}")
        assert details["addresses"] == (
            "Specification: https://example.org/spec",
            "Page: https://example.org/page?id=1#top",
        )

    def test_are_shown_a_line_each(self):
        text = LAID["alpha"].describe()
        assert "\n  open to new integrations  no\n" in text
        assert (
            "\n  official entries\n    - Alpha - FHIR API: beta, in production; end announced"
            in text
        )
        assert (
            "\n  differences\n"
            "    - blocks plan, availability closed: the guide says: Open. But: Closed.\n"
            "      (Page, Somebody, no date; reported)\n"
        ) in text

    def test_of_nothing_are_not_shown(self):
        assert "official" not in make("alpha").describe()
        assert "differences" not in LAID["beta"].describe()

    @pytest.mark.parametrize("api", catalogue, ids=lambda api: api.id)
    def test_of_every_record_fit_80_columns_and_name_every_source(self, api):
        text = api.describe()
        long = [line.split() for line in text.splitlines() if len(line) > 80]
        assert {word for words in long for word in words} <= {
            source.url for source in OVERLAY_OF_ALL.about(api.id).sources
        }
        flat = " ".join(text.split())
        for statement in (*api.differences, *api.prerequisites, *api.timescales):
            assert str(statement) in flat
            assert statement.source.title in flat
        for entry in api.official:
            assert entry.describe(OVERLAY_OF_ALL.entries) in flat
        for source in OVERLAY_OF_ALL.about(api.id).sources:
            assert f"{source.title}: {source.url}" in flat


class TestCatalogues:
    def test_say_what_is_laid_over_them_once(self):
        assert catalogue.overlays == (bundled_overlay(),)
        assert (BARE.overlays, LAID.overlays) == ((), (OVERLAY,))
        assert (LAID | catalogue).overlays == (OVERLAY, bundled_overlay())
        assert Catalogue(()).overlays == ()

    def test_change_it_and_say_its_date(self):
        assert (LAID.edition.overlay_as_of, BARE.edition.overlay_as_of) == (
            date(2026, 11, 22),
            None,
        )
        assert LAID["alpha"].edition is None
        bare = catalogue.with_overlay(None)
        assert (bare.edition.overlay_as_of, bare["MESH"].edition.overlay_as_of) == (None, None)
        assert bare["MESH"].overlay is None
        other = bare.with_overlay(OVERLAY)
        assert other["MESH"].edition.overlay_as_of == OVERLAY.compiled

    def test_what_is_laid_beside_keeps_all_that_was_there(self):
        """One fact of your own about MESH leaves every official difference where it is."""
        mine = catalogue.with_overlay(OWN)
        assert set(catalogue.differences()) < set(mine.differences())
        assert len(mine.differences()) == len(catalogue.differences()) + 1
        assert catalogue["SCR"].differences == mine["SCR"].differences
        first = mine["MESH"].differences[0]
        assert (first.official_says, first.source.title) == ("It took us two weeks.", "Our log")
        assert first.source.id == "mesh-spec-2"
        assert mine["MESH"].official == catalogue["MESH"].official
        assert mine == catalogue

    def test_what_is_laid_beside_changes_the_date_to_the_later_one(self):
        for api in catalogue.with_overlay(OWN):
            assert api.edition.overlay_as_of == date(2026, 11, 29)
        assert catalogue.with_overlay(OWN).edition.overlay_as_of == date(2026, 11, 29)
        older = attrs.evolve(OWN, compiled=date(2020, 1, 1))
        assert catalogue.with_overlay(older).edition == catalogue.edition
        nothing = Catalogue((), Edition("Ours", "We")).with_overlay(OWN)
        assert nothing.edition.overlay_as_of == date(2026, 11, 29)

    def test_what_replaces_is_alone(self):
        mine = catalogue.with_overlay(OWN, replacing=True)
        assert (mine.overlays, mine.differences()) == ((OWN,), OWN.differences)
        assert (BARE.with_overlay(OWN).overlays) == (OWN,)
        with pytest.raises(TypeError, match="replacing must be True or False, got 1"):
            catalogue.with_overlay(OWN, replacing=1)

    def test_records_of_a_union_keep_what_was_said_of_each(self):
        mine = (LAID | catalogue).with_overlay(OWN)
        assert set(mine["alpha"].differences) == set(LAID["alpha"].differences)
        assert set(mine["SCR"].differences) == set(catalogue["SCR"].differences)
        assert mine["MESH"].differences[0].official_says == "It took us two weeks."

    def test_what_is_laid_beside_pickles(self):
        mine = pickle.loads(pickle.dumps(catalogue.with_overlay(OWN)["MESH"]))
        assert mine.differences[0].official_says == "It took us two weeks."

    @pytest.mark.parametrize("overlay", ["x.json", {}, catalogue])
    def test_a_file_is_not_laid_over_them_unread(self, overlay):
        with pytest.raises(TypeError) as caught:
            catalogue.with_overlay(overlay)
        assert str(caught.value) == (
            f"expected an Overlay or None, got {overlay!r}: "
            "read a file with load_overlay(path, catalogue)"
        )

    def test_differences_come_in_the_order_of_the_records(self):
        places = [catalogue.index(one.api) for one in catalogue.differences()]
        assert (len(places), places) == (53, sorted(places))
        assert LAID.differences() == OVERLAY.differences
        assert BARE.differences() == ()

    def test_differences_of_one_severity(self):
        parts = [catalogue.differences(severity=severity) for severity in Severity]
        assert [len(part) for part in parts] == [3, 35, 15]
        for text in ("blocks_plan", "blocks plan", "Blocks_Plan"):
            assert catalogue.differences(severity=text) == parts[0]

    @pytest.mark.parametrize("severity", ["blocks", "", "block plan"])
    def test_an_unknown_severity_is_refused(self, severity):
        with pytest.raises(UnknownValueError, match="severity"):
            catalogue.differences(severity=severity)

    def test_sources_are_those_of_its_records(self):
        assert len(catalogue.sources()) == len(set(catalogue.sources())) == 85
        assert set(catalogue.sources()) == set(bundled_overlay().sources)
        assert [source.id for source in LAID.sources()] == ["spec", "page"]
        assert [source.id for source in LAID.select("beta").sources()] == ["spec"]
        assert BARE.sources() == ()

    def test_sources_are_all_that_is_cited(self):
        """Every statement that a record shows is backed by a source listed."""
        for api in catalogue:
            sources = catalogue.select(api.id).sources()
            for entry in api.official:
                assert {fact.source for _, fact in entry.facts()} <= set(sources)
            for statement in (*api.differences, *api.prerequisites, *api.timescales):
                assert statement.source in sources

    def test_timescales_are_those_of_its_records_and_their_needs(self):
        assert set(catalogue.timescales()) == set(bundled_overlay().timescales)
        assert [one.what for one in LAID.timescales()] == ["review", "reply", "test"]
        assert [one.what for one in LAID.select("beta").timescales()] == ["test"]
        assert BARE.timescales() == ()


class TestStaleness:
    def test_is_counted_from_the_date_of_each_source(self):
        found = LAID.stale(on="2027-02-24")
        assert (found.old, [source.id for source in found.undated]) == ((), ["page"])
        found = LAID.stale(on=date(2027, 2, 25))
        assert [source.id for source in found.old] == ["spec"]

    def test_of_the_editions_as_well(self):
        assert catalogue.stale(on="2026-09-09").editions == ()
        assert catalogue.stale(on="2026-09-10").editions == (catalogue.edition,)
        undated = Catalogue([make("alpha", edition=BARE.edition)])
        assert undated.stale(on="2026-09-10").editions == (BARE.edition,)

    @pytest.mark.parametrize("older_than", [weeks(1), "1 week", "P1W"])
    def test_takes_any_age(self, older_than):
        assert len(LAID.stale(on="2026-03-03", older_than=older_than).old) == 0
        assert len(LAID.stale(on="2026-03-04", older_than=older_than).old) == 1

    def test_a_month_counts_from_its_first_day(self):
        document = changed(("sources", 0, "as_of"), "2026-02")
        laid = BARE.with_overlay(read_overlay(document))
        assert laid.stale(on="2027-02-01", older_than=months(12)).old == ()
        assert len(laid.stale(on="2027-02-02", older_than=months(12)).old) == 1

    def test_every_source_is_dated_or_listed(self):
        found = catalogue.stale(on="2099-01-01")
        assert set(found.old) | set(found.undated) == set(catalogue.sources())
        assert not set(found.old) & set(found.undated)

    def test_reads_as_lists(self):
        assert str(BARE.stale(on="2026-01-01")) == "Nothing is old."
        assert str(LAID.stale(on="2028-01-01")) == (
            "Old sources\n- Specification (NHS England, 2026-02-24)\n"
            "Sources without a date\n- Page (Somebody, no date)"
        )
        assert str(catalogue.stale(on="2028-01-01")).startswith(
            "Editions\n- NHS API Guide 2025 (6B, 2025-09-09)\nOld sources\n"
        )

    @pytest.mark.parametrize("older_than", [12, None, DurationRange.parse("1-2 years")])
    def test_an_age_is_a_duration(self, older_than):
        with pytest.raises(TypeError, match="expected a Duration or its text"):
            catalogue.stale(on="2026-11-22", older_than=older_than)

    def test_needs_a_day(self):
        with pytest.raises(InvalidDateError):
            catalogue.stale(on="today")
        with pytest.raises(TypeError):
            catalogue.stale()


class TestQueries:
    def test_openness_is_three_valued(self):
        """Unknown is not yes and not no, unless unknown itself is asked for."""
        apis = [LAID["alpha"], LAID["beta"]]
        assert [q.open_to_new_integrations("no")(api) for api in apis] == [True, None]
        assert [q.open_to_new_integrations(["yes", "limited"])(api) for api in apis] == [
            False,
            None,
        ]
        assert [q.open_to_new_integrations("unknown")(api) for api in apis] == [False, True]
        assert [(~q.open_to_new_integrations("yes"))(api) for api in apis] == [True, None]
        assert [q.open_to_new_integrations([])(api) for api in apis] == [False, False]

    def test_filter_and_where_give_the_same(self):
        for asked in (*Openness, "limited", [Openness.YES, "no"]):
            by_keyword = catalogue.filter(open_to_new_integrations=asked)
            assert by_keyword == catalogue.where(q.open_to_new_integrations(asked))

    def test_all_words_partition_the_catalogue(self):
        parts = [catalogue.filter(open_to_new_integrations=word) for word in Openness]
        assert [len(part) for part in parts] == [8, 12, 0, 3]
        assert sum(map(len, parts)) == len(catalogue)

    def test_is_written_as_it_is_asked(self):
        test = q.open_to_new_integrations(["limited", Openness.YES])
        assert repr(test) == "open_to_new_integrations(['yes', 'limited'])"
        assert pickle.loads(pickle.dumps(test)) == test

    def test_a_slip_is_refused_with_the_nearest(self):
        with pytest.raises(UnknownValueError) as caught:
            catalogue.filter(open_to_new_integrations="limitd")
        assert caught.value.nearest == "limited"


class TestLookup:
    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("Interface Mechanism 1 API standards - Bulk", "im1-bulk"),
            ("Message Exchange for Social Care and Health (MESH) API", "mesh"),
            ("organisation-data-terminology-fhir-r4", "ods"),
            ("EPS FHIR Dispensing API", "eps"),
            ("booking and referral fhir api", "bars"),
        ],
    )
    def test_official_names_mean_the_record_that_they_belong_to(self, name, id_):
        assert catalogue[name].id == id_
        assert name in catalogue
        assert catalogue.index(name) == catalogue.index(id_)

    def test_every_official_name_means_its_record_alone_or_is_ambiguous(self):
        for api in catalogue:
            for entry in api.official:
                for name in (*entry.names, entry.id):
                    assert api.id in meant_by(name)

    def test_the_guides_own_names_come_first(self):
        document = changed(
            ("entries", 2, "aliases"), {**SMALL["entries"][0]["name"], "value": ["Alpha"]}
        )
        laid = BARE.with_overlay(read_overlay(document))
        assert laid["Alpha"].id == "alpha"

    def test_a_name_of_two_records_is_ambiguous(self):
        document = changed(("entries", 0, "apis"), ["alpha", "beta"])
        laid = BARE.with_overlay(read_overlay(document))
        with pytest.raises(AmbiguousApiError) as caught:
            laid["First Letter"]
        assert caught.value.candidates == ("Alpha", "Beta")

    def test_a_known_name_does_not_read_them(self):
        read = []
        api = make("alpha", overlay=lambda *_: read.append(1) or OVERLAY)
        found = Catalogue([api])
        assert found["Alpha"] is found["alpha"] is found.matching("alpha")[0] is api
        assert read == []
        assert found["First Letter"] is api
        assert read

    def test_beginnings_of_official_names_match_where_no_other_does(self):
        assert [api.id for api in LAID.matching("first")] == ["alpha"]
        assert [api.id for api in LAID.matching("beta")] == ["beta"]

    def test_slips_in_official_names_are_helped(self):
        with pytest.raises(UnknownApiError) as caught:
            LAID["First Leter"]
        assert "First Letter" in caught.value.nearest

    def test_without_records_nothing_is_found(self):
        assert Catalogue(()).get("First Letter") is None


def meant_by(name: str) -> list[str]:
    """The ids of the records that the name may mean: of one, or of those that the error names."""
    try:
        return [catalogue[name].id]
    except AmbiguousApiError as error:
        return [catalogue[candidate].id for candidate in error.candidates]


def test_json_of_a_record_is_plain():
    """Everything that details hold is text."""
    assert json.loads(json.dumps(dict(catalogue["EPS"].details())))["differences"]
