"""Where the records of a union of catalogues come from."""

from __future__ import annotations

from nhs_api_catalogue.records import Edition


def union_of(left: Edition, right: Edition) -> Edition:
    """The edition of records that come from both."""
    parts = tuple(dict.fromkeys(part for one in (left, right) for part in one.parts or (one,)))
    if len(parts) == 1:
        return left
    return Edition(
        " + ".join(dict.fromkeys(part.title for part in parts)),
        " + ".join(dict.fromkeys(part.publisher for part in parts)),
        parts=parts,
    )
