"""Pictures in SVG: well formed, self-contained, described in words, and exact."""

import re
from datetime import date, timedelta
from functools import cache
from xml.etree import ElementTree

import attrs
import pytest

from nhs_api_catalogue import InvalidDateError, PertBeta, Triangular, Uniform, plan
from nhs_api_catalogue._svg import WIDTH, Block, Lane, Picture, write_bars
from shown_values import HOSTILE, PLANS, small_api

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
    return [text for text in texts(root) if re.fullmatch(r"([A-Z][a-z]{2} )?\d+", text)]


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
        left, right = 616, 1040
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
        assert cut[0].text == "technical implementation, 4 months 4 weeks to 8 months 6 weeks"
        assert cut[0].tail == "technical implementation, 4 months …"

    @every_plan
    def test_warnings_are_counted_unless_they_are_asked_for(self, p):
        count = len(p.warnings)
        short, full = (" ".join(texts(read(p.svg(warnings=told)))) for told in (False, True))
        assert (f"{count} warning" in short) is bool(count)
        assert "not shown here" not in full
        for warning in p.warnings:
            assert squeezed(warning) in squeezed(full)
            assert squeezed(f"Warning: {warning}") not in squeezed(short)

    def test_start_and_go_live_are_marked_where_they_are(self):
        p = PLANS["plan"]
        root = read(p.svg())
        shown = texts(root)
        assert {"start 2026-01-05", "go-live 2026-08-05 to 2027-03-05"} <= set(shown)
        whole = (p.go_live.latest - p.start).days
        left = 616 + 424 * (p.go_live.earliest - p.start).days / whole
        assert [x for x, _ in lines_of(root)] == [
            pytest.approx(x, abs=0.51) for x in (left, 1040, 616)
        ]

    @every_plan
    def test_no_line_crosses_the_name_of_what_it_marks(self, p):
        pictures = [p.svg(deadline=p.go_live.latest)]
        if p in CURVES.values():
            pictures.append(p.likelihood_svg(assume=Uniform(), deadline=p.go_live.earliest))
        for picture in pictures:
            parts = list(read(picture))
            lines = [n for n, part in enumerate(parts) if "stroke" in part.attrib]
            named = [
                n
                for n, part in enumerate(parts)
                if re.match("start|go-live|deadline|[0-9]+ % by", part.text or "")
                and part.tag == f"{NAMESPACE}text"
                and part.attrib["font-size"] in {"15", "16"}
            ]
            assert named
            (ground, *_) = (part.attrib["fill"] for part in parts if part.tag.endswith("rect"))
            for place in named:
                assert place > max(lines)
                covered = parts[place - 1]
                assert (covered.tag, covered.attrib["fill"]) == (f"{NAMESPACE}path", ground)
                x, y = (
                    int(number)
                    for number in re.match(r"M(\d+) (\d+)", covered.attrib["d"]).groups()
                )
                text = parts[place]
                assert y < int(text.attrib["y"])
                assert x <= int(text.attrib["x"])

    def test_a_deadline_is_a_limit_and_has_its_place(self):
        p = PLANS["plan"]
        for day in ("2027-03-31", "2026-06-30", "2025-10-01"):
            root = read(p.svg(deadline=day))
            assert f"deadline {day}" in texts(root)
            ((x, line),) = ((x, e) for x, e in lines_of(root) if "stroke-dasharray" in e.attrib)
            first, last = (
                min(p.start, date.fromisoformat(day)),
                max(p.go_live.latest, date.fromisoformat(day)),
            )
            share = (date.fromisoformat(day) - first).days / (last - first).days
            assert x == pytest.approx(616 + 424 * share, abs=0.51)
            assert line.attrib["stroke"] == "#a3231b"
        assert not any("deadline" in text for text in texts(read(p.svg())))

    def test_the_deadline_of_the_plan_is_drawn_by_itself(self):
        p = plan([small_api("mine")], deadline="2026-06-30")
        assert "deadline 2026-06-30" in texts(read(p.svg()))
        assert any(
            t.startswith("deadline 2026-06-30: ")
            for t in texts(read(p.likelihood_svg(assume=Uniform())))
        )

    def test_another_day_says_whether_all_is_live_by_it(self):
        p = PLANS["plan"]
        for day, status in (
            ("2026-08-04", "impossible"),
            ("2026-12-31", "possible"),
            ("2027-03-05", "certain"),
        ):
            assert f"all live by {day}: {status}" in texts(read(p.svg(by=day)))

    def test_a_title_stands_in_place_of_the_dates_and_is_wrapped(self):
        title = "Our product: " + " ".join(["when"] * 40)
        for picture in (
            PLANS["plan"].svg(title=title),
            PLANS["plan"].likelihood_svg(assume=Uniform(), title=title),
        ):
            root = read(picture)
            assert root[0].text == title
            big = [e for e in find(root, "text") if e.attrib["font-size"] == "24"]
            assert " ".join(map(text_of, big)) == title
            assert len(big) > 1

    def test_the_width_scales_the_picture(self):
        for picture in (
            PLANS["plan"].svg(width=640),
            PLANS["plan"].likelihood_svg(assume=Uniform(), width=640),
        ):
            root = read(picture)
            _, _, width, height = map(int, root.attrib["viewBox"].split())
            assert (root.attrib["width"], width) == ("640", WIDTH)
            assert int(root.attrib["height"]) == pytest.approx(height / 2, abs=0.51)

    def test_dark_and_light_differ_in_colours_alone(self):
        for one, other in (
            (PLANS["plan"].svg(), PLANS["plan"].svg(dark=True)),
            (
                PLANS["plan"].likelihood_svg(assume=Uniform()),
                PLANS["plan"].likelihood_svg(assume=Uniform(), dark=True),
            ),
        ):
            assert one != other
            assert re.sub("#[0-9a-f]{6}", "", one) == re.sub("#[0-9a-f]{6}", "", other)

    @pytest.mark.parametrize("dark", [False, True])
    def test_texts_and_bars_stand_out_from_the_ground(self, dark):
        """WCAG 2.2: 4.5 to 1 for texts, 3 to 1 for what is drawn."""
        colours = Picture("", (), 1, (), is_dark=dark).colours
        assert contrast(colours.ink, colours.ground) >= 12
        for drawn in (colours.bar, colours.limit):
            assert contrast(drawn, colours.ground) >= 4.5

    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            ({"width": 0}, ValueError, "above 0"),
            ({"width": True}, TypeError, "whole number of pixels"),
            ({"width": 1.5}, TypeError, "whole number of pixels"),
            ({"dark": 1}, TypeError, "True or False"),
            ({"warnings": 1}, TypeError, "True or False"),
            ({"title": 1}, TypeError, "must be text"),
            ({"deadline": "soon"}, InvalidDateError, "not a deadline"),
            ({"by": "soon"}, InvalidDateError, "not a date"),
        ],
    )
    def test_what_is_not_a_look_is_refused(self, options, error, message):
        with pytest.raises(error, match=message):
            PLANS["plan"].svg(**options)

    @pytest.mark.parametrize(
        ("first", "last", "named"),
        [
            ("2026-01-01", "2026-05-01", "Jan 2026, Feb 2026, Mar 2026, Apr 2026, May 2026"),
            ("2026-01-02", "2026-05-31", "Feb 2026, Mar 2026, Apr 2026, May 2026"),
            ("2026-01-01", "2026-10-31", "Jan 2026, Apr 2026, Jul 2026, Oct 2026"),
            ("2026-01-01", "2027-03-31", "Jan 2026, Apr 2026, Jul 2026, Oct 2026, Jan 2027"),
            ("2026-01-01", "2028-06-30", "2026, 2027, 2028"),
            ("2026-01-01", "2030-12-31", "2026, 2027, 2028, 2029, 2030"),
            ("2026-01-01", "2035-12-31", "2026, 2028, 2030, 2032, 2034"),
            ("2025-01-01", "2049-12-31", "2025, 2030, 2035, 2040, 2045"),
            ("2020-01-01", "2069-12-31", "2020, 2030, 2040, 2050, 2060"),
            ("1800-01-01", "2049-12-31", "1800, 1850, 1900, 1950, 2000"),
            ("1600-01-01", "2099-12-31", "1600, 1700, 1800, 1900, 2000"),
            ("1000-01-01", "5999-12-31", "1000, 2000, 3000, 4000, 5000"),
            ("0001-01-01", "0001-05-31", "Jan 1, Feb 1, Mar 1, Apr 1, May 1"),
        ],
    )
    def test_ticks_are_months_quarters_or_years(self, first, last, named):
        p = plan([small_api("mine", "0 days", "0 days")], start=first, starts={"mine": last})
        assert ticks_of(read(p.svg())) == named.split(", ")

    def test_a_curve_has_room_for_twelve(self):
        twelve, more = (
            plan([small_api("mine", f"0 days to {n} months", "0 days")], start="2026-01-02")
            for n in (11, 12)
        )
        assert len(ticks_of(read(twelve.likelihood_svg(assume=Uniform())))) == 12
        named = "Jan 2026, Apr 2026, Jul 2026, Oct 2026, Jan 2027"
        assert ticks_of(read(more.likelihood_svg(assume=Uniform()))) == named.split(", ")

    @every_plan
    def test_ticks_are_few_and_each_is_there_once(self, p):
        ticks = ticks_of(read(p.svg()))
        assert len(ticks) == len(set(ticks)) <= 6


def squeezed(text):
    return "".join(text.split())


def lines_of(root):
    """The marks, by the place on the time line of each."""
    for path in find(root, "path"):
        if path.attrib.get("fill") == "none" and "V" in path.attrib["d"]:
            yield int(re.match(r"M(\d+)", path.attrib["d"])[1]), path


def contrast(one, other):
    """WCAG 2.2, "contrast ratio" and "relative luminance"."""

    def luminance(colour):
        shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def all_lanes(p):
    """For each lane that is drawn, whether it is a stage."""
    for item in p.items():
        yield from (True for _ in item.stages)
        if not item.stages or item.stages[-1].finish != item.go_live:
            yield False


class TestCurve:
    def points(self, root):
        (line,) = (e.attrib["d"] for e in find(root, "path") if e.attrib.get("stroke-width") == "3")
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


@pytest.mark.parametrize("deadline", ["2020-01-01", "2031-01-01"])
def test_a_deadline_beyond_the_curve_widens_it(deadline):
    """Nothing is live before the first day, and all is on the last, however wide it is."""
    picture = PLANS["plan"].likelihood_svg(assume="uniform", deadline=deadline)
    assert any(deadline in (text.text or "") for text in find(read(picture), "text"))
