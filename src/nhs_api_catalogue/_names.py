"""Names as people type them: what counts in a name, and which known name a slip may mean.

This module knows texts and nothing about records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# difflib's own cut-off. A lower one finds junk, and a higher one misses slips in three-letter
# abbreviations. Measured on the distortions in tests/test_names.py.
CUTOFF: Final = 0.6
# Words at the end of a name that say how the API is built, as nearly all are.
_BUILT: Final = frozenset(("api", "apis", "fhir", "r4", "rest", "restful", "stu3"))
# Endings that few have, and that tell one product from another: "Summary Care Record - HL7 V3 API".
_STANDARDS: Final = (("hl7", "v3"), ("hl7v3",), ("hl7",), ("ldap",), ("soap",))
# The likeness of an exact name that lacks whole words.
LEFT_OUT: Final = 0.9
# How similar a word must be to a word of the name, if it is long enough to tell: "ambient" and
# "patient" are 0.71 alike. Above the second value, a whole name is similar whatever its words.
WORD_CUTOFF: Final = 0.72
NAME_CUTOFF: Final = 0.85
LONG: Final = 5


def read_text(value: object, what: str) -> str:
    """The value if it is a text.

    Args:
        value: The value.
        what: What was expected, as the error should say it.

    Raises:
        TypeError: It is not text.
    """
    if not isinstance(value, str):
        message = f"expected {what}, got {value!r}"
        raise TypeError(message)
    return value


def unpacking(value: object) -> str:
    """The hint for a list that was given for a single value; empty for any other value."""
    is_list = isinstance(value, Iterable) and not isinstance(value, (str, bytes))
    return ": unpack several with *" if is_list else ""


def fold(name: str) -> str:
    """The name without case, width, spaces, dashes and punctuation.

    Letters and numbers take their compatibility forms (Unicode NFKC), so a full-width letter equals
    the letter.

    >>> fold("GP Connect – Access Record") == fold("gp connect access-record")
    True
    """
    folded = name.casefold()
    if not folded.isalnum():
        folded = "".join(filter(str.isalnum, folded))
    if folded.isascii():
        return folded
    # Few names get here: English ones are ASCII by now.
    from unicodedata import normalize  # noqa: PLC0415

    # The compatibility form of a few letters is a mark, and no letter.
    return "".join(filter(str.isalnum, normalize("NFKC", folded).casefold())) or folded


def loosen(name: str) -> str:
    """The name without what people add to it.

    People add how it is built ("- FHIR API"), the word "Service" at the end, and plurals. A name of
    one word loses only the plural. "HL7 V3", "LDAP" and "SOAP" stay: they tell of another
    product.

    >>> loosen("Summary Care Records - FHIR API") == loosen("summary care record")
    True
    >>> loosen("e-Referral Service") == loosen("eReferrals")
    True
    """
    return "".join(split_standard(name))


def split_standard(name: str) -> tuple[str, str]:
    """The name without what people add to it, and the standard at its end apart, if few have it.

    >>> split_standard("Summary Care Record - HL7 V3 API"), split_standard("SDS (LDAP)")
    (('summarycarerecord', 'hl7v3'), ('sds', 'ldap'))
    >>> split_standard("Summary Care Record - FHIR API")
    ('summarycarerecord', '')
    """
    parts = list(map(fold, "".join(one if one.isalnum() else " " for one in name).split()))
    standard = ""
    while len(parts) > 1:
        if parts[-1] in _BUILT:
            parts.pop()
            continue
        ending = next((one for one in _STANDARDS if (*parts[-len(one) :],) == one), ())
        if standard or not ending or len(ending) == len(parts):
            break
        standard = "hl7v3" if ending[0].startswith("hl7") else ending[0]
        del parts[-len(ending) :]
    if len(parts) > 2 and parts[-1] in ("service", "services"):
        parts.pop()
    return "".join(map(_singular, parts)), standard


def loose_forms(name: str) -> tuple[str, ...]:
    """Under what a name is found without what people add: with its standard, and without it."""
    base, standard = split_standard(name)
    return (base + standard, base) if standard else (base,)


def _singular(word: str) -> str:
    """The word without the "s" of a plural; short ones are abbreviations, such as "BaRS"."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] != "s" else word


def words(text: str) -> tuple[str, ...]:
    """The words between spaces, each folded; what folds to nothing is left out.

    >>> words("e-Referral Service (eRS)")
    ('ereferral', 'service', 'ers')
    """
    return tuple(word for word in map(fold, text.split()) if word)


def beginnings(name: str) -> tuple[str, ...]:
    """The folded beginnings of a name that end where one of its words ends.

    >>> beginnings("GP Connect – Send Document")
    ('gp', 'gpconnect', 'gpconnectsend', 'gpconnectsenddocument')
    """
    found: list[str] = []
    for word in words(name):
        found.append(found[-1] + word if found else word)
    return tuple(found)


