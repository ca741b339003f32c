"""Every public name is on the pages of the reference exactly once, and no other name is."""

import re
from collections import Counter
from pathlib import Path

from public_members import public

PAGES = Path(__file__).parent.parent / "docs/reference"
DIRECTIVE = re.compile(r"^::: nhs_api_catalogue\.(.+)$", re.MULTILINE)
# Its docstring is at the top of its page.
ROOMS = {"errors"}


def test_each_public_name_has_one_place_in_the_reference():
    pages = [path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")]
    shown = Counter(name for page in pages for name in DIRECTIVE.findall(page))
    assert shown == Counter([*public(), *ROOMS])


def test_the_site_leads_to_every_page():
    """The list of pages in zensical.toml is complete; two of them are made with the site."""
    listed = (PAGES.parents[1] / "zensical.toml").read_text(encoding="utf-8")
    leads_to = set(re.findall(r'"([\w/-]+\.md)"', listed))
    pages = {path.relative_to(PAGES.parent).as_posix() for path in PAGES.parent.rglob("*.md")}
    assert leads_to == pages | {"changelog.md", "notebook.md"}
