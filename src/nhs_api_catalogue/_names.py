"""Names as people type them: what counts in a name, and which known name a slip may mean.

This room knows texts, and nothing of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# difflib's own cut-off; a lower one answers junk, a higher one misses slips in abbreviations of
# three letters. Measured on the distortions of tests/test_names.py.
CUTOFF: Final = 0.6
# The likeness of a name of which whole words were left out and the rest is exact.
LEFT_OUT: Final = 0.9


def read_text(value: object, what: str) -> str:
    """The value if it is a text.

    Args:
        value: The value.
        what: What was expected, as the error is to say it.

    Raises:
        TypeError: It is no text.
    """
    if not isinstance(value, str):
        message = f"expected {what}, got {value!r}"
        raise TypeError(message)
    return value


def unpacking(value: object) -> str:
    """The way out of an error about a list that stands where one value is due; else no text."""
    is_list = isinstance(value, Iterable) and not isinstance(value, (str, bytes))
    return ": unpack several with *" if is_list else ""


def fold(name: str) -> str:
    """What is left of a name when case, spaces, dashes and punctuation do not count.

    >>> fold("GP Connect – Access Record") == fold("gp connect access-record")
    True
    """
    folded = name.casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


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

    Letters are compared in the order given and with the words sorted; a name from which whole
    words are left out is near too. Of names equally like, one with the same letters comes first,
    then one that begins alike, then the order of the known names. A name that is like none gets
    none.
    """
    found = _alike(_Spelling(name), map(_known, known))
    return tuple(spelling.text for _, spelling in sorted(found, key=_likest))[:count]


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The word of a fixed vocabulary that the given one may be a slip of."""
    return next(iter(nearest_names(word, known, 1)), None)


class _Spelling:
    """A name in the forms in which it is compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts = words(text)
        self.words = frozenset(parts)
        self.folded = fold(text)
        self.sorted = "".join(sorted(parts))
        self.letters = sorted(self.folded)


# One miss after the other looks through the same names.
_known = lru_cache(maxsize=1024)(_Spelling)

_Likeness = tuple[float, bool, bool]


def _likest(pair: tuple[_Likeness, _Spelling]) -> _Likeness:
    """What sorts the greatest likeness first."""
    ratio, same_letters, same_start = pair[0]
    return (-ratio, not same_letters, not same_start)


def _alike(given: _Spelling, known: Iterable[_Spelling]) -> list[tuple[_Likeness, _Spelling]]:
    """The names whose letters are like those given."""
    # difflib costs 5 ms at import and is needed on a miss only.
    from difflib import SequenceMatcher  # noqa: PLC0415

    as_given = SequenceMatcher(b=given.folded, autojunk=False)
    by_sorted = SequenceMatcher(b=given.sorted, autojunk=False)

    def ratio(matcher: SequenceMatcher[str], letters: str) -> float:
        matcher.set_seq1(letters)
        # The quick ratios are upper bounds, and rule most names out at a tenth of the cost.
        if matcher.real_quick_ratio() < CUTOFF or matcher.quick_ratio() < CUTOFF:
            return 0.0
        return matcher.ratio()

    found: list[tuple[_Likeness, _Spelling]] = []
    for spelling in known:
        best = max(ratio(as_given, spelling.folded), ratio(by_sorted, spelling.sorted))
        if best >= CUTOFF:
            if given.words < spelling.words:
                best = max(best, LEFT_OUT)
            same_letters = spelling.letters == given.letters
            same_start = spelling.folded[:1] == given.folded[:1]
            found.append(((best, same_letters, same_start), spelling))
    return found


def suggest_keywords(function: F) -> F:
    """The function, with an error for a keyword it does not have that names the nearest it has.

    For functions whose keywords alone say what they do. Type checkers and completion see the
    function as it is.
    """
    allowed = dict.fromkeys(function.__kwdefaults__ or ())

    @wraps(function)
    def checked(*arguments: Any, **keywords: Any) -> Any:
        for keyword in keywords:
            if keyword not in allowed:
                nearest = nearest_word(keyword, allowed)
                hint = f": did you mean {nearest!r}?" if nearest else ":"
                message = (
                    f"{function.__name__}() has no keyword {keyword!r}{hint} "
                    f"it takes {', '.join(allowed)}"
                )
                raise TypeError(message)
        return function(*arguments, **keywords)

    # The same parameters, behind the same name.
    same: Any = checked
    return same  # type: ignore[no-any-return]
