import { expect, test } from "vitest";
import { countdownFace, localDigits, nextFaceInMs } from "../src/time/countdown.ts";
import { bothZones, formatDate, gregorianDate, offsetOf, relativeTime } from "../src/time/instants.ts";

const noon = Date.UTC(2026, 2, 20, 12, 0, 0);

test.each([
  [90_061_000, "1 1:01:01 calm"],
  [3_661_999, "0 1:01:01 calm"],
  [600_000, "0 0:10:00 notice"],
  [120_000, "0 0:02:00 warning"],
  [60_000, "0 0:01:00 warning"],
  [59_999, "0 59.9 warning"],
  [30_000, "0 30.0 urgent"],
  [9_450, "0 09.4 urgent"],
  [1, "0 00.0 urgent"],
  [0, "0 00.0 over"],
  [-5, "0 00.0 over"],
])("a clock with %i ms left shows %s", (left, shown) => {
  const { days, text, tone } = countdownFace(left);
  expect(`${days} ${text} ${tone}`).toBe(shown);
});

test("the face has changed when the timer for it is due, and not before", () => {
  for (const left of [90_061_250, 61_001, 60_000, 59_999, 30_050, 101, 100, 1]) {
    const due = nextFaceInMs(left);
    expect(countdownFace(left - due)).not.toEqual(countdownFace(left));
    expect(countdownFace(left - due + 2).text).toBe(countdownFace(left).text);
  }
});

test("digits are those of the language", () => {
  expect(localDigits("1:02:09", "fa")).toBe("۱:۰۲:۰۹");
  expect(localDigits("1:02:09", "ru")).toBe("1:02:09");
});

test("both zones are shown with their offsets, one where they stand alike", () => {
  const { tender, user } = bothZones(noon, { locale: "en", tenderZone: "Europe/Paris", userZone: "Asia/Kolkata" });
  expect([tender.time, tender.offset, tender.zone]).toEqual(["13:00", "UTC+01:00", "Paris"]);
  expect([user?.time, user?.offset]).toEqual(["17:30", "UTC+05:30"]);
  expect(bothZones(noon, { locale: "en", tenderZone: "Europe/Paris", userZone: "Europe/Berlin" }).user).toBeNull();
  expect(offsetOf(noon, "UTC")).toBe("UTC+00:00");
  expect(offsetOf(noon + 20 * 86_400_000, "Europe/Paris")).toBe("UTC+02:00");
});

test("Persian has its own calendar, with the Gregorian day beside it", () => {
  const options = { locale: "fa", zone: "UTC" };
  expect(formatDate(noon, { ...options, style: "long" })).toContain("۱۴۰۴");
  expect(gregorianDate(noon, options)).toContain("۲۰۲۶");
  expect(gregorianDate(noon, { locale: "fr", zone: "UTC" })).toBeNull();
});

test("an age is its greatest whole unit", () => {
  expect(relativeTime(noon - 3_000, noon, "en")).toBe("3 sec. ago");
  expect(relativeTime(noon - 119_000, noon, "en")).toBe("1 min. ago");
  expect(relativeTime(noon + 7_200_000, noon, "en")).toBe("in 2 hr.");
  expect(relativeTime(noon, noon, "en")).toBe("0 sec. ago");
});
