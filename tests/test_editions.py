"""Files of records: what is read and written, and every fault of a file at once."""

import io
import json
import os
import pickle
import re
import stat
import subprocess
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import attrs
import cattrs
import pytest

import nhs_api_catalogue._writing as writing
from edition_documents import SMALL, changed, without
from nhs_api_catalogue._packaged import packaged
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.bundled import bundled
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import Duration, DurationRange
from nhs_api_catalogue.editions.formats import edition_format, read_age, write_age
from nhs_api_catalogue.editions.reading import load, loads
from nhs_api_catalogue.editions.writing import dump, dumps
from nhs_api_catalogue.errors import (
    InvalidCatalogueError,
    InvalidFileError,
    InvalidOverlayError,
    InvalidRecordError,
)
from nhs_api_catalogue.official import bundled_overlay
from nhs_api_catalogue.overlays.reading import load_overlay
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Api,
    AuthProtocol,
    Capability,
    Edition,
    Implementation,
    Notice,
    NoticeKind,
    Precision,
    Printed,
    Proxy,
    Standard,
    Suitability,
    Topic,
    Transport,
    UseContext,
    User,
)
from nhs_api_catalogue.records.own_values import OwnValue
from nhs_api_catalogue.working_days import WorkingDays

FIXTURES = Path(__file__).parent / "editions"
GUIDE = packaged("guide-2025.json").decode()
ALPHA = ("apis", 0)
OURS = Edition(
    "Our guide",
    "Our trust",
    date(2026, 5, 1),
    "https://example.org/guide",
    "00ff",
    "NHS API Guide 2025 (6B, 2025-09-09)",
    parts=(Edition("Other", "Others"),),
)


def read(document: object, **options) -> Catalogue:
    return loads(json.dumps(document), **options)


def problems_of(content: str | bytes) -> tuple[Problem, ...]:
    """The faults of a content, after a look at what else the error has."""
    with pytest.raises(InvalidCatalogueError) as caught:
        loads(content, max_bytes=60_000_000)
    error = caught.value
    assert error.problems
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert isinstance(error, InvalidFileError)
    assert isinstance(error, ValueError)
    return error.problems


def found(document: object) -> list[tuple[str, str]]:
    """Where the faults of a document are."""
    return [(problem.record, problem.path) for problem in problems_of(json.dumps(document))]


