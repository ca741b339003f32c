"""Pictures in SVG: bars on a time line, and a curve; knows nothing of the NHS.

A picture is self-contained, on a slide or on a page: it has its own background, no address except
the name of the format, no id (so two of them can share a page), and a title and a description for
people who cannot see it. All lengths are whole numbers, so the same values give the same bytes.
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
# Where the columns of a picture of bars begin: labels, time line, texts.
_LABELS: Final = 316
_LINE: Final = (616, 1040)
_TEXTS: Final = 1056
_LANE: Final = 22
_CURVE: Final = (96, 1216, 128, 560)  # left, right, top and bottom of the curve's field

_BOLD: Final = ' font-weight="bold"'
_MIDDLE: Final = ' text-anchor="middle"'
_END: Final = ' text-anchor="end"'
_FONT: Final = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"


@final
class _Colours:
    """The colours of a picture; the ink has a contrast of at least 12 to 1 on both backgrounds."""

    def __init__(self, *, dark: bool) -> None:
        self.ground = "#12181f" if dark else "#ffffff"
        self.ink = "#e8edf3" if dark else "#1d2530"
        self.pale = "#3a4654" if dark else "#d5dbe3"
        self.bar = "#6aa9f0" if dark else "#1f5fa8"
        self.wash = "#24415f" if dark else "#dbe8f6"
        self.limit = "#ff9a8f" if dark else "#a3231b"


LIGHT: Final = _Colours(dark=False)
DARK: Final = _Colours(dark=True)


@final
@attrs.frozen
class Lane:
    """One bar on the time line.

    Attributes:
        label: What it is.
        detail: A word or two about it; may be empty.
        first: Where it begins.
        solid: Where its solid part ends.
        outlined: Where its outlined part ends.
        text: Its meaning in words.
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
        note: A note under the name; may be empty.
        lanes: The lanes, at least one.
    """

    name: str
    note: str
    lanes: tuple[Lane, ...]


@final
@attrs.frozen
class Mark:
    """A mark on the time line, with its name under it.

    Attributes:
        first: Where it begins.
        last: Where it ends; the same for a single place.
        text: Its name.
        is_limit: Whether it is a limit that must not be crossed.
    """

    first: int
    last: int
    text: str
    is_limit: bool = False


@final
@attrs.frozen
class Picture:
    """What every picture has.

    Attributes:
        title: What it is.
        notes: The paragraphs under it.
        whole: The length of the time line, above 0.
        ticks: Places on it with their names.
        marks: The marks on it.
        width: How wide it is shown, in pixels; its parts keep their proportions.
        is_dark: Whether it is for a dark background.
    """

    title: str
    notes: tuple[str, ...]
    whole: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...] = ()
    width: int = WIDTH
    is_dark: bool = False

    @property
    def colours(self) -> _Colours:
        """Its colours."""
        return DARK if self.is_dark else LIGHT

    @property
    def head(self) -> list[str]:
        """The title in lines."""
        return wrap(self.title, 88)


def write_bars(picture: Picture, blocks: Sequence[Block]) -> str:
    """Blocks of bars on one time line.

    >>> lane = Lane("building", "4-6 weeks", 0, 4, 6, "in March")
    >>> text = write_bars(Picture("Times", (), 6, ()), [Block("MESH", "", (lane,))])
    >>> text.count("<rect") - 1, "<title>Times</title>" in text
    (2, True)
    """
    parts: list[str] = []
    top = y = 72 + 32 * len(picture.head)
    for block in blocks:
        names = _names(block)
        parts += _block(block, names, picture, y)
        y += _LANE * max(len(block.lanes), len(names)) + 12
    words = (
        f"{', '.join(filter(None, (block.name, block.note)))}: {_words(block.lanes)}"
        for block in blocks
    )
    parts = [*_grid(picture, *_LINE, top, y), *parts, *_marked(picture, *_LINE, top, y)]
    y += _LANE * len(picture.marks)
    return _whole(picture, parts, y + 32, (*picture.notes, *words))


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
    more = 32 * (len(picture.head) - 1)
    top, bottom = top + more, bottom + more
    colours = picture.colours

    def place(x: int, share: float) -> tuple[int, int]:
        return _x(x, picture.whole, left, right), bottom - round((bottom - top) * share)

    parts = [*_grid(picture, left, right, top, bottom)]
    for percent in range(0, 101, 25):
        _, y = place(0, percent / 100)
        parts.append(f'<path d="M{left} {y}H{right}" stroke="{colours.pale}"/>')
        parts.append(_text(left - 8, y + 5, f"{percent} %", 15, _END))
    least, share, greatest = (
        [place(point[0], point[column]) for point in points] for column in (2, 1, 3)
    )
    band = f"{_steps(greatest)}{_steps_back(least)}Z"
    parts.append(f'<path d="{band}" fill="{colours.wash}"/>')
    parts.append(f'<path d="{_steps(share)}" fill="none" stroke="{colours.bar}" stroke-width="3"/>')
    names: list[str] = []
    for where, height, text in marks:
        x, y = place(where, height)
        parts.append(f'<circle cx="{x}" cy="{y}" r="6" fill="{colours.ink}"/>')
        # There is space for the text towards the middle of the picture.
        if x > (left + right) // 2:
            names.append(_grounded(picture, x - 12, y - 8, text, 16, _END))
        else:
            names.append(_grounded(picture, x + 12, y + 20, text, 16))
    parts += [*_marked(picture, left, right, top, bottom), *names]
    bottom += _LANE * len(picture.marks)
    return _whole(picture, parts, bottom + 48, (*picture.notes, *(text for _, _, text in marks)))


# ---- parts ---------------------------------------------------------------------------------


def _whole(picture: Picture, parts: Sequence[str], top: int, words: Sequence[str]) -> str:
    """The picture around its parts, with the notes from `top` down."""
    colours = picture.colours
    lines = [line for note in picture.notes for line in wrap(note, 150)]
    height = top + 22 * len(lines) + 16
    shown = (2 * height * picture.width + WIDTH) // (2 * WIDTH)
    words = (*words, *(f"{mark.text}." for mark in picture.marks))
    head = (_text(_MARGIN, 48 + 32 * row, line, 24, _BOLD) for row, line in enumerate(picture.head))
    notes = (_text(_MARGIN, top + 22 * row, line, 15) for row, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'width="{picture.width}" height="{shown}" font-family="{_FONT}" fill="{colours.ink}">'
        f"<title>{for_markup(picture.title)}</title><desc>{for_markup(' '.join(words))}</desc>"
        f'<rect width="{WIDTH}" height="{height}" fill="{colours.ground}"/>'
        f"{''.join(head)}{''.join(parts)}{''.join(notes)}</svg>\n"
    )


def _grid(picture: Picture, left: int, right: int, top: int, bottom: int) -> Iterator[str]:
    for where, name in picture.ticks:
        x = _x(where, picture.whole, left, right)
        yield f'<path d="M{x} {top - 8}V{bottom}" stroke="{picture.colours.pale}"/>'
        yield _text(x, top - 16, name, 15, _MIDDLE)


def _marked(picture: Picture, left: int, right: int, top: int, bottom: int) -> Iterator[str]:
    """The marks over the drawing, each with its name on its own line.

    Names are on the side towards the middle, over the background, so that no line crosses a name.
    """
    middle = picture.whole
    ranked = sorted(picture.marks, key=lambda mark: abs(mark.first + mark.last - middle))
    names: list[str] = []
    for row, mark in enumerate(ranked):
        first, last = (_x(place, picture.whole, left, right) for place in (mark.first, mark.last))
        base = bottom + 20 + _LANE * row
        colour = picture.colours.limit if mark.is_limit else picture.colours.ink
        style = ' stroke-width="3" stroke-dasharray="8 4"' if mark.is_limit else ""
        for x in dict.fromkeys((first, last)):
            yield f'<path d="M{x} {top - 8}V{base - 5}" fill="none" stroke="{colour}"{style}/>'
        # There is space for the text towards the middle of the line.
        if first + last > left + right:
            names.append(_grounded(picture, first - 8, base, mark.text, 15, _END))
        else:
            names.append(_grounded(picture, last + 8, base, mark.text, 15))
    yield from names


def _names(block: Block) -> list[tuple[str, bool]]:
    """The lines that name a block, each with whether it belongs to the name itself."""
    return [
        *((line, True) for line in wrap(block.name, 27)),
        *((line, False) for line in wrap(block.note, 36)),
    ]


def _block(
    block: Block, names: Sequence[tuple[str, bool]], picture: Picture, y: int
) -> Iterator[str]:
    colours, whole = picture.colours, picture.whole
    for row, (name, strong) in enumerate(names):
        yield _text(_MARGIN, y + 16 + _LANE * row, name, 16, _BOLD if strong else "")
    for row, lane in enumerate(block.lanes):
        base = y + _LANE * row
        label = ", ".join(filter(None, (lane.label, lane.detail)))
        yield _cut(_LABELS, base + 16, label, 14, 36)
        first, solid, outlined = (
            _x(place, whole, *_LINE) for place in (lane.first, lane.solid, lane.outlined)
        )
        # At least one pixel: a bar without length is still visible.
        yield (
            f'<rect x="{first}" y="{base + 3}" width="{max(1, solid - first)}" height="{_LANE - 6}"'
            f' fill="{colours.bar}"/>'
        )
        if outlined > solid:
            yield (
                f'<rect x="{solid}" y="{base + 3}" width="{outlined - solid}" height="{_LANE - 6}"'
                f' fill="{colours.wash}" stroke="{colours.bar}" stroke-dasharray="4 3"/>'
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
    """The same line from its end to its beginning, joined to what is already drawn."""
    *rest, (_, y) = points
    return f"V{y}{''.join(f'V{y}H{x}' for x, y in reversed(rest))}"


def _text(x: int, y: int, text: str, size: int, style: str = "") -> str:
    """One line of text."""
    return f'<text x="{x}" y="{y}" font-size="{size}"{style}>{for_markup(text)}</text>'


def _grounded(  # noqa: PLR0913, PLR0917  as `_text`, in a picture
    picture: Picture, x: int, y: int, text: str, size: int, style: str = ""
) -> str:
    """One line of text on the ground of the picture, which covers the lines behind it."""
    # A letter is about half as wide as high, a digit a bit more.
    width = len(text) * size * 9 // 16
    left = x - width if style == _END else x
    ground = f'<path d="M{left} {y - size}h{width}v{size + 4}h-{width}z"'
    return f'{ground} fill="{picture.colours.ground}"/>{_text(x, y, text, size, style)}'


def _cut(x: int, y: int, text: str, size: int, room: int) -> str:
    """One line of text; text longer than `room` is cut, and complete in its title."""
    if len(text) <= room:
        return _text(x, y, text, size)
    shown = for_markup(f"{text[: room - 1]}…")
    return (
        f'<text x="{x}" y="{y}" font-size="{size}"><title>{for_markup(text)}</title>{shown}</text>'
    )
