"""Everything that a reader sees of a plan, letter by letter: text, chart, table and pictures."""

import json
from itertools import combinations
from xml.etree import ElementTree

import attrs
import pytest

from html_reader import read_html
from nhs_api_catalogue import (
    Api,
    DurationRange,
    Link,
    PertBeta,
    Service,
    Triangular,
    Uniform,
    catalogue,
    plan,
)
from nhs_api_catalogue.errors import CyclicPlanError, InvalidPlanError
from shown_values import small_api

FIRST = Api(
    id="a",
    name="A: b",
    technical=DurationRange.parse("0-2 days"),
    assurance=DurationRange.parse("1-2 weeks"),
)
SECOND, THIRD, FOURTH = (
    attrs.evolve(small_api(name.lower(), *times), name=name)
    for name, *times in (
        ("C", "1-3 days", "10 days"),
        ("D", "1 day", "0 days"),
        ("E", "1 week", "1 week"),
    )
)


def everything():
    return plan(
        [FIRST, SECOND, THIRD, FOURTH],
        start="2026-01-05",
        starts={"HSCN": "2026-01-10", "a": "2026-01-08"},
        built={"C": "2025-12-20"},
        done=["D", "Login"],
        links=[
            Link("a", "C", before="assurance"),
            Link("E", "a", to_be="built", before="build"),
            Link("a", "HSCN"),
            Link("E", "D"),
        ],
        services=[
            Service("HSCN", "1 month 4 weeks to 8 months 6 weeks 1 day", "us"),
            Service("Login", "1 day", "them"),
        ],
        teams=[["a"], ["e"]],
    )


EVERYTHING_TEXT = """\
Start 2026-01-05, go-live 2026-03-10 to 2026-10-23

A: b
  technical implementation  0-2 days      2026-01-08 to 2026-01-10
  NHS England assurance     1-2 weeks     2026-01-15 to 2026-01-24
  go-live                                 2026-03-10 to 2026-10-23

C
  technical implementation                built 2025-12-20
  NHS England assurance     10 days       2025-12-30 to 2025-12-30
  go-live                                 2025-12-30 to 2025-12-30

D
  live already

E
  technical implementation  1 week        2026-01-15 to 2026-01-17
  NHS England assurance     1 week        2026-01-22 to 2026-01-24
  go-live                                 2026-01-22 to 2026-01-24

HSCN (service)
  enabling service          1 month 4 weeks to 8 months 43 days
                                          2026-03-10 to 2026-10-23
  go-live                                 2026-03-10 to 2026-10-23

Login (service)
  live already

Critical for go-live
- necessarily: HSCN
- never: A: b, C, E

Live last
- certain: A: b, HSCN

Warnings
- 2025-12-20 is a Saturday and is not moved: C, hand-over.
- 2026-01-10 is a Saturday and is not moved: A: b, hand-over at the latest; E,
  start at the latest; HSCN, start.
- 2026-01-17 is a Saturday and is not moved: E, hand-over at the latest.
- 2026-01-24 is a Saturday and is not moved: E, go-live at the latest.

Assumptions
- The times are the sources' estimates: the latest date is the latest that they
  allow, not a promise.
- Assurance starts when technical implementation is finished.
- A stage can start on the day on which the last thing that it waits for ends.
- Each team implements one API after another: A: b; E.
- Assurance takes no team's time, and a team does nothing else.
- A: b does not start before 2026-01-08.
- HSCN does not start before 2026-01-10.
- A week is 7 days; a month is a calendar month, clamped to the month's end.
- Weekends and holidays count as days.
- Each API goes through its whole assurance, even where evidence could be
  shared.
- Queues for NHS England's process count only as far as the times include them.
- Live already, so nothing waits for them: D, Login.
- C is built on 2025-12-20; its assurance can start then.
- C must be live before A: b starts its assurance.
- A: b must be built before E starts.
- HSCN must be live before A: b goes live.
- D must be live before E goes live.
- The plan waits for no other prerequisites.
- Services take: HSCN, 1 month 4 weeks to 8 months 43 days (us); Login, 1 day
  (them).

Sources
- source not stated
- us
"""