class TestReading:
    """A file becomes records with every value that it holds."""

    def test_every_value_of_a_record(self):
        records = read(SMALL, overlay=None)
        assert records.edition == OURS
        alpha, beta, gamma = records
        assert alpha == Api(
            id="alpha",
            name="Alpha – FHIR",
            printed=Printed("Alpha – FHIR", "FHIR API", "HSCN", "4-6 weeks", "1-2 months"),
            summary="Does things.",
            technical=DurationRange.parse("4-6 weeks"),
            assurance=DurationRange(Duration(1, 0), Duration(2, 21)),
            implementations=(
                Implementation(
                    Standard.FHIR,
                    "EMIS",
                    Proxy.SSP,
                    Transport.MESH,
                    frozenset(AuthProtocol),
                    restful=False,
                ),
                Implementation(Standard.SOAP),
            ),
            access=(
                AccessRule({AccessRoute.HSCN, AccessRoute.INTERNET}),
                AccessRule({AccessRoute.GP_PRACTICE}, "TPP"),
            ),
            notices=(
                Notice(
                    NoticeKind.UNAVAILABLE,
                    date(2025, 6, 1),
                    Precision.MONTH,
                    date(2026, 6, 30),
                    "Closed.",
                ),
            ),
            suitability=Suitability(
                {UseContext.DIRECT_CARE}, {UseContext.REPORTING}, {UseContext.PATIENT_FACING}
            ),
            max_data_age=timedelta(hours=24),
            capabilities={Capability.READ, Capability.WRITE},
            topics={Topic.RECORDS},
            users={User.STAFF},
            aliases=("First", "Letter"),
            own=(OwnValue("technical", "our project", date(2026, 5, 1)),),
        )
        assert beta.technical == DurationRange.parse("4-6 weeks")
        assert beta.assurance == DurationRange.ZERO
        assert gamma.aliases == ()

    def test_each_record_has_its_edition(self):
        """The file's own, another one of the file, or none; what it was based on is no source."""
        alpha, beta, gamma = read(SMALL, overlay=None)
        assert alpha.edition == attrs.evolve(OURS, based_on=None)
        assert beta.edition == Edition("Their guide", "They")
        assert gamma.edition is None
        assert gamma.source_of("technical") == "source not stated"

    @pytest.mark.parametrize(
        "kind", ["path", "text path", "text file", "bytes file", "str", "bytes"]
    )
    def test_reads_whatever_holds_it(self, tmp_path, kind):
        path = tmp_path / "ours.json"
        path.write_bytes(GUIDE.encode())
        with path.open(encoding="utf-8") as text, path.open("rb") as data:
            ways = {
                "path": lambda: load(path),
                "text path": lambda: load(str(path)),
                "text file": lambda: load(text),
                "bytes file": lambda: load(data),
                "str": lambda: loads(GUIDE),
                "bytes": lambda: loads(b"\xef\xbb\xbf" + GUIDE.encode()),
            }
            assert ways[kind]() == bundled()

    def test_the_trusted_reader_and_the_strict_one_agree(self):
        strict = loads(GUIDE)
        assert strict == bundled()
        assert strict.edition == bundled().edition
        assert [api.edition for api in strict] == [api.edition for api in bundled()]
        assert {api.overlay for api in strict} == {bundled_overlay}

    def test_a_file_written_by_release_0_1_0_still_loads(self):
        """It stays as that release wrote it, whatever the format becomes."""
        records = load(FIXTURES / "written-by-0.1.0.json")
        assert [api.id for api in records] == ["mesh", "e-rs", "ward-board"]
        assert str(records["eRS"].technical) == "2-4 months"
        assert records["eRS"].source_of("technical") == "our 2026 project (2026-05-01)"
        assert records["Ward board"].source_of("technical") == "source not stated"
        assert records.edition.based_on == "NHS API Guide 2025 (6B, 2025-09-09)"
        assert records["MESH"] == bundled()["MESH"]
        text = (FIXTURES / "written-by-0.1.0.json").read_text(encoding="utf-8")
        # What official sources say is laid over it again, as known today.
        assert dumps(records) == text.replace("2026-11-22", str(bundled().edition.overlay_as_of))

    def test_working_days_are_written_in_format_2(self):
        """All else stays in the first format, which older releases read."""
        records = bundled().replace("eRS", technical="5-40 working days", source="us")
        text = dumps(records)
        assert (json.loads(text)["format"], json.loads(dumps(bundled()))["format"]) == (2, 1)
        assert '"technical": "5-40 working days"' in text
        assert loads(text) == records
        assert loads(text)["eRS"].technical == WorkingDays(5, 40)

    def test_the_first_format_has_no_working_days(self):
        records = bundled().replace("eRS", assurance="40 working days", source="us")
        text = dumps(records).replace('"format": 2', '"format": 1')
        (problem,) = problems_of(text)
        assert (problem.path, problem.value) == ("assurance", "40 working days")
        assert problem.expected == "a range of durations, or format 2, which has working days"
        (problem,) = problems_of(text.replace("40 working days", "within 4 working days"))
        assert "working days" not in problem.expected

    def test_the_second_format_may_do_without_working_days(self):
        assert loads(dumps(bundled()).replace('"format": 1', '"format": 2')) == bundled()

    @pytest.mark.parametrize(
        "text",
        ["10-5 working days", "5 to 10 working days", "40 Working Days", "5–10 working days"],
    )
    def test_working_days_are_spelt_as_they_are_written(self, text):
        records = bundled().replace("eRS", technical="40 working days", source="us")
        (problem,) = problems_of(dumps(records).replace("40 working days", text))
        assert problem.expected.endswith("or working days, as '5-10 working days'")

    def test_what_is_not_content_is_a_type_error(self):
        for content in (None, 5, {}, Path("a.json")):
            with pytest.raises(TypeError, match="expected the text of a file"):
                loads(content)
        for source in (None, 5, {}):
            with pytest.raises(TypeError, match="expected the path of a file"):
                load(source)

    def test_a_file_that_is_not_there_is_the_usual_error(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            load(tmp_path / "none.json")

    def test_the_overlay_is_laid_over_by_ids(self, tmp_path):
        """The bundled one, none, one in hand, or a file."""
        assert loads(GUIDE)["MESH"].official == bundled()["MESH"].official != ()
        bare = loads(GUIDE, overlay=None)
        assert bare["MESH"].official == ()
        assert bare.edition.overlay_as_of is None
        assert bare[0].edition.overlay_as_of is None
        path = tmp_path / "bundled"
        path.write_text('{"format": 1, "compiled": "2026-01-31"}', encoding="utf-8")
        for overlay in (path, str(path), io.StringIO(path.read_text(encoding="utf-8"))):
            mine = loads(GUIDE, overlay=overlay)
            assert mine.edition.overlay_as_of == date(2026, 1, 31)
            assert mine["MESH"].official == ()
        ours = tmp_path / "ours.json"
        ours.write_text(GUIDE, encoding="utf-8")
        assert load(ours, overlay=path) == mine
        assert load(ours, overlay=path).edition.overlay_as_of == date(2026, 1, 31)
        assert loads(GUIDE, overlay=bundled_overlay())["MESH"].official != ()

    def test_a_part_of_an_edition_has_no_parts(self):
        edition = {"title": "Ours", "publisher": "We"}
        parts = [{**edition, "parts": []}, {**edition, "parts": [edition]}]
        document = {"format": 1, "edition": {**edition, "parts": parts}, "apis": []}
        with pytest.raises(InvalidCatalogueError) as caught:
            read(document)
        (problem,) = caught.value.problems
        assert problem.path == "edition.parts[1].parts"
        assert problem.expected == "an empty list: a part has no parts of its own"

    def test_an_overlay_of_an_id_that_no_record_has_is_refused(self):
        source = {"id": "s", "title": "S", "url": "https://example.org", "publisher": "S"}
        entry = {"id": "x", "apis": ["delta"]}
        entry["name"] = {"value": "X", "source": "s", "confidence": "official"}
        document = {"format": 1, "compiled": "2026-01-31", "entries": [entry]}
        document["sources"] = [{**source, "as_of": None, "seen_as": "repository"}]
        with pytest.raises(InvalidOverlayError) as caught:
            read(SMALL, overlay=io.StringIO(json.dumps(document)))
        assert [problem.value for problem in caught.value.problems] == ["delta"]

    def test_hooks_of_others_do_not_reach_it(self, monkeypatch):
        mine = cattrs.Converter()
        mine.register_structure_hook(bool, lambda _value, _kind: True)
        monkeypatch.setattr(cattrs, "global_converter", mine)
        edition_format.cache_clear()
        assert loads(GUIDE) == bundled()


class TestFaults:
    """Every kind of fault, in one record or in many, is named with place and way out."""

    @pytest.mark.parametrize(
        ("path", "value", "expected"),
        [
            (("edition", "title"), 5, "not blank"),
            (("edition", "publisher"), " ", "not blank"),
            (("edition", "source"), 5, "text"),
            (("edition", "as_of"), "2026-5-1", "YYYY-MM-DD"),
            (("edition", "as_of"), "20260501", "YYYY-MM-DD"),
            (("edition", "as_of"), "2026-02-30", "a valid date"),
            (("edition", "as_of"), "2026-05-01T00:00", "YYYY-MM-DD"),
            (("edition", "parts"), {}, "a list"),
            ((*ALPHA, "id"), "Alpha", "lower-case ASCII"),
            ((*ALPHA, "id"), "alpha--one", "single hyphens"),
            ((*ALPHA, "id"), "alpha\n", "lower-case ASCII"),
            ((*ALPHA, "name"), None, "not blank"),
            ((*ALPHA, "printed"), [], "an object"),
            ((*ALPHA, "printed", "name"), "", "not blank"),
            ((*ALPHA, "summary"), None, "text"),
            ((*ALPHA, "technical"), 28, "range of durations"),
            ((*ALPHA, "technical"), "4-6 fortnights", "range of durations"),
            ((*ALPHA, "technical"), "4.5 weeks", "range of durations"),
            ((*ALPHA, "technical"), "30 days to 1 month", "at most the longest on every date"),
            ((*ALPHA, "technical"), "6-4 weeks", "at most the longest"),
            ((*ALPHA, "technical"), "1 week 1 week", "range of durations"),
            ((*ALPHA, "technical"), "9999 months", "range of durations"),
            ((*ALPHA, "technical"), "1" * 300 + " weeks", "range of durations"),
            ((*ALPHA, "implementations"), {}, "a list"),
            ((*ALPHA, "implementations"), "FHIR", "a list"),
            ((*ALPHA, "implementations", 0), "FHIR", "an object"),
            ((*ALPHA, "implementations", 0, "standard"), ["FHIR"], "one of FHIR"),
            ((*ALPHA, "implementations", 0, "restful"), "false", "true or false"),
            ((*ALPHA, "implementations", 0, "restful"), 1, "true or false"),
            ((*ALPHA, "implementations", 0, "auth"), ["OAuth 2.0"] * 2, "each once"),
            ((*ALPHA, "access", 0, "routes"), [], "a list of at least 1"),
            ((*ALPHA, "access", 0, "supplier"), "", "not blank"),
            ((*ALPHA, "access", 1, "supplier"), None, "at most one rule per supplier"),
            ((*ALPHA, "notices", 0, "since"), None, "YYYY-MM-DD"),
            ((*ALPHA, "notices", 0, "since"), "2025-06-02", "the first of the month"),
            ((*ALPHA, "notices", 0, "until"), "2025-05-31", "a later day"),
            ((*ALPHA, "suitability", "only"), ["reporting"], "no use that is also in only"),
            ((*ALPHA, "suitability", "stated"), ["reporting"], "no use that is also in stated"),
            ((*ALPHA, "max_data_age"), "P1D", "PT24H"),
            ((*ALPHA, "max_data_age"), "PT", "PT24H"),
            ((*ALPHA, "max_data_age"), "PT-1H", "PT24H"),
            ((*ALPHA, "max_data_age"), "PT99999999999H", "PT24H"),
            ((*ALPHA, "max_data_age"), 24, "PT24H"),
            ((*ALPHA, "topics"), "records", "a list"),
            ((*ALPHA, "topics"), ["records", "records"], "each once"),
            ((*ALPHA, "topics"), [{}], "one of appointments"),
            ((*ALPHA, "aliases"), "123", "a list"),
            ((*ALPHA, "aliases", 1), "", "not blank"),
            ((*ALPHA, "own", 0, "field"), "id", "one of access"),
            ((*ALPHA, "own"), SMALL["apis"][0]["own"] * 2, "at most one source per field"),
            ((*ALPHA, "edition"), "ours", "the name of an edition"),
            ((*ALPHA, "edition"), ["ours"], "the name of an edition"),
            (("editions", "theirs", "title"), 5, "not blank"),
            (("editions", "theirs"), None, "an object"),
            (("editions",), [], "an object"),
            (("apis",), {}, "a list"),
            (("apis", 1), None, "an object"),
            (("edition",), "Our guide", "an object"),
            (("edition", "parts", 0, "parts"), [{"title": "A", "publisher": "B"}], "no parts"),
            (("format",), "1", "1"),
            (("format",), True, "1"),
            (("format",), 1.0, "1"),
            (("format",), 0, "1"),
        ],
    )
    def test_a_bad_value_is_shown_with_what_was_expected(self, path, value, expected):
        problems = problems_of(json.dumps(changed(path, value)))
        matching = [problem for problem in problems if expected in problem.expected]
        assert matching
        problem = matching[0]
        if path[0] == "apis" and len(path) > 1:
            assert problem.record.startswith(f"apis[{path[1]}]")
            field = "".join(map(str, path[2:3]))
        else:
            assert problem.record == "the file"
            field = path[0]
        assert re.split(r"[.\[]", problem.path)[0] == field
        assert expected in str(problem)

    @pytest.mark.parametrize(
        ("path", "value", "place", "nearest"),
        [
            ((*ALPHA, "topics", 0), "record", ("apis[0] alpha", "topics[0]"), "records"),
            (
                (*ALPHA, "implementations", 0, "standard"),
                "HL7v3",
                ("apis[0] alpha", "implementations[0].standard"),
                "HL7 V3",
            ),
            ((*ALPHA, "tecnical"), "1 week", ("apis[0] alpha", ""), "technical"),
            (("edition", "titel"), "x", ("the file", "edition"), "title"),
            (("apsi",), [], ("the file", ""), "apis"),
            ((*ALPHA, "edition"), "their", ("apis[0] alpha", "edition"), "theirs"),
            ((*ALPHA, "overlay"), None, ("apis[0] alpha", ""), None),
            ((*ALPHA, "total"), "1 week", ("apis[0] alpha", ""), None),
            (
                (*ALPHA, "own", 0, "field"),
                "tehcnical",
                ("apis[0] alpha", "own[0].field"),
                "technical",
            ),
        ],
    )
    def test_the_nearest_allowed_value_is_named(self, path, value, place, nearest):
        (problem,) = problems_of(json.dumps(changed(path, value)))
        assert ((problem.record, problem.path), problem.nearest) == (place, nearest)
        assert problem.file is None

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            (("format",), ("the file", "")),
            (("edition",), ("the file", "")),
            (("apis",), ("the file", "")),
            (("edition", "title"), ("the file", "edition")),
            ((*ALPHA, "id"), ("apis[0]", "")),
            ((*ALPHA, "technical"), ("apis[0] alpha", "")),
            ((*ALPHA, "notices", 0, "until"), ("apis[0] alpha", "notices[0]")),
            ((*ALPHA, "printed", "assurance"), ("apis[0] alpha", "printed")),
        ],
    )
    def test_a_missing_key_is_named(self, path, place):
        (problem,) = problems_of(json.dumps(without(path)))
        assert (problem.record, problem.path) == place
        assert problem.expected == f"the key {path[-1]!r} as well"

    def test_a_key_with_a_default_may_be_missing(self):
        keys = ("printed", "summary", "implementations", "own", "aliases")
        for path in [(*ALPHA, key) for key in keys] + [("editions",)]:
            if path == ("editions",):
                document = without(path)
                del document["apis"][1]["edition"]
            else:
                document = without(path)
            assert len(read(document)) == 3

    def test_a_key_that_comes_twice_is_named_where_it_does(self):
        text = json.dumps(SMALL).replace('"id": "beta"', '"id": "beta", "id": "beta"')
        (problem,) = problems_of(text)
        assert (problem.record, problem.value) == ("apis[1] beta", "id")
        assert problem.expected == "each key only once in an object"
        (problem,) = problems_of(
            json.dumps(SMALL).replace('"format": 1', '"format": 1, "format": 1')
        )
        assert (problem.record, problem.value) == ("the file", "format")

    def test_an_id_that_two_records_have_is_named_with_both(self):
        (problem,) = problems_of(json.dumps(changed(("apis", 2, "id"), "alpha")))
        assert (problem.record, problem.path, problem.value) == ("apis[2] alpha", "id", "alpha")
        assert "apis[0] has this one" in problem.expected

    def test_all_come_at_once(self):
        """Faults of leaves, of rules and of the whole, in several records and in one."""
        document = changed((*ALPHA, "technical"), "soon")
        alpha = document["apis"][0]
        alpha["suitability"] = {
            "only": ["reporting", "x"],
            "excluded": ["direct care"],
            "stated": ["direct care"],
        }
        alpha["notices"][0] |= {"since": "2025-06-02", "until": "June", "kind": "gone"}
        alpha["access"][1]["supplier"] = None
        alpha["aliases"] = ["", " "]
        alpha["own"] *= 2
        alpha["colour"] = "red"
        document["apis"][1]["id"] = "gamma"
        document["edition"]["as_of"] = "yesterday"
        document["apis"].append("delta")
        assert sorted(found(document)) == sorted(
            [
                ("the file", "edition.as_of"),
                ("apis[0] alpha", "technical"),
                ("apis[0] alpha", "suitability.only[1]"),
                ("apis[0] alpha", "suitability.excluded"),
                ("apis[0] alpha", "notices[0].kind"),
                ("apis[0] alpha", "notices[0].since"),
                ("apis[0] alpha", "notices[0].until"),
                ("apis[0] alpha", "access"),
                ("apis[0] alpha", "aliases[0]"),
                ("apis[0] alpha", "aliases[1]"),
                ("apis[0] alpha", "own"),
                ("apis[0] alpha", ""),
                ("apis[2] gamma", "id"),
                ("apis[3]", ""),
            ]
        )

    def test_a_newer_format_is_the_one_thing_said(self):
        document = {"format": 3, "releases": []}
        (problem,) = problems_of(json.dumps(document))
        assert (problem.path, problem.value) == ("format", 3)
        assert "a newer release of this library wrote the file" in problem.expected

    def test_faults_have_the_name_of_the_file(self, tmp_path):
        path = tmp_path / "ours.json"
        path.write_text("{}", encoding="utf-8")
        with pytest.raises(InvalidCatalogueError) as caught:
            load(path)
        assert {problem.file for problem in caught.value.problems} == {str(path)}
        assert str(caught.value).startswith(
            f"3 faults in a catalogue file:\n- {path}: the file is {{}}"
        )

    def test_the_message_shows_the_first_fifty(self):
        document = {**SMALL, "apis": [None] * 1000}
        problems = problems_of(json.dumps(document))
        assert len(problems) == 1000
        message = str(InvalidCatalogueError(problems))
        assert len(message.splitlines()) == 52
        assert message.endswith("- and 950 more, in problems")

    def test_the_error_pickles(self):
        with pytest.raises(InvalidCatalogueError) as caught:
            read(changed(("apis",), []) | {"format": 0})
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), again.problems) == (InvalidCatalogueError, caught.value.problems)


