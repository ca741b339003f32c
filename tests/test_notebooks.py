"""What a notebook shows of each public value, trusted or not; text never says less."""

import os
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import nhs_api_catalogue
from html_reader import read_html
from nhs_api_catalogue import (
    Catalogue,
    DurationRange,
    Link,
    TooComplexError,
    WorkingDays,
    catalogue,
    plan,
)
from nhs_api_catalogue.planning import drivers
from shown_values import (
    APIS,
    CATALOGUES,
    FOUR,
    HOSTILE,
    PLANS,
    RANGES,
    VALUES,
    WINDOWS,
    hostile_api,
    small_api,
)

TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "div"}
TAGS |= {"p", "ul", "li", "details", "summary", "a"}
ATTRIBUTES = {"style", "scope", "rowspan", "colspan", "href"}
# JupyterLab keeps all of them in a notebook that is not trusted; tests/browser checks that.
STYLES = {"text-align", "vertical-align", "caption-side", "display", "overflow-wrap"}
STYLES |= {"width", "max-width", "height", "border-top", "border", "box-sizing"}
STYLES |= {"padding", "padding-left", "margin", "margin-top", "list-style"}
STYLES |= {
    "white-space",
    "font-weight",
    "border-collapse",
    "table-layout",
    "color",
    "text-decoration",
}
# Words of the table itself, which say nothing about the value.
OF_THE_TABLE = {"shortest", "longest", "earliest", "latest"}
NAMED = re.compile("^(technical|assurance) (?=[0-9])")
every_value = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
every_plan = pytest.mark.parametrize("p", PLANS.values(), ids=PLANS)


def squeeze(text):
    """The text without its line breaks and spaces, which depend on the width of `str`."""
    return "".join(text.split())


def rows_of(table):
    """The cells of each row of the table's bodies, without the heads of groups."""
    return [
        [cell for cell in row.children if cell.tag == "td"]
        for body in table.all("tbody")
        for row in body.all("tr")
    ]


def columns_of(cell):
    return int(cell.attributes.get("colspan", "1"))


def bar_of(cell):
    """Before, solid and outlined of a bar, in percent."""
    found = {"before": Fraction(0), "solid": Fraction(0), "outlined": Fraction(0)}
    track = next(cell.all("div"))
    for part in track.children:
        kind = "solid" if "border-top" in part.style else "outlined"
        kind = kind if kind == "solid" or "border" in part.style else "before"
        found[kind] = Fraction(part.style["width"].removesuffix("%"))
    return tuple(found.values())


class TestEveryValue:
    @every_value
    def test_only_what_an_untrusted_notebook_keeps_is_written(self, value):
        for element in read_html(value._repr_html_()).all(*TAGS, "script", "style", "svg", "a"):
            assert element.tag in TAGS
            assert set(element.attributes) <= ATTRIBUTES
            assert set(element.style) <= STYLES

    @every_value
    def test_no_other_tag_is_written(self, value):
        assert set(re.findall(r"<(\w+)", value._repr_html_())) <= TAGS

    @every_value
    def test_no_colour_is_chosen(self, value):
        # Borders without a colour have that of the text.
        borders = {"border-top": "1em solid", "border": "1px dashed"}
        for element in read_html(value._repr_html_()).all(*TAGS):
            drawn = {name: text for name, text in element.style.items() if "border" in name}
            drawn.pop("border-collapse", None)
            assert drawn.items() <= borders.items()
            # A link has the colour of the text around it; its line shows that it is one.
            assert element.style.get("color", "inherit") == "inherit"

    @every_value
    def test_it_is_one_table_with_a_caption_and_heads(self, value):
        (table,) = read_html(value._repr_html_()).all("table")
        (caption,) = table.all("caption")
        assert caption.text
        assert all(head.text and head.attributes["scope"] for head in table.all("th"))
        assert all(cell.style["text-align"] == "left" for cell in table.all("th", "td", "caption"))

    @every_value
    def test_rows_are_as_wide_as_the_head(self, value):
        (table,) = read_html(value._repr_html_()).all("table")
        width = len(list(next(table.all("thead")).all("th")))
        assert {1 + sum(map(columns_of, cells)) for cells in rows_of(table)} <= {width}

    @every_value
    def test_text_never_says_less(self, value):
        page = read_html(value._repr_html_())
        text = value.describe() if hasattr(value, "describe") else str(value)
        spoken = squeeze(f"{text} {value!r}")
        if isinstance(value, DurationRange):
            # "4-6 weeks" says 4 weeks to whoever reads it.
            read = DurationRange.parse(str(value))
            spoken += squeeze(f"{read.shortest} {read.longest}")
        of_the_table = OF_THE_TABLE | WORDS_OF_STATES
        cells = [e for e in page.all("td", "th", "li") if e.attributes.get("scope") != "col"]
        lines = [line for cell in cells for line in list(cell.all("div", "li")) or [cell]]
        said = {NAMED.sub("", line.text) for line in lines} - of_the_table - {""}
        assert {text for text in said if squeeze(text) not in spoken} == set()


