"""How formats are read: what few files show."""

import json

import attrs
import pytest

from nhs_api_catalogue._documents import reading
from nhs_api_catalogue._documents.files import RefusedError
from nhs_api_catalogue._documents.reading import Format, any_of, faults
from nhs_api_catalogue.editions.formats import edition_format
from nhs_api_catalogue.editions.reading import loads
from nhs_api_catalogue.errors import InvalidPlanError

TEXT = any_of(str, "text")


@attrs.frozen
class Pair:
    """Two texts that must be unlike, by a rule that names no field."""

    one: str
    other: str

    def __attrs_post_init__(self) -> None:
        if self.one == self.other:
            message = "two unlike texts"
            raise InvalidPlanError(message)


def read(value: object, *, in_detail: bool) -> Pair:
    made = Format({str: (TEXT, "x")}, in_detail=in_detail)
    return made.hook(Pair)(value, None)


def told(value: object) -> list[tuple[str, object, str]]:
    hook = Format({str: (TEXT, "x")}, in_detail=True).hook(Pair)
    return [(one.path, one.value, one.expected) for one in faults(hook, value, None)]


class TestARuleThatNamesNoField:
    def test_is_told_at_the_object(self):
        pair = {"one": "a", "other": "a"}
        assert told(pair) == [("", pair, "valid values: two unlike texts")]

    def test_is_not_told_of_what_stands_in_for_a_bad_value(self):
        assert told({"one": "a", "other": 5}) == [("other", 5, "text")]

    def test_is_no_matter_where_it_holds(self):
        pair = {"one": "a", "other": "b"}
        assert told(pair) == []
        assert read(pair, in_detail=True) == read(pair, in_detail=False) == Pair("a", "b")


def test_fast_reading_stops_at_what_is_no_object():
    for value in (None, [], {"one": "a"}, {"one": "a", "other": "b", "third": "c"}):
        with pytest.raises((RefusedError, KeyError)):
            read(value, in_detail=False)


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
