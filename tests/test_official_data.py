"""The bundled overlay: everything is loaded and resolves, and the guide stays unchanged."""

import json
import runpy
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import cattrs
import pytest

from nhs_api_catalogue import Catalogue, UnknownApiError, catalogue
from nhs_api_catalogue.official import bundled_overlay
from nhs_api_catalogue.official.bundled import bundled_cautions, read_overlay
from nhs_api_catalogue.official.cautions import Need
from nhs_api_catalogue.official.differences import Severity
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.product_words import Openness
from nhs_api_catalogue.planning.cautions import cautions_of
from nhs_api_catalogue.records import Api
from overlay_documents import faults

LINES = Path(__file__).parent.parent / "docs" / "make_official_lines.py"
FOLDER = files("nhs_api_catalogue").joinpath("data")
TEXT = FOLDER.joinpath("official.json").read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)
OVERLAY = bundled_overlay()
IDS = [api.id for api in catalogue]
SECTIONS = ("sources", "entries", "differences", "prerequisites", "services", "timescales")


def facts() -> list[tuple[str, str, dict]]:
    """Every fact of every entry in the file, with the entry's id and the field."""
    return [
        (row["id"], field, value)
        for row in DOCUMENT["entries"]
        for field, value in row.items()
        if field not in ("id", "apis")
    ]


class TestTheFile:
    def test_has_no_fault(self):
        assert faults(DOCUMENT, IDS) == ()

    def test_the_readme_beside_it_counts_what_it_holds(self):
        sources, entries, *others = (f"{len(DOCUMENT[one])} {one}" for one in SECTIONS)
        counts = ", ".join([sources, f"{entries} with {len(facts())} facts", *others])
        readme = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
        assert f"\n| holds | {counts} |\n" in readme

    def test_holds_everything_that_was_gathered(self):
        """A value that is lost on the way, or added by mistake, changes a count."""
        assert {section: len(DOCUMENT[section]) for section in SECTIONS} == {
            "sources": 85,
            "entries": 39,
            "differences": 53,
            "prerequisites": 101,
            "services": 33,
            "timescales": 24,
        }
        assert len(facts()) == 404
        assert Counter(row["severity"] for row in DOCUMENT["differences"]) == {
            "blocks_plan": 3,
            "changes_design": 35,
            "informative": 15,
        }
        assert Counter(row["strength"] for row in DOCUMENT["prerequisites"]) == {
            "required": 75,
            "conditional": 22,
            "alternative": 2,
            "not_needed": 2,
        }

    def test_is_written_in_one_way(self):
        """Run `python docs/make_official_lines.py` after a change of the data."""
        assert runpy.run_path(str(LINES))["laid_out"](DOCUMENT) == TEXT

    @pytest.mark.parametrize("section", ["sources", "entries", "services"])
    def test_what_has_an_id_stands_in_order(self, section):
        ids = [row["id"] for row in DOCUMENT[section]]
        assert ids == sorted(ids)

    def test_what_is_about_an_api_stands_in_the_order_of_the_guide(self):
        for section in ("differences", "prerequisites"):
            places = [IDS.index(row["api"]) for row in DOCUMENT[section]]
            assert places == sorted(places)

    def test_every_value_has_a_source_and_every_source_a_date_policy(self):
        """A source gives its date, or null if it has none."""
        sources = {row["id"]: row for row in DOCUMENT["sources"]}
        stated = [fact for _, _, fact in facts()]
        stated += [row for section in SECTIONS[2:] for row in DOCUMENT[section]]
        for statement in stated:
            as_of = sources[statement["source"]]["as_of"]
            assert as_of is None or date.fromisoformat(as_of) <= date(2026, 11, 29)

    def test_what_rests_on_the_catalogue_of_2023_says_where_its_words_stand(self):
        """Its rows were scraped on the date of the source, not on that of the file."""
        stated = [fact for _, _, fact in facts()]
        stated += [row for section in SECTIONS[2:] for row in DOCUMENT[section]]
        resting = [one for one in stated if one["source"] == "uk-api-catalogue"]
        assert len(resting) == 90
        assert all(one["where"].startswith(("row ", "rows ")) for one in resting)
        (source,) = (row for row in DOCUMENT["sources"] if row["id"] == "uk-api-catalogue")
        assert source["as_of"] == "2023-04-25"

    def test_an_end_that_is_announced_is_a_fact_and_no_note(self):
        """A program gets the end with the status, and no note states a day that no fact has."""
        ends = {
            row["id"]: row["status_until"]["value"]
            for row in DOCUMENT["entries"]
            if "status_until" in row
        }
        assert ends == {
            "directory-of-services-uec-rest": "2026-05-31",
            "directory-of-services-uec-soap": "2026-05-31",
        }
        assert "31 May" not in json.dumps(DOCUMENT["entries"])

    def test_every_source_is_cited(self):
        cited = {fact["source"] for _, _, fact in facts()}
        cited |= {row["source"] for section in SECTIONS[2:] for row in DOCUMENT[section]}
        assert cited == {row["id"] for row in DOCUMENT["sources"]}

    def test_every_address_is_well_formed(self):
        addresses = [row["url"] for row in DOCUMENT["sources"]]
        addresses += [
            fact["value"] for _, field, fact in facts() if "url" in field or "rep" in field
        ]
        addresses = [text for text in addresses if isinstance(text, str)]
        assert len(addresses) == 85 + 38 + 17 + 13 + 22
        for text in addresses:
            parts = urlsplit(text)
            assert (parts.scheme, parts.username, parts.port) == ("https", None, None), text
            assert "." in parts.hostname
            assert text.isascii()
            assert " " not in text

    def test_every_entry_but_one_belongs_to_an_api(self):
        free = [row["id"] for row in DOCUMENT["entries"] if not row["apis"]]
        assert free == ["directory-of-services-search"]
        assert {api for row in DOCUMENT["entries"] for api in row["apis"]} == set(IDS)

    def test_every_service_is_needed_or_has_a_timescale(self):
        used = {row["needs"] for row in DOCUMENT["prerequisites"]}
        assert {row["id"] for row in DOCUMENT["services"]} <= used

    def test_pds_is_the_one_choice_among_apis(self):
        choices = {row["id"]: row["met_by"] for row in DOCUMENT["services"] if row["met_by"]}
        assert choices == {"pds-access": [id_ for id_ in IDS if id_.startswith("pds-")]}

    def test_the_edition_says_when_the_overlay_was_compiled(self):
        assert catalogue.edition.overlay_as_of == OVERLAY.compiled == date(2026, 11, 29)


