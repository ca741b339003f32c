#!/usr/bin/env bash
# Three FHIRPath engines disagree about a month: the result of adding one to a date, and what it
# is equal to.
#
# Guess: all three agree, because there is one specification with worked examples.
#
# Result: fhirpath.js 5.2.2 and fhirpathpy 2.2.4 give 28 February for `@2026-01-31 + 1 month`,
# Medplum's 4.5.2 the text 2026-01-311; a year is 12 months in the first two and not in
# Medplum's; a month is 30 days only in fhirpath.js.
#
# Why it matters here: a rule about onboarding times in FHIRPath, the expression language of
# FHIR, has a different meaning in each engine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fhirpathpy==2.2.4
npm install --silent --no-fund --no-audit --prefix . fhirpath@5.2.2 @medplum/core@4.5.2

cat >ask.mjs <<'END'
import { evalFhirPath } from "@medplum/core";
import fhirpath from "fhirpath";
const ask = (expression) =>
  [fhirpath.evaluate({}, expression, null, null), evalFhirPath(expression, {})]
    .map((found) => String(found[0]))
    .join(" ");
for (const expression of process.argv.slice(2)) console.log(expression, "|", ask(expression));
END
cat >ask.py <<'END'
import sys

import fhirpathpy

for expression in sys.argv[1:]:
    print(expression, "|", str(fhirpathpy.evaluate({}, expression)[0]).lower())
END
questions=('@2026-01-31 + 1 month' '1 year = 12 months' '1 month = 30 days')
node ask.mjs "${questions[@]}" | tee javascript
venv/bin/python ask.py "${questions[@]}" | tee python
diff javascript - <<'END'
@2026-01-31 + 1 month | 2026-02-28 2026-01-311
1 year = 12 months | true false
1 month = 30 days | true false
END
diff python - <<'END'
@2026-01-31 + 1 month | 2026-02-28
1 year = 12 months | true
1 month = 30 days | false
END
