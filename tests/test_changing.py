"""Catalogues with a user's own records and values, and where these are shown."""

import copy
import pickle
import sys
from datetime import date, datetime, timedelta

import attrs
import pytest

from nhs_api_catalogue import catalogue
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.editions.reading import loads
from nhs_api_catalogue.editions.writing import dumps
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    DuplicateApiError,
    DurationSyntaxError,
    InvalidDateError,
    InvalidRecordError,
    UnknownApiError,
    UnknownValueError,
)
from nhs_api_catalogue.planning import plan
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Api,
    Capability,
    Edition,
    Implementation,
    Notice,
    NoticeKind,
    Precision,
    Standard,
    Suitability,
    Topic,
    UseContext,
    User,
)
from nhs_api_catalogue.records.own_values import OwnValue
from nhs_api_catalogue.records.parts import REPLACEABLE

WEEKS = DurationRange.parse("4-6 weeks")
GUIDE = "NHS API Guide 2025 (6B, 2025-09-09)"
SOURCE = "our 2026 project"
SHOWN = "our 2026 project (2026-05-01)"
OURS = catalogue.replace("eRS", technical="2-4 months", source=SOURCE, as_of="2026-05-01")


def own_api(**changes) -> Api:
    values = {"id": "ward-board", "name": "Ward board", "technical": WEEKS, "assurance": WEEKS}
    return Api(**{**values, **changes})


class TestWithApis:
    def test_adds_records_behind_the_others(self):
        ours = catalogue.with_apis(own_api(), own_api(id="x", name="X"))
        assert ours[:23] == catalogue
        assert [api.id for api in ours[23:]] == ["ward-board", "x"]
        assert ours["Ward board"].source_of("technical") == "source not stated"

    def test_the_edition_says_what_it_is_based_on(self):
        """The first one, however many changes there are."""
        ours = catalogue.with_apis(own_api()).without("MESH")
        assert ours.edition == attrs.evolve(catalogue.edition, based_on=GUIDE)
        assert catalogue.edition.based_on is None

    def test_no_record_changes_nothing(self):
        assert catalogue.with_apis() is catalogue

    def test_an_id_that_is_there_already_is_refused(self):
        with pytest.raises(DuplicateApiError):
            catalogue.with_apis(catalogue["MESH"])
        with pytest.raises(TypeError, match="expected records"):
            catalogue.with_apis("MESH")

    def test_a_record_keeps_its_own_edition(self):
        theirs = Edition("Theirs", "They")
        ours = catalogue.with_apis(own_api(edition=theirs))
        assert ours[-1].edition is theirs


class TestWithout:
    def test_leaves_records_out_by_any_of_their_names(self):
        ours = catalogue.without("eRS", "mesh", "e-Referral Service")
        assert [api for api in catalogue if api not in ours] == list(
            catalogue.select("eRS", "MESH")
        )
        assert ours.edition.based_on == GUIDE

    def test_no_name_changes_nothing(self):
        assert catalogue.without() is catalogue

    def test_a_name_must_mean_one_record(self):
        with pytest.raises(UnknownApiError, match="did you mean"):
            catalogue.without("eRSS")
        with pytest.raises(AmbiguousApiError):
            catalogue.without("PDS")


NEW_VALUES = {
    "name": ("Referrals", "Referrals"),
    "summary": ("", ""),
    "technical": ("2-4 months", DurationRange.parse("2-4 months")),
    "assurance": (WEEKS, WEEKS),
    "implementations": ([Implementation(Standard.LDAP)], (Implementation(Standard.LDAP),)),
    "access": (
        (AccessRule({AccessRoute.HSCN}),),
        (AccessRule({AccessRoute.HSCN}),),
    ),
    "notices": (
        [Notice(NoticeKind.UNAVAILABLE, date(2026, 1, 1), Precision.DAY, None, "closed")],
        (Notice(NoticeKind.UNAVAILABLE, date(2026, 1, 1), Precision.DAY, None, "closed"),),
    ),
    "suitability": (
        Suitability(only={UseContext.DIRECT_CARE}),
        Suitability(only={UseContext.DIRECT_CARE}),
    ),
    "max_data_age": (timedelta(hours=1), timedelta(hours=1)),
    "capabilities": (["read", Capability.SEND], frozenset({Capability.READ, Capability.SEND})),
    "topics": ("referrals", frozenset({Topic.REFERRALS})),
    "users": (User.STAFF, frozenset({User.STAFF})),
    "aliases": (["eRS", "refer"], ("eRS", "refer")),
}


