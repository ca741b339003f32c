"""Overlay files: every fault at once, and what a good file becomes."""

import io
import json
import pickle
from datetime import date, timedelta
from typing import ClassVar

import attrs
import pytest

from nhs_api_catalogue import catalogue, plan
from nhs_api_catalogue._checks import ID
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.durations import DurationRange, weeks
from nhs_api_catalogue.errors import InvalidOverlayError
from nhs_api_catalogue.official.bundled import read_overlay
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.product_words import (
    Network,
    Openness,
    ProductStatus,
    SecurityPattern,
    ServiceLevel,
    SignInLevel,
)
from nhs_api_catalogue.official.sources import AsOf, Confidence, SeenAs
from nhs_api_catalogue.overlays.reading import load_overlay
from nhs_api_catalogue.overlays.writing import document_of, dump_overlay, dumps_overlay
from nhs_api_catalogue.records import Api
from overlay_documents import APIS, SMALL, changed, fact, faults, without

WEEKS = DurationRange.parse("4-6 weeks")
RECORDS = [Api(id=id_, name=id_, technical=WEEKS, assurance=WEEKS) for id_ in APIS]
ENTRY, SOURCE = ("entries", 0), ("sources", 0)
NEED, SERVICE, TIMESCALE = ("prerequisites", 0), ("services", 0), ("timescales", 0)
DIFFERENCE = ("differences", 0)


def found(document: object) -> list[tuple[str, str]]:
    """Where faults are, as record and path."""
    return [(problem.record, problem.path) for problem in faults(document, APIS)]


class TestAGoodFile:
    def test_has_no_fault(self):
        assert faults(SMALL, APIS) == ()

    def test_becomes_an_overlay_with_every_value(self):
        overlay = read_overlay(SMALL)
        spec, page = overlay.sources
        assert (spec.as_of, spec.seen_as, spec.note) == (
            AsOf.parse("2026-02-24"),
            SeenAs.REPOSITORY,
            "a draft",
        )
        assert (page.as_of, page.note, page.publisher) == (None, None, "Somebody")
        (entry,) = overlay.entries_of("alpha")
        assert entry.name.value == "Alpha - FHIR API"
        assert entry.status.value == (ProductStatus.BETA, ProductStatus.IN_PRODUCTION)
        assert entry.open_to_new_integrations.value is Openness.NO
        assert entry.open_to_new_integrations.note == "the NHS App is the only consumer"
        assert entry.network.value == (Network.INTERNET,)
        assert entry.security.value[0].pattern is SecurityPattern.SIGNED_JWT
        assert [one.level for one in entry.security.value] == [None, SignInLevel.AAL3]
        assert (entry.status_until.value, entry.version.value) == (date(2026, 5, 31), "1.0.0")
        assert entry.service_level.value is ServiceLevel.GOLD
        assert entry.names == ("Alpha - FHIR API", "First Letter")
        assert [field for field, _ in entry.facts()] == list(SMALL["entries"][0])[2:]
        assert all(one.source is spec for _, one in entry.facts())
        (difference,) = overlay.differences_of("alpha")
        assert (difference.source, difference.confidence) == (page, Confidence.REPORTED)
        places = [entry.status, difference, overlay.prerequisites[0], overlay.services[0]]
        assert [one.where for one in (*places, overlay.timescales[0], entry.name)] == [
            "API status",
            "Status",
            "Related APIs",
            "$.info",
            "Timeline",
            None,
        ]
        api, service = overlay.prerequisites_of("alpha")
        assert (api.service, service.service) == (None, overlay.services[0])
        assert service.service.met_by == ("beta", "gamma")
        review, reply, test = overlay.timescales
        assert (review.shortest, review.longest) == (weeks(2), weeks(4))
        assert (reply.working_days, reply.longest) == ((None, 5), None)
        assert (test.shortest, test.longest) == (timedelta(hours=2), timedelta(hours=3))

    def test_says_what_belongs_to_an_api(self):
        overlay = read_overlay(SMALL)
        assert [entry.id for entry in overlay.successors_of("alpha")] == ["alpha-two"]
        assert overlay.successors_of("beta") == ()
        assert overlay.timescales_of("gamma") == ()
        assert overlay.entries_of("gamma") == overlay.differences_of("gamma") == ()
        assert overlay.prerequisites_of("gamma") == ()

    def test_what_is_about_an_api_is_all_that_is_said_of_it_with_what_that_rests_on(self):
        overlay = read_overlay(SMALL)
        about = overlay.about("alpha")
        assert about.compiled == overlay.compiled
        assert [source.id for source in about.sources] == ["spec", "page"]
        assert [entry.id for entry in about.entries] == ["alpha-one", "alpha-two"]
        assert (about.differences, about.prerequisites, about.services) == (
            overlay.differences,
            overlay.prerequisites,
            overlay.services,
        )
        assert [one.what for one in about.timescales] == ["review", "reply"]

    def test_what_is_about_another_api_is_left_out(self):
        overlay = read_overlay(SMALL)
        about = overlay.about("beta")
        assert [source.id for source in about.sources] == ["spec"]
        assert [entry.id for entry in about.entries] == ["beta-one"]
        assert (about.differences, about.prerequisites, about.services) == ((), (), ())
        assert [one.what for one in about.timescales] == ["test"]
        nothing = overlay.about("gamma")
        assert (nothing.sources, nothing.entries) == ((), ())

    def test_what_is_about_an_api_names_successors_of_successors(self):
        document = changed(("entries", 1, "replaced_by"), fact(["beta-one"]))
        overlay = read_overlay(document)
        assert [entry.id for entry in overlay.successors_of("alpha")] == ["alpha-two"]
        about = overlay.about("alpha")
        assert [entry.id for entry in about.entries] == ["alpha-one", "alpha-two", "beta-one"]
        assert read_overlay(document, "alpha").about("alpha") == about
        assert not faults(document_of(about), APIS)

    def test_is_written_as_it_was_read(self):
        assert document_of(read_overlay(SMALL)) == SMALL

    def test_needs_no_section(self):
        document = {"format": 1, "compiled": "2026-11-22"}
        assert faults(document, APIS) == ()
        assert load_overlay(io.StringIO(json.dumps(document)), []).sources == ()

    def test_pickles_and_is_equal_to_its_copy(self):
        overlay = read_overlay(SMALL)
        assert pickle.loads(pickle.dumps(overlay)) == overlay == read_overlay(SMALL)
        assert hash(overlay) == hash(read_overlay(SMALL))


