import { expect, test } from "vitest";
import { bannerOf } from "../src/banner.ts";
import { demoPassword } from "../src/demo/companies.ts";

const facts = {
  url: "http://127.0.0.1:3000",
  startedInMs: 2_345,
  dataFolder: "/srv/kontor",
  prefix: "",
  movedFrom: null,
  demo: true,
  isEmpty: true,
};

test("with the demo: address, reference, logins, what to try", () => {
  const text = bannerOf(facts).join("\n");
  expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+$/m);
  for (const part of [
    "ready after 2.3 s",
    "/docs",
    "operator@kontor.example",
    demoPassword,
    "npm run watch",
    "Ctrl-C",
  ]) {
    expect(text).toContain(part);
  }
});

test("without the demo an empty installation says how to make its first operator", () => {
  const text = bannerOf({ ...facts, demo: false }).join("\n");
  expect(text).toContain("npm run operator:create");
  expect(text).not.toContain(demoPassword);
});

test("an installation in use needs no such hint", () => {
  expect(bannerOf({ ...facts, demo: false, isEmpty: false }).join("\n")).not.toContain("operator:create");
});

test("another port and another folder are told where they matter", () => {
  const moved = bannerOf({ ...facts, movedFrom: 3000, prefix: "KONTOR_DATA=./other " }).join("\n");
  expect(moved).toContain("(port 3000 is taken)");
  expect(moved).toContain("KONTOR_DATA=./other npm run watch");
});

test("lines fit a terminal of 100 columns", () => {
  for (const demo of [true, false]) {
    for (const line of bannerOf({ ...facts, demo })) expect(line.length).toBeLessThanOrEqual(112);
  }
});