EVERYTHING_SHORT = """\
Start 2026-01-05, go-live 2026-03-10 to 2026-10-23

A: b             2026-03-10 to 2026-10-23
C                2025-12-30 to 2025-12-30
D                live already
E                2026-01-22 to 2026-01-24
HSCN (service)   2026-03-10 to 2026-10-23
Login (service)  live already

Critical for go-live
- necessarily: HSCN
- never: A: b, C, E

Warnings, most serious first
- 2025-12-20 is a Saturday and is not moved: C, hand-over.
- 2026-01-10 is a Saturday and is not moved: A: b, hand-over at the latest; E,
  start at the latest; HSCN, start.
- 2026-01-17 is a Saturday and is not moved: E, hand-over at the latest.
- 2026-01-24 is a Saturday and is not moved: E, go-live at the latest.

Source: source not stated; us
Not shown: 19 assumptions and every stage.
"""

EVERYTHING_CHART = """\
---
config:
  gantt:
    leftPadding: 129
---
gantt
    title Go-live 2026-03-10 to 2026-10-23
    dateFormat YYYY-MM-DD
    axisFormat %Y-%m-%d
    section A#58; b
    technical implementation, earliest :milestone, 2026-01-08, 0d
    technical implementation, or until :2026-01-08, 2026-01-10
    NHS England assurance, earliest :active, 2026-01-08, 2026-01-15
    NHS England assurance, or until :2026-01-15, 2026-01-24
    go-live, earliest :milestone, 2026-03-10, 0d
    go-live, or until :2026-03-10, 2026-10-23
    section C
    NHS England assurance, earliest :active, 2025-12-20, 2025-12-30
    section D
    live already :milestone, done, 2026-01-05, 0d
    section E
    technical implementation, earliest :active, 2026-01-08, 2026-01-15
    technical implementation, or until :2026-01-15, 2026-01-17
    NHS England assurance, earliest :active, 2026-01-15, 2026-01-22
    NHS England assurance, or until :2026-01-22, 2026-01-24
    section HSCN (service)
    enabling service, earliest :active, 2026-01-10, 2026-03-10
    enabling service, or until :2026-03-10, 2026-10-23
    section Login (service)
    live already :milestone, done, 2026-01-05, 0d
"""

BY_A_DEADLINE_TEXT = """\
Start 2026-05-18, go-live 2026-05-28 to 2026-06-01

A: b
  technical implementation  0-2 days      2026-05-18 to 2026-05-20
  NHS England assurance     1-2 weeks     2026-05-25 to 2026-06-01
  go-live                                 2026-05-25 to 2026-06-01

C
  technical implementation  1-3 days      2026-05-19 to 2026-05-21
  NHS England assurance     10 days       2026-05-28 to 2026-05-28
  go-live                                 2026-05-28 to 2026-05-28

Critical for go-live
- possibly: A: b, C

Live last
- possible: A: b, C

Assumptions
- The times are the sources' estimates: the latest date is the latest that they
  allow, not a promise.
- Assurance and technical implementation start together and run side by side:
  the API is live when both are finished.
- A stage can start on the day on which the last thing that it waits for ends.
- The start is the latest that is safe for the deadline 2026-06-01.
- The implementation of every API starts on the start date; all run in parallel.
- A week is 7 days; a month is a calendar month, clamped to the month's end.
- Weekends and holidays count as days.
- Each API goes through its whole assurance, even where evidence could be
  shared.
- Queues for NHS England's process count only as far as the times include them.
- Nothing is live or built yet.
- No API waits for another.
- The plan waits for no services.

Source
- source not stated
"""


def test_a_plan_with_everything_in_it():
    assert everything().describe() == EVERYTHING_TEXT.removesuffix("\n")


def test_the_answer_alone():
    assert str(everything()) == EVERYTHING_SHORT.removesuffix("\n")


def test_the_answer_of_four_apis_fits_a_screen():
    """At most 25 lines with the one that the command line adds, and no wider than asked."""
    for first in range(20):
        p = plan(catalogue[first : first + 4], start="2027-01-11", allow_unavailable=True)
        assert len(str(p).splitlines()) <= 24
        for width in (60, 80, 120):
            lines = [
                *p.describe(width=width).splitlines(),
                *p.describe(width=width, short=True).splitlines(),
            ]
            assert max(map(len, lines)) <= width


def test_long_names_fit_a_screen_of_60_columns_too():
    """Names of two lines leave the warnings the least room."""
    longest = sorted(catalogue, key=lambda api: len(api.name))[-7:]
    for apis in combinations(longest, 4):
        p = plan(apis, start="2026-12-19", allow_unavailable=True)
        assert len(p.describe(width=60, short=True).splitlines()) <= 24