FAULTS = {
    "a source that is not there": (changed((*ENTRY, "status", "source"), "spek"), "spec"),
    "no source": (without((*ENTRY, "status", "source")), None),
    "no confidence": (without((*ENTRY, "name", "confidence")), None),
    "no word on the date": (without((*SOURCE, "as_of")), None),
    "a date that does not exist": (changed((*SOURCE, "as_of"), "2026-02-30"), None),
    "a date that is a number": (changed((*SOURCE, "as_of"), 2026), None),
    "a date after the file was compiled": (changed((*SOURCE, "as_of"), "2026-11-23"), None),
    "a month of no year": (changed((*SOURCE, "as_of"), "2026-13"), None),
    "a compact date": (changed((*SOURCE, "as_of"), "20260224"), None),
    "an unknown word": (changed((*ENTRY, "status", "value", 0), "bata"), "beta"),
    "an unknown openness": (changed((*ENTRY, "open_to_new_integrations", "value"), "maybe"), None),
    "a word that is a number": (changed((*ENTRY, "service_level", "value"), 1), None),
    "a word that is a list": (changed((*ENTRY, "service_level", "value"), ["gold"]), None),
    "an unknown severity": (changed((*DIFFERENCE, "severity"), "block_plan"), "blocks_plan"),
    "an unknown API": (changed((*DIFFERENCE, "api"), "alpa"), "alpha"),
    "an unknown API of an entry": (changed((*ENTRY, "apis"), ["alpa"]), "alpha"),
    "an unknown need": (changed((*NEED, "needs"), "lokup"), "lookup"),
    "an unknown successor": (changed((*ENTRY, "replaced_by", "value"), ["alpha-to"]), "alpha-two"),
    "an entry that replaces itself": (
        changed((*ENTRY, "replaced_by", "value"), ["alpha-two", "alpha-one"]),
        None,
    ),
    "an unknown subject": (changed((*TIMESCALE, "applies_to"), "lokup"), "lookup"),
    "an unknown API that meets": (changed((*SERVICE, "met_by"), ["delta"]), None),
    "an address without a scheme": (changed((*SOURCE, "url"), "example.org/spec"), None),
    "an address with a space": (changed((*SOURCE, "url"), "https://example.org/a b"), None),
    "an address that is a script": (changed((*SOURCE, "url"), "javascript:alert(1)"), None),
    "a base address that is none": (changed((*ENTRY, "base_url_sandbox"), fact("none")), None),
    "an id with capitals": (changed((*ENTRY, "id"), "Alpha"), None),
    "blank text": (changed((*SOURCE, "title"), "  "), None),
    "text of two lines": (changed((*SOURCE, "title"), "a\nb"), None),
    "text that is null": (changed((*DIFFERENCE, "guide_says"), None), None),
    "a note that is blank": (changed((*ENTRY, "name", "note"), ""), None),
    "a key that nobody knows": (changed((*SOURCE, "published"), "2026"), "publisher"),
    "a section that nobody knows": (changed(("sourcez",), []), "sources"),
    "a section that is not a list": (changed(("services",), {}), None),
    "a row that is no object": (changed((*SOURCE[:1], 1), "page"), None),
    "an empty list": (changed((*ENTRY, "status", "value"), []), None),
    "a value twice": (changed((*ENTRY, "status", "value"), ["beta", "beta"]), None),
    "one value in place of a list": (changed((*ENTRY, "status", "value"), "beta"), None),
    "a fact that is no object": (changed((*ENTRY, "status"), "beta"), None),
    "an entry without a name": (without((*ENTRY, "name")), None),
    "a place that is blank": (changed((*ENTRY, "name", "where"), " "), None),
    "a place that is not text": (changed((*DIFFERENCE, "where"), 5), None),
    "a level that nobody knows": (changed((*ENTRY, "security", "value", 1, "level"), "a3"), None),
    "an end of a status that is not a day": (
        changed((*ENTRY, "status_until", "value"), "2026-05"),
        None,
    ),
    "an unknown way in": (changed((*ENTRY, "security", "value", 0, "pattern"), "jwt"), None),
    "a time that is none": (changed((*TIMESCALE, "shortest"), "P2X"), None),
    "a time that is a number": (changed((*TIMESCALE, "longest"), 4), None),
    "a time beyond the calendar": (changed((*TIMESCALE, "longest"), "P5000M"), None),
    "times out of order": (changed((*TIMESCALE, "shortest"), "P5W"), None),
    "hours out of order": (changed(("timescales", 2, "shortest"), "PT4H"), None),
    "hours and weeks": (changed((*TIMESCALE, "shortest"), "PT4H"), None),
    "weeks and hours": (changed((*TIMESCALE, "longest"), "PT999H"), None),
    "working days backwards": (changed((*TIMESCALE, "working_days"), [5, 1]), None),
    "working days of nothing": (changed((*TIMESCALE, "working_days"), [None, None]), None),
    "working days below zero": (changed((*TIMESCALE, "working_days"), [-1, 5]), None),
    "half a working day": (changed((*TIMESCALE, "working_days"), [0.5, 5]), None),
    "a truth for working days": (changed((*TIMESCALE, "working_days"), [True, 5]), None),
    "three working days": (changed((*TIMESCALE, "working_days"), [1, 2, 3]), None),
    "an API that needs itself": (changed((*NEED, "needs"), "alpha"), None),
    "a service whose id has capitals": (changed((*SERVICE, "id"), "Lookup"), None),
    "a service with the id of an API": (changed((*SERVICE, "id"), "gamma"), None),
    "no format": (without(("format",)), None),
    "a format that is text": (changed(("format",), "1"), None),
    "a format that is a truth": (changed(("format",), True), None),
    "a newer format": (changed(("format",), 2), None),
    "no day of compiling": (without(("compiled",)), None),
    "a month of compiling": (changed(("compiled",), "2026-11"), None),
}


