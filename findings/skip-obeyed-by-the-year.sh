#!/usr/bin/env bash
# rrule-temporal, the only JavaScript library that obeys RFC 7529's SKIP, obeys it or not
# depending on how the rule gives the 31st.
#
# Guess: SKIP=BACKWARD takes the last day of the months without a 31st, wherever the 31 is given.
#
# Result: rrule-temporal 2.2.8. Monthly from 31 January: 28 February, 30 April, as it should be.
# Monthly with BYMONTHDAY=31: those months are left out. Yearly with BYMONTHDAY=31, which means
# the same days: they are included again.
#
# Why it matters here: two spellings of one rule give twelve meetings or seven; export a plan as
# dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . rrule-temporal@2.2.8

cat >rules.mjs <<'END'
import assert from "node:assert";
import { RRuleTemporal } from "rrule-temporal";
const days = (rule) =>
  new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:20260131T000000\nRRULE:RSCALE=GREGORIAN;${rule};COUNT=4` })
    .all()
    .map((day) => day.toPlainDate().toString().slice(5))
    .join(" ");
const came = {};
for (const rule of [
  "FREQ=MONTHLY;SKIP=BACKWARD",
  "FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
  "FREQ=YEARLY;BYMONTHDAY=31;SKIP=BACKWARD",
]) came[rule] = days(rule);
console.log(came);
assert.deepEqual(Object.values(came), [
  "01-31 02-28 03-31 04-30",
  "01-31 03-31 05-31 07-31",
  "01-31 02-28 03-31 04-30",
]);
END
node rules.mjs
