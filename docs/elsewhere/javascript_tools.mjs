// What JavaScript libraries, and PostgreSQL compiled for them, answer: one JSON object a line, in
// the form of python_tools.py. Run by make_durations_in_other_tools.py beside the packages.

import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { Temporal as AuthorsTemporal } from "@js-temporal/polyfill";
import * as joda from "@js-joda/core";
import * as formulajs from "@formulajs/formulajs";
import * as dateFns from "date-fns";
import dayjs from "dayjs";
import businessDays from "dayjs-business-days2";
import duration from "dayjs/plugin/duration.js";
import fhirpath from "fhirpath";
import ICAL from "ical.js";
import * as iso8601Duration from "iso8601-duration";
import * as luxon from "luxon";
import moment from "moment";
import momentBusiness from "moment-business-days";
import rrule from "rrule";
import { Temporal } from "temporal-polyfill";
import * as tinyduration from "tinyduration";

dayjs.extend(duration);
dayjs.extend(businessDays);

const versionOf = (name) =>
  name === "node"
    ? process.versions.node.split(".")[0]
    : JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;

const words = ({ years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0 }) =>
  Object.entries({ month: 12 * years + months, week: weeks, day: days, hour: hours, minute: minutes })
    .filter(([, number]) => number)
    .map(([name, number]) => `${number} ${name}${number === 1 ? "" : "s"}`)
    .join(" ");

const ask = async (question) => {
  try {
    return String(await question());
  } catch (error) {
    return `refused: ${error?.name ?? typeof error}`;
  }
};

const tell = async (table, tool, packageName, questions) => {
  const answers = {};
  for (const [name, question] of Object.entries(questions)) answers[name] = await ask(question);
  console.log(JSON.stringify({ table, tool, version: versionOf(packageName), answers }));
};

const reading = (tool, packageName, read, show, write) => {
  const questions = {};
  for (const text of ["P6W", "P1M", "P4M28D"]) {
    questions[text] = async () => show(await read(text));
  }
  if (write) questions["written back"] = async () => write(await read("P4M28D"));
  return tell("reading", tool, packageName, questions);
};

// `add` takes an ISO date, months and days, and gives an ISO date.
const adding = (tool, packageName, add, { subtract, series } = {}) => {
  const back = subtract ?? ((day, months, days) => add(day, -months, -days));
  const questions = {
    "+ 1 month": () => add("2026-01-31", 1, 0),
    "+ 1 month 3 days": () => add("2026-01-31", 1, 3),
    deadline: () => back("2023-03-02", 1, 3),
  };
  if (series) {
    questions.series = async () => (await series()).map((day) => day.slice(5)).join(" ");
  }
  return tell("adding", tool, packageName, questions);
};

// `make` takes months and days; `compare` gives whether two are equal, then the sign of their order.
const order = (tool, packageName, make, { equal, longer, weeks, years, units = 2 }) => {
  const week = weeks ?? ((n) => make(0, 7 * n));
  const year = years ?? ((n) => make(12 * n, 0));
  const compared = (a, b) => async () => {
    if (await equal(a(), b())) return "equal";
    if (!longer) return "unequal";
    const [more, less] = [await longer(a(), b()), await longer(b(), a())];
    if (more === null || less === null) return "undecided";
    return more && less ? "both" : more ? "longer" : less ? "shorter" : "neither";
  };
  return tell("order", tool, packageName, {
    "7 days and 1 week": compared(() => make(0, 7), () => week(1)),
    "12 months and 1 year": compared(() => make(12, 0), () => year(1)),
    "1 month and 30 days": compared(() => make(1, 0), () => make(0, 30)),
    "5 weeks and 1 month": compared(() => week(5), () => make(1, 0)),
    "12 months and 52 weeks": compared(() => make(12, 0), () => week(52)),
    // A quantity of one unit cannot be asked this.
    ...(units > 1 && {
      "2 months and 1 month 29 days": compared(() => make(2, 0), () => make(1, 29)),
    }),
  });
};

