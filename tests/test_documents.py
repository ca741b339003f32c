"""How formats are read: cases that few files show."""

import io
import json
import os
import re
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition_documents import SMALL
from nhs_api_catalogue._documents import files, reading
from nhs_api_catalogue._documents.files import Document, RefusedError, is_rows
from nhs_api_catalogue._writing import write
from nhs_api_catalogue.bundled import bundled
from nhs_api_catalogue.editions.formats import edition_format
from nhs_api_catalogue.editions.reading import loads
from nhs_api_catalogue.errors import (
    InvalidCatalogueError,
    InvalidOverlayError,
    InvalidPlanFileError,
)
from nhs_api_catalogue.overlays.reading import load_overlay
from nhs_api_catalogue.planning import plan
from nhs_api_catalogue.planning.saving import dumps_plan, loads_plan


def test_a_hook_forgets_what_it_remembers_before_it_holds_too_much(monkeypatch):
    """However many values a file holds, each is read as itself."""
    monkeypatch.setattr(reading, "_REMEMBERED", 2)
    edition_format.cache_clear()
    apis = [
        {
            "id": f"n-{number}",
            "name": "N",
            "technical": "1 week",
            "assurance": "1 week",
            "access": [{"routes": ["HSCN"], "supplier": f"S{number % 4}"}],
        }
        for number in range(12)
    ]
    document = {"format": 1, "edition": {"title": "T", "publisher": "P"}, "apis": apis}
    found = loads(json.dumps(document), overlay=None)
    assert [api.access[0].supplier for api in found] == [f"S{number % 4}" for number in range(12)]
    assert found[0].access is not found[4].access


class TestManyFaults:
    """A file with a few bytes for each fault cannot take a thousand times its size."""

    MOST = reading.MOST_FAULTS
    MORE = (
        "the file: faults is 'more than 10,000', expected fewer: mend these first, "
        "as the file is read no further"
    )

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda _, count: [[]] * count, id="rows"),
            pytest.param(
                lambda row, count: [{**row, "x": 1}] * (count // 2), id="rows like others"
            ),
            pytest.param(lambda row, count: [{**row, "notices": [0] * count}], id="rows of a row"),
            pytest.param(
                lambda row, count: [row | dict.fromkeys(map(str, range(count)))], id="keys"
            ),
            pytest.param(lambda row, count: [row | {"users": ["NHS"] * count}], id="words"),
        ],
    )
    def test_no_more_are_told_than_a_reader_mends(self, change):
        def problems(count):
            document = {**SMALL, "apis": change(SMALL["apis"][0], count)}
            with pytest.raises(InvalidCatalogueError) as told:
                loads(json.dumps(document))
            return told.value.problems

        few = problems(600)
        assert 500 < len(few) < 2_000
        assert str(few[-1]) != self.MORE
        many = problems(30_000)
        assert len(many) == self.MOST + 1
        assert str(many[-1]) == self.MORE
        assert len(set(map(id, many))) == len(many)

    @pytest.mark.parametrize("over", [-1, 0, 1])
    def test_the_last_that_there_is_room_for_is_told(self, over):
        with pytest.raises(InvalidCatalogueError) as told:
            loads(json.dumps({**SMALL, "apis": [0] * (self.MOST + over)}))
        assert len(told.value.problems) == self.MOST + over
        assert (str(told.value.problems[-1]) == self.MORE) == (over > 0)

    def test_bad_keys(self):
        """In an object whose keys are names, each bad key is a fault of its own."""
        saved = json.loads(dumps_plan(plan(bundled().select("MESH"), start="2026-01-05")))
        saved["request"]["starts"] = {f"x{at}": "2026-01-05" for at in range(self.MOST + 5)}
        with pytest.raises(InvalidPlanFileError) as told:
            loads_plan(json.dumps(saved))
        assert len(told.value.problems) == self.MOST + 1
        assert "starts is 'x0', expected the id of an API" in str(told.value.problems[0])

    def test_what_may_be_meant_is_looked_for_among_so_many_words(self):
        """The time grows with the file, not with its faults times its ids."""
        names = [f"source-{at}" for at in range(200)]
        source = {"title": "T", "url": "https://example.org", "publisher": "P", "seen_as": "page"}
        document = {
            "format": 1,
            "compiled": "2026-11-22",
            "sources": [{"id": name, **source, "as_of": None} for name in names],
            "timescales": [{"what": "w", "source": f"sauce-{name}"} for name in names],
        }
        with pytest.raises(InvalidOverlayError) as told:
            load_overlay(io.StringIO(json.dumps(document)), bundled())
        of_sources = [one for one in told.value.problems if one.path == "source"]
        assert len(of_sources) == 200
        assert of_sources[0].nearest is not None
        assert of_sources[-1].nearest is None


