"""A plan as a report for decision makers: answer, picture, what drives it, what could go wrong.

The same report has two forms: a self-contained, printable HTML page, and Markdown. Both load
nothing and have no date of their own, so the same plan gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue._escapes import for_markdown, for_markup
from nhs_api_catalogue._html import Lines, linked, write_table
from nhs_api_catalogue.planning.as_svg import Look, draw_plan
from nhs_api_catalogue.planning.as_text import mermaid_lines
from nhs_api_catalogue.planning.notes import states_of
from nhs_api_catalogue.planning.stages import PlannedApi, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nhs_api_catalogue._html import Cell, Group
    from nhs_api_catalogue.planning.notes import Notes
    from nhs_api_catalogue.planning.stages import Timetable

MOST_RISKS: Final = 8

# Black on white, as on paper: A4 with margins, readable letters, and no split rows.
_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1em; max-width: 60em; color: #1d2530; background: #ffffff;
  font: 16px/1.4 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.6em; margin: 0 0 0.4em; }
h2 { font-size: 1.15em; margin: 1.2em 0 0.3em; border-bottom: 1px solid #8a94a3; }
p, ul { margin: 0.3em 0; }
.answer { font-size: 1.15em; font-weight: bold; }
figure { margin: 0.8em 0; }
figure svg { display: block; width: 100%; height: auto; }
table { width: 100%; }
tbody { border-top: 1px solid #d5dbe3; }
@page { size: A4; margin: 14mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.3; }
  h2, caption, thead { break-after: avoid; }
  h2 { margin-top: 0.9em; }
  figure, tbody, li { break-inside: avoid; }
  figure svg { max-height: 215mm; }
}
"""


@final
@attrs.frozen
class Question:
    """What a report answers besides when everything is live.

    Attributes:
        title: The title of the report.
        deadline: The day by which everything must be live.
        answers: The sentences about that day, the shortest first.
        sources: The sources of what the plan is based on, each with its date.
    """

    title: str | None
    deadline: date | None
    answers: tuple[str, ...]
    sources: tuple[str, ...]


@final
class _Report:
    """The contents of a report, in either form.

    Attributes:
        title: Its title.
        answer: The answer in one sentence, and the status of the deadline.
        drives: What drives go-live.
        risks: The most serious warnings, and how many more there are.
    """

    def __init__(self, timetable: Timetable, notes: Notes, question: Question) -> None:
        self.title = question.title or "When could we go live?"
        count = sum(isinstance(item, PlannedApi) for item in timetable.items)
        what = "Everything" if count > 1 else "It"
        window = f"{timetable.go_live.earliest} and {timetable.go_live.latest}"
        live = f"{what} could be live between {window}, if work starts on {timetable.start}."
        self.answer = [live, *question.answers[:1]]
        self.drives = [
            *(line.replace(":", " critical:", 1) for line in notes.criticality.lines()),
            *(f"Live last {why}" for why in notes.problem),
        ]
        self.risks = list(notes.warnings[:MOST_RISKS])
        if len(notes.warnings) > MOST_RISKS:
            self.risks.append(f"And {len(notes.warnings) - MOST_RISKS} more, less serious.")

    def sections(self, notes: Notes, question: Question) -> list[tuple[str, Sequence[str]]]:
        """The titles of the sections and their texts; empty sections are left out."""
        return [
            (title, texts)
            for title, texts in (
                ("What drives it", self.drives),
                (f"The deadline, {question.deadline}", question.answers),
                ("What could go wrong", self.risks),
                ("What the plan assumes", notes.assumptions),
                ("Sources", question.sources),
            )
            if texts
        ]


# ---- in HTML -------------------------------------------------------------------------------


def html_report(timetable: Timetable, notes: Notes, question: Question) -> str:
    """The report as a self-contained page."""
    report = _Report(timetable, notes, question)
    title = for_markup(report.title)
    picture = draw_plan(timetable, notes, Look(deadline=question.deadline))
    parts = [
        f"<h1>{title}</h1>",
        *(f'<p class="answer">{linked(text)}</p>' for text in report.answer),
        f"<figure>{picture}</figure>",
        _table(timetable, notes),
    ]
    for heading, texts in report.sections(notes, question):
        items = "".join(f"<li>{linked(text)}</li>" for text in texts)
        parts.append(f"<section><h2>{for_markup(heading)}</h2><ul>{items}</ul></section>")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _table(timetable: Timetable, notes: Notes) -> str:
    """One row per stage: what it is, how long it takes, when it ends."""
    groups: list[Group] = []
    for title, item in timetable.titled():
        name = Lines((title, *states_of(item, notes)))
        rows: list[list[Cell]] = [
            [stage.name, str(stage.time), span_of(stage.finish)] for stage in item.stages
        ]
        rows = rows or [["live already"]]
        groups.append((name, rows))
    heads = ("API", "stage", "time", "ends, earliest to latest")
    return write_table("Stages", heads, groups, (29, 26, 15, 30))


# ---- in Markdown ---------------------------------------------------------------------------


def markdown_report(timetable: Timetable, notes: Notes, question: Question) -> str:
    """The report in Markdown, with a Mermaid chart as its picture."""
    report = _Report(timetable, notes, question)
    lines = [f"# {for_markdown(report.title)}", ""]
    for text in report.answer:
        lines += [f"**{for_markdown(text)}**", ""]
    lines += ["```mermaid", *mermaid_lines(timetable), "```", ""]
    lines += ["| API | stage | time | ends, earliest to latest |", "| --- | --- | --- | --- |"]
    for title, item in timetable.titled():
        name = "; ".join((title, *states_of(item, notes)))
        rows = [(stage.name, str(stage.time), span_of(stage.finish)) for stage in item.stages]
        for row in rows or [("live already", "", "")]:
            lines.append(f"| {' | '.join(map(for_markdown, (name, *row)))} |")
    for heading, texts in report.sections(notes, question):
        lines += ["", f"## {for_markdown(heading)}", ""]
        lines += (f"- {for_markdown(text)}" for text in texts)
    return "".join(f"{line}\n" for line in lines)
