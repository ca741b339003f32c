"""Text for each medium: what the medium would obey, or cannot hold, becomes visible or harmless.

Text from a file may contain anything. Each output of the library has one function here, and no
text bypasses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

# What a terminal obeys: the control characters C0, DEL and C1; the bidirectional controls of
# Unicode (UAX 9, section 2), which can disguise a line; the separators of lines and paragraphs.
# Lone surrogates are included, because no encoding can hold them.
_OBEYED: Final = r"\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_TERMINAL: Final = f"[{_OBEYED}]"
# Markup treats line ends and tabs as spaces; neither HTML nor XML 1.0 (its production 2, Char)
# allows two more characters.
_MARKUP: Final = f"(?![\\t\\n\\r])[{_OBEYED}\\ufffe\\uffff]"
# The same as in `html.escape`, whose import costs 3 ms for a table of all entities.
_ENTITIES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
)
# What spreadsheets begin a formula with (OWASP, CSV Injection), also at full width.
_FORMULA: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_MARKS: Final = r"([\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_]))"
_BREAKS: Final = r"\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]"
_MERMAID: Final = " -–().,/'+_"
# How a dict is shown, also one of a class that says nothing else.
_OF_A_DICT: Final[Any] = vars(dict)["__repr__"]


def visible(text: str) -> str:
    r"""A line of text for a terminal: what a terminal would obey becomes a Python escape.

    Doing it twice changes nothing more.

    >>> print(visible("red \x1b[31m and \u202e turned"))
    red \x1b[31m and \u202e turned
    """
    # Nearly every text is printable; an expression is compiled only for the others.
    return text if text.isprintable() else _substituted(_TERMINAL, text)


def visible_lines(lines: Iterable[str]) -> str:
    """Lines of text for a terminal, each made visible, as one text.

    >>> print(visible_lines(["one", "two"]))
    one
    two
    """
    return "\n".join(map(visible, lines))


def shown(value: object, limit: int = 60) -> str:
    """The value's repr, cut where it is too long to read.

    No more of a text, a list or an object is looked at than is shown.
    """
    text = ""
    for piece in _pieces(value, limit):
        text += piece
        if len(text) > limit:
            return f"{text[: limit - 1]}…"
    return text


def _pieces(value: object, limit: int) -> Iterator[str]:
    """The value's repr in pieces, or more than so many of its first characters."""
    items = cast("Any", value)
    if type(value) is list:
        yield "["
        for place, item in enumerate(items):
            yield ", " * (place > 0)
            yield from _pieces(item, limit)
        yield "]"
    elif type(value).__repr__ is _OF_A_DICT:
        yield "{"
        for place, (key, item) in enumerate(items.items()):
            yield ", " * (place > 0)
            yield from _pieces(key, limit)
            yield ": "
            yield from _pieces(item, limit)
        yield "}"
    elif type(value) is str and len(value) > limit:
        # Which quotes enclose it depends on those in all of it.
        yield repr(value[:limit] + "".join(quote for quote in "'\"" if quote in value))
    else:
        yield repr(value)


def printable(text: str) -> str:
    r"""A text of one or more lines, for writers that escape their own marks: XML and iCalendar.

    >>> print(printable("red \x1b[31m,\nthen more"))
    red \x1b[31m,
    then more
    """
    return text if text.isprintable() else _substituted(_MARKUP, text)


def for_markup(text: str) -> str:
    r"""A text for HTML and SVG, inside an element or an attribute.

    >>> print(for_markup("a < b & \x1b"))
    a &lt; b &amp; \x1b
    """
    return printable(text).translate(_ENTITIES)


def for_csv(text: str) -> str:
    """A text for a cell of a spreadsheet, which would treat some texts as formulas.

    The text stays the same except for an apostrophe before it, because programs also read CSV.

    >>> for_csv("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def for_markdown(text: str) -> str:
    r"""A text for a cell of a Markdown table, on one line.

    >>> print(for_markdown("*a* | <b>"))
    \*a\* \| &lt;b&gt;
    """
    import re  # noqa: PLC0415  see `for_markup`

    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return visible(re.sub(_BREAKS, "<br>", re.sub(_MARKS, r"\\\1", text)))


def for_mermaid(text: str) -> str:
    """A text for a Mermaid chart, on one line, with entity codes for what Mermaid would obey.

    >>> for_mermaid("A: b")
    'A#58; b'
    """
    line = visible(" ".join(text.split()))
    return "".join(
        character if character.isalnum() or character in _MERMAID else f"#{ord(character)};"
        for character in line
    )


def for_json(text: str) -> str:
    r"""A document in JSON for a terminal: what JSON allows raw and a terminal would obey, escaped.

    >>> print(for_json('["\u202e"]'))
    ["\u202e"]
    """
    import re  # noqa: PLC0415  see `for_markup`

    return re.sub(f"(?!\\n){_TERMINAL}", lambda found: f"\\u{ord(found[0]):04x}", text)


def _substituted(pattern: str, text: str) -> str:
    import re  # noqa: PLC0415  see `for_markup`

    return re.sub(pattern, _escape, text)


def _escape(found: re.Match[str]) -> str:
    # `repr` escapes exactly these, and has the short forms of line ends.
    return repr(found[0])[1:-1]