MANY = files.MOST_VALUES


class TestWhatTakesMoreMemoryThanItsFile:
    @pytest.mark.parametrize(
        ("text", "is_read"),
        [
            pytest.param(f"[{'0,' * (MANY - 1)}0]", True, id="as many values as a row may have"),
            pytest.param(f"[{'0,' * MANY}0]", False, id="one more"),
            pytest.param(f"[{'[],' * MANY}{{}}]", False, id="lists"),
            pytest.param(f"{{{chr(34) * 2}: {'0 , ' * 3 * MANY}", False, id="no JSON"),
            pytest.param(
                json.dumps(dict.fromkeys(map(str, range(MANY // 2 + 1)))), False, id="keys"
            ),
            pytest.param(json.dumps(dict.fromkeys(map(str, range(MANY // 2)))), True, id="fewer"),
            pytest.param(json.dumps(['a, "b": [\\', "c"] * (MANY // 2)), True, id="texts"),
            pytest.param(
                json.dumps(['a, "b": [\\', "c"] * (MANY // 2 + 1)), False, id="more texts"
            ),
            pytest.param(json.dumps("0, " * MANY), True, id="one text"),
        ],
    )
    @pytest.mark.parametrize("space", [1, 3 * MANY])
    def test_a_value_with_too_much_in_it_is_refused_before_it_is_made(self, text, is_read, space):
        document = Document(f'{{"apis": [0,{" " * space}{text}]}}', 10**7, InvalidCatalogueError)
        if is_read:
            assert document.check() == {"apis": 1}
            return
        with pytest.raises(InvalidCatalogueError) as told:
            document.check()
        (problem,) = told.value.problems
        assert problem.path == f"line 1, column {13 + space}"
        assert problem.value == text[:20]
        expected = "an object or a list with at most 100,000 keys and values in it"
        assert problem.expected == expected

    @pytest.mark.parametrize("end", ['"', "\\", '\\"'])
    def test_a_long_text_without_an_end_is_no_json(self, end):
        """It is looked through once, however many quotes are in it."""
        document = Document('{"a": "' + '\\"' * MANY + end, 10**7, InvalidCatalogueError)
        with pytest.raises(InvalidCatalogueError) as told:
            document.check()
        (problem,) = told.value.problems
        assert problem.path.startswith("line 1, column ")

    def test_each_kind_of_file_refuses_it(self):
        many = json.dumps([0] * (MANY + 1))
        for read, error, section in (
            (loads, InvalidCatalogueError, "edition"),
            (
                lambda text: load_overlay(io.StringIO(text), bundled()),
                InvalidOverlayError,
                "format",
            ),
            (loads_plan, InvalidPlanFileError, "request"),
        ):
            with pytest.raises(error, match="at most 100,000 keys and values"):
                read(f'{{"{section}": {many}}}')

    @pytest.mark.parametrize("is_long", [False, True])
    def test_an_error_has_the_beginning_of_a_long_file_of_another_kind(self, is_long):
        rows = [{"id": "é" * 9}] * (files._LONG // 20 if is_long else 2)
        for content in (rows, {"apis": rows}, {"x": rows}, {"x": [*rows, [[[[[[[[[[]]]]]]]]]]]}):
            text = json.dumps(content, ensure_ascii=False)
            with pytest.raises(InvalidOverlayError) as told:
                load_overlay(io.StringIO(text), bundled())
            assert told.value.problems[0].value == (text[:80] if is_long else content)

    def test_errors_have_no_more_than_so_many_values_together(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_VALUES", 5)
        rows = [{"id": "a", "users": ["x"]}, {"id": "b"}, 5, {"id": "c"}, [], {"id": "d" * 90}]
        with pytest.raises(InvalidCatalogueError) as told:
            loads(json.dumps({**SMALL, "apis": rows}))
        found = {problem.record: problem.value for problem in reversed(told.value.problems)}
        assert found["apis[0] a"] == rows[0]
        assert found["apis[1] b"] == "{'id': 'b'}"
        assert found["apis[2]"] == 5
        assert found["apis[4]"] == "[]"
        assert found[f"apis[5] {'d' * 90}"] == f"{{'id': '{'d' * 51}…"

    def test_a_long_text_is_no_slip(self):
        assert files.nearest("a" * 1000, {"a" * 1001}) == "a" * 1001
        assert files.nearest("a" * 1001, {"a" * 1002}) is None


TEXTS = [
    json.dumps(SMALL, indent=1, ensure_ascii=False),
    json.dumps({"apis": [], "é\N{DOG}": [1.5e-3, -0, True, None, {}, [[]], '\\"\n'], "x": 12}),
    '{"apis": [1, "a", {"b": [2e5, "\\ud83d\\udc36"]}, -1.25E+7]}\n\n',
]
SLIPS = [*'{}[]",:0129.eE+-tfn\\ \n\t', "\ufeff", "é", "\N{DOG}", "NaN", "\\u00e9", "-Infinity"]


@st.composite
def slipped(draw):
    """A JSON text with up to two slips: cut, or with something left out, added or doubled."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        end = draw(st.sampled_from([at, at + 1, at + 2, len(text)]))
        text = text[:at] + draw(st.sampled_from(["", *SLIPS, text[at:end] * 2])) + text[end:]
    return text


def as_python_reads(text):
    """What Python's decoder makes of a text, or where it stops."""

    def refuse(name):
        raise RefusedError("JSON, which has no such number", value=name)

    halves = []

    def seen(pairs):
        # Also in a value that is dropped, as its key comes again.
        halves.extend(one for one in str(pairs).split("'") if re.search(r"\\ud[89a-f]", one))
        return dict(pairs)

    try:
        value = json.loads(text, parse_constant=refuse, object_pairs_hook=seen)
        return "half" if halves and isinstance(value, dict) else value
    except json.JSONDecodeError as fault:
        return f"line {fault.lineno}, column {fault.colno}", text[fault.pos :][:20]
    except RefusedError as fault:
        return fault.value


def as_we_read(document):
    try:
        document.check()
    except InvalidCatalogueError as error:
        (problem,) = error.problems
        if problem.expected == "no lone surrogate":
            return "half"
        if problem.expected in {"an object", "JSON, not an empty file", files._TOO_DEEP}:
            return problem.value
        return (problem.path, problem.value) if problem.path else problem.value
    read = {}
    for key, value in document.members():
        read[key] = list(value) if is_rows(value) else value
    assert read == document.whole()
    return read


@given(slipped(), st.sampled_from([4, 5, 7, 64, files._PIECE]), st.booleans())
def test_a_text_is_read_as_python_reads_the_whole_however_it_is_cut_in_pieces(text, size, has_mark):
    """Each value, and the place of what is not JSON, does not hang on the pieces."""
    whole, files._PIECE = files._PIECE, size
    try:
        content = "\ufeff" * has_mark + text
        found = as_we_read(Document(content, len(content) * 4 + 1, InvalidCatalogueError))
    finally:
        files._PIECE = whole
    expected = text[:20] if not text.strip() else as_python_reads(text)
    if not has_mark and text.startswith("\ufeff"):
        expected = as_python_reads(text[1:]) if text[1:].strip() else text[1:21]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "{} x",
        "[1, 2",
        "nul",
        '{"a',
        '{"a" 1}',
        '{"a":',
        '{"a": }',
        '{"a": 1',
        '{"a": 1 "b": 2}',
        '{"a": 1,}',
        '{"a": 1, 2: 3}',
        "{1: 2}",
        '{"apis": [',
        '{"apis": [,1]}',
        '{"apis": [1,]}',
        '{"apis": [1, \n ]}',
        '{"apis": [1 2]}',
        '{"apis": [1e-1.25]}',
        '{"apis": [1}',
        '{"apis": [1]]',
        '{"apis": [1], }',
        '{"apis": ["a\\x"]}',
        '{"apis": ["\n"]}',
        '{"apis": [-Infinity]}',
    ],
)
def test_what_is_wrong_between_values_is_told_where_python_tells_it(text):
    document = Document(text, 100, InvalidCatalogueError)
    assert as_we_read(document) == (as_python_reads(text) if text else "")


@pytest.mark.parametrize("size", [4, 10, 1 << 17])
def test_a_byte_that_is_no_text_is_told_where_it_is(monkeypatch, size):
    monkeypatch.setattr(files, "_PIECE", size)
    for before in ("", "{", "é" * 9, "\ufeff", "\ufeff\N{DOG}\N{DOG}"):
        data = before.encode() + b"\xff}  "
        with pytest.raises(InvalidCatalogueError) as told:
            loads(data)
        (problem,) = told.value.problems
        assert (problem.path, problem.value) == (f"byte {len(before.encode())}", b"\xff}  ")


def test_a_value_of_any_length_ends_where_its_next_begins(monkeypatch):
    monkeypatch.setattr(files, "_PIECE", 8)
    long = 'x\\"]}é' * 50
    rows = [{"a": [long, {long: 1}]}, long, 12345678901234567890, [[long], []], -1.5e-9]
    content = json.dumps({"apis": rows, "more": rows}, ensure_ascii=False)
    document = Document(content, len(content) * 2, InvalidCatalogueError)
    found = {key: list(value) for key, value in document.members()}
    assert found == {"apis": rows, "more": rows}


DEEP = "an object nested at most 10 levels deep"
TOP = files.MOST_VALUES + 1


def refused(content: str | bytes, *held: str) -> tuple[str, object, str]:
    """The place, the value and the expectation of the one problem of a document."""
    with pytest.raises(InvalidCatalogueError) as told:
        Document(content, 10**7, InvalidCatalogueError, "F").check(*held)
    (problem,) = told.value.problems
    assert problem.file == "F"
    return problem.path, problem.value, problem.expected


@pytest.mark.parametrize(
    ("content", "path", "value", "expected"),
    [
        pytest.param(" " * 25, "", " " * 20, "JSON, not an empty file", id="blank"),
        pytest.param(b"{\xff}    ", "byte 1", b"\xff}  ", "text in UTF-8", id="a byte"),
        pytest.param(b"{} \xc3", "byte 3", b"\xc3", "text in UTF-8", id="half a character"),
        pytest.param('{"a": NaN}', "", "NaN", "JSON, which has no such number", id="NaN"),
        pytest.param(
            f'{{"a": {"9" * 5_000}}}',
            "",
            "a number of thousands of digits",
            "shorter numbers",
            id="a long number",
        ),
        pytest.param('{"a": ' + "[" * 3 * TOP, "", "deeply nested brackets", DEEP, id="brackets"),
        pytest.param('{"a":', "line 1, column 6", "", "more JSON: the text ends here", id="cut"),
        pytest.param('\n{"a" 1}', "line 2, column 6", "1}", "JSON", id="a line break first"),
        pytest.param(
            "{} " + "\N{CJK UNIFIED IDEOGRAPH-72AC}" * 40,
            "line 1, column 4",
            "\N{CJK UNIFIED IDEOGRAPH-72AC}" * 20,
            "JSON",
            id="characters of three bytes",
        ),
        pytest.param("[1]", "", [1], "an object", id="a list"),
        pytest.param("[]", "", [], "an object", id="an empty list"),
        pytest.param('"x"', "", "x", "an object", id="a text"),
    ],
)
def test_what_is_wrong_with_a_whole_file_is_told_exactly(content, path, value, expected):
    assert refused(content) == (path, value, expected)


def test_a_long_list_is_no_object_however_much_is_in_it():
    """Its items are counted one by one."""
    _, value, expected = refused(f"[{'0,' * TOP}0]")
    assert (value, expected) == (f"[{'0,' * 40}"[:80], "an object")


@pytest.mark.parametrize(
    ("before", "levels", "after", "held"),
    [
        pytest.param('{"a": [', 8, "]}", (), id="rows"),
        pytest.param('{"a": ', 9, "}", ("a",), id="a list that is held"),
        pytest.param('{"a": {"b": ', 8, "}}", (), id="an object"),
        pytest.param('{"a": [[', 7, ", 1], [1]]}", (), id="the first of several"),
        pytest.param('{"a": {"b": [', 7, ", [1]]}}", (), id="beside another list"),
    ],
)
@pytest.mark.parametrize("inmost", ["[]", "{}"])
def test_ten_levels_are_read_and_eleven_refused(before, levels, after, held, inmost):
    def nested(levels):
        return f"{before}{'[' * (levels - 1)}{inmost}{']' * (levels - 1)}{after}"

    assert Document(nested(levels), 10**7, InvalidCatalogueError).check(*held) == {"a": 1}
    path, value, expected = refused(nested(levels + 1), *held)
    assert (path, value, expected) == ("", json.loads(nested(levels + 1)), DEEP)


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b'"a]" , 1', 4),
        (b"12, 3", 2),
        (b"true]", 4),
        (b'[{"a": "]"}, [1]], 5', 17),
        (b'{"a": "}"} ', 10),
        (b'"cut', 4),
        (b"[1, 2", 5),
        (b"[" * 1_000 + b"]" * 1_000 + b" ", 2_000),
    ],
)
def test_where_a_value_ends(data, end):
    assert files._end_of_value(data, 0) == end
    assert files._end_of_value(b" " + data, 1) == end + 1


def test_a_value_in_more_brackets_has_no_end():
    with pytest.raises(RecursionError):
        files._end_of_value(b"[" * 1_001 + b"]" * 1_001, 0)


class Recorded(io.BytesIO):
    """A file that remembers how much was asked for."""

    def __init__(self, content):
        super().__init__(content)
        self.sizes = []

    def read(self, size=-1):
        self.sizes.append(size)
        return super().read(size)


class TestReadingAFile:
    def test_in_pieces_and_no_further_than_allowed(self):
        file = Recorded(b" " * (5 * files._PIECE))
        with pytest.raises(InvalidCatalogueError, match="max_bytes"):
            Document.read(file, files._PIECE + 1, InvalidCatalogueError)
        assert file.sizes == [files._PIECE] * 3

    def test_a_file_that_goes_on_where_the_limit_is_reached_is_too_large(self):
        file = io.BytesIO(b"{}" + b" " * files._PIECE)
        with pytest.raises(InvalidCatalogueError, match="max_bytes"):
            Document.read(file, files._PIECE, InvalidCatalogueError)

    def test_as_bytes(self, tmp_path):
        path = tmp_path / "F"
        path.write_bytes(b'{"a": "\xff"}')
        with pytest.raises(InvalidCatalogueError) as told:
            Document.read(path, 100, InvalidCatalogueError).check()
        assert told.value.problems[0].path == "byte 7"

    def test_a_number_is_no_name(self):
        with tempfile.TemporaryFile() as file:
            assert isinstance(file.name, int)
            assert Document.read(file, 1, InvalidCatalogueError).name is None

    def test_the_least_limit(self):
        assert Document("1", 1, InvalidCatalogueError).whole() == 1
        with pytest.raises(InvalidCatalogueError) as told:
            Document("12", 1, InvalidCatalogueError, "F")
        (problem,) = told.value.problems
        assert (problem.file, problem.path, problem.value) == ("F", "byte 1", b"2")

    def test_what_is_no_text(self):
        with pytest.raises(TypeError, match=r"^expected the text of a file, got 5"):
            Document(5, 1, InvalidCatalogueError)

    @pytest.mark.parametrize("more", [0, 1])
    def test_a_file_is_long_beyond_so_many_bytes(self, more):
        content = f"[{' ' * (files._LONG - 2 + more)}]"
        _, value, _ = refused(content)
        assert value == (content[:80] if more else [])


def test_the_first_value_of_a_key_and_the_last():
    document = Document('{"a": [1, 2], "b": 2, "a": [3]}', 99, InvalidCatalogueError)
    assert document.value("a", is_last=False) == [1, 2]
    assert document.value("a", is_last=True) == [3]
    assert document.value("c", is_last=True) is None


def test_a_refusal_says_what_is_expected():
    assert str(RefusedError("text")) == "text"


def test_who_reads_a_file_while_it_is_written_reads_the_old_one(tmp_path):
    path = tmp_path / "F"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        write(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_told_by_its_own_error(tmp_path):
    with pytest.raises(FileNotFoundError) as told:
        write(tmp_path / "none" / "F", b"")
    assert told.value.strerror == os.strerror(told.value.errno)
