import type { Micros } from "@kontor/kernel";
import { instantOfMicros, microsOfWritten } from "@kontor/kernel";
import { customType, jsonb, numeric } from "drizzle-orm/pg-core";

/** Stands for "no such instant" where rows are sorted by one; Postgres calls it infinity. */
export const never: Micros = Number.MAX_SAFE_INTEGER;

const written = /^(\d{4,}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)([+-])(\d{2})(?::(\d{2}))?$/;

/** Postgres writes an instant in the session's time zone, with up to six fraction digits. */
function microsOfStored(value: string): Micros {
  if (value === "infinity") return never;
  const parts = written.exec(value);
  const wall = parts === null ? null : microsOfWritten(`${parts[1]}T${parts[2]}Z`);
  if (parts === null || wall === null) throw new RangeError(`not an instant: ${value}`);
  const offset = (Number(parts[4]) * 60 + Number(parts[5] ?? 0)) * 60_000_000;
  return parts[3] === "-" ? wall + offset : wall - offset;
}

/** UTC microseconds, exactly: the driver's dates would drop the last three digits. */
export const micros = customType<{ data: Micros; driverData: string }>({
  dataType: () => "timestamp with time zone",
  toDriver: (at) => (at === never ? "infinity" : instantOfMicros(at)),
  fromDriver: microsOfStored,
});

/** A decimal amount: without a fixed scale the database gives back every digit as it was written, and sorts by value. */
export const amount = (name: string) => numeric(name);

export const jsonOf = <Value>(name: string) => jsonb(name).$type<Value>();

/**
 * Ids that end with counters, such as `<instrument>-t17` or `<instrument>-t17-buy-o4`. Stored with leading zeros, so that
 * they sort as they were given out.
 */
export const numbered = customType<{ data: string; driverData: string }>({
  dataType: () => "text",
  toDriver: (id) => id.replaceAll(/-[ot][1-9]\d*/g, (end) => end.slice(0, 2) + end.slice(2).padStart(10, "0")),
  fromDriver: (stored) => stored.replaceAll(/(?<=-[ot])0+(?=\d)/g, ""),
});
