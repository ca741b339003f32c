"""What can become a table: typed columns for other tools, and the conversion to each of them.

The schema is always explicit and never inferred from the values, so a table without rows has the
same columns of the same types. Every catalogue loads this module, so each conversion loads what it
needs only when it is used. The module knows nothing about the NHS.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, final, get_args

from nhs_api_catalogue._escapes import for_csv, for_markdown
from nhs_api_catalogue._later import Later
from nhs_api_catalogue.errors import MissingExtraError, UnknownValueError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    import nhs_api_catalogue._extras as extras
else:
    extras = Later("nhs_api_catalogue._extras")
    pd = Later("pandas")
    pl = Later("polars")
    pa = Later("pyarrow")

DtypeBackend: TypeAlias = Literal["pyarrow"]


@final
class Kind:
    """What a column holds, by the name of its type in Arrow. Any value may be missing."""

    # No enum, since every catalogue loads this class, and one takes 0.2 ms.
    TEXT: Final = "string"
    TEXTS: Final = "list<string>"
    DAY: Final = "date32"
    NUMBER: Final = "int64"
    REAL: Final = "double"


@final
class Frame:
    """A table with an explicit schema.

    Attributes:
        schema: The names of the columns, each with its type.
        rows: The rows of values, in the order of the schema; None for a missing value.
        shown: The names of the columns that people read, in order.
    """

    # Written by hand, because every catalogue loads this class and attrs would take 0.3 ms.
    def __init__(
        self,
        schema: dict[str, str],
        rows: tuple[tuple[Any, ...], ...],
        shown: tuple[str, ...],
    ) -> None:
        self.schema = schema
        self.rows = rows
        self.shown = shown

    def column(self, name: str) -> list[Any]:
        """The values of one column; each list of texts is a new list."""
        place = list(self.schema).index(name)
        values = [row[place] for row in self.rows]
        if self.schema[name] == Kind.TEXTS:
            return [None if value is None else list(value) for value in values]
        return values

    def shown_texts(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """The headings of the columns that people read, in words, and the rows as texts.

        A word such as "go_live" reads as in a sentence.
        """
        places = [list(self.schema).index(name) for name in self.shown]
        rows = [tuple(_as_read(_joined(row[place])) for place in places) for row in self.rows]
        return tuple(name.replace("_", " ") for name in self.shown), rows

    def to_rows(self) -> list[dict[str, Any]]:
        """One dictionary per row, with JSON values: a day is its ISO text."""
        return [
            {name: _plain_value(value) for name, value in zip(self.schema, row, strict=True)}
            for row in self.rows
        ]

    def to_columns(self) -> dict[str, list[Any]]:
        """All columns by name."""
        return {name: self.column(name) for name in self.schema}

    def to_arrow_stream(self, requested_schema: object | None) -> object:
        """The Arrow PyCapsule, made by pyarrow or, without it, by polars.

        Raises:
            MissingExtraError: Neither is installed.
        """
        try:
            table: Any = self.to_arrow()
        except MissingExtraError as missing:
            try:
                table = self.to_polars()
            except MissingExtraError:
                raise missing from None
        return table.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pa.Table:
        """The table in pyarrow.

        Raises:
            MissingExtraError: It is not installed.
        """
        pyarrow = extras.load("pyarrow", extra="arrow")
        types: dict[str, Any] = {
            Kind.TEXT: pyarrow.string(),
            Kind.TEXTS: pyarrow.list_(pyarrow.string()),
            Kind.DAY: pyarrow.date32(),
            Kind.NUMBER: pyarrow.int64(),
            Kind.REAL: pyarrow.float64(),
        }
        schema = pyarrow.schema([(name, types[kind]) for name, kind in self.schema.items()])
        table: pa.Table = pyarrow.table(self.to_columns(), schema=schema)
        return table

    def to_pandas(self, dtype_backend: DtypeBackend | None = None) -> pd.DataFrame:
        """The table in pandas.

        Raises:
            MissingExtraError: pandas or pyarrow is not installed.
            UnknownValueError: There is no such backend.
        """
        if dtype_backend not in (None, *get_args(DtypeBackend)):
            raise UnknownValueError(dtype_backend, "dtype_backend", get_args(DtypeBackend))
        pandas = extras.load("pandas", extra="pandas")
        pyarrow = extras.load("pyarrow", extra="pandas")
        # Without these, dates become objects, and one missing number makes its column floats.
        numbers = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.float64(): pandas.Float64Dtype()}
        mapper = pandas.ArrowDtype if dtype_backend == "pyarrow" else numbers.get
        table: Any = self.to_arrow()
        frame: pd.DataFrame = table.to_pandas(date_as_object=False, types_mapper=mapper)
        # pandas cannot compare, hash or group its own lists, whether NumPy arrays or Arrow types.
        for name in (name for name, kind in self.schema.items() if kind == Kind.TEXTS):
            lists = self.column(name)
            values = [None if value is None else tuple(value) for value in lists]
            frame[name] = pandas.Series(values, index=frame.index, dtype=object)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The table in polars.

        Raises:
            MissingExtraError: It is not installed.
        """
        polars = extras.load("polars", extra="polars")
        types: dict[str, Any] = {
            Kind.TEXT: polars.String,
            Kind.TEXTS: polars.List(polars.String),
            Kind.DAY: polars.Date,
            Kind.NUMBER: polars.Int64,
            Kind.REAL: polars.Float64,
        }
        schema = {name: types[kind] for name, kind in self.schema.items()}
        frame: pl.DataFrame = polars.DataFrame(self.to_columns(), schema=schema)
        return frame

    def to_csv(self) -> str:
        """The table as CSV, with formulas made harmless."""
        import csv  # noqa: PLC0415  see the module
        import io  # noqa: PLC0415

        written = io.StringIO()
        writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        writer.writerow(self.schema)
        writer.writerows([_plain(value) for value in row] for row in self.rows)
        return written.getvalue()

    def to_markdown(self, columns: Sequence[str] = ()) -> str:
        """The named columns, or by default those that people read, as a Markdown table.

        Raises:
            UnknownValueError: There is no such column.
        """
        names = columns or self.shown
        for name in names:
            if name not in self.schema:
                raise UnknownValueError(name, "column", tuple(self.schema))
        values = [self.column(name) for name in names]
        lines = (names, ["---"] * len(names), *zip(*values, strict=True))
        return "".join(f"{_markdown_row(line)}\n" for line in lines)


