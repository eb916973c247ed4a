import { expect, test } from "vitest";
import { classifyWriteError, JournalWriteError } from "../src/index.ts";

const answer = (severity: string, code: string) => Object.assign(new Error("from the server"), { severity, code });

test.each([
  ["a unique violation", answer("ERROR", "23505")],
  ["a value out of range", answer("ERROR", "22003")],
  ["a full disk, said by the statement", answer("ERROR", "53100")],
  ["a serialization failure", answer("ERROR", "40001")],
  ["a deadlock", answer("ERROR", "40P01")],
  ["our own refusal to change the journal", answer("ERROR", "KJ001")],
  ["the same behind the wrapper of the query builder", new Error("query failed", { cause: answer("ERROR", "23505") })],
  ["our own verdict", new JournalWriteError("NOT_APPLIED", "closed")],
])("%s: not applied", (_, error) => {
  expect(classifyWriteError(error)).toBe("NOT_APPLIED");
});

test.each([
  ["a terminated backend", answer("FATAL", "57P01")],
  ["a crash of the server", answer("FATAL", "57P02")],
  ["a panic with a code that else means refused", answer("PANIC", "53100")],
  ["no connection left", answer("FATAL", "53300")],
  ["a cancelled statement", answer("ERROR", "57014")],
  ["an unknown completion", answer("ERROR", "40003")],
  ["a lost connection, said by the server", answer("ERROR", "08006")],
  ["a code that is not on the list", answer("ERROR", "42P01")],
  ["a warning", answer("WARNING", "01000")],
  ["a reset socket", Object.assign(new Error("read"), { code: "ECONNRESET" })],
  ["a connection closed by the driver", Object.assign(new Error("write"), { code: "CONNECTION_CLOSED" })],
  ["our own time limit", new JournalWriteError("UNKNOWN", "silence")],
  ["something that is no error", "oops"],
])("%s: unknown", (_, error) => {
  expect(classifyWriteError(error)).toBe("UNKNOWN");
});
