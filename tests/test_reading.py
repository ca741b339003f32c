"""What faults of files say: each word and each value, in order, and at the limits."""

import json
from enum import Enum
from typing import Any, Generic, Literal, TypeVar

import attrs
import pytest

from nhs_api_catalogue._documents import reading
from nhs_api_catalogue._documents.files import Document, RefusedError, Repeating
from nhs_api_catalogue._documents.reading import (
    Fault,
    FaultsError,
    Format,
    ListOf,
    any_of,
    as_it_is,
    each_value,
    format_number,
    one_of,
    problems_of,
    read_document,
)
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.errors import InvalidCatalogueError, InvalidPlanError, InvalidRecordError

T = TypeVar("T")

TEXT = any_of(str, "text")
ONCE = "each key only once in an object"
NEWER = "2: a newer release of this library wrote the file"
MORE = "fewer: mend these first, as the file is read no further"
UNIQUE = "a unique id; names[{}] has this one"


class Colour(Enum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Pair:
    """Two texts that must be unlike, by a rule that names the second, and in order, by none."""

    one: str
    other: str

    def __attrs_post_init__(self) -> None:
        if self.one == self.other:
            raise InvalidRecordError("Pair", "other", self.other, "another text")
        if self.one > self.other:
            message = "two texts in order"
            raise InvalidPlanError(message)


@attrs.frozen
class Name:
    """A text, as a class of its own."""

    text: str


@attrs.frozen
class Note(Generic[T]):
    """A value of any type, with two texts that may be left out."""

    value: T
    by: str = ""
    on: str = ""


@attrs.frozen
class Mixed:
    """A field of each kind."""

    name: Name
    note: Note[str]
    colour: Colour
    maybe: str | None
    many: tuple[str, ...]
    some: frozenset[str]
    short_text: Literal["a", "b"]


@attrs.frozen
class File:
    """A file with a text and two lists of rows."""

    title: str
    names: tuple[Any, ...] = ()
    others: tuple[Any, ...] = ()


def made(*, in_detail):
    """A format for the classes of this module."""
    return Format({str: (TEXT, "x")}, in_detail=in_detail)


def file_format(*, in_detail):
    """A format for `File`, whose names are of three letters, and whose others are texts."""
    form = made(in_detail=in_detail)
    names = one_of({name: name for name in ("abc", "def", "xyz")}, "a name")
    form.field(File, names=ListOf(names), others=ListOf(TEXT))
    return form


def known_in(**_how):
    """Nothing is known from elsewhere in the file."""
    return {}


def faults(hook, value):
    """The steps, the value and the expected text of each fault, in order."""
    try:
        hook(value, None)
    except FaultsError as error:
        return [fault[:3] for fault in error.faults]
    except RefusedError as error:
        return [((), value, error.expected)]
    return []


def problems(text, form=file_format):
    """The problems of a file with that text."""
    document = Document(text, 10**6, InvalidCatalogueError, "mine.json")
    return problems_of(form, File, document, known_in)


def told(text, form=file_format):
    """The record, path, value and expected text of each problem of a file, in order."""
    return [tuple(problem[1:5]) for problem in problems(text, form)]


NUMBER = format_number(1, 2)
DISTINCT = ListOf(TEXT, distinct=True)
AT_LEAST = ListOf(TEXT, least=1)
BY_ID = ListOf(as_it_is, unique=(("id",), UNIQUE))
BY_BOTH = ListOf(as_it_is, unique=(("id", "kind"), ""))
TEXTS = each_value(TEXT)
IN_FULL = made(in_detail=True).hook(Pair)
A, B = {"id": "a", "kind": "k"}, {"kind": "k", "id": "a"}


@pytest.mark.parametrize(
    ("hook", "value", "expected"),
    [
        (NUMBER, 1, []),
        (NUMBER, 2, []),
        (NUMBER, 3, [((), 3, NEWER)]),
        (NUMBER, 0, [((), 0, "1 or 2")]),
        (NUMBER, True, [((), True, "1 or 2")]),
        (NUMBER, 3.0, [((), 3.0, "1 or 2")]),
        (NUMBER, "3", [((), "3", "1 or 2")]),
        (format_number(1, 3), 2, [((), 2, "1 or 3")]),
        (TEXTS, [], [((), [], "an object")]),
        (TEXTS, {"a": "b", "c": 5}, [(("c",), 5, "text")]),
        (each_value(TEXTS), {"a": {"b": 5}}, [(("a", "b"), 5, "text")]),
        (each_value(as_it_is, NUMBER), {"a": 5}, [((), "a", "1 or 2")]),
        (TEXTS, Repeating([("a", 1), ("a", 2)]), [((), "a", ONCE), (("a",), 2, "text")]),
        (AT_LEAST, None, [((), None, "a list")]),
        (AT_LEAST, {}, [((), {}, "a list")]),
        (AT_LEAST, [], [((), [], "a list of at least 1")]),
        (AT_LEAST, [5], [((0,), 5, "text")]),
        (DISTINCT, ["a", "b"], []),
        (DISTINCT, ["a", "b", "a", "a"], [((2,), "a", "each once"), ((3,), "a", "each once")]),
        (DISTINCT, [5, 5], [((0,), 5, "text"), ((1,), 5, "each once"), ((1,), 5, "text")]),
        (ListOf(as_it_is, distinct=True), [A, B], [((1,), B, "each once")]),
        (BY_ID, [A, {"id": "b"}, B], [((2, "id"), "a", UNIQUE.format(0))]),
        (BY_ID, [{"id": 5}, {"id": 5}, {}, {}, 5, 5], []),
        (BY_BOTH, [A, {"id": "a", "kind": "l"}, B], [((2, "id"), "a", "")]),
        (IN_FULL, "a", [((), "a", "an object")]),
        (IN_FULL, {"one": "a", "other": "b"}, []),
        (IN_FULL, {"one": "a", "other": "a"}, [(("other",), "a", "another text")]),
        (
            IN_FULL,
            {"one": "b", "other": "a"},
            [((), {"one": "b", "other": "a"}, "valid values: two texts in order")],
        ),
        # A rule is not told of what stands in for a bad value.
        (IN_FULL, {"one": "y", "other": 5}, [(("other",), 5, "text")]),
        (
            IN_FULL,
            {"third": 1, "other": 2},
            [
                ((), {"third": 1, "other": 2}, "the key 'one' as well"),
                ((), "third", "only the keys one, other"),
                (("other",), 2, "text"),
            ],
        ),
    ],
)
def test_each_fault_says_where_it_is_and_what_would_be_right(hook, value, expected):
    assert faults(hook, value) == expected


def test_the_error_itself_names_no_value():
    error = FaultsError([])
    assert (str(error), error.expected, error.faults) == ("values without faults",) * 2 + ([],)


class TestResults:
    """The rows of a file, one by one."""

    def test_a_faulty_item_becomes_nothing(self):
        assert list(ListOf(TEXT).results(["a", 5])) == [
            ("a", "a", []),
            (5, None, [Fault((1,), 5, "text")]),
        ]

    def test_good_items_are_given_until_one_has_a_fault(self):
        items = ListOf(TEXT).good(["a", 5, 6])
        assert next(items) == "a"
        with pytest.raises(FaultsError) as refused:
            next(items)
        assert refused.value.faults == [Fault((1,), 5, "text")]


class TestFastReading:
    """What it says is not told, but is as clear."""

    @pytest.mark.parametrize("value", [[], None, {"one": "a", "other": "b", "third": "c"}])
    def test_an_object(self, value):
        assert faults(made(in_detail=False).hook(Pair), value) == [((), value, "an object")]

    def test_a_key_that_comes_again(self):
        document = Document('{"title": "a", "title": "b"}', 100, InvalidCatalogueError)
        with pytest.raises(RefusedError) as refused:
            reading._contents(file_format(in_detail=False), File, document)
        assert refused.value.expected == ONCE

    def test_a_collection_becomes_one_of_its_type(self):
        for in_detail in (False, True):
            form = made(in_detail=in_detail)
            assert form.hook(frozenset[str])(["a", "b"], None) == frozenset({"a", "b"})
            assert form.hook(tuple[str, ...])(["a", "a"], None) == ("a", "a")
            assert faults(form.hook(frozenset[str]), ["a", "a"]) == [((1,), "a", "each once")]


class TestRemembered:
    """A hook that remembers what it has read."""

    VALUES = ({"one": "a", "other": "b"}, {"one": "b", "other": "c"}, {"one": "c", "other": "d"})

    def test_equal_values_become_one_object(self):
        read = made(in_detail=False).remembered(Pair)
        assert read(self.VALUES[0], None) is read(dict(self.VALUES[0]), None)

    def test_it_forgets_all_before_it_holds_one_too_many(self, monkeypatch):
        monkeypatch.setattr(reading, "_REMEMBERED", 2)
        read = made(in_detail=False).remembered(Pair)
        first, second = (read(value, None) for value in self.VALUES[:2])
        assert read(self.VALUES[0], None) is first
        third = read(self.VALUES[2], None)
        assert read(self.VALUES[2], None) is third
        again = read(self.VALUES[1], None)
        assert again == second
        assert again is not second

    def test_in_detail_each_value_is_read_again(self):
        read = made(in_detail=True).remembered(Pair)
        pairs = Repeating([("one", "a"), ("one", "b"), ("other", "c")])
        assert faults(read, pairs) == [((), "one", ONCE)]
        assert read(self.VALUES[0], None) is not read(self.VALUES[0], None)


class TestWhatTypesSay:
    """What a format makes of the fields of a class."""

    def test_required_keys_come_first(self):
        form = made(in_detail=True)
        form.required(Note, "on")
        form.field(Note, value=TEXT)
        for kind in (Note, Note[str]):
            assert form.needed(kind) == ("on", "value")
            hooks = form.hooks(kind)
            assert list(hooks) == ["value", "on", "by"]
            assert hooks["value"] is TEXT
        value = {"by": 5, "from": "x"}
        assert faults(form.object_of(Note[str]), value) == [
            ((), value, "the key 'on' as well"),
            ((), value, "the key 'value' as well"),
            (("by",), 5, "text"),
            ((), "from", "only the keys value, on, by"),
        ]

    def test_what_stands_in_for_a_bad_value_is_of_its_type(self):
        assert made(in_detail=True)._stand_ins(Mixed) == {
            "name": Name("x"),
            "note": Note("no-value-of-any-file"),
            "colour": Colour.RED,
            "maybe": None,
            "many": (),
            "some": frozenset(),
            "short_text": "no-short-text-of-any-file",
        }


class TestReadingAFile:
    """The whole of a file, fast and in detail."""

    @pytest.mark.parametrize(
        ("text", "passes"),
        [('{"title": "a"}', [False]), ('{"title": 5}', [False, True])],
    )
    def test_it_is_read_fast_and_only_if_refused_in_detail(self, text, passes):
        formats, kinds = [], []

        def form(*, in_detail):
            formats.append(in_detail)
            return file_format(in_detail=in_detail)

        def known(*, in_detail):
            kinds.append(in_detail)
            return {}

        document = Document(text, 100, InvalidCatalogueError)
        if passes == [False]:
            assert read_document(form, File, document, known) == File("a")
        else:
            with pytest.raises(InvalidCatalogueError) as refused:
                read_document(form, File, document, known)
            assert refused.value.problems == (Problem(None, "the file", "title", 5, "text"),)
        assert kinds == passes
        # In detail, for the hooks and for the keys.
        assert formats == passes + passes[1:]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"title": "a"}', []),
            ('{"names": []}', [("the file", "", {"names": []}, "the key 'title' as well")]),
            (
                '{"x": 1, "title": 5, "x": 2}',
                [
                    ("the file", "", "x", ONCE),
                    ("the file", "", "x", "only the keys title, names, others"),
                    ("the file", "title", 5, "text"),
                ],
            ),
            (
                '{"names": [5], "others": [6], "title": "", "names": ["abc", 7, {"id": "i"}]}',
                [
                    ("the file", "", "names", ONCE),
                    ("names[1]", "", 7, "a name"),
                    ("names[2] i", "", {"id": "i"}, "a name"),
                    ("others[0]", "", 6, "text"),
                ],
            ),
            (
                '{"others": [1], "title": 2, "names": 3}',
                [
                    ("the file", "title", 2, "text"),
                    ("the file", "names", 3, "a list"),
                    ("others[0]", "", 1, "text"),
                ],
            ),
        ],
    )
    def test_its_own_faults_come_before_those_of_its_rows(self, text, expected):
        assert told(text) == expected

    @pytest.mark.parametrize(
        ("row", "record"),
        [
            ({"id": "a", "api": "b", "applies_to": "c"}, "others[0] a"),
            ({"api": "b", "applies_to": "c"}, "others[0] b"),
            ({"applies_to": "c", "id": 5}, "others[0] c"),
            ({"name": "d"}, "others[0]"),
            ("e", "others[0]"),
        ],
    )
    def test_a_row_is_called_by_the_first_name_that_it_has(self, row, record):
        form = made(in_detail=True)
        form.field(File, others=ListOf(any_of(int, "a number")))
        text = json.dumps({"title": "a", "others": [row]})
        assert told(text, lambda **_how: form) == [(record, "", row, "a number")]


