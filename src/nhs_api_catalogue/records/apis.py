"""One API of the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeVar, final

import attrs

from nhs_api_catalogue._checks import (
    check,
    check_all,
    check_id,
    check_text,
    read_width,
    to_frozenset,
    to_tuple,
)
from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._names import nearest_word, read_text
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import DurationRange, Window, read_date
from nhs_api_catalogue.errors import InvalidRecordError, UnknownValueError
from nhs_api_catalogue.records.parts import (
    ASSURANCE,
    IMPLEMENTATION,
    REPLACEABLE,
    TIMES,
    AccessRule,
    Edition,
    Implementation,
    Notice,
    Printed,
    Suitability,
)
from nhs_api_catalogue.records.words import (
    AccessRoute,
    Answer,
    Capability,
    NoticeKind,
    Standard,
    Topic,
    User,
    member_of,
    words_of,
)

if TYPE_CHECKING:
    import nhs_api_catalogue.official as statements
    import nhs_api_catalogue.records.own_values as own_values
    import nhs_api_catalogue.working_days as working_days
    import nhs_api_catalogue.working_days.times as times
else:
    own_values = Later("nhs_api_catalogue.records.own_values")
    statements = Later("nhs_api_catalogue.official")
    working_days = Later("nhs_api_catalogue.working_days")
    times = Later("nhs_api_catalogue.working_days.times")

T = TypeVar("T")

# The kinds of notices which mean that nobody can use the API.
CLOSING: Final = frozenset({NoticeKind.UNAVAILABLE})

# The fields of `official_details` whose texts are sentences, each on its own line.
SENTENCES: Final = frozenset(
    {"official", "successors", "differences", "prerequisites", "timescales", "addresses"}
)
# What people read instead of a field's name.
LABELS: Final = {
    "technical": IMPLEMENTATION,
    "assurance": ASSURANCE,
    "total": "both, one after the other",
    "max_data_age": "data may be as old as",
    "aliases": "also called",
    "open_to_new_integrations": "open to new integrations",
    "official": "official entries",
    "successors": "replaced by",
    "addresses": "addresses of the sources",
}


# mypy reads a converter's type from a named function that is not generic.


def _implementations(
    values: list[Implementation] | tuple[Implementation, ...],
) -> tuple[Implementation, ...]:
    return to_tuple(values)


def _rules(values: list[AccessRule] | tuple[AccessRule, ...]) -> tuple[AccessRule, ...]:
    return to_tuple(values)


def _notices(values: list[Notice] | tuple[Notice, ...]) -> tuple[Notice, ...]:
    return to_tuple(values)


def _texts(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return to_tuple(values)


def _replaced(
    values: list[own_values.OwnValue] | tuple[own_values.OwnValue, ...],
) -> tuple[own_values.OwnValue, ...]:
    return to_tuple(values)


def _capabilities(
    values: AbstractSet[Capability] | list[Capability] | tuple[Capability, ...],
) -> frozenset[Capability]:
    return to_frozenset(values)


def _topics(values: AbstractSet[Topic] | list[Topic] | tuple[Topic, ...]) -> frozenset[Topic]:
    return to_frozenset(values)


def _users(values: AbstractSet[User] | list[User] | tuple[User, ...]) -> frozenset[User]:
    return to_frozenset(values)


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Api(Value):
    """One API: what it is, how it is built and reached, and how long it takes to go live.

    Two records are equal if all their values are. Where the values come from (`edition`) and what
    official sources say about the API (`overlay`) do not count. `str` is the whole record as text.

    A value keeps its source. So `attrs.evolve` and `copy.replace` refuse to change a value of a
    record that has an edition; `Catalogue.replace` changes it and shows the new source.

    Attributes:
        id: An ASCII slug that never changes.
        name: The name as the source spells it.
        printed: The cells of the source's table; None on a record of your own.
        summary: What it does, in our own words; may be empty.
        technical: How long technical implementation takes.
        assurance: How long NHS England's assurance takes.
        implementations: The ways in which it is built, as alternatives.
        access: How it can be reached; at most one rule per supplier.
        notices: What the source says about it for a period.
        suitability: What it may be used for.
        max_data_age: How old its data may be; None if the source does not say.
        capabilities: What it can do, as far as the source says.
        topics: What its data is about.
        users: Who uses it, as far as the source says.
        aliases: Other names that people use for it.
        own: Which values a user replaced, each with its source; one per field.
        edition: Where the values come from; None on a record of your own.
        overlay: A function that gives what official sources say; None if there is no overlay.
        total: `technical` + `assurance`, to show and to compare; dates come from the stages. None
            if only one of them is in working days, because then they have no sum.
        standards: The technologies of all implementations.
        open_routes: The routes of all access rules, for any supplier.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> mine = Api(
    ...     id="ward-board",
    ...     name="Ward board",
    ...     technical=DurationRange.parse("4-6 weeks"),
    ...     assurance=DurationRange.parse("1-2 months"),
    ... )
    >>> mine
    <Api ward-board: 'Ward board'>
    >>> print(mine.total)
    1 month 4 weeks to 2 months 6 weeks
    """

    id: str
    name: str
    printed: Printed | None = None
    summary: str = ""
    technical: DurationRange | working_days.WorkingDays
    assurance: DurationRange | working_days.WorkingDays
    implementations: tuple[Implementation, ...] = attrs.field(
        default=(), converter=_implementations
    )
    access: tuple[AccessRule, ...] = attrs.field(default=(), converter=_rules)
    notices: tuple[Notice, ...] = attrs.field(default=(), converter=_notices)
    suitability: Suitability = attrs.field(factory=Suitability)
    max_data_age: timedelta | None = None
    capabilities: frozenset[Capability] = attrs.field(default=frozenset(), converter=_capabilities)
    topics: frozenset[Topic] = attrs.field(default=frozenset(), converter=_topics)
    users: frozenset[User] = attrs.field(default=frozenset(), converter=_users)
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    own: tuple[own_values.OwnValue, ...] = attrs.field(default=(), converter=_replaced)
    edition: Edition | None = attrs.field(default=None, eq=False)
    overlay: statements.OverlayReader | None = attrs.field(default=None, eq=False)
    total: DurationRange | working_days.WorkingDays | None = attrs.field(init=False, eq=False)
    standards: frozenset[Standard] = attrs.field(init=False, eq=False)
    open_routes: frozenset[AccessRoute] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        self._check()
        # attrs does not tell a class about `evolve`; `copy.replace` calls `evolve` too.
        # The caller of `__init__`; Python has no other name for it.
        maker = sys._getframe(1).f_back  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        if maker is not None and maker.f_code is attrs.evolve.__code__:
            self._check_sources(maker.f_locals["inst"])
        derived = (
            ("total", _total(self.technical, self.assurance)),
            ("standards", _shared([item.standard for item in self.implementations])),
            ("open_routes", _shared([route for rule in self.access for route in rule.routes])),
        )
        for name, value in derived:
            object.__setattr__(self, name, value)

    def _check(self) -> None:
        record = self.id
        check_id("Api", id=record)
        check_text(record, name=self.name)
        for field, kind in _KINDS:
            check(record, field, getattr(self, field), kind)
        for field in TIMES:
            time = getattr(self, field)
            if type(time) is not DurationRange:
                times.check_time(record, field, time)
        for field, box, element in _BOXES:
            check_all(record, field, getattr(self, field), box, element)
        age = self.max_data_age
        if age is not None and age < timedelta(0):
            raise InvalidRecordError(record, "max_data_age", age, "a time of zero or more")
        for alias in self.aliases:
            check_text(record, aliases=alias)
        overlay: object = self.overlay
        if overlay is not None and not callable(overlay):
            expected = "a function that gives an Overlay, or None"
            raise InvalidRecordError(record, "overlay", overlay, expected)
        suppliers = [_folded(rule.supplier) for rule in self.access]
        if len(set(suppliers)) < len(suppliers):
            raise InvalidRecordError(record, "access", suppliers, "at most one rule per supplier")
        if self.own != ():
            self._check_own()

    def _check_own(self) -> None:
        check_all(self.id, "own", self.own, tuple, own_values.OwnValue)
        replaced = [own.field for own in self.own]
        if len(set(replaced)) < len(replaced):
            raise InvalidRecordError(self.id, "own", replaced, "at most one source per field")

    def _check_sources(self, old: Api) -> None:
        """Refuse an evolved record with values that its source never stated."""
        if self.edition is not old.edition:
            return
        replaced = {own.field for own in old.own if own in self.own}
        for field in (field.name for field in attrs.fields(Api) if field.eq):
            value = getattr(self, field)
            is_own = self.edition is None and field not in replaced
            if is_own or value == getattr(old, field):
                continue
            way_out = (
                f"catalogue.replace({old.id!r}, {field}=..., source=...) changes it, and shows the "
                "new source"
                if field in REPLACEABLE
                else "edition=None makes the record your own"
            )
            raise InvalidRecordError(old.id, field, value, f"what its source says; {way_out}")

    # -- questions --

    def reachable(self, route: AccessRoute | str, supplier: str | None = None) -> Answer:
        """Whether the API can be reached by that route; UNKNOWN if the source does not say.

        Args:
            route: The route, or its text.
            supplier: The supplier, in any case; its own rule counts, or else the rule for every
                supplier. Without one, YES means that some supplier can be reached by that route,
                and NO that none can.

        Raises:
            UnknownValueError: The text is not an access route.
            TypeError: The route is neither that nor its text, or the supplier is not text.

        >>> from nhs_api_catalogue import AccessRoute, catalogue
        >>> api = catalogue["IM1 Transaction"]
        >>> [api.reachable(AccessRoute.HSCN, who).value for who in ("EMIS", "TPP", "Vision")]
        ['yes', 'no', 'unknown']
        """
        route = member_of(AccessRoute, route, "access route")
        if supplier is not None:
            rule = self._rule_for(read_text(supplier, "the name of a supplier"))
            if rule is None:
                return Answer.UNKNOWN
            return Answer.YES if route in rule.routes else Answer.NO
        if route in self.open_routes:
            return Answer.YES
        return Answer.UNKNOWN if not self.access or self._without_rule() else Answer.NO

    def _rule_for(self, supplier: str | None) -> AccessRule | None:
        """The supplier's own rule, or the rule for every supplier, or None."""
        rules = {_folded(rule.supplier): rule for rule in self.access}
        return rules.get(_folded(supplier)) or rules.get(None)

    def _without_rule(self) -> tuple[str | None, ...]:
        """The suppliers of implementations that no rule covers, in order."""
        suppliers = dict.fromkeys(item.supplier for item in self.implementations)
        return tuple(supplier for supplier in suppliers if self._rule_for(supplier) is None)

    def available(self, on: date | str) -> bool:
        """Whether no notice says that the API is unavailable on that day.

        Args:
            on: The day, as a date or its text YYYY-MM-DD.

        Raises:
            InvalidDateError: The text is not a date.
            TypeError: The day is a `datetime`, or neither a date nor a text.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue["GP Connect Appointment Management"].available("2026-01-05")
        False
        """
        day = read_date(on)
        return not any(notice.kind in CLOSING and notice.in_force(day) for notice in self.notices)

    def unavailable_between(self, earliest: date | str, latest: date | str) -> Notice | None:
        """The first notice that the API is unavailable on some day from the earliest to the latest.

        Raises:
            InvalidDateError: A text is not a date.
            InvalidWindowError: The earliest day comes after the latest.
            TypeError: A day is a `datetime`, or neither a date nor a text.

        >>> from nhs_api_catalogue import catalogue
        >>> api = catalogue["GP Connect Appointment Management"]
        >>> print(api.unavailable_between("2025-05-01", "2025-06-30").since)
        2025-06-01
        """
        window = Window(read_date(earliest), read_date(latest))
        for notice in self.notices:
            if notice.kind in CLOSING and notice.overlaps(window.earliest, window.latest):
                return notice
        return None

    # -- what official sources say about it --

    @property
    def official(self) -> tuple[statements.OfficialEntry, ...]:
        """The official products that the record stands for.

        >>> from nhs_api_catalogue import catalogue
        >>> [entry.id for entry in catalogue["SDS"].official]
        ['spine-directory-service-fhir', 'spine-directory-service-ldap']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "entries").entries_of(self.id)

    @property
    def differences(self) -> tuple[statements.Difference, ...]:
        """Where an official source, or another, differs from the record.

        >>> from nhs_api_catalogue import catalogue
        >>> [str(difference.severity) for difference in catalogue["SCR"].differences]
        ['informative', 'blocks plan']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "differences").differences_of(self.id)

    @property
    def prerequisites(self) -> tuple[statements.Prerequisite, ...]:
        """What it needs before it can be built, assured or live, and what it does not need.

        >>> from nhs_api_catalogue import catalogue
        >>> [f"{need.strength}: {need.name}" for need in catalogue["DoS"].prerequisites]
        ['conditional: DoS account']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "prerequisites").prerequisites_of(self.id)

    @property
    def timescales(self) -> tuple[statements.Timescale, ...]:
        """The times that official sources publish for it; a plan uses them only if you ask.

        >>> from nhs_api_catalogue import catalogue
        >>> [f"{timescale.what}: {timescale.text}" for timescale in catalogue["BaRS"].timescales]
        ['SCAL, from the first complete submission, on average: 2 to 4 weeks']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "timescales").timescales_of(self.id)

    @property
    def open_to_new_integrations(self) -> statements.Openness:
        """Whether it takes new integrations, according to its official products.

        If all products agree, that is the answer. If some are open, in full or in part, and others
        are not, it is LIMITED. If some are closed and the others unknown, or if there are no
        products, it is UNKNOWN.

        >>> from nhs_api_catalogue import catalogue
        >>> for name in ("MESH", "EPS", "DoS"):
        ...     print(catalogue[name].open_to_new_integrations)
        yes
        limited
        unknown
        """
        from nhs_api_catalogue.official.entries import openness_of  # noqa: PLC0415  few ask

        return openness_of(self.official)

    def official_details(self) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
        """What official sources say, as texts with their sources, by field.

        Empty if the record has no overlay.

        >>> from nhs_api_catalogue import catalogue
        >>> dict(catalogue["BaRS"].official_details())["open_to_new_integrations"]
        'yes'
        """
        if self.overlay is None:
            return ()
        from nhs_api_catalogue.official.entries import openness_of  # noqa: PLC0415  few ask

        about = self.overlay(self.id).about(self.id)
        services = {service.id: service.name for service in about.services}
        own = [entry for entry in about.entries if self.id in entry.apis]
        successors = [entry for entry in about.entries if self.id not in entry.apis]
        return (
            ("open_to_new_integrations", str(openness_of(own))),
            ("official", tuple(entry.describe(about.entries) for entry in own)),
            ("successors", tuple(entry.describe(about.entries) for entry in successors)),
            ("differences", tuple(map(str, about.differences))),
            ("prerequisites", tuple(map(str, about.prerequisites))),
            (
                "timescales",
                tuple(
                    f"{services[one.applies_to]}: {one}" if one.applies_to in services else str(one)
                    for one in about.timescales
                ),
            ),
            ("addresses", tuple(f"{source.title}: {source.url}" for source in about.sources)),
        )

    # -- where values come from, and their texts --

    def source_of(self, field: str) -> str:
        """Where the value of a field comes from, with the date.

        A time that does not come from NHS England is called a third-party estimate. A value made
        from other fields, such as `total`, has their sources.

        Args:
            field: The name of the field. Official statements are not fields: each has its source.

        Raises:
            UnknownValueError: No value of a record has that name; the error names the nearest.
            TypeError: It is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue["eRS"].source_of("technical")
        'third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)'
        """
        if parts := _MADE_OF.get(read_text(field, "the name of a field")):
            return "; ".join(dict.fromkeys(map(self.source_of, parts)))
        if field not in _SOURCED:
            nearest = nearest_word(field, _SOURCED)
            raise UnknownValueError(field, "field with a source", _SOURCED, nearest)
        for own in self.own:
            if own.field == field:
                return str(own)
        if self.edition is None:
            return "source not stated"
        if field in TIMES and not self.edition.is_official:
            return f"third-party estimate of the {self.edition}"
        return str(self.edition)

    @property
    def access_text(self) -> str:
        """The routes in a few words: "by supplier" if they differ, "unknown" if there are none."""
        if len(self.access) == 1 and self.access[0].supplier is None:
            return str(self.access[0])
        return "by supplier" if self.access else "unknown"

    def details(
        self, *, official: bool = True
    ) -> tuple[tuple[str, str | tuple[str, ...] | None], ...]:
        """The values as texts, each with the name of its field, in display order.

        Args:
            official: Whether to add what official sources say.

        >>> from nhs_api_catalogue import catalogue
        >>> dict(catalogue["MESH"].details(official=False))["technical"]
        '4-6 weeks'
        """
        unknown = tuple(f"{who or 'otherwise'}: unknown" for who in self._without_rule())
        return (
            ("summary", self.summary),
            ("technical", str(self.technical)),
            ("assurance", str(self.assurance)),
            ("total", total_text(self)),
            ("implementations", tuple(str(item) for item in self.implementations)),
            ("access", (*(str(rule) for rule in self.access), *unknown)),
            ("notices", tuple(str(notice) for notice in self.notices)),
            ("suitability", str(self.suitability)),
            ("max_data_age", None if self.max_data_age is None else _hours(self.max_data_age)),
            ("capabilities", words_of(self.capabilities)),
            ("topics", words_of(self.topics)),
            ("users", words_of(self.users)),
            ("aliases", self.aliases),
            ("sources", sources_of(self)),
            *(self.official_details() if official else ()),
        )

    def describe(self, *, width: int = 80, addresses: bool = True) -> str:
        """The record as text with its sources; only long web addresses exceed the width.

        Args:
            width: The number of columns of a line.
            addresses: Whether to list the web addresses of the sources.

        Raises:
            ValueError: The width is below 60.
            TypeError: The width is not a whole number.

        >>> from nhs_api_catalogue import catalogue
        >>> print(catalogue["MESH"].describe().splitlines()[4].lstrip())
        technical implementation  4-6 weeks
        """
        read_width(width)
        lines = [self.name]
        for field, value in self.details():
            label = LABELS.get(field, field)
            if not value or (field == "addresses" and not addresses):
                continue
            if field in SENTENCES:
                lines.append(f"  {label}")
                for text in value:
                    lines += _wrapped(f"    - {text}", width, 6)
            else:
                text = value if isinstance(value, str) else "; ".join(value)
                lines += _wrapped(f"  {label:26}{text}", width, 28)
        return visible_lines(lines)

    def __repr__(self) -> str:
        return f"<Api {self.id}: {self.name!r}>"

    def __str__(self) -> str:
        return self.describe()

    def __rich_repr__(self) -> Iterator[str]:
        """What rich shows of a record: not all of it."""
        yield self.id
        yield self.name

    def _repr_html_(self) -> str:
        """The record as a table for notebooks; it says the same as `str`."""
        from nhs_api_catalogue.records.tables import write_api  # noqa: PLC0415  few need it

        return write_api(self)