class TestFaults:
    @pytest.mark.parametrize(("document", "nearest"), FAULTS.values(), ids=FAULTS)
    def test_are_found_with_what_may_have_been_meant(self, document, nearest):
        """Each is found, in one message, with the nearest right value where there is one."""
        problems = faults(document, APIS, "ours.json")
        assert problems
        assert problems[0].file == "ours.json"
        assert all(str(problem).startswith("ours.json: ") for problem in problems)
        if nearest is not None:
            assert nearest in [problem.nearest for problem in problems]

    @pytest.mark.parametrize(
        ("document", "place"),
        [
            (FAULTS["an unknown word"][0], ("entries[0] alpha-one", "status.value[0]")),
            (FAULTS["a source that is not there"][0], ("entries[0] alpha-one", "status.source")),
            (FAULTS["an unknown severity"][0], ("differences[0] alpha", "severity")),
            (FAULTS["an unknown need"][0], ("prerequisites[0] alpha", "needs")),
            (FAULTS["times out of order"][0], ("timescales[0] alpha", "longest")),
            (FAULTS["a newer format"][0], ("the file", "format")),
            (FAULTS["no source"][0], ("entries[0] alpha-one", "status")),
            (FAULTS["a date after the file was compiled"][0], ("sources[0] spec", "as_of")),
            (FAULTS["an API that needs itself"][0], ("prerequisites[0] alpha", "needs")),
            (
                FAULTS["an entry that replaces itself"][0],
                ("entries[0] alpha-one", "replaced_by"),
            ),
            # The dates of the sources are valid, whatever the day of compiling is.
            (changed(("compiled",), "2026-02-30"), ("the file", "compiled")),
            (changed(("compiled",), "1 Jan 2026"), ("the file", "compiled")),
        ],
    )
    def test_name_the_place_and_nothing_else(self, document, place):
        assert found(document) == [place]

    @pytest.mark.parametrize(
        ("section", "place"),
        [
            ("sources", ("sources[2] spec", "id")),
        ],
    )
    def test_two_rows_may_not_be_about_the_same(self, section, place):
        row = {**SMALL[section][0], "note": "again"}
        assert found(changed((section,), [*SMALL[section], row])) == [place]

    def test_rows_without_the_names_of_what_they_are_about_are_not_called_alike(self):
        rows = [{"note": "one"}, {"note": "another"}]
        assert found(changed(("prerequisites",), rows)) == [
            (f"prerequisites[{number}]", "") for number in (0, 1) for _ in range(6)
        ]

    def test_the_same_row_twice_is_found(self):
        rows = [*SMALL["differences"], *SMALL["differences"]]
        assert found(changed(("differences",), rows)) == [("differences[1] alpha", "")]

    def test_come_all_at_once(self):
        """A contributor sees in one run everything that is missing."""
        document = changed((*ENTRY, "status", "value", 0), "bata")
        del document["sources"][0]["as_of"]
        document["differences"][0]["api"] = "alpa"
        document["timescales"][1]["source"] = "elsewhere"
        assert found(document) == [
            ("sources[0] spec", ""),
            ("entries[0] alpha-one", "status.value[0]"),
            ("differences[0] alpa", "api"),
            ("timescales[1] lookup", "source"),
        ]

    def test_a_fault_reads_as_a_sentence(self):
        (problem,) = faults(FAULTS["an unknown severity"][0], APIS, "ours.json")
        assert str(problem) == (
            "ours.json: differences[0] alpha: severity is 'block_plan', expected one of "
            "blocks_plan, changes_design, informative: did you mean 'blocks_plan'?"
        )

    @pytest.mark.parametrize(
        ("place", "value", "expected"),
        [
            (
                (*SOURCE, "as_of"),
                "2026-11-23",
                "YYYY-MM-DD or YYYY-MM up to 2026-11-22, or null for a source without a date",
            ),
            (
                (*TIMESCALE, "working_days"),
                5,
                "the least and the greatest number of working days, null for either if unknown",
            ),
            ((*SERVICE, "id"), 5, ID),
            ((*SERVICE, "id"), "Lookup", ID),
            ((*SERVICE, "id"), "gamma", "an id that no API in the catalogue has"),
        ],
    )
    def test_say_what_is_expected(self, place, value, expected):
        assert expected in [one.expected for one in faults(changed(place, value), APIS)]

    def test_a_source_may_be_of_the_day_of_compiling(self):
        assert faults(changed((*SOURCE, "as_of"), "2026-11-22"), APIS) == ()

    def test_without_a_day_of_compiling_no_last_day_is_told(self):
        document = changed(("compiled",), "soon")
        document["sources"][0]["as_of"] = "2026-02-30"
        assert [one.expected for one in faults(document, APIS)] == [
            "a valid date, as YYYY-MM-DD",
            "YYYY-MM-DD or YYYY-MM, or null for a source without a date",
        ]


