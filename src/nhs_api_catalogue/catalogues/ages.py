"""How old the contents of a catalogue are: its editions, and its official sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, final

import attrs

from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Duration, read_date
from nhs_api_catalogue.official.sources import Source
from nhs_api_catalogue.queries.questions import read_limit
from nhs_api_catalogue.records import Edition


@final
@attrs.frozen(eq=False, repr=False)
class Staleness(Value):
    """Which parts of a catalogue are old on a given day, or may be.

    Attributes:
        editions: The editions of the records that are old, or have no date.
        old: The official sources that are old.
        undated: The official sources that have no date, so nobody can tell.

    >>> from nhs_api_catalogue import catalogue, months
    >>> stale = catalogue.stale(on="2027-01-01", older_than=months(12))
    >>> [str(edition) for edition in stale.editions]
    ['NHS API Guide 2025 (6B, 2025-09-09)']
    """

    editions: tuple[Edition, ...]
    old: tuple[Source, ...]
    undated: tuple[Source, ...]

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of what is old: how much."""
        yield "editions", [str(edition) for edition in self.editions]
        yield "old", len(self.old)
        yield "undated", len(self.undated)

    def __str__(self) -> str:
        """One line each, under three headings; empty headings are left out."""
        lines: list[str] = []
        for heading, items in (
            ("Editions", self.editions),
            ("Old sources", self.old),
            ("Sources without a date", self.undated),
        ):
            if items:
                lines += [heading, *(f"- {item}" for item in items)]
        return visible_lines(lines) or "Nothing is old."


def stale(
    editions: tuple[Edition, ...],
    sources: tuple[Source, ...],
    on: date | str,
    older_than: Duration | str,
) -> Staleness:
    """Which of these are older than that on the day."""
    day = read_date(on)
    age = read_limit(older_than)

    def is_old(as_of: date) -> bool:
        return age.after(as_of) < day

    return Staleness(
        editions=tuple(one for one in editions if one.as_of is None or is_old(one.as_of)),
        old=tuple(one for one in sources if one.as_of and is_old(one.as_of.first_day)),
        undated=tuple(one for one in sources if one.as_of is None),
    )
