"""Tables and bars in HTML; knows nothing of the NHS, and escapes whatever it is given.

The output must be readable in an untrusted notebook, in a dark theme, in marimo, on a plain page,
on A4 and on a telephone. So it uses only `style` attributes: no `<style>`, `<script>`, `<svg>` or
id, nothing loaded, and no colour but the reader's own. Gaps, bullets and the alignment of cells are
explicit, because the styles of some notebooks remove them. So are the widths of columns: in a table
without enough space, browsers would break the words of short columns first. A bar only repeats the
words beside it. Bars are drawn with borders, which take the colour of the text by themselves,
because JupyterLab drops `currentColor` from an untrusted notebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, final

from nhs_api_catalogue._escapes import for_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_ROWS: Final = 60
_SHORT: Final = len("2026-01-05 to")

# A table with given shares fills the width; a word that is wider than its column is broken.
_TABLE: Final = "border-collapse:collapse;max-width:100%"
_SHARED: Final = f"{_TABLE};width:100%;table-layout:fixed"
_PADDED: Final = "padding:0.25em 0.4em;text-align:left;overflow-wrap:anywhere"
_HEAD: Final = f"{_PADDED};vertical-align:bottom"
_CELL: Final = f"{_PADDED};vertical-align:top"
_CAPTION: Final = "caption-side:top;text-align:left;padding:0.25em 0.4em;overflow-wrap:anywhere"
_LIST: Final = "margin:0;padding-left:1.2em;list-style:disc;overflow-wrap:anywhere"
_LINK: Final = "color:inherit;text-decoration:underline;overflow-wrap:anywhere"
_TRACK: Final = "display:flex;height:1em;margin-top:0.2em"
_SOLID: Final = "border-top:1em solid"
_OPEN: Final = "box-sizing:border-box;border:1px dashed"

# In letters: the padding of a column, the longest word and the longest text that stay unbroken, a
# width that always fits, and the letters of a line on A4.
_GAP: Final = 2
_WORD: Final = 12
_TEXT: Final = 64
_NARROW: Final = 48
_PAPER: Final = 84

_ADDRESS: Final = r"https?://[^\s<>\"'`]+"
# Marks that follow an address in a sentence, and are seldom part of it.
_AFTER: Final = ".,;:!?"


@final
class Bar:
    """A span on a scale: space before it, a solid part, and an outlined part that may be needed.

    Attributes:
        before: The space before it.
        solid: The length of the solid part.
        outlined: The length of the outlined part.
        whole: The length of the scale, in the same unit.

    >>> write_table("Times", ["API", "bar"], [("MESH", [[Bar(0, 1, 1, 4)]])]).count("25.0%")
    2
    """

    # Written by hand, because attrs would delay the first table.
    def __init__(self, before: int, solid: int, outlined: int, whole: int) -> None:
        self.before = before
        self.solid = solid
        self.outlined = outlined
        self.whole = whole


@final
class Lines:
    """Texts below each other, without bullets; the first is the main one.

    Attributes:
        texts: The texts.

    >>> write_table("Times", ["API"], [(Lines(("MESH", "live already")), [[]])]).count("<div")
    2
    """

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts


Cell: TypeAlias = "str | Sequence[str] | Lines | Bar"
Text: TypeAlias = "str | Sequence[str]"
Group: TypeAlias = "tuple[str | Lines, Sequence[Sequence[Cell]]]"


def write_table(
    caption: str, heads: Sequence[str | Lines], groups: Sequence[Group], shares: Sequence[int] = ()
) -> str:
    """A table of groups of rows, at most `MOST_ROWS` rows, then how many groups are left out.

    Several texts in a cell become a bulleted list, one stays a text. Addresses become links. The
    last cell of a short row spans the missing columns.

    Args:
        caption: What the table is, in words.
        heads: The headings of the columns.
        groups: Each has its name, which heads its rows, and the other cells of the rows.
        shares: The width of each column, in percent; by default, what its texts need.

    >>> write_table("Times", ["API", "time"], [("<MESH>", [["4-6 weeks"]])]).count("&lt;MESH&gt;")
    1
    """
    return "".join(_table(caption, heads, groups, shares))


def write_rows(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Text]]) -> str:
    """A table with one row each; the first text of a row is its heading.

    >>> write_rows("Times", ["API", "time"], [("MESH", "4-6 weeks")]).count("</td>")
    1
    """
    return write_table(caption, heads, [(_lines(row[0]), [row[1:]]) for row in rows])


def write_list(title: str, items: Sequence[str], *, folded: bool = False) -> str:
    """A title with a list under it; nothing at all without items.

    Args:
        title: The title.
        items: The items of the list; at most `MOST_ROWS` of them are shown.
        folded: Whether only the title is shown until the reader opens it.

    >>> write_list("Warnings", [])
    ''
    """
    if not items:
        return ""
    name = for_markup(title)
    if folded:
        return f"<details><summary>{name}</summary>{_bullets(items)}</details>"
    return f'<p style="margin:0.5em 0 0.25em">{name}</p>{_bullets(items)}'


def linked(text: str) -> str:
    """The text for HTML, with each address in it as a link.

    >>> linked("see https://nhs.example/a?b=1&c=2.").count("c=2</a>.")
    1
    """
    if "://" not in text:
        return for_markup(text)
    import re  # noqa: PLC0415  few texts have an address

    parts: list[str] = []
    end = 0
    for found in re.finditer(_ADDRESS, text):
        address = _trimmed(found[0])
        parts.append(for_markup(text[end : found.start()]))
        shown = for_markup(address)
        parts.append(f'<a href="{shown}" style="{_LINK}">{shown}</a>')
        end = found.start() + len(address)
    return "".join((*parts, for_markup(text[end:])))


def _trimmed(address: str) -> str:
    """The address without the marks that end the sentence or the parenthesis around it."""
    while address[-1] in _AFTER or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def _table(
    caption: str, heads: Sequence[str | Lines], groups: Sequence[Group], shares: Sequence[int]
) -> Iterator[str]:
    room = ""
    if not shares:
        shares, room = _fitted(heads, groups)
    yield f'<table style="{f"{_SHARED}{room}" if shares else _TABLE}">'
    yield f'<caption style="{_CAPTION}">{linked(caption)}</caption><thead><tr>'
    widths = [f";width:{share}%" for share in shares] or [""] * len(heads)
    for head, width in zip(heads, widths, strict=True):
        yield f'<th scope="col" style="{_HEAD}{width}">{_content(head)}</th>'
    yield "</tr></thead>"
    left = MOST_ROWS
    for place, (name, rows) in enumerate(groups):
        left -= len(rows)
        if left < 0:
            more = f"and {len(groups) - place} more"
            yield f'<tbody><tr><td colspan="{len(heads)}" style="{_CELL}">{more}</td></tr></tbody>'
            break
        yield from _group(name, rows, len(heads))
    yield "</table>"


def _fitted(heads: Sequence[str | Lines], groups: Sequence[Group]) -> tuple[Sequence[int], str]:
    """The shares of columns by their texts, and how wide all need be; none if that is narrow.

    On A4 each column has room for its longest word, and the rest goes to those with long texts.
    """
    columns = [list(_texts(head)) for head in heads]
    for name, rows in groups[:MOST_ROWS]:
        for row in rows[:MOST_ROWS]:
            for column, cell in zip(columns, (name, *row), strict=False):
                if isinstance(cell, Bar):
                    return (), ""
                column.extend(_texts(cell))
    least = [
        _GAP + min(_WORD, max(len(word) for text in column for word in ("", *text.split())))
        for column in columns
    ]
    whole = [_GAP + min(_TEXT, max(map(len, column))) for column in columns]
    if sum(whole) <= _NARROW:
        return (), ""
    room, lacking = max(0, _PAPER - sum(least)), sum(whole) - sum(least)
    given = [
        least[n] * lacking + room * (whole[n] - least[n]) if lacking else least[n]
        for n in range(len(heads))
    ]
    return [round(100 * one / sum(given)) for one in given], f";max-width:{sum(whole) * 2 // 3}em"


def _texts(cell: str | Sequence[str] | Lines) -> Sequence[str]:
    if isinstance(cell, str):
        return (cell,)
    return (cell.texts if isinstance(cell, Lines) else cell)[:MOST_ROWS]


def _group(name: str | Lines, rows: Sequence[Sequence[Cell]], columns: int) -> Iterator[str]:
    scope = "row" if len(rows) == 1 else "rowgroup"
    span = "" if len(rows) == 1 else f' rowspan="{len(rows)}"'
    yield f'<tbody><tr><th scope="{scope}"{span} style="{_CELL}">{_content(name)}</th>'
    yield "</tr><tr>".join("".join(_cells(row, columns - 1)) for row in rows)
    yield "</tr></tbody>"


def _cells(row: Sequence[Cell], columns: int) -> Iterator[str]:
    for place, cell in enumerate(row, 1):
        rest = columns - place if place == len(row) else 0
        span = f' colspan="{rest + 1}"' if rest > 0 else ""
        yield f'<td{span} style="{_CELL}">{_content(cell)}</td>'


def _content(cell: Cell) -> str:
    if isinstance(cell, str):
        return linked(cell)
    if isinstance(cell, Bar):
        return _bar(cell)
    if isinstance(cell, Lines):
        first, *rest = _capped(cell.texts)
        return _line(first) + "".join(_line(text, "font-weight:normal") for text in rest)
    return _bullets(cell) if len(cell) > 1 else "".join(map(linked, cell))


def _line(text: str, style: str = "") -> str:
    """A line; a date stays whole, although browsers would break it at its hyphens."""
    styles = ";".join(filter(None, (style, "white-space:nowrap" if len(text) <= _SHORT else "")))
    return f'<div style="{styles}">{linked(text)}</div>' if styles else f"<div>{linked(text)}</div>"


def _lines(cell: Text) -> str | Lines:
    """The heading of a row: a text, or texts below each other."""
    return cell if isinstance(cell, str) else Lines(tuple(cell))


def _bullets(texts: Sequence[str]) -> str:
    items = "".join(f"<li>{linked(text)}</li>" for text in _capped(texts))
    return f'<ul style="{_LIST}">{items}</ul>'


def _capped(texts: Sequence[str]) -> Iterator[str]:
    """The texts, at most `MOST_ROWS` of them."""
    yield from texts[:MOST_ROWS]
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
