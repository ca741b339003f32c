"""A plan: when a product that needs some APIs could go live, and what that depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, cast, final, get_args

import attrs

from nhs_api_catalogue._checks import check_kind, read_width
from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._frames import Frame, Tabular
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._names import read_text
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange, Window, read_date
from nhs_api_catalogue.errors import InvalidPlanError, TooComplexError, UnavailableApiError
from nhs_api_catalogue.planning.comparison import PlanComparison, answer_of, compare
from nhs_api_catalogue.planning.criticality import Criticality, criticality_of
from nhs_api_catalogue.planning.drivers import Drivers, drivers_of
from nhs_api_catalogue.planning.names import Names, titles_of
from nhs_api_catalogue.planning.networks import (
    NO_WAIT,
    START,
    Events,
    LastDays,
    Network,
    network_of,
)
from nhs_api_catalogue.planning.paths import paths_into
from nhs_api_catalogue.planning.requests import (
    ENABLING,
    At,
    Form,
    Link,
    Overlap,
    PlanRequest,
    Service,
    check_word,
    names_in,
)
from nhs_api_catalogue.planning.stages import (
    PlannedApi,
    PlannedPath,
    PlannedService,
    PlannedStage,
    Stages,
    Status,
    Timetable,
    status_of,
)
from nhs_api_catalogue.planning.teams import check_number, with_best_teams
from nhs_api_catalogue.records import Api
from nhs_api_catalogue.records.parts import ASSURANCE, IMPLEMENTATION
from nhs_api_catalogue.working_days.times import bound

# Likelihood is loaded only when a caller names an assumption, and official statements only when a
# caller asks for warnings or prerequisites.
if TYPE_CHECKING:
    import nhs_api_catalogue.likelihood as likelihood
    import nhs_api_catalogue.official as statements
    import nhs_api_catalogue.planning.chances as chances
    import nhs_api_catalogue.planning.deadlines as deadlines
    import nhs_api_catalogue.planning.notes as notes
    import nhs_api_catalogue.planning.prerequisites as prerequisites
    import nhs_api_catalogue.working_days as working_days
    from nhs_api_catalogue.working_days.times import BoundTime, StageTime
else:
    likelihood = Later("nhs_api_catalogue.likelihood")
    statements = Later("nhs_api_catalogue.official")
    chances = Later("nhs_api_catalogue.planning.chances")
    deadlines = Later("nhs_api_catalogue.planning.deadlines")
    notes = Later("nhs_api_catalogue.planning.notes")
    prerequisites = Later("nhs_api_catalogue.planning.prerequisites")
    working_days = Later("nhs_api_catalogue.working_days")


# Defaults that nobody writes to: anyone who copies defaults, as pydantic does, can copy these.
NO_DATES: Final[Mapping[str, date]] = {}
NOTHING: Final[Mapping[str, Any]] = {}


@final
@attrs.frozen(repr=False, init=False)
class Plan(Aligned, Tabular):
    """When a product that needs some APIs could go live, and what that depends on.

    `plan`, `plan_for` and `suggest_teams` make plans; the constructor does not. `[]` gives an API
    of the plan by any of its names, and `in` says whether there is one. Iterate over `planned`,
    `services`, `items()` or `stages()`. Two plans are equal if their requests are: the rest follows
    from these.

    Attributes:
        request: What was asked for; `plan_for` gives the plan for a changed request.
        start: The day on which work starts.
        planned: The APIs with their stages, in the given order; made on first use.
        services: The services with their stages, in the given order; made on first use.
        go_live: The window in which the last of them goes live, never before the start.
        drivers: Which of them go live last; computed on first use, `TooComplexError` if links make
            an exact answer too costly.
        criticality: Which of them go-live waits for; computed on first use.
        assumptions: What the plan assumes, in words.
        warnings: What else a reader must know, in words.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> p
    <Plan of e-rs, mesh from 2026-01-05: go-live 2026-08-05 to 2027-03-05>
    >>> print(p["mesh"].go_live)
    2026-03-02 to 2026-04-16
    >>> "e-Referral Service" in p, "SCR FHIR" in p
    (True, False)
    """

    request: PlanRequest
    start: date = attrs.field(eq=False)
    go_live: Window = attrs.field(eq=False)
    _network: Network = attrs.field(eq=False, alias="network")
    _days: tuple[list[date], list[date]] = attrs.field(eq=False, alias="days")

    def __init__(self, *_: object, **__: object) -> None:
        """Refuse to make or change a plan from its parts, which follow from its request.

        `attrs.evolve` and `copy.replace` also come here.

        Raises:
            InvalidPlanError: Always; the error says what to do instead.
        """
        message = (
            "the dates of a plan follow from its request, so they cannot be set: "
            "use plan(...), or plan_for(attrs.evolve(p.request, ...)) to change a plan"
        )
        raise InvalidPlanError(message)

    # -- what is in it --

    @property
    def planned(self) -> tuple[PlannedApi, ...]:
        """The APIs with their stages, in the given order; made on first use.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> [(planned.name, len(planned.stages)) for planned in p.planned]
        [('e-Referral Service (eRS)', 2), ('MESH', 2)]
        """
        return self._items[0]

    @property
    def services(self) -> tuple[PlannedService, ...]:
        """The services with their stages, in the given order; made on first use.

        >>> from nhs_api_catalogue import Service, catalogue, plan
        >>> hscn = Service("HSCN connection", "2-4 months", "our network provider")
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05", services=[hscn])
        >>> [str(planned.go_live) for planned in p.services]
        ['2026-03-05 to 2026-05-05']
        """
        return self._items[1]

    # Long plans have many stages, and not everyone looks at them.
    @cached_property
    def _items(self) -> tuple[tuple[PlannedApi, ...], tuple[PlannedService, ...]]:
        return self._parts.items()

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self._network, *self._days)

    @property
    def _names(self) -> Names:
        return names_in(self.request)

    def _place(self, name: str) -> int:
        """The position of the API with that name, id or alias."""
        return self._names.place(read_text(name, "the name of an API of the plan"), "the question")

    def __getitem__(self, name: str) -> PlannedApi:
        """The planned API with that name, id or alias.

        Raises:
            UnplannedNameError: No API of the plan has the name.
            AmbiguousApiError: Several APIs of the plan have the name.
            TypeError: It is not text; use `planned` for positions.
        """
        return self.planned[self._place(name)]

    def __contains__(self, api: object) -> bool:
        """Whether an API of the plan has the name, or whether the record itself is planned.

        Raises:
            AmbiguousApiError: Several APIs of the plan have the name.
        """
        return api in self._names.catalogue

    # A plan could mean its APIs, or its services too: `planned`, `items()` and `stages()` are
    # explicit. Without this line Python would iterate over p[0], p[1] and so on.
    __iter__ = None

    @property
    def catalogue(self) -> Catalogue:
        """The records of the APIs of the plan, as a catalogue.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> len(p.catalogue.differences_table())
        3
        """
        return self._names.catalogue

    def _ipython_key_completions_(self) -> list[str]:
        """What IPython suggests after `p["`: the names of the APIs of the plan."""
        # IPython's own name for it, which type checkers treat as private.
        complete = self._names.catalogue._ipython_key_completions_  # pyright: ignore[reportPrivateUsage]
        return complete()

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a plan: not all of it."""
        yield ", ".join(planned.api.id for planned in self.planned)
        yield "start", str(self.start)
        yield "go_live", str(self.go_live)

    def stages(self) -> Sequence[PlannedStage]:
        """All stages, API by API, then service by service.

        Each is made when it is asked for; `tuple(p.stages())` keeps them.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> [(stage.name, str(stage.time)) for stage in p.stages()]
        [('technical implementation', '4-6 weeks'), ('NHS England assurance', '1-2 months')]
        """
        return Stages(self._network.stages, self._parts.stage)

    def items(self) -> tuple[PlannedApi | PlannedService, ...]:
        """The APIs, then the services.

        >>> from nhs_api_catalogue import Service, catalogue, plan
        >>> hscn = Service("HSCN connection", "2-4 months", "our network provider")
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05", services=[hscn])
        >>> [str(item.go_live) for item in p.items()]
        ['2026-03-02 to 2026-04-16', '2026-03-05 to 2026-05-05']
        """
        return (*self.planned, *self.services)

    def _timetable(self) -> Timetable:
        return Timetable(self.start, self.go_live, self.items())

    def _notes(self) -> notes.Notes:
        from nhs_api_catalogue.planning.notes import Notes  # noqa: PLC0415  see the top

        drivers, problem = self._shown_drivers()
        return Notes(drivers, problem, self.criticality, self.warnings, self.assumptions)

    def _shown_drivers(self) -> tuple[Drivers | None, tuple[str, ...]]:
        """Which of them go live last; if undecided, why."""
        try:
            return self.drivers, ()
        except TooComplexError as error:
            return None, (f"undecided: {error}",)

    def rows(self) -> list[dict[str, Any]]:
        """One row per stage, with JSON values; a day is its ISO text.

        The keys are those of `to_columns`: api (its name, or that of the service), id (None for a
        service), kind ("API" or "service"), team, state ("planned", "built" or "live already"),
        stage, time with its mean days, the days on which it starts and finishes, those on which
        its API or service goes live, whether that is critical (as in `Criticality.of`) and whether
        it is live last ("certainly", "possibly" or "never"), by how many days the stage can move
        (`slack`, for the deadline of the plan or otherwise for its latest go-live), and source. A
        finished implementation has a row, and so has what is live already.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> row = plan(catalogue.select("MESH"), start="2026-01-05").rows()[1]
        >>> row["stage"], row["time"], row["finish_latest"]
        ('NHS England assurance', '1-2 months', '2026-04-16')
        """
        return self._frame().to_rows()

    def to_json(self) -> str:
        """The plan as JSON text: dates, drivers, stages, warnings and assumptions.

        It is the answer, for other programs; `dump_plan` also keeps the request. Days are ISO
        texts, and `drivers` is null if they are undecided.

        >>> import json
        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> json.loads(p.to_json())["go_live"]
        {'earliest': '2026-03-02', 'latest': '2026-04-16'}
        """
        from nhs_api_catalogue.planning.as_json import write_json  # noqa: PLC0415  few need it

        return write_json(self._timetable(), self._notes(), self.rows())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the plan assumes, in words.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> plan(catalogue.select("MESH"), start="2026-01-05").assumptions[1]
        'Assurance starts when technical implementation is finished.'
        """
        from nhs_api_catalogue.planning.notes import assumptions_of  # noqa: PLC0415  see the top

        return tuple(assumptions_of(self.request))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know besides the dates, in words, most serious first.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> plan(catalogue.select("MESH"), start="2026-01-03").warnings[-1]
        '2026-02-28 is a Saturday and is not moved: MESH, go-live at the earliest.'
        """
        return self._warnings

    # In a class with slots a cached property has no docstring at run time, for people or tests.
    @cached_property
    def _warnings(self) -> tuple[str, ...]:
        from nhs_api_catalogue.planning.notes import warnings_of  # noqa: PLC0415  see the top

        return tuple(warnings_of(self.request, self._timetable()))

    def paths(self, name: str) -> tuple[PlannedPath, ...]:
        """The chains of stages that lead to the go-live of an API, the latest first.

        Args:
            name: The API, by any of its names.

        Raises:
            TypeError: The name is not text.
            UnplannedNameError: No API of the plan has the name.
            AmbiguousApiError: Several APIs of the plan have the name.
            TooComplexError: There are more than 10,000 of them.

        >>> from nhs_api_catalogue import Link, catalogue, plan
        >>> product = catalogue.select("SCR FHIR", "PDS FHIR (Patient Access)")
        >>> link = Link("SCR FHIR", product[1], before="assurance")
        >>> p = plan(product, start="2026-01-05", links=[link])
        >>> for path in p.paths("SCR FHIR"):
        ...     print([stage.owner[:3] for stage in path.stages], path.finish)
        ['PDS', 'PDS', 'SCR'] 2026-07-02 to 2026-12-16
        ['SCR', 'SCR'] 2026-06-02 to 2026-10-16
        """
        return paths_into(self._timetable(), self._network, self._events(name))

    def _events(self, name: str) -> Events:
        return self._network.apis[self._place(name)]

    # -- without any assumption about likelihood --

    def status(self, on: date | str) -> Status:
        """Whether everything is live on that day: impossible, possible, or certain.

        Args:
            on: The day, as a date or its text YYYY-MM-DD.

        Raises:
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> [p.status(day).value for day in ("2026-08-04", "2026-08-05", "2027-03-05")]
        ['impossible', 'possible', 'certain']
        """
        return status_of(self.go_live, read_date(on))

    @property
    def drivers(self) -> Drivers:
        """Which APIs and services go live last: possibly, certainly, or never.

        Raises:
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> print(plan(catalogue.select("eRS", "MESH"), start="2026-01-05").drivers)
        possible: e-Referral Service (eRS); certain: e-Referral Service (eRS); earlier: MESH
        """
        return self._drivers

    # In a class with slots a cached property has no docstring at run time, for people or tests.
    @cached_property
    def _drivers(self) -> Drivers:
        return drivers_of(self._network, self.start)

    @property
    def criticality(self) -> Criticality:
        """Which APIs and services are critical: necessarily, possibly, never.

        An API or service is critical if one of its stages is on a longest path to go-live. The
        answer is exact; what would take too long to decide is called undecided.

        >>> from nhs_api_catalogue import Link, catalogue, plan
        >>> waits = [Link("Transfer of Care", "MESH", before="build")]
        >>> p = plan(catalogue.select("Transfer of Care", "MESH"), start="2026-01-05", links=waits)
        >>> p.criticality.necessary, p.drivers.certain
        (('Transfer of Care – FHIR / MESH', 'MESH'), ('Transfer of Care – FHIR / MESH',))
        """
        return self._criticality

    @cached_property
    def _criticality(self) -> Criticality:
        return criticality_of(self._network, self.start, self._days)

    # -- deadlines --

    def latest_safe_start(self, deadline: date | str) -> date:
        """The last start that meets the deadline even if everything takes its longest.

        It is found stage by stage from the deadline backwards, never by subtracting: a month has no
        inverse.

        Args:
            deadline: The day by which everything must be live, as a date or its text.

        Raises:
            DeadlineError: No start can meet it, because of `starts` or `built`.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.latest_safe_start("2027-02-28"))
        2025-12-31
        """
        return self._network.latest_start(read_date(deadline, "deadline"), longest=True)

    def last_chance_start(self, deadline: date | str) -> date:
        """The last start that can meet the deadline, if everything takes its shortest.

        Args:
            deadline: The day by which everything must be live, as a date or its text.

        Raises:
            DeadlineError: No start can meet it, because of `starts` or `built`.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.last_chance_start("2027-02-28"))
        2026-07-31
        """
        return self._network.latest_start(read_date(deadline, "deadline"), longest=False)

    def against(
        self,
        deadline: date | str,
        *,
        on: date | str | None = None,
        assume: likelihood.Assumption | Iterable[likelihood.Assumption | str] = (),
    ) -> deadlines.DeadlineReport:
        """The plan compared with a deadline: what misses it, and how much slack each part has.

        Args:
            deadline: The day by which everything must be live, as a date or its text.
            on: The day of the report, as a date or its text: the report says what is already past
                on it. By default, the start of the plan.
            assume: One or more assumptions, as for `probability`; the report gives the probability
                under each.

        Raises:
            InvalidDateError: A text is not a date.
            TypeError: A day is neither a date nor its text, or an assumption is not one.
            CalendarLimitError: The calendar ends before the latest starts.
            CalendarHorizonError: The days are earlier than the calendar's known days.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> report = p.against("2027-02-28")
        >>> report.status, report.margin, report.misses
        (<Status.POSSIBLE: 'possible'>, (-5, 207), ('e-Referral Service (eRS)',))
        """
        from nhs_api_catalogue.planning.deadlines import report_on  # noqa: PLC0415  few ask

        day = read_date(deadline, "deadline")
        assumptions = assume if isinstance(assume, Iterable) else (assume,)
        return report_on(
            self._timetable(),
            self._network,
            deadline=day,
            on=self.start if on is None else read_date(on),
            probabilities=tuple(self.probability(day, assume=one) for one in assumptions),
        )

    # -- under a named assumption --

    @cached_property
    def _chances(self) -> chances.Chances:
        from nhs_api_catalogue.planning.chances import Chances  # noqa: PLC0415  see the top

        return Chances(self._network, self.start)

    def probability(
        self,
        by: date | str,
        *,
        assume: likelihood.Assumption | str,
        tolerance: float = 1e-3,
        budget: int | None = None,
    ) -> likelihood.Probability:
        """How likely everything is live on that day, if every stage has the assumed shape.

        The value assumes that stages are independent of each other once their start days are given.
        It is nearly always exact. If links make that too costly, it is a proven interval, and the
        text says so.

        Args:
            by: The day, as a date or its text.
            assume: `Uniform()`, `Triangular(mode)` or `PertBeta(mode)`, or its text: "uniform",
                "triangular:0.5", "pert:0.5". There is no default: the sources favour none.
            tolerance: The widest interval to accept, if the budget is enough to narrow it.
            budget: How many multiplications and additions the answer may take; by default 80
                million, up to a few seconds' worth.

        Raises:
            InvalidDateError: The text is not a date.
            UnknownValueError: The text names no assumption.
            InvalidLikelihoodError: The tolerance is not from 0 to 1, or the budget is below 1.
            TooComplexError: Your budget is too small for any answer.
            TypeError: The day is neither a date nor its text, the assumption is none of the three,
                or `tolerance` or `budget` is not a number.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("PDS FHIR (Patient Access)"), start="2026-01-05")
        >>> print(p.probability("2026-03-31", assume=Uniform()))
        0.72, every day of the range equally likely
        >>> format(p.probability("2026-03-31", assume="pert:0.5"), ".4f")
        '0.8408'
        """
        from nhs_api_catalogue.planning.chances import Effort  # noqa: PLC0415  see the top

        return self._chances.by(read_date(by), assume, Effort(tolerance, budget))

    def likelihoods(
        self, by: date | str, *, tolerance: float = 1e-3, budget: int | None = None
    ) -> likelihood.Likelihoods:
        """How likely everything is live on that day, under one assumption of each shape.

        The shapes are `Uniform()`, `Triangular(0.5)` and `PertBeta(0.5)`; no source favours one.

        Args:
            by: The day, as a date or its text.
            tolerance: As for `probability`.
            budget: As for `probability`, for each of the three.

        Raises:
            InvalidDateError: The text is not a date.
            InvalidLikelihoodError: As for `probability`.
            TooComplexError: As for `probability`.
            TypeError: The day is neither a date nor its text, or `tolerance` or `budget` is not a
                number.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("PDS FHIR (Patient Access)"), start="2026-01-05")
        >>> [format(found, ".2f") for found in p.likelihoods("2026-03-31")]
        ['0.72', '0.82', '0.84']
        """
        from nhs_api_catalogue.planning.chances import Effort  # noqa: PLC0415  see the top

        return self._chances.likelihoods(read_date(by), Effort(tolerance, budget))

    def distribution(
        self,
        *,
        assume: likelihood.Assumption | str,
        tolerance: float = 1e-3,
        budget: int | None = None,
    ) -> likelihood.Distribution:
        """How likely everything is live by each day: the whole cumulative curve, computed at once.

        Args:
            assume: As for `probability`.
            tolerance: As for `probability`.
            budget: As for `probability`.

        Raises:
            UnknownValueError: The text names no assumption.
            InvalidLikelihoodError: As for `probability`.
            TooComplexError: As for `probability`.
            TypeError: The assumption is none of the three, or `tolerance` or `budget` is not a
                number.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("PDS FHIR (Patient Access)"), start="2026-01-05")
        >>> for row in list(zip(*p.distribution(assume="uniform").to_columns().values()))[:2]:
        ...     print(row[0], round(row[2], 4))
        2026-03-02 0.0021
        2026-03-03 0.0063
        """
        from nhs_api_catalogue.planning.chances import Effort  # noqa: PLC0415  see the top

        return self._chances.distribution(assume, Effort(tolerance, budget))

    def quantile(
        self,
        q: float,
        *,
        assume: likelihood.Assumption | str,
        tolerance: float = 1e-3,
        budget: int | None = None,
    ) -> date:
        """The first day by which everything is live with at least that probability.

        If only an interval is proven, it is the first day by which that probability is proven;
        `distribution(...).quantile_window(q)` says how early the day may be.

        Args:
            q: The probability to reach, above 0 and up to 1.
            assume: As for `probability`.
            tolerance: As for `probability`.
            budget: As for `probability`, for each of the days that are tried.

        Raises:
            InvalidLikelihoodError: q is outside that range; or as for `probability`.
            UnknownValueError: The text names no assumption.
            TooComplexError: As for `probability`.
            TypeError: q is not a number, or as for `probability`.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("PDS FHIR (Patient Access)"), start="2026-01-05")
        >>> print(p.quantile(0.5, assume=Uniform()))
        2026-03-24
        """
        from nhs_api_catalogue.planning.chances import Effort  # noqa: PLC0415  see the top

        return self._chances.quantile(q, assume, Effort(tolerance, budget))

    def driver_probability(
        self,
        name: str,
        *,
        assume: likelihood.Assumption | str,
        tolerance: float = 1e-3,
        budget: int | None = None,
    ) -> likelihood.Probability:
        """How likely an API drives go-live, that is, goes live last; ties count.

        Because of ties, the values of all APIs can add up to more than 1. If links make the exact
        sum too costly, the value is a proven interval, as for `probability`. If the stages depend
        on each other, only `drivers` is known: 0 if it never drives, 1 if it certainly does,
        otherwise from 0 to 1.

        Args:
            name: The API, by any of its names.
            assume: As for `probability`.
            tolerance: As for `probability`.
            budget: As for `probability`.

        Raises:
            TypeError: The name is not text, the assumption is none of the three, or `tolerance` or
                `budget` is not a number.
            UnplannedNameError: No API of the plan has the name.
            AmbiguousApiError: Several APIs of the plan have the name.
            UnknownValueError: The text names no assumption.
            InvalidLikelihoodError: As for `probability`.
            TooComplexError: As for `probability`.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> print(p.driver_probability("MESH", assume=Uniform()))
        impossible
        """
        from nhs_api_catalogue.planning.chances import Effort  # noqa: PLC0415  see the top

        effort = Effort(tolerance, budget)
        events = self._events(name)
        proven = 0.0, 1.0
        with suppress(TooComplexError):
            drivers = self.drivers
            proven = float(events.name in drivers.certain), float(events.name in drivers.possible)
        return self._chances.driving(events, proven, assume, effort)

    def criticality_probability(
        self,
        name: str,
        *,
        assume: likelihood.Assumption | str,
        tolerance: float = 1e-3,
        budget: int | None = None,
    ) -> likelihood.Probability:
        """How likely an API or a service is critical, that is, has a stage on a longest path.

        Ties count, so the values of parallel APIs can add up to more than 1. If links make the
        exact sum too costly, the value is a proven interval, as for `probability`. If the stages
        depend on each other, only `criticality` is known.

        Args:
            name: The API or the service, by any of its names.
            assume: As for `probability`.
            tolerance: As for `probability`.
            budget: As for `probability`.

        Raises:
            TypeError: The name is not text, the assumption is none of the three, or `tolerance` or
                `budget` is not a number.
            UnplannedNameError: Nothing in the plan has the name.
            AmbiguousApiError: Several APIs of the plan have the name.
            UnknownValueError: The text names no assumption.
            InvalidLikelihoodError: As for `probability`.
            TooComplexError: As for `probability`.

        >>> from nhs_api_catalogue import Link, catalogue, plan
        >>> waits = [Link("Transfer of Care", "MESH", before="build")]
        >>> p = plan(catalogue.select("Transfer of Care", "MESH"), start="2026-01-05", links=waits)
        >>> print(p.criticality_probability("MESH", assume="uniform"))
        certain
        """
        from nhs_api_catalogue.planning.chances import Effort  # noqa: PLC0415  see the top

        effort = Effort(tolerance, budget)
        key = self._names.resolve(
            read_text(name, "the name of an API or a service of the plan"), "the question"
        )
        request, network = self.request, self._network
        keys = (*(api.id for api in request.apis), *(one.name for one in request.services))
        events = (*network.apis, *network.services)[keys.index(key)]
        found = self.criticality
        proven = {
            "necessarily": (1.0, 1.0),
            "never": (0.0, 0.0),
        }
        # What is live already is not listed, and holds nothing up.
        word = "never" if key in request.done else found.of(events.name)
        return self._chances.critical(events, proven.get(word, (0.0, 1.0)), assume, effort)

    # -- what official sources say it needs --

    def missing_prerequisites(self) -> prerequisites.MissingPrerequisites:
        """What official sources say the APIs need, and the plan does not wait for.

        Nothing is linked automatically, even if both are in the plan.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("Transfer of Care"), start="2026-01-05")
        >>> [need.needs for need in p.missing_prerequisites()]
        ['mesh', 'itk3']
        """
        from nhs_api_catalogue.planning.prerequisites import missing_from  # noqa: PLC0415

        return missing_from(self.request)

    def with_prerequisites(  # noqa: PLR0913  every option has its name at the call
        self,
        catalogue: Catalogue,
        *,
        services: Mapping[str, DurationRange | working_days.WorkingDays | str | Service] = NOTHING,
        choose: Mapping[str, str | Api] = NOTHING,
        conditional: Iterable[str | statements.Prerequisite] = (),
        teams: int | Iterable[Iterable[str | Api]] | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Plan:
        """The plan with everything added and linked that official sources say its APIs require.

        What is added may require more, which is added too. Anything required that lacks a time, a
        choice or a record stays missing, with a warning. If the stage of a prerequisite is unknown,
        go-live waits for it. If the teams came from a search, the same number is searched for
        again.

        Args:
            catalogue: The source of the records of added APIs.
            services: How long each service takes, by its id or name: a range or working days,
                the text of either, a `Service` with your source, or "official" for the time that
                official sources give, if both its ends are known.
            choose: Which API to use where several would do, by the id or name of what is needed:
                its name in the catalogue, or your own record of it, which is then planned.
            conditional: What is needed conditionally or as one of several ways, and applies to
                you: ids, names, or single prerequisites.
            teams: A number of teams to search for, or what each team implements, including the
                added APIs. Needed if the teams of this plan were given and an API is added.
            progress: As for `suggest_teams`.

        Raises:
            UnknownValueError: These APIs need nothing of that name, or a choice does not meet the
                need.
            InvalidPlanError: A time, a choice or a condition is not used, or a time or a choice is
                given twice; or as for `plan`, whose other errors can occur too.
            UnknownApiError: A choice names no API in the catalogue.
            TypeError: An argument has the wrong type.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("Transfer of Care"), start="2026-01-05")
        >>> q = p.with_prerequisites(catalogue, services={"itk3": "4-6 weeks"})
        >>> [planned.api.id for planned in q.planned], [item.service.name for item in q.services]
        (['transfer-of-care', 'mesh'], ['ITK3 Message Distribution'])
        >>> print(q.go_live)
        2026-09-02 to 2027-04-16
        """
        from nhs_api_catalogue.planning.prerequisites import completed  # noqa: PLC0415

        asked = self.request
        if teams is None and asked.search is not None:
            teams = asked.search.teams
        number = check_number(teams) if isinstance(teams, int) else None
        by_hand = None if isinstance(teams, int) else teams
        request = completed(
            asked if number is None else attrs.evolve(asked, teams=None),
            catalogue,
            services,
            choose,
            conditional,
            by_hand,
        )
        return plan_for(request if number is None else with_best_teams(request, number, progress))

    # -- other plans, pictures, text --

    def compare(self, other: Plan) -> PlanComparison:
        """What changes from this plan to the other: by how many days dates move, and the drivers.

        Args:
            other: The new plan.

        Raises:
            TooComplexError: The drivers of one of them are undecided.
            TypeError: The other is not a plan.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.compare(plan(catalogue.select("eRS"), start="2026-02-05")).go_live)
        go-live: earliest +31 days, latest +31 days
        """
        check_kind(other, Plan, "expected another plan")
        mine = answer_of(self._timetable(), self.drivers.possible)
        return compare(mine, answer_of(other._timetable(), other.drivers.possible))

    def to_mermaid(self) -> str:
        """The plan as a Gantt chart in Mermaid: each stage at its earliest, and its latest finish.

        Characters in a name that Mermaid would obey become entity codes. The lines before the chart
        reserve enough space for the names beside the bars; Mermaid reads them since 10.5.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> print(plan(catalogue.select("MESH"), start="2026-01-05").to_mermaid())
        ---
        config:
          gantt:
            leftPadding: 52
        ---
        gantt
            title Go-live 2026-03-02 to 2026-04-16
            dateFormat YYYY-MM-DD
            axisFormat %Y-%m-%d
            section MESH
            technical implementation, earliest :active, 2026-01-05, 2026-02-02
            technical implementation, or until :2026-02-02, 2026-02-16
            NHS England assurance, earliest :active, 2026-02-02, 2026-03-02
            NHS England assurance, or until :2026-03-02, 2026-04-16
        """
        from nhs_api_catalogue.planning.as_text import mermaid_lines  # noqa: PLC0415  few need it

        return "\n".join(mermaid_lines(self._timetable()))

    def to_ical(self, *, title: str | None = None, stamp: date | None = None) -> bytes:
        """The plan as an iCalendar file (RFC 5545), which every calendar program reads.

        Each stage is an event from its earliest start to its latest finish. Each go-live is an
        event over all the days on which it can happen, and so is the deadline, if there is one. The
        events last whole days and make nobody busy; the exact windows are in their texts. An event
        keeps its UID when its days change, so a program that reads the file of a new plan moves it.

        Args:
            title: The title of the calendar; it comes before the name of each event and
                distinguishes the events of different plans in one calendar.
            stamp: When the file is made (DTSTAMP): a day, or a `datetime` with its time zone. The
                library never reads the clock; the default is the date of the newest edition behind
                the plan.

        Raises:
            MissingExtraError: icalendar is not installed; the extra "icalendar" installs it.
            CalendarLimitError: An event ends on the last day of the calendar, 9999-12-31.
            TypeError: The stamp has no time zone, or an argument has the wrong type.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> text = p.to_ical(title="Our product").decode()
        >>> text.count("BEGIN:VEVENT"), "DTEND;VALUE=DATE:20260417" in text
        (4, True)
        """
        from nhs_api_catalogue.planning.as_ical import write_ical  # noqa: PLC0415  few need it

        check_kind(title, (str, NoneType), "the title must be text")
        check_kind(stamp, (date, NoneType), "the stamp must be a date or a datetime")
        return write_ical(self._timetable(), self.request.deadline, title, stamp)

    def to_mspdi(self, *, title: str | None = None, at: At = "latest") -> bytes:
        """The plan as an XML file (MSPDI) for Microsoft Project, ProjectLibre and the like.

        Each API and service is a summary task with its stages and its go-live under it. The last
        milestone is "all live", with the deadline if there is one. Every task is scheduled manually
        and has its dates; what it waits for is linked. Custom fields have both ends of its windows,
        its time, its source and its team. No length is in months, because a month of these programs
        is 20 working days: lengths are elapsed days. Microsoft Project supports only the years 1984
        to 2149.

        Args:
            title: The title of the project.
            at: Whether the tasks have their "latest" dates, if everything takes its longest, or
                their "earliest".

        Raises:
            UnknownValueError: `at` is neither.
            TypeError: The title is not text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> text = p.to_mspdi().decode()
        >>> text.count("<Task>"), "<Finish>2026-04-16T00:00:00</Finish>" in text
        (5, True)
        """
        from nhs_api_catalogue.planning.as_mspdi import (  # noqa: PLC0415  few need it
            write_mspdi,
        )

        check_kind(title, (str, NoneType), "the title must be text")
        check_word(at, "end of the windows", get_args(At))
        return write_mspdi(self._timetable(), self.request, title, at)

    def svg(  # noqa: PLR0913  every option has its name at the call
        self,
        *,
        title: str | None = None,
        deadline: date | str | None = None,
        by: date | str | None = None,
        warnings: bool = False,
        width: int = 1280,
        dark: bool = False,
    ) -> str:
        """The plan as a picture for a slide, as SVG text, with bars as in a notebook.

        Start and go-live are marked and labelled, and the time line has months, quarters or years,
        depending on its length. The picture is self-contained: it has its own background and loads
        nothing.

        Args:
            title: The title; by default, the start and go-live.
            deadline: A day to draw as a limit; by default, the plan's own deadline.
            by: Another day, marked with whether everything is live by it.
            warnings: Whether to list the warnings under the picture or only count them.
            width: How wide it is shown, in pixels.
            dark: Whether it is for a dark background.

        Raises:
            InvalidDateError: A text is not a date.
            TypeError: A value has the wrong type.
            ValueError: The width is not above 0.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> "<title>Start 2026-01-05, go-live 2026-03-02 to 2026-04-16</title>" in p.svg()
        True
        >>> "deadline 2026-05-01" in p.svg(title="Our product", deadline="2026-05-01", dark=True)
        True
        """
        from nhs_api_catalogue.planning.as_svg import Look, draw_plan  # noqa: PLC0415  few need it

        marked = None
        if by is not None:
            day = read_date(by)
            marked = (day, self.status(day).value)
        check_kind(warnings, bool, "warnings must be True or False")
        look = Look(
            deadline=self._deadline(deadline),
            by=marked,
            warnings=warnings,
            **_looks(title, width, dark=dark),
        )
        return draw_plan(self._timetable(), self._notes(), look)

    def likelihood_svg(
        self,
        *,
        assume: likelihood.Assumption | str,
        title: str | None = None,
        deadline: date | str | None = None,
        width: int = 1280,
        dark: bool = False,
    ) -> str:
        """How likely everything is live by each day, as a picture that states the assumption.

        Args:
            assume: As for `probability`.
            title: The title; by default, the start and the assumption.
            deadline: A day to draw as a limit, with how likely it is met; by default, the plan's
                own deadline.
            width: How wide it is shown, in pixels.
            dark: Whether it is for a dark background.

        Raises:
            InvalidDateError: A text is not a date.
            TypeError: The assumption is none of the three, or a value has the wrong type.
            ValueError: The width is not above 0.
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> "80 % by 2026-04-03" in p.likelihood_svg(assume=Uniform())
        True
        """
        from nhs_api_catalogue.planning.as_svg import (  # noqa: PLC0415  few need it
            Look,
            draw_likelihood,
        )

        look = Look(deadline=self._deadline(deadline), **_looks(title, width, dark=dark))
        return draw_likelihood(self._timetable(), self._chances, assume, look)

    def report(
        self,
        *,
        title: str | None = None,
        deadline: date | str | None = None,
        assume: likelihood.Assumption | str | None = None,
        form: Form = "html",
    ) -> str:
        """The plan as a report for decision makers: two A4 pages for a product with a few APIs.

        It has the answer, a picture, the stages, what drives it, the deadline, the most serious
        warnings, the assumptions and the sources. The HTML page is self-contained: it loads nothing
        and can be printed. It has no date of its own, so the same plan gives the same text.

        Args:
            title: The title of the report.
            deadline: The day by which everything must be live; by default, the plan's own.
            assume: As for `probability`; the report then says how likely the deadline is met.
            form: "html", or "markdown" with the picture as a Mermaid chart.

        Raises:
            InvalidDateError: The text is not a date.
            InvalidPlanError: An assumption is given, but there is no deadline.
            UnknownValueError: The form is neither, or the text names no assumption.
            TypeError: An argument has the wrong type.
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> print(p.report(title="Our product", form="markdown")[:100])
        # Our product
        <BLANKLINE>
        **It could be live between 2026-03-02 and 2026-04-16, if work starts on 2026-01-05.**
        """
        from nhs_api_catalogue.planning.as_report import (  # noqa: PLC0415  few need it
            Question,
            html_report,
            markdown_report,
        )

        check_kind(title, (str, NoneType), "the title must be text")
        check_word(form, "form of a report", get_args(Form))
        day = self._deadline(deadline)
        if assume is not None and day is None:
            message = "assume= asks how likely the deadline is met: give a deadline"
            raise InvalidPlanError(message)
        answers = () if day is None else tuple(self._answers(day, assume))
        question = Question(title, day, answers, tuple(self._cited()))
        write = html_report if form == "html" else markdown_report
        return write(self._timetable(), self._notes(), question)

    def _answers(self, day: date, assume: likelihood.Assumption | str | None) -> Iterator[str]:
        """The sentences about a deadline."""
        report = self.against(day, assume=() if assume is None else (assume,))
        yield f"Going live by the deadline, {day}, is {report.status.value}."
        _, margin, starts, *_ = str(report).split("\n")
        yield from (margin, starts)
        for probability in report.probabilities:
            yield f"How likely the deadline is met: {probability}."
        if report.misses:
            yield f"Not certain to be live by then: {', '.join(report.misses)}."

    def _cited(self) -> Iterator[str]:
        """The sources of the times, then of the official statements."""
        yield from self._timetable().sources()
        for overlay in self._names.catalogue.overlays:
            yield f"what official sources say, gathered on {overlay.compiled}"

    def _deadline(self, given: date | str | None) -> date | None:
        """The given day, or the plan's own deadline."""
        return self.request.deadline if given is None else read_date(given, "deadline")

    def _repr_html_(self) -> str:
        from nhs_api_catalogue.planning.as_html import write_plan  # noqa: PLC0415  few need it

        return write_plan(self._timetable(), self._notes())

    def _frame(self) -> Frame:
        from nhs_api_catalogue.planning.as_table import frame_of  # noqa: PLC0415  few need it

        drivers, _ = self._shown_drivers()
        return frame_of(self._timetable(), self.request, self.criticality, drivers)

    def __repr__(self) -> str:
        names = ", ".join(planned.api.id for planned in self.planned)
        return f"<Plan of {names} from {self.start}: go-live {self.go_live}>"

    def describe(self, *, width: int = 80, short: bool = False) -> str:
        """The whole plan as text: every stage, warning, assumption and source.

        Args:
            width: The number of columns of a line.
            short: Only the answer, as in `str`: dates, what drives them, and the most serious
                warnings, with a count of the rest.

        Raises:
            ValueError: The width is below 60.
            TypeError: The width is not a whole number.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> for line in p.describe().splitlines()[:5]:
        ...     print(line)
        Start 2026-01-05, go-live 2026-03-02 to 2026-04-16
        <BLANKLINE>
        MESH
          technical implementation  4-6 weeks     2026-02-02 to 2026-02-16
          NHS England assurance     1-2 months    2026-03-02 to 2026-04-16
        >>> for line in p.describe(short=True).splitlines()[:3]:
        ...     print(line)
        Start 2026-01-05, go-live 2026-03-02 to 2026-04-16
        <BLANKLINE>
        MESH  2026-03-02 to 2026-04-16
        """
        from nhs_api_catalogue.planning.as_text import full_lines, short_lines  # noqa: PLC0415  few need it

        lines = short_lines if short else full_lines
        return visible_lines(lines(self._timetable(), self._notes(), read_width(width)))

    def __str__(self) -> str:
        return self.describe(short=True)


def _looks(title: str | None, width: int, *, dark: bool) -> dict[str, Any]:
    """How a picture is to look, checked."""
    check_kind(title, (str, NoneType), "the title must be text")
    check_kind(width, int, "the width must be a whole number of pixels")
    check_kind(dark, bool, "dark must be True or False")
    if width < 1:
        message = f"the width must be above 0, got {width!r}"
        raise ValueError(message)
    return {"title": title, "width": width, "is_dark": dark}


def plan(  # noqa: PLR0913  every option has its name at the call
    apis: Iterable[Api],
    *,
    start: date | str | None = None,
    deadline: date | str | None = None,
    starts: Mapping[str, date | str] = NO_DATES,
    built: Mapping[str, date | str] = NO_DATES,
    done: Iterable[str | Api] = (),
    links: Iterable[Link] = (),
    services: Iterable[Service] = (),
    teams: Iterable[Iterable[str | Api]] | None = None,
    overlap: Overlap = "none",
    allow_unavailable: bool = False,
    calendar: working_days.WorkingCalendar | None = None,
) -> Plan:
    """A plan for taking these APIs live.

    Each API is implemented and then assured. The APIs run in parallel, unless links or teams say
    otherwise. Names are resolved among the APIs and services of the plan, in any spelling that a
    catalogue accepts.

    Args:
        apis: A catalogue, or records.
        start: The day on which work starts, as a date or its text YYYY-MM-DD.
        deadline: Instead of a start, the day by which everything must be live: the plan then
            starts on its latest safe start.
        starts: Days before which an API or a service does not start, by name.
        built: Days on which implementation was or will be finished, by name; assurance can start
            then, even before the start of the plan.
        done: What is live already and satisfies every link to it.
        links: What waits for what.
        services: Your own enabling work, which go-live also waits for.
        teams: What each team implements, one after another. Every API that is neither built nor
            done appears once. Without teams, all are implemented in parallel.
        overlap: "full" lets assurance run in parallel with implementation; an API is live when the
            later of the two ends.
        allow_unavailable: Whether to plan with an API that is unavailable on some day between the
            start and the latest go-live; then the plan warns. This includes APIs that are live
            already.
        calendar: The working days, such as `england()`; needed if a time is in working days. With
            it, warnings also name bank holidays and closures.

    Raises:
        InvalidPlanError: There is no API; both or neither of start and deadline are given; an API
            is in `done` or `built` and in an argument that contradicts it; a link leads from an API
            to itself; an API is in teams twice or not at all; names of services collide; a time is
            in working days, and there is no calendar.
        UnplannedNameError: Nothing in the plan has a name.
        AmbiguousApiError: Several of its APIs have a name.
        DuplicateApiError: An API appears twice.
        CyclicPlanError: Something waits for itself.
        DeadlineError: No start can meet the deadline.
        UnavailableApiError: An API is unavailable on some day of the plan.
        InvalidDateError: A text is not a date.
        CalendarLimitError: The plan is outside the calendar.
        CalendarHorizonError: Working days are outside the calendar's known days.
        UnknownValueError: `overlap` is neither of the two words.
        TypeError: An argument has the wrong type.

    >>> from nhs_api_catalogue import catalogue
    >>> p = plan(catalogue.select("PDS FHIR (Patient Access)", "eRS"), start="2026-01-05")
    >>> print(p.go_live)
    2026-08-05 to 2027-03-05
    >>> print(p["eRS"].stages[0].finish)
    2026-04-05 to 2026-07-05
    >>> print(plan(catalogue.select("eRS"), deadline="2027-03-05").start)
    2026-01-05
    """
    return plan_for(
        PlanRequest(
            apis=apis,
            start=start,
            deadline=deadline,
            starts=starts,
            built=built,
            done=done,
            links=links,
            services=services,
            teams=teams,
            overlap=overlap,
            allow_unavailable=allow_unavailable,
            calendar=calendar,
        )
    )


def plan_for(request: PlanRequest) -> Plan:
    """The plan that answers a request.

    Args:
        request: The request, such as `p.request`; `attrs.evolve` changes it.

    Raises:
        CyclicPlanError: Something waits for itself.
        DeadlineError: No start can meet the deadline.
        UnavailableApiError: An API is unavailable on some day of the plan.
        CalendarLimitError: The plan is outside the calendar.
        CalendarHorizonError: Working days are outside the calendar's known days.
        InvalidPlanError: A time is in working days, and there is no calendar.
        TypeError: It is not a request.

    >>> from attrs import evolve
    >>> from nhs_api_catalogue import catalogue
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> print(plan_for(evolve(p.request, overlap="full")).go_live)
    2026-05-05 to 2026-09-05
    """
    check_kind(request, PlanRequest, "expected a PlanRequest, such as p.request")
    network = network_of(request)
    start = request.start
    if start is None:
        # The request has exactly one of the two.
        deadline = cast("date", request.deadline)
        start = network.latest_start(deadline, longest=True)
    earliest = network.days(start, longest=False)
    latest = network.days(start, longest=True)

    go_live = Window(network.last_of(earliest, start), network.last_of(latest, start))
    if not request.allow_unavailable:
        _refuse_unavailable(request.apis, start, go_live.latest)
    p = object.__new__(Plan)
    # attrs gives the class this method, which pyright does not know.
    cast("Any", p).__attrs_init__(
        request=request,
        start=start,
        go_live=go_live,
        network=network,
        days=(earliest, latest),
    )
    return p


def _refuse_unavailable(apis: tuple[Api, ...], start: date, last: date) -> None:
    """Refuse a plan with an API that is unavailable on one of its days.

    Raises:
        UnavailableApiError: One is.
    """
    for api in apis:
        # Most have no notice.
        notice = api.unavailable_between(start, last) if api.notices else None
        if notice is not None:
            name = titles_of(apis)[api.id]
            raise UnavailableApiError(name, notice.since, notice.until, notice.text)


def suggest_teams(  # noqa: PLR0913  every option has its name at the call
    apis: Iterable[Api],
    n: int,
    *,
    start: date | str | None = None,
    deadline: date | str | None = None,
    starts: Mapping[str, date | str] = NO_DATES,
    built: Mapping[str, date | str] = NO_DATES,
    done: Iterable[str | Api] = (),
    links: Iterable[Link] = (),
    services: Iterable[Service] = (),
    overlap: Overlap = "none",
    allow_unavailable: bool = False,
    calendar: working_days.WorkingCalendar | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Plan:
    """The plan with the best teams: who implements what, in which order.

    Best means the earliest latest go-live or, for a deadline, the latest safe start. For up to 6
    APIs to implement from a start, every assignment and every order is tried; ties are decided by
    the earliest go-live, then by the order in which the APIs are given. For more, the search leaves
    out what is proven to be no better. It ends when the best is proven, or after a fixed number of
    steps, with the best found and its gap in days: `request.search` and `assumptions` say which.
    Teams are interchangeable, so their order does not matter.

    Args:
        apis: A catalogue, or records.
        n: The greatest number of teams.
        start: The day on which work starts.
        deadline: Instead of a start, the day by which everything must be live.
        starts: As for `plan`.
        built: As for `plan`.
        done: As for `plan`.
        links: As for `plan`.
        services: As for `plan`.
        overlap: As for `plan`.
        allow_unavailable: As for `plan`.
        calendar: As for `plan`.
        progress: Called during the search with the steps so far and the most that there can be; an
            exception from it ends the search and reaches the caller.

    Raises:
        InvalidPlanError: n is below 1, or as for `plan`, whose other errors can occur too.
        TypeError: n is not a whole number.

    >>> from nhs_api_catalogue import catalogue
    >>> product = catalogue.select("eRS", "MESH", "GP Connect Access Record")
    >>> p = suggest_teams(product, 1, start="2026-01-05")
    >>> print(p.go_live)
    2026-10-05 to 2027-07-05
    >>> p.request.teams
    (('e-rs', 'gp-connect-access-record', 'mesh'),)
    """
    check_number(n)
    request = PlanRequest(
        apis=apis,
        start=start,
        deadline=deadline,
        starts=starts,
        built=built,
        done=done,
        links=links,
        services=services,
        overlap=overlap,
        allow_unavailable=allow_unavailable,
        calendar=calendar,
    )
    return plan_for(with_best_teams(request, n, progress))


@final
class _Parts:
    """The parts of a plan, made from the days of its events."""

    def __init__(self, network: Network, earliest: Sequence[date], latest: Sequence[date]) -> None:
        self.network = network
        self.request = network.request
        self.earliest = earliest
        self.latest = latest
        self.last_days = LastDays(network)
        self._last_window = Window(earliest[START], latest[START])

    def items(self) -> tuple[tuple[PlannedApi, ...], tuple[PlannedService, ...]]:
        """The planned APIs, and the planned services."""
        request, network = self.request, self.network
        done, built = set(request.done), dict(request.built)
        apis = tuple(
            PlannedApi(
                api,
                self._stages(place),
                self._window(events.live),
                built=built.get(api.id),
                done=api.id in done,
                last_days=self.last_days,
                events=events,
            )
            for place, (api, events) in enumerate(zip(request.apis, network.apis, strict=True))
        )
        services = tuple(
            PlannedService(
                service,
                self._stages(place),
                self._window(events.live),
                done=service.name in done,
                last_days=self.last_days,
                events=events,
            )
            for place, (service, events) in enumerate(
                zip(request.services, network.services, strict=True), len(apis)
            )
        )
        return apis, services

    def _stages(self, place: int) -> tuple[PlannedStage, ...]:
        return tuple(map(self.stage, self.network.stages_of(place)))

    def stage(self, number: int) -> PlannedStage:
        """The stage with that number in `Network.stages`."""
        network, request = self.network, self.request
        place, moment = divmod(number, 4)
        name, time, source = self._work(place, is_implementation=moment == 1)
        start, end = network.moments[number - 1], network.moments[number]
        begins, finish = self._window(start), self._window(end)
        if network.more.last[end] != NO_WAIT:
            # The event at its end also waits for something else. The network has refused working
            # days without a calendar.
            finish = cast("BoundTime", bound(time, request.calendar)).after(begins)
        return PlannedStage(
            network.names[place],
            name,
            time,
            begins,
            finish,
            source,
            last_days=self.last_days,
            end=end,
        )

    def _work(self, place: int, *, is_implementation: bool) -> tuple[str, StageTime, str]:
        """What a stage is called, how long it takes, and who says so."""
        apis, services = self.request.apis, self.request.services
        if place >= len(apis):
            service = services[place - len(apis)]
            return ENABLING, service.time, service.source
        api = apis[place]
        if is_implementation:
            return IMPLEMENTATION, api.technical, api.source_of("technical")
        return ASSURANCE, api.assurance, api.source_of("assurance")

    def _window(self, event: int) -> Window:
        """When an event happens."""
        first, last, window = self.earliest[event], self.latest[event], self._last_window
        # Most stages start when another ends: fewer values make long plans cheaper.
        if window.earliest != first or window.latest != last:
            window = self._last_window = Window(first, last)
        return window
