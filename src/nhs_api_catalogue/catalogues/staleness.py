"""What of a catalogue is old."""

from __future__ import annotations

from typing import final

import attrs

from nhs_api_catalogue.official.sources import Source
from nhs_api_catalogue.records import Edition


@final
@attrs.frozen
class Staleness:
    """What of a catalogue is old on a day, or may be.

    Attributes:
        editions: The editions of the records that are old, or bear no date.
        old: The official sources that are old.
        undated: The official sources that bear no date, so that nobody can tell.

    >>> from nhs_api_catalogue import catalogue, months
    >>> stale = catalogue.stale(on="2027-01-01", older_than=months(12))
    >>> [str(edition) for edition in stale.editions]
    ['NHS API Guide 2025 (6B, 2025-09-09)']
    """

    editions: tuple[Edition, ...]
    old: tuple[Source, ...]
    undated: tuple[Source, ...]

    def __str__(self) -> str:
        """A line each, under the three headings that have any."""
        lines: list[str] = []
        for heading, items in (
            ("Editions", self.editions),
            ("Old sources", self.old),
            ("Sources without a date", self.undated),
        ):
            if items:
                lines += [heading, *(f"- {item}" for item in items)]
        return "\n".join(lines) or "Nothing is old."
