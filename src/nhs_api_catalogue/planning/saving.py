"""Plans as files: the request, what the plan is based on, and the answer on that day.

A file has the request but not the records: loading it makes the plan again with the records of a
catalogue, and says what has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property, partial
from os import PathLike
from typing import Any, Final, final

import attrs

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._documents.files import (
    WHOLE,
    Document,
    File,
    encoded,
    is_list,
    is_object,
)
from nhs_api_catalogue._documents.reading import (
    Format,
    ListOf,
    any_of,
    each_value,
    format_number,
    leaf,
    maybe,
    one_of,
    read_document,
    text_that,
)
from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._names import fold
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue._values import Aligned, fingerprint
from nhs_api_catalogue._writing import write
from nhs_api_catalogue.bundled import bundled
from nhs_api_catalogue.catalogues import Catalogue, read_catalogue
from nhs_api_catalogue.durations import Window
from nhs_api_catalogue.editions.formats import read_day
from nhs_api_catalogue.errors import InvalidPlanError, InvalidPlanFileError, TooComplexError
from nhs_api_catalogue.planning.comparison import Answer, PlanComparison, answer_of, compare
from nhs_api_catalogue.planning.plans import Plan, plan_for
from nhs_api_catalogue.planning.requests import Link, Overlap, PlanRequest, Service
from nhs_api_catalogue.planning.stages import Timetable, span_of
from nhs_api_catalogue.records import Api
from nhs_api_catalogue.working_days import WorkingCalendar
from nhs_api_catalogue.working_days.times import read_time

FORMAT: Final = 1


# -- what a file holds --


@attrs.frozen
class RecordPrint:
    """A record that the plan is based on: the SHA-256 of its values and of its statements."""

    id: str
    values: str
    official: str | None


@attrs.frozen
class Basis:
    """What the plan is based on."""

    edition: str
    overlay_as_of: date | None
    records: tuple[RecordPrint, ...]


@attrs.frozen
class SavedRequest:
    """The request, like a `PlanRequest`, but with names for records."""

    apis: tuple[str, ...]
    start: date | None = None
    deadline: date | None = None
    starts: Mapping[str, date] = attrs.Factory(dict[str, date])
    built: Mapping[str, date] = attrs.Factory(dict[str, date])
    done: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    services: tuple[Service, ...] = ()
    teams: tuple[tuple[str, ...], ...] | None = None
    overlap: Overlap = "none"
    allow_unavailable: bool = False
    calendar: WorkingCalendar | None = None
    remarks: tuple[str, ...] = ()


@attrs.frozen
class SavedItem:
    """When an API, or a service (which has no id), could go live."""

    id: str | None
    name: str
    go_live: Window


@attrs.frozen
class SavedAnswer:
    """The answer when the plan was saved."""

    start: date
    go_live: Window
    items: tuple[SavedItem, ...]
    drivers: tuple[str, ...] | None


@attrs.frozen
class PlanFile:
    """The contents of a file."""

    format: int
    basis: Basis
    request: SavedRequest
    answer: SavedAnswer


@cache
def plan_format(*, in_detail: bool, is_kept: bool = True) -> Format:
    """How a file is read; the rows of what is said about the saved plan need not be kept.

    During reading, these are known: "record", the ids in the catalogue, and "item", what is in the
    plan.
    """
    text = text_that(str.strip, "text that is not blank")
    named = text_that(fold, "text with a letter or a number")
    day = leaf(read_day, "a valid date, as YYYY-MM-DD")
    item = one_of("item", "the id of an API in the plan, or the name of a service in it")
    made = Format(
        {
            str: (text, "x"),
            bool: (any_of(bool, "true or false"), False),
            date: (day, date.min),
            Window: (
                leaf(Window.parse, "two dates in order, as 2026-08-05/2027-03-05"),
                Window(date.min, date.min),
            ),
        },
        in_detail=in_detail,
    )
    record = one_of("record", "the id of an API in the catalogue")
    time = leaf(read_time, "a range of durations or working days, as '4-6 weeks'")
    days = each_value(day, item)
    made.field(Link, api=item, needs=item)
    made.field(Service, name=named, source=named, time=time)
    made.field(
        SavedRequest,
        apis=ListOf(record, least=1, distinct=True),
        starts=days,
        built=days,
        done=ListOf(item, distinct=True),
        teams=maybe(ListOf(ListOf(item))),
    )
    box = tuple if is_kept else _nothing
    made.field(Basis, records=ListOf(made.hook(RecordPrint), box=box))
    made.field(SavedAnswer, items=ListOf(made.hook(SavedItem), box=box))
    made.field(PlanFile, format=format_number(FORMAT))
    return made


def _nothing(rows: Iterable[Any]) -> tuple[()]:
    for _ in rows:
        pass
    return ()


# -- writing --


def dumps_plan(plan: Plan) -> str:
    r"""The plan as the text of a file, from which `loads_plan` makes the plan again.

    The text is JSON with two spaces per level and a newline at the end. It has the request, the
    SHA-256 of the records and of what official sources say about them, and the answer.

    Raises:
        InvalidPlanFileError: A text has a lone surrogate, which no file can contain, or the plan
            has more than some ten thousand APIs, which no reader accepts.
        TypeError: It is not a plan.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> dumps_plan(p)[:20]
    '{\n  "format": 1,\n  "'
    """
    return _encoded(plan).decode()


def dump_plan(plan: Plan, path: str | PathLike[str]) -> None:
    """Writes the plan to a file as `dumps_plan` gives it, in UTF-8.

    A reader sees the whole old file or the whole new one, as with `dump`.

    Raises:
        InvalidPlanFileError: A text has a lone surrogate, or the plan is too large, as there.
        OSError: The file cannot be written; the old one stays.
        TypeError: The first is not a plan, or the second is not a path.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from nhs_api_catalogue import catalogue, load_plan, plan
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> with TemporaryDirectory() as folder:
    ...     dump_plan(p, Path(folder, "plan.json"))
    ...     load_plan(Path(folder, "plan.json")).plan == p
    True
    """
    write(path, _encoded(plan))


def _encoded(plan: Plan) -> bytes:
    check_kind(plan, Plan, "expected a Plan")
    file = PlanFile(FORMAT, _basis(plan.request.apis), _saved(plan.request), _answer(plan))
    text = json.dumps(
        attrs.asdict(file, recurse=False), default=_plain, ensure_ascii=False, indent=2
    )
    return encoded([text, "\n"], InvalidPlanFileError)


def _plain(value: Any) -> Any:
    """A JSON value for one that JSON lacks, or a value whose parts are still to be converted."""
    if isinstance(value, Window):
        return value.isoformat()
    kind: Any = type(value)  # pyright: ignore[reportUnknownVariableType]  of anything at all
    if attrs.has(kind) and not hasattr(kind, "parse"):
        return {
            field.name: getattr(value, field.name) for field in attrs.fields(kind) if field.init
        }
    return str(value)


def _basis(apis: tuple[Api, ...]) -> Basis:
    editions = dict.fromkeys(str(api.edition) for api in apis if api.edition is not None)
    days = [api.edition.overlay_as_of for api in apis if api.edition and api.edition.overlay_as_of]
    return Basis(
        " and ".join(editions) or "no edition",
        max(days, default=None),
        tuple(RecordPrint(api.id, fingerprint(api), _official(api)) for api in apis),
    )


def _official(api: Api) -> str | None:
    if api.overlay is None:
        return None
    # The day on which statements were gathered does not matter if they are the same.
    return fingerprint(attrs.evolve(api.overlay(api.id).about(api.id), compiled=date.min))


def _saved(request: PlanRequest) -> SavedRequest:
    values: dict[str, Any] = {
        field.name: getattr(request, field.name)
        for field in attrs.fields(PlanRequest)
        # What was proven about the teams may not be true for the records when it is loaded.
        if field.name != "search"
    }
    values["apis"] = tuple(api.id for api in request.apis)
    values |= {"starts": dict(request.starts), "built": dict(request.built)}
    return SavedRequest(**values)


def _answer(plan: Plan) -> SavedAnswer:
    answer = _answer_of(plan)
    items = (
        SavedItem(key if kind == "api" else None, name, go_live)
        for (kind, key), (name, go_live) in answer.items.items()
    )
    return SavedAnswer(plan.start, plan.go_live, tuple(items), answer.drivers)


def _answer_of(plan: Plan) -> Answer:
    try:
        drivers: tuple[str, ...] | None = plan.drivers.possible
    except TooComplexError:
        drivers = None
    return answer_of(Timetable(plan.start, plan.go_live, plan.items()), drivers)


# -- reading --


# What counts of a saved plan.
_SHOWN: Final = (
    "plan",
    "start",
    "go_live",
    "comparison",
    "edition",
    "overlay_as_of",
    "changed_records",
    "changed_statements",
)


@final
@attrs.frozen(eq=False, repr=False)
class SavedPlan(Aligned):
    """A plan from a file, made again, and what has changed since it was saved.

    What has changed is found when it is first asked for; until then, only the content of the file
    is kept.

    Attributes:
        plan: The plan that now answers the request of the file.
        start: The start of the saved plan.
        go_live: Its go-live window.
        comparison: What changed from the saved plan to the plan now.
        edition: The edition that its records came from.
        overlay_as_of: The date of the official statements about them; None if there were none.
        changed_records: The names of the APIs whose values have changed.
        changed_statements: The names of the APIs about which official sources now say something
            else.

    >>> from nhs_api_catalogue import catalogue, dumps_plan, loads_plan, plan
    >>> text = dumps_plan(plan(catalogue.select("eRS"), start="2026-01-05"))
    >>> ours = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
    >>> print(loads_plan(text, catalogue=ours))
    Start 2026-01-05, go-live 2026-07-05 to 2027-01-05
    Since it was saved:
    go-live: earliest -31 days, latest -59 days
      e-Referral Service (eRS): earliest -31 days, latest -59 days
    other values: e-Referral Service (eRS)
    """

    plan: Plan
    start: date
    go_live: Window
    edition: str
    overlay_as_of: date | None
    _document: Document = attrs.field(alias="document")

    @property
    def comparison(self) -> PlanComparison:
        """What changed from the saved plan to the plan now.

        >>> from nhs_api_catalogue import catalogue, dumps_plan, loads_plan, plan
        >>> text = dumps_plan(plan(catalogue.select("eRS"), start="2026-01-05"))
        >>> print(loads_plan(text).comparison)
        go-live: earliest +0 days, latest +0 days
        """
        return self._since[0]

    @property
    def changed_records(self) -> tuple[str, ...]:
        """The names of the APIs whose values have changed."""
        return self._since[1]

    @property
    def changed_statements(self) -> tuple[str, ...]:
        """The names of the APIs about which official sources now say something else."""
        return self._since[2]

    @cached_property
    def _since(self) -> tuple[PlanComparison, tuple[str, ...], tuple[str, ...]]:
        apis = self.plan.request.apis
        file = _contents(self._document, {api.id: api.id for api in apis}, is_kept=True)
        items = {
            ("api", item.id) if item.id is not None else ("service", item.name): item
            for item in file.answer.items
        }
        then = Answer(
            self.go_live,
            {key: (item.name, item.go_live) for key, item in items.items()},
            file.answer.drivers,
        )
        before = {one.id: one for one in file.basis.records}
        now = [(api, before.get(api.id)) for api in apis]
        return (
            compare(then, _answer_of(self.plan)),
            tuple(api.name for api, old in now if old is None or old.values != fingerprint(api)),
            tuple(api.name for api, old in now if old is None or old.official != _official(api)),
        )

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in _SHOWN)

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, SavedPlan) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        values = zip(_SHOWN, self._values(), strict=True)
        return f"SavedPlan({', '.join(f'{name}={value!r}' for name, value in values)})"

    def __str__(self) -> str:
        return visible_lines(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Start {self.plan.start}, go-live {span_of(self.plan.go_live)}"
        is_still = (self.start, self.go_live) == (self.plan.start, self.plan.go_live)
        changes = str(self.comparison).splitlines()
        if is_still and len(changes) == 1 and not self.changed_records + self.changed_statements:
            yield "Nothing has changed since it was saved."
            return
        yield "Since it was saved:"
        if self.start != self.plan.start:
            yield f"start: {self.start} -> {self.plan.start}"
        yield from changes
        for title, names in (
            ("other values", self.changed_records),
            ("official sources now say something else", self.changed_statements),
        ):
            if names:
                yield f"{title}: {', '.join(names)}"


def load_plan(
    source: File, *, catalogue: Catalogue | None = None, max_bytes: int = MAX_BYTES
) -> SavedPlan:
    """The plan in a file, made again, and what has changed since.

    Args:
        source: The path of the file, or a file open for reading.
        catalogue: The catalogue with the records; by default, the bundled one.
        max_bytes: The largest size of the file.

    Raises:
        InvalidPlanFileError: There are faults; the error has them all, up to ten thousand.
        InvalidPlanError: The plan can no longer be made, as in `plan_for`.
        CalendarLimitError: The plan is outside the calendar.
        CalendarHorizonError: Working days are outside the calendar's known days.
        OSError: The file cannot be read.
        TypeError: The source is neither a path nor a file, `catalogue` is not one, or
            `max_bytes` is not a whole number.
        ValueError: `max_bytes` is below 1.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue, dumps_plan, plan
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> print(load_plan(StringIO(dumps_plan(p))))
    Start 2026-01-05, go-live 2026-08-05 to 2027-03-05
    Nothing has changed since it was saved.
    """
    return _planned(Document.read(source, max_bytes, InvalidPlanFileError), catalogue)


def loads_plan(
    text: str | bytes, *, catalogue: Catalogue | None = None, max_bytes: int = MAX_BYTES
) -> SavedPlan:
    """The plan in the content of a file, made again as by `load_plan`.

    Args:
        text: The content, as text or bytes.
        catalogue: The catalogue with the records; by default, the bundled one.
        max_bytes: The largest size of the content.

    Raises:
        InvalidPlanFileError: There are faults; the error has them all, up to ten thousand.
        InvalidPlanError: The plan can no longer be made, as in `plan_for`.
        CalendarLimitError: The plan is outside the calendar.
        CalendarHorizonError: Working days are outside the calendar's known days.
        TypeError: The content is neither text nor bytes, `catalogue` is not one, or `max_bytes`
            is not a whole number.
        ValueError: `max_bytes` is below 1.

    >>> from nhs_api_catalogue import catalogue, dumps_plan, plan
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> loads_plan(dumps_plan(p)).changed_records
    ()
    """
    return _planned(Document(text, max_bytes, InvalidPlanFileError), catalogue)


def _planned(document: Document, catalogue: Catalogue | None) -> SavedPlan:
    records = bundled() if catalogue is None else read_catalogue(catalogue)
    by_id = {api.id: api for api in records}
    # The rows are read again when they are asked for: they take as much as the plan.
    file = _contents(document, {id_: id_ for id_ in by_id}, is_kept=False)
    return SavedPlan(
        plan_for(_request(file.request, document, by_id)),
        file.answer.start,
        file.answer.go_live,
        file.basis.edition,
        file.basis.overlay_as_of,
        document,
    )


def _contents(document: Document, records: Mapping[str, str], *, is_kept: bool) -> PlanFile:
    """The contents of a file about records with these ids."""
    made, known = partial(plan_format, is_kept=is_kept), partial(_known, document, records)
    return read_document(made, PlanFile, document, known)


def _known(
    document: Document, records: Mapping[str, str], *, in_detail: bool
) -> dict[str, Mapping[str, str]]:
    """What the file may name: the records, and everything in the plan."""
    asked = document.value("request", is_last=in_detail)
    asked = asked if is_object(asked) else {}
    apis, services = (
        value if is_list(value) else [] for value in map(asked.get, ("apis", "services"))
    )
    names = [*apis, *(service.get("name") for service in services if is_object(service))]
    return {"record": records, "item": {name: name for name in names if isinstance(name, str)}}


def _request(saved: SavedRequest, document: Document, records: Mapping[str, Api]) -> PlanRequest:
    values = {field.name: getattr(saved, field.name) for field in attrs.fields(SavedRequest)}
    values["apis"] = [records[id_] for id_ in saved.apis]
    try:
        return PlanRequest(**values)
    except InvalidPlanError as error:
        expected = f"a plan that can be made: {error}"
        value = document.value("request", is_last=True)
        problem = Problem(document.name, WHOLE, "request", value, expected)
    raise InvalidPlanFileError((problem,))
