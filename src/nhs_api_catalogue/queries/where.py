"""Tests as values, and how they combine."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import compress
from operator import attrgetter, not_
from typing import Any, NoReturn, TypeAlias, cast, final

import attrs

from nhs_api_catalogue._escapes import shown
from nhs_api_catalogue._names import unpacking
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.records import Api

Test: TypeAlias = Callable[[Api], bool | None]
"""A function that says whether a record matches: True, False, or None for unknown."""

Keep: TypeAlias = Callable[[Sequence[Api]], list[Api]]
"""A function that gives the records that certainly pass."""

Built: TypeAlias = "tuple[Callable[..., Where], tuple[Any, ...], tuple[tuple[str, Any], ...]]"
"""A function that gives a test, its arguments, and its keyword arguments by name."""


@final
@attrs.frozen(repr=False)
class Where(Aligned):
    """A test of records that combines with `&`, `|` and `~`; call it to test a record.

    Every function of this module gives one; `Where(function)` makes one from your own function of
    a record. `&` and `|` also accept such a function on either side. Two tests are equal if they
    were built in the same way from equal parts. The `repr` is the expression that builds the test.

    Attributes:
        test: The function that answers for one record.
        built: The function and the arguments that build an equal test.

    Raises:
        TypeError: The argument cannot be called or, later, its answer is not True, False or None.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> short = q.Where(lambda api: len(api.name) < 5)
    >>> [api.id for api in catalogue.where(short | q.transport("MESH"))]
    ['gp-connect-send-document', 'mesh', 'transfer-of-care']
    >>> q.standard("FHIR")(catalogue["MESH"])
    False
    """

    test: Test = attrs.field(eq=False)
    built: Built = attrs.field(
        default=attrs.Factory(lambda self: (Where, (self.test,), ()), takes_self=True)
    )
    _keep: Keep | None = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.built[0] is Where:
            object.__setattr__(self, "test", _strict(self.test))

    def __call__(self, api: Api, /) -> bool | None:
        """True, False, or None if the source does not say."""
        return self.test(api)

    def keep(self, apis: Sequence[Api]) -> list[Api]:
        """The records that certainly pass, in order.

        >>> from nhs_api_catalogue import catalogue, queries as q
        >>> [api.id for api in q.topic("messaging").keep(catalogue)]
        ['mesh']
        """
        if self._keep is not None:
            return self._keep(apis)
        ask = self.test
        return [api for api in apis if ask(api) is True]

    def __and__(self, other: Test) -> Where:
        return _of_two(all_of, self, other)

    def __rand__(self, other: Test) -> Where:
        return _of_two(all_of, other, self)

    def __or__(self, other: Test) -> Where:
        return _of_two(any_of, self, other)

    def __ror__(self, other: Test) -> Where:
        return _of_two(any_of, other, self)

    def __invert__(self) -> Where:
        return _negated(self)

    def __bool__(self) -> NoReturn:
        message = f"{self!r} is neither true nor false: combine tests with & | ~, not and, or, not"
        raise TypeError(message)

    def __repr__(self) -> str:
        return _written(self)

    def __reduce__(self) -> tuple[Callable[..., Where], Built]:
        return _rebuild, self.built


# To resolve annotations, attrs gives `__init__` the names that the module had before the class.
Where.__init__.__globals__["Where"] = Where


def _rebuild(
    function: Callable[..., Where],
    arguments: tuple[Any, ...],
    keywords: tuple[tuple[str, Any], ...],
) -> Where:
    return function(*arguments, **dict(keywords))


def _of_two(join: Callable[..., Where], left: object, right: object) -> Where:
    """The result of an operator; anything but a test leaves it to the other operand."""
    return join(left, right) if callable(left) and callable(right) else NotImplemented


def all_of(*tests: Test) -> Where:
    """A test that passes if every test passes, like `&`; without tests, everything passes.

    It is False if one is False, otherwise None if one is None, otherwise True.

    Raises:
        TypeError: One is neither a test nor a function.

    >>> from nhs_api_catalogue import queries as q
    >>> q.all_of(q.topic("records"), q.user("patient"))
    topic('records') & user('patient')
    """
    return _joined(all_of, tests, decisive=False)


def any_of(*tests: Test) -> Where:
    """A test that passes if some test passes, like `|`; without tests, nothing passes.

    It is True if one is True, otherwise None if one is None, otherwise False.

    Raises:
        TypeError: One is neither a test nor a function.

    >>> from nhs_api_catalogue import queries as q
    >>> q.any_of(q.topic("records"), q.user("patient"))
    topic('records') | user('patient')
    """
    return _joined(any_of, tests, decisive=True)


def _joined(join: Callable[..., Where], tests: Iterable[Test], *, decisive: bool) -> Where:
    """The tests as one; tests that were joined in the same way are split first."""
    parts = tuple(part for test in tests for part in _parts(join, as_where(test)))
    if len(parts) == 1:
        return parts[0]
    asks = tuple(part.test for part in parts)
    return Where(lambda api: kleene((ask(api) for ask in asks), decisive), (join, parts, ()))


def _parts(join: Callable[..., Where], where: Where) -> tuple[Where, ...]:
    function, parts, _ = where.built
    return parts if function is join else (where,)


def conjuncts(tests: Iterable[Test]) -> Iterator[Where]:
    """The tests that must all pass, each as small as possible."""
    for test in tests:
        yield from _parts(all_of, as_where(test))


def _negated(where: Where) -> Where:
    """The test that is True where the other is False, and the reverse."""
    function, arguments, _ = where.built
    if function is _negated:
        inner: Where = arguments[0]
        return inner
    ask = where.test

    def test(api: Api) -> bool | None:
        answer = ask(api)
        return None if answer is None else not answer

    return Where(test, (_negated, (where,), ()))


def kleene(answers: Iterable[bool | None], decisive: bool) -> bool | None:  # noqa: FBT001  private
    """The decisive answer if it occurs, otherwise None if that occurs, otherwise the other."""
    result: bool | None = not decisive
    for answer in answers:
        if answer is decisive:
            return decisive
        if answer is None:
            result = None
    return result


def as_where(test: Test) -> Where:
    """The test itself, or your own function as a test.

    Raises:
        TypeError: It is neither.
    """
    return test if isinstance(test, Where) else Where(test)


def _strict(test: object) -> Test:
    """The user's own function, checked to return True, False or None."""
    if not callable(test):
        message = (
            f"expected a test, such as queries.standard('FHIR') or a function of a record, "
            f"got {shown(test)}{unpacking(test)}"
        )
        raise TypeError(message)

    def strict(api: Api) -> bool | None:
        answer = test(api)
        if isinstance(answer, bool) or answer is None:
            return answer
        message = f"a test must return True, False or None, but {_shown(test)} returned {answer!r}"
        raise TypeError(message)

    return strict


