"""Text search: one ranked scan, no engine and no index.

A word of the query is found where a word of the record begins with it, so "book" finds
"booking"; a plural "s" and the little words of a sentence do not count. It is worth what the best
text it is found in is worth: the name, then an alias, then a topic (also what can be done, by
whom, and in which technology), then the summary.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from nhs_api_catalogue._names import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhs_api_catalogue.records import Api

_GAPS: Final = re.compile(r"[\W_]+")
_LITTLE: Final = frozenset(
    """an and any are as at be by can do for from get has have how in into is it its me my of on or
    our that the their they this to use via want we what when where which who will with""".split()  # noqa: SIM905  one a line would fill a page
)
# More than all the worth that the words of a query can add up to.
_WORD: Final = 1000


class SearchText(NamedTuple):
    """The texts of a record as one, the best first, each word with a space before it.

    `ends` are where the name, the aliases and the topics end.
    """

    text: str
    ends: tuple[int, int, int]


def search_text(api: Api) -> SearchText:
    """What of a record is searched."""
    members = chain(api.topics, api.capabilities, api.users, api.standards)
    suppliers = (item.supplier or "" for item in api.implementations)
    topics = chain(sorted(str(member.value) for member in members), suppliers)
    name, aliases, topic, summary = map(
        _plain, (api.name, " ".join(api.aliases), " ".join(topics), api.summary)
    )
    ends = len(name), len(name) + len(aliases), len(name) + len(aliases) + len(topic)
    return SearchText(name + aliases + topic + summary, ends)


def search_words(query: str) -> tuple[str, ...]:
    """The words of a query that count, each once."""
    plain = _plain(read_text(query, "a text to search for"))
    words = (word for word in plain.split() if len(word) > 1 and word not in _LITTLE)
    return tuple(dict.fromkeys(map(_singular, words)))


def ranked(texts: Sequence[SearchText], words: Iterable[str]) -> list[int]:
    """The places of the texts in which a word is found, the best first.

    Those with more of the words come first, then those with the worthier ones; ties keep the
    order of the texts.
    """
    scores = [0] * len(texts)
    for word in words:
        mark = f" {word}"
        for place, (text, ends) in enumerate(texts):
            at = text.find(mark)
            if at >= 0:
                scores[place] += _WORD + sum(at < end for end in ends)
    found = [place for place, score in enumerate(scores) if score]
    return sorted(found, key=scores.__getitem__, reverse=True)


def _plain(text: str) -> str:
    """The text in lower case, with one space before each word and nothing between them else."""
    plain = _GAPS.sub(" ", text.casefold()).rstrip()
    return plain if plain[:1] in ("", " ") else f" {plain}"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
