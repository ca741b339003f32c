"""File formats, derived from classes: cattrs reads them, and every fault is reported at once.

The same hooks read a `Format` twice: fast and, if that is refused, in detail. A hook raises a
`RefusedError` for a value that the format does not allow. In detail, objects and lists continue
after a fault and raise a `FaultsError` with all of theirs.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from enum import Enum
from functools import cache
from hashlib import sha256
from itertools import islice, repeat
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
    Union,
    final,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError
from cattrs.gen import make_dict_structure_fn, override

from nhs_api_catalogue._documents.files import (
    MOST_VALUES,
    WHOLE,
    Document,
    RefusedError,
    Repeating,
    is_list,
    is_object,
    is_rows,
    nearest,
)
from nhs_api_catalogue._escapes import shown
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.errors import CatalogueError, InvalidRecordError

T = TypeVar("T")

Hook: TypeAlias = Callable[[Any, Any], Any]
"""A cattrs hook: a function of the value and of its type, which our hooks do not need."""

# What fast reading raises for a file with a fault: besides our own errors, a KeyError for a missing
# key, and a TypeError for a list where a name is needed.
REFUSALS: Final = (CatalogueError, ValueError, KeyError, TypeError, RecursionError)

# How many values a hook remembers; few files have more different ones in one place.
_REMEMBERED: Final = 4096

_NEWER: Final = ": a newer release of this library wrote the file"
_ONCE: Final = "each key only once in an object"

# How many faults of a file are reported. A file of 16 MB may have millions.
MOST_FAULTS: Final = 10_000
# With how many words the wrong values of a file are compared, to say which may be meant.
_MOST_WORDS: Final = 20_000
_MORE: Final = "fewer: mend these first, as the file is read no further"

_KNOWN: ContextVar[Mapping[str, Any]] = ContextVar("known")


@contextmanager
def knowing(kinds: Mapping[str, Any]) -> Generator[None]:
    """What is known from elsewhere in the file, or from outside, during reading."""
    token = _KNOWN.set(kinds)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def known(kind: str) -> Any:
    """The known values of a kind."""
    return _KNOWN.get()[kind]


# -- faults --


class Fault(NamedTuple):
    """What is wrong with a value in an object or a list.

    Attributes:
        steps: The keys and positions that lead to the place.
        value: The value.
        expected: What would be right.
        allowed: The values among which the nearest may be meant.
    """

    steps: tuple[int | str, ...]
    value: Any
    expected: str
    allowed: Collection[str] = ()


@final
class FaultsError(RefusedError):
    """The faults in an object or a list, in the order of their places in it.

    Attributes:
        faults: The faults, up to one more than are reported.
    """

    def __init__(self, found: Iterable[tuple[int, Fault]]) -> None:
        super().__init__("values without faults")
        in_order = sorted(found, key=lambda one: one[0])
        self.faults = [fault for _, fault in in_order[: MOST_FAULTS + 1]]


def _faults_of(error: RefusedError, key: int | str, value: Any) -> Iterator[Fault]:
    """The faults of the value under a key."""
    if isinstance(error, FaultsError):
        for fault in error.faults:
            yield Fault((key, *fault.steps), *fault[1:])
    else:
        yield Fault((key,), value, error.expected, error.allowed)


# -- hooks --


def leaf(read: Callable[[str], Any], expected: str) -> Hook:
    """What a function makes of a text; an error from it means that the text is refused."""

    def read_leaf(value: Any, _: Any) -> Any:
        if type(value) is str:
            try:
                return read(value)
            except (CatalogueError, ValueError, OverflowError):
                pass
        raise RefusedError(expected)

    return read_leaf


def text_that(test: Callable[[str], object], expected: str) -> Hook:
    """A text that passes the test."""

    def read_text(value: Any, _: Any) -> Any:
        if type(value) is str and test(value):
            return value
        raise RefusedError(expected)

    return read_text


def any_of(kind: type, expected: str) -> Hook:
    """Any value of a JSON type."""

    def read(value: Any, _: Any) -> Any:
        if type(value) is kind:
            return value
        raise RefusedError(expected)

    return read


def one_of(values: Mapping[str, Any] | str, expected: str | None = None) -> Hook:
    """The value that a text means, among these or among the known values of a kind."""
    text = expected or f"one of {', '.join(values)}"

    def read(value: Any, _: Any) -> Any:
        meant = known(values) if isinstance(values, str) else values
        if type(value) is str and value in meant:
            return meant[value]
        raise RefusedError(text, meant)

    return read


def maybe(read: Hook) -> Hook:
    """The same, or None for null."""
    return lambda value, _: None if value is None else read(value, None)


def as_it_is(value: Any, _: Any) -> Any:
    """Any value."""
    return value


def format_number(*numbers: int) -> Hook:
    """The number of one of the formats, in order."""

    def read(value: Any, _: Any) -> int:
        if type(value) is int and value in numbers:
            return value
        is_newer = type(value) is int and value > numbers[-1]
        raise RefusedError(f"{numbers[-1]}{_NEWER}" if is_newer else " or ".join(map(str, numbers)))

    return read


def each_value(read: Hook, read_key: Hook = as_it_is) -> Hook:
    """An object whose values have one type, and whose keys have one type."""

    def read_values(value: Any, _: Any) -> Any:
        if not is_object(value):
            raise RefusedError("an object")
        made: dict[str, Any] = {}
        found: list[tuple[int, Fault]] = list(islice(_misfits(value, value, ""), MOST_FAULTS + 1))
        for place, (key, one) in enumerate(value.items()):
            try:
                read_key(key, None)
            except RefusedError as error:
                found.append((place, Fault((), key, error.expected, error.allowed)))
            try:
                made[key] = read(one, None)
            except RefusedError as error:
                found += ((place, fault) for fault in _faults_of(error, key, one))
            if len(found) > MOST_FAULTS:
                break
        if found:
            raise FaultsError(found)
        return made

    return read_values


@final
@attrs.frozen
class ListOf:
    """A hook for a list.

    Attributes:
        read: How an item is read.
        box: What the list becomes.
        least: The least number of items.
        distinct: Whether items must be distinct.
        unique: Keys of the items whose values together must be unique, the key of the fault first,
            and what is then expected, where "{}" stands for the position of the first such item.
    """

    read: Hook
    box: Callable[[Iterable[Any]], Any] = attrs.field(default=tuple, kw_only=True)
    least: int = attrs.field(default=0, kw_only=True)
    distinct: bool = attrs.field(default=False, kw_only=True)
    unique: tuple[tuple[str, ...], str] = attrs.field(default=((), ""), kw_only=True)

    def __call__(self, value: Any, _: Any) -> Any:
        """What a list becomes."""
        if not is_list(value) or len(value) < self.least:
            raise RefusedError(f"a list of at least {self.least}" if is_list(value) else "a list")
        if not self.distinct and not self.unique[0]:
            # Most lists have no fault, and are long or many.
            with suppress(RefusedError):
                return self.box(map(self.read, value, repeat(None)))
        found: list[tuple[int, Fault]] = []
        made = self.box(self._each(value, found))
        if found:
            raise FaultsError(found)
        return made

    def _each(self, items: list[Any], found: list[tuple[int, Fault]]) -> Iterator[Any]:
        for place, (_item, one, faults) in enumerate(self.results(items)):
            found += ((place, fault) for fault in faults)
            if len(found) > MOST_FAULTS:
                return
            yield one

    def good(self, items: Iterable[Any]) -> Iterator[Any]:
        """What the items become, until one has a fault."""
        for place, (_item, one, faults) in enumerate(self.results(items)):
            if faults:
                raise FaultsError((place, fault) for fault in faults)
            yield one

    def results(self, items: Iterable[Any]) -> Iterator[tuple[Any, Any, Collection[Fault]]]:
        """Each item, what it becomes, and its faults."""
        seen: set[bytes] = set()
        firsts: dict[Any, int] = {}
        keys, expected = self.unique
        for number, item in enumerate(items):
            found: list[Fault] = []
            if self.distinct:
                digest = sha256(json.dumps(item, sort_keys=True).encode()).digest()
                if digest in seen:
                    found.append(Fault((number,), item, "each once"))
                seen.add(digest)
            if keys and is_object(item):
                values = [item.get(key) for key in keys]
                # A value that is not text is reported as such.
                if all(isinstance(value, str) for value in values):
                    # One text needs no tuple: there may be a hundred thousand.
                    first = firsts.setdefault(
                        tuple(values) if len(values) > 1 else values[0], number
                    )
                    if first < number:
                        steps = (number, keys[0])
                        found.append(Fault(steps, values[0], expected.format(first)))
            made = None
            try:
                made = self.read(item, None)
            except RefusedError as error:
                found += _faults_of(error, number, item)
            yield item, made, found


@final
class Format:
    """What a kind of file may contain, derived from the classes that its objects become.

    The keys of an object are the fields of its class; those without a default must be there.
    """

    def __init__(self, leaves: Mapping[type, tuple[Hook, Any]], *, in_detail: bool) -> None:
        """A format that is read fast or in detail.

        Args:
            leaves: How values of a type are read, and an example of such a value.
            in_detail: Whether reading continues after a fault, so that `faults` can report all.
        """
        self._in_detail = in_detail
        self._examples = {kind: example for kind, (_, example) in leaves.items()}
        self._fields: dict[Any, dict[str, Hook | None]] = {}
        self._required: dict[Any, tuple[str, ...]] = {}
        self._completing: dict[Any, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self._converter = Converter(detailed_validation=in_detail)
        for is_such, factory in (
            (attrs.has, self._object),
            (_is_literal, _text),
            (_is_optional, self._optional),
            (_is_collection, self._collection),
        ):
            self._converter.register_structure_hook_factory(is_such, factory)
        for kind, (hook, _) in leaves.items():
            self._converter.register_structure_hook(kind, hook)

    # -- what types do not say --

    def field(self, kind: type, **hooks: Hook | None) -> None:
        """How fields of a class are read; None for fields that no file has."""
        self._fields.setdefault(kind, {}).update(hooks)

    def required(self, kind: type, *keys: str) -> None:
        """The required keys for which the class nevertheless has a default."""
        self._required[kind] = keys

    def completed(self, kind: type, complete: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """A function that adds the values that no file has to an object, in fast reading."""
        self._completing[kind] = complete

    # -- how values are read --

    def hook(self, kind: Any) -> Hook:
        """How a value of that type is read."""
        if _is_enum(kind):
            # cattrs 24.1 treats enums specially, which no factory replaces.
            return _member(kind)
        hook: Hook = self._converter.get_structure_hook(kind)
        return hook

    def needed(self, kind: Any) -> tuple[str, ...]:
        """The keys that an object of that class must have."""
        without_default = (name for name, (_, is_needed) in fields_of(kind).items() if is_needed)
        return (*self._required.get(get_origin(kind) or kind, ()), *without_default)

    def hooks(self, kind: Any, **instead: Hook) -> dict[str, Hook]:
        """How the values of an object of that class are read, the required ones first."""
        special = {**self._fields.get(get_origin(kind) or kind, {}), **instead}
        needed = self.needed(kind)
        fields = sorted(fields_of(kind).items(), key=lambda one: one[0] not in needed)
        return {
            name: special.get(name) or self.hook(type_)
            for name, (type_, _) in fields
            if special.get(name, as_it_is) is not None
        }

    def object_of(self, kind: Any, **instead: Hook) -> Hook:
        """An object that becomes a value of that class, with other hooks for some of its fields."""
        hooks = self.hooks(kind, **instead)
        # The keys themselves are checked here.
        options: dict[str, Any] = {"_cattrs_forbid_extra_keys": False}
        for name in fields_of(kind):
            options[name] = override(struct_hook=hooks.get(name, as_it_is))
        read = make_dict_structure_fn(kind, self._converter, **options)
        if self._in_detail:
            return self._in_full(kind, hooks, read)
        keys, required = frozenset(hooks), frozenset(self._required.get(kind, ()))
        complete = self._completing.get(kind, _whole)

        def read_fast(value: Any, _: Any) -> Any:
            given: Any = value
            if not (type(value) is dict and keys.issuperset(given) and required.issubset(given)):
                raise RefusedError("an object")
            return read(complete(given), kind)

        return read_fast

    def _in_full(self, kind: Any, hooks: dict[str, Hook], read: Hook) -> Hook:
        """The same with all faults; those in its values are in the groups of cattrs."""
        needed, only = self.needed(kind), _only(hooks)

        def read_object(value: Any, _: Any) -> Any:
            if not is_object(value):
                raise RefusedError("an object")
            found = [(_MISSING, fault) for fault in _missing(needed, value, value)]
            found += islice(_misfits(value, hooks, only), MOST_FAULTS + 1)
            try:
                made = read(value, kind)
            except ClassValidationError as group:
                places = {key: place for place, key in enumerate(value)}
                errors = {note.name: error for error, note in group.group_exceptions()[0]}
                for key, error in errors.items():
                    error.__traceback__ = None  # its frames hold it, and the values that they read
                    if isinstance(error, RefusedError):
                        faults = _faults_of(error, key, value[key])
                        found += ((places[key], fault) for fault in faults)
                good = {
                    key: hook(value[key], None)
                    for key, hook in hooks.items()
                    if key in value and key not in errors
                }
                found += self._joint(kind, good, value, places)
            else:
                if not found:
                    return made
            raise FaultsError(found)

        return read_object

    def remembered(self, kind: Any) -> Hook:
        """The hook of a type with few, frequent values: in fast reading, each is read once."""
        read = self.hook(kind)
        values: dict[bytes, Any] = {}

        def read_once(value: Any, _: Any) -> Any:
            # The bytes distinguish 1, 1.0 and true, which are equal, and are faster than a text.
            written = marshal.dumps(value, 2)
            if written not in values:
                if len(values) >= _REMEMBERED:
                    values.clear()
                values[written] = read(value, None)
            return values[written]

        return read if self._in_detail else read_once

    def _object(self, kind: Any) -> Hook:
        return self.object_of(kind)

    def _optional(self, kind: Any) -> Hook:
        return maybe(self.hook(get_args(kind)[0]))

    def _collection(self, kind: Any) -> Hook:
        box = get_origin(kind)
        return ListOf(self.hook(get_args(kind)[0]), box=box, distinct=box is frozenset)

    # -- the rules about several values together are those of the classes --

    def _joint(
        self, kind: Any, good: dict[str, Any], value: dict[str, Any], places: Mapping[str, int]
    ) -> Iterator[tuple[int, Fault]]:
        """What the class refuses although each value is good, one after the other."""
        while refusal := _refusal(kind, {**self._stand_ins(kind), **good}):
            if isinstance(refusal, InvalidRecordError) and refusal.field in good:
                key = refusal.field
                del good[key]
                yield places[key], Fault((key,), value[key], refusal.expected)
                continue
            if good.keys() >= self._stand_ins(kind).keys():
                yield _RULE, Fault((), value, f"valid values: {refusal}")
            return

    def _stand_ins(self, kind: Any) -> dict[str, Any]:
        """A value for each field without a default that breaks no rule together with others."""
        fields = fields_of(kind).items()
        return {
            name: self._stand_in(name, type_) for name, (type_, is_needed) in fields if is_needed
        }

    def _stand_in(self, name: str, type_: Any) -> Any:
        origin = get_origin(type_) or type_
        if type_ in self._examples:
            return self._examples[type_]
        if _is_optional(type_):
            return None
        if _is_enum(type_):
            return next(iter(type_))
        if attrs.has(origin):
            return origin(**self._stand_ins(origin))
        return origin() if _is_collection(type_) else f"no-{name.replace('_', '-')}-of-any-file"


@cache
def fields_of(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The fields that a class is made from, each with its type and whether it has no default."""
    origin = get_origin(kind) or kind
    types = get_type_hints(origin)
    return {
        field.name: (types[field.name], field.default is attrs.NOTHING)
        for field in attrs.fields(origin)
        if field.init
    }


