"""Records side by side."""

import pickle

import pytest

from nhs_api_catalogue import AmbiguousApiError, Comparison, UnknownApiError, catalogue

SENTENCES = {"official", "successors", "differences", "prerequisites", "timescales", "addresses"}


class TestComparison:
    def test_has_a_row_a_field_and_a_column_a_record(self):
        both = catalogue.side_by_side("eRS", "BaRS")
        assert [api.id for api in both.apis] == ["e-rs", "bars"]
        assert [field for field, _ in both.rows] == [
            name for name, _ in catalogue[0].details() if name not in SENTENCES
        ]
        assert dict(both.rows)["technical"] == ("3-6 months", "3-6 months")
        assert dict(both.rows)["notices"] == ("", "")
        assert dict(both.rows)["max_data_age"] == ("", "")
        assert dict(both.rows)["topics"] == ("appointments; referrals", "appointments; referrals")

    def test_differing_leaves_out_what_is_alike(self):
        both = catalogue.side_by_side("eRS", "BaRS")
        assert [field for field, _ in both.differing] == [
            "summary",
            "users",
            "aliases",
            "open_to_new_integrations",
        ]
        assert set(both.differing) < set(both.rows)

    def test_without_names_all_records_are_compared(self):
        assert catalogue[:2].side_by_side() == Comparison(catalogue[:2].apis)

    def test_the_text_is_a_table_of_80_columns(self):
        lines = str(catalogue.side_by_side("eRS", "MESH", "DoS")).splitlines()
        assert lines[0].split("  ")[-3:] != []
        assert max(map(len, lines)) <= 80
        assert "e-Referral Service" in lines[0]
        (technical,) = (line for line in lines if line.startswith("technical"))
        assert technical.split("  ")[-1].strip() == "4-6 weeks"
        assert [line for line in lines if line != line.rstrip()] == []

    def test_many_records_make_it_wider_rather_than_unreadable(self):
        lines = str(catalogue.side_by_side()).splitlines()
        assert max(map(len, lines)) > 80
        assert "BaRS (Booking &" in lines[0]

    def test_nothing_compared_is_nothing(self):
        nothing = catalogue[:0].side_by_side()
        assert (nothing.rows, str(nothing), repr(nothing)) == ((), "", "<Comparison of nothing>")

    def test_names_are_looked_up_as_everywhere(self):
        with pytest.raises(UnknownApiError):
            catalogue.side_by_side("eRS", "nothing")
        with pytest.raises(AmbiguousApiError):
            catalogue.side_by_side("PDS")

    def test_is_a_value(self):
        both = catalogue.side_by_side("eRS", "BaRS")
        assert repr(both) == "<Comparison of e-rs, bars>"
        assert pickle.loads(pickle.dumps(both)) == both
        assert len({both, catalogue.side_by_side("eRS", "BaRS")}) == 1

    def test_says_whether_they_are_open_where_something_is_laid_over_them(self):
        opened = dict(catalogue.side_by_side("eRS", "MESH").rows)["open_to_new_integrations"]
        assert opened == ("limited", "yes")
        bare = catalogue.with_overlay(None)
        assert "open_to_new_integrations" not in dict(bare.side_by_side("eRS", "MESH").rows)