const byValue = { equal: (a, b) => a.valueOf() === b.valueOf(), longer: (a, b) => a > b };

// ---- the language itself, and libraries of dates ------------------------------------------------

const utc = (day) => new Date(`${day}T00:00:00Z`);
const iso = (date) => date.toISOString().slice(0, 10);
// Libraries that work in local time are run in UTC.
const localIso = (date) => dateFns.format(date, "yyyy-MM-dd");

await adding("JavaScript `Date`, `setUTCMonth`", "node", (day, months, days) => {
  const date = utc(day);
  date.setUTCMonth(date.getUTCMonth() + months);
  date.setUTCDate(date.getUTCDate() + days);
  return iso(date);
});

await adding(
  "date-fns `add`",
  "date-fns",
  (day, months, days) => localIso(dateFns.add(dateFns.parseISO(day), { months, days })),
  {
    subtract: (day, months, days) => localIso(dateFns.sub(dateFns.parseISO(day), { months, days })),
  },
);

await reading(
  "Day.js `duration`",
  "dayjs",
  (text) => dayjs.duration(text),
  (d) => words(tinyduration.parse(d.toISOString())),
  (d) => d.toISOString(),
);
await adding(
  "Day.js `add`, a unit at a time",
  "dayjs",
  (day, months, days) => dayjs(day).add(months, "month").add(days, "day").format("YYYY-MM-DD"),
);
await adding("Day.js `add(duration)`", "dayjs", (day, months, days) =>
  dayjs(day)
    .add(dayjs.duration({ months, days }))
    .format("YYYY-MM-DD"),
);
await order("Day.js `duration`", "dayjs", (months, days) => dayjs.duration({ months, days }), {
  equal: (a, b) => a.asMilliseconds() === b.asMilliseconds(),
  longer: (a, b) => a.asMilliseconds() > b.asMilliseconds(),
  years: (years) => dayjs.duration({ years }),
  weeks: (weeks) => dayjs.duration({ weeks }),
});

await reading(
  "Luxon `Duration`",
  "luxon",
  (text) => luxon.Duration.fromISO(text),
  (d) => words(d.toObject()),
  (d) => d.toISO(),
);
await adding(
  "Luxon `DateTime`",
  "luxon",
  (day, months, days) => luxon.DateTime.fromISO(day).plus({ months, days }).toISODate(),
  {
    subtract: (day, months, days) =>
      luxon.DateTime.fromISO(day).minus({ months, days }).toISODate(),
    series: () =>
      luxon.Interval.fromISO("2026-01-31/2026-04-01")
        .splitBy({ months: 1 })
        .map((part) => part.start.toISODate()),
  },
);
await order(
  "Luxon `Duration`, `>`",
  "luxon",
  (months, days) => luxon.Duration.fromObject({ months, days }),
  {
    ...byValue,
    years: (years) => luxon.Duration.fromObject({ years }),
    weeks: (weeks) => luxon.Duration.fromObject({ weeks }),
  },
);

await reading(
  "Moment `duration`, by its getters",
  "moment",
  (text) => moment.duration(text),
  (d) => words({ years: d.years(), months: d.months(), days: d.days() }),
  (d) => d.toISOString(),
);
await adding("Moment `add(duration)`", "moment", (day, months, days) =>
  moment.utc(day).add(moment.duration({ months, days })).format("YYYY-MM-DD"),
);
await order("Moment `duration`, `>`", "moment", (months, days) => moment.duration({ months, days }), {
  ...byValue,
  years: (years) => moment.duration({ years }),
  weeks: (weeks) => moment.duration({ weeks }),
});