def nearest_names(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` of the known names that the given one may be a slip of, the nearest first.

    Letters are compared in the given order and with the words sorted; a name that lacks some of its
    words is near too. If two names are equally near, one with the same letters comes first, then
    one with the same first letter, then the first of the known names. Similar letters are not
    enough: each word of one of the two names must be near a word of the other. Many names have no
    near name at all.
    """
    found = _alike(_Spelling(name), map(_known, known), by_words=True)
    return tuple(spelling.text for _, spelling in sorted(found, key=_likest))[:count]


def nearest_word(word: str, known: Iterable[str], *, at_least: float = CUTOFF) -> str | None:
    """The word of a fixed vocabulary that the given one may be a slip of.

    A vocabulary is short and the caller meant one of its words, so similar letters are enough. What
    begins a word means that word, the first of several.

    Args:
        word: The word that is given.
        known: The vocabulary.
        at_least: How near it must be; use more if perhaps none of these words was meant.
    """
    words = tuple(known)
    folded = fold(word)
    if len(folded) > 2:
        for one in words:
            if fold(one).startswith(folded):
                return one
    found = _alike(_Spelling(word), map(_known, words), by_words=False)
    nearest = min(found, key=_likest, default=None)
    return None if nearest is None or nearest[0][0] < at_least else nearest[1].text


class _Spelling:
    """A name in the forms in which it is compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts = words(text)
        self.words = frozenset(parts)
        self.parts = parts
        self.folded = fold(text)
        self.sorted = "".join(sorted(parts))
        self.letters = sorted(self.folded)


# Each miss looks through the same names.
_known = lru_cache(maxsize=1024)(_Spelling)

_Likeness = tuple[float, bool, bool]


def _likest(pair: tuple[_Likeness, _Spelling]) -> _Likeness:
    """A sort key that puts the greatest likeness first."""
    ratio, same_letters, same_start = pair[0]
    return (-ratio, not same_letters, not same_start)


def _alike(
    given: _Spelling, known: Iterable[_Spelling], *, by_words: bool
) -> list[tuple[_Likeness, _Spelling]]:
    """The names whose letters are like those given."""
    # difflib costs 5 ms at import and is needed only after a miss.
    from difflib import SequenceMatcher  # noqa: PLC0415

    as_given = SequenceMatcher(b=given.folded, autojunk=False)
    by_sorted = SequenceMatcher(b=given.sorted, autojunk=False)

    def ratio(matcher: SequenceMatcher[str], letters: str) -> float:
        matcher.set_seq1(letters)
        # The quick ratios are upper bounds, and rule most names out at a tenth of the cost.
        if matcher.real_quick_ratio() < CUTOFF or matcher.quick_ratio() < CUTOFF:
            return 0.0
        return matcher.ratio()

    def has_words_of(name: _Spelling, other: _Spelling) -> bool:
        """Whether each word of the other is like a word of the name, or like some in a row."""
        ends = range(1, len(name.parts) + 1)
        runs = ["".join(name.parts[first:last]) for last in ends for first in range(last)]
        for word in other.parts:
            matcher = SequenceMatcher(b=word, autojunk=False)
            least = WORD_CUTOFF if len(word) >= LONG else CUTOFF
            if not any(ratio(matcher, run) >= least for run in runs):
                return False
        return True

    found: list[tuple[_Likeness, _Spelling]] = []
    for spelling in known:
        best = max(ratio(as_given, spelling.folded), ratio(by_sorted, spelling.sorted))
        if best < CUTOFF:
            continue
        is_like = best >= NAME_CUTOFF or not by_words
        # Words may be left out of a name, or too many.
        if is_like or has_words_of(spelling, given) or has_words_of(given, spelling):
            if given.words < spelling.words:
                best = max(best, LEFT_OUT)
            same_letters = spelling.letters == given.letters
            same_start = spelling.folded[:1] == given.folded[:1]
            found.append(((best, same_letters, same_start), spelling))
    return found


def suggest_keywords(**meant: str) -> Callable[[F], F]:
    """A decorator: an unknown keyword raises an error that names the nearest keyword.

    It is for functions that take only keywords. Type checkers and completion see the function
    unchanged.

    Args:
        meant: Other words for its keywords, each with the keyword that it means.
    """

    def checking(function: F) -> F:
        allowed = dict.fromkeys(function.__kwdefaults__ or ())

        @wraps(function)
        def checked(*arguments: Any, **keywords: Any) -> Any:
            for keyword in keywords:
                if keyword not in allowed:
                    nearest = meant.get(keyword) or nearest_word(keyword, allowed)
                    hint = f": did you mean {nearest!r}? It takes" if nearest else ": it takes"
                    message = (
                        f"{function.__name__}() has no keyword {keyword!r}{hint} "
                        f"{', '.join(allowed)}"
                    )
                    raise TypeError(message)
            return function(*arguments, **keywords)

        # The same parameters, behind the same name.
        same: Any = checked
        return same  # type: ignore[no-any-return]

    return checking
