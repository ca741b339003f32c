"""Pictures in SVG: well formed, alone, told in words, and exact in what they draw."""

import re
from datetime import date, timedelta
from functools import cache
from xml.etree import ElementTree

import attrs
import pytest

from nhs_api_catalogue import PertBeta, Triangular, Uniform, plan
from nhs_api_catalogue._svg import WIDTH, Block, Lane, Picture, write_bars
from shown_values import HOSTILE, PLANS, hostile_api, small_api

NAMESPACE = "{http://www.w3.org/2000/svg}"
every_plan = pytest.mark.parametrize("p", PLANS.values(), ids=PLANS)
# A curve over 390 years takes long, and shows nothing that one over 20 does not.
CURVES = {name: p for name, p in PLANS.items() if name != "long plan"}
every_curve = pytest.mark.parametrize("p", CURVES.values(), ids=CURVES)


def read(picture):
    return ElementTree.fromstring(picture)


def find(root, tag):
    return list(root.iter(f"{NAMESPACE}{tag}"))


def text_of(element):
    return "".join(element.itertext())


def texts(root):
    """The texts as a reader sees them, without titles."""
    return [
        "".join([element.text or "", *(child.tail or "" for child in element)])
        for element in find(root, "text")
    ]


def ticks_of(root):
    """The names of the places on the time line."""
    return [text for text in texts(root) if re.fullmatch(r"\d+-\d\d", text)]


@cache
def pictures_of(p):
    return p.svg(), p.likelihood_svg(assume=Uniform())


class TestStandingAlone:
    @every_curve
    def test_it_is_well_formed_xml_with_title_and_description_first(self, p):
        for picture in pictures_of(p):
            root = read(picture)
            assert root.tag == f"{NAMESPACE}svg"
            assert [child.tag for child in root][:2] == [f"{NAMESPACE}title", f"{NAMESPACE}desc"]
            assert all(root[place].text for place in (0, 1))
            assert root.attrib["role"] == "img"

    @every_curve
    def test_it_asks_for_nothing_and_names_nothing(self, p):
        for picture in pictures_of(p):
            for element in read(picture).iter():
                assert element.tag.removeprefix(NAMESPACE) in {
                    "svg", "title", "desc", "rect", "path", "text", "circle"
                }  # fmt: skip
                assert not {"id", "href", "class", "style"} & set(element.attrib)
                assert all("url(" not in value for value in element.attrib.values())

    @every_curve
    def test_it_has_a_background_of_its_own(self, p):
        for picture in pictures_of(p):
            root = read(picture)
            ground = find(root, "rect")[0].attrib
            assert (ground["width"], ground["height"]) == (
                root.attrib["width"],
                root.attrib["height"],
            )

    def test_letters_are_large_enough_for_a_slide(self):
        for picture in pictures_of(PLANS["plan"]):
            root = read(picture)
            assert int(root.attrib["width"]) == WIDTH
            # On a slide as wide as the picture; 14 of 1280 is 10 points on a slide of 13 inches.
            assert min(int(e.attrib["font-size"]) for e in find(root, "text")) >= 14

    def test_markup_in_names_is_text(self):
        for picture in pictures_of(PLANS["hostile plan"]):
            assert "<script" not in picture
        assert HOSTILE in read(PLANS["hostile plan"].svg())[1].text

    @pytest.mark.parametrize("bad", ["\0", "\x07", "\x0b", "\ud800", "\uffff"])
    def test_what_xml_forbids_is_shown_as_an_escape(self, bad):
        picture = Picture(f"a{bad}b", (f"c{bad}d",), 1, ((0, f"e{bad}f"),))
        lane = Lane(f"g{bad}h", f"i{bad}j", 0, 1, 1, f"k{bad}l")
        root = read(write_bars(picture, [Block(f"m{bad}n", "", (lane,))]))
        assert root[0].text == f"a{repr(bad)[1:-1]}b"


