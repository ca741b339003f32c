"""Mistakes, told in the words of the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Mapping

# What an error of the library calls a thing, and what it is called here. Each stands in the
# library's own words: the tests raise every such error and look for the option.
_OPTIONS: Final[Mapping[str, str]] = {
    r"plan with allow_unavailable=True": "plan with --allow-unavailable",
    r"\(max_bytes\)": "(--max-bytes)",
    r"use plan\(\.\.\., calendar=england\(\)\)": "use --calendar england",
    r"beyond='weekends_only'": "--weekends-only-beyond",
    r"filter\(([a-z]+)='([^']*)'\) finds APIs": r"list --\1 '\2' finds APIs",
    r"in a plan, use Service\('([^']*)', \.\.\.\)": r"in a plan, use --service '\1=TIME'",
    r"see nhs_api_catalogue\.products": "see the command products",
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
        text = re.sub(words, option, text)
    return text