def _refusal(kind: Any, values: dict[str, Any]) -> CatalogueError | None:
    """The rule that a value of the class breaks, or None."""
    try:
        (get_origin(kind) or kind)(**values)
    except CatalogueError as error:
        return error
    return None


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _is_collection(kind: Any) -> bool:
    return get_origin(kind) in (tuple, frozenset)


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind)


def _member(kind: Any) -> Hook:
    return one_of({member.value: member for member in kind})


def _text(kind: Any) -> Hook:
    return one_of({text: text for text in get_args(kind)})


def _whole(value: dict[str, Any]) -> dict[str, Any]:
    return value


# The faults of an object that are at none of its keys come first.
_RULE, _MISSING = -2, -1


def _misfits(
    given: dict[str, Any], names: Collection[str], only: str
) -> Iterator[tuple[int, Fault]]:
    """What is wrong with the keys of an object, each with its place."""
    repeated = given.repeated if isinstance(given, Repeating) else ()
    for place, key in enumerate(given):
        if key in repeated:
            yield place, Fault((), key, _ONCE)
        if key not in names:
            yield place, Fault((), key, only, names)


def _only(names: Collection[str]) -> str:
    return f"only the keys {', '.join(names)}"


def _missing(needed: Iterable[str], given: Collection[str], value: Any) -> Iterator[Fault]:
    """The keys that an object lacks."""
    for key in needed:
        if key not in given:
            yield Fault((), value, f"the key {key!r} as well")


