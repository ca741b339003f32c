#!/usr/bin/env bash
# In CrazyCPM a project is finished with 95 % certainty eighteen days before one of its two
# stages is.
#
# Guess: where two stages meet, a quantile of the later one is at least that of each.
#
# Result: crazy-cpm 1.0.0: a stage of 29 days (variance 100) and one of 30 (variance 1), both
# before the end: the first is over by day 50.6 in 95 of 100 cases, the end is reached by day
# 31.8. At the junction it keeps the mean and the variance of the stage with the larger mean, and
# drops the other.
#
# Why it matters here: "the later of two" is not a sum, and a curve of probabilities is only as
# good as its junctions; here the probability that all have ended is summed over the days.
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

stages = {
    1: {"letter": "wide", "expected": 29.0, "exp_var": 100.0},
    2: {"letter": "narrow", "expected": 30.0, "exp_var": 1.0},
    3: {"letter": "end", "expected": 0.0, "exp_var": 0.0},
}
model = NetworkModel(stages, links={"src": [1, 2], "dst": [3, 3]}, p=0.95)
by = {one.letter: round(one.early_end_pqe, 1) for one in model.activities if one.wbs_id}
print("over with 95 %:", by)
assert by["wide"] == 50.6
assert by["end"] == 31.8 < by["wide"]
END
