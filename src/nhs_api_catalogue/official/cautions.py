"""What official sources say that a plan must warn of, in plain values and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Iterable


@final
class Need:
    """What an API needs, by its words.

    Attributes:
        needs: The id of what is needed.
        strength: The word for how firmly.
        needed_for: The word for the stage for which.
        name: What that is called.
        is_service: Whether it is a service, and no API.
        met_by: The ids of APIs any of which meets the need.
    """

    __slots__ = ("is_service", "met_by", "name", "needed_for", "needs", "strength")

    # By hand, as the rest of the module: what attrs would write takes as long as all texts.
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
        self.needs = needs
        self.strength = strength
        self.needed_for = needed_for
        self.name = name
        self.is_service = is_service
        self.met_by = tuple(met_by)

    @property
    def ways(self) -> tuple[str, ...]:
        """The ids and names in a plan that meet the need."""
        return (self.needs, self.name, *self.met_by) if self.is_service else (self.needs,)


@final
class Cautions:
    """What official sources say of one API that bears on whether a plan can be carried out.

    Attributes:
        blocking: The differences that block a plan, as texts.
        unconfirmed: The differences that leave a notice of the guide unconfirmed, as texts.
        entries: The official products, each with its name, the word for its openness, and what is
            said of that, as a text.
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
        self.blocking = tuple(blocking)
        self.unconfirmed = tuple(unconfirmed)
        self.entries = tuple(entries)
        self.needs = tuple(needs)
