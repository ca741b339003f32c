"""Writes explanation/differences.md from the bundled data: python docs/make_differences.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from nhs_api_catalogue import Confidence, Openness, Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhs_api_catalogue import Api, Fact, OfficialEntry, Overlay, Source

PAGE = Path(__file__).parent / "explanation" / "differences.md"
INTRO = """# Where the guide and NHS England differ

<!-- Written by docs/make_differences.py from data/official.json: change the data, not the page. -->

The records hold what the NHS API Guide 2025 says.
This page shows where NHS England's own public material, and occasionally another source, says
something else about the same APIs: {differences} differences in {apis} of {all} APIs.
They were gathered by {compiled}.
Neither source overwrites the other.
Each statement has its source, with the source's date; "no date" means that it has none.
"Reported" means that it was read in a third party's text, or in a staging or proxy copy.
[Where the data comes from](where-the-data-comes-from.md) says how they were gathered.

The replacement of a product is listed below it, even if it belongs to no API in the guide.

In Python, use `catalogue.differences()` and `api.differences`, and `api.official` for the products
behind each API.
"""


def page() -> str:
    """The whole page."""
    differences = catalogue.differences()
    (overlay,) = catalogue.overlays
    intro = INTRO.format(
        differences=len(differences),
        apis=len({difference.api for difference in differences}),
        all=len(catalogue),
        compiled=overlay.compiled,
    )
    counts = Counter(difference.severity for difference in differences)
    openness = Counter(api.open_to_new_integrations for api in catalogue)
    parts = [
        intro,
        table(
            ("severity", "meaning", "differences"),
            ((str(word), word.meaning, str(counts[word])) for word in Severity),
        ),
        table(
            ("open to new integrations", "meaning", "APIs"),
            ((str(word), word.meaning, str(openness[word])) for word in Openness),
        ),
        *(section for api in catalogue for section in sections(api)),
    ]
    return "\n".join(parts)


def sections(api: Api) -> Iterator[str]:
    """What is said about one API."""
    yield f"## {api.name}\n"
    yield f"Open to new integrations: **{api.open_to_new_integrations}**.\n"
    (overlay,) = catalogue.overlays
    entries = overlay.about(api.id).entries
    yield table(
        ("official product", "status", "open to new integrations", "replaced by"),
        (
            (
                cited(entry.name),
                cited(entry.status),
                cited(entry.open_to_new_integrations),
                successors(entry, overlay),
            )
            for entry in entries
        ),
    )
    if api.differences:
        yield table(
            ("severity", "about", "how they relate", "the guide says", "but", "source"),
            (
                (
                    str(one.severity),
                    str(one.field),
                    str(one.kind),
                    one.guide_says,
                    one.official_says,
                    linked(one.source, one.confidence),
                )
                for one in api.differences
            ),
        )
    else:
        yield "No difference was found.\n"


def successors(entry: OfficialEntry, overlay: Overlay) -> str:
    """The names of what takes the place of a product, with the source."""
    if entry.replaced_by is None:
        return ""
    names = {one.id: one.name.value for one in overlay.entries}
    named = tuple(names[id_] for id_ in entry.replaced_by.value)
    return cited(attrs.evolve(entry.replaced_by, value=named))


def cited(fact: Fact[object] | None) -> str:
    """A fact with its source."""
    return "unknown" if fact is None else f"{fact.text} ({linked(fact.source, fact.confidence)})"


def linked(source: Source, confidence: Confidence) -> str:
    """A source with its address, publisher and date."""
    doubt = ", reported" if confidence is Confidence.REPORTED else ""
    title = source.title.replace("[", r"\[").replace("]", r"\]")
    return f"[{title}](<{source.url}>), {source.publisher}, {source.as_of or 'no date'}{doubt}"


def table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heading, tuple("---" for _ in heading), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