# -- whole files --


def read_document(
    made: Callable[..., Format],
    kind: type[T],
    document: Document,
    known_in: Callable[..., Mapping[str, Any]],
) -> T:
    """The contents of a file: read fast and, if that is refused, in detail.

    Args:
        made: What makes the format, fast or in detail.
        kind: The class of the contents.
        document: The file.
        known_in: What is known during reading, in fast reading or in detail.

    Raises:
        InvalidFileError: There are faults; the error has the class of the document, and all the
            faults up to `MOST_FAULTS`.
    """
    try:
        with knowing(known_in(in_detail=False)):
            return _contents(made(in_detail=False), kind, document)
    except REFUSALS:
        pass
    raise document.error(problems_of(made, kind, document, known_in))


def problems_of(
    made: Callable[..., Format],
    kind: type[Any],
    document: Document,
    known_in: Callable[..., Mapping[str, Any]],
) -> tuple[Problem, ...]:
    """Every fault of a document: those of the whole, then those of its rows, in order.

    A file of a newer release has one fault, which says so. At most `MOST_FAULTS` are reported; then
    a line says that there are more. The arguments are those of `read_document`.

    Raises:
        InvalidFileError: It is no object of JSON.
    """
    hooks = made(in_detail=True).hooks(kind)
    counts = document.check(*_held(hooks))
    with knowing(known_in(in_detail=True)):
        return _problems(made(in_detail=True).needed(kind), hooks, document, counts)


