"""Plans as files: what is written and planned again, what has changed, and every fault at once."""

import copy
import io
import json
import os
import pickle
import re
import subprocess
import sys
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from json_documents import places, texts
from nhs_api_catalogue import (
    Api,
    Catalogue,
    DurationRange,
    Link,
    Service,
    catalogue,
    dumps,
    loads,
    plan,
)
from nhs_api_catalogue._packaged import packaged
from nhs_api_catalogue.durations import Window
from nhs_api_catalogue.errors import (
    InvalidFileError,
    InvalidPlanFileError,
    UnavailableApiError,
)
from nhs_api_catalogue.planning import plan_for
from nhs_api_catalogue.planning.saving import dump_plan, dumps_plan, load_plan, loads_plan
from plan_documents import RECORDS, SMALL, changed, small, without
from plan_strategies import apis_of, planned, specs

SCHEMA = json.loads(packaged("plan.schema.json"))
VALIDATOR = Draft202012Validator(SCHEMA)
WRITTEN = Path(__file__).parent / "plans" / "written-by-0.2.0.json"
REQUEST = ("request",)


def read(document: object):
    return loads_plan(json.dumps(document), catalogue=RECORDS)


def problems_of(content: str | bytes):
    with pytest.raises(InvalidPlanFileError) as caught:
        loads_plan(content, catalogue=RECORDS)
    assert isinstance(caught.value, InvalidFileError)
    assert caught.value.problems
    return caught.value.problems


class TestWriting:
    def test_a_plan_is_planned_again(self):
        again = read(SMALL)
        assert again.plan == small()
        assert (again.start, again.go_live) == (small().start, small().go_live)
        assert (again.edition, again.overlay_as_of) == ("no edition", None)
        assert again.changed_records == again.changed_statements == ()
        assert str(again).splitlines()[1] == "Nothing has changed since it was saved."

    @pytest.mark.parametrize(
        "changes",
        [
            {"start": None, "deadline": "2027-06-30"},
            {"teams": None},
            {"calendar": None, "services": [], "links": [], "done": ["Gamma"]},
            {"allow_unavailable": True},
        ],
    )
    def test_whatever_was_asked_for_is_kept(self, changes):
        p = small(**changes)
        assert loads_plan(dumps_plan(p), catalogue=RECORDS).plan.request == p.request

    def test_remarks_are_kept(self):
        asked = attrs.evolve(small().request, remarks=("The network is booked.",))
        p = plan_for(asked)
        assert loads_plan(dumps_plan(p), catalogue=RECORDS).plan == p

    def test_the_text_is_what_json_writes(self):
        text = dumps_plan(small())
        assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text

    def test_the_file_of_a_release_stays_as_it_was_written_by_every_python(self):
        """The same bytes in a fresh process under each Python that the tests run on."""
        code = (
            "import sys; from plan_documents import small; from nhs_api_catalogue import dumps_plan"
        )
        code += "\nsys.stdout.buffer.write(dumps_plan(small()).encode())"
        for seed in ("0", "4242"):
            environment = {
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(WRITTEN.parents[1]),
            }
            done = subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, check=True
            )
            assert done.stdout == WRITTEN.read_bytes()

    def test_the_file_of_a_release_is_still_planned(self):
        assert load_plan(WRITTEN, catalogue=RECORDS).plan == small()

    def test_a_file_is_written_whole_or_not_at_all(self, tmp_path):
        path = tmp_path / "plan.json"
        dump_plan(small(), path)
        assert path.read_bytes() == dumps_plan(small()).encode()
        broken = small(services=[Service("network", "1 week", "us \ud83d")], done=["Gamma"])
        with pytest.raises(InvalidPlanFileError, match="no lone surrogate"):
            dump_plan(broken, path)
        assert path.read_bytes() == dumps_plan(small()).encode()
        assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]

    def test_what_no_reader_accepts_is_not_written(self, tmp_path):
        path = tmp_path / "plan.json"
        dump_plan(small(), path)
        before = path.read_bytes()
        p = plan_for(attrs.evolve(small().request, remarks=("Booked.",) * 100_000))
        with pytest.raises(InvalidPlanFileError, match="at most 100,000 keys and values"):
            dump_plan(p, path)
        assert path.read_bytes() == before

    def test_only_a_plan_is_written_and_only_to_a_path(self, tmp_path):
        with pytest.raises(TypeError, match="expected a Plan, got"):
            dumps_plan(small().request)
        with pytest.raises(TypeError, match="expected the path of a file"):
            dump_plan(small(), io.StringIO())
        assert list(tmp_path.iterdir()) == []

    @given(specs(working=True))
    def test_every_plan_is_planned_again_as_it_was(self, spec):
        p = planned(spec)
        text = dumps_plan(p)
        again = loads_plan(text, catalogue=Catalogue(apis_of(spec)))
        assert (again.plan, dumps_plan(again.plan)) == (p, text)
        assert str(again).endswith("Nothing has changed since it was saved.")

    @given(specs())
    def test_what_is_written_is_valid(self, spec):
        assert VALIDATOR.is_valid(json.loads(dumps_plan(planned(spec))))