class TestDocuments:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "JSON"),
            (b"{", "JSON"),
            (b'{"format": 1,}', "JSON"),
            (b"\xff\xfe", "UTF-8"),
            (b"null", "an object"),
            (b"[" * 100_000, "nested"),
            (b'{"format": ' + b"[" * 500 + b"]" * 500 + b"}", "nested"),
            (b'{"format": ' + b"1" * 10_000 + b"}", "shorter numbers"),
            (b'{"format": 1, "format": 1, "compiled": "2026-11-22"}', "each key only once"),
            (b" " * 2_000_000, "at most 1000000 bytes"),
        ],
        ids=["empty", "open", "comma", "bytes", "null", "deep", "nested", "number", "twice", "big"],
    )
    def test_what_is_not_a_document_is_refused(self, data, expected):
        with pytest.raises(InvalidOverlayError) as caught:
            load_overlay(io.BytesIO(data), catalogue, max_bytes=1_000_000)
        (problem,) = caught.value.problems
        assert expected in problem.expected
        assert (problem.file, problem.record) == (None, "the file")

    def test_a_byte_order_mark_does_not_matter(self):
        text = '\ufeff{"format": 1, "compiled": "2026-11-22"}'
        assert load_overlay(io.StringIO(text), catalogue).entries == ()

    def test_all_keys_that_come_twice_are_named(self):
        """Each is named where it does, together with all other faults."""
        text = json.dumps(SMALL).replace('"id": "spec"', '"id": "x", "id": "spec"')
        text = text.replace('"format": 1', '"format": 1, "format": 1')
        with pytest.raises(InvalidOverlayError) as caught:
            load_overlay(io.StringIO(text), [])
        assert [
            (problem.record, problem.value)
            for problem in caught.value.problems
            if problem.expected == "each key only once in an object"
        ] == [("the file", "format"), ("sources[0] spec", "id")]


