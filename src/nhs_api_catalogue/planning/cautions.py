"""What official sources say about the APIs of a plan that affects whether it can be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from nhs_api_catalogue._names import fold
from nhs_api_catalogue.official.cautions import Cautions, Need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhs_api_catalogue.planning.requests import PlanRequest
    from nhs_api_catalogue.records import Api

    IsMissing: TypeAlias = Callable[[str, str, Iterable[str]], bool]


def cautions_of(api: Api) -> Cautions:
    """What a plan must warn of about an API, from official sources; nothing without an overlay."""
    if api.overlay is None:
        return Cautions((), (), (), ())
    from nhs_api_catalogue.official import bundled_overlay  # noqa: PLC0415
    from nhs_api_catalogue.official.bundled import bundled_cautions  # noqa: PLC0415

    # Most plans have bundled records; their statements are read without the classes.
    return bundled_cautions(api.id) if api.overlay is bundled_overlay else _from_statements(api)


def _from_statements(api: Api) -> Cautions:
    from nhs_api_catalogue.official.differences import (  # noqa: PLC0415  see `cautions_of`
        DifferenceField,
        DifferenceKind,
        Severity,
    )

    unconfirmed = (DifferenceKind.UNCONFIRMED, DifferenceField.AVAILABILITY)
    return Cautions(
        [str(one) for one in api.differences if one.severity is Severity.BLOCKS_PLAN],
        [str(one) for one in api.differences if (one.kind, one.field) == unconfirmed],
        [
            (
                entry.name.value,
                entry.openness.value,
                str(entry.open_to_new_integrations or "unknown"),
            )
            for entry in api.official
        ],
        [
            Need(
                need.needs,
                need.strength.value,
                need.needed_for.value,
                need.name,
                is_service=need.service is not None,
                met_by=need.service.met_by if need.service else (),
            )
            for need in api.prerequisites
        ],
    )


def is_missing(request: PlanRequest, api: Api) -> IsMissing:
    """Whether a need of an API is missing from a plan, which then does not wait for it.

    Returns:
        A function of the word for how strongly it is needed, the word for the stage that needs it,
        and the ids and names in a plan that meet the need.
    """
    is_done, is_built = api.id in request.done, api.id in dict(request.built)
    waits_for = {link.needs for link in request.links if link.api == api.id}
    met = {fold(name) for name in waits_for | set(request.done)}

    def answer(strength: str, needed_for: str, ways: Iterable[str]) -> bool:
        if is_done or strength == "not_needed" or (is_built and needed_for == "build"):
            return False
        return met.isdisjoint(map(fold, ways))

    return answer