await reading(
  "js-joda `Period`",
  "@js-joda/core",
  (text) => joda.Period.parse(text),
  (p) => words({ months: p.toTotalMonths(), days: p.days() }),
  String,
);
await adding(
  "js-joda `LocalDate`",
  "@js-joda/core",
  (day, months, days) => String(joda.LocalDate.parse(day).plus(joda.Period.of(0, months, days))),
  {
    subtract: (day, months, days) =>
      String(joda.LocalDate.parse(day).minus(joda.Period.of(0, months, days))),
  },
);
await order("js-joda `Period`", "@js-joda/core", (months, days) => joda.Period.of(0, months, days), {
  equal: (a, b) => a.equals(b),
  years: joda.Period.ofYears,
});

for (const [name, packageName, api] of [
  ["Temporal (`temporal-polyfill`)", "temporal-polyfill", Temporal],
  ["Temporal (`@js-temporal/polyfill`)", "@js-temporal/polyfill", AuthorsTemporal],
]) {
  await reading(name, packageName, (text) => api.Duration.from(text), words, String);
  await adding(
    name,
    packageName,
    (day, months, days) => String(api.PlainDate.from(day).add({ months, days })),
    {
      subtract: (day, months, days) => String(api.PlainDate.from(day).subtract({ months, days })),
    },
  );
  await order(
    `${name}, \`compare\``,
    packageName,
    (months, days) => api.Duration.from({ months, days }),
    {
      equal: (a, b) => api.Duration.compare(a, b) === 0,
      longer: (a, b) => api.Duration.compare(a, b) > 0,
      weeks: (weeks) => api.Duration.from({ weeks }),
      years: (years) => api.Duration.from({ years }),
    },
  );
}

// ---- readers of ISO 8601, calendars, spreadsheets -----------------------------------------------

await reading("iso8601-duration", "iso8601-duration", iso8601Duration.parse, words);
await reading("tinyduration", "tinyduration", tinyduration.parse, words, tinyduration.serialize);
await reading(
  "ical.js (RFC 5545)",
  "ical.js",
  (text) => ICAL.Duration.fromString(text),
  words,
  String,
);
await tell("adding", "rrule (RFC 5545)", "rrule", {
  series: () =>
    new rrule.RRule({ freq: rrule.RRule.MONTHLY, dtstart: utc("2026-01-31"), count: 3 })
      .all()
      .map((day) => iso(day).slice(5))
      .join(" "),
});
await adding("formulajs `EDATE`", "@formulajs/formulajs", (day, months, days) => {
  const moved = formulajs.EDATE(dateFns.parseISO(day), months);
  if (moved instanceof Error) throw moved;
  const date = moved instanceof Date ? moved : new Date(Date.UTC(1899, 11, 30 + moved));
  return localIso(dateFns.addDays(date, days));
});

// ---- health: FHIRPath ---------------------------------------------------------------------------

const evaluated = (expression) => {
  const found = fhirpath.evaluate({}, expression, null, null);
  return found.length === 0 ? null : found[0];
};
await adding("FHIRPath (fhirpath.js)", "fhirpath", (day, months, days) => {
  const sign = months < 0 ? "-" : "+";
  return evaluated(`@${day} ${sign} ${Math.abs(months)} months ${sign} ${Math.abs(days)} days`);
});
await order(
  "FHIRPath quantities (fhirpath.js)",
  "fhirpath",
  (months, days) => (months ? `${months} months` : `${days} days`),
  {
    equal: (a, b) => evaluated(`${a} = ${b}`),
    longer: (a, b) => evaluated(`${a} > ${b}`),
    units: 1,
    weeks: (n) => `${n} weeks`,
    years: (n) => `${n} years`,
  },
);

// ---- PostgreSQL, compiled to WebAssembly --------------------------------------------------------

