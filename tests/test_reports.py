"""Reports of plans: they are self-contained, say what the plan says, and escape others' texts."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from html_reader import read_html
from nhs_api_catalogue import (
    InvalidDateError,
    InvalidPlanError,
    Uniform,
    UnknownValueError,
    plan,
)
from nhs_api_catalogue.__main__ import main
from nhs_api_catalogue._escapes import for_markdown
from shown_values import FOUR, HOSTILE, PLANS, hostile_api

every_plan = pytest.mark.parametrize("p", PLANS.values(), ids=PLANS)


class Seen(HTMLParser):
    """The tags and the attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def body_of(page):
    """The body without its picture, which is no HTML of tables; test_svg reads that."""
    body = re.search("<body>(.*)</body>", page, re.DOTALL)[1]
    return read_html(re.sub("<figure>.*</figure>", "", body, flags=re.DOTALL))


def items_of(section):
    return ["".join(item.pieces()) for item in section.all("li")]


def sections_of(page):
    found = {}
    for section in body_of(page).all("section"):
        (heading,) = section.all("h2")
        found[heading.text] = items_of(section)
    return found


class TestHtml:
    @every_plan
    def test_it_loads_nothing_and_runs_nothing(self, p):
        page = p.report()
        assert page.startswith("<!DOCTYPE html>")
        seen = Seen(page)
        assert not seen.tags & {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
        }
        assert not {name for name in seen.attributes if name.startswith("on")}
        assert not seen.attributes & {"src", "srcset", "background", "xlink:href"}
        assert "url(" not in page
        assert "@import" not in page

    @every_plan
    def test_the_picture_is_well_formed(self, p):
        (picture,) = re.findall("<figure>(.*?)</figure>", p.report(), re.DOTALL)
        assert ET.fromstring(picture).tag.endswith("svg")

    @every_plan
    def test_every_stage_is_in_the_table(self, p):
        (table,) = body_of(p.report()).all("table")
        rows = [
            [cell.text for cell in row.all("td")]
            for body in table.all("tbody")
            for row in body.all("tr")
        ]
        expected = []
        for item in p.items():
            stages = [
                [s.name, str(s.time), f"{s.finish.earliest} to {s.finish.latest}"]
                for s in item.stages
            ]
            expected += stages or [["live already"]]
        assert rows == expected[: len(rows)]

    @every_plan
    def test_what_drives_and_what_is_granted_is_told(self, p):
        sections = sections_of(p.report())
        drives = [line.replace(":", " critical:", 1) for line in p.criticality.lines()]
        assert sections.get("What drives it", []) == drives
        assert sections["What the plan assumes"] == list(p.assumptions)

    @every_plan
    def test_the_gravest_warnings_are_told_and_the_others_counted(self, p):
        told = sections_of(p.report()).get("What could go wrong", [])
        assert told[:8] == list(p.warnings[:8])
        more = len(p.warnings) - 8
        assert told[8:] == ([f"And {more} more, less serious."] if more > 0 else [])

    def test_the_answer_comes_first(self):
        texts = [e.text for e in body_of(PLANS["plan"].report(deadline="2027-02-28")).all("p")]
        assert texts == [
            (
                "Everything could be live between 2026-08-05 and 2027-03-05, "
                "if work starts on 2026-01-05."
            ),
            "Going live by the deadline, 2027-02-28, is possible.",
        ]

    def test_the_deadline_says_what_the_plan_says_against_it(self):
        p = PLANS["plan"]
        found = sections_of(p.report(deadline="2027-02-28", assume=Uniform()))
        told = found["The deadline, 2027-02-28"]
        report = p.against("2027-02-28", assume=Uniform())
        assert told[1:3] == str(report).split("\n")[1:3]
        assert told[3] == f"How likely the deadline is met: {report.probabilities[0]}."
        assert told[4] == f"Not certain to be live by then: {', '.join(report.misses)}."
        assert "deadline 2027-02-28" in p.report(deadline="2027-02-28")

    def test_the_deadline_of_the_plan_is_taken_by_itself(self):
        p = plan(FOUR, deadline="2027-03-31")
        told = sections_of(p.report())["The deadline, 2027-03-31"]
        assert told == [
            "Going live by the deadline, 2027-03-31, is certain.",
            "At the longest on the day, at the shortest 213 days early.",
            "Start 2026-01-31; latest safe start 2026-01-31, last chance 2026-08-31.",
        ]

    def test_the_sources_have_their_dates(self):
        assert sections_of(PLANS["plan"].report())["Sources"] == [
            "third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)",
            f"what official sources say, gathered on {FOUR.overlays[0].compiled}",
        ]

    def test_texts_of_others_are_texts(self):
        page = PLANS["hostile plan"].report(title=HOSTILE)
        assert "<script" not in page
        (heading,) = body_of(page).all("h1")
        assert "".join(heading.pieces()) == HOSTILE

    def test_the_same_plan_gives_the_same_bytes(self):
        one, other = (plan(FOUR, start="2026-01-05").report() for _ in range(2))
        assert one == other


