"""The generated pages match the data."""

import ast
import importlib.util
import re
import runpy
import tomllib
from pathlib import Path

import pytest

from nhs_api_catalogue import ProductStatus, catalogue, loads, products
from nhs_api_catalogue._packaged import packaged
from overlay_documents import APIS, SMALL, faults, without

DOCS = Path(__file__).parent.parent / "docs"
PACKAGE = Path(str(importlib.util.find_spec("nhs_api_catalogue").origin)).parent
TOOLS = re.findall(
    r"answers from (\d+) tools", (DOCS / "durations-in-other-tools.md").read_text(encoding="utf-8")
)[0]
BLOCKED = {one.api for one in catalogue.differences(severity="blocks_plan")}
WORKED = [one for one in catalogue.timescales() if one.working_days is not None]
SOURCES = catalogue.sources()


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


class TestDurationsInOtherTools:
    """tests/elsewhere, which needs the tools, checks that they still give these answers."""

    made = runpy.run_path(str(DOCS / "make_durations_in_other_tools.py"))

    def test_the_page_is_up_to_date(self):
        """Run `python docs/make_durations_in_other_tools.py` after a change of the questions."""
        page = (DOCS / "durations-in-other-tools.md").read_text(encoding="utf-8")
        assert self.made["page"](self.made["stored"]()) == page

    def test_every_answer_is_to_a_question_that_the_page_shows_and_has_a_version(self):
        for answered in self.made["stored"]():
            assert answered["version"]
            if answered["table"] != "recipes":
                assert set(answered["answers"]) <= set(self.made["HEADINGS"][answered["table"]])

    def test_what_to_write_elsewhere_gives_the_right_day(self):
        recipes = [one for one in self.made["stored"]() if one["table"] == "recipes"]
        days = {
            day.removesuffix(" with a time") for one in recipes for day in one["answers"].values()
        }
        assert days == {"2026-03-03"}
        assert len(recipes) > 8

    @pytest.mark.parametrize(
        ("table", "question", "answer", "mark"),
        [
            ("reading", "P1M", "1 month", ""),
            ("reading", "P1M", "30 days", "✗"),
            ("reading", "P1M", "1 minute", "✗"),
            ("reading", "P6W", "42 days", ""),
            ("reading", "P6W", "refused: ValueError", ""),
            ("adding", "+ 1 month", "2026-02-28 with a time", ""),
            ("adding", "+ 1 month", "2026-03-03", "✗"),
            ("adding", "series", "01-31 03-31 05-31", ""),
            ("order", "1 month and 30 days", "neither", ""),
            ("order", "1 month and 30 days", "equal", "✗"),
            ("order", "12 months and 52 weeks", "unequal", ""),
            ("order", "12 months and 52 weeks", "shorter", "✗"),
            ("order", "12 months and 1 year", "unequal", "✗"),
            ("working days", "Saturday + 1", "2026-12-01", "≠"),
            ("working days", "coronation", "yes", "✗"),
        ],
    )
    def test_the_marks(self, table, question, answer, mark):
        assert self.made["MARKS"][table](question, answer) == mark


class TestProducts:
    text = (DOCS / "explanation" / "products.md").read_text(encoding="utf-8")

    def test_the_page_is_up_to_date(self):
        """Run `python docs/make_products.py` after a change of the data."""
        assert runpy.run_path(str(DOCS / "make_products.py"))["page"]() == self.text

    def test_the_page_counts_products_by_status_and_names_each(self):
        for word in ProductStatus:
            count = len(products.filter(status=word))
            assert f"\n| {word} | {word.meaning} | {count} |\n" in self.text
        for product in products:
            assert f"\n| [{product.name.value}](<{product.specification.value.url}>)" in self.text
        for listing in products.listings:
            assert f"\n| [{listing.name}](<{listing.url}>)" in self.text


class TestNumbersInSentences:
    """What pages that are written by hand say in numbers is true of the data."""

    @pytest.mark.parametrize(
        ("page", "said", "count"),
        [
            ("../README.md", r"holds \[(\d+) more NHS England products\]", len(products)),
            ("index.md", r": (\d+) products of NHS England", len(products)),
            ("index.md", r"how (\d+) tools treat a month", TOOLS),
            ("../README.md", r"(\w+) rows of the guide cannot be used", len(BLOCKED)),
            ("explanation/working-days.md", r"(\w+) of the official timescales are", len(WORKED)),
            ("explanation/where-the-data-comes-from.md", r"38 of the (\d+) have", len(SOURCES)),
        ],
    )
    def test_they_are_true(self, page, said, count):
        text = (DOCS / page).read_text(encoding="utf-8")
        (number,) = re.findall(said, text)
        assert {"Three": 3, "Ten": 10}.get(number, number) in (count, str(count))