class TestTheReader:
    def test_keeps_every_value(self):
        """What it builds, written back, is the file."""
        # The one time in days of the file is a whole number of weeks.
        assert written(OVERLAY) == json.loads(TEXT.replace('"P14D"', '"P2W"'))

    def test_what_it_builds_is_taken_apart_by_cattrs(self):
        apart = cattrs.unstructure(OVERLAY)
        assert list(apart) == ["compiled", *SECTIONS]
        assert [entry["id"] for entry in apart["entries"]] == [
            entry["id"] for entry in DOCUMENT["entries"]
        ]

    def test_reads_once(self):
        assert bundled_overlay() is bundled_overlay() is catalogue["MESH"].overlay()

    @pytest.mark.parametrize("api", IDS)
    def test_reads_of_one_record_all_that_is_about_it_and_not_the_whole(self, api):
        part = bundled_overlay(api)
        assert part is bundled_overlay(api)
        assert part.about(api) == OVERLAY.about(api)
        assert part != OVERLAY
        cited = {fact.source for entry in part.entries for _, fact in entry.facts()}
        stated = (*part.differences, *part.prerequisites, *part.services, *part.timescales)
        assert set(part.sources) == cited | {statement.source for statement in stated}

    @pytest.mark.parametrize("kind", ["entries", "differences", "prerequisites", "timescales"])
    @pytest.mark.parametrize("api", [None, *IDS])
    def test_reads_of_one_kind_what_it_reads_of_all_and_nothing_else(self, api, kind):
        """Where one record is asked for, the rest of the file is not read."""
        part = bundled_overlay(api, kind)
        said = getattr(OVERLAY, kind) if api is None else getattr(OVERLAY, f"{kind}_of")(api)
        assert getattr(part, kind) == said
        kept = {kind, "compiled", "sources"} | ({"services"} if kind == "prerequisites" else set())
        for field in attrs.fields_dict(Overlay).keys() - kept:
            assert getattr(part, field) == ()
        cited = {fact.source for entry in part.entries for _, fact in entry.facts()}
        stated = (*part.differences, *part.prerequisites, *part.services, *part.timescales)
        cited |= {statement.source for statement in stated}
        cited |= {one.source for service in part.services for one in service.timescales}
        assert part.sources == tuple(one for one in OVERLAY.sources if one in cited)

    @pytest.mark.parametrize(("api", "kind"), [(None, None), ("mesh", "prerequisites")])
    def test_a_section_may_be_left_out(self, api, kind):
        assert read_overlay({"compiled": "2026-01-31"}, api, kind) == Overlay(date(2026, 1, 31))

    def test_a_plan_is_warned_of_the_same_by_rows_as_by_statements(self):
        """The rows of the file are read only for records whose statements are the bundled ones."""
        for api in catalogue.with_overlay(OVERLAY, replacing=True):
            by_rows, by_statements = bundled_cautions(api.id), cautions_of(api)
            for field in ("blocking", "unconfirmed", "entries"):
                assert getattr(by_rows, field) == getattr(by_statements, field)
            assert words(by_rows.needs) == words(by_statements.needs)

    def test_a_record_of_ones_own_has_no_product_although_it_was_made_from_a_bundled_one(self):
        own = attrs.evolve(catalogue["MESH"], id="mine", name="Mine", aliases=(), edition=None)
        with pytest.raises(UnknownApiError):
            Catalogue([own])["MESH"]


