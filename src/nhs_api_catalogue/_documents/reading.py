"""File formats, derived from classes: cattrs reads them, and every fault is reported at once.

The same hooks read a `Format` twice: fast and, if that is refused, in detail. A hook raises a
`RefusedError` for a value that the format does not allow. cattrs continues and collects the errors
in groups, and `faults` walks through these.
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
"""A cattrs hook: a function of the value and of its type, which our hooks do not need."""

# What fast reading raises for a file with a fault: besides our own errors and those of cattrs, a
# KeyError for a missing key, and a TypeError for a list where a name is needed.
REFUSALS: Final = (
    BaseValidationError,
    CatalogueError,
    ValueError,
    KeyError,
    TypeError,
    RecursionError,
)

# How many values a hook remembers; few files have more different ones in one place.
_REMEMBERED: Final = 4096

_NEWER: Final = ": a newer release of this library wrote the file"

# How many faults of a file are reported. A file of 16 MB may have millions, each of a kilobyte.
MOST_FAULTS: Final = 10_000
# With how many words the wrong values of a file are compared, to say which may be meant.
_MOST_WORDS: Final = 20_000
_MORE: Final = "fewer: mend these first, as the file is read no further"

_KNOWN: ContextVar[Mapping[str, Any]] = ContextVar("known")
# How many faults may still be reported, in a list that the hooks change; None while a file is read
# fast, which stops at the first.
_ROOM: ContextVar[list[int] | None] = ContextVar("room", default=None)


@contextmanager
def knowing(**kinds: Any) -> Generator[None]:
    """What is known from elsewhere in the file, or from outside, during reading."""
    token = _KNOWN.set(kinds)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def known(kind: str) -> Any:
    """The known values of a kind."""
    return _KNOWN.get()[kind]


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

    def read(value: Any, _: Any) -> Any:
        meant = known(values) if isinstance(values, str) else values
        if type(value) is str and value in meant:
            return meant[value]
        raise RefusedError(expected or f"one of {', '.join(meant)}", meant)

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
        least: The least number of items.
        distinct: Whether items must be distinct.
        unique: Keys of the items whose values together must be unique, the key of the fault first,
            and what is then expected, where "{}" stands for the position of the first such item.
    """

    def read_list(value: Any, _: Any) -> Any:
        if not is_list(value) or len(value) < least:
            raise RefusedError(f"a list of at least {least}" if is_list(value) else "a list")
        repeated = chain(_repeats(value) if distinct else (), _shared(value, *unique))
        errors = list(_with_room(repeated))
        return box(_each(read, enumerate(value), errors, IterableValidationError))

    return read_list


def each_value(read: Hook, read_key: Hook = as_it_is) -> Hook:
    """An object whose values have one type, and whose keys have one type."""

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
    """The errors up to the limit; if there are more, the last one says so."""
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
    """Count reported errors; those in groups were counted where they arose."""
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

    def hooks(self, kind: Any, **instead: Hook) -> dict[str, Hook]:
        """How the values of an object of that class are read, the required ones first."""
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
        # The keys themselves are checked here.
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
                # These are read without a fault, so they need none of the limit.
                token = _ROOM.set(None)
                good = {
                    name: hook(value[name], None)
                    for name, hook in hooks.items()
                    if name in value and name not in bad
                }
                _ROOM.reset(token)
                # Release what the frames hold.
                errors += [error.with_traceback(None) for error, _ in told]
                errors += self._joint(kind, good)
            else:
                if not errors:
                    return made
            raise _gathered(ClassValidationError, errors, kind)

        return read_in_detail if self._in_detail else read_fast

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
        return list_of(self.hook(get_args(kind)[0]), box=box, distinct=box is frozenset)

    # -- the rules about several values together are those of the classes --

    def _joint(self, kind: Any, good: dict[str, Any]) -> Iterator[Exception]:
        """What the class refuses although each value is good, one after the other."""
        while refusal := _refusal(kind, {**self._stand_ins(kind), **good}):
            if isinstance(refusal, InvalidRecordError) and refusal.field in good:
                del good[refusal.field]
                yield _at(RefusedError(refusal.expected), refusal.field)
                continue
            if good.keys() >= self._stand_ins(kind).keys():
                yield RefusedError(f"valid values: {refusal}")
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


# -- faults --


def _gathered(group: Any, errors: list[Exception], kind: Any) -> BaseValidationError:
    """The errors as a cattrs group, which also needs a class."""
    gathered: BaseValidationError = group("", errors, kind)
    return gathered


def _at(error: Exception, key: int | str) -> Exception:
    """The error, with a note of where it arose, in the form of cattrs.

    It releases its frames, which hold what has been read so far.
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
    """The items that equal an earlier one."""
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
        # A value that is not text is reported as such.
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
    """The contents of a document: read fast and, if that is refused, in detail.

    Raises:
        InvalidFileError: There are faults; the error has the given class and all the faults.
    """
    try:
        value: T = made(in_detail=False).hook(kind)(document, None)
    except REFUSALS:
        pass
    else:
        return value
    raise error(faults(made(in_detail=True).hook(kind), document, file))


def faults(read: Hook, document: object, file: str | None) -> tuple[Problem, ...]:
    """Every fault of a document: those of the whole, then those of its rows, in order.

    A file of a newer release has one fault, which says so. At most `MOST_FAULTS` are reported; then
    a line says that there are more.

    Args:
        read: How a format reads it in detail.
        document: The contents of the file.
        file: The name of the file, for the faults.
    """
    # One more shows whether there are more.
    token = _ROOM.set([MOST_FAULTS + 1])
    try:
        read(document, None)
    except (RefusedError, BaseValidationError) as error:
        found: list[Problem] = []
        words = _MOST_WORDS
        for steps, value, fault in _told(error, document, ()):
            if fault.expected != _MORE:
                words -= len(fault.allowed)
                nearest = fault.nearest(value) if words >= 0 else None
                place = _place(steps, document)
                found.append(Problem(file, *place, value, fault.expected, nearest))
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
    """The refusals in the cattrs groups, each with the path to the value, and the value."""
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
    """The record and the path; a row is named by its position and its id, or its API's id."""
    record = WHOLE
    if len(steps) > 1 and isinstance(steps[1], int):
        (section, number), steps = steps[:2], steps[2:]
        row = document[section][number]
        names = [row.get(key) for key in ("id", "api", "applies_to")] if is_object(row) else []
        texts = [name for name in names if isinstance(name, str)]
        record = " ".join((f"{section}[{number}]", *texts[:1]))
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return record, path.removeprefix(".")