def _written(where: Where) -> str:
    """The expression that builds the test; `~` binds tightest, then `&`, then `|`."""
    function, arguments, keywords = where.built
    if function is _negated:
        return f"~{_bracketed(arguments[0], all_of, any_of)}"
    if arguments and function is all_of:
        return " & ".join(_bracketed(part, any_of) for part in arguments)
    if arguments and function is any_of:
        return " | ".join(map(_written, arguments))
    shown = [*map(_shown, arguments), *(f"{name}={_shown(value)}" for name, value in keywords)]
    return f"{function.__name__}({', '.join(shown)})"


def _bracketed(where: Where, *looser: Callable[..., Where]) -> str:
    text = _written(where)
    function, arguments, _ = where.built
    return f"({text})" if arguments and function in looser else text


def _shown(value: object) -> str:
    """An argument as one would type it."""
    if isinstance(value, tuple):
        texts = [_shown(item) for item in cast("tuple[object, ...]", value)]
        return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    if isinstance(value, enum.Enum):
        return repr(value.value)
    if isinstance(value, (date, Duration)):
        return repr(str(value))
    name = getattr(value, "__name__", None)
    return repr(value) if name is None else str(name)


def names_one(function: Callable[..., Where], field: str, members: tuple[enum.Enum, ...]) -> Where:
    """The test that `function` gives: whether the field names one of the members."""
    return Where(*some_of(field, members, (function, (members,), ())))


def some_of(field: str, members: tuple[enum.Enum, ...], built: Built) -> tuple[Test, Built, Keep]:
    """The parts of a test whether a field names one of the members.

    The answer is unknown if the field is empty. The records to keep are found without calling our
    own function for each, in half the time.
    """
    wanted = frozenset(members)
    none_in = wanted.isdisjoint
    named_in: Callable[[Api], frozenset[enum.Enum]] = attrgetter(field)

    def test(api: Api) -> bool | None:
        named = named_in(api)
        return not none_in(named) if named or not wanted else None

    def keep(apis: Sequence[Api]) -> list[Api]:
        return list(compress(apis, map(not_, map(none_in, map(named_in, apis)))))

    return test, built, keep
