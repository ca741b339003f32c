"""A catalogue as a sequence: names, queries, search, order, comparison and joining."""

import copy
import html
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Collection, Reversible, Sequence
from datetime import date, timedelta
from inspect import signature
from itertools import product
from operator import attrgetter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nhs_api_catalogue.queries as q
from nhs_api_catalogue import (
    AccessRoute,
    AmbiguousApiError,
    Answer,
    Api,
    Capability,
    Catalogue,
    ConflictingApiError,
    DuplicateApiError,
    DurationRange,
    Edition,
    IndeterminateOrderError,
    OwnValue,
    Standard,
    UnknownApiError,
    UnknownValueError,
    User,
    catalogue,
    days,
)

MINE = Edition("our records", "us", date(2026, 1, 1))


def api(id_: str, name: str | None = None, **values: object) -> Api:
    """A record of our own with little in it."""
    times = {
        "technical": DurationRange.parse("4-6 weeks"),
        "assurance": DurationRange.parse("1-2 months"),
    }
    return Api(id=id_, name=name or id_, **{**times, **values})


# Three records, each twice, the second with one changed value: two draws are often equal, or differ
# only a little.
POOL = [
    record
    for name, values in (
        ("MESH", {"summary": "other"}),
        ("eRS", {"users": {User.PATIENT}}),
        ("GP Connect Appointments", {"notices": ()}),
    )
    for record in (catalogue[name], attrs.evolve(catalogue[name], edition=None, **values))
]
POOLED = st.lists(st.sampled_from(POOL), unique_by=attrgetter("id")).map(Catalogue)
FEW = st.lists(st.sampled_from(list(catalogue)[:4]), unique=True).map(Catalogue)


def ids(records: Sequence[Api]) -> list[str]:
    return [record.id for record in records]


class TestMustShow:
    """The promises about questions to a catalogue, one by one."""

    def test_filter_and_where_agree(self):
        filtered = catalogue.filter(
            standard=Standard.FHIR,
            route=AccessRoute.INTERNET,
            available_on="2026-01-05",
            total_within="10 months",
        )
        where = catalogue.where(
            q.standard(Standard.FHIR)
            & q.route(AccessRoute.INTERNET)
            & q.available_on("2026-01-05")
            & q.total_within("10 months")
        )
        assert filtered == where
        assert ids(filtered) == [
            "ods",
            "pds-fhir-app-restricted",
            "pds-fhir-health-worker-access",
            "pds-fhir-patient-access",
            "scr-fhir",
            "sds",
            "terminology-server-fhir",
        ]

    def test_pds_is_ambiguous_among_three(self):
        with pytest.raises(AmbiguousApiError, match="could be any of 3 APIs") as caught:
            catalogue["PDS"]
        assert caught.value.candidates == (
            "PDS FHIR (App-restricted)",
            "PDS FHIR (Health Worker Access)",
            "PDS FHIR (Patient Access)",
        )

    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("Wayfinder", "patient-care-aggregator"),
            ("DoS", "dos"),
            ("e-RS", "e-rs"),
            ("EPS", "eps"),
            ("SCR", "scr-fhir"),
            ("ToC", "transfer-of-care"),
            ("BaRS", "bars"),
        ],
    )
    def test_an_abbreviation_resolves(self, name, id_):
        assert catalogue[name].id == id_

    def test_the_route_of_im1_transaction_depends_on_the_supplier(self):
        record = catalogue["IM1 Transaction"]
        answers = [
            record.reachable(AccessRoute.HSCN, supplier=w) for w in ("EMIS", "TPP", "Vision")
        ]
        assert answers == [Answer.YES, Answer.NO, Answer.UNKNOWN]

    def test_soap_by_tpp_is_im1_transaction_alone(self):
        assert ids(catalogue.filter(standard="SOAP", supplier="TPP")) == ["im1-transaction"]

    def test_im1_bulk_is_not_for_patients_and_im1_patient_for_nothing_else(self):
        found = {
            use: ids(catalogue.filter(suitable_for=use))
            for use in ("patient-facing", "direct care", "reporting")
        }
        assert "im1-bulk" not in found["patient-facing"]
        assert [use for use, some in found.items() if "im1-patient" in some] == ["patient-facing"]


