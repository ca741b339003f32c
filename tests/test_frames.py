"""Tables that need nothing else: columns, CSV, Markdown; and errors that say what is missing."""

import csv
import io
import re
import sys
from datetime import date, timedelta

import pytest

from nhs_api_catalogue import Catalogue, Duration, MissingExtraError, UnknownValueError, catalogue
from nhs_api_catalogue._frames import Frame, Kind
from shown_values import CATALOGUES, HOSTILE, PLANS, PRODUCTS, hostile_api

TABLES = {**CATALOGUES, **PLANS, **PRODUCTS}
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
TYPES = {Kind.TEXT: str, Kind.TEXTS: list, Kind.DAY: date, Kind.NUMBER: int, Kind.REAL: float}


def frame(*rows, kind=Kind.TEXT, names=("a",)):
    return Frame(dict.fromkeys(names, kind), rows, names)


def read_csv(text):
    return list(csv.reader(io.StringIO(text), strict=True))


class TestColumns:
    @every_table
    def test_each_value_is_of_its_kind_or_missing(self, table):
        schema = table._frame().schema
        columns = table.to_columns()
        assert list(columns) == list(schema)
        for name, values in columns.items():
            assert {type(value) for value in values} <= {TYPES[schema[name]], type(None)}
            if schema[name] is Kind.TEXTS:
                assert all(type(text) is str for value in values for text in value or ())

    @every_table
    def test_columns_are_of_one_length(self, table):
        rows = len(table) if hasattr(table, "__len__") else len(table.rows())
        assert {len(values) for values in table.to_columns().values()} == {rows}

    def test_they_hold_what_the_records_say(self):
        columns = catalogue.to_columns()
        for place, api in enumerate(catalogue):
            row = {name: values[place] for name, values in columns.items()}
            assert (row["id"], row["name"], row["summary"]) == (api.id, api.name, api.summary)
            for field in ("technical", "assurance", "total"):
                time = getattr(api, field)
                assert row[field] == str(time)
                for end in ("shortest", "longest"):
                    months, days = row[f"{field}_{end}_months"], row[f"{field}_{end}_days"]
                    assert Duration(months, days) == getattr(time, end)
            assert row["standards"] == sorted(s.value for s in api.standards)
            assert row["routes"] == sorted(route.value for route in api.open_routes)
            assert row["topics"] == sorted(topic.value for topic in api.topics)
            assert row["capabilities"] == sorted(word.value for word in api.capabilities)
            assert row["users"] == sorted(user.value for user in api.users)
            assert row["aliases"] == list(api.aliases)
            assert row["implementations"] == [str(item) for item in api.implementations]
            assert row["access"] == [str(rule) for rule in api.access]
            assert row["notices"] == [str(notice) for notice in api.notices]
            assert api.source_of("technical") in row["sources"]
            for use in ("only", "excluded", "stated"):
                uses = getattr(api.suitability, use)
                assert row[f"suitable_{use}"] == sorted(use.value for use in uses)

    def test_dates_and_ages_are_there_where_the_source_states_them(self):
        columns = catalogue.to_columns()
        since = dict(zip(columns["id"], columns["unavailable_since"], strict=True))
        assert {name: day for name, day in since.items() if day} == {
            "gp-connect-appointment-management": date(2025, 6, 1)
        }
        ages = dict(zip(columns["id"], columns["max_data_age_seconds"], strict=True))
        assert {name: age for name, age in ages.items() if age is not None} == {
            "im1-bulk": 24 * 60 * 60
        }

    def test_an_age_is_rounded_up_to_seconds(self):
        ages = [timedelta(0), timedelta(microseconds=1), timedelta(seconds=2)]
        apis = [hostile_api(f"h-{n}", max_data_age=age) for n, age in enumerate(ages)]
        assert Catalogue(apis).to_columns()["max_data_age_seconds"] == [0, 1, 2]

    def test_columns_of_a_plan_are_its_rows(self):
        for p in PLANS.values():
            columns = p.to_columns()
            rows = [
                {
                    name: value.isoformat() if isinstance(value, date) else value
                    for name, value in zip(columns, row, strict=True)
                }
                for row in zip(*columns.values(), strict=True)
            ]
            assert rows == p.rows()

    def test_changing_the_columns_changes_nothing_else(self):
        columns = catalogue.to_columns()
        columns["aliases"][0].append("mine")
        columns["id"].clear()
        assert catalogue.to_columns() != columns
        assert "mine" not in catalogue[0].aliases


