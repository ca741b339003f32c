"""Mistakes, told in the words of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhs_api_catalogue import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Mapping

# What an error of the library calls a thing, and what it is called here. Each stands in the
# library's own words: a test raises every such error and looks for the option.
_OPTIONS: Final[Mapping[str, str]] = {
    "plan with allow_unavailable=True": "plan with --allow-unavailable",
    "(max_bytes)": "(--max-bytes)",
    "say plan(..., calendar=england())": "say --calendar england",
    "assume with beyond='weekends_only'": "assume with --weekends-only-beyond",
}


class UsageError(CatalogueError):
    """Options that do not go together."""


class FoundError(Exception):
    """What was looked for is there, faults or differences; the text lists them."""


class ImpossibleError(Exception):
    """The day that was asked for cannot be kept; the text says why."""


def in_options(text: str) -> str:
    """The text with the names of options in place of those of Python."""
    for words, option in _OPTIONS.items():
        text = text.replace(words, option)
    return text