class TestLoading:
    """A path, a text file or a binary file, whole or refused."""

    @pytest.fixture
    def text(self):
        document = changed((*ENTRY, "apis"), ["mesh"])
        document = {key: document[key] for key in ("format", "compiled", "sources", "entries")}
        document["entries"][2]["apis"] = ["e-rs"]
        return json.dumps(document)

    def test_reads_a_path_a_text_and_bytes_alike(self, tmp_path, text):
        path = tmp_path / "ours.json"
        path.write_text(text, encoding="utf-8")
        with path.open(encoding="utf-8") as file:
            overlays = [
                load_overlay(path, catalogue),
                load_overlay(str(path), catalogue),
                load_overlay(file, catalogue),
                load_overlay(io.StringIO(text), catalogue),
                load_overlay(io.BytesIO(text.encode()), catalogue),
            ]
        assert overlays == [read_overlay(dict.fromkeys(SMALL, ()) | json.loads(text))] * 5

    def test_faults_have_the_name_of_the_file(self, tmp_path):
        path = tmp_path / "ours.json"
        path.write_text("{}", encoding="utf-8")
        for source in (path, path.open(encoding="utf-8")):
            with pytest.raises(InvalidOverlayError) as caught:
                load_overlay(source, catalogue)
            assert {problem.file for problem in caught.value.problems} == {str(path)}
        with pytest.raises(InvalidOverlayError) as caught:
            load_overlay(io.StringIO("{}"), catalogue)
        assert {problem.file for problem in caught.value.problems} == {None}
        source.close()

    def test_what_is_not_a_document_has_the_name_of_the_file_too(self, tmp_path):
        path = tmp_path / "ours.json"
        path.write_text("{", encoding="utf-8")
        with pytest.raises(InvalidOverlayError) as caught:
            load_overlay(path, catalogue)
        assert [problem.file for problem in caught.value.problems] == [str(path)]

    def test_half_a_surrogate_pair_is_not_text(self):
        with pytest.raises(InvalidOverlayError, match="UTF-8"):
            load_overlay(io.StringIO('{"format": "\ud800"}'), catalogue)

    def test_a_file_that_is_not_there_is_the_usual_error(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            load_overlay(tmp_path / "none.json", catalogue)

    def test_size_has_a_limit(self, text):
        with pytest.raises(InvalidOverlayError, match="at most 10 bytes"):
            load_overlay(io.StringIO(text), catalogue, max_bytes=10)

    @pytest.mark.parametrize("apis", [None, "mesh", ["eRS"], catalogue["eRS"]])
    def test_is_about_records(self, text, apis):
        with pytest.raises(TypeError, match=r"expected records \(Api\)"):
            load_overlay(io.StringIO(text), apis)

    def test_knows_the_ids_of_the_records_it_is_given(self, text):
        with pytest.raises(InvalidOverlayError) as caught:
            load_overlay(io.StringIO(text), catalogue.select("MESH"))
        (problem,) = caught.value.problems
        assert (problem.path, problem.value) == ("apis[0]", "e-rs")


def test_the_error_lists_every_fault_and_pickles():
    problems = (
        Problem("a.json", "sources[0]", "as_of", 5, "a date"),
        Problem(None, "the file", "", [], "an object", "x"),
    )
    error = InvalidOverlayError(problems)
    assert str(error) == (
        "2 faults in an overlay file:\n"
        "- a.json: sources[0]: as_of is 5, expected a date\n"
        "- the file is [], expected an object: did you mean 'x'?"
    )
    assert str(InvalidOverlayError(problems[:1])).startswith("1 fault in an overlay file:")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.problems) == (InvalidOverlayError, problems)