class TestReading:
    @pytest.mark.parametrize("kind", ["path", "text", "bytes"])
    def test_reads_whatever_holds_it(self, tmp_path, kind):
        path = tmp_path / "plan.json"
        dump_plan(small(), path)
        with path.open("rb") as data:
            sources = {"path": path, "text": io.StringIO(dumps_plan(small())), "bytes": data}
            assert load_plan(sources[kind], catalogue=RECORDS).plan == small()
        assert loads_plan(path.read_bytes(), catalogue=RECORDS).plan == small()

    def test_without_a_catalogue_the_bundled_one_is_planned(self):
        p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        assert loads_plan(dumps_plan(p)).plan == p

    def test_what_is_not_content_or_not_a_catalogue_is_a_type_error(self):
        for content in (None, 5, {}, Path("a.json")):
            with pytest.raises(TypeError, match="expected the text of a file"):
                loads_plan(content)
        with pytest.raises(TypeError, match="expected the path of a file"):
            load_plan(None)
        with pytest.raises(TypeError, match="expected a Catalogue"):
            loads_plan(dumps_plan(small()), catalogue=list(RECORDS))
        with pytest.raises(TypeError, match="max_bytes must be a whole number"):
            loads_plan("{}", max_bytes=None)

    def test_size_has_a_limit(self):
        with pytest.raises(InvalidPlanFileError, match="at most 10 bytes"):
            loads_plan(dumps_plan(small()), max_bytes=10)

    def test_there_is_no_such_plan_any_more(self):
        p = plan(
            catalogue.select("GP Connect Appointment Management"),
            start="2024-01-05",
        )
        document = json.loads(dumps_plan(p))
        document["request"]["start"] = "2026-01-05"
        with pytest.raises(UnavailableApiError):
            loads_plan(json.dumps(document))


