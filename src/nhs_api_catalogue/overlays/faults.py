"""Every fault of an overlay document at once.

A contributor who adds a fact in one place is told here what is missing: the source, its date, a
word that the vocabulary does not have, an id that nothing bears.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._checks import ID, is_id
from nhs_api_catalogue._documents.checks import (
    Check,
    Place,
    both,
    line,
    list_of,
    maybe,
    object_of,
    one_of,
    satisfies,
)
from nhs_api_catalogue._documents.files import (
    WHOLE,
    File,
    is_deep,
    is_list,
    is_object,
    read_document,
    refuse_depth,
)
from nhs_api_catalogue.errors import CatalogueError, InvalidOverlayError
from nhs_api_catalogue.official.differences import DifferenceField, DifferenceKind, Severity
from nhs_api_catalogue.official.entries import ADDRESSES, FACTS, Security
from nhs_api_catalogue.official.needs import NeededFor, ServiceKind, Strength
from nhs_api_catalogue.official.product_words import SecurityMode, SecurityPattern, SignInLevel
from nhs_api_catalogue.official.sources import (
    ADDRESS,
    AsOf,
    Confidence,
    SeenAs,
    Word,
    is_address,
)
from nhs_api_catalogue.official.timescales import (
    WORKING_DAYS,
    are_in_order,
    are_working_days,
    in_order,
    read_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhs_api_catalogue.errors import Problem

FORMAT: Final = 1


def checked_document(source: File, apis: Iterable[str], max_bytes: int) -> dict[str, Any]:
    """The document of a file, if it has no fault.

    Raises:
        InvalidOverlayError: It has some; the error holds them all.
        OSError: The file cannot be read.
    """
    name, document = read_document(source, max_bytes, InvalidOverlayError)
    if is_deep(document):
        refuse_depth(document, name, InvalidOverlayError)
    problems = faults(document, apis, name)
    if problems:
        raise InvalidOverlayError(problems)
    return document


def faults(
    document: Mapping[str, Any], apis: Iterable[str], file: str | None = None
) -> tuple[Problem, ...]:
    """Every fault of a document, in the order of its sections.

    Args:
        document: What a JSON file holds.
        apis: The ids of the APIs that it may speak of.
        file: The name of the file, for the faults to bear.
    """
    problems: list[Problem] = []
    sections = _sections(document, frozenset(apis))
    anything = list_of(lambda _place, _value: None)
    whole = object_of(dict.fromkeys(sections, anything), format=_format, compiled=_day)
    whole(Place(file, WHOLE, "", problems), document)
    for section, check in sections.items():
        for number, row in enumerate(_rows(document, section)):
            check(Place(file, _record(section, number, row), "", problems), row)
        for record, path, value, expected in _repeated(section, _objects(document, section)):
            Place(file, record, path, problems).refuse(value, expected)
    return tuple(problems)


# -- the rows of a document that may hold anything --


def _rows(document: Mapping[str, Any], section: str) -> list[Any]:
    rows = document.get(section)
    return rows if is_list(rows) else []


def _objects(document: Mapping[str, Any], section: str) -> list[dict[str, Any]]:
    return [row for row in _rows(document, section) if is_object(row)]


def _ids(document: Mapping[str, Any], section: str) -> frozenset[str]:
    ids = (row.get("id") for row in _objects(document, section))
    return frozenset(id_ for id_ in ids if isinstance(id_, str))


def _record(section: str, number: int, row: Any) -> str:
    """What a row is called: by its id, else by its place and the API that it is about."""
    names = [row.get(key) for key in ("id", "api", "applies_to")] if is_object(row) else []
    name = next((name for name in names if isinstance(name, str)), None)
    return f"{section}[{number}]" if name is None else f"{section}[{number}] {name}"


def _repeated(section: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, object, str]]:
    """What no two rows of a section may share."""
    # What is no text is reported as such.
    if section == "prerequisites":
        pairs = Counter(
            (api, needs)
            for row in rows
            if isinstance(api := row.get("api"), str) and isinstance(needs := row.get("needs"), str)
        )
        for (api, needs), count in pairs.items():
            if count > 1:
                yield f"{section} {api}", "needs", needs, "each need of an API once"
    ids = Counter(id_ for row in rows if isinstance(id_ := row.get("id"), str))
    for id_, count in ids.items():
        if count > 1:
            yield f"{section} {id_}", "id", id_, "each id once"


# -- single values --


def _is_day(text: str) -> bool:
    return not AsOf.parse(text).month_only


def _is_time(text: str) -> bool:
    read_time(text)
    return True


def _format(place: Place, value: Any) -> None:
    if type(value) is not int or value < FORMAT:
        place.refuse(value, str(FORMAT))
    elif value > FORMAT:
        place.refuse(value, f"{FORMAT}: a newer release of this library wrote the file")


def _working_days(place: Place, value: Any) -> None:
    if not is_list(value) or not are_working_days(tuple(value)):
        place.refuse(value, WORKING_DAYS.replace("None", "null"))


_day: Final = satisfies(_is_day, "a date that exists, as YYYY-MM-DD")
_id: Final = satisfies(is_id, ID)
_address: Final = satisfies(is_address, ADDRESS)
_time: Final = satisfies(_is_time, "a duration, as P4W, P1M, P1M2W or PT2H")


def _as_of(compiled: object) -> Check:
    """A date, or null: a source without a date must say that it has none."""
    last = compiled if isinstance(compiled, str) and _exists(compiled) else None

    def is_past(text: str) -> bool:
        # ISO texts are in the order of their dates; a file without a good date is reported so.
        AsOf.parse(text)
        return last is None or text <= last

    bound = "" if last is None else f" up to {last}"
    expected = f"YYYY-MM-DD or YYYY-MM{bound}, or null for a source without a date"
    return maybe(satisfies(is_past, expected))


def _exists(day: str) -> bool:
    try:
        return _is_day(day)
    except CatalogueError:
        return False


def _word(kind: type[Word]) -> Check:
    return one_of([str(member.value) for member in kind])


def _in_order(place: Place, value: Any) -> None:
    """The shortest time must be at most the longest; what is no time is reported elsewhere."""
    least, most = (value.get(key) if is_object(value) else None for key in ("shortest", "longest"))
    if not isinstance(least, str) or not isinstance(most, str):
        return
    try:
        shortest, longest = read_time(least), read_time(most)
    except CatalogueError:
        return
    if not are_in_order(shortest, longest):
        place.within("longest").refuse(most, in_order(least))


# -- what a document holds --


def _sections(document: Mapping[str, Any], apis: frozenset[str]) -> dict[str, Check]:
    services = _ids(document, "services")
    api = one_of(apis, "the id of an API of the catalogue")
    service_id = both(_id, _apart_from(apis))
    source = one_of(_ids(document, "sources"), "the id of a source of this file")
    subject = one_of(apis | services, "the id of an API, or of a service of this file")
    entry = one_of(_ids(document, "entries"), "the id of an entry of this file")
    stated: dict[str, Check] = {"source": source, "confidence": _word(Confidence)}
    place: dict[str, Check] = {"where": line}
    note: dict[str, Check] = {"note": line, **place}

    def fact(field: str) -> Check:
        kind = FACTS[field]
        many = isinstance(kind, tuple)
        one = _value(field, kind[0] if isinstance(kind, tuple) else kind, entry)
        return object_of(note, value=list_of(one, least=1) if many else one, **stated)

    return {
        "sources": object_of(
            {"note": line},
            id=_id,
            title=line,
            url=_address,
            publisher=line,
            as_of=_as_of(document.get("compiled")),
            seen_as=_word(SeenAs),
        ),
        "entries": both(
            object_of(
                {field: fact(field) for field in FACTS if field != "name"},
                id=_id,
                apis=list_of(api),
                name=fact("name"),
            ),
            _replaced_by_another,
        ),
        "differences": object_of(
            place,
            api=api,
            field=_word(DifferenceField),
            kind=_word(DifferenceKind),
            severity=_word(Severity),
            guide_says=line,
            official_says=line,
            **stated,
        ),
        "prerequisites": both(
            object_of(
                note,
                api=api,
                needs=subject,
                strength=_word(Strength),
                needed_for=_word(NeededFor),
                **stated,
            ),
            _needs_another,
        ),
        "services": object_of(
            place,
            id=service_id,
            name=line,
            kind=_word(ServiceKind),
            what=line,
            source=source,
            met_by=list_of(api),
        ),
        "timescales": both(
            object_of(
                place,
                what=line,
                applies_to=subject,
                text=line,
                shortest=maybe(_time),
                longest=maybe(_time),
                working_days=maybe(_working_days),
                **stated,
            ),
            _in_order,
        ),
    }


def _value(field: str, kind: type, entry: Check) -> Check:
    """What the value of a fact must be, or one of its values."""
    if kind is Security:
        return object_of(
            {"level": _word(SignInLevel)},
            mode=_word(SecurityMode),
            pattern=_word(SecurityPattern),
        )
    if kind is date:
        return _day
    if issubclass(kind, Word):
        return _word(kind)
    if field == "replaced_by":
        return entry
    return _address if field in ADDRESSES else line


def _apart_from(apis: frozenset[str]) -> Check:
    return satisfies(lambda value: value not in apis, "an id that no API of the catalogue has")


def _replaced_by_another(place: Place, value: Any) -> None:
    fact = value.get("replaced_by") if is_object(value) else None
    ids = fact.get("value") if is_object(fact) else None
    if is_list(ids) and value.get("id") in ids:
        place.within("replaced_by").within("value").refuse(ids, "other entries than itself")


def _needs_another(place: Place, value: Any) -> None:
    if is_object(value) and "needs" in value and value["needs"] == value.get("api"):
        place.within("needs").refuse(value["needs"], "something else than the API itself")
