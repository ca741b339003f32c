"""The tables in real pyarrow, pandas, polars and duckdb, and with each of them absent.

The README's command does not run this: it needs the dependency group `frames`.
"""

import subprocess
import sys
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nhs_api_catalogue import (
    Catalogue,
    Duration,
    MissingExtraError,
    UnknownValueError,
    catalogue,
    months,
)
from nhs_api_catalogue._frames import Kind
from shown_values import CATALOGUES, PLANS, PRODUCTS

TABLES = {**CATALOGUES, **PLANS, **PRODUCTS}
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
ARROW = {
    Kind.TEXT: pa.string(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.DAY: pa.date32(),
    Kind.NUMBER: pa.int64(),
    Kind.REAL: pa.float64(),
}
POLARS = {
    Kind.TEXT: pl.String(),
    Kind.TEXTS: pl.List(pl.String()),
    Kind.DAY: pl.Date(),
    Kind.NUMBER: pl.Int64(),
    Kind.REAL: pl.Float64(),
}


def kinds(table):
    return table._frame().schema.items()


def plain(frame):
    """The values of a pandas frame as Python has them."""
    columns = {}
    for name in frame.columns:
        values = frame[name].to_list()
        columns[name] = [
            list(value)
            if isinstance(value, tuple)
            else None
            if pd.isna(value)
            else value.date()
            if isinstance(value, pd.Timestamp)
            else value
            for value in values
        ]
    return columns


class TestPyarrow:
    @every_table
    def test_the_schema_is_the_written_one(self, table):
        schema = table.to_arrow().schema
        assert [(field.name, field.type) for field in schema] == [
            (name, ARROW[kind]) for name, kind in kinds(table)
        ]

    @every_table
    def test_the_values_are_those_of_the_columns(self, table):
        assert table.to_arrow().to_pydict() == table.to_columns()

    @every_table
    def test_the_stream_is_the_table(self, table):
        assert pa.table(table).equals(table.to_arrow())

    @every_table
    def test_parquet_gives_back_the_same_table(self, table, tmp_path):
        pq.write_table(table.to_arrow(), tmp_path / "table.parquet")
        read = pq.read_table(tmp_path / "table.parquet")
        assert read.equals(table.to_arrow())
        assert read.schema.equals(table.to_arrow().schema)

    def test_a_requested_schema_is_heeded(self):
        wanted = pa.schema(
            (field.name, pa.large_string() if field.type == pa.string() else field.type)
            for field in catalogue.to_arrow().schema
        )
        reader = pa.RecordBatchReader.from_stream(catalogue, schema=wanted)
        assert reader.read_all().schema.equals(wanted)


class TestPolars:
    @every_table
    def test_the_schema_is_the_written_one(self, table):
        assert dict(table.to_polars().schema) == {name: POLARS[kind] for name, kind in kinds(table)}

    @every_table
    def test_the_values_are_those_of_the_columns(self, table):
        assert table.to_polars().to_dict(as_series=False) == table.to_columns()

    @every_table
    def test_it_takes_the_object_itself(self, table):
        assert pl.DataFrame(table).equals(table.to_polars())


class TestPandas:
    @every_table
    def test_dates_are_dates_and_numbers_whole(self, table):
        types = table.to_pandas().dtypes
        for name, kind in kinds(table):
            if kind is Kind.DAY:
                assert types[name] == "datetime64[ms]"
            elif kind in (Kind.NUMBER, Kind.REAL):
                assert types[name] == {Kind.NUMBER: "Int64", Kind.REAL: "Float64"}[kind]
            elif kind is Kind.TEXT:
                assert pd.api.types.is_string_dtype(types[name]) or types[name] == np.object_
            else:
                assert types[name] == np.object_

    @every_table
    def test_types_of_arrow_are_those_of_the_schema(self, table):
        types = table.to_pandas(dtype_backend="pyarrow").dtypes
        for name, kind in kinds(table):
            if kind is not Kind.TEXTS:
                assert types[name] == pd.ArrowDtype(ARROW[kind])

    @pytest.mark.parametrize("backend", [None, "pyarrow"])
    def test_lists_are_hashed_grouped_and_counted(self, backend):
        frame = catalogue.to_pandas(dtype_backend=backend)
        counted = {("FHIR",): 15, ("FHIR", "HL7 V3"): 1, ("FHIR", "LDAP"): 1}
        counted |= {("REST",): 3, ("REST", "SOAP"): 3}
        assert frame.groupby("standards").size().to_dict() == counted
        assert frame["standards"].value_counts().to_dict() == counted
        assert len(frame.drop_duplicates("standards")) == len(counted)
        assert len(frame.explode("standards")) == 28
        assert frame["standards"].str.join("; ").iloc[0] == "FHIR"

    def test_another_backend_is_refused(self):
        with pytest.raises(UnknownValueError, match="'pyarrow'"):
            catalogue.to_pandas(dtype_backend="numpy_nullable")

    def test_a_row_makes_a_duration_again(self):
        for _, row in catalogue.to_pandas().iterrows():
            api = catalogue[row["id"]]
            for end in ("shortest", "longest"):
                months, days = (row[f"total_{end}_{part}"] for part in ("months", "days"))
                assert Duration(months, days) == getattr(api.total, end)
                assert float(Duration(months, days).mean_days) == row[f"total_{end}_mean_days"]

    def test_numpy_counts_are_counts_and_its_truths_are_not(self):
        for number in (np.int64(6), np.uint8(6), np.int32(6)):
            assert Duration(number, number) == Duration(6, 6)
            assert months(number) == Duration(6)
        for other in (np.bool_(True), np.float64(6), np.array([6, 7]), np.nan):
            with pytest.raises(TypeError, match="must be a whole number"):
                Duration(other)

    @every_table
    def test_the_values_are_those_of_the_columns(self, table):
        assert plain(table.to_pandas()) == table.to_columns()

    def test_dates_compare_with_dates(self):
        frame = PLANS["plan"].to_pandas()
        late = frame[frame["finish_latest"] > pd.Timestamp(date(2027, 1, 1))]
        assert late["id"].to_list() == ["e-rs", "gp-connect-access-record"]


class TestDuckdb:
    def test_it_selects_from_the_catalogue_itself(self):
        found = duckdb.sql(
            "select id from catalogue where list_contains(standards, 'SOAP') order by id"
        ).fetchall()
        assert [found_id for (found_id,) in found] == sorted(
            api.id for api in catalogue.filter(standard="SOAP")
        )

    def test_it_selects_from_a_plan_itself(self):
        p = PLANS["plan"]
        ((last,),) = duckdb.sql("select max(finish_latest) from p").fetchall()
        assert last == p.go_live.latest

    def test_its_intervals_give_the_dates_of_the_plan(self):
        start = date(2026, 1, 31)
        found = duckdb.sql("""
            select id, (date '2026-01-31' + to_months(technical_longest_months::int)
                        + to_days(technical_longest_days::int))::date
            from catalogue
        """).fetchall()
        assert dict(found) == {api.id: api.technical.longest.after(start) for api in catalogue}

    @every_table
    def test_it_sees_as_many_rows_and_the_types(self, table):
        relation = duckdb.sql('select * from "table"')
        assert len(relation.fetchall()) == len(next(iter(table.to_columns().values())))
        types = {
            "VARCHAR": Kind.TEXT,
            "VARCHAR[]": Kind.TEXTS,
            "DATE": Kind.DAY,
            "BIGINT": Kind.NUMBER,
            "DOUBLE": Kind.REAL,
        }
        assert [types[str(kind)] for kind in relation.types] == [kind for _, kind in kinds(table)]


class TestAllAlike:
    def test_polars_and_pandas_give_the_same_23_rows(self):
        frames = catalogue.to_polars(), catalogue.to_pandas()
        assert [len(frame) for frame in frames] == [23, 23]
        assert frames[0].to_dict(as_series=False) == plain(frames[1])

    def test_an_empty_catalogue_keeps_every_schema(self):
        empty = catalogue[:0]
        assert empty.to_arrow().schema.equals(catalogue.to_arrow().schema)
        assert empty.to_polars().schema == catalogue.to_polars().schema
        assert empty.to_pandas().dtypes.equals(catalogue.to_pandas().dtypes)
        assert len(empty.to_pandas()) == 0
        empty_plan = PLANS["all done"]
        assert empty_plan.to_arrow().schema.equals(PLANS["plan"].to_arrow().schema)
        assert list(empty_plan.to_polars().schema.items()) == list(
            PLANS["plan"].to_polars().schema.items()
        )


class Stream:
    """A holder of an Arrow PyCapsule."""

    def __init__(self, capsule):
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema=None):
        return self.capsule


