"""What differs between two editions: as values, as rows and as text."""

import attrs
import pytest

from html_reader import read_html
from nhs_api_catalogue import catalogue
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.diffs import diff
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.records import Api, Printed

WEEKS = DurationRange.parse("4-6 weeks")
MINE = Api(id="ward-board", name="Ward board", technical=WEEKS, assurance=WEEKS)
SMALL = catalogue.select("eRS", "MESH", "SCR")
GUIDE = "third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)"
OURS = (
    SMALL.without("SCR")
    .replace("eRS", technical="2-4 months", topics="referrals", source="us", as_of="2026-05-01")
    .with_apis(MINE)
)


class TestDiff:
    def test_tells_what_was_added_removed_and_changed(self):
        found = diff(SMALL, OURS)
        assert found
        assert found.added == (MINE,)
        assert [api.id for api in found.removed] == ["scr-fhir"]
        (change,) = found.changed
        assert (change.old, change.new) == (SMALL["eRS"], OURS["eRS"])
        assert not found.reordered
        assert (found.old, found.new) == (SMALL.edition, OURS.edition)

    def test_tells_each_field_with_both_values_and_both_sources(self):
        ((technical, topics),) = (change.fields for change in diff(SMALL, OURS).changed)
        assert attrs.astuple(technical, recurse=False) == (
            "technical",
            DurationRange.parse("3-6 months"),
            DurationRange.parse("2-4 months"),
            GUIDE,
            "us (2026-05-01)",
            "3-6 months",
            "2-4 months",
        )
        assert (topics.field, topics.new_text) == ("topics", "referrals")

    def test_a_value_on_another_word_is_a_change(self):
        """A value from another source is a change, even if the value itself is the same."""
        time = str(SMALL["eRS"].technical)
        once = SMALL.replace("eRS", technical=time, source="us")
        (change,) = diff(SMALL, once).changed
        (field,) = change.fields
        assert field.old == field.new
        assert str(field) == "technical: still 3-6 months, now from us"
        (back,) = diff(once, SMALL).changed
        assert str(back.fields[0]) == f"technical: still 3-6 months, now from {GUIDE}"

    def test_another_edition_of_the_same_values_is_no_change(self):
        """Each record keeps its values; the editions themselves are compared apart."""
        newer = attrs.evolve(SMALL.edition, title="NHS API Guide 2026", source=None)
        again = Catalogue((attrs.evolve(api, edition=newer) for api in SMALL), newer)
        found = diff(SMALL, again)
        assert not found
        assert [change.field for change in found.edition] == ["title", "source"]
        assert str(found).splitlines()[:4] == [
            "Old: NHS API Guide 2025 (6B, 2025-09-09)",
            "New: NHS API Guide 2026 (6B, 2025-09-09)",
            "  title: NHS API Guide 2025 -> NHS API Guide 2026",
            "  source: https://6b.health/insight/nhs-api-guide-year -> nothing",
        ]

    def test_what_is_laid_over_the_records_is_not_compared(self):
        found = diff(catalogue, catalogue.with_overlay(None))
        assert not found
        assert found.edition == ()

    def test_another_order_is_a_difference(self):
        found = diff(SMALL, SMALL[::-1])
        assert found
        assert found.reordered
        assert (found.added, found.removed, found.changed) == ((), (), ())
        assert str(found).splitlines()[-2:] == ["", "The records are in a different order."]
        assert not diff(SMALL, SMALL.with_apis(MINE)).reordered

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "Other"),
            ("printed", Printed("a", "b", "c", "d", "e")),
            ("summary", ""),
            ("max_data_age", None),
            ("aliases", ()),
        ],
    )
    def test_every_field_counts(self, field, value):
        bulk = catalogue.select("IM1 Bulk")
        other = Catalogue([attrs.evolve(bulk[0], edition=None, **{field: value})])
        (change,) = diff(bulk, other).changed
        assert [one.field for one in change.fields] == [field]
        assert change.fields[0].new == value
        texts = change.fields[0].old_text, change.fields[0].new_text
        if field in ("name", "printed"):
            assert texts == (str(getattr(bulk[0], field)), str(value))
        else:
            assert all(texts)

    def test_only_catalogues_are_compared(self):
        for pair in ((SMALL, SMALL.apis), (None, SMALL)):
            with pytest.raises(TypeError, match="expected a Catalogue"):
                diff(*pair)

    def test_a_record_that_is_only_added_or_only_removed_is_a_difference(self):
        assert diff(SMALL, SMALL.with_apis(MINE))
        assert diff(SMALL.with_apis(MINE), SMALL)

    def test_a_change_alone_is_a_difference(self):
        assert diff(SMALL, SMALL.replace("eRS", technical="2-4 months", source="us"))

    def test_several_values_are_apart(self):
        ours = SMALL.replace("eRS", topics="referrals", aliases=("A", "B-C"), source="us")
        (change,) = diff(SMALL, ours).changed
        assert [(one.field, one.old_text, one.new_text) for one in change.fields] == [
            ("topics", "appointments; referrals", "referrals"),
            ("aliases", "; ".join(SMALL["eRS"].aliases), "A; B-C"),
        ]

    def test_what_is_empty_is_nothing(self):
        ours = SMALL.replace("eRS", summary="", aliases=(), source="us")
        (change,) = diff(SMALL, ours).changed
        assert {one.field: one.new_text for one in change.fields} == {
            "summary": "nothing",
            "aliases": "nothing",
        }
        (back,) = diff(ours, SMALL).changed
        assert {one.field: one.old_text for one in back.fields} == {
            "summary": "nothing",
            "aliases": "nothing",
        }


