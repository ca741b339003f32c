#!/usr/bin/env bash
# Libraries for "shortest, likeliest, longest" disagree on a stage with both ends at 28 days, and
# one fails on a stage whose likeliest time is its shortest.
#
# Guess: 28 days for certain, and a beta curve that falls from its beginning.
#
# Result: scipy 1.17.1 (uniform, triang) and betapert 0.1.5 give nan without a warning, betapert
# also for 28, 28, 56, which is a valid PERT (mean 32.7); NumPy 2.4.6 refuses; Python's `random`
# gives 28; pmcontrols 0.2.1 gives 28 and 32.7.
#
# Why it matters here: the guide prints exact times, and a nan in one stage makes the go-live
# nan; a range of one value is a range here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet scipy==1.17.1 numpy==2.4.6 betapert==0.1.5 pmcontrols==0.2.1

venv/bin/python - <<'END'
import random

import betapert
import numpy as np
import pmcontrols
from scipy import stats


def by_pmcontrols(shortest, likeliest, longest):
    stage = {"id": "x", "predecessors": [], "a": shortest, "m": likeliest, "b": longest}
    return pmcontrols.pert([stage]).stats["expected_duration"]


fixed = {
    "scipy uniform": float(stats.uniform(28, 0).mean()),
    "scipy triang": float(stats.triang(0, loc=28, scale=0).mean()),
    "betapert": float(betapert.pert(28, 28, 28).mean()),
    "random": random.triangular(28, 28, 28),
    "pmcontrols": by_pmcontrols(28, 28, 28),
}
try:
    np.random.default_rng().triangular(28, 28, 28)
except ValueError:
    fixed["numpy"] = "refused"
skewed = {
    "betapert": float(betapert.pert(28, 28, 56).mean()),
    "pmcontrols": round(by_pmcontrols(28, 28, 56), 1),
}
print("28, 28, 28:", fixed)
print("28, 28, 56:", skewed)
assert [repr(value) for value in fixed.values()] == ["nan", "nan", "nan", "28", "28.0", "'refused'"]
assert [repr(value) for value in skewed.values()] == ["nan", "32.7"]
END
