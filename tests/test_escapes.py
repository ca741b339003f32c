"""No display obeys control characters in a text from a file, whoever wrote it."""

import csv
import io
import json
import re
import sys
from ast import literal_eval
from contextlib import suppress
from datetime import date
from xml.etree import ElementTree

import attrs
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import nhs_api_catalogue as n
from html_reader import read_html
from nhs_api_catalogue import _escapes
from nhs_api_catalogue.__main__ import main
from nhs_api_catalogue.shell import output

# One of each kind: C0, DEL, C1, each group of bidirectional controls, both separators, line ends,
# and half of a pair of surrogates. They colour, move, turn round or break a line, and do no harm.
MARKERS = {
    "escape": "\x1b[31m",
    "bell": "\x07",
    "null": "\0",
    "delete": "\x7f",
    "control sequence of C1": "\x9b31m",
    "next line": "\x85",
    "override": "\u202e",
    "isolate": "\u2066",
    "mark": "\u200f",
    "arabic letter mark": "\u061c",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "carriage return": "\rb",
    "line feed": "\nb",
    "surrogate": "\ud800",
}
OBEYED = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
ALL = " ".join(f"w{marker}" for marker in MARKERS.values())
# Where the first of them is shown, it is shown like this.
SEEN = "w\\x1b[31m"
START = "2026-01-05"


def hostile(text):
    """Values of every public class that shows text, with the text in every place that takes one."""
    source = n.Source("s", text, "https://example.org", text, None, n.SeenAs.PAGE)

    def fact(value):
        return n.Fact(value, source, n.Confidence.OFFICIAL, note=text)

    net = n.OfficialService("net", text, n.ServiceKind.NETWORK, text, source)
    overlay = n.Overlay(
        compiled=date(2026, 11, 22),
        sources=(source,),
        entries=(
            n.OfficialEntry(
                id="e",
                apis=("a",),
                name=fact(text),
                version=fact(text),
                open_to_new_integrations=fact(n.Openness.NO),
            ),
        ),
        services=(net,),
        prerequisites=(
            n.Prerequisite(
                api="b",
                needs="net",
                strength=n.Strength.REQUIRED,
                needed_for=n.NeededFor.BUILD,
                source=source,
                confidence=n.Confidence.OFFICIAL,
                note=text,
                service=net,
            ),
        ),
        timescales=(
            n.Timescale(text, "a", text, None, n.days(5), None, source, n.Confidence.OFFICIAL),
        ),
        differences=(
            n.Difference(
                api="a",
                field=n.DifferenceField.NAME,
                kind=n.DifferenceKind.RENAMED,
                severity=n.Severity.BLOCKS_PLAN,
                guide_says=text,
                official_says=text,
                source=source,
                confidence=n.Confidence.OFFICIAL,
            ),
        ),
    )
    edition = n.Edition(text, text)
    times = (n.DurationRange.parse("1-2 weeks"), n.DurationRange.parse("1 day"))
    api = n.Api(
        id="a",
        name=text,
        summary=text,
        technical=times[0],
        assurance=times[1],
        implementations=[n.Implementation(n.Standard.REST, supplier=text)],
        access=[n.AccessRule({n.AccessRoute.HSCN}, text)],
        notices=[n.Notice(n.NoticeKind.UNAVAILABLE, date(2025, 1, 1), n.Precision.DAY, None, text)],
        aliases=[f"{text} too"],
        own=[n.OwnValue("technical", text)],
        edition=edition,
    )
    other = n.Api(id="b", name=f"{text} b", technical=times[0], assurance=times[0])
    records = n.Catalogue([api, other], edition).with_overlay(overlay)
    api = records[0]
    service = n.Service(f"{text} cable", "1-3 months", text)
    p = n.plan(
        records,
        start=START,
        services=[service],
        links=[n.Link("a", service.name), n.Link("b", "a")],
        allow_unavailable=True,
    )
    where = n.Specification("a/b", "c.yaml", "0" * 40)
    beyond = n.Product(
        id="p",
        apis=(text,),
        name=fact(text),
        specification=fact(where),
        summary=fact(text),
        aliases=fact((text,)),
        base_addresses=fact((n.BaseAddress(n.Environment.SANDBOX, "https://example.org"),)),
    )
    listing = n.Listing(name=text, url="https://example.org", source=source)
    others = n.Products((beyond,), as_of=date(2026, 11, 29), listings=(listing,))
    closure = n.Closure(text, date(2026, 12, 24))
    calendar = n.WorkingCalendar([closure], "2026-01-01", "2026-12-31", source=text)
    changed = records.replace("a", assurance="3 days", source=text)
    return [
        *(api, records, edition, overlay, source, service),
        *(api.notices[0], api.access[0], api.implementations[0], api.own[0]),
        *(*api.official, api.official[0].name, *api.differences, *overlay.services),
        *(p, *p.request.links, *p.stages(), *p.paths("b"), p.drivers, p.missing_prerequisites()),
        *(*p.items(), p.criticality, p.against(START), *p.against(START).parts),
        *(p.compare(n.plan(changed, start=START, allow_unavailable=True)),),
        *(n.diff(records, changed), *n.diff(records, changed).changed),
        *(records.side_by_side(), records.stale(on="2030-01-01")),
        *(*records[1].prerequisites, *overlay.timescales, closure, calendar),
        *n.diff(records, changed).changed[0].fields,
        *(records.search("word \x1b[31m").found_by, records.differences_table()),
        # No file holds half of a pair of surrogates.
        *([] if "\ud800" in text else [n.loads_plan(n.dumps_plan(p), catalogue=changed)]),
        *(others, beyond, listing, where, *beyond.base_addresses.value),
    ]


