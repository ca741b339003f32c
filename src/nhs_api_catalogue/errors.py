"""Every error that the library raises; each is also the built-in error that you would expect.

```
CatalogueError
├── CalendarLimitError          (OverflowError)  a date or a duration is outside the calendar
├── CalendarHorizonError        (LookupError)    a date beyond what a working calendar knows
├── IndeterminateOrderError     (ValueError)     two durations whose order depends on the date
├── InvalidDateError            (ValueError)     a text that is not an ISO date
├── InvalidDurationError        (ValueError)     a negative length, or
│   └── DurationSyntaxError                      a text that is not a duration
├── InvalidDurationRangeError   (ValueError)     a range whose ends are not certainly in order
├── InvalidWindowError          (ValueError)     a window that ends before it begins
├── MissingExtraError           (ImportError)    a part of the library that needs an extra
├── InvalidRecordError          (ValueError)     a record that breaks a rule
├── InvalidFileError            (ValueError)     a file with faults, all of them at once:
│   ├── InvalidCatalogueError                    a file of records
│   ├── InvalidOverlayError                      a file of what official sources say
│   └── InvalidPlanFileError                     a file of a plan
├── UnknownApiError             (KeyError)       a name that no record has
├── AmbiguousApiError           (LookupError)    a name that several records have
├── DuplicateApiError           (ValueError)     two records with one id
├── ConflictingApiError         (ValueError)     two different records of one id
├── InvalidPlanError            (ValueError)     a plan that cannot be made as asked, or
│   ├── CyclicPlanError                          a plan in which an API waits for itself
│   ├── DeadlineError                            a deadline that no start can meet
│   ├── UnavailableApiError                      a plan with an API that nobody can use then
│   └── UnplannedNameError      (and UnknownApiError)  a name that nothing in the plan has
├── InvalidLikelihoodError      (ValueError)     a mode or a probability outside 0 to 1
├── TooComplexError             (ValueError)     a question whose exact answer costs too much
└── UnknownValueError           (ValueError)     a word outside a fixed vocabulary
```

The values are attributes. The message is made from them on demand, and `args` rebuilds the error,
so errors can be pickled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from nhs_api_catalogue._escapes import shown, visible_lines
from nhs_api_catalogue._later import Later

if TYPE_CHECKING:
    import nhs_api_catalogue._problems as _problems
else:
    _problems = Later("nhs_api_catalogue._problems")


def _join(names: Sequence[str], last: str = "or") -> str:
    """The names in quotes as an English list."""
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def with_article(noun: str) -> str:
    """The noun with "a" or "an"; a leading u is read as in "user"."""
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


class CatalogueError(Exception):
    """The root of all errors of this library.

    >>> from nhs_api_catalogue import catalogue
    >>> try:
    ...     catalogue["no such thing"]
    ... except CatalogueError as error:
    ...     print(error)
    no API is called 'no such thing'
    """

    def __str__(self) -> str:
        """The message; anything in a name or value that a terminal would obey is escaped."""
        return visible_lines(self._message().split("\n"))

    def _message(self) -> str:
        """What the error says, one line or several."""
        return Exception.__str__(self)


class CalendarLimitError(CatalogueError, OverflowError):
    """A date before year 1 or after year 9999, or a duration that is too long.

    Attributes:
        operation: What was tried, in words.

    >>> from nhs_api_catalogue import months
    >>> try:
    ...     months(4800)
    ... except CalendarLimitError as error:
    ...     error.operation
    'a duration of 4800 months (4799 at most)'
    """

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation

    def _message(self) -> str:
        limits = "years 1 to 9999, durations below 4800 months"
        return f"{self.operation} is outside the calendar ({limits})"


class CalendarHorizonError(CatalogueError, LookupError):
    """A date outside the days that a working calendar knows.

    Attributes:
        asked: What was asked, in words.
        known_from: The first known day; None if all earlier days are known.
        known_until: The last known day; None if all later days are known.
        source: Where the calendar comes from, with its date.

    >>> from nhs_api_catalogue import WorkingCalendar
    >>> calendar = WorkingCalendar({}, "2026-01-01", "2028-12-31", source="GOV.UK")
    >>> try:
    ...     calendar.after("2028-12-20", 10)
    ... except CalendarHorizonError as error:
    ...     print(error.known_until)
    2028-12-31
    """

    def __init__(
        self, asked: str, known_from: date | None, known_until: date | None, source: str
    ) -> None:
        super().__init__(asked, known_from, known_until, source)
        self.asked = asked
        self.known_from = known_from
        self.known_until = known_until
        self.source = source

    def __str__(self) -> str:
        known = " ".join(
            f"{word} {day}"
            for word, day in (("from", self.known_from), ("until", self.known_until))
            if day is not None
        )
        return (
            f"{self.asked}: working days are known only {known} ({self.source}); use a newer "
            "calendar, or beyond='weekends_only' to assume no holidays outside that time"
        )


class IndeterminateOrderError(CatalogueError, ValueError):
    """Two durations, neither of which is at most the other on every date.

    Attributes:
        left: The first duration.
        right: The second duration.
        day_difference: The least and the greatest number of days by which `left` is longer than
            `right`, over all start dates.

    >>> from nhs_api_catalogue import days, months
    >>> try:
    ...     days(30) <= months(1)
    ... except IndeterminateOrderError as error:
    ...     error.day_difference
    (-1, 2)
    """

    def __init__(self, left: object, right: object, day_difference: tuple[int, int]) -> None:
        super().__init__(left, right, day_difference)
        self.left = left
        self.right = right
        self.day_difference = day_difference

    def _message(self) -> str:
        low, high = self.day_difference
        return (
            f"whether {self.left} or {self.right} is longer depends on the start date "
            f"({low:+d} to {high:+d} days): use compare(..., start=), or sort by mean_days"
        )


class InvalidDateError(CatalogueError, ValueError):
    """A text that is not a date of the form YYYY-MM-DD.

    Attributes:
        value: The text.
        what: What the date is for.
        form: The expected form.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> try:
    ...     plan(catalogue, start="5 January 2026")
    ... except InvalidDateError as error:
    ...     print(error)
    '5 January 2026' is not a start date: expected a valid date, as YYYY-MM-DD
    """

    def __init__(self, value: str, what: str = "date", form: str = "YYYY-MM-DD") -> None:
        super().__init__(value, what, form)
        self.value = value
        self.what = what
        self.form = form

    def _message(self) -> str:
        return f"{shown(self.value)} is not a {self.what}: expected a valid date, as {self.form}"


class InvalidDurationError(CatalogueError, ValueError):
    """A length below zero.

    Attributes:
        value: The offending value.
        problem: What is wrong with it.

    >>> from nhs_api_catalogue import days
    >>> days(-1)
    Traceback (most recent call last):
        ...
    nhs_api_catalogue.errors.InvalidDurationError: -1 is not a duration: days cannot be below zero
    """

    def __init__(self, value: object, problem: str) -> None:
        super().__init__(value, problem)
        self.value = value
        self.problem = problem

    def _message(self) -> str:
        return f"{shown(self.value)} is not a duration: {self.problem}"


class DurationSyntaxError(InvalidDurationError):
    """A text that cannot be read as a duration or a range of durations.

    Attributes:
        text: The text as given.
        position: Where reading stopped, counted from 0.
        problem: What was expected there.

    >>> from nhs_api_catalogue import Duration
    >>> try:
    ...     Duration.parse("4 fortnights")
    ... except DurationSyntaxError as error:
    ...     error.position, error.problem
    (2, 'expected days, weeks, months or years')
    """

    def __init__(self, text: str, position: int, problem: str) -> None:
        super().__init__(text, problem)
        self.args: tuple[Any, ...] = (text, position, problem)
        self.text = text
        self.position = position

    def _message(self) -> str:
        rest = self.text[self.position : self.position + 20]
        found = repr(rest) if rest else "the end"
        return (
            f"cannot read {shown(self.text)} at position {self.position} ({found}): {self.problem}"
        )


class InvalidDurationRangeError(CatalogueError, ValueError):
    """A range whose shortest duration is not at most its longest on every date.

    Attributes:
        shortest: The lower end.
        longest: The upper end.

    >>> from nhs_api_catalogue import DurationRange
    >>> try:
    ...     DurationRange.parse("30 days to 1 month")
    ... except InvalidDurationRangeError as error:
    ...     print(error.shortest, "/", error.longest)
    30 days / 1 month
    """

    def __init__(self, shortest: object, longest: object) -> None:
        super().__init__(shortest, longest)
        self.shortest = shortest
        self.longest = longest

    def _message(self) -> str:
        return (
            f"{self.shortest} to {self.longest} is not a range: "
            f"the shortest must be at most the longest on every date"
        )


class InvalidWindowError(CatalogueError, ValueError):
    """A window whose earliest day comes after its latest.

    Attributes:
        earliest: The first day.
        latest: The last day.

    >>> from datetime import date
    >>> from nhs_api_catalogue import Window
    >>> try:
    ...     Window(date(2026, 2, 1), date(2026, 1, 5))
    ... except InvalidWindowError as error:
    ...     print(error)
    2026-02-01 to 2026-01-05 is not a window: the earliest day comes after the latest
    """

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(earliest, latest)
        self.earliest = earliest
        self.latest = latest

    def _message(self) -> str:
        return (
            f"{self.earliest} to {self.latest} is not a window: "
            f"the earliest day comes after the latest"
        )


class MissingExtraError(CatalogueError, ImportError):
    """A part of the library that needs a package that is not installed.

    Attributes:
        extra: The extra of this library that installs it.

    >>> print(MissingExtraError("polars"))
    this needs an extra: pip install 'nhs-api-catalogue[polars]'
    """

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def _message(self) -> str:
        return f"this needs an extra: pip install 'nhs-api-catalogue[{self.extra}]'"


class InvalidRecordError(CatalogueError, ValueError):
    """A record that breaks a rule of its class.

    Attributes:
        record: The id of the record, or the name of its class.
        field: The field at fault.
        value: The offending value.
        expected: What would be right.

    >>> from nhs_api_catalogue import Edition
    >>> try:
    ...     Edition("", "6B")
    ... except InvalidRecordError as error:
    ...     print(error)
    Edition: title is '', expected text that is not blank
    """

    def __init__(self, record: str, field: str, value: object, expected: str) -> None:
        super().__init__(record, field, value, expected)
        self.record = record
        self.field = field
        self.value = value
        self.expected = expected

    def _message(self) -> str:
        return f"{self.record}: {self.field} is {shown(self.value)}, expected {self.expected}"


class InvalidFileError(CatalogueError, ValueError):
    """A file that cannot be used, with every fault in it.

    The message shows the first faults; `problems` holds them all. A file of more than ten thousand
    is read no further: the last of its problems says so.

    Attributes:
        problems: The faults, in the order of the file.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue, load_overlay
    >>> try:
    ...     load_overlay(StringIO("{}"), catalogue)
    ... except InvalidFileError as error:
    ...     print(error.problems[0])
    the file is {}, expected the key 'format' as well
    """

    _what = "a file"
    _shown_at_most = 50

    def __init__(self, problems: tuple[_problems.Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def _message(self) -> str:
        count = len(self.problems)
        shown = self.problems[: self._shown_at_most]
        lines = [f"{count} {'fault' if count == 1 else 'faults'} in {self._what}:"]
        lines += [f"- {problem}" for problem in shown]
        if count > len(shown):
            lines.append(f"- and {count - len(shown)} more, in problems")
        return "\n".join(lines)


class InvalidCatalogueError(InvalidFileError):
    """A file of records that cannot be used, with every fault in it.

    >>> from nhs_api_catalogue import loads
    >>> try:
    ...     loads("[]")
    ... except InvalidCatalogueError as error:
    ...     print(error.problems[0])
    the file is [], expected an object
    """

    _what = "a catalogue file"


class InvalidOverlayError(InvalidFileError):
    """An overlay file that cannot be used, with every fault in it.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue, load_overlay
    >>> try:
    ...     load_overlay(StringIO("{"), catalogue)
    ... except InvalidOverlayError as error:
    ...     print(error.problems[0])
    the file: line 1, column 2 is '', expected more JSON: the text ends here
    """

    _what = "an overlay file"


class InvalidPlanFileError(InvalidFileError):
    """A plan file that cannot be used, with every fault in it.

    >>> from nhs_api_catalogue import loads_plan
    >>> try:
    ...     loads_plan("[]")
    ... except InvalidPlanFileError as error:
    ...     print(error.problems[0])
    the file is [], expected an object
    """

    _what = "a plan file"


class UnknownApiError(CatalogueError, KeyError):
    """A name that no record of the catalogue has.

    If it is the name of something else, the message says of what, and what to do. Otherwise the
    name is treated as a slip.

    Attributes:
        name: The name as given.
        nearest: Up to three names that it may be a slip of, the nearest first.
        services: The names of services that APIs need, as official sources call them.
        products: The names of products beyond the guide; see `products`.
        filters: The keywords of `Catalogue.filter` that accept it as a value, each with the value.

    >>> from nhs_api_catalogue import catalogue
    >>> try:
    ...     catalogue["eRX"]
    ... except UnknownApiError as error:
    ...     error.nearest
    ('eRS',)
    >>> try:
    ...     catalogue["Appointments"]
    ... except UnknownApiError as error:
    ...     print(error)
    'Appointments' is not an API in this catalogue: filter(topic='appointments') finds APIs
    """

    def __init__(
        self,
        name: object,
        nearest: tuple[str, ...] = (),
        products: tuple[str, ...] = (),
        services: tuple[str, ...] = (),
        filters: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(name, nearest, products, services, filters)
        self.name = name
        self.nearest = nearest
        self.products = products
        self.services = services
        self.filters = filters

    def _message(self) -> str:
        known: list[str] = []
        if self.services:
            known.append(
                f"APIs need {_join(self.services, 'and')}: in a plan, use "
                f"Service({self.services[0]!r}, ...)"
            )
        if self.products:
            known.append(
                f"NHS England has {_join(self.products, 'and')}: see nhs_api_catalogue.products"
            )
        if self.filters:
            calls = " or ".join(f"filter({keyword}={value!r})" for keyword, value in self.filters)
            known.append(f"{calls} finds APIs")
        if known:
            return f"{shown(self.name)} is not an API in this catalogue: {'; '.join(known)}"
        hint = f": did you mean {_join(self.nearest)}?" if self.nearest else ""
        return f"no API is called {shown(self.name)}{hint}"


class AmbiguousApiError(CatalogueError, LookupError):
    """A name that several records have.

    Attributes:
        name: The name as given.
        candidates: The full names of the records, in catalogue order.

    >>> from nhs_api_catalogue import catalogue
    >>> try:
    ...     catalogue["GP Connect"]
    ... except AmbiguousApiError as error:
    ...     error.candidates[0]
    'GP Connect – Access Record'
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name, candidates)
        self.name = name
        self.candidates = candidates

    def _message(self) -> str:
        return (
            f"{shown(self.name)} could be any of {len(self.candidates)} APIs: "
            f"use {_join(self.candidates)}"
        )


