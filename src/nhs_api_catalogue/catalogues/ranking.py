"""What comes first: the keys to sort records by, and how well they match the words of a search."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, TypeVar, final, get_args

from nhs_api_catalogue._names import nearest_word, read_text
from nhs_api_catalogue.durations import DAYS_IN_CYCLE, MONTHS_IN_CYCLE, Duration, DurationRange
from nhs_api_catalogue.errors import UnknownValueError
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Iterable

F = TypeVar("F")

SortKey: TypeAlias = Literal["name", "technical", "assurance", "total"]
"""What `Catalogue.sorted_by` sorts by when it is given a text."""


class Sortable(Protocol):
    """What can be put in order."""

    def __lt__(self, other: Any, /) -> bool: ...


def read_function(key: F) -> F:
    """The function itself.

    Raises:
        TypeError: It is none.
    """
    if not callable(key):
        message = f"expected a function of a record, such as lambda api: api.technical, got {key!r}"
        raise TypeError(message)
    return key


def read_sort_key(key: SortKey | Callable[[Api], Sortable]) -> Callable[[Api], Sortable]:
    """The function itself, or the one that the text means.

    Raises:
        UnknownValueError: The text is not such a key; it names the nearest.
        TypeError: It is neither a function nor a text.
    """
    if not isinstance(key, str):
        return read_function(key)
    keys = get_args(SortKey)
    if key not in keys:
        raise UnknownValueError(key, "sort key", keys, nearest_word(key, keys))
    if key == "name":
        return lambda api: api.name.casefold()
    time_of: Callable[[Api], DurationRange] = attrgetter(key)
    return lambda api: (_mean(time_of(api).longest), _mean(time_of(api).shortest))


def _mean(time: Duration) -> int:
    """The mean days of a duration, 4800 times, so that no fraction is made for each record."""
    return DAYS_IN_CYCLE * time.months + MONTHS_IN_CYCLE * time.days


# ---- search --------------------------------------------------------------------------------

# One ranked scan, no engine and no index.
#
# A word of the query is found where a word of the record begins with it, so "book" finds
# "booking"; a plural "s" and the little words of a sentence do not count. It is worth what the best
# text it is found in is worth: the name, then an alias, then a topic (also what can be done, by
# whom, and in which technology), then the summary.

_GAPS: Final = re.compile(r"[\W_]+")
_LITTLE: Final = frozenset(
    """an and any are as at be by can do for from get has have how in into is it its me my of on or
    our that the their they this to use via want we what when where which who will with""".split()  # noqa: SIM905  one per line would fill a page
)
# More than all the worth that the words of a query can add up to.
_WORD: Final = 1000


def search_words(query: str) -> tuple[str, ...]:
    """The words of a query that count, each once."""
    plain = _plain(read_text(query, "a text to search for"))
    words = (word for word in plain.split() if len(word) > 1 and word not in _LITTLE)
    return tuple(dict.fromkeys(map(_singular, words)))


@final
class SearchTexts:
    """What of each record is searched, made once.

    A text has the name first, then the aliases, the topics and the summary, each word with a
    space before it. So the first place where a word is found is the best, and comparing it with
    the ends of the first three tells which it is.
    """

    def __init__(self, apis: Iterable[Api]) -> None:
        self._texts: list[str] = []
        self._ends: list[tuple[int, int, int]] = []
        for api in apis:
            parts = [_plain(part) for part in _parts(api)]
            name, aliases, topics, _ = accumulate(map(len, parts))
            self._texts.append("".join(parts))
            self._ends.append((name, aliases, topics))

    def ranked(self, words: Iterable[str]) -> list[int]:
        """The places of the records in which a word is found, the best first.

        Those with more of the words come first, then those with the worthier ones; ties keep the
        order of the records.
        """
        texts, ends = self._texts, self._ends
        scores = [0] * len(texts)
        for word in words:
            mark = f" {word}"
            # Most texts are without the word, and `in` says so sooner than `find`.
            for place in [place for place, text in enumerate(texts) if mark in text]:
                at = texts[place].find(mark)
                name, aliases, topics = ends[place]
                scores[place] += _WORD + (at < name) + (at < aliases) + (at < topics)
        found = [place for place, score in enumerate(scores) if score]
        return sorted(found, key=scores.__getitem__, reverse=True)


def _parts(api: Api) -> tuple[str, str, str, str]:
    """The texts of a record, the best first; sets are sorted, so that ties never change."""
    members = chain(api.topics, api.capabilities, api.users, api.standards)
    topics = sorted(str(member.value) for member in members)
    suppliers = [item.supplier for item in api.implementations if item.supplier is not None]
    return (api.name, " ".join(api.aliases), " ".join([*topics, *suppliers]), api.summary)


def _plain(text: str) -> str:
    """The text in lower case, with one space before each word and nothing between them else."""
    plain = _GAPS.sub(" ", text.casefold()).rstrip()
    return plain if plain[:1] in ("", " ") else f" {plain}"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