class TestReplace:
    """Another value in one record, with its source."""

    @pytest.mark.parametrize("field", NEW_VALUES)
    def test_every_field_can_be_replaced(self, field):
        given, value = NEW_VALUES[field]
        ours = catalogue.replace("e-rs", source=SOURCE, as_of=date(2026, 5, 1), **{field: given})
        api = ours["e-rs"]
        assert getattr(api, field) == value
        assert api.own == (OwnValue(field, SOURCE, date(2026, 5, 1)),)
        assert api.source_of(field) == SHOWN
        assert api.printed == catalogue["eRS"].printed
        assert api.official == catalogue["eRS"].official
        assert ours.without("e-rs") == catalogue.without("eRS")
        before = {field: getattr(catalogue["eRS"], field), "own": ()}
        assert attrs.evolve(api, edition=None, **before) == catalogue["eRS"]

    def test_these_are_all_fields(self):
        assert set(NEW_VALUES) == set(REPLACEABLE)

    def test_the_order_of_the_records_stays(self):
        assert [api.id for api in OURS] == [api.id for api in catalogue]
        assert catalogue != OURS
        assert catalogue["eRS"].own == ()

    def test_the_latest_word_on_a_field_counts(self):
        again = OURS.replace("eRS", assurance="1-2 months", source="ops").replace(
            "eRS", technical="3 months", source="later"
        )
        assert again["eRS"].own == (OwnValue("technical", "later"), OwnValue("assurance", "ops"))
        assert again.edition.based_on == GUIDE

    def test_the_order_of_replacing_does_not_matter(self):
        one = catalogue.replace("eRS", users="staff", source="a").replace(
            "eRS", name="R", source="b"
        )
        other = catalogue.replace("eRS", name="R", source="b").replace(
            "R", users="staff", source="a"
        )
        assert one == other

    def test_the_source_is_required(self):
        with pytest.raises(TypeError, match="source"):
            catalogue.replace("eRS", technical="2-4 months")
        for blank in ("", " ", None):
            with pytest.raises(InvalidRecordError, match="OwnValue: source"):
                catalogue.replace("eRS", technical="2-4 months", source=blank)

    def test_a_field_must_be_one(self):
        with pytest.raises(TypeError, match="'tecnical': did you mean 'technical'"):
            catalogue.replace("eRS", tecnical="2-4 months", source=SOURCE)
        for field in ("id", "printed", "own", "edition", "total", "overlay"):
            with pytest.raises(
                TypeError, match=f"cannot replace {field!r}.* it takes name, summary"
            ):
                catalogue.replace("eRS", source=SOURCE, **{field: None})
        with pytest.raises(TypeError, match="needs a new value"):
            catalogue.replace("eRS", source=SOURCE)

    @pytest.mark.parametrize(
        ("values", "error"),
        [
            ({"technical": "soon"}, DurationSyntaxError),
            ({"technical": None}, InvalidRecordError),
            ({"technical": 5}, InvalidRecordError),
            ({"topics": "referral"}, UnknownValueError),
            ({"topics": 5}, TypeError),
            ({"name": " "}, InvalidRecordError),
            ({"aliases": "eRS"}, InvalidRecordError),
            ({"name": "x", "as_of": "1.5.2026"}, InvalidDateError),
            ({"name": "x", "as_of": datetime(2026, 5, 1)}, TypeError),  # noqa: DTZ001  refused
        ],
    )
    def test_a_bad_value_is_refused(self, values, error):
        with pytest.raises(error):
            catalogue.replace("eRS", source=SOURCE, **values)

    def test_a_name_must_mean_one_record(self):
        with pytest.raises(UnknownApiError):
            catalogue.replace("eRSS", name="x", source=SOURCE)
        with pytest.raises(AmbiguousApiError):
            catalogue.replace("PDS", name="x", source=SOURCE)

    def test_pickles_and_copies(self):
        assert pickle.loads(pickle.dumps(OURS)) == OURS == copy.deepcopy(OURS)
        assert hash(OURS) != hash(catalogue)

    def test_a_file_keeps_it(self):
        again = loads(dumps(OURS))
        assert again == OURS
        assert again["eRS"].source_of("technical") == SHOWN
        assert again.edition == OURS.edition


