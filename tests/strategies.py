"""Strategies for our own tests only; those for users are in `nhs_api_catalogue.strategies`."""

from hypothesis import strategies as st

from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.strategies import durations


@st.composite
def close_durations(draw):
    """Two durations that differ by a few days, where the order is hardest to tell.

    Leaves out pairs that any rule would distinguish.
    """
    a = draw(durations())
    fewer = draw(st.integers(0, a.months))
    days = 30 * fewer + fewer // 2 + a.days + draw(st.integers(-4, 4))
    return a, Duration(a.months - fewer, max(0, days))


def duration_pairs():
    """Two durations, close together in about half of the cases."""
    return st.one_of(st.tuples(durations(), durations()), close_durations())


DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SPACES = " \t\n\r\x0b\x0c\x85\xa0\u1680\u2002\u2007\u2009\u2028\u2029\u202f\u205f\u3000"


def spaces(*, at_least=0):
    """A few of the spaces of Unicode."""
    return st.text(SPACES, min_size=at_least, max_size=3)


@st.composite
def spellings(draw, duration):
    """The ways to write a duration in words: order, units, joints, case, spaces.

    Leaves out splitting one unit's number over two units, other than weeks and days.
    """
    months, days = duration.months, duration.days
    counts = {}
    if months % 12 == 0 and months and draw(st.booleans()):
        counts["year"] = months // 12
    elif months:
        counts["month"] = months
    weeks = draw(st.integers(0, days // 7)) if days else 0
    counts |= {unit: n for unit, n in (("week", weeks), ("day", days - 7 * weeks)) if n}
    terms = [
        f"{n}{draw(spaces())}{unit}{draw(st.sampled_from(['', 's']))}"
        for unit, n in draw(st.permutations(list((counts or {"day": 0}).items())))
    ]
    joint = st.one_of(
        spaces(at_least=1),
        spaces().map(lambda space: f"{space}, "),
        st.builds("{}and{}".format, spaces(at_least=1), spaces(at_least=1)),
    )
    text = terms[0]
    for term in terms[1:]:
        text += draw(joint) + term
    case = draw(st.sampled_from([str.lower, str.upper, str.title]))
    return draw(spaces()) + case(text) + draw(spaces())


@st.composite
def mutated(draw, texts):
    """One of the given texts with up to four characters dropped, doubled or replaced."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        put = draw(st.one_of(st.just(""), st.text(max_size=2), st.sampled_from(list(text) or [""])))
        text = text[:at] + put + text[at + draw(st.integers(0, 1)) :]
    return text