def _held(hooks: Mapping[str, Hook]) -> list[str]:
    return [key for key, hook in hooks.items() if not isinstance(hook, ListOf)]


def _contents(made: Format, kind: Callable[..., T], document: Document) -> T:
    hooks = made.hooks(kind)
    values: dict[str, Any] = {}
    for key, value in document.members(*_held(hooks)):
        if key in values:
            raise RefusedError(_ONCE)
        hook = hooks[key]
        if isinstance(hook, ListOf) and is_rows(value):
            values[key] = hook.box(hook.good(value))
        else:
            values[key] = hook(value, None)
    return kind(**values)


def _problems(
    needed: Iterable[str], hooks: Mapping[str, Hook], document: Document, counts: Mapping[str, int]
) -> tuple[Problem, ...]:
    told = _Told(document.name)
    if not counts.keys() >= set(needed):
        told.add(_MISSING, _missing(needed, counts, document.whole()))
    only, left = _only(hooks), dict(counts)
    places = {key: place for place, key in enumerate(counts)}
    for key, value in document.members(*_held(hooks)):
        left[key] -= 1
        if left[key] or told.is_full:
            continue  # the last value of a key counts
        place, hook = places[key], hooks.get(key)
        if counts[key] > 1:
            told.add(place, [Fault((), key, _ONCE)])
        if hook is None:
            told.add(place, [Fault((), key, only, hooks)])
        elif isinstance(hook, ListOf) and is_rows(value):
            told.add_rows(place, key, hook.results(value))
        else:
            try:
                hook(value, None)
            except RefusedError as error:
                told.add(place, _faults_of(error, key, value))
    return told.problems()