class TestByName:
    @pytest.mark.parametrize("record", catalogue, ids=attrgetter("id"))
    def test_every_record_is_found_by_its_id_and_name_in_any_spelling(self, record):
        for text in (record.id, record.name):
            spellings = {text, text.upper(), text.replace(" ", ""), text.replace("–", "-")}
            for spelling in spellings:
                assert catalogue[spelling] is record
                assert catalogue.get(spelling) is record
                assert spelling in catalogue

    @pytest.mark.parametrize("name", ["PDS", "IM1", "GP Connect", "interface mechanism 1"])
    def test_an_ambiguous_name_raises_in_all_three(self, name):
        for ask in (
            lambda: catalogue[name],
            lambda: catalogue.get(name),
            lambda: name in catalogue,
            lambda: catalogue.select(name),
        ):
            with pytest.raises(AmbiguousApiError) as caught:
                ask()
            assert len(caught.value.candidates) == 3
            assert isinstance(caught.value, LookupError)

    def test_an_unknown_name_is_false_the_default_or_an_error_with_near_names(self):
        assert "eRSS" not in catalogue
        assert catalogue.get("eRSS") is None
        assert catalogue.get("eRSS", 3) == 3
        with pytest.raises(UnknownApiError, match=r"no API is called 'eRSS': did you mean 'eRS'"):
            catalogue["eRSS"]

    def test_a_name_or_id_beats_an_alias_of_another(self):
        records = Catalogue([api("one", "One", aliases=["Two", "three"]), api("two"), api("three")])
        assert ids(records.select("Two", "THREE", "one")) == ["two", "three", "one"]

    def test_an_id_to_the_letter_beats_everything(self):
        records = Catalogue([api("ab"), api("a-b")])
        assert ids(records.select("ab", "a-b")) == ["ab", "a-b"]
        with pytest.raises(AmbiguousApiError) as caught:
            records["A B"]
        assert caught.value.candidates == ("ab", "a-b")

    def test_records_of_one_name_are_told_apart_by_id(self):
        records = Catalogue([api("a", "Same"), api("b", "Same")])
        with pytest.raises(AmbiguousApiError) as caught:
            records["same"]
        assert caught.value.candidates == ("a", "b")

    @pytest.mark.parametrize("name", ["", "  ", "–", "?!"])
    def test_punctuation_is_not_a_name(self, name):
        records = Catalogue([api("a", "???", aliases=["!"])])
        assert name not in records
        assert name not in catalogue

    @pytest.mark.parametrize("name", [None, 3, b"eRS", [["eRS"]], date(2026, 1, 5)])
    def test_a_name_is_a_text(self, name):
        for ask in (catalogue.get, catalogue.select, catalogue.side_by_side):
            with pytest.raises(TypeError, match="expected the name of an API"):
                ask(name)
        assert name not in catalogue

    def test_matching(self):
        assert len(catalogue.matching("PDS")) == 3
        assert ids(catalogue.matching("gp-connect")) == ids(catalogue[4:7])
        assert ids(catalogue.matching("NHS App")) == ["nhs-app-api"]
        assert ids(catalogue.matching("mesh")) == ["mesh"]
        assert ids(catalogue.matching("Spine Directory")) == ["sds"]
        assert ids(catalogue.matching("e-Referral")) == ["e-rs"]
        assert catalogue.matching("GP Con") == catalogue.matching("") == catalogue[:0]
        with pytest.raises(TypeError, match="expected the beginning of a name"):
            catalogue.matching(None)

    def test_select_keeps_the_order_given(self):
        assert ids(catalogue.select("MESH", "eRS")) == ["mesh", "e-rs"]
        assert catalogue.select() == catalogue[:0]

    @pytest.mark.parametrize(
        ("second", "told"),
        [
            ("MESH", "'MESH' is named twice: name each API once"),
            ("mesh", "'MESH' and 'mesh' mean the same API: name each API once"),
        ],
    )
    def test_select_says_which_names_mean_one_api(self, second, told):
        """It spoke of two records with one id, where people had given one name twice."""
        with pytest.raises(DuplicateApiError) as caught:
            catalogue.select(["eRS", "MESH", second])
        error = pickle.loads(pickle.dumps(caught.value))
        assert (str(error), error.id, error.names) == (told, "mesh", ("MESH", second))

    def test_ipython_completes_keys_that_mean_one_record(self):
        keys = catalogue._ipython_key_completions_()
        assert {"Wayfinder", "e-rs", "MESH", "IM1 – Bulk"} <= set(keys)
        assert not {"PDS", "IM1", "GP Connect"} & set(keys)
        assert all(key in catalogue for key in keys)
        assert len(keys) == len(set(keys))