class UnknownProductError(CatalogueError, KeyError):
    """A name that no product beyond the guide has.

    Attributes:
        name: The name as given.
        nearest: Up to three names that it may be a slip of, the nearest first.
        listed: What NHS England's catalogue listed under that name, each with its page.

    >>> from nhs_api_catalogue import products
    >>> try:
    ...     products["NHS login"]
    ... except UnknownProductError as error:
    ...     print(error)
    no specification of 'NHS login' is public: NHS login API: listed on 2023-04-25, status unknown, https://digital.nhs.uk/developer/api-catalogue/nhs-login
    """

    def __init__(
        self, name: object, nearest: tuple[str, ...] = (), listed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(name, nearest, listed)
        self.name = name
        self.nearest = nearest
        self.listed = listed

    def _message(self) -> str:
        if self.listed:
            return f"no specification of {shown(self.name)} is public: {'; '.join(self.listed)}"
        hint = f": did you mean {_join(self.nearest)}?" if self.nearest else ""
        return f"no product is called {shown(self.name)}{hint}"


class AmbiguousProductError(CatalogueError, LookupError):
    """A name that several products beyond the guide have.

    Attributes:
        name: The name as given.
        candidates: The full names of the products, in order.

    >>> from nhs_api_catalogue import products
    >>> try:
    ...     products["NRL"]
    ... except AmbiguousProductError as error:
    ...     error.candidates[0]
    'National Record Locator Consumer - FHIR API'
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name, candidates)
        self.name = name
        self.candidates = candidates

    def _message(self) -> str:
        return (
            f"{shown(self.name)} could be any of {len(self.candidates)} products: "
            f"use {_join(self.candidates)}"
        )


class DuplicateApiError(CatalogueError, ValueError):
    """Two records in one catalogue with the same id, or one record that was asked for twice.

    Attributes:
        id: The id.
        names: The two names that were given for one record; empty if two records were given.

    >>> from nhs_api_catalogue import Catalogue, catalogue
    >>> try:
    ...     Catalogue([catalogue["eRS"]] * 2)
    ... except DuplicateApiError as error:
    ...     print(error)
    two records have the id 'e-rs': ids must be unique in a catalogue
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the record's own name for it
        names: tuple[str, ...] = (),
    ) -> None:
        super().__init__(id, names)
        self.id = id
        self.names = names

    def _message(self) -> str:
        if self.names:
            once = tuple(dict.fromkeys(self.names))
            fault = "is named twice" if len(once) == 1 else "mean the same API"
            return f"{_join(once, 'and')} {fault}: name each API once"
        return f"two records have the id {self.id!r}: ids must be unique in a catalogue"


