#!/usr/bin/env bash
# Readers of durations in words each make a different single number of "4-6 weeks", and in most
# of them a year is not 12 months.
#
# Guess: a range is refused, and a year is 12 months.
#
# Result: parse-duration 2.1.9 reads "4-6 weeks" as 46 days (4 days and 6 weeks), timestring
# 7.0.0 and timelength 3.0.4 as 42; pytimeparse2 1.7.1 refuses. 12 months and 1 year are 366 and
# 365 days in timelength, 360 and 365 in pytimeparse2, and the same as those in the two for
# JavaScript.
#
# Why it matters here: these are the texts that the guide prints; `DurationRange.parse` keeps
# both ends, and no month becomes a number of days.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet timelength==3.0.4 pytimeparse2==1.7.1
npm install --silent --no-fund --no-audit --prefix . parse-duration@2.1.9 timestring@7.0.0

cat >words.mjs <<'END'
import parse from "parse-duration";
import timestring from "timestring";
const texts = ["4-6 weeks", "12 months", "1 year"];
console.log("parse-duration:", texts.map((text) => parse(text, "day")).join(" "));
console.log("timestring:", texts.map((text) => timestring(text, "d")).join(" "));
END
cat >words.py <<'END'
import pytimeparse2
import timelength

TEXTS = ["4-6 weeks", "12 months", "1 year"]
print("timelength:", *(f"{timelength.TimeLength(text).to_days():g}" for text in TEXTS))
found = [pytimeparse2.parse(text) for text in TEXTS]
print("pytimeparse2:", *("refused" if one is None else f"{one / 86400:g}" for one in found))
END
{ node words.mjs; venv/bin/python words.py; } | tee came
diff came - <<'END'
parse-duration: 46 365.25 365.25
timestring: 42 365.25 365.25
timelength: 42 366 365
pytimeparse2: refused 360 365
END
