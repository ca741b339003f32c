#!/usr/bin/env bash
# In date-fns, 31 March to 30 September is five months, 31 March to 30 April one, and 31 January
# 2027 to 28 February 2028 thirteen months and minus one day.
#
# Guess: the most months that can be added without passing the later day, which is 6, 1 and 12:
# its own `addMonths` clamps to the end of the month.
#
# Result: date-fns 4.4.0: `differenceInMonths` disagrees with `addMonths` for 88 of 291,669 pairs
# (starts of 2027 and 2028, 1 to 399 days): 32 times too many, 56 times too few, all at the ends
# of months. `intervalToDuration` gives `days: -1`.
#
# Why it matters here: "half a year" on the last days of a quarter becomes five months and 30
# days; pass dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . date-fns@4.4.0

cat >months.mjs <<'END'
import assert from "node:assert";
import { addDays, addMonths, differenceInMonths, intervalToDuration } from "date-fns";
const counts = { pairs: 0, "too many": 0, "too few": 0 };
for (let step = 0; step < 731; step += 1) {
  const earlier = addDays(new Date(2027, 0, 1), step);
  for (let days = 1; days < 400; days += 1) {
    const later = addDays(earlier, days);
    const months = differenceInMonths(later, earlier);
    counts.pairs += 1;
    counts["too many"] += addMonths(earlier, months) > later;
    counts["too few"] += addMonths(earlier, months + 1) <= later;
  }
}
const [january, march] = [new Date(2027, 0, 31), new Date(2027, 2, 31)];
const halfYear = differenceInMonths(new Date(2027, 8, 30), march);
const oneMonth = differenceInMonths(new Date(2027, 3, 30), march);
const thirteen = intervalToDuration({ start: january, end: new Date(2028, 1, 28) });
console.log(counts, halfYear, oneMonth, thirteen);
assert.deepEqual(Object.values(counts), [291669, 32, 56]);
assert.deepEqual([halfYear, oneMonth, thirteen], [5, 1, { years: 1, months: 1, days: -1 }]);
END
TZ=UTC node months.mjs