class ConflictingApiError(CatalogueError, ValueError):
    """Two catalogues that have different records with the same id.

    Attributes:
        id: The id.
        fields: The fields in which the two records differ.

    >>> import attrs
    >>> from nhs_api_catalogue import Catalogue, catalogue
    >>> mine = Catalogue([attrs.evolve(catalogue["eRS"], edition=None, summary="Ours.")])
    >>> try:
    ...     catalogue | mine
    ... except ConflictingApiError as error:
    ...     error.id, error.fields
    ('e-rs', ('summary',))
    """

    def __init__(self, id: str, fields: tuple[str, ...]) -> None:  # noqa: A002  as the record
        super().__init__(id, fields)
        self.id = id
        self.fields = fields

    def _message(self) -> str:
        return (
            f"the two catalogues have different records of {self.id!r} "
            f"(they differ in {', '.join(self.fields)}): remove one of the two first"
        )


class InvalidPlanError(CatalogueError, ValueError):
    """A plan that cannot be made as asked.

    Attributes:
        problem: What is wrong, and what to do.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> try:
    ...     plan(catalogue)
    ... except InvalidPlanError as error:
    ...     print(error)
    a plan needs either a start or a deadline, and not both
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def _message(self) -> str:
        return self.problem


class UnavailableApiError(InvalidPlanError):
    """A plan with an API that is unavailable on some day when the plan may need it.

    Attributes:
        api: The name of the API.
        since: The first day on which it is unavailable.
        until: The last day, or None if no end is stated.
        text: The notice in its source's words.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> try:
    ...     plan(catalogue.select("GP Connect Appointment Management"), start="2026-01-05")
    ... except UnavailableApiError as error:
    ...     print(error.api, error.since, error.until)
    GP Connect – Appointment Management 2025-06-01 None
    """

    def __init__(self, api: str, since: date, until: date | None, text: str) -> None:
        end = f" to {until}" if until else ""
        super().__init__(
            f"{api} is unavailable from {since}{end} ({text}): "
            f"leave it out, or plan with allow_unavailable=True"
        )
        self.args: tuple[Any, ...] = (api, since, until, text)
        self.api = api
        self.since = since
        self.until = until
        self.text = text


class CyclicPlanError(InvalidPlanError):
    """A plan in which something waits for itself, through links or the order of a team.

    Attributes:
        cycle: The names in order, each needing the next; the first is also the last.

    >>> from nhs_api_catalogue import Link, catalogue, plan
    >>> links = [Link("eRS", "MESH"), Link("MESH", "eRS")]
    >>> try:
    ...     plan(catalogue.select("eRS", "MESH"), start="2026-01-05", links=links)
    ... except CyclicPlanError as error:
    ...     error.cycle
    ('e-Referral Service (eRS)', 'MESH', 'e-Referral Service (eRS)')
    """

    def __init__(self, cycle: tuple[str, ...]) -> None:
        shown = [repr(name) for name in cycle]
        if len(shown) > 12:
            shown[6:-1] = ["…"]
        super().__init__(
            f"these wait for each other: {' needs '.join(shown)}: "
            f"remove one of the links, or change the order of the team"
        )
        self.args: tuple[Any, ...] = (cycle,)
        self.cycle = cycle


class DeadlineError(InvalidPlanError):
    """A deadline that no start can meet, because fixed dates of the plan come too late for it.

    Attributes:
        deadline: The deadline.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> try:
    ...     plan(catalogue.select("MESH"), deadline="2026-03-31", built={"MESH": "2026-03-30"})
    ... except DeadlineError as error:
    ...     error.deadline
    datetime.date(2026, 3, 31)
    """

    def __init__(self, deadline: date) -> None:
        super().__init__(
            f"no start can meet the deadline {deadline}: change the deadline, "
            f"change the dates in starts and built, or leave something out"
        )
        self.args: tuple[Any, ...] = (deadline,)
        self.deadline = deadline


class UnplannedNameError(InvalidPlanError, UnknownApiError):
    """A name that nothing in the plan has, or the name of a service where an API is needed.

    Attributes:
        name: The name as given.
        where: The argument that has the name, or "the question".
        nearest: Up to three names in the plan that it may be a slip of, the nearest first.
        is_service: Whether a service of the plan has it where an API is needed.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> try:
    ...     plan(catalogue.select("eRS"), start="2026-01-05", done=["MESH"])
    ... except UnplannedNameError as error:
    ...     print(error)
    'MESH' in done is not in the plan: add it to the plan first
    """

    def __init__(
        self,
        name: object,
        where: str,
        nearest: tuple[str, ...] = (),
        is_service: bool = False,  # noqa: FBT001, FBT002  errors are rebuilt from `args`
    ) -> None:
        UnknownApiError.__init__(self, name, nearest)
        self.args: tuple[Any, ...] = (name, where, nearest, is_service)
        self.where = where
        self.is_service = is_service
        if is_service:
            hint = "a service of the plan, not an API: look in services"
        elif nearest:
            hint = f"not in the plan: did you mean {_join(nearest)}?"
        else:
            hint = "not in the plan: add it to the plan first"
        place = "" if where == "the question" else f" in {where}"
        self.problem: str = f"{shown(name)}{place} is {hint}"


class InvalidLikelihoodError(CatalogueError, ValueError):
    """A mode or a probability outside its range.

    Attributes:
        value: The offending value.
        what: What it was meant to be.
        expected: What would be right.

    >>> from nhs_api_catalogue import Triangular
    >>> try:
    ...     Triangular(1.5)
    ... except InvalidLikelihoodError as error:
    ...     print(error)
    1.5 is not a mode: expected a share of the span, from 0 to 1
    """

    def __init__(self, value: float, what: str, expected: str) -> None:
        super().__init__(value, what, expected)
        self.value = value
        self.what = what
        self.expected = expected

    def _message(self) -> str:
        return f"{shown(self.value)} is not {self.what}: expected {self.expected}"


class TooComplexError(CatalogueError, ValueError):
    """A question whose exact answer would cost too much; no guess is given instead.

    Attributes:
        size: How many steps, paths or assignments the answer takes, or took before giving up.
        limit: The most that are allowed.
        advice: What to leave out.
        unit: What is counted.

    >>> print(TooComplexError(2_000_000, 500_000, "leave out APIs or links"))
    an exact answer takes at least 2000000 steps, and the limit is 500000: leave out APIs or links
    """

    def __init__(self, size: int, limit: int, advice: str, unit: str = "steps") -> None:
        super().__init__(size, limit, advice, unit)
        self.size = size
        self.limit = limit
        self.advice = advice
        self.unit = unit

    def _message(self) -> str:
        return (
            f"an exact answer takes at least {self.size} {self.unit}, and the limit is "
            f"{self.limit}: {self.advice}"
        )


class UnknownValueError(CatalogueError, ValueError):
    """A word outside the fixed vocabulary of a field.

    Attributes:
        value: The word as given.
        what: What the vocabulary is for.
        allowed: The allowed words.
        nearest: The allowed word that it may be a slip of, or None.

    >>> from nhs_api_catalogue import catalogue
    >>> try:
    ...     catalogue.filter(topic="referral")
    ... except UnknownValueError as error:
    ...     error.nearest
    'referrals'
    """

    def __init__(
        self, value: object, what: str, allowed: tuple[str, ...], nearest: str | None = None
    ) -> None:
        super().__init__(value, what, allowed, nearest)
        self.value = value
        self.what = what
        self.allowed = allowed
        self.nearest = nearest

    def _message(self) -> str:
        hint = f": did you mean {self.nearest!r}? Expected" if self.nearest else ": expected"
        kind = with_article(self.what)
        expected = _join(self.allowed) if self.allowed else "none: there are no values"
        return f"{shown(self.value)} is not {kind}{hint} {expected}"
