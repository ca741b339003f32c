#!/usr/bin/env bash
# CrazyCPM reads a list of links by its length: three pairs are three links, but two pairs are a
# row of starts over a row of ends.
#
# Guess: [[1, 3], [2, 4]] says that 3 waits for 1 and 4 for 2, as [[1, 2], [2, 3], [3, 4]] does.
# Its documentation describes both forms, and says nothing about the case in which they look the
# same.
#
# Result: crazy-cpm 1.0.0, stages of 10, 20, 30 and 40 days: 2 waits for 1 and 4 for 3; the end
# is day 70 instead of 60, and stage 3 starts at once. With a fifth stage and a third link all is
# as meant. There is no warning, unless the wrong reading has a loop.
#
# Why it matters here: a plan given as pairs of stages becomes a different plan if there are
# exactly two links; give such tools the form with names, `{"src": ..., "dst": ...}`.
#
# Needs a C compiler, because there is only a source package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet crazy-cpm==1.0.0

venv/bin/python - <<'END'
from crazy_cpm import NetworkModel

DAYS = {1: 10, 2: 20, 3: 30, 4: 40, 5: 1}


def starts(count, links):
    stages = {n: {"letter": str(n), "expected": float(DAYS[n])} for n in range(1, count + 1)}
    table, _ = NetworkModel(stages, links=links).to_dataframe()
    real = table[table["wbs_id"] > 0]
    return dict(zip(real["letter"], real["early_start"])), max(real["early_end"])


two = starts(4, [[1, 3], [2, 4]])
named = starts(4, {"src": [1, 2], "dst": [3, 4]})
three = starts(5, [[1, 3], [2, 4], [1, 5]])
print("two pairs:  ", *two)
print("by name:    ", *named)
print("three pairs:", *three)
assert two == ({"1": 0, "2": 10, "3": 0, "4": 30}, 70)
assert named == ({"1": 0, "2": 0, "3": 10, "4": 20}, 60)
assert three == ({"1": 0, "2": 0, "3": 10, "4": 20, "5": 10}, 60)
END