class TestCsv:
    @every_table
    def test_it_reads_back_as_the_columns(self, table):
        head, *lines = read_csv(table.to_csv())
        columns = table.to_columns()
        assert head == list(columns)
        for name, *values in zip(head, *lines, strict=True):
            for value, text in zip(columns[name], values, strict=True):
                joined = "; ".join(value) if isinstance(value, list) else value
                plain = "" if joined is None else str(joined)
                assert text.removeprefix("'") == plain.removeprefix("'")

    @pytest.mark.parametrize("start", [*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20"])
    def test_a_text_that_begins_a_formula_is_made_harmless(self, start):
        text = f'{start}HYPERLINK("http://evil","x")'
        assert read_csv(frame((text,)).to_csv())[1] == [f"'{text}"]

    @pytest.mark.parametrize("text", ["", "a=b", "'", "1", " =1", "–1"])
    def test_other_texts_stay_as_they_are(self, text):
        assert read_csv(frame((text,), ("last",)).to_csv())[1:] == [[text], ["last"]]

    def test_no_cell_of_a_hostile_edition_begins_a_formula(self):
        for row in read_csv(CATALOGUES["hostile catalogue"].to_csv()):
            assert not any(re.match("[=+@\t\r\n-]", cell) for cell in row)

    def test_every_text_is_quoted_so_that_no_separator_parts_it(self):
        assert frame(("a;b",), (None,), ('say "x"',)).to_csv() == '"a"\n"a;b"\n""\n"say ""x"""\n'

    def test_numbers_and_dates_are_plain(self):
        assert frame((-1,), (None,), kind=Kind.NUMBER).to_csv() == '"a"\n-1\n""\n'
        assert frame((date(2026, 1, 5),), kind=Kind.DAY).to_csv() == '"a"\n"2026-01-05"\n'


class TestMarkdown:
    def test_only_the_columns_that_people_read(self):
        head = catalogue.to_markdown().splitlines()[0]
        assert head == "| name | technical | assurance | access | notices |"

    def test_named_columns_in_the_order_given(self):
        assert catalogue.select("eRS").to_markdown("users", "id").splitlines()[::2] == [
            "| users | id |",
            "| clinician | e-rs |",
        ]

    def test_an_unknown_column_is_named_with_the_known_ones(self):
        with pytest.raises(
            UnknownValueError, match="'names' is not a column: expected 'id', 'name'"
        ):
            catalogue.to_markdown("names")

    @every_table
    def test_each_row_is_one_line_with_as_many_cells_as_the_head(self, table):
        lines = table.to_markdown().splitlines()
        assert len(lines) == 2 + len(next(iter(table.to_columns().values())))
        assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines}) == 1

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("a|b", r"a\|b"),
            ("a\\|b", r"a\\\|b"),
            ("<script>", "&lt;script&gt;"),
            ("&lt;", "&amp;lt;"),
            ("*a* `b` ~c~ $d$", r"\*a\* \`b\` \~c\~ \$d\$"),
            ("[a](http://b)", r"\[a\](http://b)"),
            ("snake_case _em_ __strong__", r"snake_case \_em\_ \_\_strong\_\_"),
            ("one\ntwo\r\nthree\rfour\u2028five", "one<br>two<br>three<br>four<br>five"),
        ],
    )
    def test_nothing_is_taken_for_markup(self, text, written):
        assert frame((text,)).to_markdown() == f"| a |\n| --- |\n| {written} |\n"

    def test_a_hostile_edition_brings_no_tag(self):
        assert "<script>" in HOSTILE
        assert "<" not in CATALOGUES["hostile catalogue"].to_markdown().replace("<br>", "")


@pytest.mark.parametrize("table", [catalogue, PLANS["plan"]], ids=["catalogue", "plan"])
class TestMissing:
    """Each package absent, as far as Python can tell; tests/frames has them all."""

    @pytest.mark.parametrize(
        ("method", "absent", "extra"),
        [
            ("to_arrow", ["pyarrow"], "arrow"),
            ("to_pandas", ["pandas"], "pandas"),
            ("to_polars", ["polars"], "polars"),
            ("__arrow_c_stream__", ["pyarrow", "polars"], "arrow"),
        ],
    )
    def test_the_error_names_the_command(self, table, method, absent, extra, monkeypatch):
        for module in absent:
            monkeypatch.setitem(sys.modules, module, None)
        command = re.escape(f"pip install 'nhs-api-catalogue[{extra}]'")
        with pytest.raises(MissingExtraError, match=command) as caught:
            getattr(table, method)()
        assert isinstance(caught.value, ImportError)
        assert caught.value.extra == extra

    def test_what_needs_nothing_needs_nothing(self, table, monkeypatch):
        for module in ("pandas", "polars", "pyarrow"):
            monkeypatch.setitem(sys.modules, module, None)
        assert table.to_columns()
        assert table.to_csv()
        assert table.to_markdown()

    def test_a_package_that_is_broken_says_so_itself(self, table, monkeypatch, tmp_path):
        (tmp_path / "polars.py").write_text("import a_part_that_is_not_there")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "polars", raising=False)
        with pytest.raises(ModuleNotFoundError, match="a_part_that_is_not_there") as caught:
            table.to_polars()
        assert not isinstance(caught.value, MissingExtraError)
