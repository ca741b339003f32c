"""Laws of overlay files: whatever is in one, it is read whole or refused with our own error."""

import copy
import io
import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from json_documents import places, texts
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import InvalidOverlayError
from nhs_api_catalogue.overlays import load_overlay, read_overlay
from nhs_api_catalogue.overlays.faults import faults
from nhs_api_catalogue.overlays.writing import document_of
from nhs_api_catalogue.records import Api
from overlay_documents import APIS, SMALL

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


@given(documents())
def test_a_document_without_faults_can_be_read(document):
    """What the checks let pass, the trusting reader takes: they hold the same rules."""
    if not faults(document, APIS):
        overlay = read_overlay(document)
        assert [overlay.about(api) for api in APIS]


@given(documents())
def test_what_is_read_is_written_and_read_again_without_loss(document):
    if not faults(document, APIS):
        overlay = read_overlay(document)
        written = document_of(overlay)
        assert not faults(written, APIS)
        assert read_overlay(written) == overlay
        for about in map(overlay.about, APIS):
            assert not faults(document_of(about), APIS)
            assert read_overlay(document_of(about)) == about


@given(st.text(max_size=50) | ANYTHING.map(json.dumps) | documents().map(json.dumps))
def test_a_file_is_read_or_refused_with_our_own_error(text):
    with suppress(InvalidOverlayError):
        load_overlay(io.StringIO(text), RECORDS)