def errors(text):
    """Errors that hold the text."""
    raised = [n.InvalidPlanError(text), n.CalendarLimitError(text), n.UnknownApiError(text)]
    raised += [n.UnknownProductError(text, (), (text,)), n.AmbiguousProductError(text, (text,))]
    raised.append(n.UnknownApiError(text, (), (text,)))
    document = json.loads(n.dumps(n.catalogue.select("MESH")))
    document["apis"][0] |= {"id": text, "name": text, "technical": text, text: 1}
    try:
        n.loads(json.dumps(document))
    except n.InvalidCatalogueError as error:
        raised += [error, *error.problems]
    try:
        n.plan(hostile(text)[1], start=START)
    except n.UnavailableApiError as error:
        raised.append(error)
    assert len(raised) > 5
    return raised


def ids(value):
    return type(value).__name__


@pytest.mark.parametrize("marker", MARKERS.values(), ids=MARKERS)
def test_no_text_of_a_value_or_an_error_is_obeyed(marker):
    text = f"word{marker}word"
    shown = [str(value) for value in (*hostile(text), *errors(text))]
    assert [found for found in shown if OBEYED.search(found)] == []
    assert [found for found in map(repr, hostile(text)) if OBEYED.search(found)] == []


def test_no_text_breaks_a_line():
    """A one-line value stays on one line, whatever its text contains."""
    lines = [(ids(value), str(value).count("\n")) for value in hostile("w\nw")]
    plain = [(ids(value), str(value).count("\n")) for value in hostile("w--w")]
    of_one = {kind for kind, count in plain if not count}
    assert len(of_one) > 15
    assert [one for one in lines if one[0] in of_one and one[1]] == []


def test_every_public_class_that_shows_itself_is_tried():
    own = {
        name
        for name in n.__all__
        if isinstance(kind := getattr(n, name), type)
        and not issubclass(kind, BaseException)
        and kind.__module__.startswith("nhs_api_catalogue")
        and any("__str__" in vars(one) for one in kind.__mro__[:-1])
        and attrs.has(kind)
        and any(
            field.type is not None and re.search("str|Any|[A-Z]", str(field.type))
            for field in attrs.fields(kind)
        )
    }
    # They contain nobody's text: only numbers, dates and our own words.
    without = {
        *("Duration", "DurationRange", "Window", "Suitability", "AsOf", "SecurityMode", "Shift"),
        *("Security", "Probability", "Likelihoods", "WorkingDays"),
    }
    assert own - {ids(value) for value in hostile("text")} <= without


class TestMedia:
    """A parser by others reads each medium back."""

    def test_html(self):
        for value in hostile(ALL):
            if hasattr(value, "_repr_html_"):
                page = value._repr_html_()
                assert page.encode()
                texts = "".join("".join(e.pieces()) for e in read_html(page).all("td", "th", "li"))
                assert not OBEYED.search(texts.replace("\t", " ").replace("\r", " "))
                assert SEEN in texts

    def test_svg(self):
        (p,) = (value for value in hostile(ALL) if isinstance(value, n.Plan))
        for picture in (p.svg(), p.likelihood_svg(assume=n.Uniform())):
            texts = "".join(ElementTree.fromstring(picture).itertext())
            assert not OBEYED.search(texts.replace("\t", " "))
            assert SEEN in texts

    def test_csv_gives_the_text_back(self):
        text = ALL.replace("\ud800", "")
        (records,) = (value for value in hostile(text) if isinstance(value, n.Catalogue))
        row = next(csv.DictReader(io.StringIO(records.to_csv(), newline="")))
        assert row["name"] == text
        assert row["summary"] == text

    def test_markdown(self):
        (records,) = (value for value in hostile(ALL) if isinstance(value, n.Catalogue))
        written = records.to_markdown("name", "technical")
        page = ElementTree.fromstring(
            f"<page>{MarkdownIt('commonmark').enable('table').render(written)}</page>".replace(
                "<br>", "<br/>"
            )
        )
        assert len(page.findall(".//tbody/tr")) == 2
        assert not OBEYED.search("".join(page.itertext()))
        assert SEEN in "".join(page.itertext())

    def test_icalendar(self):
        (p,) = (value for value in hostile(ALL) if isinstance(value, n.Plan))
        for event in icalendar.Calendar.from_ical(p.to_ical()).walk("VEVENT"):
            texts = f"{event['SUMMARY']}{event.get('DESCRIPTION', '')}"
            assert not OBEYED.search(texts.replace("\t", " "))
            assert SEEN in texts or event["SUMMARY"].endswith("of the whole plan")

    def test_project_xml(self):
        (p,) = (value for value in hostile(ALL) if isinstance(value, n.Plan))
        texts = "".join(ElementTree.fromstring(p.to_mspdi()).itertext())
        assert not OBEYED.search(texts.replace("\t", " "))
        assert SEEN in texts