class TestLimits:
    """Exactly as many as there is room for, and one more."""

    def test_the_error_holds_one_more_than_are_reported(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_FAULTS", 3)
        for count in range(7):
            found = [(-at, Fault((at,), at, "")) for at in range(count)]
            held = FaultsError(found).faults
            assert [fault.value for fault in held] == list(reversed(range(count)))[:4]

    @pytest.mark.parametrize("count", range(1, 8))
    @pytest.mark.parametrize(
        ("hook", "make"),
        [
            pytest.param(ListOf(TEXT), lambda keys: [5] * len(keys), id="items"),
            pytest.param(TEXTS, lambda keys: dict.fromkeys(keys, 5), id="values"),
            pytest.param(each_value(as_it_is, NUMBER), dict.fromkeys, id="keys"),
            pytest.param(
                TEXTS, lambda keys: Repeating([(key, "") for key in keys * 2]), id="repeated"
            ),
            pytest.param(
                IN_FULL,
                lambda keys: {"one": "a", "other": "b", **dict.fromkeys(keys)},
                id="others",
            ),
        ],
    )
    def test_each_kind_of_value_has_one_more_than_are_reported(
        self, monkeypatch, hook, make, count
    ):
        monkeypatch.setattr(reading, "MOST_FAULTS", 3)
        assert len(faults(hook, make([f"k{at}" for at in range(count)]))) == min(count, 4)

    @pytest.mark.parametrize("count", [2, 3, 4, 5])
    def test_one_line_says_that_there_are_more(self, monkeypatch, count):
        monkeypatch.setattr(reading, "MOST_FAULTS", 3)
        found = problems(json.dumps({"title": "a", "others": [5] * count}))
        rows = [Problem("mine.json", f"others[{at}]", "", 5, "text") for at in range(count)]
        more = Problem("mine.json", "the file", "faults", "more than 3", MORE)
        assert found == (tuple(rows) if count <= 3 else (*rows[:3], more))

    @pytest.mark.parametrize(("limit", "count"), [(0, 0), (2, 0), (3, 1), (5, 1), (6, 2), (9, 3)])
    def test_what_may_be_meant_is_told_while_there_is_room_for_its_words(
        self, monkeypatch, limit, count
    ):
        monkeypatch.setattr(reading, "_MOST_WORDS", limit)
        found = problems(json.dumps({"title": "a", "names": ["abz", "deg", "xyy"]}))
        meant = ["abc", "def", "xyz"][:count] + [None] * (3 - count)
        assert [problem.nearest for problem in found] == meant

    @pytest.mark.parametrize(
        ("limit", "values"),
        [
            (3, ["[1, 2, 3]", "{'a': [1]}", 5, "[]"]),
            (4, [[1, 2, 3], "{'a': [1]}", 5, "[]"]),
            (6, [[1, 2, 3], "{'a': [1]}", 5, "[]"]),
            (7, [[1, 2, 3], {"a": [1]}, 5, "[]"]),
            (8, [[1, 2, 3], {"a": [1]}, 5, []]),
        ],
    )
    def test_values_are_held_while_there_is_room_for_them(self, monkeypatch, limit, values):
        monkeypatch.setattr(reading, "MOST_VALUES", limit)
        rows = [[1, 2, 3], {"a": [1]}, 5, []]
        found = problems(json.dumps({"title": "a", "others": rows}))
        assert [problem.value for problem in found] == values
