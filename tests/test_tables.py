"""The other tables: one schema each, complete, dated, and the same in HTML as in columns."""

import json
from datetime import date

import pytest

from html_reader import read_html
from nhs_api_catalogue import Service, Table, Uniform, catalogue, diff, plan, products
from nhs_api_catalogue._frames import Kind
from shown_values import FOUR, HOSTILE_EDITION, PLANS, hostile_api

CHANGED = catalogue.replace("eRS", technical="2-4 months", source="<b>our</b> project").without(
    "MESH"
)
TEAMS = plan(
    FOUR,
    start="2026-01-05",
    teams=[["eRS", FOUR[0].id], [FOUR[2].id]],
    built={"MESH": "2026-02-01"},
    services=[Service("HSCN", "2-4 months", "our provider")],
)
OFFICIAL = {
    "official": catalogue.official_table(),
    "products": catalogue.products_table(),
    "differences": catalogue.differences_table(),
    "prerequisites": catalogue.prerequisites_table(),
    "timescales": catalogue.timescales_table(),
}
TABLES = {
    **OFFICIAL,
    "no differences": catalogue[:0].differences_table(),
    "side by side": catalogue.side_by_side("eRS", "MESH"),
    "no records": catalogue[:0].side_by_side(),
    "hostile records": HOSTILE_EDITION.side_by_side(),
    "editions": diff(catalogue, CHANGED),
    "same editions": diff(catalogue, catalogue),
    "reordered editions": diff(catalogue, catalogue[::-1]),
    "missing": PLANS["plan"].missing_prerequisites(),
    "plans": PLANS["plan"].compare(TEAMS),
    "drivers": PLANS["plan"].drivers,
    "criticality": PLANS["plan"].criticality,
    "deadline": PLANS["plan"].against("2027-02-28", assume=Uniform()),
    "probability": PLANS["plan"].probability("2027-01-31", assume=Uniform()),
    "certain": PLANS["plan"].probability("2028-01-31", assume=Uniform()),
    "teams": TEAMS,
}
TYPES = {Kind.TEXT: str, Kind.TEXTS: list, Kind.DAY: date, Kind.NUMBER: int, Kind.REAL: float}
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@every_table
def test_each_value_is_of_its_kind_or_missing(table):
    frame = table._frame()
    assert {len(row) for row in frame.rows} <= {len(frame.schema)}
    assert set(frame.shown) <= set(frame.schema)
    for name, values in table.to_columns().items():
        for value in values:
            assert value is None or type(value) is TYPES[frame.schema[name]], (name, value)


@every_table
def test_it_shows_itself_in_html(table):
    page = table._repr_html_()
    assert "<script" not in page
    assert "<b>our" not in page
    found = read_html(page)
    (shown,) = found.all("table")
    heads = [head for head in shown.all("th") if head.attributes["scope"] == "col"]
    assert heads
    assert next(shown.all("caption")).text


@every_table
def test_its_rows_are_what_json_has(table):
    rows = table._frame().to_rows()
    assert json.loads(json.dumps(rows)) == rows


class TestOfficial:
    @pytest.mark.parametrize("table", OFFICIAL.values(), ids=OFFICIAL)
    def test_every_statement_has_its_source(self, table):
        for row in table.rows():
            if "sources" in row:
                assert row["sources"]
                assert row["confidence"]
            else:
                assert row["source"]
                assert row["source_url"].startswith("http")
                assert (row["as_of"] is None) is (row["as_of_precision"] is None)
                assert row["confidence"]

    def test_people_read_words_as_in_a_sentence_and_a_source_in_one_cell(self):
        page = catalogue.differences_table()._repr_html_()
        assert "changes design" in page
        assert "changes_design" not in page
        (difference, *_) = catalogue["ODS"].differences
        row = catalogue.select("ODS").differences_table().rows()[0]
        assert row["severity"] == "changes_design"
        assert str(difference).endswith(f" ({row['cited']})")

    def test_each_is_as_long_as_what_it_is_of(self):
        assert len(OFFICIAL["differences"]) == len(catalogue.differences())
        assert len(OFFICIAL["timescales"]) == len(catalogue.timescales())
        assert len(OFFICIAL["prerequisites"]) == sum(len(api.prerequisites) for api in catalogue)
        entries = {entry.id: entry for api in catalogue for entry in api.official}
        assert len(OFFICIAL["products"]) == len(entries)
        assert len(OFFICIAL["official"]) == sum(len(dict(e.facts())) for e in entries.values())

    def test_a_month_is_its_first_day_and_says_that_it_is_a_month(self):
        days = {
            (row["as_of"][-2:], row["as_of_precision"])
            for row in OFFICIAL["official"].rows()
            if row["as_of"] and row["as_of_precision"] == "month"
        }
        assert days <= {("01", "month")}

    def test_without_statements_the_columns_stay(self):
        for name, table in OFFICIAL.items():
            empty = getattr(catalogue.with_overlay(None), f"{name}_table")()
            assert len(empty) == 0
            assert empty._frame().schema == table._frame().schema
            assert empty.rows() == []

    def test_a_table_says_what_it_is(self):
        table = catalogue.select("BaRS").timescales_table()
        assert isinstance(table, Table)
        assert repr(table) == f"<Table of timescales: {len(table)} row{'s' * (len(table) > 1)}>"
        assert repr(catalogue[:0].timescales_table()) == "<Table of timescales: 0 rows>"
        assert str(table) == table.to_markdown()

    def test_that_of_a_plan_is_that_of_its_records(self):
        p = PLANS["plan"]
        assert p.catalogue == FOUR
        assert p.catalogue.differences_table().rows() == FOUR.differences_table().rows()


