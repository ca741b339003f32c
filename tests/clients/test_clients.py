"""The page of frames, client by client: each line of its table, run with the real library.

The README's command does not run this: it needs Java and the dependency group `clients`.
"""

import importlib.metadata
import re
from pathlib import Path

import altair
import duckdb
import itables
import marimo as mo
import narwhals as nw
import pandas
import plotly.express as px
import polars
import pyarrow as pa
import pytest
from great_tables import GT
from pyspark.sql import SparkSession
from streamlit.testing.v1 import AppTest

from nhs_api_catalogue import catalogue

PAGE = Path(__file__).parents[2] / "docs/how-to/frames.md"
ROW = re.compile(r"^\| ([\w. -]+) \| `([^`]+)` \| (\d+) by (\d+) \| ([\d.]+) \|$", re.MULTILINE)
LINES = ROW.findall(PAGE.read_text(encoding="utf-8"))
CLIENTS = (
    "altair duckdb great-tables itables marimo narwhals openpyxl pandas plotly polars pyarrow "
    "pyspark streamlit xlsxwriter"
)


@pytest.fixture(scope="session")
def spark():
    made = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    yield made
    made.stop()


def run(line, spark):
    """The value of the line, with the names that the page gives these libraries."""
    names = {
        "GT": GT,
        "altair": altair,
        "catalogue": catalogue,
        "duckdb": duckdb,
        "itables": itables,
        "mo": mo,
        "nw": nw,
        "pa": pa,
        "pandas": pandas,
        "polars": polars,
        "px": px,
        "spark": spark,
    }
    return eval(line, names)  # noqa: S307  the page is ours


def shape_in_streamlit(line):
    app = AppTest.from_string(f"import streamlit\nfrom nhs_api_catalogue import catalogue\n{line}")
    app.run(timeout=120)
    assert not app.exception
    return app.dataframe[0].value.shape


def shape_of_html(page):
    heads = re.findall(r"<th>([^<]*)</th>", page)
    # The rows are a text of JSON within a script.
    assert all(f'\\"{api.id}\\"' in page for api in catalogue)
    return len(catalogue), len(heads)


def shape_of_chart(chart):
    (rows,) = chart.to_dict()["datasets"].values()
    return len(rows), len(rows[0])


def shape_of_figure(figure):
    (bars,) = figure.data
    assert len(bars.x) == len(bars.y)
    return len(bars.x), 2


# How a client reports its contents, if its value has no shape attribute.
SHAPES = {
    "altair": shape_of_chart,
    "great-tables": lambda table: table._tbl_data.shape,
    "itables": shape_of_html,
    "marimo": lambda table: (table._manager.get_num_rows(), table._manager.get_num_columns()),
    "openpyxl": lambda _: pandas.read_excel("catalogue.xlsx").shape,
    "plotly": shape_of_figure,
    "pyspark": lambda frame: (frame.count(), len(frame.columns)),
    "xlsxwriter": lambda _: pandas.read_excel("catalogue.xlsx").shape,
}


def version(text):
    return tuple(map(int, re.match(r"\d+(?:\.\d+)*", text)[0].split(".")))


def test_the_page_has_a_line_for_every_client():
    assert sorted({client for client, *_ in LINES}) == CLIENTS.split()


@pytest.mark.parametrize("told", LINES, ids=[f"{line[0]}: {line[1]}" for line in LINES])
def test_the_line_gives_the_table(told, spark, tmp_path, monkeypatch):
    client, line, rows, columns, seen = told
    monkeypatch.chdir(tmp_path)
    if client == "streamlit":
        shape = shape_in_streamlit(line)
    else:
        shape = SHAPES.get(client, lambda frame: frame.shape)(run(line, spark))
    assert tuple(shape) == (int(rows), int(columns))
    assert version(importlib.metadata.version(client)) >= version(seen)