def words(needs: tuple[Need, ...]) -> list[list[object]]:
    """All that each need says."""
    return [[getattr(need, field) for field in Need.__slots__] for need in needs]


def written(overlay: Overlay) -> dict:
    """The overlay as the document that it was read from: an oracle that knows no reader."""

    kept = ("shortest", "longest", "working_days")

    def plain(value):
        if attrs.has(type(value)):
            parts = attrs.asdict(value, recurse=False).items()
            return {name: plain(part) for name, part in parts if (name, part) != ("level", None)}
        if isinstance(value, tuple):
            return [plain(part) for part in value]
        return value.isoformat() if type(value) is date else getattr(value, "value", value)

    def stated(value):
        row = {
            name: part
            for name, part in plain(value).items()
            if (part is not None or name in kept) and (name, part) != ("needs_first", [])
        }
        row["source"] = value.source.id
        # What other rows say, and what the catalogue calls an API.
        row.pop("timescales", None)
        row.pop("called", None)
        return row

    def entry(value):
        fields = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        named = {name: part for name, part in fields if part is not None}
        return {
            **{name: plain(named.pop(name)) for name in ("id", "apis")},
            **{name: stated(fact) for name, fact in named.items()},
        }

    def source(value):
        row = plain(value)
        row["as_of"] = None if value.as_of is None else str(value.as_of)
        return {name: part for name, part in row.items() if name != "note" or part is not None}

    def need(value):
        row = stated(value)
        row.pop("service", None)
        return row

    def timescale(value):
        row = stated(value)
        for name in ("shortest", "longest"):
            time = getattr(value, name)
            hours = getattr(time, "total_seconds", None)
            row[name] = time and (f"PT{hours() / 3600:.0f}H" if hours else time.isoformat())
        return row

    return json.loads(
        json.dumps(
            {
                "format": 1,
                "compiled": str(overlay.compiled),
                "sources": [source(value) for value in overlay.sources],
                "entries": [entry(value) for value in overlay.entries],
                "differences": [stated(value) for value in overlay.differences],
                "prerequisites": [need(value) for value in overlay.prerequisites],
                "services": [stated(value) for value in overlay.services],
                "timescales": [timescale(value) for value in overlay.timescales],
            }
        )
    )