class TestChanges:
    """What has changed since the day on which the plan was saved."""

    def test_other_values_of_a_record(self):
        other = RECORDS.replace("Alpha", technical="2-4 months", source="us")
        again = loads_plan(dumps_plan(small()), catalogue=other)
        assert again.changed_records == ("Alpha",)
        assert again.changed_statements == ()
        moved = small().compare(again.plan)
        assert again.comparison == moved
        assert again.comparison.go_live.latest > 0
        assert str(again).splitlines() == [
            f"Start 2026-01-05, go-live {again.plan.go_live}",
            "Since it was saved:",
            *str(moved).splitlines(),
            "other values: Alpha",
        ]

    def test_other_values_of_two_records(self):
        other = RECORDS.replace("Alpha", technical="2-4 months", source="us")
        other = other.replace("Beta", technical="2-4 months", source="us")
        again = loads_plan(dumps_plan(small()), catalogue=other)
        assert str(again).splitlines()[-1] == "other values: Alpha, Beta"

    def test_the_editions_that_the_records_came_from_are_named_once_each(self):
        text = dumps(catalogue.select("MESH")).replace("NHS API Guide 2025", "Our list")
        both = Catalogue([*catalogue.select("eRS"), *loads(text), *catalogue.select("ODS")])
        again = loads_plan(dumps_plan(plan(both, start="2026-01-05")), catalogue=both)
        guide = "NHS API Guide 2025 (6B, 2025-09-09)"
        assert again.edition == f"{guide} and Our list (6B, 2025-09-09)"

    def test_another_answer_for_the_same_request(self):
        p = small(start=None, deadline="2027-06-30")
        other = RECORDS.replace("Alpha", assurance="4 months", source="us")
        again = loads_plan(dumps_plan(p), catalogue=other)
        assert again.plan.start < p.start == again.start
        assert f"start: {p.start} -> {again.plan.start}" in str(again).splitlines()

    def test_other_official_statements(self):
        p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        text = dumps_plan(p)
        (overlay,) = catalogue.overlays
        mesh = overlay.about("mesh")
        again = loads_plan(text, catalogue=catalogue.with_overlay(mesh, replacing=True))
        assert (again.changed_records, again.changed_statements) == (
            (),
            ("e-Referral Service (eRS)",),
        )
        assert again.overlay_as_of == overlay.compiled
        assert "official sources now say something else: e-Referral Service (eRS)" in str(again)
        bare = loads_plan(text, catalogue=catalogue.with_overlay(None))
        assert bare.changed_statements == ("e-Referral Service (eRS)", "MESH")

    def test_a_later_day_of_gathering_the_same_is_no_change(self):
        p = plan(catalogue.select("MESH"), start="2026-01-05")
        (overlay,) = catalogue.overlays
        later = overlay.about("mesh") | type(overlay)(date(2030, 1, 1))
        assert later.compiled == date(2030, 1, 1)
        laid = catalogue.with_overlay(later, replacing=True)
        assert loads_plan(dumps_plan(p), catalogue=laid).changed_statements == ()

    def test_a_record_that_the_file_does_not_know_counts_as_changed(self):
        document = copy.deepcopy(SMALL)
        del document["basis"]["records"][0]
        again = read(document)
        assert again.changed_records == again.changed_statements == ("Alpha",)

    def test_what_drives_it_is_compared_where_it_can_be_told(self):
        document = changed(("answer", "drivers"), ["Beta"])
        assert read(document).comparison.drivers_gained == ("Alpha",)
        assert read(document).comparison.drivers_lost == ("Beta",)
        document["answer"]["drivers"] = None
        again = read(document)
        assert again.comparison.drivers_gained == again.comparison.drivers_lost == ()

    def test_a_plan_whose_drivers_cannot_be_told_is_saved_without(self):
        names = [f"N{i}" for i in range(1500)]
        records = Catalogue([_own(name) for name in names])
        links = [Link(after, before, before="build") for before, after in pairwise(names)]
        text = dumps_plan(plan(records, start="0001-02-01", links=links))
        assert json.loads(text)["answer"]["drivers"] is None

    def test_it_pickles_and_is_equal_to_its_copy(self):
        again = read(SMALL)
        assert pickle.loads(pickle.dumps(again)) == again == read(SMALL)
        assert len({again, read(SMALL)}) == 1
        assert again != again.plan
        assert again != read(changed((*REQUEST, "start"), "2026-02-05"))

    def test_what_is_said_since_then_does_not_hang_on_how_the_file_is_laid_out(self):
        small = loads_plan(json.dumps(SMALL, indent=3), catalogue=RECORDS)
        assert small == loads_plan(json.dumps(SMALL), catalogue=RECORDS)

    def test_its_repr_has_all_of_it(self):
        again = read(SMALL)
        shown = repr(again)
        assert shown.startswith(f"SavedPlan(plan={again.plan!r}, start=")
        assert f"comparison={again.comparison!r}, edition=" in shown
        assert shown.endswith("changed_statements=())")


def _own(name):
    days = DurationRange.parse("0-1 days")
    return Api(id=name.casefold(), name=name, technical=days, assurance=days)