class TestSequence:
    def test_has_all_that_a_sequence_has_and_is_not_one(self):
        """A data frame library makes one column of a `Sequence` before it asks for Arrow."""
        assert not isinstance(catalogue, Sequence)
        assert isinstance(catalogue, (Collection, Reversible))
        assert {name for name in dir(Sequence) if not name.startswith("_abc")} <= set(
            dir(catalogue)
        ) | {"__class_getitem__"}
        assert len(catalogue) == 23
        assert list(reversed(catalogue)) == list(catalogue)[::-1]
        assert bool(catalogue[:0]) is False

    def test_places_and_slices(self):
        assert catalogue[0].id == "bars"
        assert catalogue[-1].id == "vaccination-events-fhir"
        assert ids(catalogue[1:3]) == ["dos", "eps"]
        assert catalogue[::-1].edition is catalogue.edition
        for key in (23, -24, 10**30):
            with pytest.raises(IndexError, match=f"there is no position {key} among 23 records"):
                catalogue[key]

    @pytest.mark.parametrize("key", [None, 1.0, ("eRS",), date(2026, 1, 5)])
    def test_other_keys_are_refused(self, key):
        with pytest.raises(TypeError, match="expected a name, a position or a slice"):
            catalogue[key]

    def test_in_index_and_count_agree(self):
        record = catalogue["MESH"]
        for value in (record, "MESH", "mesh api"):
            assert value in catalogue
            assert catalogue.count(value) == 1
            assert catalogue[catalogue.index(value)] is record
        changed = attrs.evolve(record, edition=None, summary="other")
        assert changed not in catalogue
        assert catalogue.count(changed) == catalogue.count("nothing") == catalogue.count(3) == 0
        with pytest.raises(ValueError, match="is not in this part of the catalogue"):
            catalogue.index(changed)
        with pytest.raises(ValueError, match="is not in this part of the catalogue"):
            catalogue.index("MESH", 0, 5)
        with pytest.raises(UnknownApiError):
            catalogue.index("nothing")

    def test_equality_is_of_records_and_order_not_of_edition(self):
        again = Catalogue(list(catalogue), MINE)
        assert again == catalogue
        assert hash(again) == hash(catalogue)
        assert catalogue[::-1] != catalogue
        assert catalogue != list(catalogue)

    def test_takes_any_iterable_of_records_with_ids_of_their_own(self):
        assert ids(Catalogue(iter([api("a"), api("b")]), MINE)) == ["a", "b"]
        with pytest.raises(DuplicateApiError, match="two records have the id 'a'"):
            Catalogue([api("b"), api("a"), api("a")])

    @pytest.mark.parametrize("records", [["a"], [None], ["eRS", "MESH"]])
    def test_holds_nothing_but_records(self, records):
        with pytest.raises(TypeError, match=r"expected records \(Api\)"):
            Catalogue(records)

    @pytest.mark.parametrize("records", [None, 5, "mesh", api("a")])
    def test_records_lie_in_something(self, records):
        with pytest.raises(
            TypeError, match=r"expected records \(Api\) in a list or a catalogue, got"
        ):
            Catalogue(records)

    @pytest.mark.parametrize("edition", [None, "x", {}])
    def test_an_edition_is_one(self, edition):
        with pytest.raises(TypeError, match=f"expected an Edition, got {edition!r}"):
            Catalogue((), edition)

    def test_an_error_about_a_word_where_none_is_allowed_can_be_read(self):
        error = UnknownValueError("red", "colour", ())
        assert str(error) == "'red' is not a colour: expected none: there are no values"

    def test_bytes_are_not_a_list_to_unpack(self):
        with pytest.raises(TypeError, match=r"^expected the name of an API, got b'eRS'$"):
            catalogue.select(b"eRS")

    @pytest.mark.parametrize("kind", [list, tuple, set, iter, dict.fromkeys])
    def test_names_may_come_in_one_list(self, kind):
        names = ["eRS", "MESH"]
        assert set(ids(catalogue.select(kind(names)))) == {"e-rs", "mesh"}
        assert catalogue.without(kind(names)) == catalogue.without(*names)
        assert len(catalogue.side_by_side(kind(names)).apis) == 2

    def test_records_are_not_names(self):
        for records in (catalogue[:2], [catalogue["eRS"]], catalogue["eRS"]):
            with pytest.raises(TypeError, match="expected the name of an API, got <Api"):
                catalogue.select(records)

    def test_a_list_that_was_not_unpacked_is_told_so(self):
        for ask in (
            lambda: catalogue.select(["eRS"], ["MESH"]),
            lambda: catalogue.get(["eRS", "MESH"]),
            lambda: catalogue.with_apis([api("a"), api("b")]),
            lambda: catalogue.where([q.standard("FHIR")]),
        ):
            with pytest.raises(TypeError, match=r"expected .*, got .*: unpack several with \*$"):
                ask()

    def test_cannot_be_changed(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            catalogue.apis = ()
        with pytest.raises(TypeError):
            catalogue[0] = api("a")

    def test_copies_and_pickles_are_equal_and_answer_alike(self):
        catalogue["eRS"], catalogue.search("book")
        for again in (
            pickle.loads(pickle.dumps(catalogue)),
            copy.copy(catalogue),
            copy.deepcopy(catalogue),
        ):
            assert again == catalogue
            assert again.edition == catalogue.edition
            assert again["Wayfinder"] == catalogue["Wayfinder"]
            assert again.search("book") == catalogue.search("book")

    @pytest.mark.parametrize(
        ("records", "text"),
        [
            (Catalogue([]), "<Catalogue of 0 APIs, own records (source not stated, no date)>"),
            (Catalogue([api("a")], MINE), "<Catalogue of 1 API, our records (us, 2026-01-01)>"),
        ],
    )
    def test_repr_and_str_name_the_size_and_the_source(self, records, text):
        assert repr(records) == text
        assert str(records).endswith(
            f"{text.split(' of ')[1].split(',')[0]}. Source: {records.edition}"
        )


class TestMistakes:
    """Each planted mistake raises an error that says what to do; type checkers report it too."""

    def test_a_misspelt_keyword(self):
        with pytest.raises(TypeError, match=r"filter\(\) has no keyword 'standrad': did you mean"):
            catalogue.filter(standrad=Standard.FHIR)

    def test_a_wrong_enum(self):
        with pytest.raises(TypeError, match=r"expected a standard .* got <AccessRoute.HSCN"):
            catalogue.filter(standard=AccessRoute.HSCN)

    def test_a_text_in_a_number(self):
        with pytest.raises(TypeError, match="expected a name, a position or a slice"):
            catalogue[1.5]
        with pytest.raises(TypeError, match="expected a Duration or its text"):
            catalogue.filter(total_within=9)
        with pytest.raises(TypeError, match="expected True or False, got 'no'"):
            catalogue.filter(restful="no")

    def test_a_misspelt_value(self):
        with pytest.raises(
            UnknownValueError, match=r"'FHRI' is not a standard: did you mean 'FHIR'"
        ):
            catalogue.filter(standard="FHRI")

    def test_and_for_ampersand(self):
        with pytest.raises(TypeError, match=r"combine tests with & \| ~"):
            catalogue.where(q.standard("FHIR") and q.route("HSCN"))

    def test_a_misspelt_sort_key(self):
        with pytest.raises(
            UnknownValueError, match=r"'totl' is not a sort key: did you mean 'total'"
        ):
            catalogue.sorted_by("totl")

    def test_the_wrong_type_under_not(self):
        with pytest.raises(TypeError, match="must return True, False or None"):
            catalogue.where(~q.Where(lambda record: record.notices))

    def test_the_name_of_a_keyword_is_completed_and_shown(self):
        parameters = signature(catalogue.filter).parameters
        assert {"standard", "total_may_be_within"} <= set(parameters)
        assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters.values())


