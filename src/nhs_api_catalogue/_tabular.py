"""What can leave as a table: the ways to other tools, each loaded when it is taken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from nhs_api_catalogue._frames import Frame


class Tabular(ABC):
    """What can leave as a table: its columns, their types, and the ways to other tools."""

    __slots__ = ()

    @abstractmethod
    def _frame(self) -> Frame:
        """The table."""

    def to_columns(self) -> dict[str, list[Any]]:
        """The columns by name: texts, lists of texts, dates, whole numbers; None where missing.

        Needs nothing else installed. The lists are new: change them as you like.

        >>> from nhs_api_catalogue import catalogue
        >>> columns = catalogue.select("eRS", "MESH").to_columns()
        >>> columns["id"], columns["technical_longest_months"], columns["technical_longest_days"]
        (['e-rs', 'mesh'], [6, 0], [0, 42])
        """
        return self._frame().to_columns()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow PyCapsule of the table, for whatever reads Arrow: DuckDB, polars, and others.

        Made by pyarrow, else by polars. See
        https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html

        Raises:
            MissingExtraError: Neither is installed.
        """
        return self._frame().to_arrow_stream(requested_schema)

    def to_arrow(self) -> pa.Table:
        """The table in pyarrow: `string`, `list<string>`, `date32` and `int64` columns.

        Examples are in the how-to on frames, where they run with what they need installed.

        Raises:
            MissingExtraError: pyarrow is not installed; the extra "arrow" brings it.
        """
        return self._frame().to_arrow()

    def to_pandas(self) -> pd.DataFrame:
        """The table in pandas: dates are `datetime64[ms]`, numbers `Int64`, lists NumPy arrays.

        A missing date is `NaT`, a missing number `NA`. For examples see `to_arrow`.

        Raises:
            MissingExtraError: pandas or pyarrow is not installed; the extra "pandas" brings both.
        """
        return self._frame().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """The table in polars: `String`, `List(String)`, `Date` and `Int64` columns.

        For examples see `to_arrow`.

        Raises:
            MissingExtraError: polars is not installed; the extra "polars" brings it.
        """
        return self._frame().to_polars()

    def to_csv(self) -> str:
        """The table as CSV, all texts in quotes, lines ended by one newline.

        Lists are joined by "; ", dates are ISO texts, what is missing is empty. A text that a
        spreadsheet would take for a formula has an apostrophe before it.

        >>> from nhs_api_catalogue import catalogue
        >>> print(catalogue.select("MESH").to_csv()[:28])
        "id","name","summary","techn
        """
        return self._frame().to_csv()

    def to_markdown(self, *columns: str) -> str:
        """The table in Markdown: the named columns, else those that people read.

        Nothing in a value is taken for Markdown or HTML, and each row is one line.

        Raises:
            UnknownValueError: There is no such column.

        >>> from nhs_api_catalogue import catalogue
        >>> print(catalogue.select("eRS", "MESH").to_markdown("name", "technical", "standards"))
        | name | technical | standards |
        | --- | --- | --- |
        | e-Referral Service (eRS) | 3-6 months | FHIR |
        | MESH | 4-6 weeks | REST |
        <BLANKLINE>
        """
        return self._frame().to_markdown(columns)