# The types of fields that are not text, and of the items of fields with several values.
_KINDS: Final[tuple[tuple[str, type | tuple[type, ...]], ...]] = (
    ("printed", (Printed, NoneType)),
    ("summary", str),
    ("suitability", Suitability),
    ("max_data_age", (timedelta, NoneType)),
    ("edition", (Edition, NoneType)),
)
_BOXES: Final[tuple[tuple[str, type, type], ...]] = (
    ("implementations", tuple, Implementation),
    ("access", tuple, AccessRule),
    ("notices", tuple, Notice),
    ("capabilities", frozenset, Capability),
    ("topics", frozenset, Topic),
    ("users", frozenset, User),
    ("aliases", tuple, str),
)

# The fields made from others, and all fields that have a source.
_MADE_OF: Final = {"total": TIMES, "standards": ("implementations",)} | dict.fromkeys(
    ("open_routes", "access_text"), ("access",)
)
_SOURCED: Final = ("id", "printed", *REPLACEABLE, *_MADE_OF)


# Most records have one of a few dozens.
_SETS: Final[dict[frozenset[Any], frozenset[Any]]] = {}


def _shared(words: list[T]) -> frozenset[T]:
    """The words as a set, shared by all records that have the same words."""
    made = frozenset(words)
    return _SETS.setdefault(made, made)