class TestFilter:
    def test_without_keywords_everything_passes(self):
        assert catalogue.filter() == catalogue.where() == catalogue
        assert catalogue.undecided() == catalogue[:0]

    def test_supplier_and_route_hold_of_one_supplier(self):
        assert ids(catalogue.filter(supplier="EMIS", route="GP practice")) == []
        assert ids(catalogue.filter(supplier="TPP", route="GP practice")) == ["im1-transaction"]
        assert ids(catalogue.filter(supplier=["EMIS", "TPP"], route="GP practice")) == [
            "im1-transaction"
        ]
        assert "im1-transaction" not in ids(
            catalogue.filter(standard="SOAP", supplier=["TPP", "EMIS"], route="HSCN")
        )

    def test_several_values_mean_any_and_none_nothing(self):
        both = catalogue.filter(standard=["LDAP", Standard.HL7_V3])
        assert ids(both) == ["eps", "sds"]
        assert catalogue.filter(topic=[]) == catalogue.filter(supplier=[], route="HSCN") == both[:0]

    def test_false_is_a_value(self):
        assert ids(catalogue.filter(restful=False)) == ["gp-connect-access-record"]

    def test_where_takes_functions_of_yours(self):
        assert ids(catalogue.where(lambda record: record.name == "MESH")) == ["mesh"]

    def test_undecided_are_those_of_which_too_little_is_said(self):
        assert ids(catalogue.undecided(q.route("HSCN", "Vision"))) == ["im1-transaction"]
        assert len(catalogue.undecided(q.restful(True))) == 19
        assert catalogue.undecided(q.topic("records"), q.restful(True)) == catalogue.undecided(
            q.topic("records") & q.restful(True)
        )

    def test_what_comes_out_has_the_edition_of_what_goes_in(self):
        records = Catalogue([api("a")], MINE)
        for some in (
            records.filter(),
            records.where(),
            records.undecided(),
            records.search("a"),
            records.sorted_by("name"),
            records.matching("a"),
            records.select("a"),
            records & records,
            records - records,
            records | records,
            *records.group_by(attrgetter("id")).values(),
        ):
            assert some.edition is MINE


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("book a GP appointment", "gp-connect-appointment-management"),
            ("send discharge summaries", "transfer-of-care"),
            ("prescriptions", "eps"),
            ("SNOMED", "terminology-server-fhir"),
            ("vaccination", "vaccination-events-fhir"),
            ("look up organisation codes", "ods"),
            ("MESH", "mesh"),
            ("e-RS", "e-rs"),
            ("Summary Care Record", "scr-fhir"),
            ("patient demographics", "pds-fhir-patient-access"),
            ("LDAP", "sds"),
            ("Vision", "im1-bulk"),
        ],
    )
    def test_the_best_comes_first(self, text, first):
        assert catalogue.search(text)[0].id == first

    def test_name_beats_alias_beats_topic_beats_summary(self):
        summary, topic, alias, name = (
            api("s", "S", summary="To book."),
            api("t", "T", capabilities={Capability.BOOK}),
            api("a", "A", aliases=["Book it"]),
            api("n", "N book"),
        )
        assert ids(Catalogue([summary, topic, alias, name]).search("book")) == ["n", "a", "t", "s"]

    def test_more_words_beat_a_better_place(self):
        records = Catalogue([api("one", "Letters"), api("two", "B", summary="Letters by post.")])
        assert ids(records.search("post letters")) == ["two", "one"]

    def test_a_whole_word_beats_the_beginning_of_one_in_a_better_place(self):
        records = Catalogue([api("a", "Sender"), api("b", "B", summary="They send it.")])
        assert ids(records.search("send")) == ["b", "a"]
        records = Catalogue([api("a", "Sender"), api("b", "B", summary="Sends")])
        assert ids(records.search("send")) == ["b", "a"]

    @pytest.mark.parametrize(
        ("text", "words", "found", "most", "said"),
        [
            ("send sms", "send sms", "send", 1, "1 of 2 words found: 'send'; nothing has 'sms'"),
            (
                "trace a patient",
                "trace patient",
                "patient",
                1,
                "1 of 2 words found: 'patient'; nothing has 'trace'",
            ),
            ("MESH", "mesh", "mesh", 1, "1 of 1 word found: 'mesh'"),
            (
                "LDAP vaccination",
                "ldap vaccination",
                "ldap vaccination",
                1,
                "2 of 2 words found: 'ldap', 'vaccination', at most 1 in one record",
            ),
            ("qq zz", "qq zz", "", 0, "0 of 2 words found; nothing has 'qq' or 'zz'"),
            ("for the", "", "", 0, "no words to search for"),
        ],
    )
    def test_says_which_words_were_found(self, text, words, found, most, said):
        match = catalogue.search(text).found_by
        assert (match.words, match.found, match.most) == (
            tuple(words.split()),
            tuple(found.split()),
            most,
        )
        assert set(match.missing) == set(match.words) - set(match.found)
        assert str(match) == said

    def test_every_display_says_which_words_were_found(self):
        records = catalogue.search("send sms")
        said = f"Search: {records.found_by}"
        assert said in repr(records)
        assert said in str(records)
        assert said in html.unescape(records._repr_html_())

    def test_what_is_made_of_it_was_not_searched(self):
        records = catalogue.search("send sms")
        for made in (records[:1], records.filter(topic="messaging"), records | catalogue):
            assert made.found_by is None
        assert records == records[:]
        assert pickle.loads(pickle.dumps(records)).found_by == records.found_by
        assert copy.copy(records).found_by == records.found_by

    def test_a_record_of_that_name_comes_first(self):
        records = Catalogue([api("a", "Red Red"), api("b", "Blue", aliases=["RED"])])
        assert ids(records.search("red")) == ["b", "a"]
        records = Catalogue([api("a", "Big Red"), api("b", "Red")])
        assert ids(records.search("red")) == ["b", "a"]

    def test_ties_keep_the_order_of_the_catalogue(self):
        records = Catalogue([api("b", "Two letters"), api("a", "One letter")])
        assert ids(records.search("letters")) == ["b", "a"]
        assert ids(records[::-1].search("letters")) == ["a", "b"]

    @pytest.mark.parametrize("text", ["", "  ", "?", "a", "the of to", "xyzzy", "ookin"])
    def test_what_is_nowhere_finds_nothing(self, text):
        assert catalogue.search(text) == catalogue[:0]

    def test_plurals_and_case_do_not_count(self):
        assert catalogue.search("REFERRALS") == catalogue.search("referral")
        assert catalogue.search("access")

    def test_it_takes_a_text(self):
        with pytest.raises(TypeError, match="expected a text to search for, got None"):
            catalogue.search(None)


