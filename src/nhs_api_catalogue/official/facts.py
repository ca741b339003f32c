"""A fact: a value with its source."""

from __future__ import annotations

from typing import Generic, TypeVar, cast, final

import attrs

from nhs_api_catalogue._values import Value
from nhs_api_catalogue.official.sources import (
    AsOf,
    Confidence,
    Source,
    check_note,
    check_stated,
    cited,
    noted,
)

T = TypeVar("T")


@final
@attrs.frozen(eq=False, repr=False)
class Fact(Value, Generic[T]):
    """A value with its source.

    Attributes:
        value: The value; sequences are tuples in the order of the source.
        source: Where it was read.
        confidence: How it was read.
        note: What qualifies it; None if nothing.

    Raises:
        InvalidRecordError: A value has no source, or no confidence.

    >>> from nhs_api_catalogue import catalogue
    >>> level = catalogue["MESH"].official[0].service_level
    >>> print(level.value, level.as_of)
    platinum 2025-08-27
    """

    value: T
    source: Source
    confidence: Confidence
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        check_stated("Fact", self.source, self.confidence)
        check_note("Fact", self.note)

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it bears none."""
        return self.source.as_of

    @property
    def text(self) -> str:
        """The value and its note."""
        value: object = self.value
        values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        text = ", ".join(str(value) for value in values)
        return noted(text, self.note)

    def __str__(self) -> str:
        """The value, its note and its source, in one line."""
        return f"{self.text} {cited(self.source, self.confidence)}"