class TestSideBySide:
    """What two overlays say, in one; the laws check that nothing is lost."""

    def test_a_document_that_both_cite_is_one_source(self):
        one = read_overlay(SMALL)
        both = one | read_overlay(changed(("sources", 0, "id"), "spec"))
        assert both.sources == one.sources
        assert [len(getattr(both, kind)) for kind in SECTIONS] == [
            len(getattr(one, kind)) for kind in SECTIONS
        ]

    def test_of_two_documents_with_one_id_the_other_gets_a_number(self):
        one, other = (
            read_overlay(SMALL),
            read_overlay(changed(("sources", 1, "title"), "Elsewhere")),
        )
        both = one | other | read_overlay(changed(("sources", 1, "title"), "Third"))
        assert [source.id for source in both.sources] == ["spec", "page", "page-2", "page-3"]
        assert [one.source.title for one in both.differences] == ["Page", "Elsewhere", "Third"]

    def test_an_entry_that_says_something_else_stands_beside_with_a_number(self):
        document = changed(("entries", 1, "name", "value"), "Alpha 2")
        document["entries"][0]["service_level"]["value"] = "bronze"
        both = read_overlay(SMALL) | read_overlay(document)
        assert [entry.id for entry in both.entries] == [
            "alpha-one",
            "alpha-one-2",
            "alpha-two",
            "beta-one",
            "alpha-two-2",
        ]
        assert both.entries[1].replaced_by.value == ("alpha-two-2",)
        assert [entry.name.value for entry in both.successors_of("alpha")] == [
            "Alpha Two",
            "Alpha 2",
        ]

    def test_what_is_needed_is_the_service_by_its_newest_source(self):
        document = changed(("services", 0, "name"), "Look it up")
        document["services"][0]["source"] = "spec"
        both = read_overlay(SMALL) | read_overlay(document)
        assert [service.name for service in both.services] == ["Look it up", "Lookup"]
        assert {need.name for need in both.prerequisites} == {"API beta", "Look it up"}
        assert len(both.about("alpha").services) == 2

    def test_only_what_is_about_the_same_thing_is_in_the_order_of_its_dates(self):
        """The first row of each section cites a source without a date, and stays the first."""
        document = changed((*NEED, "source"), "page")
        document["differences"].append(
            {**SMALL["differences"][0], "api": "beta", "source": "spec", "confidence": "official"}
        )
        document["services"].append({**SMALL["services"][0], "id": "account", "source": "spec"})
        del document["services"][0]["needs_first"], document["services"][1]["needs_first"]
        document["timescales"][0]["source"] = "page"
        document["entries"][0]["name"]["source"] = "page"
        overlay = read_overlay(document)
        both = overlay | Overlay(overlay.compiled)
        for kind in SECTIONS:
            assert getattr(both, kind) == getattr(overlay, kind), kind

    def test_an_entry_without_a_clash_keeps_its_id_and_its_successors(self):
        one = read_overlay(SMALL)
        document = changed((*ENTRY, "service_level", "value"), "bronze")
        both = one | read_overlay(document)
        assert both.entries[1].id == "alpha-one-2"
        assert both.entries[1].replaced_by.value == ("alpha-two",)

    def test_an_entry_may_name_a_successor_that_is_not_listed(self):
        overlay = read_overlay(SMALL)
        alone = attrs.evolve(overlay, entries=overlay.entries[:1])
        (entry,) = (Overlay(overlay.compiled) | alone).entries
        assert entry.replaced_by.value == ("alpha-two",)

    def test_it_was_compiled_on_the_later_day(self):
        one, other = read_overlay(SMALL), read_overlay(changed(("compiled",), "2026-11-29"))
        assert (one | other).compiled == (other | one).compiled == other.compiled

    def test_only_overlays_lie_side_by_side(self):
        with pytest.raises(TypeError):
            read_overlay(SMALL) | SMALL


