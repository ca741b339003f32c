#!/usr/bin/env bash
# In fhirpath.js two durations that are equal to the same third are not equal to each other.
#
# Guess: equality is transitive, whatever a month is.
#
# Result: fhirpath.js 5.2.2: 12 months equal 1 year, 1 year equals 365 days, and 12 months equal
# 360 days and not 365; 1 year is more than 364 days, 12 months are not.
#
# Why it matters here: grouping, deduplication and look-up of times by such an equality depend on
# their order; here equal durations have the same effect on every date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . fhirpath@5.2.2

cat >ask.mjs <<'END'
import assert from "node:assert";
import fhirpath from "fhirpath";
const expected = {
  "12 months = 1 year": true,
  "1 year = 365 days": true,
  "12 months = 360 days": true,
  "12 months = 365 days": false,
  "1 year > 364 days": true,
  "12 months > 364 days": false,
};
for (const [expression, answer] of Object.entries(expected)) {
  const [found] = fhirpath.evaluate({}, expression, null, null);
  console.log(expression, found);
  assert.equal(found, answer);
}
END
node ask.mjs