class TestPlan:
    def test_every_item_has_a_row(self):
        rows = plan(FOUR, start="2026-01-05", built={"eRS": "2026-02-01"}, done=["MESH"]).rows()
        assert {row["api"] for row in rows} == {api.name for api in FOUR}
        (live,) = (row for row in rows if row["id"] == "mesh")
        given = ("api", "id", "kind", "state", "stage")
        assert {name: value for name, value in live.items() if value is not None} == dict(
            zip(given, ("MESH", "mesh", "API", "live already", "live already"), strict=True)
        )
        built, assured = (row for row in rows if row["id"] == "e-rs")
        assert (built["state"], built["stage"]) == ("built", "technical implementation")
        assert built["finish_earliest"] == built["finish_latest"] == "2026-02-01"
        assert built["time"] is None
        assert assured["state"] == "planned"

    def test_team_kind_criticality_and_go_live_are_told(self):
        rows = TEAMS.rows()
        assert [(row["id"], row["team"]) for row in rows if row["kind"] == "API"][:3] == [
            (FOUR[0].id, "team 1"),
            (FOUR[0].id, "team 1"),
            ("e-rs", "team 1"),
        ]
        for row in rows:
            name = row["api"]
            item = next(item for item in TEAMS.items() if item.name == name)
            assert row["kind"] == ("API" if item in TEAMS.planned else "service")
            assert row["critical"] == TEAMS.criticality.of(name)
            drivers = TEAMS.drivers
            last = "possibly" if name in drivers.possible else "never"
            assert row["live_last"] == ("certainly" if name in drivers.certain else last)
            assert row["go_live_latest"] == str(item.go_live.latest)

    def test_slack_is_that_of_the_stage(self):
        for p, day in (
            (TEAMS, TEAMS.go_live.latest),
            (plan(FOUR, deadline="2027-06-30"), "2027-06-30"),
        ):
            stages = {(stage.owner, stage.name): stage for stage in p.stages()}
            for row in p.rows():
                stage = stages.get((row["api"], row["stage"]))
                if row["state"] == "planned":
                    assert (row["slack_least"], row["slack_most"]) == stage.slack(day)
                else:
                    assert row["slack_least"] is row["slack_most"] is None

    def test_mean_days_are_those_of_the_time(self):
        for row, stage in zip(PLANS["plan"].rows(), PLANS["plan"].stages(), strict=True):
            assert row["time_shortest_mean_days"] == float(stage.time.shortest.mean_days)
            assert row["time_longest_mean_days"] == float(stage.time.longest.mean_days)

    def test_keys_complete_as_those_of_its_records(self):
        assert PLANS["plan"]._ipython_key_completions_() == FOUR._ipython_key_completions_()


def test_what_moves_is_told_in_days():
    p = PLANS["plan"]
    found = p.compare(plan([*FOUR[:2], hostile_api()], start="2026-02-05", allow_unavailable=True))
    rows = {row["name"]: row for row in found._frame().to_rows()}
    assert (rows["go-live"]["change"], rows["go-live"]["earliest_days"]) == (
        "moved",
        found.go_live.earliest,
    )
    assert rows["MESH"]["change"] == "removed"
    assert rows[hostile_api().name]["change"] == "added"
    assert [row["name"] for row in rows.values() if row["live_last"] == "no longer"] == [
        *found.drivers_lost
    ]
    assert {row["change"] for row in p.compare(p)._frame().to_rows()} == {"stays"}


def test_what_rich_shows_is_short():
    assert list(catalogue["MESH"].__rich_repr__()) == ["mesh", "MESH"]
    assert list(catalogue.__rich_repr__()) == ["23 APIs", ("edition", str(catalogue.edition))]
    assert list(PLANS["plan"].__rich_repr__())[1:] == [
        ("start", "2026-01-05"),
        ("go_live", "2026-08-05 to 2027-03-05"),
    ]
    (overlay,) = catalogue.overlays
    (entry,) = catalogue["MESH"].official
    assert [*overlay.__rich_repr__(), *entry.__rich_repr__()] == [
        overlay.summary,
        "mesh",
        "Message Exchange for Social Care and Health (MESH) API",
    ]
    need, *_ = catalogue["DoS"].prerequisites
    assert list(need.__rich_repr__()) == [
        "dos",
        ("needs", "dos-account"),
        ("strength", "conditional"),
        ("needed_for", "go_live"),
    ]
    assert list(need.service.__rich_repr__()) == ["dos-account", "DoS account"]
    assert list(OFFICIAL["differences"].__rich_repr__()) == [
        "differences",
        ("rows", len(catalogue.differences())),
    ]
    assert list(PLANS["plan"].against("2027-02-28").__rich_repr__()) == [
        "2027-02-28",
        ("status", "possible"),
        ("margin", (-5, 207)),
    ]
    assert list(PLANS["plan"].distribution(assume=Uniform()).__rich_repr__()) == [
        "every day of the range equally likely",
        ("first", "2026-08-05"),
        ("last", "2027-03-05"),
    ]
    missing = plan(catalogue.select("Transfer of Care"), start="2026-01-05").missing_prerequisites()
    assert list(missing.__rich_repr__()) == [
        ("apis", ["MESH"], []),
        ("services", ["ITK3 Message Distribution"], []),
        ("choices", [], []),
    ]
    stale = catalogue.stale(on="2027-01-01")
    assert list(stale.__rich_repr__()) == [
        ("editions", ["NHS API Guide 2025 (6B, 2025-09-09)"]),
        ("old", len(stale.old)),
        ("undated", len(stale.undated)),
    ]
    assert list(products.__rich_repr__()) == [
        f"{len(products)} products",
        ("as_of", str(products.as_of)),
        ("listings", len(products.listings)),
    ]
    assert list(products[0].__rich_repr__()) == [products[0].id, products[0].name.value]
