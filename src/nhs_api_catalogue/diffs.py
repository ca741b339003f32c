"""What differs between two editions, record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, Final, cast, final

import attrs

from nhs_api_catalogue._checks import read_width
from nhs_api_catalogue._escapes import visible, visible_lines
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.catalogues import Catalogue, read_catalogue
from nhs_api_catalogue.records import Api, Edition

# The fields of a record that can differ; `own` only gives the sources of the others.
_FIELDS: Final = tuple(
    field.name for field in attrs.fields(Api) if field.eq and field.name not in ("id", "own")
)


@final
@attrs.frozen
class FieldChange(Aligned):
    """A value that differs between two editions, or has another source.

    Attributes:
        field: The field of the record, or of the edition.
        old: The value in the old edition.
        new: The value in the new edition.
        old_source: The source of the old value; empty for a field of the edition.
        new_source: The source of the new value; empty for a field of the edition.
        old_text: The old value as people read it.
        new_text: The new value as people read it.

    >>> from nhs_api_catalogue import catalogue, diff
    >>> new = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
    >>> change = diff(catalogue, new).changed[0].fields[0]
    >>> change.field, change.old_text, change.new_text
    ('technical', '3-6 months', '2-4 months')
    """

    field: str
    old: object
    new: object
    old_source: str
    new_source: str
    old_text: str
    new_text: str

    def __str__(self) -> str:
        if self.old == self.new:
            return visible(f"{self.field}: still {self.new_text}, now from {self.new_source}")
        text = f"{self.field}: {self.old_text} -> {self.new_text}"
        if self.old_source != self.new_source:
            text += f" (was from {self.old_source}, is from {self.new_source})"
        return visible(text)


@final
@attrs.frozen
class ApiChange(Aligned):
    """A record that is in both editions, and differs.

    Attributes:
        old: The record in the old edition.
        new: The record in the new edition.
        fields: What differs, in the order of the record's fields.

    >>> from nhs_api_catalogue import catalogue, diff
    >>> new = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
    >>> change = diff(catalogue, new).changed[0]
    >>> change.new.id, [field.field for field in change.fields]
    ('e-rs', ['technical'])
    """

    old: Api
    new: Api
    fields: tuple[FieldChange, ...]

    def __str__(self) -> str:
        return visible_lines(_change_lines(self, 80))


@final
@attrs.frozen(repr=False)
class EditionDiff(Aligned, Tabular):
    """What differs between two editions; it is false if their records and order are the same.

    Attributes:
        old: The old edition.
        new: The new edition.
        edition: What differs between the editions themselves.
        added: The records that only the new one has, in its order.
        removed: The records that only the old one has, in its order.
        changed: The records in both that differ, in the order of the new one.
        reordered: Whether the records in both are in a different order.

    >>> from nhs_api_catalogue import catalogue, diff
    >>> new = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
    >>> found = diff(catalogue, new)
    >>> len(found.added), len(found.removed), len(found.changed)
    (0, 0, 1)
    """

    old: Edition
    new: Edition
    edition: tuple[FieldChange, ...]
    added: tuple[Api, ...]
    removed: tuple[Api, ...]
    changed: tuple[ApiChange, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.reordered)

    def rows(self) -> list[dict[str, Any]]:
        """One row per difference, as texts, for tables and for JSON.

        The keys are change ("added", "removed", "changed"), api, id, field, old, new, old_source
        and new_source; keys that do not apply are None.

        >>> from nhs_api_catalogue import catalogue, diff
        >>> new = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
        >>> row = diff(catalogue, new).rows()[0]
        >>> row["id"], row["field"], row["new"]
        ('e-rs', 'technical', '2-4 months')
        """
        rows = [
            _row(change, api)
            for change, apis in (("added", self.added), ("removed", self.removed))
            for api in apis
        ]
        rows += [_row("changed", api.new, field) for api in self.changed for field in api.fields]
        return rows

    def _frame(self) -> Frame:
        rows = tuple(tuple(row.values()) for row in self.rows())
        shown = ("change", "api", "field", "old", "new", "new_source")
        return Frame(dict.fromkeys(_COLUMNS, Kind.TEXT), rows, shown)

    def _repr_html_(self) -> str:
        caption = f"From {self.old} to {self.new}"
        if self.reordered:
            caption += "; the records are in a different order"
        return write_rows(caption, *self._frame().shown_texts())

    def __str__(self) -> str:
        """The differences as text of at most 80 columns."""
        return self.describe()

    def describe(self, *, width: int = 80) -> str:
        """The differences as text.

        Args:
            width: The number of columns of a line, at least 60.

        Raises:
            TypeError: The width is not a whole number.
            ValueError: It is below 60.

        >>> from nhs_api_catalogue import catalogue, diff
        >>> new = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
        >>> print(diff(catalogue, new).describe(width=60).splitlines()[-1])
            from our 2026 project)
        """
        return visible_lines(self._lines(read_width(width)))

    def _lines(self, width: int) -> Iterator[str]:
        yield f"Old: {self.old}"
        yield f"New: {self.new}"
        for line in self.edition:
            yield from _wrapped(f"  {line}", 4, width)
        for title, apis in (("Added", self.added), ("Removed", self.removed)):
            if apis:
                yield from ("", title)
                for api in apis:
                    yield from _wrapped(f"- {api.id}: {api.name}", 2, width)
                    yield from _wrapped(f"  {api.technical}, then {api.assurance}", 4, width)
        if self.changed:
            yield from ("", "Changed")
            for change in self.changed:
                first, *rest = _change_lines(change, width)
                yield from (f"- {first}", *rest)
        if self.reordered:
            yield from ("", "The records are in a different order.")
        if not self:
            yield from ("", "The records are the same.")

    def __repr__(self) -> str:
        return (
            f"<EditionDiff: {len(self.added)} added, {len(self.removed)} removed, "
            f"{len(self.changed)} changed>"
        )


def diff(old: Catalogue, new: Catalogue) -> EditionDiff:
    """What differs between two catalogues; records are matched by id.

    The source of a value counts only if a user replaced it: a record that is the same in two
    editions has not changed. Overlays are not compared.

    Raises:
        TypeError: One of the two is not a catalogue.

    >>> from nhs_api_catalogue import catalogue
    >>> ours = catalogue.replace("eRS", technical="2-4 months", source="our 2026 project")
    >>> print(diff(catalogue.select("eRS"), ours.select("eRS")).changed[0])
    e-rs: e-Referral Service (eRS)
      technical: 3-6 months -> 2-4 months (was from third-party estimate of the NHS
        API Guide 2025 (6B, 2025-09-09), is from our 2026 project)
    """
    before = {api.id: api for api in read_catalogue(old).apis}
    after = {api.id: api for api in read_catalogue(new).apis}
    changes = (
        ApiChange(before[id_], api, _changes(before[id_], api))
        for id_, api in after.items()
        if id_ in before
    )
    return EditionDiff(
        old=old.edition,
        new=new.edition,
        edition=_edition_changes(old.edition, new.edition),
        added=tuple(api for id_, api in after.items() if id_ not in before),
        removed=tuple(api for id_, api in before.items() if id_ not in after),
        changed=tuple(change for change in changes if change.fields),
        reordered=[id_ for id_ in before if id_ in after]
        != [id_ for id_ in after if id_ in before],
    )


def _changes(old: Api, new: Api) -> tuple[FieldChange, ...]:
    if old == new:
        return ()
    words = {own.field: own for own in old.own}, {own.field: own for own in new.own}
    texts = dict(old.details(official=False)), dict(new.details(official=False))
    return tuple(
        FieldChange(
            name,
            getattr(old, name),
            getattr(new, name),
            old.source_of(name),
            new.source_of(name),
            _text(texts[0].get(name, getattr(old, name))),
            _text(texts[1].get(name, getattr(new, name))),
        )
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name) or words[0].get(name) != words[1].get(name)
    )


def _edition_changes(old: Edition, new: Edition) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field.name, before, after, "", "", _text(before), _text(after))
        for field in attrs.fields(Edition)
        if field.name != "overlay_as_of"
        and (before := getattr(old, field.name)) != (after := getattr(new, field.name))
    )


def _text(value: object) -> str:
    """The value as people read it; "nothing" if there is none."""
    if isinstance(value, tuple):
        return "; ".join(map(str, cast("tuple[object, ...]", value))) or "nothing"
    return "nothing" if value is None or value == "" else str(value)


_COLUMNS: Final = ("change", "api", "id", "field", "old", "new", "old_source", "new_source")


def _row(change: str, api: Api, field: FieldChange | None = None) -> dict[str, Any]:
    return {
        "change": change,
        "api": api.name,
        "id": api.id,
        "field": field and field.field,
        "old": field and field.old_text,
        "new": field and field.new_text,
        "old_source": field and field.old_source,
        "new_source": field and field.new_source,
    }


def _change_lines(change: ApiChange, width: int) -> Iterator[str]:
    yield f"{change.new.id}: {change.new.name}"
    for field in change.fields:
        yield from _wrapped(f"  {field}", 4, width)


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    return wrap(text, width, subsequent_indent=" " * indent, break_on_hyphens=False)