class TestWhatTheIssueAsksFor:
    """Where a user of the guide alone would be misled."""

    @pytest.mark.parametrize(
        ("name", "severity", "said", "as_of"),
        [
            (
                "EPS",
                "changes_design",
                "Suppliers can no longer onboard to the combined",
                "2026-03-12",
            ),
            ("ODS", "changes_design", "FHIR (STU3) API is retired", "2026-05-05"),
            ("Wayfinder", "blocks_plan", "the NHS App is its only consumer", "2026-06-23"),
            ("SDS", "changes_design", "LDAP API is deprecated and closed to new", None),
            ("SCR", "blocks_plan", "Approved only for GP software", "2026-02-24"),
            (
                "NHS App API",
                "changes_design",
                "in-app messages and push notifications",
                "2025-11-26",
            ),
        ],
    )
    def test_differences_have_source_and_date(self, name, severity, said, as_of):
        (difference,) = [one for one in catalogue[name].differences if said in one.official_says]
        assert difference.severity is Severity(severity)
        assert difference.source.publisher == "NHS England"
        assert difference.source.url.startswith("https://")
        assert (difference.as_of and str(difference.as_of)) == as_of

    def test_no_unknown_openness_is_shown_as_yes(self):
        unknown = [api for api in catalogue if api.open_to_new_integrations is Openness.UNKNOWN]
        assert [api.id for api in unknown] == [
            "dos",
            "gp-connect-appointment-management",
            "transfer-of-care",
        ]
        for api in unknown:
            assert dict(api.details())["open_to_new_integrations"] == "unknown"
            assert api not in catalogue.filter(open_to_new_integrations="yes")

    def test_of_each_api_the_openness_is_that_of_its_entries(self):
        """Worked out from the words of the rows in the file."""
        for api in catalogue:
            said = {
                row.get("open_to_new_integrations", {"value": "unknown"})["value"]
                for row in DOCUMENT["entries"]
                if api.id in row["apis"]
            }
            if len(said) == 1:
                expected = said.pop()
            else:
                expected = "limited" if said & {"yes", "limited"} else "unknown"
            assert api.open_to_new_integrations.value == expected


def contrary() -> Overlay:
    """An overlay whose every text and word contradicts the bundled one."""
    document = json.loads(TEXT)
    for row in document["entries"]:
        row["name"]["value"] = "Something else"
        row["open_to_new_integrations"] = {**row["name"], "value": "no"}
    for row in document["differences"]:
        row.update(severity="blocks_plan", field="technical_time", official_says="100 years")
    return read_overlay(document)


BARE = catalogue.with_overlay(None)
CONTRARY = catalogue.with_overlay(contrary(), replacing=True)


class TestTheGuideStaysAsItIs:
    """What official sources say is put beside the guide, never into it."""

    def test_no_field_of_a_record_changes(self):
        """Neither the cells, nor the times, nor any typed field of the guide."""
        fields = [
            field.name for field in attrs.fields(Api) if field.name not in ("overlay", "edition")
        ]
        assert {"printed", "technical", "assurance", "total", "implementations"} <= set(fields)
        for other in (BARE, CONTRARY):
            for mine, theirs in zip(catalogue, other, strict=True):
                for field in fields:
                    assert getattr(mine, field) == getattr(theirs, field), field

    def test_neither_do_the_fingerprint_and_equality(self):
        before = catalogue.fingerprint()
        assert [api.official for api in catalogue]
        assert catalogue.fingerprint() == before == BARE.fingerprint() == CONTRARY.fingerprint()
        assert catalogue == BARE == CONTRARY
        assert hash(catalogue) == hash(BARE) == hash(CONTRARY)

    def test_what_is_laid_over_does_change(self):
        assert {api.open_to_new_integrations for api in CONTRARY} == {Openness.NO}
        assert {api.open_to_new_integrations for api in BARE} == {Openness.UNKNOWN}