class TestWhereTheSourceIsShown:
    """Nobody sees a replaced value without its source."""

    P = plan(OURS.select("eRS", "MESH"), start="2026-01-05")

    @pytest.mark.parametrize(
        "shown",
        [
            str(OURS),
            OURS._repr_html_(),
            OURS.to_csv(),
            OURS.to_markdown(),
            str(OURS["eRS"]),
            OURS["eRS"]._repr_html_(),
            OURS["eRS"].describe(),
            str(dict(OURS["eRS"].details())),
            str(OURS.side_by_side("eRS", "MESH")),
            str(P),
            P._repr_html_(),
            str(P.rows()),
            P.to_csv(),
            str(P["eRS"].stages[0].source),
            dumps(OURS),
        ],
        ids=[
            "catalogue",
            "catalogue in a notebook",
            "CSV",
            "Markdown",
            "record",
            "record in a notebook",
            "description",
            "details",
            "side by side",
            "plan",
            "plan in a notebook",
            "rows of a plan",
            "CSV of a plan",
            "stage",
            "file",
        ],
    )
    def test_every_display_and_plan(self, shown):
        assert "our 2026" in " ".join(shown.split())
        assert "2026-05-01" in shown

    def test_other_values_keep_their_source(self):
        assert self.P["eRS"].stages[1].source == f"third-party estimate of the {GUIDE}"
        assert self.P["MESH"].stages[0].source == f"third-party estimate of the {GUIDE}"

    def test_a_catalogue_without_own_values_shows_none(self):
        assert "our 2026" not in str(catalogue)
        assert "sources" not in catalogue.to_markdown().splitlines()[0]

    def test_two_editions_give_two_plans_to_compare(self):
        old = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        found = old.compare(self.P)
        assert (found.go_live.earliest, found.go_live.latest) == (-31, -59)
        assert str(found).splitlines()[0] == "go-live: earliest -31 days, latest -59 days"


def test_only_records_have_a_place_in_a_catalogue():
    with pytest.raises(TypeError) as caught:
        Catalogue([OURS])
    told = f"expected records (Api), got {OURS!r}: unpack several with *"
    assert str(caught.value) == told


FROM_THE_GUIDE = catalogue["eRS"]
REPLACED = catalogue.replace("eRS", summary="Ours.", source=SOURCE)["eRS"]
OWN = attrs.evolve(REPLACED, edition=None)
WAYS = [attrs.evolve, *([copy.replace] if sys.version_info >= (3, 13) else [])]


@pytest.mark.parametrize("change", WAYS, ids=lambda way: way.__name__)
class TestEvolve:
    """No source is cited for a value that it did not give."""

    @pytest.mark.parametrize("field", NEW_VALUES)
    def test_a_value_of_an_edition_is_not_changed(self, change, field):
        value = NEW_VALUES[field][1]
        way_out = rf"catalogue\.replace\('e-rs', {field}=\.\.\., source=\.\.\.\)"
        with pytest.raises(InvalidRecordError, match=way_out) as caught:
            change(FROM_THE_GUIDE, **{field: value})
        assert (caught.value.record, caught.value.field) == ("e-rs", field)

    @pytest.mark.parametrize("field", ["id", "printed", "own"])
    def test_nor_is_what_tells_whose_record_it_is(self, change, field):
        value = {"id": "other", "printed": None, "own": ()}[field]
        with pytest.raises(InvalidRecordError, match="edition=None makes the record your own"):
            change(REPLACED, **{field: value})

    def test_a_value_that_was_replaced_keeps_its_source_without_an_edition_too(self, change):
        with pytest.raises(InvalidRecordError, match="source="):
            change(OWN, summary="Theirs.")

    def test_your_own_values_are_yours_to_change(self, change):
        assert change(OWN, name="Theirs").name == "Theirs"
        assert change(OWN, summary="Theirs.", own=()).summary == "Theirs."

    def test_a_record_is_yours_when_its_edition_goes_in_the_same_step(self, change):
        mine = change(FROM_THE_GUIDE, edition=None, summary="Mine.")
        assert (mine.summary, mine.source_of("summary")) == ("Mine.", "source not stated")

    def test_what_changes_nothing_is_no_change(self, change):
        assert change(FROM_THE_GUIDE, technical=FROM_THE_GUIDE.technical) == FROM_THE_GUIDE
        assert change(FROM_THE_GUIDE, overlay=None).official == ()

    def test_a_source_of_your_own_may_answer_for_all(self, change):
        edition = Edition("Our book", "us")
        ours = change(FROM_THE_GUIDE, edition=edition, summary="Ours.")
        assert ours.source_of("summary") == "Our book (us, no date)"


def test_a_function_that_is_called_evolve_is_not_that_of_attrs():
    def evolve(inst, **values):
        return Api(**values, edition=inst.edition)

    time = FROM_THE_GUIDE.technical
    assert evolve(FROM_THE_GUIDE, id="a", name="A", technical=time, assurance=time).name == "A"