def test_a_warning_that_fills_the_screen_is_cut():
    p = plan(catalogue.select("Transfer of Care"), start="2027-01-11")
    lines = p.describe(short=True, width=60).splitlines()
    assert "  ..." in lines
    assert p.warnings[0].split()[:3] == " ".join(lines).split("serious first - ")[1].split()[:3]


@pytest.mark.parametrize(
    ("width", "error"), [(59, ValueError), ("80", TypeError), (8e1, TypeError)]
)
@pytest.mark.parametrize(
    "shown", [catalogue, catalogue[0], plan(catalogue[:1], start="2026-01-05")]
)
def test_a_width_is_a_whole_number_of_60_at_least(shown, width, error):
    with pytest.raises(error, match="whole number of at least 60"):
        shown.describe(width=width)


def test_a_plan_for_a_deadline_with_overlap():
    p = plan([FIRST, SECOND], deadline="2026-06-01", overlap="full")
    assert p.describe() == BY_A_DEADLINE_TEXT.removesuffix("\n")


def test_a_chart_with_everything_in_it():
    assert everything().to_mermaid() == EVERYTHING_CHART.removesuffix("\n")


DESCRIPTION = (
    "Bars: solid: at the earliest; outlined: until the latest. Source: source not stated; us. "
    "4 warnings are not shown here. "
    "A: b, never critical, certainly live last: "
    "technical implementation 0-2 days 2026-01-08 to 2026-01-10; "
    "NHS England assurance 1-2 weeks 2026-01-15 to 2026-01-24; "
    "go-live 2026-03-10 to 2026-10-23. "
    "C, technical implementation built 2025-12-20, never critical: "
    "NHS England assurance 10 days 2025-12-30 to 2025-12-30. "
    "D: live already. "
    "E, never critical: "
    "technical implementation 1 week 2026-01-15 to 2026-01-17; "
    "NHS England assurance 1 week 2026-01-22 to 2026-01-24. "
    "HSCN (service), necessarily critical, certainly live last: "
    "enabling service 1 month 4 weeks to 8 months 43 days 2026-03-10 to 2026-10-23. "
    "Login (service): live already. "
    "start 2026-01-05. go-live 2026-03-10 to 2026-10-23."
)


def test_a_picture_with_everything_in_it():
    root = ElementTree.fromstring(everything().svg())
    title, description, ground, *drawn = root
    assert title.text == "Start 2026-01-05, go-live 2026-03-10 to 2026-10-23"
    assert description.text == DESCRIPTION
    assert ground.attrib == {"width": "1280", "height": "598", "fill": "#ffffff"}
    ticks = {e.text: e.attrib["x"] for e in drawn if e.attrib.get("text-anchor") == "middle"}
    assert ticks == {"Jan 2026": "633", "Apr 2026": "757", "Jul 2026": "883", "Oct 2026": "1010"}
    bars = [(int(e.attrib["x"]), int(e.attrib["width"])) for e in drawn if e.tag.endswith("rect")]
    assert bars == [
        *((642, 1), (642, 3), (642, 10), (652, 12), (726, 1), (726, 314)),  # A: b
        (616, 14),  # C
        (638, 1),  # D, on the start
        *((642, 10), (652, 3), (652, 10), (662, 2)),  # E
        *((645, 81), (726, 314)),  # HSCN
        (638, 1),  # Login
    ]


def test_a_table_with_everything_in_it():
    (table,) = read_html(everything()._repr_html_()).all("table")
    heads = [["".join(part.pieces()) for part in head.all("div")] for head in table.all("th")]
    assert heads == [
        *([] for _ in range(4)),
        ["A: b", "never critical", "certainly live last"],
        ["C", "technical implementation built 2025-12-20", "never critical"],
        ["D"],
        ["E", "never critical"],
        ["HSCN (service)", "necessarily critical", "certainly live last"],
        ["Login (service)"],
    ]
    assert [head.text for head in table.all("th")][:4] == [
        *("API", "stage", "ends, earliest to latest"),
        "2025-12-20 to 2026-10-23",
    ]
    rows = [[cell.text for cell in row.all("td")] for row in table.all("tr")]
    assert rows == [
        [],
        ["technical implementation 0-2 days", "2026-01-08 to 2026-01-10", ""],
        ["NHS England assurance 1-2 weeks", "2026-01-15 to 2026-01-24", ""],
        ["go-live", "2026-03-10 to 2026-10-23", ""],
        ["NHS England assurance 10 days", "2025-12-30 to 2025-12-30", ""],
        ["live already"],
        ["technical implementation 1 week", "2026-01-15 to 2026-01-17", ""],
        ["NHS England assurance 1 week", "2026-01-22 to 2026-01-24", ""],
        [
            "enabling service 1 month 4 weeks to 8 months 43 days",
            *("2026-03-10 to 2026-10-23", ""),
        ],
        ["live already"],
    ]


