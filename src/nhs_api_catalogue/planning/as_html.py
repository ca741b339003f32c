"""A plan as a table in HTML, with bars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue._html import Bar, Lines, write_list, write_table
from nhs_api_catalogue.planning.notes import LEGEND, sources_of, states_of
from nhs_api_catalogue.planning.stages import bars_of, time_line

if TYPE_CHECKING:
    from nhs_api_catalogue._html import Cell, Group
    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.notes import Notes
    from nhs_api_catalogue.planning.stages import Timetable

_SHARES: Final = (22, 31, 32, 15)


def write_plan(timetable: Timetable, notes: Notes) -> str:
    """The plan as a table: one row per stage with dates and a bar, and what drives go-live.

    The warnings follow and, folded, the assumptions; it says the same as `str`.
    """
    origin, whole = time_line(timetable)
    groups: list[Group] = []
    for title, item in timetable.titled():
        rows: list[list[Cell]] = []
        for label, time, start, finish in bars_of(item):
            bar = Bar(
                (start - origin).days,
                (finish.earliest - start).days,
                finish.days,
                whole,
            )
            rows.append([Lines(tuple(filter(None, (label, time)))), _both_ends(finish), bar])
        if not rows:
            rows.append(["live already"])
        groups.append((Lines((title, *states_of(item, notes))), rows))
    last = origin + timedelta(whole)
    heads = ("API", "stage", "ends, earliest to latest", f"{origin} to {last}")
    caption = f"{timetable}. Bars: {LEGEND}. {sources_of(timetable)}"
    return (
        write_table(caption, heads, groups, _SHARES)
        + write_list("Live last", notes.problem)
        + write_list("Warnings", notes.warnings)
        + write_list("Assumptions", notes.assumptions, folded=True)
    )


def _both_ends(window: Window) -> Lines:
    """Both ends of the window, one below the other."""
    return Lines((f"{window.earliest} to", f"{window.latest}"))
