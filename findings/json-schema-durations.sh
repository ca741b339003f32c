#!/usr/bin/env bash
# Validators of the JSON Schema format "duration" disagree on valid ISO 8601 texts, because the
# format follows the narrower grammar of RFC 3339, which does not allow days after years without
# months.
#
# Guess: they agree, because they cite one grammar.
#
# Result: jsonschema-rs 0.61.2 refuses `P1Y2D`, as the grammar does; jsonschema 4.26.0 (with
# isoduration), fastjsonschema 2.22.3, ajv-formats 3.0.1 and zod 4.6.7 accept it. Only jsonschema
# accepts `P1.5M` and `-P1M`. All refuse `P1M2W`.
#
# Why it matters here: `isoformat()` writes weeks alone or months and days, never years, and all
# five accept these; so its texts can be used in files that others validate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet jsonschema==4.26.0 isoduration==20.11.0 jsonschema-rs==0.61.2 fastjsonschema==2.22.3
npm install --silent --no-fund --no-audit --prefix . ajv@8.20.0 ajv-formats@3.0.1 zod@4.6.7

cat >validate.mjs <<'END'
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as z from "zod";
const ajv = new Ajv.default({ strict: false });
addFormats.default(ajv);
const byAjv = ajv.compile({ format: "duration" });
const texts = process.argv.slice(2);
const shown = (takes) => texts.filter(takes).join(" ");
console.log("ajv-formats:", shown((text) => byAjv(text)));
console.log("zod:", shown((text) => z.iso.duration().safeParse(text).success));
END
cat >validate.py <<'END'
import sys

import fastjsonschema
import jsonschema
import jsonschema_rs

SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "format": "duration"}
python = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
rust = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)
compiled = fastjsonschema.compile({"type": "string", "format": "duration"})


def fast(text):
    try:
        compiled(text)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


for name, takes in (
    ("jsonschema", python.is_valid), ("jsonschema-rs", rust.is_valid), ("fastjsonschema", fast)
):
    print(f"{name}:", *(text for text in sys.argv[1:] if takes(text)))
END
texts=(P6W P4M28D P1Y2D P1.5M -P1M P1M2W)
{ node validate.mjs "${texts[@]}"; venv/bin/python validate.py "${texts[@]}"; } | tee came
diff came - <<'END'
ajv-formats: P6W P4M28D P1Y2D
zod: P6W P4M28D P1Y2D
jsonschema: P6W P4M28D P1Y2D P1.5M -P1M
jsonschema-rs: P6W P4M28D
fastjsonschema: P6W P4M28D P1Y2D
END
