#!/usr/bin/env bash
# `x + x` and `x == x` mean opposite things in three libraries of exact probabilities: in one a
# name is a quantity, in the others a kind of die that is thrown each time.
#
# Guess: the same distribution, because all three are exact and overload the same operators.
#
# Result: Lea 4.4.0: twice a stage of 1 or 2 weeks is 2 or 4, never 3, and it certainly ends with
# itself; icepool 2.1.3 and dyce 0.7.0: 2, 3 or 4, and it ends with itself in half of the cases.
#
# Why it matters here: two go-lives that share a stage end together; only the library that keeps
# the stage gets that right. The probabilities of a plan here keep it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet lea==4.4.0 icepool==2.1.3 dyce==0.7.0

venv/bin/python - <<'END'
import dyce
import icepool
import lea

stage = lea.vals(1, 2)
by_lea = dict((stage + stage).pmf_dict()), lea.P(stage == stage)
die = icepool.Die([1, 2])
by_icepool = {n: p for n, p in (die + die).items()}, float((die == die).probability(True))
kind = dyce.H((1, 2))
alike = kind.eq(kind)
by_dyce = dict((kind + kind).items()), alike[True] / alike.total
for name, (twice, with_itself) in {"Lea": by_lea, "icepool": by_icepool, "dyce": by_dyce}.items():
    print(f"{name}: x + x {twice}, x = x {with_itself:g}")
assert by_lea == ({2: 0.5, 4: 0.5}, 1)
assert by_icepool == by_dyce == ({2: 1, 3: 2, 4: 1}, 0.5)
END
