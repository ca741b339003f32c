"""Laws of overlay files: whatever is in one, it is read whole or refused with our own error."""

import copy
import io
import json

import attrs
from hypothesis import given
from hypothesis import strategies as st

from json_documents import places, texts
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import InvalidOverlayError
from nhs_api_catalogue.official.bundled import read_overlay
from nhs_api_catalogue.official.differences import DifferenceKind, Severity
from nhs_api_catalogue.official.sources import Confidence, SeenAs
from nhs_api_catalogue.overlays.reading import load_overlay
from nhs_api_catalogue.overlays.writing import document_of, dumps_overlay
from nhs_api_catalogue.records import Api
from overlay_documents import APIS, SMALL, fact, faults

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
FITTING = st.sampled_from(sorted(texts(SMALL)))
PLACES = st.sampled_from(places(SMALL))
MISSING = object()
WEEKS = DurationRange.parse("4-6 weeks")
RECORDS = [Api(id=id_, name=id_, technical=WEEKS, assurance=WEEKS) for id_ in APIS]


@st.composite
def documents(draw) -> dict:
    """The small document, changed in one place or in a few."""
    document = copy.deepcopy(SMALL)
    for path in draw(st.lists(PLACES, min_size=1, max_size=3)):
        value = draw(st.just(MISSING) | FITTING | ANYTHING)
        try:
            box = document
            for step in path[:-1]:
                box = box[step]
            if value is MISSING:
                del box[path[-1]]
            else:
                box[path[-1]] = value
        except (LookupError, TypeError):
            continue
    return document


def words(kind) -> st.SearchStrategy[str]:
    return st.sampled_from([word.value for word in kind])


@st.composite
def good_documents(draw) -> dict:
    """The small document with other statements, none of which is a fault."""
    document = copy.deepcopy(SMALL)
    entries = document["entries"]
    for entry in entries:
        for field in sorted(entry.keys() - {"id", "apis", "name"}):
            if draw(st.booleans()):
                del entry[field]
        entry["apis"] = draw(st.lists(st.sampled_from(APIS), unique=True))
        others = [one["id"] for one in entries if one is not entry]
        successors = draw(st.lists(st.sampled_from(others), unique=True))
        entry.pop("replaced_by", None)
        if successors:
            entry["replaced_by"] = fact(successors, source=draw(st.sampled_from(SOURCES)))
    for section in ("differences", "prerequisites", "timescales"):
        rows = document[section]
        document[section] = [row for row in rows if draw(st.booleans())]
        for row in document[section]:
            row["source"] = draw(st.sampled_from(SOURCES))
            row["confidence"] = draw(words(Confidence))
    for row in document["differences"]:
        row["severity"], row["kind"] = draw(words(Severity)), draw(words(DifferenceKind))
    for row in document["timescales"]:
        row["shortest"], row["longest"] = draw(st.sampled_from(TIMES))
    for source in document["sources"]:
        source["as_of"] = draw(st.sampled_from([None, "2025-06", "2026-02-24"]))
        source["seen_as"] = draw(words(SeenAs))
    return document


SOURCES = [source["id"] for source in SMALL["sources"]]
TIMES = [(None, None), ("P2W", None), (None, "P1M"), ("P4W", "P1M3D"), ("PT2H", "PT30H")]


@given(good_documents())
def test_a_good_document_has_no_fault(document):
    assert faults(document, APIS) == ()


@given(documents() | good_documents())
def test_a_document_without_faults_can_be_read(document):
    """The trusting reader accepts what the checks accept: they have the same rules."""
    if not faults(document, APIS):
        assert read_overlay(document).compiled


@given(good_documents())
def test_what_is_written_is_read_without_loss(document):
    overlay = read_overlay(document)
    assert read_overlay(document_of(overlay)) == overlay


@given(good_documents(), st.sampled_from(APIS))
def test_what_is_about_an_api_is_a_document_of_its_own(document, api):
    assert faults(document_of(read_overlay(document).about(api)), APIS) == ()


