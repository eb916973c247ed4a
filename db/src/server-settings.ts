import type { Sql } from "postgres";

/** What a server says about itself. `clockOffsetMs`: its clock minus ours, positive when it is ahead. */
export type ServerReport = {
  readonly settings: Readonly<Record<string, string>>;
  readonly clockOffsetMs: number;
};

/** Settings that the journal's promise rests on: the value needed, and what is at stake. */
const needed: readonly (readonly [name: string, value: string, stake: string])[] = [
  ["fsync", "on", "without it a power loss destroys the journal"],
  ["full_page_writes", "on", "without it a power loss leaves torn pages"],
  ["data_checksums", "on", "without them a failing disk goes unnoticed; enable them with pg_checksums"],
  ["data_sync_retry", "off", "a failed flush must end the server, not be tried again"],
  ["zero_damaged_pages", "off", "damaged pages must be reported, not emptied"],
  ["server_encoding", "UTF8", "create the database with encoding UTF8"],
  ["transaction_read_only", "off", "connect to the primary, not to a standby"],
];

/** Oldest minor release of each major version that has the fixes for row security. */
const oldestMinors: ReadonlyMap<number, number> = new Map([
  [15, 14],
  [16, 10],
  [17, 6],
]);

const oldestMajor = 15;
const clockOffsetMaxMs = 250;

/** One line for each reason not to keep a journal on this server, saying what to do. Empty when it is fit. */
export function serverFaults({ settings, clockOffsetMs }: ServerReport): readonly string[] {
  const faults = needed
    .filter(([name, value]) => settings[name] !== value)
    .map(([name, value, stake]) => `Postgres: ${name} is ${settings[name] ?? "unknown"}, must be ${value}: ${stake}`);
  if (settings["synchronous_commit"] === "off") {
    faults.push(
      "Postgres: synchronous_commit is off, set it to on: commits would be acknowledged before they are safe",
    );
  }
  const version = Number(settings["server_version_num"]);
  const [major, minor] = [Math.floor(version / 10_000), version % 10_000];
  if (!(major >= oldestMajor)) {
    faults.push(`Postgres: version ${settings["server_version"] ?? "unknown"} is too old, use ${oldestMajor} or newer`);
  } else if (minor < (oldestMinors.get(major) ?? 0)) {
    faults.push(
      `Postgres: ${major}.${minor} lacks security fixes, update to ${major}.${oldestMinors.get(major)} or newer`,
    );
  }
  if (Math.abs(clockOffsetMs) > clockOffsetMaxMs) {
    const side = clockOffsetMs > 0 ? "ahead of" : "behind";
    faults.push(
      `Postgres: its clock is ${Math.round(Math.abs(clockOffsetMs))} ms ${side} ours, at most ${clockOffsetMaxMs} are allowed: synchronise both`,
    );
  }
  return faults;
}

/**
 * Asks the server and judges it. Run it before anything is written, and do not start when it returns a line.
 *
 * @throws the driver's error when the server cannot be asked.
 */
export async function checkServerSettings(sql: Sql, now: () => number = Date.now): Promise<readonly string[]> {
  const names = [...needed.map(([name]) => name), "synchronous_commit", "server_version", "server_version_num"];
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name = any(${names}::text[])`;
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  return serverFaults({ settings, clockOffsetMs: await clockOffset(sql, now) });
}

/** The best of three: the shorter the round trip, the less the answer can be off. */
async function clockOffset(sql: Sql, now: () => number): Promise<number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const before = now();
    const [row] = await sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
    const after = now();
    const measured = { roundTripMs: after - before, offsetMs: Number(row?.["ms"]) - (before + after) / 2 };
    if (measured.roundTripMs < best.roundTripMs) best = measured;
  }
  return best.offsetMs;
}