WORDS_OF_STATES = {
    *("necessarily critical", "possibly critical", "never critical"),
    *("certainly live last", "may be live last"),
}


def test_bytes_do_not_depend_on_the_process():
    code = (
        "from shown_values import VALUES, PLANS; from nhs_api_catalogue import Uniform; import sys;"
        "from hashlib import sha256;"
        "text = ''.join(value._repr_html_() for value in VALUES.values());"
        "text += ''.join(p.svg() + p.to_csv() + p.to_markdown() for p in PLANS.values());"
        "text += PLANS['plan'].likelihood_svg(assume=Uniform());"
        "print(sha256(text.encode()).hexdigest())"
    )
    home = Path(nhs_api_catalogue.__file__).parent.parent
    path = os.pathsep.join([str(Path(__file__).parent), str(home)])
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(printed) == 1


def mean_days(time):
    """The mean lengths of both ends; five working days of a week count as its seven."""
    if isinstance(time, WorkingDays):
        return Fraction(7 * time.shortest, 5), Fraction(7 * time.longest, 5)
    return time.shortest.mean_days, time.longest.mean_days


class TestApi:
    @pytest.mark.parametrize("api", APIS.values(), ids=APIS)
    def test_the_times_are_bars_on_the_scale_of_the_longest_whole(self, api):
        (table,) = read_html(api._repr_html_()).all("table")
        bars = [cells[1] for cells in rows_of(table) if len(cells) == 2]
        stages = [mean_days(time) for time in (api.technical, api.assurance)]
        shortest, longest = (sum(ends) for ends in zip(*stages, strict=True))
        for cell, (least, most) in zip(bars, [*stages, (shortest, longest)], strict=True):
            before, solid, outlined = bar_of(cell)
            assert before == 0
            assert abs(solid - 100 * least / (longest or 1)) < Fraction(1, 10)
            assert abs(outlined - 100 * (most - least) / (longest or 1)) < Fraction(1, 10)

    def test_the_caption_names_the_source_and_its_date(self):
        (caption,) = read_html(catalogue["eRS"]._repr_html_()).all("caption")
        assert caption.text == (
            "e-Referral Service (eRS) "
            "(third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)). "
            "Bars: solid: shortest; outlined: up to the longest."
        )

    def test_markup_in_a_users_own_texts_is_text(self):
        page = read_html(hostile_api()._repr_html_())
        assert "<script>" not in hostile_api()._repr_html_()
        assert squeeze(HOSTILE) in squeeze(page.text)


class TestCatalogue:
    @pytest.mark.parametrize("value", CATALOGUES.values(), ids=CATALOGUES)
    def test_there_is_a_row_an_api(self, value):
        (table,) = read_html(value._repr_html_()).all("table")
        names = ["".join(e.pieces()) for e in table.all("th") if e.attributes["scope"] == "row"]
        assert names == [api.name for api in value]

    def test_the_state_is_said_in_words(self):
        page = read_html(catalogue._repr_html_())
        (row,) = (r for r in page.all("tr") if "Appointment Management" in r.text)
        assert "unavailable from 2025-06 on" in row.text
        assert "unavailable from 2025-06 on" in " ".join(str(catalogue).split())

    def test_the_caption_names_the_source_and_its_date(self):
        (caption,) = read_html(catalogue._repr_html_()).all("caption")
        assert caption.text == (
            "23 APIs. Source: NHS API Guide 2025 (6B, 2025-09-09). "
            "Bars: solid: shortest; outlined: up to the longest."
        )

    def test_a_long_catalogue_is_cut_and_says_so(self):
        many = Catalogue(small_api(f"api-{n}") for n in range(100))
        *_, last = read_html(many._repr_html_()).all("tr")
        assert last.text == "and 40 more"
        assert str(many).count("API api-") == 100


