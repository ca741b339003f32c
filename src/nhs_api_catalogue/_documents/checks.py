"""What a value in a document must be. Checks are functions that combine.

A check is told a place and the value there, and reports to the place what is wrong with it.
Nothing stops at the first fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias, final

import attrs

from nhs_api_catalogue._documents.files import Repeating, is_list, is_object
from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.errors import CatalogueError, Problem


@final
@attrs.frozen
class Place:
    """A place in a document.

    Attributes:
        file: The name of the file; None if it has none.
        record: The record that it lies in.
        path: Where in the record; empty for the record itself.
        problems: The faults found so far, in this place and all others.
    """

    file: str | None
    record: str
    path: str
    problems: list[Problem]

    def refuse(self, value: object, expected: str, allowed: Iterable[str] = ()) -> None:
        """Report a fault; `allowed` are the values of which the nearest may have been meant."""
        nearest = nearest_word(value, allowed) if isinstance(value, str) else None
        self.problems.append(Problem(self.file, self.record, self.path, value, expected, nearest))

    def within(self, step: str | int) -> Place:
        """The place of a key of an object, or of an item of a list."""
        path = f"{self.path}[{step}]" if isinstance(step, int) else f"{self.path}.{step}"
        return attrs.evolve(self, path=path.removeprefix("."))


Check: TypeAlias = Callable[[Place, Any], None]


def satisfies(test: Callable[[str], object], expected: str) -> Check:
    """A text that the test is true of; an error of ours is as good as untrue."""

    def check(place: Place, value: Any) -> None:
        try:
            good = isinstance(value, str) and bool(test(value))
        except CatalogueError:
            good = False
        if not good:
            place.refuse(value, expected)

    return check


def one_of(allowed: Collection[str], expected: str | None = None) -> Check:
    """One of these words."""
    shown = expected or f"one of {', '.join(allowed)}"

    def check(place: Place, value: Any) -> None:
        if not isinstance(value, str) or value not in allowed:
            place.refuse(value, shown, sorted(allowed))

    return check


def maybe(check: Check) -> Check:
    """The same, or null."""

    def check_maybe(place: Place, value: Any) -> None:
        if value is not None:
            check(place, value)

    return check_maybe


def list_of(check: Check, *, least: int = 0, distinct: bool = True) -> Check:
    """A list of the same; where they are distinct, none of them twice."""

    def check_list(place: Place, value: Any) -> None:
        if not is_list(value):
            place.refuse(value, "a list")
            return
        if len(value) < least:
            place.refuse(value, f"{least} at least")
        seen: set[str] = set()
        for number, item in enumerate(value):
            here = place.within(number)
            check(here, item)
            if distinct:
                text = json.dumps(item, sort_keys=True)
                if text in seen:
                    here.refuse(item, "each once")
                seen.add(text)

    return check_list


def object_of(optional: Mapping[str, Check] | None = None, /, **required: Check) -> Check:
    """An object with these keys, each once, and no others."""
    checks = {**required, **(optional or {})}

    def check_object(place: Place, value: Any) -> None:
        if not is_object(value):
            place.refuse(value, "an object")
            return
        for key in value.repeated if isinstance(value, Repeating) else ():
            place.refuse(key, "each key once in its object")
        for key in required:
            if key not in value:
                place.refuse(value, f"a key {key!r} too")
        for key, item in value.items():
            if key in checks:
                checks[key](place.within(key), item)
            else:
                place.refuse(key, f"only the keys {', '.join(checks)}", checks)

    return check_object


def both(first: Check, second: Check) -> Check:
    """What passes the one and the other."""

    def check_both(place: Place, value: Any) -> None:
        first(place, value)
        second(place, value)

    return check_both


# A line break or a control character would break the tables that the text is shown in.
line: Check = satisfies(
    lambda text: text.strip() and text.isprintable(),
    "a line of text that is not blank",
)
