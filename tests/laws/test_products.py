"""Laws of products beyond the guide: of filters, of names, and of records made from them."""

import json
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from nhs_api_catalogue import catalogue, products
from nhs_api_catalogue.beyond.sequence import _KINDS

# An oracle that shares nothing with the filters: the file itself.
DOCUMENT = json.loads(
    files("nhs_api_catalogue").joinpath("data", "products.json").read_text(encoding="utf-8")
)
ROWS = {row["id"]: row for row in DOCUMENT["products"]}
FIELDS = st.sampled_from(sorted(_KINDS))


def held(row: dict, field: str) -> set[str]:
    """The words of a fact as the file has them."""
    value = row[field]["value"]
    if field == "security":
        return {way[key] for way in value for key in ("mode", "pattern")}
    return set(value) if isinstance(value, list) else {value}


WORDS = {
    field: sorted({word for row in ROWS.values() if field in row for word in held(row, field)})
    for field in _KINDS
}


@st.composite
def questions(draw) -> dict[str, list[str]]:
    """One keyword or several, each with some of the words that the file has for it."""
    fields = draw(st.lists(FIELDS, min_size=1, max_size=3, unique=True))
    return {
        field: draw(st.lists(st.sampled_from(WORDS[field]), min_size=1, unique=True))
        for field in fields
    }


@given(questions())
def test_a_filter_keeps_what_the_file_says_of_every_field(asked):
    expected = [
        id_
        for id_, row in ROWS.items()
        if all(field in row and held(row, field) & set(words) for field, words in asked.items())
    ]
    assert [one.id for one in products.filter(**asked)] == expected


@given(questions())
def test_undecided_is_what_may_pass_once_the_file_says_more(asked):
    expected = [
        id_
        for id_, row in ROWS.items()
        if not asked.keys() <= row.keys()
        and all(held(row, field) & set(words) for field, words in asked.items() if field in row)
    ]
    assert [one.id for one in products.undecided(**asked)] == expected


@given(questions())
def test_filtering_is_filtering_by_one_keyword_after_the_other(asked):
    found = products
    for field, words in asked.items():
        found = found.filter(**{field: words})
    assert found == products.filter(**asked)


@given(FIELDS, st.data())
def test_several_values_are_the_union_of_each(field, data):
    words = data.draw(st.lists(st.sampled_from(WORDS[field]), min_size=1, unique=True))
    each = {one for word in words for one in products.filter(**{field: word})}
    assert set(products.filter(**{field: words})) == each


@given(st.sampled_from(list(products)), st.data())
def test_a_name_is_found_however_it_is_typed(product, data):
    """Case, spaces, dashes and punctuation do not count."""
    typed = "".join(
        data.draw(st.sampled_from(["", " ", "-", " – ", "."])) + data.draw(st.sampled_from(forms))
        for letter in product.name.value
        for forms in [(letter.lower(), letter.upper())]
    )
    assert product in products.named(typed)


@given(st.sampled_from(list(products)))
def test_a_search_for_a_whole_name_gives_its_product_first(product):
    assert products.search(product.name.value)[0] == product


@given(st.text(max_size=30))
def test_a_search_gives_each_product_once_and_nothing_else(text):
    found = list(products.search(text))
    assert len(set(found)) == len(found)
    assert set(found) <= set(products)


@given(st.sampled_from(list(products)))
def test_a_record_made_from_a_product_says_of_it_what_the_product_says(product):
    record = product.as_api(technical="4-6 weeks", assurance="1-2 months", source="us")
    (entry,) = record.official
    facts, laid = dict(product.facts()), dict(entry.facts())
    urls = {"base_url_production", "base_url_sandbox", "spec_repository"}
    assert laid.keys() - urls == {field for field in facts if hasattr(entry, field)}
    assert all(laid[field] == facts[field] for field in laid.keys() - urls)
    assert {laid[field].source for field in urls & laid.keys()} <= set(product.sources())
    assert record.overlay().sources == tuple(
        dict.fromkeys(fact.source for _, fact in entry.facts())
    )
    if record.id not in {api.id for api in catalogue}:
        assert catalogue.with_apis(record)[record.id] is record
