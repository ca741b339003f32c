#!/usr/bin/env bash
# Avro has exactly the type for a duration, three numbers of months, days and milliseconds;
# fastavro supports Avro's decimals, dates and times, but returns a duration as twelve bytes.
#
# Guess: three numbers, in and out.
#
# Result: fastavro 1.13.1 gives bytes without a warning, and accepts neither a tuple nor a
# `timedelta`.
#
# Why it matters here: among the formats for tables, only Avro keeps months and days apart by its
# own rules; its Python reader leaves that to the user (`struct.unpack('<III', ...)`), so two
# integer columns are safer there too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fastavro==1.13.1

venv/bin/python - <<'END'
import io
import struct
from datetime import timedelta

import fastavro

kind = {"type": "fixed", "size": 12, "name": "stage", "logicalType": "duration"}
schema = {"type": "record", "name": "row", "fields": [{"name": "time", "type": kind}]}


def through(value):
    file = io.BytesIO()
    fastavro.writer(file, schema, [{"time": value}])
    file.seek(0)
    (row,) = fastavro.reader(file)
    return row["time"]


came = through(struct.pack("<III", 4, 28, 0))
print(came, struct.unpack("<III", came))
assert type(came) is bytes
assert struct.unpack("<III", came) == (4, 28, 0)
refused = []
for value in ((4, 28, 0), timedelta(days=28)):
    try:
        through(value)
    except (TypeError, ValueError) as error:
        refused.append(type(error).__name__)
print("a tuple and a timedelta:", *refused)
assert refused == ["ValueError", "TypeError"]
END
