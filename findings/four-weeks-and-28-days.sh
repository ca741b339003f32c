#!/usr/bin/env bash
# In one FHIRPath engine four weeks are not 28 days, and no number of months is a year.
#
# Guess: whatever engines make of a month, 4 weeks and 28 days are equal, as 28 'd' and 4 'wk'
# are in UCUM; the specification says that 7 days = 1 week and 12 months = 1 year always.
#
# Result: fhirpathrs 0.1.5 says false to all of these, and has no answer to `28 days >= 4 weeks`;
# fhirpathpy 2.2.4 and fhirpath.js 5.2.2 say true.
#
# Why it matters here: the guide counts in weeks and months, systems in days; compare with one
# unit on both sides there, or compare here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fhirpathpy==2.2.4 fhirpathrs==0.1.5
npm install --silent --no-fund --no-audit --prefix . fhirpath@5.2.2

cat >ask.mjs <<'END'
import fhirpath from "fhirpath";
const asked = process.argv.slice(2).map((one) => fhirpath.evaluate({}, one, null, null)[0]);
console.log("fhirpath.js:", asked.join(" "));
END
cat >ask.py <<'END'
import sys

import fhirpathpy
import fhirpathrs


def shown(answer):
    return "none" if answer == [] else str(answer if isinstance(answer, bool) else answer[0]).lower()


print("fhirpathpy:", *(shown(fhirpathpy.evaluate({}, each)) for each in sys.argv[1:]))
by_rust = [fhirpathrs.evaluate(each, {}) for each in [*sys.argv[1:], "28 days >= 4 weeks"]]
print("fhirpathrs:", *map(shown, by_rust))
END
equal=('4 weeks = 28 days' "28 'd' = 4 'wk'" '12 months = 1 year')
{ node ask.mjs "${equal[@]}"; venv/bin/python ask.py "${equal[@]}"; } | tee came
diff came - <<'END'
fhirpath.js: true true true
fhirpathpy: true true true
fhirpathrs: false false false none
END