class TestAbsent:
    """Each package absent while the others are there."""

    @pytest.fixture(params=[catalogue, PLANS["plan"]], ids=["catalogue", "plan"])
    def table(self, request):
        return request.param

    def test_without_pyarrow_polars_makes_the_stream(self, table, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        stream = Stream(table.__arrow_c_stream__())
        assert pl.DataFrame(stream).equals(table.to_polars())

    def test_without_polars_pyarrow_makes_the_stream(self, table, monkeypatch):
        monkeypatch.setitem(sys.modules, "polars", None)
        assert pa.table(table).equals(table.to_arrow())

    def test_pandas_needs_pyarrow_too(self, table, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtraError, match=r"nhs-api-catalogue\[pandas\]"):
            table.to_pandas()

    @pytest.mark.parametrize(
        ("absent", "works"),
        [
            (("pyarrow",), {"to_polars", "__arrow_c_stream__"}),
            (("polars",), {"to_arrow", "to_pandas", "__arrow_c_stream__"}),
            (("pandas",), {"to_arrow", "to_polars", "__arrow_c_stream__"}),
            (("pyarrow", "polars"), set()),
            (("pyarrow", "polars", "pandas"), set()),
        ],
    )
    def test_in_a_process_that_never_had_them(self, absent, works):
        code = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from nhs_api_catalogue import MissingExtraError, catalogue
for method in ("to_arrow", "to_pandas", "to_polars", "__arrow_c_stream__"):
    try:
        getattr(catalogue, method)()
    except MissingExtraError as error:
        assert "pip install 'nhs-api-catalogue[" in str(error)
    else:
        print(method)
"""
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert set(done.stdout.split()) == works


def test_an_own_catalogue_is_a_table_too():
    mine = Catalogue(catalogue[:2])
    assert mine.to_polars()["id"].to_list() == [api.id for api in mine]