class TestFaults:
    @pytest.mark.parametrize(
        ("path", "value", "expected", "nearest"),
        [
            ((*REQUEST, "apis", 0), "alpa", "the id of an API in the catalogue", "alpha"),
            ((*REQUEST, "apis"), [], "a list of at least 1", None),
            ((*REQUEST, "apis"), ["alpha", "alpha"], "each once", None),
            ((*REQUEST, "start"), "5 January", "a valid date, as YYYY-MM-DD", None),
            ((*REQUEST, "start"), 2026, "a valid date, as YYYY-MM-DD", None),
            ((*REQUEST, "starts"), [], "an object", None),
            ((*REQUEST, "starts"), {"alpa": "2026-02-01"}, "the id of an API in the plan", "alpha"),
            ((*REQUEST, "starts", "alpha"), "soon", "a valid date", None),
            ((*REQUEST, "done"), ["netwrk"], "the name of a service in it", "network"),
            ((*REQUEST, "links", 0, "needs"), "netwrk", "the name of a service in it", "network"),
            ((*REQUEST, "links", 0, "before"), "builds", "one of build, assurance", "build"),
            ((*REQUEST, "services", 0, "time"), "soon", "a range of durations or working", None),
            ((*REQUEST, "services", 0, "time"), 5, "a range of durations or working days", None),
            ((*REQUEST, "services", 0, "source"), " ", "text with a letter or a number", None),
            ((*REQUEST, "teams", 0), "alpha", "a list", None),
            ((*REQUEST, "overlap"), "ful", "one of none, full", "full"),
            ((*REQUEST, "allow_unavailable"), "no", "true or false", None),
            ((*REQUEST, "calendar", "beyond"), "weekends", "one of weekends_only", "weekends_only"),
            ((*REQUEST, "calendar", "known_until"), "2020-01-01", "", None),
            ((*REQUEST, "calendar", "holidays", 0, "last"), "2026-12-01", "", None),
            ((*REQUEST, "deadlin"), "2027-01-01", "only the keys apis", "deadline"),
            (("answer", "go_live"), "2027-03-05/2026-08-05", "two dates in order", None),
            (("answer", "items", 0, "name"), None, "text that is not blank", None),
            (("format",), "1", "1", None),
        ],
    )
    def test_are_shown_with_what_was_expected(self, path, value, expected, nearest):
        found = problems_of(json.dumps(changed(path, value)))
        matching = [problem for problem in found if expected in problem.expected]
        assert matching
        assert nearest in [problem.nearest for problem in matching]
        assert {problem.record for problem in found} == {"the file"}
        assert path[0] in {re.split(r"[.\[]", problem.path)[0] for problem in found}

    @pytest.mark.parametrize(
        "path",
        [
            ("request",),
            (*REQUEST, "apis"),
            ("basis", "records", 0, "official"),
            ("answer", "drivers"),
            (*REQUEST, "services", 0, "source"),
        ],
    )
    def test_a_missing_key_is_named(self, path):
        expected = {problem.expected for problem in problems_of(json.dumps(without(path)))}
        assert f"the key {path[-1]!r} as well" in expected

    def test_come_all_at_once(self):
        document = changed((*REQUEST, "overlap"), "ful")
        document["request"]["services"][0]["time"] = "soon"
        document["request"]["links"][0]["api"] = "delta"
        document["answer"]["start"] = "yesterday"
        document["extra"] = 1
        assert [problem.path for problem in problems_of(json.dumps(document))] == [
            "request.links[0].api",
            "request.services[0].time",
            "request.overlap",
            "answer.start",
            "",
        ]

    @pytest.mark.parametrize(
        ("path", "value", "words"),
        [
            ((*REQUEST, "deadline"), "2027-01-01", "either a start or a deadline, and not both"),
            ((*REQUEST, "start"), None, "either a start or a deadline, and not both"),
            ((*REQUEST, "done"), ["alpha", "gamma", "mailbox"], "it cannot have a date"),
            ((*REQUEST, "teams"), [["beta"]], "no team implements 'Alpha'"),
        ],
    )
    def test_a_request_that_cannot_be_planned_is_told_in_the_words_of_plan(
        self, tmp_path, path, value, words
    ):
        document, file = changed(path, value), tmp_path / "plan.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(InvalidPlanFileError) as caught:
            load_plan(file, catalogue=RECORDS)
        (problem,) = caught.value.problems
        place = (problem.file, problem.record, problem.path, problem.value)
        assert place == (str(file), "the file", "request", document["request"])
        assert problem.expected.startswith("a plan that can be made: ")
        assert words in problem.expected

    def test_a_newer_format_is_the_one_thing_said(self):
        (problem,) = problems_of('{"format": 2, "answers": []}')
        assert "a newer release of this library wrote the file" in problem.expected

    def test_faults_have_the_name_of_the_file(self, tmp_path):
        path = tmp_path / "plan.json"
        path.write_text("{}", encoding="utf-8")
        with pytest.raises(InvalidPlanFileError) as caught:
            load_plan(path)
        assert {problem.file for problem in caught.value.problems} == {str(path)}
        assert str(caught.value).startswith(f"4 faults in a plan file:\n- {path}: the file is {{}}")

    @pytest.mark.parametrize("content", ["", "[]", "{", b"\xff\xfe", "[" * 100_000, "null"])
    def test_what_is_not_a_document_is_refused(self, content):
        (problem,) = problems_of(content)
        assert problem.record == "the file"

    def test_a_key_that_comes_twice_is_named(self):
        text = json.dumps(SMALL).replace('"overlap"', '"teams": null, "overlap"')
        (problem,) = problems_of(text)
        assert (problem.path, problem.value) == ("request", "teams")


