"""A plan as SVG pictures: a Gantt chart, and the curve of how likely it is live by each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue._svg import WIDTH, Block, Lane, Mark, Picture, write_bars, write_curve
from nhs_api_catalogue.planning.notes import LEGEND, sources_of, states_of
from nhs_api_catalogue.planning.stages import bars_of, span_of, time_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue._svg import Tick
    from nhs_api_catalogue.likelihood import Assumption, Probability
    from nhs_api_catalogue.planning.chances import Chances
    from nhs_api_catalogue.planning.notes import Notes
    from nhs_api_catalogue.planning.stages import Timetable

_MOST_POINTS: Final = 120
_MARKED: Final = (0.5, 0.8, 0.95)
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


@final
@attrs.frozen
class Look:
    """How a picture looks, and what is marked in it.

    Attributes:
        title: Its title; None for start and go-live.
        deadline: A day to draw as a limit.
        by: A day to mark, with a text about it.
        warnings: Whether to list the warnings or only count them.
        width: How wide it is shown, in pixels.
        is_dark: Whether it is for a dark background.
    """

    title: str | None = None
    deadline: date | None = None
    by: tuple[date, str] | None = None
    warnings: bool = False
    width: int = WIDTH
    is_dark: bool = False

    def days(self) -> Iterator[date]:
        """The days that the time line must include."""
        if self.deadline is not None:
            yield self.deadline
        if self.by is not None:
            yield self.by[0]


def draw_plan(timetable: Timetable, notes: Notes, look: Look) -> str:
    """The plan as a Gantt picture."""
    first, length = time_line(timetable)
    origin = min((first, *look.days()))
    whole = (max((first + timedelta(length), *look.days())) - origin).days
    blocks: list[Block] = []
    for title, item in timetable.titled():
        lanes = tuple(
            Lane(
                label,
                time,
                (start - origin).days,
                (finish.earliest - origin).days,
                (finish.latest - origin).days,
                span_of(finish),
            )
            for label, time, start, finish in bars_of(item)
        )
        begin = (timetable.start - origin).days
        live = (Lane("", "", begin, begin, 0, "live already"),)
        blocks.append(Block(title, ", ".join(states_of(item, notes)), lanes or live))
    lines = [
        f"Bars: {LEGEND}. {sources_of(timetable)}.",
        *(f"Live last {text}" for text in notes.problem),
    ]
    count = len(notes.warnings)
    if look.warnings:
        lines += (f"Warning: {text}" for text in notes.warnings)
    elif count:
        lines.append(f"{count} {'warning is' if count == 1 else 'warnings are'} not shown here.")
    window = timetable.go_live
    marks = [
        Mark((timetable.start - origin).days, (timetable.start - origin).days, _start(timetable)),
        Mark(
            (window.earliest - origin).days,
            (window.latest - origin).days,
            f"go-live {span_of(window)}",
        ),
        *_limits(look, origin),
    ]
    picture = Picture(
        look.title or str(timetable),
        tuple(lines),
        whole,
        _ticks(origin, whole, most=6),
        tuple(marks),
        look.width,
        look.is_dark,
    )
    return write_bars(picture, blocks)


def _start(timetable: Timetable) -> str:
    return f"start {timetable.start}"


def _limits(look: Look, origin: date) -> Iterator[Mark]:
    if look.deadline is not None:
        place = (look.deadline - origin).days
        yield Mark(place, place, f"deadline {look.deadline}", is_limit=True)
    if look.by is not None:
        day, text = look.by
        place = (day - origin).days
        yield Mark(place, place, f"all live by {day}: {text}")


def draw_likelihood(
    timetable: Timetable, chances: Chances, assume: Assumption | str, look: Look
) -> str:
    """How likely everything is live by each day of the go-live window, as a curve."""
    found = chances.distribution(assume)
    shape, first, last = found.assumption, found.days[0], found.days[-1]
    step = -(-(timetable.go_live.days or 1) // _MOST_POINTS)
    shown = [*zip(found.days[:-1:step], found.probabilities[::step], strict=False)]
    shown.append((last, found.probabilities[-1]))
    # Not everything can be live before the first day; everything is on the last.
    begin = max(first, date.min + timedelta(1)) - timedelta(1)
    origin = min((begin, *look.days()))
    whole = (max((last, *look.days())) - origin).days or 1
    points = [(0, 0.0, 0.0, 0.0)]
    if begin > origin:
        points.append(((begin - origin).days, 0.0, 0.0, 0.0))
    for day, share in shown:
        band = share.lower_if_dependent, share.upper_if_dependent
        points.append(((day - origin).days, share.value, *band))
    if look.deadline is not None and look.deadline > last:
        points.append((whole, 1.0, 1.0, 1.0))
    marked = {found.quantile(share): share for share in _MARKED}
    marks = [
        (
            (day - origin).days,
            found.probability(day).value,
            f"{share:.0%} by {day}".replace("%", " %"),
        )
        for day, share in marked.items()
    ]
    width = max(share.upper - share.lower for share in found.probabilities)
    middle = f"The line is the middle of a proven interval, which is at most {width:.3f} wide."
    notes = (
        f"Assumption, for each stage between its shortest and longest time: {shape}.",
        "It is yours: no source says how likely a time is.",
        "The line assumes independent stages; the band holds for any dependence between APIs.",
        *([middle] if width > 0 else ()),
        f"One point every {step} days." if step > 1 else "One point per day.",
        f"{sources_of(timetable)}.",
    )
    title = f"Likelihood of go-live, start {timetable.start}: {shape}"
    limits = tuple(
        attrs.evolve(mark, text=f"{mark.text}: {_share(found.probability(look.deadline))}")
        for mark in _limits(look, origin)
        if look.deadline is not None
    )
    picture = Picture(
        look.title or title,
        notes,
        whole,
        _ticks(origin, whole, most=12),
        limits,
        look.width,
        look.is_dark,
    )
    return write_curve(picture, points, marks)


def _share(found: Probability) -> str:
    return f"{found:.0%}".replace("%", " %")


def _ticks(origin: date, whole: int, *, most: int) -> tuple[Tick, ...]:
    """The first days of months, quarters or years on the time line, as many as fit."""
    last = origin + timedelta(whole)
    # Months counted from year 0.
    low, high = (12 * day.year + day.month - 1 for day in (origin, last))
    steps = (1, 3, 12, 24, 60, 120, 600, 1200, 12000, 120000)
    step = next(step for step in steps if (high - low) // step < most)
    firsts = (
        date(month // 12, month % 12 + 1, 1) for month in range(low, high + 1) if month % step == 0
    )
    return tuple(
        # Not with strftime, whose month names are in the machine's language.
        (
            (day - origin).days,
            f"{day.year}" if step >= 12 else f"{_MONTHS[day.month - 1]} {day.year}",
        )
        for day in firsts
        if origin <= day <= last
    )