class TestCommandLine:
    """Nothing from a file reaches the terminal unescaped."""

    @pytest.fixture
    def files(self, tmp_path):
        text = ALL.replace("\ud800", "").replace("\0", "")
        (records,) = (value for value in hostile(text) if isinstance(value, n.Catalogue))
        n.dump(records, tmp_path / "one.json")
        n.dump(records.replace("a", assurance="3 days", source=text), tmp_path / "two.json")
        broken = (tmp_path / "one.json").read_text("utf-8").replace('"b"', r'"b\u001b[31m"')
        (tmp_path / "broken.json").write_text(broken, "utf-8")
        return tmp_path

    @pytest.mark.parametrize(
        "command",
        [
            "list --catalogue {one}",
            "list --catalogue {one} --json",
            "show a --catalogue {one}",
            "show a --catalogue {one} --json",
            "show b\x1b[31m\u202e --catalogue {one}",
            "search w --catalogue {one}",
            "plan a b --start 2026-01-05 --allow-unavailable --verbose --catalogue {one}",
            "plan a b --start 2026-01-05 --allow-unavailable --json --catalogue {one}",
            "plan a b --start 2026-01-05 --catalogue {one}",
            "diff {one} {two}",
            "diff {one} {two} --json",
            "validate {broken}",
            "validate {one}\x1b[31m\u202e.none",
        ],
    )
    def test_each_command(self, capsys, files, command):
        words = [
            word.format(**{path.stem: path for path in files.iterdir()})
            for word in command.split(" ")
        ]
        with suppress(SystemExit):
            main(words)
        captured = capsys.readouterr()
        assert not OBEYED.search(captured.out + captured.err)
        assert re.search(r"\\(x|u00)1b\[31m", captured.out + captured.err)

    def test_json_is_read_as_it_was(self, capsys, files):
        main(["show", "a", "--catalogue", str(files / "one.json"), "--json"])
        name = n.load(files / "one.json")["a"].name
        assert json.loads(capsys.readouterr().out)["name"] == name


class TestLaws:
    @given(st.text())
    def test_what_is_visible_stays_as_it_is(self, text):
        once = _escapes.visible(text)
        assert _escapes.visible(once) == once

    @given(st.text(st.characters(exclude_characters="\\'\"")))
    def test_nothing_is_lost(self, text):
        """Python reads the escapes back."""
        assert literal_eval(f'"{_escapes.visible(text)}"') == text

    @given(st.text(st.sampled_from(["\x1b", "\u202e", "\n", "\ud800", "a", '"', "\\", "\x85"])))
    def test_json_means_the_same(self, text):
        written = json.dumps({text: [text]}, ensure_ascii=False, indent=1)
        shown = _escapes.for_json(written)
        assert json.loads(shown) == {text: [text]}
        assert not OBEYED.search(shown)

    @given(st.text())
    def test_markup_is_what_xml_holds(self, text):
        page = ElementTree.fromstring(f"<a b='{_escapes.for_markup(text)}'>c</a>")
        assert page.text == "c"

    def test_json_of_the_command_line_is_visible(self):
        assert output.to_json(["\u202e"]) == '[\n  "\\u202e"\n]'
        assert sys.stdout.encoding


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=80),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(max_size=3), inside),
)


@given(JSON | st.text("a'\"\n", min_size=55), st.integers(5, 70))
def test_what_is_shown_of_a_value_is_its_repr_cut_where_it_is_too_long(value, limit):
    whole = repr(value)
    expected = whole if len(whole) <= limit else f"{whole[: limit - 1]}…"
    assert _escapes.shown(value, limit) == expected


def test_no_more_of_a_value_is_looked_at_than_is_shown():
    class Unlooked:
        def __repr__(self) -> str:
            raise AssertionError

    assert _escapes.shown([*range(50), Unlooked()]).endswith("…")
    assert _escapes.shown({"a": [*range(50), Unlooked()], "b": Unlooked()}).endswith("…")
