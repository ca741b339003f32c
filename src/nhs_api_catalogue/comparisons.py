"""Several records side by side, field by field."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH: Final = 80
NARROWEST: Final = 16


@final
@attrs.frozen(repr=False)
class Comparison(Aligned, Tabular):
    """Records side by side: one row per field, one column per record.

    `str` is a table of 80 columns, or wider if there are too many records. It compares the records'
    own values and whether they take new integrations, but not the sentences of official sources.

    Attributes:
        apis: The records, in the order of the columns.

    >>> from nhs_api_catalogue import catalogue
    >>> both = catalogue.side_by_side("eRS", "BaRS")
    >>> both
    <Comparison of e-rs, bars>
    >>> dict(both.differing)["users"]
    ('clinician', '')
    """

    apis: tuple[Api, ...]

    @property
    def rows(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each field with one text per record; empty if a record has no value."""
        columns = [dict(api.details(official=False)) for api in self.apis]
        for api, column in zip(self.apis, columns, strict=True):
            if api.overlay is not None:
                column["open_to_new_integrations"] = str(api.open_to_new_integrations)
        fields = dict.fromkeys(field for column in columns for field in column)
        return tuple(
            (field, tuple(_text(column.get(field)) for column in columns)) for field in fields
        )

    @property
    def differing(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The rows whose texts differ."""
        return tuple((field, texts) for field, texts in self.rows if len(set(texts)) > 1)

    def _frame(self) -> Frame:
        # A slug has no underscore, so no record has the name of the first column.
        schema = {"field_name": Kind.TEXT, **{api.id: Kind.TEXT for api in self.apis}}
        return Frame(schema, tuple((field, *texts) for field, texts in self.rows), tuple(schema))

    def _repr_html_(self) -> str:
        heads = ("field", *(api.name for api in self.apis))
        rows = [(field.replace("_", " "), *texts) for field, texts in self.rows]
        return write_rows("Side by side, field by field", heads, rows)

    def __str__(self) -> str:
        if not self.apis:
            return ""
        named = ((field.replace("_", " "), texts) for field, texts in self.rows)
        rows = (("", tuple(api.name for api in self.apis)), *named)
        label = max((len(word) for field, _ in rows for word in field.split()), default=0)
        room = (WIDTH - label) // len(self.apis) - 2
        widths = (label, *(max(room, NARROWEST) for _ in self.apis))
        return visible_lines(line for row in rows for line in _lines((row[0], *row[1]), widths))

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(api.id for api in self.apis) or 'nothing'}>"


def _text(value: str | Iterable[str] | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return "; ".join(value)


def _lines(cells: tuple[str, ...], widths: tuple[int, ...]) -> Iterator[str]:
    """The cells as lines, each wrapped to its width."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        line = (lines[number] if number < len(lines) else "" for lines in wrapped)
        yield "  ".join(
            f"{text:<{width}}" for text, width in zip(line, widths, strict=True)
        ).rstrip()
