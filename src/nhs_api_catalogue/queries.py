"""Finding records: how names are matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from nhs_api_catalogue.records import Api


def fold(name: str) -> str:
    """What is left of a name when case, spaces, dashes and punctuation do not count.

    >>> fold("GP Connect – Access Record") == fold("gp connect access-record")
    True
    """
    return "".join(character for character in name.casefold() if character.isalnum())


def names_of(api: Api) -> tuple[str, ...]:
    """Every text by which a record is found: its name, its id and its aliases."""
    return (api.name, api.id, *api.aliases)


def index_names(apis: Iterable[Api]) -> dict[str, tuple[int, ...]]:
    """The places of the records that bear each folded name."""
    index: dict[str, tuple[int, ...]] = {}
    for place, api in enumerate(apis):
        for name in {fold(name) for name in names_of(api)}:
            index[name] = (*index.get(name, ()), place)
    return index


def nearest_names(name: str, names: Mapping[str, str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` of the names that the given one may be a slip of, the nearest first.

    Args:
        name: The name as given.
        names: The known names by their folded form.
        count: How many to give at most.
    """
    # difflib costs 5 ms at import and is needed on a miss only.
    from difflib import get_close_matches  # noqa: PLC0415

    found = get_close_matches(fold(name), names, n=count * 4, cutoff=0.6)
    return tuple(dict.fromkeys(names[folded] for folded in found))[:count]


def nearest_word(word: str, words: Collection[str]) -> str | None:
    """The word of a fixed vocabulary that the given one may be a slip of."""
    nearest = nearest_names(word, {fold(known): known for known in words}, 1)
    return nearest[0] if nearest else None