@given(good_documents(), st.sampled_from(APIS))
def test_to_read_of_one_api_is_to_read_all_and_keep_what_is_about_it(document, api):
    assert read_overlay(document, api).about(api) == read_overlay(document).about(api)


@given(st.text(max_size=50) | ANYTHING.map(json.dumps) | documents().map(json.dumps))
def test_a_file_is_read_or_refused_with_our_own_error(text):
    try:
        answer = load_overlay(io.StringIO(text), RECORDS).compiled
    except InvalidOverlayError as error:
        answer = error.problems
    assert answer


# -- overlays side by side --

OVERLAYS = good_documents().map(read_overlay)


def without_id(source) -> str:
    return repr({**attrs.asdict(source), "id": None})


def said(overlay) -> set[str]:
    """Everything that it says, each statement with its document, whatever ids these have."""
    found = set()
    for entry in overlay.entries:
        for field, one in entry.facts():
            value = len(one.value) if field == "replaced_by" else one.value
            told = (entry.apis, field, value, one.confidence, one.note, without_id(one.source))
            found.add(repr(told))
    for kind in ("differences", "prerequisites", "services", "timescales"):
        for one in getattr(overlay, kind):
            values = attrs.asdict(one, recurse=False)
            # Kept beside the statement, and also statements themselves.
            values |= {"source": without_id(one.source), "service": None, "timescales": None}
            found.add(f"{kind} {values}")
    return found


@given(OVERLAYS, OVERLAYS)
def test_nothing_that_either_says_is_lost_and_nothing_is_added(one, other):
    assert said(one | other) == said(one) | said(other)


@given(OVERLAYS, OVERLAYS)
def test_both_say_of_each_api_what_each_says_of_it(one, other):
    both = one | other
    assert all(
        said(both.about(api)) >= said(one.about(api)) | said(other.about(api)) for api in APIS
    )


@given(OVERLAYS, OVERLAYS)
def test_no_two_documents_have_one_id(one, other):
    both = one | other
    ids = [source.id for source in both.sources]
    stated = [fact for entry in both.entries for _, fact in entry.facts()]
    stated += [*both.differences, *both.prerequisites, *both.services, *both.timescales]
    assert len(set(ids)) == len(ids)
    assert {statement.source for statement in stated} <= set(both.sources)


@given(OVERLAYS, OVERLAYS)
def test_the_other_once_more_says_nothing_new(one, other):
    both = one | other
    again = both | other
    assert (said(again), len(again.sources)) == (said(both), len(both.sources))
    assert [len(getattr(again, kind)) for kind in KINDS] == [
        len(getattr(both, kind)) for kind in KINDS
    ]


@given(OVERLAYS, OVERLAYS)
def test_of_each_thing_the_newest_source_comes_first(one, other):
    both = one | other
    for kind, subject in KINDS.items():
        groups: dict = {}
        for statement in getattr(both, kind):
            groups.setdefault(subject(statement), []).append(statement.source.as_of)
        for days in groups.values():
            known = [str(day) for day in days if day is not None]
            assert known == sorted(known, reverse=True)
            assert days[: len(known)] == [day for day in days if day is not None]


@given(OVERLAYS, OVERLAYS)
def test_each_service_holds_the_times_of_its_id(one, other):
    both = one | other
    again = load_overlay(io.StringIO(dumps_overlay(both)), RECORDS)
    for overlay in (both, again):
        held = [need.service for need in overlay.prerequisites if need.service is not None]
        for service in (*overlay.services, *held):
            assert service.timescales == overlay.timescales_of(service.id)


KINDS = {
    "differences": lambda one: (one.api, one.field),
    "prerequisites": lambda need: (need.api, need.needs),
    "services": lambda service: service.id,
    "timescales": lambda one: (one.applies_to, one.what),
}


@given(OVERLAYS, OVERLAYS)
def test_what_lies_side_by_side_is_written_and_read_without_loss(one, other):
    both = one | other
    assert load_overlay(io.StringIO(dumps_overlay(both)), RECORDS) == both
