#!/usr/bin/env bash
# 31 January to 1 March, by the spreadsheets' own function for "months and the days left", is one
# month and minus two days in two engines and one month and one day in a third.
#
# Guess: 1 month 1 day, 29 days in all: a month from 31 January ends on 28 February.
#
# Result: HyperFormula 3.5.0 and formulajs 4.6.1 give 1 (`"YM"`) and -2 (`"MD"`), as does Excel,
# whose own documentation advises against "MD"; formulas 1.3.4 for Python gives 1 and 1. And
# `DAYS360` of 31 January and 28 February is 28 in two of them and 30 in formulajs.
#
# Why it matters here: people enter measured times in spreadsheets; all engines read two dates,
# or their difference in days, in the same way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet formulas==1.3.4 numpy==2.4.6
npm install --silent --no-fund --no-audit --prefix . hyperformula@3.5.0 @formulajs/formulajs@4.6.1

cat >sheet.cjs <<'END'
const { HyperFormula } = require("hyperformula");
const formulajs = require("@formulajs/formulajs");
const sheet = HyperFormula.buildEmpty({ licenseKey: "gpl-v3" });
sheet.addSheet("one");
const formulas = process.argv.slice(2);
console.log("HyperFormula:", formulas.map((formula) => sheet.calculateFormula(formula, 0)).join(" "));
const [january, february, march] = [new Date(2026, 0, 31), new Date(2026, 1, 28), new Date(2026, 2, 1)];
console.log(
  "formulajs:",
  formulajs.DATEDIF(january, march, "YM"),
  formulajs.DATEDIF(january, march, "MD"),
  formulajs.DAYS360(january, february),
);
END
cat >sheet.py <<'END'
import sys

from formulas import Parser

print("formulas:", *(f"{float(Parser().ast(each)[1].compile()()):g}" for each in sys.argv[1:]))
END
asked=('=DATEDIF(DATE(2026,1,31),DATE(2026,3,1),"YM")' '=DATEDIF(DATE(2026,1,31),DATE(2026,3,1),"MD")' '=DAYS360(DATE(2026,1,31),DATE(2026,2,28))')
{ TZ=UTC node sheet.cjs "${asked[@]}"; venv/bin/python -W ignore sheet.py "${asked[@]}"; } | tee came
diff came - <<'END'
HyperFormula: 1 -2 28
formulajs: 1 -2 30
formulas: 1 1 28
END
