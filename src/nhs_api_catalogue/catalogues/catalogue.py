"""A catalogue: an immutable, ordered collection of records."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, TypeVar, final

import attrs

from nhs_api_catalogue._names import suggest_keywords
from nhs_api_catalogue._tabular import Tabular
from nhs_api_catalogue.catalogues.changing import ChangeableSequence
from nhs_api_catalogue.errors import ConflictingApiError
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from nhs_api_catalogue._frames import Frame
    from nhs_api_catalogue.catalogues.ordering import Sortable, SortKey
    from nhs_api_catalogue.comparisons import Comparison
    from nhs_api_catalogue.durations import Duration
    from nhs_api_catalogue.queries.given import (
        AccessRoutes,
        AuthProtocols,
        Capabilities,
        Opennesses,
        Proxies,
        Standards,
        Suppliers,
        Topics,
        Transports,
        UseContexts,
        Users,
    )
    from nhs_api_catalogue.queries.where import Test

# Most look up a record or two. Tests, search, comparisons and the like add a tenth to the cost of
# the first record, so each is imported where it is asked for.

K = TypeVar("K", bound=Hashable)


@final
class Catalogue(ChangeableSequence, Tabular):
    """The records of one edition, or some of them, in order.

    A record is found by its id, its name or an alias of it; case, spaces, dashes and punctuation
    do not count, and a name or id beats an alias of another record. Names of official products
    are looked for last. `[]`, `get` and `in` look alike: a name that no record bears raises
    `UnknownApiError`, gives the default, or is False; one that several bear raises
    `AmbiguousApiError` in all three.

    Two catalogues are equal when they hold equal records in the same order. `|`, `&` and `-` go
    by id: the records of both (the left ones first), those of the left that are in the right as
    well, and those that are not. They raise `ConflictingApiError` if the two hold different
    records of one id.

    Attributes:
        apis: The records.
        edition: Where the records come from; not part of equality.

    Raises:
        DuplicateApiError: Two records share an id.
        TypeError: One is no record, or the edition none.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue
    <Catalogue of 23 APIs, NHS API Guide 2025 (6B, 2025-09-09)>
    >>> catalogue["e-rs"] is catalogue["E-Referral Service (ERS)"]
    True
    >>> "Wayfinder" in catalogue, catalogue.get("Facebook")
    (True, None)
    """

    # The fields, and what attrs makes of them, come from `Sequenced`; to make them anew would cost
    # 1 ms.
    __slots__ = ()

    # -- by what is looked for --

    @suggest_keywords
    def filter(  # noqa: PLR0913  one keyword for each question, all of them optional
        self,
        *,
        standard: Standards | None = None,
        supplier: Suppliers | None = None,
        transport: Transports | None = None,
        proxy: Proxies | None = None,
        auth: AuthProtocols | None = None,
        restful: bool | None = None,
        route: AccessRoutes | None = None,
        topic: Topics | None = None,
        capability: Capabilities | None = None,
        user: Users | None = None,
        suitable_for: UseContexts | None = None,
        stated_for: UseContexts | None = None,
        available_on: date | str | None = None,
        open_to_new_integrations: Opennesses | None = None,
        technical_within: Duration | str | None = None,
        technical_may_be_within: Duration | str | None = None,
        assurance_within: Duration | str | None = None,
        assurance_may_be_within: Duration | str | None = None,
        total_within: Duration | str | None = None,
        total_may_be_within: Duration | str | None = None,
    ) -> Catalogue:
        """The records that certainly pass everything asked, in order; unknown does not pass.

        Each keyword is described by the function of its name in `nhs_api_catalogue.queries`.
        Several values of one keyword mean any of them.

        Args:
            standard: This and the next five hold of one and the same implementation.
            supplier: Whose system; with `route` the route of that supplier counts.
            transport: What carries the messages.
            proxy: What stands in between.
            auth: How callers prove who they are.
            restful: Whether it is RESTful; only where the source says so.
            route: How it is reached; without `supplier`, at some supplier.
            topic: What its data is about.
            capability: What can be done through it.
            user: Who acts through it.
            suitable_for: A use that the source does not rule out.
            stated_for: A use that the source names.
            available_on: A day on which no notice says that it is unavailable.
            open_to_new_integrations: Whether official sources say that it takes new integrations.
            technical_within: The longest that implementation may take, for certain.
            technical_may_be_within: The longest that it may take at best.
            assurance_within: The longest that assurance may take, for certain.
            assurance_may_be_within: The longest that it may take at best.
            total_within: The longest that both may take one after the other, for certain.
            total_may_be_within: The longest that both may take at best.

        Raises:
            UnknownValueError: A text is outside its vocabulary; it names the nearest.
            DurationSyntaxError: A text is not a duration.
            InvalidDateError: A text is not a date.
            TypeError: A value is of another kind, or there is no such keyword.

        >>> from nhs_api_catalogue import Standard, catalogue
        >>> [api.id for api in catalogue.filter(standard=Standard.SOAP, supplier="TPP")]
        ['im1-transaction']
        >>> [api.id for api in catalogue.filter(user="patient", topic=["records", "referrals"])]
        ['im1-patient', 'patient-care-aggregator']
        """
        from nhs_api_catalogue.queries.keywords import tests_of  # noqa: PLC0415  see above

        return self.where(
            *tests_of(
                supplier=supplier,
                route=route,
                built={
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

    def where(self, *tests: Test) -> Catalogue:
        """The records that certainly pass every test, in order; unknown does not pass.

        Args:
            tests: Tests of `nhs_api_catalogue.queries`, or functions of a record.

        Raises:
            TypeError: A test is neither, or answers something else than True, False or None.

        >>> from nhs_api_catalogue import catalogue, queries as q
        >>> found = catalogue.where(
        ...     q.topic("records") & ~q.user("patient"), lambda api: not api.notices
        ... )
        >>> [api.id for api in found]
        ['gp-connect-access-record', 'im1-transaction', 'scr-fhir']
        """
        from nhs_api_catalogue.queries.where import conjuncts  # noqa: PLC0415  see above

        apis: Sequence[Api] = self.apis
        # A pass for each test: the first ones leave little to do for the others.
        for part in conjuncts(tests):
            apis = part.keep(apis)
        return self._part(apis)

    def undecided(self, *tests: Test) -> Catalogue:
        """The records of which the source does not say enough to tell whether they pass.

        Raises:
            TypeError: A test is none, as for `where`.

        >>> from nhs_api_catalogue import catalogue, queries as q
        >>> [api.id for api in catalogue.undecided(q.route("HSCN", supplier="Vision"))]
        ['im1-transaction']
        """
        from nhs_api_catalogue.queries import all_of  # noqa: PLC0415  see above

        ask = all_of(*tests).test
        return self._part(api for api in self.apis if ask(api) is None)

    def search(self, text: str) -> Catalogue:
        """The records in whose texts words of the query are found, the best first.

        First come the records of which the query is a name. Then those with more of the words,
        then those with the words in a better place: the name, an alias, a topic (also what can be
        done, by whom, in which technology, by which supplier), the summary. Ties keep the order
        of the catalogue. A word is found where a word begins with it, in any case; a plural "s"
        and little words do not count.

        Raises:
            TypeError: It is no text.

        >>> from nhs_api_catalogue import catalogue
        >>> [api.id for api in catalogue.search("book a GP appointment")][:2]
        ['gp-connect-appointment-management', 'e-rs']
        """
        from nhs_api_catalogue.catalogues.searching import search_words  # noqa: PLC0415  see above

        words = search_words(text)
        places = (*self._lookup.places(text), *self._texts.ranked(words))
        return self._part(self.apis[place] for place in dict.fromkeys(places))

    # -- in another order --

    def sorted_by(
        self, key: SortKey | Callable[[Api], Sortable], *, reverse: bool = False
    ) -> Catalogue:
        """The records in order of the key; ties keep their order, in reverse too.

        Args:
            key: A function of a record; or "name", which sorts by the alphabet; or "technical",
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
        from nhs_api_catalogue.catalogues.ordering import read_sort_key  # noqa: PLC0415  see above

        return self._part(sorted(self.apis, key=read_sort_key(key), reverse=reverse))

    def group_by(self, key: Callable[[Api], K]) -> dict[K, Catalogue]:
        """The records by what the function gives for them, groups in order of their first record.

        Raises:
            TypeError: The key is no function; texts are for `sorted_by`.

        >>> from nhs_api_catalogue import catalogue
        >>> {
        ...     str(time): len(group)
        ...     for time, group in catalogue.group_by(lambda api: api.technical).items()
        ... }
        {'3-6 months': 6, '4-6 weeks': 9, '2-4 months': 8}
        """
        from nhs_api_catalogue.catalogues.ordering import read_function  # noqa: PLC0415  see above

        group_of = read_function(key)
        groups: dict[K, list[Api]] = {}
        for api in self.apis:
            groups.setdefault(group_of(api), []).append(api)
        return {value: self._part(apis) for value, apis in groups.items()}

    def side_by_side(self, *names: str) -> Comparison:
        """The records of these names as a table, field by field; without names, all of them.

        Raises:
            UnknownApiError: No record bears one of the names.
            AmbiguousApiError: Several records bear one of the names.
            DuplicateApiError: Two of the names mean one record.
            TypeError: A name is no text.

        >>> from nhs_api_catalogue import catalogue
        >>> dict(catalogue.side_by_side("eRS", "MESH").differing)["technical"]
        ('3-6 months', '4-6 weeks')
        """
        from nhs_api_catalogue.comparisons import Comparison  # noqa: PLC0415  see above

        return Comparison(self.select(*names).apis if names else self.apis)

    # -- with another catalogue --

    def __or__(self, other: Catalogue) -> Catalogue:
        if not isinstance(other, Catalogue):
            return NotImplemented
        from nhs_api_catalogue.catalogues.unions import union_of  # noqa: PLC0415  see above

        self._check_agreement(other)
        added = (api for api in other.apis if api.id not in self._by_id)
        return Catalogue((*self.apis, *added), union_of(self.edition, other.edition))

    def __and__(self, other: Catalogue) -> Catalogue:
        if not isinstance(other, Catalogue):
            return NotImplemented
        self._check_agreement(other)
        return self._part(api for api in self.apis if api.id in other._by_id)

    def __sub__(self, other: Catalogue) -> Catalogue:
        if not isinstance(other, Catalogue):
            return NotImplemented
        self._check_agreement(other)
        return self._part(api for api in self.apis if api.id not in other._by_id)

    def _check_agreement(self, other: Catalogue) -> None:
        for api in self.apis:
            theirs = other._by_id.get(api.id)
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
        from hashlib import sha256  # noqa: PLC0415  it alone costs 3 ms

        from nhs_api_catalogue.catalogues.canonical import canonical  # noqa: PLC0415  see above

        return sha256(canonical(self.apis).encode("ascii")).hexdigest()

    def __str__(self) -> str:
        """One line per record, at most 80 columns wide, then the source."""
        from textwrap import fill  # noqa: PLC0415  it costs 1 ms

        heading = ("API", "technical", "assurance", "access")
        rows = ((api.name, str(api.technical), str(api.assurance), api.access_text) for api in self)
        lines = [
            f"{name:<41} {technical:<11} {assurance:<11} {access}"
            for name, technical, assurance, access in (heading, *rows)
        ]
        for api in self:
            for notice in api.notices:
                lines += ("", fill(f"{api.name}: {notice}", 80, subsequent_indent="  "))
        first, *own = self._sources()
        lines += ("", f"{self._size()}. {first}")
        lines += (fill(source, 80, subsequent_indent="  ") for source in own)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """The records as a table for notebooks; it says no more than `str`."""
        from nhs_api_catalogue.records.tables import write_apis  # noqa: PLC0415  few need it

        return write_apis(self.apis, f"{self._size()}. {'; '.join(self._sources())}")

    def _frame(self) -> Frame:
        from nhs_api_catalogue.records.tables import frame_of  # noqa: PLC0415  few need it

        return frame_of(self.apis)

    def __repr__(self) -> str:
        return f"<Catalogue of {self._size()}, {self.edition}>"

    def _size(self) -> str:
        return f"{len(self)} {'API' if len(self) == 1 else 'APIs'}"


def read_catalogue(value: object) -> Catalogue:
    """The catalogue itself; TypeError for anything else."""
    if not isinstance(value, Catalogue):
        message = f"expected a Catalogue, got {value!r}"
        raise TypeError(message)
    return value