const database = new PGlite();
const asked = async (expression) => {
  const { rows } = await database.query(`select (${expression})::text as found`);
  return rows[0].found;
};
const { rows } = await database.query("show server_version");
const postgresql = `PostgreSQL ${rows[0].server_version.split(" ")[0]} (PGlite)`;
const inWords = (text) => text.replaceAll(/mons?\b/g, (word) => word.replace("mon", "month"));
const timed = (text) => (text.includes(" ") ? `${text.slice(0, 10)} with a time` : text);
await reading(postgresql, "@electric-sql/pglite", (text) => asked(`interval '${text}'`), inWords, async () => {
  await database.query("set intervalstyle = 'iso_8601'");
  const written = await asked("interval 'P4M28D'");
  await database.query("reset intervalstyle");
  return written;
});
await adding(
  postgresql,
  "@electric-sql/pglite",
  async (day, months, days) =>
    timed(await asked(`date '${day}' + interval '${months} months ${days} days'`)),
  {
    subtract: async (day, months, days) =>
      timed(await asked(`date '${day}' - interval '${months} months ${days} days'`)),
    series: async () => {
      const days = await database.query(
        "select generate_series(date '2026-01-31', date '2026-03-31', interval '1 month')::date::text as day",
      );
      return days.rows.map((row) => row.day);
    },
  },
);
await order(
  postgresql,
  "@electric-sql/pglite",
  (months, days) => `interval '${months} months ${days} days'`,
  {
    equal: async (a, b) => (await asked(`${a} = ${b}`)) === "true",
    longer: async (a, b) => (await asked(`${a} > ${b}`)) === "true",
    weeks: (n) => `interval '${n} weeks'`,
    years: (n) => `interval '${n} years'`,
  },
);
const stages = "(select date '2026-01-31' as start, 1 as months, 3 as days)";
const recipe = "(start + make_interval(months => months, days => days))::date";
await tell("recipes", "PostgreSQL", "@electric-sql/pglite", {
  [recipe]: async () => {
    const found = await database.query(`select (${recipe})::text as day from ${stages}`);
    return found.rows[0].day;
  },
});
await database.close();

const [months, days] = [1, 3];
for (const [tool, packageName, start, recipeInJs, shown] of [
  ["date-fns", "date-fns", dateFns.parseISO("2026-01-31"), "add(start, { months, days })", localIso],
  ["Luxon", "luxon", luxon.DateTime.fromISO("2026-01-31"), "start.plus({ months, days })", (d) => d.toISODate()],
  ["Temporal", "temporal-polyfill", Temporal.PlainDate.from("2026-01-31"), "start.add({ months, days })", String],
]) {
  const made = new Function("add", "start", "months", "days", `return ${recipeInJs}`);
  await tell("recipes", tool, packageName, {
    [recipeInJs]: () => shown(made(dateFns.add, start, months, days)),
  });
}

// ---- working days -------------------------------------------------------------------------------

// Those of England in the ten working days asked for: these tools know none.
const bankHolidays = ["2026-12-25", "2026-12-28", "2027-01-01"];
const working = (tool, packageName, add, hasHolidays = false) =>
  tell("working days", tool, packageName, {
    "Friday + 1": () => add("2026-11-27", 1, []),
    "Saturday + 1": () => add("2026-11-28", 1, []),
    "Saturday + 0": () => add("2026-11-28", 0, []),
    "Sunday - 1": () => add("2026-11-29", -1, []),
    ...(hasHolidays ? { Christmas: () => add("2026-12-19", 10, bankHolidays) } : {}),
  });

await working("date-fns `addBusinessDays`", "date-fns", (day, n) =>
  localIso(dateFns.addBusinessDays(dateFns.parseISO(day), n)),
);
await working("dayjs-business-days2", "dayjs-business-days2", (day, n) =>
  dayjs(day).businessDaysAdd(n).format("YYYY-MM-DD"),
);
await working("moment-business-days", "moment-business-days", (day, n) =>
  momentBusiness(day, "YYYY-MM-DD").businessAdd(n).format("YYYY-MM-DD"),
);
await working(
  "formulajs `WORKDAY`",
  "@formulajs/formulajs",
  (day, n, holidays) => {
    const found = formulajs.WORKDAY(dateFns.parseISO(day), n, holidays.map(dateFns.parseISO));
    if (found instanceof Error) throw found;
    return localIso(found);
  },
  true,
);
