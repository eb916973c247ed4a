import { describe, expect, test } from "vitest";
import {
  dayOfDate,
  instantOfLocal,
  instantOfMicros,
  isTimeZone,
  localDayOf,
  microsOfInstant,
  weekdayOf,
} from "../src/index.ts";

function local(zone: string, date: string, time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return instantOfMicros(instantOfLocal(zone, dayOfDate(date) ?? Number.NaN, hours * 3_600 + minutes * 60)).slice(
    0,
    19,
  );
}

describe("local time", () => {
  test.each([
    ["Europe/Paris", "2031-07-01", "09:00", "2031-07-01T07:00:00"],
    ["Europe/Paris", "2031-01-15", "09:00", "2031-01-15T08:00:00"],
    ["America/New_York", "2031-01-15", "23:30", "2031-01-16T04:30:00"],
    ["Asia/Kolkata", "2031-01-15", "00:00", "2031-01-14T18:30:00"],
    ["UTC", "2031-01-15", "12:00", "2031-01-15T12:00:00"],
  ])("in %s on %s at %s is %s", (...[zone, date, time, instant]) => {
    expect(local(zone, date, time)).toBe(instant);
  });

  test("that clocks skip is where they jump to", () => {
    expect(local("Europe/Paris", "2031-03-30", "01:59")).toBe("2031-03-30T00:59:00");
    expect(local("Europe/Paris", "2031-03-30", "02:00")).toBe("2031-03-30T01:00:00");
    expect(local("Europe/Paris", "2031-03-30", "02:30")).toBe("2031-03-30T01:00:00");
    expect(local("Europe/Paris", "2031-03-30", "03:10")).toBe("2031-03-30T01:10:00");
    expect(local("Australia/Lord_Howe", "2031-10-05", "02:15")).toBe("2031-10-04T15:30:00");
  });

  test("that clocks show twice is the first", () => {
    expect(local("Europe/Paris", "2031-10-26", "02:30")).toBe("2031-10-26T00:30:00");
    expect(local("Europe/Paris", "2031-10-26", "03:00")).toBe("2031-10-26T02:00:00");
    expect(local("America/New_York", "2031-11-02", "01:30")).toBe("2031-11-02T05:30:00");
  });

  test("of a day never runs backwards", () => {
    for (const date of ["2031-03-30", "2031-10-26", "2031-06-01"]) {
      let last = 0;
      for (let second = 0; second < 86_400; second += 600) {
        const at = instantOfLocal("Europe/Paris", dayOfDate(date) ?? 0, second);
        expect(at).toBeGreaterThanOrEqual(last);
        last = at;
      }
    }
  });
});

test("a day is the local one", () => {
  const at = microsOfInstant("2031-03-03T23:30:00Z") ?? Number.NaN;
  expect(localDayOf("UTC", at)).toBe(dayOfDate("2031-03-03"));
  expect(localDayOf("Europe/Paris", at)).toBe(dayOfDate("2031-03-04"));
  expect(localDayOf("America/New_York", at)).toBe(dayOfDate("2031-03-03"));
});

test("days have dates and weekdays", () => {
  expect(dayOfDate("1970-01-01")).toBe(0);
  expect(dayOfDate("2031-02-29")).toBeNull();
  expect(dayOfDate("2032-02-29")).not.toBeNull();
  expect(dayOfDate("tomorrow")).toBeNull();
  expect(weekdayOf(0)).toBe(4);
  expect(weekdayOf(dayOfDate("2031-03-03") ?? 0)).toBe(1);
  expect(weekdayOf(-4)).toBe(7);
});

test("zones are those that the machine knows", () => {
  expect(isTimeZone("Europe/Paris")).toBe(true);
  expect(isTimeZone("Europe/Atlantis")).toBe(false);
});