def _total(one: times.StageTime, other: times.StageTime) -> times.StageTime | None:
    # Most records use calendar time, and load nothing for working days.
    if type(one) is DurationRange and type(other) is DurationRange:
        return one + other
    return times.total_of(one, other)


def total_text(api: Api) -> str:
    """Both stages in words: their total, or each of them if they have no sum."""
    return f"{api.technical}, then {api.assurance}" if api.total is None else str(api.total)


def sources_of(api: Api) -> tuple[str, ...]:
    """Where the values come from; each replaced value is named with its source."""
    replaced = {own.field for own in api.own}
    fields = (field for field in ("name", *TIMES) if field not in replaced)
    sources = dict.fromkeys(api.source_of(field) for field in fields)
    return (*sources, *(f"{own.field}: {own}" for own in api.own))


def with_values(api: Api, values: dict[str, Any]) -> Api:
    """The record with these values instead of its own; the caller also gives their sources."""
    fields = (field.name for field in attrs.fields(Api) if field.init)
    return Api(**{**{name: getattr(api, name) for name in fields}, **values})


def _folded(supplier: str | None) -> str | None:
    """The supplier's name, case-folded."""
    return None if supplier is None else supplier.casefold()


def _hours(time: timedelta) -> str:
    """The time in hours if it is a whole number of hours, otherwise as Python writes it."""
    hours, rest = divmod(time, timedelta(hours=1))
    return str(time) if rest else f"{hours} hours"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    """The text in lines of that width, indented after the first; web addresses stay whole."""
    from textwrap import wrap  # noqa: PLC0415  it costs 1 ms

    return wrap(
        text, width, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False
    )
