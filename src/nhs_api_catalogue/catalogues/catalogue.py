"""A catalogue: an immutable, ordered collection of records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeVar, Unpack, cast, final, overload

import attrs

from nhs_api_catalogue._checks import at_position, check_kind, read_width
from nhs_api_catalogue._escapes import shown, visible_lines
from nhs_api_catalogue._frames import Tabular
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._names import suggest_keywords, unpacking
from nhs_api_catalogue._values import Value, fingerprint
from nhs_api_catalogue.catalogues.lookup import Lookup, filters_that_take, services_called
from nhs_api_catalogue.durations import Duration, months, read_date
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    ConflictingApiError,
    DuplicateApiError,
    UnknownApiError,
)
from nhs_api_catalogue.records import Api, Edition
from nhs_api_catalogue.records.apis import with_values
from nhs_api_catalogue.records.parts import REPLACEABLE
from nhs_api_catalogue.records.words import member_of

if TYPE_CHECKING:
    import nhs_api_catalogue._search as _search
    import nhs_api_catalogue.catalogues.ages as ages
    import nhs_api_catalogue.catalogues.ranking as ranking
    import nhs_api_catalogue.catalogues.replacing as replacing
    import nhs_api_catalogue.comparisons as comparisons
    import nhs_api_catalogue.official as statements
    import nhs_api_catalogue.official.tables as stated
    import nhs_api_catalogue.queries as queries
    import nhs_api_catalogue.queries.arguments as arguments
    import nhs_api_catalogue.tables as tables
    from nhs_api_catalogue._frames import Frame
else:
    _search = Later("nhs_api_catalogue._search")
    ages = Later("nhs_api_catalogue.catalogues.ages")
    ranking = Later("nhs_api_catalogue.catalogues.ranking")
    replacing = Later("nhs_api_catalogue.catalogues.replacing")
    comparisons = Later("nhs_api_catalogue.comparisons")
    statements = Later("nhs_api_catalogue.official")
    queries = Later("nhs_api_catalogue.queries")
    arguments = Later("nhs_api_catalogue.queries.arguments")
    stated = Later("nhs_api_catalogue.official.tables")
    tables = Later("nhs_api_catalogue.tables")

# Most people look up a record or two. Tests, search, comparisons and the like would add a tenth to
# the cost of the first record, so each is imported where it is used.

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_YEAR: Final = months(12)

# Other words for the keywords of `Catalogue.filter`, each with the keyword that it means.
MEANT: Final = {
    "access": "route",
    "access_route": "route",
    "network": "route",
    "implementation": "standard",
    "technology": "standard",
    "available": "available_on",
    "assurance": "assurance_within",
    "technical": "technical_within",
    "total": "total_within",
    "time": "total_within",
    "open": "open_to_new_integrations",
    "use": "suitable_for",
}


def read_records(apis: Iterable[Api]) -> tuple[Api, ...]:
    """The given records.

    Raises:
        TypeError: Something else is given, or a single record that is not in a list.
    """
    given: object = apis
    if isinstance(given, str) or not isinstance(given, Iterable):
        message = f"expected records (Api) in a list or a catalogue, got {given!r}"
        raise TypeError(message)
    records = tuple(apis)
    if others := set(map(type, records)) - {Api}:
        odd = next(record for record in records if type(record) in others)
        from nhs_api_catalogue.beyond.records import way_to_a_record  # noqa: PLC0415  see below

        hint = f"{unpacking(odd)}{way_to_a_record(odd)}"
        message = f"expected records (Api), got {shown(odd)}{hint}"
        raise TypeError(message)
    return records


@final
@attrs.frozen(eq=False, repr=False, slots=False)
class Catalogue(Value, Tabular):
    """The records of one edition, or some of them, in order.

    Like a sequence, it has a length, positions, slices and an order. It is not a `Sequence` of
    `collections.abc`, because data frame libraries treat a sequence as a single column before they
    ask for its table. `apis` is a tuple.

    You can find a record by its id, its name or an alias. Case, width, spaces, dashes and
    punctuation do not matter, nor do plurals and endings such as " - FHIR API". A name or id beats
    an alias of another record; names of official products come last. `[]`, `get` and `in` follow
    the same rules. If no record has the name, `[]` raises `UnknownApiError`, `get` returns its
    default and `in` is False. If several records have it, all three raise `AmbiguousApiError`.

    Two catalogues are equal if they have equal records in the same order. `|`, `&` and `-` compare
    ids: they give the records of both (the left ones first), the left ones that the right also
    has, and the left ones that the right does not have. They raise `ConflictingApiError` if the
    two have different records of one id.

    Attributes:
        apis: The records.
        edition: Where the records come from; not part of equality.
        found_by: Which words were found, if the records are the result of `search`; otherwise
            None. Not part of equality.

    Raises:
        DuplicateApiError: Two records share an id.
        TypeError: One is not a record, or the edition is not an `Edition`.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue
    <Catalogue of 23 APIs, NHS API Guide 2025 (6B, 2025-09-09)>
    >>> catalogue["e-rs"] is catalogue["E-Referral Service (ERS)"]
    True
    >>> "Wayfinder" in catalogue, catalogue.get("Facebook")
    (True, None)
    """

    apis: tuple[Api, ...] = attrs.field(converter=read_records)
    edition: Edition = attrs.field(default=Edition("own records", "source not stated"), eq=False)
    found_by: _search.SearchMatch | None = attrs.field(default=None, eq=False, init=False)

    def __attrs_post_init__(self) -> None:
        edition: object = self.edition
        if not isinstance(edition, Edition):
            message = f"expected an Edition, got {edition!r}"
            raise TypeError(message)
        if len(self._places) < len(self.apis):
            ids = [api.id for api in self.apis]
            raise DuplicateApiError(
                next(one for place, one in enumerate(ids) if one in ids[:place])
            )

    @cached_property
    def _places(self) -> dict[str, int]:
        return {api.id: place for place, api in enumerate(self.apis)}

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.apis, self._places)

    @cached_property
    def _texts(self) -> _search.SearchTexts:
        from nhs_api_catalogue._search import SearchTexts  # noqa: PLC0415  see above
        from nhs_api_catalogue.catalogues.ranking import searched  # noqa: PLC0415  see above

        return SearchTexts(map(searched, self.apis))

    @property
    def _names_by_id(self) -> dict[str, str]:
        return {api.id: api.name for api in self.apis}

    def _with_id(self, id_: str) -> Api | None:
        place = self._places.get(id_)
        return None if place is None else self.apis[place]

    def _part(self, apis: Iterable[Api]) -> Catalogue:
        """Some of the records, each once, in any order; they are checked already."""
        part = object.__new__(type(self))
        object.__setattr__(part, "apis", tuple(apis))
        object.__setattr__(part, "edition", self.edition)
        object.__setattr__(part, "found_by", None)
        return part

    # -- as a sequence --

    def __len__(self) -> int:
        return len(self.apis)

    def __iter__(self) -> Iterator[Api]:
        return iter(self.apis)

    @overload
    def __getitem__(self, key: str | int) -> Api: ...
    @overload
    def __getitem__(self, key: slice) -> Catalogue: ...
    def __getitem__(self, key: str | int | slice) -> Api | Catalogue:
        """The record with that name, id or alias, or at that position, or those in the slice.

        Raises:
            UnknownApiError: No record has the name.
            AmbiguousApiError: Several records have the name.
            IndexError: There is no such position.
            TypeError: The key is not a name, a position or a slice.
        """
        if isinstance(key, str):
            return self._named(key)
        if isinstance(key, slice):
            return self._part(self.apis[key])
        return at_position(self.apis, key, "records")

    def __reversed__(self) -> Iterator[Api]:
        return reversed(self.apis)

    def __contains__(self, key: object) -> bool:
        """Whether a record has the name, or whether the record itself is here.

        Raises:
            AmbiguousApiError: Several records have the name.
        """
        if isinstance(key, str):
            return self._find(key) is not None
        return isinstance(key, Api) and self._with_id(key.id) == key

    def index(self, value: Api | str, start: int = 0, stop: int = sys.maxsize) -> int:
        """The position of the record.

        Args:
            value: The record, or one of its names.
            start: The first position to look at.
            stop: The position before which to stop.

        Raises:
            UnknownApiError: No record has the name.
            AmbiguousApiError: Several records have the name.
            ValueError: The record is not here, or not between the two positions.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.index("eRS")
        3
        """
        api = self._named(value) if isinstance(value, str) else value
        try:
            return self.apis.index(api, start, stop)
        except ValueError:
            message = f"{value!r} is not in this part of the catalogue"
            raise ValueError(message) from None

    def count(self, value: object) -> int:
        """1 if the record, or a record with that name, is here, otherwise 0.

        Raises:
            AmbiguousApiError: Several records have the name.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.count("eRS"), catalogue.count("Facebook")
        (1, 0)
        """
        return int(value in self)

    # -- by name --

    def _find(self, name: str) -> Api | None:
        """The record that has the name, or None."""
        given: object = name
        if not isinstance(given, str):
            message = f"expected the name of an API, got {shown(given)}{unpacking(given)}"
            raise TypeError(message)
        found = [self.apis[place] for place in self._lookup.places(name)]
        if len(found) > 1:
            names = dict.fromkeys(api.name for api in found)
            clear = len(names) == len(found)
            raise AmbiguousApiError(name, tuple(api.name if clear else api.id for api in found))
        return next(iter(found), None)

    def _named(self, name: str) -> Api:
        api = self._find(name)
        if api is None:
            from nhs_api_catalogue.beyond.bundled import named  # noqa: PLC0415  see above

            products, services = named(name), services_called(name, self.overlays)
            filters = filters_that_take(name)
            nearest: tuple[str, ...] = ()
            # The name of something else is not a slip.
            if not (products or services or filters):
                nearest, filters = self._lookup.nearest(name)
            raise UnknownApiError(name, nearest, products, services, filters)
        return api

    @overload
    def get(self, name: str) -> Api | None: ...
    @overload
    def get(self, name: str, default: T) -> Api | T: ...
    def get(self, name: str, default: T | None = None) -> Api | T | None:
        """The record with that name, id or alias, or the default.

        Args:
            name: The name.
            default: The answer if no record has it.

        Raises:
            AmbiguousApiError: Several records have the name.
            TypeError: The name is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.get("eRS"), catalogue.get("Facebook", "not ours")
        (<Api e-rs: 'e-Referral Service (eRS)'>, 'not ours')
        """
        api = self._find(name)
        return default if api is None else api

    def select(self, *names: str | Iterable[str]) -> Catalogue:
        """The records with these names, or with the names in one list, in the given order.

        Raises:
            UnknownApiError: No record has one of the names.
            AmbiguousApiError: Several records have one of the names.
            DuplicateApiError: Two of the names mean one record.
            TypeError: A name is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.select("MESH", "eRS")]
        ['mesh', 'e-rs']
        """
        found: dict[str, str] = {}
        apis: list[Api] = []
        for name in _read_names(names):
            api = self._named(name)
            if api.id in found:
                raise DuplicateApiError(api.id, (found[api.id], name))
            found[api.id] = name
            apis.append(api)
        return self._part(apis)

    def matching(self, text: str) -> Catalogue:
        """The records whose name, id or alias is the text, or begins with it as whole words.

        Raises:
            TypeError: It is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.matching("IM1")]
        ['im1-bulk', 'im1-patient', 'im1-transaction']
        >>> len(catalogue.matching("IM"))
        0
        """
        return self._part(self.apis[place] for place in self._lookup.matching(text))

    def _ipython_key_completions_(self) -> list[str]:
        """What IPython suggests after `catalogue["`: every name, id and alias of one record."""
        names = [name for api in self.apis for name in (api.name, api.id, *api.aliases)]
        return [name for name in dict.fromkeys(names) if len(self._lookup.places(name)) == 1]

    # -- by what is looked for --

    @suggest_keywords(**MEANT)
    def filter(  # noqa: PLR0913  one keyword for each question, all of them optional
        self,
        *,
        standard: arguments.Standards | None = None,
        supplier: arguments.Suppliers | None = None,
        transport: arguments.Transports | None = None,
        proxy: arguments.Proxies | None = None,
        auth: arguments.AuthProtocols | None = None,
        restful: bool | None = None,
        route: arguments.AccessRoutes | None = None,
        topic: arguments.Topics | None = None,
        capability: arguments.Capabilities | None = None,
        user: arguments.Users | None = None,
        suitable_for: arguments.UseContexts | None = None,
        stated_for: arguments.UseContexts | None = None,
        available_on: date | str | None = None,
        open_to_new_integrations: statements.Opennesses | None = None,
        technical_within: Duration | str | None = None,
        technical_may_be_within: Duration | str | None = None,
        assurance_within: Duration | str | None = None,
        assurance_may_be_within: Duration | str | None = None,
        total_within: Duration | str | None = None,
        total_may_be_within: Duration | str | None = None,
    ) -> Catalogue:
        """The records that certainly match everything asked, in order; unknown does not match.

        The function of the same name in `nhs_api_catalogue.queries` describes each keyword.
        Several values of one keyword mean any of them.

        Args:
            standard: The standard. This and the next five must match the same implementation.
            supplier: The supplier; with `route`, the route of that supplier counts.
            transport: What carries the messages.
            proxy: The proxy in between.
            auth: How callers are authenticated.
            restful: Whether it is RESTful; only where the source says so.
            route: How it is reached; without `supplier`, at any supplier.
            topic: What its data is about.
            capability: What it can do.
            user: Who uses it.
            suitable_for: A use that the source does not rule out.
            stated_for: A use that the source names.
            available_on: A day on which no notice says that it is unavailable.
            open_to_new_integrations: Whether official sources say that it takes new integrations.
            technical_within: Implementation certainly takes at most this long.
            technical_may_be_within: Implementation takes at most this long at best.
            assurance_within: Assurance certainly takes at most this long.
            assurance_may_be_within: Assurance takes at most this long at best.
            total_within: Both, one after the other, certainly take at most this long.
            total_may_be_within: Both, one after the other, take at most this long at best.

        Raises:
            UnknownValueError: A text is outside its vocabulary; the error names the nearest.
            DurationSyntaxError: A text is not a duration.
            InvalidDateError: A text is not a date.
            TypeError: A value is of another type, or there is no such keyword.

        >>> from nhs_api_catalogue import Standard, catalogue
        >>> [api.id for api in catalogue.filter(standard=Standard.SOAP, supplier="TPP")]
        ['im1-transaction']
        >>> [api.id for api in catalogue.filter(user="patient", topic=["records", "referrals"])]
        ['im1-patient', 'patient-care-aggregator']
        """
        from nhs_api_catalogue.queries.questions import tests_of  # noqa: PLC0415  see above

        return self.where(
            *tests_of(
                of_supplier=supplier,
                by_route=route,
                implemented={
                    "standard": standard,
                    "transport": transport,
                    "proxy": proxy,
                    "auth": auth,
                    "restful": restful,
                },
                topic=topic,
                capability=capability,
                user=user,
                available_on=available_on,
                open_to_new_integrations=open_to_new_integrations,
                suitable_for=suitable_for,
                stated_for=stated_for,
                technical_within=technical_within,
                technical_may_be_within=technical_may_be_within,
                assurance_within=assurance_within,
                assurance_may_be_within=assurance_may_be_within,
                total_within=total_within,
                total_may_be_within=total_may_be_within,
            )
        )

    def where(self, *tests: queries.Test) -> Catalogue:
        """The records that certainly pass every test, in order; unknown does not pass.

        Args:
            tests: Tests from `nhs_api_catalogue.queries`, or functions of a record.

        Raises:
            TypeError: A test is neither, or returns something other than True, False or None.

        >>> from nhs_api_catalogue import catalogue, queries as q
        >>> found = catalogue.where(
        ...     q.topic("records") & ~q.user("patient"), lambda api: not api.notices
        ... )
        >>> [api.id for api in found]
        ['gp-connect-access-record', 'im1-transaction', 'scr-fhir']
        """
        from nhs_api_catalogue.queries.where import conjuncts  # noqa: PLC0415  see above

        apis: Sequence[Api] = self.apis
        # One pass for each test: the first tests leave few records for the others.
        for part in conjuncts(tests):
            apis = part.keep(apis)
        return self._part(apis)

    def undecided(self, *tests: queries.Test) -> Catalogue:
        """The records for which the tests are undecided because the source says too little.

        Raises:
            TypeError: As for `where`.

        >>> from nhs_api_catalogue import catalogue, queries as q
        >>> [api.id for api in catalogue.undecided(q.route("HSCN", supplier="Vision"))]
        ['im1-transaction']
        """
        from nhs_api_catalogue.queries import all_of  # noqa: PLC0415  see above

        ask = all_of(*tests).test
        return self._part(api for api in self.apis if ask(api) is None)

    def search(self, text: str) -> Catalogue:
        """The records whose texts have words of the query, the best first.

        Records that the query names come first. The others are ordered by how many of the words
        they have, then by how many whole words, then by where: in the name, in an alias, in a topic
        (or a capability, user, technology or supplier), or in the summary. Ties keep the order of
        the catalogue. The word "book" finds "booking"; case, a plural "s" and little words do not
        matter. `found_by` and every display of the result say which words were found.

        Raises:
            TypeError: It is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.search("book a GP appointment")][:2]
        ['gp-connect-appointment-management', 'e-rs']
        >>> catalogue.search("trace a patient").found_by.missing
        ('trace',)
        """
        from nhs_api_catalogue._search import search_words  # noqa: PLC0415  see above

        ranked, match = self._texts.search(search_words(text))
        places = dict.fromkeys((*self._lookup.places(text), *ranked))
        found = self._part(self.apis[place] for place in places)
        object.__setattr__(found, "found_by", match)
        return found

    # -- in another order --

    def sorted_by(
        self, key: ranking.SortKey | Callable[[Api], ranking.Sortable], *, reverse: bool = False
    ) -> Catalogue:
        """The records in the order of the key; ties keep their order, even in reverse.

        Args:
            key: A function of a record; or "name", which sorts alphabetically; or "technical",
                "assurance" or "total", which sort by the mean length of the longest time, then
                of the shortest.
            reverse: Whether the greatest comes first.

        Raises:
            UnknownValueError: The text is not such a key.
            IndeterminateOrderError: The function gives durations whose order depends on the date.
            TypeError: The key is neither a function nor a text.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.sorted_by("total")[0].id
        'mesh'
        """
        from nhs_api_catalogue.catalogues.ranking import read_sort_key  # noqa: PLC0415  see above

        return self._part(sorted(self.apis, key=read_sort_key(key), reverse=reverse))

    def group_by(self, key: Callable[[Api], K]) -> dict[K, Catalogue]:
        """The records grouped by the value that the function gives for each.

        The groups are in the order of their first records.

        Raises:
            TypeError: The key is not a function; texts are for `sorted_by`.

        >>> from nhs_api_catalogue import catalogue
        >>> {
        ...     str(time): len(group)
        ...     for time, group in catalogue.group_by(lambda api: api.technical).items()
        ... }
        {'3-6 months': 6, '4-6 weeks': 9, '2-4 months': 8}
        """
        from nhs_api_catalogue.catalogues.ranking import read_function  # noqa: PLC0415  see above

        group_of = read_function(key)
        groups: dict[K, list[Api]] = {}
        for api in self.apis:
            groups.setdefault(group_of(api), []).append(api)
        return {value: self._part(apis) for value, apis in groups.items()}

    def side_by_side(self, *names: str | Iterable[str]) -> comparisons.Comparison:
        """The records with these names, or with the names in one list, as a table by field.

        Without names, it has all records.

        Raises:
            UnknownApiError: No record has one of the names.
            AmbiguousApiError: Several records have one of the names.
            DuplicateApiError: Two of the names mean one record.
            TypeError: A name is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> dict(catalogue.side_by_side("eRS", "MESH").differing)["technical"]
        ('3-6 months', '4-6 weeks')
        """
        from nhs_api_catalogue.comparisons import Comparison  # noqa: PLC0415  see above

        return Comparison(self.select(*names).apis if names else self.apis)

    # -- what official sources say, and how old it is --

    @property
    def overlays(self) -> tuple[statements.Overlay, ...]:
        """The overlays of the records, each once; a union of catalogues may have several."""
        readers = dict.fromkeys(api.overlay for api in self.apis if api.overlay is not None)
        return _once(reader() for reader in readers)

    def with_overlay(
        self, overlay: statements.Overlay | None, *, replacing: bool = False
    ) -> Catalogue:
        """The same records with more official statements, or with none if `overlay` is None.

        The statements are added to those that the records already have; see `Overlay`.

        Args:
            overlay: The statements, as `load_overlay` reads them.
            replacing: Whether they replace the statements that the records already have.

        Raises:
            TypeError: It is neither an overlay nor None, or `replacing` is not a bool.

        >>> from nhs_api_catalogue import catalogue
        >>> bare = catalogue.with_overlay(None)
        >>> bare == catalogue, bare["MESH"].official, bare.edition.overlay_as_of
        (True, (), None)
        >>> mine = catalogue.overlays[0].about("mesh")
        >>> len(catalogue.with_overlay(mine).differences())
        53
        >>> len(catalogue.with_overlay(mine, replacing=True).differences())
        1
        """
        from nhs_api_catalogue.official.overlay import Overlay  # noqa: PLC0415  see above

        given: object = overlay
        if not isinstance(given, (Overlay, NoneType)):
            message = (
                f"expected an Overlay or None, got {given!r}: "
                f"read a file with load_overlay(path, catalogue)"
            )
            raise TypeError(message)
        check_kind(replacing, bool, "replacing must be True or False")
        overlay = overlay and overlay.naming(self._names_by_id)
        laid: dict[Any, Overlay | None] = {}
        for reader in dict.fromkeys(api.overlay for api in self.apis):
            if reader is None or overlay is None or replacing:
                # There is no need to read what is replaced.
                laid[reader] = overlay
            else:
                laid[reader] = reader() | overlay
        readers = {old: new and partial(_given, new) for old, new in laid.items()}
        days = {old: new and new.compiled for old, new in laid.items()}
        apis = (
            attrs.evolve(
                api, overlay=readers[api.overlay], edition=_dated(api.edition, days[api.overlay])
            )
            for api in self.apis
        )
        latest = max(
            (day for day in (overlay and overlay.compiled, *days.values()) if day), default=None
        )
        return Catalogue(apis, _dated(self.edition, latest))

    def differences(
        self, *, severity: statements.Severity | statements.SeverityText | None = None
    ) -> tuple[statements.Difference, ...]:
        """Where official sources, or others, differ from the records, in the order of the records.

        Args:
            severity: Only the differences of this severity; by default, all of them.

        Raises:
            UnknownValueError: The text is not a severity.
            TypeError: It is neither a severity nor its text.

        >>> from nhs_api_catalogue import catalogue
        >>> [difference.api for difference in catalogue.differences(severity="blocks_plan")]
        ['dos', 'patient-care-aggregator', 'scr-fhir']
        """
        found = tuple(
            difference
            for api in self.apis
            if api.overlay is not None
            for difference in api.overlay(None, "differences").differences_of(api.id)
        )
        if severity is None:
            return found
        from nhs_api_catalogue.official.differences import Severity  # noqa: PLC0415  see above

        wanted = member_of(Severity, severity, "severity")
        return tuple(difference for difference in found if difference.severity is wanted)

    def sources(self) -> tuple[statements.Source, ...]:
        """The documents behind everything that official sources say about the records, each once.

        They include the sources for what replaces their official products, for the services that
        they need, and for the timescales of those services.

        >>> from nhs_api_catalogue import catalogue
        >>> len(catalogue.sources()), len(catalogue.select("MESH").sources())
        (85, 4)
        """
        overlays = ((api, api.overlay()) for api in self.apis if api.overlay is not None)
        return _once(
            source for api, overlay in overlays for source in overlay.about(api.id).sources
        )

    def timescales(self) -> tuple[statements.Timescale, ...]:
        """The times that official sources publish for the records and the services they need.

        They are for display: a plan uses them only if you ask for it.

        >>> from nhs_api_catalogue import catalogue
        >>> (
        ...     len(catalogue.timescales()),
        ...     len(catalogue.select("PDS FHIR (Patient Access)").timescales()),
        ... )
        (24, 2)
        """
        return _once(
            timescale
            for api in self.apis
            if api.overlay is not None
            for overlay in (api.overlay(),)
            for need in (None, *overlay.prerequisites_of(api.id))
            if need is None or need.service is not None
            for timescale in overlay.timescales_of(api.id if need is None else need.needs)
        )

    # -- the same as tables --

    def official_table(self) -> tables.Table:
        """What official sources say about the products of the records, one row per fact.

        Every table of statements has the columns source, source_url, publisher, as_of,
        as_of_precision ("day", or "month", which counts from its first day), confidence and where.

        >>> from nhs_api_catalogue import catalogue
        >>> table = catalogue.select("MESH").official_table()
        >>> [(row["field"], row["value"]) for row in table.rows() if row["field"] == "network"]
        [('network', 'internet')]
        """
        return tables.Table("official facts", stated.facts_frame(self._entries()))

    def products_table(self) -> tables.Table:
        """The official products of the records, one row each, with their facts as columns.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.select("MESH").products_table().to_columns()["network"]
        ['internet']
        """
        return tables.Table("official products", stated.entries_frame(self._entries()))

    def differences_table(self) -> tables.Table:
        """Where official sources, or others, differ from the records, one row each.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.select("SCR FHIR").differences_table().to_columns()["severity"]
        ['informative', 'blocks_plan']
        """
        return tables.Table("differences", stated.differences_frame(self.differences()))

    def prerequisites_table(self) -> tables.Table:
        """What sources say the records need, or do not need, one row each.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.select("DoS").prerequisites_table().to_columns()["needs"]
        ['dos-account']
        """
        needs = _once(need for api in self.apis for need in api.prerequisites)
        return tables.Table("prerequisites", stated.needs_frame(needs, self._names_by_id))

    def timescales_table(self) -> tables.Table:
        """The times that official sources publish for the records, and for what they need.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.select("BaRS").timescales_table().to_columns()["text"][0]
        '2 to 4 weeks'
        """
        return tables.Table("timescales", stated.timescales_frame(self.timescales()))

    def _entries(self) -> tuple[statements.OfficialEntry, ...]:
        return _once(entry for api in self.apis for entry in api.official)

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a catalogue: not every record in full."""
        yield self._size()
        yield "edition", str(self.edition)

    def stale(self, *, on: date | str, older_than: Duration | str = _YEAR) -> ages.Staleness:
        """Which editions and which official sources are older than that on a day.

        A month counts from its first day, so that nothing old is missed.

        Args:
            on: The day, as a date or its text YYYY-MM-DD.
            older_than: Anything older than this duration, or its text, is old.

        Raises:
            InvalidDateError: The text is not a date.
            DurationSyntaxError: The text is not a duration.
            CalendarLimitError: The age is outside the calendar.
            TypeError: The day is not a date, or the age is not a duration, or their texts.

        >>> from nhs_api_catalogue import catalogue
        >>> found = catalogue.stale(on="2026-11-22")
        >>> len(found.editions), len(found.old), len(found.undated)
        (1, 21, 38)
        """
        from nhs_api_catalogue.catalogues.ages import stale  # noqa: PLC0415  see above

        editions = _once(api.edition for api in self.apis if api.edition is not None)
        return stale(editions, self.sources(), on, older_than)

    # -- with records or values of your own --

    def with_apis(self, *apis: Api) -> Catalogue:
        """The same records, then these.

        Records from other catalogues keep their sources and their overlays. The new edition says
        what it is based on.

        Raises:
            DuplicateApiError: Two records share an id.
            TypeError: One is not a record.

        >>> from nhs_api_catalogue import Api, DurationRange, catalogue
        >>> weeks = DurationRange.parse("4-6 weeks")
        >>> mine = Api(id="ward-board", name="Ward board", technical=weeks, assurance=weeks)
        >>> ours = catalogue.with_apis(mine)
        >>> len(ours), ours[-1].source_of("technical"), ours.edition.based_on
        (24, 'source not stated', 'NHS API Guide 2025 (6B, 2025-09-09)')
        """
        return self._changed((*self.apis, *apis)) if apis else self

    def without(self, *names: str | Iterable[str]) -> Catalogue:
        """The records without those of these names, or of the names in one list.

        Raises:
            UnknownApiError: No record has one of the names.
            AmbiguousApiError: Several records have one of the names.
            TypeError: A name is not text.

        >>> from nhs_api_catalogue import catalogue
        >>> len(catalogue.without("eRS", "MESH"))
        21
        """
        out = {self._named(name).id for name in _read_names(names)}
        return self._changed(api for api in self.apis if api.id not in out) if out else self

    def replace(
        self,
        api: str,
        /,
        *,
        source: str,
        as_of: date | str | None = None,
        **values: Unpack[replacing.Values],
    ) -> Catalogue:
        """The same records with new values in one of them, and the source of those values.

        Every display of the new record, and every plan with it, shows that source for these values.
        The other values keep their sources, and `printed` keeps the cells as printed. If you
        replace a value again, it has the latest source.

        Args:
            api: The record, by any of its names.
            source: Where the values come from, in a few words.
            as_of: The date of that source, as a date or its text YYYY-MM-DD.
            values: The fields to replace. Times may be texts ("2-4 months"); capabilities, topics
                and users may be texts too, one or several.

        Raises:
            UnknownApiError: No record has the name.
            AmbiguousApiError: Several records have the name.
            InvalidRecordError: A value breaks a rule, or the source is blank.
            DurationSyntaxError: A text is not a range of durations.
            UnknownValueError: A text is outside its vocabulary.
            InvalidDateError: The text is not a date.
            TypeError: There is no such field, or no value is given.

        >>> from nhs_api_catalogue import catalogue
        >>> ours = catalogue.replace(
        ...     "eRS", technical="2-4 months", source="our 2026 project", as_of="2026-05-01"
        ... )
        >>> print(ours["eRS"].technical, "by", ours["eRS"].source_of("technical"))
        2-4 months by our 2026 project (2026-05-01)
        """
        from nhs_api_catalogue.catalogues.replacing import read_values  # noqa: PLC0415  see above
        from nhs_api_catalogue.records.own_values import OwnValue  # noqa: PLC0415  see above

        old = self._named(api)
        read = read_values(dict(values))
        day = None if as_of is None else read_date(as_of, "date of the source")
        own = {
            **{one.field: one for one in old.own},
            **{field: OwnValue(field, source, day) for field in read},
        }
        read["own"] = tuple(own[field] for field in REPLACEABLE if field in own)
        new = with_values(old, read)
        return self._changed(new if one is old else one for one in self.apis)

    def _changed(self, apis: Iterable[Api]) -> Catalogue:
        """Other records, in an edition that says which one it is based on."""
        based_on = self.edition.based_on or str(self.edition)
        return Catalogue(apis, attrs.evolve(self.edition, based_on=based_on))

    # -- with another catalogue --

    def __or__(self, other: Catalogue) -> Catalogue:
        if not isinstance(other, Catalogue):
            return NotImplemented
        self._check_agreement(other)
        added = (api for api in other.apis if api.id not in self._places)
        return Catalogue((*self.apis, *added), _union_of(self.edition, other.edition))

    def __and__(self, other: Catalogue) -> Catalogue:
        if not isinstance(other, Catalogue):
            return NotImplemented
        self._check_agreement(other)
        return self._part(api for api in self.apis if api.id in other._places)

    def __sub__(self, other: Catalogue) -> Catalogue:
        if not isinstance(other, Catalogue):
            return NotImplemented
        self._check_agreement(other)
        return self._part(api for api in self.apis if api.id not in other._places)

    def _check_agreement(self, other: Catalogue) -> None:
        for api in self.apis:
            theirs = other._with_id(api.id)
            if theirs is not None and theirs != api:
                fields = (field.name for field in attrs.fields(Api) if field.eq)
                unequal = (name for name in fields if getattr(api, name) != getattr(theirs, name))
                raise ConflictingApiError(api.id, tuple(unequal))

    # -- as text --

    def fingerprint(self) -> str:
        """The SHA-256 of all values of the records, in order; equal for equal catalogues.

        It is the same in every process and on every machine.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue.fingerprint() == catalogue[:].fingerprint() != catalogue[1:].fingerprint()
        True
        """
        return fingerprint(self.apis)

    def _sources(self) -> tuple[str, ...]:
        """Where the records come from, then each replaced value with its source."""
        own = (f"{api.name}, {own.field}: {own}" for api in self.apis for own in api.own)
        return (f"Source: {self.edition}", *own)

    def describe(self, *, width: int = 80) -> str:
        """One line per record, then the notices and the sources; `str` is this at 80 columns.

        Args:
            width: The number of columns of a line; a long name takes several lines.

        Raises:
            ValueError: The width is below 60.
            TypeError: The width is not a whole number.

        >>> from nhs_api_catalogue import catalogue
        >>> for line in catalogue.select("eRS").describe(width=60).splitlines()[:3]:
        ...     print(line)
        API                   technical   assurance   access
        e-Referral Service    3-6 months  4-8 months  HSCN, internet
        (eRS)
        """
        from textwrap import wrap  # noqa: PLC0415  it costs 1 ms

        # Beside the name there are two times, the access and the spaces between them.
        column = min(41, read_width(width) - 39)
        heading = ("API", "technical", "assurance", "access")
        rows = ((api.name, str(api.technical), str(api.assurance), api.access_text) for api in self)
        lines: list[str] = []
        for name, technical, assurance, access in (heading, *rows):
            first, *more = wrap(name, column)
            lines.append(f"{first:<{column}} {technical:<11} {assurance:<11} {access}")
            lines += more
        for api in self:
            for notice in api.notices:
                lines += ("", *wrap(f"{api.name}: {notice}", width, subsequent_indent="  "))
        first_source, *own = self._sources()
        lines.append("")
        for source in (f"{self._size()}. {first_source}", *own, *self._searched()):
            lines += wrap(source, width, subsequent_indent="  ")
        return visible_lines(lines)

    def __str__(self) -> str:
        return self.describe()

    def _repr_html_(self) -> str:
        """The records as a table for notebooks; it says the same as `str`."""
        from nhs_api_catalogue.records.tables import write_apis  # noqa: PLC0415  few need it

        remarks = "; ".join((*self._sources(), *self._searched()))
        return write_apis(self.apis, f"{self._size()}. {remarks}")

    def _frame(self) -> Frame:
        from nhs_api_catalogue.records.tables import frame_of  # noqa: PLC0415  few need it

        return frame_of(self.apis)

    def __repr__(self) -> str:
        return f"<Catalogue of {self._size()}, {'; '.join((str(self.edition), *self._searched()))}>"

    def _searched(self) -> tuple[str, ...]:
        """Which words were found, if this is the result of a search."""
        return () if self.found_by is None else (f"Search: {self.found_by}",)

    def _size(self) -> str:
        return f"{len(self)} {'API' if len(self) == 1 else 'APIs'}"


