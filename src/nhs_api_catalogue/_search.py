"""Text search: one ranked scan, no engine and no index.

A word of the query matches any word of a text that begins with it, so "book" finds "booking". A
plural "s" and the little words of a sentence do not count. A match scores by the best text that has
it: a name, then other names, then topics, then a summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final, final

import attrs

from nhs_api_catalogue._names import read_text
from nhs_api_catalogue._values import Value

_GAPS: Final = re.compile(r"[\W_]+")
_LITTLE: Final = frozenset(
    """an and any are as at be by can do for from get has have how in into is it its me my of on or
    our that the their they this to use via want we what when where which who will with""".split()  # noqa: SIM905  one per line would fill a page
)
# A whole-word match scores more than any place in the texts, and each word found more than that.
_WHOLE: Final = 1_000
_WORD: Final = 1_000_000


@final
@attrs.frozen(eq=False, repr=False)
class SearchMatch(Value):
    """Which words of a search were found.

    `str` says so in a sentence.

    Attributes:
        words: The words of the search that count, each once and in the singular.
        found: The words that some record has.
        most: How many of the words the best record has.

    >>> from nhs_api_catalogue import catalogue
    >>> print(catalogue.search("send sms").found_by)
    1 of 2 words found: 'send'; nothing has 'sms'
    """

    words: tuple[str, ...]
    found: tuple[str, ...]
    most: int

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that no record has."""
        return tuple(word for word in self.words if word not in self.found)

    def __str__(self) -> str:
        if not self.words:
            return "no words to search for"
        plural = "" if len(self.words) == 1 else "s"
        text = f"{len(self.found)} of {len(self.words)} word{plural} found"
        if self.found:
            text += f": {', '.join(map(repr, self.found))}"
        if self.most < len(self.found):
            text += f", at most {self.most} in one record"
        if self.missing:
            text += f"; nothing has {' or '.join(map(repr, self.missing))}"
        return text


def search_words(query: str) -> tuple[str, ...]:
    """The words of a query that count, each once."""
    plain = _plain(read_text(query, "a text to search for"))
    words = (word for word in plain.split() if len(word) > 1 and word not in _LITTLE)
    return tuple(dict.fromkeys(map(_singular, words)))


@final
class SearchTexts:
    """The texts to search, prepared once.

    A text has the name first, then the other names, the topics and the summary. Each word has a
    space before it, and there is a space at the end. So the first match of a word is the best, and
    comparing its position with the ends of the first three parts tells which part it is in.
    """

    def __init__(self, texts: Iterable[tuple[str, str, str, str]]) -> None:
        self._texts: list[str] = []
        self._ends: list[tuple[int, int, int]] = []
        for text in texts:
            parts = [_plain(part) for part in text]
            name, aliases, topics, _ = accumulate(map(len, parts))
            self._texts.append("".join((*parts, " ")))
            self._ends.append((name, aliases, topics))

    def search(self, words: Iterable[str]) -> tuple[list[int], SearchMatch]:
        """The places of the texts that have a word, the best first, and which words were found.

        Texts with more of the words come first, then those with more whole words, then those with
        the words in better parts; ties keep the order of the texts.
        """
        texts, ends = self._texts, self._ends
        scores = [0] * len(texts)
        words = tuple(words)
        found: list[str] = []
        for word in words:
            mark = f" {word}"
            # Most texts lack the word, and `in` says so faster than `find`.
            having = [place for place, text in enumerate(texts) if mark in text]
            if having:
                found.append(word)
            for place in having:
                text = texts[place]
                at = text.find(mark)
                name, aliases, topics = ends[place]
                scores[place] += _WORD + (at < name) + (at < aliases) + (at < topics)
                if f"{mark} " in text or f"{mark}s " in text:
                    scores[place] += _WHOLE
        most = max(scores, default=0) // _WORD
        places = [place for place, score in enumerate(scores) if score]
        places.sort(key=scores.__getitem__, reverse=True)
        return places, SearchMatch(words, tuple(found), most)


def _plain(text: str) -> str:
    """The text in lower case, with one space before each word and nothing else between words."""
    plain = _GAPS.sub(" ", text.casefold()).rstrip()
    return plain if plain[:1] in ("", " ") else f" {plain}"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
