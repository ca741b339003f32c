"""Tables in HTML: closed, escaped, capped, and exact in their bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from html_reader import read_html
from nhs_api_catalogue._html import MOST_ROWS, Bar, write_list, write_table


def table(groups, heads=("a", "b"), caption="caption"):
    return read_html(write_table(caption, heads, groups))


class TestTable:
    def test_a_group_of_one_row_is_headed_by_its_row(self):
        found = table([("name", [["value"]])])
        (head,) = found.all("tbody")
        assert [(e.tag, e.text) for e in head.all("th", "td")] == [("th", "name"), ("td", "value")]
        assert next(head.all("th")).attributes["scope"] == "row"

    def test_a_group_of_two_rows_is_headed_by_a_cell_over_both(self):
        found = table([("name", [["one"], ["two"]])])
        (group,) = found.all("tbody")
        name = next(group.all("th"))
        assert (name.attributes["scope"], name.attributes["rowspan"]) == ("rowgroup", "2")
        assert [row.text for row in group.all("tr")] == ["name one", "two"]

    def test_several_texts_of_a_cell_are_lines(self):
        found = table([(("name", "state"), [[("one", "two")]])])
        assert [e.text for e in found.all("div")] == ["name", "state", "one", "two"]

    def test_short_texts_stay_on_one_line(self):
        found = table([("name", [["2026-01-05"], ["a text that may well be wrapped"], [""]])])
        styles = [e.style.get("white-space") for e in found.all("td")]
        assert styles == ["nowrap", None, None]

    def test_without_groups_there_is_still_a_caption_and_a_head(self):
        found = table([])
        assert found.text == "caption a b"

    @given(st.integers(0, 2 * MOST_ROWS), st.integers(1, 4))
    def test_at_most_sixty_rows_then_how_many_groups_are_left_out(self, groups, rows):
        found = table([(f"name {n}", [["value"]] * rows) for n in range(groups)])
        bodies = list(found.all("tbody"))
        shown = min(groups, MOST_ROWS // rows)
        assert len(bodies) == shown + (shown < groups)
        if shown < groups:
            assert bodies[-1].text == f"and {groups - shown} more"

    def test_at_most_sixty_lines_in_a_cell(self):
        found = table([("name", [[[f"line {n}" for n in range(MOST_ROWS + 3)]]])])
        lines = [e.text for e in found.all("div")]
        assert (len(lines), lines[-1]) == (MOST_ROWS + 1, "and 3 more")

    @given(st.text(st.characters(exclude_categories=["C"])))
    def test_every_text_comes_back_as_it_was_given(self, text):
        found = table([(text, [[text]])], (text, text), text)
        assert {"".join(e.pieces()) for e in found.all("caption", "th", "td")} == {text}

    @pytest.mark.parametrize("bad", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
    def test_what_html_forbids_is_shown_as_an_escape(self, bad):
        written = write_table(bad, [bad], [(bad, [[bad]])])
        assert bad not in written
        assert written.count(repr(bad)[1:-1]) == 4
        assert written.encode()


class TestBar:
    @given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
    def test_widths_are_the_shares_of_the_whole(self, parts):
        before, solid, outlined, _ = parts
        whole = sum(parts) or 1
        found = table([("name", [[Bar(before, solid, outlined, whole)]])])
        track, *drawn = found.all("div")
        assert "display" in track.style
        widths = [float(e.style["width"].removesuffix("%")) for e in drawn]
        given_ = [100 * part / whole for part in (before, solid, outlined) if part]
        assert widths == [pytest.approx(share, abs=0.0501) for share in given_]

    def test_solid_and_outlined_differ_in_more_than_colour(self):
        found = table([("name", [[Bar(0, 1, 1, 2)]])])
        _, solid, outlined = found.all("div")
        assert solid.style["border-top"] == "1em solid"
        assert outlined.style["border"] == "1px dashed"


class TestList:
    def test_nothing_to_list_is_nothing(self):
        assert write_list("Warnings", []) == ""

    def test_a_title_and_its_items(self):
        found = read_html(write_list("Warnings", ["<one>", "two"]))
        assert [(e.tag, e.text) for e in found.all("p", "li")] == [
            ("p", "Warnings"),
            ("li", "<one>"),
            ("li", "two"),
        ]

    def test_folded_it_shows_the_title_alone(self):
        found = read_html(write_list("Assumptions", ["one"], folded=True))
        (details,) = found.all("details")
        assert [(e.tag, e.text) for e in details.children] == [
            ("summary", "Assumptions"),
            ("ul", "one"),
        ]

    def test_at_most_sixty_items(self):
        found = read_html(write_list("Warnings", [str(n) for n in range(MOST_ROWS + 1)]))
        assert [e.text for e in found.all("li")][MOST_ROWS:] == ["and 1 more"]
