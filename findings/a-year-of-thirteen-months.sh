#!/usr/bin/env bash
# Dates in Frappe Gantt: a month after 31 January is 3 March, and one January is 13 months after
# the last.
#
# Guess: it clamps to the end of the month.
#
# Result: frappe-gantt 1.2.2: `add(31 January 2026, 1, 'month')` is 3 March; `diff` of 31 January
# 2026 and 2027 is 13 in months and 1.08 in years; it converts a year to 12.17 months, 12 months
# to 0.99 years, and 12 months to 360 days.
#
# Why it matters here: give it the dates of a plan; a bar that is given as a duration is drawn in
# the wrong place.
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
