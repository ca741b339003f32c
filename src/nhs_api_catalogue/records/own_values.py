"""A value of a record that a user replaced, and its source."""

from __future__ import annotations

from datetime import date
from typing import final

import attrs

from nhs_api_catalogue._checks import check_date, check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.records.parts import REPLACEABLE


@final
@attrs.frozen(eq=False, repr=False)
class OwnValue(Value):
    """A value of a record that a user replaced, and its source.

    Attributes:
        field: The field of the record.
        source: Where the new value comes from.
        as_of: The date of that source; None if it has none.

    >>> print(OwnValue("technical", "our 2026 project", date(2026, 5, 1)))
    our 2026 project (2026-05-01)
    """

    field: str
    source: str
    as_of: date | None = None

    def __attrs_post_init__(self) -> None:
        check_text("OwnValue", source=self.source)
        if self.field not in REPLACEABLE:
            expected = f"a field that can be replaced: {', '.join(REPLACEABLE)}"
            raise InvalidRecordError("OwnValue", "field", self.field, expected)
        if self.as_of is not None:
            check_date("OwnValue", as_of=self.as_of)

    def __str__(self) -> str:
        return visible(self.source if self.as_of is None else f"{self.source} ({self.as_of})")
