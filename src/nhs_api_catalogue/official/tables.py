"""What official sources say as typed columns, each statement with its source and its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue.official.entries import FACTS
from nhs_api_catalogue.official.sources import cited

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from nhs_api_catalogue.durations import Duration
    from nhs_api_catalogue.official.differences import Difference
    from nhs_api_catalogue.official.entries import OfficialEntry
    from nhs_api_catalogue.official.needs import Prerequisite
    from nhs_api_catalogue.official.sources import Confidence, Source
    from nhs_api_catalogue.official.timescales import Timescale

# Who says a statement. A source that names only a month is dated on its first day.
_SOURCED: Final = {
    "source": Kind.TEXT,
    "source_url": Kind.TEXT,
    "publisher": Kind.TEXT,
    "as_of": Kind.DAY,
    "as_of_precision": Kind.TEXT,
    "confidence": Kind.TEXT,
    "where": Kind.TEXT,
    "cited": Kind.TEXT,
}


def _sourced(source: Source, confidence: Confidence | None, where: str | None) -> tuple[Any, ...]:
    as_of = source.as_of
    return (
        source.title,
        source.url,
        source.publisher,
        as_of and as_of.first_day,
        as_of and ("month" if as_of.month_only else "day"),
        confidence and confidence.value,
        where,
        (str(source) if confidence is None else cited(source, confidence)[1:-1]),
    )


def facts_frame(entries: Sequence[OfficialEntry]) -> Frame:
    """One row per fact of the entries."""
    schema = {
        "entry": Kind.TEXT,
        "name": Kind.TEXT,
        "apis": Kind.TEXTS,
        "field": Kind.TEXT,
        "value": Kind.TEXT,
        "note": Kind.TEXT,
        **_SOURCED,
    }
    rows = tuple(
        (
            entry.id,
            entry.name.value,
            entry.apis,
            field,
            fact.text,
            fact.note,
            *_sourced(fact.source, fact.confidence, fact.where),
        )
        for entry in entries
        for field, fact in entry.facts()
    )
    return Frame(schema, rows, ("name", "field", "value", "cited"))


def entries_frame(entries: Sequence[OfficialEntry]) -> Frame:
    """One row per entry, with the newest of its dates and all its sources."""
    schema = {
        "entry": Kind.TEXT,
        "apis": Kind.TEXTS,
        **dict.fromkeys(FACTS, Kind.TEXT),
        "sources": Kind.TEXTS,
        "as_of": Kind.DAY,
        "confidence": Kind.TEXTS,
    }
    rows: list[tuple[Any, ...]] = []
    for entry in entries:
        facts = dict(entry.facts())
        days = [fact.source.as_of.first_day for fact in facts.values() if fact.source.as_of]
        rows.append(
            (
                entry.id,
                entry.apis,
                *(facts[field].text if field in facts else None for field in FACTS),
                tuple(dict.fromkeys(fact.source.title for fact in facts.values())),
                max(days, default=None),
                tuple(dict.fromkeys(fact.confidence.value for fact in facts.values())),
            )
        )
    return Frame(schema, tuple(rows), ("name", "status", "technology", "network", "as_of"))


def differences_frame(differences: Sequence[Difference]) -> Frame:
    """One row per difference."""
    schema = {
        "api": Kind.TEXT,
        "field": Kind.TEXT,
        "kind": Kind.TEXT,
        "severity": Kind.TEXT,
        "guide_says": Kind.TEXT,
        "official_says": Kind.TEXT,
        **_SOURCED,
    }
    rows = tuple(
        (
            one.api,
            one.field.value,
            one.kind.value,
            one.severity.value,
            one.guide_says,
            one.official_says,
            *_sourced(one.source, one.confidence, one.where),
        )
        for one in differences
    )
    return Frame(schema, rows, ("api", "field", "severity", "guide_says", "official_says", "cited"))


def needs_frame(needs: Sequence[Prerequisite], names: Mapping[str, str]) -> Frame:
    """One row per prerequisite.

    Args:
        needs: The prerequisites.
        names: The names of APIs, by their ids.
    """
    schema = {
        "api": Kind.TEXT,
        "api_name": Kind.TEXT,
        "needs": Kind.TEXT,
        "name": Kind.TEXT,
        "kind": Kind.TEXT,
        "strength": Kind.TEXT,
        "needed_for": Kind.TEXT,
        "met_by": Kind.TEXTS,
        "note": Kind.TEXT,
        **_SOURCED,
    }
    rows = tuple(
        (
            need.api,
            names.get(need.api),
            need.needs,
            need.name if need.service is not None else names.get(need.needs, need.name),
            "API" if need.service is None else need.service.kind.value,
            need.strength.value,
            need.needed_for.value,
            () if need.service is None else need.service.met_by,
            need.note,
            *_sourced(need.source, need.confidence, need.where),
        )
        for need in needs
    )
    return Frame(schema, rows, ("api_name", "name", "strength", "needed_for", "note", "cited"))


def timescales_frame(timescales: Sequence[Timescale]) -> Frame:
    """One row per timescale; an open end is missing."""
    schema = {
        "applies_to": Kind.TEXT,
        "what": Kind.TEXT,
        "text": Kind.TEXT,
        "shortest": Kind.TEXT,
        "longest": Kind.TEXT,
        "working_days_least": Kind.NUMBER,
        "working_days_most": Kind.NUMBER,
        **_SOURCED,
    }
    rows = tuple(
        (
            one.applies_to,
            one.what,
            one.text,
            _length(one.shortest),
            _length(one.longest),
            *(one.working_days or (None, None)),
            *_sourced(one.source, one.confidence, one.where),
        )
        for one in timescales
    )
    return Frame(schema, rows, ("applies_to", "what", "text", "cited"))


def _length(time: Duration | timedelta | None) -> str | None:
    return None if time is None else str(time)