class TestOrder:
    def test_by_name_is_by_the_alphabet_whatever_the_case(self):
        names = [record.name for record in catalogue.sorted_by("name")]
        assert names == sorted(names, key=str.casefold)

    @pytest.mark.parametrize("key", ["technical", "assurance", "total"])
    def test_by_a_time_is_by_the_mean_of_the_longest_then_of_the_shortest(self, key):
        def means(record):
            time = getattr(record, key)
            return (time.longest.mean_days, time.shortest.mean_days)

        shuffled = list(catalogue)
        random.Random(1).shuffle(shuffled)  # noqa: S311  the same every time
        records = Catalogue(shuffled)
        assert ids(records.sorted_by(key)) == ids(sorted(shuffled, key=means))
        assert ids(records.sorted_by(key, reverse=True)) == ids(
            sorted(shuffled, key=means, reverse=True)
        )

    def test_ties_keep_their_order_in_reverse_too(self):
        records = catalogue.sorted_by(lambda _: 0, reverse=True)
        assert records == catalogue

    @pytest.mark.parametrize("key", [None, 3, ["name"]])
    def test_a_key_is_a_function_or_a_name(self, key):
        with pytest.raises(TypeError, match="expected a function of a record"):
            catalogue.sorted_by(key)

    def test_durations_that_depend_on_the_date_are_not_put_in_order(self):
        times = {"a": "30 days", "b": "1 month"}
        records = Catalogue([api(k, technical=DurationRange.parse(t)) for k, t in times.items()])
        with pytest.raises(IndeterminateOrderError):
            records.sorted_by(lambda record: record.technical.longest)
        assert ids(records.sorted_by("technical")) == ["a", "b"]

    def test_groups_come_in_order_of_their_first_record(self):
        groups = catalogue.group_by(lambda record: str(record.assurance))
        assert {key: len(group) for key, group in groups.items()} == {
            "4-8 months": 15,
            "2-4 months": 1,
            "1-2 months": 7,
        }
        assert list(groups) == ["4-8 months", "2-4 months", "1-2 months"]
        assert ids(groups["2-4 months"]) == ["dos"]

    @pytest.mark.parametrize("key", ["technical", None])
    def test_groups_are_by_a_function(self, key):
        told = f"expected a function of a record, such as lambda api: api.technical, got {key!r}"
        with pytest.raises(TypeError) as caught:
            catalogue.group_by(key)
        assert str(caught.value) == told


