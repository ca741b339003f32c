"""Tables in HTML: closed, escaped, capped, and exact in their bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from html_reader import read_html
from nhs_api_catalogue._html import (
    MOST_ROWS,
    Bar,
    Lines,
    linked,
    write_list,
    write_rows,
    write_table,
)


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

    def test_lines_stand_under_each_other_and_several_texts_have_bullets(self):
        found = table([(Lines(("name", "state")), [[("one", "two")], [("three",)], [()]])])
        assert [e.text for e in found.all("div")] == ["name", "state"]
        assert [e.text for e in found.all("li")] == ["one", "two"]
        assert [e.text for e in found.all("td")] == ["one two", "three", ""]
        (points,) = found.all("ul")
        assert points.style["list-style"] == "disc"

    def test_cells_have_gaps_of_their_own(self):
        found = table([("name", [["value"]])])
        for cell in found.all("th", "td", "caption"):
            assert cell.style["padding"] == "0.25em 0.4em"

    def test_shares_are_the_widths_of_the_columns(self):
        found = read_html(write_table("caption", ("a", "b"), [("name", [["value"]])], (30, 70)))
        widths = [head.style.get("width") for head in found.all("th")]
        assert widths == ["30%", "70%", None]
        (whole,) = found.all("table")
        assert (whole.style["width"], whole.style["table-layout"]) == ("100%", "fixed")

    def test_what_is_narrow_has_the_widths_that_browsers_give(self):
        found = table([("name", [["value"]])])
        (whole,) = found.all("table")
        assert "width" not in whole.style
        assert [head.style.get("width") for head in found.all("th")] == [None, None, None]

    def test_each_column_has_room_for_its_words_and_long_texts_for_more(self):
        rows = [("e-Referral Service", [["required", "a long text of many words " * 5]])]
        found = read_html(write_table("caption", ("a", "strength", "note"), rows))
        (whole,) = found.all("table")
        assert (whole.style["width"], whole.style["table-layout"]) == ("100%", "fixed")
        assert whole.style["max-width"].endswith("em")
        shares = [int(head.style["width"][:-1]) for head in list(found.all("th"))[:3]]
        assert abs(sum(shares) - 100) <= 1
        # Of the 84 letters of a line on A4.
        assert 0.84 * shares[0] >= len("e-Referral")
        assert 0.84 * shares[1] >= len("required")
        assert shares[2] > 50

    def test_a_long_word_gets_no_more_room_than_a_long_text(self):
        rows = [("name", [["w" * 500, "word " * 100]])]
        found = read_html(write_table("caption", ("a", "b", "c"), rows))
        _, wide, text, *_ = (int(head.style.get("width", "0%")[:-1]) for head in found.all("th"))
        assert abs(wide - text) <= 6

    def test_many_columns_share_what_there_is_by_their_words(self):
        heads = [f"column{n:02} of twelve" for n in range(12)]
        found = read_html(write_table("caption", heads, [("name", [["word"] * 11])]))
        shares = {head.style.get("width") for head in list(found.all("th"))[:12]}
        assert shares == {"8%"}

    def test_columns_of_one_word_each_have_what_it_needs(self):
        heads = [letter * 12 for letter in "abcdef"]
        found = read_html(write_table("caption", heads, [("", [[""] * 5])]))
        assert {head.style.get("width") for head in list(found.all("th"))[:6]} == {"17%"}

    @pytest.mark.parametrize("cell", ["text", ("one", "two"), Lines(("one", "two"))])
    def test_the_last_cell_takes_the_room_of_those_that_lack(self, cell):
        rows = [("name", [[cell], ["a", cell], ["a", "b", cell]])]
        found = read_html(write_table("caption", ("a", "b", "c", "d"), rows))
        spans = [
            [cell.attributes.get("colspan") for cell in row.all("td")]
            for body in found.all("tbody")
            for row in body.all("tr")
        ]
        assert spans == [["3"], [None, "2"], [None, None, None]]

    def test_rows_are_headed_by_their_first_cell(self):
        found = read_html(write_rows("caption", ("a", "b"), [("one", "1"), (("two", "b"), ("2",))]))
        assert [e.text for e in found.all("th")] == ["a", "b", "one", "two b"]
        assert [e.text for e in found.all("td")] == ["1", "2"]

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
        texts = tuple(f"line {n}" for n in range(MOST_ROWS + 3))
        for cell, tag in ((texts, "li"), (Lines(texts), "div")):
            lines = [e.text for e in table([("name", [[cell]])]).all(tag)]
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


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "addresses"),
        [
            ("no address", []),
            ("https://a.example/b", ["https://a.example/b"]),
            ("see http://a.example/b?c=1&d=2#e.", ["http://a.example/b?c=1&d=2#e"]),
            ("(https://a.example/b), then", ["https://a.example/b"]),
            ("https://a.example/b_(c)", ["https://a.example/b_(c)"]),
            ("https://a.example, https://b.example!", ["https://a.example", "https://b.example"]),
            ('https://a.example/"onclick="b"', ["https://a.example/"]),
            ("https://a.example/<script>", ["https://a.example/"]),
            ("javascript://a.example/%0aalert(1)", []),
            ("ftp://a.example/b", []),
            ("https:// a.example", []),
        ],
    )
    def test_addresses_are_links_and_all_text_stays(self, text, addresses):
        found = read_html(linked(text))
        links = list(found.all("a"))
        assert [link.attributes["href"] for link in links] == addresses
        assert [link.text for link in links] == addresses
        assert "".join(found.pieces()) == text

    @given(st.text(st.sampled_from("https://a.()?&\"'<> ,"), max_size=40))
    def test_every_text_stays_whole(self, text):
        assert "".join(read_html(linked(text)).pieces()) == text


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
