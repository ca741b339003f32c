"""What a plan must warn of, from official sources, in plain values and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Iterable


@final
class Need:
    """What an API needs, in plain values.

    Attributes:
        needs: The id of the thing needed.
        strength: The word for how strongly it is needed.
        needed_for: The word for the stage that needs it.
        name: The name of the thing needed.
        is_service: Whether it is a service, not an API.
        met_by: The ids of the APIs, any of which meets the need.
    """

    __slots__ = ("is_service", "met_by", "name", "needed_for", "needs", "strength")

    # Written by hand, like the rest of the module: attrs' own takes as long as all the texts.
    def __init__(  # noqa: PLR0913  one for each field
        self,
        needs: str,
        strength: str,
        needed_for: str,
        name: str,
        *,
        is_service: bool,
        met_by: Iterable[str] = (),
    ) -> None:
        self.needs: str = needs
        self.strength: str = strength
        self.needed_for: str = needed_for
        self.name: str = name
        self.is_service: bool = is_service
        self.met_by: tuple[str, ...] = tuple(met_by)

    @property
    def ways(self) -> tuple[str, ...]:
        """The ids and names in a plan that meet the need."""
        return (self.needs, self.name, *self.met_by) if self.is_service else (self.needs,)


@final
class Cautions:
    """What official sources say about one API that affects whether a plan can be carried out.

    Attributes:
        blocking: The differences that block a plan, as texts.
        unconfirmed: The differences that leave a notice of the guide unconfirmed, as texts.
        entries: The official products, each with its name, the word for its openness, and what
            its source says about that, as a text.
        needs: What the API needs, and what it does not need.
    """

    __slots__ = ("blocking", "entries", "needs", "unconfirmed")

    def __init__(
        self,
        blocking: Iterable[str],
        unconfirmed: Iterable[str],
        entries: Iterable[tuple[str, str, str]],
        needs: Iterable[Need],
    ) -> None:
        self.blocking: tuple[str, ...] = tuple(blocking)
        self.unconfirmed: tuple[str, ...] = tuple(unconfirmed)
        self.entries: tuple[tuple[str, str, str], ...] = tuple(entries)
        self.needs: tuple[Need, ...] = tuple(needs)
