"""Tables and bars in HTML; knows nothing of the NHS, and escapes whatever it is given.

What is written here has to read well where a notebook is not trusted and where the theme is dark:
`style` attributes alone, no `<style>`, `<script>`, `<svg>`, id or address, and no colour but the
reader's own. A bar only repeats what stands in words beside it; it is drawn with borders, which
take the colour of the text of themselves, for JupyterLab drops `currentColor` from a notebook
that it does not trust. Its own style aligns cells to the right, hence the alignment of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, final

import attrs

from nhs_api_catalogue._escapes import for_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ROWS: Final = 60
_SHORT: Final = 16  # characters

_HEAD: Final = "text-align:left;vertical-align:bottom"
_CELL: Final = "text-align:left;vertical-align:top"
_CAPTION: Final = "caption-side:top;text-align:left"
_TRACK: Final = "display:flex;min-width:12em;height:1em"
_SOLID: Final = "border-top:1em solid"
_OPEN: Final = "box-sizing:border-box;border:1px dashed"


@final
@attrs.frozen
class Bar:
    """A span on a scale: room before it, a solid part, and an outlined part that may be needed.

    Attributes:
        before: The room before it.
        solid: The length of the solid part.
        outlined: The length of the outlined part.
        whole: The length of the scale, in the same unit.

    >>> write_table("Times", ["API", "bar"], [("MESH", [[Bar(0, 1, 1, 4)]])]).count("25.0%")
    2
    """

    before: int
    solid: int
    outlined: int
    whole: int


Cell: TypeAlias = "str | Sequence[str] | Bar"
Group: TypeAlias = "tuple[str | Sequence[str], Sequence[Sequence[Cell]]]"


def write_table(caption: str, heads: Sequence[str], groups: Sequence[Group]) -> str:
    """A table of groups of rows, at most `MOST_ROWS` rows, then how many groups are left out.

    Args:
        caption: What the table is, in words.
        heads: The heads of the columns.
        groups: Each with its name, which heads its rows, and the other cells of these.

    >>> write_table("Times", ["API", "time"], [("<MESH>", [["4-6 weeks"]])]).count("&lt;MESH&gt;")
    1
    """
    return "".join(_table(caption, heads, groups))


def write_rows(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str | Sequence[str]]]
) -> str:
    """A table of texts; the first text of a row says what it is of.

    >>> write_rows("Times", ["API", "time"], [("MESH", "4-6 weeks")]).count("</td>")
    1
    """
    return write_table(caption, heads, [(row[0], [row[1:]]) for row in rows])


def write_list(title: str, items: Sequence[str], *, folded: bool = False) -> str:
    """A title and what belongs under it, as a list; nothing at all without items.

    Args:
        title: The title.
        items: What belongs under it; at most `MOST_ROWS` of them are shown.
        folded: Whether only the title is shown until a reader asks for the rest.

    >>> write_list("Warnings", [])
    ''
    """
    if not items:
        return ""
    points = "".join(f"<li>{text}</li>" for text in _capped(items))
    name = for_markup(title)
    if folded:
        return f"<details><summary>{name}</summary><ul>{points}</ul></details>"
    return f"<p>{name}</p><ul>{points}</ul>"


def _table(caption: str, heads: Sequence[str], groups: Sequence[Group]) -> Iterator[str]:
    yield f'<table><caption style="{_CAPTION}">{for_markup(caption)}</caption><thead><tr>'
    for head in heads:
        yield f'<th scope="col" style="{_HEAD}">{for_markup(head)}</th>'
    yield "</tr></thead>"
    left = MOST_ROWS
    for place, (name, rows) in enumerate(groups):
        left -= len(rows)
        if left < 0:
            more = f"and {len(groups) - place} more"
            yield f'<tbody><tr><td colspan="{len(heads)}" style="{_CELL}">{more}</td></tr></tbody>'
            break
        yield from _group(name, rows)
    yield "</table>"


def _group(name: str | Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    scope = "row" if len(rows) == 1 else "rowgroup"
    span = "" if len(rows) == 1 else f' rowspan="{len(rows)}"'
    yield f'<tbody><tr><th scope="{scope}"{span} style="{_CELL}">{_content(name)}</th>'
    yield "</tr><tr>".join(
        "".join(f'<td style="{_style(cell)}">{_content(cell)}</td>' for cell in row) for row in rows
    )
    yield "</tr></tbody>"


def _style(cell: Cell) -> str:
    """A date or a time stays on one line, other texts wrap."""
    is_short = isinstance(cell, str) and 0 < len(cell) <= _SHORT
    return f"{_CELL};white-space:nowrap" if is_short else _CELL


def _content(cell: Cell) -> str:
    if isinstance(cell, Bar):
        return _bar(cell)
    if isinstance(cell, str):
        return for_markup(cell)
    return "".join(f"<div>{text}</div>" for text in _capped(cell))


def _capped(texts: Sequence[str]) -> Iterable[str]:
    """The texts, escaped, at most `MOST_ROWS` of them."""
    yield from map(for_markup, texts[:MOST_ROWS])
    if len(texts) > MOST_ROWS:
        yield f"and {len(texts) - MOST_ROWS} more"


def _bar(bar: Bar) -> str:
    parts = ((bar.before, ""), (bar.solid, _SOLID), (bar.outlined, _OPEN))
    drawn = "".join(
        f'<div style="width:{_percent(length, bar.whole)}{style and f";{style}"}"></div>'
        for length, style in parts
        if length
    )
    return f'<div style="{_TRACK}">{drawn}</div>'


def _percent(part: int, whole: int) -> str:
    """The share in whole tenths of a percent, without floats: the same text everywhere."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
