#!/usr/bin/env bash
# `0 0 31W * *`, on the working day nearest the 31st, runs seven times a year in one reader of
# cron lines and twelve times in another.
#
# Guess: both leave out the months without a 31st, as they do for `31`.
#
# Result: croner 11.0.1 leaves them out; croniter 7.0.0 takes the last working day of February,
# April, June, September and November, though its plain `31` leaves them out too. croner and
# cronsim 2.8 support `LW`, which says what is meant, and croniter refuses it; cronsim refuses
# `31W`.
#
# Why it matters here: whether a monthly report on a plan runs depends on the reader; give the
# dates, or give `LW` to a reader that supports it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet croniter==7.0.0 cronsim==2.8
npm install --silent --no-fund --no-audit --prefix . croner@11.0.1

cat >read.mjs <<'END'
import { Cron } from "croner";
for (const day of ["31W", "LW"]) {
  const runs = new Cron(`0 0 ${day} * *`, { timezone: "UTC" }).nextRuns(4, "2026-01-01T00:00:00Z");
  console.log(`croner, ${day}:`, runs.map((run) => run.toISOString().slice(0, 10)).join(" "));
}
END
cat >read.py <<'END'
from datetime import datetime
from itertools import islice

from croniter import croniter
from cronsim import CronSim, CronSimError

START = datetime(2026, 1, 1)
for day in ("31W", "31", "LW"):
    try:
        runs = islice(croniter(f"0 0 {day} * *", START).all_next(datetime), 4)
        print(f"croniter, {day}:", *(str(run.date()) for run in runs))
    except ValueError:
        print(f"croniter, {day}: refused")
for day in ("31W", "LW"):
    try:
        print(f"cronsim, {day}:", *(str(run.date()) for run in islice(CronSim(f"0 0 {day} * *", START), 4)))
    except CronSimError:
        print(f"cronsim, {day}: refused")
END
{ node read.mjs; venv/bin/python read.py; } | tee came
diff came - <<'END'
croner, 31W: 2026-01-30 2026-03-31 2026-05-29 2026-07-31
croner, LW: 2026-01-30 2026-02-27 2026-03-31 2026-04-30
croniter, 31W: 2026-01-30 2026-02-27 2026-03-31 2026-04-30
croniter, 31: 2026-01-31 2026-03-31 2026-05-31 2026-07-31
croniter, LW: refused
cronsim, 31W: refused
cronsim, LW: 2026-01-30 2026-02-27 2026-03-31 2026-04-30
END
