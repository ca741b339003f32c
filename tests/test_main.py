"""The command line, run as a user runs it: what it prints, where, and with which status."""

import json
import subprocess
import sys

import pytest

from nhs_api_catalogue import __version__, catalogue, dump, dumps, load_overlay
from nhs_api_catalogue.__main__ import main

PRODUCT = ("PDS FHIR (Patient Access)", "eRS", "MESH")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The status, the output and the errors of one call."""
    try:
        status = main(arguments)
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


class TestPlan:
    def test_prints_both_stages_of_each_api_with_dates_and_the_window(self, capsys):
        """Each API has a line for its implementation, its assurance and its go-live."""
        status, out, err = run(capsys, "plan", *PRODUCT, "--start", "2026-01-05", "--verbose")

        assert (status, err) == (0, "")
        assert out.startswith("Start 2026-01-05, go-live 2026-08-05 to 2027-03-05\n")
        for line in (
            "PDS FHIR (Patient Access)",
            "  technical implementation  4-6 weeks     2026-02-02 to 2026-02-16",
            "  NHS England assurance     1-2 months    2026-03-02 to 2026-04-16",
            "  go-live                                 2026-08-05 to 2027-03-05",
        ):
            assert line in out.splitlines()

    def test_says_its_assumptions_and_its_source_with_the_date(self, capsys):
        """Everybody who reads the dates also reads what they are based on."""
        _, out, _ = run(capsys, "plan", *PRODUCT, "--start", "2026-01-05", "--verbose")

        assert "\nAssumptions\n- " in out
        assert "\nSource\n- " in out
        assert "NHS API Guide 2025" in out
        assert "2025-09-09" in out
        assert "6B" in out

    def test_json_is_for_machines(self, capsys):
        """The same dates, as ISO texts in JSON."""
        _, out, _ = run(capsys, "plan", *PRODUCT, "--start", "2026-01-05", "--json")

        values = json.loads(out)
        assert values["go_live"] == {"earliest": "2026-08-05", "latest": "2027-03-05"}
        assert [row["finish_earliest"] for row in values["stages"]][:2] == [
            "2026-02-02",
            "2026-03-02",
        ]

    def test_a_deadline_in_place_of_a_start(self, capsys):
        """The plan starts on its latest safe start and says so."""
        _, out, _ = run(capsys, "plan", "eRS", "--deadline", "2027-03-05", "--verbose")

        assert out.startswith("Start 2026-01-05, go-live 2026-08-05 to 2027-03-05\n")
        assert "latest that is safe for the deadline 2027-03-05" in out

    def test_built_done_teams_and_overlap(self, capsys):
        """Each option reaches the plan."""
        _, out, _ = run(
            capsys,
            *("plan", *PRODUCT, "BaRS", "--start", "2026-01-05", "--overlap", "full"),
            *("--built", "MESH=2026-02-01", "--done", "BaRS"),
            *("--team", "eRS, PDS FHIR (Patient Access)", "--verbose"),
        )

        text = " ".join(out.split())
        assert "built 2026-02-01" in text
        assert "Live already, so nothing waits for them: BaRS" in text
        assert "e-Referral Service (eRS) then PDS FHIR (Patient Access)" in text
        assert "run side by side" in text

    def test_by_a_day_without_an_assumption_is_a_status(self, capsys):
        """No likelihood unless a shape is named."""
        _, out, _ = run(capsys, "plan", *PRODUCT, "--start", "2026-01-05", "--by", "2026-12-31")

        assert out.startswith("All live by 2026-12-31: possible\n\nStart 2026-01-05")

    @pytest.mark.parametrize(
        ("shape", "shown"),
        [
            ("uniform", "every day of the range equally likely"),
            ("triangular:0.5", "a triangle, likeliest in the middle of the range"),
            ("pert:0.25", "the PERT curve, likeliest 25 % into the range"),
        ],
    )
    def test_by_a_day_with_an_assumption_is_a_probability(self, capsys, shape, shown):
        """The assumption stands beside the figure, in text and in JSON."""
        arguments = ("plan", *PRODUCT, "--start", "2026-01-05", "--by", "2026-12-31")
        _, out, _ = run(capsys, *arguments, "--assume", shape)
        _, json_out, _ = run(capsys, *arguments, "--assume", shape, "--json")

        assert shown in " ".join(out.split("Start")[0].split())
        by = json.loads(json_out)["by"]
        assert (by["date"], by["status"]) == ("2026-12-31", "possible")
        assert by["probability"]["assumption"] == shown
        probability = by["probability"]
        assert probability["lower"] == probability["value"] == probability["upper"]
        assert 0 < probability["lower_if_dependent"] <= probability["upper_if_dependent"] < 1

    def test_json_holds_the_drivers_and_the_status(self, capsys):
        """Machines get what the text says, too."""
        _, out, _ = run(
            capsys, "plan", *PRODUCT, "--start", "2026-01-05", "--by", "2026-01-06", "--json"
        )

        values = json.loads(out)
        assert values["by"] == {"date": "2026-01-06", "status": "impossible"}
        assert values["drivers"]["certain"] == ["e-Referral Service (eRS)"]

    def test_mermaid_is_a_chart(self, capsys):
        """Only the chart is printed, so that it can be piped into a page."""
        _, out, _ = run(capsys, "plan", *PRODUCT, "--start", "2026-01-05", "--mermaid")

        assert "\ngantt\n    title Go-live 2026-08-05 to 2027-03-05\n" in out


class TestShow:
    @pytest.mark.parametrize("name", ["eRS", "e-rs", "E-Referral Service (ERS)"])
    def test_prints_one_record_with_its_source(self, capsys, name):
        """A record is found by any of its names and carries its source."""
        status, out, _ = run(capsys, "show", name)

        assert status == 0
        assert out.startswith("e-Referral Service (eRS)\n")
        assert "3-6 months" in out
        assert "2025-09-09" in out

    def test_shows_that_an_api_is_unavailable(self, capsys):
        """A notice is not left out."""
        _, out, _ = run(capsys, "show", "GP Connect - Appointment Management")

        assert "unavailable" in out

    def test_json_holds_the_record(self, capsys):
        """The same facts, by label."""
        _, out, _ = run(capsys, "show", "MESH", "--json")

        assert json.loads(out)["id"] == "mesh"

    def test_lists_what_official_sources_say_with_sources_and_dates(self, capsys):
        """Everybody who reads the record also reads what NHS England says about it."""
        _, out, _ = run(capsys, "show", "Wayfinder")

        flat = " ".join(out.split())
        assert "open to new integrations limited" in flat
        specification = (
            "Wayfinder Patient Care Aggregator API specification, NHS England, 2026-06-23"
        )
        for part in (
            "Patient Care Aggregator - FHIR API: beta, in production, internal; ",
            "open to new integrations: no – the NHS App is the only consumer; ",
            "blocks plan, availability closed: the guide says: Listed as an API to integrate with.",
            "But: Internal: the NHS App is its only consumer; ",
            f"Record Service. ({specification})",
        ):
            assert part in flat

    def test_json_holds_what_official_sources_say(self, capsys):
        """The same for machines."""
        _, out, _ = run(capsys, "show", "SCR", "--json")

        record = json.loads(out)
        assert record["open_to_new_integrations"] == "limited"
        official = record["official"]
        assert [one["severity"] for one in official["differences"]] == [
            "informative",
            "blocks_plan",
        ]
        assert official["entries"][0]["base_url_production"]["value"].startswith("https://")
        sources = {source["id"]: source for source in official["sources"]}
        for one in official["differences"]:
            assert sources[one["source"]]["url"].startswith("https://")

    def test_json_of_what_official_sources_say_is_a_file_of_such_statements(self, capsys, tmp_path):
        """The output about one API can be loaded as an overlay again."""
        _, out, _ = run(capsys, "show", "EPS", "--json")
        file = tmp_path / "eps.json"
        file.write_text(json.dumps(json.loads(out)["official"]), encoding="utf-8")

        overlay = load_overlay(file, catalogue)
        (api,) = catalogue.select("EPS").with_overlay(overlay, replacing=True)
        assert api.differences == catalogue["EPS"].differences
        assert api.official == catalogue["EPS"].official


class TestProducts:
    def test_are_listed_a_line_each(self, capsys):
        status, out, err = run(capsys, "products", "--family", "nrl", "--status", "in_development")
        assert (status, err) == (0, "")
        assert out.splitlines()[1].startswith("National Record Locator Consumer - FHIR API")
        assert out.endswith("\n\n2 products, read on 2026-11-29.\n")

    def test_are_found_by_words_among_those_that_pass(self, capsys):
        _, out, _ = run(capsys, "products", "text", "messages", "--family", "nhs_notify", "--json")
        found = json.loads(out)
        assert found[0]["id"] == "nhs-notify"
        assert {one["family"]["value"] for one in found} == {"nhs_notify"}
        assert found[0]["status"]["value"] == ["beta", "in_production"]
        assert found[0]["status"]["source"]["as_of"] == "2026-04-29"
        assert found[0]["security"]["value"][0]["pattern"] == "signed_jwt"
        assert found[0]["aliases"] is None

    def test_one_is_shown_where_no_api_has_the_name(self, capsys):
        status, out, err = run(capsys, "show", "NRL Producer")
        assert (status, err) == (0, "")
        assert out.startswith("National Record Locator Producer - FHIR API\n")
        assert "https://github.com" not in out
        _, out, _ = run(capsys, "show", "NRL Producer", "--sources")
        assert out.splitlines()[-1].startswith("  https://github.com/NHSDigital/nrl-producer-api/")
        _, out, _ = run(capsys, "show", "NRL Producer", "--json")
        assert json.loads(out)["specification"]["value"]["path"].endswith("producer.yaml")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("show", "NRL"), "could be any of 2 products"),
            (("show", "CP-IS"), "status unknown, https://digital.nhs.uk/"),
            (("show", "NHS login"), "status unknown, https://digital.nhs.uk/"),
            (("show", "NHS login"), "in a plan, use --service 'NHS login=TIME'"),
            (("show", "NEMS"), "APIs need 'National Events Management Service (NEMS)': in a plan"),
            (("show", "Facebook"), "no API is called 'Facebook'"),
            (("products", "--status", "retird"), "did you mean 'retired'"),
        ],
    )
    def test_mistakes_are_told_with_the_way_out(self, capsys, arguments, said):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (2, "")
        assert said in err


class TestValidate:
    """Status 0 without faults, 1 with a line for each, 2 for what cannot be read."""

    def test_the_bundled_file_has_no_fault_and_its_undated_sources_are_listed(self, capsys):
        status, out, err = run(capsys, "validate", "--official")

        assert (status, err) == (0, "")
        lines = out.splitlines()
        assert lines[0].startswith("no faults: 85 sources, 39 entries, 53 differences, 101 prereq")
        assert lines[2] == "38 of the sources have no date:"
        assert len(lines) == 3 + 38

    def test_a_file_of_ones_own_without_faults(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        path.write_text('{"format": 1, "compiled": "2026-11-22"}', encoding="utf-8")

        status, out, _ = run(capsys, "validate", "--official", str(path))

        assert status == 0
        assert out.startswith("no faults: 0 sources, ")
        assert len(out.splitlines()) == 1

    def test_every_fault_is_a_line(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        source = {
            "id": "spec",
            "title": "Spec",
            "url": "spec",
            "publisher": "We",
            "seen_as": "page",
        }
        path.write_text(
            json.dumps({"format": 1, "compiled": "2026-11-22", "sources": [source], "entry": []}),
            encoding="utf-8",
        )

        status, out, err = run(capsys, "validate", "--official", str(path))

        assert (status, err) == (1, "")
        lines = out.splitlines()
        assert [line.split(": ")[0] for line in lines] == [str(path)] * 3
        for line, word in zip(
            lines, ("did you mean 'entries'", "'as_of'", "url is 'spec'"), strict=True
        ):
            assert word in line

    def test_a_file_of_records_without_faults(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        dump(catalogue.select("MESH"), path)

        status, out, err = run(capsys, "validate", str(path))

        assert (status, err) == (0, "")
        assert out == "no faults: 1 API, NHS API Guide 2025 (6B, 2025-09-09)\n"

    def test_every_fault_of_a_file_of_records_is_a_line(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        text = dumps(catalogue).replace('"id": "mesh"', '"id": "MESH"')
        path.write_text(text.replace('"referrals"', '"referral"'), encoding="utf-8")

        status, out, err = run(capsys, "validate", str(path))

        assert (status, err) == (1, "")
        assert [line.split(": ")[0] for line in out.splitlines()] == [str(path)] * 5
        assert out.count("did you mean 'referrals'?") == 4
        assert f"{path}: apis[10] MESH: id is 'MESH', expected lower-case ASCII" in out

    @pytest.mark.parametrize("options", [(), ("--official",)])
    def test_a_file_that_is_too_large_has_that_one_fault(self, capsys, tmp_path, options):
        path = tmp_path / "large.json"
        path.write_bytes(b" " * 100)

        status, out, _ = run(capsys, "validate", str(path), "--max-bytes", "99", *options)

        assert status == 1
        assert out == (
            f"{path}: the file: byte 99 is b' ', expected the end of the file, after at most 99 "
            "bytes (--max-bytes)\n"
        )


class TestDiff:
    """Like diff(1): status 0 if the records are alike, 1 if not, 2 if a file cannot be read."""

    def test_alike(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        dump(catalogue, path)

        status, out, err = run(capsys, "diff", "bundled", str(path))

        assert (status, err) == (0, "")
        assert out.endswith("\nThe records are the same.\n")

    def test_a_limit_above_all_memory_does_no_harm(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        dump(catalogue, path)

        status, _, err = run(capsys, "diff", "bundled", str(path), "--max-bytes", "9" * 23)

        assert (status, err) == (0, "")

    def test_unlike(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        dump(catalogue.replace("eRS", technical="2-4 months", source="our project"), path)

        status, out, err = run(capsys, "diff", "bundled", str(path))

        assert (status, err) == (1, "")
        assert "  technical: 3-6 months -> 2-4 months (was from " in out
        status, out, _ = run(capsys, "diff", str(path), "bundled", "--json")
        (row,) = json.loads(out)
        assert status == 1
        assert (row["old"], row["new"], row["old_source"]) == (
            "2-4 months",
            "3-6 months",
            "our project",
        )

    def test_a_file_with_faults_is_a_mistake(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        path.write_text("{", encoding="utf-8")

        status, out, err = run(capsys, "diff", "bundled", str(path))

        assert (status, out) == (2, "")
        assert f"- {path}: the file: line 1, column 2 is" in err


class TestCatalogueOfOnesOwn:
    """A file replaces the bundled records wherever these are read."""

    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "ours.json"
        ours = catalogue.select("eRS", "MESH")
        dump(ours.replace("eRS", technical="2-4 months", source="our project"), path)
        return str(path)

    def test_it_is_listed(self, capsys, path):
        _, out, _ = run(capsys, "list", "--catalogue", path)

        assert "2 APIs. Source: NHS API Guide 2025" in out
        assert "e-Referral Service (eRS), technical: our project" in out

    def test_a_record_is_shown_with_its_source(self, capsys, path):
        _, out, _ = run(capsys, "show", "eRS", "--catalogue", path)

        assert "technical implementation  2-4 months" in out
        assert "technical: our project" in out

    def test_a_plan_takes_its_times(self, capsys, path):
        _, out, _ = run(
            capsys, "plan", "eRS", "--start", "2026-05-04", "--catalogue", path, "--verbose"
        )

        assert out.startswith("Start 2026-05-04, go-live 2026-11-04 to 2027-05-04\n")
        assert "- our project\n" in out

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (("show", "EPS", "--catalogue", "{path}"), "EPS"),
            (("list", "--catalogue", "{path}", "--max-bytes", "9"), "at most 9 bytes"),
            (("list", "--catalogue", "{path}.old"), "No such file or directory"),
        ],
    )
    def test_mistakes_are_told(self, capsys, path, arguments, expected):
        status, out, err = run(capsys, *(text.format(path=path) for text in arguments))

        assert (status, out) == (2, "")
        assert expected in err


def test_the_version_is_that_of_the_library(capsys):
    """It needs no command."""
    assert run(capsys, "--version") == (0, f"nhs_api_catalogue {__version__}\n", "")


def test_schema_prints_what_is_shipped(capsys):
    """Editors and other tools get it from the installed package."""
    status, out, _ = run(capsys, "schema")

    assert status == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


class TestList:
    def test_prints_one_line_per_api(self, capsys):
        """All 23 names are there, in the guide's order, and the source below."""
        _, out, _ = run(capsys, "list")

        lines = out.splitlines()
        assert lines[1].startswith("BaRS (Booking & Referral Standard)")
        assert lines[23].startswith("Vaccination Events – FHIR")
        assert "2025-09-09" in lines[-1]

    def test_json_lists_all_records(self, capsys):
        """A machine gets 23 objects."""
        _, out, _ = run(capsys, "list", "--json")

        assert len(json.loads(out)) == 23


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        *(
            ("show", name)
            for name in ("eRS", "IM1 Transaction", "IM1 Bulk", "GP Connect Appointments", "EPS")
        ),
        ("plan", *PRODUCT, "--start", "2026-01-05"),
        ("plan", "GP Connect Appointments", "--start", "2026-01-05", "--allow-unavailable"),
        (
            *("plan", *PRODUCT, "--start", "2026-01-05", "--done", "MESH"),
            *("--by", "2026-12-31", "--assume", "pert:0.5"),
        ),
    ],
    ids=" ".join,
)
def test_reads_well_at_80_columns(capsys, arguments):
    """No line is wider than a plain terminal, unless a web address is."""
    status, out, _ = run(capsys, *arguments)

    assert status == 0
    long = [line.strip() for line in out.splitlines() if len(line) > 80]
    assert [line for line in long if " " in line or not line.startswith("https://")] == []