class TestBars:
    @every_plan
    def test_every_stage_is_a_bar_from_its_first_day_with_its_tail(self, p):
        rects = [rect.attrib for rect in find(read(p.svg()), "rect")[1:]]
        solid = [rect for rect in rects if "stroke" not in rect]
        tails = {rect["y"]: rect for rect in rects if "stroke" in rect}
        lanes = [(stage.start.earliest, stage.finish) for stage in p.stages()]
        first = min([p.start, *(start for start, _ in lanes)])
        last = max([p.go_live.latest, *(finish.latest for _, finish in lanes)])
        left, right = 672, 1040
        unit = (right - left) / ((last - first).days or 1)
        drawn = [rect for rect, lane in zip(solid, all_lanes(p), strict=True) if lane]
        for rect, (start, finish) in zip(drawn, lanes, strict=True):
            x, width = int(rect["x"]), int(rect["width"])
            assert x == pytest.approx(left + unit * (start - first).days, abs=0.51)
            end = left + unit * (finish.earliest - first).days
            assert x + width == pytest.approx(end, abs=1.51)
            tail = tails.get(rect["y"])
            length = int(tail["width"]) if tail else 0
            assert length == pytest.approx(unit * finish.days, abs=1.01)

    @every_plan
    def test_every_name_and_date_is_told_in_the_description(self, p):
        told = read(p.svg())[1].text
        for item in p.items():
            assert (item.api.name if hasattr(item, "api") else item.service.name) in told
        for stage in p.stages():
            assert f"{stage.finish.earliest} to {stage.finish.latest}" in told
            assert stage.source in told

    def test_a_long_name_is_wrapped_not_cut(self):
        name = " ".join(["A name"] * 20)
        p = plan([attrs.evolve(small_api("long"), name=name)], start="2026-01-05")
        assert name in " ".join(texts(read(p.svg())))

    def test_a_long_time_is_cut_and_whole_in_its_title(self):
        p = plan([small_api("long", "4 months 4 weeks to 8 months 6 weeks")], start="2026-01-05")
        (cut,) = (e for e in find(read(p.svg()), "text") if text_of(e).endswith("…"))
        assert cut[0].text == "4 months 4 weeks to 8 months 6 weeks"
        assert cut[0].tail == "4 months 4 w…"

    def test_more_warnings_than_fit_are_counted(self):
        p = plan(
            [hostile_api(f"h-{n}") for n in range(9)], start="2026-01-05", allow_unavailable=True
        )
        shown = texts(read(p.svg()))
        assert len(p.warnings) >= 9
        assert shown[-1] == f"And {len(p.warnings) - 5} more warnings."

    @pytest.mark.parametrize("count", [5, 6, 7])
    def test_two_warnings_at_least_are_counted_and_not_shown(self, count):
        # On the first weekend days after a Monday.
        weekend = (5, 6, 12, 13, 19, 20, 26)[:count]
        apis = [small_api(f"api-{n}", f"{n} days", "0 days") for n in weekend]
        p = plan(apis, start="2026-01-05")
        assert len(p.warnings) == count
        shown = " ".join(texts(read(p.svg())))
        assert [warning in shown for warning in p.warnings] == [
            count < 7 or place < 5 for place in range(count)
        ]
        assert ("And 2 more warnings." in shown) is (count == 7)

    @pytest.mark.parametrize(
        ("first", "last", "named"),
        [
            ("2026-01-01", "2026-05-01", "2026-01 2026-02 2026-03 2026-04 2026-05"),
            ("2026-01-02", "2026-05-31", "2026-02 2026-03 2026-04 2026-05"),
            ("2026-01-01", "2026-10-31", "2026-01 2026-03 2026-05 2026-07 2026-09"),
            ("2026-01-01", "2027-03-31", "2026-01 2026-04 2026-07 2026-10 2027-01"),
            ("2026-01-01", "2028-06-30", "2026-01 2026-07 2027-01 2027-07 2028-01"),
            ("2026-01-01", "2030-12-31", "2026-01 2027-01 2028-01 2029-01 2030-01"),
            ("2026-01-01", "2035-12-31", "2026-01 2028-01 2030-01 2032-01 2034-01"),
            ("2025-01-01", "2049-12-31", "2025-01 2030-01 2035-01 2040-01 2045-01"),
            ("2020-01-01", "2069-12-31", "2020-01 2030-01 2040-01 2050-01 2060-01"),
            ("1800-01-01", "2049-12-31", "1800-01 1850-01 1900-01 1950-01 2000-01"),
            ("1600-01-01", "2099-12-31", "1600-01 1700-01 1800-01 1900-01 2000-01"),
            ("1000-01-01", "5999-12-31", "1000-01 2000-01 3000-01 4000-01 5000-01"),
            ("0001-01-01", "0001-05-31", "0001-01 0001-02 0001-03 0001-04 0001-05"),
        ],
    )
    def test_ticks_are_evenly_spread_and_five_at_most(self, first, last, named):
        p = plan([small_api("mine", "0 days", "0 days")], start=first, starts={"mine": last})
        assert ticks_of(read(p.svg())) == named.split()

    def test_a_curve_has_eight_ticks_at_most(self):
        eight, more = (
            plan([small_api("mine", f"0 days to {n} months", "0 days")], start="2026-01-02")
            for n in (7, 8)
        )
        assert len(ticks_of(read(eight.likelihood_svg(assume=Uniform())))) == 8
        named = "2026-01 2026-03 2026-05 2026-07 2026-09"
        assert ticks_of(read(more.likelihood_svg(assume=Uniform()))) == named.split()

    @every_plan
    def test_ticks_are_firsts_of_months_in_order_and_few(self, p):
        ticks = ticks_of(read(p.svg()))
        assert ticks == sorted(set(ticks))
        assert len(ticks) <= 5