class TestServicesOfTheCatalogue:
    """A file says something of a service that only the bundled overlay describes."""

    NEED: ClassVar = {
        **SMALL["prerequisites"][0],
        "api": "mesh",
        "needs": "hscn",
        "source": "page",
    }
    TIME: ClassVar = {
        "applies_to": "hscn",
        "what": "whole order",
        "text": "3 to 4 months",
        "shortest": "P3M",
        "longest": "P4M",
        "working_days": None,
        "extent": "whole",
        "source": "page",
        "confidence": "reported",
    }

    def document(self, **sections):
        return {
            "format": 1,
            "compiled": SMALL["compiled"],
            "sources": SMALL["sources"],
            **sections,
        }

    def read(self, document, records=catalogue):
        return load_overlay(io.StringIO(json.dumps(document)), records)

    def test_a_need_of_it_is_known_by_its_name(self):
        mine = self.read(self.document(prerequisites=[self.NEED]))
        (need,) = mine.prerequisites
        assert need.name == "Health and Social Care Network (HSCN) connection"
        laid = catalogue.with_overlay(mine)
        assert "hscn" in {need.needs for need in laid["MESH"].prerequisites}
        assert len(laid.overlays[0].services) == len(catalogue.overlays[0].services)

    def test_a_time_of_it_can_be_planned_with(self):
        laid = catalogue.with_overlay(self.read(self.document(timescales=[self.TIME])))
        p = plan(laid.select("GP Connect Access Record"), start="2027-01-04")
        found = {need.needs: need.service for need in p.missing_prerequisites()}
        assert [str(one.time) for one in found["hscn"].timescales] == ["3-4 months"]

    def test_it_is_written_with_its_description_and_reads_back_alone(self):
        mine = self.read(self.document(prerequisites=[self.NEED], timescales=[self.TIME]))
        written = dumps_overlay(mine)
        assert [row["id"] for row in json.loads(written)["services"]] == ["hscn"]
        assert load_overlay(io.StringIO(written), catalogue.apis) == mine
        alone = catalogue.with_overlay(mine, replacing=True)
        about = dumps_overlay(alone.overlays[0].about("mesh"))
        assert load_overlay(io.StringIO(about), catalogue.apis).prerequisites == mine.prerequisites

    def test_what_the_file_describes_itself_is_its_own(self):
        mine = {**SMALL["services"][0], "id": "hscn", "name": "Our line", "met_by": []}
        overlay = self.read(self.document(prerequisites=[self.NEED], services=[mine]))
        assert [service.name for service in overlay.services] == ["Our line"]

    @pytest.mark.parametrize("records", [catalogue.apis, catalogue.with_overlay(None)])
    def test_without_an_overlay_nothing_describes_it(self, records):
        with pytest.raises(InvalidOverlayError, match="in this file or over the catalogue"):
            self.read(self.document(prerequisites=[self.NEED]), records)


