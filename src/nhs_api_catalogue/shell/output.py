"""What the command line prints: text and JSON, limited to what the terminal can show."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import Any, Final, TextIO

from nhs_api_catalogue._escapes import for_json, visible_lines

NARROWEST: Final = 60

# Replacements for characters that the output's encoding lacks, which every encoding has.
_PLAIN: Final = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{RIGHTWARDS ARROW}": "->",
        "\N{POUND SIGN}": "GBP ",
    }
)


def width() -> int:
    """The columns of the terminal, at least 60; 80 if unknown."""
    return max(NARROWEST, shutil.get_terminal_size().columns)


def to_json(values: Any) -> str:
    """The values as JSON; dates become their ISO text.

    Characters that the output cannot show are written as escapes, which every JSON reader
    understands.
    """
    text = json.dumps(values, ensure_ascii=False, indent=2, default=str)
    if _shows(text, sys.stdout):
        return for_json(text)
    return json.dumps(values, indent=2, default=str)


def write(text: str, stream: TextIO) -> None:
    """Write the text and a line end.

    Anything that a terminal would obey is written as an escape, wherever the text comes from. A
    character that the stream's encoding lacks becomes the nearest plain one, or its escape.
    """
    text = visible_lines(text.split("\n"))
    if not _shows(text, stream):
        encoding = stream.encoding
        text = text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
    stream.write(f"{text}\n")


def stop_writing() -> None:
    """Discard the remaining output after a reader such as `head` has closed it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _shows(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "utf-8", stream.errors or "strict")
    except UnicodeEncodeError:
        return False
    return True