@pytest.mark.parametrize("width", [60, 71, 100])
@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "EPS"),
        ("show", "NHS Notify"),
        ("search", "patient"),
        ("products",),
        ("plan", *PRODUCT, "--start", "2026-01-05"),
        (
            *("plan", *PRODUCT, "--start", "2026-01-05", "--by", "2026-12-01"),
            *("--against", "2026-12-01", "--assume", "uniform", "--verbose"),
        ),
    ],
    ids=" ".join,
)
def test_is_as_wide_as_the_terminal_and_no_wider(capsys, monkeypatch, arguments, width):
    monkeypatch.setenv("COLUMNS", str(width))
    main(arguments)

    lines = capsys.readouterr().out.splitlines()
    assert [
        line for line in lines if len(line) > width and not line.strip().startswith("http")
    ] == []
    assert len(lines) > 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("show", "eRSS"), ["'eRSS'", "did you mean", "eRS"]),
        (("show", "CIS2"), ["'CIS2'", "--service 'NHS CIS2 Authentication=TIME'"]),
        (("plan", "NRL", "--start", "2026-01-05"), ["'NRL'", "the command products"]),
        (("plan", "Immunisation", "--start", "2026-01-05"), ["list --topic 'immunisation'"]),
        (("show", "PDS"), ["'PDS'", "PDS FHIR (Patient Access)"]),
        (("plan", "MESH", "--start", "2026-02-30"), ["'2026-02-30'", "YYYY-MM-DD"]),
        (("plan", "MESH", "--start", "5.1.2026"), ["'5.1.2026'", "YYYY-MM-DD"]),
        (("plan", "MESH"), ["--start", "--deadline"]),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--deadline", "2026-09-05"),
            ["--deadline", "--by 2026-09-05"],
        ),
        (("plan", "MESH", "--start", "2026-01-05", "eRS"), ["eRS", "before the options"]),
        *(
            (("plan", "MESH", "--start", "2026-01-05", "--service", given), [told])
            for given, told in (
                ("HSCN", "NAME=TIME[@SOURCE]"),
                ("HSCN=", "NAME=TIME[@SOURCE]"),
                ("=2 weeks", "NAME=TIME[@SOURCE]"),
                ("HSCN=soon", "'soon'"),
                ("HSCN=2 weeks@", "source after @"),
            )
        ),
        (("plan", "MESH", "--start", "2026-01-05", "--link", "MESH eRS"), ["'A needs B'"]),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--link", "MESH needs HSCN"),
            ["'HSCN'", "link"],
        ),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--choose", "pds-access=PDS FHIR"),
            ["--choose", "--with-prerequisites"],
        ),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--conditional", "hscn"),
            ["--conditional", "--with-prerequisites"],
        ),
        (("plan", "MESH", "--start", "2026-01-05", "--teams", "two"), ["number of teams", "'two'"]),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--teams", "1", "--team", "MESH"),
            ["--team", "--teams"],
        ),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--service", "Desk=5 working days"),
            ["--calendar england"],
        ),
        (
            (
                *("plan", "MESH", "--start", "2029-12-01", "--service", "Desk=5 working days"),
                *("--calendar", "england"),
            ),
            ["2028-12-31", "--weekends-only-beyond"],
        ),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--weekends-only-beyond"),
            ["--weekends-only-beyond needs --calendar"],
        ),
        (("plan", "--start", "2026-01-05"), ["NAME", "--request"]),
        (("plan", "--request", "none.json", "--start", "2026-01-05"), ["leave out --start"]),
        (("plan", "MESH", "--request", "none.json"), ["leave out NAME"]),
        (("plan", "--request", "none.json"), ["none.json", "No such file"]),
        (("list", "--topic", "referral"), ["'referral'", "'referrals'"]),
        (("list", "--restful", "maybe"), ["yes or no", "'maybe'"]),
        (("list", "--access", "internet"), ["--access", "did you mean --route?"]),
        (
            ("list", "--assurance-within", "10 working days"),
            ["expected calendar time, because working days have no fixed length\n"],
        ),
        (
            ("list", "--assurance-within", "4-6 weeks"),
            ["expected days, weeks, months or years, not a range\n"],
        ),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--service", "Desk=5 WD"),
            ["write '10 working days'\n"],
        ),
        (("list", "--access=internet"), ["did you mean --route?"]),
        (("list", "--technology", "fhir"), ["did you mean --standard?"]),
        (("list", "--topics", "messaging"), ["did you mean --topic?"]),
        (("products", "--technolgy", "FHIR"), ["did you mean --technology?"]),
        (("plan", "MESH", "--strat", "2026-01-05"), ["did you mean --start?"]),
        (("plan", "MESH", "--zzz"), ["unknown arguments: --zzz"]),
        (("plan", "MESH", "--start", "2026-01-05", "eRS"), ["every NAME comes before"]),
        (("show", "MESH", "eRS"), ["unknown arguments: eRS"]),
        (("--strat",), ["unknown arguments: --strat"]),
        (
            ("plan", "MESH", "--start", "2026-01-05", "--calendar", "englnd"),
            ["'englnd'", "did you mean 'england'?"],
        ),
        (("completion", "cmd"), ["bash", "fish", "zsh"]),
        (("plan", "MESH", "--start", "2026-01-05", "--built", "MESH"), ["NAME=DATE", "'MESH'"]),
        (
            (
                *("plan", "MESH", "--start", "2026-01-05"),
                *("--built", "MESH=2026-02-01", "--built", "MESH=2026-02-02"),
            ),
            ["--built", "twice"],
        ),
        (("plan", "MESH", "--start", "2026-01-05", "--done", "eRS"), ["'eRS'", "done"]),
        (("plan", "MESH", "--start", "2026-01-05", "--team", "eRS"), ["'eRS'", "team"]),
        (("plan", "MESH", "--start", "2026-01-05", "--assume", "uniform"), ["--by"]),
        (("plan", "MESH", "--start", "2026-01-05", "--by", "soon"), ["'soon'", "YYYY-MM-DD"]),
        (("plan", "MESH", "--start", "2026-01-05", "--mermaid", "--json"), ["--json"]),
        *(
            (("plan", "MESH", "--start", "2026-01-05", "--assume", shape), [repr(shown)])
            for shape, shown in (
                ("normal", "normal"),
                ("uniform:1", "uniform:1"),
                ("pert", "pert"),
                ("pert:x", "pert:x"),
            )
        ),
        (("plan", "MESH", "--start", "2026-01-05", "--assume", "triangular:2"), ["2.0", "mode"]),
        (("plan", "MESH", "mesh", "--start", "2026-01-05"), ["'MESH' and 'mesh'", "same"]),
        (("plan", "MESH", "MESH", "--start", "2026-01-05"), ["'MESH' is named twice"]),
        (
            ("plan", "GP Connect - Appointment Management", "--start", "2026-01-05"),
            ["unavailable", "2025-06-01", "--allow-unavailable"],
        ),
        (("plan", "MESH", "--start", "9999-12-01"), ["calendar"]),
        (("validate",), ["FILE", "--official"]),
        (("validate", "no such file.json"), ["no such file.json", "No such file"]),
        (("diff", "bundled"), ["NEW"]),
        (("diff", "bundled", "no such file.json"), ["no such file.json", "No such file"]),
        (("validate", "--official", "no such file.json"), ["no such file.json", "No such file"]),
        *(
            (("list", f"--max-bytes={size}"), ["--max-bytes", "of at least 1", repr(size)])
            for size in ("0", "-5", "many")
        ),
        (("serve",), ["serve"]),
    ],
)
def test_a_mistake_is_one_sentence_on_standard_error_and_status_2(capsys, arguments, expected):
    """Nothing on standard output, no traceback, the way out in the sentence."""
    status, out, err = run(capsys, *arguments)

    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    assert all(word in err for word in expected)


def test_runs_as_a_module():
    """`python -m nhs_api_catalogue` is the same program."""
    done = subprocess.run(
        [sys.executable, "-m", "nhs_api_catalogue", "plan", "MESH", "--start", "2026-01-05"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.startswith("Start 2026-01-05, go-live 2026-03-02 to 2026-04-16\n")
    assert done.stderr == ""
