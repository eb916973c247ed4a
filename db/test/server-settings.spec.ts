import { expect, test } from "vitest";
import type { ServerReport } from "../src/index.ts";
import { serverFaults } from "../src/index.ts";

const fit: ServerReport = {
  clockOffsetMs: 3,
  settings: {
    fsync: "on",
    full_page_writes: "on",
    data_checksums: "on",
    data_sync_retry: "off",
    zero_damaged_pages: "off",
    server_encoding: "UTF8",
    transaction_read_only: "off",
    synchronous_commit: "on",
    server_version: "18.4",
    server_version_num: "180004",
  },
};

const faultsWith = (settings: Record<string, string>, clockOffsetMs = 0) =>
  serverFaults({ settings: { ...fit.settings, ...settings }, clockOffsetMs });

test("a fit server has no faults", () => {
  expect(serverFaults(fit)).toEqual([]);
  expect(faultsWith({ synchronous_commit: "remote_apply" })).toEqual([]);
  expect(faultsWith({ server_version_num: "170006" }, -250)).toEqual([]);
});

test.each([
  ["fsync", "off"],
  ["full_page_writes", "off"],
  ["data_checksums", "off"],
  ["data_sync_retry", "on"],
  ["synchronous_commit", "off"],
  ["server_encoding", "SQL_ASCII"],
  ["transaction_read_only", "on"],
])("%s %s is one fault that names it", (name, value) => {
  const faults = faultsWith({ [name]: value });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^Postgres: ${name} is ${value}, .*\\b(must be|set it to)\\b`));
});

test.each([
  ["140020", /too old, use 15 or newer/],
  ["150013", /15\.13 lacks security fixes, update to 15\.14/],
  ["170005", /17\.5 lacks security fixes, update to 17\.6/],
  ["nonsense", /too old/],
])("version %s is refused", (server_version_num, line) => {
  expect(faultsWith({ server_version_num })).toEqual([expect.stringMatching(line)]);
});

test("a clock that is off by more than 250 ms is refused, either way", () => {
  expect(faultsWith({}, 251)).toEqual([expect.stringMatching(/251 ms ahead of ours/)]);
  expect(faultsWith({}, -2_000)).toEqual([expect.stringMatching(/2000 ms behind ours/)]);
});

test("every fault gets a line of its own", () => {
  expect(faultsWith({ fsync: "off", full_page_writes: "off", synchronous_commit: "off" }, 900)).toHaveLength(4);
});
