import { readDate } from "../cells/date-text.ts";
import type { XmlElement } from "./element.ts";

/** A date or instant: written in one, or as DATE, TIME and TIMEZONE. Midnight is a date, whatever its zone. */
export function bmecatDate(element: XmlElement): string | null {
  const part = (name: string): string => element.children.find((child) => child.name === name)?.value ?? "";
  const [date, time, zone] =
    element.children.length === 0 ? split(element.value) : [part("DATE"), part("TIME"), part("TIMEZONE")];
  const midnight = time === "" || /^00:00(:00(\.0+)?)?$/.test(time);
  const read = readDate(midnight ? date : `${date}T${time}${zoneOf(zone)}`, "dmy");
  return read.ok ? read.value : null;
}

function split(written: string): readonly [date: string, time: string, zone: string] {
  const [date = "", rest = ""] = written.split("T");
  const [, time = "", zone = ""] = /^([\d:.]*)(.*)$/.exec(rest) ?? [];
  return [date, time, zone];
}

/** Times without a zone are those of UTC, as the standard has it. */
function zoneOf(zone: string): string {
  if (zone === "" || zone.toUpperCase() === "Z") return "Z";
  return /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone;
}
