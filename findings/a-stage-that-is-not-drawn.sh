#!/usr/bin/env bash
# In a Mermaid Gantt chart, a task of "1M 3d" has no length at all, and a month without weekends
# lasts six weeks.
#
# Guess: an error for what it cannot read; and 28 February, a Saturday, moved to Monday.
#
# Result: Mermaid 11.17.2 reads `4w` and `1M` correctly; it ends a task of `1M 3d` on the day of
# its start, without a warning, and does the same for an end on 30 February. With `excludes
# weekends`, a month from Friday 30 January first becomes 28 February, and then a day later for
# each Saturday and Sunday on the way: 12 March.
#
# Why it matters here: `plan.to_mermaid()` writes both dates of each stage, never a duration;
# keep it so when you edit its text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . mermaid@11.17.2 jsdom@26.1.0

cat >gantt.mjs <<'END'
import assert from "node:assert";
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<p></p>");
Object.assign(globalThis, { window, document: window.document, Element: window.Element });
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });
const day = (time) => new Date(time).toISOString().slice(0, 10);
const end = async (task, setting = "") => {
  const text = `gantt\n dateFormat YYYY-MM-DD\n ${setting}\n section one\n stage :${task}`;
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  return day(diagram.db.getTasks()[0].endTime);
};
const came = {
  "31 January, 4w": await end("2026-01-31, 4w"),
  "31 January, 1M": await end("2026-01-31, 1M"),
  "31 January, 1M 3d": await end("2026-01-31, 1M 3d"),
  "31 January to 30 February": await end("2026-01-31, 2026-02-30"),
  "30 January, 1M, without weekends": await end("2026-01-30, 1M", "excludes weekends"),
};
console.log(came);
assert.deepEqual(Object.values(came), [
  "2026-02-28", "2026-02-28", "2026-01-31", "2026-01-31", "2026-03-12",
]);
process.exit(0);
END
TZ=UTC node gantt.mjs
