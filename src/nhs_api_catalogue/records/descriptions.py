"""A record as text for people."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.records.overlaid import SENTENCES

if TYPE_CHECKING:
    from nhs_api_catalogue.records.apis import Api

# What people read in place of a field's name.
LABELS: Final = {
    "technical": "technical implementation",
    "assurance": "NHS England assurance",
    "total": "both, one after the other",
    "max_data_age": "data may be as old as",
    "aliases": "also called",
    "open_to_new_integrations": "open to new integrations",
    "official": "official entries",
    "successors": "what takes their place",
    "addresses": "addresses of the sources",
}


def describe(api: Api) -> str:
    """The record as text of at most 80 columns, but for long addresses, with its sources."""
    lines = [api.name]
    for field, value in api.details():
        label = LABELS.get(field, field)
        if value and field in SENTENCES:
            lines += [f"  {label}", *(_filled(f"    - {text}", 6) for text in value)]
        elif value:
            text = value if isinstance(value, str) else "; ".join(value)
            lines.append(_filled(f"  {label:26}{text}", 28))
    return "\n".join(lines)


def _filled(text: str, indent: int) -> str:
    """The text in lines of at most 80 columns, all but the first of them indented.

    A web address that is longer stays whole.
    """
    return fill(
        text, 80, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False
    )