class TestDocuments:
    """Content that is not a JSON object is refused as such."""

    @pytest.mark.parametrize(
        ("content", "path", "expected"),
        [
            ("", "", "JSON, not an empty file"),
            (b" \n", "", "JSON, not an empty file"),
            ("{", "line 1, column 2", "more JSON: the text ends here"),
            (GUIDE[: len(GUIDE) // 2], None, "JSON"),
            # Python 3.13 points at the comma, Pythons before at what comes after it.
            ('{"format": 1,}', None, "JSON"),
            ('{\n  "format": one}', "line 2, column 13", "JSON"),
            (b'{"title": "\xe9"}', "byte 11", "text in UTF-8"),
            (GUIDE.encode("utf-16"), "byte 0", "text in UTF-8"),
            ('{"title": "\ud83d"}', "byte 11", "text in UTF-8"),
            ('{"title": "\\ud83d"}', "", "no lone surrogate"),
            (json.dumps(SMALL) + "{}", None, "JSON"),
            ("null", "", "an object"),
            ("[]", "", "an object"),
            ('"{}"', "", "an object"),
            ('{"format": NaN}', "", "JSON, which has no such number"),
            ('{"format": -Infinity}', "", "JSON, which has no such number"),
            ('{"format": ' + "1" * 10_000 + "}", "", "shorter numbers"),
            ("[" * 100_000, "", "nested at most 10 levels deep"),
            ('{"a":' * 100_000, "", "nested at most 10 levels deep"),
            ('{"format": ' + "[" * 50 + "]" * 50 + "}", "", "nested at most 10 levels deep"),
            (
                json.dumps(SMALL).replace('"Alpha', "[" * 50 + "]" * 50 + ', "Alpha'),
                None,
                "JSON",
            ),
            (
                json.dumps({**SMALL, "apis": [{"id": json.loads("[" * 50 + "]" * 50)}]}),
                "",
                "nested at most 10 levels deep",
            ),
            (" " * 60_000_001, "byte 60000000", "at most 60000000 bytes (max_bytes)"),
        ],
        ids=[
            "empty",
            "blank",
            "ended",
            "truncated",
            "a comma too many",
            "a word",
            "Latin-1",
            "UTF-16",
            "half a pair",
            "half a pair, escaped",
            "more",
            "null",
            "a list",
            "a text",
            "not a number",
            "infinite",
            "endless",
            "brackets",
            "braces",
            "deep",
            "deep and no JSON",
            "deep in a record",
            "large",
        ],
    )
    def test_there_is_one_fault(self, content, path, expected):
        (problem,) = problems_of(content)
        assert problem.record == "the file"
        assert expected in problem.expected
        if path is not None:
            assert problem.path == path
        assert len(str(problem)) < 300

    def test_a_pair_of_surrogates_is_a_character(self):
        document = json.dumps(changed((*ALPHA, "summary"), "\U0001f600"))
        assert "\\ud83d\\ude00" in document
        assert loads(document)[0].summary == "\U0001f600"

    def test_fifty_megabytes_are_refused_unread(self, tmp_path):
        """16 MiB is the limit unless another is asked for."""
        path = tmp_path / "large.json"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        for source in (path, io.BytesIO(path.read_bytes())):
            with pytest.raises(InvalidCatalogueError, match="at most 16777216 bytes"):
                load(source)
        with pytest.raises(InvalidCatalogueError, match="at most 16777216 bytes"):
            loads(" " * 16_777_217)

    @pytest.mark.parametrize("limit", [sys.maxsize, 10**30])
    def test_a_limit_above_all_memory_does_not_matter(self, tmp_path, limit):
        path = tmp_path / "ours.json"
        path.write_text(GUIDE, encoding="utf-8")
        with path.open(encoding="utf-8") as file:
            assert load(path, max_bytes=limit) == load(file, max_bytes=limit) == bundled()
        assert loads(GUIDE, max_bytes=limit) == bundled()

    @pytest.mark.parametrize(
        ("limit", "error"),
        [(0, ValueError), (-5, ValueError), *((one, TypeError) for one in (None, "5", True, 5.0))],
    )
    def test_a_bad_limit_is_refused_before_anything_is_read(self, limit, error):
        source = io.StringIO(GUIDE)
        match = rf"max_bytes must be a whole number \(int\) of at least 1, got {limit!r}"
        for read_it in (load, partial(load_overlay, apis=bundled())):
            with pytest.raises(error, match=match):
                read_it(source, max_bytes=limit)
        with pytest.raises(error, match=match):
            loads(GUIDE, max_bytes=limit)
        assert source.tell() == 0

    def test_what_reads_neither_text_nor_bytes_is_refused(self):
        class Odd:
            def read(self, _size):
                return [1]

        for read_it in (load, partial(load_overlay, apis=bundled())):
            with pytest.raises(TypeError, match=r"expected a file of text or bytes, got"):
                read_it(Odd())

    @pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16"])
    def test_a_text_file_in_another_encoding_is_refused_as_that(self, tmp_path, encoding):
        path = tmp_path / "latin.json"
        path.write_bytes('{"title": "é"}'.encode("latin-1"))
        with path.open(encoding=encoding) as file:
            for read_it, error in (
                (load, InvalidCatalogueError),
                (partial(load_overlay, apis=bundled()), InvalidOverlayError),
            ):
                file.seek(0)
                with pytest.raises(error) as caught:
                    read_it(file)
                (problem,) = caught.value.problems
                assert str(problem) == (
                    f"{path}: the file: encoding is {encoding!r}, expected the encoding of the "
                    'file; open it as bytes ("rb") to read it as UTF-8'
                )


class TestWriting:
    """What is written is read back without loss, and is the same wherever it is written."""

    def test_the_bundled_edition_is_its_own_file(self):
        assert dumps(bundled()) == GUIDE

    def test_every_value_of_a_record_is_in_the_file(self):
        records = read(SMALL, overlay=None)
        document = json.loads(dumps(records))
        alpha = document["apis"][0]
        assert alpha == {
            **SMALL["apis"][0],
            "implementations": [
                SMALL["apis"][0]["implementations"][0],
                {
                    "standard": "SOAP",
                    "supplier": None,
                    "proxy": None,
                    "transport": None,
                    "auth": [],
                    "restful": None,
                },
            ],
        }
        assert list(document) == ["format", "edition", "editions", "apis"]
        assert list(document["editions"]) == ["Their guide (They, no date)"]
        assert document["apis"][1]["edition"] == "Their guide (They, no date)"
        assert document["apis"][2]["edition"] is None
        again = loads(dumps(records), overlay=None)
        assert again == records
        assert again.edition == records.edition
        assert [api.edition for api in again] == [api.edition for api in records]
        assert dumps(again) == dumps(records)

    def test_editions_that_read_alike_keep_apart(self):
        one, other = (Edition("A", "B", source=source) for source in ("one", "other"))
        records = read(SMALL, overlay=None)
        mixed = Catalogue(
            (attrs.evolve(records[0], edition=one), attrs.evolve(records[1], edition=other))
        )
        names = list(json.loads(dumps(mixed))["editions"])
        assert names == ["A (B, no date)", "A (B, no date) #2"]
        assert [api.edition for api in loads(dumps(mixed), overlay=None)] == [one, other]

    def test_a_union_keeps_the_source_of_each_record(self):
        theirs = read(SMALL)
        both = bundled() | theirs
        again = loads(dumps(both))
        assert again == both
        assert [api.edition for api in again] == [api.edition for api in both]
        assert again.edition.parts == both.edition.parts

    def test_no_record_is_a_file_too(self):
        empty = Catalogue(())
        text = dumps(empty)
        assert text.endswith('"apis": []\n}\n')
        assert loads(text, overlay=None) == empty
        assert loads(text, overlay=None).edition == empty.edition

    @pytest.mark.parametrize(
        ("age", "text"),
        [
            (timedelta(0), "PT0H"),
            (timedelta(hours=24), "PT24H"),
            (timedelta(minutes=5), "PT5M"),
            (timedelta(hours=1, seconds=30), "PT1H30S"),
            (timedelta(microseconds=1), "PT0.000001S"),
            (timedelta(seconds=1, microseconds=500_000), "PT1.5S"),
            (timedelta.max, "PT23999999999H59M59.999999S"),
        ],
    )
    def test_times_are_exact(self, age, text):
        assert write_age(age) == text
        assert read_age(text) == age

    def test_a_time_may_be_said_in_other_units(self):
        assert read_age("PT1440M") == read_age("PT86400S") == timedelta(hours=24)
        for text in ("PT", "PTH", "PT1S2H", "PT1.S", "P1D", "PT1H\n", "PT٣H"):
            with pytest.raises(ValueError, match=re.escape(text)):
                read_age(text)

    @pytest.mark.parametrize("seed", ["0", "1", "4242"])
    def test_every_process_writes_the_same_bytes(self, seed):
        code = "import sys; from nhs_api_catalogue import catalogue, dumps\n"
        code += "sys.stdout.buffer.write(dumps(catalogue | catalogue[:3]).encode())"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        )
        assert done.stdout.decode() == GUIDE

    def test_half_of_a_surrogate_pair_cannot_be_written(self):
        broken = bundled().replace("MESH", summary="\ud83d", source="us")
        with pytest.raises(InvalidCatalogueError) as caught:
            dumps(broken)
        assert caught.value.problems == (
            Problem(None, "the file", "", "\ud83d", "no lone surrogate"),
        )

    def test_a_record_that_no_reader_accepts_cannot_be_written(self):
        many = bundled().replace("MESH", aliases=[f"M{i}" for i in range(100_000)], source="us")
        with pytest.raises(InvalidCatalogueError, match="at most 100,000 keys and values"):
            dumps(many)
        few = many.replace("MESH", aliases=many["MESH"].aliases[:99_000], source="us")
        assert loads(dumps(few)) == few

    def test_only_a_catalogue_is_written_and_only_to_a_path(self, tmp_path):
        with pytest.raises(TypeError, match="expected a Catalogue"):
            dumps(bundled().apis)
        with pytest.raises(TypeError, match="expected the path of a file"):
            dump(bundled(), io.StringIO())
        with pytest.raises(TypeError, match="expected a Catalogue"):
            dump(None, tmp_path / "a.json")
        assert list(tmp_path.iterdir()) == []


class TestAtomicWriting:
    """A file is written whole or not at all."""

    def test_writes_utf_8_with_plain_newlines(self, tmp_path):
        path = tmp_path / "ours.json"
        dump(bundled(), path)
        assert path.read_bytes() == GUIDE.encode()
        dump(bundled()[:1], str(path))
        assert len(load(path)) == 1
        assert [file.name for file in tmp_path.iterdir()] == ["ours.json"]

    @pytest.mark.parametrize("lacking", ["files without a name", "their descriptors"])
    def test_a_system_that_knows_no_files_without_a_name(self, tmp_path, monkeypatch, lacking):
        if lacking == "their descriptors":
            monkeypatch.setattr(writing, "_DESCRIPTORS", str(tmp_path / "none"))
        else:
            monkeypatch.delattr(os, "O_TMPFILE", raising=False)
        path = tmp_path / "ours.json"
        for records in (bundled(), bundled()[:1]):
            dump(records, path)
            path.chmod(0o640)
            # Windows keeps of that only whether a file can be written to.
            mode = path.stat().st_mode
            assert load(path) == records
        assert (path.stat().st_mode, list(tmp_path.iterdir())) == (mode, [path])

    def test_what_a_killed_writer_left_goes_with_the_next(self, tmp_path):
        """But not what a writer still holds, or what has another name."""
        path = tmp_path / "ours.json"
        left, held = (tmp_path / f"ours.json.{sign * 16}.whole.tmp" for sign in "0f")
        others = [
            tmp_path / name
            for name in (
                *(
                    "ours.json.tmp",
                    "ours.json.whole.tmp",
                    "my.ours.json.0123456789abcdef.whole.tmp",
                ),
                *("ours.json.0123456789abcdef.tmp", "ours.json.0123456789ABCDEF.whole.tmp"),
            )
        ]
        for file in (left, held, *others):
            file.write_text("old", "utf-8")
        link = tmp_path / f"ours.json.{'1' * 16}.whole.tmp"
        link.symlink_to(others[0])
        with held.open() as writer:
            if hasattr(os, "O_TMPFILE"):
                writing._lock(writer.fileno())
            dump(bundled(), path)
        stay = {path, held, link, *others} | (set() if hasattr(os, "O_TMPFILE") else {left})
        assert set(tmp_path.iterdir()) == stay
        assert load(path) == bundled()

    def test_a_folder_that_is_not_there(self, tmp_path):
        path = tmp_path / "none" / "ours.json"
        with pytest.raises(FileNotFoundError) as caught:
            dump(bundled(), path)
        assert caught.value.filename == str(path)

    def test_an_old_file_stays_if_the_new_one_cannot_be_written(self, tmp_path):
        path = tmp_path / "ours.json"
        path.write_text("old", encoding="utf-8")
        with pytest.raises(InvalidCatalogueError):
            dump(bundled().replace("MESH", summary="\ud83d", source="us"), path)
        assert path.read_text(encoding="utf-8") == "old"
        folder = tmp_path / "folder"
        folder.mkdir()
        for bad, error in (
            (folder, OSError),
            (folder / "none" / "ours.json", FileNotFoundError),
            (path / "ours.json", OSError),
        ):
            with pytest.raises(error) as caught:
                dump(bundled(), bad)
            assert (caught.value.filename, caught.value.filename2) == (str(bad), None)
        assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "ours.json"]

    def test_a_device_stays_one(self):
        """A user with the right to do it, such as root, got a file in place of `/dev/null`.

        A terminal of the test's own takes its place here, as the machine needs that device.
        """
        ends = os.openpty() if os.name == "posix" else ()
        path = os.ttyname(ends[1]) if ends else os.devnull
        try:
            dump(bundled()[:0], path)
            assert stat.S_ISCHR(os.stat(path).st_mode)  # noqa: PTH116  Windows has no path of it
            if ends:
                assert (
                    os.read(ends[0], 10_000).decode().splitlines()
                    == dumps(bundled()[:0]).splitlines()
                )
        finally:
            for end in ends:
                os.close(end)

    def test_permissions_and_links_stay(self, tmp_path):
        path, link = tmp_path / "ours.json", tmp_path / "link.json"
        dump(bundled(), path)
        plain = tmp_path / "plain"
        plain.touch()
        assert path.stat().st_mode == plain.stat().st_mode
        path.chmod(0o640)
        # Windows keeps of that only whether a file can be written to.
        mode = path.stat().st_mode
        assert (mode != plain.stat().st_mode) is (os.name == "posix")
        link.symlink_to(path)
        dump(bundled()[:1], link)
        assert path.stat().st_mode == mode
        assert link.is_symlink()
        assert len(load(path)) == 1


class TestLaziness:
    def test_the_first_record_needs_no_file_of_ones_own(self):
        code = "import sys; from nhs_api_catalogue import catalogue\ncatalogue['MESH'].technical\n"
        code += (
            "print(sorted(name for name in sys.modules if 'editions.' in name or 'cattrs' in name))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True
        )
        assert done.stdout == "[]\n"

    def test_a_good_file_needs_no_checks(self):
        code = "import sys; from nhs_api_catalogue import catalogue, dumps, loads\n"
        code += "loads(dumps(catalogue))\nprint('nhs_api_catalogue.editions.faults' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True
        )
        assert done.stdout == "False\n"


def test_an_edition_of_parts_has_parts_without_parts():
    part = Edition("A", "B", parts=(Edition("C", "D"),))
    with pytest.raises(InvalidRecordError, match="editions without parts"):
        Edition("E", "F", parts=(part,))


def test_no_parts_of_a_part_may_be_said():
    """A fault elsewhere is then the only one."""
    document = changed(("edition", "parts", 0, "parts"), [])
    assert found({**document, "format": 0}) == [("the file", "format")]