class Tabular(ABC):
    """What can become a table: its columns, their types, and the ways to other tools."""

    __slots__ = ()

    @abstractmethod
    def _frame(self) -> Frame:
        """The table."""

    def to_columns(self) -> dict[str, list[Any]]:
        """The columns by name: texts, lists of texts, dates, numbers; None where missing.

        This needs nothing else installed. The lists are new, so you can change them.

        >>> from nhs_api_catalogue import catalogue
        >>> columns = catalogue.select("eRS", "MESH").to_columns()
        >>> columns["id"], columns["technical_longest_months"], columns["technical_longest_days"]
        (['e-rs', 'mesh'], [6, 0], [0, 42])
        """
        return self._frame().to_columns()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow PyCapsule of the table, for everything that reads Arrow, such as DuckDB.

        pyarrow makes it or, without it, polars. See
        https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html

        Raises:
            MissingExtraError: Neither is installed.
        """
        return self._frame().to_arrow_stream(requested_schema)

    def to_arrow(self) -> pa.Table:
        """The table in pyarrow: `string`, `list<string>`, `date32`, `int64` and `double`.

        The how-to on frames has examples.

        Raises:
            MissingExtraError: pyarrow is not installed; the extra "arrow" installs it.
        """
        return self._frame().to_arrow()

    def to_pandas(self, *, dtype_backend: DtypeBackend | None = None) -> pd.DataFrame:
        """The table in pandas: dates are `datetime64[ms]`, numbers `Int64` or `Float64`.

        A missing date is `NaT`, a missing number `NA`. Lists are tuples, which pandas can compare,
        hash and group by.

        Args:
            dtype_backend: "pyarrow" for Arrow types (`pandas.ArrowDtype`) of texts, dates and
                numbers, as pandas itself calls it.

        Raises:
            MissingExtraError: pandas or pyarrow is not installed; the extra "pandas" installs both.
            UnknownValueError: There is no such backend.

        >>> from nhs_api_catalogue import catalogue
        >>> try:
        ...     catalogue.to_pandas(dtype_backend="numpy")
        ... except ValueError as error:
        ...     print(error)
        'numpy' is not a dtype_backend: expected 'pyarrow'
        """
        return self._frame().to_pandas(dtype_backend)

    def to_polars(self) -> pl.DataFrame:
        """The table in polars: `String`, `List(String)`, `Date`, `Int64` and `Float64` columns.

        For examples see `to_arrow`.

        Raises:
            MissingExtraError: polars is not installed; the extra "polars" installs it.
        """
        return self._frame().to_polars()

    def to_csv(self) -> str:
        """The table as CSV: all texts are in quotes, and each line ends with one newline.

        Lists are joined by "; ", dates are ISO texts, missing values are empty. A text that a
        spreadsheet would treat as a formula has an apostrophe before it.

        >>> from nhs_api_catalogue import catalogue
        >>> print(catalogue.select("MESH").to_csv()[:28])
        "id","name","summary","techn
        """
        return self._frame().to_csv()

    def to_markdown(self, *columns: str) -> str:
        """The table in Markdown: the named columns, or by default those that people read.

        Nothing in a value acts as Markdown or HTML, and each row is one line.

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


def _as_read(text: str) -> str:
    is_word = text.islower() and text.replace("_", "").isalpha()
    return text.replace("_", " ") if is_word else text


def _plain_value(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, tuple):
        return list(cast("tuple[str, ...]", value))
    return value.isoformat() if isinstance(value, date) else value


def _joined(value: Any) -> str:
    """The value as one text."""
    if value is None:
        return ""
    return str(value) if isinstance(value, (str, int, float, date)) else "; ".join(value)


def _plain(value: Any) -> float | str:
    """The value as a spreadsheet may have it."""
    if isinstance(value, (int, float)):
        return value
    return for_csv(_joined(value))


def _markdown_row(values: Sequence[Any]) -> str:
    return f"| {' | '.join(for_markdown(_joined(value)) for value in values)} |"
