"""Writes official.json with one statement per line: python docs/make_official_lines.py.

One line each keeps the diff of a change together, and the file small.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "src" / "nhs_api_catalogue" / "data" / "official.json"


def laid_out(document: dict[str, Any]) -> str:
    """The document as text, with one line for each row of a section and each fact of an entry."""
    sections = [
        f"{line(key)}: {rows(value) if isinstance(value, list) else line(value)}"
        for key, value in document.items()
    ]
    return "{" + ",\n".join(sections) + "}\n"


def rows(values: list[dict[str, Any]]) -> str:
    """The rows of a section."""
    return "[\n" + ",\n".join(map(row, values)) + "\n]"


def row(value: dict[str, Any]) -> str:
    """A row; a row with facts is an entry."""
    facts = (f"{line(key)}: {line(part)}" for key, part in value.items())
    return "{" + (",\n " if "apis" in value else ", ").join(facts) + "}"


def line(value: object) -> str:
    """A value on one line."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    FILE.write_text(laid_out(json.loads(FILE.read_text("utf-8"))), "utf-8")
