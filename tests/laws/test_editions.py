"""Laws of files of records: nothing is lost, nothing else is raised, and the schema agrees."""

import copy
import io
import json
import re
from contextlib import suppress
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from edition_documents import SMALL, changed, faults, without
from json_documents import Path, places, texts
from nhs_api_catalogue._packaged import packaged
from nhs_api_catalogue.bundled import bundled
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.diffs import diff
from nhs_api_catalogue.editions.formats import read_age, write_age
from nhs_api_catalogue.editions.reading import load, loads
from nhs_api_catalogue.editions.writing import dumps
from nhs_api_catalogue.errors import InvalidCatalogueError
from nhs_api_catalogue.records import Edition, Printed
from nhs_api_catalogue.records.own_values import OwnValue
from record_strategies import apis

SCHEMA = json.loads(packaged("edition.schema.json"))
GUIDE = json.loads(packaged("guide-2025.json"))


def _pattern(_validator, pattern, value, _schema):
    """As ECMAScript means it: there "$" is the end, in Python also before a last newline."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


VALIDATOR = extend(Draft202012Validator, {"pattern": _pattern})(SCHEMA)


def is_read(document: object) -> bool:
    try:
        loads(json.dumps(document))
    except InvalidCatalogueError:
        return False
    return True


def read_or_faults(read, content) -> bool:
    """Whether a catalogue comes out, or an error with faults; any other error goes through."""
    try:
        return isinstance(read(content), Catalogue)
    except InvalidCatalogueError as error:
        return bool(error.problems)


# -- documents, good and bad --

LINES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
DATES = st.dates(date(1, 1, 1), date(9999, 12, 31))
EDITIONS = st.builds(
    Edition,
    title=LINES,
    publisher=LINES,
    as_of=st.none() | DATES,
    source=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    based_on=st.none() | LINES,
)
PRINTED = st.builds(Printed, *[LINES] * 5, st.none() | LINES)
AGES = st.timedeltas(timedelta(0), timedelta.max)
OWN = st.lists(
    st.builds(OwnValue, st.sampled_from(["name", "technical", "users"]), LINES, st.none() | DATES),
    unique_by=lambda own: own.field,
    max_size=2,
)


@st.composite
def catalogues(draw) -> Catalogue:
    """Records of several editions, or of none, with every field drawn."""
    editions = st.none() | st.sampled_from(draw(st.lists(EDITIONS, min_size=1, max_size=3)))
    drawn = draw(st.lists(apis, max_size=4, unique_by=lambda api: api.id))
    records = [
        attrs.evolve(
            api,
            name=draw(LINES),
            summary=draw(LINES),
            printed=draw(st.none() | PRINTED),
            max_data_age=draw(st.none() | AGES),
            own=draw(OWN),
            edition=draw(editions),
        )
        for api in drawn
    ]
    edition = draw(EDITIONS)
    parts = draw(st.lists(EDITIONS, max_size=2))
    return Catalogue(records, attrs.evolve(edition, parts=tuple(parts)))


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
SPELLINGS = (
    "4-6 weeks",
    "1 month",
    "1 day 2 months",
    "P4W",
    "P1M2D/P2M",
    "P1Y2W",
    "4 – 6 weeks",
    "4-6 Weeks",
    "4 weeks\n",
    "6 weeks to",
    "2026-05-01",
    "2026-05-01\n",
    "26-05-01",
    "10 working days",
    "5-10 working days",
    "10-5 working days",
    "5-10 Working days",
    "PT24H",
    "PT1H0.5S",
    "PT",
    "P1D",
    "a-b",
    "a--b",
    "a\n",
    "A",
    " ",
    "\x1f",
    "OAuth 2.0",
    "GP practice",
)
KEYS = ("parts", "edition", "own", "auth", "routes", "overlay", "total", "standards", "colour")
FITTING = st.sampled_from(sorted(texts(SMALL) | set(SPELLINGS)))
PLACES = places(SMALL)
MISSING = object()


def put(document: dict, path: Path, value: object) -> None:
    """Another value in a place, if it is still there."""
    box = document
    with suppress(LookupError, TypeError):
        for step in path[:-1]:
            box = box[step]
        if value is MISSING:
            del box[path[-1]]
        else:
            box[path[-1]] = value


@st.composite
def documents(draw, whole=SMALL) -> dict:
    """The document with other values, fewer or more keys in one place or in a few."""
    document = copy.deepcopy(whole)
    for path in draw(st.lists(st.sampled_from(places(whole)), min_size=1, max_size=3)):
        value = draw(st.just(MISSING) | FITTING | ANYTHING | st.lists(FITTING, max_size=2))
        extended = draw(st.booleans()) and isinstance(path[-1], str)
        put(document, (*path[:-1], draw(st.sampled_from(KEYS))) if extended else path, value)
    return document


# -- what the schema leaves to `load`, as docs/make_file_format.py lists it --


def _is_rule(expected: str) -> bool:
    """Whether a fault is one that the schema cannot express, by what was expected."""
    return any(
        words in expected
        for words in (
            "a valid date",
            "a range of durations",
            "or working days",
            "a time in hours",
            "the first of the month",
            "or a later day",
            "nothing that is",
            "at most one rule per supplier",
            "at most one source per field",
            "the name of an edition",
            "an id that no other has",
        )
    )


def schema_agrees(document: dict) -> bool:
    """Good for both, bad for both, or bad for a rule that the schema leaves to `load`."""
    is_valid = VALIDATOR.is_valid(document)
    if is_read(document):
        return is_valid
    if type(document.get("format")) is float:
        return True
    return not is_valid or all(_is_rule(problem.expected) for problem in faults(document))


class TestTheSchema:
    def test_it_is_one(self):
        Draft202012Validator.check_schema(SCHEMA)

    def test_the_bundled_edition_is_valid(self):
        assert VALIDATOR.is_valid(GUIDE)
        assert VALIDATOR.is_valid(SMALL)

    @pytest.mark.parametrize("path", PLACES, ids=lambda path: "-".join(map(str, path)))
    def test_it_agrees_on_every_wrong_value_in_every_place(self, path):
        """Exhaustive: no value is taken for another type, in any place."""
        for value in (None, True, 5, 5.9, [], {}, [None], [[]], {"a": 1}, *SPELLINGS):
            assert schema_agrees(changed(path, value)), value
        if isinstance(path[-1], str):
            assert schema_agrees(without(path))
            for key in KEYS:
                assert schema_agrees(changed((*path[:-1], key), None)), key
                assert schema_agrees(changed((*path[:-1], key), [])), key

    @settings(max_examples=200)
    @given(documents())
    def test_it_agrees_on_changed_documents(self, document):
        assert schema_agrees(document)

    @given(catalogues())
    def test_what_is_written_is_valid(self, records):
        assert VALIDATOR.is_valid(json.loads(dumps(records)))

    @pytest.mark.parametrize(
        "document",
        [
            changed(("edition", "as_of"), "2026-02-30"),
            changed(("apis", 0, "technical"), "30 days to 1 month"),
            changed(("apis", 0, "technical"), "1 week 1 week"),
            changed(("apis", 0, "technical"), "P1W1M"),
            changed(("apis", 0, "technical"), "4800 months"),
            changed(("apis", 0, "technical"), "10 working days"),
            {**changed(("apis", 0, "technical"), "10-5 working days"), "format": 2},
            changed(("apis", 0, "max_data_age"), "PT99999999999H"),
            changed(("apis", 0, "notices", 0, "since"), "2025-06-02"),
            changed(("apis", 0, "notices", 0, "until"), "2025-05-31"),
            changed(("apis", 0, "suitability", "only"), ["reporting"]),
            changed(("apis", 0, "access", 1, "supplier"), None),
            changed(("apis", 0, "own"), [{"field": "name", "source": x} for x in "ab"]),
            changed(("apis", 0, "edition"), "ours"),
            changed(("apis", 1, "id"), "alpha"),
            changed(("format",), 1.0),
        ],
    )
    def test_some_rules_it_leaves_to_load(self, document):
        """The page lists each of them; a rule that the schema says would not belong there."""
        assert VALIDATOR.is_valid(document)
        assert not is_read(document)


class TestRoundTrips:
    @given(catalogues())
    def test_what_is_written_is_read_without_loss(self, records):
        again = loads(dumps(records), overlay=None)
        assert again == records
        assert again.edition == records.edition
        assert [api.edition for api in again] == [api.edition for api in records]

    @given(catalogues())
    def test_what_is_read_is_written_as_it_was(self, records):
        text = dumps(records)
        assert dumps(loads(text, overlay=None)) == text

    @given(catalogues())
    def test_the_text_is_what_json_writes(self, records):
        """An oracle that shares no code with the writer."""
        text = dumps(records)
        assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text

    @given(AGES)
    def test_reading_a_time_inverts_writing_it(self, age):
        assert read_age(write_age(age)) == age

    @given(documents())
    def test_a_document_that_is_read_is_read_again_alike(self, document):
        try:
            records = loads(json.dumps(document))
        except InvalidCatalogueError:
            return
        assert loads(dumps(records)) == records


class TestNothingElseIsRaised:
    @settings(max_examples=150)
    @given(
        st.text(max_size=50)
        | st.binary(max_size=50)
        | ANYTHING.map(json.dumps)
        | documents().map(json.dumps)
    )
    def test_a_content_is_read_or_refused_with_faults(self, content):
        assert read_or_faults(loads, content)

    @given(st.data())
    def test_the_bundled_file_with_other_bytes(self, data):
        """Cut, doubled or changed in some places."""
        content = bytearray(packaged("guide-2025.json"))
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
            content[place : place + data.draw(st.integers(0, 3))] = data.draw(
                st.binary(max_size=3)
                | st.sampled_from([b'"', b"{", b"]", b"null", b",", b"\\ud800"])
            )
        assert read_or_faults(load, io.BytesIO(content))

    @settings(max_examples=30)
    @given(documents(GUIDE))
    def test_the_bundled_document_with_other_values(self, document):
        assert read_or_faults(loads, json.dumps(document))

    @settings(max_examples=150)
    @given(documents())
    def test_the_converter_and_the_checks_refuse_the_same(self, document):
        """A refused file has faults, and a file without faults is read."""
        assert is_read(document) == (not faults(document))


class TestDiffs:
    @given(catalogues(), catalogues())
    def test_there_is_a_difference_iff_the_catalogues_differ(self, old, new):
        assert bool(diff(old, new)) == (old != new)

    @given(catalogues(), catalogues())
    def test_the_other_way_round_what_is_added_is_removed(self, old, new):
        there, back = diff(old, new), diff(new, old)
        assert (there.added, there.removed) == (back.removed, back.added)
        assert {change.new.id for change in there.changed} == {
            change.new.id for change in back.changed
        }

    @given(catalogues(), catalogues())
    def test_every_record_of_the_new_one_is_kept_changed_or_added(self, old, new):
        found = diff(old, new)
        changed_ones = {change.new.id: change for change in found.changed}
        for api in new:
            assert (api in found.added) + (api.id in changed_ones) + (api in old.apis) == 1

    @given(catalogues())
    def test_nothing_differs_from_what_was_written(self, records):
        assert not diff(records, loads(dumps(records)))


def test_the_bundled_records_survive_every_way():
    assert loads(dumps(bundled())) == bundled()
