"""A plain table: its title and its typed columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, final

import attrs

from nhs_api_catalogue._frames import Frame, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._values import Aligned


@final
@attrs.frozen(eq=False, repr=False)
class Table(Aligned, Tabular):
    """A table for data frames and notebooks, such as `Catalogue.differences_table()`.

    `len` counts its rows; `to_columns`, `to_pandas`, `to_polars`, `to_arrow`, `to_csv` and
    `to_markdown` convert it. `str` is its Markdown.

    Attributes:
        title: Its title.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue.select("MESH").prerequisites_table()
    <Table of prerequisites: 5 rows>
    """

    title: str
    _content: Frame

    def _frame(self) -> Frame:
        return self._content

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per row, with JSON values; a day is its ISO text.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.select("MESH").prerequisites_table().rows()[0]["strength"]
        'required'
        """
        return self._content.to_rows()

    def __len__(self) -> int:
        return len(self._content.rows)

    def __str__(self) -> str:
        return self.to_markdown()

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a table: not its rows."""
        yield self.title
        yield "rows", len(self)

    def __repr__(self) -> str:
        return f"<Table of {self.title}: {len(self)} {'row' if len(self) == 1 else 'rows'}>"

    def _repr_html_(self) -> str:
        return write_rows(self.title, *self._content.shown_texts())