def all_lanes(p):
    """For each lane that is drawn whether it is a stage."""
    for item in p.items():
        yield from (True for _ in item.stages)
        if not item.stages or item.stages[-1].finish != item.go_live:
            yield False


class TestCurve:
    def points(self, root):
        (line,) = (e.attrib["d"] for e in find(root, "path") if e.attrib.get("fill") == "none")
        numbers = [int(number) for number in re.findall(r"\d+", line)]
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    @every_curve
    @pytest.mark.parametrize("assume", [Uniform(), Triangular(0.3), PertBeta(0.8)], ids=repr)
    def test_it_climbs_from_nothing_to_all(self, p, assume):
        points = self.points(read(p.likelihood_svg(assume=assume)))
        xs, ys = zip(*points, strict=True)
        assert list(xs) == sorted(xs)
        assert list(ys) == sorted(ys, reverse=True)
        assert (ys[0], ys[-1], xs[0], xs[-1]) == (560, 128, 96, 1216)

    def test_each_point_is_the_probability_of_its_day(self):
        p = plan([small_api("mine")], start="2026-01-05")
        points = self.points(read(p.likelihood_svg(assume=Uniform())))[1:]
        first, days = p.go_live.earliest, p.go_live.days
        assert len(points) == days + 1
        for n, (x, y) in enumerate(points):
            chance = float(p.probability(first + timedelta(n), assume=Uniform()))
            assert y == pytest.approx(560 - 432 * chance, abs=0.51)
            assert x == pytest.approx(96 + 1120 * (n + 1) / (days + 1), abs=0.51)

    def test_the_assumption_and_its_origin_are_in_the_caption(self):
        shown = " ".join(texts(read(PLANS["plan"].likelihood_svg(assume=Triangular(0.5)))))
        assert "a triangle, likeliest in the middle of the range" in shown
        assert "It is yours: no source says how likely a time is." in shown
        assert "third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)" in shown

    def test_marks_are_the_quantiles(self):
        p = PLANS["plan"]
        shown = texts(read(p.likelihood_svg(assume=Uniform())))
        for share in (0.5, 0.8, 0.95):
            day = p.quantile(share, assume=Uniform())
            assert f"{round(100 * share)} % by {day}" in shown

    def test_one_possible_day_has_one_mark(self):
        shown = texts(read(PLANS["plan of no time"].likelihood_svg(assume=Uniform())))
        assert [text for text in shown if " % by " in text] == ["95 % by 2026-01-05"]

    def test_a_long_window_is_sampled_and_says_so(self):
        p = plan([small_api("slow", "1 day to 2 years")], start="2026-01-05")
        picture = read(p.likelihood_svg(assume=Uniform()))
        assert len(self.points(picture)) <= 123
        assert any(text.startswith("One point every ") for text in texts(picture))

    def test_the_first_days_of_the_calendar_have_a_curve(self):
        assert PLANS["first days"].go_live.earliest == date.min
        assert read(PLANS["first days"].likelihood_svg(assume=Uniform())) is not None