class TestMarkdown:
    @every_plan
    def test_it_says_what_the_page_says(self, p):
        text = p.report(form="markdown", deadline="2027-02-28")
        headings = re.findall("^## (.*)$", text, re.MULTILINE)
        assert headings == list(sections_of(p.report(deadline="2027-02-28")))
        assert text.count("```") == 2
        assert p.to_mermaid() in text

    def test_texts_of_others_are_on_one_line_and_no_markup(self):
        text = PLANS["hostile plan"].report(form="markdown", title=HOSTILE)
        outside = re.sub("```mermaid.*?```", "", text, flags=re.DOTALL)
        assert "<script" not in outside
        assert for_markdown(HOSTILE) in outside


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"form": "pdf"}, UnknownValueError),
        ({"title": 1}, TypeError),
        ({"deadline": "soon"}, InvalidDateError),
        ({"assume": Uniform()}, InvalidPlanError),
    ],
)
def test_what_no_report_answers_is_refused(options, error):
    with pytest.raises(error):
        PLANS["plan"].report(**options)


def test_more_warnings_than_have_room_are_counted():
    p = plan([hostile_api(f"h-{n}") for n in range(12)], start="2026-01-05", allow_unavailable=True)
    told = sections_of(p.report())["What could go wrong"]
    assert told[8:] == [f"And {len(p.warnings) - 8} more, less serious."]


class TestShell:
    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("r.html", "<!DOCTYPE html>"),
            ("r.HTM", "<!DOCTYPE html>"),
            ("r", "<!DOCTYPE html>"),
            ("r.md", "# Ours"),
            ("r.markdown", "# Ours"),
        ],
    )
    def test_it_writes_the_report(self, name, begins, tmp_path, capsys):
        path = tmp_path / name
        command = ["plan", "eRS", "MESH", "--start", "2026-01-05", "--by", "2027-02-28"]
        assert main([*command, "--title", "Ours", "--report", str(path)]) == 0
        assert capsys.readouterr().out == f"The report is in {path}.\n"
        p = plan(FOUR.select("eRS", "MESH"), start="2026-01-05")
        form = "html" if begins.startswith("<") else "markdown"
        written = path.read_text(encoding="utf-8")
        assert written.startswith(begins)
        assert written == p.report(title="Ours", deadline="2027-02-28", form=form)

    @pytest.mark.parametrize("name", ["r.pdf", "r.docx", "r.html.txt"])
    def test_what_it_cannot_write_is_refused_with_the_way_out(self, name, tmp_path, capsys):
        with pytest.raises(SystemExit):
            main(["plan", "eRS", "--start", "2026-01-05", "--report", str(tmp_path / name)])
        told = " ".join(capsys.readouterr().err.split())
        assert "--report writes HTML or Markdown" in told
        assert "a browser saves a page of HTML as PDF" in told
        assert list(tmp_path.iterdir()) == []

    def test_two_forms_are_refused(self, capsys, tmp_path):
        with pytest.raises(SystemExit):
            main(
                ["plan", "eRS", "--start", "2026-01-05", "--json", "--report", str(tmp_path / "r")]
            )
        assert "--report and --json are two output formats" in capsys.readouterr().err

    def test_a_folder_that_is_not_there_is_told(self, capsys, tmp_path):
        with pytest.raises(SystemExit):
            main(["plan", "eRS", "--start", "2026-01-05", "--report", str(tmp_path / "no" / "r")])
        assert "No such file or directory" in capsys.readouterr().err
