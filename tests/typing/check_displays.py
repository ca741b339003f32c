"""Displays and tables as type checkers see them: what they give, and the mistakes they catch.

Never run. Each expected error must occur, for mypy and for pyright.
"""

from typing import Any, assert_type

import pandas as pd
import polars as pl
import pyarrow as pa

from nhs_api_catalogue import Catalogue, Table, Uniform, catalogue, plan

p = plan(catalogue, start="2026-01-05")

# ---- what comes back ----

assert_type(catalogue.to_columns(), dict[str, list[Any]])
assert_type(catalogue.to_arrow(), pa.Table)
assert_type(catalogue.to_pandas(), pd.DataFrame)
assert_type(catalogue.to_polars(), pl.DataFrame)
assert_type(catalogue.to_csv(), str)
assert_type(catalogue.to_markdown("name", "technical"), str)
assert_type(p.to_arrow(), pa.Table)
assert_type(p.to_polars().height, int)
assert_type(p.svg(), str)
assert_type(p.svg(title="ours", deadline="2027-03-31", by="2027-01-31", dark=True), str)
assert_type(p.likelihood_svg(assume=Uniform()), str)
assert_type(catalogue.official_table(), Table)
assert_type(catalogue.products_table(), Table)
assert_type(catalogue.differences_table(), Table)
assert_type(catalogue.prerequisites_table(), Table)
assert_type(catalogue.timescales_table().rows(), list[dict[str, Any]])
assert_type(p.catalogue, Catalogue)
assert_type(p.report(title="ours", deadline="2027-03-31", form="markdown"), str)
assert_type(catalogue.to_pandas(dtype_backend="pyarrow"), pd.DataFrame)

# ---- mistakes ----

p.report(form="pdf")  # type: ignore[arg-type]
catalogue.to_pandas(dtype_backend="numpy")  # type: ignore[arg-type]
p.likelihood_svg()  # type: ignore[call-arg]
assert_type(p.likelihood_svg(assume="uniform"), str)
catalogue.to_markdown(["name"])  # type: ignore[arg-type]
catalogue.to_csv("file.csv")  # type: ignore[call-arg]