# -- the schema --

ANYTHING = st.sampled_from([None, True, 5, 5.9, [], {}, [None], [[]], {"a": 1}, "", " ", "x"])
FITTING = st.sampled_from(sorted(texts(SMALL)))
MISSING = object()


@st.composite
def documents(draw) -> dict:
    """The small document with other values, fewer or more keys in a few places."""
    document = copy.deepcopy(SMALL)
    for path in draw(st.lists(st.sampled_from(places(SMALL)), min_size=1, max_size=3)):
        value = draw(st.just(MISSING) | FITTING | ANYTHING | st.lists(FITTING, max_size=2))
        box = document
        with suppress(LookupError, TypeError):
            for step in path[:-1]:
                box = box[step]
            if value is MISSING:
                del box[path[-1]]
            else:
                box[path[-1]] = value
    return document


# What the schema leaves to `load_plan`, as docs/make_plan_format.py lists it.
BEYOND = (
    "a valid date",
    "two dates in order",
    "a range of durations",
    "text with a letter or a number",
    "the id of an API",
    "a plan that can be made",
    "or a later day",
    "no earlier",
)


def agrees(document: dict) -> bool:
    """Good for both, bad for both, or bad for a rule that the schema leaves to `load_plan`."""
    try:
        read(document)
    except InvalidPlanFileError as error:
        rules = [any(rule in one.expected for rule in BEYOND) for one in error.problems]
        return all(rules) or not VALIDATOR.is_valid(document)
    return VALIDATOR.is_valid(document)


class TestTheSchema:
    def test_it_is_one(self):
        Draft202012Validator.check_schema(SCHEMA)
        assert VALIDATOR.is_valid(SMALL)

    @settings(max_examples=200)
    @given(documents())
    def test_it_agrees_on_changed_documents(self, document):
        assert agrees(document)

    @pytest.mark.parametrize("path", places(SMALL), ids=lambda path: "-".join(map(str, path)))
    def test_it_agrees_on_every_wrong_value_in_every_place(self, path):
        for value in (None, True, 5, 5.9, [], {}, [None], [[]], {"a": 1}, "", " "):
            assert agrees(changed(path, value)), value
        if isinstance(path[-1], str):
            assert agrees(without(path))
            assert agrees(changed((*path[:-1], "colour"), None))


def test_a_window_reads_as_it_is_written():
    document = json.loads(dumps_plan(small()))
    assert Window.parse(document["answer"]["go_live"]) == small().go_live
