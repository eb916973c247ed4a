import { expect, test } from "vitest";
import { bannerOf } from "../src/banner.ts";
import { demoMarketplace, demoPassword } from "../src/demo/companies.ts";

const facts = {
  url: "http://127.0.0.1:3000",
  metricsUrl: null,
  startedInMs: 2_345,
  dataFolder: "/srv/kontor",
  prefix: "",
  movedFrom: null,
  demo: true,
  marketplaces: [],
};

test("with the demo: address, reference, logins, what to try", () => {
  const text = bannerOf(facts).join("\n");
  expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+$/m);
  for (const part of [
    "ready after 2.3 s",
    "/docs",
    "operator@kontor.example",
    demoPassword,
    "timo@feldmark.example",
    "carola@feldmark.example",
    "henrik@schraubwerk.example",
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
  const text = bannerOf({ ...facts, demo: false, marketplaces: ["metals"] }).join("\n");
  expect(text).not.toContain("operator:create");
  expect(text).not.toContain("earlier start");
});

test("who wants no demo, in a folder that holds it, is told how to begin without", () => {
  const text = bannerOf({ ...facts, demo: false, marketplaces: [demoMarketplace.slug] }).join("\n");
  expect(text).toContain("KONTOR_DATA=./.own KONTOR_DEMO=off npm start");
});

test("another port and another folder are told where they matter", () => {
  const moved = bannerOf({ ...facts, movedFrom: 3000, prefix: "KONTOR_DATA=./other " }).join("\n");
  expect(moved).toContain("(port 3000 is taken)");
  expect(moved).toContain("KONTOR_DATA=./other npm run watch");
});

test("where the metrics are is told when they are somewhere else", () => {
  expect(bannerOf(facts).join("\n")).not.toContain("Metrics");
  const text = bannerOf({ ...facts, metricsUrl: "http://127.0.0.1:9464/metrics" }).join("\n");
  expect(text).toContain("Metrics     http://127.0.0.1:9464/metrics");
});

test("lines fit a terminal of 100 columns", () => {
  for (const demo of [true, false]) {
    for (const line of bannerOf({ ...facts, demo })) expect(line.length).toBeLessThanOrEqual(112);
  }
});