def places_of(catalogue: Catalogue) -> Mapping[str, int]:
    """The position of each record by its id."""
    # Only this function uses it: no user needs it.
    return catalogue._places  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def read_catalogue(value: object) -> Catalogue:
    """The catalogue itself; TypeError for anything else."""
    if not isinstance(value, Catalogue):
        message = f"expected a Catalogue, got {value!r}"
        raise TypeError(message)
    return value


def _union_of(left: Edition, right: Edition) -> Edition:
    """The edition of records that come from both."""
    parts = tuple(dict.fromkeys(part for one in (left, right) for part in one.parts or (one,)))
    if len(parts) == 1:
        return left
    return Edition(
        " + ".join(dict.fromkeys(part.title for part in parts)),
        " + ".join(dict.fromkeys(part.publisher for part in parts)),
        parts=parts,
    )


def _read_names(names: tuple[str | Iterable[str], ...]) -> Iterable[str]:
    """The names, which may be in one list; the look-up refuses what is not a name."""
    if len(names) == 1 and _is_list(names[0]):
        return names[0]
    return cast("tuple[str, ...]", names)


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Api))


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _given(
    overlay: statements.Overlay, _api: str | None = None, _kind: str | None = None
) -> statements.Overlay:
    """The overlay itself; a record needs a function, and this one pickles."""
    return overlay


def _dated(edition: T, compiled: date | None) -> T:
    """The edition with the date of its overlay; None stays None."""
    return (
        attrs.evolve(edition, overlay_as_of=compiled) if isinstance(edition, Edition) else edition
    )
