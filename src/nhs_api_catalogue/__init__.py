"""The NHS APIs of the "NHS API Guide 2025", with exact calendar planning.

>>> from nhs_api_catalogue import catalogue, plan
>>> print(catalogue["eRS"].technical)
3-6 months
>>> print(plan(catalogue.select("eRS", "MESH"), start="2026-01-05").go_live)
2026-08-05 to 2027-03-05

The names below are resolved on first use (PEP 562), so importing the package costs almost nothing.
"""

# Type checkers treat this name as true; importing it from `typing` would cost 4 ms.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from nhs_api_catalogue._problems import Problem
    from nhs_api_catalogue._search import SearchMatch
    from nhs_api_catalogue.beyond.bundled import products
    from nhs_api_catalogue.beyond.records import (
        BaseAddress,
        Environment,
        Family,
        Listing,
        Product,
        ProductKind,
        Specification,
    )
    from nhs_api_catalogue.beyond.sequence import Products
    from nhs_api_catalogue.catalogues import Catalogue
    from nhs_api_catalogue.catalogues.ages import Staleness
    from nhs_api_catalogue.comparisons import Comparison
    from nhs_api_catalogue.diffs import ApiChange, EditionDiff, FieldChange, diff
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
    from nhs_api_catalogue.editions.reading import load, loads
    from nhs_api_catalogue.editions.writing import dump, dumps
    from nhs_api_catalogue.errors import (
        AmbiguousApiError,
        AmbiguousProductError,
        CalendarHorizonError,
        CalendarLimitError,
        CatalogueError,
        ConflictingApiError,
        CyclicPlanError,
        DeadlineError,
        DuplicateApiError,
        DurationSyntaxError,
        IndeterminateOrderError,
        InvalidCatalogueError,
        InvalidDateError,
        InvalidDurationError,
        InvalidDurationRangeError,
        InvalidFileError,
        InvalidLikelihoodError,
        InvalidOverlayError,
        InvalidPlanError,
        InvalidPlanFileError,
        InvalidRecordError,
        InvalidWindowError,
        MissingExtraError,
        TooComplexError,
        UnavailableApiError,
        UnknownApiError,
        UnknownProductError,
        UnknownValueError,
        UnplannedNameError,
    )
    from nhs_api_catalogue.likelihood import (
        Assumption,
        Distribution,
        Likelihoods,
        PertBeta,
        Probability,
        Triangular,
        Uniform,
    )
    from nhs_api_catalogue.official.differences import (
        Difference,
        DifferenceField,
        DifferenceKind,
        Severity,
    )
    from nhs_api_catalogue.official.entries import Fact, OfficialEntry, Security
    from nhs_api_catalogue.official.needs import (
        NeededFor,
        OfficialService,
        Prerequisite,
        ServiceKind,
        Strength,
    )
    from nhs_api_catalogue.official.overlay import Overlay
    from nhs_api_catalogue.official.product_words import (
        FhirVersion,
        Network,
        OnboardingRoute,
        Openness,
        ProductStatus,
        SecurityMode,
        SecurityPattern,
        ServiceLevel,
        SignInLevel,
        Technology,
    )
    from nhs_api_catalogue.official.sources import AsOf, Confidence, SeenAs, Source
    from nhs_api_catalogue.official.timescales import Extent, Timescale
    from nhs_api_catalogue.overlays.reading import load_overlay
    from nhs_api_catalogue.overlays.writing import dump_overlay, dumps_overlay
    from nhs_api_catalogue.planning import (
        Criticality,
        Drivers,
        Link,
        Plan,
        PlanComparison,
        PlannedApi,
        PlannedPart,
        PlannedPath,
        PlannedService,
        PlannedStage,
        PlanRequest,
        Service,
        Shift,
        Status,
        TeamSearch,
        plan,
        plan_for,
        suggest_teams,
    )
    from nhs_api_catalogue.planning.deadlines import DeadlineReport, PartAgainst
    from nhs_api_catalogue.planning.prerequisites import MissingPrerequisites
    from nhs_api_catalogue.planning.saving import (
        SavedPlan,
        dump_plan,
        dumps_plan,
        load_plan,
        loads_plan,
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
    from nhs_api_catalogue.records.own_values import OwnValue
    from nhs_api_catalogue.tables import Table
    from nhs_api_catalogue.working_days.calendars import Closure, WorkingCalendar
    from nhs_api_catalogue.working_days.counts import WorkingDays
    from nhs_api_catalogue.working_days.govuk import bank_holidays, england

    catalogue: Catalogue
    __version__: str

# Where the names are defined; each module is loaded when one of its names is first used.
_HOMES = {
    "_problems": "Problem",
    "_search": "SearchMatch",
    "beyond.bundled": "products",
    "beyond.records": ("BaseAddress Environment Family Listing Product ProductKind Specification"),
    "beyond.sequence": "Products",
    "bundled": "catalogue",
    "catalogues": "Catalogue",
    "catalogues.ages": "Staleness",
    "comparisons": "Comparison",
    "durations": "Duration DurationRange Ordering Window days months weeks years",
    "diffs": "ApiChange EditionDiff FieldChange diff",
    "editions.reading": "load loads",
    "editions.writing": "dump dumps",
    "errors": (
        "AmbiguousApiError AmbiguousProductError CalendarHorizonError CalendarLimitError "
        "CatalogueError ConflictingApiError CyclicPlanError DeadlineError DuplicateApiError "
        "DurationSyntaxError IndeterminateOrderError "
        "InvalidCatalogueError InvalidDateError InvalidDurationError InvalidDurationRangeError "
        "InvalidFileError InvalidLikelihoodError InvalidOverlayError InvalidPlanError "
        "InvalidPlanFileError "
        "InvalidRecordError InvalidWindowError MissingExtraError TooComplexError "
        "UnavailableApiError UnknownApiError UnknownProductError UnknownValueError "
        "UnplannedNameError"
    ),
    "likelihood": "Assumption Distribution Likelihoods PertBeta Probability Triangular Uniform",
    "official.differences": "Difference DifferenceField DifferenceKind Severity",
    "official.entries": "Fact OfficialEntry Security",
    "official.needs": "NeededFor OfficialService Prerequisite ServiceKind Strength",
    "official.overlay": "Overlay",
    "official.product_words": (
        "FhirVersion Network OnboardingRoute Openness ProductStatus SecurityMode SecurityPattern "
        "ServiceLevel SignInLevel Technology"
    ),
    "official.sources": "AsOf Confidence SeenAs Source",
    "official.timescales": "Extent Timescale",
    "overlays.reading": "load_overlay",
    "overlays.writing": "dump_overlay dumps_overlay",
    "planning": (
        "Criticality Drivers Link Plan PlanComparison PlanRequest PlannedApi PlannedPart "
        "PlannedPath PlannedService PlannedStage Service Shift Status TeamSearch plan plan_for "
        "suggest_teams"
    ),
    "planning.deadlines": "DeadlineReport PartAgainst",
    "planning.prerequisites": "MissingPrerequisites",
    "planning.saving": "SavedPlan dump_plan dumps_plan load_plan loads_plan",
    "records": (
        "AccessRoute AccessRule Answer Api AuthProtocol Capability Edition Implementation Notice "
        "NoticeKind Precision Printed Proxy Standard Suitability Topic Transport "
        "UseContext User"
    ),
    "records.own_values": "OwnValue",
    "tables": "Table",
    "working_days.calendars": "Closure WorkingCalendar",
    "working_days.counts": "WorkingDays",
    "working_days.govuk": "bank_holidays england",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "AccessRoute",
    "AccessRule",
    "AmbiguousApiError",
    "AmbiguousProductError",
    "Answer",
    "Api",
    "ApiChange",
    "AsOf",
    "Assumption",
    "AuthProtocol",
    "BaseAddress",
    "CalendarHorizonError",
    "CalendarLimitError",
    "Capability",
    "Catalogue",
    "CatalogueError",
    "Closure",
    "Comparison",
    "Confidence",
    "ConflictingApiError",
    "Criticality",
    "CyclicPlanError",
    "DeadlineError",
    "DeadlineReport",
    "Difference",
    "DifferenceField",
    "DifferenceKind",
    "Distribution",
    "Drivers",
    "DuplicateApiError",
    "Duration",
    "DurationRange",
    "DurationSyntaxError",
    "Edition",
    "EditionDiff",
    "Environment",
    "Extent",
    "Fact",
    "Family",
    "FhirVersion",
    "FieldChange",
    "Implementation",
    "IndeterminateOrderError",
    "InvalidCatalogueError",
    "InvalidDateError",
    "InvalidDurationError",
    "InvalidDurationRangeError",
    "InvalidFileError",
    "InvalidLikelihoodError",
    "InvalidOverlayError",
    "InvalidPlanError",
    "InvalidPlanFileError",
    "InvalidRecordError",
    "InvalidWindowError",
    "Likelihoods",
    "Link",
    "Listing",
    "MissingExtraError",
    "MissingPrerequisites",
    "NeededFor",
    "Network",
    "Notice",
    "NoticeKind",
    "OfficialEntry",
    "OfficialService",
    "OnboardingRoute",
    "Openness",
    "Ordering",
    "Overlay",
    "OwnValue",
    "PartAgainst",
    "PertBeta",
    "Plan",
    "PlanComparison",
    "PlanRequest",
    "PlannedApi",
    "PlannedPart",
    "PlannedPath",
    "PlannedService",
    "PlannedStage",
    "Precision",
    "Prerequisite",
    "Printed",
    "Probability",
    "Problem",
    "Product",
    "ProductKind",
    "ProductStatus",
    "Products",
    "Proxy",
    "SavedPlan",
    "SearchMatch",
    "Security",
    "SecurityMode",
    "SecurityPattern",
    "SeenAs",
    "Service",
    "ServiceKind",
    "ServiceLevel",
    "Severity",
    "Shift",
    "SignInLevel",
    "Source",
    "Specification",
    "Staleness",
    "Standard",
    "Status",
    "Strength",
    "Suitability",
    "Table",
    "TeamSearch",
    "Technology",
    "Timescale",
    "TooComplexError",
    "Topic",
    "Transport",
    "Triangular",
    "UnavailableApiError",
    "Uniform",
    "UnknownApiError",
    "UnknownProductError",
    "UnknownValueError",
    "UnplannedNameError",
    "UseContext",
    "User",
    "Window",
    "WorkingCalendar",
    "WorkingDays",
    "bank_holidays",
    "catalogue",
    "days",
    "diff",
    "dump",
    "dump_overlay",
    "dump_plan",
    "dumps",
    "dumps_overlay",
    "dumps_plan",
    "england",
    "load",
    "load_overlay",
    "load_plan",
    "loads",
    "loads_plan",
    "months",
    "plan",
    "plan_for",
    "products",
    "suggest_teams",
    "weeks",
    "years",
]


def __getattr__(name: str) -> object:
    # importlib costs 1 ms, and its metadata 20 ms more: too much for the bare import.
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return globals().setdefault(name, version("nhs-api-catalogue"))
    home = _HOME.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(f"{__name__}.{home}"), name)
    # Two threads may get here at once; the first one's value stays.
    return globals().setdefault(name, value)


def __dir__() -> list[str]:
    return sorted(__all__)
