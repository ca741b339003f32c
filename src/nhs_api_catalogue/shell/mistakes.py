"""Mistakes, described in the terms of the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Mapping

# What an error of the library calls something, and its name here. The tests raise every such error
# and check that the option is shown.
_OPTIONS: Final[Mapping[str, str]] = {
    r"plan with allow_unavailable=True": "plan with --allow-unavailable",
    r"\(max_bytes\)": "(--max-bytes)",
    r"use plan\(\.\.\., calendar=england\(\)\)": "use --calendar england",
    r"beyond='weekends_only'": "--weekends-only-beyond",
    r"filter\(([a-z]+)='([^']*)'\) finds APIs": r"list --\1 '\2' finds APIs",
    r"in a plan, use Service\('([^']*)', \.\.\.\)": r"in a plan, use --service '\1=TIME'",
    r"see nhs_api_catalogue\.products": "see the command products",
    r": use WorkingDays\.parse for working days": ", because working days have no fixed length",
    r", and use WorkingDays\.parse for it": "",
    r": use DurationRange\.parse for ranges": ", not a range",
}


class UsageError(CatalogueError):
    """Options that cannot be combined."""


class FoundError(Exception):
    """Faults or differences were found; the text lists them."""


class ImpossibleError(Exception):
    """The deadline cannot be met; the text says why."""


def in_options(text: str) -> str:
    """The text with the names of options instead of Python names."""
    for words, option in _OPTIONS.items():
        text = re.sub(words, option, text)
    return text
