"""A plan: when a product that needs some APIs could go live, and what that rests on."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._names import read_text
from nhs_api_catalogue._tabular import Tabular
from nhs_api_catalogue.planning.names import Names
from nhs_api_catalogue.planning.notes import assumptions_of, warnings_of
from nhs_api_catalogue.planning.outlooks import Outlook
from nhs_api_catalogue.planning.paths import paths_into
from nhs_api_catalogue.planning.pictures import mermaid_lines, text_lines
from nhs_api_catalogue.planning.requests import PlanRequest
from nhs_api_catalogue.planning.shifts import PlanComparison, compare
from nhs_api_catalogue.planning.stages import (
    PlannedApi,
    PlannedPath,
    PlannedService,
    PlannedStage,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhs_api_catalogue._frames import Frame
    from nhs_api_catalogue.catalogues import Catalogue

    # Nothing of likelihood is loaded before a caller names an assumption, nothing of what official
    # sources say before a caller asks for warnings or prerequisites.
    from nhs_api_catalogue.likelihood import Assumption, Probability
    from nhs_api_catalogue.official.needs import Prerequisite
    from nhs_api_catalogue.planning.networks import Events
    from nhs_api_catalogue.planning.prerequisites import MissingPrerequisites, Time
    from nhs_api_catalogue.records import Api

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@final
@attrs.frozen(repr=False)
class Plan(Outlook, Tabular):
    """When a product that needs some APIs could go live, and what that rests on.

    Made by `plan`, `plan_for` and `suggest_teams`, never by its constructor. `[]` gives an API of
    the plan by any of its names, and `in` tells whether there is one. A plan is gone through by
    `planned`, `services`, `items` or `stages`. Two plans are equal when their requests are: the
    rest follows from these.

    Attributes:
        request: What was asked for; `plan_for` gives the plan of a changed one.
        start: The day on which work starts.
        planned: The APIs with their stages, in the order in which they were given.
        services: The services likewise.
        go_live: The window in which the last of them goes live, the start at the earliest.
        drivers: Which of them drive that; computed on first use, `TooComplexError` if links make
            an exact answer too costly.
        assumptions: What the plan takes for granted, in words.
        warnings: What a reader must know besides, in words.

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
    planned: tuple[PlannedApi, ...] = attrs.field(eq=False)
    services: tuple[PlannedService, ...] = attrs.field(eq=False)

    # -- what is in it --

    @cached_property
    def _names(self) -> Names:
        return Names(self.request.apis, self.request.services)

    def _place(self, name: str) -> int:
        """The place of the API of that name, id or alias."""
        return self._names.place(read_text(name, "the name of an API of the plan"), "the question")

    def __getitem__(self, name: str) -> PlannedApi:
        """The planned API of that name, id or alias.

        Raises:
            UnplannedNameError: No API of the plan bears the name.
            AmbiguousApiError: Several APIs of the plan bear the name.
            TypeError: It is no text; by place they are in `planned`.
        """
        return self.planned[self._place(name)]

    def __contains__(self, api: object) -> bool:
        """Whether an API of the plan bears the name, or whether the record itself is planned.

        Raises:
            AmbiguousApiError: Several APIs of the plan bear the name.
        """
        return api in self._names.catalogue

    # Whether a plan is its APIs or its services too is for `planned`, `items()` and `stages()` to
    # say. Without this line Python would go through it by asking for p[0], p[1] and so on.
    __iter__ = None

    def stages(self) -> tuple[PlannedStage, ...]:
        """All stages, API by API, then service by service.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> [(stage.name, str(stage.time)) for stage in p.stages()]
        [('technical implementation', '4-6 weeks'), ('NHS England assurance', '1-2 months')]
        """
        return tuple(stage for item in self.items() for stage in item.stages)

    def items(self) -> tuple[PlannedApi | PlannedService, ...]:
        """The APIs, then the services.

        >>> from nhs_api_catalogue import Service, catalogue, plan
        >>> hscn = Service("HSCN connection", "2-4 months", "our network provider")
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05", services=[hscn])
        >>> [str(item.go_live) for item in p.items()]
        ['2026-03-02 to 2026-04-16', '2026-03-05 to 2026-05-05']
        """
        return (*self.planned, *self.services)

    def rows(self) -> list[dict[str, Any]]:
        """One row per stage, as plain values for tables and for JSON.

        The keys are api (its name, or that of the service), id (None for a service), stage, time,
        start_earliest, start_latest, finish_earliest, finish_latest and source; days are dates.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> row = plan(catalogue.select("MESH"), start="2026-01-05").rows()[1]
        >>> row["stage"], row["time"], str(row["finish_latest"])
        ('NHS England assurance', '1-2 months', '2026-04-16')
        """
        from nhs_api_catalogue.planning.views import rows_of  # noqa: PLC0415  few need it

        return rows_of(self)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the plan takes for granted, in words.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> plan(catalogue.select("MESH"), start="2026-01-05").assumptions[1]
        'Assurance starts when technical implementation is finished.'
        """
        return tuple(assumptions_of(self.request))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know besides the dates, in words, the gravest first.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> plan(catalogue.select("MESH"), start="2026-01-03").warnings[-1]
        '2026-02-28 is a Saturday and is not moved: MESH, NHS England assurance at the earliest.'
        """
        return self._warnings

    # In a class with slots a cached property has no docstring at run time, for people or tests.
    @cached_property
    def _warnings(self) -> tuple[str, ...]:
        return tuple(warnings_of(self))

    def paths(self, name: str) -> tuple[PlannedPath, ...]:
        """The chains of stages that end in the go-live of an API, those that can end last first.

        Args:
            name: The API, by any of its names.

        Raises:
            TypeError: The name is no text.
            UnplannedNameError: No API of the plan bears the name.
            AmbiguousApiError: Several APIs of the plan bear the name.
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
        return paths_into(self, self._network, self._events(name))

    def _events(self, name: str) -> Events:
        return self._network.apis[self._place(name)]

    def driver_probability(self, name: str, *, assume: Assumption) -> Probability:
        """How likely an API drives go-live: its own is the plan's, ties counted.

        Because of ties, the values of all APIs can add up to more than 1. The bounds are those of
        `drivers`: 0 if it never drives, 1 if it certainly does, else from 0 to 1.

        Args:
            name: The API, by any of its names.
            assume: As for `probability`.

        Raises:
            TypeError: The name is no text, or the assumption is none of the three.
            UnplannedNameError: No API of the plan bears the name.
            AmbiguousApiError: Several APIs of the plan bear the name.
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> p.driver_probability("MESH", assume=Uniform())
        Probability(value=0.0, lower=0.0, upper=0.0, assumption=Uniform())
        """
        return self._chances.driving(self._events(name), self.drivers, assume)

    # -- what official sources say that it needs --

    def missing_prerequisites(self) -> MissingPrerequisites:
        """What official sources say that the APIs need, and the plan does not wait for.

        Nothing is linked by itself, even if both are in the plan.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("Transfer of Care"), start="2026-01-05")
        >>> [need.needs for need in p.missing_prerequisites()]
        ['mesh', 'itk3']
        """
        from nhs_api_catalogue.planning.prerequisites import missing_from  # noqa: PLC0415

        return missing_from(self.request)

    def with_prerequisites(
        self,
        catalogue: Catalogue,
        *,
        services: Mapping[str, Time] = NOTHING,
        choose: Mapping[str, str | Api] = NOTHING,
        conditional: Iterable[str | Prerequisite] = (),
    ) -> Plan:
        """The plan with everything added and linked that its APIs are said to require.

        What is added may require more, which is added too. What is required and lacks a time, a
        choice or a record stays missing, and is warned of. A prerequisite of an unknown stage is
        waited for before go-live. Where teams are given, an API that is added has its own team.

        Args:
            catalogue: Where the records of APIs that are added come from.
            services: How long each service takes, by its id or name: a range, its text, or a
                `Service` with your source.
            choose: Which API provides what several could, by the id or name of what is needed: a
                name of it in the catalogue, or your own record of it, which is planned then.
            conditional: What is needed conditionally or as one of several ways, and applies to
                you: ids, names, or single prerequisites.

        Raises:
            UnknownValueError: A name is of nothing that these APIs need, or a choice does not do.
            InvalidPlanError: A time, a choice or a condition is not used, or one of the first two
                is given twice; and as for `plan`, whose other errors occur too.
            UnknownApiError: A choice names no API of the catalogue.
            TypeError: An argument is of another type.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("Transfer of Care"), start="2026-01-05")
        >>> q = p.with_prerequisites(catalogue, services={"itk3": "4-6 weeks"})
        >>> [planned.api.id for planned in q.planned], [item.service.name for item in q.services]
        (['transfer-of-care', 'mesh'], ['ITK3 Message Distribution'])
        >>> print(q.go_live)
        2026-09-02 to 2027-04-16
        """
        # `making` makes plans, so it cannot be loaded before this room.
        from nhs_api_catalogue.planning.making import plan_for  # noqa: PLC0415
        from nhs_api_catalogue.planning.prerequisites import completed  # noqa: PLC0415

        request = completed(self.request, catalogue, services, choose, conditional)
        return plan_for(request)

    # -- other plans, pictures, text --

    def compare(self, other: Plan) -> PlanComparison:
        """What changes from this plan to the other: days by which dates move, and drivers.

        Args:
            other: The plan to come to.

        Raises:
            TooComplexError: The drivers of one of them cannot be told.
            TypeError: The other is no plan.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.compare(plan(catalogue.select("eRS"), start="2026-02-05")).go_live)
        go-live: earliest +31 days, latest +31 days
        """
        check_kind(other, Plan, "expected another plan")
        return compare(self, other)

    def to_mermaid(self) -> str:
        """The plan as a Gantt chart in Mermaid: each stage at its earliest, and its latest finish.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> print(plan(catalogue.select("MESH"), start="2026-01-05").to_mermaid())
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
        return "\n".join(mermaid_lines(self))

    def svg(self) -> str:
        """The plan as a picture that stands alone, the text of an SVG file; bars as in a notebook.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> "<title>Start 2026-01-05, go-live 2026-03-02 to 2026-04-16</title>" in p.svg()
        True
        """
        from nhs_api_catalogue.planning.views import draw_plan  # noqa: PLC0415  few need it

        return draw_plan(self)

    def likelihood_svg(self, *, assume: Assumption) -> str:
        """How likely all is live by each day, as such a picture with the assumption in it.

        Args:
            assume: As for `probability`.

        Raises:
            TypeError: The assumption is none of the three.
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
        >>> "80 % by 2026-04-03" in p.likelihood_svg(assume=Uniform())
        True
        """
        from nhs_api_catalogue.planning.views import draw_likelihood  # noqa: PLC0415  few need it

        return draw_likelihood(self, assume)

    def _repr_html_(self) -> str:
        from nhs_api_catalogue.planning.views import write_plan  # noqa: PLC0415  few need it

        return write_plan(self)

    def _frame(self) -> Frame:
        from nhs_api_catalogue.planning.views import frame_of  # noqa: PLC0415  few need it

        return frame_of(self)

    def __repr__(self) -> str:
        names = ", ".join(planned.api.id for planned in self.planned)
        return f"<Plan of {names} from {self.start}: go-live {self.go_live}>"

    def __str__(self) -> str:
        return "\n".join(text_lines(self))