class TestTheCommandLine:
    def test_the_page_is_up_to_date(self):
        """Run `python docs/make_command_line.py` after a change of the command's parser."""
        page = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
        assert runpy.run_path(str(DOCS / "make_command_line.py"))["page"]() == page


class TestTheFileFormat:
    """The schema and its reference match the classes."""

    made = runpy.run_path(str(DOCS / "make_file_format.py"))

    def test_the_schema_is_up_to_date(self):
        """Run `python docs/make_file_format.py` after a change of the records."""
        assert self.made["schema_text"]() == packaged("edition.schema.json").decode()

    def test_the_page_is_up_to_date(self):
        page = (DOCS / "reference" / "file-format.md").read_text(encoding="utf-8")
        assert self.made["page"]() == page

    def test_the_page_of_overlay_files_is_up_to_date(self):
        page = (DOCS / "reference" / "overlay-format.md").read_text(encoding="utf-8")
        assert self.made["overlay_page"]() == page

    @pytest.mark.parametrize("section", [name for name in SMALL if isinstance(SMALL[name], list)])
    def test_a_key_of_an_overlay_file_may_be_missing_iff_the_page_says_so(self, section):
        kind = self.made["SECTIONS"][section]
        rows = SMALL[section]
        for key in self.made["written_fields"](kind):
            places = [place for place, row in enumerate(rows) if key in row]
            found = [faults(without((section, place, key)), APIS) for place in places]
            # What another row names cannot be missing either.
            wanted = f"the key {key!r} as well"
            refused = [wanted in [problem.expected for problem in problems] for problems in found]
            assert refused == [self.made["is_required"](kind, key)] * len(places) != []

    def test_every_key_has_a_meaning(self):
        described = self.made["schema"]()
        for part in (described, *described["$defs"].values()):
            assert part["description"]
            assert all(value["description"] for value in part["properties"].values())

    def test_the_example_of_the_page_is_a_file(self):
        assert len(loads(self.made["EXAMPLE"])) == 1


class TestThePlanFormat:
    """The schema of plan files and its reference."""

    made = runpy.run_path(str(DOCS / "make_plan_format.py"))

    def test_the_schema_is_up_to_date(self):
        """Run `python docs/make_plan_format.py` after a change of what a plan is asked for."""
        assert self.made["schema_text"]() == packaged("plan.schema.json").decode()

    def test_the_page_is_up_to_date(self):
        page = (DOCS / "reference" / "plan-format.md").read_text(encoding="utf-8")
        assert self.made["page"]() == page


def test_the_house_page_tells_the_idea_of_every_module():
    """The idea of a module is the first line of its docstring; no two have the same."""
    ideas = {}
    for path in PACKAGE.rglob("*.py"):
        if path.stem.startswith("hook-"):
            continue  # not a module: PyInstaller runs it
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        ideas[name.removesuffix(".__init__")] = ast.get_docstring(tree).splitlines()[0]
    page = (DOCS / "house.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|[ \d]*\| *`([\w.]+)` *\| *(.+?) *\|$", page, re.MULTILINE)
    # Merging two branches may keep a row of each.
    assert sorted(rows) == sorted(ideas.items())
    assert len(set(ideas.values())) == len(ideas)


def test_the_house_page_has_every_room_on_its_floor():
    """Each module is on the floor of its room, and the floors are in the order of the layers."""
    page = (DOCS / "house.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| `([\w.]+)` ", page, re.MULTILINE)
    rooms = {(name.partition(".")[0], int(floor)) for floor, name in rows}
    floors = dict(rooms)
    assert len(floors) == len(rooms)
    settings = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    heights = [{floors[room] for room in re.findall(r"\w+", layer)} for layer in layers]
    # Two layers may share a floor if only the first imports from the second: editions and overlays.
    assert [max(one) for one in heights] == sorted((min(one) for one in heights), reverse=True)
