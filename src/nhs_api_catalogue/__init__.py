"""The NHS APIs of the "NHS API Guide 2025", with exact calendar planning.

>>> from nhs_api_catalogue import catalogue, plan
>>> print(catalogue["eRS"].technical)
3-6 months
>>> print(plan(catalogue.select("eRS", "MESH"), start="2026-01-05").go_live)
2026-08-05 to 2027-03-05

The names below are resolved when they are first used (PEP 562), so that importing the package
costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhs_api_catalogue.catalogues import Catalogue
    from nhs_api_catalogue.comparisons import Comparison
    from nhs_api_catalogue.durations import (
        Duration,
        DurationRange,
        Ordering,
        Window,
        days,
        months,
        weeks,
        years,
    )
    from nhs_api_catalogue.errors import (
        AmbiguousApiError,
        CalendarLimitError,
        CatalogueError,
        ConflictingApiError,
        CyclicPlanError,
        DeadlineError,
        DuplicateApiError,
        DurationSyntaxError,
        IndeterminateOrderError,
        InvalidDateError,
        InvalidDurationError,
        InvalidDurationRangeError,
        InvalidLikelihoodError,
        InvalidPlanError,
        InvalidRecordError,
        InvalidWindowError,
        MissingExtraError,
        TooComplexError,
        UnavailableApiError,
        UnknownApiError,
        UnknownValueError,
        UnplannedNameError,
    )
    from nhs_api_catalogue.likelihood import (
        PertBeta,
        Probability,
        Triangular,
        Uniform,
    )
    from nhs_api_catalogue.planning import (
        Drivers,
        Link,
        Plan,
        PlanComparison,
        PlannedApi,
        PlannedPath,
        PlannedService,
        PlannedStage,
        PlanRequest,
        Service,
        Shift,
        Status,
        plan,
        plan_for,
        suggest_teams,
    )
    from nhs_api_catalogue.records import (
        AccessRoute,
        AccessRule,
        Answer,
        Api,
        AuthProtocol,
        Capability,
        Edition,
        Implementation,
        Notice,
        NoticeKind,
        OwnValue,
        Precision,
        Printed,
        Proxy,
        Standard,
        Suitability,
        Topic,
        Transport,
        UseContext,
        User,
    )

    catalogue: Catalogue
    __version__: str

_HOMES = {
    "catalogues": ("Catalogue",),
    "comparisons": ("Comparison",),
    "durations": (
        "Duration",
        "DurationRange",
        "Ordering",
        "Window",
        "days",
        "months",
        "weeks",
        "years",
    ),
    "editions": ("catalogue",),
    "errors": (
        "AmbiguousApiError",
        "CalendarLimitError",
        "CatalogueError",
        "ConflictingApiError",
        "CyclicPlanError",
        "DeadlineError",
        "DuplicateApiError",
        "DurationSyntaxError",
        "IndeterminateOrderError",
        "InvalidDateError",
        "InvalidDurationError",
        "InvalidDurationRangeError",
        "InvalidLikelihoodError",
        "InvalidPlanError",
        "InvalidRecordError",
        "InvalidWindowError",
        "MissingExtraError",
        "TooComplexError",
        "UnavailableApiError",
        "UnknownApiError",
        "UnknownValueError",
        "UnplannedNameError",
    ),
    "likelihood": (
        "PertBeta",
        "Probability",
        "Triangular",
        "Uniform",
    ),
    "planning": (
        "Drivers",
        "Link",
        "Plan",
        "PlanComparison",
        "PlanRequest",
        "PlannedApi",
        "PlannedPath",
        "PlannedService",
        "PlannedStage",
        "Service",
        "Shift",
        "Status",
        "plan",
        "plan_for",
        "suggest_teams",
    ),
    "records": (
        "AccessRoute",
        "AccessRule",
        "Answer",
        "Api",
        "AuthProtocol",
        "Capability",
        "Edition",
        "Implementation",
        "Notice",
        "NoticeKind",
        "OwnValue",
        "Precision",
        "Printed",
        "Proxy",
        "Standard",
        "Suitability",
        "Topic",
        "Transport",
        "UseContext",
        "User",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AccessRoute",
    "AccessRule",
    "AmbiguousApiError",
    "Answer",
    "Api",
    "AuthProtocol",
    "CalendarLimitError",
    "Capability",
    "Catalogue",
    "CatalogueError",
    "Comparison",
    "ConflictingApiError",
    "CyclicPlanError",
    "DeadlineError",
    "Drivers",
    "DuplicateApiError",
    "Duration",
    "DurationRange",
    "DurationSyntaxError",
    "Edition",
    "Implementation",
    "IndeterminateOrderError",
    "InvalidDateError",
    "InvalidDurationError",
    "InvalidDurationRangeError",
    "InvalidLikelihoodError",
    "InvalidPlanError",
    "InvalidRecordError",
    "InvalidWindowError",
    "Link",
    "MissingExtraError",
    "Notice",
    "NoticeKind",
    "Ordering",
    "OwnValue",
    "PertBeta",
    "Plan",
    "PlanComparison",
    "PlanRequest",
    "PlannedApi",
    "PlannedPath",
    "PlannedService",
    "PlannedStage",
    "Precision",
    "Printed",
    "Probability",
    "Proxy",
    "Service",
    "Shift",
    "Standard",
    "Status",
    "Suitability",
    "TooComplexError",
    "Topic",
    "Transport",
    "Triangular",
    "UnavailableApiError",
    "Uniform",
    "UnknownApiError",
    "UnknownValueError",
    "UnplannedNameError",
    "UseContext",
    "User",
    "Window",
    "catalogue",
    "days",
    "months",
    "plan",
    "plan_for",
    "suggest_teams",
    "weeks",
    "years",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        # Reading the installed metadata costs 20 ms, and few ask.
        from importlib.metadata import version  # noqa: PLC0415

        return globals().setdefault(name, version("nhs-api-catalogue"))
    home = _HOME.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{home}"), name)
    # Two threads may arrive here at once; the first one's value stays.
    return globals().setdefault(name, value)


def __dir__() -> list[str]:
    return sorted(__all__)
