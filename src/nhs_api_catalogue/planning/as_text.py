"""A plan as text: for people at a terminal, and as a Gantt chart in Mermaid."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue._escapes import for_mermaid
from nhs_api_catalogue.planning.stages import PlannedApi, bars_of, span_of
from nhs_api_catalogue.records.parts import IMPLEMENTATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.notes import Notes
    from nhs_api_catalogue.planning.stages import PlannedStage, Timetable

# A screen of 25 lines fits four APIs, what drives them, the most serious warnings, and one line.
_SCREEN: Final = 24
_LEAST_WARNING_LINES: Final = 2
_SOURCES: Final = 2
# In pixels, for Mermaid's letters: the space around a name, and for each letter of it.
_NAME: Final = 24
_LETTER: Final = 7
# The width that fits a stage, its time and its dates on one line.
_STAGE_WIDTH: Final = 66


def short_lines(timetable: Timetable, notes: Notes, width: int) -> list[str]:
    """The answer first: dates, what drives them, the most serious warnings, and what is not shown.

    It shows as many warnings as fit on a screen. The first one is always shown, and cut if it is
    long.
    """
    lines = [str(timetable), ""]
    names = [title for title, _ in timetable.titled()]
    column = min(max(map(len, names)), width - len(span_of(timetable.go_live)) - 2)
    for name, item in zip(names, timetable.items, strict=True):
        *above, last = wrap(name, column)
        lines += above
        lines.append(f"{last:{column}}  {'live already' if item.done else span_of(item.go_live)}")
    lines += _section("Critical for go-live", notes.criticality.lines(), width)
    sources = timetable.sources()
    foot = ["", *wrap(f"Source: {'; '.join(sources[:_SOURCES])}", width)] if sources else [""]
    # Besides these and the warnings there are the title of the warnings with a blank line, and the
    # last line.
    room = max(_SCREEN - len(lines) - len(foot) - 3, _LEAST_WARNING_LINES)
    warnings, shown = _gravest(notes.warnings, room, width)
    if warnings:
        lines += ["", "Warnings, most serious first", *warnings]
    rest = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (len(notes.warnings) - shown, "more warning", "more warnings"),
            (len(notes.assumptions), "assumption", "assumptions"),
            (len(sources) - _SOURCES, "more source", "more sources"),
        )
        if count > 0
    ]
    return [*lines, *foot, *wrap(f"Not shown: {', '.join(rest)} and every stage.", width)]


def _gravest(warnings: tuple[str, ...], room: int, width: int) -> tuple[list[str], int]:
    """The lines of the first warnings that fit, and how many of them are complete."""
    lines: list[str] = []
    for shown, warning in enumerate(warnings):
        more = list(_bullets((warning,), width))
        if len(lines) + len(more) > room:
            if not shown:
                lines = [*more[: room - 1], "  ..."]
            return lines, shown
        lines += more
    return lines, len(warnings)


def full_lines(timetable: Timetable, notes: Notes, width: int) -> Iterator[str]:
    """The whole plan: every stage, warning, assumption and source."""
    yield str(timetable)
    for title, item in timetable.titled():
        yield from ("", *wrap(title, width))
        if item.done:
            yield "  live already"
            continue
        if isinstance(item, PlannedApi) and item.built is not None:
            yield f"  {IMPLEMENTATION:26}{'':14}built {item.built}"
        yield from _stage_lines(item.stages, item.go_live, width)
    yield from _section("Critical for go-live", notes.criticality.lines(), width)
    yield from _section("Live last", tuple(_driver_texts(notes)), width)
    yield from _section("Warnings", notes.warnings, width)
    yield from _section("Assumptions", notes.assumptions, width)
    sources = timetable.sources()
    yield from _section("Sources" if len(sources) > 1 else "Source", sources, width)


def _section(title: str, texts: tuple[str, ...], width: int) -> Iterator[str]:
    if texts:
        yield from ("", title, *_bullets(texts, width))


def _stage_lines(stages: tuple[PlannedStage, ...], go_live: Window, width: int) -> Iterator[str]:
    dates = " " * (42 if width >= _STAGE_WIDTH else 4)
    for stage in stages:
        lead = f"  {stage.name:26}{stage.time!s:14}"
        if not lead.endswith(" ") or width < _STAGE_WIDTH:
            # If the dates do not fit beside the time, they go on their own line.
            yield lead.rstrip()
            lead = dates
        yield f"{lead}{span_of(stage.finish)}"
    yield f"  {'go-live':{40 if width >= _STAGE_WIDTH else 9}}{span_of(go_live)}"


def _driver_texts(notes: Notes) -> Iterator[str]:
    yield from notes.problem
    if notes.drivers is None:
        return
    drivers = notes.drivers
    certain = set(drivers.certain)
    for title, names in (
        ("certain", drivers.certain),
        ("possible", tuple(name for name in drivers.possible if name not in certain)),
    ):
        if names:
            yield f"{title}: {', '.join(names)}"


def _bullets(texts: tuple[str, ...], width: int) -> Iterator[str]:
    for text in texts:
        yield from wrap(
            text, width, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
        )


def mermaid_lines(timetable: Timetable) -> Iterator[str]:
    """The plan as a Gantt chart: for each stage its earliest bar, then how late it may end.

    By default, Mermaid leaves 75 pixels for the names beside the bars; longer names overlap them.
    """
    titles = [title for title, _ in timetable.titled()]
    room = _NAME + _LETTER * max(map(len, titles))
    yield from ("---", "config:", "  gantt:", f"    leftPadding: {room}", "---", "gantt")
    yield f"    title Go-live {span_of(timetable.go_live)}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %Y-%m-%d"
    for title, item in timetable.titled():
        yield f"    section {for_mermaid(title)}"
        if not item.stages:
            yield f"    live already :milestone, done, {timetable.start}, 0d"
        for name, _, start, finish in bars_of(item):
            if start == finish.earliest:
                yield f"    {name}, earliest :milestone, {finish.earliest}, 0d"
            else:
                yield f"    {name}, earliest :active, {start}, {finish.earliest}"
            if finish.earliest != finish.latest:
                yield f"    {name}, or until :{finish.earliest}, {finish.latest}"