@final
class _Told:
    """The faults of a file as problems, each with the place of its key in the file."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._found: list[tuple[int, Problem]] = []
        self._words = _MOST_WORDS
        self._values = MOST_VALUES

    @property
    def is_full(self) -> bool:
        """Whether there are more than are reported."""
        return len(self._found) > MOST_FAULTS

    def add(
        self, place: int, faults: Iterable[Fault], record: str = WHOLE, inside: int = 0
    ) -> None:
        for steps, value, expected, allowed in faults:
            self._words -= len(allowed)
            meant = nearest(value, allowed) if self._words >= 0 else None
            kept = self._kept(value)
            problem = Problem(self._file, record, _path(steps[inside:]), kept, expected, meant)
            self._found.append((place, problem))

    def _kept(self, value: Any) -> Any:
        """The value; the beginning of its text if the faults have too many values already."""
        if not (is_object(value) or is_list(value)):
            return value
        self._values -= _count(value)
        return value if self._values >= 0 else shown(value)

    def add_rows(
        self, place: int, section: str, rows: Iterable[tuple[Any, Any, Collection[Fault]]]
    ) -> None:
        for number, (row, _, faults) in enumerate(rows):
            if faults:
                self.add(place, faults, _record(section, number, row), inside=1)
            if self.is_full:
                return

    def problems(self) -> tuple[Problem, ...]:
        self._found.sort(key=lambda one: (one[1].record != WHOLE, one[0]))
        problems = [problem for _, problem in self._found]
        if self.is_full:
            more = Problem(self._file, WHOLE, "faults", f"more than {MOST_FAULTS:,}", _MORE)
            problems[MOST_FAULTS:] = [more]
        newer = [problem for problem in problems if problem.expected.endswith(_NEWER)]
        return tuple(newer or problems)


def _count(value: Any) -> int:
    """How many values there are in a value, with itself."""
    inside = value.values() if is_object(value) else value if is_list(value) else ()
    return 1 + sum(map(_count, inside))


def _record(section: str, number: int, row: Any) -> str:
    """What a row is called: its position, and its id or that of its API."""
    names = [row.get(key) for key in ("id", "api", "applies_to")] if is_object(row) else []
    texts = [name for name in names if isinstance(name, str)]
    return " ".join((f"{section}[{number}]", *texts[:1]))


def _path(steps: Iterable[int | str]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".")
