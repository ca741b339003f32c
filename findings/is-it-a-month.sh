#!/usr/bin/env bash
# 31 January to 28 February: six JavaScript libraries that all *add* a month in the same way
# disagree on whether this is a month.
#
# Guess: 28 days and no month everywhere, because the day of the month is not yet reached.
#
# Result: date-fns 4.4.0, Luxon 3.7.2, Day.js 1.11.23 and Moment 2.31.0 say one month; Temporal
# (temporal-polyfill 1.0.8) and js-joda 6.3.2 say 28 days.
#
# Why it matters here: "how long did the stage take" is a question about days; months computed
# from two dates cannot be compared with others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . @js-joda/core@6.3.2 date-fns@4.4.0 dayjs@1.11.23 luxon@3.7.2 moment@2.31.0 temporal-polyfill@1.0.8

cat >between.mjs <<'END'
import assert from "node:assert";
import * as joda from "@js-joda/core";
import * as dateFns from "date-fns";
import dayjs from "dayjs";
import { DateTime } from "luxon";
import moment from "moment";
import { Temporal } from "temporal-polyfill";
const [from, to] = ["2026-01-31", "2026-02-28"];
const between = DateTime.fromISO(to).diff(DateTime.fromISO(from), ["months", "days"]);
const came = {
  "date-fns": dateFns.differenceInMonths(dateFns.parseISO(to), dateFns.parseISO(from)),
  Luxon: `${between.months} month ${between.days} days`,
  "Day.js": dayjs(to).diff(from, "month", true),
  Moment: moment(to).diff(from, "months", true),
  Temporal: String(Temporal.PlainDate.from(from).until(to, { largestUnit: "months" })),
  "js-joda": String(joda.Period.between(joda.LocalDate.parse(from), joda.LocalDate.parse(to))),
};
console.log(came);
assert.deepEqual(Object.values(came), [1, "1 month 0 days", 1, 1, "P28D", "P28D"]);
END
TZ=UTC node between.mjs