class TestRangeAndWindow:
    @pytest.mark.parametrize("value", RANGES.values(), ids=RANGES)
    def test_a_range_shows_both_ends_in_proportion(self, value):
        (table,) = read_html(value._repr_html_()).all("table")
        (shortest, longest) = rows_of(table)
        assert [shortest[0].text, longest[0].text] == [str(value.shortest), str(value.longest)]
        whole = value.longest.mean_days or 1
        share = 100 * value.shortest.mean_days / whole
        assert abs(bar_of(shortest[1])[1] - share) < Fraction(1, 10)
        assert abs(bar_of(longest[1])[1] - share) < Fraction(1, 10)
        if value.longest.mean_days:
            assert abs(sum(bar_of(longest[1])) - 100) < Fraction(1, 5)

    @pytest.mark.parametrize("value", WINDOWS.values(), ids=WINDOWS)
    def test_a_window_lies_on_its_calendar_years(self, value):
        (table,) = read_html(value._repr_html_()).all("table")
        *_, scale = (head.text for head in table.all("th") if head.attributes["scope"] == "col")
        first, last = map(date.fromisoformat, scale.split(" to "))
        assert (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        assert (first.year, last.year) == (value.earliest.year, value.latest.year)
        before, _, outlined = bar_of(rows_of(table)[0][1])
        days = (last - first).days + 1
        assert abs(before - Fraction(100 * (value.earliest - first).days, days)) < Fraction(1, 10)
        assert abs(outlined - Fraction(100 * (value.days + 1), days)) < Fraction(1, 10)


class TestPlan:
    @every_plan
    def test_each_stage_is_a_bar_with_its_tail(self, p):
        (table,) = read_html(p._repr_html_()).all("table")
        *_, scale = (head.text for head in table.all("th") if head.attributes["scope"] == "col")
        origin, last = map(date.fromisoformat, scale.split(" to "))
        whole = (last - origin).days
        drawn = [
            cells for cells in rows_of(table) if cells[0].text not in ("go-live", "live already")
        ]
        for cells, stage in zip(drawn, p.stages(), strict=True):
            what, ends_cell, bar = cells
            assert [line.text for line in what.all("div")] == [stage.name, str(stage.time)]
            assert ends_cell.text == f"{stage.finish.earliest} to {stage.finish.latest}"
            ends = (origin, stage.start.earliest, stage.finish.earliest, stage.finish.latest)
            for part, (a, b) in zip(bar_of(bar), pairwise(ends), strict=True):
                assert abs(part - Fraction(100 * (b - a).days, whole)) < Fraction(1, 10)

    @every_plan
    def test_what_is_critical_and_what_is_live_last_is_marked_in_words(self, p):
        (table,) = read_html(p._repr_html_()).all("table")
        marked = {}
        for head in table.all("th"):
            lines = ["".join(line.pieces()) for line in head.all("div")]
            if words := set(lines) & WORDS_OF_STATES:
                marked[lines[0].removesuffix(" (service)")] = words
        expected = {item.name: set() for item in p.items() if not item.done}
        for words, names in (
            ("necessarily critical", p.criticality.necessary),
            ("possibly critical", set(p.criticality.possible) - set(p.criticality.necessary)),
            ("never critical", p.criticality.never),
            ("certainly live last", p.drivers.certain),
            ("may be live last", set(p.drivers.possible) - set(p.drivers.certain)),
        ):
            for name in names:
                expected[name].add(words)
        assert marked == expected

    @every_plan
    def test_warnings_and_assumptions_stand_below(self, p):
        page = read_html(p._repr_html_())
        items = ["".join(item.pieces()) for item in page.all("li")]
        assert items == [*p.warnings, *p.assumptions]
        assert [title.text for title in page.all("p")] == ["Warnings"] * bool(p.warnings)
        (folded,) = page.all("details")
        assert [title.text for title in folded.all("summary")] == ["Assumptions"]
        assert ["".join(item.pieces()) for item in folded.all("li")] == [*p.assumptions]

    def test_the_caption_tells_start_go_live_and_source(self):
        (caption,) = read_html(PLANS["plan"]._repr_html_()).all("caption")
        assert caption.text == (
            "Start 2026-01-05, go-live 2026-08-05 to 2027-03-05. "
            "Bars: solid: at the earliest; outlined: until the latest. "
            "Source: third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)"
        )

    def test_an_api_that_waits_for_another_shows_its_go_live_too(self):
        (table,) = read_html(PLANS["linked plan"]._repr_html_()).all("table")
        lives = [cells for cells in rows_of(table) if cells[0].text == "go-live"]
        assert [cells[1].text[:10] for cells in lives] == ["2026-03-05", "2026-08-05"]

    def test_what_is_live_or_built_already_is_said_so(self):
        text = read_html(PLANS["plan with some built and done"]._repr_html_()).text
        assert "technical implementation built 2026-02-01" in text
        assert "MESH live already" in text

    def test_a_plan_of_all_23_is_within_60_kilobytes(self):
        assert len(PLANS["plan of all"].planned) == 23
        assert len(PLANS["plan of all"]._repr_html_().encode()) <= 60_000

    def test_a_long_plan_is_cut_and_says_so(self):
        p = plan([small_api(f"api-{n}") for n in range(100)], start="2026-01-05")
        (table,) = read_html(p._repr_html_()).all("table")
        *_, last = table.all("tr")
        assert last.text == "and 70 more"

    def test_drivers_that_cost_too_much_are_not_told(self, monkeypatch):
        monkeypatch.setattr(drivers, "MOST_STEPS", 0)
        links = [
            Link(name, "eRS", before="build") for name in ("MESH", "PDS FHIR (Patient Access)")
        ]
        p = plan(FOUR, start="2026-01-05", links=links)
        with pytest.raises(TooComplexError):
            _ = p.drivers
        page = read_html(p._repr_html_())
        assert "Live last undecided: " in page.text
        assert "Live last undecided: " in p.svg()
