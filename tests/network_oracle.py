"""Small random networks of services, and every scenario of them in exact fractions.

Shares no code with the library; calendar days are counted by `plan_oracle.add`.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from plan_oracle import add

# The ends of ranges as (months, days), at most four days apart on any date. Times of one kind are
# alike, so that any of many paths can be the longest; a network has one kind or a mixture.
SHORT = [((0, 0), (0, 1)), ((0, 1), (0, 2)), ((0, 1), (0, 3)), ((0, 0), (0, 2)), ((0, 1), (0, 1))]
LONG = [
    ((0, 28), (0, 30)),
    ((1, 0), (1, 0)),
    ((0, 28), (1, 0)),
    ((1, 0), (1, 1)),
    ((0, 29), (0, 30)),
]
KINDS = [SHORT, SHORT, SHORT, LONG, SHORT + LONG]
MOST = 250


@dataclass
class Network:
    """Services by letter: their ranges, and the letters that each waits for.

    `drawn` serves for networks with too many scenarios to try them all.
    """

    start: date
    ranges: dict[str, tuple]
    needs: dict[str, str]

    @cached_property
    def scenarios(self):
        """Every scenario: its probability, when each service is live, and which are critical."""
        found = [(Fraction(1), {})]
        for name, (shortest, longest) in self.ranges.items():
            longer = []
            for mass, ends in found:
                start = self._starts(ends, name)
                first, last = add(start, shortest), add(start, longest)
                count = (last - first).days + 1
                longer += [
                    (mass / count, {**ends, name: first + timedelta(n)}) for n in range(count)
                ]
            found = longer
        return [(mass, ends, self._critical(ends)) for mass, ends in found]

    def _starts(self, ends, name):
        return max([self.start, *(ends[one] for one in self.needs[name])])

    def _critical(self, ends):
        last = max(ends.values())
        critical = {name for name in ends if ends[name] == last}
        for name in reversed(self.ranges):
            if name in critical:
                start = self._starts(ends, name)
                critical.update(one for one in self.needs[name] if ends[one] == start)
        return critical

    @cached_property
    def _masses(self):
        """For each question, the mass of each day; for None, that of all."""
        found = {}
        for mass, ends, _ in self.scenarios:
            for what, day in (*ends.items(), (None, max(ends.values()))):
                masses = found.setdefault(what, {})
                masses[day] = masses.get(day, 0) + mass
        return found

    def live_by(self, day, name=None):
        """How likely a service is live by a day, or all are."""
        return sum(mass for when, mass in self._masses[name].items() if when <= day)

    def is_last(self, name):
        """How likely a service is live on the day on which all are."""
        return sum(mass for mass, ends, _ in self.scenarios if ends[name] == max(ends.values()))

    def drawn(self, runs):
        """How often each service is live last, and is critical, in seeded random scenarios."""
        draw = random.Random(0)  # noqa: S311  it keeps no secret
        last, critical = dict.fromkeys(self.ranges, 0), dict.fromkeys(self.ranges, 0)
        for _ in range(runs):
            ends = {}
            for name, (shortest, longest) in self.ranges.items():
                start = self._starts(ends, name)
                first = add(start, shortest)
                count = (add(start, longest) - first).days + 1
                ends[name] = first + timedelta(draw.randrange(count))
            for name in self._critical(ends):
                critical[name] += 1
                last[name] += ends[name] == max(ends.values())
        return [{name: hits / runs for name, hits in found.items()} for found in (last, critical)]

    def is_critical(self, name):
        """How likely a service lies on a longest path."""
        return sum(mass for mass, _, critical in self.scenarios if name in critical)

    @property
    def days(self):
        """The days on which all can be live, and the ones before and after."""
        first, last = min(self._masses[None]), max(self._masses[None])
        return [first + timedelta(n) for n in range(-1, (last - first).days + 2)]


def network(seed):
    """A network of three to seven services, with few enough scenarios to try them all."""
    draw = random.Random(seed)  # noqa: S311  it keeps no secret
    names = "ABCDEFGH"[: draw.randint(3, 8)]
    share, kind = draw.choice([0.2, 0.35, 0.5]), draw.choice(KINDS)
    while True:
        ranges = {name: draw.choice(kind) for name in names}
        count = 1
        for shortest, longest in ranges.values():
            first, last = (add(date(2026, 1, 31), end) for end in (shortest, longest))
            count *= max(1, (last - first).days + 1)
        if count <= MOST:
            break
    # Each may wait for any before it, or for two of the first few, which gives shared ends.
    few = draw.choice([0, 2, 3, 3, 4])
    needs = {
        name: "".join(
            one
            for one in (draw.sample(names[:few], 2) if few and place >= few else names[:place])
            if (few and place >= few) or draw.random() < (0.2 if few else share)
        )
        for place, name in enumerate(names)
    }
    start = date(2026, 1, 26) + timedelta(draw.randint(0, 8))
    return Network(start, ranges, needs)


def large(seed):
    """A network of 12 services with millions of scenarios, in which most ends are shared."""
    draw = random.Random(seed)  # noqa: S311  it keeps no secret
    kinds = [((0, 0), (0, 20)), ((0, 5), (0, 15)), ((0, 20), (1, 10)), ((1, 0), (1, 20))]
    names = "ABCDEFGHIJKL"
    needs = {
        name: "".join(draw.sample(names[:place], min(place, draw.choice([0, 1, 2, 2, 3]))))
        for place, name in enumerate(names)
    }
    return Network(date(2026, 1, 26), {name: draw.choice(kinds) for name in names}, needs)
