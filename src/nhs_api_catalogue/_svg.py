"""Pictures in SVG: bars on a time line, and a curve; knows nothing of the NHS.

A picture stands alone, on a slide as in a page: its own background, no address but the name of
the format, no id (so that two of them can share a page), title and description for those who do
not see it. All lengths are whole numbers, so the same values give the same bytes.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue._escapes import for_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Tick: TypeAlias = "tuple[int, str]"

WIDTH: Final = 1280
_MARGIN: Final = 32
# Where the columns of a picture of bars begin: labels, details, time line, texts.
_LABELS: Final = 372
_DETAILS: Final = 564
_LINE: Final = (672, 1040)
_TEXTS: Final = 1056
_LANE: Final = 22
_CURVE: Final = (96, 1216, 128, 560)  # left, right, top and bottom of the curve's field

_BOLD: Final = ' font-weight="bold"'
_MIDDLE: Final = ' text-anchor="middle"'
_END: Final = ' text-anchor="end"'
_FONT: Final = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_INK: Final = "#1d2530"
_PALE: Final = "#d5dbe3"
_BLUE: Final = "#1f5fa8"
_WASH: Final = "#dbe8f6"


@final
@attrs.frozen
class Lane:
    """One bar on the time line.

    Attributes:
        label: What it is.
        detail: A word or two on it; may be empty.
        first: Where it begins.
        solid: Where its solid part ends.
        outlined: Where its outlined part ends.
        text: What it says, in words.
    """

    label: str
    detail: str
    first: int
    solid: int
    outlined: int
    text: str


@final
@attrs.frozen
class Block:
    """Lanes that belong together.

    Attributes:
        name: What they belong to.
        note: What is said of it, under its name; may be empty.
        lanes: The lanes, one at least.
    """

    name: str
    note: str
    lanes: tuple[Lane, ...]


@final
@attrs.frozen
class Picture:
    """What every picture has.

    Attributes:
        title: What it is, in one line.
        notes: What stands under it, a paragraph each.
        whole: The length of the time line, above 0.
        ticks: Places on it with their names.
    """

    title: str
    notes: tuple[str, ...]
    whole: int
    ticks: tuple[Tick, ...]


def write_bars(picture: Picture, blocks: Sequence[Block]) -> str:
    """Blocks of bars on one time line.

    >>> lane = Lane("building", "4-6 weeks", 0, 4, 6, "in March")
    >>> text = write_bars(Picture("Times", (), 6, ()), [Block("MESH", "", (lane,))])
    >>> text.count("<rect") - 1, "<title>Times</title>" in text
    (2, True)
    """
    parts: list[str] = []
    top = y = 104
    for block in blocks:
        names = _names(block)
        parts += _block(block, names, picture.whole, y)
        y += _LANE * max(len(block.lanes), len(names)) + 12
    words = (
        f"{', '.join(filter(None, (block.name, block.note)))}: {_words(block.lanes)}"
        for block in blocks
    )
    parts = [*_grid(picture, *_LINE, top, y), *parts]
    return _whole(picture, parts, y + 24, (*picture.notes, *words))


def write_curve(
    picture: Picture,
    points: Sequence[tuple[int, float, float, float]],
    marks: Sequence[tuple[int, float, str]],
) -> str:
    """A share from 0 to 1 over time, with a band of its bounds.

    Args:
        picture: Title, notes and time line.
        points: Place, share, least and greatest share, by place; each holds up to the next.
        marks: Places on the curve: place, share, text.

    >>> text = write_curve(Picture("By when", (), 2, ()), [(0, 0.0, 0, 0), (2, 1.0, 1, 1)], [])
    >>> "100 %" in text, text.count("<path")  # five lines of the grid, the band, the curve
    (True, 7)
    """
    left, right, top, bottom = _CURVE

    def place(x: int, share: float) -> tuple[int, int]:
        return _x(x, picture.whole, left, right), bottom - round((bottom - top) * share)

    parts = [*_grid(picture, left, right, top, bottom)]
    for percent in range(0, 101, 25):
        _, y = place(0, percent / 100)
        parts.append(f'<path d="M{left} {y}H{right}" stroke="{_PALE}"/>')
        parts.append(_text(left - 8, y + 5, f"{percent} %", 15, _END))
    least, share, greatest = (
        [place(point[0], point[column]) for point in points] for column in (2, 1, 3)
    )
    band = f"{_steps(greatest)}{_steps_back(least)}Z"
    parts.append(f'<path d="{band}" fill="{_WASH}"/>')
    parts.append(f'<path d="{_steps(share)}" fill="none" stroke="{_BLUE}" stroke-width="3"/>')
    for where, height, text in marks:
        x, y = place(where, height)
        parts.append(f'<circle cx="{x}" cy="{y}" r="6" fill="{_INK}"/>')
        # Towards the middle of the picture there is room for the text.
        if x > (left + right) // 2:
            parts.append(_text(x - 12, y - 8, text, 16, _END))
        else:
            parts.append(_text(x + 12, y + 20, text, 16))
    return _whole(picture, parts, bottom + 48, (*picture.notes, *(text for _, _, text in marks)))


# ---- parts ---------------------------------------------------------------------------------


def _whole(picture: Picture, parts: Sequence[str], top: int, words: Sequence[str]) -> str:
    """The picture around its parts, with the notes from `top` down."""
    lines = [line for note in picture.notes for line in wrap(note, 150)]
    height = top + 22 * len(lines) + 16
    notes = (_text(_MARGIN, top + 22 * row, line, 15) for row, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="{_FONT}" fill="{_INK}">'
        f"<title>{for_markup(picture.title)}</title><desc>{for_markup(' '.join(words))}</desc>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
        f"{_text(_MARGIN, 48, picture.title, 24, _BOLD)}"
        f"{''.join(parts)}{''.join(notes)}</svg>\n"
    )


def _grid(picture: Picture, left: int, right: int, top: int, bottom: int) -> Iterator[str]:
    for where, name in picture.ticks:
        x = _x(where, picture.whole, left, right)
        yield f'<path d="M{x} {top - 8}V{bottom}" stroke="{_PALE}"/>'
        yield _text(x, top - 16, name, 15, _MIDDLE)


def _names(block: Block) -> list[tuple[str, bool]]:
    """The lines in which a block is named, each with whether it is of the name itself."""
    return [
        *((line, True) for line in wrap(block.name, 34)),
        *((line, False) for line in wrap(block.note, 40)),
    ]


def _block(block: Block, names: Sequence[tuple[str, bool]], whole: int, y: int) -> Iterator[str]:
    for row, (name, strong) in enumerate(names):
        yield _text(_MARGIN, y + 16 + _LANE * row, name, 16, _BOLD if strong else "")
    for row, lane in enumerate(block.lanes):
        base = y + _LANE * row
        yield _cut(_LABELS, base + 16, lane.label, 14, 26)
        yield _cut(_DETAILS, base + 16, lane.detail, 14, 13)
        first, solid, outlined = (
            _x(place, whole, *_LINE) for place in (lane.first, lane.solid, lane.outlined)
        )
        # One pixel at least: a bar of no length is still there.
        yield (
            f'<rect x="{first}" y="{base + 3}" width="{max(1, solid - first)}" height="{_LANE - 6}"'
            f' fill="{_BLUE}"/>'
        )
        if outlined > solid:
            yield (
                f'<rect x="{solid}" y="{base + 3}" width="{outlined - solid}" height="{_LANE - 6}"'
                f' fill="{_WASH}" stroke="{_BLUE}" stroke-dasharray="4 3"/>'
            )
        yield _cut(_TEXTS, base + 16, lane.text, 15, 28)


def _words(lanes: Sequence[Lane]) -> str:
    texts = (" ".join(filter(None, (lane.label, lane.detail, lane.text))) for lane in lanes)
    return f"{'; '.join(texts)}."


def _x(place: int, whole: int, left: int, right: int) -> int:
    return left + (2 * (right - left) * place + whole) // (2 * whole)


def _steps(points: Sequence[tuple[int, int]]) -> str:
    """A line that keeps its height up to the next point."""
    (x, y), *rest = points
    return f"M{x} {y}{''.join(f'H{x}V{y}' for x, y in rest)}"


def _steps_back(points: Sequence[tuple[int, int]]) -> str:
    """The same line from its end to its beginning, joined on to what is drawn already."""
    *rest, (_, y) = points
    return f"V{y}{''.join(f'V{y}H{x}' for x, y in reversed(rest))}"


def _text(x: int, y: int, text: str, size: int, style: str = "") -> str:
    """One line of text."""
    return f'<text x="{x}" y="{y}" font-size="{size}"{style}>{for_markup(text)}</text>'


def _cut(x: int, y: int, text: str, size: int, room: int) -> str:
    """One line of text; what is longer than `room` is cut, and whole in its title."""
    if len(text) <= room:
        return _text(x, y, text, size)
    shown = for_markup(f"{text[: room - 1]}…")
    return (
        f'<text x="{x}" y="{y}" font-size="{size}"><title>{for_markup(text)}</title>{shown}</text>'
    )
