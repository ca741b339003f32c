#!/usr/bin/env bash
# January plus thirty days: the specification says exactly what becomes of a FHIR date without a
# day, yet FHIRPath engines and the engine of CQL, its sister language, disagree.
#
# Guess: January has 31 days, so it stays January; and half a month is refused.
#
# The rule of both languages: days are turned into months of 30 days, cut to whole ones, and
# added, so `@2026-01 + 30 days` is February, and 59 days are one month too; the half of `1.5
# months` is ignored.
#
# Result: fhirpath.js 5.2.2, fhirpathpy 2.2.4 and @atomic-ehr/fhirpath 0.1.4 follow it;
# fhirpathrs 0.1.5 and cql-execution 3.3.2 count from 1 January: January after 30 days, March
# after 59; and cql-execution gives 15 March for 31 January plus a month and a half.
#
# Why it matters here: health records often give a start to the month; plan from a day, and add
# whole numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fhirpathpy==2.2.4 fhirpathrs==0.1.5
npm install --silent --no-fund --no-audit --prefix . fhirpath@5.2.2 @atomic-ehr/fhirpath@0.1.4 cql-execution@3.3.2

cat >ask.mjs <<'END'
import { evaluate } from "@atomic-ehr/fhirpath";
import cql from "cql-execution";
import fhirpath from "fhirpath";
const sums = process.argv.slice(2);
const integer = (value) => ({ type: "Literal", valueType: "{urn:hl7-org:elm-types:r1}Integer", value });
// "@2026-01 + 30 days" as CQL's compiled form, ELM.
const elm = (sum) => {
  const [, year, month, day, value, unit] = sum.match(/@(\d+)-(\d+)-?(\d+)? \+ ([\d.]+) (\w+)/);
  const date = { type: "Date", year: integer(year), month: integer(month) };
  if (day) date.day = integer(day);
  return { type: "Add", operand: [date, { type: "Quantity", value: Number(value), unit }] };
};
const library = new cql.Library({
  library: {
    identifier: { id: "sums", version: "1" },
    schemaIdentifier: { id: "urn:hl7-org:elm", version: "r1" },
    usings: { def: [{ localIdentifier: "System", uri: "urn:hl7-org:elm-types:r1" }] },
    statements: {
      def: sums.map((sum) => ({ name: sum, context: "Unfiltered", accessLevel: "Public", expression: elm(sum) })),
    },
  },
});
const found = await new cql.Executor(library).exec(new cql.PatientSource([]));
const shown = (values) => values.map((value) => String(value).replace("@", "")).join(" | ");
console.warn = () => {};
console.log("fhirpath.js:", shown(sums.map((sum) => fhirpath.evaluate({}, sum, null, null)[0])));
const atomic = await Promise.all(sums.map((sum) => evaluate(sum, { input: {} })));
console.log("@atomic-ehr/fhirpath:", shown(atomic.map((values) => values[0])));
console.log("cql-execution:", shown(sums.map((sum) => found.unfilteredResults[sum])));
END
cat >ask.py <<'END'
import sys

import fhirpathpy
import fhirpathrs

by_rust = [fhirpathrs.evaluate(each, {}) for each in sys.argv[1:]]
print("fhirpathpy:", " | ".join(fhirpathpy.evaluate({}, each)[0] for each in sys.argv[1:]))
print("fhirpathrs:", " | ".join(each if isinstance(each, str) else each[0] for each in by_rust))
END
sums=('@2026-01 + 30 days' '@2026-01 + 59 days' '@2026-01-31 + 1.5 months')
{ node ask.mjs "${sums[@]}"; venv/bin/python ask.py "${sums[@]}"; } | tee came
diff came - <<'END'
fhirpath.js: 2026-02 | 2026-02 | 2026-02-28
@atomic-ehr/fhirpath: 2026-02 | 2026-02 | 2026-02-28
cql-execution: 2026-01 | 2026-03 | 2026-03-15
fhirpathpy: 2026-02 | 2026-02 | 2026-02-28
fhirpathrs: 2026-01 | 2026-03 | 2026-02-28
END