class TestAlgebra:
    @pytest.mark.parametrize(
        ("left", "right"), list(product([slice(0, 5), slice(3, 9), slice(0, 0)], repeat=2))
    )
    def test_goes_by_id_and_keeps_the_order_of_the_left(self, left, right):
        a, b = catalogue[left], catalogue[right][::-1]
        assert ids(a | b) == [*ids(a), *(id_ for id_ in ids(b) if id_ not in ids(a))]
        assert ids(a & b) == [id_ for id_ in ids(a) if id_ in ids(b)]
        assert ids(a - b) == [id_ for id_ in ids(a) if id_ not in ids(b)]

    def test_equal_ids_with_unequal_records_conflict(self):
        changed = attrs.evolve(catalogue["MESH"], edition=None, summary="other", aliases=())
        mine = Catalogue([changed], MINE)
        for join in (
            lambda: catalogue | mine,
            lambda: catalogue & mine,
            lambda: catalogue - mine,
            lambda: mine | catalogue,
        ):
            with pytest.raises(
                ConflictingApiError, match=r"'mesh' \(they differ in summary, aliases\)"
            ):
                join()

    @pytest.mark.parametrize("other", [None, [], "MESH", ["MESH"]])
    def test_other_operands_are_refused(self, other):
        for join in (
            lambda: catalogue | other,
            lambda: catalogue & other,
            lambda: catalogue - other,
        ):
            with pytest.raises(TypeError):
                join()

    def test_a_union_of_editions_names_its_parts(self):
        ours, theirs = Catalogue([api("a")], MINE), Catalogue([api("b")], Edition("x", "y"))
        union = (catalogue | ours) | (theirs | ours)
        assert union.edition.parts == (catalogue.edition, MINE, theirs.edition)
        assert str(union.edition) == (
            "NHS API Guide 2025 (6B, 2025-09-09)"
            " and our records (us, 2026-01-01) and x (y, no date)"
        )
        assert union.edition.title == "NHS API Guide 2025 + our records + x"
        assert union.edition.publisher == "6B + us + y"
        assert (catalogue[:1] | catalogue[1:]).edition == catalogue.edition

    @given(FEW, FEW)
    def test_intersection_and_difference_partition_the_left(self, a, b):
        assert sorted([*ids(a & b), *ids(a - b)]) == sorted(ids(a))

    @given(FEW, FEW)
    def test_the_intersection_is_what_both_hold(self, a, b):
        assert ids(a & b) == [one for one in ids(a) if one in ids(b)]