def line_of(root):
    (line,) = (
        e.attrib["d"]
        for e in root
        if e.attrib.get("stroke-width") == "3"
        and "rect" not in e.tag
        and "stroke-dasharray" not in e.attrib
    )
    return line


def test_a_curve_over_five_days():
    p = plan([FIRST, SECOND], deadline="2026-06-01", overlap="full")
    root = ElementTree.fromstring(p.likelihood_svg(assume=Uniform()))
    title, description, *drawn = root
    assert title.text == (
        "Likelihood of go-live, start 2026-05-18: every day of the range equally likely"
    )
    assert description.text == (
        "Assumption, for each stage between its shortest and longest time: "
        "every day of the range equally likely. "
        "It is yours: no source says how likely a time is. "
        "The line assumes independent stages; the band holds for any dependence between APIs. "
        "One point per day. Source: source not stated. "
        "50 % by 2026-05-28 80 % by 2026-05-31 95 % by 2026-06-01 deadline 2026-06-01: 100 %."
    )
    # One go-live of 8 days from 2026-05-25, at each of which it is an eighth likelier; C is live
    # on 2026-05-28 for certain, so 4 of 8 on that day, then 5, 6, 7 and 8 of 8.
    line = line_of(root)
    assert line == "M96 560H320V344H544V290H768V236H992V182H1216V128"
    # C never varies, so the bounds are the line: there along it, and back along it.
    (band,) = (e.attrib["d"] for e in drawn if e.attrib.get("fill") == "#dbe8f6")
    assert band == f"{line}V128V182H992V236H768V290H544V344H320V560H96Z"
    dots = [(e.attrib["cx"], e.attrib["cy"]) for e in drawn if e.tag.endswith("circle")]
    assert dots == [("320", "344"), ("992", "182"), ("1216", "128")]


def test_a_curve_over_one_day_and_curves_over_many():
    one, more, many = (
        ElementTree.fromstring(
            plan([small_api("a", time, "0 days")], start="2026-01-05").likelihood_svg(
                assume=Uniform()
            )
        )
        for time in ("1 day", "1-201 days", "1-361 days")
    )
    assert "One point per day." in one[1].text
    assert "One point every 2 days." in more[1].text
    # 361 possible days are 360 steps, at most 120 points.
    assert "One point every 3 days." in many[1].text
    # The line begins before the first of these points, and ends on the last day.
    assert [len(line_of(root).split("H")) - 1 for root in (one, more, many)] == [1, 101, 121]


def test_everything_that_is_live_already():
    p = plan([FIRST], start="2026-01-05", done=["a"])
    (table,) = read_html(p._repr_html_()).all("table")
    assert next(table.all("caption")).text == (
        "Start 2026-01-05, go-live 2026-01-05 to 2026-01-05. "
        "Bars: solid: at the earliest; outlined: until the latest. "
        "No source: everything is live already"
    )
    # A scale is at least a day long.
    assert [head.text for head in table.all("th")][3] == "2026-01-05 to 2026-01-06"
    _, _, ground, *drawn = ElementTree.fromstring(p.svg())
    bars = [e.attrib for e in (ground, *drawn) if e.tag.endswith("rect")][1:]
    assert [(bar["x"], bar["width"], "stroke" in bar) for bar in bars] == [("616", "1", False)]
    assert p.to_mermaid().splitlines()[-1] == "    live already :milestone, done, 2026-01-05, 0d"
    assert p.describe().startswith(
        "Start 2026-01-05, go-live 2026-01-05 to 2026-01-05\n\n"
        "A: b\n  live already\n\nAssumptions\n"
    )


