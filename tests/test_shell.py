"""What the command line takes and prints beyond the plain calls of test_main.py."""

import io
import json
import os
import subprocess
import sys

import pytest

from nhs_api_catalogue import (
    Catalogue,
    Link,
    Service,
    bank_holidays,
    catalogue,
    dump,
    dump_plan,
    plan,
    suggest_teams,
)
from nhs_api_catalogue.__main__ import main
from nhs_api_catalogue.shell import output
from nhs_api_catalogue.shell.lookup import FILTERS

START = ("--start", "2026-01-05")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The output of a successful call."""
    assert main(arguments) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def in_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A call in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "nhs_api_catalogue", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


class TestPlan:
    """Each option does what the argument with its name does in Python."""

    def test_services_and_links(self, capsys):
        out = printed(
            capsys,
            *("plan", "MESH", "eRS", *START, "--json"),
            *("--service", "HSCN connection = 2-4 months @ our provider"),
            *("--service", "Desk=2 weeks"),
            *("--link", "MESH needs HSCN connection before build"),
            *("--link", "eRS needs MESH built before assurance"),
            *("--link", "eRS needs Desk"),
        )

        p = plan(
            catalogue.select("MESH", "eRS"),
            start="2026-01-05",
            services=[
                Service("HSCN connection", "2-4 months", "our provider"),
                Service("Desk", "2 weeks", "given on the command line"),
            ],
            links=[
                Link("MESH", "HSCN connection", before="build"),
                Link("eRS", "MESH", to_be="built", before="assurance"),
                Link("eRS", "Desk"),
            ],
        )
        assert json.loads(out)["go_live"]["latest"] == p.go_live.latest.isoformat()
        sources = [row["source"] for row in json.loads(out)["stages"]]
        assert sources == [stage.source for stage in p.stages()]

    def test_earliest_starts(self, capsys):
        out = printed(capsys, "plan", "MESH", *START, "--starts", "MESH=2026-06-01")

        p = plan(catalogue.select("MESH"), start="2026-01-05", starts={"MESH": "2026-06-01"})
        assert f"go-live {p.go_live}" in out.splitlines()[0]

    def test_with_prerequisites(self, capsys):
        out = printed(
            capsys,
            *("plan", "eRS", *START, "--with-prerequisites", "cis2=2 months"),
            *("--conditional", "cis2", "--json"),
        )

        p = plan(catalogue.select("eRS"), start="2026-01-05").with_prerequisites(
            catalogue, services={"cis2": "2 months"}, conditional=["cis2"]
        )
        assert [row["api"] for row in json.loads(out)["stages"]] == [
            stage.owner for stage in p.stages()
        ]

    def test_a_choice_of_who_provides_a_prerequisite(self, capsys):
        out = printed(
            capsys,
            *("plan", "EPS", *START, "--with-prerequisites"),
            *("--choose", "pds-access=PDS FHIR (Patient Access)", "--json"),
        )

        names = [row["api"] for row in json.loads(out)["stages"]]
        assert "PDS FHIR (Patient Access)" in names

    def test_a_search_for_teams(self, capsys):
        names = ("eRS", "MESH", "GP Connect Access Record")
        out = printed(capsys, "plan", *names, *START, "--teams", "2", "--json")

        p = suggest_teams(catalogue.select(*names), 2, start="2026-01-05")
        assert json.loads(out)["go_live"]["latest"] == p.go_live.latest.isoformat()
        assert json.loads(out)["assumptions"] == list(p.assumptions)

    def test_working_days_on_a_calendar(self, capsys):
        desk = ("--service", "Desk=5-10 working days")
        out = printed(capsys, "plan", "MESH", *START, *desk, "--calendar", "scotland", "--json")

        p = plan(
            catalogue.select("MESH"),
            start="2026-01-05",
            services=[Service("Desk", "5-10 working days", "given on the command line")],
            calendar=bank_holidays("scotland"),
        )
        row = json.loads(out)["stages"][-1]
        assert row["finish_latest"] == p.services[0].go_live.latest.isoformat()

    def test_years_that_no_holidays_are_published_for(self, capsys):
        asked = ("plan", "MESH", "--start", "2029-12-01", "--service", "Desk=5 working days")
        out = printed(capsys, *asked, "--calendar", "England", "--weekends-only-beyond")

        assert "Desk (service)  2029-12-07" in out

    @pytest.mark.parametrize(
        ("day", "status"), [("2026-04-16", 0), ("2026-04-01", 0), ("2026-02-28", 3)]
    )
    @pytest.mark.parametrize("form", [(), ("--json",)])
    def test_a_deadline_that_cannot_be_kept_is_status_3(self, capsys, day, status, form):
        assert main(["plan", "MESH", *START, "--against", day, *form]) == status
        captured = capsys.readouterr()
        assert captured.err == ""
        assert ("impossible" in captured.out) is bool(status)

    def test_a_plan_is_kept_and_planned_again(self, capsys, tmp_path):
        kept = str(tmp_path / "plan.json")
        before = printed(capsys, "plan", "MESH", "eRS", *START, "--save", kept)
        after = printed(capsys, "plan", "--request", kept)

        since, _, text = after.partition("\n\n")
        assert since.endswith("Nothing has changed since it was saved.")
        assert text == before
        printed(capsys, "plan", "--request", kept, "--save", f"{kept}.again")
        assert (tmp_path / "plan.json.again").read_bytes() == (tmp_path / "plan.json").read_bytes()

    def test_what_changed_since_a_plan_was_kept(self, capsys, tmp_path):
        kept, ours = (str(tmp_path / name) for name in ("plan.json", "ours.json"))
        printed(capsys, "plan", "eRS", *START, "--save", kept)
        dump(catalogue.replace("eRS", technical="2-4 months", source="our project"), ours)

        out = printed(capsys, "plan", "--request", kept, "--catalogue", ours)
        assert "go-live: earliest -31 days, latest -59 days" in out
        as_json = printed(capsys, "plan", "--request", kept, "--catalogue", ours, "--json")
        assert json.loads(as_json)["go_live"]["earliest"] == "2026-07-05"

    def test_a_title(self, capsys):
        out = printed(capsys, "plan", "MESH", *START, "--title", "Our product")

        assert out.startswith("Our product\n\nStart 2026-01-05")


class TestList:
    def test_every_keyword_of_filter_is_an_option(self):
        hints = Catalogue.filter.__wrapped__.__kwdefaults__
        assert set(FILTERS) == set(hints)

    @pytest.mark.parametrize(
        ("options", "asked"),
        [
            (("--topic", "records", "--topic", "referrals"), {"topic": ["records", "referrals"]}),
            (("--supplier", "TPP", "--standard", "SOAP"), {"supplier": "TPP", "standard": "SOAP"}),
            (("--restful", "no"), {"restful": False}),
            (("--available-on", "2026-01-05"), {"available_on": "2026-01-05"}),
            (("--assurance-within", "4 months"), {"assurance_within": "4 months"}),
            (
                ("--route", "internet", "--user", "patient"),
                {"route": "internet", "user": "patient"},
            ),
        ],
    )
    def test_filters_as_the_catalogue_does(self, capsys, options, asked):
        out = printed(capsys, "list", *options, "--json")

        assert [one["id"] for one in json.loads(out)] == [
            api.id for api in catalogue.filter(**asked)
        ]

    def test_search(self, capsys):
        out = printed(capsys, "search", "book", "a", "GP", "appointment", "--json")

        assert [one["id"] for one in json.loads(out)] == [
            api.id for api in catalogue.search("book a GP appointment")
        ]


class TestFilesOfTheOtherKind:
    def test_an_overlay_validated_as_records(self, capsys, tmp_path):
        path = tmp_path / "overlay.json"
        path.write_text('{"format": 1, "compiled": "2026-11-22"}', encoding="utf-8")

        assert main(["validate", str(path)]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[-1] == f"{path} looks like a file of official statements: add --official"

    def test_records_validated_as_an_overlay(self, capsys, tmp_path):
        path = tmp_path / "ours.json"
        dump(catalogue.select("MESH"), path)

        assert main(["validate", "--official", str(path)]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[-1] == f"{path} looks like a file of records: leave out --official"

    def test_a_file_is_not_read_again_for_it(self, capsys, tmp_path):
        """A file that is too large is not read again; a pipe has nothing for a second reader."""
        path = tmp_path / "overlay.json"
        path.write_text('{"format": 1, "compiled": "2026-11-22"}', encoding="utf-8")

        assert main(["validate", str(path), "--max-bytes", "10"]) == 1
        out = capsys.readouterr().out
        assert "at most 10 bytes (--max-bytes)" in out
        assert "looks like" not in out

    @pytest.mark.parametrize("official", [(), ("--official",)])
    def test_a_plan_validated_as_something_else(self, capsys, tmp_path, official):
        path = tmp_path / "plan.json"
        dump_plan(plan(catalogue.select("MESH"), start="2026-01-05"), path)

        assert main(["validate", *official, str(path)]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[-1] == f"{path} looks like a plan that was saved: plan --request reads it"

    def test_a_file_of_the_right_kind_is_not_told_so(self, capsys, tmp_path):
        """Even if one key is of another kind."""
        path = tmp_path / "overlay.json"
        path.write_text('{"compiled": "2026-11-22", "apis": []}', encoding="utf-8")

        assert main(["validate", "--official", str(path)]) == 1
        out = capsys.readouterr().out
        assert "'apis'" in out
        assert "looks like" not in out

    @pytest.mark.parametrize("text", ["{", "[]", "{}", "5"])
    def test_a_file_of_no_kind_gets_no_hint(self, capsys, tmp_path, text):
        path = tmp_path / "ours.json"
        path.write_text(text, encoding="utf-8")

        assert main(["validate", str(path)]) == 1
        assert "looks like" not in capsys.readouterr().out


class TestOwnFilesTogether:
    @pytest.fixture
    def records(self, tmp_path):
        ours = catalogue.with_apis(
            catalogue["MESH"].__class__(
                id="ours",
                name="Our own API",
                summary="What we run ourselves.",
                technical=catalogue["MESH"].technical,
                assurance=catalogue["MESH"].assurance,
            )
        )
        path = tmp_path / "ours.json"
        dump(ours, path)
        return str(path)

    @pytest.fixture
    def overlay(self, tmp_path):
        path = tmp_path / "overlay.json"
        source = {
            "id": "mail",
            "title": "A mail of the service desk",
            "url": "https://example.org/mail",
            "publisher": "Us",
            "as_of": "2026-11-20",
            "seen_as": "page",
            "note": "kept in our files",
        }
        need = {
            "api": "ours",
            "needs": "mailbox",
            "strength": "required",
            "needed_for": "build",
            "source": "mail",
            "confidence": "official",
        }
        mailbox = {
            "id": "mailbox",
            "name": "MESH mailbox",
            "kind": "account",
            "what": "where messages arrive",
            "met_by": [],
            "source": "mail",
        }
        document = {
            "format": 1,
            "compiled": "2026-11-22",
            "sources": [source],
            "services": [mailbox],
            "prerequisites": [need],
        }
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    def test_an_overlay_lies_beside_what_is_there(self, capsys, records, overlay):
        text = printed(capsys, "show", "Our own API", "--catalogue", records, "--overlay", overlay)
        assert "required for build: MESH mailbox" in text

        out = printed(capsys, "show", "SCR", "--catalogue", records, "--overlay", overlay, "--json")
        assert [one["severity"] for one in json.loads(out)["official"]["differences"]] == [
            one.severity.value for one in catalogue["SCR"].differences
        ]

    def test_a_plan_warns_of_what_an_overlay_says(self, capsys, records, overlay):
        asked = ("plan", "Our own API", *START, "--catalogue", records)
        assert "MESH mailbox" not in printed(capsys, *asked)
        assert "MESH mailbox" in printed(capsys, *asked, "--overlay", overlay)

    def test_validate_knows_the_ids_of_the_catalogue(self, capsys, records, overlay):
        main(["validate", "--official", overlay])
        assert "'ours'" in capsys.readouterr().out

        assert printed(capsys, "validate", "--official", overlay, "--catalogue", records)


class TestOutput:
    """Text reaches every terminal, and only mistakes are errors."""

    @pytest.mark.parametrize("encoding", ["cp437", "cp850", "ascii", "latin-1", "utf-8"])
    @pytest.mark.parametrize("command", [("list",), ("list", "--json"), ("show", "MESH")])
    def test_no_encoding_lacks_what_it_takes(self, encoding, command):
        done = in_process(*command, PYTHONIOENCODING=encoding)

        assert (done.returncode, done.stderr) == (0, b"")
        assert "MESH" in done.stdout.decode(encoding)

    def test_json_is_the_same_whatever_the_encoding(self):
        shown = {
            encoding: json.loads(in_process("list", "--json", PYTHONIOENCODING=encoding).stdout)
            for encoding in ("ascii", "utf-8")
        }
        assert shown["ascii"] == shown["utf-8"]

    def test_a_dash_becomes_a_plain_one(self):
        done = in_process("list", PYTHONIOENCODING="ascii")

        assert b"Vaccination Events - FHIR" in done.stdout

    def test_what_has_no_plain_form_is_an_escape(self):
        done = in_process("show", "\N{HEAVY BLACK HEART}", PYTHONIOENCODING="ascii")

        assert done.returncode == 2
        assert b"\\u2764" in done.stderr

    def test_without_a_command_the_help_is_shown(self, capsys):
        out = printed(capsys)

        assert out.startswith("usage: nhs_api_catalogue")
        for command in ("list", "plan", "completion"):
            assert f"\n    {command}" in out

    def test_a_reader_that_goes_away_is_not_an_error(self):
        command = f"{sys.executable} -m nhs_api_catalogue list --json; echo $? >&2"
        done = subprocess.run(
            ["/bin/sh", "-c", f"({command}) | true"], capture_output=True, check=False
        )
        assert (done.stdout, done.stderr) == (b"", b"141\n")


class TestInThisProcess:
    """The same as above in this process, where coverage can count the lines."""

    def test_a_stream_that_lacks_characters(self, monkeypatch):
        stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
        monkeypatch.setattr(sys, "stdout", stream)
        assert output.to_json(["\u2013"]) == '[\n  "\\u2013"\n]'
        output.write("a \u2013 \u2764", stream)
        stream.flush()
        assert stream.buffer.getvalue() == b"a - \\u2764\n"

    def test_a_reader_that_has_gone_away(self, monkeypatch):
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w", encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert main(["list"]) == 141


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_a_script_for_each_shell_knows_commands_and_options(capsys, shell):
    out = printed(capsys, "completion", shell)

    for word in ("nhs-api-catalogue", "validate", "allow-unavailable"):
        assert word in out


def test_without_the_extra_the_error_names_it(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "shtab", None)

    with pytest.raises(SystemExit):
        main(["completion", "bash"])
    assert "nhs-api-catalogue[completion]" in capsys.readouterr().err
