"""Text search: one ranked scan, no engine and no index.

A word of the query is found where a word of a text begins with it, so "book" finds "booking"; a
plural "s" and the little words of a sentence do not count. It is worth what the best text it is
found in is worth: a name, then other names, then topics, then a summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final, final

from nhs_api_catalogue._names import read_text

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
    """What is searched, made once.

    A text has the name first, then the other names, the topics and the summary, each word with a
    space before it. So the first place where a word is found is the best, and comparing it with
    the ends of the first three tells which it is.
    """

    def __init__(self, texts: Iterable[tuple[str, str, str, str]]) -> None:
        self._texts: list[str] = []
        self._ends: list[tuple[int, int, int]] = []
        for text in texts:
            parts = [_plain(part) for part in text]
            name, aliases, topics, _ = accumulate(map(len, parts))
            self._texts.append("".join(parts))
            self._ends.append((name, aliases, topics))

    def ranked(self, words: Iterable[str]) -> list[int]:
        """The places of the texts in which a word is found, the best first.

        Those with more of the words come first, then those with the worthier ones; ties keep the
        order of the texts.
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


def _plain(text: str) -> str:
    """The text in lower case, with one space before each word and nothing between them else."""
    plain = _GAPS.sub(" ", text.casefold()).rstrip()
    return plain if plain[:1] in ("", " ") else f" {plain}"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
