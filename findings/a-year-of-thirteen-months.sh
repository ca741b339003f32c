#!/usr/bin/env bash
# the dates of a Gantt chart in Frappe Gantt: a month after 31 January is 3 March, and from one
# January to the next are 13 months.
#
# Guess: it clamps to the end of the month.
#
# Came: frappe-gantt 1.2.2: `add(31 January 2026, 1, 'month')` is 3 March; `diff` of 31 January
# 2026 and 2027 is 13 in months and 1.08 in years; it makes 12.17 months of a year, 0.99 years of
# 12 months and 360 days of these.
#
# Why it matters here: a plan that is drawn there must come with its dates; a bar that is given as
# a duration is drawn elsewhere than it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . frappe-gantt@1.2.2

cat >dates.mjs <<'END'
import assert from "node:assert";
import dates from "./node_modules/frappe-gantt/src/date_utils.js";
const [first, next] = [new Date(2026, 0, 31), new Date(2027, 0, 31)];
const came = [
  dates.format(dates.add(first, 1, "month"), "YYYY-MM-DD"),
  dates.diff(next, first, "month"),
  dates.diff(next, first, "year"),
  dates.convert_scales("1y", "month").toFixed(2),
  dates.convert_scales("12m", "year").toFixed(2),
  dates.convert_scales("12m", "day"),
];
console.log(came);
assert.deepEqual(came, ["2026-03-03", 13, 1.08, "12.17", "0.99", 360]);
END
TZ=UTC node dates.mjs