class TestOfOneName:
    """Ids distinguish APIs with the same name, wherever people or programs read the name."""

    def twins(self, **options):
        quick, slow = (
            attrs.evolve(small_api(id_, "1 day", time), name="Twin")
            for id_, time in (("quick", "1 day"), ("slow", "1-2 weeks"))
        )
        other = attrs.evolve(small_api("other", "1 day", "2 days"), name="Other")
        return plan([quick, slow, other], start="2026-01-05", **options)

    def test_in_what_drives_the_plan(self):
        p = self.twins()
        assert p.criticality.lines() == ("necessarily: Twin (slow)", "never: Twin (quick), Other")
        assert p.criticality.of(p["quick"].name) == "never"
        assert p.criticality.of(p["slow"].name) == "necessarily"
        assert str(p.drivers) == (
            "possible: Twin (slow); certain: Twin (slow); earlier: Twin (quick), Other"
        )
        assert [
            float(p.driver_probability(id_, assume=Uniform())) for id_ in ("quick", "slow")
        ] == [
            0,
            1,
        ]
        assert [
            float(p.criticality_probability(id_, assume=Uniform())) for id_ in ("quick", "slow")
        ] == [0, 1]

    def test_in_rows_and_json(self):
        p = self.twins()
        told = {(row["api"], row["id"], row["critical"], row["live_last"]) for row in p.rows()}
        assert told == {
            ("Twin (quick)", "quick", "never", "never"),
            ("Twin (slow)", "slow", "necessarily", "certainly"),
            ("Other", "other", "never", "never"),
        }
        assert json.loads(p.to_json())["critical"]["necessary"] == ["Twin (slow)"]

    def test_in_stages_and_paths(self):
        (path,) = self.twins().paths("slow")
        assert [str(stage) for stage in path.stages] == [
            "Twin (slow) (technical implementation)",
            "Twin (slow) (NHS England assurance)",
        ]

    def test_against_a_deadline(self):
        report = self.twins().against("2026-01-12")
        assert report.misses == ("Twin (slow)",)
        assert "Twin (quick)  certain" in str(report)
        heads = [cell.text for cell in read_html(report._repr_html_()).all("th")]
        assert [head for head in heads if head.startswith("Twin")] == [
            "Twin (quick)",
            "Twin (slow)",
        ]

    def test_in_text_assumptions_warnings_and_comparison(self):
        p = self.twins(
            teams=[["quick", "slow"], ["other"]],
            starts={"slow": "2026-01-10"},
            links=[Link("slow", "quick")],
        )
        text = p.describe(width=200)
        assert "\nTwin (quick)\n" in text
        for sentence in (
            "Each team implements one API after another: Twin (quick) then Twin (slow); Other.",
            "Twin (slow) does not start before 2026-01-10.",
            "Twin (quick) must be live before Twin (slow) goes live.",
            "2026-01-10 is a Saturday and is not moved: Twin (slow), start.",
        ):
            assert f"- {sentence}\n" in text
        shifts = self.twins().compare(p).shifts
        assert [shift.name for shift in shifts] == ["Twin (quick)", "Twin (slow)", "Other"]

    def test_in_what_is_refused(self):
        twins = self.twins().catalogue
        with pytest.raises(InvalidPlanError, match=r"no team implements 'Twin \(slow\)'"):
            plan(twins, start="2026-01-05", teams=[["quick"], ["other"]])
        with pytest.raises(CyclicPlanError, match=r"Twin \(slow\)") as caught:
            plan(twins, start="2026-01-05", links=[Link("slow", "quick"), Link("quick", "slow")])
        assert set(caught.value.cycle) == {"Twin (quick)", "Twin (slow)"}


class TestFormats:
    """In a format a value is its text, aligned to a width."""

    @pytest.mark.parametrize(
        "value",
        [
            everything()["C"],
            everything()["C"].stages[0],
            everything().drivers,
            everything().criticality,
            everything().against("2026-12-31").parts[0],
            everything().paths("C")[0],
            everything().distribution(assume="uniform"),
            Uniform(),
            Triangular(0.5),
            PertBeta(0.5),
            Link("a", "b", before="build"),
            Service("a", "2 weeks", "us"),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_one_line_is_aligned(self, value):
        assert f"{value}" == str(value)
        assert f"{value:>400}" == str(value).rjust(400)
        assert f"{value:*<400}" == str(value).ljust(400, "*")

    @pytest.mark.parametrize("spec", ["d", ".3f", "s", "20.3"])
    def test_what_is_not_a_width_is_refused_with_what_is(self, spec):
        with pytest.raises(ValueError, match="for the text of Uniform: expected a width such as"):
            format(Uniform(), spec)

    @pytest.mark.parametrize(
        "value",
        [everything(), everything().against("2026-12-31"), everything().likelihoods("2026-12-31")],
        ids=lambda value: type(value).__name__,
    )
    def test_several_lines_cannot_be_aligned(self, value):
        assert f"{value}" == str(value)
        with pytest.raises(ValueError, match="expected none for several lines"):
            format(value, ">20")
