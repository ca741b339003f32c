#!/usr/bin/env bash
# PERT in pmcontrols adds the variances of all critical stages, even of parallel ones: ten equal
# stages in parallel are as uncertain as ten in a row.
#
# Guess: the spread of one path, because the field is called "sigma_critical_path".
#
# Result: pmcontrols 0.2.1, ten stages of 20, 30 or 70 days, all from the start: 26.4 days, the
# root of ten times (50/6) squared; one alone gives 8.3. Its own simulation in the same call says
# the reverse: nine in ten cases lie within 19 days for the ten and within 28 for the one.
#
# Why it matters here: with ties there are several critical paths; `Criticality` names every
# critical part, and the probabilities are those of the latest, not of a sum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pmcontrols==0.2.1 numpy==2.4.6 scipy==1.17.1

venv/bin/python - <<'END'
import pmcontrols


def spread(count):
    stages = [{"id": str(n), "predecessors": [], "a": 20, "m": 30, "b": 70} for n in range(count)]
    found = pmcontrols.pert(stages)
    days = found.meta["mc_finish_quantiles"]
    return round(found.stats["sigma_critical_path"], 1), round(days["95"] - days["5"])


one, ten = spread(1), spread(10)
print("one stage:     sigma", one[0], "simulated, nine in ten cases:", one[1], "days")
print("ten at a time: sigma", ten[0], "simulated, nine in ten cases:", ten[1], "days")
assert (one, ten) == ((8.3, 28), (26.4, 19))
END
