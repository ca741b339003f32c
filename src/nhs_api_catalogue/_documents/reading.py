"""What files hold, told from classes: cattrs reads it, and every fault of a file is told at once.

A `Format` is read by the same hooks twice: fast, and, if that is refused, in detail. A hook raises
a `RefusedError` for a value that the format does not have. cattrs goes on and gathers the errors in
groups, and `faults` walks through these.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache
from itertools import chain
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
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
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from nhs_api_catalogue._documents.files import WHOLE, RefusedError, Repeating, is_list, is_object
from nhs_api_catalogue.errors import (
    CatalogueError,
    InvalidFileError,
    InvalidRecordError,
    Problem,
)

T = TypeVar("T")

Hook: TypeAlias = Callable[[Any, Any], Any]
"""How cattrs has a value read: a function of the value and of its type, which ours do not need."""

# What reading fast raises for a file with a fault: beside our own errors and those of cattrs, a
# KeyError for a key that is missing, and a TypeError for a list where a name is due.
REFUSALS: Final = (
    BaseValidationError,
    CatalogueError,
    ValueError,
    KeyError,
    TypeError,
    RecursionError,
)

# How many values a hook remembers; few files have more different ones in a place.
_REMEMBERED: Final = 4096

_NEWER: Final = ": a newer release of this library wrote the file"

# How many faults of a file are told. In one of 16 MB there may be millions, each of a kilobyte.
MOST_FAULTS: Final = 10_000
_MORE: Final = "fewer: mend these first, as the file is read no further"

_KNOWN: ContextVar[Mapping[str, Any]] = ContextVar("known")
# How many faults may still be told, in a list that the hooks change; nothing while a file is read
# fast, which ends with the first.
_ROOM: ContextVar[list[int] | None] = ContextVar("room", default=None)


@contextmanager
def knowing(**kinds: Any) -> Generator[None]:
    """What is known from elsewhere in the file, or from outside, while it is read."""
    token = _KNOWN.set(kinds)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def known(kind: str) -> Any:
    """What is known of a kind."""
    return _KNOWN.get()[kind]


# -- hooks --


def leaf(read: Callable[[str], Any], expected: str) -> Hook:
    """What a function makes of a text; what it raises for others says that they are refused."""

    def read_leaf(value: Any, _: Any) -> Any:
        if type(value) is str:
            try:
                return read(value)
            except (CatalogueError, ValueError, OverflowError):
                pass
        raise RefusedError(expected)

    return read_leaf


def text_that(test: Callable[[str], object], expected: str) -> Hook:
    """A text of which the test is true."""

    def read_text(value: Any, _: Any) -> Any:
        if type(value) is str and test(value):
            return value
        raise RefusedError(expected)

    return read_text


def any_of(kind: type, expected: str) -> Hook:
    """Any value of a type of JSON."""

    def read(value: Any, _: Any) -> Any:
        if type(value) is kind:
            return value
        raise RefusedError(expected)

    return read


def one_of(values: Mapping[str, Any] | str, expected: str | None = None) -> Hook:
    """The value that a text stands for, among these, or among those that are known of a kind."""

    def read(value: Any, _: Any) -> Any:
        meant = known(values) if isinstance(values, str) else values
        if type(value) is str and value in meant:
            return meant[value]
        raise RefusedError(expected or f"one of {', '.join(meant)}", sorted(meant))

    return read


def maybe(read: Hook) -> Hook:
    """The same, or None for null."""
    return lambda value, _: None if value is None else read(value, None)


def as_it_is(value: Any, _: Any) -> Any:
    """Any value."""
    return value


def format_number(*numbers: int) -> Hook:
    """The number of one of the formats that there are, in their order."""

    def read(value: Any, _: Any) -> int:
        if type(value) is int and value in numbers:
            return value
        is_newer = type(value) is int and value > numbers[-1]
        raise RefusedError(f"{numbers[-1]}{_NEWER}" if is_newer else " or ".join(map(str, numbers)))

    return read


def list_of(
    read: Hook,
    *,
    box: type = tuple,
    least: int = 0,
    distinct: bool = False,
    unique: tuple[tuple[str, ...], str] = ((), ""),
) -> Hook:
    """A list.

    Args:
        read: How an item is read.
        box: What the list becomes.
        least: How many items there must be.
        distinct: Whether no item may come twice.
        unique: Keys of the items whose values together may not come twice, that of the fault first,
            and what is expected then, where "{}" stands for the place of the first that has them.
    """

    def read_list(value: Any, _: Any) -> Any:
        if not is_list(value) or len(value) < least:
            raise RefusedError(f"a list of at least {least}" if is_list(value) else "a list")
        repeated = chain(_repeats(value) if distinct else (), _shared(value, *unique))
        errors = list(_with_room(repeated))
        return box(_each(read, enumerate(value), errors, IterableValidationError))

    return read_list


def each_value(read: Hook, read_key: Hook = as_it_is) -> Hook:
    """An object whose values are alike, and so are its keys."""

    def read_values(value: Any, _: Any) -> Any:
        errors = list(_with_room(chain(_misfits(value, value, ()), _odd_keys(value, read_key))))
        return dict(
            zip(value, _each(read, value.items(), errors, ClassValidationError), strict=True)
        )

    return read_values


def _odd_keys(value: dict[str, Any], read_key: Hook) -> Iterator[Exception]:
    for key in value:
        try:
            read_key(key, None)
        except RefusedError as error:
            yield RefusedError(error.expected, error.allowed, value=key)


def _with_room(errors: Iterable[Exception]) -> Iterator[Exception]:
    """The errors that there is room for; if there are more, the last one says so."""
    room = _ROOM.get()
    for error in errors:
        if room is not None and room[0] <= 0:
            yield RefusedError(_MORE)
            return
        yield error
        if room is None:
            return
        room[0] -= 1


def _fill_room(errors: Iterable[Exception]) -> None:
    """Count errors that are told; those in groups were counted where they came from."""
    room = _ROOM.get()
    if room is not None:
        room[0] -= sum(not isinstance(error, BaseValidationError) for error in errors)


def _each(
    read: Hook,
    items: Iterable[tuple[int | str, Any]],
    errors: list[Exception],
    group: type[BaseValidationError],
) -> list[Any]:
    made: list[Any] = []
    room = _ROOM.get()
    for key, item in items:
        if room is not None and room[0] <= 0:
            errors.append(_at(RefusedError(_MORE), key))
            break
        try:
            made.append(read(item, None))
        except (RefusedError, BaseValidationError) as error:
            errors.append(_at(error, key))
            if room is None:
                break
            _fill_room((error,))
    if errors:
        raise _gathered(group, errors, dict)
    return made


@final
class Format:
    """What a kind of file may hold, told from the classes that its objects become.

    The keys of an object are the fields of its class; those without a default must be there.
    """

    def __init__(self, leaves: Mapping[type, tuple[Hook, Any]], *, in_detail: bool) -> None:
        """A format that is read fast or in detail.

        Args:
            leaves: How values of a type are read, and any such value.
            in_detail: Whether reading goes on after a fault, for `faults` to tell all.
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

    # -- what no type says --

    def field(self, kind: type, **hooks: Hook | None) -> None:
        """How fields of a class are read; None for those that no file has."""
        self._fields.setdefault(kind, {}).update(hooks)

    def required(self, kind: type, *keys: str) -> None:
        """The keys that must be there although the class has a default for them."""
        self._required[kind] = keys

    def completed(self, kind: type, complete: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """What gives an object of a class the values that no file has, when it is read fast."""
        self._completing[kind] = complete

    # -- how values are read --

    def hook(self, kind: Any) -> Hook:
        """How a value of that type is read."""
        if _is_enum(kind):
            # cattrs 24.1 has a way of its own with enums, which no factory replaces.
            return _member(kind)
        hook: Hook = self._converter.get_structure_hook(kind)
        return hook

    def hooks(self, kind: Any, **instead: Hook) -> dict[str, Hook]:
        """How the values of an object of that class are read, those that must be there first."""
        origin = get_origin(kind) or kind
        special = {**self._fields.get(origin, {}), **instead}
        required = self._required.get(origin, ())
        fields = sorted(
            fields_of(kind).items(), key=lambda one: not (one[1][1] or one[0] in required)
        )
        return {
            name: special.get(name) or self.hook(type_)
            for name, (type_, _) in fields
            if special.get(name, as_it_is) is not None
        }

    def object_of(self, kind: Any, **instead: Hook) -> Hook:
        """An object that becomes a value of that class, with other hooks for some of its fields."""
        hooks = self.hooks(kind, **instead)
        keys, required = frozenset(hooks), frozenset(self._required.get(kind, ()))
        complete = self._completing.get(kind, _whole)
        # The keys themselves are looked at here.
        options: dict[str, Any] = {"_cattrs_forbid_extra_keys": False}
        for name in fields_of(kind):
            options[name] = override(struct_hook=hooks.get(name, as_it_is))
        read = make_dict_structure_fn(kind, self._converter, **options)

        def read_fast(value: Any, _: Any) -> Any:
            given: Any = value
            if not (type(value) is dict and keys.issuperset(given) and required.issubset(given)):
                raise RefusedError("an object")
            return read(complete(given), kind)

        def read_in_detail(value: Any, _: Any) -> Any:
            misfits = _misfits(value, hooks, self._required.get(kind, ()))
            errors = list(_with_room(misfits))
            try:
                made = read(value, kind)
            except ClassValidationError as group:
                told, _ = group.group_exceptions()
                _fill_room(error for error, _ in told)
                bad = {note.name for _, note in told}
                # These are read without a fault; there need be no room for one.
                token = _ROOM.set(None)
                good = {
                    name: hook(value[name], None)
                    for name, hook in hooks.items()
                    if name in value and name not in bad
                }
                _ROOM.reset(token)
                # What the frames hold is let go.
                errors += [error.with_traceback(None) for error, _ in told]
                errors += self._joint(kind, good)
            else:
                if not errors:
                    return made
            raise _gathered(ClassValidationError, errors, kind)

        return read_in_detail if self._in_detail else read_fast

    def remembered(self, kind: Any) -> Hook:
        """The hook of a type of which few values come often: read fast, each is read once."""
        read = self.hook(kind)
        values: dict[bytes, Any] = {}

        def read_once(value: Any, _: Any) -> Any:
            # The bytes tell 1, 1.0 and true apart, which are equal, and are sooner had than a text.
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
        return list_of(self.hook(get_args(kind)[0]), box=box, distinct=box is frozenset)

    # -- the rules that take several values together are those of the classes --

    def _joint(self, kind: Any, good: dict[str, Any]) -> Iterator[Exception]:
        """What the class refuses of values each of which is good, one after the other."""
        while refusal := _refusal(kind, {**self._stand_ins(kind), **good}):
            if isinstance(refusal, InvalidRecordError) and refusal.field in good:
                del good[refusal.field]
                yield _at(RefusedError(refusal.expected), refusal.field)
                continue
            if good.keys() >= self._stand_ins(kind).keys():
                yield RefusedError(f"valid values: {refusal}")
            return

    def _stand_ins(self, kind: Any) -> dict[str, Any]:
        """A value for each field without a default, which breaks no rule together with others."""
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
    """The fields of a class that are given, each with its type, and whether it has no default."""
    origin = get_origin(kind) or kind
    types = get_type_hints(origin)
    return {
        field.name: (types[field.name], field.default is attrs.NOTHING)
        for field in attrs.fields(origin)
        if field.init
    }


def _refusal(kind: Any, values: dict[str, Any]) -> CatalogueError | None:
    """What a value of the class breaks, None if it is good."""
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


# -- faults --


def _gathered(group: Any, errors: list[Exception], kind: Any) -> BaseValidationError:
    """The errors as a group of cattrs, which takes a class besides."""
    gathered: BaseValidationError = group("", errors, kind)
    return gathered


def _at(error: Exception, key: int | str) -> Exception:
    """The error, with a note of where it came from, as cattrs itself writes it.

    It lets go of its frames, which hold what has been read so far.
    """
    error.__traceback__ = None
    if isinstance(key, int):
        error.add_note(IterableValidationNote(str(key), key, None))
    else:
        error.add_note(AttributeValidationNote(key, key, None))
    return error


def _misfits(value: Any, names: Collection[str], required: Iterable[str]) -> Iterator[Exception]:
    """What is wrong with the keys of an object."""
    if not is_object(value):
        raise RefusedError("an object")
    for key in value.repeated if isinstance(value, Repeating) else ():
        yield RefusedError("each key only once in an object", value=key)
    for key in value:
        if key not in names:
            yield RefusedError(f"only the keys {', '.join(names)}", names, value=key)
    yield from (_at(KeyError(key), key) for key in required if key not in value)


def _repeats(items: list[Any]) -> Iterator[Exception]:
    """The items that are like an earlier one."""
    texts: set[str] = set()
    for number, item in enumerate(items):
        text = json.dumps(item, sort_keys=True)
        if text in texts:
            yield _at(RefusedError("each once"), number)
        texts.add(text)


def _shared(items: list[Any], keys: tuple[str, ...], expected: str) -> Iterator[Exception]:
    """The items that share the texts under these keys with an earlier one."""
    firsts: dict[tuple[Any, ...], int] = {}
    for number, item in enumerate(items if keys else ()):
        values = tuple(item.get(key) if is_object(item) else None for key in keys)
        # What is no text is told as that.
        if all(isinstance(value, str) for value in values):
            first = firsts.setdefault(values, number)
            if first < number:
                error = _at(RefusedError(expected.format(first)), keys[0])
                yield _at(_gathered(ClassValidationError, [error], dict), number)


_Steps: TypeAlias = tuple[int | str, ...]


def read_document(
    made: Callable[..., Format],
    kind: type[T],
    document: object,
    file: str | None,
    error: type[InvalidFileError],
) -> T:
    """What a document holds: read fast, and in detail where that is refused.

    Raises:
        InvalidFileError: There are faults; the error is of the kind given, and holds them all.
    """
    try:
        value: T = made(in_detail=False).hook(kind)(document, None)
    except REFUSALS:
        pass
    else:
        return value
    raise error(faults(made(in_detail=True).hook(kind), document, file))


def faults(read: Hook, document: object, file: str | None) -> tuple[Problem, ...]:
    """Every fault of a document: those of the whole, then those of its rows, in its order.

    A file of a newer release has one fault, which says so. Of more than `MOST_FAULTS`, so many are
    told, and then that there are more.

    Args:
        read: How a format reads it in detail.
        document: What the file holds.
        file: The name of the file, for the faults to bear.
    """
    # With one more, it is known that there are more.
    token = _ROOM.set([MOST_FAULTS + 1])
    try:
        read(document, None)
    except (RefusedError, BaseValidationError) as error:
        found = [
            Problem(file, *_place(steps, document), value, fault.expected, fault.nearest(value))
            for steps, value, fault in _told(error, document, ())
            if fault.expected != _MORE
        ]
        newer = [problem for problem in found if problem.expected.endswith(_NEWER)]
        found.sort(key=lambda problem: problem.record != WHOLE)
        if len(found) > MOST_FAULTS:
            more = Problem(file, WHOLE, "faults", f"more than {MOST_FAULTS:,}", _MORE)
            found[MOST_FAULTS:] = [more]
        return tuple(newer or found)
    finally:
        _ROOM.reset(token)
    return ()


def _told(
    error: Exception, value: Any, steps: _Steps
) -> Iterator[tuple[_Steps, Any, RefusedError]]:
    """The refusals in the groups of cattrs, each with the way to the value, and the value."""
    if isinstance(error, RefusedError):
        yield steps, value, error
    if not isinstance(error, (ClassValidationError, IterableValidationError)):
        return
    inside: Any = value
    keys = {key: at for at, key in enumerate(value if is_object(value) else range(len(inside)))}
    noted, of_all = error.group_exceptions()
    found = [
        (
            keys.get(inner.value, -1),
            [(steps, inside if inner.value is None else inner.value, inner)],
        )
        for inner in of_all
        if isinstance(inner, RefusedError)
    ]
    for inner, note in noted:
        key = note.index if isinstance(note, IterableValidationNote) else note.name
        if key in keys:
            found.append((keys[key], list(_told(inner, inside[key], (*steps, key)))))
        else:
            found.append((-1, [(steps, value, RefusedError(f"the key {key!r} as well"))]))
    for _, told in sorted(found, key=lambda one: one[0]):
        yield from told


def _place(steps: _Steps, document: Any) -> tuple[str, str]:
    """The record and the path: of a row its place, with its id or that of the API it is about."""
    record = WHOLE
    if len(steps) > 1 and isinstance(steps[1], int):
        (section, number), steps = steps[:2], steps[2:]
        row = document[section][number]
        names = [row.get(key) for key in ("id", "api", "applies_to")] if is_object(row) else []
        texts = [name for name in names if isinstance(name, str)]
        record = " ".join((f"{section}[{number}]", *texts[:1]))
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return record, path.removeprefix(".")
