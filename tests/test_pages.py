"""The pages that are written from the data are those that the data gives."""

import runpy
from pathlib import Path

from nhs_api_catalogue import catalogue

DOCS = Path(__file__).parent.parent / "docs"


class TestDifferences:
    text = (DOCS / "explanation" / "differences.md").read_text(encoding="utf-8")

    def test_the_page_is_up_to_date(self):
        """Run `python docs/make_differences.py` after a change of the data."""
        assert runpy.run_path(str(DOCS / "make_differences.py"))["page"]() == self.text

    def test_the_page_holds_every_difference_and_every_product_with_its_source(self):
        sections = dict(part.split("\n", 1) for part in self.text.split("\n## ")[1:])
        assert list(sections) == [api.name for api in catalogue]
        for api in catalogue:
            for entry in api.official:
                assert f"\n| {entry.name.value}" in sections[api.name]
            for one in api.differences:
                (line,) = (
                    line
                    for line in sections[api.name].splitlines()
                    if f"| {one.guide_says} | {one.official_says} |" in line
                )
                assert one.source.url in line
                assert f"{one.source.publisher}, {one.as_of or 'no date'}" in line
