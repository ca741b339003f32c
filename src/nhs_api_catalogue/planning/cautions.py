"""What official sources say against a plan: closed APIs, grave differences, what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.official.differences import DifferenceField, DifferenceKind, Severity
from nhs_api_catalogue.official.product_words import Openness
from nhs_api_catalogue.planning.prerequisites import missing_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.planning.requests import PlanRequest
    from nhs_api_catalogue.records import Api

_NOT_OPEN: Final = {
    Openness.NO: "takes no new integrations",
    Openness.LIMITED: "takes new integrations only in part",
    Openness.UNKNOWN: "may or may not take new integrations: no source settles it",
}


def cautions_of(request: PlanRequest) -> Iterator[str]:
    """What official sources say against the plan that is asked for, the gravest first.

    Of APIs that are live already nothing is said.
    """
    apis = [api for api in request.apis if api.id not in request.done]
    for api in apis:
        yield from _blocking(api)
    for api in apis:
        yield from _openness(api)
    for api in apis:
        yield from _unconfirmed(api)
    yield from _missing(request)


def _blocking(api: Api) -> Iterator[str]:
    for difference in api.differences:
        if difference.severity is Severity.BLOCKS_PLAN:
            yield f"{api.name}, {difference}"


def _openness(api: Api) -> Iterator[str]:
    openness = api.open_to_new_integrations
    if api.overlay is None or openness is Openness.YES:
        return
    entries = "; ".join(
        f"{entry.name.value}: {entry.open_to_new_integrations or Openness.UNKNOWN}"
        for entry in api.official
    )
    yield f"{api.name} {_NOT_OPEN[openness]}" + (f" ({entries})." if entries else ".")


def _unconfirmed(api: Api) -> Iterator[str]:
    """That a notice of the guide is not confirmed by anybody else."""
    for difference in api.differences if api.notices else ():
        if (
            difference.kind is DifferenceKind.UNCONFIRMED
            and difference.field is DifferenceField.AVAILABILITY
        ):
            yield f"{api.name}, the notice is not confirmed: {difference}"


def _missing(request: PlanRequest) -> Iterator[str]:
    """What is always needed and not waited for, one text per API."""
    planned = {api.id: api.name for api in request.apis}
    names: dict[str, list[str]] = {}
    for need in missing_from(request).required():
        # What is needed may be in the plan without being waited for, and has its full name then.
        names.setdefault(need.api, []).append(planned.get(need.needs, need.name))
    for id_, name in planned.items():
        if id_ in names:
            yield (
                f"{name} needs what the plan does not wait for "
                f"(see missing_prerequisites): {', '.join(names[id_])}."
            )