class TestDisplays:
    def test_a_changed_record_reads_as_in_the_whole(self):
        found = diff(SMALL, OURS)
        text = str(found.changed[0])
        assert text.startswith("e-rs: e-Referral Service (eRS)\n  technical: 3-6 months -> ")
        assert f"\n- {text}" in str(found)

    def test_as_a_table_says_from_what_to_what(self):
        captions = []
        for found in (diff(SMALL, OURS), diff(SMALL, SMALL[::-1])):
            (caption,) = read_html(found._repr_html_()).all("caption")
            captions.append(caption.text)
        guide = "NHS API Guide 2025 (6B, 2025-09-09)"
        assert captions == [
            f"From {guide} to {guide}",
            f"From {guide} to {guide}; the records are in a different order",
        ]

    def test_long_lines_are_indented_and_not_broken_at_hyphens(self):
        long = attrs.evolve(MINE, name="ab-cd " * 25 + "end")
        newer = attrs.evolve(SMALL.edition, title="ef-gh " * 25 + "end")
        again = Catalogue([*(attrs.evolve(api, edition=newer) for api in SMALL), long], newer)
        text = diff(SMALL, again).describe(width=60)
        lines = text.splitlines()
        first = next(place for place, line in enumerate(lines) if line.startswith("  title:"))
        assert lines[first + 1].startswith("    ef-gh")
        added = lines.index("Added") + 1
        assert lines[added].startswith("- ward-board: ab-cd")
        assert lines[added + 1].startswith("  ab-cd")
        assert all(not line.endswith("-") for line in lines[1:])
        assert [line for line in lines if line == ""]
        assert str(diff(SMALL, again)) == diff(SMALL, again).describe(width=80)

    def test_reads_at_80_columns(self):
        text = str(diff(SMALL, OURS))
        assert text == (
            "Old: NHS API Guide 2025 (6B, 2025-09-09)\n"
            "New: NHS API Guide 2025 (6B, 2025-09-09)\n"
            "  based_on: nothing -> NHS API Guide 2025 (6B, 2025-09-09)\n"
            "\n"
            "Added\n"
            "- ward-board: Ward board\n"
            "  4-6 weeks, then 4-6 weeks\n"
            "\n"
            "Removed\n"
            "- scr-fhir: SCR FHIR\n"
            f"  {catalogue['SCR'].technical}, then {catalogue['SCR'].assurance}\n"
            "\n"
            "Changed\n"
            "- e-rs: e-Referral Service (eRS)\n"
            "  technical: 3-6 months -> 2-4 months (was from third-party estimate of the NHS\n"
            "    API Guide 2025 (6B, 2025-09-09), is from us (2026-05-01))\n"
            + text[text.index("  topics:") :]
        )
        assert all(len(line) <= 80 for line in text.splitlines())

    def test_nothing_is_said_to_be_nothing(self):
        assert str(diff(SMALL, SMALL)).endswith("\n\nThe records are the same.")

    def test_its_repr_counts(self):
        assert repr(diff(SMALL, OURS)) == "<EditionDiff: 1 added, 1 removed, 1 changed>"

    def test_rows_are_texts_for_tables(self):
        rows = diff(SMALL, OURS).rows()
        assert [(row["change"], row["id"], row["field"]) for row in rows] == [
            ("added", "ward-board", None),
            ("removed", "scr-fhir", None),
            ("changed", "e-rs", "technical"),
            ("changed", "e-rs", "topics"),
        ]
        assert rows[2] == {
            "change": "changed",
            "api": "e-Referral Service (eRS)",
            "id": "e-rs",
            "field": "technical",
            "old": "3-6 months",
            "new": "2-4 months",
            "old_source": GUIDE,
            "new_source": "us (2026-05-01)",
        }
        assert diff(SMALL, SMALL).rows() == []