class TestFingerprint:
    @given(POOLED, POOLED)
    def test_is_equal_exactly_for_equal_catalogues(self, a, b):
        assert (a.fingerprint() == b.fingerprint()) == (a == b)

    @given(POOLED)
    def test_does_not_depend_on_the_edition_or_on_copies(self, a):
        again = Catalogue(pickle.loads(pickle.dumps(a)), MINE)
        assert again.fingerprint() == a.fingerprint()

    @pytest.mark.parametrize(
        "field",
        [field for field in attrs.fields(Api) if field.eq and field.name != "id"],
        ids=attrgetter("name"),
    )
    def test_every_field_counts(self, field):
        others = {
            "name": "Other",
            "summary": "Other",
            "technical": DurationRange.parse("1 week"),
            "assurance": DurationRange(days(1), days(1)),
            "max_data_age": timedelta(microseconds=1),
            "aliases": ("other",),
            "users": {User.PATIENT},
            "own": (OwnValue("technical", "us"),),
        }
        others["notices"] = catalogue["GP Connect Appointments"].notices
        value = others.get(field.name, getattr(catalogue["IM1 Bulk"], field.name))
        changed = attrs.evolve(catalogue["MESH"], edition=None, **{field.name: value})
        assert changed != catalogue["MESH"]
        assert Catalogue([changed]).fingerprint() != Catalogue([catalogue["MESH"]]).fingerprint()

    def test_is_the_same_in_every_process(self):
        code = (
            "from nhs_api_catalogue import catalogue as c; print(c.fingerprint(), c.search('a gp'))"
        )
        printed = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(printed) == 1
        assert catalogue.fingerprint().encode() in printed.pop()