SECTIONS = ("sources", "entries", "differences", "prerequisites", "services", "timescales")


class TestWriting:
    def test_writes_what_was_read(self, tmp_path):
        overlay = read_overlay(SMALL)
        assert json.loads(dumps_overlay(overlay)) == SMALL
        dump_overlay(overlay, tmp_path / "ours.json")
        text = (tmp_path / "ours.json").read_text(encoding="utf-8")
        assert text == dumps_overlay(overlay)
        assert text.startswith('{\n  "format": 1,\n')
        assert text.endswith("]\n}\n")
        assert load_overlay(tmp_path / "ours.json", RECORDS) == overlay

    def test_writes_the_bundled_one(self):
        (overlay,) = catalogue.overlays
        assert load_overlay(io.StringIO(dumps_overlay(overlay)), catalogue) == overlay

    def test_lists_what_its_statements_hold(self):
        """An overlay made by hand need not list the sources and services of its statements."""
        whole = read_overlay(SMALL)
        bare = attrs.evolve(whole, sources=(), services=(), timescales=whole.timescales[:1])
        written = json.loads(dumps_overlay(bare))
        assert {source["id"] for source in written["sources"]} == {"spec", "page"}
        assert written["services"] == SMALL["services"]

    def test_refuses_what_no_file_can_hold(self):
        whole = read_overlay(SMALL)
        (difference,) = whole.differences
        broken = attrs.evolve(difference, official_says="one\nanother")
        with pytest.raises(InvalidOverlayError, match="a line of text that is not blank") as caught:
            dumps_overlay(attrs.evolve(whole, differences=(broken,)))
        assert [problem.path for problem in caught.value.problems] == ["official_says"]
        half = attrs.evolve(difference, official_says="\ud83d")
        with pytest.raises(InvalidOverlayError):
            dumps_overlay(attrs.evolve(whole, differences=(half,)))

    def test_text_is_written_as_it_is(self):
        (difference,) = read_overlay(SMALL).differences
        ours = attrs.evolve(difference, official_says="na\u00efve")
        overlay = attrs.evolve(read_overlay(SMALL), differences=(ours,))
        assert '"na\u00efve"' in dumps_overlay(overlay)

    def test_what_a_service_needs_first_is_written_only_if_it_needs_anything(self):
        document = changed((*SERVICE, "needs_first"), [])
        written = document_of(read_overlay(document))
        assert "needs_first" not in written["services"][0]

    def test_only_an_overlay_is_written_and_only_to_a_path(self, tmp_path):
        with pytest.raises(TypeError, match="expected an Overlay, got"):
            dumps_overlay(SMALL)
        with pytest.raises(TypeError, match="expected the path of a file"):
            dump_overlay(read_overlay(SMALL), io.StringIO())
        assert list(tmp_path.iterdir()) == []

    def test_one_source_that_describes_a_service_in_two_ways_cannot_be_written(self):
        mesh = catalogue.overlays[0].about("mesh")
        first, *others = mesh.prerequisites
        ours = attrs.evolve(first.service, what="Ours.")
        both = attrs.evolve(mesh, prerequisites=(attrs.evolve(first, service=ours), *others))
        with pytest.raises(InvalidOverlayError, match="only once from one source"):
            dumps_overlay(both)

    def test_several_sources_may_speak_of_one_need_and_of_one_service(self):
        document = changed((*NEED, "source"), "page")
        document["prerequisites"].append(SMALL["prerequisites"][0])
        document["services"].append({**SMALL["services"][0], "source": "spec"})
        assert faults(document, APIS) == ()
